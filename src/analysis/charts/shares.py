"""How do strengths and weaknesses share out within each visit, group of themes by group?

Counts of visits are not comparable, since a report has many paragraphs and a letter few. Shares
within a visit are, with their n: weakness to the left, strength to the right, mixed on the middle.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.charts.chart import Chart, Hotspot
from analysis.charts.style import (
    GREY,
    INK,
    MARKS,
    MUTED,
    Mark,
    house_style,
    inch_axes,
    new_figure,
    percent_box,
    text_width,
    wrap,
)
from analysis.charts.timeline import HELD, Boundary, boundaries, month, period
from analysis.codebook import Codebook, Group
from analysis.statuses import NOTICE, voting
from analysis.vocabulary import KINDS, expand_areas

FEW: Final = 5
"""Fewer voting codes than this are drawn hatched, marked `few`, and without percentages."""
SIDES: Final = ("weakness", "mixed", "strength")
HATCHES: Final[dict[str, str]] = {"weakness": "\\\\\\\\", "mixed": "||||", "strength": "////"}
INSPECTIONS: Final = ("inspection", "re-inspection")
"""Visits to the whole service, which the sentence on the main change compares."""
NOT_COUNTED: Final = "reported, not counted"

_WIDTH: Final = 11.0
_LEFT: Final = 1.9
_EDGE: Final = 0.12
_ACROSS: Final = 3
_GAP: Final = 0.12
_ROOM: Final = 0.78
_SIZE: Final = 8.5
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
    seen = seen.reset_index(drop=True)
    table = _table(coded, seen, codebook)
    with house_style():
        figure, spots = _draw(table, seen, codebook)
    return Chart(
        figure=figure,
        alt=_alt(table, seen, authority),
        caption=_caption(authority, seen),
        data=_data(table),
        hotspots=tuple(spots),
        name="shares",
    )


def _table(coded: pd.DataFrame, visits: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """One row per group and visit: counts, `n`, and `note` where there is nothing to draw."""
    votes = voting(coded[coded["source"] == "primary"])
    votes = votes.assign(group=votes["theme"].map({t.id: t.group for t in codebook.themes}))
    cells = dict(list(votes.groupby(["group", "visit"], sort=False)))
    rows = [
        _cell(group, visit, cells.get((group.id, visit.visit)), codebook)
        for group in codebook.groups
        for visit in visits.itertuples()
    ]
    columns = ["group", "name", "visit", "dates", "month", "kind", "framework", *SIDES, "n", "note"]
    return pd.DataFrame(rows, columns=columns)


def _cell(
    group: Group, visit: Any, votes: pd.DataFrame | None, codebook: Codebook
) -> dict[str, object]:
    body = None if votes is None else votes.loc[votes["vote"] == "body", "direction"]
    counts = {side: 0 if body is None else int((body == side).sum()) for side in SIDES}
    n = sum(counts.values())
    return {
        "group": group.id,
        "name": group.name,
        "visit": visit.visit,
        "dates": visit.label,
        "month": month(visit.start),
        "kind": KINDS[visit.kind],
        "framework": visit.framework,
        **counts,
        "n": n,
        "note": _note(n, group, visit, votes is not None, codebook),
    }


def _note(n: int, group: Group, visit: Any, reported: bool, codebook: Codebook) -> str:
    """Why there is no full bar: few, or which kind of absence."""
    if n:
        return "few" if n < FEW else ""
    if visit.held != "primary":
        return HELD[visit.held]
    if reported:
        return NOT_COUNTED
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
        return (_WIDTH - _LEFT - _EDGE - _GAP * (self.across - 1)) / self.across

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


def _grid(visits: pd.DataFrame, groups: tuple[Group, ...]) -> _Grid:
    limits = boundaries(visits)
    offsets = [0.0]
    for place in range(len(visits)):
        offsets[-1] += _BREAK * sum(limit.before == place for limit in limits)
        offsets.append(offsets[-1] + _ROW)
    across = min(_ACROSS, len(groups))
    grid = _Grid(across, ceil(len(groups) / across), 1, tuple(offsets), tuple(limits))
    title = max(len(wrap(group.name, grid.panel, 11, bold=True)) for group in groups)
    return _Grid(across, grid.down, title, grid.offsets, grid.limits)


def _draw(
    table: pd.DataFrame, visits: pd.DataFrame, codebook: Codebook
) -> tuple[Figure, list[Hotspot]]:
    groups = tuple(g for g in codebook.groups if g.id in set(table["group"]))
    if not table["n"].sum():
        figure = new_figure(8, 1)
        text = "No finding of a primary document casts a vote: there is no share to draw."
        inch_axes(figure).text(0.2, 0.5, text, va="center", color=INK)
        return figure, []
    grid = _grid(visits, groups)
    figure = new_figure(_WIDTH, _EDGE + grid.down * grid.height)
    axes = inch_axes(figure)
    spots: list[Hotspot] = []
    for position, group in enumerate(groups):
        if position % grid.across == 0:
            _labels(axes, grid, position, visits)
        _heading(axes, grid, position, group)
        spots += _panel(figure, axes, grid, position, table[table["group"] == group.id])
    return figure, spots


def _labels(axes: Axes, grid: _Grid, position: int, visits: pd.DataFrame) -> None:
    """Names of the visits at the left of a row of panels, and the limits between them."""
    _left, top = grid.corner(position)
    for place, visit in enumerate(visits.itertuples()):
        y = top + grid.offsets[place] + _ROW / 2
        text = f"{visit.short} {KINDS[str(visit.kind)]}"
        ink = INK if visit.held == "primary" else MUTED
        axes.text(_LEFT - 0.12, y, text, ha="right", va="center", fontsize=9, color=ink)
    seen: dict[int, int] = {}
    for limit in grid.limits:
        seen[limit.before] = seen.get(limit.before, 0) + 1
        y = top + grid.offsets[limit.before] - _BREAK * (seen[limit.before] - 0.5)
        x = _EDGE + text_width(limit.label, _SIZE) + 0.08
        axes.text(_EDGE, y, limit.label, va="center", fontsize=_SIZE, color=INK)
        axes.hlines(y, x, _WIDTH - _EDGE, color=INK, lw=1, ls=(0, (4, 3)), zorder=1)


def _heading(axes: Axes, grid: _Grid, position: int, group: Group) -> None:
    left, top = grid.corner(position)
    y = top - grid.head + 0.03
    title = "\n".join(wrap(group.name, grid.panel, 11, bold=True))
    axes.text(left, y, title, va="top", fontsize=11, weight="bold", color=INK)
    bar = grid.panel - _ROOM
    for side, share in zip(SIDES, (0.0, 0.5, 1.0), strict=True):
        width = text_width(side, 9)
        x = left + share * (bar - width)
        axes.text(x + width / 2, top - 0.13, side, ha="center", va="center", fontsize=9, color=INK)
        axes.add_patch(Rectangle((x, top - 0.05), width, 0.035, fc=MARKS[side].fill, ec="none"))


def _panel(
    figure: Figure, axes: Axes, grid: _Grid, position: int, rows: pd.DataFrame
) -> Iterator[Hotspot]:
    left, top = grid.corner(position)
    middle = left + (grid.panel - _ROOM) / 2
    axes.vlines(middle, top, top + grid.offsets[-1], color=GREY, lw=0.8, zorder=0)
    for place, row in enumerate(rows.itertuples()):
        y = top + grid.offsets[place]
        if not row.n:
            _absence(axes, middle, y, str(row.note))
            continue
        _bar(axes, row, middle, y, (grid.panel - _ROOM) / 2)
        corners = axes.transData.transform([(left, y), (left + grid.panel, y + _ROW)])
        box = percent_box(figure, *map(float, corners.ravel()))
        yield Hotspot(*box, href=f"#v-{row.visit}", label=_label(row))


def _absence(axes: Axes, x: float, y: float, note: str) -> None:
    axes.text(
        x,
        y + _ROW / 2,
        note,
        ha="center",
        va="center",
        fontsize=_SIZE,
        color=MUTED,
        bbox={"fc": "white", "ec": "none", "pad": 1},
    )


def _bar(axes: Axes, row: Any, middle: float, y: float, scale: float) -> None:
    """One visit's shares; `scale` is the length in inches of all its votes."""
    mixed = row.mixed / row.n
    starts = {
        "weakness": -mixed / 2 - row.weakness / row.n,
        "mixed": -mixed / 2,
        "strength": mixed / 2,
    }
    for side, start in starts.items():
        share = getattr(row, side) / row.n
        if share:
            _segment(axes, side, (middle + start * scale, y, share * scale), share, row.n < FEW)
    text = f"n = {row.n}" + (", few" if row.n < FEW else "")
    axes.text(middle + scale + 0.06, y + _ROW / 2, text, va="center", fontsize=_SIZE, color=INK)


