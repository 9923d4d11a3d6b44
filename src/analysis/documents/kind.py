"""A kind of document, and a mark by which one is known."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from analysis.documents.front import Front

_TITLE: Final = 200
"""Characters of the beginning in which a notice is called one."""
Where = Literal[
    "titles", "subject", "heading", "letterhead", "title", "begins", "opening", "front", "text"
]


class Kind(NamedTuple):
    """Kind of a document.

    Attributes
    ----------
    visit
        Kind of the visit: a slug of the closed list.
    document
        `report`, `letter`, `notice`, `news` or `article`.
    framework
        `SIF`, `ILACS`, `JTAI`, `SEND` or ``.
    source
        `primary` or `secondary`.
    subject
        `services`, `looked-after` (2013) or `board` (review of a safeguarding board alone).
    area
        Area of all that is found, where the framework looks at one of its own; else ``.
    """

    visit: str
    document: str
    framework: str
    source: str = "primary"
    subject: str = "services"
    area: str = ""


class Mark(NamedTuple):
    """Words that stand in a place of the document.

    Attributes
    ----------
    where
        `titles` (of anything but a letter), `subject` (of a letter), `heading` (either),
        `letterhead`, `title` (the first words), `begins` (under the subject of a letter),
        `opening`, `front` or `text`.
    pattern
        The words.
    """

    where: Where
    pattern: re.Pattern[str]

    def found(self, front: Front) -> str:
        """Words of a document that are the mark, or ``."""
        match = self.pattern.search(self._place(front))
        return match[0] if match else ""

    def _place(self, front: Front) -> str:
        if self.where == "titles":
            return "" if front.letter else front.heading
        if self.where == "subject":
            return front.heading if front.letter else ""
        if self.where == "title":
            return front.text[:_TITLE]
        place: str = getattr(front, self.where)
        return place


def mark(where: Where, *phrases: str, cased: bool = False) -> Mark:
    """Return a mark: whole words, any of these patterns, in letters of either case unless `cased`.

    Examples
    --------
    >>> mark("text", "homes?").pattern.search("at HOME")[0]
    'HOME'
    """
    pattern = rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)"
    return Mark(where, re.compile(pattern, 0 if cased else re.IGNORECASE))
