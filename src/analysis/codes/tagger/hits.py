"""Where the codebook's patterns speak in a finding, and how much each hit weighs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from analysis.codes.tagger.literals import may_match, small_pattern
from analysis.codes.tagger.signs import ORDER
from analysis.codes.tagger.text import Span, one_of
from analysis.data.codebook import Theme

FIRST_SENTENCE: Final = 1.0
LATER_SENTENCE: Final = 0.65
"""Weight of a hit by its sentence: the first says what the finding is about."""
AFTER_VERB: Final = 0.8
"""Share of its weight that a hit keeps when it stands after the sentence's first verb."""
AFTER_LINK: Final = 0.6
"""Share that it keeps after a word that makes it a purpose, a cause or an example."""
_VERB: Final = one_of(
    "is|are|was|were|be|been|has|have|had|do|does|did|can|cannot|could|will|would|should|must|may",
    "might|needs?|receives?|benefits?|provides?|ensures?|makes?|takes?|know|works?|understand",
    "supports?|helps?|feel|live|get|attend|remains?|continues?|shows?|lacks?|use|say|told|describe",
    "find|found|saw|contributes?|enables?|demonstrates?|consider|identify|recognise|respond",
    "includes?|report|review|visit|challenge",
)
_LINK: Final = one_of(
    "so that|in order to|to (?:ensure|help|enable|support|inform|improve|meet|reduce|make)",
    "because|due to|as a result of|informed by|through|including|such as|for example|alongside",
    "regarding|about|which means|meaning that|leading to|according to",
)


@dataclass(frozen=True)
class Hit:
    """A place where patterns of a theme speak, in which sentence, how much it weighs, and which."""

    theme: str
    span: Span
    sentence: int
    weight: float
    patterns: tuple[str, ...] = ()


def hits_of(text: str, sentences: Sequence[Span], themes: Iterable[Theme]) -> list[Hit]:
    """Find where the patterns of themes speak, in the order of theme and place.

    A hit inside a longer hit of another theme does not count. A pattern is tried only where the
    words are that it cannot do without.

    Parameters
    ----------
    text
        In small letters (`analysis.codes.tagger.text.small`).
    sentences
        Of the text.
    themes
        Whose patterns to try.
    """
    found: dict[tuple[str, Span], tuple[str, ...]] = {}
    for theme in themes:
        for pattern in theme.patterns:
            if may_match(pattern, text):
                for match in small_pattern(pattern.pattern).finditer(text):
                    place = (theme.id, Span(*match.span()))
                    found[place] = (*found.get(place, ()), pattern.pattern)
    return [
        Hit(theme, span, number, _weight(text, span, number, sentence), found[theme, span])
        for theme, span in sorted(found)
        if not _inside_a_rival(theme, span, found)
        for number, sentence in enumerate(sentences)
        if sentence.start <= span.start < sentence.end
    ]


def _inside_a_rival(theme: str, span: Span, found: Iterable[tuple[str, Span]]) -> bool:
    return any(
        rival != theme and other.longer(span) and other.holds(span) for rival, other in found
    )


def _weight(text: str, span: Span, number: int, sentence: Span) -> float:
    weight = FIRST_SENTENCE if number == 0 else LATER_SENTENCE
    if _LINK.search(text, sentence.start, span.start):
        return weight * AFTER_LINK
    if _VERB.search(text, sentence.start, span.start) and not ORDER.match(text, sentence.start):
        return weight * AFTER_VERB
    return weight


def scores_of(hits: Iterable[Hit]) -> dict[str, float]:
    """Score each theme by its hits: how far it stands in front in its finding, from 0 to 1."""
    best: dict[tuple[str, int], float] = {}
    for hit in hits:
        place = (hit.theme, hit.sentence)
        best[place] = max(best.get(place, 0.0), hit.weight)
    sums: dict[str, float] = {}
    for (theme, _), weight in best.items():
        sums[theme] = sums.get(theme, 0.0) + weight
    foremost = max(sums.values(), default=1.0)
    return {theme: min(1.0, total) * total / foremost for theme, total in sums.items()}
