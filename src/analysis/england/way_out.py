"""Who found a way out: needs that inspectors raised with weight, and later found met.

A need is the same in two authorities if theme, aspect and cohort are the same; `other` is no aspect
that could be. An authority *had* it if two visits raised it, or one with harm, risk or a duty not
met, in findings on the whole of it. It *found a way out* if a later visit that looked at all of it
found it met, in a finding on the whole of it, and no visit raised it after. Beside these stand all
that had it: who was looked at again and did not get out, and who was not looked at again. These are
inspectors' findings: they tell no cause and give no recipe.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from analysis.addresses import paged
from analysis.data.shapes import table
from analysis.results.needs import RAISING, by_relation, concerned
from analysis.results.results import Results
from analysis.results.schemas import COHORT, THEME, VISIT, count, filled, flag, listed, text
from analysis.tables import Row, records
from analysis.vocabulary import INSPECTIONS, NOTICE, OTHER_ASPECT, looked_at

KEY: Final = ["theme", "cohort", "aspect"]
"""What makes a need the same, in every authority."""
TIMES: Final = 2
"""Visits that must have raised a need, unless one raised it with harm."""

OUT: Final = "found a way out"
PROGRESS: Final = "better or met in part"
SILENT: Final = "not raised again"
AGAIN: Final = "raised again"
UNSEEN: Final = "not looked at again"
OUTCOMES: Final[dict[str, str]] = {
    OUT: "a later visit that looked at all of it found it met, and none raised it after",
    PROGRESS: "the latest visit that speaks of it found it better, or a part of it met",
    SILENT: "looked at again since it was raised last, and not mentioned",
    AGAIN: "raised again, and not looked at since",
    UNSEEN: "no visit has looked at all of it since",
}
"""What became of a need in an authority that had it, in words."""
STILL: Final = (AGAIN, UNSEEN)
"""Outcomes of a need that nothing was said of since it was raised last."""
STRENGTH, MET = "a strength", "met"

FOLLOWED: Final = table(
    "Every need with an aspect, followed to what became of it, once for each authority.",
    {
        "theme": THEME,
        "cohort": COHORT,
        "aspect": text("Aspect of the theme"),
        "had": flag("Whether the authority had it: two visits raised it, or one with harm"),
        "outcome": listed("What became of it", OUTCOMES),
        "visits_raised": count("Visits that raised it"),
        "raised_since": count("Of these, those that raised it when the authority had it already"),
        "harm": flag("Whether one raised it with harm, risk or a duty not met"),
        "first_raised": text("The visit that raised it first"),
        "latest_raised": VISIT,
        "raised_by": text("The finding that raised it last"),
        "raised_on": text("First day of that visit, as far as it is known"),
        "raised_at": text("Address of its document, at its page where that is known"),
        "out": text("The visit that found it met; blank if none did"),
        "found": listed("What that visit found", (STRENGTH, MET), blank=True),
        "met_by": text("The finding that says so; blank if there is none"),
        "met_on": text("First day of that visit; blank if there is none"),
        "met_at": text("Address of its document; blank if there is none"),
        "visits_later": count("Visits from the latest raising to it, itself too; 0 if none did"),
        "looked_after": count("Visits after it that looked at all of it and did not raise it"),
    },
    unique=KEY,
)


def followed(results: Results) -> pd.DataFrame:
    """Follow every need of an authority to what became of it.

    Parameters
    ----------
    results
        Of one authority.

    Returns
    -------
    pandas.DataFrame
        Schema `FOLLOWED`; one row per theme, cohort and aspect.
    """
    seen = _seen(results.data.visits)
    of_need: dict[tuple[str, ...], list[Row]] = {}
    for event in records(_said(results, seen)):
        of_need.setdefault(tuple(str(event[name]) for name in KEY), []).append(event)
    rows = []
    for key, events in of_need.items():
        theme, cohort, _aspect = key
        areas = concerned(theme, cohort, results.data.codebook)
        if any(event["says"] in RAISING for event in events):
            rows.append(dict(zip(KEY, key, strict=True)) | _course(events, seen, areas))
    return filled(FOLLOWED, _with_sources(rows, results))


def risk_set(rows: pd.DataFrame) -> dict[str, int]:
    """Count the authorities that had a need by what became of it, in the order of `OUTCOMES`.

    Parameters
    ----------
    rows
        Of `FOLLOWED`, those of one theme, cohort and aspect in all authorities.

    Examples
    --------
    >>> outcomes = ["raised again", "found a way out", "raised again", "found a way out"]
    >>> risk_set(pd.DataFrame({"outcome": outcomes, "had": [True, True, True, False]}))
    {'found a way out': 1, 'raised again': 2}
    """
    counted = rows.loc[rows["had"], "outcome"].value_counts()
    return {word: int(counted[word]) for word in OUTCOMES if word in counted}


def with_words(rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Put beside each need what was written before and after, with its place and address.

    Parameters
    ----------
    rows
        Of `FOLLOWED`, with the authority.
    tables
        The frames `findings` and `codes` of `analysis.england.frames.Frames`.

    Returns
    -------
    pandas.DataFrame
        The rows with `before` and `after` (our summaries; blank if none), and of each `_date`
        (first day of the visit), `_place` (section, paragraph and page), `_address` and `_link`
        (as of a finding: the document, and else the publisher's page).
    """
    findings = tables["findings"].set_index("finding")
    about = tables["codes"].set_index(["finding", "theme", "cohort"])["found"]
    for side, column in (("before", "raised_by"), ("after", "met_by")):
        found = findings.reindex(rows[column])
        own = about.reindex(pd.MultiIndex.from_frame(rows[[column, "theme", "cohort"]])).fillna("")
        whole = found["summary"].fillna("")
        texts: dict[str, Any] = {
            side: [told or other for told, other in zip(own, whole, strict=True)],
            f"{side}_date": found["date"].to_numpy(),
            f"{side}_place": [_place(row) for row in records(found)],
            f"{side}_address": found["address"].fillna("").to_numpy(),
            f"{side}_link": found["link"].fillna("").to_numpy(),
        }
        rows = rows.assign(**texts)
    return rows


