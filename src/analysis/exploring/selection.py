"""Which findings are asked for, beside what is chosen for all: one class for what calls share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.errors import require_known
from analysis.exploring.choices import Choices
from analysis.exploring.names import Wanted, find_period, find_themes, find_visits, find_words
from analysis.report.parameters import listed
from analysis.results.results import Results
from analysis.vocabulary import COHORTS, DIRECTIONS, NO_THEME, SOURCES


@dataclass(frozen=True)
class Selection:
    """Findings that are asked for, in names as a person types them; blank for all.

    Attributes
    ----------
    theme
        Id, name or group, or several separated by commas.
    visit
        Id, date (`2024`, `2024-11`), `Nov 2024` or title.
    direction
        strength, mixed, weakness or neutral.
    source
        primary or secondary.
    coder
        Who coded it, such as `reader-1`.
    cohort
        Id or name, such as `care leavers`.
    period
        `2018`, or `2014 to 2018`.
    """

    theme: Wanted = ""
    visit: Wanted = ""
    direction: Wanted = ""
    source: str = ""
    coder: str = ""
    cohort: str = ""
    period: str | tuple[str, str] = ""

    def of(self, results: Results, chosen: Choices) -> pd.DataFrame:
        """Return the rows of `Results.coded` that carry a theme and are asked for and chosen.

        Raises
        ------
        FindingsError
            If a name is unknown; says the nearest or what is allowed.
        """
        coded, data = results.coded, results.data
        themes = find_themes(self.theme, data.codebook) or chosen.parameters.themes
        kept = coded["theme"] != NO_THEME
        if themes:
            kept &= coded["theme"].isin(themes)
        if self.visit:
            visits = find_visits(self.visit, data.visits, chosen.parameters.authority)
            kept &= coded["visit"].isin(visits)
        if self.period:
            kept &= coded["visit"].isin(data.between(*find_period(self.period)).visits["visit"])
        directions = [require_known("direction", d, DIRECTIONS) for d in listed(self.direction)]
        for wanted in (directions, [chosen.direction] if chosen.direction else []):
            if wanted:
                kept &= coded["direction"].isin(wanted)
        known: tuple[tuple[str, str, Iterable[str]], ...] = (
            ("source", self.source, SOURCES),
            ("source", chosen.source, SOURCES),
            ("coder", self.coder, coded["coder"].unique()),
        )
        for column, wanted_one, allowed in known:
            if wanted_one:
                kept &= coded[column] == require_known(column, wanted_one, allowed)
        if self.cohort:
            kept &= coded["cohort"].isin(find_words("cohort", self.cohort, COHORTS))
        return coded[kept]

    def said(self, chosen: Choices) -> str:
        """Say which findings are shown, themes and visits aside, if not all."""
        words = [
            *listed(self.direction),
            chosen.direction,
            self.source,
            chosen.source,
            f"coded by {self.coder}" if self.coder else "",
        ]
        return ", ".join(dict.fromkeys(word for word in words if word))
