"""Reading one document: from its lines to what it says about itself and to its findings.

Every line of the document gets a use (finding, heading, footer, contents, closing …), so that
what is left out can be counted and is never silently dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from analysis.english import plural
from analysis.ingest import headings as head
from analysis.ingest.blocks import Block, build
from analysis.ingest.kinds import kind_of
from analysis.ingest.layout import (
    Placed,
    join_rows,
    measure,
    place,
    reading_order,
    without_furniture,
)
from analysis.ingest.letter_front import read_letter_front
from analysis.ingest.lines import Content, Line
from analysis.ingest.names import Gazetteer
from analysis.ingest.other_front import read_article_front, read_notice_front
from analysis.ingest.readings import Reading
from analysis.ingest.refusals import UnreadableError
from analysis.ingest.report_front import read_report_front, take_grades
from analysis.ingest.sections import Sections

COLUMN: Final = 4.0
"""Numbers within this many points of each other's left edge stand in one column."""
CONTENTS_GAP: Final = 3
"""Most lines of a table of contents without a page number, one after another."""
OTHERS: Final = 2
"""How many times oftener another authority must be named than the title's for it to be odd."""
_CONTENTS_LINE: Final = re.compile(r"\s\.{0,}\s*\d{1,3}$")
_NUMBERED_LINE: Final = re.compile(r"(\d{1,3})[.)]\s+[A-Z]")
_HEAD: Final = 600


def read_document(content: Content, gazetteer: Gazetteer) -> Reading:
    """Read a document's own words into what it says about itself and its findings.

    Raises
    ------
    UnreadableError
        If it is none of the kinds of document, or names no authority that it is about.
    """
    lines = join_rows(reading_order(content.lines))
    metrics = measure(lines)
    placed = place(lines, metrics)
    metrics = without_furniture(metrics, placed)
    body = [line for line, furniture in placed if not furniture]
    if not body:
        raise UnreadableError(
            "nothing but headers and footers was found in it; leave it out, or fetch it again"
        )
    words = " ".join(line.text for line in body)
    reading = Reading(kind_of(words, paged=bool(content.pages)), pages=content.pages)
    _account_furniture(reading, placed)
    body = _without_contents(reading, body)
    if reading.kind.document == "report":
        body = take_grades(reading, body)
    blocks = build(body, metrics)
    reading.largest_number = _largest_number(body, blocks)
    _read(reading, blocks, content, words)
    _name_authority(reading, words, gazetteer)
    return reading


def _read(reading: Reading, blocks: list[Block], content: Content, words: str) -> None:
    sections = Sections(reading, blocks)
    if reading.kind.document == "report":
        first_page = " ".join(line.text for line in content.lines if line.page <= 1)
        start = read_report_front(reading, blocks, first_page)
    elif reading.kind.document == "letter":
        start = read_letter_front(reading, blocks, sections.is_heading)
    elif reading.kind.document == "notice":
        start = read_notice_front(reading, blocks, words)
    else:
        start = read_article_front(reading, blocks, content.title)
    sections.read(*start)


def _largest_number(lines: Sequence[Line], blocks: Sequence[Block]) -> int:
    """Largest number in the column of paragraph numbers, blind to their sequence."""
    lefts = [block.left for block in blocks if block.kind == "numbered"]
    if not lefts:
        return 0
    column = sorted(lefts)[len(lefts) // 2]
    found = (_NUMBERED_LINE.match(line.text) for line in lines if abs(line.left - column) < COLUMN)
    return max((int(match[1]) for match in found if match), default=0)


def _account_furniture(reading: Reading, placed: Sequence[Placed]) -> None:
    for line, furniture in placed:
        if furniture:
            reading.use([line], furniture)
    edges = ("header", "footer")
    reading.running = " ".join(line.text for line, what in placed if what in edges)


def _without_contents(reading: Reading, lines: list[Line]) -> list[Line]:
    """Drop the table of contents: from its heading to the last entry with a page number."""
    begin = next((i for i, x in enumerate(lines) if head.plain(x.text) == "contents"), None)
    if begin is None:
        return lines
    end = begin
    for i in range(begin + 1, len(lines)):
        if lines[i].page > lines[begin].page + 1 or i - end > CONTENTS_GAP:
            break
        if _CONTENTS_LINE.search(lines[i].text):
            end = i
    reading.use(lines[begin : end + 1], "contents")
    return lines[:begin] + lines[end + 1 :]


def _name_authority(reading: Reading, words: str, gazetteer: Gazetteer) -> None:
    """Name the authority: the title's, else the beginning's, else the one named most."""
    named = gazetteer.find(reading.title) or gazetteer.find(words[:_HEAD])
    common, count = gazetteer.commonest(words)
    match = named or common
    if match is None:
        raise UnreadableError(
            "no English local authority with children's services is named in it; leave it out"
        )
    if named and common and common.authority != named.authority:
        own = gazetteer.count(words, named.authority)
        if count > OTHERS * (own + 1):
            reading.oddities.append(
                f"its title names {named.authority}, but its text names {common.authority} "
                f"{plural(count, 'time')} and the former {plural(own, 'time')}"
            )
    reading.authority, reading.former = match.authority, match.former
