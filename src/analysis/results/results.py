"""Everything that the report says, computed once from what is held.

`analyse(load_data("knowsley"))` runs the whole flow, findings to codes to statuses to changes and
needs, and keeps each table under the name of the word it stands for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Final

import pandas as pd

from analysis.codes.counting import coded_findings
from analysis.data.authority import AuthorityData
from analysis.english import plural
from analysis.errors import FindingsError, require_known
from analysis.results.areas import area_statements
from analysis.results.changes import Said, changes, like_with_like, said_changes
from analysis.results.needs import Scopes, events, ledger
from analysis.results.paths import paths
from analysis.results.recommendations import recommendations
from analysis.results.settling import document_levels
from analysis.results.statuses import secondary_statuses, statuses
from analysis.vocabulary import ALL_COHORTS, LEVELS, NO_DOCUMENT, NO_THEME

ASKED_FOR: Final = ("caseloads", "supervision", "audit", "pathway-plans")
"""Themes that every report follows closely, whatever they show."""
MOVERS: Final = 4
"""How many further themes, those that moved most, are followed as well."""


@dataclass(frozen=True, repr=False, eq=False)
class Results:
    """Tables of one authority.

    Attributes
    ----------
    data
        What was loaded.
    coded
        `analysis.codes.counting.coded_findings`.
    statuses, secondary
        `analysis.results.statuses.statuses` and `secondary_statuses`.
    changes, said
        `analysis.results.changes.changes` and `said_changes`.
    paths
        `analysis.results.paths.paths`.
    areas
        `analysis.results.areas.area_statements`.
    events, ledger
        `analysis.results.needs.events` and `ledger`.
    recommendations
        `analysis.results.recommendations.recommendations`.
    include_secondary
        Whether secondary documents set statuses.
    """

    data: AuthorityData
    coded: pd.DataFrame
    statuses: pd.DataFrame
    secondary: pd.DataFrame
    changes: pd.DataFrame
    said: pd.DataFrame
    paths: pd.DataFrame
    areas: pd.DataFrame
    events: pd.DataFrame
    ledger: pd.DataFrame
    recommendations: pd.DataFrame
    include_secondary: bool

    def __repr__(self) -> str:
        held = {field.name: getattr(self, field.name) for field in fields(self)}
        tables = [(name, t) for name, t in held.items() if isinstance(t, pd.DataFrame)]
        said = [f"  .{name:<16} {plural(len(table), 'row')}" for name, table in tables]
        return "\n".join(
            [f"Results of {self.data.name}:", *said, "  .data            what they rest on"]
        )

    def moved_most(self, count: int = MOVERS) -> list[str]:
        """Return the themes that moved most, those always followed aside.

        Moving is counted in steps between full inspections, those of low confidence aside; ties go
        to the order of the codebook.
        """
        compared = like_with_like(self.changes)
        compared = compared[compared["confidence"].isin(["moderate", "high"])]
        steps = compared["steps"].abs().groupby(compared["theme"]).sum()
        others = [theme for theme in self.data.codebook.ids if theme not in ASKED_FOR]
        ranked = sorted(others, key=lambda theme: -int(steps.get(theme, 0)))
        return [theme for theme in ranked[:count] if steps.get(theme, 0)]

    def followed(self, themes: Sequence[str] = ()) -> list[str]:
        """Return the themes to follow closely: those named, else the usual ones and the movers.

        Parameters
        ----------
        themes
            Theme ids; none for the default.

        Raises
        ------
        UnknownNameError
            If a name is not in the codebook.
        """
        for name in themes:
            require_known("theme", name, self.data.codebook.ids)
        return list(themes) or [
            *(theme for theme in ASKED_FOR if theme in self.data.codebook.ids),
            *self.moved_most(),
        ]

    def judged(self) -> pd.DataFrame:
        """Statuses with a direction, for single cohorts."""
        return self._judged

    def whole(self) -> pd.DataFrame:
        """Statuses of themes over all cohorts, one row per visit (notices aside) and theme."""
        return self._whole

    @cached_property
    def _judged(self) -> pd.DataFrame:
        one = self.statuses["cohort"] != ALL_COHORTS
        return self.statuses[one & self.statuses["status"].isin(LEVELS)]

    @cached_property
    def _whole(self) -> pd.DataFrame:
        return self.statuses[self.statuses["cohort"] == ALL_COHORTS]

    def counts(self) -> pd.DataFrame:
        """Count what was read, per document: findings, findings with a theme, codes."""
        coded = self.coded[self.coded["theme"] != NO_THEME]
        documents = self.data.documents
        count = {
            "findings": self.data.findings.groupby("document")["finding"].nunique(),
            "with a theme": coded.groupby("document")["finding"].nunique(),
            "codes": coded.groupby("document").size(),
        }
        table = documents[["document", "visit", "source"]].assign(
            **{
                name: documents["document"].map(n).fillna(0).astype(int)
                for name, n in count.items()
            }
        )
        order = self.data.visits.set_index("visit")["order"]
        return table.assign(_o=table["visit"].map(order)).sort_values("_o").drop(columns="_o")


def latest_read(results: Results) -> str:
    """Return the latest visit of which a document that counts is held; blank if none."""
    whole = results.whole()
    readable = set(whole.loc[whole["status"] != NO_DOCUMENT, "visit"])
    visits = results.data.visits.sort_values("order")["visit"]
    return next((visit for visit in reversed(list(visits)) if visit in readable), "")


def analyse(data: AuthorityData, *, include_secondary: bool = False) -> Results:
    """Compute every table from what was loaded.

    Raises
    ------
    FindingsError
        If no finding is held at all.
    """
    if data.findings.empty:
        raise FindingsError(
            f"No finding is held about {data.name}: its documents have no rows in findings/. "
            "Code at least one document, or choose another period."
        )
    coded = coded_findings(data)
    table = statuses(
        coded, data.visits, data.codebook, include_secondary=include_secondary,
        by_document=document_levels(data.levels, data.documents),
    )  # fmt: skip
    said = said_changes(coded, data.visits, include_secondary=include_secondary)
    happened = events(
        data.need_links,
        data.findings,
        data.visits,
        Scopes(data.needs, coded, data.codebook),
        include_secondary=include_secondary,
    )
    areas = area_statements(data, include_secondary=include_secondary)
    spoken = Said(said, areas[areas["change_said"] != ""])
    return Results(
        data=data,
        coded=coded,
        statuses=table,
        secondary=secondary_statuses(coded, data.visits, data.codebook),
        changes=changes(table, data.visits, spoken, data.codebook),
        said=said,
        paths=paths(table, data.visits, data.codebook),
        areas=areas,
        events=happened,
        ledger=ledger(data.needs, happened),
        recommendations=recommendations(data, happened),
        include_secondary=include_secondary,
    )
