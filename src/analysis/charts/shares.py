"""The question: how much of what a visit judged, group by group, is strength or weakness.

Counts of visits are not comparable, since a report has many paragraphs and a letter few. Shares
within a visit are, with their number: weakness to the left, strength to the right, mixed about
the middle. A bar that leans to one side says which prevails; where few codes vote there is no bar,
but a symbol for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.parts.arrows import beside
from analysis.charts.parts.bars import (
    FEW,
    NOT_COUNTED,
    SIDES,
    SILENT,
    UNLOOKED,
    Bar,
    bars_of,
)
from analysis.charts.parts.chart import Hotspot
from analysis.charts.parts.drawing import (
    LINE,
    SIZE,
    WIDTH,
    Box,
    Place,
    draw_boxes,
    draw_holes,
    draw_symbols,
    visit_spot,
    write,
)
from analysis.charts.parts.keys import Entry, lay_key
from analysis.charts.parts.kind import Kind
from analysis.charts.parts.style import (
    INK,
    MARKS,
    MUTED,
    PAPER,
    STAVE,
    inch_axes,
    new_figure,
    text_width,
    wrap,
)
from analysis.charts.parts.visits import Boundary, Visit, boundaries, each_visit, period
from analysis.data.codebook import Group
from analysis.dates import month
from analysis.english import plural, sentence_case
from analysis.results.results import Results
from analysis.vocabulary import INSPECTIONS, KINDS, NOTICE

_LEFT: Final = 1.9
_EDGE: Final = 0.12
_ACROSS: Final = 3
_GAP: Final = 0.12
_ROOM: Final = 0.78
_ROW: Final = 0.27
_BREAK: Final = 0.24
_TITLE: Final = 0.19
_SUBTITLE: Final = 0.28
_KEY: Final = 0.36
_APART: Final = 0.16
"""From symbol to symbol."""


class Shares(Kind):
    """Strength and weakness within each visit, a panel for each group of themes.

    A hotspot for each bar leads to `#v-{visit}`; the data hold one row per group and visit.
    """

    name = "shares"
    label = "Shares"
    question = "How did each visit weigh strengths against weaknesses?"
    nothing = "No finding of a primary document casts a vote: there is no share to draw."

    def __init__(self, results: Results, themes: Sequence[str] = ()) -> None:
        super().__init__(results, themes)
        data = results.data
        seen = data.visits[data.visits["kind"] != NOTICE]
        self.visits = seen.sort_values("order", kind="stable")
        self.bars = bars_of(results.coded, each_visit(self.visits), data.codebook)

    @property
    def empty(self) -> bool:
        """Whether no finding casts a vote."""
        return not any(bar.n for bar in self.bars)

    def draw(self) -> tuple[Figure, Iterable[Hotspot]]:
        """Draw the panels, three side by side."""
        groups = list(dict.fromkeys(bar.group for bar in self.bars))
        grid = _grid(self.visits, groups)
        figure = new_figure(WIDTH, _EDGE + _KEY + grid.down * grid.height)
        axes = inch_axes(figure)
        _key(axes)
        spots: list[Hotspot] = []
        looks = _Looks()
        for position, group in enumerate(groups):
            if position % grid.across == 0:
                _labels(axes, grid, position, each_visit(self.visits))
                _limits(axes, grid, position)
            _heading(axes, grid, position, group, looks)
            own = [bar for bar in self.bars if bar.group == group]
            spots += _panel(axes, grid, position, own, looks)
        looks.draw(axes)
        return figure, spots

    def alt(self) -> str:
        """Tell where weakness is the largest share at the latest inspection."""
        return (
            "Shares of weakness, mixed and strength among the voting codes of each visit to "
            f"{self.authority}, {period(self.visits)}, by group of themes. {_weakest(self.bars)}"
        )

    def caption(self) -> str:
        """Say how to read it."""
        return _caption(self.authority, self.visits)

    def data(self) -> pd.DataFrame:
        """Return a row per group and visit; percentages are missing where codes are too few."""
        columns = ["Theme group", "Visit", "Kind", "Framework", *reversed(SIDES), "Codes"]
        percent = [f"{side} (% of codes)" for side in reversed(SIDES)]
        rows = [_cells(bar) for bar in self.bars]
        table = pd.DataFrame(rows, columns=[*columns, *percent, "Note"])
        return table.astype(dict.fromkeys(percent, "Int64"))


@dataclass(frozen=True)
class _Grid:
    """Places of panels and rows, in inches from the upper left corner."""

    across: int
    down: int
    title: int
    offsets: tuple[float, ...]
    limits: tuple[Boundary, ...]

    @property
    def panel(self) -> float:
        return (WIDTH - _LEFT - _EDGE - _GAP * (self.across - 1)) / self.across

    @property
    def head(self) -> float:
        return _TITLE * self.title + _SUBTITLE

    @property
    def height(self) -> float:
        return self.head + self.offsets[-1] + 0.25

    def corner(self, position: int) -> tuple[float, float]:
        """Left end of a panel, and the top of its first row."""
        down, across = divmod(position, self.across)
        left = _LEFT + across * (self.panel + _GAP)
        return left, _EDGE + _KEY + down * self.height + self.head


def _grid(visits: pd.DataFrame, groups: list[Group]) -> _Grid:
    limits = boundaries(visits)
    offsets = [0.0]
    for place in range(len(visits)):
        offsets[-1] += _BREAK * sum(limit.before == place for limit in limits)
        offsets.append(offsets[-1] + _ROW)
    across = min(_ACROSS, len(groups))
    grid = _Grid(across, ceil(len(groups) / across), 1, tuple(offsets), tuple(limits))
    title = max(len(wrap(group.name, grid.panel, 11, bold=True)) for group in groups)
    return replace(grid, title=title)


@dataclass(frozen=True)
class _Looks:
    """Marks of all panels by their look, each of which is drawn at once."""

    segments: dict[str, list[Box]] = field(default_factory=dict)
    symbols: dict[str, list[Place]] = field(default_factory=dict)
    unlooked: list[Box] = field(default_factory=list)

    def draw(self, axes: Axes) -> None:
        for side in SIDES:
            mark = MARKS[side]
            draw_boxes(axes, self.segments.get(side, []), facecolor=mark.fill, zorder=2)
            draw_symbols(axes, self.symbols.get(side, []), mark.symbol, fill=mark.fill,
                         edge="none", size=58, above=3)  # fmt: skip
        draw_holes(axes, self.unlooked)


def _key(axes: Axes) -> None:
    """Say what bars and symbols are."""
    entries = {
        "bar": "share of the codes of one visit",
        "codes": f"fewer than {FEW} codes: a symbol for each",
        UNLOOKED: "nobody looked",
    }
    listed = [Entry(state, words, 0.62) for state, words in entries.items()]
    for entry, x, y in lay_key(listed, _EDGE, gap=0.35, pitch=0.25):
        box = Box(x, y - 0.03, x + 0.54, y + LINE + 0.03)
        if entry.state == "bar":
            for i, side in enumerate(SIDES):
                part = Box(x + 0.18 * i, box.y0, x + 0.18 * (i + 1) - 0.014, box.y1)
                draw_boxes(axes, [part], facecolor=MARKS[side].fill)
        elif entry.state == "codes":
            for i, side in enumerate(SIDES):
                place = (x + 0.1 + _APART * i, y + LINE / 2)
                draw_symbols(axes, [place], MARKS[side].symbol, fill=MARKS[side].fill,
                             edge="none", size=58)  # fmt: skip
        else:
            draw_holes(axes, [box])
        write(axes, x + entry.room, y, entry.words)


def _labels(axes: Axes, grid: _Grid, position: int, visits: list[Visit]) -> None:
    """Name the visits at the left of a row of panels."""
    _left, top = grid.corner(position)
    for place, visit in enumerate(visits):
        y = top + grid.offsets[place] + (_ROW - LINE) / 2
        ink = INK if visit.held == "primary" else MUTED
        write(axes, _LEFT - 0.12, y, f"{visit.short} {KINDS[visit.kind]}", align="right",
              colour=ink)  # fmt: skip


def _limits(axes: Axes, grid: _Grid, position: int) -> None:
    """Draw the limits between visits across a row of panels."""
    _left, top = grid.corner(position)
    for i, limit in enumerate(grid.limits):
        below = sum(other.before == limit.before for other in grid.limits[i + 1 :])
        y = top + grid.offsets[limit.before] - _BREAK * (below + 0.5)
        x = _EDGE + text_width(limit.label, SIZE) + 0.14
        write(axes, _EDGE, y - LINE / 2, limit.label)
        axes.hlines(y, x, WIDTH - _EDGE, color=INK, lw=1, ls=(0, (4, 3)), zorder=1)


def _heading(axes: Axes, grid: _Grid, position: int, group: Group, looks: _Looks) -> None:
    left, top = grid.corner(position)
    title = wrap(group.name, grid.panel, 11, bold=True)
    write(axes, left, top - grid.head + 0.03, title, size=11, bold=True)
    bar = grid.panel - _ROOM
    for side, share in zip(SIDES, (0.0, 0.5, 1.0), strict=True):
        width = text_width(side, SIZE)
        x = left + share * (bar - width)
        write(axes, x, top - 0.21, side)
        looks.segments.setdefault(side, []).append(Box(x, top - 0.05, x + width, top - 0.015))


def _panel(
    axes: Axes, grid: _Grid, position: int, bars: list[Bar], looks: _Looks
) -> Iterator[Hotspot]:
    left, top = grid.corner(position)
    scale = (grid.panel - _ROOM) / 2
    axes.vlines(left + scale, top, top + grid.offsets[-1], color=STAVE, lw=0.8, zorder=1)
    for offset, bar in zip(grid.offsets, bars, strict=False):
        y = top + offset
        if not bar.n:
            row = Box(left, y + 0.03, left + 2 * scale, y + _ROW - 0.03)
            _absent(axes, row, bar.note, looks)
            continue
        if bar.few:
            _codes(bar, (left + scale, y + _ROW / 2), looks)
        else:
            _shares(axes, bar, (left + scale, y), scale, looks)
        write(axes, left + 2 * scale + 0.06, y + (_ROW - LINE) / 2, plural(bar.n, "code"))
        box = Box(left, y, left + grid.panel, y + _ROW)
        yield visit_spot(axes, box, bar.visit, bar.spoken)


def _absent(axes: Axes, row: Box, note: str, looks: _Looks) -> None:
    """Say why a row is empty; where nobody looked it is grey."""
    if note == UNLOOKED:
        looks.unlooked.append(row)
        return
    (x, y), half = row.middle, text_width(note, SIZE) / 2 + 0.04
    draw_boxes(axes, [Box(x - half, row.y0, x + half, row.y1)], facecolor=PAPER, zorder=1.5)
    write(axes, x, y - LINE / 2, note, align="center", colour=MUTED)


def _shares(axes: Axes, bar: Bar, place: Place, scale: float, looks: _Looks) -> None:
    """Place one visit's shares about a point; `scale` is the length in inches of all its votes."""
    middle, y = place
    half = bar.share("mixed") / 2
    starts = {"weakness": -half - bar.share("weakness"), "mixed": -half, "strength": half}
    for side, start in starts.items():
        if not bar.count(side):
            continue
        width = bar.share(side) * scale
        inset = 0.055 if side == "mixed" else 0.03
        x = middle + start * scale
        box = Box(x + 0.007, y + inset, max(x + width - 0.007, x + 0.02), y + _ROW - inset)
        looks.segments.setdefault(side, []).append(box)
        text = f"{100 * bar.share(side):.0f}%"
        if text_width(text, SIZE) + 0.04 <= width:
            top = y + (_ROW - LINE) / 2
            write(axes, x + width / 2, top, text, align="center", colour=MARKS[side].ink)


