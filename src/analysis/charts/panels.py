"""Panels of the trajectories: three steps by visits, and the visits that did not judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.columns import Columns, draw_breaks
from analysis.charts.drawing import (
    EDGE,
    LINE,
    SIZE,
    WIDTH,
    Box,
    draw_boxes,
    draw_hatch,
    draw_symbols,
    write,
)
from analysis.charts.inks import UNNAMED
from analysis.charts.style import INK, MUTED, wrap
from analysis.charts.visits import NO_MARK, framework_spans
from analysis.vocabulary import COHORTS, LEVELS

LANE: Final = 0.19
"""Cohorts keep their own lane on each step, so that none hides another."""
WORDS: Final = 0.72
GUTTER: Final = 1.3
NARROWEST: Final = 0.31
"""Columns of visits narrower than this get the whole width: one panel a row."""
BETWEEN: Final = 0.16
TITLE: Final = 0.44
STRIP: Final = 0.33
DATES: Final = 0.34


@dataclass(frozen=True)
class Panel:
    """Where one theme's picture lies.

    Attributes
    ----------
    theme
        Its id.
    columns
        The visits, without notices.
    top, band
        Upper edge of the uppermost step and height of a step.
    lanes
        Cohorts of the panel with the place of each within a step.
    """

    theme: str
    columns: Columns
    top: float
    band: float
    lanes: dict[str, int]

    @property
    def bottom(self) -> float:
        """Lower edge of the lowest step."""
        return self.top + len(LEVELS) * self.band

    def step_top(self, status: str) -> float:
        """Upper edge of a status' step."""
        return self.top + (len(LEVELS) - 1 - LEVELS[status]) * self.band

    def y(self, status: str, cohort: str) -> float:
        """Height of a cohort's mark."""
        room = self.band / len(self.lanes)
        return self.step_top(status) + (self.lanes[cohort] + 0.5) * room


def lay_panels(
    themes: Sequence[str], cohorts: dict[str, list[str]], visits: pd.DataFrame, top: float
) -> tuple[list[Panel], float]:
    """Place the panels row by row; return them and where the last row ends."""
    across = _across(visits)
    width = (WIDTH - 2 * EDGE - (across - 1) * BETWEEN) / across
    panels: list[Panel] = []
    for first in range(0, len(themes), across):
        row = themes[first : first + across]
        band = max(_band(cohorts[theme]) for theme in row)
        for place, theme in enumerate(row):
            left = EDGE + place * (width + BETWEEN)
            columns = Columns(visits, left + WORDS, left + width - GUTTER)
            lanes = {cohort: lane for lane, cohort in enumerate(cohorts[theme] or [UNNAMED])}
            panels.append(Panel(theme, columns, top + TITLE, band, lanes))
        top = panels[-1].bottom + STRIP + DATES + 0.08
    return panels, top


def _across(visits: pd.DataFrame) -> int:
    """Panels in a row: two, or one where the columns would be too narrow."""
    half = (WIDTH - 2 * EDGE - BETWEEN) / 2 - WORDS - GUTTER
    return 2 if half / max(len(visits), 1) >= NARROWEST else 1


def _band(cohorts: Sequence[str]) -> float:
    """Height of a step: room for the lanes, and for the labels beside all three."""
    return max(0.42, len(cohorts) * LANE + 0.04, _labels_height(cohorts) / len(LEVELS))


def _labels_height(cohorts: Sequence[str]) -> float:
    return sum(len(label_lines(cohort, "Sep 2000")) * LINE + 0.05 for cohort in cohorts)


def label_lines(cohort: str, last: str = "") -> list[str]:
    """Return a cohort's name in lines, with its last judgement where that is not the latest."""
    text = f"{COHORTS[cohort]} (last {last})" if last else COHORTS[cohort]
    return wrap(text, GUTTER - 0.44, SIZE)


def draw_frame(axes: Axes, panel: Panel, title: str) -> None:
    """Draw the steps, the dates and the change of framework under a theme's name."""
    columns = panel.columns
    write(axes, columns.left - WORDS, panel.top - TITLE, title, size=10.5, bold=True)
    for status in LEVELS:
        y = panel.step_top(status)
        axes.plot([columns.left, columns.right], [y, y], color="#C9CDCF", lw=0.6)
        write(axes, columns.left - 0.08, y + (panel.band - LINE) / 2, status, align="right")
    axes.plot([columns.left, columns.right], [panel.bottom] * 2, color=MUTED, lw=0.8)
    for place, short in enumerate(columns.visits["short"]):
        write(axes, columns.centre(place), panel.bottom + STRIP, _date(short),
              align="center", colour=MUTED)  # fmt: skip
    draw_breaks(axes, columns, panel.top - LINE - 0.04, panel.bottom + STRIP)
    _name_frameworks(axes, panel)


def _date(short: str) -> list[str]:
    """Write a visit's month and year below each other, the year in two digits.

    Examples
    --------
    >>> _date("Nov 2024"), _date("2016")
    (['Nov', '\u201924'], ['\u201916'])
    """
    *month, year = short.split()
    return [*month, f"\u2019{year[-2:]}"]


def _name_frameworks(axes: Axes, panel: Panel) -> None:
    """Name both frameworks beside the line at which one follows the other."""
    spans = framework_spans(panel.columns.visits)
    for (before, _a, _b), (after, first, _end) in pairwise(spans):
        x, y = panel.columns.edge(first), panel.top - LINE - 0.05
        write(axes, x - 0.06, y, before, align="right", colour=MUTED)
        write(axes, x + 0.06, y, after, colour=MUTED)


def draw_absences(axes: Axes, panel: Panel, absent: dict[int, str]) -> None:
    """Hatch what was not looked at, and mark silence and missing documents under the steps."""
    columns, y = panel.columns, panel.bottom + 0.09
    hatched = [place for place, status in absent.items() if status == "not in scope"]
    draw_hatch(
        axes, [Box(columns.edge(p), panel.top, columns.edge(p + 1), panel.bottom) for p in hatched]
    )
    quiet = [columns.centre(p) for p, status in absent.items() if status == "silent"]
    draw_boxes(axes, [Box(x - 0.06, y - 0.01, x + 0.06, y + 0.01) for x in quiet], facecolor=INK)
    rings = [(columns.centre(p), y) for p, s in absent.items() if s == "reported, not judged"]
    draw_symbols(axes, rings, "o", fill="none", edge=INK, size=30, width=1.1)
    for place, status in absent.items():
        if status == NO_MARK:
            write(axes, columns.centre(place), panel.bottom + 0.02, ["no", "doc."],
                  align="center", italic=True)  # fmt: skip
