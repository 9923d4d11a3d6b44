"""What a composed document says of itself, and the words that many layouts share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

Span = tuple[date, date]

NAMES: Final[dict[str, tuple[str, str]]] = {
    "knowsley": ("Knowsley", "Knowsley Metropolitan Borough Council"),
    "stockport": ("Stockport", "Stockport Metropolitan Borough Council"),
    "kent": ("Kent", "Kent County Council"),
    "leeds": ("Leeds", "Leeds City Council"),
    "liverpool": ("Liverpool", "Liverpool City Council"),
    "hillingdon": ("Hillingdon", "London Borough of Hillingdon"),
    "wigan": ("Wigan", "Wigan Council"),
    "west-berkshire": ("West Berkshire", "West Berkshire Council"),
    "brighton-and-hove": ("Brighton and Hove", "Brighton and Hove City Council"),
    "kingston-upon-hull": ("Kingston upon Hull", "Kingston upon Hull City Council"),
    "st-helens": ("St Helens", "St Helens Council"),
}
"""Each authority's short name and its council's, by slug."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph that a reader should give back.

    The page is the one on which it begins, counted from 1, and `last_page` the one on which it
    ends; both are 0 where the format has no pages.
    """

    number: str
    section: str
    role: str
    page: int
    text: str
    area: str = ""
    last_page: int = 0


@dataclass(frozen=True)
class Block:
    """A piece of a document in reading order: heading, text, bullet, line or row of a table."""

    kind: str
    text: str
    mark: str = ""
    level: int = 1
    role: str = ""


@dataclass(frozen=True)
class Composed:
    """A document's bytes and what it says.

    `apart` holds what is printed but is no finding: footnotes, annexes, contact details, closing
    words. `visits` holds each span of days, `missing_numbers` those left out of a printed run.
    """

    content: bytes = field(repr=False)
    suffix: str
    authority: str = ""
    kind: str = ""
    framework: str = ""
    visit_start: str = ""
    visit_end: str = ""
    published: str = ""
    grades: dict[str, str] = field(default_factory=dict)
    paragraphs: list[Paragraph] = field(default_factory=list, repr=False)
    apart: list[str] = field(default_factory=list, repr=False)
    visits: list[tuple[str, str]] = field(default_factory=list)
    missing_numbers: list[int] = field(default_factory=list)
    pages: int = 0
    blocks: list[Block] = field(default_factory=list, repr=False)


def unpaged(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs as they are in a format that has no pages."""
    return [replace(paragraph, page=0, last_page=0) for paragraph in paragraphs]


def spans(start: date, end: date | None, more: Sequence[Span] = ()) -> list[Span]:
    """Return the visit's spans of days in order."""
    return sorted([(start, end or start), *more])


def iso(visits: Sequence[Span]) -> list[tuple[str, str]]:
    """Return spans as ISO text.

    >>> iso([(date(2024, 3, 4), date(2024, 3, 8))])
    [('2024-03-04', '2024-03-08')]
    """
    return [(start.isoformat(), end.isoformat()) for start, end in visits]


def day(moment: date, month: str = "%B") -> str:
    """Print a day as reports do.

    >>> day(date(2019, 2, 5)), day(date(2019, 2, 5), "%b")
    ('5 February 2019', '5 Feb 2019')
    """
    return f"{moment.day} {moment.strftime(month)} {moment.year}"


def _joined(span: Span, sign: str) -> str:
    start, end = span
    if start.year != end.year:
        return f"{day(start)} {sign} {day(end)}"
    if start.month != end.month:
        return f"{start.day} {start.strftime('%B')} {sign} {day(end)}"
    return f"{start.day} {sign} {day(end)}"


def title_dates(visits: Sequence[Span], style: str = "to") -> str:
    r"""Print the dates of a visit as they stand under a title.

    The styles are to, dash, tight-dash, full, full-dash, full-tight-dash, hyphen, uneven-hyphen,
    box-dash, short, slashes and slashes-to; one day is printed alone, and split visits are joined
    with "and", each with its own month and year in the style full.

    >>> two = (date(2019, 4, 29), date(2019, 5, 10))
    >>> title_dates([two]), title_dates([two], "full")
    ('29 April to 10 May 2019', '29 April 2019 to 10 May 2019')
    >>> title_dates([two], "short")
    '29 Apr 2019 to 10 May 2019'
    >>> title_dates([two], "slashes") == "29/04/2019 \N{EN DASH} 10/05/2019"
    True
    >>> june = [(date(2023, 6, 12), date(2023, 6, 16)), (date(2023, 6, 26), date(2023, 6, 30))]
    >>> title_dates(june)
    '12 to 16 and 26 to 30 June 2023'
    >>> title_dates(june, "full")
    '12 to 16 June 2023 and 26 to 30 June 2023'
    """
    *earlier, last = visits
    if earlier:
        if style == "full":
            return " and ".join(_joined(span, "to") for span in visits)
        same = all(s.month == last[1].month and e.month == last[1].month for s, e in visits)
        first = [
            f"{s.day} to {e.day}" if same else f"{s.day} {s:%B} to {e.day} {e:%B}"
            for s, e in earlier
        ]
        return " and ".join([*first, title_dates([last])])
    start, end = last
    if start == end:
        return f"{start:%d/%m/%Y}" if style.startswith("slashes") else day(start)
    return {
        "slashes": f"{start:%d/%m/%Y} – {end:%d/%m/%Y}",
        "slashes-to": f"{start:%d/%m/%Y} to {end:%d/%m/%Y}",
        "hyphen": f"{day(start)} - {day(end)}",
        "uneven-hyphen": f"{day(start)}- {day(end)}",
        "box-dash": f"{day(start)} ─ {day(end)}",
        "full-tight-dash": f"{day(start)}–{day(end)}",
        "short": f"{day(start, '%b')} to {day(end, '%b')}",
        "full": f"{day(start)} to {day(end)}",
        "full-dash": f"{day(start)} – {day(end)}",
        "tight-dash": _joined(last, "–").replace(" – ", "–"),
        "dash": _joined(last, "–"),
        "to": _joined(last, "to"),
    }[style]


def prose_dates(visits: Sequence[Span]) -> str:
    """Print the dates of a visit as a letter's sentence does.

    >>> prose_dates([(date(2024, 1, 31), date(2024, 2, 1))])
    'on 31 January and 1 February 2024'
    >>> prose_dates([(date(2024, 3, 5), date(2024, 3, 6))])
    'on 5 and 6 March 2024'
    >>> prose_dates([(date(2024, 3, 5), date(2024, 3, 5))])
    'on 5 March 2024'
    >>> prose_dates([(date(2024, 3, 5), date(2024, 3, 7))])
    'from 5 to 7 March 2024'
    """
    first, last = visits[0][0], visits[-1][1]
    if len(visits) == 1 and first == last:
        return f"on {day(first)}"
    if len(visits) == 1 and (last - first).days == 1:
        return f"on {_joined((first, last), 'and')}"
    return f"from {title_dates(visits)}"
