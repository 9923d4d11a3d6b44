"""What the cells of theme and visit show: who speaks, with which status, and what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import pandas as pd

from analysis.data.codebook import Codebook
from analysis.vocabulary import ALL_COHORTS, CONFIDENCE, DIFFERS, LEVELS, NO_DOCUMENT, NOTICE

MARK_COLUMNS: Final = [
    "theme", "visit", "layer", "status", "paragraphs", "strengths", "mixed", "weaknesses",
    "confidence", "reasons", "how", "findings",
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
    sets a status) or `notice`, where `paragraphs` counts the requirements.
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
            | {"paragraphs": part["finding"].nunique(), "confidence": "", "reasons": ""}
            | {"findings": " ".join(part["finding"].unique())}
            for (visit, theme), part in rows.groupby(["visit", "theme"], sort=False)
        ],
        columns=MARK_COLUMNS,
    )


class Part(NamedTuple):
    """What is in a cell where cohorts differ, of one direction.

    Attributes
    ----------
    paragraphs
        Those of the cohorts judged so; one that speaks of two of them counts for each.
    confidence
        The highest of these cohorts.
    """

    paragraphs: int
    confidence: str


Parts = Mapping[tuple[str, str], Mapping[str, Part]]
"""The directions in which cohorts differ, strengths first, by theme and visit."""


def parts_of(statuses: pd.DataFrame, secondary: pd.DataFrame, marks: pd.DataFrame) -> Parts:
    """Return what is in the cells where cohorts differ, strengths first.

    Of a visit without a primary document it is what secondary sources give.
    """
    apart = marks[marks["status"] == DIFFERS]
    wanted = set(zip(apart["theme"], apart["visit"], strict=True))
    spoken = set(statuses.loc[statuses["status"] != NO_DOCUMENT, "visit"])
    both = pd.concat([statuses, secondary[~secondary["visit"].isin(spoken)]])
    kept = both[(both["cohort"] != ALL_COHORTS) & both["status"].isin(_STRENGTHS_FIRST)]
    found: dict[tuple[str, str], dict[str, list[Part]]] = {}
    columns = ["theme", "visit", "status", "paragraphs", "confidence"]
    for theme, visit, status, count, word in kept[columns].itertuples(index=False, name=None):
        if (theme, visit) in wanted:
            cell = found.setdefault((theme, visit), {})
            cell.setdefault(status, []).append(Part(int(count), str(word)))
    return {
        key: {status: _together(cell[status]) for status in _STRENGTHS_FIRST if status in cell}
        for key, cell in found.items()
    }


def _together(parts: list[Part]) -> Part:
    return Part(
        sum(part.paragraphs for part in parts),
        max((part.confidence for part in parts), key=CONFIDENCE.index),
    )
