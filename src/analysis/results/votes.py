"""How the codes of a theme and cohort at a visit vote, and the level that their votes give.

One formula: every body paragraph has one vote, all summaries together one, and the mean of the
votes, less what a stated need takes, is cut at two places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Final, NamedTuple

import pandas as pd

from analysis.vocabulary import NO_THEME

STRENGTH_ABOVE: Final = 0.65
WEAKNESS_BELOW: Final = 0.40
NEED_TAKES: Final = 0.15
"""What a need on the theme takes from the mean."""
WEIGHTS: Final = {"strength": 1.0, "weakness": 0.0}
"""What a vote says, from 0 (weakness) to 1."""
MIXED_WEIGHTS: Final = {"strength": 0.75, "even": 0.5, "": 0.5, "weakness": 0.25}
"""The same of a mixed vote, by the way it leans; where its coder did not say, it counts as even."""
NOT_VOTING_SPEAKERS: Final = frozenset({"leaders", "staff"})
"""Their claims vote only where inspectors endorse them, and then inspectors are the speaker."""
VOTES: Final = ("body", "part", "summary", "need", "none")
"""How a code can count: as a body paragraph's vote; as one that speaks of a part only; within the
one vote of all summaries; as a need, which takes from the mean; not at all."""


class Vote(NamedTuple):
    """What counts of a coded finding when a status is set."""

    visit: str
    theme: str
    cohort: str
    finding: str
    direction: str
    lean: str
    harm: str
    source: str
    coder: str
    vote: str

    @property
    def weight(self) -> float:
        """From 0 (weakness) to 1 (strength)."""
        mixed = self.direction == "mixed"
        return MIXED_WEIGHTS[self.lean] if mixed else WEIGHTS[self.direction]


def voting(coded: pd.DataFrame) -> pd.DataFrame:
    """Mark how each code of a finding counts towards a status.

    Parameters
    ----------
    coded
        Findings with codes (`analysis.codes.coded_findings`).

    Returns
    -------
    pandas.DataFrame
        The rows that carry a theme, with `vote`, one of `VOTES`: neutral directions, changes
        without a level, claims of leaders or staff, context, requirements, and paragraphs that only
        say again what another says cast none. A part that states harm votes as the whole does; a
        strength that is told beside what needs to improve is a vote like any other.
    """
    coded = coded[coded["theme"] != NO_THEME]
    silent = (
        (coded["direction"] == "neutral")
        | (coded["basis"] == "change only")
        | coded["said_by"].isin(NOT_VOTING_SPEAKERS)
        | coded["role"].isin(["context", "requirement"])
        | (coded["repeats"] != "")
    )
    part = (coded["part"] == "yes") & (coded["harm"] == "")
    vote = pd.Series("body", index=coded.index)
    vote = vote.mask(part, "part").mask(silent, "none")
    vote = vote.mask((coded["role"] == "summary") & (vote != "none"), "summary")
    asks = (coded["role"] == "need") & (coded["direction"] != "strength")
    return coded.assign(vote=vote.mask(asks & (vote != "none"), "need"))


@dataclass(frozen=True)
class Ballot:
    """The votes on one theme and cohort at one visit.

    Attributes
    ----------
    body
        Votes of body paragraphs: of those on the whole cohort, else of those on a part of it.
    summaries
        Those of summaries, which together have one vote.
    needed
        Whether a need stands on it, be it stated for that cohort or for nobody in particular.
    asked
        Whether one is stated for that cohort.
    """

    body: tuple[Vote, ...]
    summaries: tuple[Vote, ...] = ()
    needed: bool = False
    asked: bool = False

    @property
    def is_part(self) -> bool:
        """Whether all that votes speaks of a part of the cohort."""
        return bool(self.body) and all(vote.vote == "part" for vote in self.body)

    @property
    def cast(self) -> tuple[Vote, ...]:
        """Every vote, each summary's by itself."""
        return self.body + self.summaries

    @property
    def votes(self) -> int:
        """Number of votes; all summaries together have one."""
        return len(self.body) + bool(self.summaries)

    @property
    def balance(self) -> float | None:
        """Mean of the votes, less what a need takes; None where nothing votes."""
        weights = [vote.weight for vote in self.body]
        if self.summaries:
            weights.append(fmean(vote.weight for vote in self.summaries))
        return fmean(weights) - NEED_TAKES * self.needed if weights else None

    @property
    def level(self) -> str:
        """The level that the votes give; blank where nothing votes and no need is its own."""
        if self.balance is None:
            return "weakness" if self.asked else ""
        return level_of(self.balance)

    @property
    def is_steady(self) -> bool:
        """Whether the level is the same when any one voting paragraph is left out."""
        return all(self._without(vote).level == self.level for vote in self.cast)

    def _without(self, left_out: Vote) -> Ballot:
        return replace(
            self,
            body=tuple(vote for vote in self.body if vote.finding != left_out.finding),
            summaries=tuple(vote for vote in self.summaries if vote.finding != left_out.finding),
        )


def level_of(balance: float) -> str:
    """Cut a balance into a level; the edges are mixed.

    Examples
    --------
    >>> [level_of(b) for b in (0.66, 0.65, 0.40, 0.39)]
    ['strength', 'mixed', 'mixed', 'weakness']
    """
    balance = round(balance, 9)  # a mean of quarters less 0.15 may lie a hair beside an edge
    if balance > STRENGTH_ABOVE:
        return "strength"
    return "weakness" if balance < WEAKNESS_BELOW else "mixed"


def ballot(votes: Iterable[Vote], *, needed: bool) -> Ballot:
    """Sort the votes of a cell: parts count only where nobody speaks of the whole.

    Parameters
    ----------
    votes
        On one theme and cohort at one visit.
    needed
        Whether a need stands on it, be it for that cohort or for a cohort that is not stated.
    """
    by: dict[str, list[Vote]] = {name: [] for name in VOTES}
    for vote in votes:
        by[vote.vote].append(vote)
    whole: Sequence[Vote] = by["body"]
    body = whole if whole or by["summary"] else by["part"]
    return Ballot(tuple(body), tuple(by["summary"]), needed, bool(by["need"]))
