"""A path in plain words: when, and how good, with what speaks against a level."""

from __future__ import annotations

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
        is said to be mostly so.
        """
        pairs = [pair.split("=") for pair in str(path["levels"]).split()]
        key = (str(path["theme"]), str(path["cohort"]))
        return levels_said([(self._when[v], self._how(level, (*key, v))) for v, level in pairs])

    def _how(self, level: str, key: tuple[str, str, str]) -> str:
        cell = self._cells[key]
        against = any(cell[count] for count in _AGAINST.get(level, ()))
        needed = level == "strength" and cell["needed"]
        return f"mostly {how_good(level)}" if against or needed else how_good(level)
