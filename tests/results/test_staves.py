"""A row of marks tells apart what was judged, what was passed over, and where nobody looked."""

from __future__ import annotations

import pytest
from builders import authority, coded, says, visit, visits, votes

from analysis.results.columns import columns, whens
from analysis.results.results import analyse
from analysis.results.staves import GROUPS, NOT_LOOKED, NOT_MENTIONED, Staves, by_latest
from analysis.vocabulary import COHORTS

VISITS = visits(
    visit("a", start="2014-04", framework="SIF"),
    visit("f", "focused-visit", start="2018-10", areas="care-leavers"),
    visit("n", "improvement-notice", start="2019-01"),
    visit("m", "monitoring-visit", start="2020-01", held="none"),
    visit("b", start="2021-10"),
)
LEAVERS = {"theme": "pathway-plans", "cohort": "care-leavers"}
WORKERS = ("social-workers",)


def rows(*said, visits=VISITS):
    return Staves(analyse(authority(visits, coded(*said))))


def test_every_cohort_has_its_place_in_one_row():
    assert sorted(cohort for group in GROUPS.values() for cohort in group) == sorted(COHORTS)


def test_a_cell_holds_a_level_or_why_there_is_none():
    (row,) = rows(*votes("a", "WWW")).of(WORKERS)
    assert [cell.visit for cell in row.cells] == ["a", "f", "b"]
    assert [cell.state for cell in row.cells] == ["", NOT_MENTIONED, NOT_MENTIONED]
    (mark,) = row.cells[0].marks
    assert (mark.level, mark.confidence, len(mark.findings)) == ("weakness", "high", 3)
    child = {"theme": "plans", "cohort": "children-in-care"}
    (row,) = rows(*votes("a", "S", **child)).of(["children-in-care"])
    assert [cell.state for cell in row.cells] == ["", NOT_LOOKED, NOT_MENTIONED]


def test_what_was_only_reported_is_mentioned_and_not_judged():
    (row,) = rows(says("a", "neutral"), *votes("b", "S")).of(WORKERS)
    assert (row.cells[0].marks, row.cells[0].state) == ((), NOT_MENTIONED)


def test_cohorts_that_differ_share_a_cell_strongest_first():
    staff = ("social-workers", "managers-and-reviewing-officers")
    (row,) = rows(*votes("a", "WW"), says("a", "strength", cohort=staff[1])).of(staff)
    assert [(mark.level, mark.cohorts) for mark in row.cells[0].marks] == [
        ("strength", (staff[1],)), ("weakness", (staff[0],)),
    ]  # fmt: skip


def test_a_theme_that_no_visit_judged_has_no_row_and_themes_can_be_chosen():
    table = rows(*votes("a", "S"), *votes("a", "W", **LEAVERS))
    assert [row.theme for row in table.of(WORKERS)] == ["audit"]
    assert [row.theme for row in table.of(["care-leavers"], ["pathway-plans"])] == ["pathway-plans"]
    assert table.of(WORKERS, ["plans"]) == []


def test_rows_stand_by_the_latest_level_and_what_has_none_comes_last():
    table = rows(*votes("b", "S", theme="plans"), *votes("b", "W"), *votes("a", "S", **LEAVERS))
    every = [*table.of(WORKERS), *table.of(["care-leavers"])]
    assert [row.theme for row in by_latest(every)] == ["plans", "audit", "pathway-plans"]


def test_columns_say_when_how_wide_and_where_other_rules_begin():
    found = columns(analyse(authority(VISITS, coded(*votes("a", "S")))))
    assert [(c.when, c.kind, c.now, c.rules) for c in found] == [
        ("2014", "full", False, False), ("2018", "short", False, True),
        ("2021", "full", True, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "said"),
    [("2014-11", {"a": "April 2014", "b": "November 2014"}), ("2015", {"a": "2014", "b": "2015"})],
)
def test_a_year_alone_names_a_visit_unless_two_share_it(start, said):
    two = visits(visit("a"), visit("b", start=start))
    assert whens(analyse(authority(two, coded(*votes("a", "S"))))) == said
