"""Findings cut up into sentences and clauses, with their words counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.codes.tagger.signs import sign_spans
from analysis.codes.tagger.terms import Matrix, Terms, summed
from analysis.codes.tagger.text import Span, clauses_of, sentences_of, small


@dataclass(frozen=True)
class Piece:
    """A finding cut up: sentences, clauses with the sentence of each, and where signs stand."""

    text: str
    plain: str
    sentences: tuple[Span, ...]
    clauses: tuple[Span, ...]
    owners: tuple[int, ...]
    praise: tuple[tuple[Span, ...], ...]
    fault: tuple[tuple[Span, ...], ...]

    @classmethod
    def of(cls, text: str) -> Piece:
        """Cut a finding up."""
        plain = small(text)  # as long as `text`, so spans hold in both
        cut = sentences_of(text)
        parts = [(i, span) for i, s in enumerate(cut) for span in clauses_of(plain, s)]
        sentences = tuple(cut) or (Span(0, len(plain)),)
        parts = parts or [(0, sentences[0])]
        clauses = tuple(span for _, span in parts)
        signs = [sign_spans(plain, span) for span in clauses]
        return cls(
            text,
            plain,
            sentences,
            clauses,
            tuple(i for i, _ in parts),
            tuple(tuple(praise) for praise, _ in signs),
            tuple(tuple(fault) for _, fault in signs),
        )


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
