"""A path in plain words: when, and how good, with what speaks against a level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.english import how_good
from analysis.report.sentences.plain import levels_said
from analysis.results.columns import whens
from analysis.results.results import Results
from analysis.tables import Row

_AGAINST = {"strength": ("mixed", "weaknesses"), "weakness": ("mixed", "strengths")}


class Paths:
    """Says paths of one authority."""

    def __init__(self, results: Results) -> None:
        self._when = whens(results)
        self._cells = {
            (str(row["theme"]), str(row["cohort"]), str(row["visit"])): row
            for row in results.statuses.to_dict("records")
        }

    def said(self, path: Row) -> str:
        """Say the levels of a path (a row of `Results.paths`), each run of one once.

        A level against which a paragraph speaks, or on which a need stands though it is a strength,
        is said to be mostly so. Where both ends rest on one paragraph, that is said.
        """
        pairs = [pair.split("=") for pair in str(path["levels"]).split()]
        theme, cohort = str(path["theme"]), str(path["cohort"])
        said = levels_said([(self._when[v], self.how(theme, [cohort], v)) for v, _ in pairs])
        return said + (self._alone(theme, cohort, [v for v, _ in pairs]))

    def how(self, theme: str, cohorts: Iterable[str], visit: str) -> str:
        """Say how good a theme was at a visit for cohorts that share the level: `mostly weak`."""
        cells = [self._cells[theme, cohort, visit] for cohort in cohorts]
        level = str(cells[0]["status"])
        against = any(cell[count] for cell in cells for count in _AGAINST.get(level, ()))
        needed = level == "strength" and any(cell["needed"] for cell in cells)
        return f"mostly {how_good(level)}" if against or needed else how_good(level)

    def _alone(self, theme: str, cohort: str, visits: Sequence[str]) -> str:
        alone = [int(self._cells[theme, cohort, visit]["paragraphs"]) == 1 for visit in visits]
        if not (alone[0] and alone[-1]):
            return ""
        if len(visits) == 1:
            return ", on one paragraph"
        return f", {'each time' if all(alone) else 'first and last'} on one paragraph"
