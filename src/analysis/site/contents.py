"""The files of a site: those of authorities that are asked for, and all of England's."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from analysis.errors import FindingsError
from analysis.project import Project
from analysis.report.page.scripts import script
from analysis.running.manifest import Manifest
from analysis.running.tasks import report_path
from analysis.site.card import CARD, card
from analysis.site.dressing import anchors, dressed
from analysis.site.feed import feed
from analysis.site.front import facts
from analysis.site.making import Pages
from analysis.site.news import latest_news
from analysis.site.pages import SCRIPTS, Frame, Page, policy
from analysis.site.places import FEED, NO_JEKYLL, POLICY
from analysis.site.search import shards
from analysis.site.tables import Tables
from analysis.site.themes import theme_pages

_OF_REPORTS: Final = "evidence.js"


@dataclass
class Contents:
    """Files of a site that were made.

    Attributes
    ----------
    files
        Name to bytes.
    facts, words
        Page of England to its numbers, and to its words on authorities.
    england
        Whether the pages of England are among them.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    facts: dict[str, Mapping[str, int]] = field(default_factory=dict)
    words: dict[str, Mapping[str, str]] = field(default_factory=dict)
    england: bool = False

    def add(self, made: tuple[Page, str]) -> None:
        """Take in a page and what stands beside it."""
        page, text = made
        self.files[page.file] = text.encode()
        self.files |= {name: beside.encode() for name, beside in page.beside.items()}
        if page.facts:
            self.facts[page.file] = page.facts
        if page.words:
            self.words[page.file] = page.words


def contents(
    project: Project, base_url: str, authorities: Collection[str], *, england: bool
) -> Contents:
    """Make files of a site from the reports in `reports/` and the gathered tables.

    Parameters
    ----------
    authorities
        Those whose pages are made.
    england
        Whether the pages of England are made too.

    Raises
    ------
    FindingsError
        If nothing has been read, or a report is no page of this version.
    """
    made, tables, frame = Contents(england=england), Tables(project), Frame(base_url)
    if not any(tables.read_visits.values()):
        raise FindingsError("No inspectors' document has been read, so a site has nothing to say.")
    summaries = {name: e.summary for name, e in Manifest(project.reports).entries.items()}
    places: dict[str, set[str]] = {}
    for slug, authority in tables.authorities.items():
        path = report_path(project.reports, slug, "html")
        text = path.read_text("utf-8") if england or slug in authorities else ""
        places[slug] = anchors(text) if england else set()
        if slug in authorities:
            made.add(dressed(text, authority, summaries[slug], tables, frame))
    if england:
        _england(made, tables, frame, summaries, places)
    return made


def _england(
    made: Contents, tables: Tables, frame: Frame, summaries: Mapping[str, Mapping[str, str]],
    places: Mapping[str, Collection[str]],
) -> None:  # fmt: skip
    pages, themes, news = Pages(tables, frame), theme_pages(tables), latest_news(tables)
    held = shards(tables, places)
    made.add(pages.front(themes, summaries, sorted(held)))
    for theme in themes:
        made.add(pages.theme(theme))
    made.add(pages.new(news))
    made.add(pages.about())
    made.files |= {name: text.encode() for name, text in held.items()}
    if frame.base_url:  # who shows a picture asks for its whole address
        made.files[CARD] = card(facts(tables))
    made.files[FEED] = feed(news, _read(tables), frame.base_url)
    made.files[POLICY] = (policy(*SCRIPTS.values(), script(_OF_REPORTS)) + "\n").encode()
    made.files[NO_JEKYLL] = b""


def _read(tables: Tables) -> dict[str, str]:
    """Return the day on which somebody last read a document of each visit."""
    found: dict[str, str] = {}
    for row in tables.rows("readings"):
        visit = tables.documents[row["document"]]["visit"]
        found[visit] = max(found.get(visit, ""), row["date"])
    return found
