"""What a document says of itself, in the places where documents say what they are.

Only these places tell its kind and its authority: the heading (the titles on its first page, or
the subject of a letter), the letterhead, and the beginning. What its text names further on says
nothing about the document: a needs assessment names inspections, a school's report names its
council, and a letter names an earlier visit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from analysis.documents.blocks import Block, build
from analysis.documents.files.layout import Metrics
from analysis.documents.files.lines import Line

OPENING: Final = 2600
"""Characters of the beginning in which a document says what it is."""
FRONT: Final = 5000
"""Characters of the first pages: titles and the table of grades."""
BEGINS: Final = 400
"""Characters under the subject of a letter in which it says why it is written."""
_LINES: Final = 120
_HEADING_BLOCKS: Final = 14
_SUBJECT_BLOCKS: Final = 3
_TITLE_WORDS: Final = 32
_LABEL_WORDS: Final = 14
_DEAR: Final = re.compile(r"^dear\b", re.IGNORECASE)
_TITLES_END: Final = re.compile(
    r"(?:inspection outcome|judge?ment\s+grade|contents)\b", re.IGNORECASE
)
"""What stands under the titles and is none."""
_SENTENCE: Final = re.compile(r"[.!?][\"'\u2019\u201d)\]]*\d{0,2}$")
_SPEAKS: Final = re.compile(
    r"^(?:this|these|thank|i|we|you|your|following|further|please|it|as|on|in|between|and)\b",
    re.IGNORECASE,
)


class Front(NamedTuple):
    """The places in which a document says what it is.

    Attributes
    ----------
    heading
        Its titles; of a letter, its subject.
    letterhead
        What stands above the salutation of a letter; `` for anything else.
    begins
        First words of a letter under its subject; `` for anything else.
    opening, front
        Its first `OPENING` and `FRONT` characters.
    text
        All of its words.
    letter
        Whether it greets somebody.
    paged
        Whether it has pages, as what inspectors publish mostly has.
    """

    heading: str
    letterhead: str
    begins: str
    opening: str
    front: str
    text: str
    letter: bool
    paged: bool


def front_of(lines: Sequence[Line], metrics: Metrics) -> Front:
    """Find the places in which a document says what it is.

    Parameters
    ----------
    lines
        The document's lines without headers and footers.
    metrics
        Its measures.
    """
    text = " ".join(line.text for line in lines)
    first = lines[:_LINES]
    dear = next((i for i, line in enumerate(first) if _DEAR.match(line.text)), -1)
    letter = dear >= 0
    blocks = build(first[dear + 1 :], metrics)
    heading = _subject(blocks) if letter else _titles(blocks)
    below = " ".join(block.text for block in blocks)
    return Front(
        heading=heading,
        letterhead=" ".join(line.text for line in first[: max(dear, 0)]),
        begins=below[len(heading) :][:BEGINS].strip() if letter else "",
        opening=text[:OPENING],
        front=text[:FRONT],
        text=text,
        letter=letter,
        paged=any(line.page for line in lines[:1]),
    )


def _titles(blocks: Sequence[Block]) -> str:
    """Titles and labels up to the first sentence."""
    taken: list[str] = []
    for block in blocks[:_HEADING_BLOCKS]:
        below = block.kind == "bullet" or _is_prose(block) or _TITLES_END.match(block.text)
        if taken and below:
            break
        taken.append(block.text)
    return " ".join(taken)


def _subject(blocks: Sequence[Block]) -> str:
    """Words between the salutation and the first sentence of a letter."""
    taken: list[str] = []
    for block in blocks[:_SUBJECT_BLOCKS]:
        prose = block.kind != "heading" and bool(taken) and _is_prose(block)
        long = len(block.text.split()) > _TITLE_WORDS
        if prose or long or _SPEAKS.match(block.text):
            break
        taken.append(block.text)
    return " ".join(taken)


def _is_prose(block: Block) -> bool:
    words = len(block.text.split())
    return words > _TITLE_WORDS or (
        words > _LABEL_WORDS and _SENTENCE.search(block.text) is not None
    )
