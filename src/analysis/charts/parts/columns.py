"""Visits as columns: their places, the words over them, and the break between frameworks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.parts.drawing import LINE, SIZE, write
from analysis.charts.parts.style import INK, MUTED, PAPER, text_width, wrap
from analysis.charts.parts.visits import framework_spans, scope_in_brief
from analysis.tables import Row, records
from analysis.vocabulary import FRAMEWORKS, KINDS, NO_DOCUMENT, NOTICE

HEAD: Final = 0.8
"""Room that the words over a column need; narrower columns take turns on several tiers."""
HEAD_PARTS: Final = ("date", "kind", "scope", "missing")
"""What can stand over a column, in order."""
WIDEST: Final = 1.2
"""A column is never wider than this, however few the visits."""


@dataclass(frozen=True)
class Columns:
    """Visits side by side, evenly spaced, in inches.

    Attributes
    ----------
    visits
        `AuthorityData.visits`, or some of its rows, in order.
    left, right
        Where the first column begins and the last one ends.
    """

    visits: pd.DataFrame
    left: float
    right: float

    @property
    def step(self) -> float:
        """Width of a column."""
        return (self.right - self.left) / max(len(self.visits), 1)

    @property
    def tiers(self) -> int:
        """On how many tiers the heads stand, so that each has room."""
        return ceil(HEAD / max(self.step, HEAD / 4) - 1e-9)

    def centre(self, place: int) -> float:
        """Middle of a column."""
        return self.left + (place + 0.5) * self.step

    def edge(self, place: int) -> float:
        """Left edge of a column."""
        return self.left + place * self.step


def lay_columns(visits: pd.DataFrame, left: float, right: float) -> Columns:
    """Spread visits between two places, not too wide and with room for the words over them."""
    right = min(right, left + WIDEST * max(len(visits), 1))
    columns = Columns(visits, left, right)
    return columns if columns.tiers == 1 else Columns(visits, left, right - HEAD / 4)


@dataclass(frozen=True)
class _Block:
    """Lines of one weight in a column's head."""

    lines: list[str]
    bold: bool = False
    italic: bool = False


def _head(visit: Row, width: float, parts: Sequence[str]) -> list[_Block]:
    """Blocks of lines over a column: date, kind, scope, and what is not held, if they are asked."""
    notice = visit["kind"] == NOTICE
    missing = {"none": NO_DOCUMENT, "secondary": "no inspectors' document"}.get(visit["held"], "")
    scope = "required actions" if notice else "" if missing else scope_in_brief(visit["areas"])
    blocks = {
        "date": _Block(wrap(visit["short"], width, SIZE, bold=True), bold=True),
        "kind": _Block(wrap("notice" if notice else KINDS[visit["kind"]], width, SIZE)),
        "scope": _Block(wrap(scope, width, SIZE), italic=True),
        "missing": _Block(wrap(missing, width, SIZE, bold=True), bold=True),
    }
    return [blocks[part] for part in parts]


def draw_heads(
    axes: Axes, columns: Columns, top: float, parts: Sequence[str] = HEAD_PARTS
) -> float:
    """Draw the frameworks and, for each visit, the parts asked for; return where they end."""
    top = _draw_frameworks(axes, columns, top)
    width = columns.step * columns.tiers - 0.06
    heads = [_head(visit, width, parts) for visit in records(columns.visits)]
    tops = list(accumulate((_tier(heads[i :: columns.tiers]) for i in range(columns.tiers)),
                           initial=top))  # fmt: skip
    for place, head in enumerate(heads):
        x, level = columns.centre(place), place % columns.tiers
        y = _draw_head(axes, head, x, tops[level])
        if level < columns.tiers - 1:
            axes.plot([x, x], [y + 0.03, tops[-1] - 0.03], color=MUTED, lw=0.5)
    return tops[-1]


def _tier(heads: Sequence[Sequence[_Block]]) -> float:
    """Return the height that a tier of heads needs."""
    lines = max((sum(len(block.lines) for block in head) for head in heads), default=0)
    return lines * LINE + 0.08


def _draw_head(axes: Axes, head: Sequence[_Block], x: float, y: float) -> float:
    for block in head:
        if block.lines:
            write(axes, x, y, block.lines, align="center", bold=block.bold,
                  italic=block.italic)  # fmt: skip
        y += len(block.lines) * LINE
    return y


def _draw_frameworks(axes: Axes, columns: Columns, top: float) -> float:
    """Write the name of each framework over its visits, with a bracket."""
    spans = [s for s in framework_spans(columns.visits) if s[0]]
    room = [(end - first) * columns.step - 0.1 for _name, first, end in spans]
    roomy = all(text_width(FRAMEWORKS[s[0]], SIZE) < r for s, r in zip(spans, room, strict=True))
    for name, first, end in spans:
        left, right = columns.edge(first) + 0.04, columns.edge(end) - 0.04
        shown = FRAMEWORKS[name] if roomy else name
        write(axes, (left + right) / 2, top, shown, align="center", colour=MUTED)
        y = top + LINE + 0.05
        axes.plot([left, left, right, right], [y + 0.05, y, y, y + 0.05], color=MUTED, lw=0.8)
    return top + LINE + 0.16


def draw_breaks(axes: Axes, columns: Columns, top: float, bottom: float) -> None:
    """Draw a line where the framework changes; the names over it say from which to which."""
    for _name, first, _end in framework_spans(columns.visits)[1:]:
        x = columns.edge(first)
        axes.plot([x, x], [top, bottom], color=PAPER, lw=5, zorder=2.5)
        axes.plot([x, x], [top, bottom], color=INK, lw=1.3, dashes=(5, 3), zorder=2.5)
