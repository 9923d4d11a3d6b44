"""Needs: what was to be improved, and whether it was raised again.

A need is followed over visits by its links. Only links that inspectors stated or a coder made count
as raised again; a program's suggestion means no more than that the theme recurred. Visits are
counted, not paragraphs. A need that was met and comes back as a weakness starts a new spell; what a
narrower visit found met does not end one, and is told with its scope.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.codes.counting import admitted, join_ids, ranks
from analysis.data.codebook import EVERYWHERE, Codebook
from analysis.results.schemas import EVENTS, LEDGER, filled
from analysis.tables import Row, records
from analysis.vocabulary import (
    AREA_PARTS,
    COHORT_AREAS,
    INSPECTIONS,
    NO_LINK,
    expand_areas,
    looked_at,
)

RAISING: Final = frozenset({"raised", "not addressed"})
COUNTING_BASES: Final = frozenset({"inspectors", "coder"})
_STRONGEST_FIRST: Final = ("not addressed", "raised", "progress", "met", "required")
"""Several links of one visit to one need: what the visit says is the first of these found."""


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


def concerned(theme: str, cohort: str, codebook: Codebook) -> frozenset[str]:
    """Return the areas of a theme that belong to a cohort; wholes as their parts."""
    areas_of = codebook.theme(theme).areas
    named = [] if EVERYWHERE in areas_of else list(areas_of)
    areas = expand_areas(named) - frozenset(AREA_PARTS)
    met = frozenset(COHORT_AREAS.get(cohort, ()))
    return (areas & met or areas or met) - frozenset(AREA_PARTS)


@dataclass(frozen=True)
class Scopes:
    """What tells whether a visit that found a need met speaks of the whole of it.

    Attributes
    ----------
    needs
        Schema `NEEDS`.
    coded
        `analysis.codes.counting.coded_findings`.
    codebook
        Where each theme can be expected.
    """

    needs: pd.DataFrame
    coded: pd.DataFrame
    codebook: Codebook

    def areas(self) -> dict[str, frozenset[str]]:
        """Areas of each need's theme that belong to its cohort; wholes as their parts."""
        return {
            str(row["need"]): concerned(str(row["theme"]), str(row["cohort"]), self.codebook)
            for row in records(self.needs)
        }

    def parts(self) -> set[tuple[str, str]]:
        """Pairs of need and finding where the finding speaks of a part of those concerned."""
        part = self.coded.loc[self.coded["part"] == "yes", ["finding", "theme", "cohort"]]
        joined = part.merge(self.needs[["need", "theme", "cohort"]], on=["theme", "cohort"])
        return set(zip(joined["need"], joined["finding"], strict=True))


def events(
    links: pd.DataFrame,
    findings: pd.DataFrame,
    visits: pd.DataFrame,
    scopes: Scopes,
    *,
    include_secondary: bool = False,
) -> pd.DataFrame:
    """Say what each visit said of each need.

    Parameters
    ----------
    links, findings, visits
        Tables of `AuthorityData`.
    scopes
        What tells whether a visit speaks of the whole of a need.
    include_secondary
        Let secondary documents speak.

    Returns
    -------
    pandas.DataFrame
        One row per need and visit: `relation` (the weightiest of the visit's links: not addressed,
        raised, progress, met, required; a requirement can only be required), `basis` (inspectors if
        a link of that relation is theirs, else coder), `ends` (it was met, by a visit that looked
        at all areas of the theme that belong to the cohort, in a finding on the whole of it),
        `spell` (1 at first; a new one begins when the need is raised after one that ended),
        `findings` (ids, separated by spaces), `relations` (`finding=relation`, separated by
        spaces, blanks in a relation as hyphens).
    """
    columns = ["finding", "visit", "source", "role"]
    joined = counting_links(links).merge(findings[columns], on="finding")
    joined = admitted(joined, visits, include_secondary=include_secondary)
    by_visit = visits.set_index("visit")
    joined = joined.assign(
        order=joined["visit"].map(by_visit["order"]),
        relation=joined["relation"].mask(joined["role"] == "requirement", "required"),
    )
    linked: dict[tuple[str, str], list[Row]] = {}
    for link in records(joined):
        linked.setdefault((link["need"], link["visit"]), []).append(link)
    parts, areas_of = scopes.parts(), scopes.areas()
    seen = by_visit[["kind", "areas"]].to_dict("index")
    rows = []
    for (need, visit), part in linked.items():
        looked = seen[visit]
        wide = looked["kind"] in INSPECTIONS or areas_of[need] <= looked_at(str(looked["areas"]))
        whole = [link for link in part if (need, str(link["finding"])) not in parts]
        rows.append(_event(need, visit, part) | {"ends": wide and _says(whole, "met")})
    table = pd.DataFrame(rows, columns=[c for c in EVENTS.columns if c != "spell"])
    table = table.assign(ends=(table["relation"] == "met") & table["ends"].astype(bool))
    table = table.sort_values(["need", "order"], kind="stable").reset_index(drop=True)
    return filled(EVENTS, table.assign(spell=_spells(table)))


