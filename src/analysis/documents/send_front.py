"""The front of an area SEND inspection: its dates, and the one of three outcomes since 2023.

From 2016 to 2022 its findings came in a letter, without any grade. The outcome speaks for the whole
partnership of council and health bodies; it is a judgement of its own area and stands on no ladder
of the grades of children's services.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from analysis.documents.blocks import Block
from analysis.documents.files.lines import Line
from analysis.documents.letter_front import read_address
from analysis.documents.printed.dates import find_span
from analysis.documents.printed.grades import Grade
from analysis.documents.readings import Finding, Place, Reading
from analysis.documents.report_front import read_report_front

_OUTCOME: Final = re.compile(
    r"typically\s+leads?\s+to\s+positive\s+experiences\s+and\s+outcomes"
    r"|leads?\s+to\s+inconsistent\s+experiences\s+and\s+outcomes"
    r"|(?:widespread|systemic)(?:\s+(?:and|or|and/or)\s+systemic)?\s+failings",
    re.IGNORECASE,
)
"""The three outcomes as they are printed; `vocabulary.grade_of` puts them into the list's words."""
_TITLE: Final = re.compile(r"SEND\b.*\binspection|inspection of .*partnership", re.IGNORECASE)
_REQUIRED: Final = re.compile(r"statement of action is required", re.IGNORECASE)
_SPACES: Final = re.compile(r"\s+")
_PAGES: Final = 2
_ABOUT: Final = re.compile(
    r"^between\b|^from \d|^on \d|^this letter|^the inspection was led|^inspectors (?:spoke|looked"
    r"|visited|met)|^as a result of the findings of (?:this|the)|^the revisit was|^during the "
    r"(?:inspection|revisit)|^following|^they (?:also )?(?:spoke|looked|met)|conducted a joint"
    r"|(?:is|are) jointly responsible|^you asked|^I am writing",
    re.IGNORECASE,
)


def find_outcome(lines: Sequence[Line]) -> list[Grade]:
    """Find the printed outcome on the first pages, as a grade of the partnership."""
    front = [line for line in lines if line.page <= _PAGES]
    text = " ".join(line.text for line in front)
    begin = re.search(r"inspection\s+outcome", text, re.IGNORECASE)
    found = _OUTCOME.search(text, begin.end()) if begin else None
    if not found:
        return []
    at = 0
    for line in front:
        at += len(line.text) + 1
        if at > found.start():
            return [Grade("send-partnership", _SPACES.sub(" ", found[0]), line.page)]
    return []


def read_send_front(
    reading: Reading, blocks: list[Block], first_page: str, is_heading: Callable[[int], bool]
) -> tuple[int, Place]:
    """Read a report or letter up to its findings.

    Returns
    -------
    int
        Index of the first block of the findings.
    Place
        Where the reader then stands.
    """
    if reading.kind.document == "report":
        start, place = read_report_front(reading, blocks, first_page)
        own = (block.text for block in blocks[:start] if _TITLE.search(block.text))
        reading.title = reading.scope = next(own, reading.title)
        place.title = "Inspection outcome"
    else:
        start, place = _letter(reading, blocks, is_heading)
    reading.areas = [reading.kind.area]
    place.area = place.part_area = reading.kind.area
    return start, place


def _letter(
    reading: Reading, blocks: list[Block], is_heading: Callable[[int], bool]
) -> tuple[int, Place]:
    start = end = read_address(reading, blocks)
    while end < len(blocks) and (
        end == start
        or (is_heading(end) and end < start + 2 and "SEND" in blocks[end].text)
        or (not is_heading(end) and _ABOUT.search(blocks[end].text))
    ):
        end += 1
    reading.title = reading.scope = blocks[start].text if start < len(blocks) else ""
    for i, block in enumerate(blocks[start:end]):
        required = bool(_REQUIRED.search(block.text))
        reading.use(
            block.lines, "finding" if required else "opening of the letter" if i else "title"
        )
        if required:
            reading.findings.append(
                Finding(
                    "", reading.title, reading.kind.area, "need", block.page, block.text,
                    block.last.page,
                )
            )  # fmt: skip
    year = int(reading.published[:4]) if reading.published else 0
    spans = (find_span(block.text, year) for block in blocks[start + 1 : end])
    reading.date_visit(next((span for span in spans if span), None))
    return end, Place(title="Letter", role="summary")
