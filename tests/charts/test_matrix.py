"""The matrix: every state told apart, every cell with findings a way to them."""

import re
from collections.abc import Mapping

import pandas as pd
import pytest
from builders import results_with
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch
from pandas.testing import assert_frame_equal

from analysis.charts.matrix import PITCH, Matrix
from analysis.charts.parts.chart import LEAST, Chart
from analysis.charts.parts.drawing import SIZE, WIDTH, Box
from analysis.charts.parts.style import HOLE, MARKS, inch_axes, new_figure, text_width
from analysis.charts.parts.tiles import TILE, draw_tiles, split
from analysis.data.codebook import Codebook, Group, Theme
from analysis.results.marks import Part, marks_of, parts_of
from analysis.results.schemas import SCHEMAS

VISITS = pd.DataFrame(
    [
        ("v1", "inspection", "SIF", "2014-04-29", "help-and-protection;care-leavers", "primary"),
        ("v2", "improvement-notice", "", "2014-09-16", "", "primary"),
        ("v3", "monitoring-visit", "SIF", "2016-08", "child-protection", "secondary"),
        ("v4", "monitoring-visit", "SIF", "2016-11", "", "none"),
        ("v5", "focused-visit", "ILACS", "2024-01-31", "care-leavers", "primary"),
    ],
    columns=["visit", "kind", "framework", "start", "areas", "held"],
)
VISITS = VISITS.assign(
    order=range(5),
    label=["April 2014", "September 2014", "August 2016", "November 2016", "January 2024"],
    short=["Apr 2014", "Sep 2014", "Aug 2016", "Nov 2016", "Jan 2024"],
)
BOOK = Codebook(
    "1",
    (Group("workforce", "Workforce"), Group("risk", "Risk and need")),
    (
        Theme("supervision", "workforce", "Supervision", "", (), (), ("everywhere",), (), ()),
        Theme("caseloads", "workforce", "Caseloads", "", (), (), ("everywhere",), (), ()),
        Theme("fostering", "risk", "Private $ fostering", "", (), (), ("adoption",), (), ()),
    ),
)
PLAIN = {
    **dict.fromkeys(["paragraphs", "strengths", "mixed", "weaknesses", "neutral", "votes"], 0),
    **dict.fromkeys(["needed", "secondary"], False),
    **dict.fromkeys(["harm", "reasons", "how", "findings"], ""),
    **{"confidence": "moderate", "cohort": "all"},
}
ON_ONE = {"confidence": "low", "reasons": "on one paragraph"}
NO_CODES = pd.DataFrame({"visit": [], "theme": [], "role": [], "finding": []}, dtype=str)


def status(visit: str, theme: str, word: str, **more: object) -> dict[str, object]:
    return PLAIN | {"visit": visit, "theme": theme, "status": word} | more


def table(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(SCHEMAS["statuses"].columns))


STATUSES = table(
    status("v1", "supervision", "weakness", paragraphs=2, weaknesses=2, findings="d/1 d/2"),
    status("v1", "supervision", "weakness", cohort="care-leavers", paragraphs=2,
           findings="d/1 d/2"),
    status("v1", "caseloads", "differs by cohort", paragraphs=2, findings="d/3 d/4",
           how="care-leavers: mixed; not-stated: weakness"),
    status("v1", "caseloads", "mixed", cohort="care-leavers", paragraphs=1, findings="d/3"),
    status("v1", "caseloads", "weakness", cohort="not-stated", paragraphs=1, findings="d/4"),
    status("v1", "fostering", "silent"),
    status("v3", "supervision", "no document"),
    status("v3", "caseloads", "no document"),
    status("v3", "fostering", "no document"),
    status("v4", "supervision", "no document"),
    status("v4", "caseloads", "no document"),
    status("v4", "fostering", "no document"),
    status("v5", "supervision", "strength", paragraphs=1, findings="e/1", **ON_ONE),
    status("v5", "caseloads", "reported, not judged", neutral=1, findings="e/2"),
    status("v5", "fostering", "not in scope"),
)  # fmt: skip
SECONDARY = table(
    status("v3", "supervision", "strength", paragraphs=3, secondary=True, findings="n/1"),
    status("v3", "supervision", "strength", cohort="not-stated", secondary=True, findings="n/1"),
)
CODED = pd.DataFrame(
    [
        ("v2", "supervision", "requirement", "q/1"),
        ("v2", "supervision", "requirement", "q/1"),
        ("v2", "supervision", "requirement", "q/2"),
        ("v2", "caseloads", "context", "q/3"),
        ("v1", "caseloads", "requirement", "d/9"),
    ],
    columns=["visit", "theme", "role", "finding"],
)


