"""A first tagger: which themes a finding speaks of, and in which direction, by patterns alone.

It reads no meaning. It looks for the codebook's patterns and weighs each hit by where it stands,
because inspectors put what they judge early, in the first sentence and before the verb, and what
they name in passing late. Direction is read clause by clause from lists of words of praise and of
fault. What it finds is a place to begin reading: its codes carry the coder `tagger`, and a reader's
codes always win over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.codebook import Codebook

COLUMNS: Final = ("id", "theme", "direction", "score", "evidence")

LATER_SENTENCE: Final = 0.5
"""Weight of a hit after the first sentence, which has 1: the first says what a finding is about."""
AFTER_VERB: Final = 0.6
"""Share of its weight that a hit keeps when it stands after the sentence's first verb."""
AFTER_LINK: Final = 0.4
"""Share that it keeps after a word that makes it a purpose, a cause or a companion."""
SCORE_CUT: Final = 0.35
"""Themes that score less are taken to be named in passing."""
REACH: Final = 4
"""A negation turns the words of praise that follow within so many words."""

_SENTENCE_END: Final = re.compile(r"(?<=[.!?;:])\s+(?=[\"'(A-Z0-9])")
_CLAUSE_END: Final = re.compile(
    r"(?:,|;|:)?\s+(?=(?:but|although|though|however|whereas|yet|nevertheless|despite)\b)|;\s+",
    re.IGNORECASE,
)
_CONCESSION: Final = re.compile(r"(?:while|whilst|although|though|despite)\b", re.IGNORECASE)
_ORDER: Final = re.compile(
    r"(?:further |urgently |swiftly |immediately )?(?:ensure|improve|review|develop|strengthen|"
    r"increase|reduce|implement|establish|continue|take|provide|make|accelerate|raise|embed|"
    r"prioritise|secure|work|address|evaluate|extend|monitor|introduce|put|complete|promote|"
    r"identify|clarify|use|consider)\b",
    re.IGNORECASE,
)
_VERB: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|can|cannot|could|will|would|should|"
    r"must|may|might|need|needs|receive|receives|benefit|benefits|provide|provides|ensure|ensures|"
    r"make|makes|take|takes|know|work|works|understand|support|supports|help|helps|feel|live|get|"
    r"attend|remain|remains|continue|continues|show|shows|lack|lacks|use|say|told|describe|"
    r"find|found|saw|contribute|contributes|enable|enables|demonstrate|demonstrates|"
    r"consider|identify|recognise|respond|include|includes|report|review|visit|challenge)\b",
    re.IGNORECASE,
)
_LINK: Final = re.compile(
    r"\b(?:so that|in order to|to (?:ensure|help|enable|support|inform|improve|meet|reduce|make)|"
    r"because|due to|as a result of|informed by|through|including|such as|for example|"
    r"alongside|regarding|about|which means|meaning that|leading to|according to)\b",
    re.IGNORECASE,
)
_NEGATION: Final = re.compile(
    r"\b(?:not|no|nor|never|without|neither|cannot|lacks?|lacking|lack of|little|limited|less|few|too few|"
    r"hardly|rarely|fails? to|failed to|failure to|failing|insufficiently|absence of|unable|"
    r"n't|need(?:s|ed)? to|yet to|should|must|only (?:some|a few|a minority)|remains? to be|too)\b|n't\b",
    re.IGNORECASE,
)
_PRAISE: Final = re.compile(
    r"\b(?:good|better|best|strong|stronger|strengths?|strengthen(?:ed|s)|effective(?:ly)?|"
    r"timely|prompt(?:ly)?|swift(?:ly)?|quick(?:ly)?|robust(?:ly)?|thorough(?:ly)?|clear(?:ly)?|"
    r"comprehensive(?:ly)?|detailed|appropriate(?:ly)?|well|regular(?:ly)?|improv(?:ed|ing|ement|ements)|"
    r"positive(?:ly)?|high[- ]quality|high standard|excellent|skilled|skilful(?:ly)?|sensitive(?:ly)?|"
    r"sufficient(?:ly)?|manageable|stable|stability|reduced|benefit(?:s|ed|ing)?|success(?:ful|fully)?|"
    r"committed|commitment|dedicated|ambitious|aspirational|innovative|creative(?:ly)?|careful(?:ly)?|"
    r"thoughtful(?:ly)?|proactive(?:ly)?|persistent(?:ly)?|tenacious(?:ly)?|helpful|valued?|"
    r"enabl(?:e|es|ed|ing)|ensur(?:e|es|ed|ing)|embedded|purposeful(?:ly)?|meaningful|trusting|suitable|"
    r"accurate(?:ly)?|routinely|consistent(?:ly)?|confident(?:ly)?|proud|supportive|safe(?:ly|r)?|"
    r"rigorous(?:ly)?|focused|impressive|exemplary|outstanding|determined|responsive|accessible|"
    r"valuable|valued|wide range|comprehensively|systematic(?:ally)?|coherent|visible|"
    r"knowledgeable|experienced|enthusiastic|resilient|achiev(?:e|ed|ing)|progress(?:ed|ing)?|"
    r"understand|tailored|bespoke|considered|actively|encouraged|supported|celebrated?|"
    r"happy|appreciat(?:e|ed)|secure[ds]?|thrive|flourish|increas(?:ed|ing)ly)\b",
    re.IGNORECASE,
)
_FAULT: Final = re.compile(
    r"\b(?:weak(?:ness|nesses|er)?|poor(?:ly|er)?|inadequate(?:ly)?|insufficient(?:ly)?|inconsisten(?:t|tly|cy|cies)|"
    r"variab(?:le|ility)|delay(?:s|ed)?|drift|late|lack(?:s|ed|ing)?|fail(?:s|ed|ure|ures|ing)?|"
    r"unclear|ineffective(?:ly)?|too (?:many|few|long|high|slow|slowly|often|late|much|little|variable|optimistic)|"
    r"not (?:yet|always|all|enough|sufficiently|consistently|routinely|good|well|effective|robust|"
    r"timely|clear|been|have|being|receive|received|understood|embedded|in place|made|met|fully|have)|"
    r"do(?:es)? not|did not|was not|were not|is not|are not|has not|have not|had not|cannot|"
    r"haven't|isn't|aren't|doesn't|don't|wasn't|weren't|"
    r"limited|unable|absence|absent|missing out|gaps?|shortfalls?|shortages?|overly|over-optimistic|"
    r"unsuitable|unsafe|unacceptabl[ey]|high caseloads|declin(?:e|ed|ing)|deteriorat\w+|worse(?:ned)?|"
    r"need(?:s|ed)? to|requires? (?:further )?improvement|should|must|yet to|remains? (?:a )?(?:challenge|concern)|"
    r"underdeveloped|under-developed|incomplete|out of date|superficial|descriptive|"
    r"rarely|seldom|fragile|concern(?:s|ing)? (?:about|that)|slow(?:ly)?|vulnerable to|"
    r"less (?:well|effective|clear|consistent|robust|developed)|only (?:some|a few|recently|just)|few(?:er)? than|"
    r"unnecessar(?:y|ily)|at risk of harm|wait(?:s|ing|ed)? (?:too )?(?:long|for)|significant challenge|"
    r"hamper(?:s|ed)?|hinder(?:s|ed)?|undermin(?:e|es|ed)|compromis(?:ed|es)|over-?reliance|overdue|untimely|"
    r"early stages?|too early|some way to go|further work|areas? for (?:development|improvement)|without|unmet|"
    r"high turnover|instability|challenging|difficult(?:y|ies)?|changes of (?:social )?worker)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Span:
    start: int
    end: int

    def holds(self, other: _Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class _Hit:
    theme: str
    span: _Span
    sentence: int
    weight: float


def _straight(text: str) -> str:
    """Straight apostrophes, at the same places: spans in the result are spans in `text`."""
    return text.translate({0x2018: "'", 0x2019: "'"})


def _cut(text: str, ends: re.Pattern[str], within: _Span) -> list[_Span]:
    marks = [m.start() for m in ends.finditer(text, within.start, within.end)]
    edges = [within.start, *marks, within.end]
    return [_trim(text, a, b) for a, b in zip(edges, edges[1:], strict=False) if text[a:b].strip()]


def _trim(text: str, start: int, end: int) -> _Span:
    piece = text[start:end]
    return _Span(start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip()))


def _sentences(text: str) -> list[_Span]:
    return _cut(text, _SENTENCE_END, _Span(0, len(text)))


def _clauses(text: str, sentence: _Span) -> list[_Span]:
    clauses = _cut(text, _CLAUSE_END, sentence)
    first = clauses[0]
    comma = text.find(", ", first.start, first.end)
    if comma > 0 and _CONCESSION.match(text, first.start, first.end):
        head, tail = _trim(text, first.start, comma + 1), _trim(text, comma + 1, first.end)
        return [head, tail, *clauses[1:]]
    return clauses


def _raw_hits(text: str, codebook: Codebook) -> list[tuple[str, _Span]]:
    found = [
        (theme.id, _Span(*match.span()))
        for theme in codebook.themes
        for pattern in theme.patterns
        for match in pattern.finditer(text)
    ]
    return [
        (theme, span)
        for theme, span in found
        if not any(
            rival != theme and len(other) > len(span) and other.holds(span)
            for rival, other in found
        )
    ]


def _weight(text: str, span: _Span, number: int, sentence: _Span) -> float:
    weight = 1.0 if number == 0 else LATER_SENTENCE
    if _LINK.search(text, sentence.start, span.start):
        weight *= AFTER_LINK
    elif not _ORDER.match(text, sentence.start) and _VERB.search(text, sentence.start, span.start):
        weight *= AFTER_VERB
    return weight


def _hits(text: str, sentences: list[_Span], codebook: Codebook) -> list[_Hit]:
    return [
        _Hit(theme, span, number, _weight(text, span, number, sentence))
        for theme, span in _raw_hits(text, codebook)
        for number, sentence in enumerate(sentences)
        if sentence.start <= span.start < sentence.end
    ]


def _scores(hits):
    best = {}
    for h in hits:
        k = (h.theme, h.sentence)
        best[k] = max(best.get(k, 0), h.weight)
    raw = {}
    for (t, s), w in best.items():
        raw[t] = raw.get(t, 0) + w
    top = max(raw.values(), default=1)
    return {t: min(1.0, r) * SHARE(r / top) for t, r in raw.items()}


def SHARE(x):
    return x**0.5


def _signs(text: str, clause: _Span) -> tuple[bool, bool]:
    """Whether a clause holds praise and whether it holds fault."""
    if _ORDER.match(text, clause.start, clause.end):
        return False, True
    fault = _FAULT.search(text, clause.start, clause.end) is not None
    praise = False
    for m in _PRAISE.finditer(text, clause.start, clause.end):
        before = " ".join(text[clause.start : m.start()].split()[-REACH:])
        if _NEGATION.search(before):
            fault = True
        else:
            praise = True
    return praise, fault


def _direction(text, theme, hits, sentences):
    order = bool(_ORDER.match(text))
    if order:
        return "weakness"
    clauses = [c for s in sentences for c in _clauses(text, s)]
    owners = []
    cur = set()
    for c in clauses:
        here = {h.theme for h in hits if c.start <= h.span.start < c.end}
        if here:
            cur = here
        owners.append(cur)
    p = n = 0
    for c, o in zip(clauses, owners, strict=True):
        if theme in o:
            a, b = _signs(text, c)
            if b and a:
                p += 0.5
                n += 0.5
            else:
                p += a
                n += b
    if p and n:
        if n <= 0.25 * p:
            return "strength"
        if p <= 0.5 * n:
            return "weakness"
        return "mixed"
    if p:
        return "strength"
    if n:
        return "weakness"
    return "neutral"


def tag_text(text, codebook):
    t = _straight(text)
    sents = _sentences(t)
    hits = _hits(t, sents, codebook)
    sc = _scores(hits)
    kept = [k for k, v in sc.items() if v >= SCORE_CUT]
    kh = [h for h in hits if h.theme in kept]
    return {k: (sc[k], _direction(t, k, kh, sents)) for k in kept}
