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
STUB: Final = 0.17
"""Length of a line that leaves, or enters, where the visits between did not judge the cohort."""
SPARSE: Final = (1.0, 7.0)
"""Dots between two stubs: they say which belong together, and nothing of the time between."""
Point = tuple[float, float]


def draw_cohort(axes: Axes, panel: Panel, marks: pd.DataFrame, ink: Ink) -> None:
    """Draw one cohort's steps and marks."""
    points = [
        (panel.columns.centre(int(m["column"])), panel.y(m["status"], m["cohort"]))
        for m in marks.to_dict("records")
    ]
    places = [int(place) for place in marks["column"]]
    known, unknown = _strokes(panel, str(marks["cohort"].iloc[0]), places, points)
    axes.plot(*_joined(known), color=ink.hue, lw=1.3, dashes=ink.dashes, zorder=2, clip_on=False)
    axes.plot(*_joined(unknown), color=ink.hue, lw=1.0, dashes=SPARSE, zorder=2, clip_on=False)
    looks = marks[["status", "thin", "secondary"]].astype({"thin": bool, "secondary": bool})
    looks = looks.reset_index(drop=True)
    for (status, thin, hollow), part in looks.groupby(["status", "thin", "secondary"]):
        draw_symbols(
            axes, [points[i] for i in part.index], MARKS[str(status)].symbol, edge=ink.hue,
            fill="white" if hollow else ink.hue, size=THIN_MARK if thin else FULL_MARK,
            width=1.1, above=3,
        )  # fmt: skip


def _riser(panel: Panel, cohort: str) -> float:
    """Return how far before a visit a cohort's step rises, so that no two rise at one place."""
    share = (panel.lanes[cohort] + 1) / (len(panel.lanes) + 1)
    return panel.columns.step * (0.28 + 0.5 * share)


def _strokes(
    panel: Panel, cohort: str, places: Sequence[int], points: Sequence[Point]
) -> tuple[list[list[Point]], list[list[Point]]]:
    """Return the lines between judgements, and those over visits that did not judge the cohort.

    Over such visits the line breaks off, so that no level seems to have been held there.
    """
    known, unknown = [[points[0]]], []
    for (place, (x0, y0)), (after, (x1, y1)) in pairwise(zip(places, points, strict=True)):
        if after == place + 1:
            turn = x1 - _riser(panel, cohort)
            known.append([(x0, y0), (turn, y0), (turn, y1), (x1, y1)])
        else:
            leave, enter = (x0 + STUB, y0), (x1 - STUB, y1)
            known += [[(x0, y0), leave], [enter, (x1, y1)]]
            unknown.append([leave, enter])
    return known, unknown


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
