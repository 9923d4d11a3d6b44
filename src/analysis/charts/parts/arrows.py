"""What inspectors themselves said about change, as arrows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from analysis.charts.parts.drawing import draw_shape
from analysis.charts.parts.style import INK

TURN: Final = {"improved": 45, "declined": -45, "sustained": 0, "not improved": 0}
"""Degrees by which the arrow of each statement turns; that of `not improved` meets a bar."""
_ARROW: Final = Path(
    [
        (-1, -0.16),
        (0.1, -0.16),
        (0.1, -0.62),
        (1, 0),
        (0.1, 0.62),
        (0.1, 0.16),
        (-1, 0.16),
        (-1, -0.16),
    ],
    closed=True,
)
_BAR: Final = Path(
    [(1.05, -0.75), (1.4, -0.75), (1.4, 0.75), (1.05, 0.75), (1.05, -0.75)], closed=True
)
_SIZE: Final = 9.0
"""Length of an arrow in points."""


def draw_arrows(axes: Axes, places: Sequence[tuple[float, float]], change: str) -> None:
    """Draw arrows up, level, against a bar or down for what inspectors said about change."""
    barred = Path.make_compound_path(_ARROW, _BAR)
    arrow = barred if change == "not improved" else _ARROW
    shape = arrow.transformed(Affine2D().rotate_deg(TURN[change]).scale(_SIZE / 2))
    draw_shape(axes, places, shape, fill=INK, edge="none", above=4)


def beside(count: int, gap: float = 0.17) -> list[float]:
    """Places of marks side by side about nought.

    Examples
    --------
    >>> beside(1), beside(2, gap=1)
    ([0.0], [-0.5, 0.5])
    """
    return [float(x) for x in (np.arange(count) - (count - 1) / 2) * gap]
