"""A card for each theme: its path in a sentence, its marks, and what was found visit by visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Final

from analysis.anchors import theme_anchor
from analysis.english import join, sentence_case
from analysis.report.sentences.groups import Told
from analysis.report.sentences.plain import briefly, compared, who
from analysis.report.sentences.sentence import ended
from analysis.report.tables.places import Place, places
from analysis.report.tables.strips import Strip, strip
from analysis.results.columns import columns, whens
from analysis.results.confidence import OUTSIDE
from analysis.results.found import (
    Coded,
    Found,
    against,
    asked,
    best,
    coded_cells,
    found_at,
    opening,
    surest,
)
from analysis.results.results import Results
from analysis.results.staves import NOT_LOOKED, Cell, Mark, Stave, staves_of
from analysis.tables import Row, records
from analysis.vocabulary import (
    COHORTS,
    CONFIDENCE,
    INSPECTIONS,
    KINDS,
    LEVELS,
    NOTICE,
    PARTNERSHIP_KINDS,
    READERS,
    RESOLVED,
    SPEAKERS,
)

MOST_LINES: Final = 2
"""Paragraphs that a visit's line tells, one a group; the evidence has all."""
_WITNESSES: Final = ("staff", "children-and-families")
"""Whose word is told beside what inspectors judged."""
_NOTHING: Final = ("off", "silent", "unread")
"""States of a `Visit` of which nothing is told."""
_MACHINES: Final = (*READERS, RESOLVED)


@dataclass(frozen=True)
class Said:
    """Something that was found or said, with its place and for whom it holds."""

    text: str
    places: tuple[Place, ...]
    who: str = ""


@dataclass(frozen=True)
class Visit:
    """What a visit found on a theme, or why nothing stands there.

    `state` is `found`, `off` (nobody looked), `silent`, `asked` (a notice) or `unread` (no document
    is held).
    """

    when: str
    kind: str
    state: str
    said: tuple[Said, ...]
    now: bool = False


@dataclass(frozen=True)
class Card:
    """A theme.

    Attributes
    ----------
    anchor, theme, name, about
        Where it stands, its id, its name and its definition.
    tags
        The word of its path, or of each group's where they differ.
    sentences
        Its path, one sentence for each group that differs, at most `MOST_GROUPS`.
    latest
        What the latest visit that judged it found; `latest_when` says when.
    own
        What inspectors themselves said of its change.
    sure
        Why and how far the path can be leaned on.
    strips, visits
        Marks by cohort, and what was found visit by visit.
    paragraphs
        How many paragraphs stand behind it.
    """

    anchor: str
    theme: str
    name: str
    about: str
    tags: tuple[str, ...]
    sentences: tuple[str, ...]
    latest: tuple[Said, ...]
    latest_when: str
    own: tuple[Said, ...]
    sure: tuple[str, ...]
    strips: tuple[Strip, ...]
    visits: tuple[Visit, ...]
    paragraphs: int


def cards(results: Results, themes: Sequence[str] = ()) -> list[Card]:
    """Return a card for each theme, in the order of the codebook.

    Parameters
    ----------
    themes
        Ids; all for none.
    """
    maker = _Maker(results)
    return [maker.card(theme) for theme in themes or results.data.codebook.ids]


