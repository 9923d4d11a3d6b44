"""The question: how much of what a visit judged, group by group, is strength or weakness.

Counts of visits are not comparable, since a report has many paragraphs and a letter few. Shares
within a visit are, with their n: weakness to the left, strength to the right, mixed about
the middle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.charts.chart import Chart, Hotspot
from analysis.charts.drawing import SIZE, WIDTH, Box, say, visit_spot
from analysis.charts.style import (
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
from analysis.charts.visits import (
    HELD,
    INSPECTIONS,
    Boundary,
    Visit,
    boundaries,
    each_visit,
    month,
    period,
)
from analysis.codebook import Codebook, Group
from analysis.statuses import NOTICE, voting
from analysis.vocabulary import KINDS, expand_areas

FEW: Final = 5
"""Fewer voting codes than this are drawn hatched, marked `few`, and without percentages."""
SIDES: Final = ("weakness", "mixed", "strength")
HATCHES: Final[dict[str, str]] = {"weakness": "\\\\\\\\", "mixed": "||||", "strength": "////"}
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


def shares(
    coded: pd.DataFrame, visits: pd.DataFrame, codebook: Codebook, *, authority: str
) -> Chart:
    """Draw the shares of strength, mixed and weakness within each visit, a panel per theme group.

    Parameters
    ----------
    coded
        `analysis.coding.coded_findings`.
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
    looked = expand_areas([area.strip() for area in visit.areas.split(";") if area.strip()])
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
        return left, _EDGE + down * self.height + self.head


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
    figure = new_figure(WIDTH, _EDGE + grid.down * grid.height)
    axes = inch_axes(figure)
    spots: list[Hotspot] = []
    for position, group in enumerate(groups):
        if position % grid.across == 0:
            _labels(axes, grid, position, each_visit(visits))
            _limits(axes, grid, position)
        _heading(axes, grid, position, group)
        spots += _panel(axes, grid, position, [bar for bar in bars if bar.group == group])
    return figure, spots


def _labels(axes: Axes, grid: _Grid, position: int, visits: list[Visit]) -> None:
    """Name the visits at the left of a row of panels."""
    _left, top = grid.corner(position)
    for place, visit in enumerate(visits):
        y = top + grid.offsets[place] + _ROW / 2
        text = f"{visit.short} {KINDS[visit.kind]}"
        ink = INK if visit.held == "primary" else MUTED
        axes.text(_LEFT - 0.12, y, text, ha="right", va="center", fontsize=SIZE, color=ink)


def _limits(axes: Axes, grid: _Grid, position: int) -> None:
    """Draw the limits between visits across a row of panels."""
    _left, top = grid.corner(position)
    for i, limit in enumerate(grid.limits):
        below = sum(other.before == limit.before for other in grid.limits[i + 1 :])
        y = top + grid.offsets[limit.before] - _BREAK * (below + 0.5)
        x = _EDGE + text_width(limit.label, SIZE) + 0.14
        axes.text(_EDGE, y, limit.label, va="center", fontsize=SIZE, color=INK)
        axes.hlines(y, x, WIDTH - _EDGE, color=INK, lw=1, ls=(0, (4, 3)), zorder=1)


def _heading(axes: Axes, grid: _Grid, position: int, group: Group) -> None:
    left, top = grid.corner(position)
    y = top - grid.head + 0.03
    title = "\n".join(wrap(group.name, grid.panel, 11, bold=True))
    axes.text(left, y, title, va="top", fontsize=11, weight="bold", color=INK)
    bar = grid.panel - _ROOM
    for side, share in zip(SIDES, (0.0, 0.5, 1.0), strict=True):
        width = text_width(side, SIZE)
        x = left + share * (bar - width)
        axes.text(
            x + width / 2, top - 0.13, side, ha="center", va="center", fontsize=SIZE, color=INK
        )
        axes.add_artist(Rectangle((x, top - 0.05), width, 0.035, fc=MARKS[side].fill, ec="none"))


