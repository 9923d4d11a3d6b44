"""Looking through a folder of sheets: everything that is wrong, by file and line, at once.

Rows are held against the schemas of the tables that they become and against what these demand of
each other, as `findings check` would, and against what the instruction demands beside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pandas as pd
import pandera.pandas as pa

from analysis.codes.own import require_coder
from analysis.codes.sheets import cells, tables
from analysis.codes.sheets.folder import LINKS, LOG, NEEDS, VISITS, Sheet, Sheets, read_folder
from analysis.codes.sheets.laying import REGISTER
from analysis.codes.sheets.rules import problems_of_sheets, still_to_do
from analysis.data import schemas
from analysis.data.authority import AuthorityData
from analysis.data.codebook import Codebook, load_codebook
from analysis.data.growing import GrowingTable, Row
from analysis.data.rules import broken_rules
from analysis.data.table import validate
from analysis.documents.register import Register
from analysis.documents.sheet import Held, held_documents
from analysis.errors import Problem
from analysis.files import write_text
from analysis.ids import words_print
from analysis.project import Project

_IN_SHEETS: Final = {**cells.SHORT, "finding": "n", "change_said": "change"}


@dataclass(frozen=True)
class Brought:
    """Sheets with the rows that they become.

    Attributes
    ----------
    sheets
        As the reader wrote them.
    held
        The authority's documents, those that are not in `data/raw/` yet too.
    findings, codes, statements
        Document to rows of the schemas of these tables, indexed by line.
    needs, links, visits
        Rows of `NEEDS`, `NEED_LINKS` and `VISITS`, likewise.
    problems, to_do
        All that is wrong, and all that is missing.
    """

    sheets: Sheets
    held: Held
    findings: dict[str, pd.DataFrame]
    codes: dict[str, pd.DataFrame]
    statements: dict[str, pd.DataFrame]
    needs: pd.DataFrame
    links: pd.DataFrame
    visits: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    to_do: tuple[Problem, ...] = ()


def bring(
    project: Project, authority: str, folder: Path, coder: str, register: Register | None = None
) -> Brought:
    """Read the sheets of a folder and look them through; nothing is written.

    Parameters
    ----------
    register
        The documents, read again; without it their rows are those that stand in `data/raw/`, or
        that were laid out beside the sheets.

    Raises
    ------
    FindingsError
        If the coder's name is none, there is no such authority's document, or the folder holds no
        sheets.
    DataError
        If a table of the authority, or the codebook, cannot be read.
    """
    require_coder(coder)
    sheets = read_folder(folder)
    held = _with_laid(
        held_documents(project, authority, register), _laid(authority, folder / REGISTER)
    )
    codebook = load_codebook(project.raw("codebook.yml"))
    kinds = {row["document"]: row["kind"] for row in held.documents}
    known = [sheet for sheet in sheets.sheets if sheet.document in kinds]
    brought = Brought(
        sheets,
        held,
        {
            sheet.document: tables.findings_of(
                sheet, held.findings[sheet.document], kinds[sheet.document]
            )
            for sheet in known
        },
        {sheet.document: tables.codes_of(sheet) for sheet in known},
        {sheet.document: tables.statements_of(sheet, coder) for sheet in known},
        sheets.needs,
        tables.links_of(sheets, coder),
        tables.visits_of(sheets, authority),
    )
    problems = [
        *sheets.problems,
        *_of_documents(brought, authority),
        *problems_of_sheets(sheets),
        *_of_tables(brought, authority, codebook),
    ]
    return replace(brought, problems=_once(problems), to_do=tuple(still_to_do(sheets)))


def keep_time(folder: Path, brought: Brought, now: str) -> None:
    """Write in the folder's log when it was looked through, and how much was done by then."""
    line = f"{now},{brought.sheets.done},{len(brought.problems)}\n"
    write_text(folder / LOG, brought.sheets.log + line)


def _with_laid(read: Held, laid: Held) -> Held:
    """Rows of what stands in `data/raw/` or was read again, with those laid out beside sheets."""
    known = {row["document"] for row in read.documents}
    new = [row for row in laid.documents if row["document"] not in known]
    names = {row["document"] for row in new}
    visits = {row["visit"] for row in read.visits}
    return replace(
        read,
        visits=[*read.visits, *(row for row in laid.visits if row["visit"] not in visits)],
        documents=[*read.documents, *new],
        judgements=[
            *read.judgements, *(row for row in laid.judgements if row["document"] in names)
        ],
        findings=read.findings | {name: laid.findings[name] for name in names},
    )  # fmt: skip


def _laid(authority: str, folder: Path) -> Held:
    """Rows of an authority's documents that were laid out beside the sheets, if there are any."""

    def rows(name: str, schema: pa.DataFrameSchema) -> list[Row]:
        return GrowingTable(folder / name, schema, f"{folder.name}/{name}").old

    visits = [
        row
        for row in rows("visits.csv", schemas.VISITS)
        if row["visit"] == f"{authority}-{row['kind']}-{row['start']}"
    ]
    names = {row["visit"] for row in visits}
    documents = [row for row in rows("documents.csv", schemas.DOCUMENTS) if row["visit"] in names]
    return Held(
        visits,
        documents,
        rows("judgements.csv", schemas.JUDGEMENTS),
        {
            row["document"]: rows(f"findings/{row['document']}.csv", schemas.FINDINGS)
            for row in documents
        },
    )


