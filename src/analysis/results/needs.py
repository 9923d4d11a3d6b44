"""Needs: what was to be improved, and whether it was raised again.

A need is followed over visits by its links. Only links that inspectors stated or a coder made count
as raised again; a program's suggestion means no more than that the theme recurred. Visits are
counted, not paragraphs. A need that was met and comes back as a weakness starts a new spell.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.codes.counting import admitted, join_ids, ranks
from analysis.tables import Row
from analysis.vocabulary import NO_LINK

RAISING: Final = frozenset({"raised", "not addressed"})
COUNTING_BASES: Final = frozenset({"inspectors", "coder"})
_STRONGEST_FIRST: Final = ("not addressed", "raised", "progress", "met", "required")
"""Several links of one visit to one need: what the visit says is the first of these found."""
EVENT_COLUMNS: Final = ["need", "visit", "order", "relation", "basis", "spell", "findings"]
LEDGER_COLUMNS: Final = [
    "need", "theme", "cohort", "aspect", "spell", "first_raised", "latest_raised",
    "visits_raised", "raised_again", "required", "progress", "met", "basis", "findings",
]  # fmt: skip


def counting_links(links: pd.DataFrame) -> pd.DataFrame:
    """Keep the links that count for each pair: those of the coders who count for codes too.

    A pair whose counting link says `none` is no link.

    Parameters
    ----------
    links
        Schema `NEED_LINKS`.
    """
    links = links[(links["coder"] != "reader-2") & links["basis"].isin(COUNTING_BASES)]
    ranked = links.assign(_rank=ranks(links, ["need", "finding"]))
    best = ranked.groupby(["need", "finding"])["_rank"].transform("min")
    kept = ranked[(ranked["_rank"] == best) & (ranked["relation"] != NO_LINK)]
    return kept.drop(columns="_rank").reset_index(drop=True)


def events(
    links: pd.DataFrame,
    findings: pd.DataFrame,
    visits: pd.DataFrame,
    *,
    include_secondary: bool = False,
) -> pd.DataFrame:
    """Say what each visit said of each need.

    Parameters
    ----------
    links, findings, visits
        Tables of `AuthorityData`.
    include_secondary
        Let secondary documents speak.

    Returns
    -------
    pandas.DataFrame
        One row per need and visit: `relation` (the weightiest of the visit's links: not addressed,
        raised, progress, met, required; a requirement can only be required), `basis` (inspectors if
        a link of that relation is theirs, else coder),
        `spell` (1 at first; a new one begins when the need is raised after it was met), `findings`
        (ids, separated by spaces).
    """
    columns = ["finding", "visit", "source", "role"]
    joined = counting_links(links).merge(findings[columns], on="finding")
    joined = admitted(joined, visits, include_secondary=include_secondary)
    joined = joined.assign(
        order=joined["visit"].map(visits.set_index("visit")["order"]),
        relation=joined["relation"].mask(joined["role"] == "requirement", "required"),
    )
    linked: dict[tuple[str, str], list[Row]] = {}
    for link in joined.to_dict("records"):
        linked.setdefault((link["need"], link["visit"]), []).append(link)
    rows = [_event(need, visit, part) for (need, visit), part in linked.items()]
    table = pd.DataFrame(rows, columns=[c for c in EVENT_COLUMNS if c != "spell"])
    table = table.sort_values(["need", "order"], kind="stable").reset_index(drop=True)
    return table.assign(spell=_spells(table))[EVENT_COLUMNS]


def _event(need: str, visit: str, part: list[Row]) -> dict[str, object]:
    relations = {link["relation"] for link in part}
    relation = next(r for r in _STRONGEST_FIRST if r in relations)
    bases = {link["basis"] for link in part if link["relation"] == relation}
    return {
        "need": need,
        "visit": visit,
        "order": int(part[0]["order"]),
        "relation": relation,
        "basis": "inspectors" if "inspectors" in bases else "coder",
        "findings": join_ids(link["finding"] for link in part),
    }


def _spells(table: pd.DataFrame) -> list[int]:
    spells: list[int] = []
    met: dict[str, bool] = {}
    spell: dict[str, int] = {}
    for need, relation in zip(table["need"], table["relation"], strict=True):
        if need not in spell or (met[need] and relation in RAISING):
            spell[need] = spell.get(need, 0) + 1
            met[need] = False
        met[need] = met[need] or relation == "met"
        spells.append(spell[need])
    return spells


def ledger(needs: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Follow each need: first and latest raised, by how many visits, and what became of it.

    Parameters
    ----------
    needs
        Schema `NEEDS`.
    table
        `events`.

    Returns
    -------
    pandas.DataFrame
        One row per need and spell in which it was raised: `first_raised`, `latest_raised` (visit
        ids), `visits_raised` (count of visits), `raised_again` (two visits or more), `required`
        (a notice demanded it), `progress`, `met` (visit ids, blank if none), `basis` (inspectors
        where they themselves linked any later raising), `findings` on it at the visits
        that raised it.
    """
    spells: dict[tuple[str, int], list[Row]] = {}
    for event in table.to_dict("records"):
        spells.setdefault((event["need"], event["spell"]), []).append(event)
    rows = []
    for (need, spell), part in spells.items():
        raised = [event for event in part if event["relation"] in RAISING]
        if raised:
            rows.append({"need": need, "spell": spell} | _entry(part, raised))
    described = pd.DataFrame(rows, columns=["need", "spell", *_ENTRY]).merge(needs, on="need")
    described = described[LEDGER_COLUMNS]
    order = table.set_index(["need", "visit"])["order"]
    key = [order[(n, v)] for n, v in zip(described["need"], described["first_raised"], strict=True)]
    return (
        described.assign(_first=key)
        .sort_values(["visits_raised", "_first"], ascending=[False, True], kind="stable")
        .drop(columns="_first")
        .reset_index(drop=True)
    )


_ENTRY: Final = [
    c for c in LEDGER_COLUMNS if c not in ("need", "spell", "theme", "cohort", "aspect")
]


def _entry(part: list[Row], raised: list[Row]) -> dict[str, object]:
    last = max(event["order"] for event in raised)
    met = [e["visit"] for e in part if e["relation"] == "met" and e["order"] > last]
    return {
        "first_raised": raised[0]["visit"],
        "latest_raised": raised[-1]["visit"],
        "visits_raised": len(raised),
        "raised_again": len(raised) > 1,
        "required": any(event["relation"] == "required" for event in part),
        "progress": " ".join(e["visit"] for e in part if e["relation"] == "progress"),
        "met": " ".join(met),
        "basis": "inspectors" if any(e["basis"] == "inspectors" for e in raised[1:]) else "coder",
        "findings": " ".join(event["findings"] for event in raised),
    }
