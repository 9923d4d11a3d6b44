"""What tells the direction of a theme: praise and fault, clause by clause, where it is spoken of.

Each code is looked at four times over: the clauses that speak of its theme, the sentences that
hold them, those clauses with the next, and the whole finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse

from analysis.codes.tagger.hits import Hit
from analysis.codes.tagger.pieces import Piece
from analysis.codes.tagger.signs import ORDER
from analysis.codes.tagger.terms import Matrix, Terms

DIRECTIONS: Final = ("strength", "mixed", "weakness", "neutral")
SAID: Final = 3
"""Directions told from words; neutral is too rare."""
WORDED: Final = (0, 1, 3)
"""Of the four views of a code, those whose words are weighed."""
VIEWS: Final = 4
SIGN_FEATURES: Final = 39
_VERB: Final = re.compile(r"\b(?:is|are|was|were|has|have|do|does|can|been|be)\b")
_TURN: Final = re.compile(
    r"\b(?:however|although|though|but|while|whilst|despite|yet|nevertheless|not all|some|too|"
    r"still|further)\b"
)


@dataclass(frozen=True)
class Clauses:
    """All clauses of some findings, one after another.

    Attributes
    ----------
    starts
        First clause of each finding, and the number of all at the end.
    counts
        Terms of each clause.
    odds
        Log odds of praise against fault.
    """

    pieces: Sequence[Piece]
    starts: np.ndarray
    counts: Matrix
    odds: np.ndarray

    @classmethod
    def of(cls, pieces: Sequence[Piece], terms: Terms, weights: np.ndarray, bias: float) -> Clauses:
        """Read the clauses of findings."""
        counts = terms.count(clause_texts(pieces))
        starts = np.concatenate([[0], np.cumsum([len(piece.clauses) for piece in pieces])])
        return cls(pieces, starts, counts, terms.weigh(counts) @ weights + bias)


@dataclass(frozen=True)
class Scope:
    """A code to be given a direction: its finding, theme, and the clauses that speak of it."""

    finding: int
    theme: int
    clauses: tuple[int, ...]


def clause_texts(pieces: Iterable[Piece]) -> list[str]:
    """Words of every clause."""
    return [piece.plain[span.start : span.end] for piece in pieces for span in piece.clauses]


def scope_of(piece: Piece, hits: Sequence[Hit], best_sentence: int) -> tuple[int, ...]:
    """Clauses that speak of a theme: those with its hits, else those of its best sentence."""
    held = tuple(
        number
        for number, clause in enumerate(piece.clauses)
        if any(clause.start <= hit.span.start < clause.end for hit in hits)
    )
    if held:
        return held
    best = tuple(n for n, owner in enumerate(piece.owners) if owner == best_sentence)
    return best or tuple(range(len(piece.clauses)))


View = tuple[np.ndarray, np.ndarray]
"""Numbers of clauses, code after code, and where each code begins."""


def views_of(scopes: Sequence[Scope], clauses: Clauses) -> list[View]:
    """Clauses that each view of each code takes in."""
    parts: list[list[Sequence[int]]] = [[] for _ in range(VIEWS)]
    for scope in scopes:
        piece = clauses.pieces[scope.finding]
        first = int(clauses.starts[scope.finding])
        count = len(piece.clauses)
        owners = {piece.owners[n] for n in scope.clauses}
        after = {*scope.clauses, *(min(n + 1, count - 1) for n in scope.clauses)}
        for part, held in zip(
            parts,
            (
                scope.clauses,
                [n for n, owner in enumerate(piece.owners) if owner in owners],
                sorted(after),
                range(count),
            ),
            strict=True,
        ):
            part.append([first + n for n in held])
    return [
        (
            np.concatenate([np.asarray(held, dtype=int) for held in part]),
            np.concatenate([[0], np.cumsum([len(held) for held in part])[:-1]]),
        )
        for part in parts
    ]


def sign_numbers(scopes: Sequence[Scope], taken: Sequence[View], clauses: Clauses) -> np.ndarray:
    """Numbers by signs and by learned odds of praise: codes x `SIGN_FEATURES`."""
    pieces = clauses.pieces
    praise = np.array([float(bool(s)) for piece in pieces for s in piece.praise])
    fault = np.array([float(bool(s)) for piece in pieces for s in piece.fault])
    turns = np.array([len(_TURN.findall(text)) for text in clause_texts(pieces)], dtype=float)
    columns: list[np.ndarray] = []
    sizes = []
    for held, starts in taken:
        size = np.diff(np.append(starts, len(held)))
        sizes.append(size)
        odds = clauses.odds[held]
        good, bad = (np.add.reduceat(sign[held], starts) for sign in (praise, fault))
        columns += [
            np.add.reduceat(odds, starts) / size,
            np.minimum.reduceat(odds, starts),
            np.maximum.reduceat(odds, starts),
            good,
            bad,
            (good > 0) & (bad > 0),
            np.add.reduceat((odds > 0).astype(float), starts) / size,
        ]
    owner = np.array([scope.finding for scope in scopes])
    begins = np.array([ORDER.match(piece.plain) is not None for piece in pieces])
    verbless = np.array([_VERB.search(piece.plain) is None for piece in pieces])
    counts = np.array([(len(piece.clauses), len(piece.sentences)) for piece in pieces])
    themes = np.bincount(owner, minlength=len(pieces))
    firsts, lasts = clauses.starts[:-1], clauses.starts[1:] - 1
    columns += [
        begins[owner],
        verbless[owner],
        counts[owner, 0],
        counts[owner, 1],
        sizes[0] / sizes[3],
        np.add.reduceat(turns[taken[1][0]], taken[1][1]),
        np.add.reduceat(turns[taken[3][0]], taken[3][1]),
        clauses.odds[firsts[owner]],
        clauses.odds[lasts[owner]],
        clauses.odds[taken[0][0][taken[0][1]]],
        themes[owner],
    ]
    return np.column_stack(columns).astype(float)


def view_counts(taken: Sequence[View], clauses: Clauses) -> list[Matrix]:
    """Terms of each code in each of the `WORDED` views."""
    return [_gathered(*taken[view], clauses.counts) for view in WORDED]


def word_numbers(counts: Sequence[Matrix], terms: Terms, weights: np.ndarray) -> np.ndarray:
    """Log odds of the `SAID` directions by the words of each view: codes x views and directions."""
    return np.hstack([terms.weigh(held) @ weights[view] for view, held in enumerate(counts)])


def _gathered(held: np.ndarray, starts: np.ndarray, counts: Matrix) -> Matrix:
    ends = np.append(starts, len(held))
    gather = sparse.csr_matrix((np.ones(len(held)), held, ends), (len(starts), counts.shape[0]))
    return gather @ counts
