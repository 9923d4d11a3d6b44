"""Measures of agreement, each a function of the table that crosses two coders' values.

A table counts units: rows are the first coder's values, columns the second's, and the first value
of both is `absent`. Every function takes any number of tables at once, in the last two axes, so
that the thousands that a bootstrap draws cost one call. A measure that cannot be said is NaN.

F1 after van Rijsbergen (1979), kappa after Cohen (1960), alpha after Krippendorff (2018, chapter
12) for two coders, nominal values and none missing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

SEED: Final = 0
DRAWS: Final = 2_000
LEVEL: Final = 0.95


def presence(tables: Numbers) -> Numbers:
    """Fold tables of values into tables of two: absent, and given in whatever direction.

    Examples
    --------
    >>> presence(np.array([[5.0, 1, 0], [2, 3, 1], [0, 0, 4]])).tolist()
    [[5.0, 1.0], [2.0, 8.0]]
    """
    folded = np.empty_like(tables[..., :2, :2])
    folded[..., 0, 0] = tables[..., 0, 0]
    folded[..., 0, 1] = tables[..., 0, 1:].sum(axis=-1)
    folded[..., 1, 0] = tables[..., 1:, 0].sum(axis=-1)
    folded[..., 1, 1] = tables[..., 1:, 1:].sum(axis=(-1, -2))
    return folded


def f1(tables: Numbers) -> Numbers:
    """F1 of giving a theme: twice what both gave, over what each gave; the same either way round.

    Examples
    --------
    >>> f1(np.array([[5.0, 1], [3, 4]])).round(3).item()
    0.667
    """
    two = presence(tables)
    both, either = 2 * two[..., 1, 1], two[..., 0, 1] + two[..., 1, 0]
    return ratio(both, both + either)


def kappa(tables: Numbers) -> Numbers:
    """Cohen's kappa over all values of the tables; NaN where both gave one value throughout.

    Examples
    --------
    >>> kappa(np.array([[75.0, 1, 4], [5, 4, 1], [0, 0, 10]])).round(3).item()  # Fleiss 1981
    0.676
    """
    n = tables.sum(axis=(-1, -2))
    observed = _alike(tables) * n
    expected = (tables.sum(axis=-1) * tables.sum(axis=-2)).sum(axis=-1)
    return ratio(observed - expected, n**2 - expected)


def alpha(tables: Numbers) -> Numbers:
    """Krippendorff's alpha over all values of the tables; NaN where only one value occurs.

    Examples
    --------
    >>> alpha(np.array([[5.0, 3], [1, 1]])).round(3).item()  # Krippendorff 2011, section A
    0.095
    """
    units = tables.sum(axis=(-1, -2))
    pooled = tables.sum(axis=-1) + tables.sum(axis=-2)
    apart = units - _alike(tables)
    expected = (2 * units) ** 2 - (pooled**2).sum(axis=-1)
    return 1 - ratio(apart * 2 * (2 * units - 1), expected)


def equal(tables: Numbers) -> Numbers:
    """Share of equal directions among what both gave.

    Examples
    --------
    >>> equal(np.array([[5.0, 1, 0], [2, 3, 1], [0, 0, 4]])).item()
    0.875
    """
    given = tables[..., 1:, 1:]
    return ratio(_alike(given), given.sum(axis=(-1, -2)))


def _alike(tables: Numbers) -> Numbers:
    """Units to which both gave the same value."""
    alike: Numbers = np.trace(tables, axis1=-2, axis2=-1)
    return alike


def drawn(counts: Numbers) -> Numbers:
    """Sum what a bootstrap draws: units with replacement, as many as there are, `DRAWS` times.

    Parameters
    ----------
    counts
        Units in the first axis; anything that can be added up in the others.

    Returns
    -------
    numpy.ndarray
        Draws in the first axis; the same for the same counts. In memory draws lie side by side, so
        that what adds up the small axes adds rows of draws.
    """
    units = len(counts)
    flat = counts.reshape(units, -1).T @ _weights(units)
    return np.moveaxis(flat.reshape(*counts.shape[1:], DRAWS), -1, 0)


@lru_cache(maxsize=1)
def _weights(units: int) -> Numbers:
    """How often each draw takes each unit: units, draws."""
    shares = np.full(units, 1 / units)
    return np.random.default_rng(SEED).multinomial(units, shares, DRAWS).T.astype(float)


def interval(values: Numbers) -> tuple[Numbers, Numbers]:
    """Percentile interval of drawn values; draws in which a value cannot be said do not count.

    Parameters
    ----------
    values
        Draws in the first axis.

    Returns
    -------
    tuple of numpy.ndarray
        Lower and upper ends, in the shape of the other axes; NaN where no draw could say.

    Examples
    --------
    >>> low, high = interval(np.array([np.nan, *np.linspace(0, 1, 201)]))
    >>> low.item(), high.item()
    (0.025, 0.975)
    """
    if not len(values):
        values = np.full((1, *values.shape[1:]), np.nan)
    known = (~np.isnan(values)).sum(axis=0)
    ordered = np.sort(values, axis=0)  # what cannot be said comes last
    ends = []
    for share in ((1 - LEVEL) / 2, (1 + LEVEL) / 2):
        place = np.maximum(known - 1, 0) * share
        below, above = np.floor(place).astype(int), np.ceil(place).astype(int)
        at_below, at_above = (
            np.take_along_axis(ordered, np.expand_dims(at, 0), axis=0)[0] for at in (below, above)
        )
        ends.append(np.round(at_below + (at_above - at_below) * (place - below), 12))
    return ends[0], ends[1]


def ratio(above: Numbers, below: Numbers) -> Numbers:
    """Divide; NaN where the lower number is nought."""
    above, below = np.broadcast_arrays(np.asarray(above, float), np.asarray(below, float))
    result: Numbers = np.divide(above, below, out=np.full_like(below, np.nan), where=below > 0)
    return result
