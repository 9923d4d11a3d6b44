"""The front of a report: titles, dates, and the grades of its first pages."""

from __future__ import annotations

import re
from typing import Final

from analysis.documents.blocks import Block
from analysis.documents.files.lines import Line
from analysis.documents.printed import headings as head
from analysis.documents.printed.dates import find_day, find_span
from analysis.documents.printed.grades import find_grades
from analysis.documents.printed.scope import ALL_AREAS
from analysis.documents.readings import Place, Reading

FRONT_PAGES: Final = 2
"""Pages on which grades are printed in a table."""
SENTENCE: Final = 14
"""Words of a paragraph on the first page that is no label."""
_LABELS: Final = re.compile(
    r"^(?:inspection dates?|dates? of (?:inspection|review)|lead inspector|report published"
    r"|published|reporting inspector|age group|unique reference|deputy lead|key judge?ment"
    r"|judge?ment\s+grade|review dates?)\b",
    re.IGNORECASE,
)
_DATES: Final = re.compile(
    r"(?:inspection|review) dates?(?: of inspection)?\s*:?"
    r"|dates? of (?:inspection|review)\s*:?",
    re.IGNORECASE,
)
_PUBLISHED: Final = re.compile(r"\breport published(?: on)?\s*:?|\bpublished\s*:", re.IGNORECASE)
_TABLE_HEAD: Final = re.compile(r"judge?ment\s+grade", re.IGNORECASE)
_TITLE: Final = re.compile(r"inspection of|review of", re.IGNORECASE)
_ENDS: Final = re.compile(r"[.!?\u2026:;][\"'\u2019\u201d)\]]*\d{0,2}$|\)$")
_DATE_LENGTH: Final = 160
_DAY_LENGTH: Final = 40


def take_grades(reading: Reading, lines: list[Line]) -> list[Line]:
    """Read the grades of the first pages; return the lines without those that print them."""
    front = [line for line in lines if line.page <= FRONT_PAGES]
    reading.grades = find_grades(front, reading.kind.framework)
    rows = [i for grade in reading.grades for i in grade.lines]
    used = set(rows)
    if rows and reading.kind.framework == "ILACS":
        used.update(range(min(rows), max(rows) + 1))
        above = range(max(0, min(rows) - 2), min(rows))
        used.update(i for i in above if _TABLE_HEAD.search(front[i].text))
    reading.use((front[i] for i in sorted(used)), "judgement table")
    return [line for i, line in enumerate(front) if i not in used] + lines[len(front) :]


def read_report_front(reading: Reading, blocks: list[Block], first_page: str) -> tuple[int, Place]:
    """Read titles and dates.

    Parameters
    ----------
    reading
        Filled in place.
    blocks
        Blocks of the document.
    first_page
        Every word of page 1, small print included.

    Returns
    -------
    int
        Index of the first block after the titles.
    Place
        Where the reader then stands.
    """
    taken, titles = _titles(blocks)
    for block in blocks[:taken]:
        reading.use(block.lines, "title")
    reading.title = reading.scope = " ".join(titles)
    _read_dates(reading, first_page)
    reading.areas = _areas(reading.kind.subject)
    ilacs = reading.kind.framework == "ILACS"
    place = Place(title="Overall effectiveness" if ilacs else "Judgement", role="summary")
    if reading.kind.subject != "services":
        place.area = place.part_area = reading.areas[0]
    return taken, place


def _titles(blocks: list[Block]) -> tuple[int, list[str]]:
    """Count the blocks of the front, and collect those that are titles."""
    titles: list[str] = []
    first = max(blocks[0].page, 1) if blocks else 1
    for i, block in enumerate(blocks):
        opening = head.opening_of(block.text) if block.kind == "heading" else None
        section = opening is not None and not _TITLE.search(block.text) and i > 1
        label = bool(_LABELS.match(block.text))
        if block.page > first or (section and titles):
            return i, titles
        if not (block.kind == "heading" or label or not titles) and _is_sentence(block.text):
            return i, titles
        heads = block.kind == "heading" or not titles
        if heads and not label and not find_span(block.text):
            titles.append(head.without_footnote(block.text))
    return len(blocks), titles


def _is_sentence(text: str) -> bool:
    return len(text.split()) > SENTENCE or bool(_ENDS.search(text))


def _read_dates(reading: Reading, first_page: str) -> None:
    label = _DATES.search(first_page)
    span = find_span(first_page[label.end() : label.end() + _DATE_LENGTH]) if label else None
    if span is None and (span := find_span(reading.running)):
        reading.oddities.append(
            "no dates of the visit stand on page 1; those of the running footer are taken"
        )
    reading.date_visit(span)
    if published := _PUBLISHED.search(first_page):
        reading.published = find_day(first_page[published.end() : published.end() + _DAY_LENGTH])


def _areas(subject: str) -> list[str]:
    if subject == "board":
        return ["safeguarding-board"]
    if subject == "looked-after":
        return ["children-in-care", "care-leavers", "leadership"]
    return list(ALL_AREAS)
