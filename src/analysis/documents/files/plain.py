"""Lines of a plain text file."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path
from typing import Final

from analysis.data.text import decode
from analysis.documents.files.lines import Content, Line, even
from analysis.documents.files.refusals import MAX_TEXT, UnreadableError
from analysis.errors import Problem

SIZE: Final = 12.0
"""Type size that stands for body text where the format has none."""
LEADING: Final = 14.0
"""Distance of lines where the format has no page."""
WIDTH: Final = 6.0
"""Width of a character where the format has no page."""
WRAPPED: Final = 200
"""A text file with a longer line holds a paragraph in each line; else its lines are wrapped."""
_EMPHASIS: Final = re.compile(r"\*\*(.+?)\*\*")
_MARKDOWN_HEADING: Final = re.compile(r"^#{1,6}\s+")
_LISTED_NUMBER: Final = re.compile(r"^[-*•]\s+(?=(?:\*\*)?(?:\d{1,3}|[a-z])[.)]\s)")


def read_plain(path: str) -> Content:
    """Read the lines of a text file in UTF-8, UTF-16 or cp1252.

    Raises
    ------
    UnreadableError
        If it is not text, or too long.
    """
    file = Path(path)
    text, problems = decode(file.read_bytes(), file.name)
    if problems:
        raise not_text(problems[0])
    if len(text) > MAX_TEXT:
        raise UnreadableError(f"it holds more than {MAX_TEXT:,} characters of text; split it")
    lines = text.splitlines()
    mark = "paragraph" if max(map(len, lines), default=0) > WRAPPED else ""
    numbered = zip(lines, count(), strict=False)
    return Content(tuple(_line(raw, at, mark) for raw, at in numbered if raw.strip()), 0, "text")


def not_text(problem: Problem) -> UnreadableError:
    """Return the refusal of bytes that no encoding reads as text."""
    where = f" in line {problem.row}" if problem.row else ""
    return UnreadableError(
        f"it is not a text file, or its encoding is broken{where} ({problem.value}); save it as "
        "UTF-8 text, or leave it out"
    )


def _line(raw: str, at: int, mark: str) -> Line:
    indent = WIDTH * (len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip()))
    text = raw.strip()
    heading = bool(_MARKDOWN_HEADING.match(text))
    bold = heading or bool(_EMPHASIS.fullmatch(text))
    words = even(_EMPHASIS.sub(r"\1", _MARKDOWN_HEADING.sub("", _LISTED_NUMBER.sub("", text))))
    place = -LEADING * at
    return Line(
        0,
        indent,
        indent + WIDTH * len(words),
        place,
        place,
        SIZE,
        bold,
        words,
        "heading" if heading else mark,
    )
