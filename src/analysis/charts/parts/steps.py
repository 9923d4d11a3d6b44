"""A cohort's row in a panel: its marks, the steps between them, and where it stands now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import nan
from typing import Final

from matplotlib.axes import Axes

from analysis.charts.parts.columns import Columns
from analysis.charts.parts.drawing import LINE, Box, draw_boxes, draw_symbols, write
from analysis.charts.parts.panels import MARK
from analysis.charts.parts.style import INK, MARKS, MUTED

WIDEST: Final = 0.42
"""Width of a mark; narrower where the columns are."""
SYMBOL: Final = 34.0
Point = tuple[float, float]


@dataclass(frozen=True)
class Step:
    """One judgement: the place of its visit, its height, and what it says."""

    place: int
    y: float
    status: str
    votes: int
    thin: bool
    secondary: bool


def mark_width(columns: Columns) -> float:
    """Width of a mark: room is left at its sides for the lines."""
    return min(WIDEST, columns.step - 0.08)


def draw_marks(axes: Axes, columns: Columns, steps: Iterable[Step]) -> None:
    """Draw a tile for each judgement, with symbol and votes, those of one look together."""
    half = mark_width(columns) / 2
    looks: dict[tuple[str, bool, bool], list[tuple[Box, int]]] = {}
    for step in steps:
        x = columns.centre(step.place)
        box = Box(x - half, step.y - MARK / 2, x + half, step.y + MARK / 2)
        looks.setdefault((step.status, step.thin, step.secondary), []).append((box, step.votes))
    for (status, thin, hollow), alike in sorted(looks.items()):
        boxes, votes = zip(*alike, strict=True)
        draw_mark(axes, boxes, votes, status, thin=thin, hollow=hollow)


def draw_mark(
    axes: Axes, boxes: Sequence[Box], votes: Sequence[int], status: str, *, thin: bool, hollow: bool
) -> None:
    """Draw tiles of one status: filled, hollow for a secondary source, dotted inside for thin."""
    mark, dots = MARKS[status], (0, (1.2, 1.6))
    if hollow:
        look = {"linestyle": dots} if thin else {}
        inner = [b.inset(0.012) for b in boxes]
        draw_boxes(axes, inner, facecolor="white", edgecolor=mark.fill, linewidth=1.6, zorder=3,
                   **look)  # fmt: skip
    else:
        draw_boxes(axes, boxes, facecolor=mark.fill, zorder=3)
        if thin:
            inner = [b.inset(0.014) for b in boxes]
            draw_boxes(axes, inner, edgecolor="white", linewidth=0.9, linestyle=dots, zorder=3.1)
    places = [(b.middle[0] - 0.09, b.middle[1]) for b in boxes]
    fill, edge = ("none", mark.fill) if hollow else (mark.ink, "none")
    draw_symbols(axes, places, mark.symbol, fill=fill, edge=edge, size=SYMBOL,
                 width=1.2 if hollow else 0, above=3.2)  # fmt: skip
    for box, count in zip(boxes, votes, strict=True):
        x, y = box.middle
        write(axes, x + 0.075, y - 0.052, str(count), align="center",
              colour=INK if hollow else mark.ink)  # fmt: skip


def lines_of(
    columns: Columns, steps: Sequence[Step], breaks: Collection[int]
) -> tuple[list[list[Point]], list[list[Point]]]:
    """Return the lines from judgement to judgement, whole ones and dotted ones.

    A step is whole between neighbours under one framework. Over visits that did not judge the
    cohort, and over a change of framework (before the places `breaks`), the line is dotted and
    straight, so that no level seems to have been held on the way.
    """
    half = mark_width(columns) / 2
    whole: list[list[Point]] = []
    dotted: list[list[Point]] = []
    for one, other in pairwise(steps):
        x0, x1 = columns.centre(one.place) + half, columns.centre(other.place) - half
        if other.place == one.place + 1 and other.place not in breaks:
            turn = columns.edge(other.place)
            whole.append([(x0, one.y), (turn, one.y), (turn, other.y), (x1, other.y)])
        else:
            dotted.append([(x0, one.y), (x1, other.y)])
    return whole, dotted


def draw_lines(
    axes: Axes, whole: Sequence[Sequence[Point]], dotted: Sequence[Sequence[Point]]
) -> None:
    """Draw whole lines as they are and dotted ones lighter."""
    axes.plot(*joined(whole), color=INK, lw=1.5, zorder=2, clip_on=False)
    axes.plot(*joined(dotted), color=MUTED, lw=1.3, dashes=(1, 1.8), zorder=2, clip_on=False)


def joined(lines: Sequence[Sequence[Point]]) -> tuple[list[float], list[float]]:
    """Return lines as one, lifted between them.

    Examples
    --------
    >>> joined([[(0, 1), (2, 1)], [(3, 0), (4, 0)]])
    ([0, 2, nan, 3, 4], [1, 1, nan, 0, 0])
    """
    x: list[float] = []
    y: list[float] = []
    for line in lines:
        x += [nan] * bool(x) + [point[0] for point in line]
        y += [nan] * bool(y) + [point[1] for point in line]
    return x, y


def draw_result(axes: Axes, columns: Columns, middle: float, last: Step | None) -> None:
    """Say at the right where the cohort stood when it was last judged."""
    x, y = columns.right + 0.1, middle - LINE
    if last is None:
        write(axes, x, y, ["no level", "judged"], colour=MUTED)
        return
    short = columns.visits["short"].iloc[last.place]
    write(axes, x, y, last.status, bold=True)
    write(axes, x, y + LINE, f"{short}, n = {last.votes}")
