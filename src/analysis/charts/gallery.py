"""Every chart of one authority, in the order of the report."""

from __future__ import annotations

from analysis.charts.agreement import agreement
from analysis.charts.chart import Chart
from analysis.charts.extents import extents
from analysis.charts.ledger import ledger_spans
from analysis.charts.matrix import matrix
from analysis.charts.shares import shares
from analysis.charts.timeline import timeline
from analysis.charts.trajectories import trajectories
from analysis.coders import compare_coders
from analysis.results import Results
from analysis.vocabulary import READERS


def gallery(results: Results) -> list[Chart]:
    """Draw every chart of an authority with the usual choices.

    The last, of the agreement of its two readers, is left out where either coded nothing.

    Examples
    --------
    >>> from analysis.loading import load_data
    >>> from analysis.results import analyse
    >>> [chart.name for chart in gallery(analyse(load_data("knowsley")))]
    ['timeline', 'matrix', 'trajectories', 'ledger', 'shares', 'extents', 'agreement']
    """
    r, data = results, results.data
    visits, book, name = data.visits, data.codebook, data.name
    charts = [
        timeline(visits, data.judgements, authority=name),
        matrix(r.statuses, r.secondary, r.coded, visits, book, authority=name),
        trajectories(r.statuses, visits, r.said, r.followed(), book, authority=name),
        ledger_spans(r.ledger, r.events, visits, authority=name),
        shares(r.coded, visits, book, authority=name),
        extents(r.coded, visits, authority=name),
    ]
    if set(READERS) <= set(data.codes["coder"]):
        found = compare_coders(data, *READERS).agreement
        charts.append(agreement(found, book, authority=name))
    return charts
