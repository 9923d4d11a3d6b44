"""Visits as columns: when each was, how wide it is drawn, where other inspection rules begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from analysis.dates import PartialDate, month
from analysis.results.results import Results
from analysis.results.staves import read_visits
from analysis.tables import records
from analysis.vocabulary import INSPECTIONS, NOTICE


@dataclass(frozen=True)
class Column:
    """A visit as a column.

    Attributes
    ----------
    visit, when
        Its id, and when it was.
    year, month
        For a head of two lines.
    kind
        `full`, or `short` for a visit to a part of the service.
    now, rules
        Whether it is the latest, and whether other inspection rules began with it.
    """

    visit: str
    when: str
    year: str
    month: str
    kind: str
    now: bool
    rules: bool


def whens(results: Results) -> dict[str, str]:
    """Say when each visit was: its year, or its month where another visit began in that year.

    A notice is no visit beside which a year would need its month, and has its own.
    """
    visits = results.data.visits
    starts = dict(zip(visits["visit"].tolist(), visits["start"].tolist(), strict=True))
    kinds = dict(zip(visits["visit"].tolist(), visits["kind"].tolist(), strict=True))
    years = {visit: str(PartialDate.parse(start).year) for visit, start in starts.items()}
    many = Counter(year for visit, year in years.items() if kinds[visit] != NOTICE)
    every = Counter(years.values())

    def alone(visit: str, year: str) -> bool:
        return (every if kinds[visit] == NOTICE else many)[year] == 1

    return {
        visit: year if alone(visit, year) else month(starts[visit]) for visit, year in years.items()
    }


def columns(results: Results, more: Collection[str] = ()) -> list[Column]:
    """Return the visits that are read, and `more` of them, in order."""
    visits = {str(row["visit"]): row for row in records(results.data.visits)}
    named, read = whens(results), read_visits(results)
    found: list[Column] = []
    before = ""
    for visit in (v for v in visits if v in read or v in more):
        row = visits[visit]
        date = PartialDate.parse(str(row["start"]))
        framework = str(row["framework"])
        found.append(
            Column(
                visit,
                named[visit],
                str(date.year),
                date.label.rpartition(" ")[0].lstrip("0123456789 ") if date.month else "",
                "full" if row["kind"] in INSPECTIONS else "short",
                now=visit in read[-1:],
                rules=bool(before and framework and framework != before),
            )
        )
        before = framework or before
    return found
