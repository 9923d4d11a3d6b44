"""Loading an authority: every table read, checked against its schema and against the others.

`load_data("knowsley")` gives an `AuthorityData` or raises a `DataError` that lists every problem of
every file at once. `check` gives the same problems, and warnings, without raising.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.data import schemas
from analysis.data.authority import AuthorityData, between
from analysis.data.authority_list import read_authorities, spoken
from analysis.data.codebook import load_codebook
from analysis.data.folder import Folder
from analysis.data.held import is_authored, load_authorities, nothing_held
from analysis.data.plausible import at, in_the_future, told_and_held
from analysis.data.rules import broken_rules, likely_names, unsummarised
from analysis.data.table import read_table
from analysis.dates import PartialDate, span_label, today
from analysis.errors import DataError, Problem, require_known
from analysis.project import Project
from analysis.vocabulary import KINDS

PUBLISHER_PAGE: Final = "https://reports.ofsted.gov.uk/provider/44/{urn}"
"""The inspectorate's page of an authority, which lists its documents."""
INSPECTORATE: Final = "Ofsted"


def load_data(authority: str, project: Project | None = None) -> AuthorityData:
    """Load one authority, whole and checked.

    Raises
    ------
    UnknownNameError
        If there is no such authority; names the nearest.
    FindingsError
        If nothing is held about it.
    DataError
        If anything in its files is wrong; lists every problem.
    """
    project = project or Project.find()
    data, problems = _read(authority, project)
    if problems:
        raise DataError(problems)
    return _enriched(data)


def check(authority: str, project: Project | None = None) -> tuple[list[Problem], list[Problem]]:
    """Return every problem and every warning in the files of one authority.

    Raises
    ------
    UnknownNameError, FindingsError
        As `load`.
    """
    _, problems, warnings = checked(authority, project)
    return problems, warnings


def checked(
    authority: str, project: Project | None = None
) -> tuple[AuthorityData, list[Problem], list[Problem]]:
    """As `check`, with what was read, whose tables may hold what their schemas refuse."""
    data, problems = _read(authority, project or Project.find())
    blamed = {(p.file, p.row, p.column) for p in problems}
    more = [*in_the_future(data, today()), *told_and_held(data)]
    problems += [p for p in more if (p.file, p.row, p.column) not in blamed]
    return data, sorted(problems), sorted([*likely_names(data), *unsummarised(data)])


def require_visits(authority: str, start: str, end: str, project: Project) -> None:
    """Raise unless a visit to the authority began in a period; blank means open.

    Nothing is said of an authority whose visits are not held or not in order: loading it does.

    Raises
    ------
    FindingsError
        If a date cannot be read, or no visit began in the period; says which are held.
    """
    names = {row["authority"]: row["name"] for row in read_authorities(project)}
    path = project.raw(authority, "visits.csv")
    visits, problems = read_table(path, schemas.VISITS, project.relative(path))
    if path.exists() and not problems:
        between(visits, names[authority], start, end)


def _read(authority: str, project: Project) -> tuple[AuthorityData, list[Problem]]:
    authorities = load_authorities(project)
    require_known("authority", authority, authorities["authority"])
    path = project.raw(authority)
    if not is_authored(path):
        raise nothing_held(authority, project)
    row = authorities.set_index("authority").loc[authority]
    codebook = load_codebook(project.raw("codebook.yml"), to_tag=False)
    folder = Folder(path, project)
    texts, odd = _local_texts(authority, project)
    folder.problems.extend(odd)
    data = AuthorityData(
        authority=authority,
        name=spoken(str(row["name"])),
        urn=str(row["urn"]),
        codebook=codebook,
        visits=folder.table("visits.csv", schemas.VISITS),
        documents=folder.table("documents.csv", schemas.DOCUMENTS),
        judgements=folder.table("judgements.csv", schemas.JUDGEMENTS),
        findings=_with_words(folder.tables("findings/*.csv", schemas.FINDINGS, "document"), texts),
        needs=folder.table("needs.csv", schemas.NEEDS),
        need_links=folder.table("need_links.csv", schemas.NEED_LINKS),
        codes=folder.tables("codes/*.csv", schemas.CODES, "coder"),
        checks=folder.tables("checks/*.csv", schemas.CHECKS, "coder"),
        roles=folder.tables("roles/*.csv", schemas.ROLES, "coder"),
        area_statements=folder.table_if_there("area_statements.csv", schemas.AREA_STATEMENTS),
        readings=folder.table_if_there("readings.csv", schemas.READINGS),
        levels=folder.table_if_there("levels.csv", schemas.LEVELS),
        new_faults=folder.table_if_there("new_faults.csv", schemas.NEW_FAULTS),
        coded_by="",
    )
    folder.problems.extend(_without_findings(data.documents, path))
    return data, [*folder.problems, *broken_rules(data, folder.problems, folder.refused)]


