"""The question: which themes do inspectors speak of in one breath?

A square for each two themes that meet in a finding, darker the oftener; the number is how many
findings hold both. A row ends in its number, under which the same theme goes on as a column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.parts.chart import Hotspot
from analysis.charts.parts.drawing import ASCENT, EDGE, LINE, SIZE, WIDTH, Box, draw_boxes, write
from analysis.charts.parts.kind import Kind
from analysis.charts.parts.style import BAND, INK, NAVY, PAPER, POINTS, inch_axes, new_figure
from analysis.charts.parts.visits import period
from analysis.english import join, lower, plural
from analysis.results.results import Results
from analysis.results.together import together
from analysis.tables import records

TOLD: Final = 3
"""So many pairs are named in the alternative text."""
NAMED: Final = 10
"""So many are named beside the squares."""
SHADES: Final = ((0.75, 1.0), (0.45, 0.8), (0.25, 0.4), (0.1, 0.25), (0.0, 0.12))
"""From what share of the most on a square is how dark; light numbers stand on the first two."""
_LIGHT: Final = 0.5
_LEFT: Final = 2.6
_MOST: Final = 0.3
"""Inches of a square at most."""
_ASIDE: Final = 12
"""Columns after which there is room for the names of the pairs met oftenest."""
_COLUMNS: Final = {
    "theme": "Theme",
    "other": "Other theme",
    "findings": "Findings with both",
    "of_theme": "With the theme",
    "of_other": "With the other",
    "share": "Both (% of either)",
}


class Together(Kind):
    """Themes that stand in one finding; the data hold one row for each two that do."""

    name = "together"
    label = "Themes together"
    question = "Which themes do inspectors speak of in one breath?"
    nothing = "No finding holds two themes."

    def __init__(self, results: Results, themes: Sequence[str] = ()) -> None:
        super().__init__(results, themes)
        book = results.data.codebook
        self.names = {theme.id: theme.label for theme in book.themes}
        self.table = together(results.coded, book.ids)
        met = {*self.table["theme"], *self.table["other"]}
        self.met = [theme for theme in book.ids if theme in met]

    @property
    def empty(self) -> bool:
        """Whether no two themes meet."""
        return self.table.empty

    def draw(self) -> tuple[Figure, Iterable[Hotspot]]:
        """Draw the squares as steps, and name the pairs met oftenest where the steps leave room."""
        side = min(_MOST, (WIDTH - _LEFT - EDGE) / len(self.met))
        grid = _Grid({theme: place for place, theme in enumerate(self.met)}, side)
        lines = [f"{count}  {one}, {lower(two)}" for one, two, count in self._oftenest(NAMED)]
        down = max(side * len(self.met), LINE * (len(lines) + 2))
        figure = new_figure(WIDTH, down + 2 * EDGE)
        axes = inch_axes(figure)
        _rows(axes, grid, self.names)
        _squares(axes, grid, self.table)
        aside = _LEFT + side * (min(len(self.met), _ASIDE) + 1)
        write(axes, aside, EDGE, "Oftenest in one finding", bold=True)
        write(axes, aside, EDGE + 1.5 * LINE, lines)
        return figure, ()

    def alt(self) -> str:
        """Name the pairs that meet oftenest."""
        pairs = [f"{lower(one)} with {lower(two)} ({n})" for one, two, n in self._oftenest(TOLD)]
        told = f" Oftenest: {join(pairs)}." if pairs else ""
        return (
            f"Themes that stand in one finding on {self.authority}, "
            f"{period(self.results.data.visits)}: {plural(len(self.table), 'pair')} of "
            f"{plural(len(self.met), 'theme')}, a square for each, darker the oftener.{told}"
        )

    def caption(self) -> str:
        """Say how to read it."""
        return (
            f"How many findings on {self.authority} hold both themes. Follow a row to its number, "
            "and from there down: all squares of that theme. Where there is none, no finding holds "
            "both. A theme that is often found meets others often too; the data tell how often, of "
            "the findings with either."
        )

    def data(self) -> pd.DataFrame:
        """Return a row for each two themes that meet, oftenest first."""
        named = {name: self.table[name].map(self.names) for name in ("theme", "other")}
        percent = (100 * self.table["share"].astype(float)).round().astype("Int64")
        return self.table.assign(**named, share=percent).rename(columns=_COLUMNS)

    def _oftenest(self, count: int) -> list[tuple[str, str, int]]:
        top = records(self.table.head(count))
        return [(self.names[r["theme"]], self.names[r["other"]], int(r["findings"])) for r in top]


@dataclass(frozen=True)
class _Grid:
    """Places of the themes, from 0, and inches of a square."""

    places: dict[str, int]
    side: float

    def box(self, row: int, column: int) -> Box:
        x, y = _LEFT + self.side * column, EDGE + self.side * row
        return Box(x, y, x + self.side, y + self.side)

    def write(self, axes: Axes, row: int, column: int, words: str, colour: str = INK) -> None:
        """Write in the middle of a square."""
        x, y = self.box(row, column).middle
        write(axes, x, y - ASCENT * SIZE / POINTS / 2, words, align="center", colour=colour)


def _rows(axes: Axes, grid: _Grid, names: dict[str, str]) -> None:
    """Name each theme, and lead from its name to its number."""
    for theme, place in grid.places.items():
        first, last = grid.box(place, 0), grid.box(place, place)
        if place % 2:
            draw_boxes(axes, [Box(EDGE, first.y0, last.x1, last.y1)], facecolor=BAND)
        top = first.middle[1] - ASCENT * SIZE / POINTS / 2
        write(axes, _LEFT - 0.1, top, f"{names[theme]}  {place + 1}", align="right")
        grid.write(axes, place, place, str(place + 1))


def _squares(axes: Axes, grid: _Grid, table: pd.DataFrame) -> None:
    most = table["findings"].max()
    places = [
        (grid.places[row["other"]], grid.places[row["theme"]], row["findings"])
        for row in records(table)
    ]
    shaded: dict[float, list[Box]] = {}
    for row, column, count in places:
        shade = next(dark for least, dark in SHADES if count / most > least)
        shaded.setdefault(shade, []).append(grid.box(row, column).inset(0.01))
        grid.write(axes, row, column, str(count), PAPER if shade > _LIGHT else INK)
    for shade, boxes in shaded.items():
        draw_boxes(axes, boxes, facecolor=NAVY, alpha=shade)
