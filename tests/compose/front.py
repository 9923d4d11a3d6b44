"""The pages around the findings in reports of the single inspection framework."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from compose import words
from compose.pages import SECOND_LEVEL, Furniture, Op, Sheets, width_of, wrap
from compose.telling import BULLET

ROWS: Final = (
    ("help-and-protection", "1. Children who need help and protection"),
    ("children-in-care", "2. Children looked after and achieving permanence"),
    ("adoption", "2.1 Adoption performance"),
    ("care-leavers", "2.2 Experiences and progress of care leavers"),
    ("leadership", "3. Leadership, management and governance"),
)
SUB_AREAS: Final = ("adoption", "care-leavers")
COMBINED: Final = (
    "Two reports are bound together here under section 152 of the 2006 Act: one on the council’s "
    "work for children (section 136) and one on the Local Safeguarding Children Board, "
    "made under the board review rules of 2013."
)
AREA_NOTE: Final = (
    "The council saw this part before print and put in newer figures of its own, not yet checked."
)
MEANINGS: Final = (
    "Outstanding: the {whose} does work of high effect, and children do far better for it, year "
    "upon year.",
    "Good: the {whose} helps, keeps safe and cares well, and the welfare of children in its care "
    "is watched over.",
    "Requires improvement: nothing is so widely or gravely wrong that children come to harm by it, "
    "yet the {whose} falls short of good.",
    "Inadequate: grave or widespread failings of the {whose} leave children harmed, or in danger "
    "of it, or without due care.",
)
ABOUT: Final = (
    "Over four weeks the inspectors followed children’s paths from a first worry to adult life.",
    "They sat in on meetings, opened case files with the workers who hold them, and asked parents, "
    "carers and young people what had changed for them.",
    "The right to make such a visit comes from section 136 of an Act of 2006.",
)
TEAM: Final = (
    "Lead inspector: The Lead Inspector HMI",
    "Team inspectors: four of Her Majesty’s Inspectors (HMI), one additional inspector",
    "Quality assurance manager: The Quality Manager",
)


def says(grade: str, plural: bool = False) -> str:
    """Return a grade with its verb.

    >>> says("Requires improvement"), says("Requires improvement", plural=True)
    ('requires improvement', 'require improvement')
    >>> says("Good", plural=True), says("Not judged")
    ('are good', 'was not judged')
    """
    low = grade.lower()
    if low.startswith("require"):
        verb = "require" if plural else "requires"
        return f"{verb} {low.partition(' ')[2]}"
    if low.startswith("not "):
        return f"{'were' if plural else 'was'} {low}"
    return f"{'are' if plural else 'is'} {low}"


def furniture(style: str) -> Furniture:
    """Return what is printed on every page: its number, in large type."""

    def facing(page: int) -> Sequence[Op]:
        low = 78 if style == "2015" else 34
        if style == "2014" or (style == "2017" and page % 2):
            return [Op(515 if page < 10 else 504, 24, f"{page}", 20)]
        return [Op(72 if page % 2 == 0 else 504, low, f"{page}", 20)]

    return facing


def grade_rows(
    sheets: Sheets,
    grades: Mapping[str, str],
    *,
    wraps: bool,
    over: bool = False,
    grade_x: float = 410,
    bold_grade: bool = True,
) -> None:
    """Set the rows of the table of grades; `over` turns the page before the care leavers' row."""
    for area, label in ROWS:
        if area not in grades:
            continue
        if over and area == "care-leavers":
            sheets.new_page()
        sub = area in SUB_AREAS
        x = grade_x - 280 if sub else 72
        grade = grades[area]
        shown = grade.split(" ", 1) if wraps and " " in grade else [grade]
        if shown[1:]:
            shown[0] += " "
        lines = wrap(label, grade_x - x - (2 if sub else 12), bold=not sub)
        height = 14.4 * max(len(lines), len(shown))
        middle = sheets.y - height / 2
        for place, line in enumerate(lines):
            at = middle + (len(lines) / 2 - place - 0.5) * 14.4
            sheets.put(x if place == 0 else x + 18, at, line, bold=not sub)
        for place, part in enumerate(shown):
            at = middle + (len(shown) / 2 - place - 0.5) * 14.4
            sheets.put(grade_x, at, part, bold=bold_grade and not sub)
        sheets.y -= height + 13


@dataclass(frozen=True)
class Front:
    """What the first page says."""

    name: str
    council: str
    style: str
    dates: str
    published: str
    grades: Mapping[str, str]
    again: bool
    board: bool
    wraps: bool
    over: bool


def cover(sheets: Sheets, front: Front) -> None:
    _title(sheets, front)
    bold = front.style != "2017"
    size = 12 if front.style == "2017" and not front.again else 14
    dates = f"Inspection date{'s' if front.again else ''}: {front.dates}"
    sheets.y -= 6
    sheets.put(72, sheets.y, dates, size, bold)
    sheets.y -= 23
    if front.published:
        sheets.put(72, sheets.y, f"Report published: {front.published}", size, bold)
        sheets.y -= 32
    _overall(sheets, front)
    old = front.style == "2014"
    grade_rows(
        sheets,
        front.grades,
        wraps=front.wraps,
        over=front.over,
        grade_x=410 if old else 394,
        bold_grade=old,
    )
    if front.board and front.style != "2017":
        _board_grade(sheets, front.grades["safeguarding-board"])


