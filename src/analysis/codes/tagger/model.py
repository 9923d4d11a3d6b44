"""The learned tagger: which themes a finding judges, in which direction, and on what evidence.

A linear model over words proposes themes; a second one, over the numbers of `features`, decides
which of them are judged and not only named; a third tells the direction. Everything learned is an
array of rounded numbers in one file, which executes nothing when it is read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from analysis.codes.tagger.arrays import lines_of, read_arrays
from analysis.codes.tagger.curves import Linear
from analysis.codes.tagger.directions import (
    DIRECTIONS,
    Clauses,
    Scope,
    scope_of,
    sign_numbers,
    view_counts,
    views_of,
    word_numbers,
)
from analysis.codes.tagger.features import (
    candidates,
    found_hits,
    model_themes,
    pair_features,
    pattern_numbers,
    word_odds,
)
from analysis.codes.tagger.hits import Hit
from analysis.codes.tagger.pieces import Counted, Piece
from analysis.codes.tagger.terms import Terms
from analysis.data.codebook import Codebook, Theme
from analysis.errors import FindingsError
from analysis.files import write_bytes

MODEL: Final = Path(__file__).with_name("model.npz")
BATCH: Final = 2_000
"""Findings tagged at a time, so that memory does not grow with their number."""
_LINEARS: Final = ("pairs", "directions")
_TERMS: Final = ("terms", "clause_terms")


class Tag(NamedTuple):
    """A theme found: which finding (by its place), direction, score, and where the evidence is."""

    finding: int
    theme: str
    direction: str
    score: float
    start: int
    end: int


class _Judged(NamedTuple):
    """A finding's theme, both by their places, with its hits, best sentence and direction."""

    finding: int
    theme: int
    hits: Sequence[Hit]
    best: int
    direction: str


