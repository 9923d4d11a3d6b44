"""A path in plain words: when, and how good, with what speaks against a level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from analysis.codes.counting import admitted
from analysis.english import how_good, join, plural, sentence_case
from analysis.report.sentences.plain import levels_said, who
from analysis.results.columns import whens
from analysis.results.confidence import BY_DOCUMENT, PART
from analysis.results.paths import path_word
from analysis.results.results import Results
from analysis.results.votes import voting
from analysis.tables import Row, records
from analysis.vocabulary import (
    ALL_COHORTS,
    BETTER,
    COHORTS,
    ENDS,
    EXTENTS,
    HARMS,
    INSPECTIONS,
    LEVELS,
    STAYED,
    THROUGHOUT,
    TOO_LITTLE,
    WORSE,
)

_PLAIN: Final = {"strength": "strengths", "weakness": "weaknesses"}
"""The count of paragraphs that say a level outright."""
FOR_SOME: Final = " for some"
_SOME: Final = frozenset(EXTENTS[EXTENTS.index("some") : EXTENTS.index("none")])
"""Quantity words of what is so for a part of them, as `some` and `a small number`."""
_EVEN: Final = LEVELS["mixed"]
HALF: Final = 0.5
"""A move of half a level."""
_NEAR_MIXED: Final = 0.25
"""Votes whose mean lies nearer to even than so say a mixed picture before they say a level."""
_AGAINST: Final[dict[str, frozenset[str]]] = {
    "mixed": frozenset(),
    "strength": frozenset({"mixed", "weakness"}),
    "weakness": frozenset({"mixed", "strength"}),
}


@lru_cache(maxsize=4)
def paths_of(results: Results) -> Paths:
    """Return what says the paths of an authority, made once for all who ask."""
    return Paths(results)


class Paths:
    """Says paths of one authority."""

    def __init__(self, results: Results) -> None:
        self._when = whens(results)
        self._cells = {
            (str(row["theme"]), str(row["cohort"]), str(row["visit"])): row
            for row in records(results.statuses)
        }
        kinds = dict(zip(results.data.visits["visit"], results.data.visits["kind"], strict=True))
        self._judged_last: dict[str, str] = {}
        for theme, cohort, visit in self._cells:
            judged = self._cells[theme, cohort, visit]["status"] in LEVELS
            if judged and cohort != ALL_COHORTS and kinds[visit] in INSPECTIONS:
                self._judged_last[theme] = visit
        self._of_some = _of_some(results)
        self._said_so = _said_so(results)
        order = list(self._when)
        self._newest = max(self._judged_last.values(), key=order.index, default="")

    def said(self, path: Row) -> str:
        """Say the levels of a path (a row of `Results.paths`), each run of one once.

        Where both ends rest on one paragraph, and no need, no headline and no reader of the whole
        document names another there, that is said.
        """
        visits, theme, cohort = _visits(path), str(path["theme"]), str(path["cohort"])
        said = levels_said([(self._when[v], self.how(theme, [cohort], v)) for v in visits])
        return said + self._alone(theme, cohort, visits)

    def how(self, theme: str, cohorts: Iterable[str], visit: str) -> str:
        """Say how good a theme was at a visit for cohorts that share the level: `mostly weak`.

        A level against which a paragraph speaks, be it of a part, or on which a need stands though
        it is a strength, is mostly so; what lies between two levels (`rung`) is said to be mixed to
        one; what speaks of a part of them alone, to be so for some.
        """
        cells = self._shared(theme, cohorts, visit)
        of = FOR_SOME if all(map(self._of_part, cells)) else ""
        rung = self._rung(cells)
        if rung % 1:
            return f"mixed to {how_good('strength' if rung > _EVEN else 'weakness')}{of}"
        level = next(level for level, step in LEVELS.items() if step == rung)
        ways = {
            way for c in cells for way in self._said_so.get((c["theme"], c["cohort"], visit), ())
        }
        against = not of and not ways.isdisjoint(_AGAINST[level])
        needed = level == "strength" and any(cell["needed"] for cell in cells)
        return f"{'mostly ' if against or needed else ''}{how_good(level)}{of}"

    def rung(self, theme: str, cohort: str, visit: str) -> float:
        """Return how good a theme was at a visit, weak 0, mixed 1, strong 2, or half way between.

        Between two levels lies what the codes and a reader of the whole document call one and the
        other, if no second such reader settled it; and where none called it, a level that no
        paragraph says outright, or whose votes lie nearer to even than to it.
        """
        return self._rung(self._shared(theme, [cohort], visit))

    def word(self, path: Row, *, against: bool = False) -> str:
        """Give the word of a path, no wider than its levels.

        What was so throughout is `mostly` so where one of its levels is, or lies between two. What
        moved by half a level is `a little` so, what did not move at all has `little changed`. What
        is better at its latest inspection alone, none has seen to stay so; what speaks of a part of
        a group at either end is so for some; and a path ends where the theme was judged later for
        others only.

        Parameters
        ----------
        against
            Whether shorter visits found otherwise.
        """
        visits, theme, cohort = _visits(path), str(path["theme"]), str(path["cohort"])
        if path["word"] == TOO_LITTLE:
            return TOO_LITTLE
        some = FOR_SOME if self.of_part(path) else ""
        ended = visits[-1] != self._judged_last.get(theme)
        until = f" up to {self._when[visits[-1]]}" if ended else ""
        rungs = [self.rung(theme, cohort, visit) for visit in visits]
        word = _word_of(path, rungs)
        if word in THROUGHOUT.values():
            plain = next(how_good(level) for level, said in THROUGHOUT.items() if said == word)
            if any(self.how(theme, [cohort], visit) != plain for visit in visits):
                word = f"mostly {word}"
        elif max(rungs) - min(rungs) <= HALF:
            moved = (rungs[-1] - rungs[0]) * _way(word)
            word = f"a little {_way_said(word)}" if moved > 0 else "little changed"
        elif word == STAYED and all(rung <= rungs[0] for rung in rungs[:-1]):
            inspection = f"{'full ' if against else ''}inspection"
            newest = visits[-1] == self._newest
            when = f"at the latest {inspection}" if newest else f"by {self._when[visits[-1]]}"
            return f"better{some} {when}"
        return f"{word}{some}{' at full inspections' if against else ''}{until}"

    def of_part(self, path: Row) -> bool:
        """Whether what stands at an end of a path speaks of a part of its cohorts alone."""
        theme, cohort = str(path["theme"]), str(path["cohort"])
        ends = (self._judged(theme, cohort, str(path[end])) for end in ("first", "latest"))
        return any(all(map(self._of_part, cells)) for cells in ends)

    def _of_part(self, cell: Row) -> bool:
        """Whether a level speaks of a part alone, or was said of some and nothing was asked for.

        What was settled as the level of all is so for all.
        """
        if cell["resolved_level"]:
            return False
        key = (cell["theme"], cell["cohort"], cell["visit"], cell["status"])
        return PART in str(cell["reasons"]) or (key in self._of_some and not cell["needed"])

    def readers_differ(self, cohorts: Iterable[str], path: Row) -> bool:
        """Say whether a reader of the whole documents has a path of some cohorts another way.

        Another way than the codes alone, whichever a second reader held with.
        """
        visits = _visits(path)
        for cohort in cohorts:
            cells = [self._cells.get((str(path["theme"]), cohort, visit)) for visit in visits]
            pairs = [(str(c["level_by_codes"]), str(c["document_level"])) for c in cells if c]
            by_codes, by_document = ([pair[at] for pair in pairs] for at in (0, 1))
            whole = len(pairs) >= max(len(visits), ENDS) and "" not in by_document
            if whole and _way(path_word(by_document)) != _way(path_word(by_codes)):
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
        name = sentence_case(who(cohort) or COHORTS[cohort])
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

    def _rung(self, cells: Sequence[Row]) -> float:
        """Rung that cells of one level share; that of the level where they lie apart."""
        rungs = {_rung(cell) for cell in cells}
        return rungs.pop() if len(rungs) == 1 else LEVELS[str(cells[0]["status"])]

    def _shared(self, theme: str, cohorts: Iterable[str], visit: str) -> list[Row]:
        return [cell for cohort in cohorts for cell in self._judged(theme, cohort, visit)]

    def _judged(self, theme: str, cohort: str, visit: str) -> list[Row]:
        """Statuses of a cohort; of all cohorts those of each that was judged."""
        if cohort != ALL_COHORTS:
            return [self._cells[theme, cohort, visit]]
        every = (self._cells.get((theme, each, visit)) for each in COHORTS)
        return [cell for cell in every if cell and cell["status"] in LEVELS]

    def _alone(self, theme: str, cohort: str, visits: Sequence[str]) -> str:
        cells = (self._cells[theme, cohort, visit] for visit in visits)
        alone = [_on_one(cell) for cell in cells]
        if not (alone[0] and alone[-1]):
            return ""
        if len(visits) == 1:
            return ", on one paragraph"
        return f", {'each' if all(alone) else 'first and last'} on one paragraph"


def _word_of(path: Row, rungs: Sequence[float]) -> str:
    """Give the word of a path; where both readers are at odds on a level, as if it were mixed."""
    pairs = [pair.rpartition("=")[2] for pair in str(path["levels"]).split()]
    steps = {float(step): level for level, step in LEVELS.items()}
    levels = [steps.get(rung, level) for rung, level in zip(rungs, pairs, strict=True)]
    return str(path["word"]) if levels == pairs else path_word(levels)


def _of_some(results: Results) -> set[tuple[str, ...]]:
    """Themes, cohorts, visits and levels that every paragraph which says so says of some alone."""
    said = results.coded
    own = said[(said["basis"] == "level") & said["direction"].isin(_PLAIN)]
    some = own["extent"].isin(_SOME)
    keys = [own[name] for name in ("theme", "cohort", "visit", "direction")]
    every = some.groupby(keys).all()
    return {tuple(map(str, key)) for key in every[every].index}


def _said_so(results: Results) -> dict[tuple[str, ...], set[str]]:
    """Directions of all paragraphs that judge a theme, of a part too, by cohort and visit."""
    visits, too = results.data.visits, results.include_secondary
    judged = voting(admitted(results.coded, visits, include_secondary=too))
    judged = judged[judged["vote"].isin(["body", "part", "summary"])]
    found: dict[tuple[str, ...], set[str]] = {}
    names = ("theme", "cohort", "visit", "direction")
    for *key, way in zip(*(judged[name].tolist() for name in names), strict=True):
        found.setdefault(tuple(key), set()).add(way)
    return found


def _on_one(cell: Row) -> bool:
    named = len(str(cell["document_findings"]).split())
    return len(str(cell["findings"]).split()) == 1 and named < ENDS


def _visits(path: Row) -> list[str]:
    return [pair.rpartition("=")[0] for pair in str(path["levels"]).split()]


def _rung(cell: Row) -> float:
    level, called = str(cell["status"]), str(cell["document_level"])
    if cell["second_document_level"] or cell["resolved_level"]:
        return LEVELS[level]
    if called:
        return (LEVELS[level] + LEVELS[called]) / 2
    return (LEVELS[level] + _EVEN) / 2 if _near_mixed(cell, level) else LEVELS[level]


def _near_mixed(cell: Row, level: str) -> bool:
    """Whether no paragraph says a level outright, or their votes lie nearer to even than to it."""
    if level not in _PLAIN or not cell["votes"]:
        return False
    return not cell[_PLAIN[level]] or abs(float(cell["balance"]) - 0.5) < _NEAR_MIXED


def _way(word: str) -> int:
    return 1 if word in BETTER else -1 if word == WORSE else 0


def _way_said(word: str) -> str:
    return "better" if word in BETTER else word
