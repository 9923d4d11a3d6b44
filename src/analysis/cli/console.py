"""What the commands share: paths as typed, tables as printed, and how they end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

USER_ERROR: Final = 2
"""Exit status when the user can put it right: an unknown name, wrong data."""


def typed_path(text: str) -> Path:
    """Read a path as it was typed; a blank, as of a variable that is not set, is none.

    Raises
    ------
    typer.BadParameter
        If it is blank: Python would take it for the working folder.

    Examples
    --------
    >>> typed_path("reports").as_posix(), typed_path(".").as_posix()
    ('reports', '.')
    """
    if not text.strip():
        raise typer.BadParameter("it is blank. Name a place, or leave it out; . is where you are.")
    return Path(text)


def say(console: Console, text: str) -> None:
    """Print a line as it is: no markup, no colours, no line cut."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], title: str | None = None) -> Table:
    """Make a table to print; a column in which no row says anything is left out.

    Parameters
    ----------
    heads
        Of the columns.
    rows
        Cells as plain text, as many in each row as there are heads.
    title
        Above the table.

    Examples
    --------
    >>> [column.header for column in table(["Report", "Why"], [["kent", ""]]).columns]
    ['Report']
    """
    cells = list(rows)
    told = [i for i in range(len(heads)) if any(row[i] for row in cells)]
    columns = (Column(escape(heads[i]), overflow="fold") for i in told)
    shown = Table(*columns, title=escape(title) if title else None)
    for row in cells:
        shown.add_row(*(escape(row[i]) for i in told))
    return shown
