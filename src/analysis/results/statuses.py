"""From coded findings to the status of each theme and cohort at each visit.

What was not looked at is told apart from what was looked at in silence; a status weighs paragraphs
alike, says how far it can be leaned on, and never speaks for another cohort.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from analysis.codes.counting import admitted, join_ids
from analysis.data.codebook import Codebook
from analysis.results.confidence import confidence, lower
from analysis.results.schemas import STATUSES, filled
from analysis.results.settling import NOBODY, Called, settled
from analysis.results.votes import Vote, ballot, voting
from analysis.tables import Row, records
from analysis.vocabulary import (
    ALL_COHORTS,
    CONFIDENCE,
    DIFFERS,
    HARMS,
    LEVELS,
    NOT_JUDGED,
    NOT_STATED,
    NOTICE,
    looked_at,
)

_COUNTS: Final = {"strengths": "strength", "mixed": "mixed", "weaknesses": "weakness"}


def statuses(
    coded: pd.DataFrame,
    visits: pd.DataFrame,
    codebook: Codebook,
    *,
    include_secondary: bool = False,
    by_document: Mapping[tuple[str, str, str], Called] | None = None,
) -> pd.DataFrame:
    """Give every theme a status at every visit, over all cohorts and for each cohort reported.

    Parameters
    ----------
    coded
        Findings with codes (`analysis.codes.coded_findings`).
    visits
        `AuthorityData.visits`.
    codebook
        The themes and where each can be expected.
    include_secondary
        Let secondary documents set a status at visits of which no primary document is held.
    by_document
        `document_levels`; left out, nobody read whole documents.

    Returns
    -------
    pandas.DataFrame
        One row per visit (notices aside), theme and cohort; `cohort` is `all` for the theme as a
        whole, which every visit and theme has.

        `status` is one of `vocabulary.STATUSES`. `paragraphs` counts the paragraphs that vote, each
        once, of which `strengths`, `mixed` and `weaknesses` point each way (one that points apart
        for two cohorts is mixed); `neutral` those that report and judge nothing. `votes` is their
        number with all summaries as one, `balance` their mean, 0 to 1, less what a need takes
        (missing where nothing votes, and for `all`). `level_by_codes` is what they give; where two
        readers called it from the whole document, `status` is the middle one of the three
        (`settled`), and `resolved_level`, where somebody settled one with a reason. `needed`: a
        need stands on it; `harm`: the gravest of `vocabulary.HARMS` that a vote states.
        `confidence` and its `reasons` (separated by `; `) say how far a level can be leaned on;
        blank where there is none. `document_level` and `second_document_level` are those of
        `by_document`, blank where no level is, `document_findings` what the first rests on, the
        weightiest first. `how` says how cohorts differ; `findings` lists ids, separated by spaces.
    """
    votes = voting(admitted(coded, visits, include_secondary=include_secondary))
    by_cell: dict[tuple[str, str], list[Vote]] = {}
    for vote in votes[list(Vote._fields)].itertuples(index=False, name=None):
        cast = Vote(*vote)
        by_cell.setdefault((cast.visit, cast.theme), []).append(cast)
    rows: list[Row] = []
    said = by_document or {}
    for visit in records(visits[visits["kind"] != NOTICE]):
        name, held = visit["visit"], visit["held"]
        looked = looked_at(str(visit["areas"]))
        readable = held == "primary" or (include_secondary and held == "secondary")
        for theme in codebook.ids:
            expected = codebook.expects(theme, looked)
            base: Row = {"visit": name, "theme": theme}
            if cell := by_cell.get((name, theme)):
                own = {
                    cohort: said.get((name, theme, cohort), NOBODY)
                    for cohort in {vote.cohort for vote in cell}
                }
                made = _cell(cell, str(visit["kind"]), own, in_scope=expected)
                rows += [base | row for row in made]
            else:
                status = "no document" if not readable else "silent" if expected else "not in scope"
                rows.append(base | _row(ALL_COHORTS, status, ()))
    return filled(STATUSES, rows)


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


def finding_count(row: Row) -> int:
    """Count the findings of a row, which lists their ids with spaces between."""
    return len(str(row["findings"]).split())


def _cell(
    cell: list[Vote], kind: str, by_document: Mapping[str, Called], *, in_scope: bool
) -> list[Row]:
    """Rows of one theme at one visit: all cohorts first, then each cohort reported."""
    by_cohort: dict[str, list[Vote]] = {}
    for vote in cell:
        by_cohort.setdefault(vote.cohort, []).append(vote)
    needed = {cohort for cohort, part in by_cohort.items() if any(v.vote == "need" for v in part)}
    rows, cast = [], {}
    for cohort in sorted(by_cohort):
        part = by_cohort[cohort]
        counted = ballot(part, needed=not needed.isdisjoint({cohort, NOT_STATED}))
        cast[cohort] = counted.cast
        level, called = counted.level, by_document[cohort] if counted.level else NOBODY
        stands = settled(level, called.levels, called.resolved)
        said = confidence(counted, kind, in_scope=in_scope, called=called)
        first, second, *_ = *called.levels, "", ""
        word, reasons = said if level else ("", ())
        row = _row(
            cohort,
            stands or NOT_JUDGED,
            part,
            counted.cast,
            votes=counted.votes,
            balance=counted.balance,
            needed=counted.needed,
            confidence=word,
            reasons="; ".join(reasons),
            level_by_codes=level,
            document_level=first,
            second_document_level=second,
            resolved_level=called.resolved,
            document_findings=" ".join(called.findings),
        )
        rows.append(row)
    return [_overall(rows, cell, cast), *rows]


def _overall(rows: Sequence[Row], cell: Sequence[Vote], cast: dict[str, tuple[Vote, ...]]) -> Row:
    """Over all cohorts: a direction only where the judged cohorts agree.

    A need that is stated for nobody took from every cohort already: where it is all that speaks of
    `not stated`, that is no cohort beside the others.
    """
    judged = [row for row in rows if row["status"] in LEVELS]
    named = [row for row in judged if row["cohort"] != NOT_STATED or row["votes"]]
    judged = named or judged
    found = {str(row["status"]) for row in judged}
    status = found.pop() if len(found) == 1 else DIFFERS if found else NOT_JUDGED
    words = [str(row["confidence"]) for row in judged]
    word = lower(*words) if status == DIFFERS else max(words, key=CONFIDENCE.index, default="")
    reasons = dict.fromkeys(
        reason
        for row in judged
        if row["confidence"] == word
        for reason in str(row["reasons"]).split("; ")
        if reason
    )
    counted = [vote for row in judged for vote in cast[str(row["cohort"])]]
    return _row(
        ALL_COHORTS,
        status,
        cell,
        counted,
        votes=sum(int(str(row["votes"])) for row in judged),
        needed=any(row["needed"] for row in rows),
        confidence=word,
        reasons="; ".join(reasons),
        how="; ".join(f"{r['cohort']}: {r['status']}" for r in judged) if len(judged) > 1 else "",
    )


def _row(
    cohort: str, status: str, part: Sequence[Vote], cast: Sequence[Vote] = (), **more: Any
) -> Row:
    directions = Counter(_directions(cast).values())
    neutral = {vote.finding for vote in part if vote.direction == "neutral"}
    row: Row = {
        "cohort": cohort,
        "status": status,
        "paragraphs": directions.total(),
        **{name: directions[direction] for name, direction in _COUNTS.items()},
        "neutral": len(neutral),
        "votes": 0,
        "balance": None,
        "needed": False,
        "harm": next((harm for harm in HARMS if any(v.harm == harm for v in cast)), ""),
        "confidence": "",
        "reasons": "",
        "level_by_codes": "",
        "document_level": "",
        "second_document_level": "",
        "resolved_level": "",
        "document_findings": "",
        "secondary": bool(part) and all(vote.source == "secondary" for vote in part),
        "how": "",
        "findings": join_ids(vote.finding for vote in part),
    }
    return row | more


def _directions(cast: Iterable[Vote]) -> dict[str, str]:
    """Direction of each voting paragraph; one that points apart for two cohorts is mixed."""
    found: dict[str, set[str]] = {}
    for vote in cast:
        found.setdefault(vote.finding, set()).add(vote.direction)
    return {
        finding: next(iter(ways)) if len(ways) == 1 else "mixed" for finding, ways in found.items()
    }
