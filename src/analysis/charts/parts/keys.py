"""The key of a chart: samples with their words, line by line over the whole width."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.charts.parts.drawing import EDGE, SIZE, WIDTH
from analysis.charts.parts.style import text_width


@dataclass(frozen=True)
class Entry:
    """An entry of a key: what it shows, its words, and the room in inches before them."""

    state: str
    words: str
    room: float


def lay_key(
    entries: Iterable[Entry], top: float, *, gap: float, pitch: float, size: float = SIZE
) -> list[tuple[Entry, float, float]]:
    """Return each entry with its left and upper corner, `gap` apart in lines `pitch` high.

    Examples
    --------
    >>> [place for _entry, *place in lay_key([Entry("a", "b", 9), Entry("c", "d", 9)], 1, gap=1,
    ...                                      pitch=2)]
    [[0.13, 1], [0.13, 3]]
    """
    placed: list[tuple[Entry, float, float]] = []
    x, y = EDGE, top
    for entry in entries:
        width = entry.room + text_width(entry.words, size)
        if x > EDGE and x + width > WIDTH - EDGE:
            x, y = EDGE, y + pitch
        placed.append((entry, x, y))
        x += width + gap
    return placed
