"""The charts of one authority, each a plain call; what is chosen is set off in them."""

from __future__ import annotations

from dataclasses import replace

from analysis.charts import CHARTS, Chart, chart
from analysis.english import level_words
from analysis.errors import FindingsError
from analysis.exploring.looked import Looked
from analysis.exploring.names import Wanted
from analysis.exploring.selection import Selection
from analysis.exploring.spotlight import has_cells, spotlight
from analysis.report.sentences import cautions
from analysis.results import reliance
from analysis.results.results import Results


class Drawn(Looked):
    """What draws."""

    def together(self, themes: Wanted = "") -> Chart:
        """Draw how often two themes stand in one finding, of those that are looked at.

        Parameters
        ----------
        themes
            Ids, names or groups; blank for all.
        """
        asked = Selection(theme=themes)
        results = replace(self.results, coded=asked.of(self.results, self.choices))
        drawn = self._named("together", themes, results)
        if said := asked.said(self.choices):
            drawn = replace(drawn, caption=f"{drawn.caption} Only findings that are: {said}.")
        return self._signed(drawn)

    def timeline(self) -> Chart:
        """Draw when inspectors came, and what they graded."""
        return self._finished(chart("timeline", self.results))

    def matrix(self, themes: Wanted = "") -> Chart:
        """Draw every theme at every visit.

        Parameters
        ----------
        themes
            Ids, names or groups; blank for all.

        Examples
        --------
        >>> from analysis import load
        >>> load("knowsley").matrix(themes="workforce").name
        'matrix'
        """
        return self._finished(chart("matrix", self.results, self._themes(themes)))

    def glance(self, themes: Wanted = "") -> Chart:
        """Draw every theme at every visit, under the area whose service it is.

        Parameters
        ----------
        themes
            Ids, names or groups; blank for those chosen, else all.
        """
        return self._finished(chart("glance", self.results, self._themes(themes)))

    def trajectories(self, themes: Wanted = "") -> Chart:
        """Draw the steps of single themes, cohort by cohort.

        Parameters
        ----------
        themes
            Ids, names or groups; blank for those chosen, else the usual ones and those that moved
            most.
        """
        chosen = self._themes(themes) if themes else self.choices.parameters.themes
        return self._finished(chart("trajectories", self.results, chosen))

    def ledger(self, themes: Wanted = "") -> Chart:
        """Draw the needs that were raised again.

        Raises
        ------
        FindingsError
            If nobody has put needs together for this authority.
        """
        if self.results.data.needs.empty:
            raise FindingsError(
                f"Nobody has put together the needs of {self.name}, so what was raised again "
                "cannot be drawn. The program makes no such links."
            )
        return self._finished(self._named("ledger", themes))

    def shares(self, themes: Wanted = "") -> Chart:
        """Draw the shares of strength, mixed and weakness within each visit."""
        return self._finished(self._named("shares", themes))

    def extents(self, themes: Wanted = "") -> Chart:
        """Draw the inspectors' own quantity words."""
        return self._finished(self._named("extents", themes))

    def _named(self, name: str, themes: Wanted, results: Results | None = None) -> Chart:
        """Draw a chart, and say which themes it is about, where they are not all."""
        book, ids = self.results.data.codebook, self._themes(themes)
        drawn = chart(name, results or self.results, ids)
        if len(ids) == len(book.ids):
            return drawn
        names = ", ".join(book.theme(theme).name for theme in ids)
        return replace(
            drawn,
            alt=f"{drawn.alt} Only these themes: {names}.",
            caption=f"{drawn.caption} Only these themes: {names}.",
        )

    def _finished(self, drawn: Chart) -> Chart:
        """Fade what is not looked at, and say who coded where nobody read."""
        chosen = self.choices
        lacking = [
            f"that is {level_words(chosen.direction)}" if chosen.direction else "",
            f"from a {chosen.source} source" if chosen.source else "",
        ]
        if any(lacking):
            what = " ".join(["finding", *filter(None, lacking)])
            if has_cells(drawn):
                coded = Selection().of(self.results, self.choices)
                kept = set(zip(coded["theme"], coded["visit"], strict=True))
                drawn = spotlight(drawn, kept, what)
            else:
                note = "The choice of direction or source does not change this chart."
                drawn = replace(drawn, caption=f"{drawn.caption} {note}")
        return self._signed(drawn)

    def _signed(self, drawn: Chart) -> Chart:
        """Say who coded, where nobody read behind the program."""
        if CHARTS[drawn.name].coded and reliance.all_tagged(self.results):
            drawn = replace(drawn, caption=f"{drawn.caption} {cautions.CAPTION}")
        return drawn
