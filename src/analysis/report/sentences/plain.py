"""How levels, visits and cohorts are said to somebody who knows no word of the method."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from analysis.english import join, sentence_case
from analysis.vocabulary import COHORTS, NOT_STATED

_WHO: Final = {
    "children-in-need-of-help-or-protection": "children who need help or protection",
    "managers-and-reviewing-officers": "managers and reviewing officers",
}
_BRIEFLY: Final = {"children-in-need-of-help-or-protection": "help or protection"}
_SAID: Final = {
    "improved": ("better than", "better than before"),
    "not improved": ("not improved enough since", "not improved enough"),
    "declined": ("worse than", "worse than before"),
    "sustained": ("still as good as", "still as good as before"),
}
"""Inspectors' comparison with a visit, and with a time that they do not name."""


def compared(word: str, since: str) -> str:
    """Say inspectors' comparison of then and now; `since` is when, blank where they do not say.

    Examples
    --------
    >>> compared("improved", "2014"), compared("not improved", "2021"), compared("declined", "")
    ('better than in 2014', 'not improved enough since 2021', 'worse than before')
    """
    with_visit, alone = _SAID[word]
    if not since:
        return alone
    return f"{with_visit} {since}" if word == "not improved" else f"{with_visit} in {since}"


def who(cohort: str) -> str:
    """Name a cohort in a sentence; where none is stated, none is named.

    Examples
    --------
    >>> who("children-in-need-of-help-or-protection"), who("care-leavers"), who("not-stated")
    ('children who need help or protection', 'care leavers', '')
    """
    return "" if cohort == NOT_STATED else _WHO.get(cohort, COHORTS[cohort])


def briefly(cohort: str) -> str:
    """Name a cohort in a tag, where every word counts.

    Examples
    --------
    >>> briefly("children-in-need-of-help-or-protection"), briefly("care-leavers")
    ('help or protection', 'care leavers')
    """
    return _BRIEFLY.get(cohort, who(cohort))


def levels_said(levels: Sequence[tuple[str, str]]) -> str:
    """Say in order when something was how good, each run of one word once.

    Examples
    --------
    >>> levels_said([("2014", "weak"), ("2017", "strong"), ("2021", "weak"), ("2024", "weak")])
    'weak in 2014, strong in 2017, and weak again in 2021 and 2024'
    >>> levels_said([("2014", "mixed"), ("2017", "mixed")])
    'mixed in 2014 and 2017'
    """
    parts, seen = [], set()
    for level, run in groupby(levels, key=lambda pair: pair[1]):
        again = " again" if level in seen else ""
        seen.add(level)
        parts.append(f"{level}{again} in {join([when for when, _ in run])}")
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
