"""What a finding's words say about change, and since when."""

from __future__ import annotations

import time

import pytest

from analysis.codes.tagger.changes_said import CHANGE_ONLY, LEVEL, change_of
from analysis.codes.tagger.since import UNKNOWN, Visit, since_of
from analysis.vocabulary import BASES, CHANGES_SAID


def said(text: str, direction: str) -> str:
    return change_of(text, 0, len(text), direction).change


@pytest.mark.parametrize(
    ("text", "direction", "expected"),
    [
        ("Supervision has improved.", "strength", "improved"),
        ("Supervision is now much improved.", "strength", "improved"),
        ("Supervision has significantly improved, but is not yet good.", "weakness", "improved"),
        ("There are clear improvements in supervision.", "mixed", "improved"),
        ("Good progress has been made on audits.", "strength", "improved"),
        ("Caseloads have reduced.", "strength", "improved"),
        ("The arrangements have been strengthened.", "strength", "improved"),
        ("Supervision has deteriorated.", "weakness", "declined"),
        ("There has been a decline in audits.", "weakness", "declined"),
        ("Caseloads have increased.", "weakness", "declined"),
        ("Supervision has not improved.", "weakness", "not improved"),
        ("Supervision hasn\u2019t improved.", "weakness", "not improved"),
        ("Supervision remains too variable.", "weakness", "not improved"),
        ("Audits continue to be poor.", "mixed", "not improved"),
        ("There has been limited progress.", "weakness", "not improved"),
        ("Audits remain strong.", "strength", "sustained"),
        ("Leaders have maintained good audits.", "strength", "sustained"),
    ],
)
def test_change(text: str, direction: str, expected: str) -> None:
    assert said(text, direction) == expected
    assert said(text.upper(), direction) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Audits are poor.",
        "Improve audits.",
        "Audits need to improve.",
        "Audits need to be improved.",
        "Areas for improvement are known.",
        "The improvement plan is clear.",
        "Leaders work to ensure improvements in audits.",
        "Children\u2019s lives have improved.",
        "Help has led to improved outcomes.",
        "Plans are not improving children's circumstances.",
        "Young people declined the offer.",
        "Children remain at home.",
        "",
    ],
)
@pytest.mark.parametrize("direction", ["strength", "mixed", "weakness"])
def test_no_change_of_the_service_is_said(text: str, direction: str) -> None:
    assert change_of(text, 0, len(text), direction) == ("", LEVEL, "")


def test_a_direction_rules_out_what_it_cannot_go_with() -> None:
    assert said("Audits remain strong.", "weakness") == ""
    assert said("Audits remain weak.", "strength") == ""
    assert said("Audits have declined.", "strength") == ""
    assert said("Audits have improved.", "neutral") == ""


def test_improvement_is_told_before_what_is_still_wanting() -> None:
    text = "Audits have improved. They remain too few."
    assert said(text, "mixed") == "improved"


def test_only_the_evidence_is_read() -> None:
    text = "Audits are good. Caseloads have fallen."
    assert change_of(text, 0, 16, "strength").change == ""
    assert change_of(text, 17, len(text), "strength").change == "improved"


def test_a_sentence_that_points_back_is_read_with_the_evidence() -> None:
    text = "Audits are good. This is a significant improvement since 2019. It rained."
    found = change_of(text, 0, 16, "strength")
    assert found.change == "improved"
    assert found.words == "this is a significant improvement since 2019."


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("Audits have improved since May.", CHANGE_ONLY),
        ("Audits have improved and are good.", LEVEL),
        ("Audits have improved, but some are late.", LEVEL),
        ("Audits have declined.", CHANGE_ONLY),
        ("Audits remain weak.", LEVEL),
        ("Audits are good.", LEVEL),
    ],
)
def test_basis(text: str, basis: str) -> None:
    found = change_of(text, 0, len(text), "weakness" if "declined" in text else "mixed")
    assert found.basis == basis
    assert basis in BASES
    assert found.change in ("", *CHANGES_SAID)


def test_long_hostile_text_is_read_in_time() -> None:
    text = "their lives and " * 4_000 + "has also now been all " * 4_000
    began = time.process_time()
    change_of(text, 0, len(text), "mixed")
    assert time.process_time() - began < 10


VISITS = [
    Visit("inspection-2014", "inspection", "2014-04-29"),
    Visit("re-inspection-2017", "re-inspection", "2017-03"),
    Visit("visit-2018-10", "focused-visit", "2018-10-30"),
    Visit("visit-2018-02", "focused-visit", "2018-12"),
    Visit("monitoring-2019", "monitoring-visit", "2019"),
]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("better since the last inspection", "re-inspection-2017"),
        ("better since the previous full inspection", "re-inspection-2017"),
        ("better than at the inspection in 2014", "inspection-2014"),
        ("better than at the inspection of april 2014", "inspection-2014"),
        ("better than in the 2014 inspection", "inspection-2014"),
        ("better than at the inspection in may 2014", UNKNOWN),
        ("better since the last inspection in 2016", UNKNOWN),
        ("better since the focused visit in october 2018", "visit-2018-10"),
        ("better since the focused visit in 2018", UNKNOWN),
        ("better since the last focused visit", "visit-2018-02"),
        ("better since the previous monitoring visit", "monitoring-2019"),
        ("better since the last visit", "monitoring-2019"),
        ("better since 2014", UNKNOWN),
        ("better over the last year", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_since(words: str, expected: str) -> None:
    assert since_of(words, VISITS) == expected


def test_without_earlier_visits_nothing_is_known() -> None:
    assert since_of("better since the last inspection", []) == UNKNOWN
