"""From documents to rows under `data/raw/`: a sheet for a person to code.

Rows that stand there already are never changed, whoever wrote them: only what is new is added. The
published words themselves go to `data/local/`, which is not shared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from analysis.dates import PartialDate
from analysis.decoding import decode
from analysis.errors import DataError
from analysis.files import write_text
from analysis.ingest import register as tables
from analysis.ingest.matching import match_findings
from analysis.ingest.readings import Reading
from analysis.ingest.register import Document, Register, Row, to_text
from analysis.project import Project
from analysis.vocabulary import AREAS, KINDS

VISIT_COLUMNS: Final = ("visit", "kind", "framework", "start", "end", "scope", "areas", "note")
DOCUMENT_COLUMNS: Final = (
    "document", "visit", "kind", "source", "publisher", "title", "published", "address", "pages",
    "files", "sha256", "left_out", "note",
)  # fmt: skip
FINDING_COLUMNS: Final = (
    "finding", "section", "printed_number", "page", "role", "said_by", "area", "extent", "harm",
    "summary",
)  # fmt: skip
TEXT_COLUMNS: Final = ("finding", "text")
NEED_COLUMNS: Final = ("need", "theme", "cohort", "aspect")
LINK_COLUMNS: Final = ("need", "finding", "relation", "basis", "coder", "note")
"""Columns of the files as `analysis.schemas` demands them, which a test compares."""
PUBLISHERS: Final = {"report": "Ofsted", "letter": "Ofsted", "notice": "Department for Education"}
_HARM: Final = re.compile(
    r"\b(?:harm(?:ed|ful)?|unsafe|at risk|danger|not safe|unprotected|unlawful|statutory (?:duty|"
    r"duties|visits? (?:are|is) not|requirements? (?:are|is) not)|breach)\b",
    re.IGNORECASE,
)


@dataclass
class Added:
    """What was added for an authority.

    Attributes
    ----------
    rows
        File (relative to the project) to rows added.
    kept
        File to rows that stood there already and were left as they are.
    texts
        Findings whose published words are now held.
    unmatched
        Findings read from a document that is already coded, but not found among its rows.
    undated
        Files of documents that print no date at all, so that nothing of them was added.
    """

    rows: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    texts: int = 0
    unmatched: list[str] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)


def add_documents(project: Project, authority: str, register: Register) -> Added:
    """Add the documents of a register that are about an authority to its folder of `data/raw/`.

    Raises
    ------
    DataError
        If a file that stands there cannot be read as a table with its columns.
    """
    sheet = _Sheet(project, authority)
    for document in register.documents:
        if document.reading.authority == authority:
            sheet.add(dated(document), register)
    return sheet.write()


class _Sheet:
    """The tables of an authority, old rows and new."""

    def __init__(self, project: Project, authority: str) -> None:
        self.project, self.authority = project, authority
        self.visits = self._table("visits.csv", VISIT_COLUMNS)
        self.documents = self._table("documents.csv", DOCUMENT_COLUMNS)
        self.judgements = self._table("judgements.csv", tables.JUDGEMENT_COLUMNS)
        self.findings: dict[str, _Table] = {}
        texts = project.local(authority, "texts.csv")
        self.texts = _Table(texts, TEXT_COLUMNS, project.relative(texts))
        self.unmatched: list[str] = []
        self.undated: list[str] = []

    def _table(self, name: str, columns: Sequence[str]) -> _Table:
        path = self.project.raw(self.authority, *name.split("/"))
        return _Table(path, columns, self.project.relative(path))

    def add(self, document: Document, register: Register) -> None:
        """Add a document, its visit, its grades and its findings, unless it prints no date."""
        known = self._known(document)
        name = known or document.id
        read = tables.findings(document)
        if known:
            written = self._table(f"findings/{name}.csv", FINDING_COLUMNS).old
            matches = match_findings(written, read)
            held = {read[b]["id"]: written[a]["finding"] for a, b in matches.pairs}
            self.unmatched += [read[i]["id"] for i in matches.only_read]
        elif not published(document.reading):
            self.undated += sorted(register.names[outcome.path] for outcome in document.outcomes)
            return
        else:
            self._add_new(document, register, read)
            held = {row["id"]: row["id"] for row in read}
        for row in read:
            if row["id"] in held:
                self.texts.put({"finding": held[row["id"]], "text": row["text"]})

    def _known(self, document: Document) -> str:
        """Id of the document among the rows that stand there, by its files or by itself."""
        sums = {outcome.sha256 for outcome in document.outcomes}
        for row in self.documents.old:
            if row["document"] == document.id or sums & set(row["sha256"].split(";")):
                return row["document"]
        return ""

    def _add_new(self, document: Document, register: Register, read: list[Row]) -> None:
        visit = self._visit(document)
        self.documents.put(source_row(document, visit, register.names))
        for row in tables.judgements(document):
            self.judgements.put(row)
        table = self._table(f"findings/{document.id}.csv", FINDING_COLUMNS)
        for row in read:
            table.put(finding_row(row, document.reading.kind.document))
        self.findings[document.id] = table

    def _visit(self, document: Document) -> str:
        """Id of the visit: one of the same kind and beginning, or a new one."""
        new = visit_row(self.authority, document.reading)
        for row in (*self.visits.old, *self.visits.new):
            if (row["kind"], row["start"]) == (new["kind"], new["start"]):
                return row["visit"]
        self.visits.put(new)
        return new["visit"]

    def write(self) -> Added:
        """Write the tables that have new rows, and headers alone where a table must be there.

        Documents come last: a run that broke off before them is done again, and adds what is
        missing.
        """
        added = Added(unmatched=self.unmatched, undated=self.undated)
        demanded = (
            *self.findings.values(),
            self._table("needs.csv", NEED_COLUMNS),
            self._table("need_links.csv", LINK_COLUMNS),
            self.judgements,
        )
        visited = bool(self.visits.old or self.visits.new)
        self.texts.write()
        added.texts = len(self.texts.new)
        for table in (*demanded, self.visits, self.documents):
            added.kept[table.shown] = len(table.old)
            if table.write(even_empty=visited and any(table is other for other in demanded)):
                added.rows[table.shown] = len(table.new)
        return added


_UNPUBLISHED: Final = "No date of publication is printed: the visit's last day stands for it"
_TOO_EARLY: Final = (
    "Printed as published on {printed}, before the visit: the visit's last day stands for it"
)


def _is_too_early(reading: Reading) -> bool:
    """Whether a document is printed as published before the visit that it is about began."""
    if not (reading.published and reading.visit.start and reading.visit.end):
        return False
    published = PartialDate.parse(reading.published).latest
    return published < PartialDate.parse(reading.visit.start).earliest


def published(reading: Reading) -> str:
    """Date of publication, or the visit's last day where none is printed or it cannot be right."""
    if reading.published and not _is_too_early(reading):
        return reading.published
    return reading.visit.end


