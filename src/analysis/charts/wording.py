"""Words that several charts share."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Final

Record = dict[Hashable, Any]
"""A row of a table."""
FLAGS: Final = ("thin", "fragile", "incidental")
"""Flags of a status that a reader is told."""


def flag_words(row: Record) -> str:
    """Name the flags that a row of statuses carries."""
    return ", ".join(flag for flag in FLAGS if row.get(flag) is True)


def finding_count(row: Record) -> int:
    """Count the findings of a row, which lists their ids with spaces between."""
    return len(str(row["findings"]).split())