def _of_documents(brought: Brought, authority: str) -> Iterator[Problem]:
    """Name documents of which nothing is known, and those that are cut otherwise now."""
    for sheet in brought.sheets.sheets:
        if sheet.document in brought.findings:
            yield from _cut_otherwise(sheet, brought.held.findings[sheet.document])
        else:
            known = ", ".join(row["document"] for row in brought.held.documents)
            message = (
                f"no such document of {authority} is held; name its file with --documents, or add "
                "it with `findings add`"
            )
            yield Problem(sheet.text, 0, "document", sheet.document, message, known)


def _cut_otherwise(sheet: Sheet, findings: Iterable[Row]) -> Iterator[Problem]:
    """Name the first paragraph whose words are not those that its number stands for now."""
    now = {row["finding"].rpartition("/")[2]: row["fingerprint"] for row in findings}
    laid = {str(number): words for number, words in sheet.paragraphs.items()}
    other = [number for number in (laid | now) if not _is_same(laid.get(number), now.get(number))]
    if other:
        more = f", and {len(other) - 1} after it," if other[1:] else ""
        message = (
            f"the document has since been cut otherwise: this paragraph{more} has other words "
            "under its number now; lay it out anew in another folder, and read it again"
        )
        yield Problem(sheet.text, 0, "n", f"¶{other[0]}", message)


def _is_same(words: str | None, fingerprint: str | None) -> bool:
    """Whether a paragraph is the one laid out; nothing speaks against it where one is not kept."""
    if words is None or fingerprint is None:
        return False
    return not words or not fingerprint or words_print(words) == fingerprint


def _of_tables(brought: Brought, authority: str, codebook: Codebook) -> Iterator[Problem]:
    """Hold every row against its schema, then all tables against each other."""
    found: list[Problem] = []

    def held_against(table: pd.DataFrame, schema: pa.DataFrameSchema, file: str) -> pd.DataFrame:
        found.extend(validate(table, schema, file))
        return table.assign(_file=file)

    parts = _parts(brought, held_against)
    visits = held_against(brought.visits, schemas.VISITS, VISITS)
    visits = visits[~visits["visit"].isin([row["visit"] for row in brought.held.visits])]
    data = AuthorityData(
        authority=authority,
        name="",
        urn="",
        codebook=codebook,
        visits=pd.concat([_frame(brought.held.visits, schemas.VISITS), visits]),
        documents=_frame(brought.held.documents, schemas.DOCUMENTS),
        judgements=_frame([], schemas.JUDGEMENTS),
        checks=_frame([], schemas.CHECKS),
        roles=_frame([], schemas.ROLES),
        needs=held_against(brought.needs, schemas.NEEDS, NEEDS),
        need_links=held_against(brought.links, schemas.NEED_LINKS, LINKS),
        readings=_frame([], schemas.READINGS),
        levels=_frame([], schemas.LEVELS),
        new_faults=_frame([], schemas.NEW_FAULTS),
        findings=_joined(parts["findings"], schemas.FINDINGS),
        codes=_joined(parts["codes"], schemas.CODES),
        area_statements=_joined(parts["area_statements"], schemas.AREA_STATEMENTS),
    )
    refused = {"needs"} if NEEDS in brought.sheets.unread else set()
    found += broken_rules(data, found, refused)
    yield from _in_words_of_sheets(found, brought.sheets)


def _parts(
    brought: Brought, held_against: Callable[[pd.DataFrame, pa.DataFrameSchema, str], pd.DataFrame]
) -> dict[str, list[pd.DataFrame]]:
    """Hold what each sheet brought against its schemas, a table for each."""
    sheets = [s for s in brought.sheets.sheets if s.document in brought.findings]
    return {
        "findings": [
            held_against(brought.findings[s.document], schemas.FINDINGS, s.file).assign(
                document=s.document
            )
            for s in sheets
        ],
        "codes": [
            held_against(brought.codes[s.document], schemas.CODES, s.file).assign(coder="")
            for s in sheets
        ],
        "area_statements": [
            held_against(brought.statements[s.document], schemas.AREA_STATEMENTS, s.areas_file)
            for s in sheets
        ],
    }


def _joined(parts: list[pd.DataFrame], schema: pa.DataFrameSchema) -> pd.DataFrame:
    return pd.concat(parts) if parts else _frame([], schema).assign(document="", coder="")


def _frame(rows: list[Row], schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Rows that are no sheet's: what is wrong with them is said elsewhere."""
    return pd.DataFrame(rows, columns=list(schema.columns), dtype=str).assign(_file="")


def _in_words_of_sheets(found: Iterable[Problem], sheets: Sheets) -> Iterator[Problem]:
    """Keep the problems of rows of the sheets, with the sheets' names of columns.

    An area counts for the paragraphs below too, and is named where it was written.
    """
    written = {
        (sheet.file, int(str(line)))
        for sheet in sheets.sheets
        for line, area in sheet.rows["area"].items()
        if area
    }
    own = {sheet.file for sheet in sheets.sheets}
    for problem in found:
        below = (
            problem.column == "area"
            and problem.file in own
            and (problem.file, problem.row) not in written
        )
        if problem.file and not below:
            yield replace(problem, column=_IN_SHEETS.get(problem.column, problem.column))


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Blame no cell twice."""
    kept: dict[tuple[str, int, str, str], Problem] = {}
    for problem in problems:
        key = (problem.file, problem.row, problem.column, problem.value)
        kept.setdefault(key, problem)
    return tuple(sorted(kept.values()))
