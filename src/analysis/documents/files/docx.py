"""Lines of a Word document (.docx)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.data.archives import doctypes, why_not
from analysis.data.foreign import foreign
from analysis.documents.files.lines import Content, Line, even
from analysis.documents.files.plain import LEADING, SIZE, WIDTH
from analysis.documents.files.refusals import MAX_TEXT, UnreadableError, broken


def read_docx(path: str) -> Content:
    """Read the lines of a Word document; nothing is unpacked to disk.

    Raises
    ------
    UnreadableError
        If it is damaged, locked or declares a document type, or unpacks to more than such a
        document can hold.
    """
    from docx import Document

    with broken("a Word document", "fetch it again, or save it as PDF"):
        with zipfile.ZipFile(path) as archive:
            _check(archive)
        document = Document(path)
        lines = tuple(_lines(document))
        title = even(document.core_properties.title or "")
    if sum(len(line.text) for line in lines) > MAX_TEXT:
        raise UnreadableError(f"it holds more than {MAX_TEXT:,} characters of text; split it")
    return Content(lines, 0, "docx", title)


def _check(archive: zipfile.ZipFile) -> None:
    if why := why_not(archive):
        raise UnreadableError(why)
    if "word/document.xml" not in archive.namelist():
        told = foreign(Path(str(archive.filename)).read_bytes())
        raise UnreadableError(f"it is no Word document, but {told}; or leave it out")
    if why := doctypes(archive, "Word document"):
        raise UnreadableError(why)


def _lines(document: Any) -> Iterator[Line]:
    at = 0
    for item in document.iter_inner_content():
        for text, mark, bold in _pieces(item):
            at += 1
            for part in text.split("\n"):
                if words := even(part):
                    place = -2 * LEADING * at
                    yield Line(0, 0, WIDTH * len(words), place, place, SIZE, bold, words, mark)
                    at += 1


def _pieces(item: Any) -> Iterator[tuple[str, str, bool]]:
    from docx.table import Table

    if isinstance(item, Table):
        for row in item.rows:
            cells = dict.fromkeys(cell.text for cell in row.cells)
            yield " ".join(cells), "", False
        return
    style = (item.style.name or "").lower() if item.style is not None else ""
    runs = [run for run in item.runs if run.text.strip()]
    bold = bool(runs) and all(run.bold for run in runs)
    if style.startswith(("heading", "title")):
        yield item.text, "heading", True
    elif "bullet" in style:
        yield item.text, "bullet2" if style.endswith(("2", "3")) else "bullet", bold
    else:
        yield item.text, "heading" if bold else "paragraph", bold