@dataclass(frozen=True)
class Model:
    """Everything learned.

    Attributes
    ----------
    themes
        Ids, in the model's order.
    definitions
        Fingerprints of what each theme meant when the model learned it.
    terms, weights, bias
        Words, and their weight for each theme.
    pairs, threshold
        What decides on a theme, and from which probability on it is given.
    patterns, pattern_weights
        Theme and pattern, and what a hit of it adds to the log odds of its theme.
    clause_terms, clause_weights, clause_bias
        Words, and their weight for praise against fault in a clause.
    scope_weights
        Weight of those words for each direction: views of a code x terms x directions.
    directions
        What tells the direction.
    """

    themes: tuple[str, ...]
    definitions: tuple[str, ...]
    terms: Terms
    weights: np.ndarray
    bias: np.ndarray
    pairs: Linear
    patterns: tuple[tuple[str, str], ...]
    pattern_weights: np.ndarray
    threshold: float
    clause_terms: Terms
    clause_weights: np.ndarray
    clause_bias: float
    scope_weights: np.ndarray
    directions: Linear

    def knows(self, theme: Theme) -> bool:
        """Whether the model learned this theme as the codebook defines it."""
        return (theme.id, fingerprint(theme)) in set(
            zip(self.themes, self.definitions, strict=True)
        )

    def tag(self, texts: Sequence[str], codebook: Codebook) -> Iterator[Tag]:
        """Tag texts, in order; themes that the codebook does not hold are not given."""
        for start in range(0, len(texts), BATCH):
            for tag in self._tag(texts[start : start + BATCH], codebook):
                yield tag._replace(finding=tag.finding + start)

    def _tag(self, texts: Sequence[str], codebook: Codebook) -> Iterator[Tag]:
        pieces = [Piece.of(text) for text in texts]
        themes = model_themes(codebook, self.themes)
        counted = Counted.of(pieces, self.terms)
        odds = word_odds(counted, self.terms, self.weights, self.bias)
        held = np.array([theme is not None for theme in themes])
        looked_at = candidates(odds) & held
        hits = found_hits(pieces, looked_at, themes)
        rows, columns, table = pair_features(odds, looked_at, pieces, hits, self.themes)
        numbers = {pattern: number for number, pattern in enumerate(self.patterns)}
        told_by = pattern_numbers(looked_at, hits, self.themes, numbers) @ self.pattern_weights
        log_odds = self.pairs.odds(table, columns)[:, 0] + told_by
        scores = 1 / (1 + np.exp(-log_odds))
        kept = np.nonzero(scores >= self.threshold)[0]
        if not len(kept):
            return
        pairs = list(zip(rows[kept].tolist(), columns[kept].tolist(), strict=True))
        for judged, k in zip(self._judged(pieces, counted, hits, pairs), kept, strict=True):
            i, j = judged.finding, judged.theme
            start, end = evidence_of(pieces[i], judged.hits, judged.best, judged.direction)
            score = round(float(scores[k]), 3)
            yield Tag(i, self.themes[j], judged.direction, score, start, end)

    def judge(
        self, texts: Sequence[str], codebook: Codebook, found: Sequence[tuple[int, str]]
    ) -> list[str]:
        """Tell the direction of themes that somebody else found in texts.

        Parameters
        ----------
        found
            Place of a text and theme, one that the model knows.
        """
        if not found:
            return []
        pieces = [Piece.of(text) for text in texts]
        pairs = [(i, self.themes.index(theme)) for i, theme in found]
        looked_at = np.zeros((len(pieces), len(self.themes)), dtype=bool)
        looked_at[tuple(np.array(pairs).T)] = True
        hits = found_hits(pieces, looked_at, model_themes(codebook, self.themes))
        counted = Counted.of(pieces, self.terms)
        return [judged.direction for judged in self._judged(pieces, counted, hits, pairs)]

    def _judged(
        self, pieces: Sequence[Piece], counted: Counted, hits: Sequence[Sequence[Hit]],
        pairs: Sequence[tuple[int, int]],
    ) -> list[_Judged]:  # fmt: skip
        """Give findings' themes, both by their places, a direction each."""
        best = best_sentences(counted, self.terms, self.weights)
        clauses = Clauses.of(pieces, self.clause_terms, self.clause_weights, self.clause_bias)
        held = [[h for h in hits[i] if h.theme == self.themes[j]] for i, j in pairs]
        scopes = [
            Scope(i, j, scope_of(pieces[i], own, int(best[i, j])))
            for (i, j), own in zip(pairs, held, strict=True)
        ]
        told = self._directions(scopes, clauses)
        return [
            _Judged(i, j, own, int(best[i, j]), DIRECTIONS[which])
            for (i, j), own, which in zip(pairs, held, told, strict=True)
        ]

    def _directions(self, scopes: Sequence[Scope], clauses: Clauses) -> np.ndarray:
        taken = views_of(scopes, clauses)
        words = word_numbers(view_counts(taken, clauses), self.clause_terms, self.scope_weights)
        table = np.hstack([sign_numbers(scopes, taken, clauses), words])
        themes = np.array([scope.theme for scope in scopes])
        return np.asarray(self.directions.odds(table, themes).argmax(axis=1))

    def save(self, path: Path) -> None:
        """Write the model: arrays only, compressed, the same bytes for the same numbers.

        Raises
        ------
        MachineError
            If it cannot be written; the old model is then unchanged.
        """
        arrays: dict[str, Any] = {
            "themes": _packed(self.themes),
            "definitions": _packed(self.definitions),
            "weights": self.weights.astype(np.float32),
            "bias": self.bias,
            "patterns": _packed([f"{theme} {pattern}" for theme, pattern in self.patterns]),
            "pattern_weights": self.pattern_weights,
            "threshold": np.array(self.threshold),
            "clause_weights": self.clause_weights.astype(np.float32),
            "clause_bias": np.array(self.clause_bias),
            "scope_weights": self.scope_weights.astype(np.float16),
        }
        for name in _TERMS:
            terms: Terms = getattr(self, name)
            arrays |= {
                f"{name}_words": _packed(terms.words),
                f"{name}_idf": terms.idf.astype(np.float32),
                f"{name}_longest": np.array(terms.longest),
            }
        for name in _LINEARS:
            for part, value in vars(getattr(self, name)).items():
                arrays[f"{name}_{part}"] = np.asarray(value)
        buffer = io.BytesIO()
        np.savez_compressed(buffer, **arrays)
        write_bytes(path, buffer.getvalue())

    @classmethod
    def load(cls, path: Path = MODEL) -> Model:
        """Read a model; nothing in the file is ever executed.

        Raises
        ------
        FindingsError
            If the file is missing or is no model, or one of another version.
        """
        try:
            return _from_arrays(read_arrays(path))
        except (OSError, MemoryError, ValueError) as error:
            raise FindingsError(
                f"The tagger's model {path} cannot be read ({error}). "
                "Restore it from the repository, or make it with `findings train`."
            ) from error


