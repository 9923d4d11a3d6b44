"""What the cells of theme and visit show: who speaks, with which status, and what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from analysis.data.codebook import Codebook
from analysis.vocabulary import ALL_COHORTS, DIFFERS, LEVELS, NO_DOCUMENT, NOTICE

MARK_COLUMNS: Final = [
    "theme", "visit", "layer", "status", "votes", "strengths", "mixed", "weaknesses", "thin",
    "fragile", "incidental", "how", "findings",
]  # fmt: skip
_STRENGTHS_FIRST: Final = tuple(reversed(LEVELS))


def marks_of(
    statuses: pd.DataFrame,
    secondary: pd.DataFrame,
    coded: pd.DataFrame,
    visits: pd.DataFrame,
    codebook: Codebook,
) -> pd.DataFrame:
    """Return one row for every cell that shows anything, in order of theme and visit.

    `layer` says who speaks: `primary`, `secondary` (only at visits of which no primary document
    sets a status) or `notice`, where `votes` counts the requirements.
    """
    whole = statuses[(statuses["cohort"] == ALL_COHORTS) & (statuses["status"] != NO_DOCUMENT)]
    whole = whole.assign(layer=whole["secondary"].map({True: "secondary", False: "primary"}))
    other = secondary[secondary["cohort"] == ALL_COHORTS].assign(layer="secondary")
    other = other[~other["visit"].isin(whole["visit"])]
    parts = [whole, other, _required(coded, visits)]
    table = pd.concat([part for part in parts if len(part)] or parts[:1])[MARK_COLUMNS]
    places = {visit: place for place, visit in enumerate(visits["visit"])}
    rows = {theme: row for row, theme in enumerate(codebook.ids)}
    table = table[table["visit"].isin(places) & table["theme"].isin(rows)]
    keys = pd.DataFrame({"row": table["theme"].map(rows), "column": table["visit"].map(places)})
    table = table.assign(row=keys["row"], column=keys["column"])
    return table.sort_values(["row", "column"], kind="stable").reset_index(drop=True)


def _required(coded: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    """Count what notices require, per theme."""
    notices = visits.loc[visits["kind"] == NOTICE, "visit"]
    rows = coded[coded["visit"].isin(notices) & (coded["role"] == "requirement")]
    return pd.DataFrame(
        [
            dict.fromkeys(MARK_COLUMNS, 0)
            | {"visit": visit, "theme": theme, "layer": "notice", "status": "required", "how": ""}
            | {"votes": part["finding"].nunique(), "findings": " ".join(part["finding"].unique())}
            | {"thin": False, "fragile": False, "incidental": False}
            for (visit, theme), part in rows.groupby(["visit", "theme"], sort=False)
        ],
        columns=MARK_COLUMNS,
    )


Parts = Mapping[tuple[str, str], Mapping[str, int]]
"""Votes for each direction in which cohorts differ, by theme and visit."""


def parts_of(statuses: pd.DataFrame, secondary: pd.DataFrame, marks: pd.DataFrame) -> Parts:
    """Return what is in the cells where cohorts differ: votes by direction, strengths first.

    The votes of a direction are those of the cohorts that were judged so; of a visit without a
    primary document, those that secondary sources give.
    """
    apart = marks[marks["status"] == DIFFERS]
    wanted = set(zip(apart["theme"], apart["visit"], strict=True))
    spoken = set(statuses.loc[statuses["status"] != NO_DOCUMENT, "visit"])
    both = pd.concat([statuses, secondary[~secondary["visit"].isin(spoken)]])
    kept = both[(both["cohort"] != ALL_COHORTS) & both["status"].isin(_STRENGTHS_FIRST)]
    found: dict[tuple[str, str], dict[str, int]] = {}
    for theme, visit, status, votes in zip(
        kept["theme"], kept["visit"], kept["status"], kept["votes"], strict=True
    ):
        if (theme, visit) in wanted:
            cell = found.setdefault((theme, visit), {})
            cell[status] = cell.get(status, 0) + int(votes)
    return {
        key: {status: cell[status] for status in _STRENGTHS_FIRST if status in cell}
        for key, cell in found.items()
    }
