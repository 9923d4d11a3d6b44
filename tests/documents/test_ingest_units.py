"""The small parts of the reader, each alone: dates, names, headings, words, lines."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from compose.model import prose_dates, title_dates
from hypothesis import given
from hypothesis import strategies as st

from analysis.documents.blocks import Block, build, join_text
from analysis.documents.files.layout import join_rows, measure, place, reading_order
from analysis.documents.files.lines import Line, even
from analysis.documents.kind import Kind
from analysis.documents.letter_front import read_letter_front
from analysis.documents.printed.dates import find_day, find_span
from analysis.documents.printed.extents import extent_of, find_extent
from analysis.documents.printed.headings import opening_of, plain
from analysis.documents.readings import Finding, Place, Reading
from analysis.documents.sections import Sections
from analysis.documents.send_front import find_outcome

STYLES = (
    "to", "dash", "tight-dash", "full", "full-dash", "full-tight-dash", "hyphen",
    "uneven-hyphen", "box-dash", "short", "slashes", "slashes-to",
)  # fmt: skip
DAYS = st.dates(date(2009, 1, 1), date(2035, 12, 31))
LENGTHS = st.integers(0, 60)
AROUND = st.sampled_from(
    [
        "{}",
        "Inspection dates: {}",
        "Inspection dates: {} Lead inspector: A. Person",
        "carried out {} by 7 inspectors",
        "Page 3 of 40. Dates: {}. Section 2.1",
    ]
)


# Dates


@given(DAYS, LENGTHS, st.sampled_from(STYLES), AROUND)
def test_a_range_is_read_back_in_every_style(start, length, style, around) -> None:
    end = start + timedelta(length)
    span = find_span(around.format(title_dates([(start, end)], style)))
    assert span is not None
    assert span[:4] == (start.isoformat(), end.isoformat(), True, True)


@given(
    DAYS,
    st.integers(0, 20),
    st.integers(1, 20),
    st.integers(0, 20),
    st.sampled_from(["to", "full"]),
)
def test_a_split_visit_is_read_from_its_first_to_its_last_day(start, one, gap, two, style) -> None:
    visits = [(start, start + timedelta(one))]
    begin = visits[0][1] + timedelta(gap)
    visits.append((begin, begin + timedelta(two)))
    end = visits[-1][1]
    if style == "to" and start.year != end.year:
        return  # such a visit is printed with both years
    span = find_span(title_dates(visits, style))
    assert span is not None
    assert span[:4] == (start.isoformat(), end.isoformat(), True, True)


@given(DAYS, st.integers(0, 20))
def test_the_dates_of_a_letter_are_read_back(start, length) -> None:
    end = start + timedelta(length)
    span = find_span(f"a focused visit {prose_dates([(start, end)])}. Inspectors came.")
    assert span is not None
    assert span[:4] == (start.isoformat(), end.isoformat(), True, True)


@given(DAYS, st.integers(0, 20))
def test_dates_without_a_year_take_the_one_given_and_say_so(start, length) -> None:
    end = start + timedelta(length)
    if start.year != end.year:
        return
    text = f"from {start.day} {start:%B} to {end.day} {end:%B}"
    assert find_span(text) is None
    span = find_span(text, start.year)
    assert span is not None
    assert span[:4] == (start.isoformat(), end.isoformat(), False, True)


@given(DAYS)
def test_a_day_is_read_back(day) -> None:
    assert find_day(f"Published: {day.day} {day:%B} {day.year}") == day.isoformat()
    assert find_day(f"Published {day:%d/%m/%Y}, by post") == day.isoformat()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no date at all",
        "31 June 2024",
        "30 February 2020 to 2 March 2020",
        "section 2.1",
        "May",
    ],
)
def test_what_is_no_date_of_the_calendar_is_none(text: str) -> None:
    assert find_span(text) is None
    assert find_day(text) == ""


@given(st.text(alphabet="0123456789 /-–.,andtofromMayJune20", max_size=60))
def test_any_text_is_a_date_in_order_or_none(text: str) -> None:
    span = find_span(text, 2020)
    assert span is None or date.fromisoformat(span.start) <= date.fromisoformat(span.end)


@given(DAYS, st.lists(st.integers(1, 28), min_size=2, max_size=5, unique=True))
def test_a_list_of_days_is_read_from_the_least_to_the_greatest(month, days) -> None:
    *before, last = days
    text = f"on {', '.join(map(str, before))} and {last} {month:%B} {month.year}"
    span = find_span(text)
    least, greatest = (f"{month:%Y-%m}-{day:02}" for day in (min(days), max(days)))
    assert span is not None
    assert span[:4] == (least, greatest, True, days == sorted(days))


@pytest.mark.parametrize(
    ("text", "parts", "days"),
    [
        ("3 to 7 June 2024", [], 5),
        ("3 to 7 June and 10 to 14 June 2024", [], 12),  # a weekend lies between
        ("3 to 7 and 17 to 21 June 2024", ["3 7", "17 21"], 10),
        ("3 June 2024 to 7 June 2024 and 17 June 2024 to 21 June 2024", ["3 7", "17 21"], 10),
        ("3\u20137 June 2024; 17\u201321 June 2024", ["3 7", "17 21"], 10),
        ("between 3 and 21 June 2024", [], 19),
        ("between 3 and 7 June and between 17 and 21 June 2024", ["3 7", "17 21"], 10),
        ("3, 4 and 11 June 2024", ["3 4", "11 11"], 3),
        ("3, 4, 5, 6 and 7 June 2024", [], 5),
        ("21 to 3 June 2024", [], 19),  # out of order
    ],
)
def test_a_visit_in_parts_is_told_from_one_in_a_row(text: str, parts: list[str], days: int) -> None:
    span = find_span(text)
    assert span is not None
    june = [tuple(f"2024-06-{int(day):02}" for day in part.split()) for part in parts]
    assert span.parts == tuple(june)
    assert span.days == days


@pytest.mark.parametrize(
    ("text", "start", "misprinted"),
    [
        ("24 October 2022 to 25 October 2023", "2023-10-24", True),
        ("29 October 2022 to 25 October 2023", "2022-10-29", True),  # nothing better is known
        ("5 December 2022 to 15 February 2023", "2022-12-05", False),
        ("19 November 2013 to 30 January 2014", "2013-11-19", False),
        ("29 February 2024 to 5 March 2025", "2025-02-28", True),
    ],
)
def test_a_visit_of_most_of_a_year_has_a_misprinted_one(text, start, misprinted) -> None:
    span = find_span(text)
    assert span is not None
    assert (span.start, span.misprinted) == (start, misprinted)


def test_a_day_that_the_year_before_does_not_have_is_none() -> None:
    assert find_span("29 February to 5 January 2024") is None


# Headings

OPENINGS = {
    "Contents": ("contents", "", ""),
    "Executive summary": ("findings", "summary", ""),
    "Summary of key findings": ("findings", "summary", ""),
    "Overview": ("findings", "summary", ""),
    "Headline findings": ("findings", "summary", ""),
    "Recommendations": ("findings", "need", ""),
    "Areas for improvement": ("findings", "need", ""),
    "Priority and immediate action": ("findings", "need", ""),
    "Areas for priority action": ("findings", "need", ""),
    "What needs to improve?": ("findings", "need", ""),
    "What does the local authority need to improve?": ("findings", "need", ""),
    "What does the LSCB need to improve?": ("findings", "need", "safeguarding-board"),
    "Main findings": ("findings", "body", ""),
    "Inspection findings": ("findings", "body", ""),
    "Findings and evaluation of progress": ("findings", "body", ""),
    "Inspection judgements about the local authority": ("findings", "body", ""),
    "Summary for children and young people": ("findings", "summary", "overall"),
    "The experiences and progress of care leavers": ("findings", "body", "care-leavers"),
    "The experiences and progress of children in care": ("findings", "body", "children-in-care"),
    "The experiences and progress of children in care and care leavers": (
        "findings", "body", "children-in-care-and-care-leavers",
    ),
    "The experiences and progress of children who need help and protection": (
        "findings", "body", "help-and-protection",
    ),
    "The graded judgment for adoption performance": ("findings", "body", "adoption"),
    "Leadership, management and governance": ("findings", "body", "leadership"),
    "The impact of leaders on social work practice with children and families": (
        "findings", "body", "leadership",
    ),
    "Information about this inspection": ("about the inspection", "", ""),
    "Information about this local authority area": ("about the area", "", ""),
    "What the inspection judgements mean": ("annex", "", ""),
    "Annex A": ("annex", "", ""),
}  # fmt: skip
HEADING = st.sampled_from(sorted(OPENINGS))


@pytest.mark.parametrize("heading", OPENINGS)
def test_a_heading_opens_its_part(heading: str) -> None:
    opening = opening_of(heading)
    assert opening is not None
    assert (opening.use, opening.role, opening.area) == OPENINGS[heading]


@given(HEADING, st.sampled_from(["{}", "{}1", "Section 2: {}", " {} "]))
def test_a_heading_opens_the_same_part_in_capitals_with_a_mark_or_a_number(heading, form) -> None:
    assert opening_of(form.format(heading.upper()).replace("’", "'")) == opening_of(heading)


@pytest.mark.parametrize("heading", ["Contents", "Recommendations", "Summary", "Key findings"])
def test_a_colon_after_a_heading_changes_nothing(heading: str) -> None:
    assert opening_of(heading) is not None
    assert opening_of(f"{heading}:") == opening_of(heading)


@given(HEADING)
def test_a_plain_heading_stays_as_it_is(heading) -> None:
    assert plain(plain(heading)) == plain(heading)


@pytest.mark.parametrize(
    "text",
    [
        "Caseloads",
        "Missing from home",
        "Findings of fact are rare here",
        "Our overview of 2019",
        "",
    ],
)
def test_another_heading_opens_nothing_new(text: str) -> None:
    opening = opening_of(text)
    assert opening is None or text.startswith("Findings")


# Letters and notices


def front_of(*texts: str, visit: str = "monitoring-visit") -> Reading:
    """A letter with these paragraphs between its title and the areas covered."""
    said = ["Dear Director", "Monitoring visit of Anytown children’s services", *texts]
    said += ["Areas covered by the visit", "Inspectors reviewed the help for care leavers."]
    blocks = [Block("plain", [line(text, 700 - 14 * n)], text=text) for n, text in enumerate(said)]
    blocks.append(Block("heading", [line("Overview", 300)], text="Overview"))
    reading = Reading(Kind(visit, "letter", "SIF"))
    read_letter_front(reading, blocks, lambda i: blocks[i].kind == "heading")
    return reading


def test_a_judgement_at_the_front_of_a_monitoring_letter_is_a_finding() -> None:
    judgement = "The council is making steady progress in improving its services."
    reading = front_of("This letter sums up the visit on 6 June 2017.", judgement)
    (finding,) = reading.findings
    assert (finding.text, finding.role, finding.area) == (judgement, "summary", "care-leavers")
    assert front_of(judgement, visit="focused-visit").findings == []


@pytest.mark.parametrize(
    "text",
    [
        "This letter contains the findings of the visit on 6 and 7 June 2017.",
        "What follows sums up a visit on 6 and 7 June.",
        "The visit was the second monitoring visit since the council was judged inadequate.",
        "It was the third such visit since services were found inadequate.",
        "The inspectors were A. Person, Her Majesty’s Inspector, and B. Person.",
        "The inspectors for this visit were A. Person and B. Person.",
        "His Majesty’s Chief Inspector is leading work into how care was given.",
        "Below, care leavers are referred to as young adults.",
        "A. Person HMI and B. Person HMI.",
        "Dear Ms Person",
        "6 June 2017",
        "A range of evidence was considered, including case records.",
    ],
)
def test_what_tells_of_the_visit_alone_is_no_judgement(text: str) -> None:
    assert front_of(text).findings == []


def notice_of(*texts: tuple[str, str]) -> list[tuple[str, str]]:
    """Section and area of each numbered paragraph of a notice."""
    blocks = [
        Block(kind, [line(text, 700 - 14 * n)], f"{n}" * (kind == "numbered"), text)
        for n, (kind, text) in enumerate(texts, start=1)
    ]
    reading = Reading(Kind("improvement-notice", "notice", ""))
    Sections(reading, blocks).read(0, Place(title="Opening", role="context"))
    return [(finding.section, finding.area) for finding in reading.findings]


def test_a_heading_of_a_notice_opens_a_section_with_or_without_a_colon() -> None:
    numbered = ("numbered", "The Council shall act.")
    first = (numbered, ("plain", "Local Safeguarding Children’s Board (LSCB)"), numbered)
    assert notice_of(*first, ("plain", "How progress is judged:"), numbered) == [
        ("Opening", "overall"),
        ("Local Safeguarding Children’s Board (LSCB)", "safeguarding-board"),
        ("How progress is judged", "overall"),
    ]


@pytest.mark.parametrize("text", ["The Council must:", "It is expected to:", "Act on this:"])
def test_a_lead_in_of_a_notice_opens_no_section(text: str) -> None:
    kind = "bullet" if text == "Act on this:" else "numbered"
    numbered = ("numbered", "The Council shall act.")
    sections = {section for section, _ in notice_of(numbered, ("plain", text), (kind, "Act."))}
    assert sections == {"Opening"}


WORDS_OF = "Words that stand in this part of the report, and that end like a sentence."


def read_parts(*said: tuple[str, float, int]) -> Reading:
    """A report with these headings, their type size and page, and a paragraph under each."""
    blocks = []
    for n, (text, size, page) in enumerate(said):
        own, words = line(text, 700 - 40 * n, size=size, page=page), f"{text}: {WORDS_OF}"
        blocks.append(Block("heading", [own], text=text))
        blocks.append(Block("plain", [line(words, 680 - 40 * n, page=page)], text=words))
    reading = Reading(Kind("inspection", "report", ""), pages=2)
    Sections(reading, blocks).read(0, Place())
    return reading


def test_a_smaller_heading_reopens_no_part_without_findings() -> None:
    small, large = ("Quality of provision", 12.0, 2), ("Leadership and management", 18.0, 2)
    reading = read_parts(("Annex A", 18.0, 1), small, large, small)
    assert [finding.section for finding in reading.findings] == [large[0], small[0]]
    assert reading.left_out == {"annex": (2, 1, 2)}


def test_a_table_of_contents_ends_with_its_page() -> None:
    summary = ("Summary of findings", 16.0)
    reading = read_parts(("Contents", 26.0, 1), (*summary, 1), (*summary, 2))
    assert [finding.page for finding in reading.findings] == [2]
    assert reading.left_out == {"contents": (2, 1, 1)}


# Roles


def roles(findings: list[Finding]) -> list[str]:
    """Roles once a report with these findings has been read."""
    reading = Reading(Kind("inspection", "report", "SIF"), findings=findings)
    Sections(reading, []).read(0, Place())
    return [finding.role for finding in reading.findings]


def test_where_findings_are_numbered_those_without_a_number_are_summaries() -> None:
    without = [Finding("", "Text", "overall", "body", 1, "Words.") for _ in range(2)]
    numbered = [Finding(f"{n}", "Text", "overall", "body", 1, "Words.") for n in range(1, 11)]
    assert roles([*without, *numbered]) == ["summary"] * 2 + ["body"] * 10


def test_where_few_findings_are_numbered_the_rest_stay_as_they_are() -> None:
    without = [Finding("", "Text", "overall", "body", 1, "Words.") for _ in range(2)]
    numbered = [Finding(f"{n}", "Text", "overall", "body", 1, "Words.") for n in range(1, 4)]
    assert roles([*without, *numbered]) == ["body"] * 5


# Quantity words

EXTENTS = {
    "all": "All children have a plan.",
    "almost all": "Nearly all children have a plan.",
    "vast majority": "The vast majority of plans are clear.",
    "large majority": "A significant majority of carers are trained.",
    "majority": "The majority of young people live near home.",
    "most": "Most social workers know their children well.",
    "many": "Many assessments are late.",
    "some": "For some care leavers, help ends early.",
    "a small number": "A small but significant number of children wait.",
    "a minority": "In a minority of cases, visits are late.",
    "few": "Few parents were asked.",
    "very few": "Very few children are seen alone.",
    "too many": "Too many children move home twice.",
    "none": "None of the plans names a date.",
}


@pytest.mark.parametrize("extent", EXTENTS)
def test_a_quantity_word_is_read(extent: str) -> None:
    assert extent_of(EXTENTS[extent]) == extent
    assert extent_of(EXTENTS[extent].upper()) == extent


@pytest.mark.parametrize(
    "text",
    [
        "The most recent audit is thorough.",
        "Managers do not know how many children are waiting.",
        "In the last few months, leaders have been frank.",
        "The service is well led.",
        "Children from minority ethnic families are seen.",
        "Ethnic minority children are seen.",
        "Not all children are seen alone.",
        "Too few carers are asked.",
        "Leaders at all levels know the children.",
        "",
    ],
)
def test_a_word_that_measures_no_people_or_cases_is_none(text: str) -> None:
    assert extent_of(text) == ""


@given(st.sampled_from(sorted(EXTENTS)), st.sampled_from(sorted(EXTENTS)))
def test_the_first_quantity_word_counts(one, other) -> None:
    assert extent_of(f"{EXTENTS[one]} {EXTENTS[other]}") == one


@pytest.mark.parametrize(
    ("text", "word", "printed"),
    [
        (
            "For the great majority of children, plans are clear.",
            "large majority",
            "great majority",
        ),
        ("In a small minority of cases, visits are late.", "a minority", "a small minority"),
        ("A very small number of staff leave.", "very few", "a very small number"),
        ("The small number of carers who left were asked.", "a small number", "small number"),
        ("Nearly all plans are clear.", "almost all", "nearly all"),
        ("Not all plans are clear, but most children know theirs.", "most", "most"),
    ],
)
def test_a_quantity_word_is_told_as_it_stands(text: str, word: str, printed: str) -> None:
    assert find_extent(text) == (word, printed)
    assert printed in text.lower()


# Lines

WORDS = st.text(alphabet="abc XYZ-12.", min_size=1, max_size=12).map(str.strip).filter(bool)


def line(text: str, top: float, left: float = 72, **more) -> Line:
    given_ = {"page": 1, "size": 12.0, "bold": False, **more}
    right = left + 6 * len(text)
    return Line(given_["page"], left, right, top, top, given_["size"], given_["bold"], text)


@st.composite
def pages(draw) -> list[Line]:
    """Lines of a page or two in any order that a file may hold them in."""
    many = draw(st.lists(st.tuples(WORDS, st.integers(50, 790), st.integers(60, 400)), max_size=12))
    first = draw(st.integers(0, len(many)))
    return [
        line(text, top, left, page=1 + (i >= first)) for i, (text, top, left) in enumerate(many)
    ]


@given(pages())
def test_the_reading_order_loses_no_line_and_invents_none(lines) -> None:
    assert sorted(reading_order(lines)) == sorted(lines)
    assert [x.page for x in reading_order(lines)] == [x.page for x in lines]


@given(pages())
def test_lines_that_go_down_the_page_keep_their_order(lines) -> None:
    down = sorted(lines, key=lambda x: (x.page, -x.top))
    assert reading_order(down) == down


def test_a_piece_that_the_file_holds_late_goes_where_it_stands() -> None:
    body = [line(f"line {n}", 600 - 14 * n) for n in range(4)]
    heading = line("Heading", 700)
    assert reading_order([*body, heading]) == [heading, *body]


@given(pages())
def test_joined_rows_keep_every_character_in_order(lines) -> None:
    before = re.sub(r"\s", "", "".join(x.text for x in lines))
    after = re.sub(r"\s", "", "".join(x.text for x in join_rows(lines)))
    assert after == before


def test_pieces_of_one_row_are_joined_and_a_small_mark_is_set_close() -> None:
    left, right = line("Children", 500), line("wait.", 500, 130)
    mark = line("1", 504, right.right, size=7)
    (joined,) = join_rows([left, right, mark])
    assert joined.text == "Children wait.1"


def test_what_comes_back_at_the_edge_of_the_pages_is_a_footer() -> None:
    body = [
        line(f"Body text of page {page} in line {n}.", 700 - 14 * n, page=page)
        for page in (1, 2, 3)
        for n in range(20)
    ]
    footers = [line(f"Inspection of Anytown, page {page}", 70, page=page) for page in (1, 2, 3)]
    numbers = [line(f"{page}", 70, 500, page=page) for page in (1, 2, 3)]
    notes = [line("1 A note in small type.", 120, page=1, size=9)]
    lines = [*body, *footers, *numbers, *notes]
    furniture = [placed.furniture for placed in place(lines, measure(lines))]
    assert furniture == [""] * 60 + ["footer"] * 3 + ["page number"] * 3 + ["footnote"]


@given(pages())
def test_every_line_is_placed_once(lines) -> None:
    assert [placed.line for placed in place(lines, measure(lines))] == lines


@given(pages())
def test_blocks_hold_every_line_once_and_in_order(lines) -> None:
    blocks = build(lines, measure(lines))
    held = [x for block in blocks for x in block.lines]
    assert held == lines


# Words


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_joined_lines_keep_every_character_in_order(parts) -> None:
    joined = ""
    for part in parts:
        joined = join_text(joined, part)
    assert joined.replace(" ", "") == "".join(parts).replace(" ", "")
    assert joined == joined.strip()


@given(WORDS, WORDS)
def test_only_a_hyphen_at_a_word_joins_without_a_space(above, below) -> None:
    hyphen = above.endswith("-") and not above.endswith((" -", "--"))
    assert join_text(above, below) == (above + below if hyphen else f"{above} {below}")
    assert join_text("", below) == below


@given(st.text(max_size=40))
def test_evened_text_is_even(text: str) -> None:
    once = even(text)
    assert even(once) == once
    assert not re.search(r"\s\s|^\s|\s$", once)


def printed(*pages):
    """Lines of pages, one below the other."""
    return [
        Line(number, 0.0, 0.0, -float(place), -float(place), 10.0, False, text)
        for number, texts in enumerate(pages, start=1)
        for place, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("pages", "page"),
    [
        ([["Inspection outcome", "There are widespread and/or systemic failings."]], 1),
        ([["Inspection outcome", "There are widespread and/or", "systemic failings."]], 1),
        ([["Area SEND inspection", "Inspection outcome"], ["There are widespread failings."]], 2),
        ([["Inspection outcome"], ["widespread failings"]], 2),
        ([["Inspection outcome", *("a" * 40), "widespread failings"], ["What follows."]], 1),
        ([["Inspection outcome"], [], ["There are widespread failings."]], None),
        ([["There are widespread failings."], ["Inspection outcome", "What follows."]], None),
        ([["Area SEND inspection", "There are widespread failings."]], None),
    ],
)
def test_the_outcome_of_a_partnership_stands_on_the_page_on_which_it_begins(pages, page):
    found = find_outcome(printed(*pages))
    assert [(grade.area, grade.page) for grade in found] == (
        [("send-partnership", page)] if page else []
    )
