"""Visits: their scope in words, and the limits of what can be compared between them."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.charts.parts.visits import (
    PAUSE_LABEL,
    Boundary,
    boundaries,
    framework_spans,
    period,
    scope_words,
)
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


@pytest.mark.parametrize(
    ("areas", "expected"),
    [
        (ALL, "all areas"),
        (
            ALL.removesuffix(";leadership"),
            "help and protection, adoption, children in care and care leavers",
        ),
        ("front-door; early-help", "front door, early help"),
        ("", "areas not known"),
    ],
)
def test_scope_in_few_words(areas: str, expected: str) -> None:
    assert scope_words(areas) == expected


def test_a_framework_beside_the_others_is_another_and_no_new_one() -> None:
    visits = pd.DataFrame({
        "framework": ["ILACS", "SEND", "ILACS"],
        "start": ["2022-01", "2022-05", "2023-01"],
    })  # fmt: skip
    assert [boundary.label for boundary in boundaries(visits)] == [
        "another framework: ILACS to SEND",
        "another framework: SEND to ILACS",
    ]


def test_boundaries_fall_before_the_first_visit_after_them() -> None:
    assert boundaries(VISITS) == [
        Boundary(4, "new framework: SIF to ILACS"),
        Boundary(5, PAUSE_LABEL),
    ]


def test_no_pause_where_only_one_side_is_shown() -> None:
    assert boundaries(VISITS.iloc[:4]) == []
    assert boundaries(VISITS.iloc[5:]) == []


def test_a_visit_during_the_pause_does_not_end_it() -> None:
    during = visits_table(
        ("focused-visit", "ILACS", "2019-10-01", "", "primary"),
        ("focused-visit", "ILACS", "2020-11-01", "", "primary"),
    )
    assert boundaries(during) == []


def test_period_of_one_visit_is_its_month() -> None:
    assert period(VISITS.iloc[:1]) == "April 2014"


@pytest.mark.parametrize(
    ("frameworks", "spans"),
    [
        ([], []),
        (["", "SIF"], [("SIF", 0, 2)]),
        (["SIF", "", "SIF", "ILACS"], [("SIF", 0, 3), ("ILACS", 3, 4)]),
        (["", ""], [("", 0, 2)]),
    ],
)
def test_a_visit_under_no_framework_makes_no_break(frameworks, spans):
    assert framework_spans(pd.DataFrame({"framework": frameworks})) == spans