def _title(sheets: Sheets, front: Front) -> None:
    sheets.y = 722
    for line in wrap(front.council, 440, 26):
        sheets.put(72, sheets.y, f"{line} ", 26)
        sheets.y -= 31
    size = 12 if front.style == "2017" and not front.again else 14
    title = (
        f"{'Re-inspection' if front.again else 'Inspection'} of services for children in need of "
        "help and protection, children looked after and care leavers"
    )
    for line in wrap(title, 440, size, bold=True):
        sheets.put(72, sheets.y, f"{line} ", size, bold=True)
        sheets.y -= 17
    if not front.board:
        return
    sheets.y -= 6
    sheets.put(72, sheets.y, "and", size)
    sheets.y -= 23
    board = "local safeguarding children board"
    review = f"Review of the effectiveness of the {board}"
    lines = wrap(review, 440, size, bold=True)
    for line in lines:
        sheets.put(72, sheets.y, line, size, bold=True)
        if line is lines[-1]:
            sheets.put(72 + width_of(line, size, True), sheets.y + 5, "1", 6.5, bold=True)
        sheets.y -= 17
    sheets.footnotes([("1", COMBINED)])


def _overall(sheets: Sheets, front: Front) -> None:
    overall = front.grades["overall"]
    shown = says(overall, plural=True)
    match front.style:
        case "2014":
            sheets.put(72, sheets.y, f"The overall judgement is {overall.lower()}", 14)
            sheets.y -= 21
            sheets.aside(MEANINGS[2].format(whose="authority"), gap=14)
        case "2015":
            text = f"The overall judgement is that children’s services {shown}"
            for line in wrap(text, 450, bold=True):
                sheets.put(72, sheets.y, f"{line} ", bold=True)
                sheets.y -= 14.4
            sheets.y -= 8
            sheets.aside("Each area that feeds into this judgement has one of its own:", gap=14)
        case _:
            sheets.put(77, sheets.y, f"Children’s services in {front.name} {shown}", 14, bold=True)
            sheets.y -= 24


def _board_grade(sheets: Sheets, grade: str) -> None:
    sheets.y -= 24
    shown = says(grade)
    lead = "The effectiveness of the Local Safeguarding Children Board (LSCB)"
    if shown.startswith("is "):
        lead, shown = f"{lead} is", shown[3:]
    for line in wrap(lead, 440, 14):
        sheets.put(72, sheets.y, f"{line} ", 14)
        sheets.y -= 17
    sheets.put(72, sheets.y, shown, 14, bold=True)
    sheets.y -= 21
    sheets.aside("The board has not shown that it does all that is asked of it.", gap=0)


def contents_page(sheets: Sheets, at: int, since: int) -> None:
    ops = [Op(72, 722, "Contents ", 26)]
    y = 697.0
    for text, page, level in sheets.headings:
        if level > 2 or page <= since:
            continue
        size, x = (14, 72) if level == 1 else (12, 86)
        lines = wrap(text, 400, size, bold=level == 1)
        for line in lines:
            ops.append(Op(x, y, line, size, level == 1))
            if line is lines[-1]:
                ops.append(Op(515, y, f"{page}", size, level == 1))
            y -= size * 1.2
        y -= 8
    sheets.pages[at] += ops


def area_page(sheets: Sheets, name: str, style: str, note: str, counts: int = 8) -> None:
    heading = "Information about this local authority area"
    sheets.heading(heading, note=note)
    if note:
        sheets.footnotes([(note, AREA_NOTE)])
    if style == "2017":
        sheets.heading("Previous Ofsted inspections", size=12, level=3)
        sheets.item(
            f"The council runs two children’s homes in {name}; both were good when last seen.",
            role="context",
            mark=BULLET,
            x=90,
            gap=6,
        )
        sheets.heading("Local leadership", size=12, level=3)
        sheets.item(
            "The director of children’s services took up the post two springs ago.",
            role="context",
            mark=BULLET,
            x=90,
            gap=6,
        )
    sheets.heading("Children living in this area", size=12, level=3)
    first, second = (72.0, 117.0) if style == "2017" else (100.0, 135.0)
    for count in range(counts):
        if count == 5:
            sheets.heading("Child protection in this area", size=12, level=3)
        text = words.statistic(count, name)
        sheets.item(text, role="context", mark=BULLET, mark_x=first, x=first + 18, gap=6)
        if text.endswith(":"):
            for sub in (0, 1) if count < 6 else (2, 3):
                sheets.item(
                    words.sub_statistic(sub),
                    role="context",
                    mark=SECOND_LEVEL,
                    mark_x=second,
                    x=second + 18,
                    gap=6,
                    level=2,
                )


def about_page(sheets: Sheets, size: float, level: int) -> None:
    sheets.heading("Information about this inspection", size=size, level=level, area="")
    for text in ABOUT:
        sheets.item(text, role="context")
    sheets.heading("The inspection team", size=12, level=3)
    for text in TEAM:
        sheets.aside(text)


def annex(sheets: Sheets, title: str, whose: str) -> None:
    sheets.new_page()
    sheets.heading(title, size=16, level=1, area="")
    for text in MEANINGS:
        sheets.aside(text.format(whose=whose))


def grade_box(sheets: Sheets, label: str, grade: str, style: str) -> None:
    """Set a heading with its grade beside it, as in a table of one row."""
    bold = style == "2017"
    size = 14 if bold else 12
    if not bold:
        sheets.put(72, sheets.y, "Key judgement", bold=True)
        sheets.put(380, sheets.y, "Judgement grade", bold=True)
        sheets.y -= 30
    lines = wrap(label, 260 if bold else 290, size, bold)
    middle = sheets.y - (len(lines) - 1) / 2 * size * 1.15 - (1 if len(lines) > 1 else 0)
    for line in lines:
        sheets.put(77 if bold else 73, sheets.y, f"{line} ", size, bold)
        sheets.y -= size * 1.15
    sheets.put(358 if bold else 380, middle, f"{grade} ", size, bold)
    sheets.y -= 16
