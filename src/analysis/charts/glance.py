"""The question: how did inspectors judge each theme, visit by visit, and where did nobody look?

Each row is a theme on three lines: high is a strength, low a weakness. Rows stand under the area
whose service or work they are about. A thin mark rests on little; grey is where nobody looked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.parts.chart import Hotspot
from analysis.charts.parts.drawing import EDGE, cell_spot
from analysis.charts.parts.kind import Kind
from analysis.charts.parts.panels import Looks, Panel, Placed, Rooms, draw_frame, lay_panels
from analysis.charts.parts.staves import ORDER, counted, draw_key, draw_stave, word_of
from analysis.charts.parts.style import LOW, ON_LITTLE
from analysis.english import join, plural
from analysis.results.columns import columns
from analysis.results.results import Results
from analysis.results.staves import GROUP_NAMES, GROUPS, Cell, Stave, by_latest, staves_of


class Glance(Kind):
    """Every theme at every visit that is read, under the area whose service it is.

    A hotspot for each level leads to `#e-{theme}--{visit}`; the data hold one row a theme and area,
    and one column a visit.
    """

    name = "glance"
    label = "At a glance"
    question = "How did inspectors judge each theme, visit by visit?"
    nothing = "No inspectors' document is held that judges a theme: there is nothing to draw."

    def __init__(self, results: Results, themes: Sequence[str] = ()) -> None:
        super().__init__(results, themes)
        self.visits = columns(results)
        found = staves_of(results)
        rows = {area: by_latest(found.of(cohorts, themes)) for area, cohorts in GROUPS.items()}
        self.rows = {GROUP_NAMES[area]: staves for area, staves in rows.items() if staves}

    @property
    def empty(self) -> bool:
        """Whether no visit judged a theme."""
        return not self.rows

    def draw(self) -> tuple[Figure, Iterable[Hotspot]]:
        """Draw a panel for each area."""
        panels = [
            Panel(title, list(map(self._theme, staves)), [word_of(s.latest) for s in staves])
            for title, staves in self.rows.items()
        ]
        layout, looks = lay_panels(panels, self.visits, EDGE + 0.3, Rooms()), Looks()
        figure, axes = layout.sheet()
        draw_key(axes, looks, EDGE)
        for placed, staves in zip(layout.panels, self.rows.values(), strict=True):
            draw_frame(axes, looks, placed, self.visits)
            for row, stave in enumerate(staves):
                draw_stave(looks, placed, row, stave)
        looks.draw(axes, ORDER)
        return figure, tuple(self._spots(axes, layout.panels))

    def _spots(self, axes: Axes, panels: Sequence[Placed]) -> Iterator[Hotspot]:
        """Lead from each cell that holds a level to its evidence."""
        for placed, staves in zip(panels, self.rows.values(), strict=True):
            for row, stave in enumerate(staves):
                for place, (cell, visit) in enumerate(zip(stave.cells, self.visits, strict=True)):
                    if cell.marks:
                        label = f"{self._theme(stave)}, {visit.when}: {_told(cell)}"
                        box = placed.cell(row, place)
                        yield cell_spot(axes, box, stave.theme, cell.visit, label)

    def alt(self) -> str:
        """Count the levels of the latest visit."""
        staves = [stave for staves in self.rows.values() for stave in staves]
        seen = [visit.when for visit in self.visits]
        period = " to ".join(dict.fromkeys([*seen[:1], *seen[-1:]]))
        said = join([f"{count} {level}" for level, count in counted(staves).items()])
        return (
            f"Marks on three lines for {plural(len(staves), 'row')} of themes at each visit to "
            f"{self.authority}, {period}: high is a strength, low a weakness. At the latest visit: "
            f"{said}."
        )

    def caption(self) -> str:
        """Say how to read it."""
        return (
            f"What inspectors said of each theme at each visit, {self.authority}. High is a "
            "strength, low a weakness; wide columns are full inspections."
        )

    def data(self) -> pd.DataFrame:
        """Return one row a theme and area, a column a visit."""
        return pd.DataFrame(
            [
                [title, self._theme(stave), *map(_told, stave.cells)]
                for title, staves in self.rows.items()
                for stave in staves
            ],
            columns=["Whose service", "Theme", *(visit.when for visit in self.visits)],
        )

    def _theme(self, stave: Stave) -> str:
        return self.results.data.codebook.theme(stave.theme).label


def _told(cell: Cell) -> str:
    """Say a cell: its levels, with their confidence where that is low, or why there is none."""
    marks = [f"{m.level}{f' ({ON_LITTLE})' if m.confidence == LOW else ''}" for m in cell.marks]
    return " and ".join(marks) or word_of(cell)
