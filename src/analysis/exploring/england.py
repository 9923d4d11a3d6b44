"""Many authorities to ask questions of: the calls of one, over all, some or a region."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis.data.codebook import Codebook
from analysis.england import ledger, way_out
from analysis.england.compare import GROUPS, beside, by_year
from analysis.england.frames import Frames
from analysis.england.gather import current
from analysis.england.over_time import inspections
from analysis.england.second import as_second
from analysis.english import plural
from analysis.errors import FindingsError, require_known
from analysis.exploring.names import Names, Wanted, find_authority, find_themes
from analysis.exploring.picture import shown
from analysis.exploring.saving import FOLDER, Saved, place_of, save_files, table_files
from analysis.exploring.table import Table, table
from analysis.exploring.tables import CALLS, Tables
from analysis.project import Project
from analysis.vocabulary import ALL_COHORTS

_AUTHORITIES: Final = ("name", "region", "theme", "path", "level_first", "level_latest",
                       "inspections", "latest_date")  # fmt: skip
COMPARED: Final = ("theme", "found", "looked", "weakness", "both", "strength", "nothing", "others")
"""What comes first of an authority beside others."""
_LONG_NAME: Final = 60
"""Characters beyond which names make no file's name."""
_WAY_OUT: Final = ("name", "theme", "cohort", "meaning", "before", "before_date", "after",
                   "after_date", "looked_after")  # fmt: skip


