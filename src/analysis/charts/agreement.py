"""The question: on which themes do two coders agree, and on which not.

Themes stand in order of agreement, the least first. A theme met seldom says little: its interval is
drawn, its n stands beside it, and few findings are drawn hollow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.parts.chart import Chart
from analysis.charts.parts.drawing import (
    EDGE,
    LINE,
    SIZE,
    WIDTH,
    Box,
    draw_boxes,
    draw_symbols,
    say,
    write,
)
from analysis.charts.parts.style import (
    BAND,
    INK,
    MUTED,
    NAVY,
    ORANGE,
    PAPER,
    RULE,
    house_style,
    inch_axes,
    new_figure,
    wrap,
)
from analysis.codes.agreement.agreement import Agreement
from analysis.data.codebook import Codebook
from analysis.english import plural
from analysis.errors import require_known
from analysis.tables import Row, records

FEW: Final = 10
"""Themes that fewer findings carry (by either coder) are drawn hollow."""
MEASURES: Final[dict[str, str]] = {"f1": "F1", "kappa": "Cohen's kappa"}
OVERALL: Final = {"f1": "themes, micro-averaged F1", "kappa": "themes, mean Cohen's kappa"}
NAMED: Final = 3
"""So many themes are named in the alternative text."""

_ROW: Final = 0.25
_NAMES: Final = 2.55
_LEFT: Final = 2.75
_RIGHT: Final = 6.35
_VALUE: Final = 6.5
_BOTH: Final = 8.06
_BESIDE: Final = 0.22
_BAR: Final = 0.5
_SHARE: Final = (9.3, 10.05)
_OF: Final = 10.17
_HEAD: Final = 0.78
_FOOT: Final = 0.32
_TICKS: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def agreement(
    found: Agreement, codebook: Codebook, *, authority: str, measure: str = "f1"
) -> Chart:
    """Draw how far two coders agree on each theme, the least agreed first.

    Parameters
    ----------
    found
        `analysis.codes.agreement.agreement.compare`.
    codebook
        Names of the themes.
    authority
        Name shown; whatever was compared.
    measure
        `f1` or `kappa`.

    Returns
    -------
    Chart
        The data hold one row per theme that either coder gave.

    Raises
    ------
    UnknownNameError
        If there is no such measure.
    """
    require_known("measure", measure, MEASURES)
    rows = _rows(found, codebook, measure)
    with house_style():
        figure = _draw(rows, found, measure)
    return Chart(
        figure=figure,
        alt=_alt(rows, found, authority, measure),
        caption=_caption(found, authority, measure),
        data=_data(rows, found, measure),
        name="agreement",
    )


@dataclass(frozen=True)
class _Row:
    """One theme.

    Attributes
    ----------
    name
        Of the theme.
    value, low, high
        The measure and its interval; NaN where it cannot be said.
    only_first, both, only_second
        Findings that carry the theme by one coder only, or by both.
    equal
        Those of `both` with equal directions.
    """

    name: str
    value: float
    low: float
    high: float
    only_first: int
    both: int
    only_second: int
    equal: int

    @property
    def n(self) -> int:
        return self.only_first + self.both + self.only_second

    @property
    def apart(self) -> int:
        """Disagreements: who gave the theme, and in which direction."""
        return self.n - self.equal

    @property
    def sure(self) -> bool:
        """Whether the interval says anything: without a disagreement every draw is the same."""
        return not np.isnan(self.low) and self.low < self.high


def _rows(found: Agreement, codebook: Codebook, measure: str) -> list[_Row]:
    rows = [_row(row, codebook, measure) for row in records(found.themes)]
    order = {theme.name: place for place, theme in enumerate(codebook.themes)}
    return sorted(
        rows,
        key=lambda r: (np.nan_to_num(r.value, nan=2.0), -r.apart, order.get(r.name, 0)),
    )


def _row(row: Row, codebook: Codebook, measure: str) -> _Row:
    both = int(row["both"])
    return _Row(
        name=codebook.theme(row["theme"]).name,
        value=float(row[measure]),
        low=float(row[f"{measure}_low"]),
        high=float(row[f"{measure}_high"]),
        only_first=int(row["n_first"]) - both,
        both=both,
        only_second=int(row["n_second"]) - both,
        equal=round(float(row["direction"]) * both) if both else 0,
    )


def _draw(rows: list[_Row], found: Agreement, measure: str) -> Figure:
    if not rows:
        return say("Neither coder gave a theme to a finding that both read.")
    bottom = _HEAD + _ROW * len(rows)
    figure = new_figure(WIDTH, bottom + _FOOT)
    axes = inch_axes(figure)
    _bands(axes, len(rows))
    _heads(axes, found, measure)
    _scale(axes, bottom)
    _whole(axes, found, measure, bottom)
    for place, row in enumerate(rows):
        _theme(axes, row, _HEAD + _ROW * (place + 0.5))
    _bars(axes, rows)
    _marks(axes, rows)
    return figure


def _x(value: float) -> float:
    """Place of a measure; what is below nought stands at its edge."""
    return _LEFT + max(value, 0.0) * (_RIGHT - _LEFT)


def _bands(axes: Axes, count: int) -> None:
    boxes = [
        Box(EDGE, _HEAD + _ROW * place, WIDTH - EDGE, _HEAD + _ROW * (place + 1))
        for place in range(0, count, 2)
    ]
    draw_boxes(axes, boxes, facecolor=BAND, zorder=0)


def _heads(axes: Axes, found: Agreement, measure: str) -> None:
    """Name the columns; the coders' names are broken where they are long."""
    name = f"{MEASURES[measure]} of giving the theme, with 95 % interval"
    write(axes, (_LEFT + _RIGHT) / 2, EDGE, name, align="center", bold=True)
    write(axes, _BOTH, EDGE, "findings given it by", align="center", bold=True)
    room = _BAR + 0.5
    for x, words, align in (
        (_BOTH - _BESIDE, wrap(f"only {found.first}", room, SIZE), "right"),
        (_BOTH, ["both"], "center"),
        (_BOTH + _BESIDE, wrap(f"only {found.second}", room, SIZE), "left"),
    ):
        write(axes, x, _HEAD - 0.06 - LINE * len(words), words, align=align)
    middle = (_SHARE[0] + WIDTH - EDGE) / 2
    write(axes, middle, EDGE, "direction equal", align="center", bold=True)
    write(axes, middle, _HEAD - 0.06 - LINE, "of both", align="center")


