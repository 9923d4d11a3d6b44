"""How far coders agree.

Two coders are compared on the findings that both read. Giving a theme: F1 and Cohen's kappa;
direction: share of equal directions where both gave the theme; theme and direction at once:
Krippendorff's alpha, a theme that was not given being one more value, and one that was given
without a direction another, which differs from each direction (`measures`).

The 95 % intervals are percentiles of a bootstrap with a fixed seed. Findings of one document are
alike, so documents are drawn where there are several, and else findings. An interval says what
drawing again would do to these coders, not what others would give.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analysis.codes.agreement.measures import (
    Numbers,
    alpha,
    drawn,
    equal,
    f1,
    interval,
    kappa,
    presence,
    ratio,
)
from analysis.vocabulary import DIRECTIONS, NO_THEME

ABSENT: Final = "absent"
VALUES: Final = (ABSENT, *DIRECTIONS)
"""What a coder can say of a theme in a finding."""
UNTOLD: Final = "given, no direction"
"""A value more, where a coder gives themes without a direction."""
THEME_COLUMNS: Final = [
    "theme", "n_first", "n_second", "both", "f1", "kappa", "alpha", "direction",
]  # fmt: skip
MEASURES: Final = ("f1", "kappa", "alpha", "direction")
"""Measures of a theme that carry an interval: columns `<measure>_low` and `<measure>_high`."""
SEVERAL: Final = 5
"""From so many documents on the intervals draw documents; fewer can be drawn in too few ways."""
BOTH_AGREE: Final = "agreed"


@dataclass(frozen=True)
class Agreement:
    """What two coders agree on.

    Attributes
    ----------
    first, second
        The coders.
    findings
        Number of findings that both read.
    drawn
        What the intervals draw: `documents` or `findings`.
    units
        How many of these there are.
    themes
        One row per theme that either gave: `theme`, `n_first`, `n_second`, `both`, `f1`, `kappa`,
        `alpha`, `direction` (share of equal directions among `both`; missing where there are none)
        and for each of the last four `_low` and `_high`, the ends of its 95 % interval.
    overall
        One row per measure: `measure`, `value`, `low`, `high`, `n`, `of` (what n counts).
    confusion
        Counts of findings by themes: a row for each value of the first coder, a column for each of
        the second, `absent` first, and last `given, no direction` where there is one.
    pairs
        One row per finding and theme that either gave: `finding`, `theme`, `kind` (`only first`,
        `only second`, `direction` or `agreed`), `first`, `second` (directions, `absent` or `given,
        no direction`).
    """

    first: str
    second: str
    findings: int
    drawn: str
    units: int
    themes: pd.DataFrame
    overall: pd.DataFrame
    confusion: pd.DataFrame
    pairs: pd.DataFrame

    @property
    def differences(self) -> pd.DataFrame:
        """The pairs on which the coders disagree."""
        return self.pairs[self.pairs["kind"] != BOTH_AGREE].reset_index(drop=True)


def wide(codes: pd.DataFrame, findings: pd.Index, themes: list[str]) -> pd.DataFrame:
    """Spread codes: one row per finding, one column per theme, `absent` or the direction.

    Where a coder gave a theme for several cohorts with different directions, the cell is `mixed`;
    where none of them has one, it is `given, no direction`.
    """
    rows = {finding: place for place, finding in enumerate(findings)}
    columns = {theme: place for place, theme in enumerate(themes)}
    table = np.full((len(rows), len(columns)), ABSENT, dtype=object)
    for finding, theme, direction in _told(codes):
        if finding in rows and theme in columns:
            cell = rows[finding], columns[theme]
            if table[cell] in (ABSENT, UNTOLD):
                table[cell] = direction or UNTOLD
            elif direction not in ("", table[cell]):
                table[cell] = "mixed"
    return pd.DataFrame(table, index=findings, columns=pd.Index(themes, name="theme"), dtype=object)


def _told(codes: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Finding, theme and direction of each code that gives a theme."""
    told = (codes[name].tolist() for name in ("finding", "theme", "direction"))
    return (code for code in zip(*told, strict=True) if code[1] != NO_THEME)


