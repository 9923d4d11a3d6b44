"""Words of praise and of fault, read clause by clause, in small letters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from analysis.codes.tagger.text import Span, one_of

DENIAL_REACH: Final = 12
"""Praise does not count within so many words after a denial or a fault in its clause."""
RELIEF_REACH: Final = 4
"""A fault does not count within so many words after a word such as `reduce` or `without`."""

ORDER: Final = re.compile(
    r"(?:further |urgently |swiftly |immediately )?(?:ensure|improve|review|develop|strengthen|"
    r"increase|reduce|implement|establish|continue|take|provide|make|accelerate|raise|embed|"
    r"prioritise|secure|address|evaluate|extend|monitor|introduce|put|complete|promote|identify|"
    r"clarify|consider)\b(?! (?:of|in|with|by|is|are|was|were|has|have|child|conferences?|"
    r"meetings?|plans?|accommodation)\b)"
)
"""A finding that begins like this asks for something: every theme of it is a weakness."""
_PURPOSE: Final = one_of(
    "so that|in order to",
    r"(?<!need )(?<!needs )(?<!needed )(?<!yet )(?<!fail )(?<!fails )(?<!failed )(?<!able )"
    "to (?:ensure|enable|help|support|improve|reduce|make|meet|address|inform|identify|keep|"
    "prevent)",
)
"""What follows is hoped for, not found: it carries no sign."""
_DENIAL: Final = re.compile(
    r"n't\b|\b(?:not|no|nor|never|without|neither|cannot|lack(?:s|ing)?|little|limited|less|"
    r"(?:too )?few|hardly|rarely|fail(?:s|ed|ure|ing)|insufficiently|absence of|unable|yet to|"
    r"should|must|only (?:some|a few|a minority)|remains? to be|too)\b"
)
_RELIEF: Final = one_of(
    r"reduc\w+|address\w*|avoid\w*|prevent\w*|without|no|not|minimis\w+|tackl\w+|resolv\w+",
    r"mitigat\w+|any|analys\w+|identif\w+|challeng\w+|escalat\w+|recogni\w+|remed\w+|rectif\w+",
    "where|when|if",
)
_PRAISE: Final = one_of(
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
    r"ensure|strengthen|develop|do more|continue))\b"
)
_PLAIN_DENIAL: Final = re.compile(r"not|n't|cannot")
"""Faults that a word of relief does not lift: `when children are not seen` is still a fault."""


def sign_spans(text: str, clause: Span) -> tuple[list[Span], list[Span]]:
    """Where a clause holds praise and where fault; what is denied or relieved is left out."""
    purpose = _PURPOSE.search(text, clause.start + 1, clause.end)
    piece = text[clause.start : purpose.start() if purpose else clause.end]
    faults = [m for m in _FAULT.finditer(piece) if not _relieved(piece, m)]
    praise = [m for m in _PRAISE.finditer(piece) if not _denied(piece, m)]
    return _spans(praise, clause.start), _spans(faults, clause.start)


def signs_of(text: str, clause: Span) -> tuple[bool, bool]:
    """Whether a clause holds praise, and whether it holds fault."""
    praise, fault = sign_spans(text, clause)
    return bool(praise), bool(fault)


def _spans(matches: Iterable[re.Match[str]], shift: int) -> list[Span]:
    return [Span(shift + match.start(), shift + match.end()) for match in matches]


def _before(piece: str, match: re.Match[str], reach: int) -> str:
    return " ".join(piece[: match.start()].split()[-reach:])


def _relieved(piece: str, fault: re.Match[str]) -> bool:
    if _PLAIN_DENIAL.match(fault.group()):
        return False
    return _RELIEF.search(_before(piece, fault, RELIEF_REACH)) is not None


def _denied(piece: str, praise: re.Match[str]) -> bool:
    before = _before(piece, praise, DENIAL_REACH)
    return bool(_DENIAL.search(before) or _FAULT.search(before))
