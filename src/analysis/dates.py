"""Partial dates: a day, a month or a year, whichever the document prints.

A date is kept as ISO text (`2016-08-03`, `2016-08`, `2016`), because a month that is known must
not turn into a day that is not. `dd/mm/yyyy` is read too, never the American order.

What counts as now is decided here too: a report whose date is pinned is the same whenever it is
made.
"""

from __future__ import annotations

import os
import re
import time
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from analysis.errors import FindingsError

_ISO: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SECONDS: Final = re.compile(r"[0-9]{1,11}")
_BRITISH: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
EARLIEST_YEAR: Final = 1989
"""The Children Act 1989 is older than any document read here; earlier years are typing errors."""
LATEST_YEAR: Final = 2100
DATE_VARIABLE: Final = "SOURCE_DATE_EPOCH"
"""Pins the date: seconds since 1970, UTC."""
ALLOWED: Final = "2024-01-31, 2024-01, 2024 or 31/01/2024"


@dataclass(frozen=True)
class PartialDate:
    """A date of which the month or the day may be unknown.

    Examples
    --------
    >>> PartialDate.parse("2016-08").label
    'August 2016'
    >>> PartialDate.parse("31/01/2024").iso
    '2024-01-31'
    >>> PartialDate.parse("2016").latest
    datetime.date(2016, 12, 31)
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ISO (whole or partial) or dd/mm/yyyy.

        Raises
        ------
        ValueError
            If the text is neither, or is no date of the calendar.
        """
        text = text.strip()
        if british := _BRITISH.fullmatch(text):
            day, month, year = (int(part) for part in british.groups())
            return cls(year, month, day)._checked()
        if iso := _ISO.fullmatch(text):
            rest = (int(part) if part else None for part in iso.groups()[1:])
            return cls(int(iso[1]), *rest)._checked()
        raise ValueError(f"{text!r} is not a date")

    def _checked(self) -> PartialDate:
        if not EARLIEST_YEAR <= self.year <= LATEST_YEAR:
            raise ValueError(f"the year {self.year} cannot be right")
        month, day = (1 if part is None else part for part in (self.month, self.day))
        date(self.year, month, day)
        return self

    @property
    def iso(self) -> str:
        """ISO text, as long as what is known."""
        month = f"-{self.month:02d}" if self.month else ""
        day = f"-{self.day:02d}" if self.day else ""
        return f"{self.year}{month}{day}"

    @property
    def earliest(self) -> date:
        """First day that it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """Last day that it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def label(self) -> str:
        """For reading: `31 January 2024`, `August 2016`, `2016`."""
        if self.month is None:
            return str(self.year)
        month = self.earliest.strftime("%B %Y")
        return f"{self.day} {month}" if self.day else month

    @property
    def short(self) -> str:
        """For axes: `Jan 2024`, or the year where no month is known."""
        return self.earliest.strftime("%b %Y") if self.month else str(self.year)


def span_label(start: str, end: str) -> str:
    """Name a visit's dates as a reader would write them.

    Examples
    --------
    >>> span_label("2024-11-18", "2024-11-29")
    '18 to 29 November 2024'
    >>> span_label("2024-01-31", "2024-02-01")
    '31 January to 1 February 2024'
    >>> span_label("2016-08", "")
    'August 2016'
    """
    first = PartialDate.parse(start)
    if not end or end == start:
        return first.label
    last = PartialDate.parse(end)
    if first.day and last.day and (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {last.label}"
    if first.year == last.year:
        return f"{first.label.removesuffix(f' {first.year}')} to {last.label}"
    return f"{first.label} to {last.label}"


def month(start: str) -> str:
    """Return the month, or the year where no month is known, in which something began.

    Examples
    --------
    >>> month("2024-11-18"), month("2016")
    ('November 2024', '2016')
    """
    day = PartialDate.parse(start)
    return PartialDate(day.year, day.month).label


def today() -> date:
    """Return today's date, or that of `SOURCE_DATE_EPOCH` (seconds since 1970, UTC) where set.

    Raises
    ------
    FindingsError
        If the variable is not a number.
    """
    return datetime.fromtimestamp(now(), UTC).date()


def now() -> int:
    """Return the seconds since 1970 that count as now: those of `SOURCE_DATE_EPOCH` where set.

    Raises
    ------
    FindingsError
        If the variable is not a number.
    """
    pinned = os.environ.get(DATE_VARIABLE)
    if pinned is None:
        return int(time.time())
    if not _SECONDS.fullmatch(pinned):
        raise FindingsError(
            f"{DATE_VARIABLE} is {pinned!r}; set it to seconds since 1970, or unset it."
        )
    return int(pinned)
