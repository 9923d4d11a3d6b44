"""A report on some themes tells nothing of the others."""

from __future__ import annotations

import re

from analysis.report.report import Report


def test_recommendations_are_those_on_the_themes_asked_for():
    whole = Report.of("knowsley").new().html
    narrowed = Report.of("knowsley", themes="care-leaver-support")
    own = narrowed.results.recommendations
    assert 0 < (own["theme"] == "care-leaver-support").sum() < len(own)
    told = re.findall(r"became of each", narrowed.new().html)
    assert told
    assert narrowed.new().html.count("<tr") < whole.count("<tr")


def test_a_theme_without_a_recommendation_has_no_table_of_them():
    narrowed = Report.of("knowsley", themes="audit")
    assert "audit" not in set(narrowed.results.recommendations["theme"])
    assert "became of each" not in narrowed.new().html
