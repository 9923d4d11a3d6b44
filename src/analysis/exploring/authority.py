"""An authority to ask questions of.

`load("knowsley")` gives an `Authority`. Its calls are named after what they show, take names as a
person types them (`"Pathway plans"`, `"social workers"`, `"Nov 2024"`, `"latest"`) and give a
table, a chart or a block. `subset` narrows what all of them speak of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import pandas as pd

from analysis.codes.agreement.beside import as_asked, side_by_side
from analysis.data.authority import AuthorityData
from analysis.data.held import load_authorities
from analysis.dates import month
from analysis.england.compare import GROUPS, beside, found_latest
from analysis.england.frames import Frames
from analysis.england.gather import current
from analysis.english import plural
from analysis.errors import FindingsError, require_known
from analysis.exploring.choices import Choices
from analysis.exploring.drawn import Drawn
from analysis.exploring.england import COMPARED, England
from analysis.exploring.names import Names, Wanted, find_themes
from analysis.exploring.picture import shown
from analysis.exploring.table import Table, table
from analysis.exploring.tables import Tables
from analysis.exploring.taken import Taken
from analysis.exploring.tidy import FINDINGS, MAIN
from analysis.exploring.told import Told
from analysis.project import Project
from analysis.report.sentences import cautions
from analysis.results.results import Results, analyse
from analysis.tables import records
from analysis.vocabulary import DIRECTIONS, SOURCES

CALLS: Final = (
    ('.theme("supervision")', "a theme's card, as on the page"),
    (".visits()", "when inspectors came, what they looked at, what they graded"),
    (".findings(theme=…, visit=…, direction=…)", "the findings themselves"),
    (".by_theme()", "how much was found on each theme, and where it stands"),
    (".paths(), .statuses(), .changes()", "how themes went, visit by visit and between visits"),
    (".areas(), .grades()", "what inspectors say of whole areas, and how they graded them"),
    (".needs(raised_again=True)", "what was to be improved, and how often it was raised"),
    (".recommendations(), .need_events(), .followed()", "what became of what was asked for"),
    (".way_out()", "how others met the needs that are still there"),
    (".side_by_side()", "a coder's codes beside those that would count without them"),
    ('.compare("neighbours")', "whether it is only here: beside neighbours, region or england"),
    (".glance(), .matrix()", "charts: every theme at every visit"),
    (".trajectories(themes=…)", "chart: single themes, step by step"),
    (".timeline(), .ledger(), .shares(), .extents()", "the other charts of the report"),
    (".together()", "chart: themes that stand in one finding"),
    (".evidence(theme=…, visit=…)", "what a status rests on, finding by finding"),
    ('.concordance("supervis*")', "a word in its surroundings"),
    (".subset(start=…, themes=…, direction=…)", "the same for less"),
    (".save(…)", "a chart, card or table as files, for Excel too"),
    (".make_report()", "the report of this"),
)
"""What can be called, as the card lists it."""


@dataclass(frozen=True, repr=False, eq=False)
class Authority(Drawn, Told, Taken, Tables):
    """Findings of one authority, with everything that can be asked of them.

    Examples
    --------
    >>> from analysis import load
    >>> knowsley = load("knowsley")
    >>> knowsley
    Knowsley: 11 visits, April 2014 to November 2024, 566 findings on 34 themes
    >>> knowsley.by_theme().loc[0, "theme"]
    'caseloads'
    >>> knowsley.findings(theme="caseload")
    Traceback (most recent call last):
    analysis.errors.UnknownNameError: There is no theme 'caseload'. Did you mean 'caseloads' ...
    """

    @property
    def slugs(self) -> tuple[str, ...]:
        """The one authority that is looked at."""
        return (self.slug,)

    @property
    def of(self) -> str:
        """Name of the authority."""
        return self.name

    @cached_property
    def frames(self) -> Frames:
        """The tables behind the calls, made of the results."""
        known = load_authorities(self.project)
        return Frames.of([self.results], known[known["authority"] == self.slug])

    @property
    def visit(self) -> Names:
        """The visits: `visit("latest")` is what it found on each theme, `visit.` lists the ids."""
        visits = self.results.data.visits
        titles = dict(zip(visits["visit"], visits["title"], strict=True))
        return Names("visit", titles, f"{self.slug}-", show=self._at)

    def _at(self, wanted: Wanted) -> Table:
        return self.statuses(visit=wanted)

    @property
    def _always(self) -> dict[str, Any]:
        chosen = self.choices
        return {
            "theme": chosen.parameters.themes,
            "direction": chosen.direction,
            "source": chosen.source,
        }

    def _whole(self, name: str) -> Any:
        """Return a table, with the published words of findings where any are held."""
        frame = super()._whole(name)
        held = self.results.data.findings.set_index("finding")["words"]
        if name == FINDINGS and (held != "").any():
            place = list(frame.columns).index("summary") + 1
            frame.insert(place, "words", frame["finding"].map(held))
        return frame

    def _behind(self, coded: pd.DataFrame) -> Table:
        """Return the rows of `findings` that are these codes, whatever is chosen."""
        key = ["finding", "theme", "cohort"]
        rows = self._whole(FINDINGS)
        own = set(coded[key].itertuples(index=False, name=None))
        kept = [row in own for row in rows[key].itertuples(index=False, name=None)]
        return table(rows[kept].reset_index(drop=True), MAIN[FINDINGS])

    def way_out(self, **narrowing: Any) -> Table:
        """Return how others met the needs that this authority still has, the latest first.

        Parameters
        ----------
        **narrowing
            `theme`, `cohort`, `aspect` and `region`.

        Returns
        -------
        Table
            As `load.england().way_out(authority=…)`. The tables of all authorities are gathered
            first, if need be, which takes some minutes.
        """
        frames = Frames(current(self.project))
        slugs = tuple(frames.frame("authorities")["authority"])
        england = England(frames, self.results.data.codebook, slugs)
        return england.way_out(self.slug, **narrowing)

    def compare(self, group: str = "neighbours", theme: Wanted = "") -> Table:
        """Set what the latest full inspection found beside what others' found, theme by theme.

        Parameters
        ----------
        group
            `neighbours` (its statistical neighbours), `region` or `england`.
        theme
            Ids, names or groups; blank for all.

        Returns
        -------
        Table
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
        rows = beside(slug, own, frames.read("latest"), frames.read("authorities"), (group,))
        rows = rows[[*COMPARED, *rows.columns.difference(list(COMPARED), sort=False)]]
        kept = rows["theme"].isin(self._themes(theme))
        return table(rows[kept].reset_index(drop=True))

    def side_by_side(self, theme: Wanted = "") -> Table:
        """Put a coder's codes beside those that would count without them.

        Parameters
        ----------
        theme
            As in `findings`.

        Returns
        -------
        Table
            Columns of `analysis.codes.agreement.beside.side_by_side`.

        Raises
        ------
        FindingsError
            If nobody's codes were asked for.
        """
        asked = self.choices.parameters
        if not asked.codes:
            call = f'load("{asked.authority}", codes="me")'
            raise FindingsError(f"Say whose codes are to be put beside the others: {call}.")
        both = side_by_side(self.whole, asked.codes)
        kept = both["finding"].isin(self.results.data.findings["finding"])
        wanted = both["theme"].isin(self._themes(theme))
        return table(both[kept & wanted].reset_index(drop=True))

    def subset(
        self,
        start: str | None = None,
        end: str | None = None,
        themes: Wanted | None = None,
        direction: str | None = None,
        source: str | None = None,
        include_secondary: bool | None = None,
        codes: str | None = None,
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
        codes
            A coder, such as `me`, whose codes count first, and no other user's; blank for those
            that count.

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
            "codes": codes,
        }
        beyond = {
            "direction": direction and require_known("direction", direction, DIRECTIONS),
            "source": source and require_known("source", source, SOURCES),
        }
        parameters = replace(self.choices.parameters, **_given(asked))
        chosen = replace(self.choices, parameters=parameters, **_given(beyond))
        return front(self.whole, chosen, self.project, self._analysed)

    def __getitem__(self, theme: Wanted) -> Authority:
        return self.subset(themes=theme)

    def _ipython_key_completions_(self) -> list[str]:
        return list(self.whole.codebook.ids)

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
        found = self.by_theme()
        visits = self.visits().astype({"grade": object}).fillna({"grade": ""})
        return shown(
            "authority",
            name=self.name,
            said=self._in_brief(),
            caution=cautions.caution(self.results)[:2],
            visits=records(visits),
            groups=[
                (str(group), records(part)) for group, part in found.groupby("group", sort=False)
            ],
            calls=CALLS,
            call=self.choices.call(),
        ).html


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def front(
    whole: AuthorityData,
    chosen: Choices,
    project: Project,
    analysed: dict[tuple[str, str, bool, str], Results],
) -> Authority:
    """Return an authority of which what is chosen is looked at.

    Parameters
    ----------
    analysed
        What was computed before, by period, whether secondary documents count, and coder.
    """
    asked = chosen.parameters
    key = (asked.start, asked.end, asked.include_secondary, asked.codes)
    if key not in analysed:
        data = as_asked(whole, asked.codes).between(asked.start, asked.end)
        analysed[key] = analyse(data, include_secondary=asked.include_secondary)
    return Authority(analysed[key], chosen, whole, project, analysed)
