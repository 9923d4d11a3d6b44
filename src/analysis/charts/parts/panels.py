"""Panels of rows under the columns of visits, two side by side.

A row has its name at the left, a cell for each visit that is read and a word at the right. The
latest visit is ruled off in black, a dashed rule is where other inspection rules began, full
inspections are wide, and grey is where nobody looked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.parts.drawing import EDGE, LINE, SIZE, WIDTH, Box, draw_boxes, write
from analysis.charts.parts.style import INK, MUTED, inch_axes, new_figure, text_width, wrap
from analysis.results.columns import Column

ROW: Final = 0.25
"""Height of a row whose name takes one line."""
_APART: Final = 0.3
_TITLE: Final = SIZE + 1.5
_HEAD: Final = 0.18
"""Height of a line of years."""
_WIDEST: Final = 0.6
"""Most inches that a shorter visit's column takes, however few the visits."""
_SIDE: Final = (WIDTH - 2 * EDGE - _APART) / 2


@dataclass(frozen=True)
class Panel:
    """A heading, and for each row below it a name and what is said at the right."""

    title: str
    names: Sequence[str]
    words: Sequence[str]


@dataclass(frozen=True)
class Rooms:
    """Inches for the names of rows and for the words at the right, and how wide columns are.

    `wide` is how much wider the column of a full inspection is than that of a shorter visit.
    """

    names: float = 2.0
    words: float = 0.78
    wide: float = 1.65


@dataclass
class Looks:
    """Rectangles by their colour, each of which is drawn at once, in the order of first use."""

    boxes: dict[str, list[Box]] = field(default_factory=dict)

    def add(self, colour: str, box: Box) -> None:
        """Keep a rectangle for later."""
        self.boxes.setdefault(colour, []).append(box)

    def draw(self, axes: Axes, order: Sequence[str]) -> None:
        """Draw all of them, the colours of `order` from the ground up."""
        for place, colour in enumerate(order):
            boxes = _joined(self.boxes.get(colour, []))
            draw_boxes(axes, boxes, facecolor=colour, zorder=place + 1)


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """Join rectangles of one column that touch each other."""
    joined: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box.x0, box.x1, box.y0)):
        last = joined[-1] if joined else None
        if last and (last.x0, last.x1, last.y1) == (box.x0, box.x1, box.y0):
            joined[-1] = Box(last.x0, last.y0, last.x1, box.y1)
        else:
            joined.append(box)
    return joined


@dataclass(frozen=True)
class Placed:
    """A panel with its places, in inches from the upper left corner.

    Attributes
    ----------
    panel
        What it says.
    title, names
        Its heading and the names of its rows, in lines.
    left, top
        Its upper left corner.
    edges
        Left edges of the columns, and the right edge of the last.
    rows
        Upper edges of the rows, and the lower edge of the last.
    """

    panel: Panel
    title: list[str]
    names: list[list[str]]
    left: float
    top: float
    edges: tuple[float, ...]
    rows: tuple[float, ...]

    def cell(self, row: int, column: int) -> Box:
        """Return the place of a row at a visit."""
        return Box(self.edges[column], self.rows[row], self.edges[column + 1], self.rows[row + 1])

    def column(self, column: int) -> Box:
        """Return the place of all rows at a visit."""
        return Box(self.edges[column], self.rows[0], self.edges[column + 1], self.rows[-1])

    def row(self, row: int) -> Box:
        """Return the place of a row, its name and its word included."""
        return Box(self.left, self.rows[row], self.left + _SIDE, self.rows[row + 1])


@dataclass(frozen=True)
class Layout:
    """Where panels stand, and how high the picture is."""

    panels: list[Placed]
    height: float

    def sheet(self) -> tuple[Figure, Axes]:
        """Return a figure of its size."""
        figure = new_figure(WIDTH, self.height)
        return figure, inch_axes(figure)


