"""Who was weak and is strong: the last weak visit, and from when on all were strong."""

from __future__ import annotations

import pytest

from analysis.site.tables import Visit
from analysis.site.turns import turn, turns

WORDS = {"S": "strength", "M": "mixed", "W": "weakness", "D": "differs by cohort"}


def visits(initials: str) -> list[tuple[Visit, str]]:
    """Visits a year apart from 2011 on, by the initials of their levels."""
    return [
        (Visit(f"v{at}", "kent", str(at), "inspection", "ILACS", frozenset(), "primary", ""),
         WORDS[initial])
        for at, initial in enumerate(initials, start=2011)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ("WS", "weak to 2011, strong since 2012"),
        ("WSSS", "weak to 2011, strong since 2012"),
        ("WMS", "weak to 2011, strong since 2013"),
        ("SWSWDSS", "weak to 2014, strong since 2016"),
        ("WSM", ""),
        ("WSW", ""),
        ("WSD", ""),
        ("MS", ""),
        ("SSS", ""),
        ("DS", ""),
        ("W", ""),
        ("", ""),
    ],
)
def test_a_turn_needs_a_weak_visit_and_a_strong_end(levels, said):
    found = turn(visits(levels))
    assert (found.said if found else "") == said


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("social-workers", "social-workers", True),
        ("social-workers", "personal-advisers", False),
        ("social-workers", "not-stated", True),
        ("not-stated", "personal-advisers", True),
    ],
)
def test_over_all_groups_none_speaks_for_another(before, after, whole):
    (one, weak), (other, strong) = visits("WS")
    held = {
        one.visit: {"all": {"status": weak}, before: {"status": weak}},
        other.visit: {"all": {"status": strong}, after: {"status": strong}},
    }
    assert set(turns([one, other], held)) == ({"all"} if whole else set()) | ({before} & {after})
