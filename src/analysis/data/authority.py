"""Loading an authority: every table read, checked against its schema and against the others.

`load_data("knowsley")` gives an `AuthorityData` or raises a `DataError` that lists every problem of
every file at once. `check` gives the same problems, and warnings, without raising. An authority
that nobody has written tables for is loaded from the England tables, which the program made; codes
and needs that people wrote for it under `data/raw/<authority>/` are read with them. Where people
wrote tables, what the England tables hold of further documents counts beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pandas as pd
import pandera.pandas as pa

from analysis.data import schemas
from analysis.data.authority_list import read_authorities
from analysis.data.codebook import Codebook, load_codebook
from analysis.data.plausible import (
    PLAUSIBLE,
    Rule,
    at,
    in_the_future,
    lies_before,
    lookup,
    odd_files,
)
from analysis.data.table import read_table
from analysis.dates import PartialDate, span_label, today
from analysis.england.loading import Tagged, authorities_held, load_tagged
from analysis.english import plural
from analysis.errors import DataError, FindingsError, Problem, asking, require_known
from analysis.ids import names_document
from analysis.project import Project
from analysis.vocabulary import BASES, COHORTS, DIRECTIONS, KINDS, NO_THEME, OTHER_ASPECT, TAGGER

PUBLISHER_PAGE: Final = "https://reports.ofsted.gov.uk/provider/44/{urn}"
"""The inspectorate's page of an authority, which lists its documents."""
INSPECTORATE: Final = "Ofsted"

_TRAINING: Final = "training"
"""The folder in `data/raw/` that is of no authority."""
_TITLED_NAME: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor|Sir|Dame)\.?\s+[A-Z]\w+")
_ROLE_NAME: Final = re.compile(
    r"\b(?:[Dd]irector|[Cc]hair|[Ll]eader|[Ii]nspector|[Mm]ember|[Oo]fficer),?\s+[A-Z]\w+\s+[A-Z]\w+"
)


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
    readings
        Schema `READINGS`.
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
    roles: pd.DataFrame
    area_statements: pd.DataFrame
    needs: pd.DataFrame
    need_links: pd.DataFrame
    readings: pd.DataFrame
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
        visits = _between(self.visits, self.name, start, end)
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
        )


def _between(visits: pd.DataFrame, name: str, start: str, end: str) -> pd.DataFrame:
    """Keep the visits of an authority that began in a period, of which there must be one."""
    if visits.empty:
        raise FindingsError(f"No visit of {name} is held: visits.csv has no rows yet.")
    kept = visits[_in_period(visits["start"], start, end)]
    if kept.empty:
        period = f"{start or 'the first visit'} to {end or 'the last'}"
        known = f"{visits['start'].min()} to {visits['start'].max()}"
        raise FindingsError(f"{name} has no visit from {period}. Visits held: {known}.")
    return kept


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
    if path.exists():
        visits, problems = read_table(path, schemas.VISITS, project.relative(path))
        held = not problems
    elif held := (tagged := load_tagged(project.england, authority)) is not None:
        visits = tagged.tables["visits"]
    if held:
        _between(visits, names[authority], start, end)


def _in_period(dates: pd.Series[str], start: str, end: str) -> pd.Series[bool]:
    try:
        first = PartialDate.parse(start).earliest if start else None
        last = PartialDate.parse(end).latest if end else None
    except ValueError as error:
        raise FindingsError(f"{error}. Write a date as 2014, 2014-04 or 2014-04-29.") from error
    began = dates.map(lambda text: PartialDate.parse(text).earliest)
    return began.map(lambda day: (first is None or day >= first) and (last is None or day <= last))


def load_authorities(project: Project) -> pd.DataFrame:
    """Read `data/raw/authorities.csv` (schema `AUTHORITIES`).

    Raises
    ------
    DataError
        If the file is missing or wrong.
    """
    path = project.raw("authorities.csv")
    table, problems = read_table(path, schemas.AUTHORITIES, project.relative(path))
    if problems:
        raise DataError(problems)
    return table