def matrix(
    statuses: pd.DataFrame, secondary: pd.DataFrame, coded: pd.DataFrame, visits: pd.DataFrame,
    codebook: Codebook,
) -> Chart:  # fmt: skip
    tables = {"statuses": statuses, "secondary": secondary, "coded": coded}
    return Matrix(results_with(visits, codebook=codebook, **tables)).chart()


def draw() -> Chart:
    return matrix(STATUSES, SECONDARY, CODED, VISITS, BOOK)


def state_of(marks: pd.DataFrame) -> dict[tuple[str, str], tuple[str, str, int]]:
    rows = marks[["theme", "visit", "layer", "status", "paragraphs"]].itertuples(index=False)
    return {(theme, visit): (layer, word, n) for theme, visit, layer, word, n in rows}


def test_each_state_is_a_mark_of_its_own_and_a_missing_document_none():
    assert state_of(marks_of(STATUSES, SECONDARY, CODED, VISITS, BOOK)) == {
        ("supervision", "v1"): ("primary", "weakness", 2),
        ("supervision", "v2"): ("notice", "required", 2),
        ("supervision", "v3"): ("secondary", "strength", 3),
        ("supervision", "v5"): ("primary", "strength", 1),
        ("caseloads", "v1"): ("primary", "differs by cohort", 2),
        ("caseloads", "v5"): ("primary", "reported, not judged", 0),
        ("fostering", "v1"): ("primary", "silent", 0),
        ("fostering", "v5"): ("primary", "not in scope", 0),
    }


def test_secondary_is_left_out_where_a_primary_document_speaks():
    doubled = table(status("v5", "supervision", "weakness", paragraphs=1, findings="n/9"))
    marks = marks_of(STATUSES, doubled, NO_CODES, VISITS, BOOK)
    assert "secondary" not in set(marks["layer"])


def test_secondary_that_sets_statuses_is_still_secondary():
    set_by_secondary = table(status("v3", "supervision", "strength", paragraphs=3, secondary=True))
    marks = marks_of(set_by_secondary, SECONDARY, NO_CODES, VISITS, BOOK)
    assert state_of(marks) == {("supervision", "v3"): ("secondary", "strength", 3)}


def test_data_hold_one_row_for_each_mark_in_readers_words():
    data = draw().data
    assert len(data) == 8
    assert list(data) == [
        "Theme", "Visit", "Status", "Paragraphs", "Confidence", "Reasons", "By cohort",
        "Source",
    ]  # fmt: skip
    wanted = {
        ("Supervision", "Jan 2024"): "strength",
        ("Private $ fostering", "Apr 2014"): "looked at, not mentioned",
        ("Private $ fostering", "Jan 2024"): "not looked at",
        ("Caseloads", "Jan 2024"): "reported, not judged",
        ("Supervision", "Sep 2014"): "2 required actions",
    }
    found = data.set_index(["Theme", "Visit"])["Status"]
    assert {key: found[key] for key in wanted} == wanted
    supervision = data[(data["Theme"] == "Supervision") & (data["Visit"] == "Jan 2024")].iloc[0]
    assert supervision[["Paragraphs", "Confidence", "Reasons"]].tolist() == [
        1, "low", "on one paragraph",
    ]  # fmt: skip
    assert data.loc[data["Status"] == "differs by cohort", "By cohort"].tolist() == [
        "care leavers: mixed; no group named: weakness"
    ]


