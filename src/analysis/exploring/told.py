"""What was found, in words: a theme's card, the evidence of a status, a word where it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from analysis.english import plural
from analysis.errors import FindingsError, UnknownNameError
from analysis.exploring.context import Concordance, concordance
from analysis.exploring.looked import Looked
from analysis.exploring.names import Names, Wanted, find_themes
from analysis.exploring.picture import on_page, shown
from analysis.exploring.selection import Selection
from analysis.report.page.block import Block
from analysis.report.parameters import listed
from analysis.report.report import Report
from analysis.report.tables.evidence import by_theme

if TYPE_CHECKING:
    import pandas as pd


_NAMED: Final = 3
"""Themes that a file's name names; more are counted."""


class Told(Looked):
    """What tells."""

    if TYPE_CHECKING:

        def _behind(self, coded: pd.DataFrame) -> pd.DataFrame:
            """Rows of `findings` that are these codes."""

    @property
    def theme(self) -> Names:
        """The themes: `theme("supervision")` is the card, `theme.supervision` the id, by tab key.

        Examples
        --------
        >>> from analysis import load
        >>> knowsley = load("knowsley")
        >>> knowsley.theme.pathway_plans
        'pathway-plans'
        >>> "November 2024" in knowsley.theme("Supervision").html
        True
        """
        themes = self.results.data.codebook.themes
        return Names("theme", {theme.id: theme.name for theme in themes}, show=self._cards)

    def _cards(self, wanted: Wanted) -> Block:
        """Show the cards of themes, as on the page: path, marks, what was found, evidence."""
        if not listed(wanted):
            raise FindingsError('Name a theme, as in theme("supervision").')
        themes = find_themes(wanted, self.results.data.codebook)
        asked = replace(self.choices.parameters, themes=themes)
        block = on_page(Report(self.results, self.project, asked).cards())
        coded = self.results.coded
        behind = coded[coded["theme"].isin(themes)]
        name = "+".join(themes) if len(themes) <= _NAMED else plural(len(themes), "theme")
        return replace(block, name=name.replace(" ", "-"), rows=lambda: self._behind(behind))

    def evidence(
        self,
        theme: Wanted = "",
        visit: Wanted = "",
        direction: Wanted = "",
        source: str = "",
        coder: str = "",
        need: str = "",
    ) -> Block:
        """Show what a status rests on: each finding with its place in the document.

        Parameters
        ----------
        theme, visit, direction, source, coder
            As in `findings`.
        need
            Id of a need, as in `needs`: the findings that raised it.

        Examples
        --------
        >>> from analysis import load
        >>> block = load("knowsley").evidence("caseloads", "Nov 2024")
        >>> "(on 3 paragraphs: 3 weaknesses)" in block.html
        True
        """
        asked = Selection(theme, visit, direction, source, coder)
        coded = asked.of(self.results, self.choices)
        if need:
            rows = self.results.ledger[self.results.ledger["need"] == need]
            if rows.empty:
                raise UnknownNameError("need", need, self.results.ledger["need"])
            ids = set(" ".join(rows["findings"]).split())
            coded = coded[coded["finding"].isin(ids) & (coded["theme"] == rows["theme"].iloc[0])]
        themes = by_theme(replace(self.results, coded=coded)) if len(coded) else []
        block = shown(
            "cells",
            name=self.name,
            themes=[theme for theme in themes if theme.cells],
            count=coded["finding"].nunique(),
            wanted=asked.said(self.choices),
            coders=", ".join(sorted(coded["coder"].unique())),
        )
        return replace(block, name="evidence", rows=lambda: self._behind(coded))

    def concordance(self, word: str, width: int = 60) -> Concordance:
        """Show a word in its surroundings, wherever findings of these choices hold it.

        Parameters
        ----------
        word
            A word or several, whole and in any case; `*` for any ending: `supervis*`.
        width
            Characters on each side.

        Returns
        -------
        Concordance
            Shows itself; `table` has one row per place. It says whether the published words were
            read, where this machine holds them, or our summaries.

        Examples
        --------
        >>> from analysis import load
        >>> found = load("knowsley").concordance("supervision")
        >>> len(found) > 10, found.table["word"].str.lower().unique().tolist()
        (True, ['supervision'])
        """
        findings = self.results.data.findings
        chosen = self.choices
        if chosen.parameters.themes or chosen.direction:
            kept = Selection().of(self.results, chosen)["finding"]
            findings = findings[findings["finding"].isin(kept)]
        elif chosen.source:
            findings = findings[findings["source"] == chosen.source]
        return concordance(findings, self.results.data.visits, word, width)
