"""Tables as readers see them."""

from __future__ import annotations

import re

from analysis.report.tables.views import changes_view, visits_view


def test_every_visit_is_listed_even_without_a_document(results):
    rows = visits_view(results)
    assert [row["visit"] for row in rows] == list(results.data.visits["visit"])
    without = [row for row in rows if row["held"] == "none"]
    assert without
    assert all(row["rows"] == [row["rows"][0]] and not row["rows"][0]["title"] for row in without)
    read = sum(line["findings"] for row in rows for line in row["rows"])
    assert read == len(results.data.findings)


def test_changes_name_both_visits_and_both_counts(results):
    table = changes_view(results)
    compared = results.changes[results.changes["before"] != ""]
    assert len(table) >= len(compared.drop_duplicates(["theme", "cohort", "visit", "before"]))
    first = table[table["Compared with"] != ""].iloc[0]
    assert re.fullmatch(r"(strength|mixed|weakness) \(\d+\)", first["Status (n)"])
    assert re.fullmatch(r"(strength|mixed|weakness) \(\d+\)", first["Status then (n)"])
    assert first["Confidence"] in ("high", "moderate", "low")
    assert first["Comparison"].split(" (")[0] in ("like with like", "latest")
    assert not table.duplicated(["Theme", "Cohort", "Visit", "Compared with"]).any()
