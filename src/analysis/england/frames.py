"""The gathered tables as tidy frames, each with what is needed to group it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.addresses import paged
from analysis.dates import PartialDate
from analysis.england import forms
from analysis.england.gathered import TABLES, codebook_tables
from analysis.results.results import Results
from analysis.results.schemas import filled
from analysis.vocabulary import CONFIDENCE, LEVELS, NO_THEME, STATUSES

_ORDERED: Final = {
    "confidence": CONFIDENCE,
    "status": STATUSES,
    "level_first": tuple(LEVELS),
    "level_latest": tuple(LEVELS),
    "status_before": tuple(LEVELS),
}
"""Columns whose words have an order, in which they sort."""
_LEAD: Final = (
    "authority", "name", "region", "date", "year", "visit", "kind", "framework", "title", "group",
    "theme", "cohort",
)  # fmt: skip
"""Columns that stand first: those by which a table is grouped."""
_OF_A_FINDING: Final = ("codes", "area_statements", "recommendations", "new_faults")
"""Tables with a row for a finding, beside which stands what the finding is."""
_OF_A_NEED: Final = ("need_events", "recommendations")
"""Tables with a row for a need, beside which stands what the need is."""


@dataclass(frozen=True)
class Frames:
    """Tables of all authorities; each is read when it is first asked for.

    Every frame has `authority`, `name` and `region`; those of visits `date` (first day, as far as
    it is known), `year`, `kind`, `framework` and `title`, with `visit` as an ordered categorical,
    by date; those of themes `group`, with `theme` as a categorical in the order of the codebook;
    those of single findings `document`, `published`, `address` (of the document, at the page where
    that is known; blank where it is not known) and `link` (`address`, else the publisher's page).
    Other columns are those of `analysis.england.gathered.TABLES`.

    Attributes
    ----------
    folder
        Where the tables lie.
    held
        Tables that are made rather than read, by name.
    """

    folder: Path
    _made: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    held: Mapping[str, Callable[[], pd.DataFrame]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, several: Sequence[Results], authorities: pd.DataFrame) -> Frames:
        """Return the frames of authorities whose results are at hand; no file is read.

        Parameters
        ----------
        authorities
            Their rows of `authorities.csv`.
        """

        def made(name: str) -> pd.DataFrame:
            return pd.concat([TABLES[name].rows(results) for results in several], ignore_index=True)

        codebook = codebook_tables(several[0].data.codebook)
        held = {name: partial(made, name) for name, table in TABLES.items() if table.of}
        told = {"authorities": filled(TABLES["authorities"].schema, authorities)} | codebook
        return cls(Path(), held=held | {name: partial(_same, t) for name, t in told.items()})

    def frame(self, name: str) -> pd.DataFrame:
        """Return a frame by the name of its table; whoever changes it changes a copy."""
        if name not in self._made:
            self._made[name] = self._frame(name)
        return self._made[name].copy(deep=False)

    def read(self, name: str) -> pd.DataFrame:
        """Return a table as it was gathered, with nothing beside."""
        if name in self.held:
            return self.held[name]()
        raw = (self.folder / forms.parquet_name(name)).read_bytes()
        return forms.from_parquet(raw, TABLES[name].schema)

    def _frame(self, name: str) -> pd.DataFrame:
        table = self.read(name)
        if name == "authorities":
            return table.rename(columns={"region_name": "region"})
        if name in ("themes", "aspects"):
            return table
        if name in _OF_A_NEED:
            table = self._about_needs(table)
        table = table.join(self._names, on="authority")
        if name in _OF_A_FINDING:
            table = self._beside_finding(table)
        if "document" in table and name != "documents":
            table = self._beside_document(table)
        if "visit" in table:
            table = self._beside_visit(table)
        if "theme" in table:
            table = self._beside_theme(table)
        for column, words in _ORDERED.items():
            if column in table:
                known = table[column].where(table[column].isin(words))
                table[column] = pd.Categorical(known, words, ordered=True)
        own = [column for column in _LEAD if column in table]
        table = table[[*own, *(column for column in table if column not in own)]]
        if name == "visits":
            table = table.sort_values(["date", "visit"])
        if name == "codes":
            table = table[table["theme"].notna()]
        return table.reset_index(drop=True)

    @cached_property
    def _names(self) -> pd.DataFrame:
        return self.frame("authorities").set_index("authority")[["name", "region"]]

    def _about_needs(self, table: pd.DataFrame) -> pd.DataFrame:
        about = self.read("needs").drop_duplicates(["authority", "need"])
        wanted = [c for c in ("theme", "cohort", "aspect", "wording") if c not in table]
        key = ["authority", "need"]
        return table.merge(about[[*key, *wanted]], on=key, how="left")

    def _beside_finding(self, table: pd.DataFrame) -> pd.DataFrame:
        findings = self.read("findings").set_index("finding")
        wanted = [
            "document", "source", "section", "printed_number", "page", "role", "said_by", "summary",
        ]  # fmt: skip
        return table.join(findings[[c for c in wanted if c not in table]], on="finding")

    def _beside_document(self, table: pd.DataFrame) -> pd.DataFrame:
        documents = self.read("documents").set_index("document")
        wanted = ["published", "address", "link", "visit"]
        table = table.join(documents[[c for c in wanted if c not in table]], on="document")
        link = table.pop("link")
        if "page" in table:
            pages = zip(table["address"], table["page"], strict=True)
            at_page = pd.Series([paged(*pair) for pair in pages], table.index, dtype="str")
            table["address"] = at_page.where(at_page != "", table["address"])
        table.insert(list(table.columns).index("address") + 1, "link", link)
        table["link"] = table["address"].where(table["address"] != "", link)
        return table

    def _beside_visit(self, table: pd.DataFrame) -> pd.DataFrame:
        visits = self._visits
        table = table.join(visits[[c for c in visits if c not in table]], on="visit")
        return table.assign(visit=pd.Categorical(table["visit"], visits.index, ordered=True))

    @cached_property
    def _visits(self) -> pd.DataFrame:
        """Visits by date, as the index of what a table of visits needs."""
        visits = self.read("visits")
        days = visits["start"].map(lambda text: PartialDate.parse(text).earliest)
        dates = pd.to_datetime(days)
        visits = visits.assign(date=dates, year=dates.dt.year).sort_values(["date", "visit"])
        return visits.set_index("visit")[["date", "year", "kind", "framework", "title"]]

    def _beside_theme(self, table: pd.DataFrame) -> pd.DataFrame:
        themes = self._themes
        groups = table["theme"].map(themes["group"])
        return table.assign(
            group=pd.Categorical(groups, themes["group"].unique(), ordered=True),
            theme=pd.Categorical(table["theme"].replace({NO_THEME: None}), themes.index),
        )

    @cached_property
    def _themes(self) -> pd.DataFrame:
        return self.read("themes").set_index("theme")


def _same(table: pd.DataFrame) -> pd.DataFrame:
    return table