def load_published(project: Project) -> pd.DataFrame:
    """Read `data/raw/published.csv` (schema `PUBLISHED`); without rows if it is not there.

    Raises
    ------
    DataError
        If it is wrong.
    """
    path = project.raw("published.csv")
    if not path.exists():
        return schemas.empty(schemas.PUBLISHED)
    table, problems = read_table(path, schemas.PUBLISHED, project.relative(path))
    if problems:
        raise DataError(problems)
    return table


def check_names(project: Project) -> list[Problem]:
    """Check `data/raw/authority_names.csv` (schema `AUTHORITY_NAMES`), where there is one.

    Every name is of an authority that there is, or of another place and of none.
    """
    path = project.raw("authority_names.csv")
    if not path.exists():
        return []
    file = project.relative(path)
    table, problems = read_table(path, schemas.AUTHORITY_NAMES, file)
    known = set(load_authorities(project)["authority"])
    for row, slug, what in zip(table.index, table["authority"], table["what"], strict=True):
        if (slug in known) == (what == "other"):
            message = f"the name is of {what!r}, but of no such authority"
            allowed = "a slug of authorities.csv, or other and blank"
            problems.append(Problem(file, int(row), "authority", slug, message, allowed))
    return problems


def check_folders(project: Project) -> list[Problem]:
    """Name folders in `data/raw/` whose tables count nowhere, as of an authority misspelt."""
    authorities = load_authorities(project)
    called = dict(zip(authorities["authority"], authorities["name"], strict=True))
    counted = {*called, _TRAINING} & {*reportable_authorities(project), _TRAINING}
    problems = []
    for path in sorted(project.raw().iterdir()):
        if path.name in counted or not any(path.rglob("*.csv")):
            continue
        message = "nothing else is held of this authority, so none of it counts; add its documents"
        if path.name not in called:
            message = asking("no authority is called so", path.name, called)
        problems.append(Problem(project.relative(path), 0, "", "", message))
    return problems


def held_authorities(project: Project) -> list[str]:
    """Return the slugs of the authorities whose tables people wrote, in `data/raw/`."""
    return sorted(path.name for path in project.raw().iterdir() if _is_authored(path))


def _is_authored(folder: Path) -> bool:
    """Whether people wrote tables of an authority, and not only codes beside the England tables."""
    return any((folder / name).exists() for name in ("visits.csv", "documents.csv", "findings"))


def tagged_authorities(project: Project) -> list[str]:
    """Return the slugs of the authorities that are held in the England tables only."""
    authored = set(held_authorities(project))
    return [a for a in authorities_held(project.england) if a not in authored]


def reportable_authorities(project: Project) -> list[str]:
    """Return the slugs of the authorities of which anything is held, by whomever coded."""
    return sorted([*held_authorities(project), *tagged_authorities(project)])


def beside(authority: str, project: Project) -> Tagged | None:
    """Return what the England tables hold of documents of which people wrote no rows."""
    tagged = load_tagged(project.england, authority)
    if tagged is None or not project.raw(authority, "visits.csv").is_file():
        return tagged
    documents, visits = (
        read_table(project.raw(authority, name), schema, name)[0]
        for name, schema in (("documents.csv", schemas.DOCUMENTS), ("visits.csv", schemas.VISITS))
    )
    return tagged.beside(documents, visits)


def nothing_held(authority: str, project: Project) -> FindingsError:
    """Return the error that says that nothing is held about an authority, and what is."""
    authored, tagged = held_authorities(project), tagged_authorities(project)
    rest = f"{len(tagged)} more, such as {tagged[0]}" if tagged else "none"
    return FindingsError(
        f"Nothing is held about {authority!r}. Held in {project.relative(project.raw())}: "
        f"{', '.join(authored) or 'none yet'}; tagged by the program alone, in "
        f"{project.relative(project.england)}: {rest}. "
        f"`findings add {authority} FOLDER` adds it from its documents."
    )


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
    problems += [p for p in in_the_future(data, today()) if (p.file, p.row, p.column) not in blamed]
    return data, sorted(problems), sorted([*_likely_names(data), *_unsummarised(data)])


