"""What inspectors themselves said about change, as arrows."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from analysis.charts.inks import Ink
from analysis.charts.panels import Panel

TURN: Final = {"improved": 45, "declined": -45, "sustained": 0, "not improved": 0}
"""Degrees by which the arrow of each statement turns; that of `not improved` meets a bar."""
_ARROW: Final = Path(
    [
        (-1, -0.14),
        (0.2, -0.14),
        (0.2, -0.55),
        (1, 0),
        (0.2, 0.55),
        (0.2, 0.14),
        (-1, 0.14),
        (-1, -0.14),
    ],
    closed=True,
)
_BAR: Final = Path([(1.1, -0.7), (1.4, -0.7), (1.4, 0.7), (1.1, 0.7), (1.1, -0.7)], closed=True)
_SIZE: Final = 50.0
_BESIDE: Final = (0.115, -0.115, 0.24, -0.24)
_ABOVE: Final = (0.0, 0.14, -0.14)
"""Where arrows stand beside a mark, or over a visit that judged no level, one after the other."""


def draw_said(
    axes: Axes, panel: Panel, said: pd.DataFrame, marks: pd.DataFrame, inks: dict[str, Ink]
) -> None:
    """Draw what inspectors said about change: beside the mark, or above where none was judged."""
    at = {
        (m["visit"], m["cohort"]): panel.y(m["status"], m["cohort"])
        for m in marks.to_dict("records")
    }
    used: dict[tuple[int, float], int] = {}
    for row in said.to_dict("records"):
        y = at.get((row["visit"], row["cohort"]))
        place = (int(row["column"]), panel.top - 0.11 if y is None else y - 0.075)
        beside = _ABOVE if y is None else _BESIDE
        x = panel.columns.centre(place[0]) + beside[used.get(place, 0) % len(beside)]
        used[place] = used.get(place, 0) + 1
        draw_arrow(axes, x, place[1], row["change_said"], inks[row["cohort"]].hue)


def draw_arrow(axes: Axes, x: float, y: float, change: str, hue: str) -> None:
    """Draw an arrow up, level, against a bar or down for what inspectors said about change."""
    barred = Path.make_compound_path(_ARROW, _BAR)
    arrow = barred if change == "not improved" else _ARROW
    size = _SIZE * float(np.abs(arrow.vertices).max()) ** 2  # markers are scaled to their extent
    arrow = arrow.transformed(Affine2D().rotate_deg(TURN[change]))
    axes.scatter(
        [x], [y], s=size, marker=arrow, facecolors=hue, linewidths=0, zorder=4, clip_on=False
    )
