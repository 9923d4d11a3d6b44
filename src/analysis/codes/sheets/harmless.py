"""Opening a workbook of anybody's, once nothing in it can do harm or costs more than it weighs.

A few kilobytes can unpack to millions of empty elements, each of which the library makes something
of. What is read is therefore counted first, in the parts as they lie in the archive.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, Final

from openpyxl.reader.excel import ExcelReader

from analysis.data.archives import HOSTILE, Limits, doctypes, why_not
from analysis.documents.files.refusals import UnreadableError

LIMITS: Final = Limits(entries=1_000, inflated=60_000_000)
MAX_SHEETS: Final = 200
"""Most sheets of a workbook; an authority has one for each document, thirty at most."""
_MAX_CELLS: Final = 1_000_000
_FEW: Final = 100_000
"""Marks (`<`) of cells that cost little, however small the file is that holds them."""
_MAX_DEAR: Final = 30_000
"""Most marks of sheets that are of no cell: the library makes an object of each link and list."""
_MAX_SMALL: Final = 60_000
"""Most marks of all other parts: styles, names, relations."""
_OF_CELLS: Final = re.compile(rb"</?(?:c|f|is|row|si|t|v)(?=[ />])")
_DENSE: Final = 4
"""Most marks for each byte of an archive; a sheet that says the same in each cell has three."""
_MAX_COPIED: Final = 1_000_000
"""Characters of formulas that are filled down: the longest, times the cells that share one."""
_CHUNK: Final = 1_000_000
_SHEETS: Final = ("xl/worksheets/", "xl/sharedstrings")
"""Parts that honestly hold much; all others are small."""
_SHARED: Final = re.compile(rb"\bt\s*=\s*[\"']shared[\"']")
_FORMULA: Final = re.compile(rb"[<:]f(?=[ >])(?:[^<]|<(?!/))*")
_RUNS: Final = {
    "xl/vbaProject.bin": "holds macros; save it as .xlsx, which holds none",
    "xl/externalLinks/": "is linked to other workbooks; break these links in it and save it anew",
    "xl/connections.xml": "fetches data from elsewhere; take the connection out and save it anew",
    "xl/embeddings/": "holds other files; take them out and save it anew",
}
"""What no workbook of ours holds, and what to do about it."""
_ALONE: Final = "copy the sheet into a new workbook, and save that"


def opened(raw: bytes) -> Any:
    """Open a workbook to be read, without links and sheets of charts.

    Raises
    ------
    UnreadableError
        If it holds macros, links or a document type, or more than it may; says what to do.
    """
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if why := _why_not(archive):
            raise UnreadableError(why)
    reader = _Opened(io.BytesIO(raw), read_only=True, keep_links=False)
    reader.read()
    return reader.wb


class _Opened(ExcelReader):  # type: ignore[misc]  # the library has no types
    """Reads each sheet of cells once, and no other."""

    def read_worksheets(self) -> None:
        parts = [relation.target for _, relation in self.parser.find_sheets()]
        if len(parts) > MAX_SHEETS:
            raise UnreadableError(
                f"it has {len(parts):,} sheets; at most {MAX_SHEETS} are read: {_ALONE}"
            )
        if len(set(parts)) < len(parts):
            raise UnreadableError(f"two of its sheets are one: {HOSTILE}")
        super().read_worksheets()

    def read_chartsheet(self, *_: object) -> None:
        """Pass over a sheet that is one chart."""


def _why_not(archive: zipfile.ZipFile) -> str:
    if why := why_not(archive, LIMITS):
        return why
    names = archive.namelist()
    for name, told in _RUNS.items():
        if any(other.lower().startswith(name.lower()) for other in names):
            return f"it {told}"
    if "xl/workbook.xml" not in names:
        return "it is no Excel workbook of the kind .xlsx; save it as one"
    return doctypes(archive, "workbook") or _too_much(archive)


def _too_much(archive: zipfile.ZipFile) -> str:
    """Say of what it has more than it may, by the marks that begin elements; blank where it may."""
    large: list[zipfile.ZipInfo] = []
    small: list[zipfile.ZipInfo] = []
    for part in archive.infolist():
        name = part.filename.lower()
        (large if name.startswith(_SHEETS) and "/_rels/" not in name else small).append(part)
    other = sum(_marks(archive, small))
    marks, weight = sum(_marks(archive, large)), sum(part.compress_size for part in large)
    if marks > max(_FEW, _DENSE * weight):
        return f"it has {marks:,} elements in {weight:,} bytes: {HOSTILE}"
    dear = marks - sum(len(_OF_CELLS.findall(chunk)) for chunk in _chunks(archive, large))
    if other > _MAX_SMALL or dear > _MAX_DEAR:
        return f"it has {other + dear:,} styles, names and other things beside its cells; {_ALONE}"
    if (cells := sum(chunk.count(b"<c ") for chunk in _chunks(archive, large))) > _MAX_CELLS:
        return f"it has {cells:,} cells: {HOSTILE}"
    if max((_copied(archive.read(part)) for part in large), default=0) > _MAX_COPIED:
        return f"it has long formulas filled down; paste their values in their place, or {_ALONE}"
    return ""


def _marks(archive: zipfile.ZipFile, parts: Iterable[zipfile.ZipInfo]) -> Iterator[int]:
    return (chunk.count(b"<") for chunk in _chunks(archive, parts))


def _chunks(archive: zipfile.ZipFile, parts: Iterable[zipfile.ZipInfo]) -> Iterator[bytes]:
    """Give what the parts hold, piece by piece."""
    for part in parts:
        with archive.open(part) as file:
            while chunk := file.read(_CHUNK):
                yield chunk


def _copied(sheet: bytes) -> int:
    """Characters of formulas that are to be made: the longest for each cell that shares one."""
    if b"shared" not in sheet or not (shared := len(_SHARED.findall(sheet))):
        return 0
    return shared * max(map(len, _FORMULA.findall(sheet)), default=0)
