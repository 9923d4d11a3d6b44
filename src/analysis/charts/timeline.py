"""The question: who looked when, at what, and which grades were printed.

The upper part puts every visit known of on a true time axis, whether or not a document is held, and
leads from there to one column per visit; the lower part stands under the same columns and shows
the grades, area by area, each a black bar: the higher, the better. Many visits make several bands,
one below the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.charts.parts.bands import FRAMEWORK, LEFT, Band, lay_bands
from analysis.charts.parts.chart import Hotspot
from analysis.charts.parts.drawing import EDGE, LINE, SIZE, Box, visit_spot, write
from analysis.charts.parts.grades import draw_grades, grades_of, rows_of
from analysis.charts.parts.kind import Kind
from analysis.charts.parts.style import (
    HOLE,
    INK,
    MUTED,
    PAPER,
    inch_axes,
    new_figure,
    text_width,
)
from analysis.charts.parts.visits import PAUSE, PAUSE_LABEL, Visit, each_visit, period, scope_words
from analysis.dates import PartialDate, month
from analysis.english import plural
from analysis.results.results import Results
from analysis.vocabulary import AREAS, FRAMEWORKS, HELD, KINDS, NOTICE

SHAPES: Final[dict[str, str]] = {
    "inspection": "o",
    "re-inspection": "D",
    "focused-visit": "^",
    "monitoring-visit": "s",
    "joint-inspection": "X",
    "send-inspection": "v",
    "improvement-notice": "P",
}
"""Marker of each kind of visit; the word stands in its column."""
_AXIS: Final = 0.62
_YEAR_ROOM: Final = 0.5


class Timeline(Kind):
    """The visits in time and, below, the grades that their documents print.

    A hotspot for each visit leads to `#v-{visit}`; the data hold a row for each visit and grade.
    """

    name = "timeline"
    label = "Timeline"
    question = "When did inspectors come, and what did they grade?"
    nothing = "No visit is held."
    coded = False

    def __init__(self, results: Results, themes: Sequence[str] = ()) -> None:
        super().__init__(results, themes)
        data = results.data
        self.visits = data.visits.sort_values("order", kind="stable").reset_index(drop=True)
        self.grades = grades_of(data.judgements, self.visits)

    @property
    def empty(self) -> bool:
        """Whether no visit is held."""
        return self.visits.empty

    def draw(self) -> tuple[Figure, Iterable[Hotspot]]:
        """Draw bands of visits, one below the other."""
        bands = lay_bands(self.visits, rows_of(self.grades), set(self.grades["visit"]))
        figure = new_figure(max(b.right for b in bands) + EDGE, bands[-1].bottom + EDGE)
        axes = inch_axes(figure)
        for band in bands:
            _strip(axes, band)
            _heads(axes, band)
            _frameworks(axes, band)
            draw_grades(axes, band, self.grades)
        return figure, (spot for band in bands for spot in _spots(axes, band, self.grades))

    def alt(self) -> str:
        """Tell the period and the overall grades."""
        return (
            f"Timeline of {plural(len(self.visits), 'visit')} to {self.authority}, "
            f"{period(self.visits)}, and the grades printed by area. "
            f"{_overall(self.visits, self.grades)}{_unheld(self.visits)}"
        )

    def caption(self) -> str:
        """Say how to read it."""
        return _caption(self.visits, self.authority)

    def data(self) -> pd.DataFrame:
        """Return a row per visit, without area, and one per grade after it."""
        own = dict(list(self.grades.groupby("visit", sort=False)))
        rows = [
            [*_described(visit), *grade]
            for visit in each_visit(self.visits)
            for grade in [["", "", ""], *_printed(own.get(visit.visit))]
        ]
        names = ["Dates", "Kind", "Framework", "Looked at", "Held", "Area", "Grade", "As printed"]
        return pd.DataFrame(rows, columns=names)


def _strip(axes: Axes, band: Band) -> None:
    """Draw the true time axis: years, pause, a mark per visit and its leader to the column."""
    days = [_days(visit) for visit in band.visits]
    years = range(days[0][0].year, max(day.year for _, day in days) + 2)
    scale = _Scale(date(years[0], 1, 1), date(years[-1], 1, 1), LEFT, band.right)
    y = band.top + _AXIS
    axes.hlines(y, scale.left, scale.right, color=INK, lw=1)
    axes.text(LEFT - 0.1, y, "time", ha="right", va="center", color=MUTED, fontsize=SIZE)
    _years(axes, scale, years, y)
    if band.paused:
        _pause(axes, scale, y)
    for place, (visit, (first, last)) in enumerate(zip(band.visits, days, strict=True)):
        x = (scale.x(first) + scale.x(last)) / 2
        axes.plot([x, band.centre(place)], [y + 0.09, band.head - 0.06], color=MUTED, lw=0.8)
        axes.hlines(y, scale.x(first), scale.x(last), color=INK, lw=4)
        _mark(axes, x, y, visit)


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        day = min(max(day, self.first), self.last)
        share = (day - self.first).days / (self.last - self.first).days
        return self.left + share * (self.right - self.left)


def _days(visit: Visit) -> tuple[date, date]:
    """Return the first and the last day that the visit can have been on."""
    return PartialDate.parse(visit.start).earliest, PartialDate.parse(
        visit.end or visit.start
    ).latest


def _mark(axes: Axes, x: float, y: float, visit: Visit) -> None:
    fill = INK if visit.held == "primary" else PAPER
    axes.plot(
        [x], [y], marker=SHAPES[visit.kind], ms=10, mfc=fill, mec=INK, mew=1.6, ls="", zorder=5
    )


def _years(axes: Axes, scale: _Scale, years: range, y: float) -> None:
    step = ceil(_YEAR_ROOM * len(years) / (scale.right - scale.left))
    for year in years:
        x = scale.x(date(year, 1, 1))
        axes.vlines(x, y - 0.1, y, color=INK, lw=0.8)
        if (year - years[0]) % step == 0 and x < scale.right - 0.2:
            axes.text(x + 0.03, y - 0.13, str(year), color=MUTED, fontsize=SIZE, va="bottom")


def _pause(axes: Axes, scale: _Scale, y: float) -> None:
    left, right = scale.x(PAUSE[0]), scale.x(PAUSE[1])
    if right <= left:
        return
    axes.add_artist(Rectangle((left, y - 0.1), right - left, 0.2, fc=HOLE, lw=0))
    half = text_width(PAUSE_LABEL, SIZE) / 2
    x = min(max((left + right) / 2, half), scale.right - half)
    axes.text(x, y - 0.36, PAUSE_LABEL, ha="center", va="bottom", fontsize=SIZE, color=INK)


def _heads(axes: Axes, band: Band) -> None:
    for place, lines in enumerate(band.heads):
        for i, (text, bold, colour) in enumerate(lines):
            x, y = band.centre(place), band.head + LINE * i
            write(axes, x, y, text, align="center", bold=bold, colour=colour)


def _frameworks(axes: Axes, band: Band) -> None:
    """Name each framework over its columns, rule where one follows another, and rule off now."""
    breaks = [b.before for b in band.boundaries if b.label != PAUSE_LABEL]
    y = band.framework + FRAMEWORK / 2
    axes.text(LEFT - 0.1, y, "framework", ha="right", va="center", fontsize=SIZE, color=MUTED)
    edges = [0, *breaks, len(band.visits)]
    for first, last in pairwise(edges):
        names = [v.framework for v in band.visits[first:last] if v.framework]
        left, right = band.edges[first], band.edges[last]
        text = _framework_label(names[0] if names else "", right - left)
        axes.text((left + right) / 2, y, text, ha="center", va="center", fontsize=SIZE, color=INK)
    for place in breaks:
        axes.vlines(
            band.edges[place], band.head - 0.02, band.bottom, color=INK, lw=1.4, ls=(0, (4, 3))
        )
    if band.last:
        axes.vlines(band.edges[-2], band.grid, band.bottom, color=INK, lw=2.2)


def _framework_label(name: str, width: float) -> str:
    return next(
        (text for text in (FRAMEWORKS[name], name) if text_width(text, SIZE) < width - 0.1), name
    )


def _spots(axes: Axes, band: Band, grades: pd.DataFrame) -> Iterator[Hotspot]:
    overall = grades[grades["area"] == "overall"].set_index("visit")["grade"].to_dict()
    for place, visit in enumerate(band.visits):
        grade = f"; overall {overall[visit.visit]}" if visit.visit in overall else ""
        label = f"{KINDS[visit.kind]}, {visit.label}: {HELD[visit.held]}{grade}"
        box = Box(band.edges[place], band.head, band.edges[place + 1], band.bottom)
        yield visit_spot(axes, box, visit, label[0].upper() + label[1:])


def _overall(visits: pd.DataFrame, grades: pd.DataFrame) -> str:
    """Tell the overall grades in order."""
    printed = grades[grades["area"] == "overall"].set_index("visit")["grade"].to_dict()
    seen = [visit for visit in each_visit(visits) if visit.visit in printed]
    steps = [f"{printed[visit.visit]} ({month(visit.start)})" for visit in seen]
    if not steps:
        return "No overall grade is printed."
    if len(steps) == 1:
        return f"Overall grade: {steps[0]}."
    return f"Overall grades: {', '.join(steps[:-1])}, then {steps[-1]}."


def _unheld(visits: pd.DataFrame) -> str:
    held = visits["held"].value_counts().to_dict()
    words = {"secondary": "known from a secondary source only", "none": "without a document"}
    parts = [f"{plural(held[kind], 'visit')} {w}" for kind, w in words.items() if kind in held]
    return f" Among them {' and '.join(parts)}." if parts else ""


def _caption(visits: pd.DataFrame, authority: str) -> str:
    notices = int((visits["kind"] == NOTICE).sum())
    and_notices = f" and {plural(notices, 'improvement notice')}" if notices else ""
    return (
        f"Visits to {authority} and printed grades, {period(visits)}: at least "
        f"{plural(len(visits) - notices, 'visit')}{and_notices}, those known of. "
        "Marks on the time axis lead to a column per visit; their shape is its kind, and hollow "
        "ones have no inspectors' document. A bar is a grade as printed, the higher the better; "
        '"not graded" tells nothing of an area.'
    )


def _described(visit: Visit) -> list[str]:
    looked = scope_words(visit.areas)
    return [visit.label, KINDS[visit.kind], visit.framework, looked, HELD[visit.held]]


def _printed(grades: pd.DataFrame | None) -> list[list[str]]:
    if grades is None:
        return []
    named = grades.assign(area=grades["area"].map(AREAS))
    return named[["area", "grade", "grade_printed"]].to_numpy().tolist()
