"""How levels, visits and cohorts are said to somebody who knows no word of the method."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from analysis.english import how_good, join, sentence_case
from analysis.vocabulary import COHORTS, NOT_STATED

_WHO: Final = {
    "children-in-need-of-help-or-protection": "children who need help or protection",
    "managers-and-reviewing-officers": "managers and reviewing officers",
}
SAID: Final = {
    "improved": "better",
    "not improved": "no better",
    "declined": "worse",
    "sustained": "still as good",
}
"""Inspectors' comparison of then and now."""


def who(cohort: str) -> str:
    """Name a cohort in a sentence; where none is stated, none is named.

    Examples
    --------
    >>> who("children-in-need-of-help-or-protection"), who("care-leavers"), who("not-stated")
    ('children who need help or protection', 'care leavers', '')
    """
    return "" if cohort == NOT_STATED else _WHO.get(cohort, COHORTS[cohort])


def levels_said(levels: Sequence[tuple[str, str]]) -> str:
    """Say levels in order: when, and how good, each run of one level once.

    Examples
    --------
    >>> levels_said([("2014", "weakness"), ("2017", "strength"), ("2021", "weakness"),
    ...     ("2024", "weakness")])
    'weak in 2014, strong in 2017, and weak again in 2021 and 2024'
    >>> levels_said([("2014", "mixed"), ("2017", "mixed")])
    'mixed in 2014 and 2017'
    """
    parts, seen = [], set()
    for level, run in groupby(levels, key=lambda pair: pair[1]):
        again = " again" if level in seen else ""
        seen.add(level)
        parts.append(f"{how_good(level)}{again} in {join([when for when, _ in run])}")
    if len(parts) < 3:  # noqa: PLR2004 - two need no comma
        return ", then ".join(parts)
    return f"{', '.join(parts[:-1])}, and {parts[-1]}"


def named(text: str, cohorts: Iterable[str]) -> str:
    """Put before a sentence for whom it holds; nothing where no group is named.

    Examples
    --------
    >>> named("weak in 2014", ["care-leavers", "children-in-care"])
    'For care leavers and children in care: weak in 2014.'
    >>> named("weak in 2014", ["not-stated"])
    'Weak in 2014.'
    """
    groups = join([name for cohort in cohorts if (name := who(cohort))])
    return f"For {groups}: {text}." if groups else f"{sentence_case(text)}."