def compare(
    codes: pd.DataFrame,
    first: str,
    second: str,
    themes: Sequence[str],
    documents: pd.Series[str] | None = None,
) -> Agreement:
    """Compare two coders on the findings that both read.

    Parameters
    ----------
    codes
        Every coder's codes: `finding`, `theme`, `direction`, `coder`; `none` rows say what was
        read without finding a theme.
    first, second
        Names of the coders; every measure is the same with the two exchanged.
    themes
        Themes of the codebook.
    documents
        Document of each finding, by finding; what stands before the last `/` of the finding's id
        if not given.

    Examples
    --------
    >>> codes = pd.DataFrame({"finding": ["d/1", "d/2", "d/1", "d/2"],
    ...     "coder": ["a", "a", "b", "b"], "theme": ["audit", "none", "audit", "audit"],
    ...     "direction": ["weakness", "", "weakness", "strength"]})
    >>> found = compare(codes, "a", "b", ("audit",))
    >>> found.themes[["n_first", "n_second", "both"]].values.tolist()
    [[1, 2, 1]]
    >>> found.differences.values.tolist()
    [['d/2', 'audit', 'only second', 'absent', 'strength']]
    """
    by_coder = [codes[codes["coder"] == name] for name in (first, second)]
    read = [dict.fromkeys(table["finding"].tolist()) for table in by_coder]
    findings = pd.Index([finding for finding in read[0] if finding in read[1]], dtype=object)
    a, b = (wide(table, findings, list(themes)) for table in by_coder)
    places, what, units = _places(findings, documents)
    told = (a == UNTOLD).to_numpy().any() or (b == UNTOLD).to_numpy().any()
    values = (*VALUES, UNTOLD) if told else VALUES
    counts = _counts(a, b, places, units, values)
    used = np.flatnonzero(_used(counts.sum(axis=0)))
    kept = counts[:, used]
    draws = drawn(kept) if units else kept
    return Agreement(
        first=first,
        second=second,
        findings=len(findings),
        drawn=what,
        units=units,
        themes=_by_theme([themes[int(i)] for i in used], kept.sum(axis=0), draws),
        overall=_overall(counts.sum(axis=0), used, draws, len(findings) * len(themes)),
        confusion=_confusion(counts.sum(axis=(0, 1)), values, first, second),
        pairs=_pairs(a, b),
    )


def _places(findings: pd.Index, documents: pd.Series[str] | None) -> tuple[np.ndarray, str, int]:
    """For each finding, the place of the unit that it is drawn with; what units are; how many."""
    if documents is None:
        named = [str(finding).rpartition("/")[0] for finding in findings]
    else:
        named = list(documents.reindex(findings).fillna(""))
    codes, names = pd.factorize(np.array(named, dtype=object))
    if len(names) >= SEVERAL:
        return codes, "documents", len(names)
    return np.arange(len(findings)), "findings", len(findings)


def _counts(
    a: pd.DataFrame, b: pd.DataFrame, places: np.ndarray, units: int, values: Sequence[str]
) -> Numbers:
    """Cross the coders' values: units, themes, first's values, second's values."""
    number = {value: i for i, value in enumerate(values)}
    first, second = (
        np.array([number[value] for value in table.to_numpy().flat], dtype=int).reshape(table.shape)
        for table in (a, b)
    )
    counts = np.zeros((units, a.shape[1], len(values), len(values)))
    np.add.at(counts, (places[:, None], np.arange(a.shape[1])[None, :], first, second), 1)
    return counts


def _used(tables: Numbers) -> np.ndarray:
    used: np.ndarray = tables.sum(axis=(-1, -2)) > tables[..., 0, 0]
    return used


