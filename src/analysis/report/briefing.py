"""A briefing: the report on two pages of A4, to paste into a paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from markupsafe import Markup

from analysis.charts.parts.chart import Chart, data_uri
from analysis.project import TEMPLATES
from analysis.report import leads, method
from analysis.report.page.block import page
from analysis.report.points import Point
from analysis.report.sentences import cautions
from analysis.report.tables.cards import Said
from analysis.report.tables.needs import Followed, coming_back
from analysis.report.tables.news import FAULTS_TITLE, News
from analysis.results.results import Results

NAME: Final = "briefing.html"
"""Of the file in which a report leaves it for its other forms."""
MOST_WORDS: Final = 850
_FIRST_WORDS: Final = 560
"""Of its first page: what comes back and what is good give way when the rest is long."""
_FAULTS: Final = 4
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
    faults: Sequence[Said],
    unseen: str,
    never: str,
    publishers: str,
    cite: str,
) -> str:
    """Return the page of the briefing, whole by itself.

    Parameters
    ----------
    headline, points, needs, told, faults, unseen, never, cite
        What the report says.
    glance
        The chart of every theme at every visit.
    publishers
        Whose documents were read.
    """
    warning = cautions.short_caution(results)
    trust = cautions.trust(results)
    still = leads.still_raised_said(results, needs)
    needs_lead = " ".join(filter(None, (leads.needs_lead(results, needs), still)))
    said = [headline, *warning, trust, needs_lead, unseen, never]
    said += [f"{p.head} {p.text} {p.place.text if p.place else ''}" for p in points]
    faults = faults[:_FAULTS]
    said += [f"{fault.text} {fault.places[0].text}" for fault in faults]
    back, right = _fitting(_FIRST_WORDS - _words(said), coming_back(needs), told.right)
    return page(
        "briefing",
        name=results.data.name,
        period=leads.period(results),
        style=Markup((TEMPLATES / "pages" / "briefing.css").read_text("utf-8")),  # noqa: S704
        headline=headline,
        warning=warning,
        trust=trust,
        points=points,
        faults=faults,
        faults_title=FAULTS_TITLE,
        alt=glance.alt,
        svg=Markup(data_uri(glance.svg())),  # noqa: S704 - encoded for an attribute
        caption=glance.caption,
        publishers=publishers,
        needs_lead=needs_lead,
        needs=back,
        right=right,
        unseen=unseen,
        never=never,
        limits=method.LIMITS[:_LIMITS],
        sources=leads.documents(results),
        cite=f"Cite as: {cite}",
    )


def _fitting(
    spare: int, back: Sequence[Followed], right: Sequence[Followed]
) -> tuple[Sequence[Followed], Sequence[Followed]]:
    """Return the first needs of both that `spare` words hold, the longer list giving way first."""
    back, right = back[:_NEEDS], right[:_RIGHT]
    while (back or right) and _words(map(_told, [*back, *right])) > spare:
        if len(back) >= len(right):
            back = back[:-1]
        else:
            right = right[:-1]
    return back, right


def _told(need: Followed) -> str:
    latest = need.latest
    return f"{need.wording} {need.who} {need.count} {latest.when} {latest.text} {latest.place.text}"


def _words(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)
