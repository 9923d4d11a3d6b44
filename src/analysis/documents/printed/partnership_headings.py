"""What a heading opens in the documents on a whole partnership: JTAI letters and SEND inspections.

Their headings never name a part of children's services that is judged by itself, so all that they
hold is about the framework's own area.
"""

from __future__ import annotations

import re
from typing import Final

from analysis.documents.printed.headings import FINDINGS, Opening, plain

_NEEDS: Final = (
    r"what (?:needs|does .* need) to improve|^(?:key )?areas? (?:for|of|requiring|in need of) "
    r"(?:further |immediate |urgent )?(?:improvement|development|priority actions?"
    r"|significant (?:weakness|concern)|weakness)|^priority actions?|^recommendations?"
    r"|written statement of action"
)
_RULES: Final = {
    "joint-theme": (
        (_NEEDS, "need"),
        (r"^headline findings|^summary|^overview", "summary"),
        (r"^(?:key |areas of )?strengths?\b|^(?:main |key )?findings\b|^key strengths and", "body"),
        (r"^next steps|^context\b", "context"),
    ),
    "send-partnership": (
        (r"^information (?:about|on) (?:the|this) local area|^about the local area"
         r"|^context of the local area", "about the area"),
        (r"^(?:information )?about (?:this|the) inspection|^inspection team|partnership details$"
         r"|^inspection details|^local authority integrated care", "about the inspection"),
        (_NEEDS, "need"),
        (r"^(?:inspection )?outcome|^main findings|^summary", "summary"),
        (r"what is it like to be a child|doing that is effective|needs? to do better"
         r"|^(?:key |areas of )?strengths?\b|^the effectiveness of the (?:local )?area"
         r"|^(?:joint )?commissioning|^leadership|^progress ", "body"),
        (r"^next steps", "context"),
    ),
}  # fmt: skip
_COMPILED: Final = {
    area: tuple((re.compile(pattern), what) for pattern, what in rules)
    for area, rules in _RULES.items()
}
_ROLES: Final = frozenset(["need", "summary", "body", "context"])
_ANNOUNCES_NEEDS: Final = re.compile(
    r"(?:required to (?:produce|submit|prepare)|must (?:produce|submit|prepare))[^:]{0,80}"
    r"(?:written )?(?:statement of action|action plan)[^:]*:$",
    re.IGNORECASE,
)


def partnership_opening(heading: str, area: str) -> Opening | None:
    """Say what a heading opens in a document whose framework looks at one area.

    Examples
    --------
    >>> partnership_opening("Areas for priority action", "joint-theme")
    Opening(use='findings', role='need', area='joint-theme', part=False)
    >>> partnership_opening("Leadership and management", "joint-theme") is None
    True
    >>> partnership_opening("Inspection team", "send-partnership").use
    'about the inspection'
    """
    text = plain(heading)
    what = next((what for pattern, what in _COMPILED[area] if pattern.search(text)), "")
    if not what:
        return None
    return Opening(FINDINGS, what, area) if what in _ROLES else Opening(what)


def announces_needs(text: str) -> bool:
    """Whether a sentence requires a statement of action on what is listed under it.

    Examples
    --------
    >>> announces_needs("The area must submit a written statement of action on these points:")
    True
    """
    return bool(_ANNOUNCES_NEEDS.search(text))