def _panel(axes: Axes, grid: _Grid, position: int, bars: list[_Bar]) -> Iterator[Hotspot]:
    left, top = grid.corner(position)
    scale = (grid.panel - _ROOM) / 2
    axes.vlines(left + scale, top, top + grid.offsets[-1], color=GREY, lw=0.8, zorder=0)
    for offset, bar in zip(grid.offsets, bars, strict=False):
        if not bar.n:
            _absent(axes, left + scale, top + offset, bar.note)
            continue
        _bar(axes, bar, (left + scale, top + offset), scale)
        box = Box(left, top + offset, left + grid.panel, top + offset + _ROW)
        yield visit_spot(axes, box, bar.visit, bar.spoken)


def _absent(axes: Axes, x: float, y: float, note: str) -> None:
    text = axes.text(x, y + _ROW / 2, note, ha="center", va="center", fontsize=SIZE, color=MUTED)
    text.set_bbox({"fc": "white", "ec": "none", "pad": 1})


def _bar(axes: Axes, bar: _Bar, place: tuple[float, float], scale: float) -> None:
    """Draw one visit's shares about `place`; `scale` is the length in inches of all its votes."""
    middle, y = place
    half = bar.share("mixed") / 2
    starts = {"weakness": -half - bar.share("weakness"), "mixed": -half, "strength": half}
    for side, start in starts.items():
        if bar.count(side):
            box = (middle + start * scale, y, bar.share(side) * scale)
            _segment(axes, side, box, "" if bar.few else f"{100 * bar.share(side):.0f}%")
    text = f"n = {bar.n}" + (", few" if bar.few else "")
    axes.text(middle + scale + 0.06, y + _ROW / 2, text, va="center", fontsize=SIZE, color=INK)


def _segment(axes: Axes, side: str, box: tuple[float, float, float], text: str) -> None:
    """Draw a share at (left, top, width), its text where it fits; hatched if it has none."""
    x, y, width = box
    mark = MARKS[side]
    inset = 0.055 if side == "mixed" else 0.03
    patch = Rectangle((x, y + inset), width, _ROW - 2 * inset, fc=mark.fill, ec="white", zorder=2)
    if not text:
        patch.set(fc="white", ec=mark.fill, hatch=HATCHES[side])
    axes.add_artist(patch)
    if text and text_width(text, SIZE) + 0.04 <= width:
        middle = (x + width / 2, y + _ROW / 2)
        axes.text(*middle, text, ha="center", va="center", fontsize=SIZE, color=mark.ink)


def _alt(bars: list[_Bar], visits: pd.DataFrame, authority: str) -> str:
    return (
        "Shares of weakness, mixed and strength among the voting codes of each visit to "
        f"{authority}, {period(visits)}, by group of themes. {_weakest(bars)}"
    )


def _weakest(bars: list[_Bar]) -> str:
    """Name, for the latest inspection, the groups with the largest share of weakness."""
    inspected = [bar for bar in bars if bar.visit.kind in INSPECTIONS and bar.n]
    if not inspected:
        return "No inspection has a voting code."
    start = max(bar.visit.start for bar in inspected)
    latest = [bar for bar in inspected if bar.visit.start == start and not bar.few]
    if not latest:
        return f"At the latest inspection, {month(start)}, no group has {FEW} voting codes or more."
    most = max(bar.share("weakness") for bar in latest)
    named = [bar for bar in latest if bar.share("weakness") == most]
    told = " and ".join(f"{bar.group.name} ({bar.weakness} of {bar.n} codes)" for bar in named)
    return (
        f"At the latest inspection, {month(start)}, the largest share of weakness "
        f"among groups with {FEW} codes or more is in {told}."
    )


def _caption(authority: str, visits: pd.DataFrame) -> str:
    return (
        f"Shares of weakness, mixed and strength within each visit to {authority}, "
        f"{period(visits)}, by group of themes. n counts voting codes: theme, cohort and direction "
        "of body findings in primary documents; headlines, needs, findings on small numbers, "
        "changes without a level and secondary sources are left out, and so are improvement "
        "notices, which set no status. Shares are of n, within the visit; hatched bars stand on "
        f'fewer than {FEW} codes (few). "Silent": could be expected but not reported, which never '
        f'means satisfactory; "not in scope": not looked at; "{NOT_COUNTED}": only in what is '
        "left out here."
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
