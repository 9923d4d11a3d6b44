"""A theme's marks on three lines, visit by visit: high is a strength, low a weakness.

A thin mark rests on little, two halves are groups that differ, a dash is where inspectors looked
and did not mention it, and grey is where nobody looked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes

from analysis.charts.parts.drawing import Box, write
from analysis.charts.parts.keys import Entry, lay_key
from analysis.charts.parts.panels import ROW, Looks, Placed
from analysis.charts.parts.style import HOLE, INK, LOW, MARKS, ON_LITTLE, STAVE
from analysis.results.staves import NOT_LOOKED, Cell, Stave
from analysis.vocabulary import LEVELS

PLACES: Final = {"strength": 0.2, "mixed": 0.5, "weakness": 0.8}
"""Where the lines of a row are, as shares of its height."""
ORDER: Final = (HOLE, STAVE, *(MARKS[level].fill for level in LEVELS), INK)
"""Colours from the ground up."""
_THICK: Final = 0.085
_THIN: Final = 0.03
_SAMPLE: Final = 0.32
_KEY: Final = {
    "strength": "strength",
    "mixed": "mixed",
    "weakness": "weakness",
    "thin": ON_LITTLE,
    "dash": "looked, not mentioned",
    "hole": "nobody looked",
}


def draw_stave(looks: Looks, placed: Placed, row: int, stave: Stave) -> None:
    """Draw the cells of one row."""
    for place, cell in enumerate(stave.cells):
        _cell(looks, cell, placed.cell(row, place))


def _cell(looks: Looks, cell: Cell, box: Box) -> None:
    if not cell.marks:
        if cell.state == NOT_LOOKED:
            looks.add(HOLE, box)
        else:
            _dash(looks, box)
        return
    box = box.tall(ROW)
    for share in PLACES.values():
        y = box.y0 + share * ROW
        looks.add(STAVE, Box(box.x0, y - 0.004, box.x1 - 0.01, y + 0.004))
    shown = (cell.marks[0], cell.marks[-1]) if len(cell.marks) > 1 else cell.marks
    step = (box.x1 - box.x0 - 0.015) / len(shown)
    for at, mark in enumerate(shown):
        x = box.x0 + at * step
        part = Box(x, box.y0, x + step, box.y1)
        _mark(looks, mark.level, part, thin=mark.confidence == LOW)


def _mark(looks: Looks, level: str, box: Box, *, thin: bool) -> None:
    half, y = (_THIN if thin else _THICK) / 2, box.y0 + PLACES[level] * (box.y1 - box.y0)
    looks.add(MARKS[level].fill, Box(box.x0, y - half, box.x1, y + half))


def _dash(looks: Looks, box: Box) -> None:
    x, y = box.middle
    looks.add(INK, Box(x - 0.03, y - 0.006, x + 0.03, y + 0.006))


def word_of(cell: Cell) -> str:
    """Say in a word what a visit found.

    Examples
    --------
    >>> word_of(Cell("v1")), word_of(Cell("v1", (), NOT_LOOKED))
    ('not said', 'not seen')
    """
    if not cell.marks:
        return "not seen" if cell.state == NOT_LOOKED else "not said"
    return "differs" if len(cell.marks) > 1 else cell.marks[0].level


def draw_key(axes: Axes, looks: Looks, top: float) -> float:
    """Draw the key; return where it ends."""
    entries = [Entry(state, words, _SAMPLE + 0.1) for state, words in _KEY.items()]
    y = top
    for entry, x, y in lay_key(entries, top, gap=0.25, pitch=0.24):
        box = Box(x, y - 0.02, x + _SAMPLE, y - 0.02 + ROW * 0.9)
        if entry.state == "hole":
            looks.add(HOLE, box)
        elif entry.state == "dash":
            _dash(looks, box)
        else:
            level = "weakness" if entry.state == "thin" else entry.state
            _mark(looks, level, box, thin=entry.state == "thin")
        write(axes, x + entry.room, y + 0.02, entry.words)
    return y + 0.3


def counted(staves: Sequence[Stave]) -> dict[str, int]:
    """Count the rows of each level at the latest visit; one of several levels counts for none."""
    latest = [stave.latest.marks for stave in staves]
    return {
        level: sum(len(marks) == 1 and marks[0].level == level for marks in latest)
        for level in PLACES
    }