def _place(row: Row) -> str:
    marks = (("section", "{}"), ("printed_number", "paragraph {}"), ("page", "page {}"))
    held = [(form, row[name]) for name, form in marks]
    return ", ".join(form.format(value) for form, value in held if isinstance(value, str) and value)


def _seen(visits: pd.DataFrame) -> list[Row]:
    """Visits of inspectors of which an own document is held, in order."""
    read = visits[(visits["held"] == "primary") & (visits["kind"] != NOTICE)]
    return records(read[["visit", "order", "kind", "areas"]].sort_values("order"))


def _with_sources(rows: list[Row], results: Results) -> list[Row]:
    """Put beside each raising and meeting when it was and where it can be read."""
    data = results.data
    starts = dict(zip(data.visits["visit"], data.visits["start"], strict=True)) | {"": ""}
    documents = {str(row["document"]): row for row in records(data.documents)}
    found = {str(row["finding"]): row for row in records(data.findings)}

    def address(finding: str) -> str:
        if not finding:
            return ""
        page, own = str(found[finding]["page"]), documents[str(found[finding]["document"])]
        return paged(str(own["address"]), page) or str(own["link"])

    return [
        row
        | {"raised_on": starts[row["latest_raised"]], "raised_at": address(row["raised_by"])}
        | {"met_on": starts[row["out"]], "met_at": address(row["met_by"])}
        for row in rows
    ]


def _looks(visit: Row, areas: frozenset[str]) -> bool:
    """Whether a visit looks at all areas; at what may be anywhere only a full inspection does."""
    whole = bool(areas) and areas <= looked_at(str(visit["areas"]))
    return whole or visit["kind"] in INSPECTIONS


