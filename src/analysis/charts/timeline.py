"""The question: who looked when, at what, and which grades were printed.

The upper part puts every visit known of on a true time axis, whether or not a document is held, and
leads from there to one column per visit; the lower part stands under the same columns and shows
the grades, area by area. Many visits make several bands, one below the other. What every chart by
visit has to mark, the change of framework and the pause of inspections, is named here too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise
from math import ceil
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.charts.chart import Chart, Hotspot
from analysis.charts.style import (
    GRADE_MARKS,
    GREY,
    INK,
    MUTED,
    NAVY,
    house_style,
    inch_axes,
    new_figure,
    percent_box,
    text_width,
    wrap,
)
from analysis.dates import PartialDate
from analysis.vocabulary import AREA_PARTS, AREAS, FRAMEWORKS, KINDS, expand_areas

PAUSE: Final = (date(2020, 3, 17), date(2021, 6, 1))
"""Routine inspections were suspended on 17 March 2020; visits to authorities that were not already
inadequate began again in June 2021 at the earliest. Some visits were made in between."""
PAUSE_LABEL: Final = "routine inspections paused, 2020 to 2021"

JOINT: Final = "children-in-care-and-care-leavers"
GRADE_ROWS: Final = (
    "overall",
    "help-and-protection",
    "children-in-care",
    "care-leavers",
    "adoption",
    "leadership",
    "safeguarding-board",
)
"""Rows of the grades. Children in care and care leavers are neighbours, for their joint grade."""
_AREA_ORDER: Final = tuple(dict.fromkeys((*GRADE_ROWS[:4], JOINT, *GRADE_ROWS[4:], *AREAS)))
HELD: Final[dict[str, str]] = {
    "primary": "primary document",
    "secondary": "secondary source only",
    "none": "no document",
}
SHAPES: Final[dict[str, str]] = {
    "inspection": "o",
    "re-inspection": "D",
    "focused-visit": "^",
    "monitoring-visit": "s",
    "improvement-notice": "P",
}
"""Marker of each kind of visit; the word stands in its column."""

_WIDTH: Final = 11.0
_LEFT: Final = 1.25
_EDGE: Final = 0.12
_NARROWEST: Final = 0.85
_WIDEST: Final = 1.6
_SIZE: Final = 8.5
_LINE: Final = 0.145
_AXIS: Final = 0.62
_STRIP: Final = 1.15
_FRAMEWORK: Final = 0.34
_ROW: Final = 0.44
_GAP: Final = 0.3
_YEAR_ROOM: Final = 0.5


def timeline(visits: pd.DataFrame, judgements: pd.DataFrame, *, authority: str) -> Chart:
    """Draw the visits in time and, below, the grades that their documents print.

    Parameters
    ----------
    visits
        `AuthorityData.visits`.
    judgements
        `AuthorityData.judgements`, with `visit`.
    authority
        Name shown.

    Returns
    -------
    Chart
        One hotspot per visit, to `#v-{visit}`; the data hold one row per visit and one per grade.
    """
    visits = visits.sort_values("order", kind="stable").reset_index(drop=True)
    grades = _grades(judgements, visits)
    rows = _rows(grades)
    with house_style():
        figure, spots = _draw(visits, grades, rows)
    return Chart(
        figure=figure,
        alt=_alt(visits, grades, authority),
        caption=_caption(visits, authority),
        data=_data(visits, grades),
        hotspots=tuple(spots),
        name="timeline",
    )


def month(start: str) -> str:
    """Return the month, or the year where no month is known, in which a visit began.

    Examples
    --------
    >>> month("2024-11-18"), month("2016")
    ('November 2024', '2016')
    """
    day = PartialDate.parse(start)
    return PartialDate(day.year, day.month).label


def period(visits: pd.DataFrame) -> str:
    """Return the months of the first and the latest visit, in words."""
    months = list(dict.fromkeys(visits["start"].map(month)))
    return " to ".join(dict.fromkeys([months[0], months[-1]])) if months else "no visit held"


def scope_words(areas: str) -> str:
    """Say in few words which areas a visit looked at.

    Examples
    --------
    >>> scope_words("help-and-protection;children-in-care-and-care-leavers;leadership")
    'all areas'
    >>> scope_words("children-in-care;adoption")
    'children in care, adoption'
    >>> scope_words("")
    'areas not known'
    """
    looked = expand_areas([area.strip() for area in areas.split(";") if area.strip()])
    wholes = {whole for whole, parts in AREA_PARTS.items() if looked.issuperset(parts)}
    if wholes == set(AREA_PARTS) and "leadership" in looked:
        return "all areas"
    covered = {part for whole in wholes for part in AREA_PARTS[whole]}
    named = [AREAS[area] for area in AREAS if area in (looked | wholes) - covered]
    return ", ".join(named) or "areas not known"


@dataclass(frozen=True)
class Visit:
    """A row of the table of visits, with its columns under their names."""

    visit: str
    kind: str
    framework: str
    start: str
    end: str
    areas: str
    label: str
    short: str
    held: str


def each_visit(visits: pd.DataFrame) -> list[Visit]:
    """Return the rows of a table of visits, typed, in its order."""
    names = [field.name for field in fields(Visit)]
    return [Visit(*map(str, row)) for row in visits[names].itertuples(index=False, name=None)]


@dataclass(frozen=True)
class Boundary:
    """A limit of what can be compared, between two visits.

    Attributes
    ----------
    before
        Position, in the table, of the first visit after it.
    label
        What it is, in words.
    """

    before: int
    label: str


def boundaries(visits: pd.DataFrame) -> list[Boundary]:
    """Return the changes of framework and the pause of inspections that fall between visits.

    Parameters
    ----------
    visits
        Visits in order; one without a framework, such as a notice, changes none.
    """
    named = [(i, name) for i, name in enumerate(visits["framework"]) if name]
    changed = [
        Boundary(now, f"new framework: {old} to {new}")
        for (_, old), (now, new) in pairwise(named)
        if old != new
    ]
    began = [PartialDate.parse(start).earliest for start in visits["start"]]
    after = [i for i, day in enumerate(began) if day > PAUSE[0]]
    paused = after and after[0] > 0 and any(day >= PAUSE[1] for day in began)
    found = changed + ([Boundary(after[0], PAUSE_LABEL)] if paused else [])
    return sorted(found, key=lambda boundary: boundary.before)


def _grades(judgements: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    """Return a row per visit and area; where two documents differ, both grades are named."""
    known = judgements[judgements["visit"].isin(visits["visit"])]
    order = known["visit"].map(visits.set_index("visit")["order"])
    area = known["area"].map({name: i for i, name in enumerate(_AREA_ORDER)})
    known = known.assign(_v=order, _a=area).sort_values(["_v", "_a"], kind="stable")
    together = known.groupby(["visit", "area"], sort=False)
    return together[["grade", "grade_printed"]].agg(_distinct).reset_index()


def _distinct(texts: pd.Series[str]) -> str:
    return " / ".join(dict.fromkeys(texts))


def _rows(grades: pd.DataFrame) -> list[str]:
    present = set(grades["area"])
    if JOINT in present:
        present = present - {JOINT} | set(AREA_PARTS[JOINT])
    return [area for area in _AREA_ORDER if area in present]


@dataclass(frozen=True)
class _Band:
    """A run of visits drawn side by side, in inches from the upper left corner."""

    visits: list[Visit]
    boundaries: list[Boundary]
    heads: list[list[tuple[str, str, str]]]
    rows: list[str]
    top: float
    column: float
    paused: bool

    @property
    def right(self) -> float:
        return _LEFT + self.column * len(self.visits)

    @property
    def head(self) -> float:
        return self.top + _STRIP

    @property
    def framework(self) -> float:
        return self.head + _LINE * max(map(len, self.heads)) + 0.12

    @property
    def grid(self) -> float:
        return self.framework + _FRAMEWORK

    @property
    def bottom(self) -> float:
        return self.grid + _ROW * max(1, len(self.rows))

    def centre(self, position: int) -> float:
        return _LEFT + self.column * (position + 0.5)


def _draw(
    visits: pd.DataFrame, grades: pd.DataFrame, rows: list[str]
) -> tuple[Figure, list[Hotspot]]:
    bands = _bands(visits, rows)
    if not bands:
        figure = new_figure(6, 1)
        inch_axes(figure).text(0.2, 0.5, "No visit is held.", va="center", color=INK)
        return figure, []
    figure = new_figure(max(b.right for b in bands) + _EDGE, bands[-1].bottom + _EDGE)
    axes = inch_axes(figure)
    for band in bands:
        _strip(axes, band)
        _heads(axes, band)
        _frameworks(axes, band)
        _grid(axes, band, grades)
    return figure, [spot for band in bands for spot in _spots(figure, axes, band, grades)]


def _bands(visits: pd.DataFrame, rows: list[str]) -> list[_Band]:
    room = _WIDTH - _LEFT - _EDGE
    count = ceil(len(visits) / int(room / _NARROWEST))
    limits = boundaries(visits)
    paused = any(limit.label == PAUSE_LABEL for limit in limits)
    everyone = each_visit(visits)
    bands: list[_Band] = []
    for places in np.array_split(np.arange(len(visits)), count) if count else []:
        part = [everyone[place] for place in places]
        column = min(_WIDEST, room / ceil(len(visits) / count))
        own = [Boundary(b.before - int(places[0]), b.label) for b in limits if b.before in places]
        heads = [_head(visit, column - 0.1) for visit in part]
        top = bands[-1].bottom + _GAP if bands else _EDGE
        bands.append(_Band(part, own, heads, rows, top, column, paused))
    return bands


def _head(visit: Visit, width: float) -> list[tuple[str, str, str]]:
    """Lines of a column's head: text, weight, colour."""
    held = [] if visit.held == "primary" else wrap(HELD[visit.held], width, _SIZE)
    return [
        *((line, "bold", INK) for line in wrap(visit.label, width, _SIZE, bold=True)),
        *((line, "normal", INK) for line in wrap(KINDS[visit.kind], width, _SIZE)),
        *((line, "normal", INK) for line in held),
        *((line, "normal", MUTED) for line in wrap(scope_words(visit.areas), width, _SIZE)),
    ]


