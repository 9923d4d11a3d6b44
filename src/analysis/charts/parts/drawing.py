"""Marks, words and links that every chart draws with, in inches from the upper left corner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.markers import MarkerStyle
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform

from analysis.anchors import anchor, visit_anchor
from analysis.charts.parts.chart import Hotspot
from analysis.charts.parts.style import HOLE, INK, POINTS, inch_axes, new_figure
from analysis.charts.parts.visits import Visit

WIDTH: Final = 11.0
EDGE: Final = 0.13
SIZE: Final = 9.25
"""Smallest text of the charts, in points: 6 where A4 paper shows 11 inches on its 182 mm."""
ASCENT: Final = 0.76
"""Height of the tallest letters, in sizes of the text."""
LEADING: Final = 1.18
"""Distance of two lines, in sizes of the text."""
LINE: Final = SIZE * LEADING / POINTS
"""Distance of two lines of that text, in inches."""
_HARDLY: Final = 0.0006
Place = tuple[float, float]
"""A point in inches from the upper left corner."""


@dataclass(frozen=True)
class Box:
    """A rectangle in inches from the upper left corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def middle(self) -> Place:
        """Its centre."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def tall(self, height: float) -> Box:
        """Return a rectangle of that height about the same middle."""
        y = self.middle[1]
        return Box(self.x0, y - height / 2, self.x1, y + height / 2)

    def inset(self, by: float) -> Box:
        """Return the rectangle that lies inside by that much."""
        return Box(self.x0 + by, self.y0 + by, self.x1 - by, self.y1 - by)


def write(
    axes: Axes, x: float, y: float, words: str | Iterable[str], *, size: float = SIZE,
    colour: str = INK, align: str = "left", bold: bool = False, italic: bool = False,
) -> None:  # fmt: skip
    """Write lines of text from a point downwards, on baselines that do not hang on the letters."""
    lines = [words] if isinstance(words, str) else words
    for place, line in enumerate(lines):
        axes.text(
            x,
            y + (ASCENT + LEADING * place) * size / POINTS,
            line,
            size=size,
            color=colour,
            ha=align,
            weight="bold" if bold else "normal",
            style="italic" if italic else "normal",
        )


def draw_boxes(axes: Axes, boxes: Sequence[Box], **look: Any) -> None:
    """Draw rectangles of one look as one path, which keeps the picture small."""
    if not boxes:
        return
    corners = [
        [(b.x0, b.y0), (b.x1, b.y0), (b.x1, b.y1), (b.x0, b.y1), (b.x0, b.y0)] for b in boxes
    ]
    path = Path.make_compound_path(*(Path(c, closed=True) for c in corners))
    plain: dict[str, Any] = {"facecolor": "none", "linewidth": 0, "clip_on": False}
    axes.add_artist(PathPatch(path, **(plain | look)))  # limits are fixed: add_patch moves them


def draw_holes(axes: Axes, boxes: Sequence[Box]) -> None:
    """Fill rectangles with grey: nobody looked."""
    draw_boxes(axes, boxes, facecolor=HOLE)


def draw_symbols(
    axes: Axes, places: Sequence[Place], symbol: str, *, fill: str, edge: str,
    size: float = 50, width: float = 0, above: float = 1,
) -> None:  # fmt: skip
    """Draw one symbol at several places, above what has a lower order."""
    marker = MarkerStyle(symbol)
    shape = marker.get_path().transformed(marker.get_transform())
    draw_shape(axes, places, shape, fill=fill, edge=edge, size=size, width=width, above=above)


def draw_shape(
    axes: Axes, places: Sequence[Place], shape: Path, *, fill: str, edge: str,
    size: float = 1, width: float = 0, above: float = 1,
) -> None:  # fmt: skip
    """Draw one shape, in points where `size` is 1, at several places."""
    if places:
        marks = PathCollection(
            (shape,), sizes=[size], facecolors=fill, edgecolors=edge, linewidths=width,
            offsets=places, offset_transform=axes.transData, zorder=above, clip_on=False,
        )  # fmt: skip
        marks.set_transform(IdentityTransform())
        axes.add_artist(marks)  # what scatter does, without moving the limits, which are fixed


def draw_dots(
    axes: Axes, places: Sequence[Place], *, colour: str, across: float, above: float = 1
) -> None:
    """Draw round dots of so many inches as one line that hardly moves: the smallest picture."""
    if places:
        short = [Path([(x, y), (x + _HARDLY, y)]) for x, y in sorted(places)]
        line = PathPatch(
            Path.make_compound_path(*short), edgecolor=colour, facecolor="none",
            linewidth=across * POINTS, capstyle="round", zorder=above, clip_on=False, snap=False,
        )  # fmt: skip
        axes.add_artist(line)


def say(words: str) -> Figure:
    """Return a figure that says in words why there is nothing to draw."""
    figure = new_figure(8, 1)
    inch_axes(figure).text(0.2, 0.5, words, va="center", color=INK)
    return figure


def spot(
    axes: Axes, box: Box, href: str, label: str, cell: tuple[str, str] | None = None
) -> Hotspot:
    """Return the hotspot over a rectangle, in per cent of the figure."""
    width, height = axes.figure.figure.get_size_inches()
    return Hotspot(
        100 * box.x0 / width,
        100 * box.y0 / height,
        100 * (box.x1 - box.x0) / width,
        100 * (box.y1 - box.y0) / height,
        href,
        label,
        cell,
    )


def cell_spot(axes: Axes, box: Box, theme: str, visit: str, label: str) -> Hotspot:
    """Return the hotspot over a rectangle that leads to a theme at a visit."""
    return spot(axes, box, "#" + anchor(theme, visit), label, (theme, visit))


def visit_spot(axes: Axes, box: Box, visit: Visit, label: str) -> Hotspot:
    """Return the hotspot over a rectangle that leads to a visit."""
    return spot(axes, box, "#" + visit_anchor(visit.visit), label)
