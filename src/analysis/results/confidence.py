"""How far a status can be leaned on: one word, with its reasons.

Four questions, as GRADE-CERQual asks them: how good the source is, whether it agrees with itself,
how much there is of it, and how well it fits the question.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from analysis.english import how_good
from analysis.results.settling import NOBODY, Called, settled
from analysis.results.votes import Ballot
from analysis.vocabulary import CONFIDENCE, INSPECTIONS, TAGGER

ENOUGH: Final = 3
"""Votes from which confidence can be high."""
ONE_VOTE: Final = "on one paragraph"
HEADLINES: Final = "from headlines alone"
NEEDS: Final = "from what is to be improved alone"
SECONDARY: Final = "from a secondary source"
TAGGED: Final = "coded by a program, read by nobody"
TWO_VOTES: Final = "on two paragraphs"
PART: Final = "of a part of them alone"
OUTSIDE: Final = "outside what the visit set out to look at"
UNSTEADY: Final = "one paragraph less would give another level"
BY_DOCUMENT: Final = "a reader of the whole document called it"
BY_CODES: Final = "by its codes alone it is"
NO_TWO_AGREE: Final = "codes and two readers of the whole document each have another level"


def confidence(
    ballot: Ballot, kind: str, *, in_scope: bool, called: Called = NOBODY
) -> tuple[str, tuple[str, ...]]:
    """Say how far a level can be leaned on, and why not further.

    Parameters
    ----------
    ballot
        What it rests on.
    kind
        Of the visit.
    in_scope
        Whether the visit set out to look at areas in which the theme can be expected.
    called
        What readers of the whole document called it, who saw no code, and what was settled.

    Returns
    -------
    tuple
        `high`, `moderate` or `low`, and the reasons for less than high, weightiest first.
    """
    low = {
        NEEDS: not ballot.votes,
        HEADLINES: bool(ballot.votes) and not ballot.body,
        SECONDARY: _all_are(ballot, "source", "secondary"),
        TAGGED: any(vote.coder == TAGGER for vote in ballot.cast),
        ONE_VOTE: ballot.votes == 1 and bool(ballot.body),
    }
    moderate = {
        TWO_VOTES: ballot.votes == ENOUGH - 1,
        PART: ballot.is_part,
        OUTSIDE: not in_scope,
        UNSTEADY: ballot.votes > 1 and not ballot.is_steady,
        **_otherwise(ballot.level, called),
    }
    lowers, moderates = (_true(reasons) for reasons in (low, moderate))
    grave = kind in INSPECTIONS and any(vote.harm for vote in ballot.body)
    if lowers == (ONE_VOTE,) and grave:
        return "moderate", (*lowers, *moderates)
    word = "low" if lowers else "moderate" if moderates else "high"
    return word, (*lowers, *moderates)


def _otherwise(level: str, called: Called) -> dict[str, bool]:
    """Say who has another level than the one that stands."""
    levels = called.levels
    if level and called.resolved:
        return {f"{BY_CODES} {how_good(level)}": called.resolved != level}
    if len(levels) == 1:
        return {f"{BY_DOCUMENT} {how_good(levels[0])}": levels[0] != level}
    if not (level and levels):
        return {}
    apart = len({level, *levels}) > len(levels)
    outvoted = settled(level, levels) != level and not apart
    return {NO_TWO_AGREE: apart, f"{BY_CODES} {how_good(level)}": outvoted}


def lower(*words: str) -> str:
    """Return the lowest of several words of confidence; blank ones aside.

    Examples
    --------
    >>> lower("high", "low", "moderate"), lower("", "high")
    ('low', 'high')
    """
    return min(filter(None, words), key=CONFIDENCE.index, default="")


def _true(reasons: Mapping[str, bool]) -> tuple[str, ...]:
    return tuple(reason for reason, true in reasons.items() if true)


def _all_are(ballot: Ballot, field: str, value: str) -> bool:
    return bool(ballot.cast) and all(getattr(vote, field) == value for vote in ballot.cast)
