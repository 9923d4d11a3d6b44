"""The charts of an authority, in the order in which a report shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from analysis.charts.agreement import agreement
from analysis.charts.extents import Extents
from analysis.charts.glance import Glance
from analysis.charts.ledger import Ledger
from analysis.charts.matrix import Matrix
from analysis.charts.parts.chart import Chart
from analysis.charts.parts.kind import Kind
from analysis.charts.shares import Shares
from analysis.charts.timeline import Timeline
from analysis.charts.together import Together
from analysis.charts.trajectories import Trajectories
from analysis.codes.agreement.coders import compare_coders
from analysis.results.results import Results
from analysis.vocabulary import READERS

_KINDS: Final[tuple[type[Kind], ...]] = (
    Glance, Trajectories, Ledger, Timeline, Matrix, Shares, Extents, Together,
)  # fmt: skip
CHARTS: Final = {kind.name: kind for kind in _KINDS}
"""The charts by name, in the order, and so with the numbers, in which a report shows them."""


def chart(name: str, results: Results, themes: Sequence[str] = ()) -> Chart:
    """Draw a chart of an authority; parameters as of `undrawn`."""
    return undrawn(name, results, themes).chart()


def undrawn(name: str, results: Results, themes: Sequence[str] = ()) -> Kind:
    """Return a chart of an authority with its words and data, before it is drawn.

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
    return CHARTS[name](_about(results, themes) if themes else results, themes)


def gallery(results: Results) -> list[Chart]:
    """Draw every chart of an authority with the usual choices.

    The last, of the agreement of its two readers, is left out where either coded nothing.

    Examples
    --------
    >>> from analysis.data.loading import load_data
    >>> from analysis.results.results import analyse
    >>> [chart.name for chart in gallery(analyse(load_data("knowsley")))]
    ['glance', 'trajectories', 'ledger', 'timeline', 'matrix', 'shares', 'extents', 'together', ...]
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
