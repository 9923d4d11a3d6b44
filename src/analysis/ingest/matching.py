"""Matching findings read again with those that are already written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

Row = Mapping[str, str]
Key = tuple[str, ...]


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
    """Match findings of one document by their ids, else by their places, in order.

    Ids are believed where all that stand on both sides name the same place: then nobody counted
    the findings otherwise. Where one does not, each id after it may name another finding.

    Parameters
    ----------
    written
        Rows with `printed_number` and `page`, in the order of the document; `finding` and
        `section` are used where they are there.
    read
        The same, with `id` instead of `finding`.

    Examples
    --------
    >>> rows = [{"printed_number": "1", "page": "2"}, {"printed_number": "", "page": "3"}]
    >>> match_findings(rows, rows[1:])
    Matches(pairs=[(1, 0)], only_written=[0], only_read=[])

    Where the second of three bullets was left out, the third keeps its words:

    >>> bullets = [{"id": f"x/{n}", "printed_number": "", "page": "3"} for n in (1, 2, 3)]
    >>> kept = [row | {"finding": row["id"]} for row in bullets if row["id"] != "x/2"]
    >>> match_findings(kept, bullets)
    Matches(pairs=[(0, 0), (1, 2)], only_written=[], only_read=[1])
    """
    pairs = _by_id(written, read)
    for key in (_section_and_place, _place):
        pairs = _filled(pairs, [*map(key, written)], [*map(key, read)])
    return Matches(
        pairs,
        _rest(len(written), (a for a, _ in pairs)),
        _rest(len(read), (b for _, b in pairs)),
    )


def _by_id(written: Sequence[Row], read: Sequence[Row]) -> list[tuple[int, int]]:
    """Pairs with equal ids; none where ids do not run in order or disagree with the places."""
    at = {row["id"]: i for i, row in enumerate(read) if row.get("id")}
    pairs = [(i, at[row["finding"]]) for i, row in enumerate(written) if row.get("finding") in at]
    agree = all(_place(written[a]) == _place(read[b]) for a, b in pairs)
    in_order = all(one[1] < two[1] for one, two in pairwise(pairs))
    return pairs if agree and in_order else []


def _filled(
    pairs: list[tuple[int, int]], written: Sequence[Key], read: Sequence[Key]
) -> list[tuple[int, int]]:
    """Add the pairs with equal keys that stand between pairs already found."""
    found = [*pairs]
    bounds = [(-1, -1), *pairs, (len(written), len(read))]
    for (a, b), (next_a, next_b) in pairwise(bounds):
        one, two = written[a + 1 : next_a], read[b + 1 : next_b]
        for block in SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks():
            found += [(a + 1 + block.a + i, b + 1 + block.b + i) for i in range(block.size)]
    return sorted(found)


def _place(row: Row) -> Key:
    return (row["printed_number"] or f"page {row['page']}",)


def _section_and_place(row: Row) -> Key:
    return (row.get("section", ""), *_place(row))


def _rest(count: int, used: Iterable[int]) -> list[int]:
    taken = set(used)
    return [i for i in range(count) if i not in taken]
