"""Tables for readers: as HTML that is accessible and escaped, as CSV that is safe to open.

Text from data is text: markup is escaped, and a cell that a spreadsheet would run as a formula is
neutralised with a leading apostrophe. Numbers stay numbers.
"""

from __future__ import annotations

import html
from collections.abc import Hashable, Iterator
from itertools import groupby
from numbers import Number
from typing import Any, Final

import numpy as np
import pandas as pd

Row = dict[Hashable, Any]
"""A row of a table, as `to_dict("records")` gives it."""
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""Text that begins so is run as a formula by a spreadsheet (OWASP, CSV injection)."""


def neutral(value: object) -> object:
    """Return text that no spreadsheet runs; numbers and missing values unchanged.

    Examples
    --------
    >>> neutral("=1+1"), neutral(-3), neutral("- none")
    ("'=1+1", -3, "'- none")
    """
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value


def to_csv(table: pd.DataFrame) -> str:
    """Return a table as CSV text: UTF-8, commas, LF, no index."""
    safe = table.map(_safe).rename(columns=lambda name: str(_safe(str(name))))
    return safe.to_csv(index=False, lineterminator="\n")


def _safe(value: object) -> object:
    """Neutral, with LF for CR: a CSV writer leaves a bare CR unquoted, and it begins a row."""
    value = neutral(value)
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    return value


def cell_text(value: object) -> str:
    """Return a value as a reader sees it: blank for missing, yes/no for truth values.

    Examples
    --------
    >>> [cell_text(v) for v in (True, 3, 0.5, 0.123456, -0.001, None, "x")]
    ['yes', '3', '0.5', '0.12', '0', '', 'x']
    """
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
