"""Reports are read as they were composed: who, when, grades, and every finding in its place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import compose
import pytest
from composed_truth import (
    SPLIT,
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
from analysis.documents.readings import Reading
from analysis.documents.rows import grades_of
from analysis.vocabulary import grade_of

DATE_STYLES = (
    "to", "dash", "tight-dash", "full", "full-dash", "full-tight-dash", "hyphen",
    "uneven-hyphen", "box-dash", "short", "slashes", "slashes-to",
)  # fmt: skip
BULLETS = ("\uf06e", "\u25fc", "\uf0a7", "\uf0b7", "\u2022", "\u2013", "-")
SIF = Cases(
    sif_2014=compose.sif_report,
    sif_2015=lambda: compose.sif_report(style="2015", authority="leeds"),
    sif_2017=lambda: compose.sif_report(style="2017", authority="kent"),
    sif_2014_unnumbered=lambda: compose.sif_report(numbered=False, authority="hillingdon"),
    sif_2015_unnumbered=lambda: compose.sif_report(style="2015", numbered=False),
    sif_2017_unnumbered=lambda: compose.sif_report(style="2017", numbered=False),
    re_inspection=lambda: compose.sif_report(style="2017", reinspection=True),
    tight_numbers=lambda: compose.sif_report(number_style="12.Text"),
    bare_numbers=lambda: compose.sif_report(number_style="12 Text"),
    odd_numbers=lambda: compose.sif_report(odd_numbers={7: "12.Text", 19: "12 Text"}),
    skipped_number=lambda: compose.sif_report(skip_number=20),
    wrapped_numbers=lambda: compose.sif_report(repeat_wrapped_number=True),
    wrapped_grades=lambda: compose.sif_report(grade_wraps=True),
    grades_on_page_2=lambda: compose.sif_report(grades_on_page_2=True),
    not_judged=lambda: compose.sif_report(not_judged="adoption"),
    not_published=lambda: compose.sif_report(print_published=False),
    two_word_name=lambda: compose.sif_report(authority="west-berkshire"),
    name_with_and=lambda: compose.sif_report(authority="brighton-and-hove", style="2015"),
    long_name=lambda: compose.sif_report(authority="kingston-upon-hull", style="2017"),
    name_with_a_dot=lambda: compose.sif_report(authority="st-helens"),
    board_alone=compose.board_review_2015,
)
ILACS = Cases(
    five=compose.ilacs_report,
    four=lambda: compose.ilacs_report(areas=4),
    five_of_2018=lambda: compose.ilacs_report(style="2018"),
    four_of_2018=lambda: compose.ilacs_report(areas=4, style="2018"),
    second_column=lambda: compose.ilacs_report(number_x=90),
    wrapped_numbers=lambda: compose.ilacs_report(repeat_wrapped_number=True),
    skipped_number=lambda: compose.ilacs_report(skip_number=20),
    wrapped_grades=lambda: compose.ilacs_report(grade_wraps=True),
    grades_on_page_2=lambda: compose.ilacs_report(grades_on_page_2=True),
    not_judged=lambda: compose.ilacs_report(not_judged="care-leavers"),
    bold_footer=lambda: compose.ilacs_report(footer_bold=True),
    split_visit=lambda: compose.ilacs_report(
        start=date(2023, 6, 12), end=date(2023, 6, 16), more_visits=[SPLIT]
    ),
    split_visit_in_full=lambda: compose.ilacs_report(
        start=date(2023, 6, 12), end=date(2023, 6, 16), more_visits=[SPLIT], dates_style="full"
    ),
    single_day=lambda: compose.ilacs_report(start=date(2023, 6, 12)),
    over_new_year=lambda: compose.ilacs_report(start=date(2022, 12, 12), end=date(2023, 1, 6)),
)
OLDER = Cases(looked_after=compose.looked_after_2013)
ALL = [(cases, name) for cases in (SIF, ILACS, OLDER) for name in cases.names]
BUT_OLDER = [case for case in ALL if case[0] is not OLDER]


def ids(cases: Sequence[tuple[Cases, str]]) -> list[str]:
    return [f"{'ilacs ' if of is ILACS else ''}{name}" for of, name in cases]


NAMED = pytest.mark.parametrize(("cases", "name"), ALL, ids=ids(ALL))


def printed_grades(reading: Reading) -> dict[str, str]:
    return {grade.area: grade_of(grade.printed) for grade in grades_of(reading)}


@NAMED
def test_a_report_says_who_when_and_what_kind(cases: Cases, name: str) -> None:
    document, reading = cases.document(name), cases.reading(name)
    assert said_of(reading) == who_and_when(document)
    assert reading.pages == document.pages


@NAMED
def test_each_grade_is_read_and_no_other(cases: Cases, name: str) -> None:
    document, reading = cases.document(name), cases.reading(name)
    grades = {area: grade_of(grade) for area, grade in document.grades.items()}
    assert printed_grades(reading) == grades


@pytest.mark.parametrize("name", ["sif 2014", "sif 2015", "sif 2017"])
def test_a_title_is_read_without_the_figure_of_its_footnote(name: str) -> None:
    assert SIF.reading(name).title.endswith(" local safeguarding children board")


@pytest.mark.parametrize(("cases", "name"), BUT_OLDER, ids=ids(BUT_OLDER))
def test_each_finding_is_read_with_number_role_pages_and_text(cases: Cases, name: str) -> None:
    document, reading = cases.document(name), cases.reading(name)
    assert as_read(found(document, reading)) == as_told(expected(document))


def test_the_record_of_a_looked_after_inspection_holds_no_findings() -> None:
    document, reading = OLDER.document("looked after"), OLDER.reading("looked after")
    assert as_read(found(document, reading)) == as_told(expected(document))


def test_each_finding_of_a_looked_after_inspection_is_read() -> None:
    document, reading = OLDER.document("looked after"), OLDER.reading("looked after")
    assert set(as_told(expected(document))) <= set(as_read(found(document, reading)))


@NAMED
def test_each_finding_stands_in_its_section_and_area(cases: Cases, name: str) -> None:
    document, reading = cases.document(name), cases.reading(name)
    told = {p.text: p for p in expected(document)}
    placed = [(f, told[f.text]) for f in found(document, reading) if f.text in told]
    assert placed
    for finding, paragraph in placed:
        if paragraph.section:
            assert paragraph.section.startswith(last_heading(finding.section))
        if paragraph.area and not finding.section.startswith("Capacity to improve"):
            assert finding.area == paragraph.area


@NAMED
def test_every_printed_character_has_a_use(cases: Cases, name: str, tmp_path) -> None:
    document, reading = cases.document(name), cases.reading(name)
    path = tmp_path / "document.pdf"
    path.write_bytes(document.content)
    lines = join_rows(reading_order(open_document(path).lines))
    assert sum(reading.uses.values()) == sum(len(line.text) for line in lines)


@pytest.mark.parametrize("style", DATE_STYLES)
def test_dates_are_read_in_every_style(style: str) -> None:
    for document in (
        compose.ilacs_report(dates_style=style, areas=4, findings=2),
        compose.sif_report(dates_style=style, findings=2),
    ):
        assert said_of(read(document)) == who_and_when(document)


@pytest.mark.parametrize("bullet", BULLETS, ids=lambda sign: f"{ord(sign):x}")
def test_needs_are_read_after_any_bullet(bullet: str) -> None:
    document = compose.ilacs_report(bullet=bullet, nested_needs=True, findings=2)
    reading = read(document)
    assert as_read(found(document, reading)) == as_told(expected(document))
    nested = [f.text for f in reading.findings if f.role == "need" and "•" in f.text]
    assert [text.count("•") for text in nested] == [2]


def test_bullets_under_a_bullet_may_stand_overleaf() -> None:
    document = compose.ilacs_report(intro=8, nested_needs=True, findings=2)
    reading = read(document)
    assert as_read(found(document, reading)) == as_told(expected(document))
    (nested,) = [f for f in reading.findings if "•" in f.text]
    assert (nested.page, nested.last_page) == (2, 3)


@pytest.mark.parametrize("cases", [SIF, ILACS], ids=["sif", "ilacs"])
def test_a_skipped_number_is_reported_and_not_repaired(cases: Cases) -> None:
    reading = cases.reading("skipped number")
    numbers = [int(f.number) for f in reading.findings if f.number]
    assert 20 not in numbers
    assert numbers == [n for n in range(1, numbers[-1] + 1) if n != 20]
    assert [oddity for oddity in reading.oddities if "skip 20 " in oddity]


@pytest.mark.parametrize("cases", [SIF, ILACS], ids=["sif", "ilacs"])
def test_a_wrapped_line_that_begins_with_the_next_number_stays_in_its_sentence(
    cases: Cases,
) -> None:
    reading = cases.reading("wrapped numbers")
    numbers = [int(f.number) for f in reading.findings if f.number]
    assert numbers == list(range(1, len(numbers) + 1))
    texts = " ".join(f.text for f in reading.findings)
    assert texts.count("Many of the younger ones had been told twice.") == 2
    assert texts.count("Most Wanted Hours") == 2


def test_a_grade_is_kept_as_printed() -> None:
    grades = {grade.area: grade for grade in ILACS.reading("not judged").grades}
    assert grades["care-leavers"].printed == "Not judged"
    assert grades["care-leavers"].grade == "not judged"
    assert grades["children-in-care"].printed == "Requires improvement to be good"
    assert grades["children-in-care"].grade == "requires improvement"


@pytest.mark.parametrize("cases", [SIF, ILACS], ids=["sif", "ilacs"])
def test_a_grade_names_the_page_on_which_it_is_printed(cases: Cases) -> None:
    first = {grade.page for grade in cases.reading(cases.names[0]).grades}
    later = {grade.page for grade in cases.reading("grades on page 2").grades}
    assert first == {1}
    assert later == {1, 2}


@pytest.mark.parametrize("name", ILACS.names)
def test_the_grade_in_a_heading_is_read_beside_the_table(name: str) -> None:
    document, reading = ILACS.document(name), ILACS.reading(name)
    headings = {grade.area: grade.grade for grade in reading.heading_grades}
    told = {area: grade_of(g) for area, g in document.grades.items() if area != "overall"}
    assert headings == told


def test_a_year_that_is_printed_once_counts_for_both_days() -> None:
    reading = ILACS.reading("over new year")
    assert reading.visit[:2] == ("2022-12-12", "2023-01-06")


def test_parts_that_find_nothing_are_left_out_and_counted() -> None:
    reading = SIF.reading("sif 2014")
    assert set(reading.left_out) == {"about the inspection", "about the area", "annex"}
    for count, first, last in reading.left_out.values():
        assert count > 0
        assert 1 <= first <= last <= reading.pages


def test_a_board_reviewed_alone_is_told_from_an_inspection_of_services() -> None:
    assert SIF.reading("board alone").kind.subject == "board"
    assert SIF.reading("sif 2015").kind.subject == "services"
    assert OLDER.reading("looked after").kind.subject == "looked-after"
