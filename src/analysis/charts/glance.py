"""The question: how did inspectors judge each theme, visit by visit, and where did nobody look?

Each row is a theme on three lines: high is a strength, low a weakness. Rows stand under the area
whose service or work they are about. A thin mark rests on little; grey is where nobody looked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.parts.chart import Chart
from analysis.charts.parts.drawing import EDGE, LINE, SIZE, WIDTH, Box, draw_boxes, say, write
from analysis.charts.parts.keys import Entry, lay_key
from analysis.charts.parts.style import (
    INK,
    MUTED,
    NAVY,
    ORANGE,
    house_style,
    inch_axes,
    new_figure,
)
from analysis.english import join, plural
from analysis.results.columns import Column, columns
from analysis.results.results import Results
from analysis.results.staves import (
    GROUP_NAMES,
    GROUPS,
    NOT_LOOKED,
    Cell,
    Stave,
    Staves,
    by_latest,
)
from analysis.vocabulary import CONFIDENCE

MIXED: Final = "#6B747B"
HOLE: Final = "#E1E5E8"
_STAVE: Final = "#DDE2E6"
_COLOURS: Final = {"strength": NAVY, "mixed": MIXED, "weakness": ORANGE}
_PLACES: Final = {"strength": 0.2, "mixed": 0.5, "weakness": 0.8}
_ROW: Final = 0.25
_NAME: Final = 2.0
_WORD: Final = 0.78
_APART: Final = 0.3
_HEAD: Final = 0.56
_KEY: Final = 0.3
_THICK: Final = 0.085
_THIN: Final = 0.03
_WIDE: Final = 2.0
"""How much wider a full inspection is than a shorter visit."""


def glance(results: Results) -> Chart:
    """Draw every theme at every visit that is read, under the area whose service it is.

    Returns
    -------
    Chart
        The data hold one row a theme and area, and one column a visit.
    """
    panels = [
        _Panel(GROUP_NAMES[area], [(name(results, row), row) for row in by_latest(rows)])
        for area, cohorts in GROUPS.items()
        if (rows := Staves(results).of(cohorts))
    ]
    with house_style():
        figure = _draw(panels, columns(results))
    seen = [column.when for column in columns(results)]
    period = " to ".join(dict.fromkeys([*seen[:1], *seen[-1:]]))
    return Chart(
        figure=figure,
        alt=_alt(results, panels, period),
        caption=(
            f"What inspectors said of each theme at each visit, {results.data.name}. High is a "
            "strength, low a weakness; wide columns are full inspections."
        ),
        data=_data(results, panels),
        name="glance",
    )


def name(results: Results, stave: Stave) -> str:
    """Return the name of a row's theme."""
    return results.data.codebook.theme(stave.theme).label


@dataclass(frozen=True)
class _Panel:
    title: str
    rows: list[tuple[str, Stave]]

    @property
    def height(self) -> float:
        return _HEAD + _ROW * len(self.rows)


@dataclass
class _Looks:
    """Rectangles of all panels by their colour, each of which is drawn at once."""

    boxes: dict[str, list[Box]] = field(default_factory=dict)

    def add(self, colour: str, box: Box) -> None:
        self.boxes.setdefault(colour, []).append(box)

    def draw(self, axes: Axes) -> None:
        for order, colour in enumerate((HOLE, _STAVE, *_COLOURS.values(), INK)):
            draw_boxes(axes, self.boxes.get(colour, []), facecolor=colour, zorder=order + 1)


def _draw(panels: Sequence[_Panel], visits: Sequence[Column]) -> Figure:
    if not panels:
        return say("No inspectors' document is held that judges a theme: there is nothing to draw.")
    sides: list[list[_Panel]] = [[], []]
    for panel in panels:
        min(sides, key=lambda side: sum(p.height + _APART for p in side)).append(panel)
    high = max(sum(panel.height + _APART for panel in side) for side in sides)
    figure = new_figure(WIDTH, EDGE + _KEY + high)
    axes, looks = inch_axes(figure), _Looks()
    _key(axes, looks)
    width = (WIDTH - 2 * EDGE - _APART) / 2
    for place, side in enumerate(sides):
        left, top = EDGE + place * (width + _APART), EDGE + _KEY
        for panel in side:
            _panel(axes, looks, panel, visits, left, top, width)
            top += panel.height + _APART
    looks.draw(axes)
    return figure


def _edges(visits: Sequence[Column], left: float, width: float) -> list[float]:
    """Left edges of the columns of visits, and the right edge of the last."""
    parts = [_WIDE if visit.kind == "full" or visit.now else 1.0 for visit in visits]
    room, at, edges = width - _NAME - _WORD, left + _NAME, [left + _NAME]
    for part in parts:
        at += room * part / sum(parts)
        edges.append(at)
    return edges


