"""In brief: at most six points of one sentence each, that say what was found and where.

They are chosen by a rule, printed in the method section, and never by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from analysis.anchors import theme_anchor
from analysis.english import plural
from analysis.report.sentences.headline import graded_said
from analysis.report.sentences.paths import paths_of
from analysis.report.sentences.sentence import ended
from analysis.report.tables.cards import Card
from analysis.report.tables.ladders import Ladder, Statement
from analysis.report.tables.needs import Followed
from analysis.report.tables.places import Place, places
from analysis.results.columns import whens
from analysis.results.found import best, coded_cells
from analysis.results.matters import leading_paths, since
from analysis.results.results import Results
from analysis.results.staves import staves_of
from analysis.tables import Row, records
from analysis.vocabulary import BETTER, COHORTS, HARMS, LEVELS, NOT_STATED, WORSE

MOST: Final = 6
"""Points at most."""
MOST_WORDS: Final = 30
"""Words of a point at most."""
_OF_AREAS: Final = 2
"""Points on whole areas at most."""


@dataclass(frozen=True)
class Point:
    """A point: its head, one sentence, where it leads, its place, and how sure it is."""

    head: str
    text: str
    href: str
    where: str
    place: Place | None
    sure: str


def points(
    results: Results,
    ladders: Sequence[Ladder],
    cards: Sequence[Card],
    needs: Sequence[Followed],
    themes: Sequence[str] = (),
) -> list[Point]:
    """Choose what a report says in brief.

    In this order: the overall grades; what inspectors said of the areas that stand worst at the
    latest full inspection, two at most; a theme that states harm there; the theme that it found
    better by most, where it asked for nothing and no visit since found otherwise; where there is
    room, the theme that it found worse by most; both by a whole level; the need that most visits
    raised. Where themes were asked for, their paths come in place of grades and areas. What takes
    more than `MOST_WORDS` is passed over.
    """
    maker = _Maker(results, themes)
    found: list[Point] = []
    kinds = [maker.paths(cards)] if themes else [maker.grades(), maker.areas(ladders)]

    def brief(kind: Iterable[Point]) -> list[Point]:
        return [point for point in kind if len(point.text.split()) <= MOST_WORDS]

    for kind in (*kinds, maker.harm(found), maker.better()):
        found += brief(kind)
    last = brief(maker.back(needs))
    room = MOST - len(found) - len(last)
    return [*found, *brief(maker.worse())[: max(room, 0)], *last][:MOST]


class _Maker:
    def __init__(self, results: Results, themes: Sequence[str]) -> None:
        self.results, self.when = results, whens(results)
        self.last = since(results)
        self.themes = set(themes) or set(results.data.codebook.ids)

    def grades(self) -> Iterator[Point]:
        if said := graded_said(self.results):
            text = f"Ofsted graded {self.results.data.name} {said}."
            yield Point(
                "Overall grade", text, "#area-by-area", "Area by area", None, "Printed by Ofsted."
            )

    def areas(self, ladders: Sequence[Ladder]) -> Iterator[Point]:
        """What inspectors said of whole areas, the worst first."""
        rank = {"inad": 0, "ri": 1, "good": 3, "out": 4}
        spoken = {"weakness": 0, "mixed": 1, "": 2, "strength": 3}
        waiting = []
        for ladder in ladders:
            rung = ladder.rungs[-1] if ladder.rungs else None
            if ladder.area != "overall" and rung and rung.column.visit == self.last and rung.said:
                first = rung.shown
                said = [s for s in rung.said if s.word] or [s for s in (first,) if s]
                worse = not said[0].word.startswith("worse")
                stands = rank.get(rung.step, spoken[said[0].level])
                waiting.append(((stands, worse), ladder, said))
        for _, ladder, said in sorted(waiting, key=lambda each: each[0])[:_OF_AREAS]:
            text, place = _fitting(said)
            if since := self._better_since(ladder.area):
                text = f"{text} Better in {since}."
            sure = "Inspectors' own word on the whole area."
            yield Point(self._at(ladder.name), text, f"#area-{ladder.area}", "", place, sure)

    def _better_since(self, area: str) -> str:
        """When a later visit first said that an area improved, or called it strong; else blank."""
        order = self.results.data.visits.set_index("visit")["order"]
        said = self.results.areas
        told = (said["level"] == "strength") | (said["change_said"] == "improved")
        own = said[(said["area"] == area) & told]
        later = own[own["visit"].map(order) > order[self.last]]["visit"]
        return self.when[min(later, key=order.__getitem__)] if len(later) else ""

    def _at(self, name: str) -> str:
        return f"{name}, {self.when[self.last]}"

    def harm(self, before: list[Point]) -> Iterator[Point]:
        """The theme of the gravest harm at the latest full inspection, of most paragraphs.

        What is all in all strong there is none, nor what harms a part alone.
        """
        table = self.results.judged()
        rows = records(
            table[
                (table["visit"] == self.last)
                & (table["harm"] != "")
                & (table["status"] != "strength")
                & table["theme"].isin(self.themes - {"leadership", "management-oversight"})
            ]
        )
        rows.sort(key=lambda row: (list(HARMS).index(str(row["harm"])), -int(row["paragraphs"])))
        used = {point.place.href for point in before if point.place}
        for row in rows:
            if self._mended_since(row):
                continue
            point = self._found(str(row["theme"]), str(row["cohort"]))
            if point and point.place and point.place.href not in used:
                yield point
                return

    def _mended_since(self, cell: Row) -> bool:
        """Whether a later visit found the theme better, for this group or for none named."""
        order = self.results.data.visits.set_index("visit")["order"]
        table = self.results.judged()
        later = table["visit"].map(order) > order[self.last]
        same = (table["theme"] == cell["theme"]) & table["cohort"].isin(
            [cell["cohort"], NOT_STATED]
        )
        level = LEVELS[str(cell["status"])]
        found = (table[same & later]["status"].map(LEVELS) > level).any()
        said = self.results.said
        own = said[(said["theme"] == cell["theme"]) & (said["change_said"] == "improved")]
        return bool(found or (own["visit"].map(order) > order[self.last]).any())

    def _found(self, theme: str, cohort: str) -> Point | None:
        every = coded_cells(self.results).get((theme, self.last), [])
        coded = [row for row in every if row["harm"] and not row["part"]]
        for stave in staves_of(self.results).of([cohort], [theme]):
            cell = next(cell for cell in stave.cells if cell.visit == self.last)
            found = best(coded, cell.marks[0]) if cell.marks else None
            if found:
                name = self.results.data.codebook.theme(theme).name
                sure = f"Confidence {cell.marks[0].confidence}."
                place = places(self.results)[found.finding]
                text = ended(found.text)
                return Point(self._at(name), text, "#" + theme_anchor(theme), "", place, sure)
        return None

    def better(self) -> Iterator[Point]:
        """The theme that rose furthest and stayed so, by a whole level, to another reader too."""
        rows = [
            row
            for row in leading_paths(self.results)
            if row["word"] in BETTER
            and row["latest"] == self.last
            and not row["harm"]
            and not self._on_little(row)
            and row["theme"] in self.themes
            and self._plainly(row)
            and not self._otherwise_since(row)
            and not self._asked(row)
        ]
        rows.sort(
            key=lambda row: (BETTER.index(str(row["word"])), -_climb(row), -int(row["inspections"]))
        )
        yield from self._moved("What got better", rows[:1])

    def worse(self) -> Iterator[Point]:
        """The theme that fell furthest and stayed so, by a whole level, to another reader too."""
        rows = [
            row
            for row in leading_paths(self.results)
            if row["word"] == WORSE
            and row["latest"] == self.last
            and not self._on_little(row)
            and row["theme"] in self.themes
            and self._plainly(row)
            and not self._otherwise_since(row)
        ]
        rows.sort(key=lambda row: (_climb(row), not row["harm"], -int(row["inspections"])))
        yield from self._moved("What got worse", rows[:1])

    def _moved(self, head: str, rows: Iterable[Row]) -> Iterator[Point]:
        for row in rows:
            name = self.results.data.codebook.theme(str(row["theme"])).name
            text = f"{name}{self._of_whom(row)}: {paths_of(self.results).said(row)}."
            href, where = ("#what-got-better-and-did-it-last", "All that did")
            yield Point(head, text, href, where, None, f"Confidence {row['confidence']}.")

    def _of_whom(self, path: Row) -> str:
        """Name the group that a path is of, where the theme was judged for others too."""
        judged = self.results.judged()
        cohorts = set(judged.loc[judged["theme"] == path["theme"], "cohort"])
        cohort = str(path["cohort"])
        return "" if len(cohorts) == 1 or cohort == NOT_STATED else f", {COHORTS[cohort]}"

    def _on_little(self, path: Row) -> bool:
        """Whether both ends rest on one paragraph, or one speaks of a part of the group alone."""
        return bool(path["on_one_paragraph"]) or paths_of(self.results).of_part(path)

    def _plainly(self, path: Row) -> bool:
        """Whether the first and latest level lie a whole one apart: `mixed to weak` is but half.

        They must lie apart the same way whoever is asked: codes or a reader of the whole documents.
        """
        said = paths_of(self.results)
        first, latest = (
            said.rung(str(path["theme"]), str(path["cohort"]), str(path[end]))
            for end in ("first", "latest")
        )
        befores, nows = (self._opinions(path, end) for end in ("first", "latest"))
        way = 1 if _climb(path) > 0 else -1
        return abs(latest - first) >= 1 and all(
            way * (now - before) > 0 for now in nows for before in befores
        )

    def _opinions(self, path: Row, end: str) -> list[int]:
        """Level at one end of a path, by its codes and by each reader of the whole document."""
        table = self.results.judged()
        keys = (("theme", path["theme"]), ("cohort", path["cohort"]), ("visit", path[end]))
        for name, value in keys:
            table = table[table[name] == value]
        (cell,) = records(table)
        names = ("level_by_codes", "document_level", "second_document_level", "resolved_level")
        return [LEVELS[level] for name in names if (level := str(cell[name]))]

    def _otherwise_since(self, path: Row) -> bool:
        """Whether a visit after the first move found the theme further back than the latest one.

        Of this group or of none; of a path of no group, any group's after the latest inspection.
        """
        order = self.results.data.visits.set_index("visit")["order"]
        table = self.results.judged()
        cohort, last = str(path["cohort"]), order[path["latest"]]
        whose = table["cohort"] == cohort
        if cohort == NOT_STATED:
            whose |= table["visit"].map(order) > last
        else:
            whose |= (table["cohort"] == NOT_STATED) & (table["visit"].map(order) > last)
        own = table[(table["theme"] == path["theme"]) & whose]
        steps = [pair.split("=") for pair in str(path["levels"]).split()]
        first, latest = (LEVELS[str(path[f"level_{end}"])] for end in ("first", "latest"))
        way = 1 if latest > first else -1
        moved = next(visit for visit, level in steps if way * (LEVELS[level] - first) > 0)
        said, theme = paths_of(self.results), str(path["theme"])
        later = own[own["visit"].map(order) > order[moved]]
        rungs = (said.rung(theme, str(row["cohort"]), str(row["visit"])) for row in records(later))
        return any(way * (rung - latest) <= -1 for rung in rungs)

    def _asked(self, path: Row) -> bool:
        """Whether the latest inspection asked for better on the theme, of this group or of none."""
        table = self.results.judged()
        own = table[(table["theme"] == path["theme"]) & (table["visit"] == path["latest"])]
        whose = own["cohort"].isin([path["cohort"], NOT_STATED])
        return bool((whose & (own["needed"] | (own["status"] == "weakness"))).any())

    def paths(self, cards: Sequence[Card]) -> Iterator[Point]:
        for card in cards[: MOST - 2]:
            for text in card.sentences[:1]:
                yield Point(card.name, text, f"#{card.anchor}", "", None, " ".join(card.sure))

    def back(self, needs: Sequence[Followed]) -> Iterator[Point]:
        """The need that most visits raised, the latest among them, and of more than a part."""
        for need in needs:
            raised = [moment for moment in need.moments if moment.kind == "raised"]
            if need.raised > 1 and need.now == "raised" and not raised[-1].some:
                text = (
                    f"{need.wording}: raised at {plural(need.raised, 'visit')}, "
                    f"from {raised[0].when} to {raised[-1].when}."
                )
                sure = "A coder linked these paragraphs from visit to visit."
                yield Point("What keeps coming back", text, f"#{need.anchor}", "", None, sure)
                return


def _fitting(said: Sequence[Statement]) -> tuple[str, Place]:
    """Return what the longest paragraph that fits says, else the first statement alone."""
    fitting = [each for each in said if 0 < len(each.whole.split()) <= MOST_WORDS]
    chosen = max(fitting, key=lambda each: len(each.whole.split()), default=None)
    return (chosen.whole, chosen.place) if chosen else (said[0].text, said[0].place)


def _climb(row: Row) -> int:
    return LEVELS[str(row["level_latest"])] - LEVELS[str(row["level_first"])]
