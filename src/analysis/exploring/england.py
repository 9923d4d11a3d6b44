"""Many authorities to ask questions of: the calls of one, over all, some or a region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.data.codebook import Codebook
from analysis.dates import PartialDate
from analysis.england.frames import Frames
from analysis.english import plural
from analysis.errors import FindingsError, require_known
from analysis.exploring.names import Wanted, find_themes
from analysis.report.parameters import listed
from analysis.vocabulary import COHORTS, DIRECTIONS

CALLS: Final = (
    "visits", "documents", "grades", "findings", "codes", "areas", "statuses", "changes", "paths",
    "needs", "need_events", "recommendations", "readings",
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

    def authorities(self) -> pd.DataFrame:
        """Return the authorities, one row each."""
        table = self.frames.frame("authorities")
        return table[table["authority"].isin(self.slugs)].reset_index(drop=True)

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
        """Return every need, once for each spell in which it was raised."""
        return self._table("needs", narrowing)

    def need_events(self, **narrowing: Wanted) -> pd.DataFrame:
        """Return what each visit says of each need of which it speaks."""
        return self._table("need_events", narrowing)

    def recommendations(self, **narrowing: Wanted) -> pd.DataFrame:
        """Return what became of each recommendation of the full inspection before the latest."""
        return self._table("recommendations", narrowing)

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
        known = ("theme", "cohort", "direction", "region", "start", "end")
        if require_known("narrowing", what, known) and column not in table:
            raise FindingsError(
                f"The table {name} has no {column}, so it cannot be narrowed by {what}."
            )
        if what in ("start", "end"):
            return _since(table["date"], what, str(wanted))
        if what == "theme":
            return table["theme"].isin(find_themes(wanted, self.codebook))
        allowed = {"cohort": COHORTS, "direction": DIRECTIONS, "region": table["region"].unique()}
        values = [require_known(what, value, allowed[what]) for value in listed(wanted)]
        return table[what].isin(values)


def _since(dates: pd.Series[pd.Timestamp], what: str, text: str) -> pd.Series[bool]:
    try:
        day = PartialDate.parse(text)
    except ValueError as error:
        allowed = "Write it as 2014, 2014-04 or 2014-04-29."
        raise FindingsError(f"{what}: {error}. {allowed}") from error
    if what == "start":
        return dates >= pd.Timestamp(day.earliest)
    return dates <= pd.Timestamp(day.latest)
