"""What can be quoted is what inspectors' documents print; whose the others are is said."""

from __future__ import annotations

import pytest
from builders import authority, coded, says, visit, visits

from analysis.report.tables.places import places
from analysis.report.tables.quotable import FIGURE, quotable
from analysis.results.results import analyse


@pytest.mark.parametrize(
    ("summary", "printed"),
    [
        ("Children waited 277 days.", True),
        ("76% of staff stayed.", True),
        ("Leaders secured £3.7 million.", True),
        ("32 of the 40 had waited.", True),
        ("About half of them are out of work.", True),
        ("1,200 referrals wait.", True),
        ("Those over 21 are closed.", False),
        ("Support for 16- and 17-year-olds is weak.", False),
        ("It got better since 2017.", False),
        ("Practice has worsened since 2021 for children.", False),
        ("In 2014 children waited.", False),
        ("Over 12 months audit became stronger.", False),
        ("19 young people stay put.", True),
    ],
)
def test_a_figure_is_a_sum_a_share_or_a_count(summary, printed):
    assert bool(FIGURE.search(summary)) is printed


def test_figures_are_told_latest_first_and_only_of_inspectors():
    held = visits(
        visit("a", start="2014"),
        visit("n", "improvement-notice", start="2015"),
        visit("c", start="2024"),
    )
    rows = coded(
        says("a", "weakness"), says("n", "weakness", said_by="department"), says("c", "weakness"),
        says("c", "weakness", said_by="leaders"),
    )  # fmt: skip
    rows["summary"] = ["It took 277 days.", "Within 18 months.", "40 children wait.", "9 staff."]
    results = analyse(authority(held, rows))
    told = quotable(results, places(results))
    assert [(when, said.text) for when, said in told.figures] == [
        ("2024", "40 children wait."), ("2014", "It took 277 days."),
    ]  # fmt: skip
    assert len(told.others) == 1


def test_figures_follow_the_themes_that_are_asked_for():
    rows = coded(says("a", "weakness"), says("a", "weakness", theme="plans"))
    rows["summary"] = ["It took 277 days.", "40 audits of 50 cases were seen."]
    results = analyse(authority(visits(visit("a", start="2014")), rows))
    said = [text.text for _, text in quotable(results, places(results), ["plans"]).figures]
    assert said == ["40 audits of 50 cases were seen."]