def _strip(axes: Axes, band: _Band) -> None:
    """Draw the true time axis: years, pause, a mark per visit and its leader to the column."""
    days = [_days(visit) for visit in band.visits]
    years = range(days[0][0].year, max(day.year for _, day in days) + 2)
    scale = _Scale(date(years[0], 1, 1), date(years[-1], 1, 1), _LEFT, band.right)
    y = band.top + _AXIS
    axes.hlines(y, scale.left, scale.right, color=INK, lw=1)
    axes.text(_LEFT - 0.1, y, "time", ha="right", va="center", color=MUTED, fontsize=9)
    _years(axes, scale, years, y)
    if band.paused:
        _pause(axes, scale, y)
    for place, (visit, (first, last)) in enumerate(zip(band.visits, days, strict=True)):
        x = (scale.x(first) + scale.x(last)) / 2
        axes.plot([x, band.centre(place)], [y + 0.09, band.head - 0.06], color=MUTED, lw=0.8)
        axes.hlines(y, scale.x(first), scale.x(last), color=NAVY, lw=4)
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
    fill = NAVY if visit.held == "primary" else "white"
    axes.plot(
        [x], [y], marker=SHAPES[visit.kind], ms=10, mfc=fill, mec=NAVY, mew=1.6, ls="", zorder=5
    )


