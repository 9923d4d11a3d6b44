"""Pages: lines set at given places, flowing text, running furniture, and what was said where."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from compose.model import Block, Composed, Paragraph

PAGE: Final = (594.96, 841.92)
LEADING: Final = 1.2
PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"
SECOND_LEVEL = "\uf02d"
DRAWN_AS: Final = {
    "\uf06e": "■",
    "\uf0a7": "▪",
    "\uf0b7": "•",
    "\uf0be": "–",
    SECOND_LEVEL: "−",
}
"""Bullets of private use, and the sign of the typeface that each is drawn with."""


@dataclass(frozen=True)
class Op:
    """A run of characters at a place."""

    x: float
    y: float
    text: str
    size: float = 12
    bold: bool = False


Furniture = Callable[[int], Sequence[Op]]


@cache
def fonts() -> None:
    """Register the typefaces, with the bullets of private use added to the plain one."""
    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    face: Any = pdfmetrics.getFont(PLAIN).face
    for bullet, drawn in DRAWN_AS.items():
        face.charToGlyph[ord(bullet)] = face.charToGlyph[ord(drawn)]
        face.charWidths[ord(bullet)] = face.charWidths[ord(drawn)]


def width_of(text: str, size: float = 12, bold: bool = False) -> float:
    """Return how wide a text is set."""
    fonts()
    return float(pdfmetrics.stringWidth(text, BOLD if bold else PLAIN, size))


def wrap(text: str, width: float, size: float = 12, bold: bool = False) -> list[str]:
    """Break a text into lines, at spaces and after hyphens; a newline forces a break."""
    lines = []
    for forced in text.split("\n"):
        line = ""
        for word in forced.split(" "):
            for place, piece in enumerate(re.findall(r"[^-]+-*|-+", word)):
                glue = "" if place or not line else " "
                if line and width_of(line + glue + piece, size, bold) > width:
                    lines.append(line)
                    line = piece
                else:
                    line += glue + piece
        lines.append(line)
    return lines


def rejoin(lines: Sequence[str]) -> str:
    """Join lines as a reader should: one space between, none after a hyphen.

    >>> rejoin(["a multi-", "agency", "plan"])
    'a multi-agency plan'
    """
    text = ""
    for line in lines:
        text += line if not text or text.endswith("-") else f" {line}"
    return text


def draw(pages: Sequence[Sequence[Op]], size: tuple[float, float] = PAGE, **options: Any) -> bytes:
    """Return the pages as a PDF that is the same on every run."""
    fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1, **options)
    for page in pages:
        for op in page:
            canvas.setFont(BOLD if op.bold else PLAIN, op.size)
            canvas.drawString(op.x, op.y, op.text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@dataclass
class Sheets:
    """A document that is being set."""

    left: float = 72
    right: float = 523
    top: float = 736
    bottom: float = 66
    furniture: Furniture = lambda _: ()
    size: tuple[float, float] = PAGE
    pages: list[list[Op]] = field(default_factory=lambda: [[]])
    late: list[Op] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    headings: list[tuple[str, int, int]] = field(default_factory=list)
    section: str = ""
    area: str = ""

    def __post_init__(self) -> None:
        self.y = self.top
        self.floor = self.bottom

    @property
    def page(self) -> int:
        return len(self.pages)

    def new_page(self) -> None:
        self.settle()
        self.pages.append([])
        self.y, self.floor = self.top, self.bottom

    def room(self, height: float) -> None:
        """Turn the page if less than this is left of it."""
        if self.y - height < self.floor:
            self.new_page()

    def put(self, x: float, y: float, text: str, size: float = 12, bold: bool = False) -> None:
        """Set a run at a place, apart from the flow."""
        self.pages[-1].append(Op(x, y, text, size, bold))

    def step(self, size: float) -> None:
        self.y -= size * LEADING

    def flow(
        self,
        lines: Sequence[str],
        x: float,
        *,
        size: float = 12,
        bold: bool = False,
        mark: str = "",
        mark_x: float | None = None,
        tight: bool = False,
    ) -> tuple[int, int]:
        """Set lines under one another, over the page's end if need be; return both pages."""
        first = 0
        for place, line in enumerate(lines):
            if self.y < self.floor:
                self.new_page()
            first = first or self.page
            last = place == len(lines) - 1
            shown = line if last or line[-1:] in ",-" else f"{line} "
            if place == 0 and mark:
                at = self.left if mark_x is None else mark_x
                if tight:
                    self.put(at, self.y, mark + shown, size, bold)
                else:
                    self.put(at, self.y, mark, size, bold)
                    self.put(x, self.y, shown, size, bold)
            else:
                self.put(x, self.y, shown, size, bold)
            self.step(size)
        return first, self.page

    def heading(
        self,
        text: str,
        *,
        size: float = 14,
        bold: bool = True,
        x: float | None = None,
        level: int = 2,
        area: str | None = None,
        note: str = "",
        right: float | None = None,
    ) -> None:
        """Set a heading, which what follows stands under."""
        at = self.left if x is None else x
        lines = wrap(text, (right or self.right) - at, size, bold)
        self.room(len(lines) * size * LEADING + 45)
        if self.y < self.top:
            self.y -= 4
        self.stands(text, level, area)
        for line in lines:
            self.put(at, self.y, line if line is lines[-1] else f"{line} ", size, bold)
            if note and line is lines[-1]:
                self.put(at + width_of(line, size, bold), self.y + 5, note, 6.5, bold)
            self.step(size)
        self.y -= 10

    def stands(self, text: str, level: int = 2, area: str | None = None) -> None:
        """Note a heading without setting it."""
        self.section = text
        if area is not None:
            self.area = area
        self.headings.append((text, self.page, level))
        self.blocks.append(Block("heading", text, level=level))

    def item(
        self,
        text: str,
        *,
        role: str,
        mark: str = "",
        number: str = "",
        mark_x: float | None = None,
        x: float | None = None,
        size: float = 12,
        gap: float = 12,
        tight: bool = False,
        level: int = 1,
        mark_size: float | None = None,
    ) -> None:
        """Set a paragraph that a reader should give back."""
        at = self.left if x is None else x
        lines = wrap(text, self.right - at - 6, size)
        if tight:
            lead = (self.left if mark_x is None else mark_x) + width_of(mark, size) - at
            first = wrap(text, self.right - at - 6 - max(lead, 0), size)[0]
            rest = text[len(first) :].lstrip(" \n")
            lines = [first, *wrap(rest, self.right - at - 6, size)] if rest else [first]
        if self.y < self.floor:
            self.new_page()
        if mark_size and mark:
            self.put(self.left if mark_x is None else mark_x, self.y, mark, mark_size)
            first_page, last_page = self.flow(lines, at, size=size)
        else:
            first_page, last_page = self.flow(
                lines, at, size=size, mark=mark, mark_x=mark_x, tight=tight
            )
        self.y -= gap
        whole = rejoin(lines)
        self.paragraphs.append(
            Paragraph(number, self.section, role, first_page, whole, self.area, last_page)
        )
        kind = "bullet" if mark and not number else "text"
        self.blocks.append(Block(kind, whole, f"{number}." if number else mark, level, role))

    def aside(
        self,
        text: str,
        *,
        x: float | None = None,
        size: float = 12,
        bold: bool = False,
        gap: float = 12,
        mark: str = "",
        mark_x: float | None = None,
    ) -> None:
        """Set a text that is no finding."""
        at = self.left if x is None else x
        lines = wrap(text, self.right - at - 6, size, bold)
        self.flow(lines, at, size=size, bold=bold, mark=mark, mark_x=mark_x)
        self.y -= gap
        self.apart.append(rejoin(lines))
        self.blocks.append(Block("line", rejoin(lines), mark))

    def footnotes(self, notes: Sequence[tuple[str, str]], low: float = 73) -> None:
        """Set notes at the foot of this page, each with a small raised number, above a line."""
        set_lines: list[tuple[str, str]] = []
        for number, text in notes:
            lines = wrap(text, self.right - self.left - 12, 10)
            set_lines += [(number if place == 0 else "", line) for place, line in enumerate(lines)]
            self.apart.append(rejoin(lines))
        y = low + 12 * (len(set_lines) - 1)
        self.floor = max(self.floor, y + 22)
        for number, line in set_lines:
            if number:
                self.late.append(Op(self.left, y + 5, number, 6.5))
            indent = 5 if number else 0
            self.late.append(Op(self.left + indent, y, line, 10))
            y -= 12

    def settle(self) -> None:
        """Put what comes late on a page after the rest of it."""
        self.pages[-1] += self.late
        self.late = []

    def composed(self, **truth: Any) -> Composed:
        """Return the document, its furniture first on every page."""
        self.settle()
        pages = [
            [*self.furniture(number), *page] for number, page in enumerate(self.pages, start=1)
        ]
        return Composed(
            content=draw(pages, self.size),
            suffix=".pdf",
            paragraphs=self.paragraphs,
            apart=self.apart,
            pages=len(pages),
            blocks=self.blocks,
            **truth,
        )


CONTACT: Final = (
    "Ofsted looks after standards in education and in the care of children, and its inspectors "
    "call on councils, nurseries, colleges and many others across England.",
    "Ask by telephone for a copy in large type, in another language or on tape.",
    "This text may be used again without charge under the open licence for government works, "
    "so long as its origin and its date are given.",
)
ADDRESS: Final = ("Piccadilly Gate", "Store Street", "Manchester", "M1 2WD")
LINES: Final = ("T: 0300 123 1231", "E: enquiries@ofsted.gov.uk", "W: www.gov.uk/ofsted")


def contact_page(sheets: Sheets, year: int, top: float = 656) -> None:
    """Set the last page, in small type: who publishes, where to ask, whose copyright."""
    sheets.new_page()
    sheets.y = top
    sheets.section = sheets.area = ""
    for text in CONTACT:
        sheets.aside(text, size=10)
    for place, text in enumerate((*ADDRESS, *LINES, f"© Crown copyright {year}")):
        sheets.aside(text, size=10, gap=12 if place in (3, 6) else 0)
