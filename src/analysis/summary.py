"""A report in a line: what a list of many reports says of each."""

from __future__ import annotations

import re
from typing import Final

from analysis.movements import movements
from analysis.results import Results

MOST: Final = 3
"""Themes of a kind that are named; the report names all."""
KINDS: Final = ("declined", "not improved", "improved")
_THEME: Final = re.compile(r"#e-(.+?)--")


def summary(results: Results) -> dict[str, str]:
    """Say in brief what the latest grade and visit were and which themes stand out.

    Returns
    -------
    dict of str to str
        `name`; `grade` and `graded` (latest overall grade of a primary document and its visit),
        `visit` and `visited` (latest visit and its date, ISO, maybe partial), and for each of
        `KINDS` the themes of which the opening of the report says so, the most telling first.
        Blank where there is nothing to say.
    """
    data = results.data
    told: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for sentence in movements(results):
        if found := _THEME.match(sentence.href):
            name = data.codebook.theme(found.group(1)).name
            if name not in told[sentence.topic]:
                told[sentence.topic].append(name)
    grade, graded = _latest_grade(results)
    last = data.visits.sort_values("order").iloc[-1]
    return {
        "name": data.name,
        "grade": grade,
        "graded": graded,
        "visit": str(last["title"]),
        "visited": str(last["start"]),
    } | {kind: ", ".join(names[:MOST]) for kind, names in told.items()}


def _latest_grade(results: Results) -> tuple[str, str]:
    data = results.data
    primary = data.documents.loc[data.documents["source"] == "primary", "document"]
    overall = data.judgements[
        (data.judgements["area"] == "overall") & data.judgements["document"].isin(primary)
    ]
    if overall.empty:
        return "", ""
    last = overall.merge(data.visits, on="visit").sort_values("order").iloc[-1]
    return str(last["grade"]), str(last["short"])
