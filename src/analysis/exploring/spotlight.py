"""Cells that a choice leaves aside, faded: they stay in sight, since a status rests on them too."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from matplotlib.patches import Rectangle

from analysis.charts import Chart
from analysis.charts.chart import Hotspot

VEIL: Final = 0.82
"""Opacity of the white over what is left aside."""
_ABOVE: Final = 50
_CELL: Final = "#e-"


def has_cells(chart: Chart) -> bool:
    """Whether places of the chart lead to themes at visits."""
    return any(spot.href.startswith(_CELL) for spot in chart.hotspots)


def spotlight(chart: Chart, kept: Collection[str], why: str) -> Chart:
    """Fade the cells that do not lead to one of `kept`, and say so in the caption.

    Parameters
    ----------
    chart
        Its figure is drawn upon; only places that lead to evidence can fade.
    kept
        Anchors, such as `e-audit--knowsley-inspection-2014-04-29`.
    why
        What the faded cells lack, such as `no finding that is a weakness`.
    """
    for spot in chart.hotspots:
        if spot.href.removeprefix("#") not in kept:
            _veil(chart, spot)
    return replace(
        chart,
        alt=f"{chart.alt} Faded: {why}.",
        caption=f"{chart.caption} Faded cells have {why}; every status still rests on all of the "
        "findings.",
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