def _read(authority: str, project: Project) -> tuple[AuthorityData, list[Problem]]:
    authorities = load_authorities(project)
    require_known("authority", authority, authorities["authority"])
    folder = project.raw(authority)
    tagged = load_tagged(project.england, authority)
    authored = _is_authored(folder)
    if tagged is None and not authored:
        raise nothing_held(authority, project)
    row = authorities.set_index("authority").loc[authority]
    codebook = load_codebook(project.raw("codebook.yml"))
    problems: list[Problem] = [*odd_files(folder, project.relative)]
    refused: set[str] = set()

    def read(name: str, schema: pa.DataFrameSchema) -> pd.DataFrame:
        path = folder / name
        table, found = read_table(path, schema, project.relative(path))
        problems.extend(found)
        if found and table.empty:
            refused.add(name.partition("/")[0].removesuffix(".csv"))
        return table.assign(_file=project.relative(path))

    def read_all(pattern: str, schema: pa.DataFrameSchema, column: str) -> pd.DataFrame:
        paths = sorted(folder.glob(pattern))
        tables = [
            read(p.relative_to(folder).as_posix(), schema).assign(**{column: p.stem}) for p in paths
        ]
        return pd.concat(tables) if tables else no_rows(schema).assign(**{column: ""})

    def no_rows(schema: pa.DataFrameSchema) -> pd.DataFrame:
        return schemas.empty(schema).assign(_file="")

    def read_if_there(name: str, schema: pa.DataFrameSchema) -> pd.DataFrame:
        return read(name, schema) if (folder / name).exists() else no_rows(schema)

    texts, found = _local_texts(authority, project)
    problems.extend(found)
    codes = read_all("codes/*.csv", schemas.CODES, "coder")
    if authored:
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
        tagged = tagged and tagged.beside(tables["documents"], tables["visits"])
    else:
        tables = {
            "needs": read_if_there("needs.csv", schemas.NEEDS),
            "need_links": read_if_there("need_links.csv", schemas.NEED_LINKS),
        }
    if tagged is not None:
        tagged = tagged.under(codebook, keep=codes["theme"])
        codebook = tagged.known(codebook, more=codes["theme"])
        file = project.relative(project.england)
        for name, made in tagged.as_authored().items():
            table = made.assign(_file=f"{file}/{name}")
            tables[name] = pd.concat([tables[name], table]) if name in tables else table
        codes = pd.concat([tables.pop("codes"), codes])
    findings = tables["findings"]
    if "finding" in findings:
        tables["findings"] = findings.assign(
            words=[texts.get(name, "") for name in findings["finding"]]
        )
    data = AuthorityData(
        authority=authority,
        name=str(row["name"]),
        urn=str(row["urn"]),
        codebook=codebook,
        codes=codes,
        checks=read_all("checks/*.csv", schemas.CHECKS, "coder"),
        roles=read_all("roles/*.csv", schemas.ROLES, "coder"),
        area_statements=read_if_there("area_statements.csv", schemas.AREA_STATEMENTS),
        readings=read_if_there("readings.csv", schemas.READINGS),
        tagged=tagged,
        **tables,
    )
    return data, problems + list(_broken_rules(data, problems, refused))


def _local_texts(authority: str, project: Project) -> tuple[dict[str, str], list[Problem]]:
    """Published words by finding, of the documents that this machine holds."""
    path = project.local(authority, "texts.csv")
    if not path.exists():
        return {}, []
    table, problems = read_table(path, schemas.TEXTS, project.relative(path))
    return dict(zip(table["finding"], table["text"], strict=True)), problems


def _broken_rules(
    data: AuthorityData, problems: list[Problem], refused: set[str]
) -> Iterator[Problem]:
    """Say what the tables demand of each other, beside what was found in each alone.

    Nothing is looked up in a table of which a file could not be read, and no cell is blamed twice.
    """
    blamed = {(p.file, p.row, p.column) for p in problems}
    for rule, table in _RULES.items():
        if table not in refused:
            yield from (p for p in rule(data) if (p.file, p.row, p.column) not in blamed)


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


