"""Tables for readers: as HTML that is accessible and escaped, as CSV that is safe to open.

Text from data is text: markup is escaped, and a cell that a spreadsheet would run as a formula is
neutralised with a leading apostrophe, which reading takes away again (`neutral`, `plain`). Numbers
stay numbers.

A CSV meant for people begins with a byte-order mark, without which Excel on Windows does not read
it as UTF-8 (`for_people`). Where the line is: what the project keeps for itself, that is all under
`data/raw/` and `data/local/` and the manifest beside fetched documents, has no mark, since these
files are compared line by line; every other CSV has one. Reading takes either.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from numbers import Number
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:  # whoever has a table has imported pandas; reading a cell does without
    import pandas as pd

Row = dict[str, Any]
"""A row of a table: its values by the names of its columns."""
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Text that begins so is run as a formula by a spreadsheet (OWASP, CSV injection)."""
MARK: Final = "\ufeff"
"""Byte-order mark, as a character."""
_MIDNIGHT: Final = " 00:00:00"
"""How a time ends that is a day and no more."""
_NEUTRALISED: Final = re.compile(f"'*[{re.escape(''.join(FORMULA_STARTS))}]")
"""What is given an apostrophe: also text that looks as if it had been given one already."""


def neutral(value: object) -> object:
    """Return text that no spreadsheet runs; numbers and missing values unchanged.

    Examples
    --------
    >>> neutral("=1+1"), neutral(-3), neutral("- none"), neutral("'=1+1")
    ("'=1+1", -3, "'- none", "''=1+1")
    """
    if isinstance(value, str) and _NEUTRALISED.match(value):
        return "'" + value
    return value


def plain(text: str) -> str:
    """Return the text of which `neutral` made this one.

    Examples
    --------
    >>> plain("'=1+1"), plain("'tis"), plain("=1+1")
    ('=1+1', "'tis", '=1+1')
    """
    return text[1:] if text.startswith("'") and _NEUTRALISED.match(text) else text


def for_people(text: str) -> str:
    """Return CSV text as a file for people begins, so that Excel takes it for UTF-8."""
    return MARK + text


def to_csv(table: pd.DataFrame) -> str:
    """Return a table as CSV text for people: UTF-8 with its mark, commas, LF, no index."""
    return for_people(to_data(table))


def to_data(table: pd.DataFrame) -> str:
    """Return a table as CSV text of a data file: as `to_csv`, without the mark."""
    import pandas as pd

    safe = {place: _safe_column(column) for place, (_, column) in enumerate(table.items())}
    names = [str(_safe(str(name))) for name in table.columns]
    return pd.DataFrame(safe).to_csv(index=False, header=names, lineterminator="\n")


def to_text(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    r"""Return rows as CSV text of a data file, as `to_data` does.

    Examples
    --------
    >>> to_text(["id", "text"], [{"id": "a/1", "text": "- seen"}])
    "id,text\na/1,'- seen\n"
    """
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, columns, lineterminator="\n", extrasaction="raise")
    writer.writeheader()
    writer.writerows({name: _safe(value) for name, value in row.items()} for row in rows)
    return buffer.getvalue()


def _safe(value: object) -> object:
    """Neutral, with LF for CR: a CSV writer leaves a bare CR unquoted, and it begins a row.

    A day is written without an hour that nobody named.
    """
    if isinstance(value, datetime) and str(value).endswith(_MIDNIGHT):
        return value.date()
    value = neutral(value)
    if isinstance(value, str) and "\r" in value:
        return value.replace("\r\n", "\n").replace("\r", "\n")
    return value


def _safe_column(column: pd.Series[Any]) -> pd.Series[Any]:
    """The same of a column; numbers and truth values are safe as they are."""
    import pandas as pd

    if pd.api.types.is_numeric_dtype(column.dtype):
        return column.reset_index(drop=True)
    values = column.to_numpy(object).tolist()
    if pd.api.types.is_object_dtype(column.dtype):
        return pd.Series(list(map(_safe, values)), dtype=object)
    safe = {value: _safe(value) for value in dict.fromkeys(values)}  # much of it stands often
    return pd.Series([safe[value] for value in values], dtype=object)


def records(table: pd.DataFrame) -> list[Row]:
    """Return a table's rows, each with its values by column.

    What `to_dict("records")` gives, a column at a time: some eight times as fast on columns of
    text, which a report turns into rows hundreds of times.

    Examples
    --------
    >>> import pandas as pd
    >>> records(pd.DataFrame({"theme": ["audit", None], "n": [1, 2]}))
    [{'theme': 'audit', 'n': 1}, {'theme': nan, 'n': 2}]
    """
    names: list[str] = list(table.columns)
    columns = [column.to_numpy(object).tolist() for _, column in table.items()]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def cell_text(value: object) -> str:
    """Return a value as a reader sees it: blank for missing, yes/no for truth values.

    Examples
    --------
    >>> [cell_text(v) for v in (True, 3, 0.5, 0.123456, -0.001, None, "x")]
    ['yes', '3', '0.5', '0.12', '0', '', 'x']
    """
    import numpy as np
    import pandas as pd

    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if value is None or (not isinstance(value, str) and pd.isna(value)):  # type: ignore[call-overload]
        return ""
    if isinstance(value, Number) and not isinstance(value, int):
        return f"{float(str(value)):z.2f}".rstrip("0").rstrip(".")
    return str(value)


def to_html(table: pd.DataFrame, *, caption: str, classes: str = "data") -> str:
    """Return a table as HTML: caption, column heads with scope, every cell escaped.

    Parameters
    ----------
    table
        Any table; column names are the heads, the first column heads the rows, once for rows that
        follow each other.
    caption
        What the table shows; required, since a table without one is not accessible.

    Examples
    --------
    >>> import pandas as pd
    >>> to_html(pd.DataFrame({"theme": ["<b>"], "n": [1]}), caption="Counts")
    '<div class="scroll" ...<th scope="row">&lt;b&gt;</th><td>1</td></tr></tbody></table></div>'
    """
    heads = "".join(f'<th scope="col">{html.escape(str(c))}</th>' for c in table.columns)
    rows = "".join(_rows(list(table.itertuples(index=False, name=None))))
    label = html.escape(caption)
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="Table: {label}">'
        f'<table class="{classes}"><caption>{label}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _rows(rows: list[tuple[object, ...]]) -> Iterator[str]:
    """Write rows, those that follow each other under one head with a head in common."""
    for head, part in groupby(rows, key=lambda row: cell_text(row[0])):
        together = list(part)
        span = f' rowspan="{len(together)}"' if len(together) > 1 else ""
        first = f'<th scope="row"{span}>{html.escape(head)}</th>'
        for row in together:
            cells = "".join(f"<td>{html.escape(cell_text(value))}</td>" for value in row[1:])
            yield f"<tr>{first}{cells}</tr>"
            first = ""
