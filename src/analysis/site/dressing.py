"""A report as a page of the site: with the site's links, its card, and its levels as CSV."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Final

from markupsafe import Markup

from analysis.errors import FindingsError
from analysis.site.pages import Frame, Page, csv, menu_style
from analysis.site.places import theme_page
from analysis.site.tables import Authority, Tables
from analysis.tables import Row
from analysis.vocabulary import ALL_COHORTS, COHORTS, KINDS, LEVELS

_TITLE: Final = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_SKIP: Final = '<a class="skip" href="#main">Skip to the findings</a>'
_END: Final = "</main>"
_ANCHOR: Final = re.compile(r"\sid=\"?([^\s\">]+)")


def anchors(report: str) -> set[str]:
    """Return the anchors of a report's page.

    Examples
    --------
    >>> sorted(anchors('<li id=a/1><p id="b">'))
    ['a/1', 'b']
    """
    return {unescape(name) for name in _ANCHOR.findall(report)}


def dressed(
    report: str, authority: Authority, summary: Mapping[str, str], tables: Tables, frame: Frame
) -> tuple[Page, str]:
    """Make an authority's page of the site from its report.

    Parameters
    ----------
    report
        The page of the report.
    summary
        What the list of reports says of it.

    Raises
    ------
    FindingsError
        If the report is no page of this version.
    """
    title = _TITLE.search(report)
    if not title or _SKIP not in report or _END not in report:
        raise FindingsError(
            f"The report of {authority.name} is no page of this version. Run "
            f"`findings report {authority.slug} --force`."
        )
    page = Page(
        authority.page,
        unescape(title[1]),
        unescape(title[1]),
        f"{authority.name}, {authority.region}: what inspectors found in its children’s services, "
        f"theme by theme. Latest: {summary.get('visit', '')}.",
    )
    page = Page(page.file, page.title, page.heading, page.description,
                {page.csv: csv(_levels(tables, authority))})  # fmt: skip
    feed = '<link rel="alternate" type="application/atom+xml" title="What is new" href="feed.xml">'
    head = f"{title[0]}\n{frame.card(page)}\n{feed}\n<style>{menu_style()}</style>"
    text = report.replace(title[0], head, 1)
    text = text.replace(_SKIP, f"{_SKIP}\n{frame.menu(page.file)}", 1)
    before, _, after = text.rpartition(_END)
    return page, f"{before}{_elsewhere(tables, page)}{_END}{after}"


def _elsewhere(tables: Tables, page: Page) -> str:
    """Lead from an authority to its themes over England, and to its levels as a table."""
    link = Markup('<a href="{}">{}</a>')
    links = [link.format(theme_page(theme.id), theme.name) for theme in tables.codebook.themes]
    return Markup(
        '<section aria-labelledby="in-england"><h2 id="in-england">The same themes in England</h2>'
        '<p>{}.</p><p><a href="{}" download>Every level of this page as CSV</a></p></section>'
    ).format(Markup(" · ").join(links), page.csv)


def _levels(tables: Tables, authority: Authority) -> list[Row]:
    """Return every level of an authority: theme and group at each visit that judged it."""
    return [
        {
            "visit": visit.visit,
            "started": visit.start,
            "kind": KINDS[visit.kind],
            "theme": theme.id,
            "name": theme.name,
            "group": COHORTS[cohort],
            "level": row["status"],
            "confidence": row["confidence"],
            "paragraphs": row["paragraphs"],
            "findings": row["findings"],
        }
        for theme in tables.codebook.themes
        for visit in tables.read_visits[authority.slug]
        for cohort, row in tables.statuses[theme.id][visit.visit].items()
        if cohort != ALL_COHORTS and row["status"] in LEVELS
    ]
