"""What is new: of each of the latest visits, its new faults, what it raised, put right, left out.

The rules are those of a report (`analysis.report.tables.news`), asked of every visit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from analysis.anchors import finding_anchor
from analysis.report.sentences.plain import who
from analysis.report.tables.needs import telling
from analysis.report.tables.news import (
    AGAIN,
    BETTER_NOW,
    COUNTED,
    FAULTS,
    FAULTS_TITLE,
    FIRST,
    PARTLY,
    RIGHT,
    SILENT,
    TITLES,
    open_before,
)
from analysis.report.tables.places import brief_place
from analysis.results.absences import absence, heard_with
from analysis.results.needs import RAISING
from analysis.site.asked import need_place
from analysis.site.tables import Authority, Tables, Visit
from analysis.tables import Row
from analysis.vocabulary import ALL_COHORTS, INSPECTIONS, JUDGED, LEVELS, NOTICE, TAGGER

YEARS: Final = 3
"""Years of which the visits are listed, the latest among them."""
COUNTS: Final = {FAULTS: FAULTS.lower(), **COUNTED}
"""What can be told of a visit, in order, as it is counted."""
HEADS: Final = {FAULTS: FAULTS_TITLE, **TITLES}
"""The same, with what stands over a list of it."""


@dataclass(frozen=True)
class Item:
    """A need of which a visit spoke, or did not, or a new fault.

    Attributes
    ----------
    need, wording, theme, who, href
        Its id (blank of a fault), what is asked for or wrong, its theme, for whom, and where it
        stands.
    place, source
        The paragraph that says so, as it is named, and where it stands.
    when
        When that was, if it was an earlier visit: the one that raised it last.
    """

    need: str
    wording: str
    theme: str
    who: str
    href: str
    place: str
    source: str
    when: str = ""


@dataclass(frozen=True)
class News:
    """A visit and what is new with it.

    Attributes
    ----------
    visit, authority
        Which, and where.
    published
        When its document was published, as far as known, ISO, else the first day of the visit.
    grade
        The overall grade that the visit gave; blank for none.
    levels
        Level to the themes that the visit found so, over all groups.
    items
        Head to needs or faults, every head of `HEADS`.
    tagged
        Whether only the program has read it.
    """

    visit: Visit
    authority: Authority
    published: str
    grade: str
    levels: Mapping[str, Sequence[str]]
    items: Mapping[str, Sequence[Item]]
    tagged: bool

    @property
    def counts(self) -> dict[str, int]:
        """Needs and faults under each head."""
        return {head: len(items) for head, items in self.items.items()}


def latest_news(tables: Tables) -> list[News]:
    """Return what is new at the visits of the last `YEARS` years, the latest first."""
    last = tables.span[1]
    found = [
        news
        for authority in tables.authorities.values()
        for news in _Authority(tables, authority).news(last - YEARS + 1)
    ]
    return sorted(found, key=lambda news: (news.visit.start, news.visit.visit), reverse=True)


class _Authority:
    """The needs of one authority, visit by visit."""

    def __init__(self, tables: Tables, authority: Authority) -> None:
        self.tables, self.authority = tables, authority
        self.visits = tables.read_visits[authority.slug]
        self.moments: dict[str, dict[str, str]] = {}
        self.events: dict[tuple[str, str], Row] = {}
        for event in tables.events_of.get(authority.slug, ()):
            if kind := self._kind(event):
                self.moments.setdefault(event["need"], {})[event["visit"]] = kind
                self.events[event["need"], event["visit"]] = event

    def _kind(self, event: Row) -> str:
        """What a visit says of a need."""
        relation = str(event["relation"])
        if self.tables.visits[event["visit"]].kind == NOTICE:
            return "asked"
        if relation in RAISING:
            return "raised"
        if relation == "met":
            return "met" if event["ends"] else "part"
        return "better" if relation == "progress" else "asked"

    def news(self, first_year: int) -> Iterator[News]:
        for at, visit in enumerate(self.visits):
            if visit.year >= first_year:
                yield self._of(at, visit)

    def _of(self, at: int, visit: Visit) -> News:
        items: dict[str, list[Item]] = {head: [] for head in HEADS}
        items[FAULTS] = [self._fault(row) for row in self.tables.new_faults.get(visit.visit, ())]
        for need, moments in self.moments.items():
            if head := self._head(need, moments, at, visit):
                items[head].append(self._item(need, visit))
        coders = self.tables.coders.get(visit.visit, frozenset())
        return News(
            visit, self.authority, self._published(visit),
            self.tables.graded.get(visit.visit, ""), self._levels(visit), items,
            coders == frozenset({TAGGER}),
        )  # fmt: skip

    def _levels(self, visit: Visit) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {level: [] for level in JUDGED}
        for theme, by_visit in self.tables.statuses.items():
            status = str(by_visit[visit.visit][ALL_COHORTS]["status"])
            if status in found:
                found[status].append(theme)
        return found

    def _head(self, need: str, moments: Mapping[str, str], at: int, visit: Visit) -> str:
        order = self.tables.order
        before = [
            (name, kind) for name, kind in moments.items() if order[name] < order[visit.visit]
        ]
        raised = any(kind == "raised" for _name, kind in before)
        now = moments.get(visit.visit, "")
        if now == "raised":
            return AGAIN if raised else FIRST
        if now == "met" and open_before([kind for _name, kind in before]):
            return RIGHT
        if now in BETTER_NOW and raised:
            return PARTLY
        if not now and before and before[-1][1] == "raised" and visit.kind in INSPECTIONS:
            recent = order[before[-1][0]] >= self._full_before(at)
            return SILENT if recent and self._is_silent(need, visit) else ""
        return ""

    def _full_before(self, at: int) -> int:
        """Place of the full inspection before a visit, be its document held or not; 0 if none."""
        order = self.tables.order
        own = self.tables.visits_of[self.authority.slug]
        until = order[self.visits[at].visit]
        full = [order[v.visit] for v in own if v.kind in INSPECTIONS and order[v.visit] < until]
        return full[-1] if full else 0

    def _is_silent(self, need: str, visit: Visit) -> bool:
        """Whether a visit looked where a need's cohort is met and said nothing of its theme."""
        row = self.tables.needs[self.authority.slug, need]
        held = self.tables.statuses[row["theme"]][visit.visit]
        if not heard_with(row["cohort"]).isdisjoint(held):
            return False
        if not self._judged(row["theme"], row["cohort"]):
            return True
        whole = str(held[ALL_COHORTS]["status"])
        codebook = self.tables.codebook
        said = absence(whole, row["cohort"], row["theme"], visit.areas, codebook)
        return said != "not in scope"

    def _judged(self, theme: str, cohort: str) -> bool:
        held = self.tables.statuses[theme]
        return any(held[v.visit].get(cohort, {}).get("status") in LEVELS for v in self.visits)

    def _item(self, need: str, visit: Visit) -> Item:
        tables, order = self.tables, self.tables.order
        row = tables.needs[self.authority.slug, need]
        spoke = [name for name in self.moments[need] if order[name] <= order[visit.visit]][-1]
        codes = tables.codes.get((row["theme"], spoke), ())
        name, _ = telling(self.events[need, spoke], row["cohort"], codes)
        finding = tables.findings[name]
        return Item(
            need,
            str(row["wording"]).rstrip("."),
            row["theme"],
            who(row["cohort"]),
            need_place(self.authority, need),
            brief_place(finding, tables.documents[finding["document"]]).text,
            f"{self.authority.page}#{finding_anchor(name)}",
            "" if spoke == visit.visit else tables.visits[spoke].when,
        )

    def _fault(self, row: Row) -> Item:
        finding = self.tables.findings[row["finding"]]
        place = brief_place(finding, self.tables.documents[finding["document"]]).text
        href = f"{self.authority.page}#{finding_anchor(row['finding'])}"
        return Item("", str(row["fault"]), row["theme"], who(row["cohort"]), href, place, href)

    def _published(self, visit: Visit) -> str:
        days = [
            row["published"]
            for row in self.tables.documents_of.get(visit.visit, ())
            if row["published"]
        ]
        return max(days, default=visit.start)
