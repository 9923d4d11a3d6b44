"""A first tagger: which themes a finding speaks of, and in which direction, by patterns alone.

It reads no meaning. It looks for the codebook's patterns and weighs each hit by where it stands,
because inspectors put what they judge early, in the first sentence and before the verb, and what
they name in passing late. Direction is read clause by clause from words of praise and of fault.
What it finds is a place to begin reading: its codes carry the coder `tagger`, and a reader's codes
always win over them.

The score says how far a theme stands in front in its finding: the sum of its weights, a sentence
counting once and the sum capped at 1, times its share of the sum of the foremost theme. It orders
codes for checking; it is not a probability, and scores of different findings are only roughly
alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pandas as pd

from analysis.codebook import Codebook

COLUMNS: Final = ("id", "theme", "direction", "score", "evidence")

FIRST_SENTENCE: Final = 1.0
LATER_SENTENCE: Final = 0.65
"""Weight of a hit by its sentence: the first says what the finding is about."""
AFTER_VERB: Final = 0.8
"""Share of its weight that a hit keeps when it stands after the sentence's first verb."""
AFTER_LINK: Final = 0.6
"""Share that it keeps after a word that makes it a purpose, a cause or an example."""
SCORE_CUT: Final = 0.35
"""Themes that score less are taken to be named in passing and are not tagged."""
PREVAILS: Final = 3.0
"""A direction prevails with so many times the clauses of its opposite; below that it is mixed."""
BOTH_SIGNS: Final = 0.5
"""What a clause that holds praise and fault counts for each."""
DENIAL_REACH: Final = 12
"""Praise does not count within so many words after a denial or a fault in its clause."""
RELIEF_REACH: Final = 4
"""A fault does not count within so many words after a word such as `reduce` or `without`."""


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


