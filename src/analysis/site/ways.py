"""Who found a way out on a theme: what was raised with weight, and later found met.

The rule is that of `analysis.england.way_out`; here it is put in words, with its places.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from analysis.anchors import finding_anchor
from analysis.england.way_out import OUT, OUTCOMES
from analysis.english import sentence_case
from analysis.report.sentences.plain import who
from analysis.report.tables.places import brief_place
from analysis.site.tables import Authority, Tables, Visit
from analysis.tables import Row

TOLD: Final = 3
"""Ways that a page tells before its list."""


@dataclass(frozen=True)
class End:
    """One end of a way out: the visit, what was found, where it stands, its place on the page."""

    visit: Visit
    text: str
    place: str
    href: str


@dataclass(frozen=True)
class Way:
    """A need that an authority had, and that a later visit found met.

    Attributes
    ----------
    authority
        Whose it was.
    cohort
        For whom, as a slug.
    meaning, groups
        What could need improving, and for whom in words; blank where no group is named.
    first
        The visit that raised it first.
    before, after
        The visit that raised it last, and the one that found it met.
    looked_after
        Later visits that looked at all of it; none raised it.
    """

    authority: Authority
    cohort: str
    meaning: str
    groups: str
    first: Visit
    before: End
    after: End
    looked_after: int


@dataclass(frozen=True)
class Ways:
    """What became of the needs that authorities had on a theme.

    Attributes
    ----------
    found
        Those that were found met, the latest first.
    counts
        Meaning of the aspect to needs by what became of them, every outcome.
    had
        Authorities that had any.
    """

    found: list[Way]
    counts: dict[str, dict[str, int]]
    had: int

    @property
    def authorities(self) -> dict[str, list[str]]:
        """Slugs of the authorities that found a way out of any, by name, each with for whom."""
        found: dict[str, list[str]] = {}
        for way in self.by_name:
            cohorts = found.setdefault(way.authority.slug, [])
            if way.cohort not in cohorts:
                cohorts.append(way.cohort)
        return found

    @property
    def told(self) -> list[Way]:
        """The latest ways, each of another authority, that a page tells before its list."""
        latest: dict[str, Way] = {}
        for way in self.found:
            latest.setdefault(way.authority.slug, way)
        return list(latest.values())[:TOLD]

    @property
    def by_name(self) -> list[Way]:
        """The same ways by the authority's name."""
        return sorted(self.found, key=lambda way: way.authority.name)


def ways(tables: Tables, theme: str) -> Ways:
    """Follow the needs of a theme over England."""
    rows = tables.followed[theme]
    meanings = tables.aspects[theme]
    counted = Counter((row["aspect"], row["outcome"]) for row in rows)
    found = [_way(tables, row, meanings[row["aspect"]]) for row in rows if row["outcome"] == OUT]
    found.sort(key=lambda way: (way.after.visit.start, way.authority.slug), reverse=True)
    return Ways(
        found,
        {
            meaning: {outcome: counted[aspect, outcome] for outcome in OUTCOMES}
            for aspect, meaning in meanings.items()
            if any(row["aspect"] == aspect for row in rows)
        },
        len({row["authority"] for row in rows}),
    )


def _way(tables: Tables, row: Row, meaning: str) -> Way:
    return Way(
        tables.authorities[row["authority"]],
        row["cohort"],
        meaning,
        who(row["cohort"]),
        tables.visits[row["first_raised"]],
        _end(tables, row, row["raised_by"]),
        _end(tables, row, row["met_by"]),
        int(row["looked_after"]),
    )


def _end(tables: Tables, row: Row, name: str) -> End:
    """Say what a finding says of the theme, where it says so, else what it says."""
    finding = tables.findings[name]
    own = [
        sentence_case(code["found"])
        for code in tables.codes.get((row["theme"], finding["visit"]), ())
        if code["finding"] == name and code["cohort"] == row["cohort"]
    ]
    return End(
        tables.visits[finding["visit"]],
        str(next(filter(None, own), finding["summary"])),
        brief_place(finding, tables.documents[finding["document"]]).text,
        f"{tables.authorities[row['authority']].page}#{finding_anchor(name)}",
    )
