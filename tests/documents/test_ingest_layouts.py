"""Documents that are printed otherwise than most of their kind are read all the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import compose
import pytest
from composed_truth import AUTHORITIES, SPLIT, outcome_of, read, reprinted

from analysis.documents.files.lines import Line
from analysis.documents.readings import Reading
from analysis.documents.register import read_register

BOARD = "safeguarding-board"
LEADERS = "The impact of leaders on social work practice with children and families"
HELP = "The experiences and progress of children who need help and protection"
CARE = "The experiences and progress of children in care"
LEAVERS = "The experiences and progress of care leavers"
OVERALL = "Overall effectiveness"


def numbers(reading: Reading, role: str, area: str = "") -> list[str]:
    """Printed numbers of the findings of a role."""
    return [f.number for f in reading.findings if f.role == role and area in ("", f.area)]


# Grades


def report_page(*labels: str, dates: str = "5 to 16 May 2025") -> Reading:
    """Read a page whose table grades these areas good."""
    rows = "".join(f"<tr><td>{label}</td><td>Good</td></tr>" for label in labels)
    html = (
        "<html><body><h1>Inspection of Stockport local authority children’s services</h1>"
        f"<p>Inspection dates: {dates}</p>"
        "<p>Lead inspector: A Person, His Majesty’s Inspector</p>"
        f"<table><tr><th>Judgement</th><th>Grade</th></tr>{rows}</table>"
        "<h2>What needs to improve</h2><ul><li>How soon children are seen.</li></ul>"
        f"<h2>{HELP}: good</h2><p>1. Children are seen soon.</p></body></html>"
    )
    return read(compose.Composed(html.encode(), suffix=".html"))


@pytest.mark.parametrize(
    ("label", "area"),
    [
        ("The impact of leaders on practice with children and families", "leadership"),
        ("The impact of leaders on practice with", "leadership"),
        ("The impact of leaders on social work practice", "leadership"),
        ("The experiences and progress of children care leavers", "care-leavers"),
    ],
)
def test_a_grade_is_read_beside_each_name_of_its_area(label: str, area: str) -> None:
    others = [LEAVERS if area == "leadership" else LEADERS]
    reading = report_page(label, HELP, CARE, *others, OVERALL)
    assert [(g.area, g.grade) for g in reading.grades if g.area == area] == [(area, "good")]
    assert reading.oddities == []


@pytest.mark.parametrize(
    ("dates", "missed"),
    [
        ("23 to 27 March 2026", ["no grade was found on the first pages for overall"]),
        ("30 March to 3 April 2026", ["no grade was found on the first pages for overall"]),
        ("1 to 3 April 2026", []),
        ("12 to 23 January 2027", []),
    ],
)
def test_an_overall_grade_is_missed_only_while_there_was_one(dates: str, missed: list[str]) -> None:
    reading = report_page(LEADERS, HELP, CARE, LEAVERS, dates=dates)
    assert [oddity for oddity in reading.oddities if "grade" in oddity] == missed


def test_a_row_of_the_table_may_bear_a_wrong_number() -> None:
    def renumbered(line: Line) -> Line:
        text = line.text.replace("3. Leadership, man", "1. Leadership, man")
        return line._replace(text=text)

    reading = reprinted(compose.sif_report(), renumbered)
    assert "leadership" in {grade.area for grade in reading.grades}
    assert reading.oddities == []
    assert {f.number for f in reading.findings} >= {"1", "2", "3"}


# Parts of a visit


def test_a_visit_in_parts_tells_them_and_leaves_its_type_open(tmp_path: Path) -> None:
    report = compose.ilacs_report(
        start=date(2023, 6, 12), end=date(2023, 6, 13), more_visits=[SPLIT], findings=2
    )
    path = tmp_path / "report.pdf"
    path.write_bytes(report.content)
    register = read_register({str(path): "report.pdf"}, AUTHORITIES, jobs=1)
    (row,) = register.tables()["documents.csv"][1]
    assert row["inspection_type"] == ""
    assert (row["visit_start"], row["visit_end"]) == ("2023-06-12", "2023-06-30")
    (problem,) = register.problems
    assert problem["problem"] == (
        "the visit is printed in 2 parts: 2023-06-12 to 2023-06-13, 2023-06-26 to 2023-06-30"
    )


# Recommendations and boards


def in_plain_type(*texts: str) -> Callable[[Line], Line]:
    """Print some lines as the body is."""

    def change(line: Line) -> Line:
        return line._replace(bold=False, size=12.0) if line.text in texts else line

    return change


def without(*texts: str) -> Callable[[Line], Line | None]:
    """Leave some lines out."""
    return lambda line: None if line.text.startswith(texts) else line


@pytest.mark.parametrize(
    "change",
    [in_plain_type("Recommendations"), without("Recommendations")],
    ids=["plain heading", "no heading"],
)
def test_recommendations_are_needs_whatever_their_heading(
    change: Callable[[Line], Line | None],
) -> None:
    document = compose.sif_report(style="2017", lscb=False)
    as_usual, reading = read(document), reprinted(document, change)
    assert numbers(as_usual, "need") == ["1", "2", "3", "4", "5"]
    assert numbers(reading, "need") == numbers(as_usual, "need")
    assert numbers(reading, "context") == numbers(as_usual, "context")


def test_a_board_under_its_summary_alone_still_has_findings() -> None:
    document = compose.sif_report(style="2017")
    titles = ("Recommendations", "Inspection findings – the Local")
    usual = read(document)
    reading = reprinted(document, without(*titles))
    asked, told = (numbers(usual, role, BOARD) for role in ("need", "body"))
    assert asked
    assert told
    assert numbers(reading, "body", BOARD) == [*asked, *told]
    assert len(numbers(reading, "summary", BOARD)) == len(numbers(usual, "summary", BOARD)) > 0


def test_a_section_in_smaller_type_than_the_annex_before_it_opens_all_the_same() -> None:
    def smaller(line: Line) -> Line:
        title = "Section 2" in line.text or (line.size > 15 and line.text.endswith("board"))
        return line._replace(size=13.5) if title else line

    document = compose.sif_report(style="2014")
    usual, reading = read(document), reprinted(document, smaller)
    assert numbers(usual, "body", BOARD)
    assert [(f.role, f.area, f.number) for f in reading.findings] == [
        (f.role, f.area, f.number) for f in usual.findings
    ]
    assert BOARD in {grade.area for grade in reading.heading_grades}


def test_a_footnotes_number_before_a_heading_is_no_paragraph() -> None:
    def marked(line: Line) -> Line:
        if line.text.startswith("Information about this local authority"):
            return line._replace(text=f"1{line.text}", bold=False, size=16.0)
        return line

    document = compose.sif_report(style="2017")
    reading, usual = reprinted(document, marked), read(document)
    assert [(f.number, f.text) for f in reading.findings] == [
        (f.number, f.text) for f in usual.findings
    ]
    assert reading.left_out == usual.left_out


# Letters


def test_a_letter_is_dated_though_the_salutation_touches_the_address() -> None:
    document = compose.focused_visit_letter()
    address: list[Line] = []

    def closer(line: Line) -> Line:
        if line.text.startswith("Dear "):
            top = address[-1].bottom - 14
            return line._replace(top=top, bottom=top)
        address.append(line)
        return line

    assert reprinted(document, closer).published == document.published != ""


# Page turns


@pytest.mark.parametrize(
    ("below", "lines_spare", "joined"),
    [
        ("Older children are seen alone.", 0, True),
        ("Older children are seen alone.", 1, False),
        ("However, older children are not.", 1, True),
        ("This is so for older children too.", 1, True),
        ("However, older children are not.", 2, False),
    ],
)
def test_a_paragraph_ends_with_its_page_where_a_line_is_spare_and_a_sentence_begins(
    below: str, lines_spare: int, *, joined: bool
) -> None:
    from analysis.documents.blocks import build
    from analysis.documents.files.layout import Metrics

    full, foot = 523.0, 70.0
    last = foot + lines_spare * 14.0
    lines = [
        Line(1, 72, full, last + 14, last + 14, 12, False, "Young children are seen by people who"),
        Line(1, 72, full, last, last, 12, False, "know them and who ask them what they want."),
        Line(2, 72, 300, 736, 736, 12, False, below),
    ]
    blocks = build(lines, Metrics(12, 14, full, foot))
    assert [block.text.endswith(below) for block in blocks] == ([True] if joined else [False, True])


# Notices on the web

NOTICE = """<html><body><h1>Improvement notice to Stockport Council</h1>
<p>Published 4 June 2024</p>
<p>The minister issued this notice to the council on 3 June 2024, after the inspectors’ report that
was published on 2 May 2024.</p>
{}</body></html>"""
ITEMS = ["Set up a board.", "Lower caseloads:", "no worker holds over 18;", "agencies are few."]
NESTED = """<h2>The council must</h2>
<ol><li>Set up a board.</li><li>Lower caseloads:
<ol{}><li>no worker holds over 18;</li><li>agencies are few.</li></ol></li></ol>"""


def clauses(body: str) -> list[tuple[str, str, str]]:
    reading = read(compose.Composed(NOTICE.format(body).encode(), suffix=".html"))
    assert (reading.visit.start, reading.published) == ("2024-06-03", "2024-06-03")
    return [(f.number, f.role, f.text) for f in reading.findings]


@pytest.mark.parametrize("kind", [' type="a"', ' style="list-style: lower-alpha"'])
def test_lettered_items_of_a_notice_are_its_clauses(kind: str) -> None:
    assert clauses(NESTED.format(kind)) == [
        (number, "requirement", text)
        for number, text in zip(("1", "2", "2a", "2b"), ITEMS, strict=True)
    ]


def test_points_of_a_clause_belong_to_it() -> None:
    assert clauses(NESTED.format("")) == [
        ("1", "requirement", ITEMS[0]),
        ("2", "requirement", f"{ITEMS[1]} • {ITEMS[2]} • {ITEMS[3]}"),
    ]


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("<ol><li><p>The council must plan.</p></li><li>It must act.</li></ol>", 1),
        ('<ol class="steps"><li>1. The council must plan.</li><li>2. It must act.</li></ol>', 1),
        ("<p>1. The council must plan.</p><p>2. It must act.</p>", 1),
        ("<p>1. The council knows.</p><ol start=2><li>It must plan.</li></ol>", 2),
    ],
)
def test_clauses_keep_the_numbers_that_a_reader_sees(body: str, first: int) -> None:
    told = clauses(body)
    assert next(number for number, role, _ in told if role == "requirement") == str(first)
    assert [number for number, _, _ in told] == [str(n) for n in range(1, len(told) + 1)]
    assert not [text for _, _, text in told if text[:1].isdigit()]


# Joined letters


@pytest.mark.parametrize("suffix", [".txt", ".html"])
def test_joined_letters_are_taken_apart(suffix: str) -> None:
    words = "1. The \ufb01rst o\ufb03cer must \ufb02ag e\ufb00orts."
    plain = "Improvement notice to Stockport Council\n\nThis notice is issued on 3 June 2024.\n\n"
    body = NOTICE.format(f"<p>{words}</p>") if suffix == ".html" else plain + words
    outcome = outcome_of(compose.Composed(body.encode(), suffix=suffix))
    assert outcome.reading is not None, outcome.refused
    assert outcome.reading.findings[0].text == "The first officer must flag efforts."


# What follows the findings


def letter_ending(*lines: str) -> Reading:
    """Read a letter of one need and one finding that ends with these lines."""
    text = "\n\n".join(
        [
            "4 June 2024",
            "Dear Ms Example",
            "**Focused visit to Stockport children’s services**",
            "This letter tells what two HMIs found at the focused visit on 7 and 8 May 2024.",
            "Inspectors looked at the help that care leavers get.",
            "**What needs to improve**",
            "- How often care leavers are seen.",
            "**Main findings**",
            "Care leavers are known well.",
            *lines,
        ]
    )
    return read(compose.Composed(text.encode(), suffix=".txt"))


@pytest.mark.parametrize(
    "lines",
    [
        ["Yours sincerely", "An Inspector"],
        ["Ofsted will weigh these findings before its next visit.", "An Inspector", "**HMI**"],
        ["We have notified the DfE that action is due.", "Please plan by July.", "An Inspector"],
        ["Where a visit results in a call for action, a plan is due.", "Send it by July."],
    ],
)
def test_neither_next_steps_nor_a_signature_are_findings(lines: list[str]) -> None:
    told = [(f.role, f.text) for f in letter_ending(*lines).findings]
    assert told == [
        ("need", "How often care leavers are seen."),
        ("body", "Care leavers are known well."),
    ]


def test_a_paragraph_that_says_more_than_what_it_announces_is_kept() -> None:
    more = "Much has been done since May. These points are still open:"
    needs = ["**What needs to improve**", more, "- How soon plans are made."]
    told = [(f.role, f.text) for f in letter_ending(*needs).findings]
    assert told[-2:] == [("summary", more), ("need", "How soon plans are made.")]


@pytest.mark.parametrize("sign", ["\u23af", "\u2015", "\u2500"])
def test_points_under_a_need_belong_to_it_after_any_dash(sign: str) -> None:
    def dashed(line: Line) -> Line:
        return line._replace(text=line.text.replace("\uf02d", sign))

    document = compose.ilacs_report(nested_needs=True, findings=2)
    usual, reading = read(document), reprinted(document, dashed)
    assert any("•" in f.text for f in usual.findings)
    assert [f.text for f in reading.findings] == [f.text for f in usual.findings]


def test_that_nothing_is_pressing_is_no_need() -> None:
    none = "There are no areas for priority action."
    told = [
        (f.role, f.text)
        for f in letter_ending("**Areas for priority action**", none).findings
        if f.text == none
    ]
    assert told == [("summary", none)]


@pytest.mark.parametrize("title", ["Information about the LSCB inspection", "About the inspection"])
def test_how_a_board_was_inspected_is_no_finding(title: str) -> None:
    def renamed(line: Line) -> Line:
        about = line.text == "Information about this inspection"
        return line._replace(text=title) if about else line

    document = compose.sif_report(style="2015")
    reading, usual = reprinted(document, renamed), read(document)
    assert reading.left_out == usual.left_out
    assert len(reading.findings) == len(usual.findings)