def _says(part: list[Row], relation: str) -> bool:
    return any(link["relation"] == relation for link in part)


def _event(need: str, visit: str, part: list[Row]) -> dict[str, object]:
    relations = {link["relation"] for link in part}
    relation = next(r for r in _STRONGEST_FIRST if r in relations)
    bases = {link["basis"] for link in part if link["relation"] == relation}
    own = {str(link["finding"]): str(link["relation"]).replace(" ", "-") for link in part}
    found = join_ids(own)
    return {
        "need": need,
        "visit": visit,
        "order": int(part[0]["order"]),
        "relation": relation,
        "basis": "inspectors" if "inspectors" in bases else "coder",
        "findings": found,
        "relations": " ".join(f"{finding}={own[finding]}" for finding in found.split()),
    }


def by_relation(event: Row) -> dict[str, list[str]]:
    """Return the findings of an event under the relation of each.

    Examples
    --------
    >>> by_relation({"relations": "d/1=raised d/2=not-addressed d/4=raised"})
    {'raised': ['d/1', 'd/4'], 'not addressed': ['d/2']}
    """
    found: dict[str, list[str]] = {}
    for pair in str(event["relations"]).split():
        finding, _, relation = pair.rpartition("=")
        found.setdefault(relation.replace("-", " "), []).append(finding)
    return found


def _spells(table: pd.DataFrame) -> list[int]:
    spells: list[int] = []
    met: dict[str, bool] = {}
    spell: dict[str, int] = {}
    columns = (table["need"], table["relation"], table["ends"])
    for need, relation, ends in zip(*columns, strict=True):
        if need not in spell or (met[need] and relation in RAISING):
            spell[need] = spell.get(need, 0) + 1
            met[need] = False
        met[need] = met[need] or bool(ends)
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
        (a notice demanded it), `progress`, `met` (visit ids, blank if none), `met_in_part` (those
        that found it met and speak of less than the whole), `basis` (inspectors where they
        themselves linked any later raising), `findings` that raise it.
    """
    spells: dict[tuple[str, int], list[Row]] = {}
    for event in records(table):
        spells.setdefault((event["need"], event["spell"]), []).append(event)
    rows = []
    for (need, spell), part in spells.items():
        raised = [event for event in part if event["relation"] in RAISING]
        if raised:
            rows.append({"need": need, "spell": spell} | _entry(part, raised))
    described = pd.DataFrame(rows, columns=["need", "spell", *_ENTRY]).merge(needs, on="need")
    order = table.set_index(["need", "visit"])["order"]
    key = [order[(n, v)] for n, v in zip(described["need"], described["first_raised"], strict=True)]
    described = described.assign(_first=key).sort_values(
        ["visits_raised", "_first"], ascending=[False, True], kind="stable"
    )
    return filled(LEDGER, described.reset_index(drop=True))


_ENTRY: Final = [
    c for c in LEDGER.columns if c not in ("need", "spell", "theme", "cohort", "aspect", "wording")
]


def _entry(part: list[Row], raised: list[Row]) -> dict[str, object]:
    last = max(event["order"] for event in raised)
    met = [e for e in part if e["relation"] == "met"]
    return {
        "first_raised": raised[0]["visit"],
        "latest_raised": raised[-1]["visit"],
        "visits_raised": len(raised),
        "raised_again": len(raised) > 1,
        "required": any(event["relation"] == "required" for event in part),
        "progress": " ".join(e["visit"] for e in part if e["relation"] == "progress"),
        "met": " ".join(e["visit"] for e in met if e["ends"] and e["order"] > last),
        "met_in_part": " ".join(e["visit"] for e in met if not e["ends"]),
        "basis": "inspectors" if any(e["basis"] == "inspectors" for e in raised[1:]) else "coder",
        "findings": " ".join(
            finding
            for event in raised
            for relation, findings in by_relation(event).items()
            if relation in RAISING
            for finding in findings
        ),
    }
