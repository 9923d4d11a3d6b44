"""From what is shown to the findings behind it, and back."""

from __future__ import annotations

import pytest
from builders import authority, coded, links, needs, says, visit, visits, votes

from analysis.anchors import within
from analysis.report.tables.evidence import by_theme
from analysis.report.tables.links import Link, by_visit, changes_by_visit, ways_back
from analysis.report.tables.views import changes_view
from analysis.results.results import Results, analyse

THREE = visits(visit("a"), visit("b", start="2017-03"), visit("c", start="2021-10", held="none"))
FIGURES = ("matrix", "trajectories")


@pytest.fixture
def results() -> Results:
    rows = coded(
        *votes("a", "WW"),
        says("a", "weakness", theme="plans"),
        *votes("b", "SS"),
        says("b", "strength", cohort="care-leavers"),
        says("b", "", theme="none", cohort=""),
    )
    raised = links(("n", "a-letter/1", "raised"), ("n", "b-letter/4", "raised"))
    return analyse(authority(THREE, rows, needs=needs("n"), links=raised))


def test_each_end_of_a_change_leads_to_its_evidence(results: Results) -> None:
    (at,) = changes_by_visit(results)
    assert at.visit == "inspection of 2017-03"
    (change,) = at.changes
    assert (change.now, change.then) == (
        Link("strength (2)", "#e-audit--b"),
        Link("2014-04: weakness (2)", "#e-audit--a"),
    )
    assert (change.theme, change.rows, change.own) == ("Audit", 1, "c-audit")


@pytest.mark.promise("every-comparison")
def test_no_change_is_lost_and_a_theme_heads_its_rows_once(knowsley: Results) -> None:
    told = changes_by_visit(knowsley)
    rows = [change for at in told for change in at.changes]
    assert len(rows) == len(changes_view(knowsley)) > 100
    assert all(sum(c.rows for c in at.changes) == len(at.changes) for at in told)
    own = [change.own for change in rows if change.own]
    assert len(own) == len(set(own)) == len({change.theme for change in rows})


def test_the_ways_back_name_what_led_there(results: Results) -> None:
    back = ways_back(results, FIGURES, ["plans"], overview="Table 1", table="Table 4")
    assert back["audit"] == [
        Link("Table 1", "#overview"),
        Link("Figure 1", "#fig-matrix"),
        Link("Table 4", "#c-audit"),
        Link("need 1", "#n-n"),
    ]
    assert Link("Figure 2", "#fig-trajectories") in back["plans"]


def test_every_visit_names_its_documents_and_its_themes(results: Results) -> None:
    first, second, third = by_visit(results, by_theme(results))
    assert first.title == "Inspection of 2014-04"
    assert first.documents == (Link("Ofsted, letter of 6 March 2024", "https://x.example/"),)
    group = (Link("Audit", "#e-audit--a"), Link("Plans", "#e-plans--a"))
    assert first.groups == (("Group", group),)
    assert (second.anchor, second.unthemed) == ("v-b", 1)
    assert (third.documents, third.groups, third.unthemed) == ((), (), 0)


def test_anchors_without_the_authority_stay_apart(knowsley: Results) -> None:
    for names in (
        knowsley.data.visits["visit"],
        knowsley.data.documents["document"],
        knowsley.data.findings["finding"],
    ):
        short = [within(name) for name in names]
        assert len(set(short)) == len(names)
        assert not any("knowsley" in name for name in short)
