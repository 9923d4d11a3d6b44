"""Many authorities to ask questions of: the calls of one, over all, some or a region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from analysis.data.codebook import Codebook
from analysis.dates import PartialDate
from analysis.england import ledger, way_out
from analysis.england.compare import by_year
from analysis.england.frames import Frames
from analysis.england.over_time import inspections
from analysis.english import plural
from analysis.errors import FindingsError, require_known
from analysis.exploring.names import Wanted, find_aspects, find_authority, find_themes, find_words
from analysis.vocabulary import ALL_COHORTS, COHORTS, DIRECTIONS, PATH_WORDS

CALLS: Final = (
    "visits", "documents", "grades", "findings", "codes", "areas", "statuses", "changes", "paths",
    "needs", "need_events", "recommendations", "followed", "second_readings",
    "readings",
)  # fmt: skip
"""The calls that give a table."""


@dataclass(frozen=True, repr=False)
class England:
    """Tables of many authorities; every call gives a tidy frame and takes the same narrowing.

    Each frame says of its rows the authority, region, visit (ordered by date), date, year, group
    and theme as far as they have one, and of a finding its document and address.

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

    def authorities(self, theme: Wanted = "", path: Wanted = "") -> pd.DataFrame:
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
        pandas.DataFrame
            The authorities; where a theme or path is named, once for each that fits, with `theme`,
            `path`, `level_first`, `level_latest` and the visits `first` and `latest`.

        Raises
        ------
        FindingsError
            If a name is unknown; says the nearest.
        """
        table = self.frames.frame("authorities")
        table = table[table["authority"].isin(self.slugs)].reset_index(drop=True)
        if not (theme or path):
            return table
        paths = self.paths(**({"theme": theme} if theme else {}))
        paths = paths[paths["cohort"] == ALL_COHORTS].rename(columns={"word": "path"})
        if path:
            words = find_words("path", path, {word: word for word in PATH_WORDS})
            paths = paths[paths["path"].isin(words)]
        columns = ["authority", "theme", "path", "level_first", "level_latest", "first", "latest"]
        return table.merge(paths[columns], on="authority")

    def theme(self, name: str) -> pd.DataFrame:
        """Return what full inspections found on a theme, by framework and year.

        Parameters
        ----------
        name
            Id or name of a theme.

        Returns
        -------
        pandas.DataFrame
            Schema `analysis.england.compare.BY_YEAR`.

        Raises
        ------
        FindingsError
            If there is no such theme; says the nearest.
        """
        themes = find_themes(name, self.codebook)
        if len(themes) != 1:
            raise FindingsError("Name one theme, as in england.theme('supervision').")
        return by_year(self.statuses(theme=themes[0]), themes[0])

    def inspections(self) -> pd.DataFrame:
        """Return what every full inspection found on every theme it looked at, with its grade.

        The functions of `analysis.england.over_time` take it.
        """
        return inspections(self.statuses(), self.grades())

    def spans(self) -> pd.DataFrame:
        """Return how long each need lasted, as far as visits tell; `ledger` counts them."""
        return self._spans[self._spans["authority"].isin(self.slugs)].reset_index(drop=True)

    def way_out(self, authority: str = "", **narrowing: Wanted) -> pd.DataFrame:
        """Return who had a need and found a way out, with what was written before and after.

        Parameters
        ----------
        authority
            Slug or name: only needs that this authority still has, as other authorities met them.
        **narrowing
            `theme`, `cohort`, `aspect` and `region`.

        Returns
        -------
        pandas.DataFrame
            `analysis.england.way_out.with_words`, the latest first. The risk set, who had it and
            did not get out, is in `followed`, which takes the same narrowing.

        Raises
        ------
        FindingsError
            If a name is unknown; says the nearest.
        """
        rows = self.followed(**narrowing)
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
        return told.sort_values("after_date", ascending=False, kind="stable", ignore_index=True)

    def ledger(self, by: Sequence[str] = ledger.KEY, **narrowing: Wanted) -> pd.DataFrame:
        """Count needs over authorities, and say how long they lasted.

        Parameters
        ----------
        by
            What they are counted by: columns of `analysis.england.ledger.SPANS`, as `["grade"]`.
        **narrowing
            `theme`, `cohort` and `aspect`.

        Returns
        -------
        pandas.DataFrame
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
            rows = rows[self._named(rows, what, wanted)]
        return ledger.counted(rows, columns)

    @cached_property
    def _spans(self) -> pd.DataFrame:
        names = ("needs", "need_events", "visits", "judgements")
        return ledger.spans(*(self.frames.read(name) for name in names))

    def visits(self, **narrowing: Wanted) -> pd.DataFrame:
        """Return every visit known of, by date."""
        return self._table("visits", narrowing)

    def documents(self, **narrowing: Wanted) -> pd.DataFrame:
        """Return the publications about visits."""
        return self._table("documents", narrowing)

    def grades(self, **narrowing: Wanted) -> pd.DataFrame:
        """Return the grades, as printed and normalised."""
        return self._table("judgements", narrowing)

    def findings(self, **narrowing: Wanted) -> pd.DataFrame:
        """Return every finding, with its summary in our words."""
        return self._table("findings", narrowing)

    def codes(self, **narrowing: Wanted) -> pd.DataFrame:
        """Return the codes that count, one row per finding, theme and cohort.

        Parameters
        ----------
        **narrowing
            `theme` (ids, names or groups), `cohort`, `direction`, `region`, `start` and `end`
            (`2018` or `2018-04`, by the first day of the visit); several of one kind as a list or
            separated by commas. Every other call takes those of which its table has the column.

        Raises
        ------
        FindingsError
            If a name is unknown, or the table has no such column.
        """
        return self._table("codes", narrowing)

    def areas(self, **narrowing: Wanted) -> pd.DataFrame:
        """Return what inspectors say of whole areas."""
        return self._table("area_statements", narrowing)

    def statuses(self, **narrowing: Wanted) -> pd.DataFrame:
        """Return the status of every theme at every visit, and of each cohort spoken of."""
        return self._table("statuses", narrowing)

    def changes(self, **narrowing: Wanted) -> pd.DataFrame:
        """Return every comparison of a visit with an earlier one."""
        return self._table("changes", narrowing)

    def paths(self, **narrowing: Wanted) -> pd.DataFrame:
        """Return all levels of themes over the full inspections, and the word for each."""
        return self._table("paths", narrowing)

    def needs(self, **narrowing: Wanted) -> pd.DataFrame:
        """Return every need, once for each spell in which it was raised; narrow by `aspect` too."""
        return self._table("needs", narrowing)

    def need_events(self, **narrowing: Wanted) -> pd.DataFrame:
        """Return what each visit says of each need of which it speaks."""
        return self._table("need_events", narrowing)

    def recommendations(self, **narrowing: Wanted) -> pd.DataFrame:
        """Return what became of each recommendation of the full inspection before the latest."""
        return self._table("recommendations", narrowing)

    def followed(self, **narrowing: Wanted) -> pd.DataFrame:
        """Return every need with an aspect, and what became of it; narrow by `aspect` too.

        An authority `had` it if two visits raised it, or one with harm. What can have become of it
        stands in `analysis.england.way_out.OUTCOMES`.
        """
        return self._table("followed", narrowing)

    def second_readings(self, **narrowing: Wanted) -> pd.DataFrame:
        """Return what the codes of two readers come to, each alone, where both read."""
        return self._table("second_readings", narrowing)

    def readings(self, **narrowing: Wanted) -> pd.DataFrame:
        """Return who read which document when, and how."""
        return self._table("readings", narrowing)

    def __repr__(self) -> str:
        years = self.visits()["year"]
        return (
            f"{self.of}: {plural(len(self.slugs), 'authority', 'authorities')}, "
            f"{plural(len(years), 'visit')}, {years.min()} to {years.max()}, "
            f"{plural(len(self.findings()), 'finding')}. Tables: {', '.join(CALLS)}."
        )

    def _table(self, name: str, narrowing: dict[str, Wanted]) -> pd.DataFrame:
        table = self.frames.frame(name)
        kept = table["authority"].isin(self.slugs)
        for what, wanted in narrowing.items():
            kept &= self._kept(table, name, what, wanted)
        return table[kept].reset_index(drop=True)

    def _kept(self, table: pd.DataFrame, name: str, what: str, wanted: Wanted) -> pd.Series[bool]:
        column = {"start": "date", "end": "date"}.get(what, what)
        known = ("theme", "cohort", "aspect", "direction", "region", "start", "end")
        if require_known("narrowing", what, known) and column not in table:
            raise FindingsError(
                f"The table {name} has no {column}, so it cannot be narrowed by {what}."
            )
        if what in ("start", "end"):
            return _since(table["date"], what, str(wanted))
        return self._named(table, what, wanted)

    def _named(self, table: pd.DataFrame, what: str, wanted: Wanted) -> pd.Series[bool]:
        """Say which rows are of what is named, by id or by what reports show."""
        if what == "aspect":
            pairs = find_aspects(wanted, self.codebook)
            return pd.Series(
                [pair in pairs for pair in zip(table["theme"], table["aspect"], strict=True)],
                index=table.index,
                dtype=bool,
            )
        return table[what].isin(self._values(what, wanted))

    def _values(self, what: str, wanted: Wanted) -> Sequence[str]:
        if what == "theme":
            return find_themes(wanted, self.codebook)
        if what == "region":
            regions = self.frames.frame("authorities")["region"].unique()
            return find_words(what, wanted, {region: region for region in regions})
        words = {"cohort": COHORTS, "direction": {word: word for word in DIRECTIONS}}
        return find_words(what, wanted, words[what])


def _since(dates: pd.Series[pd.Timestamp], what: str, text: str) -> pd.Series[bool]:
    try:
        day = PartialDate.parse(text)
    except ValueError as error:
        allowed = "Write it as 2014, 2014-04 or 2014-04-29."
        raise FindingsError(f"{what}: {error}. {allowed}") from error
    if what == "start":
        return dates >= pd.Timestamp(day.earliest)
    return dates <= pd.Timestamp(day.latest)
