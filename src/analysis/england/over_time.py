"""England over time: how often themes are found weak, and what goes with it.

Units are full inspections, and authorities, which are inspected again and again: intervals draw
whole authorities anew. Where many themes are looked at together, false alarms among those that are
said to hold are kept at one in twenty (Benjamini and Hochberg). One hand wrote grade and findings,
so that a theme that goes with a grade explains nothing. The frameworks of 2013 and 2018 ask
different things: nothing is compared across that break.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import erfc, sqrt
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.england.compare import FOUND, LEAST, NOTHING, words_found
from analysis.tables import Row
from analysis.vocabulary import ALL_COHORTS, INSPECTIONS, NO_DOCUMENT, OTHER_ASPECT

DRAWS: Final = 1000
"""Times that authorities are drawn anew."""
_ROUNDS: Final = 200
"""The same for pairs of themes, of which there are many."""
FALSE_ALARMS: Final = 0.05
_SEED: Final = 20
_ENDS: Final = (2.5, 97.5)
WEAK: Final = "weakness"
Numbers = npt.NDArray[np.float64]


def inspections(
    statuses: pd.DataFrame, judgements: pd.DataFrame, *, shorter: bool = False
) -> pd.DataFrame:
    """Return what every full inspection that was read found on every theme it looked at.

    Parameters
    ----------
    statuses, judgements
        Frames of `analysis.england.frames.Frames`.
    shorter
        Also what shorter visits judged. They choose what they look at, and go where something is
        doubted: their shares are no rates, and stand beside those of full inspections only.

    Returns
    -------
    pandas.DataFrame
        `authority`, `region`, `visit`, `kind`, `date`, `year`, `framework`, `grade` (overall; blank
        where none was given), `theme` and `found` (a word of `analysis.england.compare.FOUND`).
    """
    full = statuses["kind"].isin(INSPECTIONS)
    rows = statuses[(full | shorter) & (statuses["framework"] != "")]
    rows = rows[(rows["cohort"] == ALL_COHORTS) & (rows["status"] != NO_DOCUMENT)]
    overall = judgements[judgements["area"] == "overall"].drop_duplicates("visit")
    grades = dict(zip(overall["visit"].astype(str), overall["grade"], strict=True))
    rows = rows.assign(
        found=words_found(rows["status"]),
        grade=rows["visit"].astype(str).map(grades).fillna(""),
        theme=rows["theme"].astype(str),
        visit=rows["visit"].astype(str),
    )
    rows = rows[rows["kind"].isin(INSPECTIONS) | (rows["found"] != NOTHING)]
    columns = ["authority", "region", "visit", "kind", "date", "year", "framework", "grade"]
    return rows.loc[rows["found"].isin(FOUND), [*columns, "theme", "found"]].reset_index(drop=True)


def shares(
    rows: pd.DataFrame, by: Sequence[str], drawn: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return how often something was found weak, by whatever the inspections are put by.

    Parameters
    ----------
    rows
        `inspections`, all or some.
    by
        Columns of it.
    drawn
        `analysis.england.second.as_second` of these rows or more, to say beside it what second
        readers would have found.

    Returns
    -------
    pandas.DataFrame
        The columns of `by`, `inspections`, `authorities`, `weak`, `share`, `low`, `high`, and with
        `drawn` `second`, `second_low`, `second_high`; no shares under ten authorities.
    """
    made: list[Row] = []
    for key, part in rows.groupby(list(by), sort=True, observed=True):
        weak, slugs = _weak(part), part["authority"]
        row: Row = dict(zip(by, key, strict=True))
        row |= {"inspections": len(part), "authorities": slugs.nunique(), "weak": int(weak.sum())}
        if slugs.nunique() >= LEAST:
            low, high = _ends(_drawn(slugs, weak))
            row |= {"share": weak.mean(), "low": low, "high": high}
            row |= {} if drawn is None else _as_second(part, drawn)
        made.append(row)
    named = ["share", "low", "high"]
    named += [] if drawn is None else ["second", "second_low", "second_high"]
    return pd.DataFrame(made, columns=[*by, "inspections", "authorities", "weak", *named])


