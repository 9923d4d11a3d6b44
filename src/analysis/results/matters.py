"""What a report says first, chosen by a rule and never by hand; and what got better or worse.

The rule, as the method section prints it: at most five, of five kinds, which stand in this order:
what inspectors said of whole areas, grades, what they themselves said of the change of a theme,
whole paths of themes, needs raised again. Each kind has one place before any has two. All come from
the latest inspection of the whole service of which a document is read, or from a later visit (where
no such inspection is held, from the latest visit read). A theme has one place, and the inspectors'
word on it comes before its path. Nothing fills an empty place.

A path stands there only if the levels at both of its ends can be leaned on: with more than low
confidence, or where two visits running that judged the theme and cohort agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from analysis.results.changes import sign_of
from analysis.results.grades import GradeMove, grade_moves, latest_moves
from analysis.results.paths import BETTER, FELL, ROSE, THROUGHOUT, UP_AND_DOWN, WORSE
from analysis.results.results import Results, latest_read
from analysis.results.spoken import GRAVEST_FIRST, TOLD, spoken
from analysis.tables import Row
from analysis.vocabulary import (
    ALL_COHORTS,
    AREAS,
    ENDS,
    INSPECTIONS,
    LEVELS,
    NO_DOCUMENT,
    NOT_STATED,
)

MOST: Final = 5
"""Most points that are shown first."""
FEWEST: Final = 3
"""Where fewer qualify, the report says so."""
KINDS: Final = ("area", "grades", "said", "path", "need")
"""Kinds of points, in the order in which they stand."""
TELLING: Final = (*BETTER, WORSE, ROSE, FELL, UP_AND_DOWN, THROUGHOUT["weakness"])
"""Words of paths that can stand first; the others stand in the story only."""


@dataclass(frozen=True)
class Point:
    """One thing that a report says first: its kind and the row of that kind's table.

    `row` is one of `area_words`, `spoken`, `Results.paths` or `Results.ledger`; empty for grades.
    """

    kind: str
    row: Row


def chosen(results: Results) -> list[Point]:
    """Choose what a report says first; see the module for the rule."""
    recent = _recent(results)
    waiting = [_of_kind(results, kind, recent) for kind in KINDS]
    found: list[Point] = []
    while len(found) < MOST:
        more = [point for kind in waiting if (point := next(kind, None))]
        if not more:
            break
        found += more[: MOST - len(found)]
    return sorted(found, key=lambda point: KINDS.index(point.kind))


def _of_kind(results: Results, kind: str, recent: set[str]) -> Iterator[Point]:
    """Points of one kind, the weightiest first."""
    if kind == "area":
        rows = [row for row in area_words(results) if row["visit"] in recent]
        rows.sort(key=lambda row: not row["change_said"])
    elif kind == "grades":
        moves, _ = latest_moves(results)
        moved = any(m.now.grade != m.before.grade and m.now.visit in recent for m in moves)
        rows = [{}] if moved else []
    elif kind == "said":
        rows = _said(results, recent)
    elif kind == "path":
        rows = _paths(results, recent)
    else:
        ledger = results.ledger.to_dict("records")
        rows = [row for row in ledger if row["raised_again"] and row["latest_raised"] in recent]
    return (Point(kind, row) for row in rows)


def _said(results: Results, recent: set[str]) -> list[Row]:
    """What inspectors said of themes, said by most findings first, one row a theme."""
    rows = [
        row
        for row in spoken(results)
        if row["visit"] in recent and row["word"] in TOLD and not row["tagged"]
    ]
    rows.sort(key=lambda row: (-row["times"], -row["paragraphs"]))
    return _one_a_theme(rows)


def _paths(results: Results, recent: set[str]) -> list[Row]:
    """Paths whose ends can be leaned on, those that moved furthest first, one row a theme."""
    told = {row["theme"] for row in _said(results, recent)}
    rows = [
        row
        for row in leading_paths(results)
        if row["latest"] in recent and row["word"] in TELLING and row["theme"] not in told
    ]
    rows.sort(key=lambda row: (-abs(_climb(row)), -int(row["inspections"])))
    return _one_a_theme(rows)


def _climb(row: Row) -> int:
    return LEVELS[str(row["level_latest"])] - LEVELS[str(row["level_first"])]


def _one_a_theme(rows: list[Row]) -> list[Row]:
    by_theme: dict[str, Row] = {}
    for row in rows:
        by_theme.setdefault(str(row["theme"]), row)
    return list(by_theme.values())


def area_words(results: Results) -> list[Row]:
    """Return what inspectors last said of each area, overall first.

    Returns
    -------
    list of dict
        Rows of `Results.areas`, in inspectors' own findings only; of several at one visit the first
        that says a change, the gravest first, else the first.
    """
    words = [*GRAVEST_FIRST, ""]
    latest: dict[str, Row] = {}
    for row in _own_statements(results):
        held = latest.get(str(row["area"]))
        graver = held is not None and words.index(str(row["change_said"])) < words.index(
            str(held["change_said"])
        )
        if held is None or held["visit"] != row["visit"] or graver:
            latest[str(row["area"])] = row
    return [latest[area] for area in dict.fromkeys(("overall", *AREAS)) if area in latest]


def _own_statements(results: Results) -> list[Row]:
    """Statements on whole areas that inspectors make or endorse, in the order of visits."""
    speakers = results.data.findings.set_index("finding")["said_by"]
    return results.areas[results.areas["finding"].map(speakers) == "inspectors"].to_dict("records")


def told_paths(results: Results) -> list[Row]:
    """Return the paths that a report tells in sentences.

    They are those of single cohorts that two full inspections judged or more. Left out are those
    whose latest step inspectors' own word overrules, and those for a cohort that is not stated
    beside one that is: they would read as if they spoke for the whole.
    """
    aside = {(row["theme"], row["cohort"]) for row in overruled(results)}
    rows = [
        row
        for row in results.paths.to_dict("records")
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
    for row in judged.to_dict("records"):
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
    return rows.drop_duplicates(key).to_dict("records")


@dataclass(frozen=True)
class Found:
    """All that says that something got better, or that it got worse, at any visit, by layer.

    Attributes
    ----------
    areas
        Statements on whole areas, rows of `Results.areas`.
    grades
        Moves of grades.
    said
        Rows of `Results.said`.
    paths
        Rows of `told_paths`.
    changes
        Rows of `Results.changes` on themes and cohorts of which nothing above says so.
    """

    areas: list[Row]
    grades: list[GradeMove]
    said: list[Row]
    paths: list[Row]
    changes: list[Row]

    def __bool__(self) -> bool:
        return any((self.areas, self.grades, self.said, self.paths, self.changes))


def found(results: Results, way: Literal[1, -1]) -> Found:
    """Gather all that says that something got better (1) or worse (-1)."""
    word = "improved" if way > 0 else "declined"
    said = results.said[results.said["change_said"] == word].to_dict("records")
    paths = [
        row
        for row in told_paths(results)
        if row["word"] in (BETTER if way > 0 else (WORSE,)) and not (way > 0 and row["harm"])
    ]
    told = {(row["theme"], row["cohort"]) for row in (*said, *paths)}
    return Found(
        [row for row in _own_statements(results) if row["change_said"] == word],
        [move for move in grade_moves(results) if move.sign == way],
        said,
        paths,
        [
            row
            for row in results.changes.to_dict("records")
            if sign_of(row) == way and (row["theme"], row["cohort"]) not in told
        ],
    )


def since(results: Results) -> str:
    """Return the visit from which on points are chosen: the latest whole inspection read."""
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
