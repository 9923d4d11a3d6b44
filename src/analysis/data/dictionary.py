"""The data dictionary: what each file of a folder of data holds, in words, from its schema.

People read it in `data/raw/README.md` and `data/processed/england/README.md`. A test compares those
pages with these tables, so they cannot say anything else than what the loaders demand.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandera.pandas as pa

from analysis.data.schemas import SCHEMAS


def dictionary(tables: Mapping[str, pa.DataFrameSchema] = SCHEMAS) -> str:
    """Return one Markdown section for each kind of file: its columns, and what each may hold.

    Parameters
    ----------
    tables
        Schemas by the name of the file.
    """
    return "\n".join(_section(name, schema) for name, schema in tables.items())


def _section(name: str, schema: pa.DataFrameSchema) -> str:
    rows = "\n".join(
        f"| `{column}` | {held.description} | {_allowed(held)} |"
        for column, held in schema.columns.items()
    )
    key = ", ".join(f"`{column}`" for column in schema.unique or [])
    once = f"\nNo two rows may have the same {key}.\n" if key else ""
    return (
        f"### `{name}`\n\n{schema.description}\n\n"
        f"| column | what it holds | allowed |\n| --- | --- | --- |\n{rows}\n{once}"
    )


def _allowed(column: pa.Column) -> str:
    """Say what the checks of a column demand; each keeps it behind the bar in its message."""
    demands = [str(check.error).partition("|")[2] for check in column.checks]
    if column.unique:
        demands.append("each only once")
    return "; ".join(demands) or "any text, or blank"
