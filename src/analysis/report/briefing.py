"""A briefing: the report on two pages of A4, to paste into a paper."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from analysis.charts.parts.chart import Chart, data_uri
from analysis.project import TEMPLATES
from analysis.report import leads, method
from analysis.report.page.block import page
from analysis.report.points import Point
from analysis.report.sentences import cautions
from analysis.report.tables.needs import Followed, coming_back
from analysis.report.tables.news import News
from analysis.results.results import Results

NAME: Final = "briefing.html"
"""Of the file in which a report leaves it for its other forms."""
MOST_WORDS: Final = 850
_NEEDS: Final = 5
_RIGHT: Final = 4
_LIMITS: Final = 3


def briefing(
    results: Results,
    *,
    headline: str,
    points: list[Point],
    glance: Chart,
    needs: list[Followed],
    told: News,
    unseen: str,
    never: str,
    publishers: str,
    cite: str,
) -> str:
    """Return the page of the briefing, whole by itself.

    Parameters
    ----------
    headline, points, needs, told, unseen, never, cite
        What the report says.
    glance
        The chart of every theme at every visit.
    publishers
        Whose documents were read.
    """
    return page(
        "briefing",
        name=results.data.name,
        period=leads.period(results),
        style=Markup((TEMPLATES / "pages" / "briefing.css").read_text("utf-8")),  # noqa: S704
        headline=headline,
        warning=cautions.short_caution(results),
        trust=cautions.trust(results),
        points=points,
        alt=glance.alt,
        svg=Markup(data_uri(glance.svg())),  # noqa: S704 - encoded for an attribute
        caption=glance.caption,
        publishers=publishers,
        needs_lead=leads.needs_lead(results, needs),
        needs=coming_back(needs)[:_NEEDS],
        right=told.right[:_RIGHT],
        unseen=unseen,
        never=never,
        limits=method.LIMITS[:_LIMITS],
        sources=leads.documents(results),
        cite=f"Cite as: {cite}",
    )
