"""A table to sort and search in the menus: visits by date, levels by height, the rest on demand."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
from itables.widget import ITable

from analysis.exploring.table import LONG, Table

LENGTHS: Final = [10, 25, 100]
_NARROW, _MIDDLE, _WIDE = "5em", "11em", "26em"
_NAMES: Final = frozenset({"title", "theme", "cohort"})


def sortable() -> Any:
    """Return an empty table for the menus."""
    return ITable(
        pd.DataFrame({"": []}), showIndex=False, maxBytes=0, classes="display compact wrapped",
        lengthMenu=LENGTHS,
    )  # fmt: skip


def _width(column: str) -> str:
    return _WIDE if column in LONG else _MIDDLE if column in _NAMES else _NARROW


def fill(widget: Any, table: Table) -> None:
    """Show a table: its main columns first, the others behind a button, words in their order.

    Words of a closed list are sorted by a column of their places, which is not shown.
    """
    main = table.main
    rest = [str(column) for column in table.columns if str(column) not in main]
    shown = pd.DataFrame(table)[[*main, *rest]].copy()
    columns: list[dict[str, Any]] = [
        {"targets": [at], "width": _width(str(name)), "visible": name in main}
        for at, name in enumerate(shown)
    ]
    for at, name in enumerate([*main, *rest]):
        held = shown[name]
        if isinstance(held.dtype, pd.CategoricalDtype):
            shown[f"_{name}"] = held.cat.codes
            shown[name] = held.astype(object).where(held.notna(), "")
            columns[at]["orderData"] = [len(shown.columns) - 1]
            columns.append({"targets": [len(shown.columns) - 1], "visible": False})
        elif pd.api.types.is_datetime64_any_dtype(held):
            shown[name] = held.dt.strftime("%Y-%m-%d").fillna("")
    buttons = [{"extend": "colvis", "text": "Columns", "columns": list(range(len(main + rest)))}]
    widget.update(
        shown,
        columnDefs=columns,
        buttons=buttons,
        order=[],
        autoWidth=False,
        maxBytes=0,  # every row
        layout={"topStart": "buttons", "topEnd": "search", "bottomStart": "info"},
    )