def tell_apart(rows: pd.DataFrame, worse: str = "inadequate", better: str = "good") -> pd.DataFrame:
    """Return which themes are found weak more often where the overall grade is worse.

    Parameters
    ----------
    rows
        `inspections` of one framework.
    worse, better
        Overall grades.

    Returns
    -------
    pandas.DataFrame
        `theme`, `weak_worse`, `of_worse`, `weak_better`, `of_better`, `difference` of the shares,
        `low`, `high`, `p` and `holds` (Benjamini and Hochberg); the largest first.
    """
    made: list[Row] = []
    for theme, part in rows[rows["grade"].isin([worse, better])].groupby("theme", sort=True):
        bad, weak = (part["grade"] == worse).to_numpy(), _weak(part)
        if part.loc[bad, "authority"].nunique() < LEAST:
            continue
        if part.loc[~bad, "authority"].nunique() < LEAST:
            continue
        drawn = _drawn(part["authority"], weak, bad) - _drawn(part["authority"], weak, ~bad)
        difference = weak[bad].mean() - weak[~bad].mean()
        low, high = _ends(drawn)
        made.append(
            {
                "theme": theme, "weak_worse": int(weak[bad].sum()), "of_worse": int(bad.sum()),
                "weak_better": int(weak[~bad].sum()), "of_better": int((~bad).sum()),
                "difference": difference, "low": low, "high": high,
                "p": _chance(difference, float(np.nanstd(drawn))),
            }
        )  # fmt: skip
    columns = [
        "theme", "weak_worse", "of_worse", "weak_better", "of_better", "difference", "low", "high",
        "p",
    ]  # fmt: skip
    table = pd.DataFrame(made, columns=columns)
    table = table.assign(holds=holds(table["p"]))
    return table.sort_values("difference", ascending=False, ignore_index=True)


def go_together(rows: pd.DataFrame) -> pd.DataFrame:
    """Return which themes are found weak at the same inspections.

    Parameters
    ----------
    rows
        `inspections` of one framework.

    Returns
    -------
    pandas.DataFrame
        `first`, `second`, `both` (inspections that found both weak), `either`, `phi` (0 where they
        go their own ways, 1 where always together), `p` and `holds`; the strongest first.
    """
    weak = rows.assign(weak=_weak(rows))
    table = weak.pivot_table(index=["authority", "visit"], columns="theme", values="weak")
    table = table.fillna(0.0)
    slugs = table.index.get_level_values("authority")
    made: list[Row] = []
    if slugs.nunique() >= LEAST:
        weights = _weights(slugs)
        values = table.to_numpy()
        point = _phi(values, np.ones((1, len(values))))[0]
        drawn = np.stack([_phi(values, weights[i : i + 1])[0] for i in range(_ROUNDS)])
        spread = np.nanstd(drawn, axis=0)
        names = list(table.columns)
        made = [
            {
                "first": names[i], "second": names[j],
                "both": int((values[:, i] * values[:, j]).sum()),
                "either": int(np.maximum(values[:, i], values[:, j]).sum()),
                "phi": point[i, j], "p": _chance(point[i, j], spread[i, j]),
            }
            for i in range(len(names))
            for j in range(i + 1, len(names))
            if np.isfinite(point[i, j])
        ]  # fmt: skip
    result = pd.DataFrame(made, columns=["first", "second", "both", "either", "phi", "p"])
    result = result.assign(holds=holds(result["p"]))
    return result.sort_values("phi", ascending=False, ignore_index=True)


def next_grades(rows: pd.DataFrame, grade: str = "inadequate") -> pd.DataFrame:
    """Return the grade of the next full inspection after one of a grade, under any framework.

    Parameters
    ----------
    rows
        `inspections`.

    Returns
    -------
    pandas.DataFrame
        One row per inspection of that grade: `authority`, `visit`, `date`, `next`, `next_date`,
        `next_grade` (blank where none was read since) and `years`.
    """
    visits = rows[rows["grade"] != ""].drop_duplicates("visit").sort_values(["authority", "date"])
    later = visits.groupby("authority")[["visit", "date", "grade"]].shift(-1)
    table = visits[["authority", "visit", "date", "grade"]].assign(
        next=later["visit"].fillna(""),
        next_date=later["date"],
        next_grade=later["grade"].fillna(""),
    )
    years = (table["next_date"] - table["date"]).dt.days / 365.25
    table = table.assign(years=years)[table["grade"] == grade]
    return table.drop(columns="grade").reset_index(drop=True)