_STRAIGHT: Final = str.maketrans("\u2018\u2019", "''")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?;:])\s+(?=[\"\u201c'(A-Z0-9])")
_CLAUSE_END: Final = re.compile(
    r";\s|,?\s(?=(?:but|although|though|however|whereas|nevertheless|despite)\b)|,\s(?=yet\b)",
    re.IGNORECASE,
)
_CONCESSION: Final = _words("while", "whilst", "although", "though", "despite")
_ORDER: Final = re.compile(
    r"(?:further |urgently |swiftly |immediately )?(?:ensure|improve|review|develop|strengthen|"
    r"increase|reduce|implement|establish|continue|take|provide|make|accelerate|raise|embed|"
    r"prioritise|secure|address|evaluate|extend|monitor|introduce|put|complete|promote|identify|"
    r"clarify|consider)\b(?! (?:of|in|with|by|is|are|was|were|has|have|child|conferences?|"
    r"meetings?|plans?|accommodation)\b)",
    re.IGNORECASE,
)
"""A finding that begins like this asks for something: every theme of it is a weakness."""
_VERB: Final = _words(
    "is|are|was|were|be|been|has|have|had|do|does|did|can|cannot|could|will|would|should|must|may",
    "might|needs?|receives?|benefits?|provides?|ensures?|makes?|takes?|know|works?|understand",
    "supports?|helps?|feel|live|get|attend|remains?|continues?|shows?|lacks?|use|say|told|describe",
    "find|found|saw|contributes?|enables?|demonstrates?|consider|identify|recognise|respond",
    "includes?|report|review|visit|challenge",
)
_LINK: Final = _words(
    "so that|in order to|to (?:ensure|help|enable|support|inform|improve|meet|reduce|make)",
    "because|due to|as a result of|informed by|through|including|such as|for example|alongside",
    "regarding|about|which means|meaning that|leading to|according to",
)
_PURPOSE: Final = _words(
    "so that|in order to",
    r"(?<!need )(?<!needs )(?<!needed )(?<!yet )(?<!fail )(?<!fails )(?<!failed )(?<!able )"
    "to (?:ensure|enable|help|support|improve|reduce|make|meet|address|inform|identify|keep|"
    "prevent)",
)
"""What follows is hoped for, not found: it carries no sign."""
_DENIAL: Final = re.compile(
    r"n't\b|\b(?:not|no|nor|never|without|neither|cannot|lack(?:s|ing)?|little|limited|less|"
    r"(?:too )?few|hardly|rarely|fail(?:s|ed|ure|ing)|insufficiently|absence of|unable|yet to|"
    r"should|must|only (?:some|a few|a minority)|remains? to be|too)\b",
    re.IGNORECASE,
)
_RELIEF: Final = _words(
    r"reduc\w+|address\w*|avoid\w*|prevent\w*|without|no|not|minimis\w+|tackl\w+|resolv\w+",
    r"mitigat\w+|any|analys\w+|identif\w+|challeng\w+|escalat\w+|recogni\w+|remed\w+|rectif\w+",
    "where|when|if",
)
_PRAISE: Final = _words(
    "good|better|best|excellent|exemplary|outstanding|impressive|positive(?:ly)?|successe?s?",
    "successful(?:ly)?|strong(?:er)?|strengths?|strengthen(?:ed|s)|effective(?:ly)?|timely",
    "prompt(?:ly)?|swift(?:ly)?|quick(?:ly)?|robust(?:ly)?|rigorous(?:ly)?|thorough(?:ly)?",
    "clear(?:ly)?|comprehensive(?:ly)?|detailed|coherent|accurate(?:ly)?|appropriate(?:ly)?",
    r"suitable|(?<!as )well(?!-?\s?being)(?! as)|regular(?:ly)?|routinely|consistent(?:ly)?",
    "systematic(?:ally)?|improv(?:ed|ing|ements?)|reduced|increas(?:ed|ing)ly|progress(?:ed|ing)?",
    "high[- ]quality|high standard|wide range|skilled|skilful(?:ly)?|knowledgeable|experienced",
    "sensitive(?:ly)?|careful(?:ly)?|thoughtful(?:ly)?|considered|sufficient(?:ly)?|manageable",
    "stable|stability|resilient|safe(?:r|ly)?|secure[ds]?|benefit(?:s|ed|ing)?|committed",
    "commitment|dedicated|determined|ambitious|aspirational|enthusiastic|confident(?:ly)?|proud",
    "happy|innovative|creative(?:ly)?|proactive(?:ly)?|actively|persistent(?:ly)?",
    "tenacious(?:ly)?|helpful|supportive|supported|encouraged|valued?|valuable",
    "appreciate[ds]?|celebrated?|enabl(?:es?|ed|ing)|ensur(?:es?|ed|ing)|embedded",
    "purposeful(?:ly)?|meaningful|trusting|focused|responsive|accessible|visible|understand",
    "tailored|bespoke|achiev(?:es?|ed|ing)|thrive|flourish",
)
_FAULT: Final = re.compile(
    r"n't\b|\b(?:weak(?:ness|nesses|er)?|poor(?:ly|er)?|inadequate(?:ly)?|insufficient(?:ly)?|"
    r"inconsisten(?:t|tly|cy|cies)|variab(?:le|ility)|delay(?:s|ed)?|drift|late|overdue|untimely|"
    r"lack(?:s|ed|ing)?|fail(?:s|ed|ure|ures|ing)?|unclear|ineffective(?:ly)?|slow(?:ly)?|"
    r"too (?:many|few|long|high|slow|slowly|often|late|much|little|variable|optimistic|early)|"
    r"not|cannot|unable|limited|absen(?:t|ce)|missing out|gaps?|shortfalls?|shortages?|overly|"
    r"over-optimistic|over-?reliance|unsuitable|unsafe|unacceptabl[ey]|unmet|without|"
    r"unnecessar(?:y|ily)|declin(?:e|ed|ing)|deteriorat\w+|worse(?:ned)?|high caseloads|"
    r"high turnover|instability|changes of (?:social )?worker|rarely|seldom|fragile|incomplete|"
    r"under-?developed|out of date|superficial|descriptive|challenging|difficult(?:y|ies)?|"
    r"concern(?:s|ing)? (?:about|that)|less (?:well|effective|clear|consistent|robust|developed)|"
    r"only (?:some|a few|recently|just)|fewer than|wait(?:s|ing|ed)? (?:too )?(?:long|for)|"
    r"hamper(?:s|ed)?|hinder(?:s|ed)?|undermin(?:e|es|ed)|compromis(?:ed|es)|should|must|yet to|"
    r"early stages?|some way to go|further work|areas? for (?:development|improvement)|"
    r"requires? (?:further )?improvement|remains? (?:a )?(?:challenge|concern)|at risk of harm|"
    r"caseloads (?:are|were|remain) (?:too |very )?(?:high|rising)|"
    r"(?<!the )(?<!who )(?<!they )(?<!children's )(?<!their )(?<!in )needs? to (?:be|improve|"
    r"ensure|strengthen|develop|do more|continue))\b",
    re.IGNORECASE,
)
_PLAIN_DENIAL: Final = re.compile(r"not|n't|cannot", re.IGNORECASE)
"""Faults that a word of relief does not lift: `when children are not seen` is still a fault."""


@dataclass(frozen=True, order=True)
class _Span:
    start: int
    end: int

    def holds(self, other: _Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def longer(self, other: _Span) -> bool:
        return self.end - self.start > other.end - other.start


@dataclass(frozen=True)
class _Hit:
    theme: str
    span: _Span
    sentence: int
    weight: float


@dataclass(frozen=True)
class _Clause:
    span: _Span
    sentence: int
    praise: bool
    fault: bool


def tag(findings: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Tag findings with the themes that they seem to judge.

    Parameters
    ----------
    findings
        One finding a row, with columns `id` and `text`; others are ignored.
    codebook
        The themes and their patterns.

    Returns
    -------
    pandas.DataFrame
        One row per finding and theme, in the order of the findings and then of the codebook:
        `id`, `theme`, `direction`, `score` (above 0 and at most 1; see the module) and `evidence`
        (words of the text, as they stand there, that carried the decision). A finding in which
        nothing is found has no row.

    Raises
    ------
    KeyError
        If `id` or `text` is missing.

    Examples
    --------
    >>> from analysis.codebook import Codebook, Group, Theme
    >>> plans = Theme("plans", "practice", "Plans", "Plans.", (), (), ("children-in-care",),
    ...               (re.compile("care plans?", re.IGNORECASE),), ())
    >>> book = Codebook("1.0", (Group("practice", "Practice"),), (plans,))
    >>> findings = pd.DataFrame({"id": ["x/1"], "text": ["Care plans are not clear. It rained."]})
    >>> tag(findings, book).to_dict("records")
    [{'id': 'x/1', 'theme': 'plans', 'direction': 'weakness', 'score': 1.0,
      'evidence': 'Care plans are not clear.'}]
    """
    rows = [
        (finding, *row)
        for finding, text in zip(findings["id"], findings["text"], strict=True)
        for row in _tag_text(text, codebook)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"score": float})


def _tag_text(text: str, codebook: Codebook) -> list[tuple[str, str, float, str]]:
    plain = text.translate(_STRAIGHT)  # as long as `text`, so spans hold in both
    sentences = _sentences(plain)
    hits = _hits(plain, sentences, codebook)
    scores = _scores(hits)
    kept = [theme for theme in codebook.ids if scores.get(theme, 0) >= SCORE_CUT]
    clauses = [
        _Clause(span, number, *_signs(plain, span))
        for number, sentence in enumerate(sentences)
        for span in _clauses(plain, sentence)
    ]
    scopes = _scopes([hit for hit in hits if hit.theme in kept], clauses)
    rows = []
    for theme in kept:
        direction = "weakness" if _ORDER.match(plain) else _direction(scopes[theme])
        main = max((hit for hit in hits if hit.theme == theme), key=lambda hit: hit.weight)
        span = _evidence(main.sentence, direction, scopes[theme], sentences)
        rows.append((theme, direction, round(scores[theme], 3), text[span.start : span.end]))
    return rows


def _cut(text: str, ends: re.Pattern[str], within: _Span) -> list[_Span]:
    """Cut a span before each match, and trim white space off the pieces."""
    marks = [match.start() for match in ends.finditer(text, within.start, within.end)]
    edges = [within.start, *marks, within.end]
    pieces = (_trim(text, *edge) for edge in pairwise(edges))
    return [piece for piece in pieces if piece.start < piece.end]


def _trim(text: str, start: int, end: int) -> _Span:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return _Span(start + left, start + max(left, len(piece.rstrip())))


def _sentences(text: str) -> list[_Span]:
    return _cut(text, _SENTENCE_END, _Span(0, len(text)))


def _clauses(text: str, sentence: _Span) -> list[_Span]:
    """Parts of a sentence between which the direction may turn."""
    first, *rest = _cut(text, _CLAUSE_END, sentence)
    comma = text.find(", ", first.start, first.end)
    if comma > 0 and _CONCESSION.match(text, first.start, first.end):
        return [_Span(first.start, comma), _Span(comma, first.end), *rest]
    return [first, *rest]


def _hits(text: str, sentences: Sequence[_Span], codebook: Codebook) -> list[_Hit]:
    found = {
        (theme.id, _Span(*match.span()))
        for theme in codebook.themes
        for pattern in theme.patterns
        for match in pattern.finditer(text)
    }
    return [
        _Hit(theme, span, number, _weight(text, span, number, sentence))
        for theme, span in sorted(found)
        if not _inside_a_rival(theme, span, found)
        for number, sentence in enumerate(sentences)
        if sentence.start <= span.start < sentence.end
    ]


def _inside_a_rival(theme: str, span: _Span, found: Iterable[tuple[str, _Span]]) -> bool:
    return any(
        rival != theme and other.longer(span) and other.holds(span) for rival, other in found
    )


def _weight(text: str, span: _Span, number: int, sentence: _Span) -> float:
    weight = FIRST_SENTENCE if number == 0 else LATER_SENTENCE
    if _LINK.search(text, sentence.start, span.start):
        return weight * AFTER_LINK
    if _VERB.search(text, sentence.start, span.start) and not _ORDER.match(text, sentence.start):
        return weight * AFTER_VERB
    return weight


def _scores(hits: Iterable[_Hit]) -> dict[str, float]:
    best: dict[tuple[str, int], float] = {}
    for hit in hits:
        place = (hit.theme, hit.sentence)
        best[place] = max(best.get(place, 0.0), hit.weight)
    sums: dict[str, float] = {}
    for (theme, _), weight in best.items():
        sums[theme] = sums.get(theme, 0.0) + weight
    foremost = max(sums.values(), default=1.0)
    return {theme: min(1.0, total) * total / foremost for theme, total in sums.items()}


def _signs(text: str, clause: _Span) -> tuple[bool, bool]:
    """Whether a clause holds praise, and whether it holds fault."""
    purpose = _PURPOSE.search(text, clause.start + 1, clause.end)
    piece = text[clause.start : purpose.start() if purpose else clause.end]
    faults = [match for match in _FAULT.finditer(piece) if not _relieved(piece, match)]
    praise = any(not _denied(piece, match) for match in _PRAISE.finditer(piece))
    return praise, bool(faults)


def _before(piece: str, match: re.Match[str], reach: int) -> str:
    return " ".join(piece[: match.start()].split()[-reach:])


def _relieved(piece: str, fault: re.Match[str]) -> bool:
    if _PLAIN_DENIAL.match(fault.group()):
        return False
    return _RELIEF.search(_before(piece, fault, RELIEF_REACH)) is not None


def _denied(piece: str, praise: re.Match[str]) -> bool:
    before = _before(piece, praise, DENIAL_REACH)
    return bool(_DENIAL.search(before) or _FAULT.search(before))


def _scopes(hits: Sequence[_Hit], clauses: Sequence[_Clause]) -> dict[str, list[_Clause]]:
    """Clauses that speak of each theme: those with a hit, and those after them without any.

    `hits` are those of tagged themes only: a theme named in passing does not end another's scope.
    """
    scopes: dict[str, list[_Clause]] = {hit.theme: [] for hit in hits}
    current: set[str] = set()
    for clause in clauses:
        here = {h.theme for h in hits if clause.span.start <= h.span.start < clause.span.end}
        current = here or current
        for theme in current:
            scopes[theme].append(clause)
    return scopes


def _direction(scope: Iterable[_Clause]) -> str:
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


def _evidence(
    main: int, direction: str, scope: Sequence[_Clause], sentences: Sequence[_Span]
) -> _Span:
    """Sentence of the heaviest hit, stretched to the nearest ones that hold the signs it lacks."""
    numbers = {main}
    if direction in ("strength", "mixed"):
        numbers |= _nearest(main, [clause.sentence for clause in scope if clause.praise])
    if direction in ("weakness", "mixed"):
        numbers |= _nearest(main, [clause.sentence for clause in scope if clause.fault])
    return _Span(sentences[min(numbers)].start, sentences[max(numbers)].end)


def _nearest(main: int, numbers: Sequence[int]) -> set[int]:
    return {min(numbers, key=lambda number: abs(number - main))} if numbers else set()
