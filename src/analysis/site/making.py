"""From the tables to the pages of England: front, themes, what is new, and about the data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from analysis.anchors import theme_anchor
from analysis.england.way_out import OUTCOMES
from analysis.english import how_good, lower, plural
from analysis.site.about import about, documents
from analysis.site.front import GRADES, facts, points
from analysis.site.news import COUNTS, HEADS, YEARS, News
from analysis.site.pages import Frame, Page, csv
from analysis.site.places import ABOUT, FRONT, NEW, theme_page
from analysis.site.tables import NEW_RULES, Tables
from analysis.site.themes import ThemePage
from analysis.site.years import BANDS, picture
from analysis.tables import Row
from analysis.vocabulary import (
    COHORTS,
    DIFFERS,
    PATH_WORDS,
    TAGGER,
)

TRUST: Final = (
    "Machine readers, large language models, read every paragraph of the letters and reports; no "
    "person has reviewed it. So this page counts what they found, and leads to the words."
)
TAGGED: Final = " Of {visits} only a program has chosen the themes so far; that is marked."
LONG: Final = 5
"""Years after which a word counts as old."""
TOLD: Final = {
    "strength": how_good("strength"), "mixed": how_good("mixed"), DIFFERS: "where groups differ",
    "weakness": how_good("weakness"),
}  # fmt: skip
"""Levels of themes at a visit, in words and in the order in which they are told."""
_LETTERS: Final = {"strength": "S", "mixed": "M", DIFFERS: "D", "weakness": "W"}


class Pages:
    """Makes the pages of England.

    Parameters
    ----------
    tables
        The gathered tables.
    frame
        What the pages have in common.
    """

    def __init__(self, tables: Tables, frame: Frame) -> None:
        self.tables, self.frame = tables, frame
        places = tables.authorities.values()
        regions = sorted({place.region for place in places})
        self._shared: dict[str, Any] = {
            "span": tables.span,
            "regions": regions,
            "places": [(place.slug, place.name, place.neighbours) for place in places],
            "named": [(place.slug, place.name) for place in places],
        }

    def _trust(self) -> str:
        """Say who read, and of how many visits nobody has."""
        tagged = sum(coders == {TAGGER} for coders in self.tables.coders.values())
        return TRUST + (TAGGED.format(visits=plural(tagged, "visit")) if tagged else "")

    def theme(self, said: ThemePage) -> tuple[Page, str]:
        """Make the page of a theme."""
        theme = said.theme
        years = range(int(NEW_RULES), self.tables.span[1] + 1)
        old = self.tables.span[1] - LONG
        page = Page(
            said.file,
            f"{theme.name} in England’s children’s services",
            said.title,
            f"{said.title}. {theme.definition}",
            facts=said.facts(),
            words=said.words(),
        )
        return self._with_table(page, said.table()), self.frame.render(
            page,
            "theme",
            "theme",
            t=said,
            p=picture(said.years),
            name=lower(theme.name),
            trust=self._trust(),
            anchor=theme_anchor(theme.id),
            bands=BANDS,
            letters=_LETTERS,
            outcomes=OUTCOMES,
            strips={line.authority.slug: line.strip for line in said.lines},
            paths=list(PATH_WORDS),
            groups=list(COHORTS.items()),
            grades=GRADES,
            all_years=list(reversed(years)),
            asked_years=list(years),
            most=max((len(each.places) for each in said.asked), default=1),
            old=[line for line in said.lines if line.visit and line.visit.year < old],
            old_before=old,
            **self._shared,
        )

    def front(
        self, themes: list[ThemePage], reports: Mapping[str, Mapping[str, str]],
        shards: list[str],
    ) -> tuple[Page, str]:  # fmt: skip
        """Make the front page.

        Parameters
        ----------
        reports
            What each authority's report says in a line, by slug.
        shards
            Files that hold the summaries.
        """
        places = [
            {
                **place._asdict(),
                "page": place.page,
                "visit": reports.get(place.slug, {}).get("visit", ""),
                "headline": reports.get(place.slug, {}).get("headline", ""),
            }
            for place in self.tables.authorities.values()
        ]
        told = facts(self.tables)
        name = "What inspectors found in England’s children’s services"
        page = Page(FRONT, name, name, f"{name}: {told[0][0]} {told[0][1]}, theme by theme.",
                    facts={what: number for number, what in told})  # fmt: skip
        kept: list[Row] = [
            {name: value for name, value in place.items() if name not in ("neighbours", "page")}
            for place in places
        ]
        table = {"themes.csv": csv([_theme_row(theme) for theme in themes])}
        return self._with_table(page, kept, table), self.frame.render(
            page, "front", "search", trust=self._trust(), shards=shards, facts=told,
            points=points(themes), themes=themes, authorities=places, **self._shared,
        )  # fmt: skip

    def new(self, news: list[News]) -> tuple[Page, str]:
        """Make the page of what is new."""
        tables = self.tables
        latest = news[0]
        title = f"What is new: {latest.authority.name} ({latest.visit.when}) is the latest of "
        title += plural(len(news), "visit")
        page = Page(
            NEW, "What is new in England’s children’s services", title,
            "New faults, and what the latest visits raised again, or first, and found put right.",
            facts={f"{n.visit.visit}: {head}": c for n in news for head, c in n.counts.items()},
        )  # fmt: skip
        years = sorted({n.visit.year for n in news}, reverse=True)
        return self._with_table(page, [row for n in news for row in _news_rows(n)]), \
            self.frame.render(
                page, "new", "new", news=news, first=tables.span[1] - YEARS + 1, titles=HEADS,
                counted=COUNTS,
                told=TOLD, place_on=theme_anchor, all_years=years,
                themes=list(tables.codebook.names.items()), names=tables.codebook.names,
                theme_file=theme_page, **self._shared,
            )  # fmt: skip

    def about(self) -> tuple[Page, str]:
        """Make the page about the data and how far to trust it."""
        name = "About the data, and how far to trust it"
        said = "What was read, by whom, how far readers agree, and what cannot be said from it."
        page = self._with_table(Page(ABOUT, name, name, said), documents(self.tables))
        return page, self.frame.render(page, "about", **about(self.tables), **self._shared)

    def _with_table(
        self, page: Page, rows: list[Row], more: Mapping[str, str] | None = None
    ) -> Page:
        beside = {page.csv: csv(rows)} | dict(more or {})
        return Page(
            page.file, page.title, page.heading, page.description, beside, page.facts, page.words
        )


def _theme_row(said: ThemePage) -> Row:
    return {
        "theme": said.theme.id,
        "name": said.theme.name,
        "group": said.group,
        "judged": said.judged,
        **{BANDS[level]: count for level, count in said.levels.items()},
        "path_ends_better": len(said.better),
        "path_ends_worse": len(said.worse),
        "found_a_way_out": len(said.ways.authorities),
    }


def _news_rows(news: News) -> list[Row]:
    return [
        {
            "visit": news.visit.visit,
            "started": news.visit.start,
            "authority": news.authority.slug,
            "name": news.authority.name,
            "region": news.authority.region,
            "what": head,
            "need": item.need,
            "wording": item.wording,
            "theme": item.theme,
            "for": item.who,
            "said_in": item.when or news.visit.when,
            "place": item.place,
        }
        for head in HEADS
        for item in news.items[head]
    ]