def _codes(bar: Bar, place: Place, looks: _Looks) -> None:
    """Place a symbol for each code: weaknesses to the left, strengths to the right of the mixed."""
    middle, y = place
    mixed = beside(bar.mixed, _APART)
    edge = (mixed[-1] if mixed else -_APART / 2) + _APART
    far = {"mixed": mixed} | {
        side: [sign * (edge + _APART * i) for i in range(bar.count(side))]
        for side, sign in (("weakness", -1), ("strength", 1))
    }
    for side, offsets in far.items():
        looks.symbols.setdefault(side, []).extend((middle + x, y) for x in offsets)


def _weakest(bars: list[Bar]) -> str:
    """Name the groups with most weakness at the latest inspection, and what it was before."""
    inspected = [bar for bar in bars if bar.visit.kind in INSPECTIONS and bar.n]
    if not inspected:
        return "No inspection has a voting code."
    start = max(bar.visit.start for bar in inspected)
    latest = [bar for bar in inspected if bar.visit.start == start and not bar.few]
    if not latest:
        return f"At the latest inspection, {month(start)}, no group has {FEW} voting codes or more."
    most = max(bar.share("weakness") for bar in latest)
    if not most:
        return (
            f"At the latest inspection, {month(start)}, no group with {FEW} voting codes or more "
            "has a weakness."
        )
    named = [bar for bar in latest if bar.share("weakness") == most]
    told = " and ".join(
        f"{bar.group.name} ({bar.weakness} of {plural(bar.n, 'code')}{_before(bar, inspected)})"
        for bar in named
    )
    return (
        f"At the latest inspection, {month(start)}, the largest share of weakness "
        f"among groups with {FEW} codes or more is in {told}."
    )


