"""England in brief: what the front page says before its lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from analysis.english import lower
from analysis.site.tables import Tables
from analysis.site.themes import ThemePage

GRADES: Final = ("outstanding", "good", "requires improvement", "adequate", "inadequate")
"""Overall grades of services, from the best."""
MOST: Final = 4
"""Themes that a point names."""


Count = Callable[[ThemePage], tuple[int, int]]
"""Authorities of which something is true, and of how many."""


class Point(NamedTuple):
    """A point: its head, and themes with the number for each and of how many it is."""

    head: str
    themes: Sequence[tuple[str, str, int, int]]


def facts(tables: Tables) -> list[tuple[int, str]]:
    """Return England in numbers: a number, and what it counts."""
    grades = Counter(place.grade for place in tables.authorities.values())
    read = sum(len(visits) for visits in tables.read_visits.values())
    return [
        (len(tables.authorities), "authorities"),
        (read, "visits of which a report or letter was read"),
        (len(tables.findings), "paragraphs read"),
        *((grades[grade], f"latest overall grade {grade}") for grade in GRADES if grades[grade]),
    ]


def points(themes: Sequence[ThemePage]) -> list[Point]:
    """Return the themes that stand out when inspectors last judged them, and ways out."""
    counts: dict[str, Count] = {
        "Most often weak when last judged": lambda t: (t.levels["weakness"], t.judged),
        "Most often strong when last judged": lambda t: (t.levels["strength"], t.judged),
        "Paths most often end better": lambda t: (len(t.better), t.judged),
        "Paths most often end worse": lambda t: (len(t.worse), t.judged),
        "Most ways out were found on": lambda t: (len(t.ways.authorities), t.ways.had),
    }
    return [Point(head, _highest(themes, count)) for head, count in counts.items()]


def _highest(themes: Sequence[ThemePage], count: Count) -> list[tuple[str, str, int, int]]:
    """Name the themes with the highest numbers; at the same number the codebook's order holds."""
    found = sorted((t for t in themes if count(t)[0]), key=lambda t: count(t)[0], reverse=True)
    return [(t.file, lower(t.theme.name), *count(t)) for t in found[:MOST]]
