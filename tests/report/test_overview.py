"""The overview holds every theme and visit, and says of each cell what it is."""

from __future__ import annotations

import pytest
from builders import authority, coded, says, visit, visits, votes
from lxml import html as lxml_html

from analysis.anchors import anchor
from analysis.report.page.block import render
from analysis.report.tables.overview import overview
from analysis.results.marks import marks_of
from analysis.results.results import analyse

OF = visits(
    visit("a"),
    visit("n", start="2014-09", kind="improvement-notice"),
    visit("p", start="2016-08", held="secondary"),
    visit("lost", start="2016-11", held="none"),
    visit("b", start="2021-10", areas="front-door"),
)
ROWS = [
    *votes("a", "WWW"), says("a", "strength", theme="plans"),
    says("n", "weakness", role="requirement"),
    says("p", "weakness", source="secondary"), says("b", "neutral", theme="plans"),
    says("b", "strength"), says("b", "weakness", cohort="care-leavers"),
]  # fmt: skip


def cells(name: str, rows=ROWS):
    (group,) = overview(analyse(authority(OF, coded(*rows)))).groups
    return next(line.cells for line in group[1] if line.theme == name)


def test_every_cell_says_what_it_is():
    found = [(c.kind, c.text, c.label) for c in cells("audit")]
    assert found == [
        ("w", "▼3", "Audit, 2014-04: weakness, n = 3"),
        ("q", "1", "Audit, 2014-09: 1 required"),
        ("w t o", "▼1", "Audit, 2016-08: weakness, n = 1, thin, secondary source"),
        ("", "", "no document"),
        ("d", "", "Audit, 2021-10: differs by cohort (strength 1, weakness 1), n = 2"),
    ]  # fmt: skip


def test_where_cohorts_differ_each_direction_shows():
    assert cells("audit")[4].parts == (("s", "▲"), ("w", "▼"))
    assert all(not cell.parts for cell in cells("audit")[:4])


@pytest.mark.promise("not-looked-at-is-not-improved")
def test_not_looked_at_and_silent_are_two_things():
    found = [(c.kind, c.text, c.href, c.label) for c in cells("pathway-plans")]
    assert found[0] == ("z", "–", "", "nothing reported")
    assert found[1] == ("", "", "", "nothing required")
    assert found[4] == ("h", "", "", "not looked at")


def test_what_is_reported_without_a_judgement_still_leads_to_its_evidence():
    cell = cells("plans")[4]
    assert (cell.kind, cell.text, cell.href) == ("r", "○", "#e-plans--b")
    assert cells("plans")[0].kind == "s t"


def test_the_cells_are_those_of_the_matrix(results):
    marks = marks_of(
        results.statuses, results.secondary, results.coded, results.data.visits,
        results.data.codebook,
    )  # fmt: skip
    lines = [line for _, group in overview(results).groups for line in group]
    linked = {cell.href for line in lines for cell in line.cells if cell.href}
    told = marks[marks["findings"] != ""]
    cells = zip(told["theme"], told["visit"], strict=True)
    assert linked == {f"#{anchor(theme, visit)}" for theme, visit in cells}
    assert [line.theme for line in lines] == list(results.data.codebook.ids)
    assert {len(line.cells) for line in lines} == {len(results.data.visits)}


def test_the_table_has_heads_and_names_and_escapes():
    table = overview(analyse(authority(OF, coded(*ROWS))))
    block = render("overview", overview=table, caption="<b>1", hollow=True, required=True)
    tree = lxml_html.fromstring(block.html)
    assert tree.findtext(".//caption").startswith("<b>1")
    assert {th.get("scope") for th in tree.iter("th")} == {"col", "row", "rowgroup"}
    assert [th.text_content() for th in tree.xpath("//thead//th")][1] == "2014-04"
    for cell in tree.iter("td"):
        (link,) = cell.xpath("a") or [None]
        assert link.get("aria-label") if link is not None else cell.findtext("i")
