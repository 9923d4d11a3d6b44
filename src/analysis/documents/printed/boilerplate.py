"""Sentences that stand in every document of a kind and find nothing."""

from __future__ import annotations

import re
from typing import Final

_STANDING: Final[tuple[tuple[str, str], ...]] = (
    ("expectation", r"^it is ofsted.s expectation that"),
    ("method", r"^this executive summary should be read\b"),
    ("method", r"^the judgements (?:on|about) areas of the service that contribute"),
    ("method", r"^a full description of what the inspection judgements mean"),
    ("method", r"^ofsted produces this report under its power"),
    ("method", r"^the next full area SEND inspection|^a monitoring inspection will be carried out"
               r"|^ofsted and the (?:care quality commission|CQC)[^.]{0,12} ask that"),
    ("imprint", r".*(?:\btel(?:ephone)?:? ?\d{3}|website design by|all rights reserved)"),
    ("imprint", r"^(?:t:? ?0300|textphone|e: ?enquiries|w: ?www|www\.|enquiries@|store st(?:reet)?$"
                r"|©|the office for standards in education|if you would like a copy of this"
                r"|you may (?:copy|reuse)|to receive regular email|this publication is available"
                r"|interested in our work|any complaints about the inspection|piccadilly gate"
                r"|no complaints about)"),
    ("method", r"^(?:this (?:inspection|visit|focused visit) was carried out|the inspection team"
               r" consisted|inspectors (?:looked at|considered|reviewed) a range of evidence"
               r"|a range of evidence was considered)"),
    ("closing", r"^(?:yours? (?:sincerely|faithfully)"
                r"|ofsted will\b"
                r"|(?:this|the) (?:letter|report) (?:will be|has been|is being)"
                r" (?:published|copied)"
                r"|i (?:am copying|have copied|would like to thank)"
                r"|we (?:will|are) (?:shar|publish)"
                r"|thank you (?:for|and)\b|(?:cc|c\.c\.):?\s"
                r"|the (?:local authority|letter|findings?).{0,60}will be (?:copied|published)"
                r"|(?:i|we) look forward)"),
)  # fmt: skip
_COMPILED: Final = tuple((use, re.compile(p, re.IGNORECASE)) for use, p in _STANDING)
_SIGNATURE: Final = r"^yours? (?:sincerely|faithfully|truly)"
_NEXT_STEPS: Final = (
    r"^ofsted will (?:take|use|consider|weigh)\b|^we have notified the d(?:fe|epartment)\b"
    r"|^where a (?:focused )?visit results in\b"
)
_SIGNED: Final = re.compile(_SIGNATURE, re.IGNORECASE)
_CLOSE: Final = re.compile(f"{_SIGNATURE}|{_NEXT_STEPS}", re.IGNORECASE)
_GREETS: Final = re.compile(r"^dear(?: [^\s.]+\.?){1,6},?$", re.IGNORECASE)
_OPENS: Final = re.compile(
    r"(?:Inspection|Review) dates?\b|Dates? of (?:\w+ )?(?:inspection|review)\b"
    r"|Lead inspectors?:|Report published\b|Judge?ment\s+Grade$|Inspection outcome$"
    r"|This letter\b|Between \d|(?:Her|His) Majesty\W?s Chief Inspector of Education"
)


def boilerplate_of(text: str) -> str:
    """Say which standing sentence a paragraph is, or `""`.

    Examples
    --------
    >>> boilerplate_of("© Crown copyright 2024")
    'imprint'
    >>> boilerplate_of("Caseloads are too high.")
    ''
    """
    return next((use for use, pattern in _COMPILED if pattern.match(text)), "")


def greets(text: str) -> bool:
    """Whether a line is a letter's salutation.

    Examples
    --------
    >>> greets("Dear Ms Example,")
    True
    >>> greets("Dear to all who met her, the manager had left.")
    False
    """
    return bool(_GREETS.match(text))


def opens_front(text: str) -> bool:
    """Whether a line opens a part of a front, where no type or gap parts it from the title above.

    Such are the labels under the title of a report, and the first sentence under a letter's
    subject.

    Examples
    --------
    >>> opens_front("Inspection dates: 4 to 8 March 2024"), opens_front("This letter tells")
    (True, True)
    >>> opens_front("services")
    False
    """
    return bool(_OPENS.match(text))


def ends_letter(text: str) -> bool:
    """Whether a line begins the standing close of a letter: next steps, then a signature.

    Examples
    --------
    >>> ends_letter("Ofsted will consider these findings before its next visit.")
    True
    """
    return bool(_CLOSE.match(text))


def signs_off(text: str) -> bool:
    """Whether a letter ends here."""
    return bool(_SIGNED.match(text))
