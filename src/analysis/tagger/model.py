"""The learned tagger: which themes a finding judges, in which direction, and on what evidence.

A linear model over words proposes themes; a second one, over the numbers of `features`, decides
which of them are judged and not only named; a third tells the direction. Everything learned is an
array of rounded numbers in one file, which executes nothing when it is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple
from zipfile import BadZipFile

import numpy as np

from analysis.codebook import Codebook, Theme
from analysis.errors import FindingsError
from analysis.tagger.curves import Linear
from analysis.tagger.features import (
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
from analysis.tagger.hits import Hit
from analysis.tagger.terms import Terms

DIRECTIONS: Final = ("strength", "mixed", "weakness", "neutral")
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
    clause_terms, clause_weights, clause_bias
        Words, and their weight for praise against fault in a clause.
    directions
        What tells the direction.
    """

    themes: tuple[str, ...]
    definitions: tuple[str, ...]
    terms: Terms
    weights: np.ndarray
    bias: np.ndarray
    pairs: Linear
    threshold: float
    clause_terms: Terms
    clause_weights: np.ndarray
    clause_bias: float
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
        scores = 1 / (1 + np.exp(-self.pairs.odds(table, columns)[:, 0]))
        kept = scores >= self.threshold
        signs = read_signs(pieces, self.clause_terms, self.clause_weights, self.clause_bias)
        counts = np.bincount(rows[kept], minlength=len(pieces))
        best = best_sentences(counted, self.terms, self.weights)
        found = [
            (int(i), int(j), float(score), [h for h in hits[i] if h.theme == self.themes[j]])
            for i, j, score in zip(rows[kept], columns[kept], scores[kept], strict=True)
        ]
        if not found:
            return
        numbers = np.array(
            [
                direction_features(
                    pieces[i], signs[i], scope_of(pieces[i], own, best(i, j)), int(counts[i])
                )
                for i, j, _, own in found
            ]
        )
        told = self.directions.odds(numbers, np.array([j for _, j, _, _ in found])).argmax(axis=1)
        for (i, j, score, own), which in zip(found, told, strict=True):
            direction = DIRECTIONS[which]
            start, end = evidence_of(pieces[i], signs[i], own, best(i, j), direction)
            yield Tag(i, self.themes[j], direction, round(score, 3), start, end)

    def save(self, path: Path) -> None:
        """Write the model: arrays only, compressed, the same bytes for the same numbers."""
        arrays: dict[str, Any] = {
            "themes": _packed(self.themes),
            "definitions": _packed(self.definitions),
            "weights": self.weights.astype(np.float32),
            "bias": self.bias,
            "threshold": np.array(self.threshold),
            "clause_weights": self.clause_weights.astype(np.float32),
            "clause_bias": np.array(self.clause_bias),
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
        np.savez_compressed(path, **arrays)

    @classmethod
    def load(cls, path: Path = MODEL) -> Model:
        """Read a model; nothing in the file is ever executed.

        Raises
        ------
        FindingsError
            If the file is missing or is no model.
        """
        try:
            with np.load(path, allow_pickle=False) as arrays:
                return _from_arrays(dict(arrays))
        except (OSError, KeyError, ValueError, EOFError, BadZipFile) as error:
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
            _unpacked(arrays[f"{name}_words"]),
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
        themes=_unpacked(arrays["themes"]),
        definitions=_unpacked(arrays["definitions"]),
        terms=terms["terms"],
        weights=arrays["weights"].astype(float),
        bias=arrays["bias"],
        pairs=linears["pairs"],
        threshold=float(arrays["threshold"]),
        clause_terms=terms["clause_terms"],
        clause_weights=arrays["clause_weights"].astype(float),
        clause_bias=float(arrays["clause_bias"]),
        directions=linears["directions"],
    )


def _packed(words: Sequence[str]) -> np.ndarray:
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def _unpacked(array: np.ndarray) -> tuple[str, ...]:
    return tuple(array.tobytes().decode().split("\n"))


def best_sentences(counted: Counted, terms: Terms, weights: np.ndarray) -> Any:
    """Return a function that names the sentence of a finding that speaks most of a theme."""
    each = terms.weigh(counted.counts) @ weights
    starts = np.searchsorted(counted.owners, np.arange(counted.findings + 1))

    def best(finding: int, theme: int) -> int:
        return int(each[starts[finding] : starts[finding + 1], theme].argmax())

    return best


def evidence_of(
    piece: Piece, signs: Signs, hits: Sequence[Hit], best: int, direction: str
) -> tuple[int, int]:
    """Place of the sentence that speaks most of the theme, with those that hold the sign it lacks.

    Returns
    -------
    int, int
        First character and the one after the last, in the finding's text.
    """
    main = max(hits, key=lambda hit: hit.weight).sentence if hits else best
    owners = np.array(piece.owners)
    sentences = {main}
    wanted = {"strength": (0,), "weakness": (1,), "mixed": (0, 1)}.get(direction, ())
    for sign in wanted:
        held = owners[signs.signs[:, sign] > 0]
        if len(held) and main not in held:
            sentences.add(int(held[np.abs(held - main).argmin()]))
    return piece.sentences[min(sentences)].start, piece.sentences[max(sentences)].end