class _Maker:
    """What all cards of a report share."""

    def __init__(self, results: Results) -> None:
        self.results = results
        self.coded: Coded = coded_cells(results)
        self.staves, self.told = staves_of(results), Told(results)
        self.cells = {
            (str(row["theme"]), str(row["cohort"]), str(row["visit"])): row
            for row in records(results.statuses)
        }
        self.columns = columns(results)
        self.when = whens(results)
        self.kinds = dict(
            zip(results.data.visits["visit"], results.data.visits["kind"], strict=True)
        )
        self.places = places(results)

    def card(self, theme: str) -> Card:
        rows = self.staves.by_cohort(theme)
        every = [cohort for stave in rows for cohort in stave.cohorts]
        whole = self.staves.of(every, [theme]) if rows else []
        about = self.results.data.codebook.theme(theme)
        judged = [stave for stave in whole if stave.judged]
        found = self._by_group(rows)
        last = self._last(judged[0]) if judged else None
        return Card(
            anchor=theme_anchor(theme),
            theme=theme,
            name=about.name,
            about=about.definition,
            tags=tuple(self.told.tags(theme, judged)),
            sentences=tuple(self.told.sentences(theme, judged)),
            latest=tuple(self._since(judged[0], last, rows)) if last else (),
            latest_when=self.when[last.visit] if last else "",
            own=tuple(self._own(theme)),
            sure=self.told.sure(theme),
            strips=tuple(self._strips(rows)),
            visits=tuple(_together(self._visits(theme, found, judged))),
            paragraphs=len({row["finding"] for (t, _), rows in self.coded.items() if t == theme
                            for row in rows}),
        )  # fmt: skip

    def _last(self, stave: Stave) -> Cell:
        """Return the latest visit that judged it.

        One paragraph of a visit elsewhere is none, unless something was asked for there or the
        level was settled with a reason, nor is a visit to a whole partnership.
        """
        meant = [c for c in stave.judged if not all(self._aside(stave, c, m) for m in c.marks)]
        return (meant or stave.judged)[-1]

    def _aside(self, stave: Stave, cell: Cell, mark: Mark) -> bool:
        if self.kinds[cell.visit] in PARTNERSHIP_KINDS:
            return True
        own = (self.cells[stave.theme, cohort, cell.visit] for cohort in mark.cohorts)
        rows = list(own)
        if mark.settled:
            return False
        outside = all(OUTSIDE in str(row["reasons"]) for row in rows)
        asked = any(row["needed"] for row in rows)
        return outside and not asked and mark.confidence == CONFIDENCE[0]

    def _latest(
        self, theme: str, visit: str, rows: Sequence[Stave], *, named: bool = False
    ) -> Iterator[Said]:
        """What a visit found of the surest group, and what differs, was asked or speaks against.

        `rows` are the groups', each by itself; one alone is `named` if asked for. Those whom the
        theme is about come first. Where one level is all that was found, and what is told of it is
        no plain weakness, what was asked for is told before what speaks against it, which is told
        of those alone whose level is told.
        """
        coded = self.coded.get((theme, visit), ())
        cells = [cell for stave in rows for cell in stave.cells if cell.visit == visit]
        marks = sorted(
            (mark for cell in cells for mark in cell.marks),
            key=lambda mark: surest(mark, theme, self.results.data.codebook),
        )
        told: dict[str, Found] = {}
        leading = []
        for mark in marks:
            found = opening(coded, mark)
            if found and found.level not in {each.level for each in told.values()}:
                told.setdefault(found.finding, found)
                leading.append(mark)
        amiss = any(found.row["direction"] == "weakness" for found in told.values())
        for what in (against,) if amiss else (asked, against):
            for mark in marks if what is asked else leading:
                other = what(coded, mark) if len(told) < MOST_LINES else None
                if other:
                    told.setdefault(other.finding, other)
        for found in list(told.values())[:MOST_LINES]:
            sharing = [m for m in marks if m.level == found.level and found.finding in m.findings]
            names = [name for mark in sharing for c in mark.cohorts if (name := briefly(c))]
            name = join(names) if named or len(rows) > 1 else ""
            yield Said(ended(found.text), (self.places[found.finding],), name)

    def _since(self, stave: Stave, last: Cell, rows: Sequence[Stave]) -> Iterator[Said]:
        """What the latest visit found, and what later ones say that are none or judge nothing.

        Where it speaks of nobody whose path is told first, what the last that did found of them.
        """
        yield from self._latest(stave.theme, last.visit, rows)
        yield from self._of_first(stave.theme, last, rows)
        yield from self._later(stave, last)
        yield from self._told_since(stave)

    def _of_first(self, theme: str, last: Cell, rows: Sequence[Stave]) -> Iterator[Said]:
        first = self.told.first(theme)
        spoken_of = {cohort for mark in last.marks for cohort in mark.cohorts}
        if first is None or not spoken_of.isdisjoint(first.cohorts):
            return
        own = [stave for stave in rows if set(stave.cohorts) <= set(first.cohorts)]
        order = [column.visit for column in self.columns]
        seen = [self._last(stave).visit for stave in own if stave.judged]
        visit = max([str(first.path["latest"]), *seen], key=order.index)
        for said in islice(self._latest(theme, visit, own, named=True), 1):
            text = f"{self.when[visit]}, {self._kind(visit)}: {said.text}"
            yield Said(text, said.places, said.who)

    def _kind(self, visit: str) -> str:
        kind = self.kinds[visit]
        return "full inspection" if kind in INSPECTIONS else KINDS[kind]

    def _told_since(self, stave: Stave) -> Iterator[Said]:
        """What staff or families told a visit after all that judged it, which judges nothing."""
        at = [column.visit for column in self.columns]
        for visit in reversed(at[at.index(stave.judged[-1].visit) + 1 :]):
            for row in self.coded.get((stave.theme, visit), ()):
                text = str(row["found"] or row["summary"])
                if row["said_by"] in _WITNESSES and row["direction"] in LEVELS and text:
                    said = (
                        f"{self.when[visit]}, {SPEAKERS[str(row['said_by'])]} said: {ended(text)}"
                    )
                    yield Said(
                        said, (self.places[str(row["finding"])],), briefly(str(row["cohort"]))
                    )
                    return

    def _later(self, stave: Stave, last: Cell) -> Iterator[Said]:
        """What the latest visit to a partnership, or to other services in passing, said later."""
        cell = stave.judged[-1]
        found = best(self.coded.get((stave.theme, cell.visit), ()), cell.marks[0])
        if cell.visit != last.visit and found:
            kind = self.kinds[cell.visit]
            where = KINDS[kind] if kind in PARTNERSHIP_KINDS else "in passing"
            text = f"{self.when[cell.visit]}, {where}: {ended(found.text)}"
            yield Said(text, (self.places[found.finding],), groups_of(found))

    def _by_group(self, rows: Sequence[Stave]) -> dict[str, tuple[Said, ...]]:
        """Return what was found for each group, by visit; what one paragraph says stands once."""
        several: dict[str, dict[str, Said]] = {}
        for stave in rows:
            for visit, every in found_at(stave, self.coded).items():
                told = several.setdefault(visit, {})
                for found in every:
                    before = told.get(found.finding)
                    groups = [before.who] if before and before.who else []
                    name = join([*groups, *filter(None, [groups_of(found)])])
                    text = before.text if before else ended(found.text)
                    told[found.finding] = Said(text, (self.places[found.finding],), name)
        return {visit: tuple(told.values())[:MOST_LINES] for visit, told in several.items()}

    def _own(self, theme: str) -> Iterator[Said]:
        """Say with which visit inspectors compared, and how, a line a visit and word."""
        table = self.results.said
        rows = table[(table["theme"] == theme) & table["coder"].isin(_MACHINES)]
        order = {column.visit: at for at, column in enumerate(self.columns)}
        together: dict[tuple[str, str, str], list[Row]] = {}
        for row in records(rows):
            if row["visit"] in order and row["since"] in self.when:
                key = (str(row["visit"]), str(row["change_said"]), str(row["since"]))
                together.setdefault(key, []).append({str(k): v for k, v in row.items()})
        for visit, word, since in sorted(together, key=lambda key: order[key[0]]):
            part = together[visit, word, since]
            groups = list(dict.fromkeys(name for r in part if (name := who(str(r["cohort"])))))
            places = tuple(self.places[f] for f in dict.fromkeys(str(r["finding"]) for r in part))
            yield Said(
                f"in {self.when[visit]}, {compared(word, self.when[since])}", places, join(groups)
            )

    def _strips(self, rows: Sequence[Stave]) -> Iterator[Strip]:
        for stave in rows:
            name = sentence_case(briefly(stave.cohorts[0]) or COHORTS[stave.cohorts[0]])
            yield strip(stave, name, "", self.columns)

    def _visits(
        self, theme: str, found: dict[str, tuple[Said, ...]], judged: Sequence[Stave]
    ) -> Iterator[Visit]:
        states = {cell.visit: cell.state for stave in judged for cell in stave.cells}
        latest = self.columns[-1].visit if self.columns else ""
        for row in records(self.results.data.visits):
            visit, kind = str(row["visit"]), str(row["kind"])
            said = found.get(visit, ())
            if kind == NOTICE:
                said, state = tuple(self._asked(theme, visit)), "asked"
            elif said or visit in found:
                state = "found"
            elif visit in states:
                state = "off" if states[visit] == NOT_LOOKED else "silent"
            else:
                state = "unread"
            if state != "asked" or said:
                yield Visit(self.when[visit], self._kind(visit), state, said, visit == latest)

    def _asked(self, theme: str, visit: str) -> Iterator[Said]:
        for row in self.coded.get((theme, visit), ())[:2]:
            yield Said(ended(str(row["summary"])), (self.places[str(row["finding"])],))


def _together(visits: Iterable[Visit]) -> Iterator[Visit]:
    """Tell visits in a row of which there is nothing to tell, for one reason, as one."""
    for (state, now), run in groupby(visits, key=lambda visit: (visit.state, visit.now)):
        every = list(run)
        if len(every) > 1 and state in _NOTHING:
            yield Visit(join([visit.when for visit in every]), "", state, (), now)
        else:
            yield from every


def groups_of(found: Found) -> str:
    """Name those of whom a paragraph speaks; nobody where no group is named."""
    return join([name for cohort in found.cohorts if (name := briefly(cohort))])
