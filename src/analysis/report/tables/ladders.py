"""Area by area: Ofsted's grades as steps, with what inspectors said of the whole area."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from analysis.report.sentences.plain import compared
from analysis.report.sentences.sentence import ended
from analysis.report.tables.places import Place, places
from analysis.results.columns import Column, columns, whens
from analysis.results.grades import Graded, grades_of_areas
from analysis.results.matters import own_statements
from analysis.results.results import Results
from analysis.results.staves import GROUP_NAMES
from analysis.tables import Row
from analysis.vocabulary import AREAS, MARKED_AREAS

_STEPS: Final = {
    "outstanding": "out", "good": "good", "requires improvement": "ri", "adequate": "ri",
    "inadequate": "inad",
}  # fmt: skip
_FIRST: Final = ("overall", "help-and-protection", "children-in-care", "care-leavers", "leadership")
_NAMES: Final = (
    {"overall": "The whole service", "leadership": "Leadership"}
    | {area: GROUP_NAMES[area] for area in ("help-and-protection", "children-in-care")}
    | {
        "care-leavers": "Care leavers",
        "adoption": "Adoption",
        "safeguarding-board": "The safeguarding board",
    }
)


@dataclass(frozen=True)
class Statement:
    """What inspectors said of an area at a visit.

    `whole` is what their whole paragraph says, blank where it is about another area too; `word` the
    change they say, `level` how good they find it, both blank where they do not. `told`: `text`
    names since when, so that `word` need not stand before it.
    """

    text: str
    whole: str
    place: Place
    word: str
    level: str
    told: bool = False


@dataclass(frozen=True)
class Rung:
    """A full inspection in the ladder of an area: its grade, as a step, and what was said.

    `step` is `out`, `good`, `ri`, `inad`, or `no` where it has no grade of its own; `rules` says
    whether other inspection rules began with it.
    """

    column: Column
    grade: str
    step: str
    shared: bool
    rules: bool
    said: tuple[Statement, ...]

    @property
    def shown(self) -> Statement | None:
        """The statement that stands first: one that says a change, else one that fits the grade."""
        fits = {"out": "strength", "good": "strength", "ri": "mixed", "inad": "weakness"}
        changes = [each for each in self.said if each.word]
        fitting = [each for each in self.said if each.level == fits.get(self.step)]
        return next(iter((*changes, *fitting, *self.said)), None)


@dataclass(frozen=True)
class Ladder:
    """An area with its full inspections, and what shorter visits said in between."""

    area: str
    name: str
    rungs: tuple[Rung, ...]
    between: tuple[tuple[str, Statement], ...]

    @property
    def spoken(self) -> bool:
        """Whether more was said of it than the one statement an inspection shows."""
        return any(len(rung.said) > 1 for rung in self.rungs)


def ladders(results: Results) -> list[Ladder]:
    """Return the ladder of each area that was graded or spoken of, those of most interest first."""
    graded = grades_of_areas(results)
    said: dict[str, list[Row]] = {}
    for row in own_statements(results):
        said.setdefault(str(row["area"]), []).append(row)
    areas = [a for a in (*_FIRST, *AREAS) if MARKED_AREAS[a].graded and (a in graded or a in said)]
    maker = _Maker(results)
    return [
        maker.ladder(area, graded.get(area, []), said.get(area, []))
        for area in dict.fromkeys(areas)
    ]


class _Maker:
    def __init__(self, results: Results) -> None:
        self.when = whens(results)
        self.columns = columns(results)
        frameworks = dict(
            zip(results.data.visits["visit"], results.data.visits["framework"], strict=True)
        )
        full = [column.visit for column in self.columns if column.kind == "full"]
        self.rules = {
            now for before, now in pairwise(full) if frameworks[now] != frameworks[before]
        }
        self.places = places(results)
        found = results.data.findings
        self.summaries = {
            finding: (area, summary)
            for finding, area, summary in found[["finding", "area", "summary"]].itertuples(
                index=False, name=None
            )
        }

    def ladder(self, area: str, graded: list[Graded], said: list[Row]) -> Ladder:
        full = [column for column in self.columns if column.kind == "full"]
        grades = {one.visit: one for one in graded}
        rungs = [self._rung(column, grades.get(column.visit), said) for column in full]
        return Ladder(
            area,
            _NAMES.get(area, AREAS[area].capitalize()),
            tuple(rung for rung in rungs if rung.grade or rung.said),
            tuple(self._between(said)),
        )

    def _rung(self, column: Column, grade: Graded | None, said: list[Row]) -> Rung:
        here = [self._statement(row) for row in said if row["visit"] == column.visit]
        word = grade.grade if grade else ""
        return Rung(
            column,
            word,
            _STEPS.get(word, "no"),
            bool(grade and grade.shared_with),
            column.visit in self.rules,
            tuple(here),
        )

    def _between(self, said: list[Row]) -> Iterator[tuple[str, Statement]]:
        full = {column.visit for column in self.columns if column.kind == "full"}
        for row in said:
            if row["visit"] not in full:
                yield self.when[str(row["visit"])], self._statement(row)

    def _statement(self, row: Row) -> Statement:
        place = self.places[str(row["finding"])]
        word = str(row["change_said"])
        since = self.when.get(str(row["since"]), "")
        said = compared(word, since) if word else ""
        area, summary = self.summaries[str(row["finding"])]
        whole = ended(summary) if area == row["area"] else ""
        return Statement(
            ended(str(row["summary"])),
            whole,
            place,
            said,
            str(row["level"]),
            told=bool(since) and since in str(row["summary"]),
        )
