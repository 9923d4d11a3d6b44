"""From coded findings to the status of each theme and cohort at each visit.

The rules, with their constants, are those of the method: one vote per body paragraph, cuts at a
quarter and three quarters with the edges mixed, a need caps at mixed, small numbers vote only where
nothing else does, and what was not looked at is told apart from what was looked at in silence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import pandas as pd

from analysis.codes.counting import admitted, join_ids
from analysis.data.codebook import Codebook
from analysis.tables import Row
from analysis.vocabulary import (
    ALL_COHORTS,
    DIFFERS,
    FLAGS,
    LEVELS,
    LIMITED_EXTENTS,
    NO_THEME,
    NOTICE,
    looked_at,
)

STRENGTH_ABOVE: Final = 0.75
WEAKNESS_BELOW: Final = 0.25
FRAGILE_CUTS: Final = ((1 / 3, 2 / 3), (0.2, 0.8))
"""Other cuts that could be defended; a status that changes under either is fragile."""
NOT_VOTING_SPEAKERS: Final = frozenset({"leaders", "staff"})
"""Their claims vote only where inspectors endorse them, and then inspectors are the speaker."""

STATUS_COLUMNS: Final = [
    "visit", "theme", "cohort", "status", "strengths", "mixed", "weaknesses", "neutral", "votes",
    "thin", "fragile", "incidental", "secondary", "capped", "headline_only", "how", "findings",
]  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """Votes on one theme and cohort at one visit.

    Examples
    --------
    >>> Tally(strengths=3, mixed=0, weaknesses=1).balance
    0.75
    >>> Tally(3, 0, 1).status(), Tally(4, 0, 1).status(), Tally(0, 0, 1).status()
    ('mixed', 'strength', 'weakness')
    """

    strengths: int
    mixed: int
    weaknesses: int

    @property
    def votes(self) -> int:
        """S + M + W."""
        return self.strengths + self.mixed + self.weaknesses

    @property
    def balance(self) -> float:
        """Balance b = (S + M/2) / (S + M + W), from 0 (all weaknesses) to 1 (all strengths)."""
        return (self.strengths + self.mixed / 2) / self.votes

    def status(self, low: float = WEAKNESS_BELOW, high: float = STRENGTH_ABOVE) -> str:
        """Strength above `high`, weakness below `low`, else mixed: the edges are mixed."""
        if self.balance > high:
            return "strength"
        return "weakness" if self.balance < low else "mixed"


def voting(coded: pd.DataFrame) -> pd.DataFrame:
    """Mark how each code of a finding counts towards a status.

    Parameters
    ----------
    coded
        Findings with codes (`analysis.codes.counting.coded_findings`).

    Returns
    -------
    pandas.DataFrame
        The rows that carry a theme, with `vote` (ordered by weight): `body`; `limited` (a small
        number or fewer, no harm stated: only where no body finding votes); `headline` (summaries
        and needs: only where nothing else votes); `none` (reported, casts no vote: neutral, change
        only, leaders' or staff's claims, context, requirements).
    """
    coded = coded[coded["theme"] != NO_THEME]
    silent = (
        (coded["direction"] == "neutral")
        | (coded["basis"] == "change only")
        | coded["said_by"].isin(NOT_VOTING_SPEAKERS)
        | coded["role"].isin(["context", "requirement"])
    )
    limited = coded["extent"].isin(LIMITED_EXTENTS) & (coded["harm"] != "yes")
    vote = pd.Series("body", index=coded.index)
    vote = vote.mask(limited, "limited").mask(coded["role"].isin(["summary", "need"]), "headline")
    return coded.assign(vote=vote.mask(silent, "none"))


class Vote(NamedTuple):
    """What counts of a coded finding when a status is set."""

    visit: str
    theme: str
    cohort: str
    finding: str
    direction: str
    source: str
    role: str
    vote: str


def statuses(
    coded: pd.DataFrame,
    visits: pd.DataFrame,
    codebook: Codebook,
    *,
    include_secondary: bool = False,
) -> pd.DataFrame:
    """Give every theme a status at every visit, over all cohorts and for each cohort reported.

    Parameters
    ----------
    coded
        Findings with codes (`analysis.codes.counting.coded_findings`).
    visits
        `AuthorityData.visits`.
    codebook
        The themes and where each can be expected.
    include_secondary
        Let secondary documents set a status at visits of which no primary document is held.

    Returns
    -------
    pandas.DataFrame
        One row per visit (notices aside), theme and cohort; `cohort` is `all` for the theme as a
        whole, which every visit and theme has. `status` is one of `vocabulary.STATUSES`;
        `strengths`, `mixed`, `weaknesses`, `neutral` count votes, one a finding and cohort, so that
        for `all` a finding on two cohorts counts twice; `votes` is S + M + W; `thin`,
        `fragile`, `incidental`, `secondary`, `capped` (by a need) and `headline_only` are flags;
        `how` says how cohorts differ; `findings` lists ids, separated by spaces.
    """
    votes = voting(admitted(coded, visits, include_secondary=include_secondary))
    by_cell: dict[tuple[str, str], list[Vote]] = {}
    for vote in votes[list(Vote._fields)].itertuples(index=False, name=None):
        cast = Vote(*vote)
        by_cell.setdefault((cast.visit, cast.theme), []).append(cast)
    rows: list[Row] = []
    for visit in visits[visits["kind"] != NOTICE].to_dict("records"):
        name, held = visit["visit"], visit["held"]
        looked = looked_at(str(visit["areas"]))
        readable = held == "primary" or (include_secondary and held == "secondary")
        for theme in codebook.ids:
            expected = codebook.expects(theme, looked)
            cell = by_cell.get((name, theme))
            rows += _cell(name, theme, cell, expected=expected, readable=readable)
    return pd.DataFrame(rows, columns=STATUS_COLUMNS)


def secondary_statuses(
    coded: pd.DataFrame, visits: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    """Say what secondary documents alone would give, for drawing hollow and for comparison.

    Returns
    -------
    pandas.DataFrame
        As `statuses`, for visits with a secondary document, only the cells that it reports.
    """
    secondary = coded[coded["source"] == "secondary"]
    spoken = visits[visits["visit"].isin(secondary["visit"])].assign(held="secondary")
    table = statuses(secondary, spoken, codebook, include_secondary=True)
    return table[table["findings"] != ""].reset_index(drop=True)


def _cell(
    visit: str, theme: str, cell: list[Vote] | None, *, expected: bool, readable: bool
) -> list[Row]:
    """Rows of one theme at one visit: all cohorts first, then each cohort reported."""
    base: Row = {"visit": visit, "theme": theme}
    if cell is None:
        status = "no document" if not readable else "silent" if expected else "not in scope"
        return [base | _row(ALL_COHORTS, status)]
    by_cohort: dict[str, list[Vote]] = {}
    for vote in cell:
        by_cohort.setdefault(vote.cohort, []).append(vote)
    rows = [
        base | _cohort_row(cohort, by_cohort[cohort], incidental=not expected)
        for cohort in sorted(by_cohort)
    ]
    return [base | _overall(rows), *rows]


def _row(cohort: str, status: str, tally: Tally | None = None, **more: Any) -> Row:
    tally = tally or Tally(0, 0, 0)
    empty: Row = {
        "cohort": cohort,
        "status": status,
        "strengths": tally.strengths,
        "mixed": tally.mixed,
        "weaknesses": tally.weaknesses,
        "votes": tally.votes,
        "neutral": 0,
        "how": "",
        "findings": "",
        "voters": frozenset(),
    }
    return empty | dict.fromkeys(FLAGS, False) | more


def _cohort_row(cohort: str, part: list[Vote], *, incidental: bool) -> Row:
    counted = _counted(part)
    tally = _tally(counted)
    common: dict[str, Any] = {
        "neutral": sum(vote.direction == "neutral" for vote in part),
        "secondary": all(vote.source == "secondary" for vote in part),
        "incidental": incidental,
        "findings": join_ids(vote.finding for vote in part),
    }
    if not tally.votes:
        return _row(cohort, "reported, not judged", **common)
    headline_only = all(vote.vote == "headline" for vote in counted)
    needed = any(vote.role == "need" for vote in part)
    return _row(
        cohort,
        _capped(tally.status(), needed=needed),
        tally,
        thin=tally.votes == 1 or headline_only,
        fragile=_fragile(tally, needed=needed),
        capped=needed and tally.status() == "strength",
        headline_only=headline_only,
        voters=frozenset() if headline_only else frozenset(vote.finding for vote in counted),
        **common,
    )


def _capped(status: str, *, needed: bool) -> str:
    """Where a need is stated, a strength is mixed."""
    return "mixed" if needed and status == "strength" else status


def _fragile(tally: Tally, *, needed: bool) -> bool:
    """Whether other cuts would give another status, the cap of a need included."""
    found = {
        tally.status(low, high) for low, high in ((WEAKNESS_BELOW, STRENGTH_ABOVE), *FRAGILE_CUTS)
    }
    return len({_capped(status, needed=needed) for status in found}) > 1


def _counted(part: list[Vote]) -> list[Vote]:
    """Codes that vote: body findings, else limited ones, else headlines and needs."""
    for weight in ("body", "limited", "headline"):
        if chosen := [vote for vote in part if vote.vote == weight]:
            return chosen
    return []


def finding_count(row: Row) -> int:
    """Count the findings of a row, which lists their ids with spaces between."""
    return len(str(row["findings"]).split())


def _tally(counted: list[Vote]) -> Tally:
    count = Counter(vote.direction for vote in counted)
    return Tally(*(count[direction] for direction in ("strength", "mixed", "weakness")))


def _overall(rows: list[Row]) -> Row:
    """Over all cohorts: a direction only where the judged cohorts agree.

    It is thin if no more than one body finding votes, in however many cohorts.
    """
    judged = [row for row in rows if row["status"] in LEVELS]
    found = {str(row["status"]) for row in judged}
    total = Tally(
        *(sum(int(str(r[c])) for r in judged) for c in ("strengths", "mixed", "weaknesses"))
    )
    status = found.pop() if len(found) == 1 else DIFFERS if found else "reported, not judged"
    how = "; ".join(f"{r['cohort']}: {r['status']}" for r in judged) if len(judged) > 1 else ""
    voters: set[object] = set().union(*(r["voters"] for r in judged))
    return _row(
        ALL_COHORTS,
        status,
        total,
        neutral=sum(int(str(row["neutral"])) for row in rows),
        thin=bool(judged) and len(voters) <= 1,
        fragile=any(r["fragile"] for r in judged),
        incidental=any(r["incidental"] for r in rows),
        secondary=all(r["secondary"] for r in rows),
        capped=any(r["capped"] for r in judged),
        headline_only=bool(judged) and all(r["headline_only"] for r in judged),
        how=how,
        findings=join_ids(i for row in rows for i in str(row["findings"]).split()),
    )
