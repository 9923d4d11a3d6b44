"""Deciding what a file really is, and reading its lines."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from analysis.data.foreign import foreign
from analysis.documents.files.lines import Content
from analysis.documents.files.refusals import MAX_BYTES, UnreadableError

_HEAD: Final = 2048
_HTML: Final = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)", re.I | re.S
)
_XML: Final = re.compile(rb"^\s*<\?xml")
_OLE: Final = b"\xd0\xcf\x11\xe0"
_IMAGES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_WEB_NAMES: Final = (".html", ".htm", ".xhtml")
_TEXT_NAMES: Final = (".txt", ".md", ".text", "")
SUFFIXES: Final = (".pdf", ".html", ".htm", ".xhtml", ".txt", ".md", ".docx")
"""Usual endings of documents. Only plain text, which any file may be, is told by its ending."""


def open_document(path: Path) -> Content:
    """Read the lines of a file, whatever its name says it is.

    Raises
    ------
    UnreadableError
        If it is empty, too large, of an unknown kind, or not what its name says.
    """
    try:
        if path.is_symlink():
            raise UnreadableError("it is a link that leads out of the folder; name the file itself")
        if path.exists() and not path.is_file():
            raise UnreadableError("it is no ordinary file; leave it out")
        size = path.stat().st_size
        if size == 0:
            raise UnreadableError("it is empty; fetch it again")
        if size > MAX_BYTES:
            raise UnreadableError(
                f"it has {size:,} bytes; at most {MAX_BYTES:,} are read. Split it, or leave it out"
            )
        with path.open("rb") as file:
            head = file.read(_HEAD)
        return _read(path, head.removeprefix(b"\xef\xbb\xbf"))
    except OSError as error:
        raise UnreadableError(
            f"it cannot be opened ({error.strerror or error}); fetch it again, or leave it out"
        ) from error


def _read(path: Path, head: bytes) -> Content:
    suffix = path.suffix.lower()
    if b"%PDF-" in head[:1024]:
        from analysis.documents.files.pdf import read_pdf

        return read_pdf(str(path))
    if head.startswith(b"PK"):
        from analysis.documents.files.docx import read_docx

        return read_docx(str(path))
    if _HTML.search(head) or (_XML.match(head) and b"<html" in head.lower()):
        if suffix not in _WEB_NAMES:
            raise UnreadableError(
                f"it is a web page saved under a name that ends in {suffix or 'nothing'}, most "
                "often an error page of the server; fetch the document again, or rename it to .html"
            )
        from analysis.documents.files.html import read_html

        return read_html(str(path))
    _refuse_foreign(head, suffix)
    if suffix in _WEB_NAMES:
        from analysis.documents.files.html import read_html

        return read_html(str(path))
    from analysis.documents.files.plain import read_plain

    return read_plain(str(path))


def _refuse_foreign(head: bytes, suffix: str) -> None:
    if head.startswith(_OLE):
        raise UnreadableError(
            "it is an old Office file, or one that is locked with a password; save it without one "
            "as .docx or PDF"
        )
    if suffix == ".pdf":
        raise UnreadableError(
            "its name says PDF, but it is none: its first bytes are not %PDF-; fetch it again"
        )
    if suffix == ".docx":
        raise UnreadableError(
            "its name says Word, but it is no Word document; fetch it again, or rename it"
        )
    if head.startswith(b"{\\rtf"):
        raise UnreadableError(f"it is {foreign(head)}")
    if head.startswith(_IMAGES):
        raise UnreadableError("it is a picture; run text recognition on it and save it as PDF")
    if suffix not in (*_TEXT_NAMES, *_WEB_NAMES):
        raise UnreadableError(
            f"its name ends in {suffix}, and it is no PDF, Word document or web page; leave it "
            "out, or rename it to .txt if it is a document as plain text"
        )
