"""Joining lines into blocks: headings, numbered paragraphs, bullets and plain paragraphs.

A number opens a paragraph only where it continues the document's own run and stands where such
numbers stand; so a wrapped line that begins with "16." stays in its sentence, and a number that
the printer skipped is noticed and not repaired.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

from analysis.documents.files.layout import Metrics
from analysis.documents.files.lines import Line
from analysis.documents.printed.boilerplate import ends_letter, greets, opens_front
from analysis.documents.printed.grades import heading_grade

Kind = Literal["heading", "numbered", "lettered", "bullet", "plain"]

BULLETS: Final = (
    "\uf06e\uf0a7\uf0b7\uf0be\uf02d\uf0fc\uf0d8\uf076\uf071"  # in symbol fonts
    "\u25fc\u25a0\u25aa\u25cf\u2022\u00b7\u2043\u25e6\u25a1\u27a2\u23af"
)
DASHES: Final = "-\u2013\u2014\u2015\u2500\u2212\u0336o"
WIDE_GAP: Final = 1.3
"""A gap over this many line distances parts two paragraphs."""
SPARE_LINES: Final = 1.6
"""A page that ends this many lines early was broken between paragraphs."""
HALF_LINE: Final = 0.45
"""A page that ends this many lines early may have been, if the sentence overleaf stands alone."""
NEAR: Final = 7.0
"""Left edges within this many points are one column."""
MAX_SKIP: Final = 4
"""Most numbers that a printed run may leave out and still be one run."""
RESTART: Final = 5
"""A run may begin again at 1 once it has come this far."""
HEADING_WORDS: Final = 30
"""Most words of a heading; large or bold type with more is a paragraph."""
SENTENCE_WORDS: Final = 14
"""Most words of a heading that ends with a full stop and not with a grade."""
_HANGS: Final = 2.0
_LETTER_WIDTH: Final = 0.52
"""Width of a character on average, as a share of the type size."""
_NUMBER: Final = re.compile(
    r"^(\d{1,3})(?:([.)])(?:\s+(?=\S)|$|(?=[^\s\d.,)%/:]))|\s+(?=[A-Z\u2018\u201c])|(?=[A-Z]))"
)
_LETTER: Final = re.compile(r"^\(?([a-z])[.)]\s*(?=\S)")
_BULLET: Final = re.compile(rf"^[{BULLETS}]\s*(?=\S)|^[{DASHES}]\s+(?=\S)")
_BARE_BULLET: Final = re.compile(rf"^[{BULLETS}]$")
_STOPS: Final = (".", ".\u2019", ".\u201d", "?")
_LEANS: Final = re.compile(
    r"(?:however|consequently|therefore|thus|but|and|also|as a result|as such|in addition"
    r"|additionally|furthermore|moreover|similarly|nevertheless|despite|it|they|their|he|she|others?"
    r"|for (?:example|others|instance)|in (?:these|such|some|other) cases)\b"
    r"|.{0,60}\b(?:this|these|such|those)\b(?! (?:visit|inspection|authority|area|who)\b)",
    re.IGNORECASE,
)
"""How a sentence begins that goes on with what the one before said."""
_ENDS: Final = re.compile(r"[.!?:;][\"'\u2019\u201d)\]]*\d{0,2}$")


@dataclass
class Block:
    """Lines that belong together.

    Attributes
    ----------
    kind
        What it is.
    lines
        Its lines, in order.
    number
        The printed number (`12`), or letter, or ``.
    text
        Its words without number or bullet, lines joined by a space; bullets that belong to it are
        set after a `\u2022`.
    left, hang
        Left edge of the number, bullet or first line, and of the lines under it.
    level
        1 for a bullet, 2 for a bullet under a bullet.
    """

    kind: Kind
    lines: list[Line] = field(default_factory=list)
    number: str = ""
    text: str = ""
    left: float = 0.0
    hang: float | None = None
    level: int = 1

    @property
    def page(self) -> int:
        """Page on which it begins."""
        return self.lines[0].page

    @property
    def last(self) -> Line:
        """Its last line."""
        return self.lines[-1]

    def add(self, line: Line, text: str) -> None:
        """Add a line with these words."""
        self.lines.append(line)
        self.text = join_text(self.text, text)


def join_text(above: str, below: str) -> str:
    """Join two printed lines.

    A hyphen that stands at the end of a line belongs to the word; a dash does not.

    Examples
    --------
    >>> join_text("a multi-", "agency plan")
    'a multi-agency plan'
    >>> join_text("help -", "and care")
    'help - and care'
    """
    if not above:
        return below
    hyphen = above.endswith("-") and not above.endswith((" -", "--"))
    return above + ("" if hyphen else " ") + below


class Builder:
    """Builds blocks from lines in order; feed each line to `add`, then take `blocks`."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        self.blocks: list[Block] = []
        self.last_number = 0
        self.number_left: float | None = None

    def add(self, line: Line) -> None:
        """Take the next line."""
        if ends_letter(line.text) or greets(line.text):
            self._open("plain", line, line.text)
            return
        if (
            self._bulleted(line)
            or self._numbered(line)
            or self._lettered(line)
            or self._heading(line)
        ):
            return
        current = self.blocks[-1] if self.blocks else None
        if current and self._continues(current, line):
            if current.hang is None and len(current.lines) == 1 and current.page == line.page:
                current.hang = line.left
            current.add(line, line.text)
        else:
            owner = self._owner(line)
            if owner:
                owner.add(line, line.text)
            else:
                self._open("plain", line, line.text)

    def _open(self, kind: Kind, line: Line, text: str, number: str = "", level: int = 1) -> None:
        block = Block(kind, [line], number, text, line.left, None, level)
        self.blocks.append(block)

    # Marks at the start of a line

    def _bulleted(self, line: Line) -> bool:
        if line.mark.startswith("bullet"):
            text = _BULLET.sub("", line.text)
            self._open("bullet", line, text, level=2 if line.mark == "bullet2" else 1)
            return True
        found = _BULLET.match(line.text)
        if _BARE_BULLET.match(line.text):
            self._open("bullet", line, "", level=self._level(line))
            return True
        if not found or line.mark == "heading":
            return False
        if line.text[0] in DASHES and not self._dash_opens(line):
            return False
        self._open("bullet", line, line.text[found.end() :], level=self._level(line))
        return True

    def _dash_opens(self, line: Line) -> bool:
        """A dash opens a bullet unless it stands where the sentence above would go on."""
        current = self.blocks[-1] if self.blocks else None
        if current is None or not current.lines:
            return True
        if current.kind == "bullet" and abs(current.left - line.left) <= NEAR:
            return True
        if current.text.endswith((":", ";")) or self._gap(current.last, line) > WIDE_GAP:
            return True
        return _ENDS.search(current.text) is not None and line.text[0] != "o"

    def _level(self, line: Line) -> int:
        for block in reversed(self.blocks):
            if block.kind != "bullet":
                return 1
            if line.left > block.left + NEAR:
                return block.level + 1
            if abs(line.left - block.left) <= NEAR:
                return block.level
        return 1

    def _numbered(self, line: Line) -> bool:
        found = _NUMBER.match(line.text)
        if not found or line.mark in ("heading", "bullet"):
            return False
        number, dotted = int(found[1]), bool(found[2])
        if self._large(line) and not dotted:
            return False
        rest = line.text[found.end() :]
        if not (self._in_run(number) and self._number_stands(line, number, dotted=dotted)):
            return False
        self.last_number = number
        self.number_left = line.left
        self._open("numbered", line, rest, number=found[1])
        return True

    def _in_run(self, number: int) -> bool:
        step = number - self.last_number
        if number == 1:
            return self.last_number == 0 or self.last_number >= RESTART
        return self.last_number > 0 and 1 <= step <= MAX_SKIP + 1

    def _number_stands(self, line: Line, number: int, *, dotted: bool) -> bool:
        """Whether it stands where the run's numbers stand, at the start of a paragraph."""
        current = self.blocks[-1] if self.blocks else None
        if not line.page or current is None:
            return dotted
        in_column = self.number_left is None or abs(line.left - self.number_left) <= NEAR
        below_hang = current.hang is not None and line.left < current.hang - NEAR
        opens = (
            current.kind == "heading"
            or below_hang
            or self._gap(current.last, line) > WIDE_GAP
            or self._ended(current, line)
        )
        if number != self.last_number + 1:
            return dotted and in_column and opens and self._gap(current.last, line) > WIDE_GAP
        return opens and (in_column or dotted)

    def _lettered(self, line: Line) -> bool:
        """`a.` under a numbered paragraph, in a document that numbers that way."""
        found = _LETTER.match(line.text)
        if not found or line.page:
            return False
        above = next((b for b in reversed(self.blocks) if b.kind in ("numbered", "lettered")), None)
        if above is None:
            return False
        parent = above.number.rstrip("abcdefghijklmnopqrstuvwxyz")
        previous = above.number[len(parent) :]
        if found[1] != (chr(ord(previous) + 1) if previous else "a"):
            return False
        self._open("lettered", line, line.text[found.end() :], number=parent + found[1])
        return True

    # Headings

    def _heading(self, line: Line) -> bool:
        if not (line.mark == "heading" or line.bold or self._large(line)):
            return False
        current = self.blocks[-1] if self.blocks else None
        if (
            current
            and current.kind == "heading"
            and line.mark != "heading"
            and current.page == line.page
            and abs(current.last.size - line.size) < 1
            and self._heading_gap(current.last, line) <= WIDE_GAP
        ):
            current.add(line, line.text)
            return True
        if line.mark != "heading" and current and self._runs_on(current, line):
            return False
        self._open("heading", line, line.text)
        return True

    def _large(self, line: Line) -> bool:
        return line.size > self.metrics.size + 1

    def _heading_gap(self, above: Line, below: Line) -> float:
        """Distance in line distances of the heading's own type."""
        leading = max(self.metrics.leading, 1.25 * above.size)
        return (above.bottom - below.top) / leading

    def _runs_on(self, current: Block, line: Line) -> bool:
        """A line of a paragraph in large or bold type, or of one that has bold words."""
        if current.kind == "heading" or not _same_type(current.last, line):
            return False
        if self._large(current.last) or current.last.bold:
            return current.page != line.page or self._heading_gap(current.last, line) <= WIDE_GAP
        return (
            current.page == line.page
            and self._gap(current.last, line) <= 1.1  # noqa: PLR2004
            and not _ENDS.search(current.text)
        )

    # Continuing

    def _gap(self, above: Line, below: Line) -> float:
        """Distance in line distances; 99 over a page break."""
        if above.page != below.page:
            return 99.0
        return (above.bottom - below.top) / self.metrics.leading

    def _continues(self, current: Block, line: Line) -> bool:
        if current.kind == "heading" or line.mark or greets(current.text):
            return False
        if opens_front(line.text) and not _ENDS.search(current.text):
            return False
        if current.kind == "plain":
            wide = self._gap(current.last, line) > WIDE_GAP
            same_column = abs(line.left - current.left) <= 3 * NEAR
            turned = current.last.page != line.page
            return (turned or not wide) and same_column and not self._ended(current, line)
        if current.last.page != line.page:
            return self._continues_overleaf(current, line)
        return self._continues_below(current, line)

    def _continues_overleaf(self, current: Block, line: Line) -> bool:
        """A numbered paragraph or bullet goes on where its lines hang."""
        if current.hang is None:
            return line.left > current.left + NEAR or not _ENDS.search(current.text)
        flush = abs(current.hang - current.left) <= NEAR
        hangs = abs(line.left - current.hang) <= NEAR
        return hangs and not (flush and self._ended(current, line))

    def _continues_below(self, current: Block, line: Line) -> bool:
        near = self._gap(current.last, line) <= WIDE_GAP
        hang = current.hang
        if hang is None:
            fresh = not current.text or line.left > current.left + _HANGS
            return near and (fresh or not self._ended(current, line))
        if abs(line.left - hang) > NEAR:
            return near and not self._ended(current, line)
        return near or hang > current.left + NEAR

    def _ended(self, current: Block, line: Line) -> bool:
        """Whether the paragraph ended above: a sentence's end, and room left for a word or line.

        Between paragraphs more is left blank than between lines, so a page mostly ends a little
        early there.
        """
        if not _ENDS.search(current.text):
            return False
        last = current.last
        word = len(line.text.split(" ", 1)[0]) + 1
        room = self.metrics.right - last.right
        if room > word * self.metrics.size * _LETTER_WIDTH + self.metrics.size:
            return True
        if last.page == line.page or not self.metrics.bottom:
            return False
        spare = (last.bottom - self.metrics.bottom) / self.metrics.leading
        alone = current.text.endswith(_STOPS) and not _LEANS.match(line.text)
        return spare > (HALF_LINE if alone else SPARE_LINES)

    def _owner(self, line: Line) -> Block | None:
        """The numbered paragraph whose text goes on after its bullets."""
        for block in reversed(self.blocks):
            if block.kind == "numbered":
                hangs = block.hang is not None and block.hang > block.left + NEAR
                same = hangs and abs(line.left - (block.hang or 0)) <= NEAR
                return block if same and self.blocks[-1].kind == "bullet" else None
            if block.kind != "bullet":
                return None
        return None


def _same_type(above: Line, below: Line) -> bool:
    """Whether two lines are in the same type, or the lower one in bold body type."""
    return abs(above.size - below.size) < 1 and (above.bold == below.bold or below.bold)


def build(lines: Iterable[Line], metrics: Metrics) -> list[Block]:
    """Join lines into blocks."""
    builder = Builder(metrics)
    for line in lines:
        builder.add(line)
    for block in builder.blocks:
        if block.kind == "heading" and _is_prose(block.text):
            block.kind = "plain"
    return builder.blocks


def _is_prose(text: str) -> bool:
    """Whether large or bold type is a paragraph and no heading."""
    words = len(text.split())
    return words > HEADING_WORDS or (
        words > SENTENCE_WORDS and text.endswith(".") and not heading_grade(text)
    )
