"""Everything held about one authority, as tables that fit each other."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from analysis.data.codebook import Codebook
from analysis.dates import PartialDate
from analysis.english import plural
from analysis.errors import FindingsError
from analysis.vocabulary import TAGGER


@dataclass(frozen=True, repr=False)
class AuthorityData:
    """Everything held about one authority.

    Attributes
    ----------
    authority, name, urn
        Slug, name and the inspectorate's number.
    codebook
        The themes.
    visits
        Schema `VISITS`, in order of date, with `order` (int, 0 first), `label` (`18 to 29 November
        2024`), `short` (`Nov 2024`), `title` (`inspection of November 2024`) and `held` (primary,
        secondary, none).
    documents
        Schema `DOCUMENTS` with `link`: the address where known, else the publisher's page for the
        inspectorate's documents, else blank.
    judgements
        Schema `JUDGEMENTS` with `visit`.
    findings
        Schema `FINDINGS` with `document`, `visit`, `source`, and `words`: the published words where
        they are held in `data/local/`, else blank.
    area_statements
        Schema `AREA_STATEMENTS` with `visit` and `source`: of the coder who counts for each
        document.
    codes
        Schema `CODES` with `coder`; every coder's codes, theme `none` included.
    checks, roles
        Schemas `CHECKS` and `ROLES` with `coder`: what outside and second coders say, which serves
        the agreement only.
    needs, need_links
        Schemas `NEEDS` and `NEED_LINKS`.
    readings, levels, new_faults
        Schemas `READINGS`, `LEVELS` and `NEW_FAULTS`.
    coded_by
        Coder whose codes were asked to count before all others; blank where nobody's were.
    """

    authority: str
    name: str
    urn: str
    codebook: Codebook
    visits: pd.DataFrame
    documents: pd.DataFrame
    judgements: pd.DataFrame
    findings: pd.DataFrame
    codes: pd.DataFrame
    checks: pd.DataFrame
    roles: pd.DataFrame
    area_statements: pd.DataFrame
    needs: pd.DataFrame
    need_links: pd.DataFrame
    readings: pd.DataFrame
    levels: pd.DataFrame
    new_faults: pd.DataFrame
    coded_by: str = ""

    def __repr__(self) -> str:
        tables = [(name, held) for name, held in vars(self).items()
                  if isinstance(held, pd.DataFrame)]  # fmt: skip
        said = [f"  .{name:<16} {plural(len(held), 'row')}" for name, held in tables]
        return "\n".join([f"What is held about {self.name}:", *said])

    @property
    def coded_by_readers(self) -> bool:
        """Whether anybody but the tagger has coded a finding."""
        return not {*self.codes["coder"], *self.checks["coder"]} <= {TAGGER}

    def between(self, start: str = "", end: str = "") -> AuthorityData:
        """Keep the visits that began in a period; blank means open.

        Documents, judgements, findings, codes and links of other visits go with them.

        Raises
        ------
        FindingsError
            If a date cannot be read, or no visit is held or began in the period.
        """
        visits = between(self.visits, self.name, start, end)
        visits = visits.assign(order=range(len(visits)))
        documents = self.documents[self.documents["visit"].isin(visits["visit"])]
        findings = self.findings[self.findings["visit"].isin(visits["visit"])]

        def of(table: pd.DataFrame, kept: pd.DataFrame, key: str) -> pd.DataFrame:
            return table[table[key].isin(kept[key])]

        return replace(
            self,
            visits=visits,
            documents=documents,
            judgements=of(self.judgements, documents, "document"),
            findings=findings,
            codes=of(self.codes, findings, "finding"),
            checks=of(self.checks, findings, "finding"),
            roles=of(self.roles, findings, "finding"),
            area_statements=of(self.area_statements, findings, "finding"),
            need_links=of(self.need_links, findings, "finding"),
            readings=of(self.readings, documents, "document"),
            levels=of(self.levels, documents, "document"),
            new_faults=of(self.new_faults, findings, "finding"),
        )


def between(visits: pd.DataFrame, name: str, start: str, end: str) -> pd.DataFrame:
    """Keep the visits of an authority that began in a period, of which there must be one."""
    if visits.empty:
        raise FindingsError(f"No visit of {name} is held: visits.csv has no rows yet.")
    kept = visits[_in_period(visits["start"], start, end)]
    if kept.empty:
        period = f"{start or 'the first visit'} to {end or 'the last'}"
        known = f"{visits['start'].min()} to {visits['start'].max()}"
        raise FindingsError(f"{name} has no visit from {period}. Visits held: {known}.")
    return kept


def _in_period(dates: pd.Series[str], start: str, end: str) -> pd.Series[bool]:
    try:
        first = PartialDate.parse(start).earliest if start else None
        last = PartialDate.parse(end).latest if end else None
    except ValueError as error:
        raise FindingsError(f"{error}. Write a date as 2014, 2014-04 or 2014-04-29.") from error
    began = dates.map(lambda text: PartialDate.parse(text).earliest)
    return began.map(lambda day: (first is None or day >= first) and (last is None or day <= last))