def _scale(axes: Axes, bottom: float) -> None:
    axes.vlines([_x(t) for t in _TICKS], _HEAD, bottom, color=RULE, lw=0.8, zorder=0.5)
    for tick in _TICKS:
        write(axes, _x(tick), bottom + 0.04, f"{tick:.1f}", align="center", colour=MUTED)
    axes.vlines(list(_SHARE), _HEAD, bottom, color=RULE, lw=0.8, zorder=0.5)
    for edge, label in zip(_SHARE, ("0", "1"), strict=True):
        write(axes, edge, bottom + 0.04, label, align="center", colour=MUTED)


def _whole(axes: Axes, found: Agreement, measure: str, bottom: float) -> None:
    """Mark what all themes come to."""
    value = _over_all(found, measure)
    if np.isnan(value):
        return
    x = _x(value)
    axes.vlines(x, _HEAD - 0.06, bottom, color=INK, lw=1.1, ls=(0, (4, 3)), zorder=1)
    write(axes, x, _HEAD - 0.06 - LINE, f"all themes {value:.2f}", align="right")


def _over_all(found: Agreement, measure: str) -> float:
    overall = found.overall
    return float(overall.loc[overall["measure"] == OVERALL[measure], "value"].iloc[0])


def _theme(axes: Axes, row: _Row, y: float) -> None:
    axes.text(_NAMES, y, row.name, ha="right", va="center", fontsize=SIZE, color=INK)
    if row.sure:
        axes.hlines(y, _x(row.low), _x(row.high), color=NAVY, lw=1.6, zorder=2)
        axes.vlines([_x(row.low), _x(row.high)], y - 0.05, y + 0.05, color=NAVY, lw=1.6, zorder=2)
    value = "cannot be said" if np.isnan(row.value) else f"{row.value:z.2f}"
    axes.text(_VALUE, y, value, va="center", fontsize=SIZE, color=INK)
    axes.text(_BOTH, y, str(row.both), ha="center", va="center", fontsize=SIZE, color=INK)
    told = f"{row.equal} of {row.both}" if row.both else "–"
    weight = "bold" if row.equal < row.both else "normal"
    axes.text(_OF, y, told, va="center", fontsize=SIZE, color=INK, weight=weight)


