"""What every chart offers, over all of them: the contract that mypy checks, and what it cannot."""

from __future__ import annotations

import inspect
from pathlib import Path

import pandas as pd
import pytest
from builders import results_with
from lxml import etree

from analysis import charts
from analysis.charts import CHARTS, Kind
from analysis.charts import chart as draw
from analysis.charts.parts.drawing import SIZE
from analysis.data.schemas import VISITS
from analysis.ids import is_slug

OFFERED = {"empty", "draw", "alt", "caption", "data"}
WORDS = ("name", "label", "question", "nothing")
NOTHING = results_with(
    pd.DataFrame(columns=[*VISITS.columns, "order", "label", "short", "title", "held"])
)
every = pytest.mark.parametrize("kind", CHARTS.values(), ids=list(CHARTS))


def test_all_kinds_are_listed_under_their_names():
    assert set(CHARTS.values()) == set(Kind.__subclasses__())
    assert all(name == kind.name for name, kind in CHARTS.items())


@every
def test_a_kind_states_only_what_differs(kind):
    own = {name for name in vars(kind) if name[:1] != "_"}
    assert own <= {*OFFERED, *WORDS, "coded"} and {*OFFERED, *WORDS} <= own
    assert is_slug(kind.name)
    assert kind.question.endswith("?") and kind.nothing.endswith(".")
    assert not inspect.isabstract(kind)


@every
def test_a_chart_has_all_that_travels_with_it(results, kind):
    chart = draw(kind.name, results)
    assert chart.name == kind.name
    assert chart.title.startswith("Exampleshire: ") and chart.title.endswith("?")
    assert "Exampleshire" in chart.alt and len(chart.alt.split()) > 15
    assert chart.caption.endswith(".") and chart.caption != chart.alt
    assert len(chart.data) and not any(" (n)" in name or name == "n" for name in chart.data)
    assert kind.nothing not in [text.get_text() for text in chart.figure.axes[0].texts]
    assert min(text.get_fontsize() for text in chart.figure.axes[0].texts) >= SIZE
    assert all(0 <= s.left < s.left + s.width <= 100.1 for s in chart.hotspots)


@every
def test_a_picture_by_itself_says_what_it_is(results, kind):
    chart = draw(kind.name, results)
    root = etree.fromstring(chart.svg().encode())
    title, desc, *_rest = root
    assert (title.text, desc.text) == (chart.title, chart.alt)
    assert root.get("role") == "img"
    assert "<desc>" not in chart.to_html(1)  # where the page says it beside the picture


@every
def test_where_there_is_nothing_it_says_so(kind):
    chart = kind(NOTHING).chart()
    assert [text.get_text() for text in chart.figure.axes[0].texts] == [kind.nothing]
    assert chart.data.empty and chart.hotspots == ()
    assert "Exampleshire" in chart.alt


@every
def test_the_same_results_give_the_same_bytes(results, kind):
    assert draw(kind.name, results).svg() == draw(kind.name, results).svg()


@every
def test_themes_that_are_asked_for_narrow_it(results, kind):
    theme, *others = results.followed()
    chart = draw(kind.name, results, [theme])
    named = {results.data.codebook.theme(other).name for other in others}
    assert not named & {str(value) for column in chart.data for value in chart.data[column]}


def test_no_module_of_charts_is_long():
    folder = Path(charts.__file__).parent
    lengths = {path.name: len(path.read_text().splitlines()) for path in folder.rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > 400} == {}
