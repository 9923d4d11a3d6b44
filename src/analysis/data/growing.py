"""A table that people edit, to which rows are added and whose rows are never changed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pandera.pandas as pa

from analysis.data.rows import read_rows
from analysis.data.shapes import optional_columns
from analysis.tables import to_text

Row = dict[str, str]
_FILLED_LATER: Final = "fingerprint"
"""A column that tables written before it was kept lack."""


class GrowingTable:
    """A CSV file: the rows that stand in it, and those to add.

    Parameters
    ----------
    path
        The file; it need not be there.
    schema
        What is to stand in it.
    shown
        Name for messages.

    Raises
    ------
    DataError
        If the file cannot be read as a table with the schema's columns.

    Attributes
    ----------
    old, new
        Rows that stand there, and rows that were put; every column of the schema, all text.
    filled
        How many blank cells of old rows were filled.
    """

    def __init__(self, path: Path, schema: pa.DataFrameSchema, shown: str) -> None:
        self.path, self.columns, self.shown = path, list(schema.columns), shown
        self.unique = schema.unique or self.columns[:1]
        self.old = self._read({_FILLED_LATER, *optional_columns(schema)})
        self.new: list[Row] = []
        self.filled = 0
        self._keys = {self._key(row) for row in self.old}

    def _read(self, spared: Iterable[str]) -> list[Row]:
        """Read the rows that stand in the file; columns that it may lack are blank."""
        if not self.path.is_file():
            return []
        there = read_rows(self.path, self.shown).columns
        needed = [name for name in self.columns if name in there or name not in spared]
        rows = read_rows(self.path, self.shown, needed, closed=True)
        return [{column: row.get(column, "") for column in self.columns} for row in rows]

    def _key(self, row: Row) -> tuple[str, ...]:
        """What no two rows share."""
        return tuple(row[column] for column in self.unique)

    def put(self, row: Row) -> None:
        """Add a row unless one with its key stands there."""
        key = self._key(row)
        if key not in self._keys:
            self._keys.add(key)
            self.new.append(row)

    def fill(self, place: int, column: str, value: str) -> None:
        """Fill a cell of a row that stands there, if it is blank."""
        if not self.old[place][column]:
            self.old[place][column] = value
            self.filled += 1

    @property
    def rows(self) -> list[Row]:
        """All rows, those that stand there first."""
        return [*self.old, *self.new]

    @property
    def is_missing(self) -> bool:
        """Whether there is no file yet."""
        return not self.path.is_file()

    def content(self) -> bytes:
        """Return the bytes of the file with all rows."""
        return to_text(self.columns, self.rows).encode()