def _years(axes: Axes, scale: _Scale, years: range, y: float) -> None:
    step = ceil(_YEAR_ROOM * len(years) / (scale.right - scale.left))
    for year in years:
        x = scale.x(date(year, 1, 1))
        axes.vlines(x, y - 0.1, y, color=INK, lw=0.8)
        if (year - years[0]) % step == 0 and x < scale.right - 0.2:
            axes.text(x + 0.03, y - 0.13, str(year), color=MUTED, fontsize=9, va="bottom")


def _pause(axes: Axes, scale: _Scale, y: float) -> None:
    left, right = scale.x(PAUSE[0]), scale.x(PAUSE[1])
    if right <= left:
        return
    axes.add_patch(
        Rectangle((left, y - 0.1), right - left, 0.2, fc="white", ec=MUTED, hatch="////", lw=0.8)
    )
    half = text_width(PAUSE_LABEL, _SIZE) / 2
    x = min(max((left + right) / 2, half), scale.right - half)
    axes.text(x, y - 0.36, PAUSE_LABEL, ha="center", va="bottom", fontsize=_SIZE, color=INK)


def _heads(axes: Axes, band: _Band) -> None:
    for place, lines in enumerate(band.heads):
        for i, (text, weight, color) in enumerate(lines):
            axes.text(
                band.centre(place),
                band.head + _LINE * i,
                text,
                ha="center",
                va="top",
                fontsize=_SIZE,
                weight=weight,
                color=color,
            )


