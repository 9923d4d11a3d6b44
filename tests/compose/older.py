"""Two forms met seldom: looked-after-children inspections of 2013, and reviews of a board alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from compose import words
from compose.front import ABOUT, MEANINGS, TEAM, furniture, says
from compose.model import NAMES, Composed, day, iso, spans, title_dates
from compose.pages import Op, Sheets, contact_page, wrap
from compose.telling import Run, Teller

BULLET: Final = "\uf0a7"
PARTS: Final = (
    ("overall", "Overall effectiveness of services for looked after children and young people"),
    ("capacity", "Capacity to improve"),
    ("outcomes", "Outcomes for looked after children and young people"),
    ("provision", "Quality of provision"),
    ("leadership", "Leadership and management"),
)
RECORD: Final = {
    "overall": "Overall effectiveness",
    "capacity": "Capacity to improve",
    "outcomes": "Outcomes for looked after children and young people",
    "provision": "Quality of provision",
    "leadership": "Leadership and management",
}
POINTS: Final = {"Outstanding": 1, "Good": 2, "Adequate": 3, "Inadequate": 4}
GRADES: Final = {
    "overall": "Adequate",
    "capacity": "Good",
    "outcomes": "Adequate",
    "provision": "Adequate",
    "leadership": "Adequate",
}
THEMES: Final = {
    "overall": "care",
    "capacity": "leaders",
    "outcomes": "care",
    "provision": "care",
    "leadership": "leaders",
}
AREAS: Final = {"overall": "overall", "leadership": "leadership"}
GRADED: Final = {"overall": "children-in-care-and-care-leavers", "leadership": "leadership"}
"""Of what the two grades are: of services for these children, not of the whole service."""
EVIDENCE: Final = (
    "talks with young people, with those who look after them and with elected members,",
    "a reading of 60 case files, most of them with the worker at hand,",
    "the council’s own figures and plans",
)


def looked_after_2013(
    *,
    authority: str = "kent",
    start: date = date(2013, 7, 1),
    end: date = date(2013, 7, 5),
    published: date = date(2013, 8, 9),
    grades: Mapping[str, str] | None = None,
    findings: int = 4,
) -> Composed:
    """Compose an inspection of looked after children services: no grade stands on its first page.

    Of its five judgements only two are of areas that other frameworks know, overall and
    leadership; those two are the truth, the first as one of services for these children.
    """
    _, council = NAMES[authority]
    given = dict(grades or GRADES)
    visits = spans(start, end)

    def head(page: int) -> Sequence[Op]:
        if page < 3:
            return []
        title = f"{council} Inspection of looked after children services"
        return [Op(86, 798, title, 8, True), Op(505, 798, f"{page - 2}", 8, True)]

    sheets = Sheets(left=86, right=510, top=744, bottom=80, furniture=head)
    _front_2013(sheets, council, title_dates(visits, "dash"), published)
    sheets.new_page()
    contents = sheets.page - 1
    sheets.new_page()
    teller = Teller(sheets, Run(), x=114, mark_x=86)
    _about_2013(sheets, teller, NAMES[authority][0])
    for part, title in PARTS:
        sheets.new_page()
        sheets.heading(title, size=18, level=1, area=AREAS.get(part, "children-in-care"))
        grade = given[part]
        sheets.room(60)
        sheets.put(86, sheets.y, f"Grade {POINTS[grade]} ({grade})", 14, bold=True)
        sheets.y -= 27
        teller.findings(THEMES[part], "body", findings)
        if part == "capacity":
            _needs_2013(sheets, teller)
    _record_2013(sheets, given)
    _contents_2013(sheets, contents)
    return sheets.composed(
        authority=authority,
        kind="inspection",
        framework="",
        visit_start=start.isoformat(),
        visit_end=end.isoformat(),
        published=published.isoformat(),
        grades={area: given[part] for part, area in GRADED.items()},
        visits=iso(visits),
    )


def _front_2013(sheets: Sheets, council: str, dates: str, published: date) -> None:
    sheets.y = 668
    for line in ("Inspection of looked after children ", "services"):
        sheets.put(86, sheets.y, line, 26)
        sheets.y -= 31
    sheets.put(86, 606, council, 18)
    sheets.put(86, 284, f"Inspection dates: {dates}", 10, bold=True)
    sheets.put(86, 268, "Reporting inspector", 10, bold=True)
    sheets.put(230, 268, "The Reporting Inspector HMI", 10, bold=True)
    sheets.put(86, 132, "Age group: All", 10, bold=True)
    sheets.put(86, 119, f"Published: {day(published)}", 10, bold=True)
    sheets.new_page()
    sheets.y = 137
    sheets.aside(f"© Crown copyright {published.year}", size=10, gap=14)
    sheets.aside("Anyone may copy this text, whole, who says where it is from.", size=10)


def _about_2013(sheets: Sheets, teller: Teller, name: str) -> None:
    sheets.heading("About this inspection", size=18, level=1, area="")
    teller.say("The aim was to see what difference services make to children in care.", "context")
    teller.say("What the inspectors went by included:", "context")
    for text in EVIDENCE:
        sheets.item(text, role="context", mark=BULLET, mark_x=114, x=142)
    sheets.heading("The inspection judgements and what they mean", size=18, level=1)
    teller.say("Each judgement is one of four:", "context")
    for grade, points in POINTS.items():
        sheets.put(119, sheets.y, f"{grade} (Grade {points})", 11)
        meaning = ("far above", "above", "just at", "below")[points - 1]
        sheets.put(265, sheets.y, f"A service {meaning} the lowest allowed mark", 11)
        sheets.y -= 20
    sheets.new_page()
    sheets.heading("Service information", size=18, level=1)
    for count in (0, 1, 3):
        teller.say(words.statistic(count, name), "context")


def _needs_2013(sheets: Sheets, teller: Teller) -> None:
    sheets.heading("Areas for improvement", size=14)
    teller.say("So that children in care fare better, the council should:", "need")
    for within in ("Immediately:", "Within three months:", "Within six months:"):
        sheets.heading(within, size=12, level=3, x=114)
        for _ in range(2):
            text = words.need("care", teller.count("need"))
            sheets.item(text[0].lower() + text[1:], role="need", mark=BULLET, mark_x=122, x=142)


def _record_2013(sheets: Sheets, grades: Mapping[str, str]) -> None:
    sheets.new_page()
    sheets.heading("Record of main findings", size=18, level=1, area="")
    sheets.put(86, sheets.y, "Services for looked after children", 14, bold=True)
    sheets.y -= 33
    for part, label in RECORD.items():
        lines = wrap(label, 280, 11, bold=True)
        for line in lines:
            sheets.put(91, sheets.y, line if line is lines[-1] else f"{line} ", 11, bold=True)
            sheets.y -= 13.5
        sheets.put(392, sheets.y + 13.5 * (len(lines) + 1) / 2, grades[part], 11)
        sheets.y -= 12


def _contents_2013(sheets: Sheets, at: int) -> None:
    y = 717.0
    sheets.pages[at].append(Op(86, 744, "Contents", 18, True))
    for text, page, level in sheets.headings:
        if level == 1:
            for line in wrap(text, 380, bold=True):
                sheets.pages[at].append(Op(86, y, line, bold=True))
                y -= 14.4
            sheets.pages[at].append(Op(505, y + 14.4, f"{page - 2}", bold=True))
            y -= 12


def board_review_2015(
    *,
    authority: str = "leeds",
    start: date = date(2015, 2, 3),
    end: date = date(2015, 2, 12),
    published: date = date(2015, 4, 14),
    grade: str = "Requires improvement",
    findings: int = 8,
) -> Composed:
    """Compose a review of a safeguarding board alone, with its one grade."""
    name, _ = NAMES[authority]
    visits = spans(start, end)
    sheets = Sheets(furniture=furniture("2014"))
    sheets.y = 722
    sheets.put(72, 722, f"{name} Local Safeguarding ", 26)
    sheets.put(72, 691, "Children Board", 26)
    sheets.put(72, 650, "Review of the effectiveness of the local safeguarding", 14, True)
    sheets.put(72, 633, "children board", 14, True)
    sheets.put(72, 606, f"Review dates: {title_dates(visits, 'full-dash')}", 14, True)
    sheets.put(72, 583, f"Report published: {day(published)}", 14, True)
    shown = says(grade)
    sheets.y = 540
    for line in wrap(
        f"The effectiveness of the Local Safeguarding Children Board {shown}", 440, 14
    ):
        sheets.put(72, sheets.y, f"{line} ", 14)
        sheets.y -= 17
    sheets.y -= 8
    sheets.aside("The board was looked at by itself, and nothing is judged here but the board.")
    sheets.new_page()
    sheets.area = "safeguarding-board"
    teller = Teller(sheets, Run())
    sheets.heading("The Local Safeguarding Children Board (LSCB)", size=16, level=1)
    sheets.heading("Summary of findings")
    sheets.heading(f"The LSCB {shown} because:", size=12, level=3)
    teller.findings("board", "summary", 3, 2)
    sheets.heading("What does the LSCB need to improve?")
    sheets.heading("Areas for improvement", size=12, level=3)
    teller.needs("board", 4, "board")
    sheets.new_page()
    sheets.heading("Inspection judgement about the LSCB")
    teller.findings("board", "body", findings)
    sheets.new_page()
    sheets.heading("Information about this inspection", size=16, level=1, area="")
    sheets.item(ABOUT[1], role="context")
    sheets.aside(TEAM[0])
    sheets.heading("What the inspection judgements mean: the LSCB", size=16, level=1)
    for text in MEANINGS:
        sheets.aside(text.format(whose="board"))
    contact_page(sheets, published.year, 738)
    return sheets.composed(
        authority=authority,
        kind="inspection",
        framework="SIF",
        visit_start=start.isoformat(),
        visit_end=end.isoformat(),
        published=published.isoformat(),
        grades={"safeguarding-board": grade},
        visits=iso(visits),
    )