def _with_words(findings: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    if "finding" not in findings:
        return findings
    return findings.assign(words=[texts.get(name, "") for name in findings["finding"]])


def _without_findings(documents: pd.DataFrame, path: Path) -> Iterator[Problem]:
    """Name documents that have no file of findings."""
    read = {file.stem for file in path.glob("findings/*.csv")}
    missing = "has no file in findings/; add one, with a header"
    yield from at(documents, ~documents["document"].isin(read), "document", missing)


def _local_texts(authority: str, project: Project) -> tuple[dict[str, str], list[Problem]]:
    """Published words by finding, of the documents that this machine holds."""
    path = project.local(authority, "texts.csv")
    if not path.exists():
        return {}, []
    table, problems = read_table(path, schemas.TEXTS, project.relative(path))
    return dict(zip(table["finding"], table["text"], strict=True)), problems


def _enriched(data: AuthorityData) -> AuthorityData:
    tables = {
        name: table.drop(columns="_file").reset_index(drop=True)
        for name, table in vars(data).items()
        if isinstance(table, pd.DataFrame)
    }
    documents = tables["documents"].assign(link=_links(tables["documents"], data.urn))
    by_document = documents.set_index("document")
    findings = tables["findings"]
    findings = findings.assign(
        visit=findings["document"].map(by_document["visit"]),
        source=findings["document"].map(by_document["source"]),
    )
    judgements = tables["judgements"]
    at_finding = findings.set_index("finding")[["visit", "source"]]
    tables |= {
        "visits": _dated(tables["visits"], documents),
        "documents": documents,
        "findings": findings,
        "area_statements": tables["area_statements"].join(at_finding, on="finding"),
        "judgements": judgements.assign(visit=judgements["document"].map(by_document["visit"])),
    }
    return AuthorityData(**(vars(data) | tables))


def _links(documents: pd.DataFrame, urn: str) -> pd.Series[str]:
    page = PUBLISHER_PAGE.format(urn=urn) if urn else ""
    fallback = documents["publisher"].map(lambda name: page if name == INSPECTORATE else "")
    return documents["address"].where(documents["address"] != "", fallback)


def _dated(visits: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    began = visits["start"].map(lambda text: PartialDate.parse(text).earliest)
    visits = visits.assign(_began=began).sort_values(["_began", "visit"]).drop(columns="_began")
    held = documents.groupby("visit")["source"].agg(min)
    return visits.assign(
        order=range(len(visits)),
        label=[span_label(s, e) for s, e in zip(visits["start"], visits["end"], strict=True)],
        short=visits["start"].map(lambda text: PartialDate.parse(text).short),
        title=[_title(k, s) for k, s in zip(visits["kind"], visits["start"], strict=True)],
        held=visits["visit"].map(held).fillna("none"),
    ).reset_index(drop=True)


def _title(kind: str, start: str) -> str:
    date = PartialDate.parse(start)
    return f"{KINDS[kind]} of {PartialDate(date.year, date.month).label}"