def _before(bar: Bar, inspected: list[Bar]) -> str:
    """Say what the inspection before gave for the same group."""
    same = [b for b in inspected if b.group == bar.group and b.visit.start < bar.visit.start]
    earlier = max(same, key=lambda b: b.visit.start, default=None)
    if earlier is None:
        return ""
    return f"; {earlier.weakness} of {earlier.n} in {month(earlier.visit.start)}"


def _caption(authority: str, visits: pd.DataFrame) -> str:
    return (
        f"Shares of weakness, mixed and strength within each visit to {authority}, "
        f"{period(visits)}, by group of themes: a bar that leans to the left is mostly weakness. "
        "Codes are themes, groups and levels of what inspectors' documents say in their body; "
        "compare shares, never lengths of documents. "
        f'"{sentence_case(SILENT)}" never means satisfactory; "{NOT_COUNTED}" means only '
        "headlines, needs or what speaks of a part."
    )


def _cells(bar: Bar) -> list[object]:
    """Return a row of the data; percentages are missing where n is too small for them."""
    visit, sides = bar.visit, SIDES[::-1]
    percent = [None if bar.few else round(100 * bar.share(side)) for side in sides]
    named = [bar.group.name, visit.label, KINDS[visit.kind], visit.framework]
    return [*named, *map(bar.count, sides), bar.n, *percent, bar.note]
