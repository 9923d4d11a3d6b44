"""Reports of the single inspection framework, 2014 to 2018, in three of its printed forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from compose import words
from compose.front import (
    ROWS,
    Front,
    about_page,
    annex,
    area_page,
    contents_page,
    cover,
    furniture,
    grade_box,
    says,
)
from compose.model import NAMES, Composed, Span, day, iso, spans, title_dates
from compose.pages import Sheets, contact_page
from compose.telling import BULLET, Run, Teller

THEMES: Final = {
    "help-and-protection": "help",
    "children-in-care": "care",
    "adoption": "adoption",
    "care-leavers": "leavers",
    "leadership": "leaders",
    "safeguarding-board": "board",
}
DATES: Final = {
    "2014": (date(2014, 5, 6), date(2014, 5, 28), date(2014, 7, 8)),
    "2015": (date(2015, 3, 3), date(2015, 3, 25), date(2015, 5, 12)),
    "2017": (date(2017, 2, 6), date(2017, 3, 2), date(2017, 4, 25)),
}
GRADES: Final = {
    "overall": "Requires improvement",
    "help-and-protection": "Requires improvement",
    "children-in-care": "Requires improvement",
    "adoption": "Good",
    "care-leavers": "Inadequate",
    "leadership": "Requires improvement",
    "safeguarding-board": "Inadequate",
}
HELP: Final = "The experiences and progress of children who need help and protection"
CARE: Final = "The experiences and progress of children looked after and achieving permanence"
LEADERS: Final = "Leadership, management and governance"


def sif_report(
    *,
    authority: str = "knowsley",
    style: str = "2014",
    start: date | None = None,
    end: date | None = None,
    published: date | None = None,
    print_published: bool = True,
    dates_style: str = "dash",
    grades: Mapping[str, str] | None = None,
    numbered: bool = True,
    number_style: str = "12. Text",
    odd_numbers: Mapping[int, str] | None = None,
    skip_number: int | None = None,
    repeat_wrapped_number: bool = False,
    grade_wraps: bool = False,
    grades_on_page_2: bool = False,
    not_judged: str = "",
    reinspection: bool = False,
    lscb: bool | None = None,
    findings: int = 5,
    needs: int = 5,
) -> Composed:
    """Compose a report of the single inspection framework, in its form of 2014, 2015 or 2017.

    Without a start, the dates are those of the form's own time; without an end, one day.
    """
    if start is None:
        start, end, own = DATES[style]
        published = published or own
    if not print_published:
        published = None
    name, council = NAMES[authority]
    board = not reinspection if lscb is None else lscb
    given = dict(GRADES if grades is None else grades)
    if not_judged:
        given[not_judged] = "Not judged"
    if not board:
        given.pop("safeguarding-board", None)
    visits: list[Span] = spans(start, end)
    sheets = Sheets(furniture=furniture(style))
    if style == "2015":
        sheets.top, sheets.bottom = 759, 110
    front = Front(
        name,
        council,
        style,
        title_dates(visits, dates_style),
        day(published) if published else "",
        given,
        reinspection,
        board,
        grade_wraps,
        grades_on_page_2,
    )
    cover(sheets, front)
    teller = Teller(
        sheets,
        Run(skip_number),
        x=107 if style == "2017" else 100,
        numbered=numbered,
        style=number_style,
        odd=odd_numbers or {},
    )
    sheets.new_page()
    telling = _Telling(sheets, teller, name, style, given, findings, needs, repeat_wrapped_number)
    match style:
        case "2014":
            contents, since = telling.first_form(board)
        case "2015":
            contents, since = telling.second_form(board)
        case "2017":
            contents, since = telling.third_form(board)
        case _:
            raise ValueError(style)
    contents_page(sheets, contents, since)
    contact_page(sheets, (published or visits[-1][1]).year, 738)
    missing = [skip_number] if skip_number and numbered and skip_number < teller.run.last else []
    return sheets.composed(
        authority=authority,
        kind="re-inspection" if reinspection else "inspection",
        framework="SIF",
        visit_start=visits[0][0].isoformat(),
        visit_end=visits[-1][1].isoformat(),
        published=published.isoformat() if published else "",
        grades=given,
        visits=iso(visits),
        missing_numbers=missing,
    )


@dataclass
class _Telling:
    """The parts of a report, in the order of each printed form."""

    sheets: Sheets
    teller: Teller
    name: str
    style: str
    grades: Mapping[str, str]
    findings: int
    needs: int
    wrapped: bool

    def _themes(self) -> list[str]:
        return [theme for area, theme in THEMES.items() if area in self.grades and theme != "board"]

    def _each_need(self, how_many: int) -> None:
        themes = self._themes()
        for place in range(how_many):
            self.teller.needs(themes[place % len(themes)], 1)

    def _body(self, area: str) -> None:
        self.teller.findings(THEMES[area], "body", self.findings)
        if self.wrapped and area in ("help-and-protection", "leadership"):
            self.teller.wrapped_numbers()

    def _sentences(self, themes: Sequence[str], x: float = 77) -> None:
        for theme in themes:
            text = words.paragraph(theme, self.teller.count(theme), 5)
            self.sheets.item(text, role="summary", x=x)

    def _grade_heading(self, area: str, *, word: str = "judgement", that: bool = False) -> None:
        grade = self.grades[area]
        shown = says(grade)
        low = grade.lower()
        match area:
            case "help-and-protection":
                text = f"{HELP} {says(grade, plural=True)}"
            case "children-in-care":
                text = f"{CARE} {says(grade, plural=True)}"
            case "leadership":
                text = f"{LEADERS} {says(grade, plural=True)}"
            case "adoption":
                is_ = f"is that it {shown}" if that else f"is {low}"
                text = f"The graded {word} for adoption performance {is_}"
            case _ if that:
                text = (
                    "The graded judgement about the experience and progress of care leavers "
                    f"is that it {shown}"
                )
            case _:
                text = (
                    f"The graded {word} for the experiences and progress of care leavers is {low}"
                )
        self.sheets.heading(text, size=12, level=3, area=area)

    def first_form(self, board: bool) -> tuple[int, int]:
        sheets, teller = self.sheets, self.teller
        contents = sheets.page - 1
        sheets.new_page()
        sheets.heading("Section 1: the local authority", size=16, level=1, area="")
        sheets.heading("Summary of key findings", area="overall")
        overall = says(self.grades["overall"])
        sheets.heading(f"This local authority {overall} because", size=12, level=3)
        for theme in self._themes():
            teller.findings(theme, "summary", 1, 2)
        sheets.heading("The local authority has the following strengths", size=12, level=3)
        teller.findings("leaders", "summary", 2, 2)
        sheets.new_page()
        sheets.heading("What does the local authority need to improve?")
        sheets.heading("Priority and immediate action", size=12, level=3)
        self._each_need(2)
        sheets.heading("Areas for improvement", size=12, level=3)
        self._each_need(self.needs)
        sheets.new_page()
        about_page(sheets, 14, 2)
        sheets.new_page()
        area_page(sheets, self.name, self.style, "2")
        sheets.new_page()
        sheets.heading("Inspection judgements about the local authority")
        for area, _ in ROWS:
            if area in self.grades:
                self._grade_heading(area, word="judgment")
                self._body(area)
        annex(sheets, "What the inspection judgements mean: the local authority", "authority")
        if board:
            sheets.new_page()
            title = "Section 2: The effectiveness of the local safeguarding children board"
            sheets.heading(title, size=16, level=1, area="safeguarding-board")
            shown = says(self.grades["safeguarding-board"])
            sheets.heading(f"The effectiveness of the LSCB {shown}", size=12, level=3)
            sheets.heading("Priority and immediate action", size=12, level=3)
            teller.needs("board", 1, "board")
            sheets.heading("Areas for improvement", size=12, level=3)
            teller.needs("board", 2, "board")
            sheets.heading("Key strengths and weaknesses of the LSCB", size=12, level=3)
            teller.findings("board", "body", self.findings)
            annex(sheets, "What the inspection judgements mean: the LSCB", "board")
        return contents, contents + 1

    def second_form(self, board: bool) -> tuple[int, int]:
        sheets, teller = self.sheets, self.teller
        contents = sheets.page - 1
        sheets.new_page()
        sheets.heading("The local authority", size=16, level=1, area="")
        sheets.heading("Summary of findings", area="overall")
        overall = says(self.grades["overall"], plural=True)
        sheets.heading(f"Children’s services in {self.name} {overall} because:", size=12, level=3)
        for theme in self._themes():
            text = words.paragraph(theme, teller.count(theme), 2)
            sheets.item(text, role="summary", mark=BULLET, x=90, gap=6)
        sheets.new_page()
        sheets.heading("What does the local authority need to improve?")
        sheets.aside("No action is so pressing that it comes before the rest.")
        sheets.heading("Areas for improvement", size=12, level=3)
        self._each_need(self.needs)
        sheets.heading("The local authority’s strengths")
        teller.findings("leaders", "summary", 2, 2)
        sheets.heading("Progress since the last inspection")
        teller.findings("help", "summary", 2, 3)
        sheets.new_page()
        self._for_children()
        sheets.new_page()
        area_page(sheets, self.name, self.style, "3")
        sheets.new_page()
        sheets.heading("Inspection judgements about the local authority")
        self._boxes()
        if board:
            sheets.new_page()
            sheets.heading(
                "The Local Safeguarding Children Board (LSCB)",
                size=16,
                level=1,
                area="safeguarding-board",
            )
            sheets.heading("Summary of findings")
            sheets.heading(
                f"The Local Safeguarding Children Board {says(self.grades['safeguarding-board'])}",
                size=12,
                level=3,
            )
            teller.findings("board", "summary", 2, 2)
            sheets.heading("What does the LSCB need to improve?")
            sheets.heading("Areas for improvement", size=12, level=3)
            teller.needs("board", 3, "board")
            sheets.heading("Inspection judgement about the LSCB")
            teller.findings("board", "body", self.findings)
        annex(sheets, "What the inspection judgements mean", "authority")
        sheets.new_page()
        about_page(sheets, 16, 1)
        return contents, contents + 1

    def third_form(self, board: bool) -> tuple[int, int]:
        sheets, teller = self.sheets, self.teller
        sheets.heading("Executive summary", x=77, area="overall")
        self._sentences([*self._themes(), *self._themes()])
        sheets.new_page()
        contents = sheets.page - 1
        sheets.new_page()
        sheets.heading("The local authority", size=16, level=1, area="")
        area_page(sheets, self.name, self.style, "2" if board else "")
        sheets.new_page()
        sheets.heading("Recommendations")
        self._each_need(self.needs)
        sheets.new_page()
        self._for_children()
        self._boxes()
        if board:
            sheets.new_page()
            sheets.heading(
                "The Local Safeguarding Children Board (LSCB)",
                size=16,
                level=1,
                area="safeguarding-board",
            )
            shown = says(self.grades["safeguarding-board"])
            sheets.heading(f"The Local Safeguarding Children Board {shown}", size=12, level=3, x=77)
            sheets.heading("Executive summary", size=12, level=2, x=77)
            self._sentences(["board", "board"])
            sheets.new_page()
            sheets.heading("Recommendations", size=12, level=2, x=77)
            teller.needs("board", 3, "board")
            title = "Inspection findings – the Local Safeguarding Children Board"
            sheets.heading(title, size=12, level=2)
            teller.findings("board", "body", self.findings)
        sheets.new_page()
        about_page(sheets, 16, 1)
        return contents, 0

    def _for_children(self) -> None:
        sheets = self.sheets
        sheets.heading("Summary for children and young people", area="overall")
        for text in words.FOR_CHILDREN:
            sheets.item(text, role="summary", mark=BULLET, x=90, gap=6)

    def _boxes(self) -> None:
        sheets = self.sheets
        boxed = {"help-and-protection": HELP, "children-in-care": CARE, "leadership": LEADERS}
        for area, _ in ROWS:
            if area not in self.grades:
                continue
            if area in boxed:
                if sheets.y < sheets.top - 60:
                    sheets.new_page()
                sheets.stands(boxed[area], 2, area)
                grade_box(sheets, boxed[area], self.grades[area], self.style)
                sheets.heading("Summary", size=12 if self.style == "2017" else 11, level=3, x=77)
                self._sentences([THEMES[area], THEMES[area]])
                if self.style == "2017":
                    sheets.new_page()
                    sheets.heading("Inspection findings", size=12, level=3)
            else:
                self._grade_heading(area, that=self.style == "2017")
            self._body(area)
