"""Which codes count, and that no finding is lost on the way."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import authority, coded, says, visit, visits

from analysis.codes.counting import admitted, coded_findings, counting, join_ids
from analysis.codes.tagged import places, tag_uncoded
from analysis.data.codebook import parse_codebook

BOOK = parse_codebook(
    r"""
version: "1"
groups: [{id: g, name: G}]
themes:
  - {id: audit, group: g, name: Audit, definition: Audits., include: [], exclude: [],
     areas: everywhere, patterns: ['\baudits?\b'], examples: []}
"""
)


def codes(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["finding", "coder", "theme"])


@pytest.mark.parametrize(
    ("coders", "counts"),
    [
        (["tagger", "reader-1", "anna", "resolved"], "anna"),
        (["tagger", "reader-1", "reader-2", "resolved"], "resolved"),
        (["anna", "resolved", "bert"], "resolved"),
        (["tagger", "reader-1", "anna"], "anna"),
        (["tagger", "reader-2", "reader-1"], "reader-1"),
        (["reader-2", "tagger"], "tagger"),
        (["bert", "anna"], "anna"),
    ],
)
def test_one_coder_counts_for_a_finding(coders, counts):
    table = codes(*[("d/1", coder, "audit") for coder in coders])
    assert counting(table)["coder"].tolist() == [counts]


def test_the_second_reader_never_counts():
    assert counting(codes(("d/1", "reader-2", "audit"))).empty


def test_each_finding_has_its_own_coder_and_all_rows_of_it():
    table = codes(
        ("d/1", "reader-1", "audit"), ("d/1", "resolved", "plans"), ("d/1", "resolved", "audit"),
        ("d/2", "reader-1", "none"),
    )  # fmt: skip
    kept = counting(table)
    assert kept[["finding", "theme"]].to_numpy().tolist() == [
        ["d/1", "plans"],
        ["d/1", "audit"],
        ["d/2", "none"],
    ]


def test_resolved_none_removes_a_reader_s_theme():
    table = codes(("d/1", "reader-1", "audit"), ("d/1", "resolved", "none"))
    assert counting(table)["theme"].tolist() == ["none"]


def data_with(*rows, summary="Audits are weak."):
    data = authority(visits(visit("v")), coded(*rows), codebook=BOOK)
    return data.__class__(**vars(data) | {"findings": data.findings.assign(summary=summary)})


def test_a_finding_that_only_the_second_reader_coded_falls_to_the_tagger():
    found = coded_findings(data_with(says("v", "weakness", coder="reader-2")))
    assert found[["coder", "theme", "cohort"]].to_numpy().tolist() == [
        ["tagger", "audit", "not-stated"]
    ]


def test_a_finding_that_nobody_coded_and_no_pattern_meets_is_kept_as_none():
    data = data_with(says("v", "weakness"), summary="Nothing to see.")
    found = coded_findings(data.__class__(**vars(data) | {"codes": data.codes.iloc[:0]}))
    assert found[["coder", "theme", "direction"]].to_numpy().tolist() == [["tagger", "none", ""]]


def test_a_finding_coded_twice_gives_two_rows_and_is_not_tagged():
    found = coded_findings(
        data_with(
            says("v", "weakness", cohort="care-leavers", finding="v-letter/1"),
            says("v", "strength", cohort="social-workers", finding="v-letter/1"),
        )
    )
    assert found["coder"].tolist() == ["reader-1", "reader-1"]


SOURCES = pd.DataFrame(
    [("both", "primary"), ("both", "secondary"), ("press", "secondary")],
    columns=["visit", "source"],
)
HELD = visits(visit("both"), visit("press", held="secondary"))


def test_secondary_sources_are_not_admitted_unless_asked():
    assert admitted(SOURCES, HELD).to_numpy().tolist() == [["both", "primary"]]


def test_asked_for_they_speak_only_where_no_primary_document_does():
    found = admitted(SOURCES, HELD, include_secondary=True)
    assert found.to_numpy().tolist() == [["both", "primary"], ["press", "secondary"]]


def test_ids_stand_in_the_order_of_the_document():
    assert join_ids(["e/1", "d/10", "d/9", "e/1"]) == "d/9 d/10 e/1"


def test_the_tagger_says_since_which_visit_something_changed():
    seen = visits(
        visit("inspection-2014", start="2014-04"),
        visit("visit-2018", kind="focused-visit", start="2018-02"),
        visit("inspection-2021", start="2021-05"),
    )
    findings = coded(says("inspection-2021", ""), says("inspection-2014", ""))
    texts = ["Audits have improved since the last inspection."] * 2
    findings = findings.assign(words=texts, finding=["b/1", "a/1"])
    codes = tag_uncoded(findings, codes_of_nobody(), BOOK, seen).set_index("finding")
    assert codes["change_said"].tolist() == ["improved", "improved"]
    assert codes["since"].to_dict() == {"b/1": "inspection-2014", "a/1": "unknown"}
    assert codes["basis"].tolist() == ["change only", "change only"]
    without = tag_uncoded(findings, codes_of_nobody(), BOOK)
    assert without["since"].tolist() == ["unknown", "unknown"]


def codes_of_nobody() -> pd.DataFrame:
    return pd.DataFrame({"finding": pd.Series(dtype=str)})


def test_the_scope_of_a_visit_counts_as_the_place_of_what_is_overall():
    seen = visits(
        visit("narrow", areas="child-protection; children-in-need"),
        visit("wide", areas="child-protection;children-in-care"),
        visit("unknown", areas=""),
    )
    findings = pd.DataFrame(
        {"visit": ["narrow", "narrow", "wide", "unknown"],
         "area": ["overall", "leadership", "overall", "overall"]}
    )  # fmt: skip
    assert places(findings, seen).tolist() == [
        "child-protection", "leadership", "overall", "overall",
    ]  # fmt: skip
