"""The composed documents say what their truth says, and the bad files are as bad as they should."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import compose
import pypdfium2 as pdfium
import pytest
from compose import Composed
from compose.ilacs import IMPACT
from compose.words import paragraph
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

SPLIT = (date(2023, 6, 26), date(2023, 6, 30))
REPORTS: dict[str, Callable[[], Composed]] = {
    "sif 2014": compose.sif_report,
    "sif 2015": lambda: compose.sif_report(style="2015", authority="leeds"),
    "sif 2017": lambda: compose.sif_report(style="2017", authority="kent"),
    "re-inspection": lambda: compose.sif_report(style="2017", reinspection=True),
    "bullets": lambda: compose.sif_report(numbered=False, authority="hillingdon"),
    "tight numbers": lambda: compose.sif_report(number_style="12.Text", skip_number=20),
    "bare numbers": lambda: compose.sif_report(number_style="12 Text", grades_on_page_2=True),
    "wrapped numbers": lambda: compose.sif_report(repeat_wrapped_number=True, grade_wraps=True),
    "ilacs five": compose.ilacs_report,
    "ilacs four": lambda: compose.ilacs_report(areas=4, number_x=90, nested_needs=True),
    "ilacs 2018": lambda: compose.ilacs_report(areas=4, style="2018", grade_wraps=True),
    "ilacs split": lambda: compose.ilacs_report(
        start=date(2023, 6, 12), end=date(2023, 6, 16), more_visits=[SPLIT]
    ),
    "early letter": compose.focused_visit_letter,
    "late letter": lambda: compose.focused_visit_letter(style="paragraphs"),
    "monitoring": compose.monitoring_letter,
    "2013": compose.looked_after_2013,
    "board": compose.board_review_2015,
}
TEXTS: dict[str, Callable[[], Composed]] = {
    "notice": compose.improvement_notice,
    "news": lambda: compose.news_page(suffix=".txt"),
    "page": compose.news_page,
    "article": compose.press_article,
}
LINE_END_HYPHEN = re.compile(r"[￾\x02]\s*")


def pages_of(document: Composed) -> list[str]:
    """Return each page's text in one line, with hyphens at line ends kept."""
    with pdfium.PdfDocument(document.content) as opened:
        texts = [page.get_textpage().get_text_range() for page in opened]
    return [" ".join(LINE_END_HYPHEN.sub("-", text).split()) for text in texts]


@pytest.mark.parametrize("name", REPORTS)
def test_each_paragraph_is_on_its_pages(name: str) -> None:
    document = REPORTS[name]()
    pages = pages_of(document)
    assert len(pages) == document.pages
    assert document.paragraphs
    whole = " ".join(pages)
    for told in document.paragraphs:
        first, last = pages[told.page - 1], pages[told.last_page - 1]
        assert told.last_page in (told.page, told.page + 1)
        assert told.text in first or any(
            told.text[:cut].strip() in first and told.text[cut:].strip() in last
            for cut in range(1, len(told.text))
            if told.text[cut - 1] in " -"
        )
        assert (told.text in first) == (told.page == told.last_page)
        if told.number:
            assert re.search(rf"(?<!\d){told.number}\.? ?{re.escape(told.text[:12])}", first)
        assert told.section in whole


@pytest.mark.parametrize("name", REPORTS)
def test_two_runs_give_the_same_bytes(name: str) -> None:
    assert REPORTS[name]().content == REPORTS[name]().content


@pytest.mark.parametrize("name", [*REPORTS, *TEXTS])
def test_no_paragraph_is_told_twice(name: str) -> None:
    document = {**REPORTS, **TEXTS}[name]()
    texts = [told.text for told in document.paragraphs if told.role in ("body", "need")]
    assert len(set(texts)) == len(texts)
    assert not set(texts) & set(document.apart)


@pytest.mark.parametrize("name", REPORTS)
def test_grades_stand_on_the_first_pages(name: str) -> None:
    document = REPORTS[name]()
    pages = pages_of(document)
    if name == "2013":
        assert not re.search("adequate|good", pages[0], re.IGNORECASE)
        pages = pages[-1:]
    front = " ".join(pages[:2]).lower().replace("require improvement", "requires improvement")
    for grade in document.grades.values():
        assert grade.lower() in front


@pytest.mark.parametrize("name", REPORTS)
def test_dates_are_in_order_and_on_weekdays(name: str) -> None:
    document = REPORTS[name]()
    start, end = (date.fromisoformat(d) for d in (document.visit_start, document.visit_end))
    last = date.fromisoformat(document.published) if document.published else end
    assert start <= end <= last
    assert (end - start).days < 32
    assert all(day.weekday() < 5 for day in (start, end, last))


def test_a_run_leaves_out_one_number() -> None:
    document = compose.sif_report(skip_number=20)
    numbers = [int(told.number) for told in document.paragraphs if told.number]
    assert document.missing_numbers == [20]
    assert numbers == [n for n in range(1, numbers[-1] + 1) if n != 20]


