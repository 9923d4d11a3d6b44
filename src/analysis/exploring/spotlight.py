"""What a choice is about, set off: the rest stays in sight, since a status rests on it too.

Cells that stand by themselves fade. Where marks are joined by lines, which a veil would break, the
visits that hold what was chosen are underlined.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from matplotlib.patches import Rectangle

from analysis.charts import Chart
from analysis.charts.parts.chart import Hotspot

VEIL: Final = 0.82
"""Opacity of the white over what is left aside."""
LINE: Final = 0.05
"""Thickness of an underline, inches."""
INK: Final = "#0b0c0c"
JOINED: Final = frozenset({"trajectories"})
"""Charts whose marks are joined by lines."""
_ABOVE: Final = 50


def has_cells(chart: Chart) -> bool:
    """Whether places of the chart lead to themes at visits."""
    return any(spot.cell for spot in chart.hotspots)


def spotlight(chart: Chart, kept: Collection[tuple[str, str]], what: str) -> Chart:
    """Set off the cells of `kept`, and say so in the caption.

    Parameters
    ----------
    chart
        Its figure is drawn upon; only places that lead to evidence are set off.
    kept
        Theme and visit of each.
    what
        What the kept cells hold, such as `finding that is a weakness`.
    """
    joined = chart.name in JOINED
    for spot in chart.hotspots:
        if spot.cell and (spot.cell in kept) == joined:
            _draw(chart, spot, underline=joined)
    said = f"Underlined visits hold a {what}" if joined else f"Faded cells have no {what}"
    return replace(
        chart,
        alt=f"{chart.alt} {said}.",
        caption=f"{chart.caption} {said}; every status still rests on all of its findings.",
    )


def _draw(chart: Chart, spot: Hotspot, *, underline: bool) -> None:
    bottom = 1 - (spot.top + spot.height) / 100
    thick = LINE / chart.figure.get_size_inches()[1]
    chart.figure.add_artist(
        Rectangle(
            (spot.left / 100, bottom),
            spot.width / 100 * (0.94 if underline else 1),
            thick if underline else spot.height / 100,
            transform=chart.figure.transFigure,
            facecolor=INK if underline else "white",
            edgecolor="none",
            alpha=1 if underline else VEIL,
            zorder=_ABOVE,
        )
    )
