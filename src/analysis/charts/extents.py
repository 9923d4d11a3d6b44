"""The question: which quantity words do inspectors use for strengths, and which for weaknesses.

The words are the inspectors' own and an order with ties; nobody has said which shares they stand
for. So words are counted, never turned into numbers, and no panel is summed up into one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from math import ceil, sqrt
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

from analysis.charts.chart import Chart, Hotspot
from analysis.charts.drawing import SIZE, WIDTH, Box, say, visit_spot
from analysis.charts.style import (
    INK,
    MARKS,
    MUTED,
    house_style,
    inch_axes,
    new_figure,
    text_width,
    wrap,
)
from analysis.charts.visits import (
    HELD,
    INSPECTIONS,
    PAUSE_LABEL,
    Visit,
    boundaries,
    each_visit,
    month,
    period,
)
from analysis.statuses import NOTICE, voting
from analysis.vocabulary import EXTENTS, KINDS

SIDES: Final = ("strength", "mixed", "weakness")
OUTSIDE: Final = "too many"
"""The one extent that stands outside the order; its row is set apart."""
BAND: Final = "#F3F2F1"
"""Very light ground of every other row, in place of gridlines."""

_LEFT: Final = 1.3
_EDGE: Final = 0.12
_ACROSS: Final = 5
_GAP: Final = 0.14
_PANEL: Final = 2.3
_ROW: Final = 0.31
_APART: Final = 0.1
_RADIUS: Final = 0.15
_BREAK: Final = 0.2
_TITLE: Final = 0.18
_HEADS: Final = 0.46


def extents(coded: pd.DataFrame, visits: pd.DataFrame, *, authority: str) -> Chart:
    """Draw how many findings carry each extent word, by direction, a panel per visit.

    Parameters
    ----------
    coded
        `analysis.coding.coded_findings`.
    visits
        `AuthorityData.visits`; a panel each for those with a primary document, notices left out.
    authority
        Name shown.

    Returns
    -------
    Chart
        One hotspot per panel, to `#v-{visit}`; the data hold one row per circle.
    """
    visits = visits[visits["kind"] != NOTICE].sort_values("order", kind="stable")
    shown = visits[visits["held"] == "primary"].reset_index(drop=True)
    panels = _panels(coded, each_visit(shown))
    with house_style():
        figure, spots = _draw(panels, shown)
    return Chart(
        figure=figure,
        alt=_alt(panels, shown, authority),
        caption=_caption(visits, authority),
        data=_data(panels),
        hotspots=tuple(spots),
        name="extents",
    )


@dataclass(frozen=True)
class _Panel:
    """Findings with an extent word at one visit.

    Attributes
    ----------
    visit
        The visit.
    n
        Findings with an extent word.
    counts
        Findings by word and direction; one finding counts once per direction.
    """

    visit: Visit
    n: int
    counts: dict[tuple[str, str], int]

    @property
    def title(self) -> str:
        return f"{self.visit.short} {KINDS[self.visit.kind]}"


def _panels(coded: pd.DataFrame, visits: list[Visit]) -> list[_Panel]:
    """Count findings that cast a vote; what repeats them, and other sources, are left out."""
    votes = voting(coded[coded["source"] == "primary"])
    kept = votes[votes["vote"].isin(["body", "limited"]) & votes["extent"].isin(EXTENTS)]
    said = kept[["visit", "finding", "extent", "direction"]].astype(str).drop_duplicates()
    return [_panel(visit, said[said["visit"] == visit.visit]) for visit in visits]


def _panel(visit: Visit, said: pd.DataFrame) -> _Panel:
    met = Counter(zip(said["extent"], said["direction"], strict=True))
    order = [(word, side) for word in EXTENTS for side in SIDES if met[word, side]]
    return _Panel(visit, said["finding"].nunique(), {key: met[key] for key in order})


@dataclass(frozen=True)
class _Grid:
    """Places of panels, rows and columns, in inches from the upper left corner."""

    across: int
    down: int
    title: int
    words: tuple[str, ...]

    @property
    def panel(self) -> float:
        return min(_PANEL, (WIDTH - _LEFT - _EDGE) / self.across - _GAP)

    @property
    def head(self) -> float:
        return _BREAK + _TITLE * self.title + _HEADS

    @property
    def body(self) -> float:
        return _ROW * len(self.words) + (_APART if OUTSIDE in self.words else 0)

    @property
    def size(self) -> tuple[float, float]:
        width = _LEFT + self.across * (self.panel + _GAP) + _EDGE
        return max(width, 6.0), _EDGE + self.down * (self.head + self.body + 0.2)

    def corner(self, position: int) -> tuple[float, float]:
        """Left end of a panel, and the top of its first row."""
        down, across = divmod(position, self.across)
        top = _EDGE + down * (self.head + self.body + 0.2) + self.head
        return _LEFT + across * (self.panel + _GAP), top

    def row(self, word: str) -> float:
        """Middle of a word's row, below the top of the first."""
        return _ROW * (self.words.index(word) + 0.5) + (_APART if word == OUTSIDE else 0)

    def column(self, side: str) -> float:
        return self.panel * (SIDES.index(side) + 0.5) / len(SIDES)