@dataclass(frozen=True, repr=False)
class England(Tables):
    """Tables of many authorities: the calls of one, over all of them.

    Attributes
    ----------
    frames
        The gathered tables.
    codebook
        The themes.
    slugs
        Authorities that are looked at.
    of
        What they are together, such as `England` or `London`.

    `docs/england.md` has examples, which are tested.
    """

    frames: Frames
    codebook: Codebook
    slugs: tuple[str, ...]
    of: str = "England"

    def authorities(self, theme: Wanted = "", path: Wanted = "") -> Table:
        """Return the authorities, one row each, or those where a theme went a certain way.

        Parameters
        ----------
        theme
            Ids or names; blank for any.
        path
            Words for paths of the theme over all cohorts, such as `better and stayed so`; blank for
            any.

        Returns
        -------
        Table
            The authorities; where a theme or path is named, once for each that fits, with `theme`,
            `path`, `level_first`, `level_latest`, the visits `first` and `latest`, and what that
            rests on: `inspections` (int, the full ones that judged it) and `latest_date`.

        Raises
        ------
        FindingsError
            If a name is unknown; says the nearest.
        """
        held = self.frames.frame("authorities")
        held = held[held["authority"].isin(self.slugs)].reset_index(drop=True)
        if not (theme or path):
            return table(held, _AUTHORITIES)
        paths = self.paths(theme, cohort=ALL_COHORTS, path=path)
        columns = [
            "authority", "theme", "path", "level_first", "level_latest", "first", "latest",
            "inspections", "latest_date",
        ]  # fmt: skip
        return table(held.merge(paths[columns], on="authority"), _AUTHORITIES)

    @property
    def theme(self) -> Names:
        """The themes: `theme("supervision")` is what was found on it, `theme.` lists the ids."""
        themes = self.codebook.themes
        return Names("theme", {theme.id: theme.name for theme in themes}, show=self._by_year)

    def _by_year(self, name: Wanted) -> Table:
        """Return what full inspections found on a theme, by framework and year."""
        themes = find_themes(name, self.codebook)
        if len(themes) != 1:
            raise FindingsError("Name one theme, as in england.theme('supervision').")
        statuses = self.frames.frame("statuses")
        own = statuses["authority"].isin(self.slugs) & (statuses["theme"] == themes[0])
        return table(by_year(statuses[own], themes[0]))

    def compare(self, group: str = "neighbours", theme: Wanted = "") -> Table:
        """Set each authority beside others, theme by theme, as `Authority.compare` does of one.

        Parameters
        ----------
        group
            `neighbours` (each one's statistical neighbours), `region` or `england`.
        theme
            Ids, names or groups; blank for all.

        Returns
        -------
        Table
            Schema `analysis.england.compare.BESIDE`, with `authority`. The tables of all
            authorities are gathered first, if need be.

        Raises
        ------
        FindingsError
            If there is no such group or theme; says the nearest.
        """
        require_known("group", group, GROUPS)
        themes = find_themes(theme, self.codebook) or self.codebook.ids
        frames = Frames(current(Project.find()))
        latest, known = frames.read("latest"), frames.read("authorities")
        rows = pd.concat([
            beside(slug, latest[latest["authority"] == slug], latest, known, (group,))
            .assign(authority=slug)
            for slug in self.slugs
        ])  # fmt: skip
        rows = rows[rows["theme"].isin(themes)].reset_index(drop=True)
        return table(rows.merge(known[["authority", "name"]], on="authority"), ("name", *COMPARED))

    def inspections(self, *, shorter: bool = False) -> pd.DataFrame:
        """Return what every full inspection found on every theme it looked at, with its grade.

        The functions of `analysis.england.over_time` take it. With `shorter` also what shorter
        visits judged, which choose what they look at.
        """
        frames = (self.frames.frame(name) for name in ("statuses", "judgements"))
        own = (frame[frame["authority"].isin(self.slugs)] for frame in frames)
        statuses, judgements = (frame.reset_index(drop=True) for frame in own)
        return inspections(statuses, judgements, shorter=shorter)

    def as_second(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Draw what second readers would have found weak of some of `inspections`, 200 times.

        `analysis.england.shares` takes it and says it beside what was found.
        """
        names = ("codes", "findings", "second_readings", "statuses")
        return as_second(rows, *(self.frames.read(name) for name in names))

    def save(self, table: pd.DataFrame, folder: str | Path = FOLDER, name: str = "table") -> Saved:
        """Save a table as CSV and XLSX; nothing is overwritten.

        Parameters
        ----------
        table
            What one of these calls gave.
        folder
            A relative one lies in the project.
        name
            What the table is called in the files' name, after what is looked at.

        Raises
        ------
        FindingsError
            If the folder cannot be written to, or it is no table.
        """
        if not isinstance(table, pd.DataFrame):
            raise FindingsError(
                f"A {type(table).__name__} of several authorities cannot be saved; give a table, "
                "as in save(london.findings()). A chart or a card is of one authority, which saves "
                'it: camden = load("camden"), then camden.save(camden.theme("supervision")).'
            )
        project = Project.find()
        place = place_of(folder, project)
        return save_files(table_files(table, name), place, f"{self._slug}--{name}", project)

    @property
    def _slug(self) -> str:
        """What they are together, as files are called; many names are counted."""
        slug = re.sub(r"[^a-z0-9]+", "-", self.of.casefold()).strip("-")
        return slug if len(slug) <= _LONG_NAME else f"{len(self.slugs)}-authorities"

    def spans(self) -> pd.DataFrame:
        """Return how long each need lasted, as far as visits tell; `ledger` counts them."""
        return self._spans[self._spans["authority"].isin(self.slugs)].reset_index(drop=True)

    def way_out(self, authority: str = "", **narrowing: Any) -> Table:
        """Return who had a need and found a way out, with what was written before and after.

        Parameters
        ----------
        authority
            Slug or name: only needs that this authority still has, as other authorities met them.
        **narrowing
            `theme`, `cohort`, `aspect` and `region`.

        Returns
        -------
        Table
            `analysis.england.way_out.with_words`, the latest first. The risk set, who had it and
            did not get out, is in `followed`, which takes the same narrowing.

        Raises
        ------
        FindingsError
            If a name is unknown; says the nearest.
        """
        rows: pd.DataFrame = self.followed(**narrowing)
        if authority:
            slug = find_authority(authority, self.frames.frame("authorities"))
            require_known("authority", slug, self.frames.frame("authorities")["authority"])
            every = self.frames.frame("followed")
            own = every[(every["authority"] == slug) & every["outcome"].isin(way_out.STILL)]
            rows = rows.merge(own[way_out.KEY], on=way_out.KEY)
            rows = rows[rows["authority"] != slug]
        rows = rows[rows["had"] & (rows["outcome"] == way_out.OUT)]
        tables = {name: self.frames.frame(name) for name in ("findings", "codes")}
        told = way_out.with_words(rows, tables)
        told = told.sort_values("after_date", ascending=False, kind="stable", ignore_index=True)
        why = "No row: none of these needs was met in that way elsewhere."
        return table(told, _WAY_OUT, why)

    def ledger(self, by: Sequence[str] = ledger.KEY, draws: int = 0, **narrowing: Wanted) -> Table:
        """Count needs over authorities, and say how long they lasted.

        Parameters
        ----------
        by
            What they are counted by: columns of `analysis.england.ledger.SPANS`, as `["grade"]`.
        draws
            How often authorities are drawn anew, for how sure the half is: 200 will do, and take
            from a quarter of a second to two for each row.
        **narrowing
            `theme`, `cohort` and `aspect`.

        Returns
        -------
        Table
            `analysis.england.ledger.counted`.

        Raises
        ------
        FindingsError
            If a name is unknown; says the nearest.
        """
        columns = [require_known("column", column, ledger.SPANS.columns) for column in by]
        rows = self.spans()
        for what, wanted in narrowing.items():
            require_known("narrowing", what, ("theme", "cohort", "aspect"))
            rows, _why = self._within.narrowed(rows, "ledger", {what: wanted})
        return table(ledger.counted(rows, columns, draws))

    @cached_property
    def _spans(self) -> pd.DataFrame:
        names = ("needs", "need_events", "visits", "judgements")
        return ledger.spans(*(self.frames.read(name) for name in names))

    def __repr__(self) -> str:
        years = self._visits["year"]
        findings = self.frames.read("findings")["authority"].isin(self.slugs).sum()
        return (
            f"{self.of}: {plural(len(self.slugs), 'authority', 'authorities')}, "
            f"{plural(len(years), 'visit')}, {years.min()} to {years.max()}, "
            f"{plural(int(findings), 'finding')}. Tables: {', '.join(CALLS)}."
        )

    def _repr_html_(self) -> str:
        return shown("many", said=repr(self), calls=CALLS).html