def test_only_what_nobody_looked_at_is_grey():
    grey = [p for p in draw().figure.axes[0].patches if to_hex(p.get_facecolor()) == HOLE.lower()]
    boxes = [len(p.get_path().vertices) // 5 for p in grey if isinstance(p, PathPatch)]
    assert boxes == [1, 1]  # the sample in the key, and private fostering in January 2024


def test_every_state_stands_in_the_key():
    words = " ".join(text.get_text() for text in draw().figure.axes[0].texts)
    for state in ("weakness", "looked at, not mentioned", "nobody looked", "no document held",
                  "secondary source", "required by a notice", "dotted: on little",
                  "cohorts differ"):  # fmt: skip
        assert state in words


def test_hotspots_lead_to_the_findings_and_lie_inside():
    chart = draw()
    spots = {spot.href: spot for spot in chart.hotspots}
    assert set(spots) == {
        "#e-supervision--v1", "#e-supervision--v2", "#e-supervision--v3", "#e-supervision--v5",
        "#e-caseloads--v1", "#e-caseloads--v5",
    }  # fmt: skip
    assert spots["#e-supervision--v1"].label == "Supervision, Apr 2014: weakness, 2 findings"
    assert spots["#e-supervision--v5"].label.endswith(
        "strength, 1 finding, on little (on one paragraph)"
    )
    height = chart.figure.get_size_inches()[1]
    for spot in chart.hotspots:
        assert 0 <= spot.left < spot.left + spot.width <= 100
        assert 0 <= spot.top < spot.top + spot.height <= 100
        assert spot.height * height / 100 * LEAST >= 24
        assert spot.width * WIDTH / 100 * LEAST >= 24
    assert spots["#e-supervision--v1"].top < spots["#e-caseloads--v1"].top
    assert spots["#e-supervision--v1"].left < spots["#e-supervision--v5"].left


def test_alt_names_authority_period_and_counts_of_both_ends():
    alt = draw().alt
    assert "Exampleshire" in alt
    assert "April 2014 to January 2024" in alt
    assert "In April 2014 2 of 3 themes were judged" in alt
    assert "In January 2024 1 of 3 themes were judged" in alt
    assert "1 cell was not looked at" in alt


def test_alt_says_how_many_themes_were_a_weakness_for_some_cohort_at_both_ends():
    assert "a weakness for some cohort at least: 2 of 2 in April 2014 and 0 of 1 in" in draw().alt


def counts_of(parts: Mapping[str, Part]) -> dict[str, int]:
    return {status: part.paragraphs for status, part in parts.items()}


def test_where_cohorts_differ_a_tile_shows_each_direction_with_its_paragraphs():
    marks = marks_of(STATUSES, SECONDARY, CODED, VISITS, BOOK)
    parts = parts_of(STATUSES, SECONDARY, marks)
    assert list(parts) == [("caseloads", "v1")]
    assert counts_of(parts["caseloads", "v1"]) == {"mixed": 1, "weakness": 1}
    more = table(
        status("v1", "caseloads", "strength", cohort="social-workers", paragraphs=12),
        status("v1", "caseloads", "weakness", cohort="care-leavers", paragraphs=2),
    )
    three = pd.concat([STATUSES, more])
    assert counts_of(parts_of(three, SECONDARY, marks)["caseloads", "v1"]) == {
        "strength": 12, "mixed": 1, "weakness": 3,
    }  # fmt: skip


def dotted(chart: Chart) -> list[int]:
    """Boxes with a dotted edge, of each patch that has one."""
    patches = [p for p in chart.figure.axes[0].patches if p.get_linestyle() not in ("-", "solid")]
    return [len(p.get_path().vertices) // 5 for p in patches]


def test_of_a_split_tile_only_the_part_that_rests_on_little_is_dotted():
    sure = draw()
    cohort = (STATUSES["cohort"] == "care-leavers") & (STATUSES["theme"] == "caseloads")
    little = STATUSES.assign(confidence=STATUSES["confidence"].mask(cohort, "low"))
    chart = matrix(little, SECONDARY, CODED, VISITS, BOOK)
    assert sum(dotted(chart)) == sum(dotted(sure)) + 1
    both = pd.concat(
        [little, table(status("v1", "caseloads", "mixed", cohort="social-workers", paragraphs=2))]
    )
    chart = matrix(both, SECONDARY, CODED, VISITS, BOOK)
    assert sum(dotted(chart)) == sum(dotted(sure))


def test_a_weakness_from_needs_alone_has_no_number():
    alone = table(status("v1", "supervision", "weakness", findings="d/1", confidence="low"))
    chart = matrix(alone, table(), NO_CODES, VISITS, BOOK)
    assert "0" not in [text.get_text() for text in chart.figure.axes[0].texts]


def test_parts_of_a_secondary_source_count_only_where_it_speaks_alone():
    differs = table(
        status(
            "v3", "supervision", "differs by cohort", paragraphs=2, secondary=True, findings="n/1"
        ),
        status(
            "v3", "supervision", "strength", cohort="social-workers", paragraphs=1, secondary=True
        ),
        status(
            "v3", "supervision", "weakness", cohort="care-leavers", paragraphs=1, secondary=True
        ),
    )
    marks = marks_of(STATUSES, differs, CODED, VISITS, BOOK)
    assert counts_of(parts_of(STATUSES, differs, marks)["supervision", "v3"]) == {
        "strength": 1, "weakness": 1,
    }  # fmt: skip
    as_asked = pd.concat([STATUSES[STATUSES["visit"] != "v3"], differs])
    marks = marks_of(as_asked, differs, CODED, VISITS, BOOK)
    assert counts_of(parts_of(as_asked, differs, marks)["supervision", "v3"]) == {
        "strength": 1, "weakness": 1,
    }  # fmt: skip


@pytest.mark.parametrize("width", [0.8, 0.45, 0.3])
def test_a_split_tile_keeps_symbols_and_what_fits_of_the_numbers(width: float):
    axes = inch_axes(new_figure(2, 2))
    parts = split(Box(0, 0, width, TILE), 3)
    for part, name in zip(parts, ("strength", "mixed", "weakness"), strict=True):
        draw_tiles(axes, [part], [12], MARKS[name], hollow=False, thin=False)
    assert len(axes.collections) == 3
    for text in axes.texts:
        half = text_width(text.get_text(), text.get_fontsize(), bold=True) / 2
        x = text.get_position()[0]
        assert any(p.x0 <= x - half and x + half <= p.x1 for p in parts)
    assert len(axes.texts) == (3 if width == 0.8 else 0)


def test_caption_counts_cells_with_their_denominator():
    caption = draw().caption
    assert (
        "Of 12 cells (3 themes, 4 visits, notices aside) 3 carry a judgement, 1 of them on little"
        in caption
    )
    assert "6 have no inspectors' document" in caption


def test_same_tables_give_the_same_bytes_and_are_left_alone():
    before = [t.copy() for t in (STATUSES, SECONDARY, CODED, VISITS)]
    assert draw().svg() == draw().svg()
    for now, then in zip((STATUSES, SECONDARY, CODED, VISITS), before, strict=True):
        assert_frame_equal(now, then)


def test_text_is_horizontal_and_large_enough():
    for text in draw().figure.axes[0].texts:
        assert text.get_rotation() == 0
        assert text.get_fontsize() >= SIZE


def test_nothing_held_gives_a_chart_that_says_so():
    chart = matrix(table(), table(), NO_CODES, VISITS, BOOK)
    assert "No theme was judged" in chart.alt
    assert chart.data.empty
    assert chart.hotspots == ()
    assert Matrix.nothing in chart.figure.axes[0].texts[0].get_text()


@pytest.mark.parametrize("count", [1, 20])
def test_any_number_of_visits_keeps_cells_large_enough(count: int):
    visits = pd.concat([VISITS.iloc[[0]].assign(visit=f"v{i}") for i in range(count)])
    rows = [
        status(f"v{i}", "supervision", "mixed", paragraphs=1, findings="d/1") for i in range(count)
    ]
    chart = matrix(
        table(*rows), table(), NO_CODES, visits.reset_index(drop=True), BOOK)  # fmt: skip
    assert len(chart.hotspots) == count
    assert min(spot.width for spot in chart.hotspots) * WIDTH / 100 * LEAST >= 24
    assert max(spot.left + spot.width for spot in chart.hotspots) <= 100


def test_height_grows_with_themes():
    themes = tuple(
        Theme(f"t{i}", "workforce", f"Theme {i}", "", (), (), ("everywhere",), (), ())
        for i in range(60)
    )
    book = Codebook("1", (Group("workforce", "Workforce"),), themes)
    rows = [status("v1", theme.id, "silent") for theme in themes]
    tall = matrix(table(*rows), table(), NO_CODES, VISITS, book)
    assert tall.figure.get_size_inches()[1] > 60 * PITCH
    assert re.search(r"60 themes", tall.alt)