def _grid(panels: list[_Panel]) -> _Grid:
    used = {word for panel in panels for word, _side in panel.counts}
    down = ceil(len(panels) / _ACROSS)
    words = tuple(word for word in EXTENTS if word in used)
    grid = _Grid(ceil(len(panels) / down), down, 1, words)
    lines = max(len(wrap(panel.title, grid.panel, 10, bold=True)) for panel in panels)
    return replace(grid, title=lines)


def _draw(panels: list[_Panel], shown: pd.DataFrame) -> tuple[Figure, list[Hotspot]]:
    counts = [count for panel in panels for count in panel.counts.values()]
    if not counts:
        return say("No finding of a primary document carries an extent word and casts a vote."), []
    grid = _grid(panels)
    figure = new_figure(*grid.size)
    axes = inch_axes(figure)
    for position, panel in enumerate(panels):
        if position % grid.across == 0:
            _words(axes, grid, position)
        _heading(axes, grid, position, panel)
        _circles(axes, grid, position, panel, _RADIUS / sqrt(max(counts)))
    _breaks(axes, grid, shown)
    return figure, [_spot(axes, grid, i, panel) for i, panel in enumerate(panels)]


def _words(axes: Axes, grid: _Grid, position: int) -> None:
    """Write the extent words left of a row of panels, on a light ground for every other row."""
    _left, top = grid.corner(position)
    width = grid.size[0] - 2 * _EDGE - _GAP
    for i, word in enumerate(grid.words):
        y = top + grid.row(word)
        axes.text(_LEFT - 0.1, y, word, ha="right", va="center", fontsize=SIZE, color=INK)
        if i % 2 == 0:
            ground = Rectangle((_EDGE, y - _ROW / 2), width, _ROW, fc=BAND, ec="none", zorder=0)
            axes.add_artist(ground)
    if OUTSIDE in grid.words:
        y = top + grid.row(OUTSIDE) - (_ROW + _APART) / 2
        axes.hlines(y, _EDGE, _EDGE + width, color=MUTED, lw=0.8)


def _heading(axes: Axes, grid: _Grid, position: int, panel: _Panel) -> None:
    left, top = grid.corner(position)
    title = "\n".join(wrap(panel.title, grid.panel, 10, bold=True))
    y = top - grid.head + _BREAK
    axes.text(left, y, title, va="top", fontsize=10, weight="bold", color=INK)
    text = f"n = {panel.n} findings" if panel.n else "n = 0: no extent word"
    axes.text(left, top - 0.35, text, va="center", fontsize=SIZE, color=INK)
    for side in SIDES:
        x, width = left + grid.column(side), text_width(side, SIZE)
        axes.text(x, top - 0.13, side, ha="center", va="center", fontsize=SIZE, color=INK)
        box = (x - width / 2, top - 0.05)
        axes.add_artist(Rectangle(box, width, 0.03, fc=MARKS[side].fill, ec="none"))


