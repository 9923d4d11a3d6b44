"""The house style: the Government Analysis Function's palette and matplotlib style.

A status is never told by colour alone: each has a symbol, and its tile survives greyscale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.style import context as style_context
from matplotlib.textpath import text_to_path
from matplotlib.typing import RcKeyType

from analysis.vocabulary import CONFIDENCE, DIFFERS

NAVY: Final = "#12436D"
SLATE: Final = "#6B747B"
PLUM: Final = "#801650"
ORANGE: Final = "#F46A25"
HOLE: Final = "#E1E5E8"
"""Ground of what nobody looked at, and of nothing else."""
STAVE: Final = "#DDE2E6"
"""Lines on which marks stand, and rules between rows."""
RULE: Final = "#C9CDCF"
"""Lines of a scale."""
BAND: Final = "#F4F6F7"
"""Ground of every other row, in place of rules."""
PAPER: Final = "#FFFFFF"
INK: Final = "#0B0C0C"
MUTED: Final = "#505A5F"
"""Text of lesser weight; 7:1 on white."""
ON_ORANGE: Final = "#0B0C0D"
"""What stands on a mark that is bright on dark ground too."""


@dataclass(frozen=True)
class Mark:
    """How a status is drawn: tile colour, colour of what stands on it, symbol, word."""

    fill: str
    ink: str
    symbol: str
    word: str


MARKS: Final[dict[str, Mark]] = {
    "strength": Mark(NAVY, PAPER, "^", "strength"),
    "mixed": Mark(SLATE, PAPER, "D", "mixed"),
    "weakness": Mark(ORANGE, ON_ORANGE, "v", "weakness"),
    DIFFERS: Mark(PLUM, PAPER, "X", DIFFERS),
}
"""Marks of the statuses with a direction; symbols are matplotlib markers."""
LOW: Final = CONFIDENCE[0]
"""The confidence of what is drawn thin, or dotted in a tile."""
ON_LITTLE: Final = "on little"
"""What a chart says of it."""

POINTS: Final = 72
"""Points to the inch."""
_JOINED: Final = 0.5
_KERNED: Final = 0.02
"""By how much, in sizes of the text and in parts of a line, a line may differ from the sum of its
letters at most: over twice what it does in any wording of a need that was measured."""
_BREAK: Final = re.compile(r"(?= )|(?<=\w-)(?=\w)")
"""Where a line may break: before a space, and after the hyphen of a word."""

_SETTINGS: Final[dict[RcKeyType, Any]] = {
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.grid": False,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.labelsize": 10,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "text.color": INK,
    "text.parse_math": False,
}


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the house style and leave the user's own settings as they were."""
    with style_context("afcharts.afcharts"), mpl.rc_context(_SETTINGS):
        yield


def new_figure(width: float, height: float) -> Figure:
    """Return a figure (inches) that no global state keeps alive."""
    return Figure(figsize=(width, height))


def inch_axes(figure: Figure) -> Axes:
    """Return axes over the whole figure, in inches from its upper left corner.

    Charts that are laid out as a page place every mark by these, so nothing shifts on drawing.
    """
    width, height = figure.get_size_inches()
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    return axes


@cache
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line of text in inches, measured in DejaVu Sans.

    Examples
    --------
    >>> text_width("theme", 10) < text_width("theme", 10, bold=True) < text_width("theme", 20)
    True
    """
    font = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    width, _height, _descent = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / POINTS


def _fits(text: str, width: float, size: float, *, bold: bool) -> bool:
    """Whether a line of text is at most so wide.

    Measuring text costs more than all else in a chart, so only a line about as long as there is
    room is measured; of others the widths of their letters tell.
    """
    letters = sum(_letter_width(letter, size, bold) for letter in text)
    if abs(letters - width) > size / POINTS * _JOINED + width * _KERNED:
        return letters < width
    return text_width(text, size, bold=bold) <= width


@cache
def _letter_width(letter: str, size: float, bold: bool) -> float:
    """What a letter takes within a line."""
    return text_width(f"n{letter}n", size, bold=bold) - text_width("nn", size, bold=bold)


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Break text at spaces and after hyphens into lines of at most `width` inches.

    A longer word stays whole.

    Examples
    --------
    >>> wrap("Audit and quality assurance", 1.0, 10)
    ['Audit and', 'quality', 'assurance']
    >>> wrap("a re-inspection", 0.8, 10)
    ['a re-', 'inspection']
    """
    lines: list[str] = []
    for piece in _BREAK.split(" ".join(text.split())):
        longer = f"{lines[-1]}{piece}" if lines else piece
        if lines and _fits(longer, width, size, bold=bold):
            lines[-1] = longer
        elif piece:
            lines.append(piece.strip())
    return lines
