"""Everything held about one authority, as tables that fit each other."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from analysis.data.codebook import Codebook
from analysis.dates import PartialDate
from analysis.england.loading import Tagged
from analysis.errors import FindingsError
from analysis.vocabulary import TAGGER


@dataclass(frozen=True)
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
        Schema `FINDINGS` with `document`, `visit`, `source`, `extent` as ordered category, and
        `words`: the published words where they are held in `data/local/`, else blank.
    codes
        Schema `CODES` with `coder`; every coder's codes, theme `none` included.
    checks
        Schema `CHECKS` with `coder`: codes of outside coders, which serve the agreement only.
    needs, need_links
        Schemas `NEEDS` and `NEED_LINKS`.
    tagged
        What the England tables hold of documents that people do not hold: their visits, documents,
        judgements and findings stand behind those that people wrote, the tagger's codes in
        `codes`, then with `score`. None where there is none.
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
    needs: pd.DataFrame
    need_links: pd.DataFrame
    tagged: Tagged | None = None

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
        return replace(
            self,
            visits=visits,
            documents=documents,
            judgements=self.judgements[self.judgements["document"].isin(documents["document"])],
            findings=findings,
            codes=self.codes[self.codes["finding"].isin(findings["finding"])],
            checks=self.checks[self.checks["finding"].isin(findings["finding"])],
            need_links=self.need_links[self.need_links["finding"].isin(findings["finding"])],
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
