"""Every theme under the area whose service or work it is about, with a mark for each visit.

A row holds the cohorts of one area: where they differ at a visit its cell holds two levels. What
nobody looked at, what was looked at and not mentioned, and what was judged are three things.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from analysis.results.absences import absence
from analysis.results.results import Results
from analysis.tables import Row, records
from analysis.vocabulary import ALL_COHORTS, CONFIDENCE, LEVELS, NO_DOCUMENT, NOTICE, looked_at

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "help-and-protection": ("children-in-need-of-help-or-protection",),
    "children-in-care": ("children-in-care",),
    "care-leavers": ("care-leavers", "personal-advisers"),
    "leadership": ("social-workers", "managers-and-reviewing-officers", "not-stated"),
}
"""Areas with a grade, and the cohorts whose service or work each is."""
GROUP_NAMES: Final = {
    "help-and-protection": "Children who need help and protection",
    "children-in-care": "Children in care",
    "care-leavers": "Care leavers and their advisers",
    "leadership": "Leaders, staff and the whole service",
}
"""The same areas, as a page heads what belongs to them."""
NOT_LOOKED: Final = "not in scope"
NOT_MENTIONED: Final = "silent"


@dataclass(frozen=True)
class Mark:
    """A level of a theme at a visit.

    Attributes
    ----------
    level
        Of `vocabulary.LEVELS`.
    confidence
        The highest of the cohorts that share the level.
    cohorts
        Who they are.
    findings
        Ids of the paragraphs behind it.
    weighty
        Ids that a reader of the whole document named for it, the weightiest first.
    settled
        Of these the first of each cohort whose level was settled with a reason: it tells the level.
    """

    level: str
    confidence: str
    cohorts: tuple[str, ...]
    findings: tuple[str, ...]
    weighty: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """A theme at a visit: its levels, strongest first, or why there is none."""

    visit: str
    marks: tuple[Mark, ...] = ()
    state: str = NOT_MENTIONED


@dataclass(frozen=True)
class Stave:
    """A theme and the cohorts that share a row, with a cell for each visit that is read."""

    theme: str
    cohorts: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def latest(self) -> Cell:
        """The cell of the latest visit."""
        return self.cells[-1]

    @property
    def judged(self) -> list[Cell]:
        """The cells that hold a level."""
        return [cell for cell in self.cells if cell.marks]


def read_visits(results: Results) -> list[str]:
    """Return the visits of which a document that counts is held, notices aside, in order."""
    whole = results.whole()
    known = set(whole.loc[whole["status"] != NO_DOCUMENT, "visit"])
    visits = results.data.visits[results.data.visits["kind"] != NOTICE]
    return [visit for visit in visits["visit"] if visit in known]


class Staves:
    """Rows of marks of one authority: its statuses, ready to be looked up."""

    def __init__(self, results: Results) -> None:
        self.codebook = results.data.codebook
        self.visits = read_visits(results)
        areas = zip(results.data.visits["visit"], results.data.visits["areas"], strict=True)
        self._looked = {str(visit): looked_at(str(names)) for visit, names in areas}
        self._rows = {
            (str(row["theme"]), str(row["cohort"]), str(row["visit"])): row
            for row in records(results.statuses)
        }
        self._kept: dict[tuple[str, tuple[str, ...]], Stave] = {}

    def of(self, cohorts: Sequence[str], themes: Iterable[str] = ()) -> list[Stave]:
        """Return a row for each theme that any visit judged for one of the cohorts.

        Parameters
        ----------
        cohorts
            Those that share a row.
        themes
            Ids; all for none. Their order is the codebook's.
        """
        wanted = set(themes) or set(self.codebook.ids)
        found = [self.row(theme, cohorts) for theme in self.codebook.ids if theme in wanted]
        return [stave for stave in found if stave.judged]

    def row(self, theme: str, cohorts: Sequence[str]) -> Stave:
        """Return the row of a theme for some cohorts, whether or not any visit judged it."""
        key = (theme, tuple(cohorts))
        if key not in self._kept:
            self._kept[key] = Stave(theme, key[1], self._cells(theme, cohorts))
        return self._kept[key]

    def by_cohort(self, theme: str) -> list[Stave]:
        """Return a row for each cohort for which any visit judged the theme."""
        every = [cohort for group in GROUPS.values() for cohort in group]
        return [stave for cohort in every for stave in self.of([cohort], [theme])]

    def unseen(self, theme: str, cohorts: Sequence[str]) -> set[str]:
        """Return the read visits at which nobody looked at a theme where its cohorts are met."""
        return {c.visit for c in self.row(theme, cohorts).cells if c.state == NOT_LOOKED}

    def _cells(self, theme: str, cohorts: Sequence[str]) -> tuple[Cell, ...]:
        cells = []
        for visit in self.visits:
            found = [row for c in cohorts if (row := self._rows.get((theme, c, visit)))]
            marks = marks_of(row for row in found if row["status"] in LEVELS)
            silent = bool(found) or self._is_silent(theme, cohorts, visit)
            state = "" if marks else NOT_MENTIONED if silent else NOT_LOOKED
            cells.append(Cell(visit, marks, state))
        return tuple(cells)

    def _is_silent(self, theme: str, cohorts: Sequence[str], visit: str) -> bool:
        """Whether a visit looked where any of the cohorts is met, and said nothing of them."""
        whole = str(self._rows[theme, ALL_COHORTS, visit]["status"])
        why = (absence(whole, c, theme, self._looked[visit], self.codebook) for c in cohorts)
        return any(said != NOT_LOOKED for said in why)


@lru_cache(maxsize=4)
def staves_of(results: Results) -> Staves:
    """Return the rows of marks of an authority, made once for all who ask."""
    return Staves(results)


def marks_of(rows: Iterable[Row]) -> tuple[Mark, ...]:
    """Return the levels that rows of statuses hold, each once with its cohorts, strongest first."""
    by_level: dict[str, list[Row]] = {}
    for row in rows:
        by_level.setdefault(str(row["status"]), []).append(row)
    return tuple(
        Mark(
            level,
            max((str(row["confidence"]) for row in by_level[level]), key=CONFIDENCE.index),
            tuple(str(row["cohort"]) for row in by_level[level]),
            _ids(by_level[level], "findings"),
            _ids(by_level[level], "document_findings"),
            tuple(
                str(row["document_findings"]).partition(" ")[0]
                for row in by_level[level]
                if row["resolved_level"]
            ),
        )
        for level in sorted(by_level, key=lambda level: -LEVELS[level])
    )


def _ids(rows: Iterable[Row], column: str) -> tuple[str, ...]:
    """Ids that a column of some rows lists, each once."""
    return tuple(dict.fromkeys(" ".join(str(row[column]) for row in rows).split()))


def by_latest(rows: Iterable[Stave]) -> list[Stave]:
    """Order rows by the level of the latest visit, strongest first; what has none is last."""

    def place(stave: Stave) -> int:
        marks = stave.latest.marks
        return -sum(LEVELS[mark.level] + 1 for mark in marks) * 2 // len(marks) if marks else 0

    return sorted(rows, key=place)
