"""The changes that matter most, chosen by a rule and never by hand.

The rule, as the method section prints it: three to five, one for each theme. They come from the
latest inspection of the whole service of which a document is read, or from a later visit (where no
such inspection is held, from the latest visit read). First comes what the inspectors themselves
said had worsened, not improved or improved: what most findings say, then what rests on most votes.
Then come changes without a flag, up or down, then weaknesses that stayed, without a flag; each
again by votes. Only the latest word on a theme and cohort counts. Nothing fills an empty place.
On the page, grades of areas that changed at the latest graded visit take the first place.
"""

from __future__ import annotations

from typing import Final

from analysis.results.results import Results, latest_read
from analysis.results.spoken import TOLD, spoken, topic_of
from analysis.tables import Row
from analysis.vocabulary import INSPECTIONS, NO_DOCUMENT

MOST: Final = 5
"""Most changes that are shown first."""
FEWEST: Final = 3
"""Where fewer qualify, the report says how many places stay empty."""


def chosen(results: Results) -> list[Row]:
    """Choose the rows of `spoken` that matter; see the module for the rule."""
    recent = _recent(results)
    weight = _times_said(results)
    rows = [
        row
        for row in spoken(results).to_dict("records")
        if row["visit"] in recent
        and topic_of(row) in TOLD
        and (row["said"] or row["certainty"] == "firm")
    ]

    def place(row: Row) -> tuple[int, int, float]:
        times = weight.get((row["visit"], row["theme"], row["cohort"]), 0)
        kind = 0 if times else 1 if row["steps"] else 2
        return kind, -times, -float(row["_votes"])

    by_theme: dict[str, Row] = {}
    for row in sorted(rows, key=place):
        by_theme.setdefault(str(row["theme"]), row)
    return list(by_theme.values())[:MOST]


def since(results: Results) -> str:
    """Return the visit from which on changes are chosen: the latest whole inspection read."""
    data, latest = results.data, latest_read(results)
    whole = results.whole()
    read = set(whole.loc[whole["status"] != NO_DOCUMENT, "visit"])
    pairs = list(zip(data.visits["visit"], data.visits["kind"], strict=True))
    return next(
        (visit for visit, kind in reversed(pairs) if visit in read and kind in INSPECTIONS), latest
    )


def _recent(results: Results) -> set[str]:
    visits, first = list(results.data.visits["visit"]), since(results)
    return set(visits[visits.index(first) :]) if first else set()


def _times_said(results: Results) -> dict[tuple[str, str, str], int]:
    """Count the findings that speak of change, by visit, theme and cohort."""
    said = results.said[results.said["change_said"].isin(TOLD)]
    findings: dict[tuple[str, str, str], set[str]] = {}
    columns = ["visit", "theme", "cohort", "finding"]
    for visit, theme, cohort, finding in said[columns].itertuples(index=False, name=None):
        findings.setdefault((visit, theme, cohort), set()).add(finding)
    return {key: len(found) for key, found in findings.items()}
