"""What changed in a theme between two visits that judged it.

A change compares the status at a visit with the latest earlier visit that judged the same theme for
the same cohort; visits in between that did not judge are named, nothing is carried over them. What
the inspectors themselves said about change stands beside it and is never overruled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import pandas as pd

from analysis.codes.counting import admitted
from analysis.data.codebook import Codebook
from analysis.results.absences import absence
from analysis.tables import Row
from analysis.vocabulary import (
    ALL_COHORTS,
    AREA_PARTS,
    CHANGES_SAID,
    COHORT_AREAS,
    JUDGED,
    LEVELS,
    NO_DOCUMENT,
    NO_THEME,
    NOTICE,
    PARTNERSHIPS,
    looked_at,
)

BY_STEPS: Final = {2: "improved", 1: "partly improved", -1: "partly declined", -2: "declined"}
UNMOVED: Final = {
    "strength": "sustained strength",
    "mixed": "still mixed",
    "weakness": "persistent weakness",
}
CHANGE_COLUMNS: Final = [
    "visit", "theme", "cohort", "status", "votes", "before", "status_before", "votes_before",
    "change", "steps", "certainty", "reasons", "not_looked", "said", "said_since", "disagrees",
    "findings", "findings_before",
]  # fmt: skip


def said_changes(
    coded: pd.DataFrame, visits: pd.DataFrame, *, include_secondary: bool = False
) -> pd.DataFrame:
    """List what the inspectors themselves say about change.

    Parameters
    ----------
    coded, visits, include_secondary
        As for `analysis.results.statuses.statuses`.

    Returns
    -------
    pandas.DataFrame
        `visit`, `theme`, `cohort`, `change_said`, `since`, `finding`, one row per code that says
        something; only what inspectors say or endorse, since sentences name them as the speakers.
    """
    said = admitted(coded, visits, include_secondary=include_secondary)
    said = said[
        (said["theme"] != NO_THEME)
        & (said["change_said"] != "")
        & (said["said_by"] == "inspectors")
    ]
    columns = ["visit", "theme", "cohort", "change_said", "since", "finding"]
    return said[columns].reset_index(drop=True)


def changes(
    statuses: pd.DataFrame, visits: pd.DataFrame, said: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    """Compare each judged status with the latest earlier one of the same theme and cohort.

    Joint and SEND inspections judge a whole partnership and are compared among themselves alone.

    Parameters
    ----------
    statuses
        `analysis.results.statuses.statuses`.
    visits
        `AuthorityData.visits`.
    said
        `said_changes`.
    codebook
        Where each theme can be expected, for comparing scopes.

    Returns
    -------
    pandas.DataFrame
        One row per visit, theme and cohort with a judged status: `before` the visit compared with
        (blank if none), `change` (improved, partly improved, sustained strength, still mixed,
        persistent weakness, partly declined, declined, first seen, not comparable), `steps` on the
        ladder weakness, mixed, strength (Int64, missing where not compared), `certainty` (firm,
        indicative, too thin to say; blank where not compared), `reasons` for less than firm,
        `not_looked` the visits in between with what they were (`visit=status`, separated by
        spaces), `said` what the inspectors said (separated by `;`), `said_since` the visits that
        they named, `disagrees` whether their word and the computed change point apart.
    """
    order = visits.set_index("visit")["order"]
    framework = visits.set_index("visit")["framework"].to_dict()
    judged = statuses[statuses["status"].isin(LEVELS) & (statuses["cohort"] != ALL_COHORTS)]
    judged = judged.assign(order=judged["visit"].map(order)).sort_values("order", kind="stable")
    context = _Context(statuses, visits, said, codebook)
    earliest = judged.groupby("theme")["order"].min().to_dict()
    rows = []
    series: dict[tuple[str, str, str], list[Row]] = {}
    for row in judged.to_dict("records"):
        partnership = PARTNERSHIPS.get(framework[row["visit"]], "")
        series.setdefault((row["theme"], row["cohort"], partnership), []).append(row)
    for records in series.values():
        for before, now in zip([None, *records], records, strict=False):
            rows.append(context.compare(now, before, earliest))
    table = pd.DataFrame(rows, columns=CHANGE_COLUMNS)
    table = table.astype({"steps": "Int64", "votes_before": "Int64"})
    place = table["visit"].map(order)
    themes = {theme: i for i, theme in enumerate(codebook.ids)}
    keys = pd.DataFrame({"v": place, "t": table["theme"].map(themes), "c": table["cohort"]})
    return table.loc[keys.sort_values(["v", "t", "c"]).index].reset_index(drop=True)


def latest_changes(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the latest row of each theme and cohort."""
    return table.groupby(["theme", "cohort"], sort=False).tail(1).reset_index(drop=True)