def _segment(
    axes: Axes, side: str, place: tuple[float, float, float], share: float, few: bool
) -> None:
    x, y, width = place
    mark: Mark = MARKS[side]
    looks: dict[str, Any] = (
        {"fc": "white", "ec": mark.fill, "hatch": HATCHES[side], "lw": 1}
        if few
        else {"fc": mark.fill, "ec": "white", "lw": 1}
    )
    inset = 0.055 if side == "mixed" else 0.03
    axes.add_patch(Rectangle((x, y + inset), width, _ROW - 2 * inset, zorder=2, **looks))
    text = f"{100 * share:.0f}%"
    if not few and text_width(text, _SIZE) + 0.04 <= width:
        middle = (x + width / 2, y + _ROW / 2)
        axes.text(*middle, text, ha="center", va="center", fontsize=_SIZE, color=mark.ink)


def _label(row: Any) -> str:
    counts = ", ".join(f"{side} {getattr(row, side)}" for side in SIDES)
    return f"{row.name}, {row.month}, {row.kind}: {counts}, of {row.n} voting codes"


def _alt(table: pd.DataFrame, visits: pd.DataFrame, authority: str) -> str:
    return (
        f"Shares of weakness, mixed and strength among the voting codes of each visit to {authority}, "
        f"{period(visits)}, by group of themes. {_main_change(table, visits)}"
    )


