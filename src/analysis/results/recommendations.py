"""What became of what the full inspection before asked for."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.data.authority import AuthorityData
from analysis.results.needs import RAISING, counting_links
from analysis.results.schemas import RECOMMENDATIONS, filled
from analysis.tables import Row, records
from analysis.vocabulary import BECAME, ENDS, INSPECTIONS, NOT_FOLLOWED, NOT_MENTIONED


def recommendations(data: AuthorityData, events: pd.DataFrame) -> pd.DataFrame:
    """Follow each recommendation of the full inspection before the latest one.

    Parameters
    ----------
    events
        `analysis.results.needs.events`.

    Returns
    -------
    pandas.DataFrame
        One row per recommendation (a finding of role `need` in a primary document of that
        inspection) and need that it raised, in the order of the document; one with a blank need
        where it is linked to none. `became` is what the latest later visit that speaks of the need
        says (`raised again`, `not addressed`, `better or met in part`, `met`, `required by a
        notice`), else `not mentioned since`, or `not followed`; `at` that visit, `findings` its
        findings, `later` every later visit that speaks of it (`visit=relation`, separated by
        spaces).
        Empty where fewer than two full inspections are held.
    """
    visits = data.visits.sort_values("order")
    full = visits[visits["kind"].isin(INSPECTIONS) & (visits["held"] == "primary")]
    if len(full) < ENDS:
        return filled(RECOMMENDATIONS, [])
    before = full.iloc[-2]
    asked = data.findings[
        (data.findings["visit"] == before["visit"])
        & (data.findings["role"] == "need")
        & (data.findings["source"] == "primary")
    ]
    links = counting_links(data.need_links)
    raised = links[links["relation"].isin(RAISING)]
    needs: dict[str, list[str]] = {}
    for need, finding in zip(raised["need"], raised["finding"], strict=True):
        needs.setdefault(finding, []).append(need)
    later: dict[str, list[Row]] = {}
    for event in records(events[events["order"] > before["order"]]):
        later.setdefault(str(event["need"]), []).append(event)
    known = {
        need: {"theme": theme, "cohort": cohort}
        for need, theme, cohort in zip(
            data.needs["need"], data.needs["theme"], data.needs["cohort"], strict=True
        )
    }
    rows = [
        {"finding": finding, "visit": before["visit"], "need": need}
        | known.get(need, {"theme": "", "cohort": ""})
        | _became(need, later.get(need, []))
        for finding in asked["finding"]
        for need in needs.get(finding, [""])
    ]
    return filled(RECOMMENDATIONS, rows)


def _became(need: str, events: Sequence[Row]) -> Row:
    if not events:
        return {
            "became": NOT_MENTIONED if need else NOT_FOLLOWED,
            "at": "",
            "findings": "",
            "later": "",
        }
    latest = events[-1]
    return {
        "became": BECAME[str(latest["relation"])],
        "at": latest["visit"],
        "findings": latest["findings"],
        "later": " ".join(
            f"{event['visit']}={str(event['relation']).replace(' ', '-')}" for event in events
        ),
    }
