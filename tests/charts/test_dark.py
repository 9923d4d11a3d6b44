"""Dark charts: every colour has one for the dark, and what is told apart by light is in it too."""

from __future__ import annotations

import re

import pytest

from analysis.charts import chart as draw
from analysis.charts.gallery import gallery
from analysis.charts.parts.dark import DARK, following
from analysis.charts.parts.style import HOLE, INK, MARKS, MUTED, PAPER

COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")
LIGHT = {light.lower() for light in DARK}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(DARK[one]), luminance(DARK[other])))
    return (high + 0.05) / (low + 0.05)


def test_every_colour_of_every_chart_has_one_for_the_dark(results):
    for chart in gallery(results):
        drawn = set(COLOUR.findall(chart.svg()))
        assert drawn <= LIGHT, chart.name
        page = chart.to_html(1)
        assert page.count("prefers-color-scheme") == 1 and "%23ffffff;" in page
        rules = page.partition("%7D%7D")[2] or page.partition("}}")[2]
        assert not re.findall(r"(?:fill|stroke):%23", rules), chart.name


def test_text_has_a_fill_of_its_own_since_none_is_black_on_black(results):
    for chart in gallery(results):
        svg = chart.svg()
        named = dict(re.findall(r"\.([a-z]+)\{([^}]*)\}", svg))
        bare = {name for name, look in named.items() if "font-size" in look and "fill" not in look}
        assert bare == set(), chart.name


@pytest.mark.parametrize("mark", MARKS.values(), ids=lambda m: m.word)
def test_words_on_marks_are_read_in_the_dark(mark):
    assert contrast(mark.fill, mark.ink) >= 4.5


def test_marks_and_words_stand_out_from_the_dark_ground():
    assert contrast(INK, PAPER) >= 7 and contrast(MUTED, PAPER) >= 7
    assert all(contrast(mark.fill, PAPER) >= 3 for mark in MARKS.values())
    assert all(contrast(mark.fill, HOLE) >= 3 for mark in MARKS.values())


def test_a_picture_that_is_saved_is_light_unless_asked(results):
    chart = draw("glance", results)
    assert "prefers-color-scheme" not in chart.svg()
    assert "prefers-color-scheme" in chart.svg(follow=True)
    assert "prefers-color-scheme" not in chart._repr_html_()


def test_a_colour_that_is_not_of_the_charts_stays():
    plain = "<svg><style>.a{fill:#123456}</style></svg>"
    assert following(plain) == plain
