"""The question: how much of what a visit judged, group by group, is strength or weakness.

Counts of visits are not comparable, since a report has many paragraphs and a letter few. Shares
within a visit are, with their n: weakness to the left, strength to the right, mixed about
the middle. A bar that leans to one side says which prevails; where few codes vote there is no bar,
but a symbol for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.parts.arrows import beside
from analysis.charts.parts.chart import Chart, Hotspot
from analysis.charts.parts.drawing import (
    LINE,
    SIZE,
    WIDTH,
    Box,
    draw_boxes,
    draw_hatch,
    draw_symbols,
    say,
    visit_spot,
    write,
)
from analysis.charts.parts.keys import Entry, lay_key
from analysis.charts.parts.style import (
    GREY,
    INK,
    MARKS,
    MUTED,
    house_style,
    inch_axes,
    new_figure,
    text_width,
    wrap,
)
from analysis.charts.parts.visits import Boundary, Visit, boundaries, each_visit, period
from analysis.data.codebook import Codebook, Group
from analysis.dates import month
from analysis.english import plural
from analysis.results.statuses import voting
from analysis.vocabulary import HELD, INSPECTIONS, KINDS, NOTICE, looked_at

FEW: Final = 5
"""Fewer voting codes than this are drawn one by one, not as shares."""
SIDES: Final = ("weakness", "mixed", "strength")
UNLOOKED: Final = "not in scope"
NOT_COUNTED: Final = "reported, not counted"

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
Place = tuple[float, float]


def shares(
    coded: pd.DataFrame, visits: pd.DataFrame, codebook: Codebook, *, authority: str
) -> Chart:
    """Draw the shares of strength, mixed and weakness within each visit, a panel per theme group.

    Parameters
    ----------
    coded
        `analysis.codes.counting.coded_findings`.
    visits
        `AuthorityData.visits`; notices are left out.
    codebook
        The themes and their groups.
    authority
        Name shown.

    Returns
    -------
    Chart
        One hotspot per bar, to `#v-{visit}`; the data hold one row per group and visit.
    """
    seen = visits[visits["kind"] != NOTICE].sort_values("order", kind="stable")
    bars = _bars(coded, each_visit(seen), codebook)
    with house_style():
        figure, spots = _draw(bars, seen)
    return Chart(
        figure=figure,
        alt=_alt(bars, seen, authority),
        caption=_caption(authority, seen),
        data=_data(bars),
        hotspots=tuple(spots),
        name="shares",
    )


@dataclass(frozen=True)
class _Bar:
    """Voting codes of one group of themes at one visit."""

    group: Group
    visit: Visit
    weakness: int
    mixed: int
    strength: int
    note: str

    @property
    def n(self) -> int:
        return self.weakness + self.mixed + self.strength

    @property
    def few(self) -> bool:
        return self.n < FEW

    def count(self, side: str) -> int:
        return {"weakness": self.weakness, "mixed": self.mixed, "strength": self.strength}[side]

    def share(self, side: str) -> float:
        return self.count(side) / self.n

    @property
    def spoken(self) -> str:
        """Label for a screen reader."""
        counts = ", ".join(f"{side} {self.count(side)}" for side in SIDES)
        where = f"{self.group.name}, {month(self.visit.start)}, {KINDS[self.visit.kind]}"
        return f"{where}: {counts}, of {self.n} voting codes"


def _bars(coded: pd.DataFrame, visits: list[Visit], codebook: Codebook) -> list[_Bar]:
    """Count the votes of each group and visit, group by group."""
    votes = voting(coded[coded["source"] == "primary"])
    groups = {theme.id: theme.group for theme in codebook.themes}
    cast: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for theme, visit, vote, side in zip(
        votes["theme"], votes["visit"], votes["vote"], votes["direction"], strict=True
    ):
        cast.setdefault((groups.get(theme, ""), visit), []).append((vote, side))
    themed = {theme.group for theme in codebook.themes}
    return [
        _bar_of(group, visit, cast.get((group.id, visit.visit), []), codebook)
        for group in codebook.groups
        if group.id in themed
        for visit in visits
    ]


def _bar_of(group: Group, visit: Visit, own: Sequence[tuple[str, str]], codebook: Codebook) -> _Bar:
    body = [side for vote, side in own if vote == "body"]
    weakness, mixed, strength = (body.count(side) for side in SIDES)
    note = "few" if weakness + mixed + strength < FEW else ""
    if not weakness + mixed + strength:
        note = NOT_COUNTED if own else _absence(group, visit, codebook)
    return _Bar(group, visit, weakness, mixed, strength, note)


def _absence(group: Group, visit: Visit, codebook: Codebook) -> str:
    """Say why nothing is reported: no document, not in scope, or silent."""
    if visit.held != "primary":
        return HELD[visit.held]
    looked = looked_at(visit.areas)
    themes = [theme.id for theme in codebook.themes if theme.group == group.id]
    return "silent" if any(codebook.expects(theme, looked) for theme in themes) else "not in scope"


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


def _draw(bars: list[_Bar], visits: pd.DataFrame) -> tuple[Figure, list[Hotspot]]:
    if not any(bar.n for bar in bars):
        return say("No finding of a primary document casts a vote: there is no share to draw."), []
    groups = list(dict.fromkeys(bar.group for bar in bars))
    grid = _grid(visits, groups)
    figure = new_figure(WIDTH, _EDGE + _KEY + grid.down * grid.height)
    axes = inch_axes(figure)
    _key(axes)
    spots: list[Hotspot] = []
    looks = _Looks()
    for position, group in enumerate(groups):
        if position % grid.across == 0:
            _labels(axes, grid, position, each_visit(visits))
            _limits(axes, grid, position)
        _heading(axes, grid, position, group, looks)
        spots += _panel(axes, grid, position, [b for b in bars if b.group == group], looks)
    looks.draw(axes)
    return figure, spots


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
        draw_hatch(axes, self.unlooked)


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
            draw_hatch(axes, [box])
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
    axes: Axes, grid: _Grid, position: int, bars: list[_Bar], looks: _Looks
) -> Iterator[Hotspot]:
    left, top = grid.corner(position)
    scale = (grid.panel - _ROOM) / 2
    axes.vlines(left + scale, top, top + grid.offsets[-1], color=GREY, lw=0.8, zorder=1)
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
        words = f"n = {bar.n}" + (", few" if bar.few else "")
        write(axes, left + 2 * scale + 0.06, y + (_ROW - LINE) / 2, words)
        box = Box(left, y, left + grid.panel, y + _ROW)
        yield visit_spot(axes, box, bar.visit, bar.spoken)


def _absent(axes: Axes, row: Box, note: str, looks: _Looks) -> None:
    """Say why a row is empty; where nobody looked it is hatched."""
    if note == UNLOOKED:
        looks.unlooked.append(row)
        return
    (x, y), half = row.middle, text_width(note, SIZE) / 2 + 0.04
    draw_boxes(axes, [Box(x - half, row.y0, x + half, row.y1)], facecolor="white", zorder=1.5)
    write(axes, x, y - LINE / 2, note, align="center", colour=MUTED)


def _shares(axes: Axes, bar: _Bar, place: Place, scale: float, looks: _Looks) -> None:
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


def _codes(bar: _Bar, place: Place, looks: _Looks) -> None:
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


def _alt(bars: list[_Bar], visits: pd.DataFrame, authority: str) -> str:
    return (
        "Shares of weakness, mixed and strength among the voting codes of each visit to "
        f"{authority}, {period(visits)}, by group of themes. {_weakest(bars)}"
    )


def _weakest(bars: list[_Bar]) -> str:
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


def _before(bar: _Bar, inspected: list[_Bar]) -> str:
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
        "n counts voting codes (theme, cohort and direction of body findings in primary "
        "documents), so compare shares, never lengths of documents. "
        f'"Silent" never means satisfactory; "{NOT_COUNTED}" means only headlines, needs or small '
        "numbers."
    )


def _data(bars: list[_Bar]) -> pd.DataFrame:
    columns = ["Theme group", "Visit", "Kind", "Framework", *reversed(SIDES), "n"]
    percent = [f"{side} (% of n)" for side in reversed(SIDES)]
    table = pd.DataFrame([_cells(bar) for bar in bars], columns=[*columns, *percent, "Note"])
    return table.astype(dict.fromkeys(percent, "Int64"))


def _cells(bar: _Bar) -> list[object]:
    """Return a row of the data; percentages are missing where n is too small for them."""
    visit, sides = bar.visit, SIDES[::-1]
    percent = [None if bar.few else round(100 * bar.share(side)) for side in sides]
    named = [bar.group.name, visit.label, KINDS[visit.kind], visit.framework]
    return [*named, *map(bar.count, sides), bar.n, *percent, bar.note]
