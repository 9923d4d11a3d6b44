"""Who coded what counts: readers, or the program alone."""

from __future__ import annotations

import pandas as pd

from analysis.results.results import Results
from analysis.vocabulary import TAGGER


def findings_of(results: Results) -> pd.Series[int]:
    """Count the findings whose codes count, by coder, those with most first.

    Returns
    -------
    pandas.Series
        Number of findings by coder.
    """
    counts = results.coded.groupby("coder")["finding"].nunique()
    return counts.sort_index().sort_values(ascending=False, kind="stable")


def usual_coder(results: Results) -> str:
    """Name the coder of most findings: named once, every other is named at each code."""
    counts = findings_of(results)
    return str(counts.index[0]) if len(counts) else TAGGER


def all_tagged(results: Results) -> bool:
    """Whether no reader's code counts at all."""
    return set(results.coded["coder"]) == {TAGGER}
