"""Loading an authority: every table read, checked against its schema and against the others.

`load_data("knowsley")` gives an `AuthorityData` or raises a `DataError` that lists every problem of
every file at once. `check` gives the same problems, and warnings, without raising.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pandas as pd
import pandera.pandas as pa

from analysis.data import schemas, shapes
from analysis.data.authority import AuthorityData, between
from analysis.data.authority_list import read_authorities, spoken
from analysis.data.codebook import load_codebook
from analysis.data.held import is_authored, load_authorities, nothing_held
from analysis.data.plausible import at, in_the_future, odd_files, told_and_held
from analysis.data.rules import broken_rules, likely_names, unsummarised
from analysis.data.table import read_table, read_tables
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
    folder = project.raw(authority)
    if not is_authored(folder):
        raise nothing_held(authority, project)
    row = authorities.set_index("authority").loc[authority]
    codebook = load_codebook(project.raw("codebook.yml"), to_tag=False)
    problems: list[Problem] = [*odd_files(folder, project.relative)]
    refused: set[str] = set()

    def of_kind(paths: Sequence[Path], schema: pa.DataFrameSchema) -> list[pd.DataFrame]:
        files = {project.relative(path): path for path in paths}
        tables = []
        for file, (table, found) in zip(files, read_tables(files, schema), strict=True):
            problems.extend(found)
            if found and table.empty:
                name = files[file].relative_to(folder).as_posix()
                refused.add(name.partition("/")[0].removesuffix(".csv"))
            tables.append(table.assign(_file=file))
        return tables

    def read(name: str, schema: pa.DataFrameSchema) -> pd.DataFrame:
        return of_kind([folder / name], schema)[0]

    def read_all(pattern: str, schema: pa.DataFrameSchema, column: str) -> pd.DataFrame:
        paths = sorted(folder.glob(pattern))
        tables = [
            table.assign(**{column: path.stem})
            for path, table in zip(paths, of_kind(paths, schema), strict=True)
        ]
        return pd.concat(tables) if tables else no_rows(schema).assign(**{column: ""})

    def no_rows(schema: pa.DataFrameSchema) -> pd.DataFrame:
        return shapes.empty(schema).assign(_file="")

    def read_if_there(name: str, schema: pa.DataFrameSchema) -> pd.DataFrame:
        return read(name, schema) if (folder / name).exists() else no_rows(schema)

    texts, found = _local_texts(authority, project)
    problems.extend(found)
    tables = {
        "visits": read("visits.csv", schemas.VISITS),
        "documents": read("documents.csv", schemas.DOCUMENTS),
        "judgements": read("judgements.csv", schemas.JUDGEMENTS),
        "findings": read_all("findings/*.csv", schemas.FINDINGS, "document"),
        "needs": read("needs.csv", schemas.NEEDS),
        "need_links": read("need_links.csv", schemas.NEED_LINKS),
    }
    read_files = {path.stem for path in folder.glob("findings/*.csv")}
    unread = ~tables["documents"]["document"].isin(read_files)
    missing = "has no file in findings/; add one, with a header"
    problems.extend(at(tables["documents"], unread, "document", missing))
    findings = tables["findings"]
    if "finding" in findings:
        tables["findings"] = findings.assign(
            words=[texts.get(name, "") for name in findings["finding"]]
        )
    data = AuthorityData(
        authority=authority,
        name=spoken(str(row["name"])),
        urn=str(row["urn"]),
        codebook=codebook,
        codes=read_all("codes/*.csv", schemas.CODES, "coder"),
        checks=read_all("checks/*.csv", schemas.CHECKS, "coder"),
        roles=read_all("roles/*.csv", schemas.ROLES, "coder"),
        area_statements=read_if_there("area_statements.csv", schemas.AREA_STATEMENTS),
        readings=read_if_there("readings.csv", schemas.READINGS),
        levels=read_if_there("levels.csv", schemas.LEVELS),
        coded_by="",
        **tables,
    )
    return data, problems + list(broken_rules(data, problems, refused))


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
