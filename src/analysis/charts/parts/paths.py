"""Outlines of an SVG in few letters: each point told from the one before it.

Coordinates are counted in tenths of a point, and steps are taken between rounded places, so that
rounding never adds up along an outline.
"""

from __future__ import annotations

import re
from typing import Final

TENTHS: Final = 10
_PIECES: Final = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBERS: Final = re.compile(r"-?\d+(?:\.\d+)?")
_KNOWN: Final = frozenset("MLQCz")


def short_path(outline: str) -> str:
    """Return the same outline, to a tenth, in relative steps.

    Parameters
    ----------
    outline
        What matplotlib writes in `d`: absolute moves, lines and curves, and closings.

    Examples
    --------
    >>> short_path("M 10 20 L 60.04 20 L 60.04 30 L 59.5 31 z")
    'M10 20h50v10l-.5 1z'
    >>> short_path("M 0 0 A 1 1 0 0 0 2 2")
    'M 0 0 A 1 1 0 0 0 2 2'
    """
    pieces = [(letter, _NUMBERS.findall(told)) for letter, told in _PIECES.findall(outline)]
    if any(letter not in _KNOWN for letter, _told in pieces):
        return outline
    parts: list[str] = []
    here = start = (0, 0)
    last = ""
    for letter, told in pieces:
        numbers = [round(float(number) * TENTHS) for number in told]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if letter == "z":
            here, command, steps = start, "z", []
        elif letter == "M" and not parts:
            here = start = points[0]
            command, steps = "M", list(here)
        else:
            steps = [step for x, y in points for step in (x - here[0], y - here[1])]
            command = letter.lower()
            if command == "l":
                command, steps = _straight(*steps)
            here = points[-1]
            start = here if letter == "M" else start
        written = _written(steps)
        again = command == last and command not in "mMz"
        joined = written if written.startswith("-") else f" {written}"
        parts.append(joined if again else command + written)
        last = command
    return "".join(parts)


def _straight(right: int, down: int) -> tuple[str, list[int]]:
    """Say a line by one number where it runs along an axis."""
    if not down:
        return "h", [right]
    return ("l", [right, down]) if right else ("v", [down])


def _written(steps: list[int]) -> str:
    """Write numbers of tenths, with a space only where no sign parts them.

    Examples
    --------
    >>> _written([5, -120, 7, 0])
    '.5-12 .7 0'
    """
    written = ""
    for step in steps:
        whole, tenth = divmod(abs(step), TENTHS)
        shown = f"{whole or ''}.{tenth}" if tenth else str(whole)
        sign = "-" if step < 0 else ""
        written += f"{' ' if written and not sign else ''}{sign}{shown}"
    return written
