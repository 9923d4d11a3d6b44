"""A path in plain words: when, and how good, with what speaks against a level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from analysis.english import how_good
from analysis.report.sentences.plain import levels_said
from analysis.results.columns import whens
from analysis.results.results import Results
from analysis.tables import Row, records
from analysis.vocabulary import ALL_COHORTS, COHORTS, LEVELS

_PLAIN: Final = {"strength": "strengths", "weakness": "weaknesses"}
"""The count of paragraphs that say a level outright."""
_NEAR_MIXED: Final = 0.25
"""Votes whose mean lies nearer to even than so say a mixed picture before they say a level."""
_AGAINST: Final = {"strength": ("mixed", "weaknesses"), "weakness": ("mixed", "strengths")}


class Paths:
    """Says paths of one authority."""

    def __init__(self, results: Results) -> None:
        self._when = whens(results)
        self._cells = {
            (str(row["theme"]), str(row["cohort"]), str(row["visit"])): row
            for row in records(results.statuses)
        }

    def said(self, path: Row) -> str:
        """Say the levels of a path (a row of `Results.paths`), each run of one once.

        A level against which a paragraph speaks, or on which a need stands though it is a strength,
        is said to be mostly so; one that no paragraph says outright, or whose votes lie nearer to
        even than to it, to be mixed to it. Where both ends rest on one paragraph, and no need or
        headline speaks of it there too, that is said.
        """
        pairs = [pair.split("=") for pair in str(path["levels"]).split()]
        theme, cohort = str(path["theme"]), str(path["cohort"])
        said = levels_said([(self._when[v], self.how(theme, [cohort], v)) for v, _ in pairs])
        return said + (self._alone(theme, cohort, [v for v, _ in pairs]))

    def how(self, theme: str, cohorts: Iterable[str], visit: str) -> str:
        """Say how good a theme was at a visit for cohorts that share the level: `mostly weak`."""
        cells = [cell for cohort in cohorts for cell in self._judged(theme, cohort, visit)]
        level = str(cells[0]["status"])
        if level in _PLAIN and all(_near_mixed(cell, level) for cell in cells):
            return f"mixed to {how_good(level)}"
        against = any(cell[count] for cell in cells for count in _AGAINST.get(level, ()))
        needed = level == "strength" and any(cell["needed"] for cell in cells)
        return f"mostly {how_good(level)}" if against or needed else how_good(level)

    def lean(self, theme: str, cohort: str, visit: str) -> float:
        """Return half a level, up or down, where `how` says `mixed to` one; else nothing."""
        level = str(self._judged(theme, cohort, visit)[0]["status"])
        near = self.how(theme, [cohort], visit).startswith("mixed to")
        return (LEVELS[level] - LEVELS["mixed"]) / 2 if near else 0.0

    def _judged(self, theme: str, cohort: str, visit: str) -> list[Row]:
        """Statuses of a cohort; of all cohorts those of each that was judged."""
        if cohort != ALL_COHORTS:
            return [self._cells[theme, cohort, visit]]
        every = (self._cells.get((theme, each, visit)) for each in COHORTS)
        return [cell for cell in every if cell and cell["status"] in LEVELS]

    def _alone(self, theme: str, cohort: str, visits: Sequence[str]) -> str:
        alone = [
            len(str(self._cells[theme, cohort, visit]["findings"]).split()) == 1 for visit in visits
        ]
        if not (alone[0] and alone[-1]):
            return ""
        if len(visits) == 1:
            return ", on one paragraph"
        return f", {'each time' if all(alone) else 'first and last'} on one paragraph"


def _near_mixed(cell: Row, level: str) -> bool:
    """Whether no paragraph says a level outright, or their votes lie nearer to even than to it."""
    if not cell["votes"]:
        return False
    return not cell[_PLAIN[level]] or abs(float(cell["balance"]) - 0.5) < _NEAR_MIXED
