"""A card for each theme: its path in a sentence, its marks, and what was found visit by visit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from analysis.anchors import theme_anchor
from analysis.english import join, sentence_case
from analysis.report.sentences.paths import Paths
from analysis.report.sentences.plain import compared, levels_said, named, who
from analysis.report.sentences.sentence import ended
from analysis.report.tables.places import Place, places
from analysis.report.tables.strips import Strip, strip
from analysis.results.columns import columns, whens
from analysis.results.confidence import OUTSIDE
from analysis.results.found import Coded, Found, against, best, coded_cells, found_at
from analysis.results.matters import leading_paths
from analysis.results.results import Results
from analysis.results.staves import NOT_LOOKED, Cell, Mark, Stave, staves_of
from analysis.tables import Row, records
from analysis.vocabulary import (
    ALL_COHORTS,
    COHORTS,
    CONFIDENCE,
    ENDS,
    INSPECTIONS,
    KINDS,
    NOT_STATED,
    NOTICE,
    READERS,
    RESOLVED,
    TOO_LITTLE,
)

MOST_SENTENCES: Final = 2
"""Groups whose path a card says; the strips show all."""
MOST_LINES: Final = 2
"""Paragraphs that a visit's line tells, one a group; the evidence has all."""
DIFFERS: Final = "differs by group"
ON_LITTLE: Final = "rests on little"
READERS_DIFFER: Final = "readers differ"
"""A reader of whole documents has the path another way: better, worse, or neither."""
_MACHINES: Final = (*READERS, RESOLVED)


