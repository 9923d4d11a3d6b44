"""The question: which themes do inspectors speak of in one breath?

A square for each two themes that meet in a finding, darker the oftener; the number is how many
findings hold both.
"""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from analysis.charts.parts.chart import Chart
from analysis.charts.parts.drawing import SIZE, WIDTH, say
from analysis.charts.parts.style import INK, NAVY, house_style, inch_axes, new_figure
from analysis.data.codebook import Codebook
from analysis.english import join, lower, plural

NAMED: Final = 3
"""So many pairs are named in the alternative text."""
_LEFT: Final = 2.6
_HEAD: Final = 0.1
_FOOT: Final = 1.9
_MOST: Final = 0.36
"""Inches of a square at most."""
_NUMBERS: Final = 0.2
"""From so many inches on a square holds its number."""
_DARK: Final = 0.55
_SHADES: Final = LinearSegmentedColormap.from_list("together", ["#EAF0F6", NAVY])


def together(table: pd.DataFrame, codebook: Codebook, *, authority: str) -> Chart:
    """Draw how often two themes stand in one finding.

    Parameters
    ----------
    table
        `analysis.results.together.together`.
    codebook
        Names and order of the themes.
    authority
        Name shown.
    """
    met = {*table["theme"], *table["other"]}
    themes = [theme.id for theme in codebook.themes if theme.id in met]
    names = {theme.id: theme.label for theme in codebook.themes}
    with house_style():
        figure = _draw(table, themes, names) if themes else say("No finding holds two themes.")
    top = [
        f"{lower(names[one])} with {lower(names[two])} ({count})"
        for one, two, count in table[["theme", "other", "findings"]].head(NAMED).to_numpy()
    ]
    told = f" Oftenest: {join(top)}." if top else ""
    return Chart(
        figure=figure,
        alt=f"Themes that stand in one finding, {authority}: {plural(len(table), 'pair')} of "
        f"{plural(len(themes), 'theme')}.{told}",
        caption=f"How many findings hold both themes, {authority}. Blank: none does. A theme that "
        "is often found meets others often too; the share in the data tells how often, of the "
        "findings with either.",
        data=table.assign(theme=table["theme"].map(names), other=table["other"].map(names)),
        name="together",
    )


def _draw(table: pd.DataFrame, themes: list[str], names: dict[str, str]) -> Figure:
    side = min(_MOST, (WIDTH - _LEFT - 0.1) / max(len(themes) - 1, 1))
    figure = new_figure(WIDTH, _HEAD + side * (len(themes) - 1) + _FOOT)
    axes = inch_axes(figure)
    place = {theme: at for at, theme in enumerate(themes)}
    most = table["findings"].max()
    for one, two, count in table[["theme", "other", "findings"]].to_numpy():
        row, column = place[two] - 1, place[one]
        _square(axes, _LEFT + side * column, _HEAD + side * row, side, int(count), count / most)
    for theme in themes[1:]:
        y = _HEAD + side * (place[theme] - 0.5)
        axes.text(_LEFT - 0.08, y, names[theme], ha="right", va="center", color=INK, size=SIZE)
    for theme in themes[:-1]:
        x = _LEFT + side * (place[theme] + 0.5)
        y = _HEAD + side * (len(themes) - 1) + 0.08
        axes.text(x, y, names[theme], ha="right", va="top", color=INK, size=SIZE, rotation=60,
                  rotation_mode="anchor")  # fmt: skip
    return figure


def _square(axes: Axes, x: float, y: float, side: float, count: int, shade: float) -> None:
    axes.fill(
        [x, x + side, x + side, x], [y, y, y + side, y + side], facecolor=_SHADES(shade),
        edgecolor="white", linewidth=0.5,
    )  # fmt: skip
    if side >= _NUMBERS:
        axes.text(x + side / 2, y + side / 2, str(count), ha="center", va="center",
                  color="white" if shade > _DARK else INK, size=SIZE - 1.5)  # fmt: skip
