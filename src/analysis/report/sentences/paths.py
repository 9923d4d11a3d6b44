"""A path in plain words: when, and how good, with what speaks against a level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from analysis.english import how_good, join, plural, sentence_case
from analysis.report.sentences.plain import levels_said, who
from analysis.results.columns import whens
from analysis.results.confidence import BY_DOCUMENT
from analysis.results.paths import path_word
from analysis.results.results import Results
from analysis.tables import Row, records
from analysis.vocabulary import (
    ALL_COHORTS,
    BETTER,
    COHORTS,
    ENDS,
    HARMS,
    LEVELS,
    STAYED,
    THROUGHOUT,
    TOO_LITTLE,
    WORSE,
)

BETTER_NOW: Final = "better at the latest"
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

    def word(self, path: Row, against: str = "") -> str:
        """Give the word of a path, no wider than its levels.

        What was so throughout is `mostly` so where one of its levels is, or is mixed to it; and
        what is better at the latest inspection alone, none has seen to stay so.

        Parameters
        ----------
        against
            What shorter visits found otherwise; blank for nothing.
        """
        word = str(path["word"])
        visits, levels = zip(*(p.split("=") for p in str(path["levels"]).split()), strict=True)
        theme, cohort = str(path["theme"]), str(path["cohort"])
        if word in THROUGHOUT.values():
            plain = how_good(str(path["level_latest"]))
            if any(self.how(theme, [cohort], visit) != plain for visit in visits):
                word = f"mostly {word}"
        if word == STAYED and all(LEVELS[each] <= LEVELS[levels[0]] for each in levels[:-1]):
            return f"{BETTER_NOW} {'full ' if against else ''}inspection"
        return f"{word} at full inspections" if against and word != TOO_LITTLE else word

    def readers_differ(self, cohorts: Iterable[str], path: Row) -> bool:
        """Say whether a reader of the whole documents saw a path of some cohorts another way."""
        visits = [pair.rpartition("=")[0] for pair in str(path["levels"]).split()]
        for cohort in cohorts:
            cells = [self._cells.get((str(path["theme"]), cohort, visit)) for visit in visits]
            levels = [str(cell["document_level"]) for cell in cells if cell]
            whole = len(levels) >= max(len(visits), ENDS) and "" not in levels
            if whole and _way(path_word(levels)) != _way(str(path["word"])):
                return True
        return False

    def sure(self, path: Row) -> str:
        """Say what each end of a path of one cohort rests on, and who has a level otherwise."""
        theme, cohort = str(path["theme"]), str(path["cohort"])
        ends = dict.fromkeys((str(path["first"]), str(path["latest"])))
        own = {visit: self._cells[theme, cohort, visit] for visit in ends}
        rests = join([
            f"{plural(int(cell['paragraphs']), 'paragraph')} in {self._when[visit]}"
            for visit, cell in own.items()
        ])  # fmt: skip
        last = own[str(path["latest"])]
        harm = f" {sentence_case(HARMS[str(last['harm'])])}." if last["harm"] else ""
        lower = [cell for cell in own.values() if cell["confidence"] == path["confidence"]]
        every = str(lower[-1]["reasons"]).split("; ")
        why = [reason for reason in every if reason and not reason.startswith(BY_DOCUMENT)]
        reasons = f": {'; '.join(why)}" if why else ""
        name = sentence_case(who(cohort) or "no group named")
        return (
            f"{name}: {self.word(path)}. It rests on {rests}; confidence {path['confidence']}"
            f"{reasons}.{harm}{self._called(theme, cohort)}"
        )

    def _called(self, theme: str, cohort: str) -> str:
        """Say at which visits a reader of whole documents had another level."""
        called: dict[str, list[str]] = {}
        for visit, when in self._when.items():
            cell = self._cells.get((theme, cohort, visit), {})
            level = cell.get("document_level", "")
            if level not in ("", cell.get("status")):
                called.setdefault(str(level), []).append(when)
        if not called:
            return ""
        one = sum(map(len, called.values())) == 1
        said = join([f"{how_good(level)} in {join(when)}" for level, when in called.items()])
        return f" A reader of the whole {'document' if one else 'documents'} called it {said}."

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


def _way(word: str) -> int:
    return 1 if word in BETTER else -1 if word == WORSE else 0