def _visits_are_named_by_content(data: AuthorityData) -> Iterator[Problem]:
    visits = data.visits
    expected = data.authority + "-" + visits["kind"] + "-" + visits["start"]
    yield from at(
        visits,
        visits["visit"] != expected,
        "visit",
        "is not named by its kind and start",
        "<authority>-<kind>-<start>",
    )
    backwards = [
        lies_before(end, start) for start, end in zip(visits["start"], visits["end"], strict=True)
    ]
    yield from at(visits, backwards, "end", "lies before the start")


def _documents_belong_to_visits(data: AuthorityData) -> Iterator[Problem]:
    documents, visits = data.documents, data.visits
    known = documents["visit"].isin(visits["visit"])
    yield from at(documents, ~known, "visit", "there is no such visit in visits.csv")
    documents = documents[known]
    kinds = documents["visit"].map(lookup(visits, "visit", "kind"))
    named = [
        names_document(name, data.authority, str(kind), published)
        for name, kind, published in zip(
            documents["document"], kinds, documents["published"], strict=True
        )
    ]
    yield from at(
        documents, [not right for right in named], "document",
        "is not named by its visit's kind and its publication", schemas.DOCUMENT_NAME,
    )  # fmt: skip
    uneven = documents["files"].str.count(";") != documents["sha256"].str.count(";")
    yield from at(documents, uneven, "sha256", "needs one checksum for each file")


def _judgements_belong_to_documents(data: AuthorityData) -> Iterator[Problem]:
    unknown = ~data.judgements["document"].isin(data.documents["document"])
    yield from at(
        data.judgements, unknown, "document", "there is no such document in documents.csv"
    )


def _findings_belong_to_documents(data: AuthorityData) -> Iterator[Problem]:
    findings = data.findings
    known = findings["document"].isin(data.documents["document"])
    yield from at(findings, ~known, "document", "the file's name is no document of documents.csv")
    prefix = findings["finding"].str.rsplit("/", n=1).str[0]
    yield from at(
        findings,
        prefix != findings["document"],
        "finding",
        "belongs to another document than this file",
        "<document>/<running number>",
    )


def _findings_are_known(data: AuthorityData) -> Iterator[Problem]:
    for table in (data.codes, data.checks, data.roles, data.area_statements, data.need_links):
        unknown = ~table["finding"].isin(data.findings["finding"])
        yield from at(table, unknown, "finding", "there is no such finding")


def _themes_are_known(data: AuthorityData) -> Iterator[Problem]:
    themes = data.codebook.names
    coded = themes | {NO_THEME: NO_THEME}
    for table, known in ((data.codes, coded), (data.checks, coded), (data.needs, themes)):
        for theme in table.loc[~table["theme"].isin(known), "theme"].unique():
            message = asking("is not in the codebook", theme, known)
            yield from at(table, table["theme"] == theme, "theme", message, ", ".join(known))


def _codes_are_whole(data: AuthorityData) -> Iterator[Problem]:
    codes = data.codes
    none = codes["theme"] == NO_THEME
    for column, allowed in (("cohort", COHORTS), ("direction", DIRECTIONS), ("basis", BASES)):
        yield from at(codes, none & (codes[column] != ""), column, "must be blank for theme none")
        blank = ~none & (codes[column] == "")
        yield from at(codes, blank, column, "is blank", ", ".join(allowed))
    themes = codes.groupby(["coder", "finding"])["theme"].transform("nunique")
    yield from at(
        codes, none & (themes > 1), "theme", "the finding is also coded with a theme; remove one"
    )
    leans = (codes["lean"] != "") & (codes["direction"] != "mixed")
    yield from at(codes, leans, "lean", "only a mixed judgement leans", "blank")
    grave = (codes["direction"] == "weakness") | (
        (codes["direction"] == "mixed") & codes["lean"].isin(["weakness", ""])
    )
    harmless = (codes["harm"] != "") & ~grave
    yield from at(codes, harmless, "harm", "only a weakness, or a mixed leaning to one, tells harm")


