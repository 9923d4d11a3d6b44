"""Words and word pairs as weighted features, counted once and summed where texts are joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Any, Final

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

WORD: Final = r"(?u)\b\w\w+\b"
_WORD: Final = re.compile(WORD)
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
        """Count the terms of each text: texts x terms.

        Words become numbers once; terms of several words are then looked up as numbers, of all
        texts together, since joining and looking up each as text takes three times as long.
        """
        number = self._numbers
        held = [_WORD.findall(text.lower()) for text in texts]
        sizes = np.array([len(words) for words in held], dtype=int)
        words = np.array([n for own in held for n in map(number.get, own, repeat(0))], dtype=int)
        owners = np.repeat(np.arange(len(texts)), sizes)
        left = np.repeat(np.cumsum(sizes), sizes) - np.arange(len(words))  # words to its text's end
        begun = np.zeros(len(words), dtype=np.int64)
        rows, columns = [], []
        for length, (known, places) in enumerate(self._coded, start=1):
            reach = max(len(words) - length + 1, 0)
            codes = begun[:reach] * (len(number) + 1) + words[length - 1 :]
            place = np.minimum(np.searchsorted(known, codes), len(known) - 1)
            found = (known[place] == codes) & (left[:reach] >= length)
            begun = np.where(found, place + 1, 0)
            whole = found & (places[place] >= 0)
            rows.append(owners[:reach][whole])
            columns.append(places[place[whole]])
        at = (np.concatenate([[], *rows]), np.concatenate([[], *columns]))
        shape = (len(texts), len(self.words))
        return sparse.coo_matrix((np.ones(len(at[0]), dtype=np.int64), at), shape).tocsr()

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """Numbers of the words that terms are made of, from 1; 0 is for every other."""
        parts = sorted({part for word in self.words for part in word.split(" ")})
        return {part: number for number, part in enumerate(parts, start=1)}

    @cached_property
    def _coded(self) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
        """How terms go on, length by length, as numbers.

        Returns
        -------
        tuple
            For each length what terms begin with, sorted: the number of all but the last word in
            the length before, times the number of words and one, and the last word's number; and
            the place of each among all terms, -1 where it is none.
        """
        base = len(self._numbers) + 1
        terms = {tuple(word.split(" ")): place for place, word in enumerate(self.words)}
        begun: dict[tuple[str, ...], int] = {(): 0}
        coded = []
        for length in range(1, self.longest + 1):
            starts = {parts[:length] for parts in terms if length <= len(parts) <= self.longest}
            codes = {begun[parts[:-1]] * base + self._numbers[parts[-1]]: parts for parts in starts}
            if not codes:
                break
            held = [codes[code] for code in sorted(codes)]
            begun = {parts: number for number, parts in enumerate(held, start=1)}
            places = np.array([terms.get(parts, -1) for parts in held], dtype=int)
            coded.append((np.array(sorted(codes), dtype=np.int64), places))
        return tuple(coded)

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
