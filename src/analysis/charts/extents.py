"""Which quantity words do inspectors use, and for what: strengths, mixed findings or weaknesses?

The words are the inspectors' own and an order with ties; nobody has said which shares they stand
for. So words are counted, never turned into numbers, and no panel is summed up into one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

from analysis.charts.chart import Chart, Hotspot
from analysis.charts.style import (
    INK,
    MARKS,
    MUTED,
    house_style,
    inch_axes,
    new_figure,
    percent_box,
    text_width,
    wrap,
)
from analysis.charts.timeline import HELD, PAUSE_LABEL, boundaries, month, period
from analysis.statuses import NOTICE, voting
from analysis.vocabulary import EXTENTS, KINDS

SIDES: Final = ("strength", "mixed", "weakness")
OUTSIDE: Final = "too many"
"""The one extent that stands outside the order; its row is set apart."""
INSPECTIONS: Final = ("inspection", "re-inspection")
BAND: Final = "#F3F2F1"
"""Very light ground of every other row, in place of gridlines."""

_WIDTH: Final = 11.0
_LEFT: Final = 1.3
_EDGE: Final = 0.12
_ACROSS: Final = 5
_GAP: Final = 0.14
_PANEL: Final = 2.3
_SIZE: Final = 8.5
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
    said = _said(coded, shown)
    counts = _counts(said)
    findings = said.groupby("visit")["finding"].nunique()
    n = {visit: int(findings.get(visit, 0)) for visit in shown["visit"]}
    with house_style():
        figure, spots = _draw(counts, n, shown)
    return Chart(
        figure=figure,
        alt=_alt(counts, n, shown, authority),
        caption=_caption(visits, authority),
        data=_data(counts, n, shown),
        hotspots=tuple(spots),
        name="extents",
    )


def _said(coded: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """Findings with an extent word, once per direction; what repeats or casts no vote left out."""
    votes = voting(coded[(coded["source"] == "primary") & coded["visit"].isin(shown["visit"])])
    kept = votes[votes["vote"].isin(["body", "limited"]) & votes["extent"].isin(EXTENTS)]
    said = kept[["visit", "finding", "extent", "direction"]].astype(str)
    return said.drop_duplicates(["finding", "direction"]).reset_index(drop=True)


def _counts(said: pd.DataFrame) -> pd.DataFrame:
    """One row per visit, extent and direction that occurs, with `findings` the count."""
    return said.groupby(["visit", "extent", "direction"]).size().reset_index(name="findings")


@dataclass(frozen=True)
class _Grid:
    """Places of panels, rows and columns, in inches from the upper left corner."""

    across: int
    down: int
    title: int
    words: tuple[str, ...]

    @property
    def panel(self) -> float:
        return min(_PANEL, (_WIDTH - _LEFT - _EDGE) / self.across - _GAP)

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


def _grid(counts: pd.DataFrame, shown: pd.DataFrame) -> _Grid:
    used = set(counts["extent"])
    down = ceil(len(shown) / _ACROSS)
    across = ceil(len(shown) / down)
    words = tuple(word for word in EXTENTS if word in used)
    width = _Grid(across, down, 1, words).panel
    title = max(len(wrap(_title(visit), width, 10, bold=True)) for visit in shown.itertuples())
    return _Grid(across, down, title, words)


def _title(visit: Any) -> str:
    return f"{visit.short} {KINDS[visit.kind]}"


def _draw(
    counts: pd.DataFrame, n: dict[str, int], shown: pd.DataFrame
) -> tuple[Figure, list[Hotspot]]:
    if counts.empty:
        figure = new_figure(8, 1)
        text = "No finding of a primary document carries an extent word and casts a vote."
        inch_axes(figure).text(0.2, 0.5, text, va="center", color=INK)
        return figure, []
    grid = _grid(counts, shown)
    figure = new_figure(*grid.size)
    axes = inch_axes(figure)
    unit = _RADIUS / sqrt(counts["findings"].max())
    for position, visit in enumerate(shown.itertuples()):
        if position % grid.across == 0:
            _words(axes, grid, position)
        _heading(axes, grid, position, visit, n[str(visit.visit)])
        _panel(axes, grid, position, counts[counts["visit"] == visit.visit], unit)
    _breaks(axes, grid, shown)
    return figure, list(_spots(figure, axes, grid, shown, n))


def _words(axes: Axes, grid: _Grid, position: int) -> None:
    """The extent words at the left of a row of panels, and the light ground of every other row."""
    _left, top = grid.corner(position)
    right = grid.size[0] - _EDGE - _GAP
    for i, word in enumerate(grid.words):
        y = top + grid.row(word)
        axes.text(_LEFT - 0.1, y, word, ha="right", va="center", fontsize=9, color=INK)
        if i % 2 == 0:
            box = Rectangle(
                (_EDGE, y - _ROW / 2), right - _EDGE, _ROW, fc=BAND, ec="none", zorder=0
            )
            axes.add_patch(box)
    if OUTSIDE in grid.words:
        y = top + grid.row(OUTSIDE) - (_ROW + _APART) / 2
        axes.hlines(y, _EDGE, right, color=MUTED, lw=0.8)


def _heading(axes: Axes, grid: _Grid, position: int, visit: Any, n: int) -> None:
    left, top = grid.corner(position)
    title = "\n".join(wrap(_title(visit), grid.panel, 10, bold=True))
    y = top - grid.head + _BREAK
    axes.text(left, y, title, va="top", fontsize=10, weight="bold", color=INK)
    text = f"n = {n} findings" if n else "n = 0: no extent word"
    axes.text(left, top - 0.35, text, va="center", fontsize=9, color=INK)
    for side in SIDES:
        x, width = left + grid.column(side), text_width(side, _SIZE)
        axes.text(x, top - 0.13, side, ha="center", va="center", fontsize=_SIZE, color=INK)
        box = (x - width / 2, top - 0.05)
        axes.add_patch(Rectangle(box, width, 0.03, fc=MARKS[side].fill, ec="none"))


def _panel(axes: Axes, grid: _Grid, position: int, counts: pd.DataFrame, unit: float) -> None:
    left, top = grid.corner(position)
    for row in counts.itertuples():
        side = str(row.direction)
        x, y = left + grid.column(side), top + grid.row(str(row.extent))
        _circle(axes, x, y, unit * sqrt(float(str(row.findings))), side, str(row.findings))


def _circle(axes: Axes, x: float, y: float, radius: float, side: str, text: str) -> None:
    """A circle with its number inside, or beside where it does not fit."""
    mark = MARKS[side]
    axes.add_patch(Circle((x, y), radius, fc=mark.fill, ec="none", zorder=2))
    inside = 2 * radius > 0.05 + max(0.12, text_width(text, _SIZE))
    axes.text(
        x if inside else x + radius + 0.04,
        y,
        text,
        ha="center" if inside else "left",
        va="center_baseline" if inside else "center",
        fontsize=_SIZE,
        color=mark.ink if inside else INK,
        zorder=3,
    )


def _breaks(axes: Axes, grid: _Grid, shown: pd.DataFrame) -> None:
    """The change of framework, as a dashed line at the left of the first panel after it."""
    for limit in boundaries(shown):
        if limit.label == PAUSE_LABEL:
            continue
        left, top = grid.corner(limit.before)
        first = top - grid.head
        at_edge = limit.before % grid.across == 0
        x = _EDGE / 2 if at_edge else left - _GAP / 2
        axes.vlines(x, first, top + grid.body, color=INK, lw=1.4, ls=(0, (4, 3)), zorder=4)
        axes.text(x + 0.06, first + 0.07, limit.label, va="center", fontsize=_SIZE, color=INK)


def _spots(
    figure: Figure, axes: Axes, grid: _Grid, shown: pd.DataFrame, n: dict[str, int]
) -> Iterator[Hotspot]:
    for position, visit in enumerate(shown.itertuples()):
        left, top = grid.corner(position)
        upper = top - grid.head + _BREAK
        corners = [(left, upper), (left + grid.panel, top + grid.body)]
        box = percent_box(figure, *map(float, axes.transData.transform(corners).ravel()))
        label = f"{visit.label}, {KINDS[str(visit.kind)]}: {n[str(visit.visit)]} findings"
        yield Hotspot(*box, href=f"#v-{visit.visit}", label=f"{label} with an extent word")


def _alt(counts: pd.DataFrame, n: dict[str, int], shown: pd.DataFrame, authority: str) -> str:
    return (
        f"Number of findings with each extent word of the inspectors, by direction, at each visit to "
        f"{authority}, {period(shown)}. {_commonest(counts, n, shown)}"
    )


def _commonest(counts: pd.DataFrame, n: dict[str, int], shown: pd.DataFrame) -> str:
    """Name the word met most often with a weakness, at the first and the latest inspection."""
    whole = shown[shown["kind"].isin(INSPECTIONS) & shown["visit"].map(n).astype(bool)]
    ends = whole.iloc[sorted({0, len(whole) - 1})] if len(whole) else whole
    told = [_commonest_at(counts, n, visit) for visit in ends.itertuples()]
    if not told:
        return "No inspection has a finding with such a word."
    return f"The words found most often with weaknesses: {'; '.join(told)}."


def _commonest_at(counts: pd.DataFrame, n: dict[str, int], visit: Any) -> str:
    weak = counts[(counts["visit"] == visit.visit) & (counts["direction"] == "weakness")]
    of = f"of {n[visit.visit]} findings in {month(visit.start)}"
    if weak.empty:
        return f"none {of}"
    most = int(weak["findings"].max())
    words = [w for w in EXTENTS if w in set(weak.loc[weak["findings"] == most, "extent"])]
    return f"{' and '.join(f'‘{w}’' for w in words)} ({most} {of})"


def _caption(visits: pd.DataFrame, authority: str) -> str:
    unheld = [
        f"{month(visit.start)} ({HELD[str(visit.held)]})"
        for visit in visits[visits["held"] != "primary"].itertuples()
    ]
    absent = f" No panel: {', '.join(unheld)}." if unheld else ""
    return (
        f"Extent words in findings about {authority}, {period(visits)}, by direction and visit. The "
        "words are the inspectors’ own, an order with ties from ‘all’ to ‘none’ and never percentages; "
        f"‘{OUTSIDE}’ stands outside the order. The area of a circle is the number of findings, which "
        "is printed; a finding counts once for each direction it carries, so circles can add up to more "
        "than n, the findings with such a word. Body findings of primary documents that cast a vote; "
        f"notices are left out. Documents differ in length: compare within a panel.{absent}"
    )


def _data(counts: pd.DataFrame, n: dict[str, int], shown: pd.DataFrame) -> pd.DataFrame:
    place = {visit: i for i, visit in enumerate(shown["visit"])}
    keys = pd.DataFrame(
        {
            "visit": counts["visit"].map(place),
            "word": counts["extent"].map({word: i for i, word in enumerate(EXTENTS)}),
            "side": counts["direction"].map({side: i for i, side in enumerate(SIDES)}),
        }
    )
    ordered = counts.loc[keys.sort_values(["visit", "word", "side"]).index]
    by_visit = shown.set_index("visit")
    return pd.DataFrame(
        {
            "Visit": ordered["visit"].map(by_visit["label"]),
            "Kind": ordered["visit"].map(by_visit["kind"]).map(KINDS),
            "Extent word": ordered["extent"],
            "Direction": ordered["direction"],
            "Findings": ordered["findings"],
            "n of the visit": ordered["visit"].map(n),
        }
    ).reset_index(drop=True)
