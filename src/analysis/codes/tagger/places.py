"""Where the patterns of a theme stand in a finding, and what stands beside them.

A theme that is judged has praise or fault close by, is the subject of its clause and comes first in
its sentence more often than one that is named in passing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from analysis.codes.tagger.hits import Hit, scores_of
from analysis.codes.tagger.pieces import Piece
from analysis.codes.tagger.text import Span

PLACE_FEATURES: Final = (
    "any hit", "hits", "hit in the first sentence", "heaviest hit", "earliest hit",
    "sentences with hits", "share of hits", "score of hits", "praise beside", "fault beside",
    "nearness of a sign", "subject of a verb", "not after a preposition", "first in its sentence",
    "alone in its clause",
)  # fmt: skip
REACH: Final = 120
"""Characters beyond which a sign is as far as can be."""
_SUBJECT: Final = re.compile(
    r"\W*(?:\w+\W+){0,4}?(?:is|are|was|were|has|have|had|do|does|did|not|should|must|remain\w*|"
    r"need\w*|require\w*|provide\w*|ensure\w*|continue\w*|show\w*|improve\w*|reflect\w*|"
    r"identif\w+|lack\w*|vary|varies|include\w*)\b"
)
_SUBJECT_REACH: Final = 60
_PREPOSITION: Final = re.compile(
    r"\b(?:of|in|for|with|to|by|on|about|from|regarding|through|at|within|into|during|following|"
    r"after|before|their|his|her|when|where)\s+(?:\w+\s+){0,2}$"
)
_PREPOSITION_REACH: Final = 60


def places_of(out: np.ndarray, piece: Piece, hits: Sequence[Hit], index: Mapping[str, int]) -> None:
    """Fill in the numbers of one finding.

    Parameters
    ----------
    out
        Themes x `PLACE_FEATURES`, zeros.
    piece, hits
        The finding, and where patterns speak in it.
    index
        Row of each theme.
    """
    if not hits:
        return
    sentences: dict[int, set[int]] = {}
    length = max(1, len(piece.plain))
    first: dict[int, int] = {}
    for hit in hits:
        first[hit.sentence] = min(hit.span.start, first.get(hit.sentence, length))
    clauses = [_clause_of(piece, hit) for hit in hits]
    held: dict[int, set[str]] = {}
    for hit, clause in zip(hits, clauses, strict=True):
        held.setdefault(clause, set()).add(hit.theme)
    for hit, clause in zip(hits, clauses, strict=True):
        j = index[hit.theme]
        sentences.setdefault(j, set()).add(hit.sentence)
        own = (
            1.0,
            0.0,
            float(hit.sentence == 0),
            hit.weight,
            1 - hit.span.start / length,
            0.0,
            0.0,
            0.0,
            float(bool(piece.praise[clause])),
            float(bool(piece.fault[clause])),
            1 - _distance(piece, hit) / REACH,
            float(_is_subject(piece, hit)),
            float(not _is_object(piece, hit)),
            float(hit.span.start == first[hit.sentence]),
            1 / len(held[clause]),
        )
        count = out[j, 1] + 1
        np.maximum(out[j], own, out=out[j])
        out[j, 1] = count
    for j, spoken in sentences.items():
        out[j, 5] = len(spoken) / len(piece.sentences)
        out[j, 6] = out[j, 1] / len(hits)
    for theme, score in scores_of(hits).items():
        out[index[theme], 7] = score
    out[:, 1] = np.log1p(out[:, 1])


def _clause_of(piece: Piece, hit: Hit) -> int:
    for number, clause in enumerate(piece.clauses):
        if clause.start <= hit.span.start < clause.end:
            return number
    return 0


def _distance(piece: Piece, hit: Hit) -> float:
    """Characters between a hit and the nearest sign in its sentence, at most `REACH`."""
    gaps = [
        max(sign.start - hit.span.end, hit.span.start - sign.end, 0)
        for number, owner in enumerate(piece.owners)
        if owner == hit.sentence
        for sign in (*piece.praise[number], *piece.fault[number])
    ]
    return min(REACH, min(gaps, default=REACH))


def _is_subject(piece: Piece, hit: Hit) -> bool:
    end = min(piece.sentences[hit.sentence].end, hit.span.end + _SUBJECT_REACH)
    return _SUBJECT.match(piece.plain, hit.span.end, end) is not None


def _is_object(piece: Piece, hit: Hit) -> bool:
    before = Span(
        max(piece.sentences[hit.sentence].start, hit.span.start - _PREPOSITION_REACH),
        hit.span.start,
    )
    return _PREPOSITION.search(piece.plain[before.start : before.end]) is not None
