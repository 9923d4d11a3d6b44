"""Documents on a whole partnership: JTAI letters, area SEND reports and letters."""

from __future__ import annotations

from datetime import date
from typing import Final

from compose import words
from compose.model import NAMES, Composed, day, iso, title_dates
from compose.pages import Op, Sheets, contact_page

ADDRESSEES: Final = (
    "Robin Durham, Executive Director for Children, {council}",
    "Sam Kent, Chief Executive, NHS Anyshire Care Board",
    "Alex York, Police and Crime Commissioner",
    "Jo Derby, Chief Constable, Anyshire Police",
)
"""People whose surnames are names of authorities."""
OUTCOMES: Final = {
    "typically positive": "What the partners do will typically lead to positive experiences and "
    "outcomes.",
    "inconsistent": "What the partnership does must lead to inconsistent experiences and "
    "outcomes for now.",
    "widespread or systemic failings": "Inspectors saw widespread and/or systemic failings, which "
    "worry them a great deal.",
}
_VISIT: Final = (date(2024, 3, 4), date(2024, 3, 8))


def _number(page: int) -> list[Op]:
    return [Op(518, 55, f"{page}", 9)] if page > 1 else []


def joint_letter(
    *,
    authority: str = "kent",
    style: str = "late",
    start: date = _VISIT[0],
    end: date = _VISIT[1],
    published: date = date(2024, 4, 30),
    theme: str = "serious youth violence",
    deep: str = "children drawn into gangs",
    inspectorate: str = "Ofsted",
) -> Composed:
    """Compose a JTAI letter: `late` with headline findings first, `early` with a deep dive."""
    name, council = NAMES[authority]
    late = style == "late"
    sheets = Sheets(furniture=_number)
    sheets.aside(day(published))
    for line in ADDRESSEES:
        sheets.aside(line.format(council=council), gap=1)
    sheets.y -= 12
    sheets.aside(f"Dear {name} partnership" if late else "Dear local partners")
    title = "Joint targeted area inspection of "
    title += name if late else f"the multi-agency response to {theme} in {name}"
    sheets.heading(title, size=12, level=1)
    if late:
        sheets.aside(
            f"This letter sums up what this joint inspection of the multi-agency response to "
            f"{theme} in {name} found."
        )
        sheets.aside(
            f"This inspection took place from {title_dates([(start, end)])}. Inspectors of "
            f"{inspectorate}, of health and of the police took part."
        )
        sheets.heading("Headline findings", size=12)
    else:
        sheets.aside(
            f"Between {title_dates([(start, end)]).replace(' to ', ' and ')}, {inspectorate} and "
            f"three more inspectorates held a joint inspection on {theme} in {name}. It had a "
            f"‘deep dive’ focus on {deep}."
        )
        sheets.aside("This letter to all leaders here outlines our findings on all of them.")
    for n in range(2):
        sheets.item(words.paragraph("help", 20 + n, 3), role="summary")
    if late:
        _needs(sheets, "What needs to improve?", 3)
    sheets.heading("Strengths" if late else "Key strengths", size=12)
    for n in range(3):
        _bullet(sheets, words.paragraph("board", 30 + n, 2), "body")
    if late:
        sheets.heading("Main findings", size=12)
        for n in range(4):
            sheets.item(words.paragraph("help", 40 + n, 4), role="body")
    else:
        _needs(sheets, "Areas for improvement", 2)
        sheets.heading("Leadership and management", size=12)
        _bullet(sheets, words.need("leaders", 9, "noun"), "need")
    sheets.heading("Next steps", size=12)
    sheets.item(f"{council} should write a statement of what it will do.", role="context")
    sheets.aside("Yours sincerely")
    sheets.aside("A National Director, Ofsted", bold=True)
    return sheets.composed(
        authority=authority,
        kind="joint-inspection",
        framework="JTAI",
        visit_start=start.isoformat(),
        visit_end=end.isoformat(),
        published=published.isoformat(),
        visits=iso([(start, end)]),
    )


