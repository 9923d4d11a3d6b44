"""How many codes of a visit are a weakness, mixed or a strength, group of themes by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.charts.parts.visits import Visit
from analysis.data.codebook import Codebook, Group
from analysis.dates import month
from analysis.results.votes import voting
from analysis.vocabulary import ABSENCES, HELD, KINDS, looked_at

FEW: Final = 5
"""Fewer voting codes than this are drawn one by one, not as shares."""
SIDES: Final = ("weakness", "mixed", "strength")
UNLOOKED: Final = ABSENCES["not in scope"].brief
SILENT: Final = ABSENCES["silent"].brief
NOT_COUNTED: Final = "reported, not counted"


@dataclass(frozen=True)
class Bar:
    """Voting codes of one group of themes at one visit."""

    group: Group
    visit: Visit
    weakness: int
    mixed: int
    strength: int
    note: str

    @property
    def n(self) -> int:
        """How many codes vote."""
        return self.weakness + self.mixed + self.strength

    @property
    def few(self) -> bool:
        """Whether they are drawn one by one."""
        return self.n < FEW

    def count(self, side: str) -> int:
        """Return how many of them say so."""
        return {"weakness": self.weakness, "mixed": self.mixed, "strength": self.strength}[side]

    def share(self, side: str) -> float:
        """Return their part of all."""
        return self.count(side) / self.n

    @property
    def spoken(self) -> str:
        """Label for a screen reader."""
        counts = ", ".join(f"{side} {self.count(side)}" for side in SIDES)
        where = f"{self.group.name}, {month(self.visit.start)}, {KINDS[self.visit.kind]}"
        return f"{where}: {counts}, of {self.n} voting codes"


def bars_of(coded: pd.DataFrame, visits: list[Visit], codebook: Codebook) -> list[Bar]:
    """Count the votes of each group and visit, group by group."""
    votes = voting(coded[coded["source"] == "primary"])
    groups = {theme.id: theme.group for theme in codebook.themes}
    cast: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for theme, visit, vote, side in zip(
        votes["theme"], votes["visit"], votes["vote"], votes["direction"], strict=True
    ):
        cast.setdefault((groups.get(theme, ""), visit), []).append((vote, side))
    themed = {theme.group for theme in codebook.themes}
    return [
        _bar_of(group, visit, cast.get((group.id, visit.visit), []), codebook)
        for group in codebook.groups
        if group.id in themed
        for visit in visits
    ]


def _bar_of(group: Group, visit: Visit, own: Sequence[tuple[str, str]], codebook: Codebook) -> Bar:
    body = [side for vote, side in own if vote == "body"]
    weakness, mixed, strength = (body.count(side) for side in SIDES)
    note = "few" if weakness + mixed + strength < FEW else ""
    if not weakness + mixed + strength:
        note = NOT_COUNTED if own else _absence(group, visit, codebook)
    return Bar(group, visit, weakness, mixed, strength, note)


def _absence(group: Group, visit: Visit, codebook: Codebook) -> str:
    """Say why nothing is reported: no document, not looked at, or not mentioned."""
    if visit.held != "primary":
        return HELD[visit.held]
    looked = looked_at(visit.areas)
    themes = [theme.id for theme in codebook.themes if theme.group == group.id]
    return SILENT if any(codebook.expects(theme, looked) for theme in themes) else UNLOOKED
