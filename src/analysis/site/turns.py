"""Who was weak on a theme and strong when last judged, by the level at every visit that judged it.

That is a question about the whole theme; a way out (`analysis.site.ways`) is one of a single need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from analysis.results.absences import heard_with
from analysis.site.tables import Visit
from analysis.tables import Row
from analysis.vocabulary import ALL_COHORTS, JUDGED


class Turn(NamedTuple):
    """The last visit that found weakness, and the first from which on all found strength."""

    weak: Visit
    strong: Visit

    @property
    def said(self) -> str:
        """Both, by their months."""
        return f"weak to {self.weak.when}, strong since {self.strong.when}"


def turn(levels: Sequence[tuple[Visit, str]]) -> Turn | None:
    """Return how a weak theme turned out strong; None where it never was weak, or is not strong.

    Parameters
    ----------
    levels
        Visits that judged it, oldest first, each with its level.
    """
    since, before = None, list(levels)
    while before and before[-1][1] == "strength":
        since = before.pop()[0]
    weak = next((visit for visit, level in reversed(before) if level == "weakness"), None)
    return Turn(weak, since) if weak and since else None


def turns(visits: Sequence[Visit], held: Mapping[str, Mapping[str, Row]]) -> dict[str, Turn]:
    """Return of each cohort, and of all together, how a weak theme turned out strong, if it did.

    No cohort speaks for another: over all, it did only where one that was found weak may have been
    judged since (`analysis.results.absences.heard_with`), and not where only others were.

    Parameters
    ----------
    visits
        Of one authority, oldest first.
    held
        Rows of the theme's statuses by visit and cohort.
    """
    levels: dict[str, list[tuple[Visit, str]]] = {}
    for visit in visits:
        for cohort, row in held[visit.visit].items():
            if row["status"] in JUDGED:
                levels.setdefault(cohort, []).append((visit, str(row["status"])))
    found = {cohort: each for cohort, judged in levels.items() if (each := turn(judged))}
    if whole := found.get(ALL_COHORTS):
        groups = {cohort: dict(each) for cohort, each in levels.items() if cohort != ALL_COHORTS}
        weak = {cohort for cohort, at in groups.items() if whole.weak in at}
        later = visits[visits.index(whole.strong) :]
        since = {cohort for cohort, at in groups.items() if not at.keys().isdisjoint(later)}
        if all(heard_with(cohort).isdisjoint(since) for cohort in weak):
            del found[ALL_COHORTS]
    return found
