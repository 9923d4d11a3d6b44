"""A report in a line: what a list of many reports says of each."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pandas as pd

from analysis.dates import month
from analysis.report.sentences.headline import graded_said, headline
from analysis.results.grades import overall_grades
from analysis.results.results import Results

SUMMARY: Final = "summary.json"
"""Name of the file that says in brief what a report says."""


def summary(results: Results) -> dict[str, str]:
    """Say in brief what a list of reports tells of each.

    Returns
    -------
    dict of str to str
        `name`; `headline` of the report; `grades` over time; `grade` and `graded` (latest overall
        grade of a primary document and its visit), `visit` and `visited` (latest visit and its
        date, ISO, maybe partial), `publishers` (of the documents read, who published most first)
        and `period` (of the visits). Blank where there is nothing to say.
    """
    data = results.data
    latest = overall_grades(data).tail(1)  # no row where none is held
    last = data.visits.sort_values("order").iloc[-1]
    return {
        "name": data.name,
        "headline": headline(results),
        "grades": graded_said(results),
        "grade": "".join(latest["grade"]),
        "graded": "".join(latest["short"]),
        "visit": str(last["title"]),
        "visited": str(last["start"]),
        "publishers": _publishers(data.documents),
        "period": _period(list(data.visits.sort_values("order")["start"])),
    }


def _publishers(documents: pd.DataFrame) -> str:
    """Name the publishers of primary documents, then those of secondary ones.

    Examples
    --------
    >>> _publishers(pd.DataFrame({"source": ["primary"] * 3 + ["secondary"],
    ...     "publisher": ["DfE", "Ofsted", "Ofsted", "A council"]}))
    'Ofsted and DfE, and, as secondary sources, A council'
    """
    primary = documents["source"] == "primary"
    parts = [
        " and ".join(name for name, _n in Counter(sorted(names)).most_common())
        for names in (documents.loc[primary, "publisher"], documents.loc[~primary, "publisher"])
    ]
    if not parts[1]:
        return parts[0]
    return f"{parts[0]}{', and, ' if parts[0] else ''}as secondary sources, {parts[1]}"


def _period(starts: list[str]) -> str:
    """Say from when to when visits were, whose dates are given in order.

    Examples
    --------
    >>> _period(["2014-04-29", "2018", "2024-11"]), _period(["2024-11"])
    ('April 2014 to November 2024', 'November 2024')
    """
    return " to ".join(dict.fromkeys([month(starts[0]), month(starts[-1])]))
