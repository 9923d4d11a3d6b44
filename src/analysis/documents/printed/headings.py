"""What a heading opens: which part of the service, which role, or no findings at all."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

FINDINGS: Final = "findings"
"""Use of a section that holds findings."""


class Opening(NamedTuple):
    """What a heading opens.

    Attributes
    ----------
    use
        `findings`, or what stands there instead: `contents`, `about the area`, `about the
        inspection`, `annex`, `imprint`.
    role
        Role of the findings under it; `` keeps the role in force.
    area
        Area of the findings under it; `` keeps the area in force.
    part
        Whether it opens a part of the report, under which generic headings repeat.
    """

    use: str
    role: str = ""
    area: str = ""
    part: bool = False


_RULES: Final[tuple[tuple[str, Opening], ...]] = (
    (r"^contents$", Opening("contents")),
    (r"^annex\b|^record of main findings|inspection judge?ments? (?:and what they )?means?",
     Opening("annex")),
    (r"^information about (?:this|the)(?: lscb| board| local authority)? inspection"
     r"|^about (?:this|the) (?:inspection|review)"
     r"|^the inspection team|^inspection team|^about the inspection"
     r"|^information about (?:this|the) review", Opening("about the inspection")),
    (r"^information about (?:this|the) local authority(?: area)?|^(?:previous|other) ofsted"
     r"|^local leadership$|^(?:children|child protection|children looked after)"
     r"(?: and young people)?(?: living| looked after| in care)? in this (?:local )?"
     r"(?:area|authority)"
     r"|^other information about|^the casework model|^service information"
     r"|^children(?: and young people)? (?:living|looked after) in (?:this|the)"
     r"|^information about the (?:area|service)", Opening("about the area")),
    (r"^summary for (?:children|young)",
     Opening(FINDINGS, "summary", "overall")),
    (r"what (?:needs|does .* need) to improve|^recommendations?$|^areas? for improvement"
     r"|^priority(?: and immediate)? actions?|^areas? (?:for|of) (?:immediate and )?"
     r"priority action|^immediate and priority action|^priority actions?"
     r"|^areas? for (?:further )?(?:improvement|development)", Opening(FINDINGS, "need")),
    (r"^executive summary|^summary of (?:key )?findings|^overview\b|^headline findings"
     r"|^summary$|(?<!areas of )strengths?:?$|has the following strengths"
     r"|progress since the last inspection"
     r"|because:?$|^key findings$|^overall findings|^main judgement|^summary of",
     Opening(FINDINGS, "summary")),
    (r"^areas? of strength|^(?:main )?findings\b|^inspection findings|^findings and evaluation"
     r"|^inspection judge?ments? about|^key strengths and weaknesses|^findings from",
     Opening(FINDINGS, "body")),
)  # fmt: skip
_AREAS: Final[tuple[tuple[str, Opening], ...]] = (
    (r"^(?:the )?(?:effectiveness of the )?(?:local safeguarding children(?:'?s)? board|lscb\b)"
     r"|\blscb\b|local safeguarding children'?s? board$",
     Opening(FINDINGS, "", "safeguarding-board", part=True)),
    (r"^(?:the )?graded judge?ments? (?:for|about|of|on) (?:the )?adoption",
     Opening(FINDINGS, "body", "adoption")),
    (r"^(?:the )?experiences? and progress of children in care and care leavers",
     Opening(FINDINGS, "body", "children-in-care-and-care-leavers", part=True)),
    (r"^(?:the )?(?:graded judge?ments? (?:for|about|of|on) )?(?:the )?"
     r"experiences? and progress of (?:children )?(?:care leavers|care experienced)"
     r"|^(?:the )?graded judge?ments? (?:for|about) care leavers",
     Opening(FINDINGS, "body", "care-leavers")),
    (r"^(?:the )?experiences? and progress of (?:children in care|children looked after)"
     r"|^children looked after and achieving permanence",
     Opening(FINDINGS, "body", "children-in-care", part=True)),
    (r"^(?:the )?experiences? and progress of children who need help"
     r"|^children who need help and protection",
     Opening(FINDINGS, "body", "help-and-protection", part=True)),
    (r"^(?:the )?impact of leaders|^leadership,? management and governance"
     r"|^leadership and management$", Opening(FINDINGS, "body", "leadership", part=True)),
    (r"^overall effectiveness|^capacity to improve", Opening(FINDINGS, "body", "overall")),
    (r"^outcomes for (?:looked after )?children|^quality of provision$",
     Opening(FINDINGS, "body", "children-in-care")),
    (r"^the local authority(?:$| - )", Opening(FINDINGS, "summary", "overall", part=True)),
)  # fmt: skip
BOX: Final = re.compile(
    r"^key judge?ments?\s+(?:judge?ments?|inspection)\s+grades?$", re.IGNORECASE
)
"""Head of the box that names a part of a report and its grade."""
_GRADED: Final = re.compile(r"^(?:the )?graded judge?ments? (?:for|about|of|on)\b", re.IGNORECASE)
_SECTION: Final = re.compile(r"^section \d+\s*[:\u2013-]?\s*|^\d(?=[a-z])")
_OPENS: Final = re.compile(r"^section \d+\b", re.IGNORECASE)
_DEMANDS: Final = re.compile(
    r"(?:(?:urgently|further|consistently|fully|rapidly) )?(?:ensure|improve|strengthen|develop"
    r"|review|increase|take|continue|implement|establish|monitor|undertake|provide|accelerate"
    r"|evaluate|revise|reduce|make|complete|extend|consider|embed|prioritise|devise|put|update"
    r"|raise|engage|promote|introduce|produce|clarify|address|progress) (?!by\b|of\b|is\b|are\b)",
    re.IGNORECASE,
)
_NOTHING: Final = re.compile(
    r"(?:(?:the |this )?inspection (?:did|has) not (?:find|found|identif)|inspectors found no\b"
    r"|there (?:are|were) no\b|no\b)[^.]{0,60}\b(?:priority|immediate)\b",
    re.IGNORECASE,
)
_WHOLE: Final = re.compile(
    r"(?:recommendations?|areas for improvement|priority and immediate actions?"
    r"|what (?:needs|does (?:the )?[\w' ]{1,40} need) to improve\??)"
)
_SIGNS: Final = re.compile(r"[\u2019']")
_SPACES: Final = re.compile(r"\s+")
_FOOTNOTE: Final = re.compile(r"(?<=[a-z?:])\d{1,2}$")
_COMPILED: Final = tuple((re.compile(pattern), opening) for pattern, opening in _RULES)
_COMPILED_AREAS: Final = tuple((re.compile(pattern), opening) for pattern, opening in _AREAS)


def opening_of(heading: str) -> Opening | None:
    """Say what a heading opens; None where it is only a sub-heading.

    Examples
    --------
    >>> opening_of("What needs to improve in this area of social work practice?")
    Opening(use='findings', role='need', area='', part=False)
    >>> opening_of("The experiences and progress of care leavers").area
    'care-leavers'
    >>> opening_of("Caseloads") is None
    True
    """
    text = plain(heading)
    for pattern, opening in _COMPILED:
        if pattern.search(text):
            area = next((o.area for p, o in _COMPILED_AREAS if p.search(text)), "")
            inherits = opening.use == FINDINGS and not opening.area
            return opening._replace(area=area) if inherits and area else opening
    return next((o for p, o in _COMPILED_AREAS if p.search(text)), None)


def opens_section(heading: str) -> bool:
    """Whether a heading is numbered as a section of a report.

    Examples
    --------
    >>> opens_section("Section 2: the board")
    True
    """
    return bool(_OPENS.match(heading))


def asks(heading: str) -> bool:
    """Whether a line is, whole, a heading under which something is asked for, in whatever type.

    Examples
    --------
    >>> asks("Recommendations"), asks("Recommendations were made to the board")
    (True, False)
    """
    return bool(_WHOLE.fullmatch(plain(heading)))


def demands(text: str) -> bool:
    """Whether a paragraph begins by telling somebody to do something.

    Examples
    --------
    >>> demands("Ensure that plans are reviewed."), demands("Plans are reviewed.")
    (True, False)
    """
    return bool(_DEMANDS.match(text))


def asks_nothing(text: str) -> bool:
    """Whether a paragraph among needs says that there are none so pressing.

    Examples
    --------
    >>> asks_nothing("There are no priority actions.")
    True
    """
    return bool(_NOTHING.match(text))


def says_grade(text: str) -> bool:
    """Whether a sentence is a heading that says a graded judgement.

    Examples
    --------
    >>> says_grade("The graded judgement for adoption performance is that it is good")
    True
    """
    return bool(_GRADED.match(text))


def plain(heading: str) -> str:
    """Spell a heading one way, without section number, footnote mark and colon at its end.

    Examples
    --------
    >>> plain("Section 2: What Needs to improve?1")
    'what needs to improve?'
    >>> plain("Recommendations:")
    'recommendations'
    """
    text = _SPACES.sub(" ", _SIGNS.sub("'", heading.lower())).strip()
    return _FOOTNOTE.sub("", _SECTION.sub("", text)).rstrip(" :")


def without_footnote(heading: str) -> str:
    """Take a footnote's mark off the end of a heading.

    Examples
    --------
    >>> without_footnote("What needs to improve?1")
    'What needs to improve?'
    """
    return _FOOTNOTE.sub("", heading.strip())
