"""Matching findings read again with those that are already written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

Row = Mapping[str, str]


class Matches(NamedTuple):
    """Findings that belong together.

    Attributes
    ----------
    pairs
        Index of the written, index of the read.
    only_written, only_read
        Indices of those without a partner.
    """

    pairs: list[tuple[int, int]]
    only_written: list[int]
    only_read: list[int]


def match_findings(written: Sequence[Row], read: Sequence[Row]) -> Matches:
    """Match findings of one document by their locators, in order.

    Parameters
    ----------
    written, read
        Rows with `printed_number` and `page`, each in the order of the document.

    Examples
    --------
    >>> rows = [{"printed_number": "1", "page": "2"}, {"printed_number": "", "page": "3"}]
    >>> match_findings(rows, rows[1:])
    Matches(pairs=[(1, 0)], only_written=[0], only_read=[])
    """
    matcher = SequenceMatcher(None, _keys(written), _keys(read), autojunk=False)
    pairs = [
        (block.a + i, block.b + i)
        for block in matcher.get_matching_blocks()
        for i in range(block.size)
    ]
    return Matches(
        pairs,
        _rest(len(written), (a for a, _ in pairs)),
        _rest(len(read), (b for _, b in pairs)),
    )


def _keys(rows: Sequence[Row]) -> list[str]:
    return [row["printed_number"] or f"page {row['page']}" for row in rows]


def _rest(count: int, used: Iterable[int]) -> list[int]:
    taken = set(used)
    return [i for i in range(count) if i not in taken]
