"""Each thing that does not fit together is named; a clean document has nothing to name."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta

import compose
import pytest
from composed_truth import PLAIN, Cases, read

from analysis.documents.oddities import LONGEST_VISIT, oddities_of
from analysis.documents.readings import Reading

CLEAN = Cases(
    **{
        name.replace(" ", "_"): (lambda name=name: PLAIN.document(name))
        for name in PLAIN.names
        if name != "sif 2015"
    },
    sif_unnumbered=lambda: compose.sif_report(numbered=False),
    re_inspection=lambda: compose.sif_report(style="2017", reinspection=True),
    board_alone=compose.board_review_2015,
    ilacs_wrapped=lambda: compose.ilacs_report(repeat_wrapped_number=True),
    ilacs_not_judged=lambda: compose.ilacs_report(not_judged="care-leavers"),
    ilacs_nested=lambda: compose.ilacs_report(nested_needs=True),
    notice=compose.improvement_notice,
    news_page=compose.news_page,
    article=compose.press_article,
    word_letter=lambda: compose.as_docx(compose.focused_visit_letter()),
)


def changed(name: str, change: Callable[[Reading], None]) -> list[str]:
    """Oddities of a clean reading after one change."""
    reading = deepcopy(CLEAN.reading(name))
    assert oddities_of(reading) == []
    change(reading)
    return oddities_of(reading)


def numbered(reading: Reading, number: int) -> int:
    """Place of the finding with a number."""
    return next(i for i, f in enumerate(reading.findings) if f.number == f"{number}")


@pytest.mark.parametrize("name", CLEAN.names)
def test_a_clean_document_has_no_oddity(name: str) -> None:
    assert CLEAN.reading(name).oddities == []
    assert oddities_of(CLEAN.reading(name)) == []


# Numbers


@pytest.mark.parametrize("name", ["sif 2014", "sif 2017", "ilacs five", "ilacs four"])
@pytest.mark.parametrize("number", [2, 7, 15])
def test_a_number_that_is_gone_is_named(name: str, number: int) -> None:
    def change(reading: Reading) -> None:
        del reading.findings[numbered(reading, number)]

    (oddity,) = changed(name, change)
    assert oddity.startswith(f"the printed numbers skip {number} (page ")


def test_several_numbers_that_are_gone_are_all_named() -> None:
    def change(reading: Reading) -> None:
        begin = numbered(reading, 7)
        del reading.findings[begin : begin + 3]

    (oddity,) = changed("ilacs five", change)
    assert "skip 7, 8, 9 " in oddity


def test_a_run_that_does_not_begin_at_1_is_named() -> None:
    def change(reading: Reading) -> None:
        del reading.findings[numbered(reading, 1)]

    assert changed("ilacs five", change) == ["the paragraph numbers begin at 2"]


def test_a_run_that_begins_again_is_named() -> None:
    def change(reading: Reading) -> None:
        for finding in reading.findings[numbered(reading, 12) :]:
            finding.number = str(int(finding.number) - 11)

    (oddity,) = [o for o in changed("ilacs five", change) if "column" not in o]
    assert oddity.startswith("the paragraph numbers begin again at 1 after 11")


def test_a_paragraph_lost_at_the_end_is_named() -> None:
    def change(reading: Reading) -> None:
        reading.findings.pop()

    (oddity,) = changed("ilacs five", change)
    assert "begins with 28, but the run ends at 27" in oddity


def test_a_number_without_words_is_named() -> None:
    def change(reading: Reading) -> None:
        reading.findings[numbered(reading, 9)].text = ""

    (oddity,) = changed("sif 2014", change)
    assert oddity.startswith("paragraph 9 is printed without any words")


# Grades


@pytest.mark.parametrize("area", ["leadership", "help-and-protection", "care-leavers"])
def test_a_grade_swapped_in_the_table_is_named(area: str) -> None:
    def change(reading: Reading) -> None:
        reading.grades = [
            g._replace(printed="Outstanding") if g.area == area else g for g in reading.grades
        ]

    (oddity,) = changed("ilacs five", change)
    assert oddity.startswith(f"{area} is outstanding (page 1) but inadequate in the heading")


def test_a_heading_that_prints_another_grade_is_named() -> None:
    reading = read(compose.ilacs_report(heading_grades={"leadership": "Good"}))
    (oddity,) = reading.oddities
    assert oddity.startswith("leadership is inadequate (page 1) but good in the heading (page ")


@pytest.mark.parametrize("printed", ["Outstanding", "Good"])
def test_an_overall_grade_outside_those_of_the_areas_is_named(printed: str) -> None:
    def change(reading: Reading) -> None:
        reading.grades = [
            g._replace(printed=printed) if g.area == "overall" else g for g in reading.grades
        ]

    (oddity,) = changed("ilacs five", change)
    assert f"the overall grade, {printed.lower()}, lies outside" in oddity


def test_an_overall_grade_that_cannot_be_compared_is_no_oddity() -> None:
    def change(reading: Reading) -> None:
        reading.grades = [
            g._replace(printed="Not judged") if g.area == "overall" else g for g in reading.grades
        ]

    assert changed("ilacs five", change) == []


@pytest.mark.parametrize(
    ("name", "area"),
    [("ilacs five", "overall"), ("ilacs four", "leadership"), ("sif 2014", "children-in-care")],
)
def test_a_grade_that_is_not_found_is_named(name: str, area: str) -> None:
    def change(reading: Reading) -> None:
        reading.grades = [grade for grade in reading.grades if grade.area != area]

    assert changed(name, change) == [f"no grade was found on the first pages for {area}"]


@pytest.mark.parametrize(
    ("name", "area"),
    [("ilacs five", "care-leavers"), ("sif 2014", "adoption"), ("sif 2014", "care-leavers")],
)
def test_each_other_grade_that_is_not_found_is_named(name: str, area: str) -> None:
    def change(reading: Reading) -> None:
        reading.grades = [grade for grade in reading.grades if grade.area != area]

    assert changed(name, change) == [f"no grade was found on the first pages for {area}"]


@pytest.mark.parametrize(
    ("name", "areas"),
    [
        ("ilacs five", "children-in-care, care-leavers"),
        ("ilacs four", "children-in-care-and-care-leavers"),
        ("sif 2014", "children-in-care, care-leavers"),
    ],
)
def test_grades_of_care_that_are_not_found_are_named_as_their_headings_are(
    name: str, areas: str
) -> None:
    def change(reading: Reading) -> None:
        reading.grades = [g for g in reading.grades if "care" not in g.area]

    assert changed(name, change) == [f"no grade was found on the first pages for {areas}"]


# Dates


def moved(name: str, *, start: int = 0, end: int = 0) -> list[str]:
    """Oddities after the days of the visit are moved by so many days."""

    def change(reading: Reading) -> None:
        first, last = map(date.fromisoformat, reading.visit[:2])
        first, last = first + timedelta(start), last + timedelta(end)
        reading.visit = reading.visit._replace(start=first.isoformat(), end=last.isoformat())
        reading.running = ""

    return changed(name, change)


def test_a_visit_that_begins_or_ends_at_a_weekend_is_named() -> None:
    assert moved("ilacs five", end=1) == [
        "the visit is printed to begin or end on a Saturday, 2024-09-21"
    ]
    assert moved("early letter", start=-2) == [
        "the visit is printed to begin or end on a Sunday, 2019-09-08"
    ]


def test_a_visit_after_the_publication_is_named() -> None:
    (oddity,) = moved("sif 2014", start=63, end=63)
    assert oddity == "it is printed as published on 2014-07-08, before the visit's end, 2014-07-30"


def test_a_visit_that_is_too_long_is_named() -> None:
    (oddity,) = moved("ilacs five", start=-28)
    assert f"over {LONGEST_VISIT} days" in oddity
    assert moved("ilacs five", start=-21) == []


def test_a_footer_with_other_dates_than_the_title_is_named() -> None:
    (oddity,) = read(compose.ilacs_report(footer_dates="2 to 13 September 2024")).oddities
    assert "page 1 dates the visit 2024-09-09 to 2024-09-20" in oddity
    assert "footer 2024-09-02 to 2024-09-13" in oddity


def test_a_visit_printed_to_end_before_it_begins_is_named() -> None:
    reading = read(compose.ilacs_report(start=date(2024, 9, 20), end=date(2024, 9, 9)))
    (oddity,) = [oddity for oddity in reading.oddities if "out of order" in oddity]
    assert "2024-09-09 to 2024-09-20 is taken" in oddity


def test_a_misprinted_year_is_named_and_that_of_the_last_day_taken() -> None:
    reading = read(compose.ilacs_report(start=date(2023, 9, 9), end=date(2024, 9, 20)))
    assert reading.visit.start == "2024-09-09"
    (oddity,) = [oddity for oddity in reading.oddities if "misprinted" in oddity]
    assert "2024-09-09 to 2024-09-20 is taken" in oddity


@pytest.mark.parametrize("name", ["ilacs five", "sif 2014", "early letter"])
def test_a_document_without_dates_is_said_to_have_none(name: str) -> None:
    reading = deepcopy(CLEAN.reading(name))
    reading.date_visit(None)
    assert reading.missing["visit_start"].startswith("no date of the visit")


# Parts and sentences


@pytest.mark.parametrize("name", ["early letter", "late letter"])
def test_a_letter_without_needs_or_findings_is_named(name: str) -> None:
    for role, words in (("need", "on what needs to improve"), ("body", "of findings")):

        def change(reading: Reading, role: str = role) -> None:
            reading.findings = [f for f in reading.findings if f.role != role]

        (oddity,) = changed(name, change)
        assert oddity == f"the letter has no section {words}"


def test_a_composed_letter_without_needs_is_named() -> None:
    (oddity,) = read(compose.focused_visit_letter(needs=0)).oddities
    assert oddity == "the letter has no section on what needs to improve"


def test_a_report_without_findings_is_named() -> None:
    def change(reading: Reading) -> None:
        reading.findings = [f for f in reading.findings if f.role != "body"]
        reading.largest_number = 0

    assert changed("ilacs five", change) == ["the report has no section of findings"]


def test_a_document_that_holds_nothing_is_named() -> None:
    assert changed("early letter", lambda reading: reading.findings.clear()) == [
        "no finding was found in it"
    ]


@pytest.mark.parametrize("ending", ["", ",", ";", " and the"])
def test_a_finding_cut_in_mid_sentence_is_named(ending: str) -> None:
    def change(reading: Reading) -> None:
        finding = reading.findings[numbered(reading, 9)]
        finding.text = finding.text[: len(finding.text) // 2].rstrip(" .,") + ending

    (oddity,) = changed("ilacs five", change)
    assert oddity.startswith("paragraph 9 (page ")
    assert oddity.endswith("does not end like a sentence")


def test_where_there_are_no_pages_a_paragraph_is_named_by_its_section() -> None:
    def change(reading: Reading) -> None:
        finding = reading.findings[-1]
        finding.text, finding.section = "Much is", "What next?"

    assert changed("news page", change) == [
        "a paragraph under 'What next?' does not end like a sentence"
    ]


@pytest.mark.parametrize("ending", [".", "?", "!", ".12", ".’", "’.", ".)", "…", "(see annex)"])
def test_a_finding_that_ends_like_a_sentence_is_no_oddity(ending: str) -> None:
    def change(reading: Reading) -> None:
        finding = reading.findings[numbered(reading, 9)]
        finding.text = finding.text.rstrip(".") + ending

    assert changed("ilacs five", change) == []


def test_what_the_reader_noticed_itself_comes_first() -> None:
    def change(reading: Reading) -> None:
        reading.oddities.append("noticed on the way")
        del reading.findings[numbered(reading, 7)]

    first, second = changed("ilacs five", change)
    assert first == "noticed on the way"
    assert "skip 7 " in second
