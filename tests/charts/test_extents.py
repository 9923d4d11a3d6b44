"""Extents: the inspectors' words, counted once per finding and direction, never made numbers."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from builders import results_with
from matplotlib.collections import PathCollection

from analysis.charts.extents import Extents
from analysis.charts.parts.chart import Chart
from analysis.vocabulary import EXTENTS

VISITS = pd.DataFrame(
    [
        ("x-a", "inspection", "SIF", "2014-04-29", "primary"),
        ("x-notice", "improvement-notice", "", "2014-09-16", "primary"),
        ("x-news", "monitoring-visit", "SIF", "2016-08", "secondary"),
        ("x-none", "monitoring-visit", "SIF", "2016-11", "none"),
        ("x-b", "focused-visit", "ILACS", "2018-10-30", "primary"),
        ("x-c", "inspection", "ILACS", "2021-10-11", "primary"),
    ],
    columns=["visit", "kind", "framework", "start", "held"],
).assign(
    end="", areas="", label=lambda t: "on " + t["start"], short=lambda t: t["start"], order=range(6)
)


def code(finding: str, extent: str, direction: str, **more: str) -> dict[str, str]:
    visit = finding.split("/", maxsplit=1)[0]
    return {
        "finding": finding,
        "visit": visit,
        "extent": extent,
        "direction": direction,
        "theme": "audit",
        "role": "body",
        "source": "primary",
        "basis": "level",
        "said_by": "inspectors",
        "harm": "",
        "part": "",
        "repeats": "",
    } | more


CODED = pd.DataFrame(
    [
        code("x-a/1", "most", "weakness"),
        code("x-a/1", "most", "weakness", theme="plans"),
        code("x-a/1", "most", "strength", theme="visits"),
        code("x-a/2", "most", "weakness"),
        code("x-a/3", "too many", "weakness"),
        code("x-a/4", "few", "strength"),
        code("x-a/5", "", "strength"),
        code("x-a/6", "all", "weakness", role="summary"),
        code("x-a/7", "all", "neutral"),
        code("x-notice/1", "all", "weakness", role="requirement"),
        code("x-news/1", "all", "strength", source="secondary"),
        code("x-c/1", "some", "mixed"),
        *[code(f"x-c/{i}", "some", "weakness") for i in range(2, 6)],
    ]
)


def extents(coded: pd.DataFrame, visits: pd.DataFrame) -> Chart:
    return Extents(results_with(visits, coded=coded)).chart()


@pytest.fixture(scope="module")
def chart() -> Chart:
    return extents(CODED, VISITS)


def words(chart: Chart) -> list[str]:
    return [text.get_text() for text in chart.figure.axes[0].texts]


def circles(chart: Chart) -> list[tuple[float, float, float]]:
    """Left, upper end and area of each circle; the shapes over the panels are no circles."""
    found = [c for c in chart.figure.axes[0].collections if isinstance(c, PathCollection)]
    round_ones = [c for c in found if len(c.get_paths()[0].vertices) > 10]
    return [(*place, c.get_sizes()[0]) for c in round_ones for place in c.get_offsets()]


def test_a_finding_counts_once_per_direction(chart: Chart) -> None:
    expected = pd.DataFrame(
        [
            ("on 2014-04-29", "inspection", "most", "strength", 1, 4),
            ("on 2014-04-29", "inspection", "most", "weakness", 2, 4),
            ("on 2014-04-29", "inspection", "few", "strength", 1, 4),
            ("on 2014-04-29", "inspection", "too many", "weakness", 1, 4),
            ("on 2021-10-11", "inspection", "some", "mixed", 1, 5),
            ("on 2021-10-11", "inspection", "some", "weakness", 4, 5),
        ],
        columns=["Visit", "Kind", "Extent word", "Direction", "Findings", "Findings of the visit"],
    )
    pd.testing.assert_frame_equal(chart.data, expected)


def test_one_circle_per_row_its_area_the_count(chart: Chart) -> None:
    drawn = circles(chart)
    areas = sorted(area for _x, _y, area in drawn)
    assert [a / areas[0] for a in areas] == pytest.approx(sorted(chart.data["Findings"]))


def test_a_word_keeps_its_row_and_a_visit_its_column_in_every_panel(chart: Chart) -> None:
    drawn = circles(chart)
    assert len({round(y, 6) for _x, y, _a in drawn}) == 4  # most, some, few, too many
    panels = [text for text in words(chart) if text in ("strength", "mixed", "weakness")]
    assert panels == ["strength", "mixed", "weakness"]
    assert len({round(x, 6) for x, _y, _a in drawn}) == 4  # of 2014 in two, of 2021 in two


def test_words_stand_in_the_inspectors_order_with_too_many_apart(chart: Chart) -> None:
    used = [word for word in words(chart) if word in EXTENTS]
    assert used == ["most", "some", "few", "too many"]
    heights = [t.get_position()[1] for t in chart.figure.axes[0].texts if t.get_text() in EXTENTS]
    steps = [after - before for before, after in pairwise(heights)]
    assert steps[-1] > steps[0]


def test_columns_are_visits_with_a_primary_document_with_their_n(chart: Chart) -> None:
    said = words(chart)
    assert [text for text in said if text in ("4", "0", "5")][:3] == ["4", "0", "5"]
    assert [spot.href for spot in chart.hotspots] == ["#v-x-a", "#v-x-b", "#v-x-c"] * 3
    assert "dashed: SIF to ILACS" in " ".join(said)
    assert chart.hotspots[0].label == (
        "2014-04-29: strength in 2 of 4 findings with an extent word"
    )


def test_caption_and_alt_say_what_the_words_are(chart: Chart) -> None:
    assert "inspectors' own" in chart.caption
    assert "order with ties" in chart.caption and "never percentages" in chart.caption
    assert "Exampleshire" in chart.alt and "April 2014 to October 2021" in chart.alt
    assert '"most" (2 of 4 findings in April 2014)' in chart.alt
    assert '"some" (4 of 5 findings in October 2021)' in chart.alt
    assert "%" not in chart.alt + chart.caption + " ".join(words(chart))


def test_hotspots_lie_inside_the_figure_and_apart(chart: Chart) -> None:
    for spot in chart.hotspots:
        assert spot.left >= 0 and spot.left + spot.width <= 100
        assert spot.top >= 0 and spot.top + spot.height <= 100


def test_where_no_code_names_a_word_that_is_said_and_no_nought_drawn() -> None:
    quiet = pd.DataFrame([code("x-b/1", "", "weakness"), code("x-b/2", "", "strength")])
    chart = extents(pd.concat([CODED, quiet]), VISITS)
    assert "No code of October 2018 names such a word" in chart.caption
    assert words(chart).count("–") == 3  # its n, over each panel
    silent = extents(CODED.assign(extent=""), VISITS)
    assert "No code of April 2014 and October 2021 names" in silent.caption
    assert "No code of" not in extents(CODED, VISITS).caption


def test_a_word_belongs_to_its_code() -> None:
    both = [code("x-a/1", "most", "weakness"), code("x-a/1", "few", "strength", theme="plans")]
    data = extents(pd.DataFrame(both), VISITS).data
    assert data[["Extent word", "Direction", "Findings"]].to_numpy().tolist() == [
        ["most", "weakness", 1], ["few", "strength", 1],
    ]  # fmt: skip


def test_same_tables_same_bytes_and_inputs_unchanged() -> None:
    coded, visits = CODED.copy(), VISITS.copy()
    first = extents(coded, visits).svg()
    assert first == extents(coded, visits).svg()
    pd.testing.assert_frame_equal(coded, CODED)
    pd.testing.assert_frame_equal(visits, VISITS)


def test_nothing_to_draw_is_said() -> None:
    chart = extents(CODED.iloc[:0], VISITS)
    assert "names an extent word" in words(chart)[0]
    assert chart.data.empty and chart.hotspots == ()
    assert "No inspection has a finding with such a word." in chart.alt
    assert extents(CODED.iloc[:0], VISITS.iloc[:0]).hotspots == ()


def test_an_inspection_without_weaknesses_is_told_as_none() -> None:
    strong = CODED[CODED["visit"] != "x-c"]
    weakless = pd.concat([strong, pd.DataFrame([code("x-c/1", "all", "strength")])])
    assert "none (0 of 1 finding in October 2021)" in extents(weakless, VISITS).alt