def _circles(axes: Axes, grid: _Grid, position: int, panel: _Panel, unit: float) -> None:
    """Draw a panel's counts; `unit` is the radius in inches of a count of one."""
    left, top = grid.corner(position)
    for (word, side), count in panel.counts.items():
        place = (left + grid.column(side), top + grid.row(word))
        axes.add_artist(Circle(place, unit * sqrt(count), fc=MARKS[side].fill, ec="none", zorder=2))
        _number(axes, place, unit * sqrt(count), str(count), MARKS[side].ink)


def _number(axes: Axes, place: tuple[float, float], radius: float, text: str, inner: str) -> None:
    """Print a count inside its circle, or beside it where it does not fit."""
    x, y = place
    inside = 2 * radius > 0.05 + max(0.12, text_width(text, SIZE))
    where = x if inside else x + radius + 0.04
    color = inner if inside else INK
    side = "center" if inside else "left"
    axes.text(where, y, text, ha=side, va="center", fontsize=SIZE, color=color, zorder=3)


def _breaks(axes: Axes, grid: _Grid, shown: pd.DataFrame) -> None:
    """Mark a change of framework by a dashed line at the left of the first panel after it."""
    for limit in boundaries(shown):
        if limit.label == PAUSE_LABEL:
            continue
        left, top = grid.corner(limit.before)
        x = left - _GAP / 2 if limit.before % grid.across else _EDGE / 2
        first = top - grid.head
        axes.vlines(x, first, top + grid.body, color=INK, lw=1.4, ls=(0, (4, 3)), zorder=4)
        axes.text(x + 0.06, first + 0.07, limit.label, va="center", fontsize=SIZE, color=INK)


def _spot(axes: Axes, grid: _Grid, position: int, panel: _Panel) -> Hotspot:
    left, top = grid.corner(position)
    box = Box(left, top - grid.head + _BREAK, left + grid.panel, top + grid.body)
    visit = panel.visit
    label = f"{visit.label}, {KINDS[visit.kind]}: {panel.n} findings with an extent word"
    return visit_spot(axes, box, visit, label)


def _alt(panels: list[_Panel], shown: pd.DataFrame, authority: str) -> str:
    return (
        "Number of findings with each extent word of the inspectors, by direction, at each visit "
        f"to {authority}, {period(shown)}. {_commonest(panels)}"
    )


def _commonest(panels: list[_Panel]) -> str:
    """Name the words met most often with a weakness at the first and the latest inspection."""
    whole = [panel for panel in panels if panel.visit.kind in INSPECTIONS and panel.n]
    if not whole:
        return "No inspection has a finding with such a word."
    told = dict.fromkeys(map(_commonest_at, (whole[0], whole[-1])))
    return f"The words found most often with weaknesses: {'; '.join(told)}."


def _commonest_at(panel: _Panel) -> str:
    weak = {word: count for (word, side), count in panel.counts.items() if side == "weakness"}
    most = max(weak.values(), default=0)
    words = " and ".join(f'"{word}"' for word, count in weak.items() if count == most)
    return f"{words or 'none'} ({most} of {panel.n} findings in {month(panel.visit.start)})"


def _caption(visits: pd.DataFrame, authority: str) -> str:
    unheld = [v for v in each_visit(visits) if v.held != "primary"]
    named = ", ".join(f"{month(visit.start)} ({HELD[visit.held]})" for visit in unheld)
    return (
        f"Extent words in findings about {authority}, {period(visits)}, by direction and visit. "
        'The words are the inspectors\' own, an order with ties from "all" to "none" and never '
        f'percentages; "{OUTSIDE}" stands outside the order. The area of a circle is the number of '
        "findings, which is printed; a finding counts once for each direction it carries, so "
        "circles can add up to more than n, the findings with such a word. Body findings of "
        "primary documents that cast a vote; notices are left out. Documents differ in length: "
        f"compare within a panel.{f' No panel: {named}.' if unheld else ''}"
    )


def _data(panels: list[_Panel]) -> pd.DataFrame:
    rows = [
        [panel.visit.label, KINDS[panel.visit.kind], word, side, count, panel.n]
        for panel in panels
        for (word, side), count in panel.counts.items()
    ]
    columns = ["Visit", "Kind", "Extent word", "Direction", "Findings", "n of the visit"]
    return pd.DataFrame(rows, columns=columns)