def _bars(axes: Axes, rows: list[_Row]) -> None:
    """Draw what only one coder gave as bars, the first's to the left and the second's to the right.

    All bars have one scale.
    """
    unit = _BAR / max(max(row.only_first, row.only_second, FEW) for row in rows)
    boxes = []
    for place, row in enumerate(rows):
        y = _HEAD + _ROW * (place + 0.5)
        for count, side in ((row.only_first, -1), (row.only_second, 1)):
            start = _BOTH + side * _BESIDE
            end = start + side * unit * count
            if count:
                boxes.append(Box(min(start, end), y - 0.07, max(start, end), y + 0.07))
                axes.text(
                    end + side * 0.05, y, str(count), va="center", fontsize=SIZE, color=INK,
                    ha="right" if side < 0 else "left",
                )  # fmt: skip
    draw_boxes(axes, boxes, facecolor=ORANGE, zorder=1)


def _marks(axes: Axes, rows: list[_Row]) -> None:
    """Draw the dots of the measure and the diamonds of the directions, hollow where n is small."""
    dots: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    diamonds: dict[tuple[bool, str], list[tuple[float, float]]] = {}
    for place, row in enumerate(rows):
        y = _HEAD + _ROW * (place + 0.5)
        if not np.isnan(row.value):
            dots[row.n < FEW].append((_x(row.value), y))
        if row.both:
            share = _SHARE[0] + row.equal / row.both * (_SHARE[1] - _SHARE[0])
            hue = NAVY if row.equal == row.both else ORANGE
            diamonds.setdefault((row.both < FEW, hue), []).append((share, y))
    for few, places in dots.items():
        fill = PAPER if few else NAVY
        draw_symbols(axes, places, "o", fill=fill, edge=NAVY, size=42, width=1.4, above=3)
    for (few, hue), places in diamonds.items():
        fill = PAPER if few else hue
        draw_symbols(axes, places, "D", fill=fill, edge=hue, size=26, width=1.4, above=3)


def _alt(rows: list[_Row], found: Agreement, authority: str, measure: str) -> str:
    value = _over_all(found, measure)
    start = (
        f"{MEASURES[measure]} of {found.first} and {found.second} on each theme, with 95 % "
        f"intervals, for {authority}: {plural(found.findings, 'finding')} that both read. "
    )
    known = [row for row in rows if row.value < 1]
    if not known:
        return f"{start}They give the same themes throughout."
    least = ", ".join(f"{row.name} ({row.value:z.2f}, n = {row.n})" for row in known[:NAMED])
    return f"{start}Over all themes {value:.2f}. They agree least on {least}."


def _caption(found: Agreement, authority: str, measure: str) -> str:
    return (
        f"How far {found.first} and {found.second} agree on each theme, for {authority}: "
        f"{MEASURES[measure]} of giving the theme, on the "
        f"{plural(found.findings, 'finding')} that both read, the least agreed first. "
        f"Intervals draw {found.units} {found.drawn} anew (where nothing disagrees there is none, "
        f"which is no certainty), and hollow marks rest on fewer than {FEW} findings. Bars are "
        "findings given the theme by one coder only and diamonds the share of equal directions "
        "among those given it by both; orange marks disagreement."
    )


def _data(rows: list[_Row], found: Agreement, measure: str) -> pd.DataFrame:
    name = MEASURES[measure]
    columns = [
        "Theme", name, f"{name}, 95 % from", f"{name}, to", f"Only {found.first}", "Both",
        f"Only {found.second}", "Direction equal",
    ]  # fmt: skip
    cells = [
        (r.name, r.value, r.low, r.high, r.only_first, r.both, r.only_second, r.equal) for r in rows
    ]
    return pd.DataFrame(cells, columns=columns).round(dict.fromkeys(columns[1:4], 3))
