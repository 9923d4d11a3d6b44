"""Taking a coder's workbook apart: every cell that was filled in, and whatever is wrong with it.

The file may come from anywhere. It is looked at before it is opened; formulas are never computed,
macros and links never followed, and only cells of the sheets that we laid out are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from warnings import catch_warnings, simplefilter

from openpyxl.utils import get_column_letter as letter

from analysis.codes.sheets import book
from analysis.codes.sheets.harmless import opened
from analysis.data.archives import HOSTILE
from analysis.data.foreign import foreign
from analysis.data.growing import Row
from analysis.documents.files.refusals import UnreadableError, broken
from analysis.errors import DataError, Problem
from analysis.tables import plain

MAX_BYTES: Final = 20_000_000
MAX_ROWS: Final = 20_000
"""Most rows of a sheet that are read; the longest laid out has under a thousand."""
_ALL_ROWS: Final = 300_000
"""Most rows of all sheets, with those that are left out between two."""
_NOT_OURS: Final = (
    "it is no workbook that `findings sheet` laid out; write one with "
    "`findings sheet AUTHORITY --to FILE.xlsx`"
)


@dataclass(frozen=True)
class Line:
    """A row of a document's sheet that is of a paragraph.

    Attributes
    ----------
    sheet, row
        Where it stands.
    finding
        The paragraph.
    code
        `book.KEPT`, where a code stands in this row; empty where there was room for one.
    agrees
        Whether the coder agrees with the paragraph's codes.
    said
        What was filled in: columns of the data and `note`, each with what it says in the data.
    """

    sheet: str
    row: int
    finding: str
    code: Row = field(default_factory=dict)
    agrees: bool = False
    said: Row = field(default_factory=dict)

    @property
    def filled(self) -> bool:
        """Whether the coder did anything in this row."""
        return self.agrees or bool(self.said)


def read_workbook(
    path: Path, known: Mapping[str, Mapping[str, str]]
) -> tuple[list[Line], list[Problem]]:
    """Read the rows of all documents' sheets.

    Parameters
    ----------
    path
        The workbook.
    known
        `book.choices` of the codebook.

    Returns
    -------
    list of Line
        Every row that is of a paragraph, in the order of the sheets.
    list of Problem
        Every cell that cannot be read, by sheet and cell.

    Raises
    ------
    DataError
        If it is no workbook, none that `findings sheet` laid out, too large, or may be hostile.
    """
    workbook = open_workbook(path)
    lines: list[Line] = []
    problems: list[Problem] = []
    rows = 0
    with as_workbook(path):
        found = [sheet for sheet in workbook.worksheets if _document(sheet)]
        for sheet in found:
            reader = _Reader(path.name, sheet.title, _document(sheet), known)
            lines += reader.lines(_rows(sheet))
            problems += reader.problems
            if (rows := rows + reader.rows) > _ALL_ROWS:
                raise UnreadableError(f"its sheets have over {_ALL_ROWS:,} rows: {HOSTILE}")
    if not found:
        raise _refused(path, _NOT_OURS)
    return lines, problems


def open_workbook(path: Path) -> Any:
    """Open a workbook of anybody's, once nothing in it can do harm.

    Raises
    ------
    DataError
        If it is none, too large, holds macros, links or a document type, or may be hostile.
    """
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise _refused(path, f"it cannot be read ({error.strerror})") from error
    if size > MAX_BYTES:
        raise _refused(path, f"it has {size:,} bytes; at most {MAX_BYTES:,} are read")
    if not raw.startswith(b"PK"):
        told = foreign(raw)
        raise _refused(path, f"this is {told or 'no Excel workbook; save it as .xlsx'}")
    with as_workbook(path):
        return opened(raw)


@contextmanager
def as_workbook(path: Path) -> Iterator[None]:
    """Tell whatever goes wrong with a workbook that is read as what it is: the file is broken.

    Raises
    ------
    DataError
        In place of the library's error.
    """
    try:
        with broken("an Excel workbook", "save it anew as .xlsx, or fetch it again"):
            try:
                with catch_warnings():
                    simplefilter("ignore")  # about parts that are not read
                    yield
            except OSError as error:
                if error.errno is not None:
                    raise
                raise UnreadableError(f"it is no whole workbook ({error})") from error
    except UnreadableError as error:
        raise _refused(path, str(error)) from error


def _refused(path: Path, why: str) -> DataError:
    return DataError([Problem(path.name, 0, "", "", why)])


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    yield from sheet.iter_rows(
        min_row=book.HEAD + 1, max_row=MAX_ROWS, min_col=1, max_col=book.WIDTH
    )


def _document(sheet: Any) -> str:
    """The document that a sheet is of; blank where it is of none."""
    if not hasattr(sheet, "iter_rows"):
        return ""  # a sheet that is one chart
    first = next(sheet.iter_rows(min_row=1, max_row=1, max_col=2, values_only=True), ())
    cells = [str(value or "") for value in first]
    return cells[1] if cells[:1] == [book.DOCUMENT] and len(cells) > 1 else ""


class _Reader:
    """Reads the rows of one sheet and notes what is wrong on the way."""

    def __init__(
        self, file: str, title: str, document: str, known: Mapping[str, Mapping[str, str]]
    ) -> None:
        self.file, self.title, self.document, self.known = file, title, document, known
        self.problems: list[Problem] = []
        self.rows = 0

    def lines(self, rows: Iterator[tuple[Any, ...]]) -> Iterator[Line]:
        """Give the rows that are of a paragraph: one without a number is of that above it."""
        above = ""
        for at, cells in enumerate(rows, start=book.HEAD + 1):
            self.rows += 1
            if all(cell.value is None for cell in cells):
                continue
            row = [*cells, *[None] * (book.WIDTH - len(cells))]
            number = self._text(row[0], at, 1)
            code = self._code(row)
            above = code.get("finding") or (f"{self.document}/{number}" if number else above)
            line = Line(self.title, at, above, code, *self._own(row, at))
            if not above and line.filled:
                self.note(at, 1, "", "begin this row with the number of its paragraph")
            elif above:
                yield line

    def _code(self, row: list[Any]) -> Row:
        values = [_plain(cell) for cell in row[book.FIRST_KEPT - 1 : book.WIDTH - 1]]
        return dict(zip(book.KEPT, values, strict=True)) if values[0] else {}

    def _own(self, row: list[Any], at: int) -> tuple[bool, Row]:
        """What the coder filled in: whether they agree, and what they say."""
        agrees = self._text(row[book.OWN - 1], at, book.OWN)
        if agrees and agrees.casefold() not in {book.YES, "y", "true", "x"}:
            self.note(at, book.OWN, agrees, f"is neither blank nor {book.YES}", book.YES)
        said: Row = {}
        for column, part in enumerate(book.FIELDS, start=book.OWN + 1):
            if text := self._text(row[column - 1], at, column):
                value = self._chosen(part.column, text)
                if value is None:
                    allowed = ", ".join(self.known[part.column])
                    self.note(at, column, text, "is not in the list", allowed)
                else:
                    said[part.column] = value
        if note := self._text(row[book.LAST_OWN - 1], at, book.LAST_OWN):
            said["note"] = note
        return bool(agrees), said

    def _chosen(self, column: str, text: str) -> str | None:
        """The data's name of what was chosen: its words or its name, in any case."""
        words = {label.casefold(): name for label, name in self.known[column].items()}
        names = {name.casefold(): name for name in words.values() if name}
        form = text.casefold()
        return words[form] if form in words else names.get(form)

    def _text(self, cell: Any, at: int, column: int) -> str:
        if getattr(cell, "data_type", "") == "f":
            value = str(cell.value)
            self.note(at, column, value, "is a formula, which is not computed; type what it gives")
            return ""
        return _plain(cell)

    def note(self, row: int, column: int, value: str, message: str, allowed: str = "") -> None:
        """Name a cell in which something is wrong."""
        self.problems.append(at_cell(self.file, self.title, row, column, value, message, allowed))


def _plain(cell: Any) -> str:
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return plain(str(value).replace("\r\n", "\n").replace("\r", "\n").strip())


def at_cell(
    file: str, sheet: str, row: int, column: int, value: str, message: str, allowed: str = ""
) -> Problem:
    """Name a problem by sheet and cell.

    Examples
    --------
    >>> print(at_cell("k.xlsx", "1 inspection", 7, 10, "good", "is no theme", "audit"))
    k.xlsx, sheet '1 inspection', row 7, cell J7 (Theme) = 'good': is no theme. Allowed: audit
    """
    what = f"cell {letter(column)}{row} ({book.HEADS[column - 1]})"
    return Problem(f"{file}, sheet {sheet!r}", row, what, value, message, allowed)
