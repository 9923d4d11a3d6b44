"""The front of a letter: to whom, when, about which visit, and what inspectors looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from analysis.documents.blocks import Block
from analysis.documents.printed import headings as head
from analysis.documents.printed.dates import find_day, find_span
from analysis.documents.printed.scope import areas_of, main_area
from analysis.documents.readings import Finding, Place, Reading

_SCOPE: Final = re.compile(
    r"\b(?:inspectors|we|the (?:focused )?visit|this (?:focused )?visit|the inspection|they)\b"
    r"[^.]{0,60}\b(?:looked|considered|reviewed|evaluated|focus(?:s)?ed(?! visit)|examined"
    r"|inspected|concentrated|assessed|included)\b"
    r"|^areas covered by",
    re.IGNORECASE,
)
_EVIDENCE: Final = re.compile(
    r"range of evidence|spoke (?:to|with)|methodology|in line with the (?:ilacs|inspection of"
    r" local)|framework|carried out (?:fully )?(?:on-?site|remotely|in line)|sampled|case file"
    r"|observed|met with|quality assurance information|children\W{0,3}s case records",
    re.IGNORECASE,
)
_BEGINS: Final = re.compile(
    r"^(?:this letter|i am writing|following|the visit was|the local authority was judged"
    r"|(?:her|his) majesty\W{0,3}s chief inspector of education)",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(
    r"majesty\W{0,3}s|\bHMIs?\b|\binspectors? (?:was|were|for this|who)\b|\breferred to as\b"
    r"|^dear\b|\b(?:\w+(?:st|nd|rd|th)|last|final|latest|next) (?:such )?(?:monitoring )?visit\b",
    re.IGNORECASE,
)
"""Who came, which visit it was, and how the letter speaks of people."""
_ANY_YEAR: Final = 2000
_ABOUT_VISIT: Final = re.compile(r"findings|visit", re.IGNORECASE)
_TITLE: Final = re.compile(r"visit|inspection", re.IGNORECASE)
_VISIT: Final = re.compile(r"\bvisit\b", re.IGNORECASE)
_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_COVERED: Final = re.compile(r"^areas covered by", re.IGNORECASE)


def read_letter_front(
    reading: Reading, blocks: list[Block], is_heading: Callable[[int], bool]
) -> tuple[int, Place]:
    """Read a letter up to its findings.

    Parameters
    ----------
    reading
        Filled in place.
    blocks
        Blocks of the document.
    is_heading
        Whether the block at an index is a heading.

    Returns
    -------
    int
        Index of the first block of the findings.
    Place
        Where the reader then stands.
    """
    begin = read_address(reading, blocks)
    end = _first_finding(blocks, begin, is_heading)
    front = blocks[begin:end]
    judged = _judgements(reading, front)
    for i, block in enumerate(front):
        heads = i == 0 or block.kind == "heading"
        title = heads and not reading.title and bool(_TITLE.search(block.text))
        reading.title = head.without_footnote(block.text) if title else reading.title
        other = "finding" if block in judged else "opening of the letter"
        reading.use(block.lines, "title" if title else other)
    _read_dates(reading, front)
    _read_scope(reading, front)
    area = main_area(reading.areas) if reading.areas else "overall"
    place = Place(title="Letter", role="summary", area=area, part_area=area)
    reading.findings.extend(_finding(block, reading.title or place.title, area) for block in judged)
    return end, place


def read_address(reading: Reading, blocks: list[Block]) -> int:
    """Read date, addressees and salutation; return the index of the first block after them."""
    dear = next((i for i, b in enumerate(blocks) if b.text.lower().startswith("dear ")), -1)
    for block in blocks[: dear + 1]:
        reading.use(block.lines, "address")
        for line in block.lines:
            reading.published = reading.published or find_day(line.text)
    return dear + 1


def _judgements(reading: Reading, front: list[Block]) -> list[Block]:
    """Paragraphs of a monitoring letter that judge before it says what the visit covered."""
    if reading.kind.visit != "monitoring-visit":
        return []
    covered = [i for i, block in enumerate(front) if _COVERED.match(block.text)]
    covered += [i for i, block in enumerate(front) if i and _SCOPE.search(block.text)]
    return [block for block in front[1 : covered[0]] if _judges(block)] if covered else []


def _judges(block: Block) -> bool:
    """Whether a paragraph tells neither of the visit itself nor of those who came."""
    text = block.text
    sentence = block.kind == "plain" and text.endswith((".", ".\u2019", ".\u201d"))
    tells = any(known.search(text) for known in (_BEGINS, _EVIDENCE, _SCOPE, _ABOUT))
    return sentence and not tells and not (_VISIT.search(text) and find_span(text, _ANY_YEAR))


def _finding(block: Block, section: str, area: str) -> Finding:
    return Finding("", section, area, "summary", block.page, block.text, block.last.page)


def _first_finding(blocks: list[Block], start: int, is_heading: Callable[[int], bool]) -> int:
    for i in range(start + 1, len(blocks)):
        opening = head.opening_of(blocks[i].text) if is_heading(i) else None
        if opening and opening.use == head.FINDINGS and opening.role:
            return i
    for i in range(start + 1, len(blocks)):
        text = blocks[i].text
        if not (_BEGINS.match(text) or _EVIDENCE.search(text) or _SCOPE.search(text)):
            return i
    return len(blocks)


def _read_dates(reading: Reading, front: list[Block]) -> None:
    year = int(reading.published[:4]) if reading.published else 0
    said = [block.text for block in front if _ABOUT_VISIT.search(block.text)]
    begins = [text for text in said if _BEGINS.match(text)]
    for text in [*begins, *said]:
        visit = _VISIT.search(text)
        if span := find_span(text[visit.end() :] if visit else text, year):
            reading.date_visit(span)
            if not span.year_printed:
                reading.oddities.append(
                    "the dates of the visit are printed without a year; the letter's is taken"
                )
            return
    reading.date_visit(None)


def _read_scope(reading: Reading, front: list[Block]) -> None:
    """Take the sentences that say what inspectors looked at, with the bullets under them."""
    parts: list[str] = []
    listing = False
    for block in front:
        if block.kind == "bullet" and listing:
            parts.append("\u2022 " + block.text)
            continue
        for sentence in _SENTENCES.split(block.text):
            if _SCOPE.search(sentence) and not _EVIDENCE.search(sentence):
                parts.append(sentence)
        covered = bool(_COVERED.match(block.text))
        listing = covered or (block.text.endswith(":") and bool(parts))
    reading.scope = " ".join(parts)
    reading.areas = areas_of(reading.scope)
    if not parts:
        reading.missing["scope"] = "the letter does not say what inspectors looked at"
