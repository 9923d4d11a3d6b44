"""An authority to ask questions of.

`load("knowsley")` gives an `Authority`. Its calls are named after what they show, take names as a
person types them (`"Pathway plans"`, `"workforce"`, `"Nov 2024"`) and give a table, a chart or a
block. `subset` narrows what all of them speak of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis.charts import CHARTS, Chart, chart
from analysis.charts.together import together as together_chart
from analysis.data.authority import AuthorityData
from analysis.dates import month, today
from analysis.england.compare import GROUPS, beside, found_latest
from analysis.england.frames import Frames
from analysis.england.gather import current
from analysis.english import level_words, plural
from analysis.errors import FindingsError, UnknownNameError, require_known
from analysis.exploring.choices import Choices
from analysis.exploring.context import Concordance, concordance
from analysis.exploring.listing import findings_table, needs_table, theme_table, visits_table
from analysis.exploring.names import (
    Names,
    Wanted,
    find_themes,
    find_visits,
)
from analysis.exploring.page import make_report
from analysis.exploring.picture import shown
from analysis.exploring.saving import Saved, figure_files, place_of, save_files
from analysis.exploring.selection import Selection
from analysis.exploring.spotlight import has_cells, spotlight
from analysis.project import VERSION, Project
from analysis.report.method import citation
from analysis.report.sentences import cautions
from analysis.report.tables.evidence import by_theme
from analysis.report.tables.views import changes_view
from analysis.results import reliance
from analysis.results.results import Results, analyse
from analysis.results.together import together
from analysis.tables import to_csv
from analysis.vocabulary import CONFIDENCE, DIRECTIONS, SOURCES

if TYPE_CHECKING:
    from analysis.data.codebook import Codebook
    from analysis.report.page.block import Block

FOLDER: Final = "reports/views"
"""Where views are saved if no other folder is named; git leaves it alone."""
CALLS: Final = (
    (".visits", "when inspectors came, what they looked at, what they graded"),
    (".findings(theme=…, visit=…, direction=…)", "the findings themselves"),
    (".by_theme()", "how much was found on each theme, and where it stands"),
    (".changes(theme=…)", "every comparison of two visits"),
    (".needs(raised_again=True)", "what was to be improved, and how often it was raised"),
    ('.compare("neighbours")', "whether it is only here: beside neighbours, region or england"),
    (".matrix()", "chart: every theme at every visit"),
    (".trajectories(themes=…)", "chart: single themes, step by step"),
    (".timeline(), .ledger(), .shares(), .extents()", "the other charts of the report"),
    (".together()", "chart: themes that stand in one finding"),
    (".evidence(theme=…, visit=…)", "what a status rests on, finding by finding"),
    ('.concordance("supervis*")', "a word in its surroundings"),
    (".subset(start=…, themes=…, direction=…)", "the same for less"),
    (".save(…)", "a chart or table as files"),
    (".make_report()", "the report of this"),
)
"""What can be called, as the card lists it."""


@dataclass(frozen=True, repr=False, eq=False)
class Authority:
    """Findings of one authority, with everything that can be asked of them.

    Attributes
    ----------
    results
        Every table behind the answers.
    choices
        What is looked at.
    theme, visit
        Ids as attributes, for the tab key: `theme.pathway_plans`.

    Examples
    --------
    >>> from analysis import load
    >>> knowsley = load("knowsley")
    >>> knowsley
    Knowsley: 11 visits, April 2014 to November 2024, 566 findings on 34 themes
    >>> knowsley.by_theme().loc[0, "theme"]
    'Caseloads'
    >>> knowsley.findings(theme="caseload")
    Traceback (most recent call last):
    analysis.errors.UnknownNameError: There is no theme 'caseload'. Did you mean 'caseloads' ...
    """

    results: Results
    choices: Choices
    whole: AuthorityData
    project: Project
    theme: Names
    visit: Names
    _analysed: dict[tuple[str, str, bool], Results] = field(default_factory=dict)
    _beside: pd.DataFrame | None = None

    @property
    def name(self) -> str:
        """Name of the authority."""
        return self.results.data.name

    # Tables

    @property
    def visits(self) -> pd.DataFrame:
        """The visits in order; `analysis.exploring.listing.visits_table` says the columns.

        Examples
        --------
        >>> from analysis import load
        >>> load("knowsley").visits.query("grade == 'inadequate'")["date"].to_list()
        ['29 April to 21 May 2014', '18 to 29 November 2024']
        """
        return visits_table(self.results)

    def findings(
        self,
        theme: Wanted = "",
        visit: Wanted = "",
        direction: Wanted = "",
        source: str = "",
        coder: str = "",
        cohort: str = "",
        period: str | tuple[str, str] = "",
    ) -> pd.DataFrame:
        """Return the findings, one row per finding, theme and cohort.

        Parameters
        ----------
        theme
            Id, name or group, or several separated by commas; blank for all.
        visit
            Id, date (`2024`, `2024-11`), `Nov 2024` or title.
        direction
            strength, mixed, weakness or neutral.
        source
            primary or secondary.
        coder
            Who coded it, such as `reader-1`.
        cohort
            Id such as `care-leavers`.
        period
            `2018`, or `2014 to 2018`.

        Returns
        -------
        pandas.DataFrame
            Columns of `analysis.exploring.listing.findings_table`.

        Raises
        ------
        FindingsError
            If a name is unknown; says the nearest or what is allowed.

        Examples
        --------
        >>> from analysis import load
        >>> found = load("knowsley").findings("supervision", visit="2024-11", direction="weakness")
        >>> found["visit"].unique().tolist()
        ['inspection of November 2024']
        """
        asked = Selection(theme, visit, direction, source, coder, cohort, period)
        coded = asked.of(self.results, self.choices)
        return findings_table(coded, self.results.data, self._codebook)

    def by_theme(self) -> pd.DataFrame:
        """Return how much was found on each theme, and where it stands.

        Returns
        -------
        pandas.DataFrame
            Columns of `analysis.exploring.listing.theme_table`.
        """
        return theme_table(self.results, Selection().of(self.results, self.choices), self._codebook)

    def changes(self, theme: Wanted = "", visit: Wanted = "", confidence: str = "") -> pd.DataFrame:
        """Return every comparison of a visit with an earlier one, latest first.

        Parameters
        ----------
        theme, visit
            As in `findings`.
        confidence
            high, moderate or low: the lower of both ends.

        Returns
        -------
        pandas.DataFrame
            As in the report: `analysis.report.tables.views.changes_view`.

        Examples
        --------
        >>> from analysis import load
        >>> set(load("knowsley").changes(theme="caseloads")["Theme"])
        {'Caseloads'}
        """
        rows = self.results.changes
        rows = rows[rows["theme"].isin(self._themes(theme))]
        if visit:
            rows = rows[rows["visit"].isin(self._visits(visit))]
        if confidence:
            known = require_known("confidence", confidence, CONFIDENCE)
            rows = rows[rows["confidence"] == known]
        return changes_view(replace(self.results, changes=rows)).reset_index(drop=True)

    def needs(self, theme: Wanted = "", raised_again: bool | None = None) -> pd.DataFrame:
        """Return what was to be improved, those raised by most visits first.

        Parameters
        ----------
        theme
            As in `findings`.
        raised_again
            Only those raised at two visits or more (True), or only the others (False).

        Returns
        -------
        pandas.DataFrame
            Columns of `analysis.exploring.listing.needs_table`; no row where nobody has put needs
            together.
        """
        rows = self._ledger(self._themes(theme))
        if raised_again is not None:
            rows = rows[rows["raised_again"].astype(bool) == raised_again]
        return needs_table(self.results, rows)

    def compare(self, group: str = "neighbours", theme: Wanted = "") -> pd.DataFrame:
        """Set what the latest full inspection found beside what others' found, theme by theme.

        Parameters
        ----------
        group
            `neighbours` (its statistical neighbours), `region` or `england`.
        theme
            Ids, names or groups; blank for all.

        Returns
        -------
        pandas.DataFrame
            Schema `analysis.england.compare.BESIDE`; no counts where fewer than ten others were
            looked at. The tables of all authorities are gathered first, if need be.

        Raises
        ------
        FindingsError
            If there is no such group or theme; says the nearest.
        """
        require_known("group", group, GROUPS)
        frames = Frames(current(self.project))
        slug = self.results.data.authority
        own = found_latest(self.results.statuses, self.results.data.visits)
        rows = beside(slug, own, frames.read("latest"), frames.read("authorities"))
        kept = (rows["group"] == group) & rows["theme"].isin(self._themes(theme))
        return rows[kept].reset_index(drop=True)

    def side_by_side(self, theme: Wanted = "") -> pd.DataFrame:
        """Put a coder's codes beside those that would count without them.

        Parameters
        ----------
        theme
            As in `findings`.

        Returns
        -------
        pandas.DataFrame
            Columns of `analysis.codes.agreement.beside.side_by_side`.

        Raises
        ------
        FindingsError
            If nobody's codes were asked for in `load`.
        """
        if self._beside is None:
            call = f'load("{self.choices.parameters.authority}", codes="me")'
            raise FindingsError(f"Say whose codes are to be put beside the others: {call}.")
        kept = self._beside["finding"].isin(self.results.data.findings["finding"])
        wanted = self._beside["theme"].isin(self._themes(theme))
        return self._beside[kept & wanted].reset_index(drop=True)

    # Charts

    def together(self, themes: Wanted = "") -> Chart:
        """Draw how often two themes stand in one finding.

        Parameters
        ----------
        themes
            Ids, names or groups; blank for all.
        """
        data, ids = self.results.data, self._themes(themes)
        coded = Selection().of(self.results, self.choices)
        table = together(coded, ids)
        return together_chart(table, data.codebook, authority=data.name)

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

    # Words

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
        >>> "n = " in block.html
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
        return shown(
            "cells",
            name=self.name,
            themes=[theme for theme in themes if theme.cells],
            count=coded["finding"].nunique(),
            wanted=asked.said(self.choices),
            coders=", ".join(sorted(coded["coder"].unique())),
        )

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

    # Less, and away with it

    def subset(
        self,
        start: str | None = None,
        end: str | None = None,
        themes: Wanted | None = None,
        direction: str | None = None,
        source: str | None = None,
        include_secondary: bool | None = None,
    ) -> Authority:
        """Return the same authority with less looked at; what is not named stays as it is.

        Parameters
        ----------
        start, end
            First and last visit to count (`2014`, `2014-04` or a day); statuses and changes are
            computed anew from these visits alone. Blank is open.
        themes
            Ids, names or groups.
        direction, source
            Which findings are listed; in charts the other cells fade, since a status rests on all.
        include_secondary
            Let secondary documents set a status where no inspectors' document is held.

        Raises
        ------
        FindingsError
            If a name or date is wrong, or no visit is left.

        Examples
        --------
        >>> from analysis import load
        >>> load("knowsley").subset(start="2018", themes="workforce", direction="weakness")
        Knowsley: 6 visits, October 2018 to November 2024, 236 findings on 4 of 34 themes; weakness
        """
        asked = {
            "start": start,
            "end": end,
            "themes": None if themes is None else find_themes(themes, self.whole.codebook),
            "include_secondary": include_secondary,
        }
        beyond = {
            "direction": direction and require_known("direction", direction, DIRECTIONS),
            "source": source and require_known("source", source, SOURCES),
        }
        parameters = replace(self.choices.parameters, **_given(asked))
        chosen = replace(self.choices, parameters=parameters, **_given(beyond))
        found = front(self.whole, chosen, self.project, self._analysed)
        return replace(found, _beside=self._beside)

    def __getitem__(self, theme: Wanted) -> Authority:
        return self.subset(themes=theme)

    def _ipython_key_completions_(self) -> list[str]:
        return list(self.whole.codebook.ids)

    def save(
        self, view: Chart | pd.DataFrame | Concordance, folder: str | Path = FOLDER, name: str = ""
    ) -> Saved:
        """Save a chart as SVG, PNG and caption, or a table as CSV; nothing is overwritten.

        Parameters
        ----------
        view
            What one of these calls gave.
        folder
            A relative one lies in the project.
        name
            What the view is called in the file's name; a chart knows its own.

        Raises
        ------
        FindingsError
            If the folder cannot be written to, or the view is none.
        """
        table = view.table if isinstance(view, Concordance) else view
        if isinstance(view, Chart):
            files = figure_files(view, self.source_line())
        elif isinstance(table, pd.DataFrame):
            files = {".csv": to_csv(table).encode()}
        else:
            raise FindingsError(
                f"A {type(view).__name__} cannot be saved; give a chart, a table or a concordance, "
                "as in save(knowsley.matrix())."
            )
        usual = view.name if isinstance(view, Chart) else "table"
        stem = self.choices.file_name(name or usual)
        return save_files(files, place_of(folder, self.project), stem, self.project)

    def save_data(self, chart: Chart, folder: str | Path = FOLDER) -> Saved:
        """Save the data behind a chart as CSV."""
        return self.save(chart.data, folder, chart.name)

    def make_report(self, folder: str | Path = "reports") -> Path:
        """Make the report with the nearest parameters, and return its page.

        `choices.beyond_report()` says what of the choices a report cannot show.

        Raises
        ------
        FindingsError
            If the command fails.
        """
        return make_report(self.choices, self.project, place_of(folder, self.project))

    def source_line(self) -> str:
        """Say where this comes from, to be put beneath a figure."""
        return f"Source: {citation(self.name, today(), VERSION)} {self.choices.call()}"

    # How it shows itself

    def __repr__(self) -> str:
        return f"{self.name}: {self._in_brief()}"

    def _in_brief(self) -> str:
        """Say how much is held and what of it is looked at."""
        data, chosen = self.results.data, self.choices
        months = data.visits["start"].map(month)
        known = plural(len(self.whole.codebook.ids), "theme")
        followed = chosen.parameters.themes
        themes = f"{len(followed)} of {known}" if followed else known
        more = [word for word in (chosen.direction, chosen.source) if word]
        return "; ".join(
            [
                f"{plural(len(data.visits), 'visit')}, {months.iloc[0]} to {months.iloc[-1]}, "
                f"{plural(len(data.findings), 'finding')} on {themes}",
                *more,
            ]
        )

    def _repr_html_(self) -> str:
        table = self.by_theme()
        return shown(
            "authority",
            name=self.name,
            said=self._in_brief(),
            caution=cautions.caution(self.results)[:2],
            visits=self.visits.to_dict("records"),
            groups=[
                (str(group), part.to_dict("records"))
                for group, part in table.groupby("group", sort=False)
            ],
            calls=CALLS,
            call=self.choices.call(),
        ).html

    # What is asked for

    @property
    def _codebook(self) -> Codebook:
        return self._book("")

    def _book(self, themes: Wanted) -> Codebook:
        book = self.results.data.codebook
        ids = self._themes(themes)
        return replace(book, themes=tuple(theme for theme in book.themes if theme.id in ids))

    def _themes(self, themes: Wanted) -> tuple[str, ...]:
        """Return the ids that are named, else those chosen, else all."""
        book = self.results.data.codebook
        return find_themes(themes, book) or self.choices.parameters.themes or book.ids

    def _visits(self, visit: Wanted) -> tuple[str, ...]:
        return find_visits(visit, self.results.data.visits, self.choices.parameters.authority)

    def _ledger(self, themes: Iterable[str]) -> pd.DataFrame:
        ledger = self.results.ledger
        return ledger[ledger["theme"].isin(list(themes))]

    def _named(self, name: str, themes: Wanted) -> Chart:
        """Draw a chart, and say which themes it is about, where they are not all."""
        book, ids = self.results.data.codebook, self._themes(themes)
        drawn = chart(name, self.results, ids)
        if len(ids) == len(book.ids):
            return drawn
        names = ", ".join(book.theme(theme).name for theme in ids)
        return replace(
            drawn,
            alt=f"{drawn.alt} Only these themes: {names}.",
            caption=f"{drawn.caption} Only these themes: {names}.",
        )

    def _finished(self, drawn: Chart) -> Chart:
        """Fade what is not looked at, and say who coded."""
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
        if CHARTS[drawn.name].coded and reliance.all_tagged(self.results):
            drawn = replace(drawn, caption=f"{drawn.caption} {cautions.CAPTION}")
        return drawn


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def front(
    whole: AuthorityData,
    chosen: Choices,
    project: Project,
    analysed: dict[tuple[str, str, bool], Results],
) -> Authority:
    """Return an authority of which what is chosen is looked at.

    Parameters
    ----------
    analysed
        What was computed before, by period and whether secondary documents count.
    """
    asked = chosen.parameters
    key = (asked.start, asked.end, asked.include_secondary)
    if key not in analysed:
        data = whole.between(asked.start, asked.end)
        analysed[key] = analyse(data, include_secondary=asked.include_secondary)
    results = analysed[key]
    data = results.data
    return Authority(
        results=results,
        choices=chosen,
        whole=whole,
        project=project,
        theme=Names("theme", {theme.id: theme.name for theme in data.codebook.themes}),
        visit=Names(
            "visit",
            dict(zip(data.visits["visit"], data.visits["title"], strict=True)),
            prefix=f"{asked.authority}-",
        ),
        _analysed=analysed,
    )
