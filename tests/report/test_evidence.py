"""The way back to the words: every finding behind every cell, with its place in the document."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import authority, coded, links, needs, says, visit, visits, votes

from analysis.anchors import anchor, finding_anchor
from analysis.report.tables.evidence import (
    by_theme,
    findings_by_id,
    homes,
    link_to,
    locator,
    unthemed,
)
from analysis.results.results import analyse

ONE = visits(visit("v"))
LETTER = pd.Series({"kind": "letter", "published": "2024-03-06", "source": "primary"})


def cells(*rows, of=ONE, **more):
    results = analyse(authority(of, coded(*rows)), **more)
    (audit,) = [theme for theme in by_theme(results) if theme.anchor == "t-audit"]
    return audit.cells


@pytest.mark.parametrize(
    ("number", "page", "place"),
    [
        ("12a", "3", "paragraph 12a, page 3"),
        ("12", "", "paragraph 12"),
        ("", "2", "7th in our count, page 2"),
    ],
)
def test_a_locator_names_document_section_number_and_page(number, page, place):
    finding = {"section": "Leadership", "printed_number": number, "page": page, "finding": "d/7"}
    assert locator(finding, LETTER) == f"letter of 6 March 2024, Leadership, {place}"


@pytest.mark.parametrize(
    ("count", "ordinal"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"),
     (21, "21st"), (102, "102nd"), (111, "111th")],
)  # fmt: skip
def test_ordinals(count, ordinal):
    finding = {"section": "S", "printed_number": "", "page": "", "finding": f"d/{count}"}
    assert f"{ordinal} in our count" in locator(finding, LETTER)


@pytest.mark.parametrize(
    ("address", "page", "link"),
    [
        ("https://x.example/a.pdf", "3", "https://x.example/a.pdf#page=3"),
        ("https://x.example/a.PDF", "3", "https://x.example/a.PDF#page=3"),
        ("https://x.example/a.pdf", "", "list"),
        ("https://x.example/file/50", "3", "list"),
        (
            "https://files.ofsted.gov.uk/v1/file/50",
            "3",
            "https://files.ofsted.gov.uk/v1/file/50#page=3",
        ),
        ("https://files.ofsted.gov.uk/v1/file/50", "", "list"),
        ("https://files.ofsted.gov.uk/v1/", "3", "list"),
        ("", "3", "list"),
    ],
)
def test_a_page_is_linked_only_where_the_address_is_a_pdf(address, page, link):
    assert link_to(pd.Series({"address": address, "link": "list"}), page) == link


def test_a_cell_says_its_status_with_its_votes():
    (cell,) = cells(*votes("v", "SSMW"))
    assert cell.status == "mixed (on 4 paragraphs: 2 strengths, 1 mixed, 1 weakness)"
    assert cell.anchor == "e-audit--v"
    assert [entry.symbol for entry in cell.entries] == ["▲", "▲", "◆", "▼"]


def test_a_cell_says_how_cohorts_differ_in_words():
    (cell,) = cells(*votes("v", "SS"), *votes("v", "W", cohort="personal-advisers"))
    assert cell.status.startswith("differs by cohort (on 3 paragraphs")
    assert cell.how == "personal advisers: weakness; social workers: strength"


def test_confidence_needs_and_harm_are_said_in_words():
    (cell,) = cells(says("v", "strength", role="summary"))
    assert cell.remarks == ("confidence low: from headlines alone",)
    (needed,) = cells(*votes("v", "SSSSSS"), says("v", "weakness", role="need"))
    assert needed.remarks == (
        "confidence high", "strong, with something to improve is stated on it",
    )  # fmt: skip
    (grave,) = cells(says("v", "weakness", harm="duty"))
    assert grave.status == "weakness (on 1 paragraph: 1 weakness), with a legal duty not met"


def test_what_is_reported_without_a_judgement():
    (cell,) = cells(*votes("v", "N"))
    assert (cell.status, cell.entries[0].symbol) == ("reported, not judged", "○")


def test_a_notice_and_a_secondary_source_set_no_status_and_say_so():
    of = visits(visit("n", kind="improvement-notice"), visit("p", held="secondary"))
    notice, press = cells(
        says("n", "weakness", role="requirement"), says("p", "weakness", source="secondary"), of=of
    )
    assert notice.status == "required actions: 1; a notice sets no status"
    assert press.status == "no primary document; the secondary source below sets no status"


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ({"role": "need"}, "need for improvement"),
        ({"said_by": "leaders"}, "said by leaders; casts no vote"),
        ({"change_said": "improved"}, "inspectors say: improved"),
        ({"change_said": "improved", "said_by": "staff"}, "said by staff; staff say: improved"),
        ({"basis": "change only"}, "states a change only; casts no vote"),
        ({"part": "yes"}, "on a part of them only"),
        ({"harm": "risk"}, "with children left at risk"),
        ({"repeats": "2"}, "says again what paragraph 2 in our count says; casts no vote"),
        ({"coder": "anna"}, "coded by anna"),
    ],
)
@pytest.mark.promise("all-leads-to-evidence")
def test_an_entry_says_what_a_reader_must_know(said, note):
    (cell, *_) = cells(says("v", "weakness", **said), *votes("v", "SS", cohort="not-stated"))
    assert note in cell.entries[0].notes


def test_the_word_of_quantity_is_shown_or_blank():
    (cell,) = cells(says("v", "weakness", extent="too many"), says("v", "weakness"))
    assert [entry.extent for entry in cell.entries] == ["too many", ""]


def test_the_usual_coder_is_named_once_for_all():
    (cell,) = cells(says("v", "weakness", coder="reader-1"))
    assert "coded by" not in cell.entries[0].notes


def test_a_cell_names_its_documents_and_an_entry_only_where_there_are_several():
    (one,) = cells(says("v", "weakness"))
    assert len(one.sources) == 1
    assert not one.entries[0].place.startswith(one.sources[0].name)
    (two,) = cells(says("v", "weakness", source="secondary"), says("v", "strength"))
    assert [source.name.endswith("(secondary source)") for source in two.sources] == [False, True]
    assert two.entries[1].place.startswith(two.sources[1].name)


def test_a_finding_has_its_anchor_under_its_first_code_and_once():
    one = says("v", "weakness", theme="plans", finding="v-letter/9")
    other = says("v", "weakness", finding="v-letter/9", cohort="care-leavers")
    again = says("v", "weakness", finding="v-letter/9")
    themes = by_theme(analyse(authority(ONE, coded(one, other, again))))
    found = {t.anchor: [e.anchor for c in t.cells for e in c.entries] for t in themes}
    assert found == {"t-audit": ["v-letter/9", ""], "t-plans": [""], "t-pathway-plans": []}


def test_a_finding_that_speaks_of_a_need_has_its_anchor_under_the_needs_theme():
    rows = coded(
        says("v", "weakness", finding="v-letter/9"),
        says("v", "weakness", theme="plans", finding="v-letter/9"),
    )
    ours = needs("n").assign(theme="plans")
    data = authority(ONE, rows, needs=ours, links=links(("n", "v-letter/9", "raised")))
    assert homes(analyse(data)) == {"v-letter/9": "plans"}


def test_an_entry_says_whether_its_source_is_secondary_and_its_coder_unusual():
    mine = says("v", "strength", coder="anna", source="secondary")
    (cell,) = cells(mine, *votes("v", "WW"))
    assert [(e.secondary, "coded by anna" in e.notes) for e in cell.entries] == [
        (False, False), (False, False), (True, True),
    ]  # fmt: skip


def test_what_was_found_on_the_theme_stands_before_what_the_paragraph_says():
    own = says("v", "strength", finding="v-letter/1") | {"found": "Audits are regular"}
    (cell,) = cells(own, says("v", "weakness", finding="v-letter/2"))
    assert [entry.summary for entry in cell.entries] == [
        "Audits are regular", "Something is said.",
    ]  # fmt: skip


def test_primary_documents_come_before_secondary_ones():
    (cell,) = cells(says("v", "weakness", source="secondary"), says("v", "strength"))
    assert [entry.direction for entry in cell.entries] == ["strength", "weakness"]


def test_findings_without_a_theme_are_listed():
    data = authority(ONE, coded(says("v", "", theme="none", cohort=""), *votes("v", "S")))
    (none,) = unthemed(analyse(data))
    assert none["locator"].endswith("1st in our count")
    assert none["role"] == "finding"


@pytest.fixture(scope="module")
def results(knowsley):
    return knowsley


def test_every_coded_finding_of_knowsley_is_shown_under_each_of_its_codes(results):
    shown = sum(len(cell.entries) for theme in by_theme(results) for cell in theme.cells)
    assert shown == (results.coded["theme"] != "none").sum()
    themed = results.coded.loc[results.coded["theme"] != "none", "finding"].nunique()
    assert themed + len(unthemed(results)) == len(results.data.findings)


def test_every_judged_cell_of_knowsley_has_its_evidence(results):
    anchors = {cell.anchor for theme in by_theme(results) for cell in theme.cells}
    whole = results.whole()
    reported = whole[whole["findings"] != ""]
    assert len(reported) > 100
    assert {
        anchor(t, v) for t, v in zip(reported["theme"], reported["visit"], strict=True)
    } <= anchors


@pytest.mark.promise("finding-address")
def test_every_finding_of_knowsley_has_one_anchor_of_its_own(results):
    entries = [e for theme in by_theme(results) for cell in theme.cells for e in cell.entries]
    anchors = [e.anchor for e in entries if e.anchor]
    anchors += [none["anchor"] for none in unthemed(results)]
    assert len(anchors) == len(set(anchors))
    assert set(anchors) == {finding_anchor(f) for f in results.data.findings["finding"]}


def test_every_finding_a_status_or_a_need_names_can_be_shown(results):
    known = findings_by_id(results)
    for table in (results.statuses, results.changes, results.events, results.ledger):
        assert {i for ids in table["findings"] for i in ids.split()} <= set(known)
    assert set(known) == set(results.data.findings["finding"])
    assert all(finding["locator"] and finding["summary"] for finding in known.values())


def test_builders_make_data_that_the_whole_flow_accepts():
    data = authority(
        ONE, coded(*votes("v", "S")), needs=needs("n"), links=links(("n", "v-letter/1", "raised"))
    )
    assert analyse(data).ledger["need"].tolist() == ["n"]
