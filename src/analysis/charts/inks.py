"""How a cohort looks in every panel: its hue and its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.charts.style import INK, NAVY, ORANGE, PLUM, TEAL
from analysis.vocabulary import COHORTS

HUES: Final = (NAVY, ORANGE, PLUM, TEAL)
"""Cohorts of one panel never share one; where these do not suffice, cohorts are drawn in ink."""
UNNAMED: Final = "not-stated"
"""Findings that name no cohort speak for none, so they never take a hue."""
PATTERNS: Final = (
    (1.0, 1.7), (4.0, 1.7), (4.0, 1.5, 1.0, 1.5), (1.0, 3.6), (7.0, 2.0),
    (2.2, 2.2), (7.0, 1.5, 1.0, 1.5, 1.0, 1.5),
)  # fmt: skip


@dataclass(frozen=True)
class Ink:
    """How a cohort's line and marks look."""

    hue: str
    dashes: tuple[float, ...]


def inks_of(marks: pd.DataFrame, said: pd.DataFrame) -> dict[str, Ink]:
    """Give each cohort one look in all panels, those judged most often first.

    Cohorts that meet in a panel never share a hue, and no two cohorts share a line pattern.
    """
    spoken = pd.concat([marks[["theme", "cohort"]], said[["theme", "cohort"]]])
    themes = {str(cohort): set(part["theme"]) for cohort, part in spoken.groupby("cohort")}
    counts = marks["cohort"].value_counts()
    order = sorted((c for c in COHORTS if c in themes), key=lambda c: -int(counts.get(c, 0)))
    hues: dict[str, str] = {}
    for cohort in order:
        hues[cohort] = INK if cohort == UNNAMED else _free_hue(cohort, hues, themes)
    return {cohort: Ink(hues[cohort], PATTERNS[i]) for i, cohort in enumerate(order)}


def _free_hue(cohort: str, hues: dict[str, str], themes: dict[str, set[str]]) -> str:
    """Return the least used hue that no cohort of the same panels has, else ink."""
    taken = {hue for other, hue in hues.items() if themes[other] & themes[cohort]}
    free = [hue for hue in HUES if hue not in taken]
    return min(free, key=list(hues.values()).count, default=INK)
