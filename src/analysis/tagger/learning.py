"""Learning the model from coded findings, and measuring it on authorities never seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from analysis.codebook import Codebook
from analysis.tagger.curves import PLACES, Linear, expand, knots_of
from analysis.tagger.features import (
    PAIR_FEATURES,
    Counted,
    Piece,
    Signs,
    candidates,
    direction_features,
    found_hits,
    model_themes,
    pair_features,
    read_signs,
    scope_of,
    word_odds,
)
from analysis.tagger.model import DIRECTIONS, Model, best_sentences, fingerprint
from analysis.tagger.terms import Terms

THRESHOLD: Final = 0.35
"""Probability from which on a theme is given: best on the outside coders' paragraphs, held out."""
FOLDS: Final = 5
WORD_STRENGTH: Final = 30.0
CLAUSE_STRENGTH: Final = 5.0
PAIR_STRENGTH: Final = 0.01
DIRECTION_STRENGTH: Final = 0.01
"""Inverse strengths of the penalties."""
WEIGHT_PLACES: Final = 3
NEVER: Final = -20.0
"""Log odds of what is never told."""
_BENT: Final = tuple(
    PAIR_FEATURES.index(name)
    for name in (
        "whole", "best sentence", "first sentence", "mean sentence", "heaviest hit",
        "earliest hit", "share of hits", "score of hits", "behind the first",
        "ahead of the next", "behind the second", "behind the third",
    )
)  # fmt: skip
_CROSSED: Final = tuple(
    PAIR_FEATURES.index(name)
    for name in (
        "whole",
        "first sentence",
        "score of hits",
        "behind the first",
        "ahead of the next",
    )
)
_GROUPED: Final = tuple(
    PAIR_FEATURES.index(name)
    for name in ("whole", "best sentence", "first sentence", "any hit", "score of hits")
)
_DIRECTION_BENT: Final = (0, 1, 2, 6, 7, 8, 9, 13, 14, 15, 16, 20, 21, 22, 23, 27, 32, 35, 36, 37)
_DIRECTION_CROSSED: Final = (0, 1, 2, 7, 8, 9, 14, 15, 16, 21, 22, 23, 35, 36, 37)


