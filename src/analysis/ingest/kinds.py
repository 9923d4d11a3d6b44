"""What kind of document it is, told from its own first words."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from analysis.ingest.refusals import UnreadableError


class Kind(NamedTuple):
    """Kind of a document.

    Attributes
    ----------
    visit
        Kind of the visit: a slug of the closed list.
    document
        `report`, `letter`, `notice`, `news` or `article`.
    framework
        `SIF`, `ILACS` or ``.
    source
        `primary` or `secondary`.
    subject
        `services`, `looked-after` (2013) or `board` (review of a safeguarding board alone).
    """

    visit: str
    document: str
    framework: str
    source: str = "primary"
    subject: str = "services"


_OPENING: Final = 2600
"""Characters of the beginning in which a document says what it is."""
_TITLE: Final = 200
"""Characters of the beginning in which a notice is called one."""
_LETTER: Final = re.compile(r"\bdear\b|\byours (?:sincerely|faithfully)", re.IGNORECASE)
_NOTICE: Final = re.compile(r"improvement notice", re.IGNORECASE)
_ISSUED: Final = re.compile(r"\b(?:issue[sd]?|gives?|given)\b", re.IGNORECASE)
_FOCUSED: Final = re.compile(r"focus(?:s)?ed visit (?:to|of)", re.IGNORECASE)
_MONITORING: Final = re.compile(
    r"monitoring visit (?:of|to|report)|letter (?:contains|summarises) the findings (?:of|from) "
    r"(?:the|a|our) (?:\w+ )?(?:ofsted )?monitoring visit",
    re.IGNORECASE,
)
_SIF: Final = re.compile(
    r"(?P<again>\bre-?\s?)?inspection of services for children in need of help and\s+protection",
    re.IGNORECASE,
)
_LOOKED_AFTER: Final = re.compile(r"inspection of (?:services for )?looked[ -]after children",
                                  re.IGNORECASE)  # fmt: skip
_BOARD: Final = re.compile(
    r"review of (?:the )?(?:effectiveness of )?(?:the )?local safeguarding children", re.IGNORECASE
)
_ILACS: Final = re.compile(
    r"inspection of (?:[^.]{0,90}?)(?:children\W{0,3}s|child\W{0,3}s) "
    r"(?:social care |social work )?services|inspection of (?:[^.]{0,60}?)local authority children",
    re.IGNORECASE,
)
_JUDGEMENT: Final = re.compile(r"judge?ment", re.IGNORECASE)
_DATES: Final = re.compile(r"inspection dates?\b", re.IGNORECASE)
_INSPECTORS: Final = re.compile(r"\b(?:ofsted|inspectors?)\b", re.IGNORECASE)
_PRESS: Final = re.compile(r"\bcouncil(?:lor)?\b.{0,80}\bsaid\b|\bcomms\b|press release|news",
                           re.IGNORECASE | re.DOTALL)  # fmt: skip
_CHILDREN: Final = re.compile(r"children\W{0,3}s (?:social care|services|social work)|"
                              r"child protection|children in care|care leavers",
                              re.IGNORECASE)  # fmt: skip
_WE: Final = re.compile(r"\b(?:our|we)\b", re.IGNORECASE)
_SIF_WORD: Final = re.compile(r"single inspection framework|\bSIF\b")


def kind_of(text: str, paged: bool) -> Kind:
    """Tell the kind of a document from its words.

    Parameters
    ----------
    text
        The whole document, lines joined by spaces.
    paged
        Whether it has pages, as what inspectors publish mostly has.

    Raises
    ------
    UnreadableError
        If it is none of the kinds.
    """
    head = text[:_OPENING]
    return _notice(head, text) or _letter(head, text) or _report(head, paged) or _secondary(text)


def _notice(head: str, text: str) -> Kind | None:
    issued = _NOTICE.search(head[:_TITLE]) and _ISSUED.search(text)
    return Kind("improvement-notice", "notice", "") if issued else None


def _letter(head: str, text: str) -> Kind | None:
    if not _LETTER.search(text):
        return None
    if _FOCUSED.search(head):
        return Kind("focused-visit", "letter", "ILACS")
    if _MONITORING.search(head):
        framework = "SIF" if _SIF_WORD.search(text) or _before_ilacs(head) else "ILACS"
        return Kind("monitoring-visit", "letter", framework)
    return None


def _report(head: str, paged: bool) -> Kind | None:
    dated = _DATES.search(head)
    if sif := _SIF.search(head):
        return Kind("re-inspection" if sif["again"] else "inspection", "report", "SIF")
    if _LOOKED_AFTER.search(head) and paged:
        return Kind("inspection", "report", "", subject="looked-after")
    if _ILACS.search(head) and (dated or _JUDGEMENT.search(head)):
        return Kind("inspection", "report", "ILACS")
    if _BOARD.search(head) and (paged or dated):
        return Kind("inspection", "report", "SIF", subject="board")
    return None


def _before_ilacs(head: str) -> bool:
    years = [int(year) for year in re.findall(r"\b(20[012]\d)\b", head)]
    return bool(years) and max(years) < 2018  # noqa: PLR2004


def _secondary(text: str) -> Kind:
    """News and articles about a visit: they name the inspectors and children's services."""
    about = _INSPECTORS.search(text) and _CHILDREN.search(text)
    visit = _visit_named(text) if about else ""
    if not visit:
        raise UnreadableError(
            "it is no inspection report, letter, notice or news of one: no title, salutation or "
            "account of a visit of children's services was found in it; leave it out"
        )
    own = _PRESS.search(text) and _WE.search(text)
    framework = "ILACS" if visit == "focused-visit" else ""
    return Kind(visit, "news" if own else "article", framework, "secondary")


def _visit_named(text: str) -> str:
    named = {
        "monitoring-visit": len(re.findall(r"monitoring (?:visit|inspection)", text, re.I)),
        "focused-visit": len(re.findall(r"focused visit", text, re.I)),
        "inspection": len(re.findall(r"\binspection\b(?! framework)", text, re.I)),
    }
    for visit in ("monitoring-visit", "focused-visit"):
        if named[visit]:
            return visit
    return "inspection" if named["inspection"] > 1 else ""
