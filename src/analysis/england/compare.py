"""Is it only here? An authority's themes beside its statistical neighbours, its region and England.

Each authority counts once for a framework: with its latest full inspection under it that has been
read. Of those that looked at a theme, some found a weakness, some a strength, some both, some said
nothing that could be judged. The authority itself is never among those it is set beside; of fewer
than ten authorities nothing is counted; and there is no rank and no score.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt
from typing import Final

import pandas as pd
import pandera.pandas as pa

from analysis.data.shapes import table
from analysis.errors import require_known
from analysis.results.schemas import THEME, VISIT, count, filled, listed, text
from analysis.tables import Row, records
from analysis.vocabulary import (
    ALL_COHORTS,
    DIFFERS,
    FRAMEWORKS,
    INSPECTIONS,
    NO_DOCUMENT,
    STATUSES,
)

GROUPS: Final = {
    "neighbours": "its statistical neighbours",
    "region": "the rest of its region",
    "england": "the rest of England",
}
"""Whom an authority can be set beside."""
LEAST: Final = 10
"""Authorities that must have been looked at before anything is counted."""
_Z: Final = 1.959964
"""Of an interval that holds 95 times in 100."""

UNSEEN: Final = "not looked at"
BOTH, NOTHING = "both", "nothing judged"
FOUND: Final[dict[str, tuple[str, ...]]] = {
    "weakness": ("weakness",),
    BOTH: ("mixed", DIFFERS),
    "strength": ("strength",),
    NOTHING: ("silent", "reported, not judged"),
}
"""What an inspection that looked can have found, and the statuses that say so."""
JUDGED: Final = ("weakness", BOTH, "strength")
"""What can be had in common: something that was judged."""
_COUNTS: Final = {"weakness": "weakness", "both": BOTH, "strength": "strength", "nothing": NOTHING}
"""Columns of counts, and what each counts."""
FEW, SOME, MOST = "few", "some", "most"
"""How many of the others found the same."""
FEW_BELOW: Final = 1 / 3
MOST_ABOVE: Final = 1 / 2


def _share(description: str) -> pa.Column:
    within = pa.Check.in_range(0, 1)
    return pa.Column("float64", within, nullable=True, description=description)


FOUND_LATEST: Final = table(
    "What the latest full inspection under each framework found on each theme.",
    {
        "framework": listed("Under which", FRAMEWORKS),
        "visit": VISIT,
        "start": text("Its first day, as far as it is known"),
        "theme": THEME,
        "found": listed("What it found", (*FOUND, UNSEEN)),
    },
    unique=["framework", "theme"],
)

BESIDE: Final = table(
    "An authority's themes beside a group of others, by the framework of its latest inspection.",
    {
        "theme": THEME,
        "framework": listed("Under which", FRAMEWORKS),
        "visit": VISIT,
        "found": listed("What it found in the authority itself", (*FOUND, UNSEEN)),
        "group": listed("Whom it is set beside", GROUPS),
        "authorities": count("How many others there are in the group"),
        "looked": count("Of these, how many were looked at on the theme, under the framework"),
        "weakness": count("Of these, found weak; missing where fewer than ten", missing=True),
        "both": count("Found both", missing=True),
        "strength": count("Found strong", missing=True),
        "nothing": count("Looked at, and nothing judged", missing=True),
        "same": count("Found as the authority itself was found", missing=True),
        "low": _share("Lower end of the interval for the share of `same`"),
        "high": _share("Upper end of it"),
        "others": listed("How many of the others that is", (FEW, SOME, MOST), blank=True),
    },
    unique=["theme", "group"],
)

BY_YEAR: Final = table(
    "What full inspections found on a theme, by framework and the year in which they began.",
    {
        "theme": THEME,
        "framework": listed("Under which", FRAMEWORKS),
        "year": count("In which they began"),
        "authorities": count("Authorities that were inspected"),
        "looked": count("Inspections that looked"),
        "weakness": count("Of these, found weak"),
        "both": count("Found both"),
        "strength": count("Found strong"),
        "nothing": count("Looked, and nothing judged"),
        "low": _share("Lower end of the interval for the share found weak; none under ten"),
        "high": _share("Upper end of it"),
    },
    unique=["theme", "framework", "year"],
)


def by_year(statuses: pd.DataFrame, theme: str) -> pd.DataFrame:
    """Count what full inspections found on a theme, by framework and year.

    Parameters
    ----------
    statuses
        The frame `statuses` of `analysis.england.frames.Frames`.
    theme
        Id.

    Returns
    -------
    pandas.DataFrame
        Schema `BY_YEAR`. Hardly an authority is inspected twice in a year, so that each
        inspection counts for itself; over years they do not.
    """
    full = statuses["kind"].isin(INSPECTIONS) & (statuses["framework"] != "")
    rows = statuses[full & (statuses["cohort"] == ALL_COHORTS) & (statuses["theme"] == theme)]
    rows = rows.assign(found=words_found(rows["status"]))
    rows = rows[(rows["status"] != NO_DOCUMENT) & (rows["found"] != UNSEEN)]
    found: list[Row] = []
    for (framework, year), part in rows.groupby(["framework", "year"]):
        counts: Row = {name: (part["found"] == word).sum() for name, word in _COUNTS.items()}
        looked = len(part)
        low, high = wilson(counts["weakness"], looked) if looked >= LEAST else (None, None)
        row: Row = {"theme": theme, "framework": framework, "year": year, "looked": looked}
        row |= {"authorities": part["authority"].nunique(), "low": low, "high": high}
        found.append(row | counts)
    order = list(FRAMEWORKS)
    return filled(
        BY_YEAR, sorted(found, key=lambda row: (order.index(row["framework"]), row["year"]))
    )


def found_latest(statuses: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    """Return what an authority's latest full inspection under each framework found on each theme.

    Parameters
    ----------
    statuses, visits
        Of `Results`, and of its `AuthorityData`.

    Returns
    -------
    pandas.DataFrame
        Schema `FOUND_LATEST`.
    """
    full = visits[visits["kind"].isin(INSPECTIONS) & (visits["framework"] != "")]
    columns = ["visit", "framework", "start", "order"]
    whole = statuses[(statuses["cohort"] == ALL_COHORTS) & (statuses["status"] != NO_DOCUMENT)]
    rows = whole[["visit", "theme", "status"]].merge(full[columns], on="visit")
    rows = rows[rows["order"] == rows.groupby("framework")["order"].transform("max")]
    rows = rows.assign(found=words_found(rows["status"])).sort_values(["framework", "theme"])
    return filled(FOUND_LATEST, rows).reset_index(drop=True)


def words_found(statuses: pd.Series[str]) -> pd.Series[str]:
    """Put statuses over all cohorts into what was found."""
    return statuses.astype(str).map(_WORDS)


_WORDS: Final = dict.fromkeys(STATUSES, UNSEEN) | {
    status: found for found, statuses in FOUND.items() for status in statuses
}


def members(authority: str, group: str, authorities: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Return the others of a group, and what of the group is not among the authorities.

    Parameters
    ----------
    authority
        Slug.
    group
        A word of `GROUPS`.
    authorities
        Table `authorities` of `analysis.england.gathered.TABLES`.

    Returns
    -------
    tuple of list
        Slugs, in the order of the table, and codes of neighbours that it does not hold.

    Raises
    ------
    UnknownNameError
        If there is no such group or authority.
    """
    require_known("group", group, GROUPS)
    require_known("authority", authority, authorities["authority"])
    others = authorities[authorities["authority"] != authority]
    own = authorities.set_index("authority").loc[authority]
    if group == "region":
        others = others[others["region_code"] == own["region_code"]]
    if group == "neighbours":
        codes = [code for code in str(own["statistical_neighbours"]).split(";") if code]
        near = others[others["la_code"].isin(codes)]
        return near["authority"].tolist(), [c for c in codes if c not in set(near["la_code"])]
    return others["authority"].tolist(), []


