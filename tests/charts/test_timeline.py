"""The timeline: every visit once, grades as printed, limits of what can be compared."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from builders import results_with
from matplotlib.colors import to_hex
from matplotlib.transforms import Bbox

from analysis.anchors import visit_anchor
from analysis.charts.parts.chart import Chart
from analysis.charts.parts.drawing import SIZE
from analysis.charts.parts.grades import STEP
from analysis.charts.parts.style import HOLE, INK, PAPER, text_width
from analysis.charts.timeline import Timeline
from analysis.dates import month

ALL = (
    "front-door;early-help;children-in-need;child-protection;private-fostering;disabled-children;"
    "children-in-care;adoption;care-leavers;leadership"
)


def visits_table(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    names = ["kind", "framework", "start", "areas", "held"]
    table = pd.DataFrame(rows, columns=names, dtype=str)
    return table.assign(
        visit="x-" + table["kind"] + "-" + table["start"],
        end="",
        label=table["start"].map(month),
        short=table["start"].str[:4],
        order=range(len(table)),
    )


VISITS = visits_table(
    ("inspection", "SIF", "2014-04-29", ALL, "primary"),
    ("improvement-notice", "", "2014-09-16", ALL, "primary"),
    ("monitoring-visit", "SIF", "2016-08", "child-protection", "secondary"),
    ("monitoring-visit", "SIF", "2016-11", "", "none"),
    ("focused-visit", "ILACS", "2018-10-30", "front-door", "primary"),
    ("inspection", "ILACS", "2021-10-11", ALL, "primary"),
)
GRADES = pd.DataFrame(
    [
        ("x-inspection-2014-04-29", "overall", "inadequate", "Inadequate"),
        ("x-inspection-2014-04-29", "care-leavers", "good", "Good"),
        ("x-inspection-2014-04-29", "adoption", "good", "Good"),
        ("x-inspection-2021-10-11", "overall", "good", "Good"),
        ("x-inspection-2021-10-11", "children-in-care-and-care-leavers", "good", "Good"),
    ],
    columns=["visit", "area", "grade", "grade_printed"],
).assign(document="d", page="1")


def timeline(visits: pd.DataFrame, grades: pd.DataFrame) -> Chart:
    return Timeline(results_with(visits, grades=grades)).chart()


@pytest.fixture(scope="module")
def chart() -> Chart:
    return timeline(VISITS, GRADES)


def words(chart: Chart) -> list[str]:
    return [text.get_text() for text in chart.figure.axes[0].texts]


def bars(chart: Chart) -> list[Bbox]:
    """The bars of grades: all that is black."""
    patches = [p for p in chart.figure.axes[0].patches if to_hex(p.get_facecolor()) == INK.lower()]
    boxes = [box for p in patches for box in p.get_path().vertices.reshape(-1, 5, 2)]
    return [Bbox([box.min(axis=0), box.max(axis=0)]) for box in boxes]


def test_alt_names_authority_period_and_the_overall_grades(chart: Chart) -> None:
    assert "Exampleshire" in chart.alt
    assert "April 2014 to October 2021" in chart.alt
    assert "inadequate (April 2014), then good (October 2021)" in chart.alt
    assert "1 visit without a document" in chart.alt


def test_data_hold_a_row_per_visit_and_per_grade(chart: Chart) -> None:
    assert len(chart.data) == len(VISITS) + len(GRADES)
    assert (chart.data["Area"] == "").sum() == len(VISITS)
    assert "children in care and care leavers" in set(chart.data["Area"])


def test_every_visit_has_one_mark_hollow_where_no_primary_document_is_held(chart: Chart) -> None:
    lines = [line for line in chart.figure.axes[0].lines if line.get_marker() not in ("None", "")]
    hollow = [line.get_markerfacecolor() == PAPER for line in lines]
    assert hollow == [False, False, True, True, False, False]
    assert {line.get_marker() for line in lines} == {"o", "P", "s", "^"}


def test_absence_is_said_in_words(chart: Chart) -> None:
    said = words(chart)
    assert "no document" in " ".join(said)
    assert said.count("not known") == 2  # no primary document: grades are not known
    assert said.count("no grades") == 2  # notice and focused visit
    # adoption in 2021; children in care in 2014; the joint grade covers its two rows
    assert said.count("not graded") == 2


def test_a_joint_grade_is_a_double_bar_between_its_two_rows(chart: Chart) -> None:
    found = bars(chart)
    assert len(found) == len(GRADES) + 1
    thin = sorted(bar.height for bar in found)
    assert thin[0] == pytest.approx(thin[1]) and thin[2] == pytest.approx(2 * thin[1])
    assert any("(joint grade)" in text for text in words(chart))


def test_a_better_grade_stands_higher_in_its_row(chart: Chart) -> None:
    overall = sorted(bars(chart), key=lambda bar: bar.y0)[:2]  # of 2014 and 2021
    good, inadequate = sorted(overall, key=lambda bar: -bar.x0)
    assert inadequate.y0 - good.y0 == pytest.approx(2 * STEP)


def test_an_outcome_on_no_ladder_has_no_bar() -> None:
    other = GRADES.iloc[[0]].assign(grade="inconsistent", grade_printed="Inconsistent")
    chart = timeline(VISITS, other)
    assert bars(chart) == [] and "Inconsistent" in words(chart)


def test_framework_break_and_pause_are_marked(chart: Chart) -> None:
    assert "routine inspections paused, 2020 to 2021" in words(chart)
    grey = [p for p in chart.figure.axes[0].patches if to_hex(p.get_facecolor()) == HOLE.lower()]
    assert len(grey) == 1
    assert any("Single Inspection Framework" in text or text == "SIF" for text in words(chart))
    assert chart.caption.count(". ") <= 2


def test_hotspots_lead_to_each_visit_from_inside_the_figure(chart: Chart) -> None:
    assert [spot.href for spot in chart.hotspots] == [
        f"#{visit_anchor(visit)}" for visit in VISITS["visit"]
    ]
    for spot in chart.hotspots:
        assert spot.left >= 0 and spot.left + spot.width <= 100
        assert spot.top >= 0 and spot.top + spot.height <= 100
    assert chart.hotspots[0].label.endswith("overall inadequate")


def test_columns_do_not_overlap_and_labels_stay_inside(chart: Chart) -> None:
    spots = chart.hotspots
    for before, after in pairwise(spots):
        assert before.left + before.width <= after.left + 1e-6


def test_same_tables_same_bytes_and_inputs_unchanged() -> None:
    visits, grades = VISITS.copy(), GRADES.copy()
    first = timeline(visits, grades).svg()
    assert first == timeline(visits, grades).svg()
    pd.testing.assert_frame_equal(visits, VISITS)
    pd.testing.assert_frame_equal(grades, GRADES)


def test_twenty_visits_fill_two_bands_and_keep_text_in_size() -> None:
    rows = [
        ("focused-visit", "ILACS", f"{2018 + i // 3}-0{1 + 3 * (i % 3)}", "", "primary")
        for i in range(20)
    ]
    chart = timeline(visits_table(*rows), GRADES.iloc[:0])
    assert len({round(spot.top, 1) for spot in chart.hotspots}) == 2
    assert chart.figure.get_size_inches()[0] <= 11
    assert min(text.get_fontsize() for text in chart.figure.axes[0].texts) >= SIZE


def test_without_grades_or_visits_it_says_so() -> None:
    ungraded = timeline(VISITS, GRADES.iloc[:0])
    assert "No grade is printed in the documents held." in words(ungraded)
    assert "No overall grade is printed." in ungraded.alt
    nothing = timeline(VISITS.iloc[:0], GRADES.iloc[:0])
    assert words(nothing) == ["No visit is held."]
    assert nothing.data.empty and nothing.hotspots == ()


def test_documents_that_print_different_grades_are_both_named() -> None:
    other = GRADES.iloc[[0]].assign(grade="good", grade_printed="Good")
    chart = timeline(VISITS, pd.concat([GRADES, other]))
    assert "inadequate / good" in set(chart.data["Grade"])


def test_words_are_no_wider_than_their_bars(chart: Chart) -> None:
    assert min(bar.width for bar in bars(chart)) > text_width("improvement", SIZE, bold=True)


def test_columns_of_visits_with_grades_are_wider(chart: Chart) -> None:
    widths = [spot.width for spot in chart.hotspots]
    assert widths[0] == pytest.approx(widths[5]) and widths[0] > widths[1]
