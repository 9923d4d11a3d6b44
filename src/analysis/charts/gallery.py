"""The charts of an authority: each with its question, and given its tables here alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from analysis.charts.agreement import agreement
from analysis.charts.extents import extents
from analysis.charts.glance import glance
from analysis.charts.ledger import ledger_spans
from analysis.charts.matrix import matrix
from analysis.charts.parts.chart import Chart
from analysis.charts.shares import shares
from analysis.charts.timeline import timeline
from analysis.charts.trajectories import trajectories
from analysis.codes.agreement.coders import compare_coders
from analysis.results.results import Results
from analysis.vocabulary import READERS


@dataclass(frozen=True)
class Kind:
    """A chart that every authority has.

    Attributes
    ----------
    label, question
        What a button says, and the question that the chart answers.
    draw
        Draws it from the tables of an authority, and for the themes that are to be followed.
    coded
        Whether it rests on codes.
    """

    label: str
    question: str
    draw: Callable[[Results, Sequence[str]], Chart]
    coded: bool = True


CHARTS: Final[dict[str, Kind]] = {
    "glance": Kind(
        "At a glance",
        "How did inspectors judge each theme, visit by visit?",
        lambda r, _themes: glance(r),
    ),
    "trajectories": Kind(
        "Trajectories",
        "How did single themes change, and for whom?",
        lambda r, themes: trajectories(
            r.statuses,
            r.data.visits,
            r.said,
            r.changes,
            themes or r.followed(),
            r.data.codebook,
            authority=r.data.name,
        ),
    ),
    "ledger": Kind(
        "Raised again",
        "Which needs were raised again?",
        lambda r, _themes: ledger_spans(r.ledger, r.events, r.data.visits, authority=r.data.name),
    ),
    "timeline": Kind(
        "Timeline",
        "When did inspectors come, and what did they grade?",
        lambda r, _themes: timeline(r.data.visits, r.data.judgements, authority=r.data.name),
        coded=False,
    ),
    "matrix": Kind(
        "Matrix",
        "Which theme stood how at which visit, and where did nobody look?",
        lambda r, _themes: matrix(
            r.statuses, r.secondary, r.coded, r.data.visits, r.data.codebook, authority=r.data.name
        ),
    ),
    "shares": Kind(
        "Shares",
        "How did each visit weigh strengths against weaknesses?",
        lambda r, _themes: shares(r.coded, r.data.visits, r.data.codebook, authority=r.data.name),
    ),
    "extents": Kind(
        "Quantity words",
        "How widely did inspectors say so?",
        lambda r, _themes: extents(r.coded, r.data.visits, authority=r.data.name),
    ),
}
"""The charts by name, in the order, and so with the numbers, in which a report shows them."""


def chart(name: str, results: Results, themes: Sequence[str] = ()) -> Chart:
    """Draw a chart of an authority.

    Parameters
    ----------
    name
        One of `CHARTS`.
    results
        Tables of the authority.
    themes
        Ids of the themes that it is about; none for all, and in the trajectories for those that
        are usually followed.
    """
    return CHARTS[name].draw(_about(results, themes) if themes else results, themes)


def gallery(results: Results) -> list[Chart]:
    """Draw every chart of an authority with the usual choices.

    The last, of the agreement of its two readers, is left out where either coded nothing.

    Examples
    --------
    >>> from analysis.data.loading import load_data
    >>> from analysis.results.results import analyse
    >>> [chart.name for chart in gallery(analyse(load_data("knowsley")))]
    ['glance', 'trajectories', 'ledger', 'timeline', 'matrix', 'shares', 'extents', 'agreement']
    """
    charts, data = [chart(name, results) for name in CHARTS], results.data
    if set(READERS) <= set(data.codes["coder"]):
        found = compare_coders(data, *READERS).agreement
        charts.append(agreement(found, data.codebook, authority=data.name))
    return charts


def _about(results: Results, themes: Sequence[str]) -> Results:
    """Keep of what the charts count only what carries one of the themes."""
    coded, ledger, events = results.coded, results.ledger, results.events
    ledger = ledger[ledger["theme"].isin(themes)]
    book = results.data.codebook
    book = replace(book, themes=tuple(theme for theme in book.themes if theme.id in themes))
    return replace(
        results,
        data=replace(results.data, codebook=book),
        coded=coded[coded["theme"].isin(themes)],
        ledger=ledger,
        events=events[events["need"].isin(ledger["need"])],
    )
