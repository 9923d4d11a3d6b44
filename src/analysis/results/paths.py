"""The path of a theme: its levels at all full inspections, first to latest, and the word for it.

Letters stand between full inspections, are told, and never decide. Every path has exactly one word.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, pairwise

import pandas as pd

from analysis.data.codebook import Codebook
from analysis.results.confidence import lower
from analysis.results.schemas import PATHS, filled
from analysis.tables import Row, records
from analysis.vocabulary import (
    ALL_COHORTS,
    BELOW_BEST,
    DIFFERS,
    ENDS,
    FELL,
    INSPECTIONS,
    JUDGED,
    LEVELS,
    ROSE,
    SETBACK,
    STAYED,
    THROUGHOUT,
    TOO_LITTLE,
    UP_AND_DOWN,
    WORSE,
)


def paths(statuses: pd.DataFrame, visits: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Follow every theme and cohort over the full inspections.

    Parameters
    ----------
    statuses
        `analysis.results.statuses.statuses`.
    visits
        `AuthorityData.visits`.
    codebook
        The themes, in their order.

    Returns
    -------
    pandas.DataFrame
        One row per theme and cohort that a full inspection judged, `all` among the cohorts, where
        one at which the cohorts differ has no level; and one for `all` of every theme. `word` is
        one of `PATH_WORDS`, `too little to say` also where the cohorts differ at an end of the path
        over all of them; `first` and `latest` the inspections at its ends with their levels
        (blank where none judged); `levels` all of them (`visit=level`, separated by spaces);
        `inspections` their number; `confidence` the lower of both ends; `on_one_paragraph` whether
        both ends rest on one; `harm` what the latest states.
    """
    kinds, order = (visits.set_index("visit")[column] for column in ("kind", "order"))
    full = statuses[
        statuses["visit"].map(kinds).isin(INSPECTIONS) & statuses["status"].isin(JUDGED)
    ]
    full = full.assign(_order=full["visit"].map(order)).sort_values("_order", kind="stable")
    found: dict[tuple[str, str], list[Row]] = {(theme, ALL_COHORTS): [] for theme in codebook.ids}
    for row in records(full):
        found.setdefault((str(row["theme"]), str(row["cohort"])), []).append(row)
    place = {theme: at for at, theme in enumerate(codebook.ids)}
    keys = sorted(found, key=lambda key: (place[key[0]], key[1] != ALL_COHORTS, key[1]))
    return filled(PATHS, [_path(*key, found[key]) for key in keys])


def _path(theme: str, cohort: str, rows: Sequence[Row]) -> Row:
    judged = [row for row in rows if row["status"] != DIFFERS]
    levels = [str(row["status"]) for row in judged]
    open_ended = bool(rows) and DIFFERS in (rows[0]["status"], rows[-1]["status"])
    first, latest = (judged[0], judged[-1]) if judged else ({}, {})
    return {
        "theme": theme,
        "cohort": cohort,
        "word": TOO_LITTLE if open_ended else path_word(levels),
        "first": first.get("visit", ""),
        "latest": latest.get("visit", ""),
        "level_first": first.get("status", ""),
        "level_latest": latest.get("status", ""),
        "levels": " ".join(f"{row['visit']}={row['status']}" for row in judged),
        "inspections": len(judged),
        "confidence": lower(*(str(end.get("confidence", "")) for end in (first, latest))),
        "on_one_paragraph": bool(judged) and all(e["paragraphs"] == 1 for e in (first, latest)),
        "harm": latest.get("harm", ""),
    }


def path_word(levels: Sequence[str]) -> str:
    """Return the word for the levels that full inspections judged, first to latest.

    Parameters
    ----------
    levels
        Of `vocabulary.LEVELS`, in the order of the inspections that judged.

    Examples
    --------
    >>> path_word(["weakness", "mixed", "strength"]), path_word(["weakness"])
    ('better and stayed so', 'too little to say')
    >>> path_word(["weakness", "strength", "mixed"])
    'better, below its best'
    >>> path_word(["mixed", "weakness", "mixed"])
    'fell and recovered'
    """
    steps = [LEVELS[level] for level in levels]
    if len(steps) < ENDS:
        return TOO_LITTLE
    first, latest = steps[0], steps[-1]
    if latest > first:
        return _better(steps)
    if latest < first:
        return WORSE
    rose, fell = max(steps) > first, min(steps) < first
    if rose and fell:
        return UP_AND_DOWN
    return ROSE if rose else FELL if fell else THROUGHOUT[levels[0]]


def _better(steps: Sequence[int]) -> str:
    """Tell paths that end above where they began by what came after the first rise."""
    moves = [later - earlier for earlier, later in pairwise(steps)]
    if min(dropwhile(lambda move: move <= 0, moves)) >= 0:
        return STAYED
    return BELOW_BEST if steps[-1] < max(steps) else SETBACK
