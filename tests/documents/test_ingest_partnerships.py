"""JTAI letters and area SEND inspections are kinds of their own, each about an area of its own."""

from __future__ import annotations

from datetime import date

import compose
import pytest
from compose.partnerships import OUTCOMES, joint_letter, send_letter, send_report
from composed_truth import Cases, read, said_of, who_and_when

from analysis.documents.rows import grades_of

CASES = Cases(
    late_joint_letter=joint_letter,
    early_joint_letter=lambda: joint_letter(style="early", authority="brighton-and-hove"),
    joint_letter_over_the_new_year=lambda: joint_letter(
        start=date(2024, 12, 30), end=date(2025, 1, 3), published=date(2025, 2, 14)
    ),
    joint_letter_that_names_who_leads=lambda: joint_letter(
        inspectorate="Her Majesty’s Chief Inspector of Education"
    ),
    joint_letter_on_schools=lambda: joint_letter(theme="pupils who are not in school"),
    send_report=send_report,
    send_report_of_failings=lambda: send_report(outcome="widespread or systemic failings"),
    send_report_of_a_borough=lambda: send_report(
        authority="hillingdon", outcome="typically positive"
    ),
    send_letter=send_letter,
    send_letter_without_statement=lambda: send_letter(statement=False, authority="st-helens"),
)
FORMS = {"pdf": lambda document: document, "docx": compose.as_docx}
AREAS = {"JTAI": "joint-theme", "SEND": "send-partnership"}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", CASES.names)
def test_it_says_who_when_and_what_kind(name: str, form: str) -> None:
    document = CASES.document(name)
    reading = read(FORMS[form](document))
    assert said_of(reading) == who_and_when(document)
    assert reading.kind.source == "primary"
    assert reading.areas == [AREAS[document.framework]]


@pytest.mark.parametrize("name", CASES.names)
def test_all_that_it_finds_is_about_its_own_area(name: str) -> None:
    document, reading = CASES.document(name), CASES.reading(name)
    assert [(f.role, f.text) for f in reading.findings] == [
        (p.role, p.text) for p in document.paragraphs
    ]
    assert {f.area for f in reading.findings} == set(reading.areas)


@pytest.mark.parametrize("name", CASES.names)
def test_no_addressee_and_no_standing_word_is_a_finding(name: str) -> None:
    document, reading = CASES.document(name), CASES.reading(name)
    told = " ".join(f.text for f in reading.findings)
    assert not [text for text in document.apart if text and text in told]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_printed_outcome_is_the_judgement_of_the_partnership(outcome: str) -> None:
    reading = read(send_report(outcome=outcome))
    assert [(grade.area, grade.grade) for grade in grades_of(reading)] == [
        ("send-partnership", outcome)
    ]


@pytest.mark.parametrize("name", ["late joint letter", "early joint letter", "send letter"])
def test_a_letter_grades_nothing(name: str) -> None:
    assert grades_of(CASES.reading(name)) == []


@pytest.mark.parametrize(
    ("name", "theme"),
    [
        ("late joint letter", "serious youth violence"),
        ("early joint letter", "serious youth violence; children drawn into gangs"),
        ("joint letter on schools", "pupils who are not in school"),
    ],
)
def test_a_joint_inspection_names_the_theme_of_its_round(name: str, theme: str) -> None:
    reading = CASES.reading(name)
    assert reading.theme == theme
    assert "scope" not in reading.missing  # which says that the letter names none
