"""What the pages of a site are made from: the tables of all authorities, looked up once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import pandas as pd

from analysis.data.codebook import Codebook, load_codebook
from analysis.dates import PartialDate
from analysis.england.frames import Frames
from analysis.project import Project
from analysis.results.grades import LADDERS
from analysis.site.places import page_of
from analysis.tables import Row
from analysis.vocabulary import KINDS, NO_DOCUMENT, NO_THEME, NOTICE, looked_at

NEW_RULES: Final = "2018"
"""Year in which the inspections of the framework that is in use now began."""
RULES: Final = "ILACS"
"""That framework."""
_GRADED: Final = {grade for ladder in LADDERS for step in ladder for grade in step}


class Authority(NamedTuple):
    """An authority: slug, name, region, neighbours' slugs, latest overall grade, when it was."""

    slug: str
    name: str
    region: str
    neighbours: tuple[str, ...]
    grade: str
    graded: str

    @property
    def page(self) -> str:
        """File of its page."""
        return page_of(self.slug)


class Visit(NamedTuple):
    """A visit: ids, first day as known, kind, areas looked at, and whether new rules held."""

    visit: str
    authority: str
    start: str
    kind: str
    framework: str
    areas: frozenset[str]
    held: str
    scope: str

    @property
    def year(self) -> int:
        """Year in which it began."""
        return int(self.start[:4])

    @property
    def when(self) -> str:
        """Its month, short."""
        return PartialDate.parse(self.start).short

    @property
    def said(self) -> str:
        """Its month and kind."""
        return f"{self.when}, {KINDS[self.kind]}"

    @property
    def new_rules(self) -> bool:
        """Whether it followed the rules from 2018 on."""
        return self.framework == RULES or (not self.framework and self.start >= NEW_RULES)


