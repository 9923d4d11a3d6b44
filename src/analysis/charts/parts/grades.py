"""Printed grades: a row per area, black bars by height, shared ones over both of their areas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.parts.bands import LEFT, ROW, Band
from analysis.charts.parts.drawing import EDGE, LINE, SIZE, Box, draw_boxes, write
from analysis.charts.parts.style import INK, MUTED, STAVE, wrap
from analysis.english import sentence_case
from analysis.vocabulary import AREA_PARTS, AREAS

STEPS: Final = {
    "outstanding": 0, "good": 1, "requires improvement": 2, "adequate": 2, "inadequate": 3,
}  # fmt: skip
"""Steps of a grade down from the best; `adequate` was the same step under another name."""
STEP: Final = 0.08
"""How much lower a step stands, in inches."""
_THICK: Final = 0.06
_TOP: Final = 0.06
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


def grades_of(judgements: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    """Return a row per visit and area; where two documents differ, both grades are named."""
    known = judgements[judgements["visit"].isin(visits["visit"])]
    order = known["visit"].map(visits.set_index("visit")["order"])
    area = known["area"].map({name: i for i, name in enumerate(_AREA_ORDER)})
    known = known.assign(_v=order, _a=area).sort_values(["_v", "_a"], kind="stable")
    together = known.groupby(["visit", "area"], sort=False)
    return together[["grade", "grade_printed"]].agg(_distinct).reset_index()


def _distinct(texts: pd.Series[str]) -> str:
    return " / ".join(dict.fromkeys(texts))


def rows_of(grades: pd.DataFrame) -> list[str]:
    """Return the areas that are graded anywhere, a joint grade as both of its areas."""
    present = set(grades["area"])
    if JOINT in present:
        present = present - {JOINT} | set(AREA_PARTS[JOINT])
    return [area for area in _AREA_ORDER if area in present]


def draw_grades(axes: Axes, band: Band, grades: pd.DataFrame) -> None:
    """Draw the rows of a band: areas at the left, grades under their visits."""
    for i, area in enumerate(band.rows):
        y = band.grid + ROW * i
        axes.hlines(y, EDGE, band.right, color=STAVE, lw=0.5, zorder=0)
        label = wrap(AREAS[area], LEFT - 0.15, SIZE)
        _middle(axes, LEFT - 0.1, y + ROW / 2, label, align="right", bold=area == "overall")
    if not band.rows:
        text = "No grade is printed in the documents held."
        _middle(axes, LEFT, band.grid + ROW / 2, [text], align="left")
        return
    for place, visit in enumerate(band.visits):
        own = grades[grades["visit"] == visit.visit].set_index("area")["grade"]
        absent = (
            "not graded" if len(own) else "no grades" if visit.held == "primary" else "not known"
        )
        _column(axes, band, place, own, absent)


def _column(axes: Axes, band: Band, place: int, grades: pd.Series[str], absent: str) -> None:
    for area, first, count in _cells(band.rows, list(grades.index)):
        x, y = band.edges[place], band.grid + ROW * first
        if area:
            box = Box(x, y, band.edges[place + 1], y + ROW * count)
            _grade(axes, box, grades[area], joint=area == JOINT)
        elif len(grades) or first == 0:
            _middle(axes, band.centre(place), y + ROW / 2, [absent], colour=MUTED)


def _middle(
    axes: Axes, x: float, y: float, lines: Sequence[str], *, align: str = "center",
    colour: str = INK, bold: bool = False,
) -> None:  # fmt: skip
    """Write lines about a height."""
    top = y - len(lines) * LINE / 2
    write(axes, x, top, lines, align=align, colour=colour, bold=bold)


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


def _grade(axes: Axes, box: Box, grade: str, *, joint: bool) -> None:
    """Draw a bar at the height of a grade, double where areas share it, and its word below.

    What stands on no ladder, as an inspection that did not judge, has no bar.
    """
    words = wrap(sentence_case(grade), box.x1 - box.x0 - 0.04, SIZE)
    words += ["(joint grade)"] if joint else []
    if grade not in STEPS:
        _middle(axes, *box.middle, words, colour=MUTED)
        return
    top = box.tall(ROW).y0 + _TOP + STEP * STEPS[grade]
    bar = Box(box.x0 + 0.03, top, box.x1 - 0.03, top + _THICK)
    half = _THICK / 2
    bars = [replace(bar, y1=top + half), replace(bar, y0=top + 2 * half, y1=top + 3 * half)]
    bars = bars if joint else [bar]
    draw_boxes(axes, bars, facecolor=INK)
    write(axes, box.middle[0], bars[-1].y1 + 0.03, words, align="center")
