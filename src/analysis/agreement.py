"""How far coders agree, and what that means for statuses, changes and links.

Two coders are compared on the findings that both read. Presence of a theme: Cohen's kappa (Cohen
1960) and F1; direction: share of equal directions where both gave the theme; over everything:
Krippendorff's alpha for nominal data (Krippendorff 2018, chapter 12), written out here for two
coders without missing values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.changes import changes, said_changes
from analysis.coding import tag_uncoded
from analysis.loading import AuthorityData
from analysis.needs import COUNTING_BASES
from analysis.statuses import statuses
from analysis.vocabulary import ALL_COHORTS, LEVELS, NO_LINK, NO_THEME, TAGGER

ABSENT: Final = "absent"
THEME_COLUMNS: Final = ["theme", "n_first", "n_second", "both", "kappa", "f1", "direction"]


Values = npt.NDArray[Any]
"""One value for each finding, in the same order for both coders."""


@dataclass(frozen=True)
class Agreement:
    """What two coders agree on.

    Attributes
    ----------
    first, second
        The coders.
    findings
        Number of findings that both read.
    themes
        One row per theme that either gave: `theme`, `n_first`, `n_second`, `both`, `kappa`, `f1`,
        `direction` (share of equal directions among `both`; missing where there are none).
    overall
        One row per measure: `measure`, `value`, `n`, `of` (what n counts).
    """

    first: str
    second: str
    findings: int
    themes: pd.DataFrame
    overall: pd.DataFrame


def alpha_nominal(first: pd.Series[str], second: pd.Series[str]) -> float:
    """Krippendorff's alpha for two coders, nominal values, none missing.

    Parameters
    ----------
    first, second
        Each coder's value for every unit, in the same order.

    Returns
    -------
    float
        1 for full agreement, 0 for chance; NaN if only one value occurs.

    Examples
    --------
    >>> a, b = pd.Series(list("0100000010")), pd.Series(list("1110010000"))
    >>> round(alpha_nominal(a, b), 3)
    0.095
    """
    pooled = pd.concat([first, second]).value_counts().to_numpy(dtype=float)
    n = pooled.sum()
    expected = (n**2 - (pooled**2).sum()) / (n * (n - 1))
    observed = float((first.to_numpy() != second.to_numpy()).mean())
    return float(1 - observed / expected) if expected else float("nan")


def wide(codes: pd.DataFrame, findings: pd.Index, themes: list[str]) -> pd.DataFrame:
    """Spread codes: one row per finding, one column per theme, `absent` or the direction.

    Where a coder gave a theme for several cohorts with different directions, the cell is `mixed`.
    """
    real = codes[codes["theme"] != NO_THEME]
    cell = ["finding", "theme"]
    given = real.drop_duplicates([*cell, "direction"])
    several = given.duplicated(cell, keep=False)
    given = given.assign(direction=given["direction"].mask(several, "mixed"))
    one = given.drop_duplicates(cell).set_index(cell)["direction"]
    table = one.unstack().reindex(index=findings, columns=themes)
    return table.astype(object).where(table.notna(), ABSENT)


def compare(codes: pd.DataFrame, first: str, second: str, themes: tuple[str, ...]) -> Agreement:
    """Compare two coders on the findings that both read.

    Parameters
    ----------
    codes
        Every coder's codes: `finding`, `theme`, `direction`, `coder`; `none` rows say what was
        read without finding a theme.
    first, second
        Names of the coders; the first counts as the reference for F1 (which is symmetric).
    themes
        Themes of the codebook.

    Examples
    --------
    >>> codes = pd.DataFrame({"finding": ["d/1", "d/2", "d/1", "d/2"],
    ...     "coder": ["a", "a", "b", "b"], "theme": ["audit", "none", "audit", "audit"],
    ...     "direction": ["weakness", "", "weakness", "strength"]})
    >>> compare(codes, "a", "b", ("audit",)).themes[["n_first", "n_second", "both"]].values.tolist()
    [[1, 2, 1]]
    """
    by_coder = {name: codes[codes["coder"] == name] for name in (first, second)}
    read = [pd.Index(table["finding"].unique()) for table in by_coder.values()]
    findings = read[0].intersection(read[1], sort=False)
    a, b = (wide(table, findings, list(themes)) for table in by_coder.values())
    first_says, second_says = (
        {theme: table[theme].to_numpy(dtype=object) for theme in themes} for table in (a, b)
    )
    rows = [_theme_row(theme, first_says[theme], second_says[theme]) for theme in themes]
    used = [row for row in rows if row["n_first"] or row["n_second"]]
    table = pd.DataFrame(used, columns=THEME_COLUMNS)
    return Agreement(first, second, len(findings), table, _overall(a, b))


def _theme_row(theme: str, a: Values, b: Values) -> dict[str, object]:
    present_a, present_b = a != ABSENT, b != ABSENT
    both = present_a & present_b
    either = bool((present_a | present_b).any())
    return {
        "theme": theme,
        "n_first": int(present_a.sum()),
        "n_second": int(present_b.sum()),
        "both": int(both.sum()),
        "kappa": _kappa(present_a, present_b),
        "f1": _f1(present_a, present_b) if either else np.nan,
        "direction": float((a[both] == b[both]).mean()) if both.any() else np.nan,
    }


def _f1(a: Values, b: Values) -> float:
    """F1 of what either gave, the first being the reference; 0 where neither gave any.

    scikit-learn's `f1_score` gives the same (a test compares them) in a hundred times the time,
    which a report cannot spare for each theme.
    """
    either = int(a.sum()) + int(b.sum())
    return 2 * int((a & b).sum()) / either if either else 0.0


def _kappa(a: Values, b: Values) -> float:
    """Cohen's kappa; missing where both coders gave one and the same value throughout.

    The same as scikit-learn's `cohen_kappa_score`, as `_f1`.
    """
    n, yes_a, yes_b = len(a), int(a.sum()), int(b.sum())
    if yes_a + yes_b in (0, 2 * n):
        return np.nan
    expected = (yes_a * (n - yes_b) + (n - yes_a) * yes_b) / n
    return 1 - int((a != b).sum()) / expected if expected else np.nan


def _mean(values: list[float]) -> float:
    known = [value for value in values if not np.isnan(value)]
    return float(np.mean(known)) if known else np.nan


def _overall(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    flat_a, flat_b = (table.to_numpy(dtype=object).ravel() for table in (a, b))
    present_a, present_b = flat_a != ABSENT, flat_b != ABSENT
    both = present_a & present_b
    given = [
        (has_a, has_b)
        for has_a, has_b in zip(
            (a.to_numpy(dtype=object) != ABSENT).T, (b.to_numpy(dtype=object) != ABSENT).T,
            strict=True,
        )
        if has_a.any() or has_b.any()
    ]  # fmt: skip
    kappas = [_kappa(*pair) for pair in given]
    f1s = [_f1(*pair) for pair in given]
    units = len(flat_a)
    rows = [
        (
            "themes, micro-averaged F1",
            _f1(present_a, present_b),
            int((present_a | present_b).sum()),
            "codes given by either",
        ),
        ("themes, macro-averaged F1", _mean(f1s), len(given), "themes used"),
        ("themes, mean Cohen's kappa", _mean(kappas), len(given), "themes used"),
        (
            "direction, share equal",
            float((flat_a[both] == flat_b[both]).mean()),
            int(both.sum()),
            "codes given by both",
        ),
        (
            "Krippendorff's alpha, nominal",
            alpha_nominal(pd.Series(flat_a, dtype=str), pd.Series(flat_b, dtype=str)),
            units,
            "findings × themes",
        ),
    ]
    return pd.DataFrame(rows, columns=["measure", "value", "n", "of"])


def consequences(data: AuthorityData, first: str, second: str) -> pd.DataFrame:
    """Compare the statuses and changes that each coder's codes give on the findings both read.

    Returns
    -------
    pandas.DataFrame
        `measure`, `value` (share equal), `n`, `of`: for each visit, theme and cohort for which
        both give a judged status, and for each comparison of visits that both give.
    """
    read = {c: set(data.codes.loc[data.codes["coder"] == c, "finding"]) for c in (first, second)}
    common = read[first] & read[second]
    results = [_results(data, coder, common) for coder in (first, second)]
    (cells_a, changes_a), (cells_b, changes_b) = results
    key = ["visit", "theme", "cohort"]
    cells = cells_a.merge(cells_b, on=key, suffixes=("_a", "_b"))
    moves = changes_a.merge(changes_b, on=[*key, "before"], suffixes=("_a", "_b"))
    either = len(cells_a.merge(cells_b, on=key, how="outer"))
    equal = cells["status_a"] == cells["status_b"]
    rows = [
        ("statuses, share equal", equal.mean(), len(cells), "cells judged by both"),
        (
            "statuses, cells judged by both of those judged by either",
            len(cells) / either if either else np.nan,
            either,
            "cells judged by either",
        ),
        (
            "changes, share equal",
            (moves["change_a"] == moves["change_b"]).mean(),
            len(moves),
            "comparisons made by both",
        ),
    ]
    return pd.DataFrame(rows, columns=["measure", "value", "n", "of"])


def _results(
    data: AuthorityData, coder: str, findings: set[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    codes = data.codes[(data.codes["coder"] == coder) & data.codes["finding"].isin(findings)]
    coded = data.findings.merge(codes, on="finding")
    table = statuses(coded, data.visits, data.codebook)
    moved = changes(table, data.visits, said_changes(coded, data.visits), data.codebook)
    judged = table[table["status"].isin(LEVELS) & (table["cohort"] != ALL_COHORTS)]
    return judged, moved[moved["before"] != ""]


def link_agreement(links: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """Compare the links between findings and needs that two readers made.

    Parameters
    ----------
    links
        Schema `NEED_LINKS`, both coders' rows.

    Returns
    -------
    pandas.DataFrame
        `measure`, `value`, `n`, `of`: F1 of the pairs of need and finding, and the share of equal
        relations among the pairs that both linked. Empty if either coder made none.
    """
    made = links[links["basis"].isin(COUNTING_BASES) & (links["relation"] != NO_LINK)]
    a, b = (
        made[made["coder"] == c].set_index(["need", "finding"])["relation"] for c in (first, second)
    )
    columns = ["measure", "value", "n", "of"]
    if a.empty or b.empty:
        return pd.DataFrame(columns=columns)
    both = a.index.intersection(b.index)
    rows = [
        (
            "links, F1",
            2 * len(both) / (len(a) + len(b)),
            len(a.index.union(b.index)),
            "pairs linked by either",
        ),
        (
            "links, relation equal",
            float((a[both] == b[both]).mean()),
            len(both),
            "pairs linked by both",
        ),
    ]
    return pd.DataFrame(rows, columns=columns)


def compare_tagger(data: AuthorityData, reader: str) -> Agreement:
    """Compare the tagger with a reader on every finding that the reader coded.

    The tagger sees the summaries only, which readers wrote after coding: the figures flatter it
    against what it would reach on published text.
    """
    findings = data.findings[
        data.findings["finding"].isin(data.codes.loc[data.codes["coder"] == reader, "finding"])
    ]
    tagged = tag_uncoded(findings, data.codes.iloc[:0], data.codebook)
    codes = pd.concat([data.codes[data.codes["coder"] == reader], tagged], ignore_index=True)
    return compare(codes, reader, TAGGER, data.codebook.ids)
