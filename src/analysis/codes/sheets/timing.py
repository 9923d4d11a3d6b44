"""When which document was read, from the times at which a reader had the sheets looked through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

PIECE: Final = 60
"""Most paragraphs that are read and written at once."""


class Times(NamedTuple):
    """When a document was read.

    Attributes
    ----------
    date, begun, ended
        Day, and times of day as `14:05`; blank where they are not known.
    pieces
        At how many looks more of the document was done; 0 where none was kept.
    """

    date: str = ""
    begun: str = ""
    ended: str = ""
    pieces: int = 0


class Look(NamedTuple):
    """One line of the log: when the sheets were looked through, and how much was done by then."""

    at: datetime
    done: int


def read_log(text: str) -> list[Look]:
    r"""Return the lines of a log that hold a time and a count; others tell nothing.

    Examples
    --------
    >>> [look.done for look in read_log("2026-01-05T10:00:00,12,0\n\nhello")]
    [12]
    """
    looks = []
    for line in text.splitlines():
        when, _, rest = line.partition(",")
        count = rest.partition(",")[0].strip()
        try:
            looks.append(Look(datetime.fromisoformat(when.strip()), int(count)))
        except ValueError:
            continue
    return looks


def last_done(log: str) -> int:
    """Return how many paragraphs were done when the sheets were looked through last."""
    looks = read_log(log)
    return looks[-1].done if looks else 0


def times(log: str, paragraphs: Sequence[int]) -> list[Times]:
    r"""Tell when each document was read: its paragraphs follow those of the documents before.

    A document was begun when the one before had last been looked through, and ended when all of it
    had been.

    Parameters
    ----------
    log
        Text of `log.csv`: time, paragraphs done, problems.
    paragraphs
        Of each document, in the order in which they were read.

    Examples
    --------
    >>> log = "2026-01-05T10:00:00,5,0\n2026-01-05T10:02:00,10,1\n2026-01-05T10:03:00,14,0\n"
    >>> for read in times(log, [10, 4]):
    ...     print(*read)
    2026-01-05  10:02 2
    2026-01-05 10:02 10:03 1
    """
    looks = read_log(log)
    ends = list(accumulate(paragraphs, initial=0))
    return [_times(looks, before, end) for before, end in pairwise(ends)]


def _times(looks: Sequence[Look], before: int, end: int) -> Times:
    ended = next((look.at for look in looks if look.done >= end), None)
    earlier = [look for look in looks if look.done <= before]
    counts = {min(look.done, end) for look in looks if look.done > before}
    if ended is None:
        return Times()
    begun = f"{earlier[-1].at:%H:%M}" if earlier and earlier[-1].at <= ended else ""
    return Times(f"{ended:%Y-%m-%d}", begun, f"{ended:%H:%M}", len(counts))