def send_report(
    *,
    authority: str = "leeds",
    outcome: str = "inconsistent",
    start: date = _VISIT[0],
    end: date = _VISIT[1],
) -> Composed:
    """Compose a report of an area SEND inspection since 2023, with one of three outcomes."""
    name, council = NAMES[authority]
    sheets = Sheets(furniture=_number, left=57)
    sheets.heading("Local area partnership report", size=12, bold=False, level=1)
    sheets.heading(f"Area SEND inspection of {name} Local Area Partnership", size=26, bold=False)
    sheets.aside(f"Inspection dates: {title_dates([(start, end)])}")
    sheets.aside("Dates of previous inspection: 3 to 7 October 2016")
    sheets.heading("Inspection outcome")
    sheets.item(OUTCOMES[outcome], role="summary")
    sheets.aside("The next full area SEND inspection will be in some three years.")
    sheets.heading("Information about the local area partnership")
    sheets.aside(f"{council} and a care board plan and buy services together.")
    sheets.heading("What is it like to be a child with SEND here?")
    for n in range(3):
        sheets.item(words.paragraph("help", 50 + n, 4), role="body")
    sheets.heading("What is this partnership doing that is effective?")
    for n in range(3):
        _bullet(sheets, words.paragraph("care", 60 + n, 2), "body")
    sheets.heading("What does this partnership need to do better?")
    for n in range(2):
        _bullet(sheets, words.paragraph("leaders", 70 + n, 2), "body")
    if outcome == "widespread or systemic failings":
        _needs(sheets, "Areas for priority action", 2)
    _needs(sheets, "Areas for improvement", 2)
    sheets.heading("Local area partnership details")
    sheets.aside("Local authority and integrated care board, with their addresses")
    sheets.heading("Information about this inspection")
    sheets.aside("The Secretary of State asked for it under section 20(1)(a) of an act of 2004.")
    contact_page(sheets, end.year)
    return sheets.composed(
        authority=authority,
        kind="send-inspection",
        framework="SEND",
        visit_start=start.isoformat(),
        visit_end=end.isoformat(),
        visits=iso([(start, end)]),
        grades={"send-partnership": outcome},
    )


def send_letter(
    *,
    authority: str = "wigan",
    start: date = date(2018, 3, 5),
    end: date = date(2018, 3, 9),
    published: date = date(2018, 5, 1),
    statement: bool = True,
) -> Composed:
    """Compose a letter of an area SEND inspection up to 2022, without a grade."""
    name, council = NAMES[authority]
    sheets = Sheets(furniture=_number)
    sheets.aside(day(published))
    for line in ADDRESSEES[:2]:
        sheets.aside(line.format(council=council), gap=1)
    sheets.y -= 12
    sheets.aside("Dear Director")
    sheets.heading(f"Joint local area SEND inspection in {name}", size=12, level=1)
    sheets.aside(
        f"Between {day(start)} and {day(end)}, Ofsted and the health inspectorate held a joint "
        f"inspection of the local area of {name}, to see how well reforms are carried out."
    )
    sheets.aside("Inspectors spoke with children, their parents and those who teach them.")
    if statement:
        sheets.heading(
            "The local area is required to produce and submit a written statement of action on "
            "what is listed here:",
            size=12, bold=False,
        )  # fmt: skip
        for n in range(2):
            _bullet(sheets, words.need("leaders", 12 + n, "noun"), "need")
    sheets.heading("Main findings", size=12)
    for n in range(3):
        _bullet(sheets, words.paragraph("help", 20 + n, 2), "summary")
    sheets.heading("The effectiveness of the local area in meeting needs", size=12)
    sheets.heading("Strengths", size=12)
    for n in range(2):
        _bullet(sheets, words.paragraph("care", 30 + n, 2), "body")
    _needs(sheets, "Areas for development", 2)
    sheets.aside("Yours sincerely")
    sheets.aside("Her Majesty’s Inspector", bold=True)
    return sheets.composed(
        authority=authority,
        kind="send-inspection",
        framework="SEND",
        visit_start=start.isoformat(),
        visit_end=end.isoformat(),
        published=published.isoformat(),
        visits=iso([(start, end)]),
    )


def _needs(sheets: Sheets, heading: str, count: int) -> None:
    sheets.heading(heading, size=12)
    for n in range(count):
        _bullet(sheets, words.need("leaders", 80 + n, "noun"), "need")


def _bullet(sheets: Sheets, text: str, role: str) -> None:
    sheets.item(text, role=role, mark="◼", mark_x=sheets.left, x=sheets.left + 18)
