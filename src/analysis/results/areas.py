"""What inspectors say of whole areas, and which of them a theme and cohort belong to."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analysis.codes.counting import admitted, ranks
from analysis.data.authority import AuthorityData
from analysis.data.codebook import EVERYWHERE, Theme
from analysis.results.schemas import AREA_STATEMENTS, filled
from analysis.vocabulary import AREAS, COHORT_AREAS, expand_areas


def area_statements(data: AuthorityData, *, include_secondary: bool = False) -> pd.DataFrame:
    """List what inspectors say of whole areas, in the order of visits: the layer of the grades.

    Parameters
    ----------
    include_secondary
        As for `analysis.results.statuses.statuses`.

    Returns
    -------
    pandas.DataFrame
        Columns of `AuthorityData.area_statements`; of a finding that several coders read, the rows
        of the one who counts for codes too.
    """
    said = data.area_statements[data.area_statements["coder"] != "reader-2"]
    said = admitted(said, data.visits, include_secondary=include_secondary)
    said = said.assign(_rank=ranks(said, ["finding"]))
    best = said.groupby("finding")["_rank"].transform("min")
    order = data.visits.set_index("visit")["order"]
    kept = said[said["_rank"] == best].assign(_order=said["visit"].map(order))
    kept = kept.sort_values("_order", kind="stable")
    return filled(AREA_STATEMENTS, kept.reset_index(drop=True))


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
