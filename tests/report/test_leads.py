"""The lines that lead into a report's themes and needs say what its cards and needs say."""

from __future__ import annotations

import re

from builders import authority, coded, visit, visits, votes

from analysis import load
from analysis.report.leads import cards_lead, needs_lead
from analysis.report.tables.cards import cards
from analysis.report.tables.needs import follow
from analysis.results.results import analyse

VISITS = visits(visit("a", start="2014"), visit("b", start="2018"), visit("c", start="2023"))


def card(*rows):
    return cards(analyse(authority(VISITS, coded(*rows))), ["audit"])[0]


def test_what_got_better_and_stayed_so_is_named_with_whom_it_was_so_for():
    better = [*votes("a", "WW"), *votes("b", "SS"), *votes("c", "SS")]
    worse = [*votes("a", "SS", cohort="care-leavers"), *votes("c", "WW", cohort="care-leavers")]
    none = card(*votes("c", "WW", theme="plans"))
    found = [card(*better), card(*better, *worse), none]
    assert cards_lead(found) == (
        "3 themes. Better and stayed so: audit; audit "
        "(social workers). Worse: audit (care leavers)."
    )
    assert cards_lead([none]) == "1 theme. None plainly got better or worse."


def test_after_a_short_visit_what_the_last_inspection_raised_of_the_first_is_said():
    results = load("lambeth").results
    raised = results.events[results.events["relation"].isin(["raised", "not addressed"])]
    first, last = (
        set(raised.loc[raised["visit"].str.startswith(f"lambeth-inspection-{year}"), "need"])
        for year in (2015, 2022)
    )
    (count,) = re.findall(
        r"At the full inspection of 2022, (\d+) of those of 2015 were raised: ",
        needs_lead(results, follow(results)),
    )
    assert int(count) == len(first & last)
