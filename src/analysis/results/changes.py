"""What changed in a theme between two visits that judged it.

Two comparisons: a full inspection with the full inspection before it, like with like, of which
reports count; and any visit with the latest earlier one of any kind. Visits in between that did not
judge are named, nothing is carried over them. Where inspectors themselves compared and the computed
step points the other way, theirs is the word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.codes.counting import admitted
from analysis.data.codebook import Codebook
from analysis.results.absences import absence
from analysis.results.areas import graded_area
from analysis.results.confidence import lower
from analysis.results.schemas import CHANGES, SAID, filled
from analysis.tables import Row, records
from analysis.vocabulary import (
    ALL_COHORTS,
    BY_STEPS,
    CHANGES_SAID,
    FIRST_SEEN,
    INSPECTIONS,
    JUDGED,
    LATEST,
    LEVELS,
    LIKE,
    NO_DOCUMENT,
    NO_THEME,
    NOT_STATED,
    NOTICE,
    PARTNERSHIPS,
    TAGGER,
    UNMOVED,
    looked_at,
)


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
        `visit`, `theme`, `cohort`, `change_said`, `since`, `finding`, `coder`, one row per code
        that says something; only what inspectors say or endorse, since sentences name them as the
        speakers, and never what is to be improved, which compares nothing.
    """
    said = admitted(coded, visits, include_secondary=include_secondary)
    said = said[
        (said["theme"] != NO_THEME)
        & (said["change_said"] != "")
        & (said["said_by"] == "inspectors")
        & ~said["role"].isin(["need", "requirement"])
    ]
    return filled(SAID, said.reset_index(drop=True))


@dataclass(frozen=True)
class Said:
    """What inspectors said of change, by visit.

    Attributes
    ----------
    themes
        `said_changes`.
    areas
        Rows of `AuthorityData.area_statements` that say a change.
    """

    themes: pd.DataFrame
    areas: pd.DataFrame


def changes(
    statuses: pd.DataFrame, visits: pd.DataFrame, said: Said, codebook: Codebook
) -> pd.DataFrame:
    """Compare each judged status with an earlier one of the same theme and cohort.

    Joint and SEND inspections judge a whole partnership and are compared among themselves alone;
    codes for a cohort that is not stated only between full inspections.

    Parameters
    ----------
    statuses
        `analysis.results.statuses.statuses`.
    visits
        `AuthorityData.visits`.
    said
        What inspectors said of change.
    codebook
        Where each theme can be expected, for comparing scopes.

    Returns
    -------
    pandas.DataFrame
        One row per visit, theme, cohort and `comparison` (`like with like`, for full inspections,
        with the full inspection before that judged it; `latest`, with the latest earlier visit of
        any kind that did). `before` is the visit compared with (blank if none), `change` one of
        improved, partly improved, sustained strength, still mixed, persistent weakness, partly
        declined, declined, first seen; `steps` on the ladder weakness, mixed, strength (Int64,
        missing where not compared); `confidence` the lower of both ends; `differ` says how the
        visits differ (separated by `; `); `not_looked` the visits in between with what they were
        (`visit=status`, separated by spaces); `said` what inspectors said of the theme and cohort
        (separated by `; `), `said_since` the visits that they named, `said_of_area` what they said
        of the graded area (`area: change`); `overruled` whether what they said of this comparison
        points the other way, so that theirs is the word and the change is in no count.
    """
    order = visits.set_index("visit")["order"]
    judged = statuses[statuses["status"].isin(LEVELS) & (statuses["cohort"] != ALL_COHORTS)]
    judged = judged.assign(order=judged["visit"].map(order)).sort_values("order", kind="stable")
    context = _Context(statuses, visits, said, codebook)
    series: dict[tuple[str, str, str], list[Row]] = {}
    for row in records(judged):
        key = (str(row["theme"]), str(row["cohort"]), context.partnership(row))
        series.setdefault(key, []).append(row)
    rows = [row for records in series.values() for row in context.compare_all(records)]
    table = filled(CHANGES, rows)
    themes = {theme: place for place, theme in enumerate(codebook.ids)}
    keys = {
        "comparison": table["comparison"],
        "visit": table["visit"].map(order),
        "theme": table["theme"].map(themes),
        "cohort": table["cohort"],
    }
    placed = pd.DataFrame(keys).sort_values(list(keys))
    return table.loc[placed.index].reset_index(drop=True)


