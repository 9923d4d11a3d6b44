"""What a file is that is none of those wanted, told by its bytes and not by its name."""

from __future__ import annotations

import io
import zipfile
from typing import Final

_HEAD: Final = 4096
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXCEL: Final = "an Excel workbook: save the sheet as CSV (UTF-8)"
_QDA: Final = "a REFI-QDA file: `findings import` reads it"
_PACKED: Final = {
    "xl/workbook.xml": _EXCEL,
    "xl/workbook.bin": _EXCEL,
    "project.qde": _QDA,
    "word/document.xml": "a Word document: `findings ingest` reads it",
    "ppt/presentation.xml": "a PowerPoint presentation: save it as PDF",
    "META-INF/container.xml": "an electronic book: save it as PDF",
    "content.xml": "an OpenDocument file: save a sheet as CSV, a text as .docx",
}
"""What a zip archive is that holds a file of that name."""
_KINDS: Final = (
    (_OLE, "Workbook".encode("utf-16-le"), _EXCEL),
    (_OLE, "EncryptedPackage".encode("utf-16-le"), "locked with a password: save it without one"),
    (_OLE, b"", "an old Office file: save it as CSV if it is a sheet, as .docx if it is a text"),
    (b"%PDF-", b"", "a PDF: `findings ingest` reads it"),
    (b"{\\rtf", b"", "RTF: save it as .docx or PDF"),
    (b"<?xml", b"urn:QDA-XML", _QDA),
    (b"\x1f\x8b", b"", "a compressed file: unpack it"),
    (b"SQLite format 3\0", b"", "a database: export the table as CSV"),
    (b"PAR1", b"", "a Parquet file: save the table as CSV"),
    (b"<!doctype html", b"", "a web page: save the table as CSV"),
    (b"<html", b"", "a web page: save the table as CSV"),
)
"""First bytes, further bytes that stand somewhere, and what such a file is."""


def foreign(raw: bytes) -> str:
    """Say what a file is that is no text or table, and what to do with it; else `""`.

    Examples
    --------
    >>> foreign(b"%PDF-1.7")
    'a PDF: `findings ingest` reads it'
    >>> foreign(b"id,text")
    ''
    """
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(raw)
    head = raw[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for start, inside, told in _KINDS:
        if head.startswith(start.lower()) and inside in raw:
            return told
    return ""


def _packed(raw: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "a damaged zip archive: fetch or save it again"
    return next((_PACKED[name] for name in names if name in _PACKED), "a zip archive: unpack it")
