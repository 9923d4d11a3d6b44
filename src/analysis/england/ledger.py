"""Needs counted over England: in how many authorities, how often raised again, how soon met.

When a need was met is known only to lie between two visits: the last that found it not met, and the
one that found it met; or after the last, where none did. From such intervals Turnbull's estimate
tells the share that was met after so many years, and where the visits leave it open. Time runs from
the visit that raised a need first, not from when it began, which nobody knows. Where later visits
say nothing of a need, it is not known whether it was met: neither way is assumed.
"""

from __future__ import annotations

from itertools import pairwise
from math import ceil, floor
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pandera.pandas as pa

from analysis.data.shapes import table
from analysis.dates import PartialDate
from analysis.results.needs import RAISING
from analysis.results.schemas import COHORT, THEME, count, filled, listed, text
from analysis.tables import Row, records
from analysis.vocabulary import GRADES

KEY: Final = ["theme", "cohort", "aspect"]
"""What makes a need the same, in every authority."""
LEAST: Final = 10
"""Authorities that must have had a need before its time is estimated."""
_MONTH: Final = 365.25 / 12
"""Days; intervals are widened to whole months, beyond which dates tell nothing."""
_STEPS: Final = 2000
_STILL: Final = 1e-5
"""The estimate stands where no share moves by more."""
_OUTER: Final = (2.5, 97.5)
"""Percentiles of the draws."""
_SEED: Final = 20
_EVEN: Final = 1e-3
"""A sum of shares is a half that is so near to it."""
Shares = npt.NDArray[np.float64]


def _years(description: str) -> pa.Column:
    return pa.Column("float64", pa.Check.ge(0), nullable=True, description=description)


SPANS: Final = table(
    "How long each need lasted, as far as visits tell, once for each spell.",
    {
        "authority": text("The authority"),
        "need": text("The need"),
        "spell": count("1, and one more each time the need is raised after one that ended"),
        "theme": THEME,
        "cohort": COHORT,
        "aspect": text("Aspect of the theme, or `other`"),
        "grade": listed("Overall grade when it was raised first, or before", GRADES, blank=True),
        "year": count("Year in which it was raised first"),
        "latest": count("Year in which it was raised last"),
        "visits_raised": count("Visits that raised it"),
        "after": _years("Years from the first raising to the last visit that found it not met"),
        "by": _years("Years to the visit that found it met; infinite if none did"),
    },
    unique=["authority", "need", "spell"],
)

COUNTED: Final = table(
    "Needs counted over authorities.",
    {
        "authorities": count("Authorities in which it was raised"),
        "needs": count("Needs, each spell once"),
        "first_year": count("Year of the first raising"),
        "latest_year": count("Year of the latest"),
        "raised_again": count("Authorities in which two visits or more raised it"),
        "met": count("Authorities in which it was found met, on the whole"),
        "needs_again": count("Of the needs, those that two visits or more raised"),
        "needs_met": count("And those that were found met, on the whole"),
        "half_after": _years(
            "Half were found met after more than so many years; missing where fewer than ten "
            "authorities had it, infinite where half were not within the years that were followed"
        ),
        "half_by": _years("And by so many"),
        "half_low": _years(
            "Where the half may lie as well, authorities drawn anew: from so many years (the least "
            "2.5 in 100 of the draws aside); missing where nothing was drawn"
        ),
        "half_high": _years("To so many (the most 2.5 in 100 aside)"),
    },
)


