"""What was loaded and left out, for a notebook."""

from __future__ import annotations

from analysis.report.tables.views import coverage, left_out, loaded


def test_what_was_loaded_is_counted(data):
    rows = loaded(data).set_index("table")["rows"]
    assert rows["findings"] == len(data.findings)
    assert rows["codes of reader-1"] == (data.codes["coder"] == "reader-1").sum()


def test_what_was_left_out_has_a_reason(data):
    table = left_out(data)
    missing = data.visits.loc[data.visits["held"] == "none", "visit"]
    assert set(missing) <= set(table["document or visit"])
    assert (table["left out, and why"] != "").all()


def test_coverage_counts_findings_per_theme_and_visit(results):
    table = coverage(results)
    assert list(table.index) == [t.name for t in results.data.codebook.themes]
    assert (table.drop(columns="all visits").sum(axis=1) == table["all visits"]).all()
    assert table["all visits"].sum() > 0
