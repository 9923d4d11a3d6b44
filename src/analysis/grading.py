"""Which printed grade stands beside a status, and where the two point different ways.

A grade is the inspectors' verdict on an area; a status counts the paragraphs on one theme for one
cohort. Both are shown, and neither corrects the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Final

from analysis.anchors import anchor
from analysis.codebook import EVERYWHERE, Theme
from analysis.coding import Row
from analysis.results import Results
from analysis.telling import TEMPLATES, Sentence, join, lower, some, titles_of, whole_number
from analysis.vocabulary import (
    AREAS,
    COHORT_AREAS,
    COHORTS,
    LEVELS,
    PARTNERSHIPS,
    expand_areas,
)

POINTS: Final = {"outstanding": "strength", "good": "strength", "inadequate": "weakness"}
"""Where a grade points; the grades between point nowhere, so any level goes with them."""
_ASIDE: Final = ("overall", *PARTNERSHIPS.values())
NAMED: Final = 4
"""Most statuses that a sentence names; it counts the rest."""


def area_grades(results: Results) -> dict[str, dict[str, str]]:
    """Return the grades of primary documents: visit to area to grade.

    Aside stay `overall` and the outcomes for a partnership, which are on no ladder with the others.
    """
    data = results.data
    primary = set(data.documents.loc[data.documents["source"] == "primary", "document"])
    grades: dict[str, dict[str, str]] = {}
    for row in data.judgements.to_dict("records"):
        if row["document"] in primary and row["area"] not in _ASIDE:
            grades.setdefault(str(row["visit"]), {})[str(row["area"])] = str(row["grade"])
    return grades


def graded_area(theme: Theme, cohort: str, graded: Collection[str]) -> str:
    """Return the graded area that a theme and cohort fall in; blank if none holds them whole.

    A cohort that is met in one area only decides; else a theme that is an area of its own, else
    the areas of the theme. The smallest area that holds them counts.

    Examples
    --------
    >>> help = Theme("plans", "practice", "Plans", "", (), (), (EVERYWHERE,), (), ())
    >>> graded_area(help, "personal-advisers", ["care-leavers", "leadership"])
    'care-leavers'
    >>> graded_area(help, "care-leavers", ["children-in-care-and-care-leavers"])
    'children-in-care-and-care-leavers'
    >>> graded_area(help, "social-workers", ["help-and-protection", "leadership"])
    ''
    """
    if cohort in AREAS:
        wanted = frozenset([cohort])
    elif cohort not in ("social-workers", "managers-and-reviewing-officers", "not-stated"):
        wanted = frozenset(COHORT_AREAS[cohort])
    elif theme.id in AREAS:
        wanted = frozenset([theme.id])
    elif EVERYWHERE in theme.areas:
        return ""
    else:
        wanted = expand_areas(list(theme.areas)) - {"children-in-care-and-care-leavers"}
    holding = [area for area in graded if wanted <= expand_areas([area])]
    return min(holding, key=lambda area: len(expand_areas([area])), default="")


def grade_beside(
    results: Results, row: Row, grades: Mapping[str, Mapping[str, str]]
) -> tuple[str, str]:
    """Return the graded area of a row (`theme`, `cohort`, `visit`) and its grade, or blanks."""
    graded = grades.get(str(row["visit"]), {})
    theme = results.data.codebook.theme(str(row["theme"]))
    area = graded_area(theme, str(row["cohort"]), graded)
    return area, graded.get(area, "")


def apart(status: str, grade: str) -> bool:
    """Whether a level and a grade point different ways.

    Examples
    --------
    >>> apart("mixed", "inadequate"), apart("weakness", "inadequate")
    (True, False)
    >>> apart("strength", "requires improvement")
    False
    """
    return status in LEVELS and grade in POINTS and POINTS[grade] != status


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
        count=some(len(rows), "status").replace("statuss", "statuses"),
        levels=levels_counted(counts),
        others=join(named),
    )
    return Sentence("beside", text, "#" + anchor(str(others[0]["theme"]), str(others[0]["visit"])))


def grades_moved(results: Results) -> list[Sentence]:
    """Say which areas the latest graded visit graded otherwise than they were graded before.

    An area is held against the latest earlier grade of the smallest area that holds it whole.
    """
    grades, titles = area_grades(results), titles_of(results)
    graded = [visit for visit in titles if visit in grades]
    moved: dict[tuple[str, str, str], list[str]] = {}
    for area, grade in grades[graded[-1]].items() if graded else []:
        wanted = expand_areas([area])
        for visit in reversed(graded[:-1]):
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
    text = TEMPLATES["grades moved"].format(visit=titles[graded[-1]], moves="; ".join(moves))
    return [Sentence("matters", text, "#fig-timeline")]


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
        "differs by cohort": "differing by cohort",
    }
    parts = [f"{counts[level]} {told}" for level, told in words.items() if counts.get(level)]
    return join([part.replace(" ", " came out ", 1) if i == 0 else part
                 for i, part in enumerate(parts)])  # fmt: skip
