"""What the model looks at: for each finding and theme, how alike and how placed.

Themes come from two sides: how alike a finding's words are to those of coded findings (as a whole,
sentence by sentence, in its first sentence), and where the codebook's patterns stand. Telling what
is judged from what is named in passing is a matter of place and of rivals, so most of the numbers
below compare a theme with the others of the same finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from scipy import sparse

from analysis.codes.tagger.hits import Hit, hits_of
from analysis.codes.tagger.pieces import Counted, Piece
from analysis.codes.tagger.places import PLACE_FEATURES, places_of
from analysis.codes.tagger.terms import Matrix, Terms
from analysis.data.codebook import Codebook, Theme

CANDIDATE: Final = -3.5
"""Log odds by words alone below which a theme is not looked at any further."""
LIKELY: Final = -1.5
PAIR_FEATURES: Final = (
    "whole", "best sentence", "first sentence", "mean sentence", *PLACE_FEATURES,
    "themes with hits", "sentences", "behind the first", "rank", "whole with hit",
    "ahead of the next", "themes above even", "likely themes", "behind the second",
    "behind the third",
)  # fmt: skip
"""Numbers for each finding and theme, in order; the first four are log odds by words alone."""


def word_odds(counted: Counted, terms: Terms, weights: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Log odds of every theme by words alone.

    Returns
    -------
    numpy.ndarray
        Findings x themes x 4: whole, best sentence, first sentence, mean of the sentences.
    """
    whole = terms.weigh(counted.whole()) @ weights + bias
    each = terms.weigh(counted.counts) @ weights + bias
    starts = np.searchsorted(counted.owners, np.arange(counted.findings))
    sizes = np.bincount(counted.owners, minlength=counted.findings)[:, None]
    best = np.maximum.reduceat(each, starts)
    mean = np.add.reduceat(each, starts) / sizes
    return np.stack([whole, best, each[starts], mean], axis=2)


def candidates(odds: np.ndarray) -> np.ndarray:
    """Which themes of which findings are looked at: findings x themes, boolean."""
    return (odds[:, :, 0] > CANDIDATE) | (odds[:, :, 1] > CANDIDATE)


def found_hits(
    pieces: Sequence[Piece], looked_at: np.ndarray, themes: Sequence[Theme | None]
) -> list[list[Hit]]:
    """Hits of the patterns of the themes looked at, finding by finding."""
    return [
        hits_of(
            piece.plain,
            piece.sentences,
            [theme for theme, yes in zip(themes, row, strict=True) if yes and theme],
        )
        for piece, row in zip(pieces, looked_at, strict=True)
    ]


def pair_features(
    odds: np.ndarray,
    looked_at: np.ndarray,
    pieces: Sequence[Piece],
    hits: Sequence[list[Hit]],
    themes: Sequence[str],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Numbers of every finding and theme looked at.

    Returns
    -------
    rows, columns
        Finding and theme of each pair.
    numpy.ndarray
        Pairs x `PAIR_FEATURES`.
    """
    whole = odds[:, :, 0]
    ordered = -np.sort(-whole, axis=1)
    rank = np.argsort(np.argsort(-whole, axis=1), axis=1)
    rows, columns = np.nonzero(looked_at)
    place = np.zeros((*looked_at.shape, len(PLACE_FEATURES)))
    index = {theme: j for j, theme in enumerate(themes)}
    for i, (piece, found) in enumerate(zip(pieces, hits, strict=True)):
        places_of(place[i], piece, found, index)
    first = ordered[rows, 0]
    own = whole[rows, columns]
    next_best = np.where(own >= first, ordered[rows, 1], first)
    hit = place[rows, columns]
    sentences = np.log([len(piece.sentences) for piece in pieces])
    hit_themes = (place[:, :, 0] > 0).sum(axis=1)
    table = np.column_stack(
        [
            odds[rows, columns],
            hit,
            hit_themes[rows],
            sentences[rows],
            own - first,
            np.log1p(rank[rows, columns]),
            own * hit[:, 0],
            own - next_best,
            (whole > 0).sum(axis=1)[rows],
            (whole > LIKELY).sum(axis=1)[rows],
            own - ordered[rows, 1],
            own - ordered[rows, 2],
        ]
    )
    return rows, columns, table


def pattern_numbers(
    looked_at: np.ndarray,
    hits: Sequence[list[Hit]],
    themes: Sequence[str],
    patterns: Mapping[tuple[str, str], int],
) -> Matrix:
    """Weight of the heaviest hit of each pattern: pairs looked at x patterns, sparse.

    `patterns` numbers each theme's patterns; one that is not among them has no number.
    """
    index = {theme: j for j, theme in enumerate(themes)}
    pair = np.cumsum(looked_at.ravel()).reshape(looked_at.shape) - 1
    heaviest: dict[tuple[int, int], float] = {}
    for i, found in enumerate(hits):
        for hit in found:
            for pattern in hit.patterns:
                if (number := patterns.get((hit.theme, pattern))) is not None:
                    place = (int(pair[i, index[hit.theme]]), number)
                    heaviest[place] = max(hit.weight, heaviest.get(place, 0.0))
    rows, columns = zip(*heaviest, strict=True) if heaviest else ((), ())
    shape = (int(looked_at.sum()), len(patterns))
    return sparse.csr_matrix((list(heaviest.values()), (rows, columns)), shape)


def model_themes(codebook: Codebook, known: Sequence[str]) -> list[Theme | None]:
    """Themes of the codebook in the model's order; None for those that it no longer holds."""
    themes = {theme.id: theme for theme in codebook.themes}
    return [themes.get(name) for name in known]
