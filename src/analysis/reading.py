"""Reading a table that a person edited, without guessing and without losing a row.

Spreadsheets save the same table in many dresses: UTF-8 with or without a mark, UTF-16, Windows'
cp1252, with commas or with semicolons. All are read the same. What cannot be read the same is
refused with file and row; every cell stays text, so that `007`, `None` and `12` survive.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from analysis.dates import PartialDate
from analysis.decoding import cut_rows, decode
from analysis.english import plural
from analysis.errors import Problem

MAX_BYTES: Final = 50_000_000
"""No table that a person edits is larger; a file above it is not read into memory."""
DATE_COLUMNS: Final = ("start", "end", "published")
_HEADER_ROW: Final = 1


def parse_table(text: str, columns: list[str], file: str) -> tuple[pd.DataFrame, list[Problem]]:
    r"""Cut the text of a CSV file into a table of text.

    Parameters
    ----------
    text
        The file's text; comma or semicolon, whichever the header holds more of.
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
    nothing = pd.DataFrame(columns=columns, dtype=str)
    rows, problems = cut_rows(text, file)
    if problems:
        return nothing, problems
    if not rows:
        return nothing, [
            Problem(file, 0, "", "", "the file is empty", "a header row: " + ", ".join(columns))
        ]
    header, body = rows[0][1], rows[1:]
    problems = _header_problems(header, columns, file) + [
        Problem(
            file,
            line,
            "",
            plural(len(cells), "cell"),
            f"the header has {len(header)}; quote cells that hold a comma or semicolon",
        )
        for line, cells in body
        if len(cells) != len(header)
    ]
    if problems:
        return nothing, problems
    table = pd.DataFrame([cells for _, cells in body], columns=header, dtype=str)
    table.index = pd.Index([line for line, _ in body], name="row")
    return table[columns], []


def _header_problems(header: list[str], columns: list[str], file: str) -> list[Problem]:
    allowed = ", ".join(columns)
    missing = [c for c in columns if c not in header]
    unknown = [c for c in header if c not in columns]
    twice = sorted({c for c in header if header.count(c) > 1})
    return (
        [
            Problem(file, _HEADER_ROW, c, "", "this column is missing; add it", allowed)
            for c in missing
        ]
        + [
            Problem(file, _HEADER_ROW, c, c, "there is no such column; rename it", allowed)
            for c in unknown
        ]
        + [Problem(file, _HEADER_ROW, c, c, "this column stands twice; remove one") for c in twice]
    )


def validate(table: pd.DataFrame, schema: pa.DataFrameSchema, file: str) -> list[Problem]:
    """Hold a table of text against its schema and name every value that it does not allow."""
    try:
        schema.validate(table, lazy=True)
    except SchemaErrors as error:
        key = schema.unique or []
        cases = error.failure_cases.to_dict("records")
        return sorted({_as_problem(case, file, key) for case in cases if not _repeats(case, key)})
    return []


def _repeats(case: dict[str, object], key: list[str]) -> bool:
    """Whether a row that stands twice is named once more, for another column of its key."""
    return case["check"] == "multiple_fields_uniqueness" and case["column"] != key[0]


def _as_problem(case: dict[str, object], file: str, key: list[str]) -> Problem:
    check, column = str(case["check"]), str(case["column"])
    row = 0 if pd.isna(case["index"]) else int(str(case["index"]))  # type: ignore[call-overload]
    if check == "field_uniqueness":
        message, allowed = "stands more than once; every row needs its own", ""
    elif check == "multiple_fields_uniqueness":
        message, allowed = f"another row has the same {', '.join(key)}; remove one", ""
    else:
        message, _, allowed = check.partition("|")
    return Problem(file, row, column, str(case["failure_case"]), message, allowed)


def read_table(
    path: Path, schema: pa.DataFrameSchema, file: str
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read one CSV file and validate it.

    Returns
    -------
    pandas.DataFrame
        The schema's columns as text, dates as ISO, indexed by line in the file; empty if refused.
    list of Problem
        Everything wrong with it.
    """
    columns = list(schema.columns)
    nothing = pd.DataFrame(columns=columns, dtype=str)
    if not path.is_file():
        return nothing, [
            Problem(file, 0, "", "", "this file is missing; create it", ", ".join(columns))
        ]
    if path.stat().st_size > MAX_BYTES:
        size = f"{path.stat().st_size:,} bytes"
        return nothing, [
            Problem(file, 0, "", size, "too large for a table", f"{MAX_BYTES:,} bytes")
        ]
    text, problems = decode(path.read_bytes(), file)
    if problems:
        return nothing, problems
    table, problems = parse_table(text, columns, file)
    if problems:
        return nothing, problems
    problems = validate(table, schema, file)
    return table.assign(**{c: table[c].map(_iso) for c in DATE_COLUMNS if c in table}), problems


def _iso(text: str) -> str:
    try:
        return PartialDate.parse(text).iso if text else ""
    except ValueError:
        return text