def _note(reading: Reading) -> str:
    notes = [tables.told_by_user(reading)]
    if _is_too_early(reading):
        notes.append(_TOO_EARLY.format(printed=reading.published))
    elif not reading.published:
        notes.append(_UNPUBLISHED)
    return "; ".join(filter(None, notes))


def dated(document: Document) -> Document:
    """Name a document by the date that stands in its row, where the one printed cannot be right."""
    reading = document.reading
    if not _is_too_early(reading):
        return document
    name = document.id.replace(f"-{reading.published}", f"-{published(reading)}", 1)
    return replace(document, id=name)


def visit_row(authority: str, reading: Reading) -> Row:
    """Row of the visit that a document is about; its scope is said by the areas it names."""
    start = reading.visit.start or reading.published
    kind = reading.kind.visit
    areas = [area for area in reading.areas if area in AREAS]
    looked = reading.theme or ", ".join(AREAS[area] for area in areas)
    scope = f"{KINDS[kind]}: {looked or 'not said in the document'}"
    return {
        "visit": f"{authority}-{kind}-{start}",
        "kind": kind,
        "framework": reading.kind.framework,
        "start": start,
        "end": reading.visit.end,
        "scope": scope[0].upper() + scope[1:],
        "areas": ";".join(areas),
        "note": "Areas are those that the document's words name; read by a program",
    }


def source_row(document: Document, visit: str, names: Mapping[str, str]) -> Row:
    """Row of a document about a visit; `names` are the names to show for the paths of its files."""
    reading = document.reading
    ordered = sorted(document.outcomes, key=lambda outcome: names[outcome.path])
    return {
        "document": document.id,
        "visit": visit,
        "kind": reading.kind.document,
        "source": reading.kind.source,
        "publisher": PUBLISHERS.get(reading.kind.document, "not known"),
        "title": reading.title,
        "published": published(reading),
        "address": "",
        "pages": str(reading.pages or ""),
        "files": ";".join(Path(names[outcome.path]).name for outcome in ordered),
        "sha256": ";".join(outcome.sha256 for outcome in ordered),
        "left_out": tables.document_row(document)["left_out"],
        "note": _note(reading),
    }


def finding_row(row: Row, document_kind: str) -> Row:
    """Row of a finding for a person to code, from the row that `ingest` gives."""
    return {
        "finding": row["id"],
        "section": row["section"],
        "printed_number": row["printed_number"],
        "page": row["page"],
        "role": row["role"],
        "said_by": "department" if document_kind == "notice" else "inspectors",
        "area": row["area"],
        "extent": row["extent"],
        "harm": "yes" if _HARM.search(row["text"]) else "no",
        "summary": "",
    }


class _Table:
    """A CSV file: the rows that stand in it, and those to add."""

    def __init__(self, path: Path, columns: Sequence[str], shown: str) -> None:
        self.path, self.columns, self.shown = path, columns, shown
        self.old = _read(path, columns, shown)
        self.new: list[Row] = []
        self._keys = {self._key(row) for row in self.old}

    def _key(self, row: Row) -> tuple[str, ...]:
        """What no two rows share: of grades the document and the area, else the first cell."""
        graded = tuple(self.columns) == tables.JUDGEMENT_COLUMNS
        return (row["document"], row["area"]) if graded else (row[self.columns[0]],)

    def put(self, row: Row) -> None:
        """Add a row unless one with its key stands there."""
        key = self._key(row)
        if key not in self._keys:
            self._keys.add(key)
            self.new.append(row)

    def write(self, *, even_empty: bool = False) -> bool:
        """Write the file if there is anything to add, or if it is missing and must be there."""
        if self.new or (even_empty and not self.path.is_file()):
            write_text(self.path, to_text(self.columns, self._rows()))
        return bool(self.new)

    def _rows(self) -> Iterable[Row]:
        return [*self.old, *self.new]


def _read(path: Path, columns: Sequence[str], shown: str) -> list[Row]:
    from analysis.reading import parse_table

    if not path.is_file():
        return []
    text, problems = decode(path.read_bytes(), shown)
    if problems:
        raise DataError(problems)
    table, problems = parse_table(text, list(columns), shown)
    if problems:
        raise DataError(problems)
    rows = table.itertuples(index=False, name=None)
    return [dict(zip(columns, map(str, cells), strict=True)) for cells in rows]
