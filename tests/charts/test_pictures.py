"""Every chart looks as it did when somebody last looked at it (`make pictures` draws it anew)."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from builders import FIXTURE
from likeness import HUE, LIGHT, alike, difference, hashed
from matplotlib.collections import PathCollection
from PIL import Image
from shared import results_of

from analysis.charts import Chart, chart
from analysis.charts.gallery import gallery
from analysis.results.results import Results

ROOT = Path(__file__).parents[2]
GALLERY = ROOT / "docs" / "gallery"
HASHES = ROOT / "tests" / "fixtures" / "hashes"
NAMES = [
    "glance", "timeline", "matrix", "trajectories", "ledger", "shares", "extents", "together",
    "agreement",
]  # fmt: skip
ROOTS = {"knowsley": ROOT, "exampleshire": FIXTURE}


@pytest.fixture(scope="module", params=ROOTS)
def drawn(request) -> tuple[str, dict[str, Image.Image]]:
    """Name of an authority, and the hash of each of its charts."""
    with results_of(request.param, ROOTS[request.param]).lent() as results:
        return request.param, {c.name: hashed(c.png(100)) for c in gallery(results)}


@pytest.fixture
def small(results) -> Results:
    return results


def kept(authority: str, name: str) -> Image.Image:
    return Image.open(HASHES / authority / f"{name}.png")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.promise("gallery-of-today")
def test_a_chart_looks_as_it_did(drawn, name):
    authority, hashes = drawn
    hue, light = difference(hashes[name], kept(authority, name))
    assert hue <= HUE and light <= LIGHT, (
        f"{name} of {authority} looks otherwise (hue by {hue:.0f}, brightness by {light:.0f}, of "
        "255). If that is meant: `make pictures`, look at it, commit it."
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.promise("gallery-of-today")
def test_the_gallery_shows_the_chart_of_today(name):
    shown = hashed((GALLERY / f"{name}.png").read_bytes())
    assert alike(shown, kept("knowsley", name), hue=45)  # it has few colours


@pytest.mark.parametrize("hinting", ["none", "force_autohint"])
def test_letters_drawn_otherwise_change_nothing(small, hinting):
    with mpl.rc_context({"text.hinting": hinting}):
        for chart in gallery(small):
            found = difference(hashed(chart.png(100)), kept("exampleshire", chart.name))
            assert found != (0, 0)
            assert found[0] <= HUE and found[1] <= LIGHT, chart.name


def coloured(colour: str) -> bool:
    red, green, blue, _alpha = mpl.colors.to_rgba(colour)
    return max(red, green, blue) - min(red, green, blue) > 0.2


@pytest.mark.parametrize("name", ["matrix", "trajectories", "shares"])
def test_a_tile_that_moves_or_changes_its_colour_is_seen(small, name):
    before = kept("exampleshire", name)
    for alter in (move_box, recolour):
        drawn = chart(name, small)
        assert alike(hashed(drawn.png(100)), before)
        alter(drawn)
        assert not alike(hashed(drawn.png(100)), before), alter.__name__


def tiles(chart: Chart) -> list:
    patches = [p for p in chart.figure.axes[0].patches if coloured(p.get_facecolor())]
    assert patches
    return patches


def move_box(chart: Chart) -> None:
    """Move the largest of the boxes that are drawn together by a tenth of an inch."""
    boxes = tiles(chart)[-1].get_path().vertices.reshape(-1, 5, 2)
    largest = np.ptp(boxes, axis=1).prod(axis=1).argmax()
    boxes[largest] += (0, 0.1)


def recolour(chart: Chart) -> None:
    """Give the last marks another hue that is as bright."""
    last = tiles(chart)[-1]
    orange = mpl.colors.to_hex(last.get_facecolor()) == "#f46a25"
    last.set_facecolor("#28A197" if orange else "#F46A25")


def test_a_symbol_that_moves_is_seen(small):
    drawn, before = chart("extents", small), kept("exampleshire", "extents")
    marks = [c for c in drawn.figure.axes[0].collections if isinstance(c, PathCollection)]
    marks = [c for c in marks if c.get_facecolor().size and coloured(c.get_facecolor()[0])]
    places = np.array(marks[-1].get_offsets())
    places[-1] += (0, 0.1)
    marks[-1].set_offsets(places)
    assert not alike(hashed(drawn.png(100)), before)


@pytest.mark.parametrize(("before", "after"), [("weakness", "mixed"), ("strength", "weakness")])
def test_a_status_that_turns_is_seen(small, before, after):
    whole = small.statuses["cohort"] == "all"
    one = small.statuses[whole & (small.statuses["status"] == before)].index[-1]
    turned = small.statuses["status"].mask(small.statuses.index == one, after)
    turned_so = replace(small, statuses=small.statuses.assign(status=turned))
    drawn = chart("matrix", turned_so)
    assert not alike(hashed(drawn.png(100)), kept("exampleshire", "matrix"))


def test_a_picture_of_another_size_is_another_picture():
    assert not alike(kept("exampleshire", "matrix"), kept("exampleshire", "shares"))


def test_the_page_shows_every_chart_and_stays_small():
    text = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[([^\]]+)\]\(gallery/([a-z]+)\.png\)", text)
    assert [name for _alt, name in shown] == NAMES
    assert all("Knowsley" in alt for alt, _name in shown)
    assert sorted(p.stem for p in GALLERY.iterdir()) == sorted(NAMES)
    assert sum(p.stat().st_size for p in GALLERY.iterdir()) < 1_500_000
