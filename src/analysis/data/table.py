"""Reading a table that a person edited into a frame of text, and holding it against its schema."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from analysis.data.rows import STANDS_TWICE, Rows, parse_rows, read_rows
from analysis.data.shapes import asking_which, in_order, optional_columns
from analysis.dates import PartialDate
from analysis.errors import DataError, Problem
from analysis.tables import records

Read = tuple[pd.DataFrame, list[Problem]]
"""A table, and everything wrong with it."""
DATE_COLUMNS: Final = ("start", "end", "published")


def parse_table(text: str, columns: list[str], file: str) -> tuple[pd.DataFrame, list[Problem]]:
    r"""Cut the text of a CSV file into a table of text.

    Parameters
    ----------
    text
        The file's text.
    columns
        The columns that the file must have, in any order, and no others.
    file
        Name for messages.

    Returns
    -------
    pandas.DataFrame
        The `columns`, all text, in that order; the index is each row's line in the file.
    list of Problem
        Wrong columns and ragged rows; a table with problems is returned empty.

    Examples
    --------
    >>> table, problems = parse_table("b;a\n1;None", ["a", "b"], "x.csv")
    >>> table.to_dict("records"), problems
    ([{'a': 'None', 'b': '1'}], [])
    """
    try:
        return frame(parse_rows(text, file, columns, closed=True))[columns], []
    except DataError as error:
        return _nothing(columns), error.problems


def frame(rows: Rows) -> pd.DataFrame:
    """Return rows as a table of text, indexed by line in the file."""
    table = pd.DataFrame(list(rows.cells), columns=list(rows.columns), dtype=str)
    table.index = pd.Index(rows.lines, name="row")
    return table


def _nothing(columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(columns=columns, dtype=str)


def validate(table: pd.DataFrame, schema: pa.DataFrameSchema, file: str) -> list[Problem]:
    """Hold a table of text against its schema and name every value that it does not allow."""
    try:
        schema.validate(table, lazy=True)
    except SchemaErrors as error:
        key = schema.unique or []
        cases = records(error.failure_cases)
        return sorted({_as_problem(case, file, key) for case in cases if not _repeats(case, key)})
    return []


def _repeats(case: dict[str, object], key: list[str]) -> bool:
    """Whether a row that stands twice is named once more, for another column of its key."""
    return case["check"] == "multiple_fields_uniqueness" and case["column"] != key[0]


def _as_problem(case: dict[str, object], file: str, key: list[str]) -> Problem:
    check, column = str(case["check"]), str(case["column"])
    row = 0 if pd.isna(case["index"]) else int(str(case["index"]))  # type: ignore[call-overload]
    if check == "field_uniqueness":
        message, allowed = STANDS_TWICE, ""
    elif check == "multiple_fields_uniqueness":
        message, allowed = f"another row has the same {', '.join(key)}; remove one", ""
    else:
        message, _, allowed = check.partition("|")
    value = str(case["failure_case"])
    return Problem(file, row, column, value, asking_which(message, value, allowed), allowed)


def read_table(path: Path, schema: pa.DataFrameSchema, file: str) -> Read:
    """Read one CSV file and validate it.

    Returns
    -------
    pandas.DataFrame
        The schema's columns as text, dates as ISO, indexed by line in the file; empty if refused.
    list of Problem
        Everything wrong with it.
    """
    return read_tables({file: path}, schema)[0]


def read_tables(paths: Mapping[str, Path], schema: pa.DataFrameSchema) -> list[Read]:
    """Read CSV files of one kind and validate them together, which costs as much as one of them.

    Only where something is wrong in any is each held against the schema by itself, to name it.

    Parameters
    ----------
    paths
        The files by their names for messages.

    Returns
    -------
    list
        What `read_table` gives of each.
    """
    read = [_cut(path, schema, file) for file, path in paths.items()]
    if not in_order([table for table, _problems in read], schema):
        read = [
            (table, found or validate(table, schema, file))
            for file, (table, found) in zip(paths, read, strict=True)
        ]
    return [
        (table.assign(**{c: table[c].map(_iso) for c in DATE_COLUMNS if c in table}), found)
        for table, found in read
    ]


def _cut(path: Path, schema: pa.DataFrameSchema, file: str) -> Read:
    columns, optional = list(schema.columns), optional_columns(schema)
    try:
        needed = [name for name in columns if name not in optional]
        rows = read_rows(path, file, needed, optional=optional, closed=True)
        return frame(rows).reindex(columns=columns, fill_value=""), []
    except DataError as error:
        return _nothing(columns), error.problems


def _iso(text: str) -> str:
    try:
        return PartialDate.parse(text).iso if text else ""
    except ValueError:
        return text
