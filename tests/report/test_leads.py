"""The lines that lead into a report's themes and needs say what its cards and needs say."""

from __future__ import annotations

from builders import authority, coded, says, visit, visits, votes

from analysis import load
from analysis.report.leads import (
    _grade,
    _short,
    lasting_lead,
    news_lead,
    still_raised,
    still_raised_said,
)
from analysis.report.tables.cards import cards
from analysis.report.tables.lasting import lasting
from analysis.report.tables.needs import follow
from analysis.report.tables.news import news, since_before
from analysis.results.results import analyse

VISITS = visits(visit("a", start="2014"), visit("b", start="2018"), visit("c", start="2023"))


def card(*rows):
    return cards(analyse(authority(VISITS, coded(*rows))), ["audit"])[0]


def test_what_got_better_and_stayed_so_is_named_with_whom_it_was_so_for():
    better = [*votes("a", "WW"), *votes("b", "SS"), *votes("c", "SS")]
    worse = [*votes("a", "SS", cohort="care-leavers"), *votes("c", "WW", cohort="care-leavers")]
    none = card(*votes("c", "WW", theme="plans"))
    told = lasting([card(*better), card(*better, *worse), none], [])
    assert {head: [one.more for one in listed] for head, listed in told.themes} == {
        "Themes better and stayed so": ["", "social workers"],
        "Themes that got worse": ["care leavers"],
    }
    assert lasting_lead(lasting([none], [])) == "Nothing plainly got better or worse."


def test_after_a_short_visit_what_the_last_inspection_raised_of_the_first_is_said():
    results = load("lambeth").results
    raised = results.events[results.events["relation"].isin(["raised", "not addressed"])]
    first, last = (
        set(raised.loc[raised["visit"].str.startswith(f"lambeth-inspection-{year}"), "need"])
        for year in (2015, 2022)
    )
    heads = {head: len(needs) for head, needs in still_raised(results, follow(results))}
    count = len(first & last)
    assert heads[f"{count} of 2015 were raised at the full inspection of 2022"] == count
    assert f"{count} of 2015 were raised at" in still_raised_said(results, follow(results))


def test_of_a_short_visit_the_lead_says_where_it_looked_and_what_it_found_otherwise():
    held = visits(
        visit("a", start="2014"),
        visit("f", "focused-visit", start="2025", areas="care-leavers;leadership"),
    )
    mine = {"cohort": "care-leavers"}
    rows = [
        *votes("a", "WW", **mine), *votes("f", "SSS", **mine),
        says("f", "weakness", part="yes", **mine),
        *votes("a", "SS"), *votes("f", "SM"),
    ]  # fmt: skip
    results = analyse(authority(held, coded(*rows)))
    assert _short(results) == (
        " It looked at care leavers and leadership only. Better than when last judged: audit "
        "(care leavers), weak in 2014 and mostly strong now."
    )
    assert _short(analyse(authority(VISITS, coded(*votes("a", "WW"), *votes("c", "SS"))))) == ""


def test_what_was_found_met_in_part_counts_as_better():
    results = load("lambeth").results
    lead = news_lead(results, news(follow(results), since_before(results)), "2024", 0)
    latest = results.data.visits.sort_values("order")["visit"].iloc[-1]
    met = results.events[
        (results.events["visit"] == latest) & (results.events["relation"] == "met")
    ]
    assert (~met["ends"]).any()
    assert " 0 found better" not in lead


def test_what_is_new_says_which_grades_rose_and_fell_at_that_visit():
    said = _grade(load("knowsley").results)
    assert said == (
        "Overall grade: inadequate, after requires improvement in 2021. "
        "Grades that fell: help and protection, care leavers and leadership. "
    )
