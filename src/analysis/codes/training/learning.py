"""Learning the model from coded findings, and letting its parts learn from each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from analysis.codes.tagger.curves import PLACES, Linear, expand, knots_of
from analysis.codes.tagger.directions import (
    DIRECTIONS,
    SAID,
    SIGN_FEATURES,
    WORDED,
    Clauses,
    Scope,
    clause_texts,
    scope_of,
    sign_numbers,
    view_counts,
    views_of,
    word_numbers,
)
from analysis.codes.tagger.features import (
    PAIR_FEATURES,
    candidates,
    found_hits,
    model_themes,
    pair_features,
    pattern_numbers,
    word_odds,
)
from analysis.codes.tagger.hits import Hit
from analysis.codes.tagger.model import Model, best_sentences, patterns_of
from analysis.codes.tagger.pieces import Counted, Piece
from analysis.codes.tagger.terms import Matrix, Terms
from analysis.data.codebook import Codebook

THRESHOLD: Final = 0.375
"""Probability from which on a theme is given: chosen on paragraphs held out."""
FOLDS: Final = 5
WORD_STRENGTH: Final = 30.0
CLAUSE_STRENGTH: Final = 5.0
SCOPE_STRENGTH: Final = 5.0
PAIR_STRENGTH: Final = 0.01
DIRECTION_STRENGTH: Final = 0.01
"""Inverse strengths of the penalties."""
PATTERN_SCALE: Final = 3.0
"""How much more freely the weights of single patterns are learned than those of other numbers."""
WEIGHT_PLACES: Final = 3
NEVER: Final = -20.0
"""Log odds of what is never told."""
_BENT: Final = tuple(
    PAIR_FEATURES.index(name)
    for name in (
        "whole", "best sentence", "first sentence", "mean sentence", "heaviest hit",
        "earliest hit", "share of hits", "score of hits", "nearness of a sign",
        "alone in its clause", "behind the first", "ahead of the next", "behind the second",
        "behind the third",
    )
)  # fmt: skip
_CROSSED: Final = tuple(
    PAIR_FEATURES.index(name)
    for name in (
        "whole",
        "first sentence",
        "score of hits",
        "nearness of a sign",
        "first in its sentence",
        "behind the first",
        "ahead of the next",
    )
)
_GROUPED: Final = tuple(
    PAIR_FEATURES.index(name)
    for name in (
        "whole", "best sentence", "first sentence", "any hit", "score of hits",
        "nearness of a sign", "subject of a verb", "first in its sentence",
    )
)  # fmt: skip
_WORDS: Final = tuple(range(SIGN_FEATURES, SIGN_FEATURES + SAID * len(WORDED)))
_DIRECTION_BENT: Final = (
    0, 1, 2, 6, 7, 8, 9, 13, 14, 15, 16, 20, 21, 22, 23, 27, 32, 35, 36, 37, *_WORDS,
)  # fmt: skip
_DIRECTION_CROSSED: Final = (0, 1, 2, 7, 8, 9, 14, 15, 16, 21, 22, 23, 35, 36, 37, *_WORDS)


@dataclass(frozen=True)
class Coded:
    """Coded findings to learn from.

    Attributes
    ----------
    texts
        As published.
    codes
        Theme to direction, for each.
    documents
        Where it stands: whole documents are held out where a part of the model learns from what
        another says.
    """

    texts: Sequence[str]
    codes: Sequence[Mapping[str, str]]
    documents: Sequence[str]

    def take(self, rows: np.ndarray) -> Coded:
        """Keep some rows."""
        return Coded(
            [self.texts[i] for i in rows],
            [self.codes[i] for i in rows],
            [self.documents[i] for i in rows],
        )


def learn(coded: Coded, codebook: Codebook, threshold: float = THRESHOLD) -> Model:
    """Learn the model from coded findings.

    Parameters
    ----------
    coded
        What to learn from.
    codebook
        Its themes, in order, are the model's.
    threshold
        Probability from which on a theme is given.
    """
    themes = codebook.ids
    pieces = [Piece.of(text) for text in coded.texts]
    given = np.array([[theme in codes for theme in themes] for codes in coded.codes])
    terms, weights, bias = _words(pieces, given)
    clause_terms, clause_weights, clause_bias = _clauses(pieces, coded.codes)
    held = _held_out(coded, pieces, given, clause_terms)
    looked_at = candidates(held.odds)
    hits = found_hits(pieces, looked_at, model_themes(codebook, themes))
    rows, columns, table = pair_features(held.odds, looked_at, pieces, hits, themes)
    patterns = patterns_of(codebook)
    numbers = {pattern: number for number, pattern in enumerate(patterns)}
    pairs, pattern_weights = _linear(
        table, columns, given[rows, columns].astype(int), len(themes),
        (_BENT, _CROSSED, _GROUPED), PAIR_STRENGTH,
        beside=pattern_numbers(looked_at, hits, themes, numbers),
    )  # fmt: skip
    given_scopes = _given_scopes(coded, pieces, hits, held.best, themes)
    scope_weights, directions = _directions(coded, given_scopes, held, clause_terms, len(themes))
    return Model(
        themes=themes,
        definitions=tuple(theme.fingerprint for theme in codebook.themes),
        terms=terms,
        weights=weights,
        bias=bias,
        pairs=pairs,
        patterns=patterns,
        pattern_weights=pattern_weights,
        threshold=threshold,
        clause_terms=clause_terms,
        clause_weights=clause_weights,
        clause_bias=clause_bias,
        scope_weights=scope_weights,
        directions=directions,
    )


def _directions(
    coded: Coded,
    given: tuple[list[Scope], np.ndarray],
    held: _HeldOut,
    terms: Terms,
    themes: int,
) -> tuple[np.ndarray, Linear]:
    """Learn the words of a direction, and the direction itself, from scopes of all codes given."""
    scopes, told = given
    taken = views_of(scopes, held.clauses)
    counts = view_counts(taken, held.clauses)
    words = _held_out_words(coded, scopes, counts, terms, told)
    directions, _ = _linear(
        np.hstack([sign_numbers(scopes, taken, held.clauses), words]),
        np.array([scope.theme for scope in scopes]), told, themes,
        (_DIRECTION_BENT, _DIRECTION_CROSSED, ()), DIRECTION_STRENGTH, len(DIRECTIONS),
    )  # fmt: skip
    return _scope_words(counts, terms, told), directions


def folds(coded: Coded, count: int = FOLDS) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Split into parts of whole documents: rows to learn from, rows held out."""
    yield from GroupKFold(count).split(coded.texts, groups=coded.documents)


