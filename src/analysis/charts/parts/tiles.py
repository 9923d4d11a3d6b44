"""The tiles of the matrix: one look for each status, and for each reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes

from analysis.charts.parts.drawing import Box, draw_boxes, draw_holes, draw_symbols, write
from analysis.charts.parts.style import INK, MUTED, PAPER, Mark, text_width

TILE: Final = 0.293
"""Height of a tile, a little less than that of its cell."""
NUMBER: Final = 10.0
"""Size of the number in a tile."""
ROOMY: Final = 0.43
"""Tiles narrower than this get smaller symbols, so that two digits fit beside them."""
SLIM: Final = 0.33
"""In tiles narrower than this, the parts of a split one, the number stands below the symbol."""
SEAM: Final = 0.018
"""White between the parts of a split tile."""


def split(box: Box, parts: int) -> list[Box]:
    """Divide a tile into equal parts, side by side.

    Examples
    --------
    >>> [(round(part.x0, 2), round(part.x1, 2)) for part in split(Box(0.0, 0, 1, 1), 2)]
    [(0.0, 0.49), (0.51, 1.0)]
    """
    width = (box.x1 - box.x0 - SEAM * (parts - 1)) / parts
    lefts = [box.x0 + place * (width + SEAM) for place in range(parts)]
    return [Box(left, box.y0, left + width, box.y1) for left in lefts]


def draw_tiles(
    axes: Axes, boxes: Sequence[Box], counts: Sequence[int], mark: Mark, *, hollow: bool, thin: bool
) -> None:
    """Draw tiles of one status: symbol and paragraphs; hollow and with a dotted edge where asked.

    A status that nothing but needs gives rests on no paragraph, and has no number.
    """
    dots = {"linestyle": (0, (1.2, 1.6))} if thin else {}
    if hollow:
        draw_boxes(
            axes, [b.inset(0.012) for b in boxes], edgecolor=mark.fill, linewidth=1.7, **dots
        )
    else:
        draw_boxes(axes, boxes, facecolor=mark.fill)
    if thin and not hollow:
        inner = [b.inset(0.03) for b in boxes]
        draw_boxes(axes, inner, edgecolor=PAPER, linewidth=1.4, **dots)
    fill, edge = ("none", mark.fill) if hollow else (mark.ink, "none")
    sizes: dict[float, list[tuple[float, float]]] = {}
    for box, count in zip(boxes, counts, strict=True):
        size, symbol, number = _inside(box, text_width(str(count), NUMBER, bold=True))
        sizes.setdefault(size, []).append(symbol if count else box.middle)
        if count and text_width(str(count), NUMBER, bold=True) < box.x1 - box.x0 - 0.02:
            write(axes, number[0], number[1] - 0.07, str(count), align="center", size=NUMBER,
                  bold=True, colour=INK if hollow else mark.ink)  # fmt: skip
    for size, places in sizes.items():
        draw_symbols(axes, places, mark.symbol, fill=fill, edge=edge, size=size,
                     width=1.3 if hollow else 0)  # fmt: skip


def _inside(box: Box, digits: float) -> tuple[float, tuple[float, float], tuple[float, float]]:
    """Size of the symbol in a tile, its place, and that of the number, `digits` wide."""
    (x, y), width = box.middle, box.x1 - box.x0
    if width >= ROOMY:
        return 62, (x - 0.1, y), (x + 0.1, y)
    if width >= SLIM:
        return 36, (x - 0.1, y), (x + 0.07, y)
    if width >= digits + 0.13:
        return 30, (x - 0.02 - digits / 2, y), (x + 0.055, y)
    return 30, (x, y - 0.08), (x, y + 0.085)


def draw_reported(axes: Axes, boxes: Sequence[Box]) -> None:
    """Draw white tiles with a ring: reported, not judged."""
    draw_boxes(axes, [b.inset(0.008) for b in boxes], edgecolor=INK, linewidth=1.0)
    draw_symbols(axes, [b.middle for b in boxes], "o", fill="none", edge=INK, width=1.2)


def draw_silent(axes: Axes, boxes: Sequence[Box]) -> None:
    """Draw empty cells with a dash: looked at, not mentioned."""
    draw_boxes(axes, [b.inset(0.008) for b in boxes], edgecolor=MUTED, linewidth=0.6)
    dashes = [Box(x - 0.05, y - 0.01, x + 0.05, y + 0.01) for x, y in (b.middle for b in boxes)]
    draw_boxes(axes, dashes, facecolor=MUTED)


def draw_required(axes: Axes, boxes: Sequence[Box], counts: Sequence[int]) -> None:
    """Draw small open squares with a count: what a notice requires."""
    small = [Box(x - 0.135, y - 0.135, x + 0.135, y + 0.135) for x, y in (b.middle for b in boxes)]
    draw_boxes(axes, small, edgecolor=INK, facecolor=PAPER, linewidth=1.1)
    for box, count in zip(boxes, counts, strict=True):
        write(axes, box.middle[0], box.middle[1] - 0.065, str(count), align="center")


UNJUDGED: Final = {
    "reported, not judged": draw_reported,
    "silent": draw_silent,
    "not in scope": draw_holes,
}
