"""The question: which quantity words do inspectors use for strengths, and which for weaknesses.

The words are the inspectors' own and an order with ties; nobody has said which shares they stand
for. So words are counted, never turned into numbers, and no panel is summed up into one. A word
belongs to the code whose judgement it governs. Where no code of a visit names one, its inspectors
may have used none, or its coders noted none: that is said, and no nought stands for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.parts.chart import Hotspot
from analysis.charts.parts.drawing import (
    LINE,
    SIZE,
    WIDTH,
    Box,
    draw_boxes,
    draw_symbols,
    visit_spot,
    write,
)
from analysis.charts.parts.kind import Kind
from analysis.charts.parts.style import (
    BAND,
    INK,
    MARKS,
    MUTED,
    POINTS,
    inch_axes,
    new_figure,
    text_width,
    wrap,
)
from analysis.charts.parts.visits import PAUSE_LABEL, Visit, boundaries, each_visit, period
from analysis.dates import month
from analysis.english import join, plural
from analysis.results.results import Results
from analysis.results.votes import voting
from analysis.vocabulary import EXTENTS, INSPECTIONS, KINDS, NOTICE

SIDES: Final = ("strength", "mixed", "weakness")
OUTSIDE: Final = "too many"
"""The one extent that stands outside the order; its row is set apart."""
NONE: Final = "–"
"""Stands for the number at a visit none of whose voting codes names a word."""
TITLE: Final = 11.0

_LEFT: Final = 1.28
_EDGE: Final = 0.12
_GAP: Final = 0.14
_ROW: Final = 0.31
_APART: Final = 0.1
_RADIUS: Final = 0.15
_NARROWEST: Final = 0.37
"""Columns of visits narrower than this get the whole width: one direction below the other."""
_WIDEST: Final = 0.7
_NAMED: Final = 1.2
"""Room for the name of a direction over its panel, however few the visits."""
_HEADS: Final = 4
"""Lines over a panel: direction, month, year, number of findings with any word."""


class Extents(Kind):
    """Of how many findings the codes carry each extent word, a panel per direction.

    A column for each visit with a primary document, notices left out, and a hotspot for each visit
    and panel, to `#v-{visit}`; the data hold one row per circle.
    """

    name = "extents"
    label = "Quantity words"
    question = "How widely did inspectors say so?"
    nothing = "No code of a primary document names an extent word and casts a vote."

    def __init__(self, results: Results, themes: Sequence[str] = ()) -> None:
        super().__init__(results, themes)
        visits = results.data.visits
        self.visits = visits[visits["kind"] != NOTICE].sort_values("order", kind="stable")
        self.shown = self.visits[self.visits["held"] == "primary"].reset_index(drop=True)
        self.counts = _counts(results.coded, each_visit(self.shown))

    @property
    def empty(self) -> bool:
        """Whether no code that votes names a word."""
        return not any(count.counts for count in self.counts)

    def draw(self) -> tuple[Figure, Iterable[Hotspot]]:
        """Draw the panels, side by side where there is room."""
        used = {word for visit in self.counts for word, _side in visit.counts}
        grid = _Grid(len(self.counts), tuple(word for word in EXTENTS if word in used))
        unit = _RADIUS / sqrt(max(n for visit in self.counts for n in visit.counts.values()))
        figure = new_figure(*grid.size)
        axes = inch_axes(figure)
        for side in SIDES:
            if SIDES.index(side) % grid.across == 0:
                _words(axes, grid, side)
            _heads(axes, grid, side, self.counts)
            _circles(axes, grid, side, self.counts, unit)
            _breaks(axes, grid, side, self.shown)
        return figure, (
            _spot(axes, grid, side, place, visit)
            for side in SIDES
            for place, visit in enumerate(self.counts)
        )

    def alt(self) -> str:
        """Tell the words met most often with a weakness."""
        return (
            "Number of findings with each extent word of the inspectors, by direction, at each "
            f"visit to {self.authority}, {period(self.shown)}. {_commonest(self.counts)}"
        )

    def caption(self) -> str:
        """Say how to read it."""
        return _caption(self.counts, self.authority, self.visits)

    def data(self) -> pd.DataFrame:
        """Return a row for each circle."""
        rows = [
            [visit.visit.label, KINDS[visit.visit.kind], word, side, count, visit.n]
            for visit in self.counts
            for (word, side), count in visit.counts.items()
        ]
        columns = ["Visit", "Kind", "Extent word", "Direction", "Findings", "Findings of the visit"]
        return pd.DataFrame(rows, columns=columns)


@dataclass(frozen=True)
class _Count:
    """Findings with an extent word at one visit.

    Attributes
    ----------
    visit
        The visit.
    voting
        Findings whose codes vote.
    n
        Those of them with an extent word.
    counts
        Findings by word and direction; one finding counts once per direction.
    """

    visit: Visit
    voting: int
    n: int
    counts: dict[tuple[str, str], int]

    @property
    def wordless(self) -> bool:
        """Whether codes vote and none names a word."""
        return self.voting > 0 and not self.n


def _counts(coded: pd.DataFrame, visits: list[Visit]) -> list[_Count]:
    """Count findings that cast a vote; what repeats them, and other sources, are left out."""
    votes = voting(coded[coded["source"] == "primary"])
    kept = votes[votes["vote"].isin(["body", "part"])]
    return [_count(visit, kept[kept["visit"] == visit.visit]) for visit in visits]


def _count(visit: Visit, kept: pd.DataFrame) -> _Count:
    said = kept[["finding", "extent", "direction"]].drop_duplicates()
    said = said[said["extent"] != ""]
    met = Counter(zip(said["extent"], said["direction"], strict=True))
    order = [(word, side) for word in EXTENTS for side in SIDES if met[word, side]]
    return _Count(
        visit,
        voting=kept["finding"].nunique(),
        n=said["finding"].nunique(),
        counts={key: met[key] for key in order},
    )


@dataclass(frozen=True)
class _Grid:
    """Places of panels (a direction each), rows (words) and columns (visits), in inches."""

    visits: int
    words: tuple[str, ...]

    @property
    def across(self) -> int:
        room = WIDTH - _LEFT - _EDGE - _GAP * (len(SIDES) - 1)
        return len(SIDES) if room / len(SIDES) / self.visits >= _NARROWEST else 1

    @property
    def step(self) -> float:
        """Width of a column."""
        room = WIDTH - _LEFT - _EDGE - _GAP * (self.across - 1)
        return min(max(_WIDEST, _NAMED / self.visits), room / self.across / self.visits)

    @property
    def panel(self) -> float:
        return self.step * self.visits

    @property
    def body(self) -> float:
        return _ROW * len(self.words) + (_APART if OUTSIDE in self.words else 0)

    @property
    def head(self) -> float:
        return _HEADS * LINE + 0.12

    @property
    def size(self) -> tuple[float, float]:
        width = _LEFT + self.across * (self.panel + _GAP) - _GAP + _EDGE
        down = len(SIDES) // self.across
        return max(width, 6.0), _EDGE + down * (self.head + self.body + 0.12)

    def corner(self, side: str) -> tuple[float, float]:
        """Left end of a panel, and the top of its first row."""
        down, across = divmod(SIDES.index(side), self.across)
        top = _EDGE + down * (self.head + self.body + 0.12) + self.head
        return _LEFT + across * (self.panel + _GAP), top

    def row(self, word: str) -> float:
        """Middle of a word's row, below the top of the first."""
        return _ROW * (self.words.index(word) + 0.5) + (_APART if word == OUTSIDE else 0)

    def column(self, place: int) -> float:
        """Middle of a visit's column, from the left end of its panel."""
        return (place + 0.5) * self.step


