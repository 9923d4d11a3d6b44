"""The tiles of the matrix: one look for each status, and for each reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes

from analysis.charts.drawing import Box, draw_boxes, draw_hatch, draw_symbols, write
from analysis.charts.style import INK, MUTED, Mark

TILE: Final = 0.345
"""Height of a tile, a little less than that of its cell."""
ROOMY: Final = 0.43
"""Tiles narrower than this get smaller symbols, so that two digits fit beside them."""


def draw_tiles(
    axes: Axes, boxes: Sequence[Box], counts: Sequence[int], mark: Mark, *, hollow: bool, thin: bool
) -> None:
    """Draw tiles of one status: symbol and votes; hollow and with a dotted edge where asked."""
    dots = {"linestyle": (0, (1.2, 1.6))} if thin else {}
    if hollow:
        draw_boxes(
            axes, [b.inset(0.012) for b in boxes], edgecolor=mark.fill, linewidth=1.7, **dots
        )
    else:
        draw_boxes(axes, boxes, facecolor=mark.fill)
    if thin and not hollow:
        inner = [b.inset(0.03) for b in boxes]
        draw_boxes(axes, inner, edgecolor="white", linewidth=1.4, **dots)
    roomy = all(b.x1 - b.x0 >= ROOMY for b in boxes)
    places = [(b.middle[0] - (0.1 if roomy else 0.12), b.middle[1]) for b in boxes]
    fill, edge = ("none", mark.fill) if hollow else (mark.ink, "none")
    draw_symbols(
        axes, places, mark.symbol, fill=fill, edge=edge, size=62 if roomy else 30,
        width=1.3 if hollow else 0,
    )  # fmt: skip
    _write_counts(axes, boxes, counts, INK if hollow else mark.ink)


def _write_counts(axes: Axes, boxes: Sequence[Box], counts: Sequence[int], colour: str) -> None:
    for box, count in zip(boxes, counts, strict=True):
        x = box.middle[0] + (0.1 if box.x1 - box.x0 >= ROOMY else 0.07)
        write(axes, x, box.middle[1] - 0.07, str(count), colour=colour,
              align="center", size=10, bold=True)  # fmt: skip


def draw_reported(axes: Axes, boxes: Sequence[Box]) -> None:
    """Draw white tiles with a ring: reported, not judged."""
    draw_boxes(axes, [b.inset(0.008) for b in boxes], edgecolor=INK, linewidth=1.0)
    draw_symbols(axes, [b.middle for b in boxes], "o", fill="none", edge=INK, width=1.2)


def draw_silent(axes: Axes, boxes: Sequence[Box]) -> None:
    """Draw empty cells with a dash: looked at, nothing reported."""
    draw_boxes(axes, [b.inset(0.008) for b in boxes], edgecolor=MUTED, linewidth=0.6)
    dashes = [Box(x - 0.05, y - 0.01, x + 0.05, y + 0.01) for x, y in (b.middle for b in boxes)]
    draw_boxes(axes, dashes, facecolor=MUTED)


def draw_required(axes: Axes, boxes: Sequence[Box], counts: Sequence[int]) -> None:
    """Draw small open squares with a count: what a notice requires."""
    small = [Box(x - 0.135, y - 0.135, x + 0.135, y + 0.135) for x, y in (b.middle for b in boxes)]
    draw_boxes(axes, small, edgecolor=INK, facecolor="white", linewidth=1.1)
    for box, count in zip(boxes, counts, strict=True):
        write(axes, box.middle[0], box.middle[1] - 0.065, str(count), align="center")


UNJUDGED: Final = {
    "reported, not judged": draw_reported,
    "silent": draw_silent,
    "not in scope": draw_hatch,
}
