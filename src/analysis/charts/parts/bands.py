"""Bands of the timeline: runs of visits side by side, one band below the other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil
from typing import Final

import numpy as np
import pandas as pd

from analysis.charts.parts.drawing import EDGE, LINE, SIZE, WIDTH
from analysis.charts.parts.style import INK, MUTED, wrap
from analysis.charts.parts.visits import (
    PAUSE_LABEL,
    Boundary,
    Visit,
    boundaries,
    each_visit,
    scope_words,
)
from analysis.vocabulary import HELD, KINDS

LEFT: Final = 1.07
_NARROWEST: Final = 0.85
_WIDEST: Final = 1.6
_GRADED: Final = 1.22
"""How much wider the column of a visit with grades is than another, for the words in its tiles."""
STRIP: Final = 1.15
FRAMEWORK: Final = 0.34
ROW: Final = 0.63
_GAP: Final = 0.3


@dataclass(frozen=True)
class Band:
    """A run of visits drawn side by side, in inches from the upper left corner."""

    visits: list[Visit]
    boundaries: list[Boundary]
    heads: list[list[tuple[str, bool, str]]]
    rows: list[str]
    top: float
    edges: list[float]
    paused: bool
    last: bool

    @property
    def right(self) -> float:
        """Right edge of the last column."""
        return self.edges[-1]

    @property
    def head(self) -> float:
        """Where the words over the columns begin."""
        return self.top + STRIP

    @property
    def framework(self) -> float:
        """Where the names of the frameworks begin."""
        return self.head + LINE * max(map(len, self.heads)) + 0.12

    @property
    def grid(self) -> float:
        """Where the grades begin."""
        return self.framework + FRAMEWORK

    @property
    def bottom(self) -> float:
        """Where the band ends."""
        return self.grid + ROW * max(1, len(self.rows))

    def centre(self, position: int) -> float:
        """Middle of a column."""
        return (self.edges[position] + self.edges[position + 1]) / 2


def lay_bands(visits: pd.DataFrame, rows: list[str], graded: set[str]) -> list[Band]:
    """Share the visits out over as many bands as they need; those `graded` get wider columns."""
    room = WIDTH - LEFT - EDGE
    count = ceil(len(visits) / int(room / _NARROWEST))
    limits = boundaries(visits)
    paused = any(limit.label == PAUSE_LABEL for limit in limits)
    everyone = each_visit(visits)
    bands: list[Band] = []
    for places in np.array_split(np.arange(len(visits)), count) if count else []:
        part = [everyone[place] for place in places]
        edges = _edges([_GRADED if visit.visit in graded else 1 for visit in part], room)
        own = [Boundary(b.before - int(places[0]), b.label) for b in limits if b.before in places]
        heads = [
            _head(visit, right - left - 0.1)
            for visit, (left, right) in zip(part, pairwise(edges), strict=True)
        ]
        top = bands[-1].bottom + _GAP if bands else EDGE
        last = bool(part) and part[-1] is everyone[-1]
        bands.append(Band(part, own, heads, rows, top, edges, paused, last))
    return bands


def _edges(weights: list[float], room: float) -> list[float]:
    """Share room out by weight, none wider than need be; return the edges of the columns."""
    unit = min(_WIDEST, room / sum(weights))
    return [LEFT, *(LEFT + unit * width for width in accumulate(weights))]


def _head(visit: Visit, width: float) -> list[tuple[str, bool, str]]:
    """Return the lines of a column's head: text, whether bold, colour."""
    held = [] if visit.held == "primary" else wrap(HELD[visit.held], width, SIZE)
    return [
        *((line, True, INK) for line in wrap(visit.label, width, SIZE, bold=True)),
        *((line, False, INK) for line in wrap(KINDS[visit.kind], width, SIZE)),
        *((line, False, INK) for line in held),
        *((line, False, MUTED) for line in wrap(scope_words(visit.areas), width, SIZE)),
    ]
