"""The same letter as a word processor's file."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

from docx import Document

from compose.model import Composed, unpaged

MOMENT = datetime(2020, 1, 1, tzinfo=UTC)


def as_docx(letter: Composed) -> Composed:
    """Return a composed document as .docx: headings, bullets and tables are real ones.

    The truth stays the same but for the pages, which such a file does not have.
    """
    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Piccadilly Gate, Store Street, Manchester M1 2WD"
    section.footer.paragraphs[0].text = "Page 1"
    table = None
    for block in letter.blocks:
        if block.kind == "row":
            left, _, right = block.text.partition("\t")
            table = table or document.add_table(rows=0, cols=2)
            cells = table.add_row().cells
            cells[0].text, cells[1].text = left, right
            continue
        table = None
        match block.kind:
            case "heading":
                document.add_heading(block.text, level=block.level)
            case "bullet":
                style = "List Bullet 2" if block.level > 1 else "List Bullet"
                document.add_paragraph(block.text, style=style)
            case _ if block.mark:
                document.add_paragraph(f"{block.mark}\t{block.text}")
            case _:
                document.add_paragraph(block.text)
    properties = document.core_properties
    properties.author = properties.last_modified_by = ""
    properties.created = properties.modified = MOMENT
    buffer = io.BytesIO()
    document.save(buffer)
    return replace(
        letter,
        content=dated(buffer.getvalue()),
        suffix=".docx",
        paragraphs=unpaged(letter.paragraphs),
        pages=0,
    )


def dated(archive: bytes) -> bytes:
    """Return an archive with one fixed moment on each of its parts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            part = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(info))
    return out.getvalue()