_Group = tuple[list[str], Row]
"""Cohorts that share a path, and its row."""


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
        Its path, one sentence for each group that differs, at most `MOST_SENTENCES`.
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
        self.staves, self.said = staves_of(results), Paths(results)
        self.leading = {(row["theme"], row["cohort"]) for row in leading_paths(results)}
        self.cells = {
            (str(row["theme"]), str(row["cohort"]), str(row["visit"])): row
            for row in records(results.statuses)
        }
        self.columns = columns(results)
        self.when = whens(results)
        self.kinds = {column.visit: column.kind for column in self.columns}
        self.places = places(results)
        paths: dict[str, list[Row]] = {}
        for row in records(results.paths):
            paths.setdefault(str(row["theme"]), []).append({str(k): v for k, v in row.items()})
        self.paths = paths

    def card(self, theme: str) -> Card:
        rows = self.staves.by_cohort(theme)
        every = [cohort for stave in rows for cohort in stave.cohorts]
        whole = self.staves.of(every, [theme]) if rows else []
        about = self.results.data.codebook.theme(theme)
        paths = self._groups(theme)
        judged = [stave for stave in whole if stave.judged]
        found = self._by_group(rows)
        last = self._last(judged[0]) if judged else None
        return Card(
            anchor=theme_anchor(theme),
            theme=theme,
            name=about.name,
            about=about.definition,
            tags=tuple(self._tags(paths, judged)),
            sentences=tuple(self._sentences(paths, judged)),
            latest=tuple(self._latest(theme, last.visit, rows)) if last else (),
            latest_when=self.when[last.visit] if last else "",
            own=tuple(self._own(theme)),
            sure=tuple(
                self.said.sure(row)
                for row in self.paths.get(theme, [])
                if row["cohort"] != ALL_COHORTS and row["levels"]
            ),
            strips=tuple(self._strips(rows)),
            visits=tuple(self._visits(theme, found, judged)),
            paragraphs=len({row["finding"] for (t, _), rows in self.coded.items() if t == theme
                            for row in rows}),
        )  # fmt: skip

    def _groups(self, theme: str) -> list[_Group]:
        """Paths that differ, each with the cohorts that share it; those of most visits first."""
        rows = [row for row in self.paths.get(theme, []) if row["levels"]]
        whole = [row for row in rows if row["cohort"] == ALL_COHORTS]
        each = [row for row in rows if row["cohort"] != ALL_COHORTS]
        visits = {pair.split("=")[0] for row in each for pair in str(row["levels"]).split()}
        if whole and int(whole[0]["inspections"]) == len(visits):
            return [([str(row["cohort"]) for row in each], whole[0])] if each else []
        named_too = [row for row in each if row["cohort"] != NOT_STATED]
        unnamed = [row for row in each if row["cohort"] == NOT_STATED]
        doubtful = any(row["confidence"] == CONFIDENCE[0] for row in unnamed)
        if doubtful and any(int(row["inspections"]) >= ENDS for row in named_too):
            each = named_too  # on little, what names no group would read as if it spoke for all
        groups: dict[str, _Group] = {}
        for row in sorted(
            each, key=lambda row: (row["cohort"] != NOT_STATED, -int(row["inspections"]))
        ):
            groups.setdefault(str(row["levels"]), ([], row))[0].append(str(row["cohort"]))
        return list(groups.values())

    def _sentences(self, groups: list[_Group], judged: Sequence[Stave]) -> Iterator[str]:
        if not groups:
            visits = {cell.visit for stave in judged for cell in stave.judged}
            short = "a shorter visit" if len(visits) == 1 else "shorter visits"
            yield f"No full inspection judged it; {short} did." if visits else "No visit judged it."
        theme = str(groups[0][1]["theme"]) if groups else ""
        spoken_of = [row for row in self.paths.get(theme, []) if row["cohort"] != ALL_COHORTS]
        alone = len(groups) == 1 and len(groups[0][0]) == len(spoken_of)
        followed = _followed(groups)
        for cohorts, row in followed[:MOST_SENTENCES]:
            yield named(self.said.said(row), [] if alone else cohorts)
            if short := self._otherwise((cohorts, row), judged):
                yield short
        if across := self._across(theme, followed):
            yield across

    def _across(self, theme: str, groups: Sequence[_Group]) -> str:
        """Say what was found of no group in particular, where no group's latest level says it."""
        told = [row for _, row in groups]
        for row in self.paths.get(theme, []):
            visit = str(row["latest"])
            if row["cohort"] != NOT_STATED or visit not in {r["latest"] for r in told}:
                continue
            sure = self.cells[theme, NOT_STATED, visit]["confidence"] != CONFIDENCE[0]
            beside = {dict(p.split("=") for p in str(r["levels"]).split()).get(visit) for r in told}
            if sure and row["level_latest"] not in beside:
                how = self.said.how(theme, [NOT_STATED], visit)
                return f"Across the service: {how} in {self.when[visit]}."
        return ""

    def _tags(self, groups: list[_Group], judged: Sequence[Stave]) -> Iterator[str]:
        """Give the word of the path, or of each group, and say what full inspections alone bear."""
        words = [self.said.word(row, self._otherwise((cs, row), judged)) for cs, row in groups]
        told = [pair for pair in zip(groups, words, strict=True) if pair[1] != TOO_LITTLE]
        known = list(dict.fromkeys(word for _, word in told)) or words[:1]
        theme = str(groups[0][1]["theme"]) if groups else ""
        if len(known) == 1 and not self._across(theme, _followed(groups)):
            yield known[0]
            low = all(row["confidence"] == CONFIDENCE[0] for _, row in _followed(groups))
            leads = any((theme, c) in self.leading for cs, _ in groups for c in cs)
            if low and not leads and known[0] != TOO_LITTLE:
                yield ON_LITTLE
            if any(self.said.readers_differ(*group) for group in groups):
                yield READERS_DIFFER
            return
        if known:
            yield DIFFERS
        for (cohorts, _), word in told[:MOST_SENTENCES]:
            name = join([who(cohort) or COHORTS[cohort] for cohort in cohorts])
            name = "no group named" if cohorts == [NOT_STATED] else name
            yield f"{name}: {word}"
        if any(self.said.readers_differ(*group) for group, _ in told[:MOST_SENTENCES]):
            yield READERS_DIFFER

    def _otherwise(self, group: _Group, judged: Sequence[Stave]) -> str:
        """Say which shorter visits found a level that the full inspections around them did not.

        A path that names no group reads as if it spoke for all: any group's shorter visit counts.
        """
        cohorts, row = group
        whose = set(COHORTS) if NOT_STATED in cohorts else set(cohorts)
        full = dict(pair.split("=") for pair in str(row["levels"]).split())
        found, before = [], ""
        cells = [cell for stave in judged for cell in stave.cells]
        for at, cell in enumerate(cells):
            before = full.get(cell.visit, before)
            after = next((full[c.visit] for c in cells[at + 1 :] if c.visit in full), "")
            if len(cell.marks) != 1 or self.kinds[cell.visit] != "short":
                continue
            mark = cell.marks[0]
            if whose & set(mark.cohorts) and mark.level not in (before, after):
                theme = str(row["theme"])
                how = self.said.how(theme, mark.cohorts, cell.visit)
                found.append((self.when[cell.visit], how))
        who_found = "A short visit" if len(found) == 1 else "Short visits"
        return f"{who_found} found it {levels_said(found)}." if found else ""

    def _last(self, stave: Stave) -> Cell:
        """Return the latest visit that judged it; one paragraph of a visit elsewhere is none."""
        meant = [c for c in stave.judged if not all(self._aside(stave, c, m) for m in c.marks)]
        return (meant or stave.judged)[-1]

    def _aside(self, stave: Stave, cell: Cell, mark: Mark) -> bool:
        own = (self.cells[stave.theme, cohort, cell.visit] for cohort in mark.cohorts)
        outside = all(OUTSIDE in str(row["reasons"]) for row in own)
        return outside and mark.confidence == CONFIDENCE[0]

    def _latest(self, theme: str, visit: str, rows: Sequence[Stave]) -> Iterator[Said]:
        """What a visit found of the surest group, and of another what differs or speaks against it.

        `rows` are the groups', each by itself.
        """
        coded = self.coded.get((theme, visit), ())
        cells = [cell for stave in rows for cell in stave.cells if cell.visit == visit]
        marks = sorted(
            (mark for cell in cells for mark in cell.marks),
            key=lambda mark: (-CONFIDENCE.index(mark.confidence), -len(mark.findings)),
        )
        told = [found for mark in marks if (found := best(coded, mark))]
        told = [*told[:1], *(found for found in told if found.level != told[0].level)]
        if len(told) == 1 and (other := against(coded, marks[0])):
            told.append(other)
        for found in told[:MOST_LINES]:
            sharing = [m for m in marks if m.level == found.level and found.finding in m.findings]
            names = [name for mark in sharing for c in mark.cohorts if (name := who(c))]
            name = join(names) if len(rows) > 1 else ""
            yield Said(ended(found.text), (self.places[found.finding],), name)

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
            name = sentence_case(who(stave.cohorts[0]) or "no group named")
            yield strip(stave, name, "", self.columns)

    def _visits(
        self, theme: str, found: dict[str, tuple[Said, ...]], judged: Sequence[Stave]
    ) -> Iterator[Visit]:
        states = {cell.visit: cell.state for stave in judged for cell in stave.cells}
        latest = self.columns[-1].visit if self.columns else ""
        for row in records(self.results.data.visits):
            visit, kind = str(row["visit"]), str(row["kind"])
            words = "full inspection" if kind in INSPECTIONS else KINDS[kind]
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
                yield Visit(self.when[visit], words, state, said, visit == latest)

    def _asked(self, theme: str, visit: str) -> Iterator[Said]:
        for row in self.coded.get((theme, visit), ())[:2]:
            yield Said(ended(str(row["summary"])), (self.places[str(row["finding"])],))


def groups_of(found: Found) -> str:
    """Name those of whom a paragraph speaks; nobody where no group is named."""
    return join([name for cohort in found.cohorts if (name := who(cohort))])


def _followed(groups: list[_Group]) -> list[_Group]:
    """Return the groups whom two inspections judged or more; all where none is."""
    return [group for group in groups if int(group[1]["inspections"]) >= ENDS] or groups