@dataclass(frozen=True)
class Coded:
    """Coded findings to learn from.

    Attributes
    ----------
    texts
        As published.
    codes
        Theme to direction, for each.
    authorities
        Whose finding it is: whole authorities are held out.
    strict
        Whether the outside coders coded it, who give fewer themes in passing.
    """

    texts: Sequence[str]
    codes: Sequence[Mapping[str, str]]
    authorities: Sequence[str]
    strict: np.ndarray

    def take(self, rows: np.ndarray) -> Coded:
        """Keep some rows."""
        return Coded(
            [self.texts[i] for i in rows],
            [self.codes[i] for i in rows],
            [self.authorities[i] for i in rows],
            self.strict[rows],
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
    odds, signs = _held_out(coded, pieces, given)
    looked_at = candidates(odds)
    hits = found_hits(pieces, looked_at, model_themes(codebook, themes))
    rows, columns, table = pair_features(odds, looked_at, pieces, hits, themes)
    pairs = _linear(
        table, columns, given[rows, columns].astype(int), coded.strict[rows], len(themes),
        (_BENT, _CROSSED, _GROUPED), PAIR_STRENGTH,
    )  # fmt: skip
    clause_terms, clause_weights, clause_bias = _clauses(pieces, coded.codes)
    counted = Counted.of(pieces, terms)
    best = best_sentences(counted, terms, weights)
    numbers, groups, told, strict = [], [], [], []
    every_hit = found_hits(pieces, given, model_themes(codebook, themes))
    for i, codes in enumerate(coded.codes):
        for j, theme in enumerate(themes):
            if theme in codes:
                own = [hit for hit in every_hit[i] if hit.theme == theme]
                scope = scope_of(pieces[i], own, best(i, j))
                numbers.append(direction_features(pieces[i], signs[i], scope, len(codes)))
                groups.append(j)
                told.append(DIRECTIONS.index(codes[theme]))
                strict.append(coded.strict[i])
    directions = _linear(
        np.array(numbers), np.array(groups), np.array(told), np.array(strict), len(themes),
        (_DIRECTION_BENT, _DIRECTION_CROSSED, ()), DIRECTION_STRENGTH, len(DIRECTIONS),
    )  # fmt: skip
    return Model(
        themes=themes,
        definitions=tuple(map(fingerprint, codebook.themes)),
        terms=terms,
        weights=weights,
        bias=bias,
        pairs=pairs,
        threshold=threshold,
        clause_terms=clause_terms,
        clause_weights=clause_weights,
        clause_bias=clause_bias,
        directions=directions,
    )


def folds(coded: Coded, count: int = FOLDS) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Split into parts of whole authorities: rows to learn from, rows held out."""
    yield from GroupKFold(count).split(coded.texts, groups=coded.authorities)


def _words(pieces: Sequence[Piece], given: np.ndarray) -> tuple[Terms, np.ndarray, np.ndarray]:
    terms = Terms.learn([piece.plain for piece in pieces], longest=2)
    table = terms.weigh(Counted.of(pieces, terms).whole())
    fitted = [_logistic(WORD_STRENGTH).fit(table, column) for column in given.T.astype(int)]
    weights = np.column_stack([one.coef_[0] for one in fitted])
    bias = np.array([one.intercept_[0] for one in fitted])
    return terms, np.round(weights, WEIGHT_PLACES), np.round(bias, PLACES)


def _clauses(
    pieces: Sequence[Piece], codes: Sequence[Mapping[str, str]]
) -> tuple[Terms, np.ndarray, float]:
    """Learn praise and fault from the clauses of findings that go all one way."""
    texts, praise = [], []
    for piece, given in zip(pieces, codes, strict=True):
        directions = set(given.values())
        if directions in ({"strength"}, {"weakness"}):
            texts += [piece.plain[span.start : span.end] for span in piece.clauses]
            praise += [int("strength" in directions)] * len(piece.clauses)
    terms = Terms.learn(texts, longest=3)
    fitted = _logistic(CLAUSE_STRENGTH).fit(terms.weigh(terms.count(texts)), praise)
    weights = np.round(fitted.coef_[0], WEIGHT_PLACES)
    return terms, weights, float(np.round(fitted.intercept_[0], PLACES))


def _held_out(
    coded: Coded, pieces: Sequence[Piece], given: np.ndarray
) -> tuple[np.ndarray, list[Signs]]:
    """Odds of themes and signs of clauses, each from words learned on other authorities only."""
    odds = np.zeros((*given.shape, 4))
    signs: list[Signs | None] = [None] * len(pieces)
    for rows, held in folds(coded):
        own, others = [pieces[i] for i in rows], [pieces[i] for i in held]
        terms, weights, bias = _words(own, given[rows])
        odds[held] = word_odds(Counted.of(others, terms), terms, weights, bias)
        clause = _clauses(own, [coded.codes[i] for i in rows])
        for i, read in zip(held, read_signs(others, *clause), strict=True):
            signs[i] = read
    return odds, [one for one in signs if one is not None]


def _linear(
    numbers: np.ndarray,
    group: np.ndarray,
    told: np.ndarray,
    strict: np.ndarray,
    groups: int,
    columns: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]],
    strength: float,
    classes: int = 1,
) -> Linear:
    bent, crossed, grouped = columns
    knots = knots_of(numbers, bent)
    table = expand(numbers, group, bent, knots, crossed, grouped, groups, strict)
    scaler = StandardScaler().fit(table)
    weights, bias = _classes(scaler.transform(table), told, strength, classes)
    weights = weights / scaler.scale_[:, None]
    bias = bias - scaler.mean_ @ weights
    return Linear(
        bent, knots, crossed, grouped, groups, np.round(weights, PLACES), np.round(bias, PLACES)
    )


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
    fitted = LogisticRegression(C=strength, max_iter=1000, tol=1e-6).fit(table, told)
    if classes == 1:
        return fitted.coef_.T, fitted.intercept_
    two = len(seen) == 2  # noqa: PLR2004 - then one set of weights stands for both
    weights[:, seen] = np.vstack([-fitted.coef_, fitted.coef_]).T / 2 if two else fitted.coef_.T
    own = fitted.intercept_
    bias[seen] = np.hstack([-own, own]) / 2 if two else own
    return weights, bias


def _logistic(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, solver="liblinear", max_iter=300, random_state=0)
