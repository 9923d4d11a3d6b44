"""Reports of inspections of local authority children's services, from 2018 on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from compose import words
from compose.model import NAMES, Block, Composed, Span, iso, spans, title_dates
from compose.pages import SECOND_LEVEL, Furniture, Op, Sheets, contact_page, wrap
from compose.telling import Run, Teller

IMPACT: Final = "The impact of leaders on social work practice with children and families"
PROGRESS: Final = "The experiences and progress of"
LABELS: Final = {
    "leadership": IMPACT,
    "help-and-protection": f"{PROGRESS} children who need help and protection",
    "children-in-care": f"{PROGRESS} children in care",
    "care-leavers": f"{PROGRESS} care leavers",
    "children-in-care-and-care-leavers": f"{PROGRESS} children in care and care leavers",
    "overall": "Overall effectiveness",
}
THEMES: Final = {
    "help-and-protection": "help",
    "children-in-care": "care",
    "children-in-care-and-care-leavers": "care",
    "care-leavers": "leavers",
    "leadership": "leaders",
}
DATES: Final = {
    "2018": (date(2018, 6, 4), date(2018, 6, 15)),
    "4 areas": (date(2021, 10, 4), date(2021, 10, 15)),
    "5 areas": (date(2024, 9, 9), date(2024, 9, 20)),
}
FOUR: Final = {
    "leadership": "Good",
    "help-and-protection": "Requires improvement to be good",
    "children-in-care-and-care-leavers": "Good",
    "overall": "Good",
}
FIVE: Final = {
    "leadership": "Inadequate",
    "help-and-protection": "Inadequate",
    "children-in-care": "Requires improvement to be good",
    "care-leavers": "Inadequate",
    "overall": "Inadequate",
}


def _heading(label: str, grade: str, style: str) -> str:
    low = grade.lower()
    if style != "2018":
        return f"{label}: {low}"
    verb = "" if low.startswith("requires") else "is " if label == IMPACT else "are "
    return f"{label} {verb}{low}"


def _furniture(style: str, name: str, dates: str, bold: bool) -> Furniture:
    def old(page: int) -> Sequence[Op]:
        return [Op(513 if page < 10 else 503, 29, f"{page}", 20)]

    def new(page: int) -> Sequence[Op]:
        if page == 1:
            return []
        title = f"Inspection of {name} local authority children’s services"
        return [
            Op(72, 40, title, 8, bold),
            Op(72, 30, dates, 8, bold),
            Op(517, 30, f"{page}", 8, bold),
        ]

    return old if style == "2018" else new


def _table(
    sheets: Sheets, grades: Mapping[str, str], x: float, grade_x: float, wraps: bool, over: str
) -> None:
    sheets.put(x, sheets.y, "Judgement", bold=True)
    sheets.put(grade_x, sheets.y, "Grade", bold=True)
    sheets.blocks.append(Block("row", "Judgement\tGrade"))
    sheets.y -= 33
    for area, grade in grades.items():
        if area == over:
            sheets.new_page()
        lines = wrap(LABELS[area], grade_x - x - 8)
        shown = [grade]
        if wraps and " to be" in grade:
            shown = ["Requires improvement ", "to be good"]
        height = max(len(lines), len(shown)) * 14.4
        for place, line in enumerate(lines):
            last = place == len(lines) - 1
            sheets.put(x, sheets.y - place * 14.4, line if last else f"{line} ")
        for place, part in enumerate(shown):
            sheets.put(grade_x, sheets.y - place * 14.4, part)
        sheets.blocks.append(Block("row", f"{LABELS[area]}\t{grade}"))
        sheets.y -= height + 13


def _needs(
    sheets: Sheets, grades: Mapping[str, str], needs: int, bullet: str, nested: bool, old: bool
) -> None:
    sheets.heading("What needs to improve" if old else "What needs to improve?", area="")
    themes = [THEMES[area] for area in grades if area in THEMES]
    gap = 8 if old else 12
    for place in range(needs):
        text = words.need(themes[place % len(themes)], place, "noun")
        sheets.item(text, role="need", mark=bullet, x=90, gap=gap)
        if nested and place == 1:
            for sub in ("for children under five", "for those who live far from home."):
                sheets.item(sub, role="need", mark=SECOND_LEVEL, mark_x=90, x=107, gap=6, level=2)


def ilacs_report(
    *,
    authority: str = "stockport",
    trust: str = "",
    areas: int = 5,
    style: str = "2019",
    start: date | None = None,
    end: date | None = None,
    more_visits: Sequence[Span] = (),
    dates_style: str = "to",
    dates_label: str = "Inspection dates",
    footer_dates: str = "",
    footer_bold: bool = False,
    grades: Mapping[str, str] | None = None,
    heading_grades: Mapping[str, str] | None = None,
    grade_wraps: bool = False,
    grades_on_page_2: bool = False,
    not_judged: str = "",
    bullet: str = "◼",
    nested_needs: bool = False,
    number_x: float = 72,
    number_style: str = "12. Text",
    odd_numbers: Mapping[int, str] | None = None,
    skip_number: int | None = None,
    repeat_wrapped_number: bool = False,
    intro: int = 3,
    needs: int = 5,
    findings: int = 7,
) -> Composed:
    """Compose a report with four or five grades on its first page; style 2018 is the early form.

    Without a start, the dates are those of the form's own time; without an end, one day. A trust
    stands in the title in the place of the authority's services.
    """
    if start is None:
        start, end = DATES["2018" if style == "2018" else f"{areas} areas"]
    name, council = NAMES[authority]
    given = dict(grades or (FIVE if areas == 5 else FOUR))
    if not_judged:
        given[not_judged] = "Not judged"
    visits = spans(start, end, more_visits)
    dates = title_dates(visits, dates_style)
    sheets = Sheets(furniture=_furniture(style, name, footer_dates or dates, footer_bold))
    old = style == "2018"
    sheets.y = 690
    long = f"Inspection of {trust or f'{name} local authority children’s services'}"
    title = [council] if old else wrap(long, 440, 26)
    for line in title:
        sheets.put(72, sheets.y, f"{line} ", 26)
        sheets.y -= 31
    sheets.y -= 2
    if old:
        sheets.put(72, sheets.y - 8, "Inspection of local authority children’s services", 16, True)
        sheets.y -= 34
    sheets.blocks.append(Block("heading", " ".join(title), level=1))
    said = f"{dates_label if visits[0] != (start, start) else 'Inspection date'}: {dates}"
    sheets.put(72, sheets.y, said, bold=True)
    sheets.blocks.append(Block("line", said))
    sheets.y -= 27
    lead = "Lead inspector: The Lead Inspector, His Majesty’s Inspector"
    sheets.put(72, sheets.y, lead, bold=True)
    sheets.blocks.append(Block("line", lead))
    sheets.y -= 39
    over = list(given)[-2] if grades_on_page_2 else ""
    _table(sheets, given, *((79, 370) if old else (77, 310)), grade_wraps, over)
    sheets.y -= 12
    sheets.area = "overall"
    for place in range(intro):
        theme = list(THEMES.values())[place % 5]
        sheets.item(words.paragraph(theme, 60 + place, 4), role="summary", gap=14)
    _needs(sheets, given, needs, bullet, nested_needs, old)
    teller = Teller(
        sheets,
        Run(skip_number),
        x=number_x + (28 if number_x < 90 else 20),
        style=number_style,
        odd=odd_numbers or {},
        mark_x=number_x,
    )
    shown = {**given, **(heading_grades or {})}
    order = [area for area in given if area not in ("overall", "leadership")]
    for area in [*order, *(["leadership"] if "leadership" in given else [])]:
        if old:
            sheets.new_page()
        sheets.heading(_heading(LABELS[area], shown[area], style), area=area)
        teller.findings(THEMES[area], "body", findings)
        if repeat_wrapped_number and area in ("help-and-protection", "leadership"):
            teller.wrapped_numbers()
    contact_page(sheets, visits[-1][1].year)
    missing = [skip_number] if skip_number and skip_number < teller.run.last else []
    return sheets.composed(
        authority=authority,
        kind="inspection",
        framework="ILACS",
        visit_start=visits[0][0].isoformat(),
        visit_end=visits[-1][1].isoformat(),
        grades=given,
        visits=iso(visits),
        missing_numbers=missing,
    )
