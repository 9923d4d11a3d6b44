"""Lines of a PDF, read with PDFium.

The text of a page is asked for once; place, size and weight only at the first and the last letter
of each line, so that a page costs a few hundred calls instead of tens of thousands.
"""

from __future__ import annotations

import ctypes
from math import hypot
from typing import TYPE_CHECKING, Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from analysis.documents.files.lines import Content, Line, even
from analysis.documents.files.refusals import MAX_PAGES, MAX_TEXT, UnreadableError, broken
from analysis.english import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME_BYTES: Final = 128
_ERRORS: Final = {
    pdfium.FPDF_ERR_PASSWORD: "it is encrypted with a password; save it without one",
    pdfium.FPDF_ERR_FORMAT: "it is damaged or cut off: no PDF can be read from it; fetch it again",
    pdfium.FPDF_ERR_SECURITY: "its security handler is not supported; print it to a new PDF",
}
_SCANNED_LETTERS: Final = 40
"""Fewer characters per page than this, on average, mean pictures of pages."""


class _Probe:
    """Reads place, size and weight of single characters into buffers made once."""

    def __init__(self) -> None:
        self._numbers = [ctypes.c_double() for _ in range(6)]
        self._matrix = pdfium.FS_MATRIX()
        self._name = ctypes.create_string_buffer(_NAME_BYTES)
        self._flags = ctypes.c_int()

    def place(self, page: Any, index: int) -> tuple[float, float, float]:
        """Left, right and baseline of a character."""
        left, right, low, high, x, y = self._numbers
        pdfium.FPDFText_GetCharBox(page, index, left, right, low, high)
        pdfium.FPDFText_GetCharOrigin(page, index, x, y)
        return left.value, right.value, y.value

    def size(self, page: Any, index: int) -> float:
        """Type size as printed: some producers write size 1 and scale it."""
        pdfium.FPDFText_GetMatrix(page, index, self._matrix)
        scale = hypot(self._matrix.c, self._matrix.d) or 1.0
        return float(pdfium.FPDFText_GetFontSize(page, index)) * scale

    def bold(self, page: Any, index: int) -> bool:
        """Whether the font's name says bold."""
        pdfium.FPDFText_GetFontInfo(page, index, self._name, _NAME_BYTES, self._flags)
        return b"bold" in self._name.value.lower()


def read_pdf(path: str) -> Content:
    """Read the lines of a PDF.

    Raises
    ------
    UnreadableError
        If it is encrypted, damaged, too long, or holds pictures of pages instead of text.
    """
    with broken("a PDF", "fetch it again"):
        return _read(path)


def _read(path: str) -> Content:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        known = _ERRORS.get(getattr(error, "err_code", None))
        if known is None:
            raise
        raise UnreadableError(known) from error
    try:
        count = len(document)
        if count == 0:
            raise UnreadableError("it is a PDF without a single page; fetch it again")
        if count > MAX_PAGES:
            raise UnreadableError(
                f"it has {plural(count, 'page')}; at most {MAX_PAGES} are read. Split it"
            )
        lines = tuple(_lines(document, count))
    finally:
        document.close()
    if sum(len(line.text) for line in lines) < _SCANNED_LETTERS * count:
        raise UnreadableError(
            "it holds (almost) no text: a scan, or pictures of pages. Run text recognition on it"
        )
    return Content(lines, count, "pdf")


def _lines(document: pypdfium2.PdfDocument, count: int) -> Iterator[Line]:
    probe, total = _Probe(), 0
    for number in range(count):
        try:
            page = document[number]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise UnreadableError(
                f"page {number + 1} cannot be read: it is damaged or cut off; fetch it again"
            ) from error
        text = _text(text_page.raw)
        total += len(text)
        if total > MAX_TEXT:
            raise UnreadableError(f"it holds more than {MAX_TEXT:,} characters of text; split it")
        yield from _page_lines(text_page.raw, text, number + 1, probe)
        text_page.close()
        page.close()


def _text(page: Any) -> str:
    """Text of a page with one character for each of PDFium's."""
    count = pdfium.FPDFText_CountChars(page)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(page, 0, count, buffer) - 1
    if written != count:
        units = (pdfium.FPDFText_GetUnicode(page, i) for i in range(count))
        return "".join(chr(unit) if unit < 0x110000 else "\ufffd" for unit in units)  # noqa: PLR2004
    text = bytes(buffer)[: 2 * written].decode("utf-16-le", "surrogatepass")
    return text if len(text) == written else "".join(map(chr, buffer[:written]))


def _page_lines(page: Any, text: str, number: int, probe: _Probe) -> Iterator[Line]:
    start = 0
    for raw in text.split("\n"):
        end = start + len(raw)
        words = even(raw)
        if words:
            first, last = _letters(raw)
            left, _, top = probe.place(page, start + _first(raw))
            _, right, bottom = probe.place(page, start + _last(raw))
            bold = probe.bold(page, start + first) and (
                first == last or probe.bold(page, start + last)
            )
            size = max(probe.size(page, start + first), probe.size(page, start + last))
            yield Line(number, left, right, top, bottom, size, bold, words)
        start = end + 1


def _first(raw: str) -> int:
    return len(raw) - len(raw.lstrip())


def _last(raw: str) -> int:
    return len(raw.rstrip()) - 1


def _letters(raw: str) -> tuple[int, int]:
    """Index of the first and the last letter or digit, past a bullet in a font of its own."""
    places = range(len(raw))
    first = next((i for i in places if raw[i].isalnum()), -1)
    if first < 0:
        return _first(raw), _last(raw)
    return first, next(i for i in reversed(places) if raw[i].isalnum())