def _said(results: Results, seen: list[Row]) -> pd.DataFrame:
    """What each visit says of each need with an aspect: one row per finding linked to it."""
    about = results.ledger.drop_duplicates("need")
    about = about.loc[about["aspect"] != OTHER_ASPECT, [*KEY, "need"]]
    events = results.events[results.events["visit"].isin([visit["visit"] for visit in seen])]
    said = [
        {"need": event["need"], "visit": event["visit"], "order": event["order"]}
        | {"finding": finding, "says": relation}
        for event in records(events)
        for relation, findings in by_relation(event).items()
        for finding in findings
    ]
    columns = ["need", "visit", "order", "finding", "says"]
    codes = results.coded[["finding", "theme", "cohort", "direction", "harm", "part", "role"]]
    pairs = pd.DataFrame(said, columns=columns).merge(about, on="need")
    pairs = pairs.merge(codes, on=["finding", "theme", "cohort"], how="left")
    told_by = ["direction", "harm", "part", "role"]
    pairs[told_by] = pairs[told_by].fillna("")
    good = results.coded[(results.coded["direction"] != "weakness") & (results.coded["part"] == "")]
    told = set(zip(good["finding"], good["theme"], strict=True))
    of_theme = [pair in told for pair in zip(pairs["finding"], pairs["theme"], strict=True)]
    return pairs.assign(of_theme=of_theme).sort_values([*KEY, "order"], kind="stable")


def _course(events: list[Row], seen: list[Row], areas: frozenset[str]) -> Row:
    """Follow one need in one authority, where one visit raised it or more."""
    raising = [event for event in events if event["says"] in RAISING]
    orders = sorted({int(event["order"]) for event in raising})
    whole = [event for event in raising if not event["part"]]
    times = sorted({int(event["order"]) for event in whole})
    harms = [int(event["order"]) for event in whole if event["harm"]]
    had = min([*times[TIMES - 1 : TIMES], *harms], default=None)
    since = orders[0] if had is None else had
    latest = orders[-1]
    wide = [visit for visit in seen if _looks(visit, areas)]
    after = [event for event in events if event["order"] > latest]
    out = next(filter(None, (_met(after, visit) for visit in wide)), None)
    return {
        "had": had is not None,
        "outcome": _outcome(out, after, [v for v in wide if v["order"] > latest], latest > since),
        "visits_raised": len(orders),
        "raised_since": sum(order > since for order in orders) if had is not None else 0,
        "harm": bool(harms),
        "first_raised": raising[0]["visit"],
        "latest_raised": raising[-1]["visit"],
        "raised_by": _telling([e for e in raising if e["order"] == latest])["finding"],
        "out": out["visit"] if out else "",
        "found": (STRENGTH if out["direction"] == "strength" else MET) if out else "",
        "met_by": out["finding"] if out else "",
        "visits_later": sum(latest < v["order"] <= out["order"] for v in seen) if out else 0,
        "looked_after": sum(v["order"] > out["order"] for v in wide) if out else 0,
    }


def _met(after: list[Row], visit: Row) -> Row | None:
    """Return the finding of a visit that found the need met, if it says no less of it.

    It must carry a code on the whole of the theme that is no weakness: a link alone may rest on
    words about something near.
    """
    here = [event for event in after if event["visit"] == visit["visit"]]
    met = [event for event in here if event["says"] == "met"]
    whole = [event for event in met if event["of_theme"] and not event["part"]]
    if not whole or any(event["says"] == "progress" for event in here):
        return None
    return max(whole, key=lambda event: (event["direction"] == "strength", bool(event["role"])))


def _outcome(out: Row | None, after: list[Row], looked: list[Row], again: bool) -> str:
    if out:
        return OUT
    if any(event["says"] in ("met", "progress") for event in after):
        return PROGRESS
    if looked:
        return SILENT
    return AGAIN if again else UNSEEN


def _telling(events: list[Row]) -> Row:
    """Return the finding that tells most of a failing.

    It speaks of the theme and cohort themselves, and of the whole, if any does; then one with harm
    comes before what needs to improve, and that before another weakness.
    """
    return max(
        events,
        key=lambda event: (
            bool(event["role"]),
            not event["part"],
            bool(event["harm"]),
            event["role"] == "need",
            event["direction"] == "weakness",
        ),
    )
