"""The charts of a report: each a function from tidy tables to a `Chart`."""

from analysis.charts.agreement import agreement
from analysis.charts.chart import Chart, Hotspot
from analysis.charts.extents import extents
from analysis.charts.ledger import ledger_spans
from analysis.charts.matrix import matrix
from analysis.charts.shares import shares
from analysis.charts.timeline import timeline
from analysis.charts.trajectories import trajectories

__all__ = [
    "Chart",
    "Hotspot",
    "agreement",
    "extents",
    "ledger_spans",
    "matrix",
    "shares",
    "timeline",
    "trajectories",
]
