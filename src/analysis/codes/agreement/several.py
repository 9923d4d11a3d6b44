"""How far any number of coders agree, on what at least two of them read.

Krippendorff's alpha takes as many coders as there are, each of whom may have read a part. A unit is
a finding and a theme; what a coder says of it is a direction, that the theme is given without one,
or that it is absent. With what nobody coded, most units are absent to all, and agreeing on these
counts; without, only units that somebody gave are looked at, which is the harder test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd

from analysis.codes.agreement.agreement import ABSENT, SEVERAL, UNTOLD, compare, wide
from analysis.codes.agreement.measures import Numbers, drawn, interval, ratio
from analysis.errors import FindingsError
from analysis.vocabulary import DIRECTIONS

VALUES: Final = (ABSENT, *DIRECTIONS, UNTOLD)
"""What a coder can say of a theme in a finding."""
UNREAD: Final = ""
"""Stands where a coder did not read a finding."""
FEWEST: Final = 2
OVERALL: Final = ["measure", "value", "low", "high", "n", "of"]
THEMES: Final = ["theme", "given", "alpha", "alpha_low", "alpha_high", "presence"]
PAIRS: Final = ["first", "second", "findings", "f1", "alpha", "direction"]


@dataclass(frozen=True)
class Several:
    """What several coders agree on.

    Attributes
    ----------
    coders
        Their names.
    findings
        Number of findings that at least two of them read.
    overall
        `measure`, `value`, `low`, `high` (95 %), `n`, `of`: alpha of theme and direction at once,
        and of whether a theme is given.
    themes
        `theme`, `given` (findings in which anybody gave it), `alpha`, `alpha_low`, `alpha_high`,
        `presence` (alpha of whether it is given); those that somebody gave.
    pairs
        `first`, `second`, `findings` that both read, `f1`, `alpha`, `direction`: each two coders.
    differences
        `finding`, `theme`, and a column for each coder, blank where that coder did not read the
        finding: units on which they do not agree.
    """

    coders: tuple[str, ...]
    findings: int
    overall: pd.DataFrame
    themes: pd.DataFrame
    pairs: pd.DataFrame
    differences: pd.DataFrame


def compare_several(
    codes: pd.DataFrame, coders: Sequence[str], themes: Sequence[str], *, coded_only: bool = False
) -> Several:
    """Compare any number of coders.

    Parameters
    ----------
    codes
        `finding`, `theme`, `direction`, `coder`; `none` rows say what was read.
    coders
        Two or more.
    themes
        Those compared.
    coded_only
        Leave out units that none of them coded.

    Raises
    ------
    FindingsError
        If no finding was read by two of them.

    Examples
    --------
    >>> codes = pd.DataFrame({"finding": ["d/1", "d/2"] * 3, "coder": list("aabbcc"),
    ...     "theme": ["audit"] * 5 + ["none"],
    ...     "direction": ["mixed", "weakness", "mixed", "weakness", "mixed", ""]})
    >>> compare_several(codes, ["a", "b", "c"], ["audit"]).differences.values.tolist()
    [['d/2', 'audit', 'weakness', 'weakness', 'absent']]
    """
    said = codes[codes["coder"].isin(coders)]
    counts = said.groupby("finding")["coder"].nunique()
    findings = pd.Index(said["finding"].drop_duplicates())
    findings = findings[counts.reindex(findings).to_numpy() >= FEWEST]
    if findings.empty:
        raise FindingsError(f"No finding was coded by two of {', '.join(coders)}.")
    values = np.stack([_of(said[said["coder"] == name], findings, list(themes)) for name in coders])
    votes = _votes(values)
    if coded_only:
        votes[votes[..., 1:].sum(axis=-1) == 0] = 0
    places, units = _places(findings)
    pairs = _pairs_of_values(votes)
    grouped = np.zeros((units, len(themes), len(VALUES), len(VALUES)))
    np.add.at(grouped, places, pairs)
    return Several(
        tuple(coders),
        len(findings),
        _overall(grouped, int((votes.sum(axis=-1) >= FEWEST).sum())),
        _themes(grouped, votes, themes),
        _pairs(said, coders, themes),
        _differences(values, findings, coders, themes),
    )


def _of(codes: pd.DataFrame, findings: pd.Index, themes: list[str]) -> np.ndarray:
    """What one coder says of each finding and theme, by its place in `VALUES`; -1 for unread."""
    number = {value: place for place, value in enumerate(VALUES)}
    table = wide(codes[codes["theme"].isin(themes)], findings, themes).to_numpy(dtype=object)
    given = np.array([[number[value] for value in row] for row in table], dtype=int)
    given = given.reshape(len(findings), len(themes))
    given[~findings.isin(codes["finding"])] = -1
    return given


def _votes(values: np.ndarray) -> Numbers:
    """Count the coders that say each value: findings, themes, values."""
    return np.stack(
        [(values == place).sum(axis=0) for place in range(len(VALUES))], axis=-1
    ).astype(float)


def _pairs_of_values(votes: Numbers) -> Numbers:
    """Krippendorff's coincidences: pairs of what a unit's coders say, over coders less one."""
    coders = votes.sum(axis=-1)
    pairs = votes[..., :, None] * votes[..., None, :]
    diagonal = np.arange(votes.shape[-1])
    pairs[..., diagonal, diagonal] -= votes
    weight = np.where(coders >= FEWEST, 1 / np.maximum(coders - 1, 1), 0)
    found: Numbers = pairs * weight[..., None, None]
    return found


def alpha_of(coincidences: Numbers) -> Numbers:
    """Krippendorff's alpha of coincidences, nominal; NaN where only one value occurs.

    Examples
    --------
    >>> two = np.array([[5.0, 3], [1, 1]])
    >>> alpha_of(two + two.T).round(3).item()  # as `measures.alpha` has it for two coders
    0.095
    """
    values = coincidences.sum(axis=-1)
    count = values.sum(axis=-1)
    apart = count - np.trace(coincidences, axis1=-2, axis2=-1)
    expected = count**2 - (values**2).sum(axis=-1)
    return 1 - ratio(apart * (count - 1), expected)


def _presence(coincidences: Numbers) -> Numbers:
    """Fold directions together: absent, and given."""
    folded = np.empty((*coincidences.shape[:-2], 2, 2))
    folded[..., 0, 0] = coincidences[..., 0, 0]
    folded[..., 0, 1] = coincidences[..., 0, 1:].sum(axis=-1)
    folded[..., 1, 0] = coincidences[..., 1:, 0].sum(axis=-1)
    folded[..., 1, 1] = coincidences[..., 1:, 1:].sum(axis=(-1, -2))
    return folded


def _places(findings: pd.Index) -> tuple[np.ndarray, int]:
    """What intervals draw: documents where there are several, else findings."""
    codes, names = pd.factorize(findings.str.rpartition("/").get_level_values(0))
    if len(names) >= SEVERAL:
        return codes, len(names)
    return np.arange(len(findings)), len(findings)


def _overall(grouped: Numbers, units: int) -> pd.DataFrame:
    whole = grouped.sum(axis=1)
    draws = drawn(whole)
    rows = []
    for measure, fold in (
        ("theme and direction, Krippendorff's alpha", lambda table: table),
        ("theme alone, Krippendorff's alpha", _presence),
    ):
        low, high = interval(np.atleast_1d(alpha_of(fold(draws))))
        value = float(alpha_of(fold(whole.sum(axis=0))))
        rows.append((measure, value, low, high, units, "findings × themes"))
    return pd.DataFrame(rows, columns=OVERALL)


def _themes(grouped: Numbers, votes: Numbers, themes: Sequence[str]) -> pd.DataFrame:
    whole, draws = grouped.sum(axis=0), drawn(grouped)
    given = (votes[..., 1:].sum(axis=-1) > 0).sum(axis=0)
    rows = []
    for place, theme in enumerate(themes):
        if given[place]:
            low, high = interval(alpha_of(draws[:, place]))
            value, told = alpha_of(whole[place]), alpha_of(_presence(whole[place]))
            rows.append((theme, int(given[place]), float(value), low, high, float(told)))
    return pd.DataFrame(rows, columns=THEMES)


def _pairs(codes: pd.DataFrame, coders: Sequence[str], themes: Sequence[str]) -> pd.DataFrame:
    rows = []
    for first, second in combinations(coders, 2):
        found = compare(codes, first, second, themes)
        value = found.overall.set_index("measure")["value"]
        if found.findings:
            rows.append((
                first, second, found.findings, value["themes, micro-averaged F1"],
                value["Krippendorff's alpha, nominal"], value["direction, share equal"],
            ))  # fmt: skip
    return pd.DataFrame(rows, columns=PAIRS)


def _differences(
    values: np.ndarray, findings: pd.Index, coders: Sequence[str], themes: Sequence[str]
) -> pd.DataFrame:
    words = np.array([*VALUES, UNREAD], dtype=object)
    least = np.where(values < 0, len(VALUES), values).min(axis=0)
    apart = least != values.max(axis=0)
    rows = [
        [findings[i], themes[j], *words[values[:, i, j]]]
        for i, j in zip(*np.nonzero(apart), strict=True)
    ]
    return pd.DataFrame(rows, columns=["finding", "theme", *coders])
