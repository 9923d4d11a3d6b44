"""Looking around in a notebook, with and without widgets."""

from __future__ import annotations

import pytest

from analysis.browsing import ANY, browse, coverage, findings_on, left_out, loaded
from analysis.errors import UnknownNameError
from analysis.vocabulary import NO_THEME


def test_choices_narrow_the_findings(results):
    everything = findings_on(results)
    assert len(everything) == (results.coded["theme"] != NO_THEME).sum()
    audit = findings_on(results, theme="audit", direction="weakness")
    assert 0 < len(audit) < len(everything)
    assert set(audit["direction"]) == {"weakness"}
    assert audit["theme"].nunique() == 1


@pytest.mark.parametrize(
    ("choice", "near"),
    [
        ({"theme": "audits"}, "'audit'"),
        ({"direction": "weak"}, "'weakness'"),
        ({"visit": "exampleshire-inspection-2014-03-11"}, "'exampleshire-inspection-2014-03-10'"),
    ],
)
def test_an_unknown_choice_names_the_nearest(results, choice, near):
    with pytest.raises(UnknownNameError, match=near):
        findings_on(results, **choice)


def test_the_table_follows_the_menus(results):
    box = browse(results)
    menus, table = box.children
    theme = next(menu for menu in menus.children if menu.description == "Theme")
    before = len(table.df)
    theme.value = "audit"
    assert 0 < len(table.df) < before
    assert len(table.df) == len(findings_on(results, theme="audit"))
    theme.value = ANY
    assert len(table.df) == before


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
