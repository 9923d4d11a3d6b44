"""The paths of one theme, told of each group that differs: their tags and their sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from analysis.english import join, lower
from analysis.report.sentences.paths import FOR_SOME, HALF, paths_of
from analysis.report.sentences.plain import briefly, levels_said, named, who
from analysis.results.columns import columns, whens
from analysis.results.matters import leading_paths
from analysis.results.results import Results
from analysis.results.staves import Stave
from analysis.tables import Row, records
from analysis.vocabulary import (
    ALL_COHORTS,
    COHORTS,
    CONFIDENCE,
    ENDS,
    LEVELS,
    NOT_STATED,
    THROUGHOUT,
    TOO_LITTLE,
)

MOST_GROUPS: Final = 3
"""Groups whose path is told, the last only if two inspections judged it or as many as the first;
the strips show all."""
_OFTEN: Final = 3
"""Visits of any kind that must judge a group before one inspection of it is told."""
ON_LITTLE: Final = "rests on little"
READERS_DIFFER: Final = "a second reader saw it otherwise"
"""A reader of whole documents has the path another way: better, worse, or neither."""
_NOBODY: Final = COHORTS[NOT_STATED]


@dataclass(frozen=True, eq=False)
class Group:
    """Cohorts that share a path, and its row of `Results.paths`."""

    cohorts: tuple[str, ...]
    path: Row

    @property
    def name(self) -> str:
        """Who they are, as a tag names them."""
        return join([briefly(cohort) or _NOBODY for cohort in self.cohorts])


@dataclass(frozen=True)
class _Short:
    """What a shorter visit found: when, how good, on which rungs; and those of inspections beside.

    `rungs` holds one for each level that it gave, `beside` those of the inspections next before and
    after it.
    """

    when: str
    how: str
    rungs: tuple[float, ...]
    beside: tuple[float, ...]


class Told:
    """Tells the paths of the themes of one authority."""

    def __init__(self, results: Results) -> None:
        self._said = paths_of(results)
        self._leading = {(row["theme"], row["cohort"]) for row in leading_paths(results)}
        self._cells = {
            (str(row["theme"]), str(row["cohort"]), str(row["visit"])): row
            for row in records(results.statuses)
        }
        self._when = whens(results)
        self._order = {column.visit: at for at, column in enumerate(columns(results))}
        short = [c.visit for c in columns(results) if c.kind == "short"]
        self._short, self._lately = set(short), self._when[short[-1]] if short else ""
        self._last_short = self._order[short[-1]] if short else 0
        self._paths: dict[str, list[Row]] = {}
        for row in records(results.paths):
            path: Row = {str(name): value for name, value in row.items()}
            self._paths.setdefault(str(row["theme"]), []).append(path)

    def sure(self, theme: str) -> tuple[str, ...]:
        """Say what each cohort's path rests on."""
        return tuple(self._said.sure(row) for row in self._each(theme))

    def first(self, theme: str) -> Group | None:
        """Return the group whose path is told first; None where no inspection judged it."""
        return next(iter(_first(_followed(self._groups(theme)))), None)

    def sentences(self, theme: str, judged: Sequence[Stave]) -> Iterator[str]:
        """Say the path of each group, and what shorter visits found otherwise.

        Parameters
        ----------
        judged
            The theme's row over all cohorts; nothing where no visit judged it.
        """
        groups = self._groups(theme)
        if not groups:
            yield self._by_short_visits(theme, judged)
        alone = len(groups) == 1 and len(groups[0].cohorts) == len(self._each(theme))
        told = _first(_followed(groups))
        told += self._often(groups, told, judged)
        for group in told:
            text = self._said.said(group.path)
            unnamed = len(told) > 1 and group.cohorts == (NOT_STATED,)
            whose = () if alone else group.cohorts
            yield f"No group named: {text}." if unnamed else named(text, whose)
            yield from self._shorter(group, judged, among=len(told))
        if across := self._across(theme, told):
            yield across

    def _by_short_visits(self, theme: str, judged: Sequence[Stave]) -> str:
        """Say what shorter visits found of a theme that no full inspection judged."""
        found = []
        for cell in (cell for stave in judged for cell in stave.judged):
            hows: dict[str, list[str]] = {}
            for mark in cell.marks:
                how = self._said.how(theme, mark.cohorts, cell.visit)
                hows.setdefault(how, []).extend(mark.cohorts)
            found.append((self._when[cell.visit], _by_group(hows, named=False)))
        if not found:
            return "No visit judged it."
        visits = "A short visit" if len(found) == 1 else "Short visits"
        return f"No full inspection said how good it was. {visits}: {levels_said(found)}."

    def _often(
        self, groups: Sequence[Group], told: Sequence[Group], judged: Sequence[Stave]
    ) -> list[Group]:
        """Return the group of one inspection whom most visits judged, shorter ones too.

        They must be as many as judged any that is told; two are enough where the latest inspection
        or a visit since found otherwise for it than for all that are told.
        """
        seen = {group: self._judged(group, judged) for group in groups}
        others = [group for group in groups if group not in told]
        most = max((len(seen[group]) for group in told), default=0)
        last = max((self._order[str(group.path["latest"])] for group in told), default=0)
        now = {seen[group][-1][1] for group in told if seen[group]}
        often = [
            group
            for group in others
            if len(seen[group]) >= max(most, _OFTEN)
            or (len(seen[group]) >= ENDS and seen[group][-1][0] >= last
                and seen[group][-1][1] not in now)
        ]  # fmt: skip
        often.sort(key=lambda group: -len(seen[group]))
        return often[: max(MOST_GROUPS - len(told), 0)][:1] if told else []

    def _judged(self, group: Group, judged: Sequence[Stave]) -> list[tuple[int, str]]:
        """Return the visits of any kind that judged a theme for a group: place and lowest level."""
        found = []
        for cell in (cell for stave in judged for cell in stave.cells):
            levels = [m.level for m in cell.marks if set(group.cohorts) & set(m.cohorts)]
            if levels:
                found.append((self._order[cell.visit], min(levels, key=LEVELS.__getitem__)))
        return found

    def tags(self, theme: str, judged: Sequence[Stave]) -> Iterator[str]:
        """Give the word of the path, or of each group, and say what full inspections alone bear."""
        groups = self._groups(theme)
        followed = _followed(groups)
        among = len(_first(followed))
        words = [
            self._said.word(g.path, against=self._otherwise(g, judged, among=among)) for g in groups
        ]
        told = [pair for pair in zip(groups, words, strict=True) if pair[1] != TOO_LITTLE]
        first = _first([group for group, _ in told])
        told = [(group, word) for group, word in told if group in first]
        known = list(dict.fromkeys(word for _, word in told)) or words[:1]
        if len(known) == 1 and not self._across(theme, _first(followed)):
            yield f"{self._whose(theme, told)}{known[0]}"
            low = all(group.path["confidence"] == CONFIDENCE[0] for group in followed)
            leads = any((theme, c) in self._leading for group in groups for c in group.cohorts)
            if low and not leads and known[0] != TOO_LITTLE:
                yield ON_LITTLE
            if any(self._said.readers_differ(g.cohorts, g.path) for g in groups):
                yield READERS_DIFFER
            return
        for group, word in told:
            yield f"{group.name}: {word}"
        if across := self._across(theme, _first(followed)):
            yield lower(across.removesuffix("."))
        if any(self._said.readers_differ(group.cohorts, group.path) for group in first):
            yield READERS_DIFFER

    def _whose(self, theme: str, told: Sequence[tuple[Group, str]]) -> str:
        """Name the one group whose path is told, where others were judged too."""
        alone = len(told) == 1 and len(told[0][0].cohorts) < len(self._each(theme))
        return f"{told[0][0].name}: " if alone else ""

    def _each(self, theme: str) -> list[Row]:
        rows = self._paths.get(theme, [])
        return [row for row in rows if row["levels"] and row["cohort"] != ALL_COHORTS]

    def _groups(self, theme: str) -> list[Group]:
        """Paths that differ in what is said of them, each with its cohorts.

        Those of most inspections come first; where no group is named, nobody shares what is said.
        """
        each = self._each(theme)
        visits = {pair.split("=")[0] for row in each for pair in str(row["levels"]).split()}
        for row in self._paths.get(theme, []):
            whole = row["cohort"] == ALL_COHORTS and row["levels"]
            if whole and int(row["inspections"]) == len(visits) and self._shared(row):
                return [Group(tuple(str(own["cohort"]) for own in each), row)] if each else []
        named_too = [row for row in each if row["cohort"] != NOT_STATED]
        most = max((int(row["inspections"]) for row in named_too), default=0)
        if most >= ENDS:  # on little, what names no group says less than what does
            each = [row for row in each if row in named_too or _bears(row, most)]
        groups: dict[tuple[str, bool], Group] = {}
        for row in sorted(each, key=self._place):
            key = (self._said.said(row), row["cohort"] == NOT_STATED)
            sharing = groups[key].cohorts if key in groups else ()
            first = groups[key].path if key in groups else row
            groups[key] = Group((*sharing, str(row["cohort"])), first)
        return list(groups.values())

    def _shared(self, path: Row) -> bool:
        """Whether each inspection of a path over all cohorts speaks of one that the next speaks of.

        Or one of the two of nobody named.
        """
        each = [(str(row["cohort"]), _levels(row)) for row in self._each(str(path["theme"]))]
        judged = [{cohort for cohort, held in each if visit in held} for visit in _levels(path)]
        return all(
            not one.isdisjoint(two) or NOT_STATED in one | two for one, two in pairwise(judged)
        )

    def _place(self, path: Row) -> tuple[int, bool, int]:
        """Put first what most inspections judged, then where no group is named."""
        theme, cohort = str(path["theme"]), str(path["cohort"])
        paragraphs = sum(
            int(self._cells[theme, cohort, visit]["paragraphs"]) for visit in _levels(path)
        )
        return -int(path["inspections"]), cohort != NOT_STATED, -paragraphs

    def _across(self, theme: str, told: Sequence[Group]) -> str:
        """Say what was found of no group in particular, where no group's latest level says it.

        What an inspection found after all that judged the groups is always said.
        """
        last = max((self._order[str(group.path["latest"])] for group in told), default=-1)
        for row in self._each(theme):
            visit = str(row["latest"])
            if row["cohort"] != NOT_STATED or self._order[visit] < last:
                continue
            sure = self._cells[theme, NOT_STATED, visit]["confidence"] != CONFIDENCE[0]
            level = str(row["level_latest"])
            beside = {held for g in told if (held := _levels(g.path).get(visit))}
            apart = level not in beside and (sure or _far(level, beside))
            if self._order[visit] > last or apart:
                how = self._said.how(theme, [NOT_STATED], visit)
                return f"Across the service: {how} in {self._when[visit]}."
        return ""

    def _shorter(self, group: Group, judged: Sequence[Stave], *, among: int) -> Iterator[str]:
        """Say what shorter visits found, where one of them found otherwise.

        Else what the last of all found; that it agreed, if the latest inspection came before it and
        is said to have found the same.
        """
        found, otherwise = self._short_visits(group, judged, among=among)
        visits = "A short visit" if len(found) == 1 else "Short visits"
        if otherwise:
            yield f"{visits}: {levels_said(found)}."
        elif found and found[-1][0] == self._lately:
            theme, latest = str(group.path["theme"]), str(group.path["latest"])
            how = self._said.how(theme, [str(group.path["cohort"])], latest)
            before = self._order[latest] < self._last_short
            agreed = before and found[-1][1] == how
            said = f" agreed ({self._lately})" if agreed else f": {levels_said(found[-1:])}"
            yield f"A short visit{said}."

    def _otherwise(self, group: Group, judged: Sequence[Stave], *, among: int) -> bool:
        return self._short_visits(group, judged, among=among)[1]

    def _short_visits(
        self, group: Group, judged: Sequence[Stave], *, among: int
    ) -> tuple[list[tuple[str, str]], bool]:
        """What shorter visits found, and whether one lay a whole level from all inspections beside.

        Or so far below the last of all, which would be told alone. Half a level is enough where all
        inspections are said to be alike. Where a path that names no group is the only one told, or
        one over all groups, it reads as if it spoke for all: any group's shorter visit counts, and
        is named where the path does not speak of it.
        """
        each = list(self._each_short(group, judged, among=among))
        apart = HALF if group.path["word"] in THROUGHOUT.values() else 1
        otherwise = any(
            all(abs(rung - other) >= apart for other in short.beside)
            for short in each
            for rung in short.rungs
        )
        last = bool(each) and each[-1].when == self._lately
        worse = last and min(min(short.rungs) for short in each) + 1 <= min(each[-1].rungs)
        return [(short.when, short.how) for short in each], otherwise or worse

    def _each_short(self, group: Group, judged: Sequence[Stave], *, among: int) -> Iterator[_Short]:
        """Give each shorter visit that judged a theme for those of whom a path is read."""
        theme, whose = str(group.path["theme"]), self._read_for(group, among=among)
        said = self._said
        full = {v: said.rung(theme, str(group.path["cohort"]), v) for v in _levels(group.path)}
        cells = [cell for stave in judged for cell in stave.cells]
        for at, cell in enumerate(cells):
            hows: dict[str, list[str]] = {}
            rungs = []
            for mark in cell.marks if cell.visit in self._short else ():
                if spoken_of := [cohort for cohort in mark.cohorts if cohort in whose]:
                    how = said.how(theme, spoken_of, cell.visit)
                    hows.setdefault(how, []).extend(spoken_of)
                    rungs.append(said.rung(theme, spoken_of[0], cell.visit))
            if rungs:
                before = [full[c.visit] for c in cells[:at] if c.visit in full][-1:]
                after = [full[c.visit] for c in cells[at + 1 :] if c.visit in full][:1]
                theirs = {cohort for cohorts in hows.values() for cohort in cohorts}
                named = NOT_STATED not in group.cohorts and theirs.isdisjoint(
                    {NOT_STATED, *group.cohorts}
                )
                how = _by_group(hows, named=named)
                yield _Short(self._when[cell.visit], how, tuple(rungs), (*before, *after))

    def _read_for(self, group: Group, *, among: int) -> set[str]:
        """Return the cohorts of whom a path reads as if it spoke: all, where it alone is told."""
        every = {str(row["cohort"]) for row in self._each(str(group.path["theme"]))}
        for_all = among == 1 and (NOT_STATED in group.cohorts or every == set(group.cohorts))
        return set(COHORTS) if for_all else set(group.cohorts)