def _frameworks(axes: Axes, band: _Band) -> None:
    """Name each framework over its columns and draw the line at which one follows another."""
    breaks = [b.before for b in band.boundaries if b.label != PAUSE_LABEL]
    y = band.framework + _FRAMEWORK / 2
    axes.text(_LEFT - 0.1, y, "framework", ha="right", va="center", fontsize=9, color=MUTED)
    edges = [0, *breaks, len(band.visits)]
    for first, last in pairwise(edges):
        names = [v.framework for v in band.visits[first:last] if v.framework]
        x = _LEFT + band.column * (first + last) / 2
        text = _framework_label(names[0] if names else "", band.column * (last - first))
        axes.text(x, y, text, ha="center", va="center", fontsize=9, color=INK)
    for place in breaks:
        x = _LEFT + band.column * place
        axes.vlines(x, band.head - 0.02, band.bottom, color=INK, lw=1.4, ls=(0, (4, 3)))


def _framework_label(name: str, width: float) -> str:
    return next(
        (text for text in (FRAMEWORKS[name], name) if text_width(text, 9) < width - 0.1), name
    )


def _grid(axes: Axes, band: _Band, grades: pd.DataFrame) -> None:
    for i, area in enumerate(band.rows):
        y = band.grid + _ROW * i
        axes.hlines(y, _EDGE, band.right, color=GREY, lw=0.5, zorder=0)
        label = "\n".join(wrap(AREAS[area], _LEFT - 0.15, 9))
        weight = "bold" if area == "overall" else "normal"
        axes.text(
            _LEFT - 0.1, y + _ROW / 2, label, ha="right", va="center", fontsize=9, weight=weight
        )
    if not band.rows:
        text = "No grade is printed in the documents held."
        axes.text(_LEFT, band.grid + _ROW / 2, text, va="center", color=INK)
        return
    for place, visit in enumerate(band.visits):
        own = grades[grades["visit"] == visit.visit].set_index("area")["grade"]
        absent = (
            "not graded" if len(own) else "no grades" if visit.held == "primary" else "not known"
        )
        _column(axes, band, place, own, absent)


def _column(axes: Axes, band: _Band, place: int, grades: pd.Series[str], absent: str) -> None:
    for area, first, count in _cells(band.rows, list(grades.index)):
        x, y = _LEFT + band.column * place, band.grid + _ROW * first
        if area:
            _tile(axes, (x, y, band.column, _ROW * count), grades[area], joint=area == JOINT)
        elif len(grades) or first == 0:
            middle = (x + band.column / 2, y + _ROW / 2)
            axes.text(*middle, absent, ha="center", va="center", fontsize=_SIZE, color=MUTED)