def _words(axes: Axes, grid: _Grid, side: str) -> None:
    """Write the extent words left of a row of panels, on a light ground for every other row."""
    _left, top = grid.corner(side)
    right = grid.size[0] - _EDGE
    grounds = []
    for i, word in enumerate(grid.words):
        y = top + grid.row(word)
        write(axes, _LEFT - 0.1, y - LINE / 2, word, align="right")
        if i % 2 == 0:
            grounds.append(Box(_EDGE, y - _ROW / 2, right, y + _ROW / 2))
    draw_boxes(axes, grounds, facecolor=BAND, zorder=0)
    if OUTSIDE in grid.words:
        y = top + grid.row(OUTSIDE) - (_ROW + _APART) / 2
        axes.hlines(y, _EDGE, right, color=MUTED, lw=0.8)
    y = top - grid.head + 3 * LINE + 0.12
    write(axes, _LEFT - 0.1, y, "any of them", align="right", colour=MUTED)


def _heads(axes: Axes, grid: _Grid, side: str, counts: list[_Count]) -> None:
    """Write the direction over its visits, and over each visit its date and n."""
    left, top = grid.corner(side)
    y, mark = top - grid.head, MARKS[side]
    write(axes, left + 0.24, y, side, size=TITLE, bold=True)
    place = (left + 0.1, y + LINE / 2 + 0.01)
    draw_symbols(axes, [place], mark.symbol, fill=mark.fill, edge="none", size=70)
    line = Box(left, y + LINE + 0.06, left + grid.panel, y + LINE + 0.095)
    draw_boxes(axes, [line], facecolor=mark.fill)
    for i, visit in enumerate(counts):
        *months, year = visit.visit.short.split()
        date = [*(months or [""]), year if grid.step > _NARROWEST else f"\u2019{year[-2:]}"]
        n = NONE if visit.wordless else str(visit.n)
        write(axes, left + grid.column(i), y + LINE + 0.12, [*date, n],
              align="center", colour=MUTED)  # fmt: skip


