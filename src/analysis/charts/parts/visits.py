"""Visits and the limits of what can be compared between them.

What every chart by visit has to mark, the change of framework and the pause of inspections, is
named here.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise
from typing import Final

import pandas as pd

from analysis.dates import PartialDate, month
from analysis.english import plural
from analysis.vocabulary import AREA_PARTS, AREAS, PARTNERSHIPS, looked_at

PAUSE: Final = (date(2020, 3, 17), date(2021, 6, 1))
"""Routine inspections were suspended on 17 March 2020; visits to authorities that were not already
inadequate began again in June 2021 at the earliest. Some visits were made in between."""
PAUSE_LABEL: Final = "routine inspections paused, 2020 to 2021"
MAX_AREAS: Final = 2
"""More areas than this are counted in a column's head, not named."""


@dataclass(frozen=True)
class Visit:
    """A row of the table of visits, with its columns under their names."""

    visit: str
    kind: str
    framework: str
    start: str
    end: str
    areas: str
    label: str
    short: str
    held: str


def each_visit(visits: pd.DataFrame) -> list[Visit]:
    """Return the rows of a table of visits, typed, in its order."""
    names = [field.name for field in fields(Visit)]
    return [Visit(*map(str, row)) for row in visits[names].itertuples(index=False, name=None)]


def period(visits: pd.DataFrame) -> str:
    """Return the months of the first and the latest visit, in words."""
    months = list(dict.fromkeys(visits["start"].map(month)))
    return " to ".join(dict.fromkeys([months[0], months[-1]])) if months else "no visit held"


def scope_words(areas: str) -> str:
    """Say in few words which areas a visit looked at.

    Examples
    --------
    >>> scope_words("help-and-protection;children-in-care-and-care-leavers;leadership")
    'all areas'
    >>> scope_words("children-in-care;adoption")
    'children in care, adoption'
    >>> scope_words("")
    'areas not known'
    """
    looked = looked_at(areas)
    wholes = {whole for whole, parts in AREA_PARTS.items() if looked.issuperset(parts)}
    if wholes == set(AREA_PARTS) and "leadership" in looked:
        return "all areas"
    covered = {part for whole in wholes for part in AREA_PARTS[whole]}
    named = [AREAS[area] for area in AREAS if area in (looked | wholes) - covered]
    return ", ".join(named) or "areas not known"


def scope_in_brief(areas: str) -> str:
    """Say in few words what a visit looked at: up to two areas by name, more by their count.

    Examples
    --------
    >>> scope_in_brief("front-door;early-help"), scope_in_brief("care-leavers")
    ('front door, early help', 'care leavers')
    >>> scope_in_brief("front-door;early-help;adoption;leadership")
    '4 areas'
    """
    words = scope_words(areas)
    count = words.count(", ") + 1
    return words if count <= MAX_AREAS else f"{count} areas"


def framework_spans(visits: pd.DataFrame) -> list[tuple[str, int, int]]:
    """Return each run of visits under one framework: name, first place, place after the last.

    A visit under none, such as a notice, belongs to the run in which it falls.

    Examples
    --------
    >>> framework_spans(pd.DataFrame({"framework": ["SIF", "", "ILACS", "ILACS"]}))
    [('SIF', 0, 2), ('ILACS', 2, 4)]
    """
    runs: list[tuple[str, int]] = []
    for place, name in enumerate(visits["framework"]):
        if not runs or (name and runs[-1][0] not in ("", name)):
            runs.append((name, place))
        elif name and not runs[-1][0]:
            runs[-1] = (name, runs[-1][1])
    starts = [place for _name, place in runs]
    ends = [*starts[1:], len(visits)]
    return [(name, first, end) for (name, first), end in zip(runs, ends, strict=False)]


@dataclass(frozen=True)
class Boundary:
    """A limit of what can be compared, between two visits.

    Attributes
    ----------
    before
        Position, in the table, of the first visit after it.
    label
        What it is, in words.
    """

    before: int
    label: str


def boundaries(visits: pd.DataFrame) -> list[Boundary]:
    """Return the changes of framework and the pause of inspections that fall between visits.

    Parameters
    ----------
    visits
        Visits in order; one without a framework, such as a notice, changes none.
    """
    changed = [
        Boundary(now, f"{_turn(old, new)} framework: {old} to {new}")
        for (old, *_), (new, now, _) in pairwise(framework_spans(visits))
    ]
    began = [PartialDate.parse(start).earliest for start in visits["start"]]
    after = [i for i, day in enumerate(began) if day > PAUSE[0]]
    paused = after and after[0] > 0 and any(day >= PAUSE[1] for day in began)
    found = changed + ([Boundary(after[0], PAUSE_LABEL)] if paused else [])
    return sorted(found, key=lambda boundary: boundary.before)


def _turn(old: str, new: str) -> str:
    """Whether a framework followed another for good, or stands beside it for a visit."""
    return "new" if PARTNERSHIPS.keys().isdisjoint([old, new]) else "another"


def missing_note(visits: pd.DataFrame) -> str:
    """Name the visits of which no document by inspectors is held; blank if there is none."""
    lacking = visits[visits["held"] != "primary"]
    if lacking.empty:
        return ""
    names = ", ".join(month(start) for start in lacking["start"])
    return f"No inspectors' document is held of {plural(len(lacking), 'visit')} ({names})."
