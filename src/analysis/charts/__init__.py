"""The charts: each a question, answered by one `Chart`, a function of tidy tables."""

from analysis.charts.agreement import agreement
from analysis.charts.extents import extents
from analysis.charts.gallery import CHARTS, chart
from analysis.charts.glance import glance
from analysis.charts.ledger import ledger_spans
from analysis.charts.matrix import matrix
from analysis.charts.parts.chart import Chart, Hotspot
from analysis.charts.shares import shares
from analysis.charts.timeline import timeline
from analysis.charts.together import together
from analysis.charts.trajectories import trajectories

__all__ = [
    "CHARTS",
    "Chart",
    "Hotspot",
    "agreement",
    "chart",
    "extents",
    "glance",
    "ledger_spans",
    "matrix",
    "shares",
    "timeline",
    "together",
    "trajectories",
]
