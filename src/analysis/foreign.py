"""What a file is that is none of those wanted, told by its bytes and not by its name."""

from __future__ import annotations

from typing import Final

_HEAD: Final = 4096
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXCEL: Final = "an Excel workbook: save the sheet as CSV (UTF-8)"
_KINDS: Final = (
    (_ZIP, b"xl/workbook", _EXCEL),
    (_ZIP, b"project.qde", "a REFI-QDA project: export its codes as CSV"),
    (_ZIP, b"opendocument.spreadsheet", "an OpenDocument spreadsheet: save the sheet as CSV"),
    (_ZIP, b"opendocument.text", "an OpenDocument text: save it as .docx or PDF"),
    (_ZIP, b"ppt/", "a PowerPoint presentation: save it as PDF"),
    (_ZIP, b"META-INF/container.xml", "an electronic book: save it as PDF"),
    (_ZIP, b"word/document.xml", "a Word document: `findings ingest` reads it"),
    (_ZIP, b"", "a zip archive: unpack it"),
    (b"PK\x05\x06", b"", "an empty zip archive"),
    (_OLE, "Workbook".encode("utf-16-le"), _EXCEL),
    (_OLE, "EncryptedPackage".encode("utf-16-le"), "locked with a password: save it without one"),
    (_OLE, b"", "an old Office file: save it as CSV if it is a sheet, as .docx if it is a text"),
    (b"%PDF-", b"", "a PDF: `findings ingest` reads it"),
    (b"{\\rtf", b"", "RTF: save it as .docx or PDF"),
    (b"<?xml", b"urn:QDA-XML", "a REFI-QDA project: export its codes as CSV"),
    (b"\x1f\x8b", b"", "a compressed file: unpack it"),
    (b"SQLite format 3\0", b"", "a database: export the table as CSV"),
    (b"PAR1", b"", "a Parquet file: save the table as CSV"),
    (b"<!doctype html", b"", "a web page: save the table as CSV"),
    (b"<html", b"", "a web page: save the table as CSV"),
)
"""First bytes, further bytes that stand somewhere, and what such a file is. The names of the files
in a zip archive and of the streams in an old Office file stand in it as they are."""


def foreign(raw: bytes) -> str:
    """Say what a file is that is no text or table, and what to do with it; else `""`.

    Examples
    --------
    >>> foreign(b"%PDF-1.7")
    'a PDF: `findings ingest` reads it'
    >>> foreign(b"id,text")
    ''
    """
    head = raw[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for start, inside, told in _KINDS:
        if head.startswith(start.lower()) and inside in raw:
            return told
    return ""