@dataclass(frozen=True)
class Tables:
    """The gathered tables of a project, by what pages ask for.

    Attributes
    ----------
    project
        Whose tables are gathered already.
    """

    project: Project

    @cached_property
    def frames(self) -> Frames:
        """The tables as they were gathered."""
        return Frames(self.project.england)

    @cached_property
    def codebook(self) -> Codebook:
        """The themes."""
        return load_codebook(self.project.raw("codebook.yml"))

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a table."""
        return _rows(self.frames.read(name))

    @cached_property
    def visits(self) -> dict[str, Visit]:
        """Visits by id, oldest first."""
        found = [
            Visit(
                r["visit"], r["authority"], r["start"], r["kind"], r["framework"],
                looked_at(r["areas"]), r["held"], r["scope"],
            )
            for r in self.rows("visits")
        ]  # fmt: skip
        found.sort(key=lambda v: (PartialDate.parse(v.start).earliest, self.order[v.visit]))
        return {visit.visit: visit for visit in found}

    @cached_property
    def order(self) -> dict[str, int]:
        """Place of each visit among those of its authority."""
        return {row["visit"]: int(row["order"]) for row in self.rows("visits")}

    @cached_property
    def documents(self) -> dict[str, Row]:
        """Documents by id."""
        return {row["document"]: row for row in self.rows("documents")}

    @cached_property
    def findings(self) -> dict[str, Row]:
        """Findings by id."""
        return {row["finding"]: row for row in self.rows("findings")}

    @cached_property
    def authorities(self) -> dict[str, Authority]:
        """Authorities by slug, in order of their names."""
        rows = sorted(self.rows("authorities"), key=lambda row: row["name"])
        by_code = {row["la_code"]: row["authority"] for row in rows}
        grades = self._grades()
        return {
            row["authority"]: Authority(
                row["authority"], row["name"], row["region_name"],
                tuple(by_code[c] for c in row["statistical_neighbours"].split(";") if c in by_code),
                *grades.get(row["authority"], ("", "")),
            )
            for row in rows
        }  # fmt: skip

    @cached_property
    def graded(self) -> dict[str, str]:
        """Overall grade by the visit that gave it, oldest first."""
        given = {
            row["visit"]: row["grade"]
            for row in self.rows("judgements")
            if row["area"] == "overall"
            and row["grade"] in _GRADED
            and self.documents[row["document"]]["source"] == "primary"
        }
        return {visit: given[visit] for visit in self.visits if visit in given}

    def _grades(self) -> dict[str, tuple[str, str]]:
        """Latest overall grade of each authority, and when it was given."""
        given = [(self.visits[visit], grade) for visit, grade in self.graded.items()]
        return {visit.authority: (grade, visit.when) for visit, grade in given}

    @cached_property
    def statuses(self) -> dict[str, dict[str, dict[str, Row]]]:
        """Rows of statuses by theme, visit and cohort; visits without a document left out."""
        found: dict[str, dict[str, dict[str, Row]]] = {theme: {} for theme in self.codebook.ids}
        table = self.frames.read("statuses")
        kept = table[table["status"] != NO_DOCUMENT]
        columns = [
            "visit",
            "theme",
            "cohort",
            "status",
            "level_by_codes",
            "document_level",
            "resolved_level",
            "document_findings",
            "confidence",
            "findings",
            "paragraphs",
        ]
        for row in _rows(kept[columns]):
            found[row["theme"]].setdefault(row["visit"], {})[row["cohort"]] = row
        return found

    @cached_property
    def read_visits(self) -> dict[str, list[Visit]]:
        """Visits of each authority of which a document that counts is held, notices aside."""
        known = {visit for by_visit in self.statuses.values() for visit in by_visit}
        found: dict[str, list[Visit]] = {slug: [] for slug in self.authorities}
        for visit in self.visits.values():
            if visit.visit in known and visit.kind != NOTICE:
                found[visit.authority].append(visit)
        return found

    @cached_property
    def codes(self) -> dict[tuple[str, str], list[Row]]:
        """Codes that count by theme and visit, each with its finding and its number of themes."""
        codes = self.frames.read("codes")
        codes = codes[codes["theme"] != NO_THEME]
        codes = codes.assign(themes=codes.groupby("finding")["theme"].transform("nunique"))
        found: dict[tuple[str, str], list[Row]] = {}
        for row in _rows(codes):
            whole = self.findings[row["finding"]] | row
            found.setdefault((row["theme"], row["visit"]), []).append(whole)
        return found

    @cached_property
    def paths(self) -> dict[tuple[str, str, str], str]:
        """Words of paths by authority, theme and cohort."""
        table = self.frames.read("paths")
        columns = (table[c].tolist() for c in ("authority", "theme", "cohort", "word"))
        return {(a, t, c): word for a, t, c, word in zip(*columns, strict=True)}

    @cached_property
    def needs(self) -> dict[tuple[str, str], Row]:
        """Needs by authority and id."""
        return {(row["authority"], row["need"]): row for row in self.rows("needs")}

    @cached_property
    def new_faults(self) -> dict[str, list[Row]]:
        """Faults that no earlier document speaks of, by the latest visit of their authority."""
        last = {visits[-1].visit for visits in self.read_visits.values() if visits}
        found: dict[str, list[Row]] = {}
        for row in self.rows("new_faults"):
            visit = str(self.findings[row["finding"]]["visit"])
            if visit in last:
                found.setdefault(visit, []).append(row)
        return found

    @cached_property
    def events(self) -> dict[str, list[Row]]:
        """What each visit says of each need that any visit raised, by theme, oldest first."""
        found: dict[str, list[Row]] = {theme: [] for theme in self.codebook.ids}
        for row in sorted(self.rows("need_events"), key=lambda row: self.order[row["visit"]]):
            if need := self.needs.get((row["authority"], row["need"])):
                found[need["theme"]].append(row)
        return found

    @cached_property
    def events_of(self) -> dict[str, list[Row]]:
        """The same by authority."""
        found: dict[str, list[Row]] = {}
        for rows in self.events.values():
            for row in rows:
                found.setdefault(row["authority"], []).append(row)
        for rows in found.values():
            rows.sort(key=lambda row: self.order[row["visit"]])
        return found

    @cached_property
    def followed(self) -> dict[str, list[Row]]:
        """Needs that authorities had, and what became of them, by theme."""
        found: dict[str, list[Row]] = {theme: [] for theme in self.codebook.ids}
        for row in self.rows("followed"):
            found[row["theme"]].append(row)
        return found

    @cached_property
    def coders(self) -> dict[str, frozenset[str]]:
        """Who gave the codes that count, by visit."""
        found: dict[str, set[str]] = {}
        for (_theme, visit), rows in self.codes.items():
            found.setdefault(visit, set()).update(row["coder"] for row in rows)
        return {visit: frozenset(coders) for visit, coders in found.items()}

    @cached_property
    def documents_of(self) -> dict[str, list[Row]]:
        """Documents by visit."""
        found: dict[str, list[Row]] = {}
        for row in self.documents.values():
            found.setdefault(row["visit"], []).append(row)
        return found

    @cached_property
    def visits_of(self) -> dict[str, list[Visit]]:
        """All visits of each authority, be a document held or not, oldest first."""
        found: dict[str, list[Visit]] = {slug: [] for slug in self.authorities}
        for visit in self.visits.values():
            found[visit.authority].append(visit)
        return found

    @cached_property
    def aspects(self) -> Mapping[str, Mapping[str, str]]:
        """What of each theme can need improving: theme to aspect to meaning."""
        return {theme.id: theme.aspects for theme in self.codebook.themes}

    def of_theme(self, theme: str) -> Iterator[tuple[Visit, dict[str, Row]]]:
        """Give the visits that could judge a theme, with its statuses by cohort, oldest first."""
        held = self.statuses[theme]
        for visit in self.visits.values():
            if visit.visit in held and visit.kind != NOTICE:
                yield visit, held[visit.visit]

    @property
    def span(self) -> tuple[int, int]:
        """First and last year of the visits that were read."""
        years = [visit.year for visits in self.read_visits.values() for visit in visits]
        return min(years), max(years)

    @property
    def latest(self) -> str:
        """When the latest visit that was read began."""
        latest = max(v.start for visits in self.read_visits.values() for v in visits)
        return PartialDate.parse(latest).label


def _rows(table: pd.DataFrame) -> list[Row]:
    """Return the rows of a table; pandas' own way asks each cell what it is."""
    columns = [table[name].astype(object).tolist() for name in table.columns]
    names = list(table.columns)
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
