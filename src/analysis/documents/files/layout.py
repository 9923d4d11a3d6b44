"""Setting a page's furniture apart from its words.

Headers, footers, page numbers, footnotes and letterheads are recognised by place, size and
repetition, never by what one document happens to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from analysis.documents.files.lines import Line

HEAD: Final = 775.0
"""Above this baseline, in points of an A4 page, stand running headers."""
FOOT: Final = 62.0
"""Below this baseline stand running footers."""
EDGE: Final = 110.0
"""A number alone below this baseline is a page number; so is one above `HEAD`."""
SMALL: Final = 1.2
"""Type this many points smaller than the body is a footnote, a header or an imprint."""
_RAISED: Final = 0.8
"""A piece in type smaller than this share of its line's is a footnote's mark."""
_ODD_PAGES: Final = 1 / 8
"""Share of pages that may reach lower than a full page does."""
_SAME_ROW: Final = 6.0
_OVERLAP: Final = 2.0
_REPEATS: Final = 3
_NUMBER: Final = re.compile(r"(?:page )?\d{1,3}(?: of \d{1,3})?", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\d+")


class Metrics(NamedTuple):
    """Measures of a document's body text, in points.

    `bottom` is the lowest baseline that a full page reaches.
    """

    size: float
    leading: float
    right: float
    bottom: float = 0.0


class Placed(NamedTuple):
    """A line and what furniture it is: `page number`, `header`, `footer`, `footnote`, or ``."""

    line: Line
    furniture: str


def measure(lines: Sequence[Line]) -> Metrics:
    """Measure the body: the commonest type size, line distance and the right margin.

    Examples
    --------
    >>> rows = [Line(1, 72, 500 + n, 700 - 14 * n, 700 - 14 * n, 12, False, "words") for n in
    ...         range(5)]
    >>> measure(rows)
    Metrics(size=12.0, leading=14.0, right=504.0, bottom=644.0)
    """
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 12.0
    body = [line for line in lines if abs(line.size - size) < SMALL]
    gaps = Counter(
        round(above.bottom - below.top, 1)
        for above, below in pairwise(body)
        if above.page == below.page and size < above.bottom - below.top < 2 * size
    )
    leading = gaps.most_common(1)[0][0] if gaps else 1.2 * size
    right = sorted(line.right for line in body)[int(0.99 * len(body))] if body else 0.0
    return Metrics(float(size), float(leading), float(right), _bottom(body))


def without_furniture(metrics: Metrics, placed: Sequence[Placed]) -> Metrics:
    """Measure again how low the body reaches, once furniture is set apart."""
    body = [x.line for x in placed if not x.furniture and abs(x.line.size - metrics.size) < SMALL]
    return metrics._replace(bottom=_bottom(body))


def _bottom(body: Iterable[Line]) -> float:
    lowest: dict[int, float] = {}
    for line in body:
        lowest[line.page] = min(line.bottom, lowest.get(line.page, line.bottom))
    return float(sorted(lowest.values())[int(_ODD_PAGES * len(lowest))]) if lowest else 0.0


def reading_order(lines: Iterable[Line]) -> list[Line]:
    """Put pieces of a page that the file holds late where they stand on the page.

    A run of lines going down the page that lies wholly above an earlier run goes before it; runs
    beside each other, such as the cells of a table, keep the file's order.
    """
    ordered: list[Line] = []
    page: list[list[Line]] = []
    for line in lines:
        if page and line.page != page[-1][-1].page:
            ordered.extend(piece for run in _in_order(page) for piece in run)
            page = []
        if page and line.top <= page[-1][-1].bottom + _SAME_ROW:
            page[-1].append(line)
        else:
            page.append([line])
    ordered.extend(piece for run in _in_order(page) for piece in run)
    return ordered


def _in_order(runs: list[list[Line]]) -> list[list[Line]]:
    placed: list[list[Line]] = []
    for run in runs:
        lowest = min(line.bottom for line in run)
        above = next((i for i, other in enumerate(placed) if lowest > other[0].top), len(placed))
        placed.insert(above, run)
    return placed


def join_rows(lines: Iterable[Line]) -> list[Line]:
    """Join pieces of one printed row that the file holds apart, such as footnote marks."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and _continues_row(last, line):
            glue = "" if line.size < _RAISED * last.size else " "
            joined[-1] = last._replace(right=line.right, text=last.text + glue + line.text)
        else:
            joined.append(line)
    return joined


def _continues_row(last: Line, line: Line) -> bool:
    return (
        line.page == last.page > 0
        and abs(line.top - last.bottom) <= _SAME_ROW
        and line.left >= last.right - _OVERLAP
        and abs(line.left - last.right) < line.left
    )


def place(lines: Sequence[Line], metrics: Metrics) -> list[Placed]:
    """Say of every line of a paged document what furniture it is, if any."""
    running = _running(lines)
    return [Placed(line, _furniture(line, metrics, running)) for line in lines]


def _furniture(line: Line, metrics: Metrics, running: set[tuple[str, int]]) -> str:
    if not line.page:
        return ""
    at_edge = line.top < EDGE or line.top > HEAD
    if at_edge and _NUMBER.fullmatch(line.text):
        return "page number"
    if at_edge and _key(line) in running:
        return "footer" if line.top < EDGE else "header"
    if line.size <= metrics.size - SMALL:
        if line.top > HEAD:
            return "header"
        return "footer" if line.top < FOOT else "footnote"
    return ""


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.top / 4)


def _running(lines: Sequence[Line]) -> set[tuple[str, int]]:
    """Text at the edges that comes back on page after page, whatever its numbers."""
    pages: dict[tuple[str, int], set[int]] = {}
    for line in lines:
        if line.page and (line.top < EDGE or line.top > HEAD):
            pages.setdefault(_key(line), set()).add(line.page)
    return {key for key, seen in pages.items() if len(seen) >= _REPEATS}