def lay_panels(
    panels: Sequence[Panel], visits: Sequence[Column], top: float, rooms: Rooms
) -> Layout:
    """Share panels out over two sides of about one height; on each they keep their order.

    Parameters
    ----------
    panels, visits
        In order.
    top
        Where the first begin, below the key.
    rooms
        What its parts take across.
    """
    lefts = [EDGE, EDGE + _SIDE + _APART]
    heights = [_placed(p, visits, EDGE, 0, rooms).rows[-1] + _APART for p in panels]
    ends = [top, top]
    placed: list[Placed] = []
    for panel, height, side in zip(panels, heights, _sides(heights), strict=True):
        placed.append(_placed(panel, visits, lefts[side], ends[side], rooms))
        ends[side] += height
    return Layout(placed, max(ends) - _APART + EDGE)


def _sides(heights: Sequence[float]) -> list[int]:
    """Say on which of two sides each panel stands: the highest are placed first, the first left.

    Examples
    --------
    >>> _sides([3, 5, 2, 2])
    [0, 1, 0, 1]
    """
    sides, sums = [0] * len(heights), [0.0, 0.0]
    for place in sorted(range(len(heights)), key=lambda place: -heights[place]):
        sides[place] = sums.index(min(sums))
        sums[sides[place]] += heights[place]
    return [side ^ sides[0] for side in sides]


def _placed(
    panel: Panel, visits: Sequence[Column], left: float, top: float, rooms: Rooms
) -> Placed:
    parts = [rooms.wide if _whole(visit) else 1.0 for visit in visits]
    unit = min((_SIDE - rooms.names - rooms.words) / sum(parts), _WIDEST)
    edges = tuple(accumulate((part * unit for part in parts), initial=left + rooms.names))
    title = wrap(panel.title, _SIDE, _TITLE, bold=True)
    names = [wrap(name, rooms.names - 0.1, SIZE) for name in panel.names]
    tiers = _tiers(visits, edges)
    first = top + len(title) * LINE * _TITLE / SIZE + _HEAD * tiers + 0.06
    heights = (max(ROW, len(lines) * LINE + 0.05) for lines in names)
    return Placed(panel, title, names, left, top, edges, tuple(accumulate(heights, initial=first)))


def _whole(visit: Column) -> bool:
    return visit.kind == "full" or visit.now


def _year(visit: Column, width: float) -> str:
    """Write a year in as many digits as there is room for."""
    roomy = _whole(visit) and text_width(visit.year, SIZE, bold=True) <= width
    return visit.year if roomy else f"\N{RIGHT SINGLE QUOTATION MARK}{visit.year[2:]}"


def _tiers(visits: Sequence[Column], edges: Sequence[float]) -> int:
    """On how many lines the years stand, so that each has room."""
    widths = [right - left for left, right in pairwise(edges)]
    fits = all(
        text_width(_year(visit, width), SIZE, bold=_whole(visit)) <= width
        for visit, width in zip(visits, widths, strict=True)
    )
    return 1 if fits else 2


def draw_frame(axes: Axes, looks: Looks, placed: Placed, visits: Sequence[Column]) -> None:
    """Draw what a panel has whatever it shows: its heading, years, rules, names and words."""
    write(axes, placed.left, placed.top, placed.title, size=_TITLE, bold=True)
    tiers = _tiers(visits, placed.edges)
    for place, visit in enumerate(visits):
        box, whole = placed.column(place), _whole(visit)
        y = box.y0 - _HEAD * (1 + place % tiers)
        write(axes, box.middle[0], y, _year(visit, box.x1 - box.x0), align="center", bold=whole,
              colour=INK if whole else MUTED)  # fmt: skip
        if visit.now:
            looks.add(INK, Box(box.x0 - 0.014, box.y0, box.x0 + 0.014, box.y1))
    ruled = [placed.column(place).x0 for place, visit in enumerate(visits) if visit.rules]
    for x in ruled:
        axes.plot([x, x], [placed.rows[0], placed.rows[-1]], color=MUTED, lw=0.9, dashes=(4, 2.5),
                  zorder=0.9, clip_on=False)  # fmt: skip
    for row, (name, word) in enumerate(zip(placed.names, placed.panel.words, strict=True)):
        box = placed.row(row)
        write(axes, placed.left, box.middle[1] - len(name) * LINE / 2, name)
        write(axes, placed.edges[-1] + 0.08, box.middle[1] - LINE / 2, word)
