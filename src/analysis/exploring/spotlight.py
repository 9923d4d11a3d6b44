"""What a choice is about, set off: the rest fades, since a status rests on it too."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from matplotlib.patches import Rectangle

from analysis.charts import Chart
from analysis.charts.parts.chart import Hotspot

VEIL: Final = 0.82
"""Opacity of the white over what is left aside."""
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
    for spot in chart.hotspots:
        if spot.cell and spot.cell not in kept:
            _veil(chart, spot)
    said = f"Faded cells have no {what}"
    return replace(
        chart,
        alt=f"{chart.alt} {said}.",
        caption=f"{chart.caption} {said}; every status still rests on all of its findings.",
    )


def _veil(chart: Chart, spot: Hotspot) -> None:
    chart.figure.add_artist(
        Rectangle(
            (spot.left / 100, 1 - (spot.top + spot.height) / 100),
            spot.width / 100,
            spot.height / 100,
            transform=chart.figure.transFigure,
            facecolor="white",
            edgecolor="none",
            alpha=VEIL,
            zorder=_ABOVE,
        )
    )