class _Context:
    """What a comparison needs to know beside the two statuses."""

    def __init__(
        self, statuses: pd.DataFrame, visits: pd.DataFrame, said: pd.DataFrame, codebook: Codebook
    ) -> None:
        ordered = visits.sort_values("order").to_dict("records")
        self.visits: dict[str, Row] = {str(visit["visit"]): visit for visit in ordered}
        whole = statuses[statuses["cohort"] == ALL_COHORTS]
        self.whole = {
            (theme, visit): status
            for theme, visit, status in zip(
                whole["theme"], whole["visit"], whole["status"], strict=True
            )
        }
        self.said: dict[tuple[str, str, str], list[Row]] = {}
        for row in said.to_dict("records"):
            self.said.setdefault((row["visit"], row["theme"], row["cohort"]), []).append(row)
        self.codebook = codebook

    def compare(self, now: Row, before: Row | None, earliest: Row) -> Row:
        theme, cohort, visit = str(now["theme"]), str(now["cohort"]), str(now["visit"])
        said = self.said.get((visit, theme, cohort), [])
        row: Row = {
            "visit": visit,
            "theme": theme,
            "cohort": cohort,
            "status": now["status"],
            "votes": now["votes"],
            "findings": now["findings"],
            "before": "",
            "status_before": "",
            "votes_before": None,
            "findings_before": "",
            "steps": None,
            "certainty": "",
            "reasons": "",
            "not_looked": "",
            "said": _present((row["change_said"] for row in said), CHANGES_SAID, "; "),
            "said_since": _present((row["since"] for row in said), [*self.visits, "unknown"], " "),
            "disagrees": False,
        }
        if before is None:
            first = earliest[theme] >= now["order"]
            return row | {"change": "first seen" if first else "not comparable"}
        steps = LEVELS[str(now["status"])] - LEVELS[str(before["status"])]
        reasons = self._reasons(now, before)
        both_thin = bool(now["thin"]) and bool(before["thin"])
        certainty = "too thin to say" if both_thin else "indicative" if reasons else "firm"
        return row | {
            "before": before["visit"],
            "status_before": before["status"],
            "votes_before": before["votes"],
            "findings_before": before["findings"],
            "change": BY_STEPS.get(steps) or UNMOVED[str(now["status"])],
            "steps": steps,
            "certainty": certainty,
            "reasons": "; ".join(reasons),
            "not_looked": self._between(theme, before, now),
            "disagrees": _disagrees(steps, now, before, said),
        }

    def _reasons(self, now: Row, before: Row) -> list[str]:
        then_visit, now_visit = (self.visits[str(row["visit"])] for row in (before, now))
        found = {
            "thin now": now["thin"],
            "thin before": before["thin"],
            "fragile now": now["fragile"],
            "fragile before": before["fragile"],
            "another framework": then_visit["framework"] != now_visit["framework"],
            "another scope": self._scope(now, now_visit) != self._scope(before, then_visit),
            "secondary source": bool(now["secondary"]) or bool(before["secondary"]),
        }
        return [reason for reason, true in found.items() if true]

    def _scope(self, row: Row, visit: Row) -> frozenset[str]:
        """Areas that a visit looked at, of those in which theme and cohort are met."""
        areas = looked_at(str(visit["areas"]))
        met = COHORT_AREAS.get(str(row["cohort"]))
        if met is not None:
            areas &= frozenset(met)
        theme = str(row["theme"])
        wholes = frozenset(AREA_PARTS)
        return frozenset(a for a in areas - wholes if self.codebook.expects(theme, [a]))

    def _between(self, theme: str, before: Row, now: Row) -> str:
        """Visits in between, none of which judged this cohort, and what they were."""
        first, last = (self.visits[str(row["visit"])]["order"] for row in (before, now))
        between = (
            name
            for name, visit in self.visits.items()
            if first < visit["order"] < last and visit["kind"] != NOTICE
        )
        cohort = str(now["cohort"])
        return " ".join(f"{name}={self._absence(theme, cohort, name)}" for name in between)

    def _absence(self, theme: str, cohort: str, visit: str) -> str:
        status = self.whole.get((theme, visit), NO_DOCUMENT)
        areas = looked_at(str(self.visits[visit]["areas"]))
        status = absence(status, cohort, theme, areas, self.codebook) or status
        if status == NO_DOCUMENT and self.visits[visit]["held"] == "secondary":
            status = "secondary source only"
        judged_others = status in JUDGED
        name = "other cohorts only" if judged_others else status
        return name.replace(" ", "-").replace(",", "")


def _present(values: Iterable[str], order: Sequence[str], separator: str) -> str:
    """Join the distinct values in a given order."""
    found = set(values)
    return separator.join(value for value in order if value in found)


def _disagrees(steps: int, now: Row, before: Row, said: Iterable[Row]) -> bool:
    """Whether the inspectors' word and the computed change point apart.

    Only words about the same comparison count: those that name the visit compared with, or none.
    """
    same = [row for row in said if row["since"] in (before["visit"], "unknown")]
    fits = [_fits(row["change_said"], steps, str(now["status"])) for row in same]
    return bool(fits) and not any(fits)


def _fits(word: str, steps: int, status: str) -> bool:
    """Whether a computed change is one that the word could mean.

    At the ends of the ladder a further step cannot be seen: what improved from a strength is still
    a strength.
    """
    return {
        "improved": steps > 0 or (steps == 0 and status == "strength"),
        "declined": steps < 0 or (steps == 0 and status == "weakness"),
        "not improved": steps <= 0,
        "sustained": steps == 0,
    }[word]
