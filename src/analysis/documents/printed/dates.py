"""Dates as inspectors print them: ranges, lists of days, single days, short months."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY: Final = r"(?:mon|tues?|wednes|wed|thurs?|fri|satur|sun)(?:day)?,?\s+"
_DAY: Final = r"(?P<day>\d{1,2})(?!\d)(?:st|nd|rd|th)?"
_NUMERIC: Final = r"(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>(?:19|20)\d\d)(?!\d)"
_TOKEN: Final = re.compile(
    rf"{_NUMERIC}|(?:{_WEEKDAY})?{_DAY}(?:\s*(?:of\s+)?{_MONTH})?(?:,?\s*(?P<year>(?:19|20)\d\d)"
    r"(?!\d))?",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(
    r"(?:\s|,|;|&|\(|\)|\u2013|\u2014|\u2212|\u2500|-|\bto\b|\band\b|\bfrom\b|\bbetween\b|\buntil\b|\bon\b"
    r"|\bthen\b|\bto the\b)*",
    re.IGNORECASE,
)
_TO: Final = re.compile(r"[\u2013\u2014\u2212\u2500-]|\bto\b|\buntil\b", re.IGNORECASE)
_AND: Final = re.compile(r"\band\b|&", re.IGNORECASE)
_FROM: Final = re.compile(r"\b(?:between|from)\s*(?:the\s+)?$", re.IGNORECASE)
APART: Final = timedelta(days=3)
"""Days further apart than a Friday and a Monday belong to two parts of a visit."""
LONGEST: Final = timedelta(days=300)
"""No visit lasts so long, not one that stopped and was taken up again: a year is misprinted."""


class Span(NamedTuple):
    """First and last day, as ISO text.

    Attributes
    ----------
    start, end
        The days.
    year_printed
        Whether a year stands there.
    in_order
        Whether no day is printed after a later one.
    parts
        First and last day of each part, where more than a weekend lies between two; else empty.
    misprinted
        Whether the years as printed make it longer than `LONGEST`; the last day's is taken for all.
    """

    start: str
    end: str
    year_printed: bool = True
    in_order: bool = True
    parts: tuple[tuple[str, str], ...] = ()
    misprinted: bool = False

    @property
    def days(self) -> int:
        """Days from the first to the last, both counted, those between two parts not."""
        parts = self.parts or ((self.start, self.end),)
        return sum(
            (date.fromisoformat(end) - date.fromisoformat(start)).days + 1 for start, end in parts
        )


class _Part(NamedTuple):
    """A day as printed; `ranged` where every day since the one before it is meant too."""

    day: int
    month: int
    year: int
    ranged: bool = False


def find_span(text: str, fallback_year: int = 0) -> Span | None:
    """Find the first date or range of dates in a text.

    Parameters
    ----------
    text
        Any text.
    fallback_year
        Year to take where none is printed; without it such dates are not read.

    Returns
    -------
    Span or None
        None where there is no date, or one that is none of the calendar.

    Examples
    --------
    >>> find_span("Inspection dates: 29 April - 21 May 2014")
    Span(start='2014-04-29', end='2014-05-21', year_printed=True, in_order=True, parts=(),
         misprinted=False)
    >>> find_span("on 15, 16 and 21 July 2025. The inspectors").parts
    (('2025-07-15', '2025-07-16'), ('2025-07-21', '2025-07-21'))
    >>> find_span("12/09/2016 - 06/10/2016").end
    '2016-10-06'
    >>> find_span("12 to 16 and 26 to 30 June 2023").start
    '2023-06-12'
    >>> find_span("between 10 Dec and 8 January 2019").start
    '2018-12-10'
    >>> find_span("20 to 9 September 2024").in_order
    False
    >>> find_span("on 24 October 2022 to 25 October 2023").start
    '2023-10-24'
    """
    for run in _runs(text):
        if all(part.month for part in run if part.day) or run[-1].month:
            return _resolve(run, fallback_year)
    return None


def find_day(text: str) -> str:
    """Find a single whole date; `""` where there is none.

    Examples
    --------
    >>> find_day("Report published: 30 June 2014")
    '2014-06-30'
    """
    for found in _TOKEN.finditer(text):
        part = _part(found)
        if part.month and part.year:
            return _iso(part)
    return ""


def _runs(text: str) -> list[list[_Part]]:
    """Dates that stand together, joined by nothing but small words and dashes."""
    runs: list[list[_Part]] = []
    begin = end = -1
    for found in _TOKEN.finditer(text):
        part = _part(found)
        if not 1 <= part.day <= 31:  # noqa: PLR2004
            continue
        if end >= 0 and _BETWEEN.fullmatch(text, end, found.start()):
            ranged = _ranges(text[:begin], text[end : found.start()])
            runs[-1].append(part._replace(ranged=ranged))
        else:
            runs.append([part])
        begin, end = found.span()
    return [_trimmed(run) for run in runs if any(part.month for part in run)]


def _ranges(before: str, between: str) -> bool:
    """Whether two days are the first and the last of a range, from the words around the first."""
    if _FROM.search(between):
        return False
    return bool(_TO.search(between) or (_AND.search(between) and _FROM.search(before)))


def _trimmed(run: list[_Part]) -> list[_Part]:
    """Drop days after the last that has a month: they are numbers of something else."""
    last = max(i for i, part in enumerate(run) if part.month)
    return run[: last + 1]


def _part(found: re.Match[str]) -> _Part:
    if found["d"]:
        return _Part(int(found["d"]), int(found["m"]), int(found["y"]))
    month = 0
    if found["month"]:
        stem = found["month"].lower()[:3]
        month = next(i for i, name in enumerate(_MONTHS, start=1) if name.startswith(stem))
    return _Part(int(found["day"]), month, int(found["year"] or 0))


def _resolve(run: list[_Part], fallback_year: int) -> Span | None:
    printed = any(part.year for part in run)
    month, year = 0, 0 if printed else fallback_year
    days: list[date] = []
    for part in reversed(run):
        month = part.month or month
        year = part.year or year
        try:
            day = date(year, month, part.day)
            if days and not part.year and day > days[-1] and part.month:
                day = day.replace(year=year - 1)
        except ValueError:
            return None
        days.append(day)
    days.reverse()
    in_order = days == sorted(days)
    misprinted = in_order and days[-1] - days[0] > LONGEST
    if misprinted:
        days = sorted(_in_year(day, days[-1]) for day in days)
    parts = _parts(days, [part.ranged for part in run]) if in_order else ()
    return Span(min(days).isoformat(), max(days).isoformat(), printed, in_order, parts, misprinted)


def _in_year(day: date, last: date) -> date:
    """Move a day to the year before or up to the last one."""
    leap = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    moved = leap.replace(year=last.year)
    return moved if moved <= last else leap.replace(year=last.year - 1)


def _parts(days: list[date], ranged: list[bool]) -> tuple[tuple[str, str], ...]:
    """Bring together days that are named as a range or lie no more than a weekend apart."""
    parts: list[tuple[date, date]] = []
    for day, goes_on in zip(days, ranged, strict=True):
        if parts and (goes_on or day - parts[-1][1] <= APART):
            parts[-1] = (parts[-1][0], day)
        else:
            parts.append((day, day))
    if len(parts) == 1:
        return ()
    return tuple((first.isoformat(), last.isoformat()) for first, last in parts)


def _iso(part: _Part) -> str:
    try:
        return date(part.year, part.month, part.day).isoformat()
    except ValueError:
        return ""
