"""What inspectors ask authorities for on a theme, counted over places by its closed list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.anchors import finding_anchor, need_anchor
from analysis.report.tables.places import brief_place
from analysis.results.needs import RAISING, by_relation
from analysis.site.tables import NEW_RULES, Authority, Tables, Visit
from analysis.tables import Row
from analysis.vocabulary import NOTICE, OTHER_ASPECT


@dataclass(frozen=True)
class Raising:
    """A visit that asked: the need on the authority's page, and the paragraph that raised it."""

    visit: Visit
    need_href: str
    place: str
    href: str


@dataclass(frozen=True)
class Asking:
    """An authority that was asked, and each visit that did."""

    authority: Authority
    times: tuple[Raising, ...]

    @property
    def years(self) -> list[int]:
        """Years of these visits."""
        return sorted({each.visit.year for each in self.times})


@dataclass(frozen=True)
class Asked:
    """What was asked for, and of whom, since the rules of 2018.

    Attributes
    ----------
    aspect, meaning
        Entry of the theme's closed list, and in words.
    places
        Authorities asked at least once, by name.
    """

    aspect: str
    meaning: str
    places: tuple[Asking, ...]

    def in_year(self, year: int) -> int:
        """Count the authorities asked in a year."""
        return sum(year in asking.years for asking in self.places)


def asked_for_any(asked: Iterable[Asked]) -> dict[str, set[int]]:
    """Return the years in which an authority was asked for anything, by authority."""
    found: dict[str, set[int]] = {}
    for each in asked:
        for asking in each.places:
            found.setdefault(asking.authority.slug, set()).update(asking.years)
    return found


def asked(tables: Tables, theme: str) -> list[Asked]:
    """Return what visits since 2018 asked for, what most authorities were asked for first.

    A need counts where a visit raised it or said that it was not addressed; a notice is no visit.
    """
    held: dict[str, dict[str, dict[str, Raising]]] = defaultdict(lambda: defaultdict(dict))
    for event in tables.events[theme]:
        visit = tables.visits[event["visit"]]
        counts = event["relation"] in RAISING and visit.kind != NOTICE
        if counts and visit.start >= NEW_RULES:
            need = tables.needs[event["authority"], event["need"]]
            held[need["aspect"]][visit.authority].setdefault(visit.visit, _raising(tables, event))
    meanings = dict(tables.aspects[theme]) | {OTHER_ASPECT: "Something else"}
    found = [
        Asked(
            aspect,
            meanings[aspect],
            tuple(
                Asking(authority, tuple(places[authority.slug].values()))
                for authority in tables.authorities.values()
                if authority.slug in places
            ),
        )
        for aspect, places in held.items()
    ]
    return sorted(found, key=lambda each: (each.aspect == OTHER_ASPECT, -len(each.places)))


def _raising(tables: Tables, event: Row) -> Raising:
    """Tell a raising by the first of its paragraphs that asks."""
    said = by_relation(event).items()
    finding = next(findings[0] for relation, findings in said if relation in RAISING)
    row = tables.findings[finding]
    authority = tables.authorities[event["authority"]]
    return Raising(
        tables.visits[event["visit"]],
        need_place(authority, event["need"]),
        brief_place(row, tables.documents[row["document"]]).text,
        f"{authority.page}#{finding_anchor(finding)}",
    )


def need_place(authority: Authority, need: str) -> str:
    """Return where a need stands: the authority's page and its place on it."""
    return f"{authority.page}#{need_anchor(need)}"
