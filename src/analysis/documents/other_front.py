"""The front of notices, news pages and articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from analysis.documents.blocks import Block
from analysis.documents.printed.dates import Span, find_day, find_span
from analysis.documents.printed.headings import without_footnote
from analysis.documents.readings import Place, Reading

_ISSUED: Final = re.compile(
    r"\b(?:issued|gives?|given)\b(?:(?!\b(?:issued|published)\b).){0,160}? on [^.]{0,40}"
    r"|\bdated? [^.]{0,30}",
    re.IGNORECASE,
)
_TITLE_PARTS: Final = re.compile(r"\s*[|\u2013\u2014]\s*| - ")
_BYLINE: Final = re.compile(
    r"^(?:(?:words|written|posted|published|reported) )?by\b", re.IGNORECASE
)
_HEAD: Final = 600
_FIRST_BLOCKS: Final = 6
_DATE_LINE: Final = 60


def read_notice_front(reading: Reading, blocks: list[Block], words: str) -> tuple[int, Place]:
    """Read the title and the date of issue of an improvement notice."""
    reading.title = reading.scope = without_footnote(blocks[0].text)
    issued = filter(None, (find_span(found[0]) for found in _ISSUED.finditer(words)))
    span = next(issued, None) or find_span(words[:_HEAD])
    if span:
        reading.published = span.end
    reading.date_visit(Span(span.end, span.end) if span else None)
    reading.use(blocks[0].lines, "title")
    return 1, Place(title="Opening", role="context")


def read_article_front(reading: Reading, blocks: list[Block], page_title: str) -> tuple[int, Place]:
    """Read the title and the date of a news page or article."""
    parts = (page_title, *_TITLE_PARTS.split(page_title))
    begins = not page_title or blocks[0].text in parts or blocks[0].kind == "heading"
    reading.title = without_footnote(blocks[0].text) if begins else page_title
    if begins:
        reading.use(blocks[0].lines, "title")
    reading.missing["visit_start"] = "an account of a visit by others prints no dates of it"
    start = _after_title(reading, blocks, int(begins))
    for block in _date_line(reading, blocks[:_FIRST_BLOCKS], start):
        reading.use(block.lines, "title")
        start += 1
    return start, Place(title="Article", role="summary")


def _after_title(reading: Reading, blocks: Sequence[Block], start: int) -> int:
    """Pass over the title where it stands again, as under the way to a page, and its author."""
    for block in blocks[start:]:
        if reading.title.endswith(block.text):
            reading.title = block.text
        elif not (_BYLINE.match(block.text) and _is_label(block)):
            break
        reading.use(block.lines, "title")
        start += 1
    return start


def _date_line(reading: Reading, blocks: Sequence[Block], start: int) -> Sequence[Block]:
    """Read the day of publication; return the lines from the title to it, if all are labels."""
    for i, block in enumerate(blocks):
        if len(block.text) < _DATE_LINE and (day := find_day(block.text)):
            reading.published = day
            labels = blocks[start : i + 1]
            return labels if all(map(_is_label, labels)) else ()
    return ()


def _is_label(block: Block) -> bool:
    """A short line that is no sentence, such as a date or an author under a title."""
    short = block.kind == "plain" and len(block.text) < _DATE_LINE
    return short and not block.text.endswith((".", "!", "?", ":"))
