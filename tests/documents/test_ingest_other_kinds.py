"""Notices, news, articles and Word documents are read as they were composed."""

from __future__ import annotations

import compose
import pytest
from composed_truth import (
    Cases,
    as_read,
    as_told,
    expected,
    found,
    last_heading,
    read,
    said_of,
    who_and_when,
)

from analysis.documents.files.layout import join_rows, reading_order
from analysis.documents.files.opening import open_document
from analysis.documents.rows import grades_of
from analysis.vocabulary import grade_of

TEXTS = Cases(
    notice=compose.improvement_notice,
    notice_without_dashes=lambda: compose.improvement_notice(dashes=False),
    notice_in_whole_lines=lambda: compose.improvement_notice(broken_lines=False),
    long_notice=lambda: compose.improvement_notice(items=30, authority="leeds"),
    news_page=compose.news_page,
    news_text=lambda: compose.news_page(suffix=".txt"),
    news_of_another=lambda: compose.news_page(authority="west-berkshire"),
    article=compose.press_article,
    article_of_another=lambda: compose.press_article(authority="st-helens"),
)
WORD = Cases(
    early_letter=lambda: compose.as_docx(compose.focused_visit_letter()),
    late_letter=lambda: compose.as_docx(compose.focused_visit_letter(style="paragraphs")),
    letter_with_priority_actions=lambda: compose.as_docx(
        compose.focused_visit_letter(priority_actions=2)
    ),
    report=lambda: compose.as_docx(compose.ilacs_report()),
    report_with_sub_bullets=lambda: compose.as_docx(
        compose.ilacs_report(areas=4, nested_needs=True)
    ),
)
ALL = [(cases, name) for cases in (TEXTS, WORD) for name in cases.names]
NAMED = pytest.mark.parametrize(("cases", "name"), ALL, ids=[name for _, name in ALL])
ACCOUNTS = [name for name in TEXTS.names if "notice" not in name]
PAGES = ["news page", "news of another"]
BUT_NEWS = [(cases, name) for cases, name in ALL if name not in PAGES]


@NAMED
def test_a_document_without_pages_says_who_when_and_what_kind(cases: Cases, name: str) -> None:
    document, reading = cases.document(name), cases.reading(name)
    assert said_of(reading) == who_and_when(document)
    assert reading.pages == 0


@pytest.mark.parametrize(("cases", "name"), BUT_NEWS, ids=[name for _, name in BUT_NEWS])
def test_each_finding_is_read_with_number_role_and_text(cases: Cases, name: str) -> None:
    document, reading = cases.document(name), cases.reading(name)
    assert as_read(found(document, reading)) == as_told(expected(document))


@pytest.mark.parametrize("name", PAGES)
def test_each_finding_of_a_page_is_read(name: str) -> None:
    document, reading = TEXTS.document(name), TEXTS.reading(name)
    assert [f.text for f in found(document, reading)] == [p.text for p in expected(document)]


@pytest.mark.parametrize("name", PAGES)
def test_what_stands_before_the_first_heading_of_a_page_is_its_summary(name: str) -> None:
    document, reading = TEXTS.document(name), TEXTS.reading(name)
    assert as_read(found(document, reading)) == as_told(expected(document))


@NAMED
def test_every_character_has_a_use(cases: Cases, name: str, tmp_path) -> None:
    document, reading = cases.document(name), cases.reading(name)
    path = tmp_path / f"document{document.suffix}"
    path.write_bytes(document.content)
    lines = join_rows(reading_order(open_document(path).lines))
    assert sum(reading.uses.values()) == sum(len(line.text) for line in lines)


@pytest.mark.parametrize("name", ACCOUNTS)
def test_an_account_by_others_is_a_secondary_source(name: str) -> None:
    reading = TEXTS.reading(name)
    assert reading.kind.source == "secondary"
    assert "visit_start" in reading.missing


@pytest.mark.parametrize("name", [*PAGES, "news text"])
def test_what_surrounds_a_page_is_not_read(name: str) -> None:
    document, reading = TEXTS.document(name), TEXTS.reading(name)
    read_text = " ".join([reading.title, *(f.text for f in reading.findings)])
    assert document.apart
    assert not [text for text in document.apart if text in read_text]
    assert "scripts" not in read_text


def test_the_title_is_the_line_that_ends_the_way_to_a_page() -> None:
    assert TEXTS.reading("news text").title == TEXTS.reading("news page").title


def test_the_sections_of_a_notice_hold_its_requirements() -> None:
    document, reading = TEXTS.document("notice"), TEXTS.reading("notice")
    told = {p.text: p.section for p in document.paragraphs}
    sections = {f.text: last_heading(f.section) for f in reading.findings}
    begun = [text for text in told if told[text] == "Quality of Practice"]
    assert begun
    assert {sections[text] for text in begun} == {"Quality of Practice"}


def test_a_heading_with_a_colon_opens_a_section_of_a_notice() -> None:
    document, reading = TEXTS.document("notice"), TEXTS.reading("notice")
    last = [p.text for p in document.paragraphs if p.section == "How progress will be judged:"]
    sections = {f.text: f.section for f in reading.findings}
    assert last
    assert {sections[text].rstrip(":") for text in last} == {"How progress will be judged"}


def test_the_day_of_publication_is_no_section_of_the_news() -> None:
    sections = {f.section for f in TEXTS.reading("news page").findings}
    assert not [section for section in sections if "Published" in section]


def test_a_notice_is_dated_by_its_issue() -> None:
    reading = TEXTS.reading("notice")
    assert reading.visit[:2] == ("2014-10-14", "2014-10-14")
    assert reading.published == "2014-10-14"


def test_lettered_paragraphs_bear_the_number_above_them() -> None:
    numbers = [f.number for f in TEXTS.reading("notice").findings if f.number]
    assert numbers[2:7] == ["3", "3a", "3b", "3c", "4"]


@pytest.mark.parametrize("name", ["report", "report with sub bullets"])
def test_the_table_of_a_word_document_holds_its_grades(name: str) -> None:
    document, reading = WORD.document(name), WORD.reading(name)
    grades = {grade.area: grade.grade for grade in grades_of(reading)}
    assert grades == {area: grade_of(grade) for area, grade in document.grades.items()}


def test_a_word_document_reads_like_the_pdf_but_for_its_pages() -> None:
    letter = compose.focused_visit_letter()
    printed, written = read(letter), read(compose.as_docx(letter))
    assert [(f.role, f.section, f.area, f.text) for f in printed.findings] == [
        (f.role, f.section, f.area, f.text) for f in written.findings
    ]
    assert printed.scope == written.scope
    assert {f.page for f in written.findings} == {0}
