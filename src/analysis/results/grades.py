"""Printed grades, area by area, and which is higher.

A grade is the inspectors' verdict on an area; a status counts the paragraphs on one theme for one
cohort. Both are shown, and neither corrects the other. Only grades of primary documents count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.data.authority import AuthorityData
from analysis.results.results import Results
from analysis.tables import records
from analysis.vocabulary import AREA_PARTS, AREAS, MARKED_AREAS

LADDERS: Final[tuple[tuple[frozenset[str], ...], ...]] = (
    (
        frozenset({"inadequate"}),
        frozenset({"requires improvement", "adequate"}),
        frozenset({"good"}),
        frozenset({"outstanding"}),
    ),
    (
        frozenset({"widespread or systemic failings"}),
        frozenset({"inconsistent"}),
        frozenset({"typically positive"}),
    ),
)
"""Grades from the lowest: of children's services, and of SEND partnerships, which are compared
among themselves alone. `adequate` stands where `requires improvement` has stood since 2013."""
UNGRADED: Final = "not judged"


@dataclass(frozen=True)
class Graded:
    """A grade that an area was given at a visit.

    Attributes
    ----------
    area
        Never a joint one: a joint grade is one of each of its parts.
    shared_with
        The parts with which it shared a joint grade.
    """

    area: str
    visit: str
    grade: str
    shared_with: tuple[str, ...] = ()


def overall_grades(data: AuthorityData) -> pd.DataFrame:
    """Return the overall grades in order of visits, a row for each document that prints one.

    Returns
    -------
    pandas.DataFrame
        Columns of `AuthorityData.judgements` and `AuthorityData.visits`.
    """
    counting = _counting(data)
    overall = counting[counting["area"] == "overall"]
    return overall.merge(data.visits, on="visit").sort_values("order")


def grades_of_areas(results: Results) -> dict[str, list[Graded]]:
    """Return all grades that each area was given, oldest first; `overall` is an area too.

    Returns
    -------
    dict
        Area to grades, in the order of areas with `overall` first. A joint grade is one of each of
        its parts, which shared it; what was printed as not judged is none.
    """
    printed = _printed(results)
    found: dict[str, list[Graded]] = {}
    for visit in results.data.visits["visit"]:
        for area, grade in printed.get(visit, {}).items():
            parts = [p for p in AREA_PARTS.get(area, ()) if MARKED_AREAS[p].graded]
            for part in (parts or [area]) if grade != UNGRADED else []:
                others = tuple(other for other in parts if other != part)
                found.setdefault(part, []).append(Graded(part, visit, grade, others))
    return {area: found[area] for area in ("overall", *AREAS) if area in found}


def grade_sign(before: str, now: str) -> int:
    """Say whether a grade went up (1), down (-1) or stands at the same place, or on another ladder.

    Examples
    --------
    >>> grade_sign("inadequate", "good"), grade_sign("adequate", "requires improvement")
    (1, 0)
    >>> grade_sign("good", "inconsistent")
    0
    """
    for ladder in LADDERS:
        places = {grade: place for place, step in enumerate(ladder) for grade in step}
        if before in places and now in places:
            return (places[now] > places[before]) - (places[now] < places[before])
    return 0


def _printed(results: Results) -> dict[str, dict[str, str]]:
    grades: dict[str, dict[str, str]] = {}
    for row in records(_counting(results.data)):
        grades.setdefault(str(row["visit"]), {})[str(row["area"])] = str(row["grade"])
    return grades


def _counting(data: AuthorityData) -> pd.DataFrame:
    primary = data.documents.loc[data.documents["source"] == "primary", "document"]
    return data.judgements[data.judgements["document"].isin(primary)]