def _words(pieces: Sequence[Piece], given: np.ndarray) -> tuple[Terms, np.ndarray, np.ndarray]:
    terms = Terms.learn([piece.plain for piece in pieces], longest=2)
    table = terms.weigh(Counted.of(pieces, terms).whole())
    fitted = [_logistic(WORD_STRENGTH).fit(table, column) for column in given.T.astype(int)]
    weights = np.column_stack([one.coef_[0] for one in fitted])
    bias = np.array([one.intercept_[0] for one in fitted])
    return terms, np.round(weights, WEIGHT_PLACES), np.round(bias, PLACES)


def _clauses(
    pieces: Sequence[Piece], codes: Sequence[Mapping[str, str]], terms: Terms | None = None
) -> tuple[Terms, np.ndarray, float]:
    """Learn praise and fault from the clauses of findings that go all one way."""
    held, praise = [], []
    for piece, given in zip(pieces, codes, strict=True):
        directions = set(given.values())
        if directions in ({"strength"}, {"weakness"}):
            held.append(piece)
            praise += [int("strength" in directions)] * len(piece.clauses)
    texts = clause_texts(held)
    terms = terms or Terms.learn(texts, longest=3)
    fitted = _logistic(CLAUSE_STRENGTH).fit(terms.weigh(terms.count(texts)), praise)
    weights = np.round(fitted.coef_[0], WEIGHT_PLACES)
    return terms, weights, float(np.round(fitted.intercept_[0], PLACES))


@dataclass(frozen=True)
class _HeldOut:
    """What models say that were learned on other documents only.

    `odds` of themes by words, `best` sentence for each finding and theme, and `clauses` with the
    odds of praise.
    """

    odds: np.ndarray
    best: np.ndarray
    clauses: Clauses


def _held_out(
    coded: Coded, pieces: Sequence[Piece], given: np.ndarray, clause_terms: Terms
) -> _HeldOut:
    odds, best = np.zeros((*given.shape, 4)), np.zeros(given.shape, dtype=int)
    counted = clause_terms.count(clause_texts(pieces))
    starts = np.concatenate([[0], np.cumsum([len(piece.clauses) for piece in pieces])])
    praise = np.zeros(starts[-1])
    for rows, held in folds(coded):
        own, others = [pieces[i] for i in rows], [pieces[i] for i in held]
        terms, weights, bias = _words(own, given[rows])
        counts = Counted.of(others, terms)
        odds[held] = word_odds(counts, terms, weights, bias)
        best[held] = best_sentences(counts, terms, weights)
        _, clause_weights, clause_bias = _clauses(own, [coded.codes[i] for i in rows], clause_terms)
        spans = np.concatenate([np.arange(starts[i], starts[i + 1]) for i in held])
        praise[spans] = clause_terms.weigh(counted[spans]) @ clause_weights + clause_bias
    return _HeldOut(odds, best, Clauses(pieces, starts, counted, praise))


