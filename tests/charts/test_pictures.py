"""Every chart looks as it did when somebody last looked at it (`make pictures` draws it anew)."""

import re
from dataclasses import replace
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from likeness import TOLERANCE, difference
from matplotlib.collections import PathCollection
from matplotlib.patches import PathPatch

from analysis.charts import Chart, matrix
from analysis.charts.gallery import gallery
from analysis.loading import load
from analysis.project import Project
from analysis.results import Results, analyse

ROOT = Path(__file__).parents[2]
GALLERY = ROOT / "docs" / "gallery"
FIXTURES = ROOT / "tests" / "fixtures"
NAMES = ["timeline", "matrix", "trajectories", "ledger", "shares", "extents", "agreement"]
AUTHORITIES = ["knowsley", "exampleshire"]
DPI = {"knowsley": 100, "exampleshire": 50}
FOLDERS = {"knowsley": GALLERY, "exampleshire": FIXTURES / "pictures"}
pytestmark = pytest.mark.xdist_group("pictures")


@pytest.fixture(scope="module")
def results() -> dict[str, Results]:
    return {
        "knowsley": analyse(load("knowsley", Project(ROOT))),
        "exampleshire": analyse(load("exampleshire", Project(FIXTURES / "project"))),
    }


@pytest.fixture(scope="module")
def charts(results) -> dict[str, dict[str, Chart]]:
    return {name: {c.name: c for c in gallery(found)} for name, found in results.items()}


def change(chart: Chart, authority: str) -> float:
    kept = (FOLDERS[authority] / f"{chart.name}.png").read_bytes()
    return difference(kept, chart.png(DPI[authority]), DPI[authority])


@pytest.mark.parametrize("authority", AUTHORITIES)
@pytest.mark.parametrize("name", NAMES)
def test_a_chart_looks_as_it_did(charts, authority, name):
    found = change(charts[authority][name], authority)
    assert found <= TOLERANCE, (
        f"{name} of {authority} looks otherwise than {FOLDERS[authority].name}/{name}.png (by "
        f"{found:.0f} of 255). If that is meant: `make pictures`, look at it, commit it."
    )


@pytest.mark.parametrize("hinting", ["none", "force_autohint"])
def test_letters_drawn_otherwise_change_nothing(charts, hinting):
    with mpl.rc_context({"text.hinting": hinting, "text.hinting_factor": 1}):
        found = [change(charts["exampleshire"][name], "exampleshire") for name in NAMES]
    assert 0 < max(found) <= TOLERANCE


def test_one_status_that_turns_is_seen(results):
    r = results["knowsley"]
    for before, after in (("weakness", "mixed"), ("mixed", "strength"), ("strength", "silent")):
        whole = r.statuses["cohort"] == "all"
        one = r.statuses[whole & (r.statuses["status"] == before)].index[-1]
        altered = r.statuses.assign(
            status=r.statuses["status"].mask(r.statuses.index == one, after)
        )
        chart = matrix(
            altered, r.secondary, r.coded, r.data.visits, r.data.codebook, authority=r.data.name
        )
        assert change(chart, "knowsley") > 2 * TOLERANCE


def marks_of(chart: Chart, kind: type) -> list:
    found = [a for a in chart.figure.axes[0].get_children() if isinstance(a, kind)]
    return [mark for mark in found if mark.get_facecolor().size and mark.get_visible()]


@pytest.mark.parametrize("name", ["trajectories", "ledger", "extents", "agreement"])
def test_a_mark_that_moves_is_seen(results, name):
    """By a tenth of an inch, one of the marks that are drawn together."""
    chart = next(c for c in gallery(results["knowsley"]) if c.name == name)
    marks = max(marks_of(chart, PathCollection), key=lambda m: len(m.get_offsets()))
    places = np.array(marks.get_offsets())
    places[-1] += (0, 0.1)
    marks.set_offsets(places)
    assert change(chart, "knowsley") > TOLERANCE


@pytest.mark.parametrize("name", ["matrix", "trajectories", "shares"])
def test_tiles_of_another_colour_are_seen(results, name):
    chart = next(c for c in gallery(results["knowsley"]) if c.name == name)
    teal = mpl.colors.to_rgba("#28A197")
    tiles = [p for p in marks_of_tiles(chart) if p.get_facecolor() == teal]
    assert tiles
    tiles[-1].set_facecolor("#F46A25")
    assert change(chart, "knowsley") > 2 * TOLERANCE


def marks_of_tiles(chart: Chart) -> list[PathPatch]:
    return [p for p in chart.figure.axes[0].patches if isinstance(p, PathPatch)]


def test_a_chart_of_another_size_is_another_chart(charts):
    chart = charts["exampleshire"]["shares"]
    other = replace(charts["exampleshire"]["matrix"], name="shares")
    assert change(chart, "exampleshire") <= TOLERANCE < change(other, "exampleshire")


def test_the_gallery_shows_every_chart_and_stays_small():
    text = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[([^\]]+)\]\(gallery/([a-z]+)\.png\)", text)
    assert [name for _alt, name in shown] == NAMES
    assert all("Knowsley" in alt for alt, _name in shown)
    assert sorted(p.stem for p in GALLERY.iterdir()) == sorted(NAMES)
    assert sum(p.stat().st_size for p in GALLERY.iterdir()) < 1_500_000
