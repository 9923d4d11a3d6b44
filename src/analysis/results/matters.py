"""What a report can rest a statement on: inspectors' own statements on areas, and whole paths.

A path can lead only if the levels at both of its ends can be leaned on: with more than low
confidence, or where two visits running that judged the theme and cohort agree.
"""

from __future__ import annotations

from analysis.results.results import Results, latest_read
from analysis.tables import Row, records
from analysis.vocabulary import ALL_COHORTS, ENDS, INSPECTIONS, NO_DOCUMENT, NOT_STATED


def own_statements(results: Results) -> list[Row]:
    """Statements on whole areas that inspectors make or endorse, in the order of visits."""
    speakers = results.data.findings.set_index("finding")["said_by"]
    return records(results.areas[results.areas["finding"].map(speakers) == "inspectors"])


def told_paths(results: Results) -> list[Row]:
    """Return the paths that a report tells in sentences.

    They are those of single cohorts that two full inspections judged or more. Left out are those
    whose latest step inspectors' own word overrules, and those for a cohort that is not stated
    beside one that is: they would read as if they spoke for the whole.
    """
    aside = {(row["theme"], row["cohort"]) for row in overruled(results)}
    rows = [
        row
        for row in records(results.paths)
        if row["cohort"] != ALL_COHORTS
        and row["inspections"] >= ENDS
        and (row["theme"], row["cohort"]) not in aside
    ]
    named = {row["theme"] for row in rows if row["cohort"] != NOT_STATED}
    return [row for row in rows if row["cohort"] != NOT_STATED or row["theme"] not in named]


def leading_paths(results: Results) -> list[Row]:
    """Return the told paths that a headline can rest on; see the module."""
    series: dict[tuple[str, str], list[Row]] = {}
    order = results.data.visits.set_index("visit")["order"]
    judged = results.judged()
    judged = judged.assign(_order=judged["visit"].map(order)).sort_values("_order", kind="stable")
    for row in records(judged):
        series.setdefault((str(row["theme"]), str(row["cohort"])), []).append(row)
    return [
        row
        for row in told_paths(results)
        if all(
            can_lead(series[(str(row["theme"]), str(row["cohort"]))], str(row[end]))
            for end in ("first", "latest")
        )
    ]


def can_lead(judged: list[Row], visit: str) -> bool:
    """Say whether a headline can rest on the level at a visit.

    Parameters
    ----------
    judged
        Statuses of one theme and cohort at the visits that judged it, in order.
    visit
        One of these visits.
    """
    at = next(place for place, row in enumerate(judged) if row["visit"] == visit)
    if judged[at]["confidence"] != "low":
        return True
    beside = [*judged[max(at - 1, 0) : at], *judged[at + 1 : at + 2]]
    return any(row["status"] == judged[at]["status"] for row in beside)


def overruled(results: Results) -> list[Row]:
    """Return the changes that inspectors' own word overrules, each pair of visits once."""
    rows = results.changes[results.changes["overruled"]]
    key = ["visit", "before", "theme", "cohort"]
    return records(rows.drop_duplicates(key))


def since(results: Results) -> str:
    """Return the visit from which on points are chosen: the latest whole inspection read."""
    data, latest = results.data, latest_read(results)
    whole = results.whole()
    read = set(whole.loc[whole["status"] != NO_DOCUMENT, "visit"])
    pairs = list(zip(data.visits["visit"], data.visits["kind"], strict=True))
    return next(
        (visit for visit, kind in reversed(pairs) if visit in read and kind in INSPECTIONS), latest
    )