def fingerprint(theme: Theme) -> str:
    """Fingerprint of what a theme means: its definition, in the codebook's words."""
    return theme.fingerprint


@cache
def shipped_model() -> Model:
    """Read the model that comes with the package, once."""
    return Model.load()


def _from_arrays(arrays: dict[str, np.ndarray]) -> Model:
    terms = {
        name: Terms(
            lines_of(arrays[f"{name}_words"]),
            arrays[f"{name}_idf"].astype(float),
            int(arrays[f"{name}_longest"]),
        )
        for name in _TERMS
    }
    linears = {
        name: Linear(
            bent=tuple(map(int, arrays[f"{name}_bent"])),
            knots=arrays[f"{name}_knots"],
            crossed=tuple(map(int, arrays[f"{name}_crossed"])),
            grouped=tuple(map(int, arrays[f"{name}_grouped"])),
            groups=int(arrays[f"{name}_groups"]),
            weights=arrays[f"{name}_weights"],
            bias=arrays[f"{name}_bias"],
        )
        for name in _LINEARS
    }
    return Model(
        themes=lines_of(arrays["themes"]),
        definitions=lines_of(arrays["definitions"]),
        terms=terms["terms"],
        weights=arrays["weights"].astype(float),
        bias=arrays["bias"],
        pairs=linears["pairs"],
        patterns=tuple(
            (theme, pattern)
            for theme, _, pattern in (line.partition(" ") for line in lines_of(arrays["patterns"]))
        ),
        pattern_weights=arrays["pattern_weights"],
        threshold=float(arrays["threshold"]),
        clause_terms=terms["clause_terms"],
        clause_weights=arrays["clause_weights"].astype(float),
        clause_bias=float(arrays["clause_bias"]),
        scope_weights=np.round(arrays["scope_weights"].astype(float), 2),
        directions=linears["directions"],
    )


def _packed(words: Sequence[str]) -> np.ndarray:
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def patterns_of(codebook: Codebook) -> tuple[tuple[str, str], ...]:
    """Theme and pattern, in the codebook's order, each once."""
    return tuple(
        dict.fromkeys((theme.id, p.pattern) for theme in codebook.themes for p in theme.patterns)
    )


def best_sentences(counted: Counted, terms: Terms, weights: np.ndarray) -> np.ndarray:
    """Sentence of each finding that speaks most of each theme: findings x themes."""
    each = terms.weigh(counted.counts) @ weights
    starts = np.searchsorted(counted.owners, np.arange(counted.findings + 1))
    return np.array([each[a:b].argmax(axis=0) for a, b in pairwise(starts)])


def evidence_of(piece: Piece, hits: Sequence[Hit], best: int, direction: str) -> tuple[int, int]:
    """Place of the sentence that speaks most of the theme, with those that hold the sign it lacks.

    Returns
    -------
    int, int
        First character and the one after the last, in the finding's text.
    """
    main = max(hits, key=lambda hit: hit.weight).sentence if hits else best
    sentences = {main}
    wanted = {
        "strength": (piece.praise,),
        "weakness": (piece.fault,),
        "mixed": (piece.praise, piece.fault),
    }
    for sign in wanted.get(direction, ()):
        held = [owner for owner, spans in zip(piece.owners, sign, strict=True) if spans]
        if held and main not in held:
            sentences.add(min(held, key=lambda owner: abs(owner - main)))
    return piece.sentences[min(sentences)].start, piece.sentences[max(sentences)].end