def _main_change(table: pd.DataFrame, visits: pd.DataFrame) -> str:
    """Name the group whose share of weakness differs most between first and latest inspection."""
    whole = visits.loc[visits["kind"].isin(INSPECTIONS), "visit"]
    enough = table[table["visit"].isin(whole) & (table["n"] >= FEW)]
    pairs = [
        (rows.iloc[0], rows.iloc[-1])
        for _, rows in enough.groupby("group", sort=False)
        if len(rows) > 1
    ]
    if not pairs:
        return f"No group has two inspections with {FEW} voting codes or more to set side by side."
    first, last = max(pairs, key=lambda p: abs(_share(p[1]) - _share(p[0])))
    return (
        f"The share of weakness differs most in {first['name']}: {first['weakness']} of {first['n']} "
        f"in {first['month']}, {last['weakness']} of {last['n']} in {last['month']} "
        "(first and latest inspection that judged it)."
    )


def _share(row: pd.Series[Any]) -> float:
    return float(row["weakness"] / row["n"])


def _caption(authority: str, visits: pd.DataFrame) -> str:
    return (
        f"Shares of weakness, mixed and strength within each visit to {authority}, {period(visits)}, "
        "by group of themes. n counts voting codes: theme, cohort and direction of body findings in "
        "primary documents; headlines, needs, findings on small numbers, changes without a level and "
        "secondary sources are left out, and so are improvement notices, which set no status. Shares "
        f"are of n, within the visit. Hatched bars stand on fewer than {FEW} codes (few). ‘Silent’: "
        "could be expected but not reported, which is not the same as satisfactory; ‘not in scope’: "
        f"not looked at; ‘{NOT_COUNTED}’: only in what is left out here."
    )


def _data(table: pd.DataFrame) -> pd.DataFrame:
    percent = {f"{side} (% of n)": _percent(table, side) for side in reversed(SIDES)}
    return pd.DataFrame(
        {
            "Theme group": table["name"],
            "Visit": table["dates"],
            "Kind": table["kind"],
            "Framework": table["framework"],
            **{side: table[side] for side in reversed(SIDES)},
            "n": table["n"],
            **percent,
            "Note": table["note"],
        }
    )


def _percent(table: pd.DataFrame, side: str) -> pd.Series[Any]:
    """Share in whole per cent; missing where n is too small for one."""
    share = (100 * table[side] / table["n"].where(table["n"] >= FEW)).round()
    return share.astype("Int64")
