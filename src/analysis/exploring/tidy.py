"""Frames as somebody who knows pandas expects them: words in their order, days as days."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.vocabulary import (
    ALL_COHORTS,
    CHANGE_WORDS,
    COHORTS,
    EXTENTS,
    GRADES,
    LEVELS,
    PATH_WORDS,
)

FINDINGS: Final = "findings"
"""The table of codes, each with what its finding says, by the name it has here."""
TABLES: Final = {FINDINGS: "codes", "paragraphs": "findings", "grades": "judgements",
                 "areas": "area_statements"}  # fmt: skip
"""Tables that are called otherwise among the gathered ones."""
MAIN: Final[dict[str, tuple[str, ...]]] = {
    "visits": ("title", "date", "kind", "framework", "grade", "findings", "held"),
    "documents": ("document", "published", "kind", "title", "address"),
    "grades": ("title", "area", "grade"),
    FINDINGS: ("title", "theme", "cohort", "direction", "summary", "paragraph", "page"),
    "paragraphs": ("title", "section", "summary", "paragraph", "page"),
    "areas": ("title", "area", "level", "change_said", "summary"),
    "statuses": ("title", "theme", "cohort", "status", "paragraphs", "confidence", "reasons"),
    "changes": ("title", "theme", "cohort", "comparison", "before_date", "status_before",
                "status", "change", "confidence"),
    "paths": ("theme", "cohort", "path", "first_date", "level_first", "latest_date",
              "level_latest", "confidence"),
    "needs": ("wording", "theme", "cohort", "visits_raised", "first_raised_date",
              "latest_raised_date", "met"),
    "need_events": ("title", "wording", "theme", "relation"),
    "recommendations": ("title", "summary", "wording", "theme", "became"),
    "followed": ("theme", "cohort", "meaning", "had", "outcome"),
    "new_faults": ("title", "fault", "theme", "cohort", "paragraph", "page"),
    "second_readings": (),
    "readings": ("document", "coder", "run"),
}  # fmt: skip
"""The columns that matter first."""
_WORDS: Final[dict[str, tuple[tuple[str, ...], bool]]] = {
    "direction": ((*LEVELS, "neutral"), False),
    "level": (tuple(LEVELS), True),
    "cohort": ((*COHORTS, ALL_COHORTS), False),
    "extent": (EXTENTS[:-1], True),
    "grade": (GRADES, False),
    "path": (PATH_WORDS, False),
    "change": (CHANGE_WORDS, False),
}
"""Columns of a closed list: its words as they sort, and whether one is more than another."""
_VISITS: Final = ("before", "first", "latest", "first_raised", "latest_raised", "at")
"""Columns that name a visit, beside which stands its day."""
_WHOLE: Final = {"page": "page", "printed_number": "paragraph"}
"""Columns of numbers that are kept as text, and what they are called as numbers."""
_DIGITS: Final = r"^(\d+)"
"""The number of what is printed: that of `12a` is 12."""


def tidy(name: str, frame: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with words in their order and days as days, rows by date.

    Parameters
    ----------
    name
        What it is called: a key of `MAIN`.
    frame
        `analysis.england.frames.Frames.frame`.
    visits
        The frame of visits, by date.

    Returns
    -------
    pandas.DataFrame
        Closed lists as categoricals in their order (blank is missing), `title` in order of date,
        `page` and `paragraph` as whole numbers (`Int64`, missing where there is none; the paragraph
        as printed, such as `12a`, is `printed_number`),
        `<column>_date` behind every column that names a visit; changes stand latest first.
    """
    table = frame.rename(columns={"word": "path"})
    for printed, number in _WHOLE.items():
        if printed in table:
            digits = table[printed].str.extract(_DIGITS, expand=False)
            whole = pd.to_numeric(digits).astype("Int64")
            if number == printed:
                table[number] = whole
            else:
                table.insert(list(table.columns).index(printed) + 1, number, whole)
    if name == FINDINGS:
        told = table["found"].where(table["found"] != "", table["summary"])
        table = table.assign(summary=told).drop(columns="found")
    days = visits.drop_duplicates("visit").set_index("visit")["date"]
    for column in [column for column in _VISITS if column in table]:
        place = list(table.columns).index(column) + 1
        table.insert(place, f"{column}_date", table[column].astype(str).map(days))
    for column, (words, ordered) in _WORDS.items():
        if column in table:
            held = table[column].astype(object)
            known = held.where(held.isin(words))
            table[column] = pd.Categorical(known, words, ordered=ordered)
    if "title" in table and "date" in table and name != "documents":
        titles = visits["title"].drop_duplicates()
        table["title"] = pd.Categorical(table["title"], titles, ordered=True)
        latest_first = name == "changes"
        table = table.sort_values("date", ascending=not latest_first, kind="stable")
    return table.reset_index(drop=True)