def new_aspects(needs: pd.DataFrame, years: tuple[int, int], since: int) -> pd.DataFrame:
    """Return what is asked for now beside how often it was asked for before.

    Parameters
    ----------
    needs
        `analysis.england.ledger.spans`.
    years
        First and last year of before.
    since
        First year of now.

    Returns
    -------
    pandas.DataFrame
        `theme`, `aspect`, `before` and `now`: authorities in which it was first raised then (what
        was met and raised anew is not new); what has grown most comes first. `other` is no aspect
        and is left out.
    """
    key = ["theme", "aspect"]
    needs = needs[(needs["aspect"] != OTHER_ASPECT) & (needs["spell"] == 1)]
    then = needs[needs["year"].between(*years)].groupby(key)["authority"].nunique()
    now = needs[needs["year"] >= since].groupby(key)["authority"].nunique()
    table = pd.DataFrame({"before": then, "now": now}).fillna(0).astype(int).reset_index()
    grown = (table["now"] - table["before"]).rename("grown")
    order = pd.concat([grown, table], axis=1).sort_values(
        ["grown", "now", *key], ascending=[False, False, True, True]
    )
    return order.drop(columns="grown").reset_index(drop=True)


def holds(chances: pd.Series[float]) -> pd.Series[bool]:
    """Say which of many differences hold, with one false alarm in twenty at most, on average.

    Benjamini and Hochberg's step-up.

    Examples
    --------
    >>> holds(pd.Series([0.01, 0.04, 0.03, 0.9])).tolist()
    [True, False, False, False]
    >>> holds(pd.Series([0.01, 0.02, 0.03, 0.9])).tolist()
    [True, True, True, False]
    """
    ranked = chances.rank(method="first")
    passed = chances <= FALSE_ALARMS * ranked / max(len(chances), 1)
    last = ranked[passed].max() if passed.any() else 0
    return ranked <= last


def _weak(rows: pd.DataFrame) -> Numbers:
    return np.asarray(rows["found"] == WEAK, dtype=float)


def _weights(slugs: Iterable[str]) -> Numbers:
    """How often each row counts, each time that authorities are drawn anew."""
    return _weights_of(tuple(slugs))


@lru_cache(maxsize=8)
def _weights_of(slugs: tuple[str, ...]) -> Numbers:
    codes, names = pd.factorize(pd.Series(slugs, dtype="str"))
    random = np.random.default_rng(_SEED)
    times = random.multinomial(len(names), np.full(len(names), 1 / len(names)), size=DRAWS)
    return np.asarray(times[:, codes], dtype=float)


def _drawn(
    slugs: pd.Series[str], values: Numbers, where: npt.NDArray[np.bool_] | None = None
) -> Numbers:
    """Means of values, each time that authorities are drawn anew."""
    weights = _weights(slugs)
    weights = weights if where is None else weights * where
    total = weights.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(weights @ values / total, dtype=float)


def _ends(drawn: Numbers) -> tuple[float, float]:
    low, high = np.nanpercentile(drawn, _ENDS)
    return float(low), float(high)


def _chance(size: float, spread: float) -> float:
    """How likely so large a difference is if there is none."""
    return float(erfc(abs(size) / spread / sqrt(2))) if spread > 0 else float(size == 0)


def _as_second(part: pd.DataFrame, drawn: pd.DataFrame) -> Row:
    """Weigh what second readers would have found by authorities drawn anew."""
    key = pd.MultiIndex.from_frame(part[["visit", "theme"]])
    weak = drawn.loc[key].to_numpy(float).T
    weights = _weights(part["authority"])[: len(weak)]
    low, high = _ends((weights * weak).sum(axis=1) / weights.sum(axis=1))
    return {"second": weak.mean(), "second_low": low, "second_high": high}


def _phi(values: Numbers, weights: Numbers) -> Numbers:
    """Correlations of columns under each row of weights."""
    made = []
    for own in weights:
        share = own / own.sum()
        middle = share @ values
        spread = (values * share[:, None]).T @ values - np.outer(middle, middle)
        scale = np.sqrt(np.clip(np.diag(spread), 0, None))
        with np.errstate(invalid="ignore", divide="ignore"):
            made.append(spread / np.outer(scale, scale))
    return np.stack(made)
