"""On A4 paper the charts of the authority shipped here keep text of six points."""

from __future__ import annotations

import pytest

from analysis.charts import CHARTS, Chart
from analysis.charts import chart as draw


@pytest.fixture(scope="module")
def charts(knowsley) -> list[Chart]:
    return [draw(name, knowsley) for name in CHARTS]


def printed(chart: Chart) -> float:
    """Points of its smallest text on paper."""
    scale = chart.print_size()[0] / chart.figure.get_size_inches()[0]
    return scale * min(text.get_fontsize() for text in chart.figure.axes[0].texts)


def test_printed_text_has_six_points(charts: list[Chart]) -> None:
    assert [chart.name for chart in charts if printed(chart) < 6] == []


def test_text_is_horizontal_and_read_as_it_is_written(charts: list[Chart]) -> None:
    for chart in charts:
        for text in chart.figure.axes[0].texts:
            assert text.get_rotation() == 0 and not text.get_parse_math()


def test_data_stay_small(charts: list[Chart]) -> None:
    assert sum(len(chart.csv()) for chart in charts) < 80_000
    assert all(len(chart.svg()) < 90_000 for chart in charts)
