"""Tables that can be read: wrapped and wide, what matters first, the rest one click away.

A `Table` is a `pandas.DataFrame`, and so is all that is made of it: it can be joined, grouped,
drawn and saved as any. It only shows itself otherwise, and says why it is empty.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from analysis.english import plural
from analysis.exploring.picture import shown
from analysis.tables import cell_text

ROWS: Final = 100
"""Rows that a notebook shows, in a frame to be scrolled; all of them are in the table."""
FEW: Final = 9
"""A table of no more columns is shown as it is."""
LONG: Final = frozenset({"summary", "words", "wording", "reasons", "levels", "before", "after"})
"""Columns of sentences, which are given room."""
MAIN: Final = "main"
"""Key of `attrs`: the columns that matter first."""
WHY: Final = "why"
"""Key of `attrs`: why there is no row."""
_TEXT_ROWS: Final = 12


class Table(pd.DataFrame):
    """A data frame that a notebook shows as something to be read.

    In a terminal, long words are cut as pandas is told to: `pd.set_option("display.max_colwidth",
    None)` shows them whole.

    Examples
    --------
    >>> Table({"theme": ["audit"], "findings": [3]})
       theme  findings
    0  audit         3
    >>> empty = Table({"theme": []})
    >>> empty.attrs["why"] = "No row: nobody looked."
    >>> empty
    No row: nobody looked.
    """

    @property
    def _constructor(self) -> Callable[..., Table]:
        return Table

    @property
    def main(self) -> list[str]:
        """The columns that are shown first; all where there are few."""
        every = [str(column) for column in self.columns]
        wanted = [column for column in self.attrs.get(MAIN, ()) if column in every]
        if len(every) <= FEW or not wanted:
            return every if len(every) <= FEW else every[:FEW]
        return wanted

    @property
    def _plain(self) -> bool:
        """Whether rows and columns are those of a list, not turned about nor a table of counts."""
        one = self.columns.nlevels == self.index.nlevels == 1 and self.columns.is_unique
        return one and all(isinstance(column, str) for column in self.columns)

    def __repr__(self) -> str:
        if self.empty and self.attrs.get(WHY):
            return str(self.attrs[WHY])
        if not self._plain:
            return super().__repr__()
        rest = len(self.columns) - len(self.main)
        text = pd.DataFrame(self)[self.main].to_string(
            max_rows=_TEXT_ROWS, max_colwidth=pd.get_option("display.max_colwidth"), line_width=160
        )
        more = f" and {plural(rest, 'more column')}" if rest else ""
        return f"{text}\n[{plural(len(self), 'row')}{more}]" if rest or len(self) > 1 else text

    def _repr_html_(self) -> str:
        if not self._plain:
            return pd.DataFrame(self).to_html(max_rows=60)
        index = self.index.name is not None or not pd.api.types.is_integer_dtype(self.index)
        table = self.reset_index() if index else self
        first = [str(column) for column in table.columns[: int(index)]]
        main = [*first, *self.main]
        rest = [str(column) for column in table.columns if str(column) not in main]
        columns = [
            {
                "name": column,
                "more": column in rest,
                "long": column in LONG,
                "number": pd.api.types.is_numeric_dtype(table[column]),
            }
            for column in [*main, *rest]
        ]
        head = table.head(ROWS)
        rows = zip(*(map(_said, head[column]) for column in [*main, *rest]), strict=True)
        return shown(
            "table",
            why=str(self.attrs.get(WHY, "")) or "No row.",
            columns=columns,
            rows=list(rows),
            said=plural(len(self), "row"),
            left=len(self) - len(head),
            rest=rest,
        ).html


def _said(value: Any) -> str:
    """Return a value as text: a day without its hour, addresses whole."""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return cell_text(value)


def table(frame: pd.DataFrame, main: tuple[str, ...] = (), why: str = "") -> Table:
    """Return a frame that shows itself as something to be read.

    Parameters
    ----------
    main
        The columns that matter first.
    why
        Why there is no row, if there is none.
    """
    made = Table(frame)
    made.attrs = {MAIN: tuple(main), WHY: why}
    return made
