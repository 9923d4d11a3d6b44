"""Grades in sentences: all that each area was given, and which were graded anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from analysis.dates import month
from analysis.english import join, sentence_case
from analysis.report.sentences.sentence import Sentence, titles_of
from analysis.report.sentences.templates import TEMPLATES
from analysis.results.grades import Graded, grades_of_areas, latest_moves
from analysis.results.results import Results
from analysis.vocabulary import AREAS, DIFFERS

TIMELINE: Final = "#fig-timeline"


def grade_lines(results: Results) -> list[Sentence]:
    """Say all grades of each area, oldest first; adoption and the board have their lines too."""
    visits = results.data.visits
    dates = dict(zip(visits["visit"], visits["start"].map(month), strict=True))
    return [
        Sentence(
            "grades",
            TEMPLATES["grade line"].format(
                area=sentence_case(AREAS[area]),
                grades=join([f"{g.grade} ({dates[g.visit]}{_shared(g)})" for g in grades]),
            ),
            TIMELINE,
        )
        for area, grades in grades_of_areas(results).items()
    ]


def grades_moved(results: Results) -> list[Sentence]:
    """Say what the latest graded visit graded otherwise than it was graded before.

    An area is held against the latest earlier visit that graded it, alone or with another. That no
    other area was graded otherwise is said only where every area could be compared.
    """
    titles = titles_of(results)
    moves, all_compared = latest_moves(results)
    moved: dict[tuple[str, str], list[str]] = {}
    for move in moves:
        if move.now.grade != move.before.grade:
            before = f"{move.before.grade} ({titles[move.before.visit]}{_shared(move.before)})"
            now = f"{move.now.grade}{_shared(move.now)}"
            moved.setdefault((before, now), []).append(AREAS[move.now.area])
    if not moved:
        return []
    text = TEMPLATES["grades moved"].format(
        visit=titles[moves[0].now.visit],
        moves="; ".join(
            TEMPLATES["grade moved"].format(areas=join(areas), before=before, grade=now)
            for (before, now), areas in moved.items()
        ),
    )
    if all_compared:
        text += " " + TEMPLATES["no other grade moved"]
    return [Sentence("matters", text, TIMELINE)]


def _shared(graded: Graded) -> str:
    """Say with which areas a grade was shared; blank where it stands for one alone."""
    others = join([AREAS[area] for area in graded.shared_with])
    return TEMPLATES["shared grade"].format(others=others) if others else ""


def levels_counted(counts: Mapping[str, int]) -> str:
    """Count statuses by level, the gravest first.

    Examples
    --------
    >>> levels_counted({"mixed": 1, "weakness": 2})
    '2 came out as a weakness and 1 as mixed'
    """
    words = {
        "weakness": "as a weakness",
        "mixed": "as mixed",
        "strength": "as a strength",
        DIFFERS: "differing by cohort",
    }
    parts = [f"{counts[level]} {told}" for level, told in words.items() if counts.get(level)]
    return join([part.replace(" ", " came out ", 1) if i == 0 else part
                 for i, part in enumerate(parts)])  # fmt: skip
