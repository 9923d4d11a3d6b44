"""A report in a line: what a list of many reports says of each."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pandas as pd

from analysis.dates import month
from analysis.report.sentences.movements import movements
from analysis.results.grades import overall_grades
from analysis.results.results import Results

SUMMARY: Final = "summary.json"
"""Name of the file that says in brief what a report says."""
MOST: Final = 3
"""Themes of a kind that are named; the report names all."""
KINDS: Final = ("declined", "not improved", "improved")


def summary(results: Results) -> dict[str, str]:
    """Say in brief what the latest grade and visit were and which themes stand out.

    Returns
    -------
    dict of str to str
        `name`; `grade` and `graded` (latest overall grade of a primary document and its visit),
        `visit` and `visited` (latest visit and its date, ISO, maybe partial), `publishers` (of the
        documents read, who published most first) and `period` (of the visits), and for each of
        `KINDS` the themes of which the opening of the report says so, the most telling first.
        Blank where there is nothing to say.
    """
    data = results.data
    told: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for sentence in movements(results):
        name = data.codebook.theme(sentence.theme).name
        if name not in told[sentence.topic]:
            told[sentence.topic].append(name)
    latest = overall_grades(data).tail(1)  # no row where none is held
    last = data.visits.sort_values("order").iloc[-1]
    return {
        "name": data.name,
        "grade": "".join(latest["grade"]),
        "graded": "".join(latest["short"]),
        "visit": str(last["title"]),
        "visited": str(last["start"]),
        "publishers": _publishers(data.documents),
        "period": _period(list(data.visits.sort_values("order")["start"])),
    } | {kind: ", ".join(names[:MOST]) for kind, names in told.items()}


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
