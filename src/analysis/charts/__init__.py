"""The charts: each a question, answered by one `Chart` of an authority's results."""

from analysis.charts.agreement import agreement
from analysis.charts.gallery import CHARTS, chart, undrawn
from analysis.charts.parts.chart import Chart, Hotspot
from analysis.charts.parts.kind import Kind

__all__ = ["CHARTS", "Chart", "Hotspot", "Kind", "agreement", "chart", "undrawn"]
