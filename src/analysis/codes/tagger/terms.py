"""Words and word pairs as weighted features, counted once and summed where texts are joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

WORD: Final = r"(?u)\b\w\w+\b"
LEAST_TEXTS: Final = 3
"""A term in fewer training texts is left out."""

Matrix = Any
"""A sparse matrix, texts in rows."""


@dataclass(frozen=True)
class Terms:
    """Terms with their inverse document frequencies.

    Attributes
    ----------
    words
        The terms, sorted.
    idf
        Float array, one for each term.
    longest
        Most words of a term.
    """

    words: tuple[str, ...]
    idf: np.ndarray
    longest: int

    @classmethod
    def learn(cls, texts: Sequence[str], longest: int) -> Terms:
        """Collect the terms of training texts."""
        counter = _counter(longest, min_df=LEAST_TEXTS)
        counts = counter.fit_transform(texts)
        held = np.asarray((counts > 0).sum(axis=0)).ravel()
        idf = np.log((1 + len(texts)) / (1 + held)) + 1
        return cls(tuple(counter.get_feature_names_out()), np.round(idf, 4), longest)

    def count(self, texts: Sequence[str]) -> Matrix:
        """Count the terms of each text."""
        return self._own_counter.transform(texts)

    @cached_property
    def _own_counter(self) -> CountVectorizer:
        return _counter(self.longest, vocabulary=list(self.words))

    def weigh(self, counts: Matrix) -> Matrix:
        """Weigh counts: 1 + log of the count, times rarity, to unit length."""
        weights = counts.astype(float).tocsr()
        weights.data = (1 + np.log(weights.data)) * self.idf[weights.indices]
        squares = np.asarray(weights.multiply(weights).sum(axis=1)).ravel()
        return sparse.diags(1 / np.sqrt(np.where(squares > 0, squares, 1))) @ weights


def _counter(longest: int, **options: Any) -> CountVectorizer:
    return CountVectorizer(ngram_range=(1, longest), token_pattern=WORD, **options)


def summed(counts: Matrix, owners: np.ndarray, count: int) -> Matrix:
    """Sum the rows of a matrix by their owners.

    Examples
    --------
    >>> summed(sparse.csr_matrix([[1, 0], [2, 1]]), np.array([0, 0]), 1).toarray().tolist()
    [[3.0, 1.0]]
    """
    rows = np.arange(len(owners))
    gather = sparse.csr_matrix((np.ones(len(owners)), (owners, rows)), (count, len(owners)))
    return gather @ counts