def _given_scopes(
    coded: Coded,
    pieces: Sequence[Piece],
    hits: Sequence[Sequence[Hit]],
    best: np.ndarray,
    themes: Sequence[str],
) -> tuple[list[Scope], np.ndarray]:
    """Scopes of all codes given, and their directions."""
    scopes, told = [], []
    for i, codes in enumerate(coded.codes):
        for j, theme in enumerate(themes):
            if theme in codes:
                own = [hit for hit in hits[i] if hit.theme == theme]
                scopes.append(Scope(i, j, scope_of(pieces[i], own, int(best[i, j]))))
                told.append(DIRECTIONS.index(codes[theme]))
    return scopes, np.array(told)


def _scope_words(counts: Sequence[Matrix], terms: Terms, told: np.ndarray) -> np.ndarray:
    """Weights of words for each direction that can be told from words: views x terms x `SAID`."""
    weights = np.zeros((len(counts), len(terms.words), SAID))
    for view, held in enumerate(counts):
        table = terms.weigh(held)
        for direction in range(SAID):
            given = (told == direction).astype(int)
            if len(np.unique(given)) > 1:
                fitted = _logistic(SCOPE_STRENGTH).fit(table, given)
                weights[view, :, direction] = fitted.coef_[0]
    return np.round(weights, 2)


def _held_out_words(
    coded: Coded, scopes: Sequence[Scope], counts: Sequence[Matrix], terms: Terms, told: np.ndarray
) -> np.ndarray:
    """Log odds of directions by words, each from words learned on other documents only."""
    owners = np.array([scope.finding for scope in scopes])
    numbers = np.zeros((len(scopes), SAID * len(counts)))
    for rows, held in folds(coded):
        own, others = np.isin(owners, rows), np.isin(owners, held)
        weights = _scope_words([one[own] for one in counts], terms, told[own])
        numbers[others] = word_numbers([one[others] for one in counts], terms, weights)
    return numbers


def _linear(
    numbers: np.ndarray,
    group: np.ndarray,
    told: np.ndarray,
    groups: int,
    columns: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]],
    strength: float,
    classes: int = 1,
    *,
    beside: Matrix | None = None,
) -> tuple[Linear, np.ndarray]:
    """Fit a linear model; `beside` are columns that it takes as they are, with their weights."""
    bent, crossed, grouped = columns
    knots = knots_of(numbers, bent)
    table = expand(numbers, group, bent, knots, crossed, grouped, groups)
    scaler = StandardScaler().fit(table)
    width = table.shape[1]
    table = scaler.transform(table)
    if beside is not None:
        table = np.hstack([table, beside.toarray() * PATTERN_SCALE])
    weights, bias = _classes(table, told, strength, classes)
    own = weights[:width] / scaler.scale_[:, None]
    bias = bias - scaler.mean_ @ own
    linear = Linear(
        bent, knots, crossed, grouped, groups, np.round(own, PLACES), np.round(bias, PLACES)
    )
    return linear, np.round(weights[width:, 0] * PATTERN_SCALE, PLACES)


def _classes(
    table: np.ndarray, told: np.ndarray, strength: float, classes: int
) -> tuple[np.ndarray, np.ndarray]:
    """Weights and biases of so many classes, or of one that is either true (1) or not (0).

    A class that nobody gave gets a bias that keeps it from ever being told.
    """
    weights, bias = np.zeros((table.shape[1], classes)), np.full(classes, NEVER)
    seen = np.unique(told)
    if len(seen) == 1:
        bias[0 if classes == 1 else seen[0]] = -NEVER if classes > 1 or seen[0] else NEVER
        return weights, bias
    fitted = LogisticRegression(C=strength, max_iter=1000, tol=1e-5).fit(table, told)
    if classes == 1:
        return fitted.coef_.T, fitted.intercept_
    two = len(seen) == 2  # noqa: PLR2004 - then one set of weights stands for both
    weights[:, seen] = np.vstack([-fitted.coef_, fitted.coef_]).T / 2 if two else fitted.coef_.T
    own = fitted.intercept_
    bias[seen] = np.hstack([-own, own]) / 2 if two else own
    return weights, bias


def _logistic(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, solver="liblinear", max_iter=300, random_state=0)