def _bears(row: Row, most: int) -> bool:
    """Whether a path can be leaned on, or holds more inspections than any other."""
    return row["confidence"] != CONFIDENCE[0] or int(row["inspections"]) > most


def _far(level: str, others: Iterable[str]) -> bool:
    """Whether a level lies two steps from all others."""
    steps = [abs(LEVELS[level] - LEVELS[other]) for other in others]
    return bool(steps) and min(steps) == max(LEVELS.values())


def _by_group(hows: Mapping[str, Sequence[str]], *, named: bool) -> str:
    """Say how good something was, and for whom where that differs or has to be named."""
    if len(hows) == 1 and not named:
        return next(iter(hows))
    return join([
        f"{how}{'' if how.endswith(FOR_SOME) else ' for'} "
        f"{join([who(cohort) or 'others' for cohort in cohorts])}"
        for how, cohorts in hows.items()
    ])  # fmt: skip


def _followed(groups: list[Group]) -> list[Group]:
    """Return the groups whom two inspections judged or more; all where none is."""
    return [group for group in groups if int(group.path["inspections"]) >= ENDS] or groups


def _first(groups: Sequence[Group]) -> list[Group]:
    """Return the groups whose path is told."""
    kept = list(groups[:MOST_GROUPS])
    if len(kept) == MOST_GROUPS:
        first, last = (int(kept[at].path["inspections"]) for at in (0, -1))
        if last < min(first, ENDS):
            kept.pop()
    return kept


def _levels(path: Row) -> dict[str, str]:
    return dict(pair.split("=") for pair in str(path["levels"]).split())
