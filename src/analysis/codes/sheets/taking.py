"""Taking a reader's sheets back into `data/raw/`: all files are written, or none.

The first reader of a document gives it its findings: role, area, summary. Whoever reads it after
that adds codes and roles of their own beside them, and no row that stands there is changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pandas as pd
import pandera.pandas as pa

from analysis.codes.sheets import tables
from analysis.codes.sheets.checking import Brought
from analysis.codes.sheets.folder import VISITS
from analysis.codes.sheets.timing import times
from analysis.data import schemas
from analysis.data.growing import GrowingTable, Row
from analysis.data.plausible import lies_before
from analysis.dates import today
from analysis.errors import DataError, Problem
from analysis.files import write_all
from analysis.project import Project
from analysis.tables import records, to_text
from analysis.vocabulary import OTHER_ASPECT

_KEY: Final = ("theme", "cohort", "aspect")
"""What two needs share that are one."""


@dataclass
class Taken:
    """What was taken back.

    Attributes
    ----------
    rows
        File (relative to the project) to rows added; of findings, to rows written.
    first, after
        Documents that nobody had read before, and documents that somebody had.
    unmatched
        Needs of documents that somebody had read before, which are none of the authority's needs:
        neither they nor their links were taken.
    left_out
        Visits that a document tells of and that were not added, each with the reason.
    """

    rows: dict[str, int] = field(default_factory=dict)
    first: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def take_back(project: Project, authority: str, brought: Brought, coder: str) -> Taken:
    """Write what a reader's sheets say to the authority's folder of `data/raw/`.

    Parameters
    ----------
    brought
        The sheets, as `analysis.codes.sheets.checking.bring` gives them.

    Raises
    ------
    DataError
        If anything is wrong or missing, or the coder has coded one of the documents before.
    """
    taking = _Taking(project, authority, brought, coder)
    problems = [*brought.problems, *brought.to_do, *taking.coded_before()]
    if problems:
        raise DataError(problems)
    return taking.write()


class _Taking:
    """The tables of an authority, old rows and new."""

    def __init__(self, project: Project, authority: str, brought: Brought, coder: str) -> None:
        self.project, self.authority = project, authority
        self.brought, self.coder = brought, coder
        self.taken = Taken()
        self.codes = self._table(f"codes/{coder}.csv", schemas.CODES)
        self.roles = self._table(f"roles/{coder}.csv", schemas.ROLES)
        self.statements = self._table("area_statements.csv", schemas.AREA_STATEMENTS)
        self.readings = self._table("readings.csv", schemas.READINGS)
        self.needs = self._table("needs.csv", schemas.NEEDS)
        self.links = self._table("need_links.csv", schemas.NEED_LINKS)
        self.visits = self._table("visits.csv", schemas.VISITS)
        self.documents = self._table("documents.csv", schemas.DOCUMENTS)
        self.judgements = self._table("judgements.csv", schemas.JUDGEMENTS)
        self.read_before = self._read_before()

    def _table(self, name: str, schema: pa.DataFrameSchema) -> GrowingTable:
        path = self.project.raw(self.authority, *name.split("/"))
        return GrowingTable(path, schema, self.project.relative(path))

    def _read_before(self) -> set[str]:
        """Documents in `data/raw/` of which a finding has a summary or a code."""
        held = self.brought.held.findings
        read = {name for name, rows in held.items() if any(row["summary"] for row in rows)}
        for path in sorted(self.project.raw(self.authority).glob("codes/*.csv")):
            codes = self._table(f"codes/{path.name}", schemas.CODES).old
            read |= {row["finding"].rpartition("/")[0] for row in codes}
        return read & {row["document"] for row in self.documents.old}

    def coded_before(self) -> Iterable[Problem]:
        """Name the documents that this coder has coded: a coder's codes are never edited."""
        coded = {row["finding"].rpartition("/")[0] for row in self.codes.old}
        for sheet in self.brought.sheets.sheets:
            if sheet.document in coded:
                message = f"{self.coder} has coded this document before; name another coder"
                yield Problem(sheet.file, 0, "document", sheet.document, message)

    def write(self) -> Taken:
        contents: dict[Path, str | bytes] = {}
        for document, findings in self.brought.findings.items():
            _put(self.codes, self.brought.codes[document])
            _put(self.statements, self.brought.statements[document])
            if document in self.read_before:
                self.taken.after.append(document)
                _put(self.roles, tables.roles_of(findings))
                continue
            self.taken.first.append(document)
            self._add_document(document)
            path = self.project.raw(self.authority, "findings", f"{document}.csv")
            contents[path] = to_text(list(findings.columns), _rows(findings))
            self.taken.rows[self.project.relative(path)] = len(findings)
        self._add_needs()
        self._add_readings()
        if self.taken.first:
            self._add_told_visits()
        contents |= self._grown()
        write_all(contents)
        return self.taken

    def _grown(self) -> dict[Path, str | bytes]:
        """Files that have new rows, and headers alone of those that an authority must have."""
        demanded = (self.judgements, self.needs, self.links)
        others = (self.codes, self.roles, self.statements, self.readings)
        placed = (self.visits, self.documents)
        for table in (*others, *demanded, *placed):
            if table.new:
                self.taken.rows[table.shown] = len(table.new)
        return {
            table.path: table.content()
            for table in (*others, *demanded, *placed)
            if table.new or (table in demanded and table.is_missing)
        }

    def _add_document(self, document: str) -> None:
        """Add the rows of a document that was not held: its own, its visit's and its grades."""
        held = self.brought.held
        about = next(row for row in held.documents if row["document"] == document)
        for table, rows, key in (
            (self.visits, held.visits, "visit"),
            (self.documents, held.documents, "document"),
            (self.judgements, held.judgements, "document"),
        ):
            for row in rows:
                if row[key] == about[key]:
                    table.put(row)

    def _add_told_visits(self) -> None:
        """Add visits that a document tells of, unless one of that kind and time is held."""
        sheets = self.brought.sheets
        for told in _rows(sheets.visits[sheets.visits["start"] == ""]):
            place = f"{VISITS}: the {told['kind']} told of in {told['told_in']}"
            self.taken.left_out.append(f"{place} has no date")
        for row in _rows(self.brought.visits):
            if same := _held_visit(row, self.visits.rows):
                self.taken.left_out.append(f"{VISITS}: {row['visit']} is held as {same}")
            else:
                self.visits.put(row)

    def _add_needs(self) -> None:
        """Add links, with their needs where a document is read for the first time."""
        ids = self._needs_held()
        first = set(self.taken.first)
        links = _rows(self.brought.links)
        raised = {row["need"] for row in links if row["finding"].rpartition("/")[0] in first}
        for row in _rows(self.brought.needs):
            if row["need"] in ids:
                continue
            if row["need"] not in raised:
                self.taken.unmatched.append(row["need"])
                continue
            ids[row["need"]] = _free(row["need"], {need["need"] for need in self.needs.rows})
            self.needs.put(row | {"need": ids[row["need"]]})
        for row in links:
            if row["need"] in ids:
                self.links.put(row | {"need": ids[row["need"]]})

    def _needs_held(self) -> dict[str, str]:
        """Needs of the sheets to those of the authority that are the same."""
        found = {}
        for row in _rows(self.brought.needs):
            same = [old for old in self.needs.old if all(old[k] == row[k] for k in _KEY)]
            named = [old for old in same if old["need"] == row["need"]]
            if row["aspect"] != OTHER_ASPECT and len(same) == 1:
                named = same
            if named:
                found[row["need"]] = named[0]["need"]
        return found

    def _add_readings(self) -> None:
        sheets = self.brought.sheets
        counts = [len(sheet.paragraphs) for sheet in sheets.sheets]
        for sheet, read in zip(sheets.sheets, times(sheets.log, counts), strict=True):
            self.readings.put({
                "document": sheet.document,
                "coder": self.coder,
                "run": sheets.run,
                "place": str(sheet.place),
                "guide": sheets.versions.guide,
                "instruction": sheets.versions.instruction,
                "date": read.date or today().isoformat(),
                "pieces": str(read.pieces or ""),
                "paragraphs": str(len(sheet.paragraphs)),
                "begun": read.begun,
                "ended": read.ended,
                "again": sheets.again.get(sheet.document, ""),
            })  # fmt: skip


def _rows(table: pd.DataFrame) -> list[Row]:
    return [{str(k): str(v) for k, v in row.items()} for row in records(table)]


def _put(table: GrowingTable, rows: pd.DataFrame) -> None:
    for row in _rows(rows):
        table.put(row)


def _held_visit(told: Row, held: Iterable[Row]) -> str:
    """Id of a visit of the same kind that began in the time that is told, or blank."""
    when = told["start"]
    for row in held:
        apart = lies_before(row["start"], when) or lies_before(when, row["start"])
        if row["kind"] == told["kind"] and not apart:
            return row["visit"]
    return ""


def _free(need: str, taken: Iterable[str]) -> str:
    """Return a need's id, with a number where another need has it.

    Examples
    --------
    >>> _free("late-plans", ["late-plans", "late-plans-2"])
    'late-plans-3'
    """
    names, number = set(taken), 1
    while (name := need if number == 1 else f"{need}-{number}") in names:
        number += 1
    return name
