"""Printed grades: the latest overall one, those of areas, and which stands beside a status.

A grade is the inspectors' verdict on an area; a status counts the paragraphs on one theme for one
cohort. Both are shown, and neither corrects the other. Only grades of primary documents count.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import pandas as pd

from analysis.data.authority import AuthorityData
from analysis.data.codebook import EVERYWHERE, Theme
from analysis.results.results import Results
from analysis.tables import Row
from analysis.vocabulary import AREAS, COHORT_AREAS, LEVELS, PARTNERSHIPS, expand_areas

POINTS: Final = {"outstanding": "strength", "good": "strength", "inadequate": "weakness"}
"""Where a grade points; the grades between point nowhere, so any level goes with them."""


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


def printed_grades(results: Results) -> dict[str, dict[str, str]]:
    """Return the grades of areas, `overall` among them: visit to area to grade."""
    grades: dict[str, dict[str, str]] = {}
    for row in _counting(results.data).to_dict("records"):
        grades.setdefault(str(row["visit"]), {})[str(row["area"])] = str(row["grade"])
    return grades


def area_grades(results: Results) -> dict[str, dict[str, str]]:
    """Return the same, aside `overall` and the outcomes for a partnership.

    These are on no ladder with the others.
    """
    aside = ("overall", *PARTNERSHIPS.values())
    each = {
        visit: {area: grade for area, grade in grades.items() if area not in aside}
        for visit, grades in printed_grades(results).items()
    }
    return {visit: grades for visit, grades in each.items() if grades}


def _counting(data: AuthorityData) -> pd.DataFrame:
    primary = data.documents.loc[data.documents["source"] == "primary", "document"]
    return data.judgements[data.judgements["document"].isin(primary)]


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
