"""Letters are read as they were composed, in either form and with any bullets and headings."""

from __future__ import annotations

from datetime import date

import compose
import pytest
from composed_truth import (
    Cases,
    as_read,
    as_told,
    expected,
    found,
    read,
    said_of,
    who_and_when,
)

from analysis.documents.files.layout import join_rows, reading_order
from analysis.documents.files.opening import open_document

STYLES = ("bullets", "paragraphs")
LETTERS = Cases(
    bullets=compose.focused_visit_letter,
    paragraphs=lambda: compose.focused_visit_letter(style="paragraphs"),
    bullets_with_a_scope_list=lambda: compose.focused_visit_letter(scope_list=True),
    paragraphs_without_a_scope_list=lambda: compose.focused_visit_letter(
        style="paragraphs", scope_list=False
    ),
    bullets_with_priority_actions=lambda: compose.focused_visit_letter(priority_actions=2),
    paragraphs_with_priority_actions=lambda: compose.focused_visit_letter(
        style="paragraphs", priority_actions=2
    ),
    one_day=lambda: compose.focused_visit_letter(
        start=date(2022, 3, 8), published=date(2022, 4, 5)
    ),
    over_a_month_end=lambda: compose.focused_visit_letter(
        start=date(2024, 1, 31), end=date(2024, 2, 1), published=date(2024, 3, 5)
    ),
    three_days=lambda: compose.focused_visit_letter(
        start=date(2022, 3, 8), end=date(2022, 3, 10), published=date(2022, 4, 5)
    ),
    undated=lambda: compose.focused_visit_letter(start=date(2022, 3, 8), end=date(2022, 3, 9)),
    other_headings=lambda: compose.focused_visit_letter(
        overview_heading="Headline findings",
        improve_heading="What needs to improve in this area of social work practice?",
        findings_heading="Main findings",
    ),
    another_opening=lambda: compose.focused_visit_letter(
        opening="I am writing to tell you what was found at our focused visit to"
    ),
    many_findings=lambda: compose.focused_visit_letter(findings=30, needs=6),
    name_with_and=lambda: compose.focused_visit_letter(authority="brighton-and-hove"),
)
MONITORING = Cases(
    paragraphs=compose.monitoring_letter,
    bullets=lambda: compose.monitoring_letter(bullets=True),
    under_the_later_framework=lambda: compose.monitoring_letter(
        framework="ILACS",
        start=date(2021, 6, 8),
        end=date(2021, 6, 9),
        published=date(2021, 7, 6),
    ),
    one_day=lambda: compose.monitoring_letter(start=date(2017, 6, 6), end=None),
)
BOTH = [(cases, name) for cases in (LETTERS, MONITORING) for name in cases.names]
IDS = [f"{'focused' if cases is LETTERS else 'monitoring'} {name}" for cases, name in BOTH]
EITHER = pytest.mark.parametrize(("cases", "name"), BOTH, ids=IDS)


@EITHER
def test_a_letter_says_who_when_and_what_kind(cases: Cases, name: str) -> None:
    document, reading = cases.document(name), cases.reading(name)
    assert said_of(reading) == who_and_when(document)
    assert reading.pages == document.pages
    assert reading.title.endswith("children’s services")


@pytest.mark.parametrize("name", LETTERS.names)
def test_each_finding_is_read_with_role_pages_and_text(name: str) -> None:
    document, reading = LETTERS.document(name), LETTERS.reading(name)
    assert as_read(found(document, reading)) == as_told(expected(document))


@EITHER
def test_each_finding_stands_under_its_heading(cases: Cases, name: str) -> None:
    document, reading = cases.document(name), cases.reading(name)
    told = {p.text: p.section for p in expected(document)}
    assert reading.findings
    for finding in reading.findings:
        assert finding.section == told[finding.text]


@pytest.mark.parametrize("name", MONITORING.names)
def test_each_finding_under_a_heading_of_a_monitoring_letter_is_read(name: str) -> None:
    document, reading = MONITORING.document(name), MONITORING.reading(name)
    told = as_told(expected(document))
    judged, *rest = told
    assert judged[1] == "summary"
    assert [row for row in as_read(reading.findings) if row != judged] == rest


@pytest.mark.parametrize("name", MONITORING.names)
def test_the_judgement_that_opens_a_monitoring_letter_is_a_finding(name: str) -> None:
    document, reading = MONITORING.document(name), MONITORING.reading(name)
    assert as_read(reading.findings) == as_told(expected(document))


@EITHER
def test_every_printed_character_has_a_use(cases: Cases, name: str, tmp_path) -> None:
    document, reading = cases.document(name), cases.reading(name)
    path = tmp_path / "letter.pdf"
    path.write_bytes(document.content)
    lines = join_rows(reading_order(open_document(path).lines))
    assert sum(reading.uses.values()) == sum(len(line.text) for line in lines)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("listed", [True, False])
def test_the_scope_holds_what_inspectors_looked_at(style: str, listed: bool) -> None:
    reading = read(compose.focused_visit_letter(style=style, scope_list=listed))
    assert "Inspectors looked at the local authority’s arrangements" in reading.scope
    assert reading.scope.count("•") == (5 if listed else 0)
    assert "read records" not in reading.scope
    assert "scope" not in reading.missing


@pytest.mark.parametrize("style", STYLES)
def test_the_scope_leaves_out_the_sentence_that_names_the_visit(style: str) -> None:
    assert LETTERS.reading(style).scope.startswith("Inspectors looked at")


@pytest.mark.parametrize("style", STYLES)
def test_priority_actions_are_needs_under_a_heading_of_their_own(style: str) -> None:
    reading = LETTERS.reading(f"{style} with priority actions")
    sections = [f.section for f in reading.findings if f.role == "need"]
    assert sections[:2] == ["Areas for priority action"] * 2
    assert len(set(sections)) == 2


@pytest.mark.parametrize("bullet", ["\uf06e", "◼", "\uf0a7", "\uf0b7", "•", "–", "-"])
def test_findings_are_read_after_any_bullet(bullet: str) -> None:
    document = compose.focused_visit_letter(bullet=bullet)
    assert as_read(read(document).findings) == as_told(expected(document))


def test_the_close_of_a_letter_is_no_finding() -> None:
    for name in LETTERS.names:
        reading = LETTERS.reading(name)
        assert reading.uses["closing"] > 0
        assert not any("Yours sincerely" in finding.text for finding in reading.findings)


def test_a_letter_that_prints_no_date_says_so_and_keeps_the_visits() -> None:
    reading = LETTERS.reading("undated")
    assert reading.published == ""
    assert reading.visit[:2] == ("2022-03-08", "2022-03-09")
