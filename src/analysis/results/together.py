"""Which themes are found together: in one finding, whoever counts as its coder."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Final

import pandas as pd

from analysis.vocabulary import NO_THEME

COLUMNS: Final = ["theme", "other", "findings", "of_theme", "of_other", "share"]


def together(coded: pd.DataFrame, themes: Sequence[str]) -> pd.DataFrame:
    """Count how often two themes are given to one finding.

    Parameters
    ----------
    coded
        `finding` and `theme`, as `analysis.codes.counting.coded_findings` gives them.
    themes
        Those that are counted, in the order in which they are shown.

    Returns
    -------
    pandas.DataFrame
        `theme`, `other`, `findings` (both), `of_theme`, `of_other` (findings with each), `share`
        (of the findings with either, those with both); a row for each two that meet, oftenest
        first.

    Examples
    --------
    >>> coded = pd.DataFrame({"finding": ["d/1", "d/1", "d/2"],
    ...     "theme": ["audit", "plans", "plans"]})
    >>> together(coded, ["audit", "plans"]).values.tolist()
    [['audit', 'plans', 1, 1, 2, 0.5]]
    """
    given = coded.loc[coded["theme"] != NO_THEME, ["finding", "theme"]].drop_duplicates()
    sets = {theme: set(rows["finding"]) for theme, rows in given.groupby("theme")}
    rows = []
    for one, two in combinations([theme for theme in themes if theme in sets], 2):
        if both := len(sets[one] & sets[two]):
            either = len(sets[one] | sets[two])
            rows.append((one, two, both, len(sets[one]), len(sets[two]), both / either))
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values("findings", ascending=False, kind="stable").reset_index(drop=True)
