"""The latest word on each theme and cohort: what changed, what was said, and what it belongs to."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.results.changes import latest_changes
from analysis.results.results import Results
from analysis.tables import Row

GRAVEST_FIRST: Final = ("declined", "not improved", "improved", "sustained")
"""Where inspectors said several things, the gravest decides the place; all are said."""
IMPROVED: Final = ("improved", "partly improved")
DECLINED: Final = ("declined", "partly declined")
TOLD: Final = ("improved", "declined", "not improved")
"""Topics of a movement that is told; one that is none of these stands in the tables only."""


def spoken(results: Results) -> pd.DataFrame:
    """Latest change of each theme and cohort, and what was said later still, latest visit first.

    Findings without a stated cohort do not speak where a later visit judged the theme for any
    cohort: whom they were about cannot be told apart from it.
    """
    order, key = results.data.visits.set_index("visit")["order"], ["theme", "cohort"]
    changes, said = (
        table.assign(_order=table["visit"].map(order).astype(float))
        for table in (results.changes, results.said)
    )
    judged = latest_changes(changes)
    last = judged.set_index(key)["_order"].to_dict()
    keys = zip(said["theme"], said["cohort"], strict=True)
    before = pd.Series([last.get(pair, -1) for pair in keys], index=said.index, dtype=float)
    only_said = (
        said[said["_order"] > before].sort_values("_order").drop_duplicates(key, keep="last")
    )
    table = pd.concat([judged, only_said.drop(columns="finding")], ignore_index=True)
    table = table.assign(said=table["said"].fillna(table["change_said"])).fillna(
        {"status": "", "certainty": "", "change": "", "disagrees": False}
    )
    newest = table["theme"].map(changes.groupby("theme")["_order"].max()).fillna(-1)
    stale = (table["cohort"] == "not-stated") & (table["_order"] < newest)
    table = table.assign(
        _firm=table["certainty"] == "firm", _votes=table["votes"].astype(float).fillna(0)
    )
    key = ["_order", "_firm", "_votes"]
    return table[~stale].sort_values(key, ascending=False, kind="stable")


def topic_of(row: Row) -> str:
    """Sort a movement: the inspectors' own word decides, else the computed change.

    What was only said to be sustained goes by the computed change, lest a decline be hidden.
    """
    said = str(row["said"]).split("; ")
    gravest = next((word for word in GRAVEST_FIRST if word in said), "sustained")
    if gravest != "sustained":
        return gravest
    if row["certainty"] != "firm":
        return "unchanged"
    if row["change"] in IMPROVED:
        return "improved"
    if row["change"] in DECLINED:
        return "declined"
    return "not improved" if row["change"] == "persistent weakness" else "unchanged"