def spans(
    needs: pd.DataFrame, events: pd.DataFrame, visits: pd.DataFrame, judgements: pd.DataFrame
) -> pd.DataFrame:
    """Say of each need, spell by spell, between which years after its first raising it was met.

    Parameters
    ----------
    needs, events, visits, judgements
        `needs`, `need_events`, `visits` and `judgements` of `analysis.england.gathered.TABLES`.

    Returns
    -------
    pandas.DataFrame
        Schema `SPANS`.
    """
    days = {str(v): PartialDate.parse(str(s)).earliest for v, s in _pairs(visits, "start")}
    order = {str(v): int(str(o)) for v, o in _pairs(visits, "order")}
    met = {
        (a, n, s): min(str(m).split(), key=order.__getitem__)
        for a, n, s, m in needs[["authority", "need", "spell", "met"]].itertuples(index=False)
        if m
    }
    last: dict[tuple[object, ...], str] = {}
    said = events[["authority", "need", "spell", "visit", "relation", "ends"]]
    for authority, need, spell, visit, relation, ends in said.itertuples(index=False):
        key = (authority, need, spell)
        unmet = relation in RAISING or relation == "progress" or (relation == "met" and not ends)
        before = key not in met or order[str(visit)] < order[met[key]]
        if unmet and before and (key not in last or order[str(visit)] > order[last[key]]):
            last[key] = str(visit)
    grades = _grades(judgements, order)
    rows: list[Row] = []
    for row in records(needs):
        key = (row["authority"], row["need"], row["spell"])
        first = days[row["first_raised"]]
        until = days[met[key]] if key in met else None
        about: Row = {
            name: row[name] for name in ("authority", "need", "spell", *KEY, "visits_raised")
        }
        after = floor((days[last[key]] - first).days / _MONTH) / 12
        rows.append(
            about
            | {
                "grade": _grade_at(grades.get(row["authority"], []), order[row["first_raised"]]),
                "year": first.year,
                "latest": days[row["latest_raised"]].year,
                "after": after,
                "by": np.inf if until is None else ceil((until - first).days / _MONTH) / 12,
            }
        )
    return filled(SPANS, rows)


def counted(table: pd.DataFrame, by: list[str] | str = KEY, draws: int = 0) -> pd.DataFrame:
    """Count needs over authorities, by theme, cohort and aspect or whatever else they are put by.

    Parameters
    ----------
    table
        `spans`, all or some.
    by
        Columns of it.
    draws
        How often authorities are drawn anew for where the half may lie.

    Returns
    -------
    pandas.DataFrame
        The columns of `by` and those of schema `COUNTED`; what most authorities had first.
    """
    columns = [by] if isinstance(by, str) else list(by)
    rows = [
        dict(zip(columns, key, strict=True)) | _count(part, draws)
        for key, part in table.groupby(columns, sort=True)
    ]
    held = pd.DataFrame(rows, columns=[*columns, *COUNTED.columns])
    made = held[columns].join(filled(COUNTED, held))
    return made.sort_values("authorities", ascending=False, kind="stable", ignore_index=True)


def _count(part: pd.DataFrame, draws: int) -> Row:
    names = ("authority", "visits_raised", "by")
    authority, often, by = (part[name].to_numpy() for name in names)
    authorities = len(set(authority))
    enough = authorities >= LEAST
    low, high = half(turnbull(part["after"], part["by"])) if enough else (np.nan, np.nan)
    outer = half_between(part, draws) if enough and draws else (np.nan, np.nan)
    return {
        "authorities": authorities,
        "needs": len(part),
        "first_year": part["year"].to_numpy().min(),
        "latest_year": part["latest"].to_numpy().max(),
        "raised_again": len(set(authority[often > 1])),
        "met": len(set(authority[np.isfinite(by)])),
        "needs_again": int((often > 1).sum()),
        "needs_met": int(np.isfinite(by).sum()),
        "half_after": low,
        "half_by": high,
        "half_low": outer[0],
        "half_high": outer[1],
    }


