"""What a finding itself says about change.

Only the evidence of a code is read, and the sentence after it where that one points back. What is
said of children's lives, and what is asked for, planned or only hoped for, is no change of the
service. Where nothing of the kind is said, nothing is said about change: a weakness is no decline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from analysis.codes.tagger.literals import may_match
from analysis.vocabulary import BASES

LEVEL, CHANGE_ONLY = BASES
REACH: Final = 60
"""How many characters around words of change are read to tell whose change it is."""


def _any_of(*alternatives: str) -> re.Pattern[str]:
    """Compile alternatives, each beginning at a word."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})")


_LIVES: Final = (
    "(?:outcomes?|lives|life|circumstances|experiences?|situations?|well-?being|behaviours?|"
    "safety|self-esteem|parenting|relationships|chances|mental health|emotional health|risks?|"
    "health)"
)
_ADVERBS: Final = (
    "(?:(?:also|now|much|all|been|significantly|substantially|considerably|greatly|markedly|"
    "steadily|further|recently|since|clearly|gradually|slightly|still|begun to|started to|"
    "beginning to|starting to|made|already|successfully|consistently|rapidly|demonstrably|"
    r"continu\w+ to|continually|continuously|notably|slowly|both|very) )*"
)
_WORK: Final = (
    "(?:case-?loads?|workloads?|vacanc(?:y|ies)(?: rates?)?|turnover(?: rates?)?|delays?|drift|"
    "waiting (?:lists?|times?)|(?:use|number|proportion|reliance|rate)s? (?:of|on) (?:agency|"
    r"interim|unregist\w+|unregulated|out-of-\w+|fixed-term|exclusions|changes|persistent)"
    r"[\w -]{0,40}|agency (?:staff|workers)|exclusions|backlogs?|re-?referrals?(?: rates?)?|"
    "sickness)"
)
"""What is better where there is less of it."""
_HAS: Final = "(?:has|have|had|is|are|was|were|be(?:en|ing))"
_IMPROVED: Final = _any_of(
    rf"{_HAS} {_ADVERBS}(?:improv(?:ed|ing)|strengthened|enhanced|transformed|better)\b"
    "(?! (?:by|if|through|outcomes|when|at the earliest))",
    rf"(?:has|have|had) {_ADVERBS}(?:led to|resulted in|brought about|secured|delivered|promoted) "
    r"(?:\w+ ){0,3}(?:improve(?:d|ments?)|reductions?)\b"
    rf"(?! (?:in |to |the |their )*(?:children's |young people's |their )?{_LIVES})",
    "(?:significant|marked|notable|considerable|substantial|recent|clear|some|good|sustained|"
    "steady|demonstrable|tangible|rapid|real|welcome|early|much|discernible|positive|continued|"
    "measurable|an) improvements? (?:in|to|since|on|from|has|have|is|are|was|were)",
    r"(?:shows?|showing|seen|found|made|been|of|ongoing|continued|continuous|achieved|secured) "
    r"(?:\w+ ){0,2}improvements?\b(?! (?:plan|board|journey|programme|partner|advis|work|is needed|"
    "are needed))",
    r"improvements? (?:\w+ ){0,4}(?:has|have) been (?:made|achieved|seen|secured|sustained)",
    "improved (?:since|from|significantly|considerably|markedly|over|recently|"
    "in the (?:last|past))",
    r"(?:continu\w+|starting|started|begun|beginning) to (?:\w+ )?(?:improve|strengthen)\b",
    r"(?:is|are) now (?:a )?(?:much |far )?(?:better|sharper|stronger|clearer|greater|more)\b",
    r"(?:better|stronger|more (?:\w+ )?\w+) than (?:at|in|it was|they were|previously|before) "
    "(?:the )?(?:last|previous|time)",
    "(?:good|significant|strong|considerable|substantial|steady|some|rapid|clear|much|notable|"
    "positive|encouraging|real|excellent|swift|tangible) "
    r"progress (?:\w+ )?(?:in|since|on|to|has|with|against|is|towards)\b",
    "progress (?:has been|is being|was) made",
    rf"(?:reduction|decrease|fall|drop) in (?:the )?{_WORK}",
    rf"{_WORK} (?:\w+ ){{0,4}}(?:has|have|had|is|are) {_ADVERBS}(?:reduc(?:ed|ing)|"
    r"decreas(?:ed|ing)|fallen|falling|declin(?:ed|ing)|dropped|come down|lower)\b",
    rf"(?:has|have) {_ADVERBS}(?:reduced|decreased|lowered|cut|eradicated) (?:the |its |their )?"
    rf"(?:\w+ ){{0,2}}{_WORK}",
    r"(?:timeliness|stability|attendance|sufficiency|morale|take-up|quality|performance|capacity|"
    r"number of (?:\w+ )?(?:foster carers|adopters|social workers)) (?:\w+ ){0,5}(?:has|have) "
    rf"{_ADVERBS}increased",
    r"(?:which|that) (?:had been|was|were) (?:\w+ ){0,6}(?:has|have|is|are) now",
)
_DECLINED: Final = _any_of(
    "(?:has|have|had|is|are|was|were|been|started to|begun to|a|some|recent|significant|further|"
    r"in|continu\w+ to) (?:\w+ ){0,2}(?:deteriorat(?:ed|ing|e|ion)|worsen(?:ed|ing)?|weakened|"
    "regress(?:ed|ion)|slipped|declin(?:ed|ing|e)"
    r"(?! (?:the|to|an?|this|their|support|services|offers?|help|return)\b))\b",
    r"(?:not|less) (?:as )?\w+ (?:as|than) (?:it was |they were )?(?:at|in) (?:the )?"
    "(?:last|previous)",
    "lost (?:pace|momentum|ground|focus)",
    "no longer (?:good|effective|consistent|robust|timely|sufficient)",
    rf"{_WORK} (?:\w+ ){{0,3}}(?:has|have|had|is|are) {_ADVERBS}(?:increas(?:ed|ing)|risen|rising|"
    r"grown|higher)\b",
    rf"(?:increase|rise|growth) in (?:\w+ ){{0,2}}{_WORK}",
)
_NOT_IMPROVED: Final = _any_of(
    "(?:has|have|had|is|are)(?: not|n't) (?:yet |been |sufficiently |significantly |all |fully |"
    "adequately |sustainably |consistently )*(?:improv(?:ed|ing)|addressed|resolved|tackled|"
    r"rectified|sustained|made (?:\w+ )?progress|kept pace|moved on|remedied|led to (?:\w+ )?"
    r"improve\w+|resulted in (?:\w+ )?improve\w+)",
    r"not all (?:\w+ ){1,4}(?:has|have) been (?:addressed|resolved|met|completed)",
    "(?:little|insufficient|limited|not enough|slow|poor|too little|minimal) "
    r"(?:\w+ )?(?:improvements?|progress)\b(?! reports?| for | is made (?:by|for))",
    r"(?:improvements?|progress|pace of (?:change|improvement)[\w ]{0,30}) (?:has|have|is|are|was|"
    "were) (?:been )?(?:too |very |insufficient|limited|slow)",
    r"remain(?:s|ed)? (?:\w+ ){0,2}?(?:too |a (?:\w+ )?(?:challenge|concern|weakness|problem|issue|"
    "gap|area)|an (?:area|issue|ongoing)|weak|poor|inconsistent|variable|inadequate|under-?"
    "developed|fragile|high|low|insufficient|ineffective|unclear|limited|outstanding|overdue|slow|"
    "of concern|unresolved|unaddressed|unmet|incomplete|absent|shortfalls|gaps|weaknesses|mixed|"
    "areas)",
    "there remain",
    r"continu(?:es|ed|e|ing) to (?:\w+ )?(?:be (?:\w+ )?(?:weak|poor|variable|inconsistent|too|a "
    "(?:challenge|concern|weakness)|delay|insufficient|high|ineffective)|experience|wait|drift|lack|"
    "fail|struggle|require improvement|need)",
    r"continu(?:ing|ed) (?:weakness|delay|drift|shortfall|inconsisten|poor|fail)",
    r"still (?:\w+ ){0,2}(?:too|not|inconsistent|inconsistency|variable|weak|poor|requires?|needs?|"
    "lacks?|wait|waiting|high|fragile|insufficient|delays?|some way|more to do|much to do|gaps)",
    r"long-?standing (?:\w+ )?(?:weakness|delay|shortfall|concern|problem|fail|issue)",
    r"persist(?:s|ed|ently|ent)? (?:\w+ )?(?:high|low|poor|weak|fail|delay|shortfall|vacanc)",
    "(?:taken|taking) too long to (?:progress|improve|address|implement|embed)",
    r"(?:previous|last|earlier) (?:\w+ ){0,3}(?:inspections?|visits?|recommendations?)"
    "[^.]{0,60} (?:not|too long)",
)
_SUSTAINED: Final = _any_of(
    r"(?:has|have) (?:been |also |all |successfully |largely |consistently )*(?:sustained|"
    r"maintained|preserved)\b(?! (?:contact|links|relationships|stable|their))",
    r"(?:are|is|been) (?:being )?(?:well )?(?:sustained|maintained)(?= (?:since|despite|at|over|"
    r"throughout|with)\b|[.,;])",
    r"(?:remain(?:s|ed|ing)?|continu(?:es?|ed) to be) (?:\w+ )?(?:good|strong|effective|stable|"
    "outstanding|robust|high(?:ly)? (?:quality|effective|performing|committed|ambitious)|"
    "consistently|excellent|committed|ambitious|focused|a strength|a strong|well|positive|timely|"
    "relentless|resolute|appropriate|manageable|child-focused)",
    "continu(?:es?|ed) to (?:deliver|perform|benefit|enjoy|have (?:a )?(?:good|strong|clear|high))",
)
_KINDS: Final = (
    ("improved", _IMPROVED, ("strength", "mixed", "weakness")),
    ("declined", _DECLINED, ("mixed", "weakness")),
    ("not improved", _NOT_IMPROVED, ("mixed", "weakness")),
    ("sustained", _SUSTAINED, ("strength", "mixed")),
)
"""What may be said, its words, and the directions that it can go with, the first found first."""
_NOT_YET: Final = re.compile(
    r"\b(?:to (?:be|ensure|improve|secure|achieve|drive|make|further|support|sustain|bring|see|"
    "show)|need(?:s|ed)?(?: for)?|require[sd]?|must|should|would|could|will|may|might|if|plans?|"
    "planned|intended|aim(?:s|ed|ing)?|designed|until|areas? (?:of|for)|so that|when|unless|where|"
    r"no|not|little|without|recommend\w*|yet) (?:\w+ ){0,2}$"
)
"""What stands right before words of change that are asked for, hoped for or denied."""
_OF_LIVES: Final = re.compile(
    "(?:(?:child(?:ren)?'s|young people's|families'?|family's|their|parents'?|her|his|whose) "
    rf"(?:\w+ |and |, ){{0,3}}{_LIVES}|"
    rf"{_LIVES} (?:of|for) (?:\w+ ){{0,2}}(?:children|families|young people)(?: and families)?)"
    r"(?: \w+){0,2} $"
)
_THEN_LIVES: Final = re.compile(
    r"\s*(?:in |to |for |the |of |their |children's |children |young people's |and |many |most |"
    rf"some |safeguarding )*{_LIVES}\b"
)
_REQUIREMENT: Final = re.compile(
    "(?:further |urgently |swiftly )?(?:ensure|improve|review|develop|strengthen|increase|reduce|"
    r"implement|establish|continue to|take|accelerate|address|evaluate)\b"
)
"""How a finding begins that asks for something."""
_POINTS_BACK: Final = re.compile(r"\s*(?:This|These|It|Improvements?|Progress)\b")
"""How a sentence begins that still speaks of the one before."""
_LEVEL_WORDS: Final = re.compile(
    r"\b(?:good|strong|effective|well|poor|weak|inadequate|inconsistent|variable|high(?:-quality)?|"
    "low|too|not|timely|robust|clear|sufficient|insufficient|most|many|all|majority|excellent|"
    "comprehensive|consistent|however|but|although|benefit|receive|thorough|appropriate|stable|"
    "manageable|positive|than|below|above|regular|delays?|ensures?|requires?|"
    r"\d+(?:\.\d+)?%)(?!\w)"
)
"""Words that say how good something is, and not only that it got better or worse."""


