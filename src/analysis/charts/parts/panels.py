"""Panels of the trajectories: a theme each, and in it a row for each cohort.

All rows stand under the same columns of visits. The ground of a row says who looked: pale where
inspectors looked, hatched where nobody did, white where no document is held.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from matplotlib.axes import Axes

from analysis.charts.parts.columns import Columns
from analysis.charts.parts.drawing import (
    EDGE,
    LINE,
    SIZE,
    Box,
    draw_boxes,
    draw_hatch,
    write,
)
from analysis.charts.parts.style import MUTED, text_width, wrap
from analysis.vocabulary import COHORTS, LEVELS, NO_DOCUMENT

LABEL: Final = 1.7
"""Room at the left for the names of themes and cohorts."""
RESULT: Final = 1.16
"""Room at the right for the latest status in words."""
MARK: Final = 0.17
"""Height of a mark."""
LEVEL: Final = 0.106
"""How far one level of a row lies above the next."""
ROW: Final = MARK + 2 * LEVEL
GAP: Final = 0.03
BETWEEN: Final = 0.08
"""Room over the heading of a panel."""
TITLE: Final = 10.5
PALE: Final = "#F0F0EE"
"""Ground of the visits that looked."""


@dataclass(frozen=True)
class Lane:
    """Where one cohort's row lies; `cohort` is blank for a theme that nobody was judged on."""

    cohort: str
    top: float

    @property
    def middle(self) -> float:
        """Height of the level between the others."""
        return self.top + ROW / 2

    @property
    def bottom(self) -> float:
        """Where the row ends."""
        return self.top + ROW

    def y(self, status: str) -> float:
        """Height of the marks of a status: strength above, weakness below."""
        return self.middle - (LEVELS[status] - LEVELS["mixed"]) * LEVEL


@dataclass(frozen=True)
class Panel:
    """One theme: its heading in lines, where that begins, and its rows."""

    theme: str
    title: list[str]
    head: float
    rows: list[Lane]

    @property
    def top(self) -> float:
        """Where the first row begins."""
        return self.rows[0].top

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return self.rows[-1].bottom


def lay_panels(
    names: Mapping[str, str], cohorts: Mapping[str, Sequence[str]], top: float
) -> list[Panel]:
    """Place a panel for each theme (id and name), and in it a row for each of its cohorts."""
    panels: list[Panel] = []
    for theme, name in names.items():
        title = wrap(name, LABEL - EDGE - 0.05, TITLE, bold=True)
        first = top + len(title) * LINE * TITLE / SIZE + 0.06
        rows = [
            Lane(cohort, first + place * (ROW + GAP))
            for place, cohort in enumerate(cohorts[theme] or [""])
        ]
        panels.append(Panel(theme, title, top, rows))
        top = rows[-1].bottom + BETWEEN
    return panels


def draw_heading(axes: Axes, columns: Columns, panel: Panel, *, dated: bool) -> None:
    """Write the name of a theme, and beside it, where asked, the dates once more."""
    write(axes, EDGE, panel.head, panel.title, size=TITLE, bold=True)
    if not dated:
        return
    shorts = [str(short) for short in columns.visits["short"]]
    full = all(text_width(short, SIZE) < columns.step - 0.06 for short in shorts)
    for place, short in enumerate(shorts):
        date = short if full else f"\u2019{short[-2:]}"
        write(axes, columns.centre(place), panel.top - LINE - 0.03, date,
              align="center", colour=MUTED)  # fmt: skip


def draw_names(axes: Axes, panel: Panel) -> None:
    """Name the cohorts at the left of their rows."""
    for row in panel.rows:
        lines = wrap(COHORTS.get(row.cohort, ""), LABEL - EDGE - 0.1, SIZE)
        write(axes, EDGE, row.middle - len(lines) * LINE / 2, lines)


def draw_grounds(
    axes: Axes, columns: Columns, rows: Sequence[tuple[Lane, Mapping[int, str]]]
) -> None:
    """Draw who looked under each row, whose absences are given by the places of visits."""
    looked: list[Box] = []
    hatched: list[Box] = []
    dashes: list[Box] = []
    for row, absent in rows:
        states = [absent.get(place, "") for place in range(len(columns.visits))]
        for (unseen, unheld), run in groupby(
            range(len(states)),
            key=lambda p: (states[p] == "not in scope", states[p] == NO_DOCUMENT),
        ):
            places = list(run)
            left, right = columns.edge(places[0]), columns.edge(places[-1] + 1)
            if not unheld:
                (hatched if unseen else looked).append(Box(left, row.top, right, row.bottom))
        for place in (p for p, state in enumerate(states) if state == "silent"):
            x = columns.centre(place)
            dashes.append(Box(x - 0.06, row.middle - 0.01, x + 0.06, row.middle + 0.01))
    draw_boxes(axes, looked, facecolor=PALE, zorder=0)
    draw_hatch(axes, hatched)
    draw_boxes(axes, dashes, facecolor=MUTED)