def of_latest(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the comparisons with the latest earlier visit of any kind."""
    return table[table["comparison"] == LATEST].reset_index(drop=True)


def like_with_like(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the comparisons of full inspections with one another, of which reports count."""
    return table[table["comparison"] == LIKE].reset_index(drop=True)


def sign_of(row: Row) -> int:
    """Whether a change counts as better (1), worse (-1) or neither (0).

    What inspectors overrule counts as neither, nor does a step up that ends in the words of harm.
    """
    steps = row["steps"]
    compared = not row["overruled"] and pd.notna(steps)
    sign = (int(steps) > 0) - (int(steps) < 0) if compared else 0
    return 0 if sign > 0 and row["harm"] else sign


class _Context:
    """What a comparison needs to know beside the two statuses."""

    def __init__(
        self, statuses: pd.DataFrame, visits: pd.DataFrame, said: Said, codebook: Codebook
    ) -> None:
        ordered = records(visits.sort_values("order"))
        self.visits: dict[str, Row] = {str(visit["visit"]): visit for visit in ordered}
        whole = statuses[statuses["cohort"] == ALL_COHORTS]
        self.whole = {
            (theme, visit): status
            for theme, visit, status in zip(
                whole["theme"], whole["visit"], whole["status"], strict=True
            )
        }
        self.said: dict[tuple[str, str, str], list[Row]] = {}
        for row in records(said.themes):
            self.said.setdefault((row["visit"], row["theme"], row["cohort"]), []).append(row)
        self.of_areas: dict[str, list[Row]] = {}
        for row in records(said.areas):
            self.of_areas.setdefault(str(row["visit"]), []).append(row)
        self.codebook = codebook

    def partnership(self, row: Row) -> str:
        return PARTNERSHIPS.get(str(self.visits[str(row["visit"])]["framework"]), "")

    def compare_all(self, records: Sequence[Row]) -> Iterable[Row]:
        """Compare the statuses of one theme and cohort, oldest first, both ways."""
        full = [row for row in records if self._is_full(row)]
        for before, now in zip([None, *full], full, strict=False):
            yield self._compare(now, before, LIKE)
        for before, now in zip([None, *records], records, strict=False):
            fits = before is None or now["cohort"] != NOT_STATED or self._are_full(before, now)
            if fits:
                yield self._compare(now, before, LATEST)

    def _is_full(self, row: Row) -> bool:
        return self.visits[str(row["visit"])]["kind"] in INSPECTIONS

    def _are_full(self, *rows: Row) -> bool:
        return all(map(self._is_full, rows))

    def _compare(self, now: Row, before: Row | None, comparison: str) -> Row:
        first = self._first_seen(now, comparison)
        if before is None:
            return first
        steps = LEVELS[str(now["status"])] - LEVELS[str(before["status"])]
        return first | {
            "before": before["visit"],
            "status_before": before["status"],
            "paragraphs_before": before["paragraphs"],
            "findings_before": before["findings"],
            "change": BY_STEPS.get(steps) or UNMOVED[str(now["status"])],
            "steps": steps,
            "confidence": lower(str(now["confidence"]), str(before["confidence"])),
            "differ": "; ".join(self._differ(str(now["visit"]), str(before["visit"]))),
            "not_looked": self._between(str(now["theme"]), before, now, comparison),
            "overruled": self._overruled(now, str(before["visit"]), steps),
        }

    def _first_seen(self, now: Row, comparison: str) -> Row:
        """A row that compares with nothing, and what inspectors said of a change."""
        said, of_area = self._said_of(now), self._of_area(now)
        return {
            "visit": now["visit"],
            "theme": now["theme"],
            "cohort": now["cohort"],
            "comparison": comparison,
            "status": now["status"],
            "paragraphs": now["paragraphs"],
            "harm": now["harm"],
            "confidence": now["confidence"],
            "findings": now["findings"],
            "before": "",
            "status_before": "",
            "paragraphs_before": None,
            "findings_before": "",
            "change": FIRST_SEEN,
            "steps": None,
            "differ": "",
            "not_looked": "",
            "said": _present((row["change_said"] for row in said), CHANGES_SAID, "; "),
            "said_since": _present((row["since"] for row in said), [*self.visits, "unknown"], " "),
            "said_of_area": "; ".join(
                dict.fromkeys(f"{row['area']}: {row['change_said']}" for row in of_area)
            ),
            "overruled": False,
        }

    def _said_of(self, now: Row) -> list[Row]:
        """Codes of a theme and cohort at a visit by which inspectors said a change."""
        return self.said.get((str(now["visit"]), str(now["theme"]), str(now["cohort"])), [])

    def _of_area(self, now: Row) -> list[Row]:
        """What inspectors said of the change of the area that a theme and cohort belong to."""
        told = self.of_areas.get(str(now["visit"]), [])
        areas = {str(row["area"]) for row in told}
        area = graded_area(self.codebook.theme(str(now["theme"])), str(now["cohort"]), areas)
        return [row for row in told if row["area"] == area]

    def _overruled(self, now: Row, before: str, steps: int) -> bool:
        """Whether inspectors said that it moved the other way since that visit."""
        of_area = (row for row in self._of_area(now) if row["change_said"] in _SIGNED)
        return any(
            _overrules(str(row["change_said"]), steps)
            for row in (*self._said_of(now), *of_area)
            if row["since"] in (before, "unknown") and row["coder"] != TAGGER
        )

    def _differ(self, now: str, before: str) -> list[str]:
        found = {
            "another framework": "framework",
            "another kind of visit": "kind",
        }
        return [
            words
            for words, column in found.items()
            if self.visits[now][column] != self.visits[before][column]
        ]

    def _between(self, theme: str, before: Row, now: Row, comparison: str) -> str:
        """Visits in between, none of which judged this cohort, and what they were."""
        first, last = (self.visits[str(row["visit"])]["order"] for row in (before, now))
        between = (
            name
            for name, visit in self.visits.items()
            if first < visit["order"] < last
            and visit["kind"] != NOTICE
            and (comparison == LATEST or visit["kind"] in INSPECTIONS)
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


_WAYS: Final[Mapping[str, tuple[int, ...]]] = {
    "improved": (0, 1),
    "declined": (0, -1),
    "not improved": (0, -1),
    "sustained": (-1, 0, 1),
}
"""Signs of a computed step that do not point the other way from what inspectors said."""
_SIGNED: Final = ("improved", "declined")
"""Words on a whole area that can overrule a theme in it: that an area as a whole has not improved
does not say so of each theme."""


def _overrules(word: str, steps: int) -> bool:
    """Whether what inspectors said points the other way from a computed step.

    Examples
    --------
    >>> _overrules("improved", -1), _overrules("not improved", 2), _overrules("declined", 0)
    (True, True, False)
    """
    sign = (steps > 0) - (steps < 0)
    return sign not in _WAYS[word]
