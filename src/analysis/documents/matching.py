"""Matching findings read again with those that are already written down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

SAME: Final = 10.0
"""What it counts that two findings have one fingerprint; more than all else together."""
PAIR: Final = 0.05
"""What it counts that two findings stand in one place: on the same page, under the same number."""
NAMED: Final = 0.1
"""What it counts that their sections, or their ids, are the same."""
STEM: Final = 5
"""Letters of a word that are compared."""
_WORD: Final = re.compile(r"[a-z]{4,}")

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
    """Match the findings of one document, in order, so that as much as possible agrees.

    What has the same fingerprint is the same, what has another is not. Else two findings may be one
    if they stand in one place; how much of the summary stands in the words decides between those
    that do, then the section. Ids are believed where all that stand on both sides name the same
    place: then nobody counted the findings otherwise.

    Parameters
    ----------
    written
        Rows with `printed_number` and `page`, in the order of the document; `finding`, `section`,
        `fingerprint` and `summary` are used where they are there.
    read
        The same, with `id` instead of `finding` and `text` instead of `summary`.

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
    pairs = _best(_scores(written, read))
    return Matches(
        pairs,
        _rest(len(written), (a for a, _ in pairs)),
        _rest(len(read), (b for _, b in pairs)),
    )


def _scores(written: Sequence[Row], read: Sequence[Row]) -> list[list[float]]:
    """How much speaks for each written finding being each read one; 0 where they cannot be one."""
    believed = _are_believed(written, read)
    said = [_stems(row.get("summary", "")) for row in written]
    words = [_stems(row.get("text", "")) for row in read]
    return [
        [_score(a, b, said[i], words[j], believed=believed) for j, b in enumerate(read)]
        for i, a in enumerate(written)
    ]


def _score(written: Row, read: Row, said: set[str], words: set[str], *, believed: bool) -> float:
    prints = written.get("fingerprint"), read.get("fingerprint")
    if all(prints):
        return SAME if prints[0] == prints[1] else 0.0
    if _place(written) != _place(read):
        return 0.0
    named = written.get("section", "") == read.get("section", "")
    named_so = believed and written.get("finding") == read.get("id")
    return PAIR + NAMED * (named + named_so) + (len(said & words) / len(said) if said else 0.0)


def _best(scores: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs in order with the greatest sum; of equal ones those that leave the earliest out."""
    best = [[0.0] * (len(row) + 1) for row in [*scores, *scores[:1]]]
    for i, row in enumerate(scores, start=1):
        for j, score in enumerate(row, start=1):
            paired = best[i - 1][j - 1] + score if score else 0.0
            best[i][j] = max(best[i - 1][j], best[i][j - 1], paired)
    pairs: list[tuple[int, int]] = []
    i, j = len(scores), len(scores[0]) if scores else 0
    while i and j:
        score = scores[i - 1][j - 1]
        if score and best[i][j] == best[i - 1][j - 1] + score:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def _are_believed(written: Sequence[Row], read: Sequence[Row]) -> bool:
    """Whether equal ids run in order and agree with the places."""
    at = {row["id"]: i for i, row in enumerate(read) if row.get("id")}
    pairs = [(i, at[row["finding"]]) for i, row in enumerate(written) if row.get("finding") in at]
    agree = all(_place(written[a]) == _place(read[b]) for a, b in pairs)
    return agree and all(one[1] < two[1] for one, two in pairwise(pairs))


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in _WORD.findall(text.lower())}


def _place(row: Row) -> str:
    return row["printed_number"] or f"page {row['page']}"


def _rest(count: int, used: Iterable[int]) -> list[int]:
    taken = set(used)
    return [i for i in range(count) if i not in taken]
