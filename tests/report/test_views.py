"""Tables as readers see them."""

from __future__ import annotations

import re

from analysis.report.tables.evidence import by_theme, unthemed
from analysis.report.tables.views import changes_view, needs_view, visits_view


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
    assert len(table) >= len(compared)
    first = table[table["Compared with"] != ""].iloc[0]
    assert re.fullmatch(r"(strength|mixed|weakness) \(\d+\)", first["Status (n)"])
    assert re.fullmatch(r"(strength|mixed|weakness) \(\d+\)", first["Status then (n)"])
    assert first["Certainty"].split(" (")[0] in ("firm", "indicative", "too thin to say")


def test_needs_lead_to_evidence_that_is_there(results):
    entries = [e for theme in by_theme(results) for cell in theme.cells for e in cell.entries]
    anchors = {e.anchor for e in entries} | {none["anchor"] for none in unthemed(results)}
    needs = needs_view(results)
    again = set(results.ledger.loc[results.ledger["raised_again"], "need"])
    assert {need["need"] for need in needs} == again
    assert len(needs) == len(again)
    found = [f["anchor"] for need in needs for event in need["events"] for f in event["findings"]]
    assert found
    assert set(found) <= anchors