def _changes_have_a_visit(data: AuthorityData) -> Iterator[Problem]:
    for table in (data.codes, data.area_statements):
        said = table["change_said"] != ""
        yield from at(
            table, said & (table["since"] == ""), "since", "say since which visit, or unknown"
        )
        yield from at(
            table, ~said & (table["since"] != ""), "since", "must be blank where no change is said"
        )


def _since_is_a_visit(data: AuthorityData) -> Iterator[Problem]:
    for table in (data.codes, data.area_statements):
        known = table["since"].isin([*data.visits["visit"], "unknown", ""])
        message = "there is no such visit in visits.csv"
        yield from at(table, ~known, "since", message, "a visit's id, or unknown")


def _statements_say_something(data: AuthorityData) -> Iterator[Problem]:
    said = data.area_statements
    empty = (said["level"] == "") & (said["change_said"] == "")
    yield from at(said, empty, "level", "neither a level nor a change is said; remove the row")


def _repeats_are_of_the_document(data: AuthorityData) -> Iterator[Problem]:
    findings = data.findings
    for table in (findings, data.roles):
        own = table["finding"].str.rsplit("/", n=1)
        other = own.str[0] + "/" + table["repeats"]
        known = other.isin(findings["finding"]) & (other != table["finding"])
        wrong = (table["repeats"] != "") & ~known
        message = "is no other paragraph of this document"
        yield from at(table, wrong, "repeats", message, "a running number of this file, or blank")


def _aspects_are_known(data: AuthorityData) -> Iterator[Problem]:
    for theme, needs in data.needs.groupby(data.needs["theme"].astype(str)):
        if theme not in data.codebook.names:
            continue
        known = [*data.codebook.theme(str(theme)).aspects, OTHER_ASPECT]
        wrong = ~needs["aspect"].isin(known)
        message = f"is no aspect of {theme} in the codebook"
        yield from at(needs, wrong, "aspect", message, ", ".join(known))


def _readings_are_of_documents(data: AuthorityData) -> Iterator[Problem]:
    unknown = ~data.readings["document"].isin(data.documents["document"])
    yield from at(data.readings, unknown, "document", "there is no such document in documents.csv")


def _links_belong_to_needs(data: AuthorityData) -> Iterator[Problem]:
    unknown = ~data.need_links["need"].isin(data.needs["need"])
    yield from at(data.need_links, unknown, "need", "there is no such need in needs.csv")


_RULES: Final[dict[Rule, str]] = {
    _visits_are_named_by_content: "",
    _documents_belong_to_visits: "visits",
    _judgements_belong_to_documents: "documents",
    _findings_belong_to_documents: "documents",
    _findings_are_known: "findings",
    _themes_are_known: "",
    _codes_are_whole: "",
    _changes_have_a_visit: "",
    _since_is_a_visit: "visits",
    _statements_say_something: "",
    _repeats_are_of_the_document: "findings",
    _aspects_are_known: "",
    _readings_are_of_documents: "documents",
    _links_belong_to_needs: "needs",
} | PLAUSIBLE
"""Each rule with the table in which it looks things up."""


def _unsummarised(data: AuthorityData) -> Iterator[Problem]:
    """Say of each file how many findings nobody has summarised yet."""
    if "summary" in data.findings:
        blank = data.findings.loc[data.findings["summary"] == "", "_file"]
        for file, count in blank.value_counts().items():
            yield Problem(
                str(file),
                0,
                "summary",
                "",
                f"{plural(count, 'finding has', 'findings have')} no summary yet",
            )


def _likely_names(data: AuthorityData) -> Iterator[Problem]:
    if "summary" not in data.findings:
        return
    for line, file, text in zip(
        data.findings.index, data.findings["_file"], data.findings["summary"], strict=True
    ):
        if found := _TITLED_NAME.search(text) or _ROLE_NAME.search(text):
            yield Problem(
                file,
                int(line),
                "summary",
                found.group(),
                "looks like a person's name; name the role only",
            )
