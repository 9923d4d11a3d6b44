"""The columns of a reader's sheets, and the cell that holds whatever else a row says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from analysis.data.rows import Rows
from analysis.errors import Problem, asking

MORE: Final = {
    "lean": "lean",
    "said_by": "said_by",
    "extent": "extent",
    "printed": "extent_printed",
    "basis": "basis",
    "harm": "harm",
    "part": "part",
    "change": "change_said",
    "since": "since",
    "found": "found",
    "repeats": "repeats",
    "need": "need",
    "note": "note",
}
"""Names in the cell `more`, each with the column that it fills."""
NEED: Final = "need"
"""Says `no` of a weakness that raises none of the needs on its theme; goes into no table."""
NO: Final = "no"
"""Says that a word was seen and governs something else; blank in the data."""
DECIDED: Final = ("extent", "part", NEED)
"""What may be said to be `NO`."""
SHORT: Final = {column: name for name, column in MORE.items()}
"""What a column of the data is called in a sheet."""
OWN: Final = ("n", "role", "area", "summary", "theme", "cohort", "direction")
"""Columns of a sheet; `more`, and each of its names, may stand beside them."""
OF_PARAGRAPH: Final = ("role", "area", "summary", "said_by", "repeats")
"""What is said once of a paragraph, in its first row."""
CELL: Final = "more"
OPTIONAL: Final = (CELL, *dict.fromkeys((*MORE, *MORE.values())))
AREA_COLUMNS: Final = ("n", "area", "level", "change", "since", "summary")
NEED_COLUMNS: Final = ("need", "theme", "cohort", "aspect", "wording")
LINK_COLUMNS: Final = ("need", "document", "n", "relation", "basis", "note")
VISIT_COLUMNS: Final = ("kind", "start", "end", "told_in", "what")
AGAIN_COLUMNS: Final = ("document", "again")
_NAMED: Final = re.compile(r"\s*(?P<name>[a-z_]+)\s*=\s*(?P<value>.*)", re.DOTALL)


def said(cell: str) -> tuple[dict[str, str], list[str]]:
    """Take the cell `more` apart.

    A part without a name goes on with the value before it, so that a note may hold a semicolon.

    Returns
    -------
    dict
        Name to value; a name is one of `MORE`.
    list of str
        Parts that are no `name=value` with a known name, or that say a name twice.

    Examples
    --------
    >>> said("lean=even; part=yes;note=hard; two teams")
    ({'lean': 'even', 'part': 'yes', 'note': 'hard; two teams'}, [])
    >>> said("perhaps;extnt=most;lean=even;lean=weakness")
    ({'lean': 'even'}, ['perhaps', 'extnt=most', 'lean=weakness'])
    """
    values: dict[str, str] = {}
    stray: list[str] = []
    last = ""
    for part in cell.split(";"):
        found = _NAMED.fullmatch(part)
        name = found["name"] if found else ""
        if found and name in MORE and name not in values:
            values[name], last = found["value"].strip(), name
        elif last == "note" or (last and not found):
            values[last] += f";{part}"
        elif part.strip():
            stray.append(part.strip())
    return {name: value.strip() for name, value in values.items()}, stray


def sheet_table(rows: Rows, file: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the rows of a sheet with a column for everything that they say.

    Returns
    -------
    pandas.DataFrame
        `OWN` and the columns of the data that `MORE` fills, all text, indexed by line in the file.
    list of Problem
        Cells `more` that cannot be read, and what is said twice and differently.
    """
    table, problems = [], []
    for line, row in zip(rows.lines, rows, strict=True):
        values, stray = said(row.get(CELL, ""))
        problems += [_stray(part, line, file) for part in stray]
        problems += _contradicted(row, values, line, file)
        read = {column: _cell(row, values, name) for name, column in MORE.items()}
        table.append({name: row[name] for name in OWN} | read)
    frame = pd.DataFrame(table, columns=[*OWN, *MORE.values()], dtype=str)
    frame.index = pd.Index(rows.lines, name="row")
    return frame, problems


def _stray(part: str, line: int, file: str) -> Problem:
    name = part.partition("=")[0].strip()
    message = "says this name twice" if name in MORE else "is no name=value with a known name"
    return Problem(file, line, CELL, part, asking(message, name, MORE), ", ".join(MORE))


def _given(row: Mapping[str, str], values: Mapping[str, str], name: str) -> list[str]:
    """Everything that a row says under a name: in the cell, or in a column of its own."""
    told = (values.get(name, ""), row.get(name, ""), row.get(MORE[name], ""))
    return list(dict.fromkeys(filter(None, told)))


def _cell(row: Mapping[str, str], values: Mapping[str, str], name: str) -> str:
    return next(iter(_given(row, values, name)), "")


def _contradicted(
    row: Mapping[str, str], values: Mapping[str, str], line: int, file: str
) -> Iterator[Problem]:
    for name in MORE:
        if len(given := _given(row, values, name)) > 1:
            message = f"is said twice: the row also says {given[1]!r}; keep one"
            yield Problem(file, line, name, given[0], message)
