"""Words that several charts share."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Final

Record = dict[Hashable, Any]
"""A row of a table."""
FLAGS: Final = ("thin", "fragile", "incidental")
"""Flags of a status that a reader is told."""


def plural(count: int, one: str, many: str = "") -> str:
    """Write a count with its noun.

    Examples
    --------
    >>> plural(1, "visit"), plural(3, "visit"), plural(2, "says", "say")
    ('1 visit', '3 visits', '2 say')
    """
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def flag_words(row: Record) -> str:
    """Name the flags that a row of statuses carries."""
    return ", ".join(flag for flag in FLAGS if row.get(flag) is True)


def finding_count(row: Record) -> int:
    """Count the findings of a row, which lists their ids with spaces between."""
    return len(str(row["findings"]).split())
