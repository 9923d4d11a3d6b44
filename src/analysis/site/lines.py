"""An authority's line on a theme's page: its visits as marks, its path, and the latest word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.anchors import finding_anchor
from analysis.english import join
from analysis.report.sentences.plain import who
from analysis.report.tables.places import brief_place
from analysis.report.tables.strips import Strip, strip
from analysis.results.columns import Column
from analysis.results.found import best
from analysis.results.staves import NOT_LOOKED, NOT_MENTIONED, Cell, Mark, Stave, marks_of
from analysis.site.tables import Authority, Tables, Visit
from analysis.site.turns import Turn, turns
from analysis.tables import Row
from analysis.vocabulary import (
    ALL_COHORTS,
    COHORTS,
    INSPECTIONS,
    LEVELS,
    PARTNERSHIP_KINDS,
    TAGGER,
    TOO_LITTLE,
)


@dataclass(frozen=True)
class Said:
    """What the latest visit that judged a theme for some groups found, where they share a level.

    Attributes
    ----------
    visit
        The visit.
    cohorts, groups
        Who shares the level, as slugs and in words; blank where no group is named.
    level, confidence
        The level and how far it can be leaned on.
    text, place, href, document
        What was found, in our words; where it stands; its place on the authority's page; its row.
        Without words where only a program chose the paragraph.
    tagged
        Whether the program, and no reader, gave the codes behind it.
    paths
        The word for the path of each of the cohorts.
    """

    visit: Visit
    cohorts: tuple[str, ...]
    groups: str
    level: str
    confidence: str
    text: str
    place: str
    href: str
    finding: str
    tagged: bool
    paths: tuple[str, ...]

    @property
    def told(self) -> tuple[str, ...]:
        """Words of paths that say something, each once."""
        return tuple(dict.fromkeys(word for word in self.paths if word != TOO_LITTLE))


@dataclass(frozen=True)
class Line:
    """An authority on a theme's page.

    Attributes
    ----------
    authority
        Whose line it is.
    strip
        Its visits as marks.
    path
        The word for the path of the theme over all groups.
    level
        Level at the latest visit that judged it, `differs by cohort`, or blank if none did.
    said
        What that visit found, then what earlier ones found for groups that it did not judge.
    weak
        Each weakness that visits to the services found, latest first; visits to a whole
        partnership are left out.
    looked
        Later visits: how many looked and did not mention it, and how many did not look.
    judged_anew
        Whether any visit under the rules from 2018 judged it. The latest that judged it can follow
        other rules for all that: a visit to a whole partnership.
    turns
        Cohort to how it was weak and turned out strong, all of them together under `all`; those
        of which that is so.
    """

    authority: Authority
    strip: Strip
    path: str
    level: str
    said: tuple[Said, ...]
    weak: tuple[Said, ...]
    looked: tuple[int, int]
    judged_anew: bool
    turns: Mapping[str, Turn]

    @property
    def turn(self) -> Turn | None:
        """How the theme was weak and turned out strong, over all groups."""
        return self.turns.get(ALL_COHORTS)

    @property
    def visit(self) -> Visit | None:
        """The latest visit that judged the theme."""
        return self.said[0].visit if self.said else None

    @property
    def now(self) -> list[Said]:
        """What that visit found."""
        return [said for said in self.said if said.visit == self.visit]

    @property
    def before(self) -> list[Said]:
        """What earlier visits found for other groups."""
        return [said for said in self.said if said.visit != self.visit]

    @property
    def weak_before(self) -> list[Said]:
        """Weaknesses found before the latest visit that judged it."""
        return [said for said in self.weak if said.visit != self.visit]

    @property
    def marks(self) -> str:
        """The marks, for who cannot see them."""
        return "; ".join(f"{cell.column.when} {cell.words}" for cell in self.strip.cells)


class Lines:
    """Makes the lines of every authority."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def of(self, theme: str) -> list[Line]:
        """Return the line of each authority, by name."""
        return [self._line(theme, authority) for authority in self.tables.authorities.values()]

    def _line(self, theme: str, authority: Authority) -> Line:
        tables = self.tables
        visits = tables.read_visits[authority.slug]
        held = tables.statuses[theme]
        cells = tuple(_cell(visit, held[visit.visit]) for visit in visits)
        said = tuple(self._said(theme, authority, list(zip(visits, cells, strict=True))))
        stave = Stave(theme, (ALL_COHORTS,), cells)
        drawn = strip(stave, authority.name, authority.page, _columns(visits)) if cells else None
        latest = said[0].visit if said else None
        after = [c for v, c in zip(visits, cells, strict=True) if latest and v.start > latest.start]
        return Line(
            authority,
            drawn or Strip(authority.name, authority.page, (), ""),
            tables.paths.get((authority.slug, theme, ALL_COHORTS), TOO_LITTLE),
            str(held[latest.visit][ALL_COHORTS]["status"]) if latest else "",
            said,
            tuple(self._weak(theme, authority, list(zip(visits, cells, strict=True)))),
            (
                sum(cell.state == NOT_MENTIONED for cell in after),
                sum(cell.state == NOT_LOOKED for cell in after),
            ),
            any(cell.marks and v.new_rules for v, cell in zip(visits, cells, strict=True)),
            turns(visits, held),
        )

    def _said(
        self, theme: str, authority: Authority, cells: Sequence[tuple[Visit, Cell]]
    ) -> Iterator[Said]:
        """Give the latest word on each cohort, latest visit first, strongest level first."""
        told: set[str] = set()
        for visit, cell in reversed(cells):
            for mark in cell.marks:
                cohorts = tuple(cohort for cohort in mark.cohorts if cohort not in told)
                if cohorts:
                    yield self._of_mark(theme, authority, visit, mark, cohorts)
            told |= {cohort for mark in cell.marks for cohort in mark.cohorts}

    def _weak(
        self, theme: str, authority: Authority, cells: Sequence[tuple[Visit, Cell]]
    ) -> Iterator[Said]:
        for visit, cell in reversed(cells):
            for mark in cell.marks:
                if mark.level == "weakness" and visit.kind not in PARTNERSHIP_KINDS:
                    yield self._of_mark(theme, authority, visit, mark, mark.cohorts)

    def _of_mark(
        self, theme: str, authority: Authority, visit: Visit, mark: Mark, cohorts: tuple[str, ...]
    ) -> Said:
        tables = self.tables
        rows = tables.codes.get((theme, visit.visit), [])
        behind = [row for row in rows if row["finding"] in mark.findings]
        found = best(behind, replace(mark, cohorts=cohorts))
        finding = found.finding if found else mark.findings[0]
        row = tables.findings[finding]
        place = brief_place(row, tables.documents[row["document"]])
        return Said(
            visit,
            cohorts,
            join([name for cohort in sorted(cohorts, key=_order) if (name := who(cohort))]),
            mark.level,
            mark.confidence,
            found.text if found else "",
            place.text,
            f"{authority.page}#{finding_anchor(finding)}",
            finding,
            all(row["coder"] == TAGGER for row in behind),
            tuple(tables.paths.get((authority.slug, theme, c), TOO_LITTLE) for c in cohorts),
        )


def _order(cohort: str) -> int:
    return list(COHORTS).index(cohort)


def _cell(visit: Visit, held: dict[str, Row]) -> Cell:
    """What a visit says of a theme over all cohorts."""
    rows = [row for cohort, row in held.items() if cohort != ALL_COHORTS]
    marks = marks_of(row for row in rows if row["status"] in LEVELS)
    if marks:
        return Cell(visit.visit, marks, "")
    whole = held[ALL_COHORTS]["status"]
    return Cell(visit.visit, (), NOT_LOOKED if whole == NOT_LOOKED else NOT_MENTIONED)


def _columns(visits: Sequence[Visit]) -> list[Column]:
    """Return the columns of visits: wide for full inspections, with a line where rules changed."""
    return [
        Column(
            visit.visit,
            visit.when,
            str(visit.year),
            "",
            "full" if visit.kind in INSPECTIONS else "short",
            now=False,
            rules=at > 0 and visit.new_rules and not visits[at - 1].new_rules,
        )
        for at, visit in enumerate(visits)
    ]
