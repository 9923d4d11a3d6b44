"""How the program that wrote a project counted positions, told by the words that it selected."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from analysis.codes.exchange.model import Selection, Source

_LEAST: Final = 8
"""Characters of a selection's name from which on it tells where it was selected."""
_PLACE: Final = re.compile(r"line:\d+.*")


def label(line: int, number: str) -> str:
    """Name a selection by its line, from nought, and its paragraph.

    The line is what qualitative-coding knows a selection by, and reads from such a name alone.

    Examples
    --------
    >>> label(4, "3")
    'line:4 \N{PILCROW SIGN}3'
    """
    return f"line:{line} \N{PILCROW SIGN}{number}"


def settled(source: Source) -> Source:
    """Count positions as the program that wrote them did, told by the names of its selections.

    Programs that name a selection by its words let its positions be checked. Those that name none
    are taken at the standard's word.
    """
    found = with_line_feeds(source)
    named = [each for each in found.selections if _is_words(each.name)]
    if not named or _fits(found) == len(named):
        return found
    ways = [
        found,
        with_line_feeds(source, positions=False),
        with_line_feeds(in_code_points(source)),
    ]
    return max(ways, key=_fits)


def _fits(source: Source) -> int:
    return sum(
        source.text[each.start : each.end].startswith(each.name.rstrip(".\N{HORIZONTAL ELLIPSIS} "))
        for each in source.selections
        if _is_words(each.name)
    )


def _is_words(name: str) -> bool:
    return len(name) >= _LEAST and not _PLACE.fullmatch(name)


def with_line_feeds(source: Source, positions: bool = True) -> Source:
    r"""End lines with LF alone, with positions that stay where they were.

    Parameters
    ----------
    positions
        Whether they counted CRLF as two; some programs count it as one.

    Examples
    --------
    >>> source = Source("1", "x", "a\r\nb", (Selection("2", 3, 4),))
    >>> with_line_feeds(source).text, with_line_feeds(source).selections[0].start
    ('a\nb', 2)
    """
    if "\r" not in source.text:
        return source
    text = source.text
    gone = [at for at, sign in enumerate(text) if sign == "\r" and text[at + 1 : at + 2] == "\n"]

    def moved(at: int) -> int:
        return at - bisect_left(gone, at) if positions else at

    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return replace(source, text=lines, selections=_moved(source.selections, moved))


def _moved(selections: Iterable[Selection], move: Callable[[int], int]) -> tuple[Selection, ...]:
    return tuple(replace(each, start=move(each.start), end=move(each.end)) for each in selections)


def in_code_points(source: Source) -> Source:
    r"""Take positions that count UTF-16 units, as some programs' do, for positions in the text.

    Examples
    --------
    >>> source = Source("1", "x", "\U0001f642b", (Selection("2", 2, 3),))
    >>> in_code_points(source).selections[0].start
    1
    """
    places, at = [], 0
    for sign in source.text:
        places.append(at)
        at += 2 if ord(sign) > 0xFFFF else 1  # noqa: PLR2004 - the last sign of one unit

    def moved(unit: int) -> int:
        return bisect_left(places, unit) + max(unit - at, 0)

    return replace(source, selections=_moved(source.selections, moved))