def _cells(rows: list[str], graded: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Cells of a column from the top: area (blank where not graded), first row, number of rows."""
    shared = [r for r in AREA_PARTS[JOINT] if r not in graded] if JOINT in graded else []
    for i, row in enumerate(rows):
        if row in graded:
            yield row, i, 1
        elif row not in shared:
            yield "", i, 1
        elif row == shared[0]:
            yield JOINT, i, len(shared)


def _tile(axes: Axes, box: tuple[float, float, float, float], grade: str, *, joint: bool) -> None:
    x, y, width, height = box
    mark = GRADE_MARKS.get(grade, GRADE_MARKS["not judged"])
    edge = INK if mark.fill == "white" else "white"
    axes.add_patch(
        Rectangle((x + 0.02, y + 0.03), width - 0.04, height - 0.06, fc=mark.fill, ec=edge, lw=0.8)
    )
    word = mark.word if grade in GRADE_MARKS else grade
    lines = wrap(word, width - 0.05, _SIZE) + (["(joint grade)"] if joint else [])
    axes.text(
        x + width / 2,
        y + height / 2,
        "\n".join(lines),
        ha="center",
        va="center",
        fontsize=_SIZE,
        color=mark.ink,
    )


def _spots(figure: Figure, axes: Axes, band: _Band, grades: pd.DataFrame) -> Iterator[Hotspot]:
    overall = grades[grades["area"] == "overall"].set_index("visit")["grade"].to_dict()
    for place, visit in enumerate(band.visits):
        x = _LEFT + band.column * place
        grade = f"; overall {overall[visit.visit]}" if visit.visit in overall else ""
        label = f"{KINDS[visit.kind]}, {visit.label}: {HELD[visit.held]}{grade}"
        corners = [(x, band.head), (x + band.column, band.bottom)]
        yield visit_spot(figure, axes, corners, visit, label[0].upper() + label[1:])


def visit_spot(
    figure: Figure, axes: Axes, corners: list[tuple[float, float]], visit: Visit, label: str
) -> Hotspot:
    """Return a hotspot between two opposite corners (in data) that leads to a visit."""
    (x0, y0), (x1, y1) = axes.transData.transform(corners).tolist()
    return Hotspot(*percent_box(figure, x0, y0, x1, y1), href=f"#v-{visit.visit}", label=label)


def _alt(visits: pd.DataFrame, grades: pd.DataFrame, authority: str) -> str:
    return (
        f"Timeline of {_number(len(visits), 'visit')} to {authority}, {period(visits)}, and the "
        f"grades printed by area. {_overall(visits, grades)}{_unheld(visits)}"
    )


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
    parts = [f"{_number(held[kind], 'visit')} {w}" for kind, w in words.items() if kind in held]
    return f" Among them {' and '.join(parts)}." if parts else ""


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _caption(visits: pd.DataFrame, authority: str) -> str:
    changed = any(limit.label != PAUSE_LABEL for limit in boundaries(visits))
    line = " The dashed line is a change of framework: rules differ on its two sides."
    return (
        f"Visits to {authority} and printed grades, {period(visits)}: at least "
        f"{_number(len(visits), 'visit')}, those known of. Marks on the time axis lead to a column "
        "per visit; the shape is the kind of visit, and a hollow mark means that no primary "
        'document is held. Grades are as printed; "not graded" says that the inspection printed '
        f"none for the area, which tells nothing about it.{line if changed else ''}"
    )


def _data(visits: pd.DataFrame, grades: pd.DataFrame) -> pd.DataFrame:
    """Return a row per visit, without area, and one per grade after it."""
    own = dict(list(grades.groupby("visit", sort=False)))
    rows = [
        [*_described(visit), *grade]
        for visit in each_visit(visits)
        for grade in [["", "", ""], *_printed(own.get(visit.visit))]
    ]
    names = ["Dates", "Kind", "Framework", "Looked at", "Held", "Area", "Grade", "As printed"]
    return pd.DataFrame(rows, columns=names)


def _described(visit: Visit) -> list[str]:
    looked = scope_words(visit.areas)
    return [visit.label, KINDS[visit.kind], visit.framework, looked, HELD[visit.held]]


def _printed(grades: pd.DataFrame | None) -> list[list[str]]:
    if grades is None:
        return []
    named = grades.assign(area=grades["area"].map(AREAS))
    return named[["area", "grade", "grade_printed"]].to_numpy().tolist()
