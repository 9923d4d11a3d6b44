"""Shares: within a visit, with n, of the codes that vote."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import results_with
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex

from analysis.charts.parts.bars import NOT_COUNTED, Bar
from analysis.charts.parts.chart import Chart
from analysis.charts.parts.style import HOLE, inch_axes, new_figure
from analysis.charts.parts.visits import each_visit
from analysis.charts.shares import Shares, _codes, _Looks, _shares
from analysis.data.codebook import Codebook, Group, Theme

WORK, CARE = Group("work", "Workforce"), Group("care", "Care leavers")


def theme(name: str, group: Group, *areas: str) -> Theme:
    return Theme(name, group.id, name.title(), "", (), (), areas, (), ())


BOOK = Codebook(
    "1",
    (WORK, CARE),
    (theme("supervision", WORK, "everywhere"), theme("plans", CARE, "care-leavers")),
)
VISITS = pd.DataFrame(
    [
        ("x-a", "inspection", "SIF", "2014-04-29", "care-leavers", "primary"),
        ("x-notice", "improvement-notice", "", "2014-09-16", "", "primary"),
        ("x-news", "monitoring-visit", "SIF", "2016-08", "child-protection", "secondary"),
        ("x-none", "monitoring-visit", "SIF", "2016-11", "", "none"),
        ("x-b", "focused-visit", "ILACS", "2018-10-30", "front-door", "primary"),
        ("x-c", "inspection", "ILACS", "2021-10-11", "care-leavers;leadership", "primary"),
    ],
    columns=["visit", "kind", "framework", "start", "areas", "held"],
).assign(end="", label=lambda t: "on " + t["start"], short=lambda t: t["start"], order=range(6))


def codes(
    visit: str, theme: str, direction: str, count: int = 1, *, role: str = "body", **more: str
) -> pd.DataFrame:
    row = {
        "visit": visit,
        "theme": theme,
        "direction": direction,
        "role": role,
        "source": "primary",
        "basis": "level",
        "said_by": "inspectors",
        "harm": "",
        "part": "",
        "repeats": "",
    }
    return pd.DataFrame([row | more] * count)


CODED = pd.concat(
    [
        codes("x-a", "supervision", "strength", 2),
        codes("x-a", "supervision", "mixed", 2),
        codes("x-a", "supervision", "weakness", 4),
        codes("x-a", "supervision", "weakness", 9, role="summary"),
        codes("x-a", "supervision", "weakness", 9, source="secondary"),
        codes("x-a", "supervision", "neutral", 3),
        codes("x-a", "none", ""),
        codes("x-a", "plans", "weakness", 1, role="need"),
        codes("x-notice", "supervision", "weakness", 7, role="requirement"),
        codes("x-news", "supervision", "strength", 6, source="secondary"),
        codes("x-b", "supervision", "strength", 4),
        codes("x-c", "supervision", "weakness", 10),
    ],
    ignore_index=True,
)


def shares(coded: pd.DataFrame, visits: pd.DataFrame, book: Codebook) -> Chart:
    return Shares(results_with(visits, codebook=book, coded=coded)).chart()


@pytest.fixture(scope="module")
def chart() -> Chart:
    return shares(CODED, VISITS, BOOK)


def cell(chart: Chart, group: str, visit: str) -> pd.Series:
    data = chart.data
    return data[(data["Theme group"] == group) & (data["Visit"] == visit)].iloc[0]


def test_only_body_codes_of_primary_documents_count(chart: Chart) -> None:
    row = cell(chart, "Workforce", "on 2014-04-29")
    assert row[["strength", "mixed", "weakness", "Codes"]].tolist() == [2, 2, 4, 8]
    assert row[["strength (% of codes)", "weakness (% of codes)"]].tolist() == [25, 50]


def test_each_absence_is_told_apart(chart: Chart) -> None:
    notes = {
        (g, v): cell(chart, g, v)["Note"]
        for g, v in [
            ("Workforce", "on 2016-08"),
            ("Workforce", "on 2016-11"),
            ("Workforce", "on 2018-10-30"),
            ("Care leavers", "on 2014-04-29"),
            ("Care leavers", "on 2018-10-30"),
            ("Care leavers", "on 2021-10-11"),
        ]
    }
    assert list(notes.values()) == [
        "secondary source only", "no document", "few", NOT_COUNTED, "not looked at",
        "not mentioned",
    ]  # fmt: skip
    drawn = {text.get_text() for text in chart.figure.axes[0].texts}
    assert set(notes.values()) - {"few", "not looked at"} <= drawn  # which is grey
    assert "4 codes" in drawn


def test_a_notice_has_no_row(chart: Chart) -> None:
    assert "on 2014-09-16" not in set(chart.data["Visit"])
    assert len(chart.data) == 2 * 5


def test_few_codes_give_no_percentages_and_are_drawn_one_by_one(chart: Chart) -> None:
    row = cell(chart, "Workforce", "on 2018-10-30")
    assert row["Codes"] == 4 and pd.isna(row["strength (% of codes)"])
    marks = [c for c in chart.figure.axes[0].collections if isinstance(c, PathCollection)]
    drawn = [len(c.get_offsets()) for c in marks]
    assert drawn == [1, 1, 1, 4]  # one of each in the key, then four strengths


def test_only_what_nobody_looked_at_is_grey(chart: Chart) -> None:
    grey = [p for p in chart.figure.axes[0].patches if to_hex(p.get_facecolor()) == HOLE.lower()]
    assert [len(p.get_path().vertices) // 5 for p in grey] == [1, 1]  # the key, October 2018


def test_codes_stand_on_their_side_of_the_middle() -> None:
    looks = _Looks()
    _codes(Bar(WORK, each_visit(VISITS)[0], 1, 1, 2, "few"), (5.0, 1.0), looks)
    weak, mixed, strong = (looks.symbols[side] for side in ("weakness", "mixed", "strength"))
    assert mixed == [(5.0, 1.0)]
    assert weak[0][0] < 5.0 < strong[0][0] < strong[1][0]
    assert 5.0 - weak[0][0] == pytest.approx(strong[0][0] - 5.0)


def test_mixed_is_centred_and_the_sides_meet_it() -> None:
    looks = _Looks()
    _shares(inch_axes(new_figure(2, 2)), Bar(WORK, each_visit(VISITS)[0], 4, 2, 2, ""),
            (5.0, 1.0), 2.0, looks)  # fmt: skip
    (weakness,), (mixed,), (strength,) = (
        looks.segments[side] for side in ("weakness", "mixed", "strength")
    )
    assert mixed.middle[0] == pytest.approx(5.0)
    assert weakness.x1 < mixed.x0 and mixed.x1 < strength.x0
    seam = mixed.x0 - weakness.x1
    assert weakness.x1 - weakness.x0 + seam == pytest.approx(1.0)  # half of 2 inches


def test_alt_names_measure_authority_period_and_the_weakest_group_now(chart: Chart) -> None:
    assert "Exampleshire" in chart.alt
    assert "April 2014 to October 2021" in chart.alt
    assert chart.alt.endswith(
        "At the latest inspection, October 2021, the largest share of weakness among groups with "
        "5 codes or more is in Workforce (10 of 10 codes; 4 of 8 in April 2014)."
    )
    assert "in their body" in chart.caption and "headlines" in chart.caption


def test_alt_says_what_the_inspection_before_gave() -> None:
    before = shares(CODED, VISITS.assign(kind="inspection"), BOOK).alt
    assert "Workforce (10 of 10 codes; 0 of 4 in October 2018)" in before


def test_alt_names_every_group_of_an_equal_share_and_none_on_few_codes() -> None:
    equal = pd.concat([CODED, codes("x-c", "plans", "weakness", 5)])
    alt = shares(equal, VISITS, BOOK).alt
    assert alt.endswith(
        "Workforce (10 of 10 codes; 4 of 8 in April 2014) and Care leavers (5 of 5 codes)."
    )
    few = pd.concat([CODED[CODED["visit"] != "x-c"], codes("x-c", "plans", "weakness", 4)])
    alt = shares(few, VISITS, BOOK).alt
    assert alt.endswith("October 2021, no group has 5 voting codes or more.")
    strong = pd.concat([CODED[CODED["visit"] != "x-c"], codes("x-c", "plans", "strength", 6)])
    alt = shares(strong, VISITS, BOOK).alt
    assert alt.endswith("October 2021, no group with 5 voting codes or more has a weakness.")


def test_hotspots_are_the_bars_inside_the_figure(chart: Chart) -> None:
    assert [spot.href for spot in chart.hotspots] == ["#v-x-a", "#v-x-b", "#v-x-c"]
    for spot in chart.hotspots:
        assert spot.left >= 0 and spot.left + spot.width <= 100
        assert spot.top >= 0 and spot.top + spot.height <= 100
    first = "Workforce, April 2014, inspection: weakness 4, mixed 2, strength 2, of 8 voting codes"
    assert chart.hotspots[0].label == first


def test_limits_between_visits_are_labelled(chart: Chart) -> None:
    drawn = {text.get_text() for text in chart.figure.axes[0].texts}
    assert {"new framework: SIF to ILACS", "routine inspections paused, 2020 to 2021"} <= drawn


def test_same_tables_same_bytes_and_inputs_unchanged() -> None:
    coded, visits = CODED.copy(), VISITS.copy()
    first = shares(coded, visits, BOOK).svg()
    assert first == shares(coded, visits, BOOK).svg()
    pd.testing.assert_frame_equal(coded, CODED)
    pd.testing.assert_frame_equal(visits, VISITS)


def test_nothing_to_draw_is_said() -> None:
    chart = shares(CODED.iloc[:0], VISITS, BOOK)
    assert "there is no share to draw" in chart.figure.axes[0].texts[0].get_text()
    assert chart.hotspots == () and "No inspection has a voting code" in chart.alt
    assert shares(CODED.iloc[:0], VISITS.iloc[:0], BOOK).data.empty


def test_many_groups_grow_downwards() -> None:
    groups = tuple(Group(f"g{i}", f"Group with quite a long name number {i}") for i in range(12))
    book = Codebook(
        "1", groups, tuple(theme(f"t{i}", g, "everywhere") for i, g in enumerate(groups))
    )
    coded = pd.concat([codes("x-a", f"t{i}", "strength", 6) for i in range(12)])
    chart = shares(coded, VISITS, book)
    few = shares(CODED, VISITS, BOOK)
    assert chart.figure.get_size_inches()[1] > 2 * few.figure.get_size_inches()[1]
    assert len(chart.hotspots) == 12
