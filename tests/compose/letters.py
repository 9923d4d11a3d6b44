"""Letters after focused visits and monitoring visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from compose import words
from compose.model import NAMES, Composed, Span, day, iso, prose_dates, spans
from compose.pages import Furniture, Op, Sheets

ADDRESSEE: Final = (
    "Director of Children’s Services",
    "Civic Offices",
    "1 Example Street",
    "Anytown",
    "AA1 1AA",
)
SCOPES: Final = (
    "matching children with the right home",
    "homes that suit, and are safe",
    "education, work and training",
    "keeping in touch with young people who live far away",
    "help for those with particular needs (young parents, say, or those who came to "
    "this country alone).",
)
DATES: Final = {
    "bullets": (date(2019, 9, 10), date(2019, 9, 11), date(2019, 10, 8)),
    "paragraphs": (date(2024, 5, 14), date(2024, 5, 15), date(2024, 6, 18)),
}
IMPROVE: Final = "What needs to improve in this area of social work practice"
CLOSING: Final = "Ofsted will weigh this letter when it plans its next call on your council."


def _letterhead(low: float, first: str = "") -> list[Op]:
    street = [*([first] if first else []), "Piccadilly Gate", "Store Street ", "Manchester M1 2WD"]
    ops = [Op(72, low + 10.5 * (len(street) - 1 - i), text, 9) for i, text in enumerate(street)]
    return [
        *ops,
        Op(240, low + 32, "T 0300 123 1231", 8, True),
        Op(240, low + 21, "Textphone 0161 618 8524", 8, True),
        Op(240, low + 10.5, "enquiries@ofsted.gov.uk", 9),
        Op(240, low, "www.gov.uk/ofsted", 9),
    ]


def _furniture(early: bool) -> Furniture:
    def number(page: int) -> Sequence[Op]:
        if page == 1:
            return []
        return [Op(72, 71, f"{page}", 9) if early else Op(518, 59, f"{page}")]

    return number


def _open(sheets: Sheets, moment: date | None, early: bool, title: str) -> None:
    sheets.late = _letterhead(675) if early else _letterhead(754, "Ofsted ")
    sheets.y = 624 if early else 704
    if moment:
        sheets.aside(day(moment), gap=15)
    for line in ADDRESSEE:
        sheets.aside(line, gap=15 if line is ADDRESSEE[-1] else 0.6)
    sheets.y -= 15
    sheets.aside("Dear Director")
    sheets.heading(title, size=12, level=1, area="")


def _close(sheets: Sheets) -> None:
    sheets.section = sheets.area = ""
    sheets.room(120)
    sheets.aside(CLOSING)
    sheets.aside("Yours sincerely", gap=28)
    sheets.aside("The Lead Inspector", gap=0)
    sheets.aside("His Majesty’s Inspector", bold=True)


def _with_date(
    sheets: Sheets, visits: Sequence[Span], published: date | None, **truth: str
) -> Composed:
    return sheets.composed(
        visit_start=visits[0][0].isoformat(),
        visit_end=visits[-1][1].isoformat(),
        published=published.isoformat() if published else "",
        visits=iso(visits),
        **truth,
    )


def focused_visit_letter(
    *,
    authority: str = "knowsley",
    style: str = "bullets",
    start: date | None = None,
    end: date | None = None,
    published: date | None = None,
    theme: str = "care",
    overview_heading: str = "",
    improve_heading: str = IMPROVE,
    findings_heading: str = "",
    scope_list: bool | None = None,
    bullet: str = "",
    bullet_x: float | None = None,
    opening: str = "This letter tells you what inspectors found at a focused visit to",
    overview: int = 2,
    priority_actions: int = 0,
    needs: int = 3,
    findings: int = 9,
) -> Composed:
    """Compose a letter after a focused visit, of the early form (bullets) or the late (paragraphs).

    Headings, bullets and the list of what was looked at follow the style unless they are given.
    Without a start, the dates are those of the style's own time; without an end, one day; with a
    start and no day of publication, none is printed.
    """
    if start is None:
        start, end, own = DATES[style]
        published = published or own
    early = {"bullets": True, "paragraphs": False}[style]
    name, council = NAMES[authority]
    visits = spans(start, end)
    sheets = Sheets(furniture=_furniture(early), bottom=85 if early else 74)
    mark = bullet or ("\uf06e" if early else "◼")
    mark_x = bullet_x or (90 if early else 72)
    listed = (not early) if scope_list is None else scope_list
    who = council if early else name
    _open(sheets, published, early, f"Focused visit to {who} children’s services")
    hosts = "Two of His Majesty’s Inspectors came."
    dates = prose_dates(visits)
    sheets.item(f"{opening} {name} children’s services {dates}. {hosts}", role="context")
    sheets.section = ""
    if listed:
        sheets.item(
            "Inspectors looked at the local authority’s arrangements in favour of this group "
            "of children. They asked above all about:",
            role="context",
        )
        for scope in SCOPES:
            sheets.item(scope, role="context", mark=mark, mark_size=10, mark_x=90, x=107, gap=6)
        sheets.y -= 8
    else:
        sheets.item(
            "Inspectors looked at the local authority’s arrangements to match children with "
            "the right home, and at how decision-making is recorded and overseen.",
            role="context",
        )
    sheets.item(
        "They read records, listened to social workers, carers and young people, and drew on the "
        "council’s own audits and figures. The visit followed the ILACS framework.",
        role="context",
    )
    sheets.heading(overview_heading or ("Overview" if early else "Headline findings"), size=12)
    for place in range(overview):
        sheets.item(words.paragraph(theme, 30 + place, 3), role="summary")
    told = 3
    for heading, count in (
        ("Areas for priority action", priority_actions),
        (improve_heading, needs),
    ):
        if count:
            sheets.heading(heading, size=12)
        for _ in range(count):
            text = words.need(theme, told, "noun")
            sheets.item(text, role="need", mark=mark, mark_x=mark_x, x=mark_x + 18)
            told += 1
    sheets.heading(findings_heading or ("Findings" if early else "Main findings"), size=12)
    for place in range(findings):
        text = words.paragraph(theme, 40 + place, 5)
        if early:
            sheets.item(text, role="body", mark=mark, mark_x=mark_x, x=mark_x + 18, gap=14)
        else:
            sheets.item(text, role="body", gap=14)
    _close(sheets)
    return _with_date(
        sheets,
        visits,
        published,
        authority=authority,
        kind="focused-visit",
        framework="ILACS",
    )


def monitoring_letter(
    *,
    authority: str = "liverpool",
    start: date = date(2017, 6, 6),
    end: date | None = date(2017, 6, 7),
    published: date | None = date(2017, 7, 4),
    framework: str = "SIF",
    visit_number: str = "second",
    bullets: bool = False,
    findings: int = 8,
) -> Composed:
    """Compose a letter after a monitoring visit to an authority that was judged inadequate."""
    name, council = NAMES[authority]
    visits = spans(start, end)
    sheets = Sheets(furniture=_furniture(early=True), bottom=85)
    _open(sheets, published, True, f"Monitoring visit of {name} children’s services")
    sheets.item(
        f"This letter sums up the monitoring visit to {council} children’s services "
        f"{prose_dates(visits)}. It was the {visit_number} such visit since the council’s services "
        "were found inadequate overall. Two of His Majesty’s Inspectors came.",
        role="context",
    )
    sheets.item(
        "The council is making some headway in the work that this visit covered.", role="summary"
    )
    sheets.heading("Areas covered by the visit", size=12)
    sheets.item(
        "Inspectors went over the progress made for children at the front door, above all:",
        role="context",
    )
    for scope in ("thresholds and how they are told", "the first visit", "management oversight."):
        sheets.item(scope, role="context", mark="\uf0b7", mark_x=90, x=107, gap=4)
    sheets.y -= 8
    sheets.item(
        "They looked at electronic records, watched social workers take calls, and spoke with "
        "managers, parents and staff.",
        role="context",
    )
    sheets.heading("Overview", size=12)
    for place in range(2):
        sheets.item(words.paragraph("help", 50 + place, 3), role="summary")
    sheets.heading("Findings and evaluation of progress", size=12)
    for place in range(findings):
        theme = "help" if place < findings - 2 else "leaders"
        mark = "\uf0b7" if bullets else ""
        sheets.item(
            words.paragraph(theme, 60 + place, 4),
            role="body",
            mark=mark,
            x=90 if bullets else 72,
        )
    _close(sheets)
    return _with_date(
        sheets,
        visits,
        published,
        authority=authority,
        kind="monitoring-visit",
        framework=framework,
    )