class Said(NamedTuple):
    """What is said about change.

    `change` is of `vocabulary.CHANGES_SAID`, or blank; `basis` of `vocabulary.BASES`; `words` are
    the sentences that say it, in small letters, or blank.
    """

    change: str
    basis: str
    words: str


NOTHING: Final = Said("", LEVEL, "")


def change_of(text: str, start: int, end: int, direction: str) -> Said:
    """Say what the evidence of a code states about change.

    Parameters
    ----------
    text
        The finding's words.
    start, end
        First character of the code's evidence, and the one after its last.
    direction
        The code's direction. A strength has not failed to improve, and a weakness is not sustained.

    Returns
    -------
    Said
        Where several things are said, improvement comes first, then decline, then the lack of
        improvement, and last what was kept up.

    Examples
    --------
    >>> text = "Supervision has improved since the last inspection."
    >>> change_of(text, 0, len(text), "strength")[:2]
    ('improved', 'change only')
    >>> change_of("Improve supervision.", 0, 20, "weakness")[:2]
    ('', 'level')
    """
    lower = text[start : _end(text, end)].lower().replace("\u2019", "'")
    if direction == "neutral" or _REQUIREMENT.match(lower):
        return NOTHING
    for change, pattern, directions in _KINDS:
        if direction in directions and may_match(pattern, lower):
            found = dict.fromkeys(_sentences_with(lower, pattern))
            if found:
                return Said(change, _basis(change, lower, pattern), " ".join(found))
    return NOTHING


def _end(text: str, end: int) -> int:
    """End of the evidence, with the sentence after it where that one points back."""
    following = _POINTS_BACK.match(text, end)
    if not following:
        return end
    stop = text.find(". ", following.end())
    return len(text) if stop < 0 else stop + 1


def _sentences_with(lower: str, pattern: re.Pattern[str]) -> Iterator[str]:
    """Sentences in which a change of the service is stated."""
    for match in pattern.finditer(lower):
        before = lower[max(0, match.start() - REACH) : match.start()]
        if pattern is not _NOT_IMPROVED and _NOT_YET.search(before):
            continue
        if _OF_LIVES.search(before) or _THEN_LIVES.match(lower, match.end()):
            continue
        left = max(lower.rfind(". ", 0, match.start()), lower.rfind("; ", 0, match.start())) + 1
        stop = lower.find(". ", match.end())
        yield lower[left : len(lower) if stop < 0 else stop + 1].strip()


def _basis(change: str, lower: str, pattern: re.Pattern[str]) -> str:
    """Whether anything but the change is stated."""
    if change in ("not improved", "sustained"):
        return LEVEL
    return LEVEL if _LEVEL_WORDS.search(pattern.sub(" ", lower)) else CHANGE_ONLY
