"""What the model looks at: for each finding and theme, and for each theme found.

Themes come from two sides: how alike a finding's words are to those of coded findings (as a whole,
sentence by sentence, in its first sentence), and where the codebook's patterns stand. Telling what
is judged from what is named in passing is a matter of place and of rivals, so most of the numbers
below compare a theme with the others of the same finding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.codebook import Codebook, Theme
from analysis.tagger.hits import Hit, hits_of, scores_of
from analysis.tagger.signs import ORDER, signs_of
from analysis.tagger.terms import Matrix, Terms, summed
from analysis.tagger.text import STRAIGHT, Span, clauses_of, sentences_of

CANDIDATE: Final = -3.5
"""Log odds by words alone below which a theme is not looked at any further."""
LIKELY: Final = -1.5
PAIR_FEATURES: Final = (
    "whole", "best sentence", "first sentence", "mean sentence", "any hit", "hits",
    "hit in the first sentence", "heaviest hit", "earliest hit", "sentences with hits",
    "share of hits", "score of hits", "themes with hits", "sentences", "behind the first", "rank",
    "whole with hit", "ahead of the next", "themes above even", "likely themes",
    "behind the second", "behind the third",
)  # fmt: skip
"""Numbers for each finding and theme, in order; the first four are log odds by words alone."""
_VERB: Final = re.compile(r"\b(?:is|are|was|were|has|have|do|does|can|been|be)\b")
_TURN: Final = re.compile(
    r"\b(?:however|although|though|but|while|whilst|despite|yet|nevertheless|not all|some|too|"
    r"still|further)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Piece:
    """A finding cut up: sentences, and clauses with the sentence of each."""

    text: str
    plain: str
    sentences: tuple[Span, ...]
    clauses: tuple[Span, ...]
    owners: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Piece:
        """Cut a finding up."""
        plain = text.translate(STRAIGHT)  # as long as `text`, so spans hold in both
        cut = sentences_of(plain)
        parts = [(i, span) for i, s in enumerate(cut) for span in clauses_of(plain, s)]
        sentences = tuple(cut) or (Span(0, len(plain)),)
        parts = parts or [(0, sentences[0])]
        return cls(text, plain, sentences, tuple(s for _, s in parts), tuple(i for i, _ in parts))


@dataclass(frozen=True)
class Counted:
    """Term counts of all sentences of some findings, with the finding of each sentence."""

    counts: Matrix
    owners: np.ndarray
    findings: int

    @classmethod
    def of(cls, pieces: Sequence[Piece], terms: Terms) -> Counted:
        """Count the terms of every sentence."""
        texts = [p.plain[s.start : s.end] for p in pieces for s in p.sentences]
        owners = np.repeat(np.arange(len(pieces)), [len(p.sentences) for p in pieces])
        return cls(terms.count(texts), owners, len(pieces))

    def whole(self) -> Matrix:
        """Counts of whole findings."""
        return summed(self.counts, self.owners, self.findings)


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
    place = np.zeros((*looked_at.shape, 8))
    for i, (piece, found) in enumerate(zip(pieces, hits, strict=True)):
        _place(place[i], piece, found, themes)
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


def _place(out: np.ndarray, piece: Piece, hits: Sequence[Hit], themes: Sequence[str]) -> None:
    """Fill in where the patterns of each theme stand: any, how many, first, weight, early, …"""
    index = {theme: j for j, theme in enumerate(themes)}
    sentences: dict[int, set[int]] = {}
    length = max(1, len(piece.plain))
    for hit in hits:
        j = index[hit.theme]
        row = out[j]
        row[0] = 1
        row[1] += 1
        row[2] = max(row[2], hit.sentence == 0)
        row[3] = max(row[3], hit.weight)
        row[4] = max(row[4], 1 - hit.span.start / length)
        sentences.setdefault(j, set()).add(hit.sentence)
    for j, held in sentences.items():
        out[j, 5] = len(held) / len(piece.sentences)
        out[j, 6] = out[j, 1] / len(hits)
    for theme, score in scores_of(hits).items():
        out[index[theme], 7] = score
    out[:, 1] = np.log1p(out[:, 1])


# Direction


@dataclass(frozen=True)
class Signs:
    """Signs of a finding, clause by clause: praise, fault (both 0 or 1), and log odds of praise."""

    signs: np.ndarray
    odds: np.ndarray


def read_signs(
    pieces: Sequence[Piece], terms: Terms, weights: np.ndarray, bias: float
) -> list[Signs]:
    """Read the signs of every clause, by the lists of words and by coded findings."""
    texts = [p.plain[s.start : s.end] for p in pieces for s in p.clauses]
    odds = terms.weigh(terms.count(texts)) @ weights + bias
    signs = np.array([signs_of(p.plain, s) for p in pieces for s in p.clauses], dtype=float)
    ends = np.cumsum([len(p.clauses) for p in pieces])[:-1]
    return [Signs(s, o) for s, o in zip(np.split(signs, ends), np.split(odds, ends), strict=True)]


def direction_features(
    piece: Piece, signs: Signs, scope: np.ndarray, themes_found: int
) -> list[float]:
    """Numbers that tell the direction of one theme of a finding.

    Parameters
    ----------
    piece, signs
        The finding.
    scope
        Clauses that speak of the theme: boolean, one for each clause.
    themes_found
        How many themes the finding has.
    """
    owners = np.array(piece.owners)
    sentences = np.isin(owners, owners[scope])
    after = scope.copy()
    starts = np.nonzero(scope)[0]
    after[np.minimum(starts + 1, len(scope) - 1)] = True
    words = " ".join(
        piece.plain[piece.clauses[i].start : piece.clauses[i].end] for i in np.nonzero(sentences)[0]
    )
    numbers: list[float] = []
    for mask in (scope, sentences, after, np.ones(len(scope), dtype=bool)):
        odds, held = signs.odds[mask], signs.signs[mask]
        praise, fault = held[:, 0].sum(), held[:, 1].sum()
        numbers += [
            odds.mean(), odds.min(), odds.max(), praise, fault, float(bool(praise and fault)),
            float((odds > 0).mean()),
        ]  # fmt: skip
    numbers += [
        float(ORDER.match(piece.plain) is not None), float(_VERB.search(piece.plain) is None),
        len(piece.clauses), len(piece.sentences), float(scope.mean()),
        len(_TURN.findall(words)), len(_TURN.findall(piece.plain)),
        signs.odds[0], signs.odds[-1], signs.odds[starts[0]], themes_found,
    ]  # fmt: skip
    return [float(number) for number in numbers]


def scope_of(piece: Piece, hits: Sequence[Hit], best_sentence: int) -> np.ndarray:
    """Clauses that speak of a theme: those with its hits, else those of its best sentence."""
    held = [
        any(clause.start <= hit.span.start < clause.end for hit in hits) for clause in piece.clauses
    ]
    if not any(held):
        held = [owner == best_sentence for owner in piece.owners]
    return np.array(held if any(held) else [True] * len(piece.clauses))


def model_themes(codebook: Codebook, known: Sequence[str]) -> list[Theme | None]:
    """Themes of the codebook in the model's order; None for those that it no longer holds."""
    themes = {theme.id: theme for theme in codebook.themes}
    return [themes.get(name) for name in known]
