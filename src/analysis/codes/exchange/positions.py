"""How the program that wrote a project counted positions, told by the words that it selected."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from analysis.codes.exchange.model import Selection, Source

_LEAST: Final = 8
"""Characters of a selection's name from which on it tells where it was selected."""
_FAR: Final = 2**62
_LAST: Final = 0xFFFF
"""The last sign that UTF-16 writes as one unit."""
_NEAR: Final = 2_000
"""Characters around a position in which words are looked for that do not stand there."""
_LETTERS: Final = re.compile(r"[^\W_]+")
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
    return max([*ways, *map(_without_mark, ways)], key=_fits)


def _without_mark(source: Source) -> Source:
    """Take positions that counted a byte-order mark, which no text here begins with."""
    return replace(source, selections=_moved(source.selections, lambda at: at - 1))


def _fits(source: Source) -> int:
    return sum(
        source.text.startswith(
            each.name.rstrip(".\N{HORIZONTAL ELLIPSIS} "), max(each.start, 0), max(each.end, 0)
        )
        for each in source.selections
        if _is_words(each.name)
    )


def found_again(selection: Selection, text: str) -> Selection | None:
    """Return a selection where its words stand: where it says, else once nearby; None if neither.

    Letters and digits are compared; a selection that names no words is taken at its position.

    Examples
    --------
    >>> found_again(Selection("1", 2, 6, name="late"), "are late.").start
    4
    >>> found_again(Selection("1", 2, 6, name="early"), "are late.")
    """
    start, end, words = selection.start, selection.end, selection.name
    fits = 0 <= start < end <= len(text)
    if fits and (not words or _letters(text[start:end]) == _letters(words)):
        return selection
    first = max(start - _NEAR, 0)
    near = text[first : max(start, 0) + len(words) + _NEAR] if words else ""
    if not words or near.count(words) != 1:
        return None
    at = first + near.index(words)
    return replace(selection, start=at, end=at + len(words))


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text))


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
    selections = source.selections
    if positions:
        signs = _signs(source.text)
        gone = np.flatnonzero((signs[:-1] == ord("\r")) & (signs[1:] == ord("\n")))
        # an end between CR and LF goes behind both, so that what holds the CR alone holds the LF
        before = np.array([0, 1])
        selections = _moved(selections, lambda at: at - np.searchsorted(gone, at - before))
    lines = source.text.replace("\r\n", "\n").replace("\r", "\n")
    return replace(source, text=lines, selections=selections)


def _signs(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _moved(
    selections: Sequence[Selection], move: Callable[[np.ndarray], np.ndarray]
) -> tuple[Selection, ...]:
    places = [(_within(each.start), _within(each.end)) for each in selections]
    moved = move(np.array(places, dtype=np.int64).reshape(-1, 2)).tolist()
    return tuple(
        replace(each, start=start, end=end)
        for each, (start, end) in zip(selections, moved, strict=True)
    )


def _within(at: int) -> int:
    """A position that an array can hold; beyond any text it is as wrong as it was."""
    return max(-_FAR, min(at, _FAR))


def in_code_points(source: Source) -> Source:
    r"""Take positions that count UTF-16 units, as some programs' do, for positions in the text.

    Examples
    --------
    >>> source = Source("1", "x", "\U0001f642b", (Selection("2", 2, 3),))
    >>> in_code_points(source).selections[0].start
    1
    """
    units = np.cumsum(1 + (_signs(source.text) > _LAST))
    ends = np.concatenate([[0], units])

    def moved(at: np.ndarray) -> np.ndarray:
        beyond = np.maximum(at - ends[-1], 0)
        return np.asarray(np.searchsorted(ends, np.minimum(at, ends[-1])) + beyond)

    return replace(source, selections=_moved(source.selections, moved))
