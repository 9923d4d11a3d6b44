"""Bent and crossed numbers, so that a linear model can follow curves and still be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

KNOTS: Final = 5
PLACES: Final = 6
"""Decimals to which learned numbers are rounded, so that they are the same wherever learned."""


@dataclass(frozen=True)
class Linear:
    """A logistic model over numbers, their bends, their products and what group they belong to.

    Attributes
    ----------
    bent
        Columns with bends, and
    knots
        where each bends: columns x knots.
    crossed
        Columns that are multiplied with each other.
    grouped
        Columns with a slope of their own in each group.
    groups
        Number of groups.
    weights, bias
        Learned: expanded columns x classes, and classes.
    """

    bent: tuple[int, ...]
    knots: np.ndarray
    crossed: tuple[int, ...]
    grouped: tuple[int, ...]
    groups: int
    weights: np.ndarray
    bias: np.ndarray

    def odds(self, numbers: np.ndarray, group: np.ndarray) -> np.ndarray:
        """Log odds of each row: rows x classes."""
        table = expand(
            numbers, group, self.bent, self.knots, self.crossed, self.grouped, self.groups
        )
        return np.asarray(table @ self.weights + self.bias)


def expand(
    numbers: np.ndarray,
    group: np.ndarray,
    bent: tuple[int, ...],
    knots: np.ndarray,
    crossed: tuple[int, ...],
    grouped: tuple[int, ...],
    groups: int,
) -> np.ndarray:
    """Expand numbers into the columns of the model."""
    bends = [np.maximum(0.0, numbers[:, [c]] - knots[i]) for i, c in enumerate(bent)]
    part = numbers[:, crossed] / 3.0
    products = [
        part[:, [i]] * part[:, [j]] for i in range(len(crossed)) for j in range(i, len(crossed))
    ]
    own = np.eye(groups)[group]
    slopes = [own * numbers[:, [c]] for c in grouped]
    return np.hstack([numbers, *bends, *products, own, *slopes])


def knots_of(numbers: np.ndarray, bent: tuple[int, ...]) -> np.ndarray:
    """Places of the bends: quantiles of each column, rounded."""
    shares = np.linspace(0.05, 0.95, KNOTS)
    return np.asarray(np.round(np.quantile(numbers[:, bent], shares, axis=0).T, 4))
