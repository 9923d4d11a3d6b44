"""The tables of one authority or of many: the same calls, the same columns, the same narrowing."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis.exploring.latest import words_at
from analysis.exploring.narrowing import Within
from analysis.exploring.table import WHY, Table, table
from analysis.exploring.tidy import FINDINGS, MAIN, TABLES, tidy
from analysis.vocabulary import ALL_COHORTS, JUDGED, SOURCES

if TYPE_CHECKING:
    from analysis.data.codebook import Codebook
    from analysis.england.frames import Frames
    from analysis.exploring.names import Wanted

CALLS: Final = tuple(MAIN)
"""The calls that give a table."""
_COUNTED: Final = {"strengths": "strength", "mixed": "mixed", "weaknesses": "weakness"}
_BY_THEME: Final = ("theme", "findings", *_COUNTED, "latest_status", "latest_date", "found",
                    "confidence", "path")  # fmt: skip
_NOTHING: Final = {
    "needs": "Nobody has put together the needs of {of}; the program makes no such links.",
    "recommendations": "No recommendations of {of} were followed: that takes two full inspections "
    "and needs that somebody has put together.",
    "readings": "Nobody has read documents of {of} through in the way that is written down here.",
}
"""Why a table has no row at all."""


class Tables:
    """What gives tables; every call takes what `NARROWINGS` names, as far as its table has it.

    Attributes
    ----------
    frames
        Where the tables come from.
    codebook
        The themes.
    slugs
        Authorities that are looked at.
    of
        What they are together.

    Each frame has the ids of what its rows are about (`authority`, `visit`, `theme`, `cohort`,
    `finding`, `need`), for a visit `title`, `date`, `year`, `kind` and `framework`, and for a
    finding `document`, `page`, `address` and `link`. Closed lists are categoricals in their order.
    """

    if TYPE_CHECKING:

        @property
        def frames(self) -> Frames:
            """As above."""

        @property
        def codebook(self) -> Codebook:
            """As above."""

        @property
        def slugs(self) -> tuple[str, ...]:
            """As above."""

        @property
        def of(self) -> str:
            """As above."""

    def visits(self, **narrowing: Any) -> Table:
        """Return when inspectors came, what they looked at and what they graded, by date.

        Returns
        -------
        Table
            One row per visit: beside what is published of it `grade` (overall; missing if none),
            `documents` and `findings` (int).

        Examples
        --------
        >>> from analysis import load
        >>> visits = load("knowsley").visits()
        >>> visits.loc[visits["grade"] == "inadequate", "label"].to_list()
        ['29 April to 21 May 2014', '18 to 29 November 2024']
        """
        return self._table("visits", narrowing)

    def documents(self, **narrowing: Any) -> Table:
        """Return the publications about visits."""
        return self._table("documents", narrowing)

    def grades(self, **narrowing: Any) -> Table:
        """Return the grades, as printed and normalised."""
        return self._table("grades", narrowing)

    def findings(self, theme: Wanted = "", visit: Wanted = "", **narrowing: Any) -> Table:
        """Return the findings that carry a theme, one row per finding, theme and cohort.

        Parameters
        ----------
        theme
            Ids, names, short names or groups.
        visit
            Id, date, `Nov 2024`, title or `latest`.
        **narrowing
            `cohort`, `direction`, `harm`, `source`, `coder`, `period`, `start`, `end`, `words` …

        Returns
        -------
        Table
            By date. `summary` is our words: what was found on the theme where the code says so,
            else what the finding says. `words` are the published ones, where any are held on this
            machine. `page` and `paragraph` are whole numbers (`Int64`; `printed_number` is the
            paragraph as printed). `address` is that of the document, at the page where it is a PDF,
            and blank where it is not known; `link` is `address`, else the publisher's page, where
            the document is one of several.

        Raises
        ------
        FindingsError
            If a name is unknown; says the nearest.

        Examples
        --------
        >>> from analysis import load
        >>> found = load("knowsley").findings("supervision", "latest", direction="weakness")
        >>> found["title"].unique().tolist()
        ['inspection of November 2024']
        """
        found = self._table(FINDINGS, {"theme": theme, "visit": visit, **narrowing})
        if found.empty and theme and visit:
            rows = self.statuses(theme, visit=visit, cohort=ALL_COHORTS)
            said = [f"{row.title}, {row.theme}: {row.status}" for row in rows.head(4).itertuples()]
            found.attrs[WHY] += f" ({'; '.join(said)}.)" if said else ""
        return found

    def paragraphs(self, **narrowing: Any) -> Table:
        """Return every finding once, whether it carries a theme or not."""
        return self._table("paragraphs", narrowing)

    def areas(self, **narrowing: Any) -> Table:
        """Return what inspectors say of a whole area or of the whole service."""
        return self._table("areas", narrowing)

    def statuses(self, theme: Wanted = "", **narrowing: Any) -> Table:
        """Return what a theme was at a visit, for each cohort spoken of and for `all`."""
        return self._table("statuses", {"theme": theme, **narrowing})

    def changes(self, theme: Wanted = "", **narrowing: Any) -> Table:
        """Return every comparison of a visit with an earlier one, latest first.

        Examples
        --------
        >>> from analysis import load
        >>> load("knowsley").changes("plans", confidence="high")["status"].iloc[0]
        'weakness'
        """
        return self._table("changes", {"theme": theme, **narrowing})

    def paths(self, theme: Wanted = "", **narrowing: Any) -> Table:
        """Return the levels of themes over the full inspections, and the word for each path.

        Examples
        --------
        >>> from analysis import load
        >>> load("knowsley").paths("caseloads", cohort="personal-advisers")["path"].to_list()
        ['worse']
        """
        return self._table("paths", {"theme": theme, **narrowing})

    def needs(
        self,
        theme: Wanted = "",
        raised_again: bool | None = None,
        visit: Wanted = "",
        **narrowing: Any,
    ) -> Table:
        """Return what was to be improved, those raised by most visits first.

        Parameters
        ----------
        theme
            As in `findings`.
        raised_again
            Only those raised at two visits or more (True), or only the others (False).
        visit
            Only those that this visit raised, such as `latest`.
        **narrowing
            `cohort`, `aspect` …

        Returns
        -------
        Table
            One row per need and spell; no row where nobody has put needs together.
        """
        found = self._table("needs", {"theme": theme, **narrowing})
        said = str(found.attrs[WHY])
        if raised_again is not None and len(found):
            found = found[found["raised_again"] == raised_again]
            said = "No row: none of these needs was raised " + (
                "twice." if raised_again else "once."
            )
        if visit and len(found):
            events = self._table("need_events", {"visit": visit})
            raised = events.loc[events["relation"].isin(["raised", "not addressed"])]
            keys = set(zip(raised["authority"], raised["need"], raised["spell"], strict=True))
            own = zip(found["authority"], found["need"], found["spell"], strict=True)
            found = found[[key in keys for key in own]]
            said = "No row: that visit raised none of these needs."
        rows = found.sort_values("visits_raised", ascending=False, kind="stable")
        return table(rows.reset_index(drop=True), MAIN["needs"], said if rows.empty else "")

    def need_events(self, theme: Wanted = "", **narrowing: Any) -> Table:
        """Return what each visit says of each need of which it speaks."""
        return self._table("need_events", {"theme": theme, **narrowing})

    def recommendations(self, theme: Wanted = "", **narrowing: Any) -> Table:
        """Return what became of each recommendation of the full inspection before the latest."""
        return self._table("recommendations", {"theme": theme, **narrowing})

    def followed(self, theme: Wanted = "", **narrowing: Any) -> Table:
        """Return every need with an aspect, and what became of it.

        An authority `had` it if two visits raised it, or one with harm. `meaning` says the aspect
        in words. What can have become of it stands in `analysis.england.way_out.OUTCOMES`.

        Examples
        --------
        >>> from analysis import load
        >>> load("knowsley").followed("caseloads")["outcome"].unique().tolist()
        ['not looked at again']
        """
        return self._table("followed", {"theme": theme, **narrowing})

    def new_faults(self, theme: Wanted = "", **narrowing: Any) -> Table:
        """Return what an authority's latest visit criticised and no earlier document speaks of.

        Examples
        --------
        >>> from analysis import load
        >>> load("knowsley").new_faults("placements")["fault"].tolist()
        ['Too many children in care live in homes that are not registered']
        """
        return self._table("new_faults", {"theme": theme, **narrowing})

    def second_readings(self, **narrowing: Any) -> Table:
        """Return what each of two readers gave the paragraphs that both read, theme by theme.

        `first` and `second` are directions, blank where the one did not give the theme; where
        neither gave any, the theme is missing.
        """
        return self._table("second_readings", narrowing)

    def readings(self, **narrowing: Any) -> Table:
        """Return who read which document when, and how."""
        return self._table("readings", narrowing)

    def by_theme(self) -> Table:
        """Return how much was found on each theme, and where it stands.

        Returns
        -------
        Table
            One row per authority and theme: `findings` (int, distinct), `strengths`, `mixed`,
            `weaknesses` (int, codes in that direction), `visits_judged` (int), `latest_status`,
            `latest_date`, `visit`, `found` (our words on the surest group, as the card begins) and
            `confidence` (all of the latest visit that judged it), `path` (over the full
            inspections).
        """
        keys = ["authority", "theme"]
        found, statuses = self.findings(), self.statuses(cohort="all")
        judged = statuses[statuses["status"].isin(JUDGED)]
        last = judged.groupby(keys, observed=True).last()
        paths = self.paths(cohort="all").set_index(keys)["path"]
        grouped = found.groupby(keys, observed=True)
        counts = found.groupby([*keys, "direction"], observed=True).size().unstack()
        rows = self._every_theme().set_index(keys)
        rows["findings"] = grouped["finding"].nunique()
        for column, direction in _COUNTED.items():
            rows[column] = counts.get(direction, 0)
        rows["visits_judged"] = judged.groupby(keys, observed=True)["visit"].nunique()
        whole = ["findings", *_COUNTED, "visits_judged"]
        rows[whole] = rows[whole].fillna(0).astype(int)
        rows["latest_status"], rows["latest_date"] = last["status"], last["date"]
        rows["visit"], rows["found"] = last["visit"].astype(str), self._found_at(last)
        rows["confidence"], rows["path"] = last["confidence"], paths
        told = rows.reset_index().fillna({"visit": "", "found": ""})
        return table(told, (*self._whose, *_BY_THEME))

    def _found_at(self, last: pd.DataFrame) -> pd.Series[str]:
        """Say what was found at a visit, for each authority and theme of an index."""
        visits = last[["visit"]].reset_index()
        statuses, codes = (self.frames.frame(name) for name in ("statuses", "codes"))
        words = words_at(visits, statuses, codes, self.codebook)
        return words.set_axis(last.index)

    # How it is made

    @property
    def _always(self) -> dict[str, Any]:
        """What every table is narrowed by beside what is asked for, where it has the column."""
        return {}

    @property
    def _whose(self) -> tuple[str, ...]:
        """The column that says whose a row is, where there are several."""
        return ("name",) if len(self.slugs) > 1 else ()

    def _every_theme(self) -> pd.DataFrame:
        ids = self.statuses()["theme"].unique() if self._always.get("theme") else self.codebook.ids
        names = self._authorities.set_index("authority")["name"]
        return pd.DataFrame(
            [
                {
                    "authority": slug,
                    "name": names[slug],
                    "group": self.codebook.group_of(theme).name,
                    "theme": theme,
                }
                for slug in self.slugs
                for theme in self.codebook.ids
                if theme in set(ids)
            ]
        )

    @cached_property
    def _authorities(self) -> pd.DataFrame:
        return self.frames.frame("authorities")

    @cached_property
    def _visits(self) -> pd.DataFrame:
        visits = self.frames.frame("visits")
        own = visits[visits["authority"].isin(self.slugs)]
        return own.assign(visit=own["visit"].astype(str))

    @cached_property
    def _within(self) -> Within:
        return Within(self.codebook, self._authorities, self._visits)

    @cached_property
    def _tidied(self) -> dict[str, pd.DataFrame]:
        return {}

    def _whole(self, name: str) -> pd.DataFrame:
        """Return a table of all that is looked at; whoever changes it changes a copy."""
        if name not in self._tidied:
            frame = self.frames.frame(TABLES.get(name, name))
            frame = frame[frame["authority"].isin(self.slugs)]
            if name == "visits":
                frame = self._with_grades(frame)
            if name == "followed":
                frame = self._with_meanings(frame)
            self._tidied[name] = tidy(name, frame, self._visits)
        return self._tidied[name].copy(deep=False)

    def _with_meanings(self, followed: pd.DataFrame) -> pd.DataFrame:
        """Put beside each aspect what it means."""
        means = {
            (t.id, aspect): said for t in self.codebook.themes for aspect, said in t.aspects.items()
        }
        pairs = zip(followed["theme"].astype(str), followed["aspect"], strict=True)
        table = followed.copy(deep=False)
        place = list(table.columns).index("aspect") + 1
        table.insert(place, "meaning", [means.get(pair, "") for pair in pairs])
        return table

    def _with_grades(self, visits: pd.DataFrame) -> pd.DataFrame:
        grades = self.frames.read("judgements")
        sources = self.frames.read("documents").set_index("document")["source"]
        overall = grades[
            (grades["area"] == "overall") & (grades["document"].map(sources) == SOURCES[0])
        ]
        counts = {"documents": "document", "findings": "finding"}
        counted = {
            name: self.frames.read(name).groupby("visit")[column].nunique()
            for name, column in counts.items()
        }
        ids = visits["visit"].astype(str)
        first = overall.drop_duplicates("visit", keep="last").set_index("visit")["grade"]
        return visits.assign(
            grade=ids.map(first),
            **{name: ids.map(count).fillna(0).astype(int) for name, count in counted.items()},
        )

    def _table(self, name: str, narrowing: dict[str, Any]) -> Table:
        whole = self._whole(name)
        if whole.empty and name in _NOTHING:
            self._within.narrowed(whole, name, narrowing)
            return table(whole, MAIN[name], _NOTHING[name].format(of=self.of))
        always = {key: v for key, v in self._always.items() if key in whole and v}
        if narrowing.get("theme"):
            always.pop("theme", None)
        kept, _ = self._within.narrowed(whole, name, always)
        kept, why = self._within.narrowed(kept, name, narrowing)
        return table(kept, (*self._whose, *MAIN[name]), why)
