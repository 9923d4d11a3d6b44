"""Tables of another program's SQLite database, read as text and never written to.

Only plain selections of tables are run, on a copy in memory, so that neither triggers nor views of
a file do anything.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Final

_MAX_ROWS: Final = 1_000_000
Rows = list[dict[str, str]]
"""Rows of a table: column to value, blank where there is none."""


class Tables:
    """The tables of a database."""

    def __init__(self, memory: sqlite3.Connection) -> None:
        self.memory = memory

    def hold(self, needed: Mapping[str, Sequence[str]]) -> bool:
        """Whether all these tables are there with these columns."""
        return all(set(columns) <= self.columns(table) for table, columns in needed.items())

    def columns(self, table: str) -> set[str]:
        """Columns of a table; none of what is a view, a virtual table or not there."""
        kind = self.memory.execute(
            "SELECT type FROM sqlite_master WHERE name = ? AND sql NOT LIKE 'CREATE VIRTUAL%'",
            (table,),
        ).fetchone()
        if kind != ("table",):
            return set()
        return {row[1] for row in self.memory.execute(f"PRAGMA table_info({table})")}

    def rows(self, table: str, columns: Sequence[str]) -> Rows:
        """Rows of a table in the order in which they were written; columns that it lacks are blank.

        Where it has none of the columns, there are no rows.
        """
        has = self.columns(table)
        chosen = [name for name in columns if name in has]
        if not chosen:
            return []
        listed = ", ".join(f'"{name}"' for name in chosen)
        found = self.memory.execute(
            f"SELECT {listed} FROM {table} ORDER BY rowid LIMIT {_MAX_ROWS}"  # noqa: S608 - ours
        )
        blank = dict.fromkeys(columns, "")
        return [
            blank
            | {
                name: "" if value is None else str(value)
                for name, value in zip(chosen, row, strict=True)
            }
            for row in found
        ]

    def count(self, table: str) -> int:
        """How many rows a table has; none where it is not there."""
        if not self.columns(table):
            return 0
        found = self.memory.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - ours
        return int(found[0])


@contextmanager
def opened(raw: bytes) -> Iterator[Tables]:
    """Open a copy of a database in memory.

    Raises
    ------
    sqlite3.Error
        If it is none, or damaged.
    """
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.deserialize(raw)
        memory.execute("PRAGMA trusted_schema = OFF")
        memory.execute("PRAGMA query_only = ON")
        yield Tables(memory)
