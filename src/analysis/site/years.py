"""A theme over the years: how many authorities inspectors judged, and how, by the rules then."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final, NamedTuple

from analysis.results.staves import NOT_LOOKED
from analysis.site.tables import NEW_RULES, Tables
from analysis.vocabulary import (
    ALL_COHORTS,
    DIFFERS,
    INSPECTIONS,
    JUDGED,
    PARTNERSHIP_KINDS,
)

BANDS: Final = {"strength": "strength", "mixed": "mixed", DIFFERS: "groups differ",
                "weakness": "weakness"}  # fmt: skip
"""Levels from the top of the chart down, in words."""
PAUSED: Final = (2020, 2021)
"""Years between which inspections stood still."""
_SIDE, _PITCH, _ACROSS = 8, 10, 4
_WIDTH, _LEFT, _GAP = 56, 92, 14


@dataclass(frozen=True)
class Year:
    """Authorities that inspectors judged in a year, by the level at their last visit of it.

    Attributes
    ----------
    year
        The year.
    new_rules
        Whether these visits followed the rules from 2018 on.
    counts
        Authorities by level, every level of `BANDS`.
    """

    year: int
    new_rules: bool
    counts: dict[str, int]

    @property
    def label(self) -> str:
        """The year; that of the last visits under old rules is told apart from the first of new."""
        late = not self.new_rules and self.year >= int(NEW_RULES)
        return f"{self.year}, old rules" if late else str(self.year)

    @property
    def total(self) -> int:
        """Authorities that were judged."""
        return sum(self.counts.values())


def years(tables: Tables, theme: str) -> list[Year]:
    """Count by year and rules; of an authority that was judged more often the last visit counts.

    Visits to a whole partnership, of social care with health and police, are left out.
    """
    last: dict[tuple[bool, int, str], str] = {}
    for visit, held in tables.of_theme(theme):
        status = str(held[ALL_COHORTS]["status"])
        if status in JUDGED and visit.kind not in PARTNERSHIP_KINDS:
            last[visit.new_rules, visit.year, visit.authority] = status
    keys = sorted({key[:2] for key in last})
    counted = {key: Counter(level for k, level in last.items() if k[:2] == key) for key in keys}
    return [
        Year(year, new, {band: counted[new, year][band] for band in BANDS}) for new, year in keys
    ]


class Full(NamedTuple):
    """Full inspections under the rules from 2018 that looked at a theme; how many found it weak."""

    looked: int
    weak: int

    @property
    def share(self) -> str:
        """Share that found it weak, in per cent."""
        return f"{100 * self.weak / self.looked:.0f}"


def full_inspections(tables: Tables, theme: str) -> Full:
    """Count them, as `analysis.england.shares` does: weak is what is so for every group judged."""
    found = [
        str(held[ALL_COHORTS]["status"])
        for visit, held in tables.of_theme(theme)
        if visit.new_rules and visit.kind in INSPECTIONS
    ]
    return Full(sum(status != NOT_LOOKED for status in found), found.count("weakness"))


@dataclass(frozen=True)
class Picture:
    """The squares of a chart: places for a template to draw.

    Attributes
    ----------
    columns
        Year, its left edge, and level to the path of its squares.
    width, height
        In units of the picture.
    bands
        Words of a band and its middle.
    rules, pause
        Where the dashed line and the left edge of the grey band stand, or None.
    foot
        Where the years stand.
    """

    columns: list[tuple[Year, int, dict[str, str]]]
    width: int
    height: int
    bands: list[tuple[str, int]]
    rules: int | None
    pause: int | None
    foot: int


def picture(held: list[Year]) -> Picture:
    """Lay out a square for each authority: bands from strength down, one column a year."""
    rows = {band: max((-(-y.counts[band] // _ACROSS) for y in held), default=0) for band in BANDS}
    tops, bands, top = {}, [], 30
    for band, count in rows.items():
        height = max(count, 2) * _PITCH
        tops[band] = top + height
        bands.append((BANDS[band], top + height // 2 + 4))
        top += height + _GAP
    columns, left, rules, pause = [], _LEFT, None, None
    for at, year in enumerate(held):
        before = held[at - 1] if at else None
        if before and year.new_rules and not before.new_rules:
            rules, left = left + 6, left + 20
        if before and year.new_rules and (before.year, year.year) == PAUSED:
            pause, left = left, left + _WIDTH
        squares = {band: _squares(left, tops[band], year.counts[band]) for band in BANDS}
        columns.append((year, left, squares))
        left += _WIDTH
    return Picture(columns, left + 4, top + 34, bands, rules, pause, top)


def _squares(left: int, bottom: int, count: int) -> str:
    """Return the path of so many squares, filled from the bottom."""
    return "".join(
        f"M{left + at % _ACROSS * _PITCH} {bottom - (at // _ACROSS + 1) * _PITCH}"
        f"h{_SIDE}v{_SIDE}h-{_SIDE}z"
        for at in range(count)
    )