def beside(
    authority: str,
    own: pd.DataFrame,
    others: pd.DataFrame,
    authorities: pd.DataFrame,
    groups: Iterable[str] = tuple(GROUPS),
) -> pd.DataFrame:
    """Set every theme of an authority's latest full inspection beside each group of others.

    Parameters
    ----------
    authority
        Slug.
    own
        `found_latest` of it.
    others
        Table `latest` of `analysis.england.gathered.TABLES`: the same of all.
    authorities
        Table `authorities` of `analysis.england.gathered.TABLES`.
    groups
        Words of `GROUPS`.

    Returns
    -------
    pandas.DataFrame
        Schema `BESIDE`; one row per theme and group, none where no full inspection was read.
    """
    latest = own[own["start"] == own["start"].max()]
    rows: list[Row] = []
    for group in groups:
        slugs, _missing = members(authority, group, authorities)
        here = others[others["authority"].isin(slugs)]
        counts = here.groupby(["framework", "theme", "found"]).size()
        for row in records(latest):
            key = (row["framework"], row["theme"])
            there = {name: int(counts.get((*key, name), 0)) for name in FOUND}
            columns = {name: row[name] for name in ("theme", "framework", "visit", "found")}
            rows.append(
                columns | {"group": group, "authorities": len(slugs)} | _counted(row, there)
            )
    return filled(BESIDE, rows)


def _counted(own: Row, there: dict[str, int]) -> Row:
    looked = sum(there.values())
    row: Row = dict.fromkeys((*_COUNTS, "same", "low", "high"))
    row |= {"looked": looked, "others": ""}
    if looked < LEAST:
        return row
    row |= {name: there[word] for name, word in _COUNTS.items()}
    if own["found"] in JUDGED:
        same = there[own["found"]]
        low, high = wilson(same, looked)
        row |= {"same": same, "low": low, "high": high, "others": how_many(low, high)}
    return row


def how_many(low: float, high: float) -> str:
    """Say how many others an interval of a share means: few, some or most.

    Few is less than a third and most more than a half, with the whole of the interval.

    Examples
    --------
    >>> how_many(0.05, 0.2), how_many(0.2, 0.4), how_many(0.51, 0.9)
    ('few', 'some', 'most')
    """
    return FEW if high < FEW_BELOW else MOST if low > MOST_ABOVE else SOME


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Return the interval in which a share lies 95 times in 100, after Wilson.

    Raises
    ------
    ValueError
        If the part is not within the whole, or the whole is nothing.

    Examples
    --------
    >>> [round(end, 3) for end in wilson(3, 10)], [round(end, 3) for end in wilson(0, 10)]
    ([0.108, 0.603], [0.0, 0.278])
    """
    if not 0 <= part <= whole or not whole:
        raise ValueError(f"{part} of {whole} is no share.")
    share, square = part / whole, _Z**2
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    spread = share * (1 - share) / whole + square / (4 * whole**2)
    half = _Z / (1 + square / whole) * sqrt(spread)
    return (0.0 if part == 0 else middle - half, 1.0 if part == whole else middle + half)
