"""A cohort in a panel: its marks, the steps between them, and its name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import nan
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.drawing import LINE, draw_symbols, write
from analysis.charts.inks import Ink
from analysis.charts.panels import Panel, label_lines
from analysis.charts.style import INK, MARKS

FULL_MARK: Final = 52.0
THIN_MARK: Final = 17.0
STUB: Final = 0.5
"""How far, in columns, a line leaves or enters a mark next to visits that did not judge: never
into the column of such a visit."""
Point = tuple[float, float]


def draw_cohort(axes: Axes, panel: Panel, marks: pd.DataFrame, ink: Ink) -> None:
    """Draw one cohort's steps and marks."""
    rows = marks.to_dict("records")
    points = [
        (panel.columns.centre(int(m["column"])), panel.y(m["status"], m["cohort"])) for m in rows
    ]
    places = [int(m["column"]) for m in rows]
    lines = _strokes(panel, str(rows[0]["cohort"]), places, points)
    axes.plot(*_joined(lines), color=ink.hue, lw=1.3, dashes=ink.dashes, zorder=2, clip_on=False)
    looks: dict[tuple[str, bool, bool], list[Point]] = {}
    for m, point in zip(rows, points, strict=True):
        look = (str(m["status"]), bool(m["thin"]), bool(m["secondary"]))
        looks.setdefault(look, []).append(point)
    for (status, thin, hollow), alike in sorted(looks.items()):
        draw_symbols(
            axes, alike, MARKS[str(status)].symbol, edge=ink.hue,
            fill="white" if hollow else ink.hue, size=THIN_MARK if thin else FULL_MARK,
            width=1.1, above=3,
        )  # fmt: skip


def _riser(panel: Panel, cohort: str) -> float:
    """Return how far before a visit a cohort's step rises, so that no two rise at one place."""
    share = (panel.lanes[cohort] + 1) / (len(panel.lanes) + 1)
    return panel.columns.step * (0.28 + 0.5 * share)


def _strokes(
    panel: Panel, cohort: str, places: Sequence[int], points: Sequence[Point]
) -> list[list[Point]]:
    """Return the lines of a cohort from judgement to judgement.

    Over visits that did not judge the cohort the line breaks off, so that no level seems to have
    been held there.
    """
    stub, turn = STUB * panel.columns.step, _riser(panel, cohort)
    lines: list[list[Point]] = []
    for (place, (x0, y0)), (after, (x1, y1)) in pairwise(zip(places, points, strict=True)):
        if after == place + 1:
            lines.append([(x0, y0), (x1 - turn, y0), (x1 - turn, y1), (x1, y1)])
        else:
            lines += [[(x0, y0), (x0 + stub, y0)], [(x1 - stub, y1), (x1, y1)]]
    return lines


def _joined(lines: Sequence[Sequence[Point]]) -> tuple[list[float], list[float]]:
    """Return lines as one, lifted between them.

    Examples
    --------
    >>> _joined([[(0, 1), (2, 1)], [(3, 0), (4, 0)]])
    ([0, 2, nan, 3, 4], [1, 1, nan, 0, 0])
    """
    x: list[float] = []
    y: list[float] = []
    for line in lines:
        x += [nan] * bool(x) + [point[0] for point in line]
        y += [nan] * bool(y) + [point[1] for point in line]
    return x, y


def draw_names(axes: Axes, panel: Panel, marks: pd.DataFrame, inks: dict[str, Ink]) -> None:
    """Name each cohort at the right, as near to its last mark as the others allow."""
    last = marks.groupby("cohort", sort=False).tail(1)
    wanted = []
    for row in last.to_dict("records"):
        ends = int(row["column"]) == len(panel.columns.visits) - 1
        short = "" if ends else str(panel.columns.visits["short"].iloc[int(row["column"])])
        lines = label_lines(row["cohort"], short)
        wanted.append((panel.y(row["status"], row["cohort"]), row["cohort"], lines, ends))
    wanted.sort(key=lambda item: (item[0], item[1]))
    heights = [len(lines) * LINE + 0.05 for _y, _c, lines, _e in wanted]
    tops = _spread([y - LINE / 2 for y, *_ in wanted], heights, panel.top, panel.bottom)
    left = panel.columns.right + 0.16
    for (y, cohort, lines, ends), top in zip(wanted, tops, strict=True):
        ink, middle = inks[cohort], top + LINE / 2
        if ends:
            axes.plot(
                [panel.columns.right + 0.03, left - 0.03],
                [y, middle],
                color=ink.hue,
                lw=0.6,
                clip_on=False,
            )
        axes.plot([left, left + 0.22], [middle] * 2, color=ink.hue, lw=1.5, dashes=ink.dashes,
                  clip_on=False)  # fmt: skip
        write(axes, left + 0.27, top, lines, colour=INK)


def _spread(
    wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float
) -> list[float]:
    """Move labels apart: each as near to its wished place as possible, in order, inside.

    Examples
    --------
    >>> _spread([1, 1, 9], [2, 2, 2], top=0, bottom=10)
    [1, 3, 8]
    """
    places: list[float] = []
    floor = top
    for want, height in zip(wanted, heights, strict=True):
        places.append(max(want, floor))
        floor = places[-1] + height
    limit = bottom
    for i in reversed(range(len(places))):
        places[i] = min(places[i], limit - heights[i])
        limit = places[i]
    return places
