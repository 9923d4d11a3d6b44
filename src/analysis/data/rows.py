"""The one way to read a CSV file that a person or another program wrote.

Spreadsheets save the same table in many dresses: UTF-8 with or without a mark, UTF-16, Windows'
cp1252, with commas, semicolons or tabs. All are read the same. What cannot be read the same is
refused with file and row; every cell stays text, so that `007`, `None` and `12` survive. It needs
no package, so that a command that only looks something up is over at once; `table` puts schemas on
top.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analysis.data.text import cut_rows, read_text
from analysis.english import plural
from analysis.errors import DataError, Problem

STANDS_TWICE: Final = "stands more than once; every row needs its own"
_HEADER_ROW: Final = 1


@dataclass(frozen=True)
class Rows:
    """The rows of a table, all text.

    Attributes
    ----------
    columns
        Names in the header.
    lines
        The line of the file on which each row begins; the header is line 1.
    cells
        The cells of each row, one for each column.
    """

    columns: tuple[str, ...]
    lines: tuple[int, ...]
    cells: tuple[tuple[str, ...], ...]

    def __iter__(self) -> Iterator[dict[str, str]]:
        """Each row as column to cell."""
        return (dict(zip(self.columns, cells, strict=True)) for cells in self.cells)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.cells)

    def column(self, name: str) -> list[str]:
        """Return the cells of a column."""
        place = self.columns.index(name)
        return [cells[place] for cells in self.cells]


def read_rows(
    path: Path, file: str, needed: Sequence[str] = (), *, closed: bool = False, key: str = ""
) -> Rows:
    """Read a CSV file.

    Parameters
    ----------
    path
        The file.
    file
        Name for messages.
    needed
        Columns that it must have, in any order.
    closed
        Whether it may have no others.
    key
        The column, if any, whose cells must be filled and each stand once.

    Raises
    ------
    DataError
        If there is no such file or anything in it is wrong: every problem, each with its row.
    """
    return parse_rows(
        read_text(path, file, ", ".join(needed)), file, needed, closed=closed, key=key
    )


def parse_rows(
    text: str, file: str, needed: Sequence[str] = (), *, closed: bool = False, key: str = ""
) -> Rows:
    r"""Read the text of a CSV file as `read_rows` does.

    Raises
    ------
    DataError
        Every problem, each with its row.

    Examples
    --------
    >>> list(parse_rows("id;text\n007;None", "x.csv", ["id"]))
    [{'id': '007', 'text': 'None'}]
    >>> parse_rows("id,text\n7,one,two", "x.csv", ["id"])
    Traceback (most recent call last):
    analysis.errors.DataError: 1 problem in the data:
      x.csv, row 2: 3 cells, but the header has 2; quote cells that hold a comma or semicolon
    """
    rows, problems = cut_rows(text, file)
    if problems:
        raise DataError(problems)
    if not rows:
        allowed = "a header row" + (f": {', '.join(needed)}" if needed else "")
        raise DataError([Problem(file, 0, "", "", "the file is empty", allowed)])
    (_, header), *body = rows
    problems = [*_of_header(header, needed, closed, file), *_ragged(body, len(header), file)]
    if problems:
        raise DataError(problems)
    found = Rows(
        tuple(header), tuple(line for line, _ in body), tuple(tuple(cells) for _, cells in body)
    )
    if key and (problems := [*_of_key(found, key, file)]):
        raise DataError(problems)
    return found


def _of_header(
    header: Sequence[str], needed: Sequence[str], closed: bool, file: str
) -> Iterator[Problem]:
    allowed = ", ".join(needed)
    missing = "this column is missing; add it"
    if not closed:
        missing = f"this column is missing; the file has {', '.join(header)}"
    for name in needed:
        if name not in header:
            yield Problem(file, _HEADER_ROW, name, "", missing, allowed)
    for name in header:
        if not name:
            yield Problem(file, _HEADER_ROW, "", "", "a column has no name; name or remove it")
        elif closed and name not in needed:
            message = "there is no such column; rename it"
            yield Problem(file, _HEADER_ROW, name, name, message, allowed)
    for name in sorted(name for name, count in Counter(header).items() if name and count > 1):
        yield Problem(file, _HEADER_ROW, name, name, "this column stands twice; remove one")


def _ragged(body: Sequence[tuple[int, list[str]]], width: int, file: str) -> Iterator[Problem]:
    for line, cells in body:
        if len(cells) != width:
            message = (
                f"{plural(len(cells), 'cell')}, but the header has {width}; "
                "quote cells that hold a comma or semicolon"
            )
            yield Problem(file, line, "", plural(len(cells), "cell"), message)


def _of_key(rows: Rows, key: str, file: str) -> Iterator[Problem]:
    counts = Counter(rows.column(key))
    for line, value in zip(rows.lines, rows.column(key), strict=True):
        if not value:
            yield Problem(file, line, key, "", "is blank", "some text")
        elif counts[value] > 1:
            yield Problem(file, line, key, value, STANDS_TWICE)
