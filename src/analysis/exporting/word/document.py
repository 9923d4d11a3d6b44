"""From the blocks of a page to a Word document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from io import BytesIO
from typing import Final, cast

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Inches

from analysis.charts.parts.pictures import Picture
from analysis.exporting.outline import (
    CAPTION,
    Cell,
    Figure,
    Look,
    Outline,
    Paragraph,
    Run,
    Table,
)
from analysis.exporting.word.package import to_bytes
from analysis.exporting.word.paragraphs import Writer, element
from analysis.exporting.word.styles import dress
from analysis.exporting.word.tables import table

LONGEST: Final = 255
"""Most characters that Word keeps of one of a document's properties."""
COLUMNS: Final = 2
"""Columns of the parts that are set small."""


def to_word(page: Outline, pictures: Mapping[str, Picture], *, citation: str, now: int) -> bytes:
    """Return a page as a Word document, the same bytes for the same page and date.

    Parameters
    ----------
    page
        What it says.
    pictures
        What stands for its figures, by name.
    citation
        How it is cited; kept among the document's properties.
    now
        Seconds since 1970 that the document bears as its date.
    """
    document = docx.Document()
    dress(document, page.language)
    _footer(document, page.title)  # before the body, whose sections copy the last one's
    _Body(document, page, pictures).write()
    properties = document.core_properties
    properties.title = _cut(page.title)
    properties.language = page.language
    properties.author = properties.last_modified_by = "inspection-findings"
    properties.subject = "Inspection findings over time"
    properties.comments = _cut(citation)
    properties.keywords = ""
    properties.revision = 1
    properties.created = properties.modified = datetime.fromtimestamp(now, UTC).replace(tzinfo=None)
    return to_bytes(document)


class _Body:
    """Puts the blocks of a page in order."""

    def __init__(self, document: Document, page: Outline, pictures: Mapping[str, Picture]) -> None:
        self._document, self._page, self._pictures = document, page, pictures
        self._body = document.element.body
        self._writer = Writer(document.part, _targets(page))
        self._shown = 0

    def write(self) -> None:
        """Write every block."""
        compact = False
        for block in self._page.blocks:
            small = isinstance(block, Paragraph) and block.compact
            if small != compact:
                self._end_section(COLUMNS if compact else 1)
                compact = small
            self._block(block)
        if compact:
            self._end_section(COLUMNS)
        last = self._body.sectPr
        if last.find(qn("w:type")) is None:  # else it begins on a page of its own
            last.insert(_after_references(last), element("w:type", val="continuous"))
        if self._previous_is_table():  # Word wants a paragraph behind it
            self._put(element("w:p"))

    def _block(self, block: Paragraph | Table | Figure) -> None:
        if isinstance(block, Paragraph):
            self._put(self._writer.paragraph(block))
        elif isinstance(block, Table):
            caption = block.caption or Paragraph((), CAPTION)
            caption = Paragraph(caption.runs, CAPTION, anchors=(*block.anchors, *caption.anchors))
            if caption.runs or caption.anchors or self._previous_is_table():
                self._put(_keeping(self._writer.paragraph(caption)))
            self._put(table(block, self._writer))
        else:
            self._figure(block)

    def _figure(self, figure: Figure) -> None:
        picture = self._pictures.get(figure.name)
        if picture is None:
            words = Run(f"[Picture: {figure.alt}]", Look(italic=True))
            self._put(self._writer.paragraph(Paragraph((words,), anchors=figure.anchors)))
        else:
            place = self._writer.paragraph(Paragraph((), anchors=figure.anchors), "Figure")
            run = element("w:r")
            run.append(self._drawing(picture, figure.alt))
            place.append(run)
            self._put(place)
        if figure.caption:
            self._put(self._writer.paragraph(figure.caption))

    def _drawing(self, picture: Picture, alt: str) -> BaseOxmlElement:
        self._shown += 1
        part = self._document.part
        relation, _image = part.get_or_add_image(BytesIO(picture.png))
        inline = CT_Inline.new_pic_inline(
            self._shown, relation, f"{picture.name}.png", Inches(picture.width),
            Inches(picture.height),
        )  # fmt: skip
        inline.docPr.set("name", picture.label)
        inline.docPr.set("descr", alt)
        drawing = element("w:drawing")
        drawing.append(inline)
        return drawing

    def _put(self, made: BaseOxmlElement) -> None:
        self._body.sectPr.addprevious(made)

    def _previous(self) -> BaseOxmlElement | None:
        return cast("BaseOxmlElement | None", self._body.sectPr.getprevious())

    def _previous_is_table(self) -> bool:
        previous = self._previous()
        return previous is not None and previous.tag == qn("w:tbl")

    def _end_section(self, columns: int) -> None:
        """End a part of the page that is set in so many columns; the next begins below it."""
        previous = self._previous()
        if previous is None:
            return
        if previous.tag != qn("w:p"):
            previous = self._writer.paragraph(Paragraph(()))
            self._put(previous)
        settings = deepcopy(self._body.sectPr)
        for old in settings.findall(qn("w:cols")) + settings.findall(qn("w:type")):
            settings.remove(old)
        settings.insert(_after_references(settings), element("w:type", val="continuous"))
        margins = settings.find(qn("w:pgMar"))
        margins.addnext(element("w:cols", num=str(columns), space="400"))
        next(previous.iter(qn("w:pPr"))).append(settings)


def _after_references(settings: BaseOxmlElement) -> int:
    """Place behind the references to headers and footers, where the type belongs."""
    names = (qn("w:headerReference"), qn("w:footerReference"))
    return sum(child.tag in names for child in settings)


def _keeping(made: BaseOxmlElement) -> BaseOxmlElement:
    """Keep a paragraph on the page of the next."""
    style = next(made.iter(qn("w:pStyle")))
    style.addnext(element("w:keepNext"))
    return made


def _paragraphs(page: Outline) -> Iterable[Paragraph]:
    """Every paragraph of a page, those of captions and cells too."""
    for block in page.blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        if block.caption:
            yield block.caption
        yield Paragraph((), anchors=block.anchors)
        if isinstance(block, Table):
            for row in (*block.heads, *block.rows):
                yield from _of_cells(row)


def _of_cells(row: Iterable[Cell]) -> Iterable[Paragraph]:
    for cell in row:
        yield from cell.paragraphs


def _targets(page: Outline) -> frozenset[str]:
    """Names inside the page that something leads to and that are there."""
    here = {name for paragraph in _paragraphs(page) for name in paragraph.anchors}
    wanted = {
        run.look.href[1:]
        for paragraph in _paragraphs(page)
        for run in paragraph.runs
        if run.look.href.startswith("#")
    }
    return frozenset(here & wanted)


def _cut(text: str) -> str:
    """Cut what is longer than Word keeps among a document's properties.

    Examples
    --------
    >>> _cut("Kent"), len(_cut("Kent" * 100))
    ('Kent', 255)
    """
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _footer(document: Document, title: str) -> None:
    """Print title and page number at the foot of every page."""
    foot = document.sections[0].footer
    foot.is_linked_to_previous = False
    paragraph = foot.paragraphs[0]
    paragraph.style = document.styles["Table Text 8"]
    paragraph.add_run(f"{title} · page ")
    for instruction, rest in (("PAGE", " of "), ("NUMPAGES", "")):
        field = element("w:fldSimple", instr=f" {instruction} ")
        run = element("w:r")
        text = element("w:t")
        text.text = "1"
        run.append(text)
        field.append(run)
        paragraph._p.append(field)
        if rest:
            paragraph.add_run(rest)
