"""What the latest visit that judged a theme found, in words: one line, as the card begins."""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd

from analysis.data.codebook import Codebook
from analysis.english import join, sentence_case
from analysis.report.sentences.plain import briefly
from analysis.report.sentences.sentence import ended
from analysis.results.found import opening, surest
from analysis.results.staves import GROUPS, Mark, marks_of
from analysis.tables import Row, records
from analysis.vocabulary import ALL_COHORTS, LEVELS

KEY: Final = ["authority", "theme"]
_AT: Final = ["visit", "theme"]
_COHORTS: Final = [cohort for group in GROUPS.values() for cohort in group]


def words_at(
    visits: pd.DataFrame, statuses: pd.DataFrame, codes: pd.DataFrame, codebook: Codebook
) -> pd.Series[str]:
    """Say what was found of the surest group at a visit, theme by theme.

    Parameters
    ----------
    visits
        `authority`, `theme` and the `visit` that is meant, once for each authority and theme.
    statuses, codes
        Frames of `analysis.england.frames.Frames`.
    codebook
        Says whom each theme is about.

    Returns
    -------
    pandas.Series
        In the order of `visits`: our words, after the group where more than one was ever judged;
        blank where no paragraph behind the level has words of ours.
    """
    judged = statuses[statuses["status"].isin(LEVELS) & (statuses["cohort"] != ALL_COHORTS)]
    groups = _of(judged, KEY, visits).groupby(KEY, observed=True)["cohort"].nunique().to_dict()
    marks = _grouped(_of(judged, _AT, visits))
    themes = codes.groupby("finding")["theme"].transform("nunique")
    coded = _grouped(_of(codes.assign(themes=themes), _AT, visits))
    lines = [
        _line(
            sorted(
                map(_mark, marks.get((row["visit"], row["theme"]), [])),
                key=partial(_order, theme=row["theme"], codebook=codebook),
            ),
            coded.get((row["visit"], row["theme"]), []),
            alone=groups.get((row["authority"], row["theme"]), 0) < 2,  # noqa: PLR2004
        )
        for row in records(visits[[*KEY, "visit"]].astype(str))
    ]
    return pd.Series(lines, visits.index, dtype="str")


def _of(rows: pd.DataFrame, key: list[str], visits: pd.DataFrame) -> pd.DataFrame:
    """The rows of which `visits` speaks, with names as text."""
    named = rows.assign(**{name: rows[name].astype(str) for name in key})
    return named.merge(visits[key].astype(str).drop_duplicates(), on=key)


def _grouped(rows: pd.DataFrame) -> dict[tuple[str, str], list[Row]]:
    grouped: dict[tuple[str, str], list[Row]] = {}
    for row in records(rows):
        grouped.setdefault((row["visit"], row["theme"]), []).append(row)
    return grouped


def _mark(row: Row) -> Mark:
    (mark,) = marks_of([row])
    return mark


def _order(mark: Mark, theme: str, codebook: Codebook) -> tuple[tuple[bool, bool, int, int], int]:
    return surest(mark, theme, codebook), _COHORTS.index(mark.cohorts[0])


def _line(marks: list[Mark], coded: list[Row], *, alone: bool) -> str:
    found = next((found for mark in marks if (found := opening(coded, mark))), None)
    if found is None:
        return ""
    sharing = [m for m in marks if m.level == found.level and found.finding in m.findings]
    names = join([name for mark in sharing for c in mark.cohorts if (name := briefly(c))])
    said = ended(found.text)
    return said if alone or not names else f"{sentence_case(names)}: {said}"
