"""Grades in sentences: where statuses point another way, and which areas were graded anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from analysis.anchors import anchor
from analysis.english import join, lower, plural, whole_number
from analysis.report.sentences.sentence import Sentence, titles_of
from analysis.report.sentences.templates import TEMPLATES
from analysis.results.grades import apart, area_grades, grade_beside, printed_grades
from analysis.results.results import Results
from analysis.tables import Row
from analysis.vocabulary import AREAS, COHORTS, DIFFERS, expand_areas

NAMED: Final = 4
"""Most statuses that a sentence names; it counts the rest."""


def beside(results: Results) -> list[Sentence]:
    """Say for each area of the latest graded visit how its statuses stand beside its grade.

    Only areas in which at least one status points another way are spoken of.
    """
    grades, titles = area_grades(results), titles_of(results)
    visit = next((visit for visit in reversed(titles) if visit in grades), "")
    judged = results.judged()
    by_area: dict[str, list[Row]] = {}
    for row in judged[judged["visit"] == visit].to_dict("records"):
        by_area.setdefault(grade_beside(results, row, grades)[0], []).append(row)
    return [
        _beside(results, area, grades[visit][area], by_area[area], titles[visit])
        for area in AREAS
        if any(apart(row["status"], grades[visit][area]) for row in by_area.get(area, []))
    ]


def _beside(results: Results, area: str, grade: str, rows: list[Row], title: str) -> Sentence:
    counts = Counter(str(row["status"]) for row in rows)
    others = [row for row in rows if apart(str(row["status"]), grade)]
    others.sort(key=lambda row: -whole_number(row["votes"]))
    named = [
        f"{lower(results.data.codebook.theme(str(row['theme'])).name)} "
        f"({COHORTS[str(row['cohort'])]}: {row['status']}, n = {whole_number(row['votes'])})"
        for row in others[:NAMED]
    ]
    if more := len(others) - NAMED:
        named += [f"{more} more"] if more > 0 else []
    text = TEMPLATES["beside"].format(
        visit=title,
        area=AREAS[area],
        grade=grade,
        count=plural(len(rows), "status", "statuses"),
        levels=levels_counted(counts),
        others=join(named),
    )
    return Sentence("beside", text, "#" + anchor(str(others[0]["theme"]), str(others[0]["visit"])))


def grades_moved(results: Results) -> list[Sentence]:
    """Say what the latest graded visit graded otherwise than it was graded before.

    An area, or the service as a whole, is held against the latest earlier grade of the smallest
    area that holds it whole. That nothing else was graded otherwise is said only where each grade
    of either visit has one of the same area at the other.
    """
    grades, titles = _judged_grades(results), titles_of(results)
    *earlier, latest = [visit for visit in titles if visit in grades] or [""]
    moved: dict[tuple[str, str, str], list[str]] = {}
    alike = bool(earlier) and grades[latest].keys() == grades[earlier[-1]].keys()
    for area, grade in grades.get(latest, {}).items():
        wanted = expand_areas([area])
        for visit in reversed(earlier):
            holding = [a for a in grades[visit] if wanted <= expand_areas([a])]
            if holding:
                before = grades[visit][min(holding, key=lambda a: len(expand_areas([a])))]
                if grade != before:
                    moved.setdefault((before, titles[visit], grade), []).append(AREAS[area])
                break
    if not moved:
        return []
    moves = [
        TEMPLATES["grade moved"].format(areas=join(areas), before=before, then=then, grade=grade)
        for (before, then, grade), areas in moved.items()
    ]
    text = TEMPLATES["grades moved"].format(visit=titles[latest], moves="; ".join(moves))
    if alike:
        text += " " + TEMPLATES["no other grade moved"]
    return [Sentence("matters", text, "#fig-timeline")]


def _judged_grades(results: Results) -> dict[str, dict[str, str]]:
    """Return the grades of each visit by area; what was printed as not judged has none."""
    each = {
        visit: {area: grade for area, grade in grades.items() if grade != "not judged"}
        for visit, grades in printed_grades(results).items()
    }
    return {visit: grades for visit, grades in each.items() if grades}


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
