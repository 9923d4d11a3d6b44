"""Tagging by patterns alone, for themes that no model has learned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from analysis.codes.tagger.hits import Hit, hits_of, scores_of
from analysis.codes.tagger.signs import ORDER, signs_of
from analysis.codes.tagger.text import Span, clauses_of, sentences_of, small
from analysis.data.codebook import Theme

SCORE_CUT: Final = 0.35
"""Themes that score less are taken to be named in passing and are not tagged."""
PREVAILS: Final = 3.0
"""A direction prevails with so many times the clauses of its opposite; below that it is mixed."""
BOTH_SIGNS: Final = 0.5
"""What a clause that holds praise and fault counts for each."""


@dataclass(frozen=True)
class Clause:
    """A clause with the signs that it holds."""

    span: Span
    sentence: int
    praise: bool
    fault: bool


def tag_by_rules(text: str, themes: Sequence[Theme]) -> list[tuple[str, str, float, str]]:
    """Tag a text by the patterns of themes: theme, direction, score, evidence."""
    plain = small(text)  # as long as `text`, so spans hold in both
    sentences = sentences_of(text)
    hits = hits_of(plain, sentences, themes)
    scores = scores_of(hits)
    kept = [theme.id for theme in themes if scores.get(theme.id, 0) >= SCORE_CUT]
    clauses = _clauses(plain, sentences)
    scopes = scopes_of([hit for hit in hits if hit.theme in kept], clauses)
    rows = []
    for theme in kept:
        direction = "weakness" if ORDER.match(plain) else _direction(scopes[theme])
        main = max((hit for hit in hits if hit.theme == theme), key=lambda hit: hit.weight)
        span = evidence_of(main.sentence, direction, scopes[theme], sentences)
        rows.append((theme, direction, round(scores[theme], 3), text[span.start : span.end]))
    return rows


def judge_by_rules(text: str, theme: Theme) -> str:
    """Tell the direction of a theme that somebody else found: by its clauses, else by all."""
    plain = small(text)
    sentences = sentences_of(text)
    clauses = _clauses(plain, sentences)
    own = scopes_of(hits_of(plain, sentences, [theme]), clauses)
    return "weakness" if ORDER.match(plain) else _direction(own.get(theme.id, clauses))


def _clauses(plain: str, sentences: Sequence[Span]) -> list[Clause]:
    return [
        Clause(span, number, *signs_of(plain, span))
        for number, sentence in enumerate(sentences)
        for span in clauses_of(plain, sentence)
    ]


def scopes_of(hits: Sequence[Hit], clauses: Sequence[Clause]) -> dict[str, list[Clause]]:
    """Clauses that speak of each theme: those with a hit, and those after them without any.

    `hits` are those of tagged themes only: a theme named in passing does not end another's scope.
    """
    scopes: dict[str, list[Clause]] = {hit.theme: [] for hit in hits}
    current: set[str] = set()
    for clause in clauses:
        here = {h.theme for h in hits if clause.span.start <= h.span.start < clause.span.end}
        current = here or current
        for theme in current:
            scopes[theme].append(clause)
    return scopes


def _direction(scope: Iterable[Clause]) -> str:
    """Direction by the clauses: one that prevails, mixed, or neutral where no sign is found."""
    praise = fault = 0.0
    for clause in scope:
        share = BOTH_SIGNS if clause.praise and clause.fault else 1.0
        praise += share * clause.praise
        fault += share * clause.fault
    if not praise and not fault:
        return "neutral"
    if praise >= PREVAILS * fault:
        return "strength"
    return "weakness" if fault >= PREVAILS * praise else "mixed"


def evidence_of(
    main: int, direction: str, scope: Sequence[Clause], sentences: Sequence[Span]
) -> Span:
    """Sentence of the heaviest hit, stretched to the nearest ones that hold the signs it lacks."""
    numbers = {main}
    if direction in ("strength", "mixed"):
        numbers |= _nearest(main, [clause.sentence for clause in scope if clause.praise])
    if direction in ("weakness", "mixed"):
        numbers |= _nearest(main, [clause.sentence for clause in scope if clause.fault])
    return Span(sentences[min(numbers)].start, sentences[max(numbers)].end)


def _nearest(main: int, numbers: Sequence[int]) -> set[int]:
    return {min(numbers, key=lambda number: abs(number - main))} if numbers else set()