def _panel(
    axes: Axes, looks: _Looks, panel: _Panel, visits: Sequence[Column],
    left: float, top: float, width: float,
) -> None:  # fmt: skip
    edges = _edges(visits, left, width)
    write(axes, left, top, panel.title, size=SIZE + 1.5, bold=True)
    first = top + _HEAD
    for visit, x0, x1 in zip(visits, edges, edges[1:], strict=False):
        full = visit.kind == "full" or visit.now
        label = visit.year if full else f"\N{RIGHT SINGLE QUOTATION MARK}{visit.year[2:]}"
        write(axes, (x0 + x1) / 2, first - LINE - 0.04, label, align="center",
              bold=full, colour=INK if full else MUTED)  # fmt: skip
        if visit.now or visit.rules:
            bottom = first + _ROW * len(panel.rows)
            looks.add(INK, Box(x0 - 0.012, first, x0 + (0.012 if visit.now else -0.004), bottom))
    for place, (label, stave) in enumerate(panel.rows):
        y = first + place * _ROW
        write(axes, left, y + 0.04, label)
        for cell, x0, x1 in zip(stave.cells, edges, edges[1:], strict=False):
            _cell(looks, cell, Box(x0, y, x1, y + _ROW))
        write(axes, edges[-1] + 0.08, y + 0.04, _word(stave.latest))


def _cell(looks: _Looks, cell: Cell, box: Box) -> None:
    if not cell.marks:
        if cell.state == NOT_LOOKED:
            looks.add(HOLE, box)
        else:
            x, y = box.middle
            looks.add(INK, Box(x - 0.03, y - 0.006, x + 0.03, y + 0.006))
        return
    for share in _PLACES.values():
        y = box.y0 + share * _ROW
        looks.add(_STAVE, Box(box.x0, y - 0.004, box.x1 - 0.01, y + 0.004))
    shown = (cell.marks[0], cell.marks[-1]) if len(cell.marks) > 1 else cell.marks
    step = (box.x1 - box.x0 - 0.015) / len(shown)
    for at, mark in enumerate(shown):
        half = (_THIN if mark.confidence == CONFIDENCE[0] else _THICK) / 2
        y, x = box.y0 + _PLACES[mark.level] * _ROW, box.x0 + at * step
        looks.add(_COLOURS[mark.level], Box(x, y - half, x + step, y + half))


def _word(cell: Cell) -> str:
    if not cell.marks:
        return "not seen" if cell.state == NOT_LOOKED else "not said"
    return "differs" if len(cell.marks) > 1 else cell.marks[0].level


def _key(axes: Axes, looks: _Looks) -> None:
    entries = [
        Entry(state, words, 0.42)
        for state, words in (
            ("strength", "strength"),
            ("mixed", "mixed"),
            ("weakness", "weakness"),
            ("thin", "on little"),
            ("dash", "looked, not mentioned"),
            ("hole", "nobody looked"),
        )
    ]
    for entry, x, y in lay_key(entries, EDGE, gap=0.25, pitch=0.24):
        box = Box(x, y - 0.02, x + 0.32, y - 0.02 + _ROW * 0.9)
        if entry.state == "hole":
            looks.add(HOLE, box)
        elif entry.state == "dash":
            at, mid = box.middle
            looks.add(INK, Box(at - 0.03, mid - 0.006, at + 0.03, mid + 0.006))
        else:
            level = "weakness" if entry.state == "thin" else entry.state
            half = (_THIN if entry.state == "thin" else _THICK) / 2
            mid = box.y0 + _PLACES[level] * (box.y1 - box.y0)
            looks.add(_COLOURS[level], Box(box.x0, mid - half, box.x1, mid + half))
        write(axes, x + entry.room, y + 0.02, entry.words)


def _alt(results: Results, panels: Sequence[_Panel], period: str) -> str:
    rows = [stave for panel in panels for _, stave in panel.rows]
    counts = {
        level: sum(len(s.latest.marks) == 1 and s.latest.marks[0].level == level for s in rows)
        for level in ("strength", "mixed", "weakness")
    }
    said = join([f"{count} {level}" for level, count in counts.items()])
    return (
        f"Marks on three lines for {plural(len(rows), 'row')} of themes at each visit to "
        f"{results.data.name}, {period}: high is a strength, low a weakness. At the latest visit: "
        f"{said}."
    )


def _data(results: Results, panels: Sequence[_Panel]) -> pd.DataFrame:
    """One row a theme and area, a column a visit."""
    heads = [column.when for column in columns(results)]
    return pd.DataFrame(
        [
            [panel.title, label, *map(_told, stave.cells)]
            for panel in panels
            for label, stave in panel.rows
        ],
        columns=["Whose service", "Theme", *heads],
    )


def _told(cell: Cell) -> str:
    """Say a cell: its levels, with their confidence where that is low, or why there is none."""
    low = CONFIDENCE[0]
    marks = [f"{m.level}{' (on little)' if m.confidence == low else ''}" for m in cell.marks]
    return " and ".join(marks) or _word(cell)