def test_a_wrapped_line_begins_with_the_number_that_comes_next() -> None:
    document = compose.sif_report(repeat_wrapped_number=True)
    with pdfium.PdfDocument(document.content) as opened:
        lines = [
            line.strip()
            for page in opened
            for line in page.get_textpage().get_text_range().splitlines()
        ]
    told = {t.number: t.text for t in document.paragraphs if t.number}
    found = [
        number
        for number, text in told.items()
        if f"{int(number) + 1}. Many of the younger ones had been told twice." in text
        or f"{int(number) + 1} Most Wanted Hours" in text
    ]
    assert len(found) == 4
    for number in found:
        after = int(number) + 1
        assert any(re.match(rf"{after}\.? M(any|ost)", line) for line in lines)
        assert f"{after}" in told


def test_split_visits_and_single_days() -> None:
    split = REPORTS["ilacs split"]()
    assert "12 to 16 and 26 to 30 June 2023" in pages_of(split)[0]
    assert split.visits == [("2023-06-12", "2023-06-16"), ("2023-06-26", "2023-06-30")]
    assert (split.visit_start, split.visit_end) == ("2023-06-12", "2023-06-30")
    single = compose.ilacs_report(start=date(2024, 9, 10), end=None)
    assert "Inspection date: 10 September 2024" in pages_of(single)[0]
    assert single.visit_start == single.visit_end == "2024-09-10"


def test_a_letter_with_areas_for_priority_action() -> None:
    letter = compose.focused_visit_letter(priority_actions=2)
    needs = [told.section for told in letter.paragraphs if told.role == "need"]
    assert needs.count("Areas for priority action") == 2
    assert needs[2:] == ["What needs to improve in this area of social work practice"] * 3


def test_bullets_of_private_use_are_read_back() -> None:
    for bullet in ("\uf06e", "◼", "\uf0a7", "\uf0b7", "–"):
        text = " ".join(pages_of(compose.ilacs_report(bullet=bullet, nested_needs=True)))
        assert f"{bullet} How quickly senior leaders" in text
        assert "\uf02d for children under five" in text


def test_heading_and_running_dates_can_differ_from_the_table() -> None:
    document = compose.ilacs_report(
        heading_grades={"leadership": "Good"}, footer_dates="1 to 12 July 2024"
    )
    text = " ".join(pages_of(document))
    assert f"{IMPACT}: good" in text
    assert document.grades["leadership"] == "Inadequate"
    assert "1 to 12 July 2024 2" in text


def test_text_documents_hold_their_paragraphs() -> None:
    for name, make in TEXTS.items():
        document = make()
        text = " ".join(document.content.decode().split())
        if name == "page":
            text = text.replace("&rsquo;", "’").replace("&nbsp;&ndash;", " –")
            text = re.sub(r"</?strong>", "", text).replace("&amp;", "&")
        for told in document.paragraphs:
            assert told.text in text
            assert told.page == 0


def test_the_notice_is_numbered_to_twenty_with_letters_below() -> None:
    numbers = [told.number for told in compose.improvement_notice().paragraphs if told.number]
    assert [n for n in numbers if n.isdigit()] == [str(n) for n in range(1, 21)]
    assert {"3a", "3b", "3c", "16c"} <= set(numbers)


def test_a_letter_as_docx_keeps_its_text_with_real_styles() -> None:
    letter = compose.focused_visit_letter()
    document = compose.as_docx(letter)
    assert document.content == compose.as_docx(letter).content
    opened = Document(io.BytesIO(document.content))
    styles = {p.text: p.style.name for p in opened.paragraphs}
    assert styles["Overview"] == "Heading 2"
    for told in document.paragraphs:
        expected = "List Bullet" if told.role in ("need", "body") else "Normal"
        assert styles[told.text] == expected


@given(st.integers(0, 400), st.integers(0, 400))
def test_paragraphs_of_a_theme_differ(one: int, other: int) -> None:
    if one != other:
        assert paragraph("help", one) != paragraph("help", other)


def test_bad_pdfs_are_refused() -> None:
    for document in (compose.html_named_pdf(), compose.truncated_pdf(), compose.empty_file()):
        assert document.suffix == ".pdf"
        with pytest.raises(pdfium.PdfiumError):
            pdfium.PdfDocument(document.content)
    locked = compose.encrypted_pdf().content
    with pytest.raises(pdfium.PdfiumError, match="password"):
        pdfium.PdfDocument(locked)
    with pdfium.PdfDocument(locked, password=compose.PASSWORD) as opened:
        assert len(opened) == 1


def test_odd_pdfs_open() -> None:
    assert pages_of(compose.scanned_pdf()) == ["", ""]
    (newsletter,) = pages_of(compose.not_an_inspection_pdf())
    assert "brass band" in newsletter
    with pdfium.PdfDocument(compose.many_pages_pdf(300).content) as opened:
        assert len(opened) == 300
    assert compose.deep_nesting_pdf(50).content.count(b"/Kids") == 50


def test_the_page_and_the_archive_are_hostile() -> None:
    page = compose.hostile_html().content.decode()
    assert page.count("<!ENTITY") == 11
    assert "<script>" in page
    with zipfile.ZipFile(io.BytesIO(compose.zip_bomb_docx(20).content)) as archive:
        info = archive.getinfo("word/document.xml")
        assert info.file_size > 20 * 2**20
        assert info.compress_size < 2**18


def test_files_are_written_whole(tmp_path: Path) -> None:
    letter = compose.focused_visit_letter()
    path = tmp_path / f"letter{letter.suffix}"
    path.write_bytes(letter.content)
    with pdfium.PdfDocument(path) as opened:
        assert len(opened) == letter.pages
