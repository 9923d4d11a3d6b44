"""Reading one document: from its lines to what it says about itself and to its findings.

Every line of the document gets a use (finding, heading, footer, contents, closing …), so that
what is left out can be counted and is never silently dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from analysis.documents.blocks import Block, build
from analysis.documents.files.layout import (
    Placed,
    join_rows,
    measure,
    place,
    reading_order,
    without_furniture,
)
from analysis.documents.files.lines import Content, Line
from analysis.documents.files.refusals import UnreadableError
from analysis.documents.front import Front, front_of
from analysis.documents.joint_front import read_joint_front
from analysis.documents.kind import Kind
from analysis.documents.kinds import INSIST, kind_of, told_kind
from analysis.documents.letter_front import read_letter_front
from analysis.documents.other_front import read_article_front, read_notice_front
from analysis.documents.printed import headings as head
from analysis.documents.printed.names import Gazetteer
from analysis.documents.readings import NOT_TOLD, Reading, Told
from analysis.documents.report_front import read_report_front, take_grades
from analysis.documents.sections import Sections
from analysis.documents.send_front import find_outcome, read_send_front
from analysis.english import plural

COLUMN: Final = 4.0
"""Numbers within this many points of each other's left edge stand in one column."""
CONTENTS_GAP: Final = 3
"""Most lines of a table of contents without a page number, one after another."""
OTHERS: Final = 2
"""How many times oftener another authority must be named than the title's for it to be odd."""
_CONTENTS_LINE: Final = re.compile(r"\s\.{0,}\s*\d{1,3}$")
_NUMBERED_LINE: Final = re.compile(r"(\d{1,3})[.)]\s+[A-Z]")


def read_document(content: Content, gazetteer: Gazetteer, told: Told = NOT_TOLD) -> Reading:
    """Read a document's own words into what it says about itself and its findings.

    Parameters
    ----------
    content
        Its lines.
    gazetteer
        Names of the authorities.
    told
        What a user says of it, against what it says itself.

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
    front = front_of(body, metrics)
    reading = Reading(_kind(front, gazetteer, told), pages=content.pages)
    _account_furniture(reading, placed)
    body = _without_contents(reading, body)
    if reading.kind.framework == "SEND":
        reading.grades = find_outcome(body)
    elif reading.kind.document == "report":
        body = take_grades(reading, body)
    blocks = build(body, metrics)
    reading.largest_number = _largest_number(body, blocks)
    _read(reading, blocks, content, front.text)
    _name_authority(reading, front, gazetteer, told)
    return reading


def _kind(front: Front, gazetteer: Gazetteer, told: Told) -> Kind:
    return told_kind(told.kind, front) if told.kind else kind_of(front, gazetteer)


def _read(reading: Reading, blocks: list[Block], content: Content, words: str) -> None:
    sections = Sections(reading, blocks)
    first_page = " ".join(line.text for line in content.lines if line.page <= 1)
    if reading.kind.source == "secondary":
        start = read_article_front(reading, blocks, content.title)
    elif reading.kind.framework == "JTAI":
        start = read_joint_front(reading, blocks, sections.is_heading)
    elif reading.kind.framework == "SEND":
        start = read_send_front(reading, blocks, first_page, sections.is_heading)
    elif reading.kind.document == "report":
        start = read_report_front(reading, blocks, first_page)
    elif reading.kind.document == "letter":
        start = read_letter_front(reading, blocks, sections.is_heading)
    else:
        start = read_notice_front(reading, blocks, words)
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


def _name_authority(reading: Reading, front: Front, gazetteer: Gazetteer, told: Told) -> None:
    """Name the authority that a document names where it says about whom it is.

    Its title comes first, then its letterhead, where only councils count and not people, then its
    beginning. An account by others may name it anywhere in the beginning.
    """
    reading.told = told
    if told.authority:
        reading.authority = told.authority
        return
    named = (
        gazetteer.find(reading.title)
        or gazetteer.find(front.heading)
        or gazetteer.find(front.letterhead, organisation=True)
        or gazetteer.find(front.opening, organisation=reading.kind.source == "primary")
    )
    if named is None:
        raise UnreadableError(
            "no English local authority with children's services is named where it says about "
            f"whom it is; {INSIST}"
        )
    counts = gazetteer.counts(front.text)
    own = counts.get(named.authority, 0)
    common = next(iter(counts), named.authority)
    if counts and counts[common] > OTHERS * (own + 1):
        reading.oddities.append(
            f"its title names {named.authority}, but its text names {common} "
            f"{plural(counts[common], 'time')} and the former {plural(own, 'time')}"
        )
    reading.authority, reading.former = named.authority, named.former
