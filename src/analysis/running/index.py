"""The list of all reports, and the page of a report that could not be made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from markupsafe import Markup

from analysis.english import plural
from analysis.exporting.forms import FORMS
from analysis.report.page.block import environment
from analysis.report.page.scripts import script, sha256
from analysis.report.parameters import Parameters
from analysis.running.manifest import FAILED, NO_DATA, OK, Entry
from analysis.running.tasks import Failed
from analysis.vocabulary import GRADES

_ENVIRONMENT: Final = environment("pages", "report")
_SCRIPT: Final = script("index.js")
_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*m")
STATUSES: Final = {
    OK: "up to date when last run",
    FAILED: "failed",
    NO_DATA: "no data",
    "": "not run",
}


def _plain(text: str) -> str:
    """Take the colours of a terminal out of a traceback."""
    return _COLOURS.sub("", text)


def _code(text: str) -> Markup:
    """Mark up what stands in backticks; everything is escaped.

    Examples
    --------
    >>> str(_code("Run `a < b` again"))
    'Run <code>a &lt; b</code> again'
    """
    parts = enumerate(text.split("`"))
    return Markup().join(
        Markup("<code>{}</code>").format(part) if place % 2 else part for place, part in parts
    )


_ENVIRONMENT.filters |= {"sha256": sha256, "plain": _plain, "code": _code}


@dataclass(frozen=True)
class Place:
    """An authority as the index lists it.

    Attributes
    ----------
    authority, name, region
        Slug, name, name of the region.
    """

    authority: str
    name: str
    region: str


def index_page(entries: Mapping[str, Entry], places: Sequence[Place], day: str) -> str:
    """Return the page that lists what was asked for, and names the authorities that were not.

    Parameters
    ----------
    entries
        What is known of each report, by name.
    places
        Every authority, in the order shown.
    day
        Date of the run, ISO.
    """
    usual = [_row(entries[p.authority], p, day) for p in places if p.authority in entries]
    not_made = [place.name for place in places if place.authority not in entries]
    known = {place.authority: place for place in places}
    others = [
        _row(entry, known.get(entry.asked.authority), day)
        for _name, entry in sorted(entries.items())
        if not entry.asked.usual
    ]
    counts = {
        said: sum(row["status"] == status for row in usual) for status, said in STATUSES.items()
    }
    return _ENVIRONMENT.get_template("index.html.j2").render(
        rows=usual, not_made=not_made, others=others, counts=counts, day=day, script=_SCRIPT
    )


def _row(entry: Entry, place: Place | None, day: str) -> dict[str, Any]:
    told = entry.summary
    name = place.name if place else entry.asked.authority
    return {
        "name": name,
        "region": place.region if place else "",
        "parameters": _parameters(entry.asked),
        "file": entry.asked.name,
        "forms": {FORMS[f].label: FORMS[f].opens for f in entry.forms if FORMS[f].label},
        "headline": told.get("headline", ""),
        "grades": told.get("grades", "") or told.get("grade", ""),
        "grade": GRADES.index(told["grade"]) if told.get("grade") in GRADES else len(GRADES),
        "visit": told.get("visit", ""),
        "visited": told.get("visited", ""),
        "status": entry.status,
        "said": STATUSES[entry.status],
        "made": entry.made,
        "age": _age(entry.made, day),
        "reason": entry.failed.brief if entry.failed else "",
    }


def _age(made: str, day: str) -> str:
    """Say how long before a day a report was made.

    Examples
    --------
    >>> _age("2026-01-01", "2026-01-03"), _age("2026-01-03", "2026-01-03"), _age("", "2026-01-03")
    ('2 days before', 'the same day', '')
    """
    if not made:
        return ""
    days = (date.fromisoformat(day) - date.fromisoformat(made)).days
    return "the same day" if days == 0 else f"{plural(days, 'day')} before"


def _parameters(asked: Parameters) -> str:
    """Say what differs from the usual."""
    said = {"start": "from ", "end": "to ", "themes": "themes "}
    values = asked.values()
    parts = [f"{word}{values[name]}" for name, word in said.items() if values[name]]
    parts += ["secondary sources count"] if asked.include_secondary else []
    return ", ".join([*parts, *([f"codes of {asked.codes} count first"] if asked.codes else [])])


def failure_page(asked: Parameters, failed: Failed, entry: Entry, places: Sequence[Place]) -> str:
    """Return the page that says where, why and what to do about it.

    Parameters
    ----------
    asked, failed
        Which report, and what happened.
    entry
        What is known of the last good one.
    places
        Every authority.
    """
    names = {place.authority: place.name for place in places}
    return _ENVIRONMENT.get_template("failed.html.j2").render(
        name=names.get(asked.authority, asked.authority),
        parameters=_parameters(asked),
        file=asked.name,
        failed=failed,
        made=entry.made,
    )