def _by_theme(themes: list[str], tables: Numbers, draws: Numbers) -> pd.DataFrame:
    two = presence(tables)
    given = {
        "theme": themes,
        "n_first": two[:, 1].sum(axis=-1).astype(int),
        "n_second": two[:, :, 1].sum(axis=-1).astype(int),
        "both": two[:, 1, 1].astype(int),
    }
    values, drawn_values = _measures(tables), _measures(draws)
    ends = {
        f"{name}{end}": values
        for name in MEASURES
        for end, values in zip(("_low", "_high"), interval(drawn_values[name]), strict=True)
    }
    return pd.DataFrame(given | values | ends)


def _measures(tables: Numbers) -> dict[str, Numbers]:
    """`MEASURES` of tables of themes."""
    return {
        "f1": f1(tables),
        "kappa": kappa(presence(tables)),
        "alpha": alpha(tables),
        "direction": equal(tables),
    }


def _mean(values: Numbers) -> Numbers:
    """Mean over the last axis of what is known."""
    known = ~np.isnan(values)
    return ratio(np.where(known, values, 0).sum(axis=-1), known.sum(axis=-1))


def _overall(tables: Numbers, used: np.ndarray, draws: Numbers, units: int) -> pd.DataFrame:
    """Measures over all themes; in each draw the themes are those used in all findings."""
    every = presence(tables.sum(axis=0))
    either = int(every.sum() - every[0, 0])
    unused = len(tables) - len(used)
    values, drawn_values = _whole(tables[used], unused), _whole(draws, unused)
    rows = []
    counted = {
        "themes, micro-averaged F1": (either, "codes given by either"),
        "themes, macro-averaged F1": (len(used), "themes used"),
        "themes, mean Cohen's kappa": (len(used), "themes used"),
        "direction, share equal": (int(every[1, 1]), "codes given by both"),
        "Krippendorff's alpha, nominal": (units, "findings × themes"),
    }
    for measure, (n, of) in counted.items():
        low, high = interval(drawn_values[measure])
        rows.append((measure, float(values[measure]), float(low), float(high), n, of))
    return pd.DataFrame(rows, columns=["measure", "value", "low", "high", "n", "of"])


def _whole(tables: Numbers, unused: int) -> dict[str, Numbers]:
    """Measures over the tables of the themes used; so many more themes are absent everywhere."""
    total = tables.sum(axis=-3)
    padded = total.copy()
    padded[..., 0, 0] += unused * total.sum(axis=(-1, -2)) / max(tables.shape[-3], 1)
    return {
        "themes, micro-averaged F1": f1(total),
        "themes, macro-averaged F1": _mean(f1(tables)),
        "themes, mean Cohen's kappa": _mean(kappa(presence(tables))),
        "direction, share equal": equal(total),
        "Krippendorff's alpha, nominal": alpha(padded),
    }


def _confusion(table: Numbers, values: Sequence[str], first: str, second: str) -> pd.DataFrame:
    return pd.DataFrame(
        table.astype(int),
        index=pd.Index(values, name=first),
        columns=pd.Index(values, name=second),
    )


def _pairs(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    first, second = a.to_numpy(), b.to_numpy()
    i, j = np.nonzero((first != ABSENT) | (second != ABSENT))
    named = (a.index.to_numpy()[i], a.columns.to_numpy(object)[j])
    given = zip(*named, first[i, j], second[i, j], strict=True)
    pairs = [(finding, theme, _kind(x, y), x, y) for finding, theme, x, y in given]
    columns = ["finding", "theme", "kind", "first", "second"]
    return pd.DataFrame(pairs, columns=columns, dtype=str)


def _kind(first: str, second: str) -> str:
    if first == second:
        return BOTH_AGREE
    if ABSENT not in (first, second):
        return "direction"
    return "only second" if first == ABSENT else "only first"