def _circles(axes: Axes, grid: _Grid, side: str, counts: list[_Count], unit: float) -> None:
    """Draw a panel's counts; `unit` is the radius in inches of a count of one."""
    left, top = grid.corner(side)
    mark, places = MARKS[side], dict[int, list[tuple[float, float]]]()
    for i, visit in enumerate(counts):
        for (word, direction), count in visit.counts.items():
            if direction == side:
                place = (left + grid.column(i), top + grid.row(word))
                places.setdefault(count, []).append(place)
    for count, alike in sorted(places.items()):
        radius = unit * sqrt(count)
        draw_symbols(axes, alike, "o", fill=mark.fill, edge="none",
                     size=(2 * radius * POINTS) ** 2, above=2)  # fmt: skip
        inside = 2 * radius > 0.05 + max(0.12, text_width(str(count), SIZE))
        for x, y in alike:
            if inside:
                write(axes, x, y - 0.052, str(count), align="center", colour=mark.ink)
            else:
                write(axes, x + radius + 0.03, y - 0.052, str(count))


def _breaks(axes: Axes, grid: _Grid, side: str, shown: pd.DataFrame) -> None:
    """Draw a dashed line where the framework changes, named beside the first panel."""
    left, top = grid.corner(side)
    for limit in boundaries(shown):
        if limit.label != PAUSE_LABEL:
            x = left + limit.before * grid.step
            first = top - grid.head + LINE + 0.12
            axes.plot([x, x], [first, top + grid.body], color=INK, lw=1.2, dashes=(5, 3), zorder=4)
            if side == SIDES[0]:
                words = limit.label.rpartition(" framework: ")[2]
                lines = wrap(f"dashed: {words}", _LEFT - _EDGE - 0.1, SIZE)
                write(axes, _EDGE, top - grid.head, lines, colour=MUTED)


def _spot(axes: Axes, grid: _Grid, side: str, place: int, count: _Count) -> Hotspot:
    left, top = grid.corner(side)
    x = left + place * grid.step
    box = Box(x, top - 3 * LINE, x + grid.step, top + grid.body)
    here = sum(n for (_word, direction), n in count.counts.items() if direction == side)
    label = (
        f"{count.visit.short}: {side} in {here} of {plural(count.n, 'finding')} with an extent word"
    )
    return visit_spot(axes, box, count.visit, label)


def _commonest(counts: list[_Count]) -> str:
    """Name the words met most often with a weakness at the first and the latest inspection."""
    whole = [count for count in counts if count.visit.kind in INSPECTIONS and count.n]
    if not whole:
        return "No inspection has a finding with such a word."
    told = dict.fromkeys(map(_commonest_at, (whole[0], whole[-1])))
    return f"The words found most often with weaknesses: {'; '.join(told)}."


def _commonest_at(count: _Count) -> str:
    weak = {word: n for (word, side), n in count.counts.items() if side == "weakness"}
    most = max(weak.values(), default=0)
    words = " and ".join(f'"{word}"' for word, n in weak.items() if n == most)
    return (
        f"{words or 'none'} ({most} of {plural(count.n, 'finding')} in {month(count.visit.start)})"
    )


def _caption(counts: list[_Count], authority: str, visits: pd.DataFrame) -> str:
    return (
        f"Extent words in codes of findings about {authority}, {period(visits)}: a circle is the "
        "number of findings at one visit that use the word; below each date stands how many use "
        "any. The words are "
        'the inspectors\' own, an order with ties from "all" to "none" and never percentages; '
        f'"{OUTSIDE}" stands outside the order. Documents differ in length: compare within a visit.'
        f"{_wordless(counts)}"
    )


def _wordless(counts: list[_Count]) -> str:
    """Say at which visits no code names a word."""
    dates = [month(count.visit.start) for count in counts if count.wordless]
    if not dates:
        return ""
    where = "any visit" if len(dates) == len(counts) else join(dates)
    return f" No code of {where} names such a word: inspectors used none, or coders noted none."
