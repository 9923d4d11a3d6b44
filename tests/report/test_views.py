"""Tables as readers see them."""

from __future__ import annotations

from analysis.report.tables.views import visits_view


def test_every_visit_is_listed_even_without_a_document(results):
    rows = visits_view(results)
    assert [row["visit"] for row in rows] == list(results.data.visits["visit"])
    without = [row for row in rows if row["held"] == "none"]
    assert without
    assert all(row["rows"] == [row["rows"][0]] and not row["rows"][0]["title"] for row in without)
    read = sum(line["findings"] for row in rows for line in row["rows"])
    assert read == len(results.data.findings)