def turnbull(after: pd.Series[float], by: pd.Series[float]) -> pd.DataFrame:
    """Estimate when something happened that is known only to lie within intervals.

    The estimate of largest likelihood (Turnbull 1976), by its own self-consistency: each interval
    is shared out over the innermost ones that it holds, in proportion to what they have.

    Parameters
    ----------
    after, by
        Each lies after the one and by the other at latest; infinite if it had not happened.

    Returns
    -------
    pandas.DataFrame
        `after` and `by` of each innermost interval, and its `share`; they sum to 1.

    Raises
    ------
    ValueError
        If an interval is empty, or there is none.

    Examples
    --------
    >>> turnbull(pd.Series([0.0, 1.0, 1.0]), pd.Series([1.0, 2.0, float("inf")])).values.tolist()
    [[0.0, 1.0, 0.333...], [1.0, 2.0, 0.666...]]
    """
    intervals = np.column_stack([after.to_numpy(float), by.to_numpy(float)])
    if not len(intervals) or not (intervals[:, 0] < intervals[:, 1]).all():
        raise ValueError("Every interval must end after it begins, and there must be one.")
    alike, counts = np.unique(intervals, axis=0, return_counts=True)
    left, right = alike.T
    weight = counts / len(intervals)
    ends = sorted({(end, 0) for end in right} | {(start, 1) for start in left})
    inner = [
        (start, end)
        for (start, is_start), (end, is_too) in pairwise(ends)
        if is_start and not is_too
    ]
    starts, stops = (np.array(side) for side in zip(*inner, strict=True))
    holds = ((left[:, None] <= starts) & (stops <= right[:, None])).astype(float)
    share: Shares = np.full(len(inner), 1 / len(inner))
    for _ in range(_STEPS):
        new: Shares = share * (holds.T @ (weight / (holds @ share)))
        done, share = bool(np.abs(new - share).max() < _STILL), new
        if done:
            break
    return pd.DataFrame({"after": starts, "by": stops, "share": share})


def half(estimate: pd.DataFrame) -> tuple[float, float]:
    """Return between which times half had happened; infinite at the end if half had not.

    Parameters
    ----------
    estimate
        `turnbull`.
    """
    reached = estimate["share"].cumsum() >= 1 / 2 - _EVEN
    first = estimate[reached].iloc[0]
    return float(first["after"]), float(first["by"])


def half_between(table: pd.DataFrame, draws: int) -> tuple[float, float]:
    """Return between which times half may have happened, had other authorities been like these.

    Authorities are drawn with replacement, each with all its needs, and the half is estimated anew:
    the 2.5th percentile of where it begins, and the 97.5th of where it ends.

    Parameters
    ----------
    table
        Rows of `spans`.
    draws
        How many times.
    """
    held = [part[["after", "by"]] for _, part in table.groupby("authority", sort=True)]
    generator = np.random.default_rng(_SEED)
    ends = []
    for _ in range(draws):
        drawn = pd.concat([held[at] for at in generator.integers(len(held), size=len(held))])
        ends.append(half(turnbull(drawn["after"], drawn["by"])))
    low, high = zip(*ends, strict=True)
    return (
        float(np.percentile(low, _OUTER[0], method="inverted_cdf")),
        float(np.percentile(high, _OUTER[1], method="inverted_cdf")),
    )


def within(estimate: pd.DataFrame, years: float) -> tuple[float, float]:
    """Return the least and the largest share that may have happened within so many years."""
    sure = estimate.loc[estimate["by"] <= years, "share"].sum()
    may = estimate.loc[estimate["after"] < years, "share"].sum()
    return float(sure), float(may)


def _pairs(visits: pd.DataFrame, column: str) -> zip[tuple[object, object]]:
    return zip(visits["visit"], visits[column], strict=True)


def _grades(judgements: pd.DataFrame, order: dict[str, int]) -> dict[str, list[tuple[int, str]]]:
    """Overall grades by authority, each with the place of its visit, in order."""
    overall = judgements[(judgements["area"] == "overall") & judgements["visit"].isin(order)]
    found: dict[str, list[tuple[int, str]]] = {}
    for authority, visit, grade in overall[["authority", "visit", "grade"]].itertuples(index=False):
        found.setdefault(str(authority), []).append((order[str(visit)], str(grade)))
    return {authority: sorted(held) for authority, held in found.items()}


def _grade_at(grades: list[tuple[int, str]], place: int) -> str:
    return next((grade for at, grade in reversed(grades) if at <= place), "")
