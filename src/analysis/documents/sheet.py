"""From documents to rows under `data/raw/`: a sheet for a person to code.

Rows that stand there already are never changed, whoever wrote them: only what is new is added, and
a fingerprint where a row has none. The published words themselves go to `data/local/`, which is not
shared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pandera.pandas as pa

from analysis.data import schemas
from analysis.data.growing import GrowingTable
from analysis.documents import rows as tables
from analysis.documents.copies import Document
from analysis.documents.matching import match_findings
from analysis.documents.readings import Reading
from analysis.documents.register import Register
from analysis.documents.rows import Row
from analysis.files import write_all
from analysis.ids import visit_id
from analysis.project import Project
from analysis.vocabulary import AREAS, KINDS

MOST_WORDS: Final = 8
"""Most words of a printed title or heading, whose parts are cut apart at colons: names, no text."""
FEWEST_WORDS: Final = 3
"""Words that are kept of a later part that has more."""
PUBLISHERS: Final = {"report": "Ofsted", "letter": "Ofsted", "notice": "Department for Education"}


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
    fingerprints
        File to the rows that now have the fingerprint of their paragraph.
    unmatched
        Findings read from a document that is already coded, but not found among its rows.
    lost
        Findings written down of which the paragraph was not found in their document.
    undated
        Files of documents that print no date at all, so that nothing of them was added.
    """

    rows: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    texts: int = 0
    fingerprints: dict[str, int] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)


def add_documents(project: Project, authority: str, register: Register) -> Added:
    """Add the documents of a register that are about an authority to its folder of `data/raw/`.

    Raises
    ------
    DataError
        If a file that stands there cannot be read as a table with its columns.
    """
    sheet = _Sheet(project, authority)
    sheet.add_all(register)
    return sheet.write()


@dataclass(frozen=True)
class Held:
    """The rows of an authority's documents, old and new, and their words.

    Attributes
    ----------
    visits, documents, judgements
        Rows of the schemas of these tables.
    findings
        Document to the rows of its findings.
    texts
        Finding to its words as published, where they are held.
    named
        The documents of the register that was given, or all.
    undated
        Files of documents that print no date at all, of which there are no rows.
    """

    visits: list[Row]
    documents: list[Row]
    judgements: list[Row]
    findings: dict[str, list[Row]]
    texts: dict[str, str] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()


def held_documents(project: Project, authority: str, register: Register | None = None) -> Held:
    """Return the rows of an authority's documents as `add_documents` would leave them.

    Nothing is written.

    Parameters
    ----------
    register
        Documents that may not have been added yet; without it, those that stand there.

    Raises
    ------
    DataError
        If a file that stands there cannot be read as a table with its columns.
    """
    sheet = _Sheet(project, authority)
    if register:
        sheet.add_all(register)
    return sheet.held(all_named=register is None)


class _Sheet:
    """The tables of an authority, old rows and new."""

    def __init__(self, project: Project, authority: str) -> None:
        self.project, self.authority = project, authority
        self.visits = self._table("visits.csv", schemas.VISITS)
        self.documents = self._table("documents.csv", schemas.DOCUMENTS)
        self.judgements = self._table("judgements.csv", schemas.JUDGEMENTS)
        self.findings: dict[str, GrowingTable] = {}
        texts = project.local(authority, "texts.csv")
        self.texts = GrowingTable(texts, schemas.TEXTS, project.relative(texts))
        self.named: list[str] = []
        self.unmatched: list[str] = []
        self.lost: list[str] = []
        self.undated: list[str] = []

    def _table(self, name: str, schema: pa.DataFrameSchema) -> GrowingTable:
        path = self.project.raw(self.authority, *name.split("/"))
        return GrowingTable(path, schema, self.project.relative(path))

    def add_all(self, register: Register) -> None:
        """Add the documents of a register that are about the authority."""
        for document in register.documents:
            if document.reading.authority == self.authority:
                self.add(document, register)

    def add(self, document: Document, register: Register) -> None:
        """Add a document, its visit, its grades and its findings, unless it prints no date."""
        known = self._known(document)
        name = known or document.id
        read = tables.findings(document)
        if known:
            held = self._found(name, read)
        elif is_undated(document.reading):
            self.undated += sorted(register.names[outcome.path] for outcome in document.outcomes)
            return
        else:
            self._add_new(document, register, read)
            held = {row["id"]: row["id"] for row in read}
        self.named.append(name)
        for row in read:
            if row["id"] in held:
                self.texts.put({"finding": held[row["id"]], "text": row["text"]})

    def _found(self, name: str, read: list[Row]) -> dict[str, str]:
        """Find the rows of a document again; ids as read to those that the rows have."""
        table = self._findings(name)
        matches = match_findings(table.old, read)
        for a, b in matches.pairs:
            table.fill(a, "fingerprint", read[b]["fingerprint"])
        if table.filled:
            self.findings[name] = table
        self.unmatched += [read[i]["id"] for i in matches.only_read]
        self.lost += [table.old[i]["finding"] for i in matches.only_written]
        return {read[b]["id"]: table.old[a]["finding"] for a, b in matches.pairs}

    def _known(self, document: Document) -> str:
        """Id of the document among the rows that stand there, by its files or by itself."""
        sums = {outcome.sha256 for outcome in document.outcomes}
        for row in self.documents.old:
            if row["document"] == document.id or sums & set(row["sha256"].split(";")):
                return row["document"]
        return ""

    def _add_new(self, document: Document, register: Register, read: list[Row]) -> None:
        visit = self._visit(document)
        self.documents.put(source_row(document, visit, register))
        for row in tables.judgements(document):
            self.judgements.put(row)
        table = self._findings(document.id)
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

    def held(self, *, all_named: bool) -> Held:
        """Return all rows; the documents added are those that are named, or all are."""
        documents = [row["document"] for row in self.documents.rows]
        tables = {name: self._findings(name) for name in documents}
        return Held(
            self.visits.rows,
            self.documents.rows,
            self.judgements.rows,
            {name: table.rows for name, table in tables.items()},
            {row["finding"]: row["text"] for row in self.texts.rows},
            tuple(documents if all_named else dict.fromkeys(self.named)),
            tuple(self.undated),
        )

    def _findings(self, name: str) -> GrowingTable:
        return self.findings.get(name) or self._table(f"findings/{name}.csv", schemas.FINDINGS)

    def write(self) -> Added:
        """Write the tables that have new rows, and headers alone where a table must be there.

        All are written or none. Documents take their place last: a run that was killed in that
        moment is done again, and adds what is missing.
        """
        added = Added(unmatched=self.unmatched, lost=self.lost, undated=self.undated)
        demanded = (
            *self.findings.values(),
            self._table("needs.csv", schemas.NEEDS),
            self._table("need_links.csv", schemas.NEED_LINKS),
            self.judgements,
        )
        visited = bool(self.visits.old or self.visits.new)
        added.texts = len(self.texts.new)
        for table in (*demanded, self.visits, self.documents):
            if not table.filled:
                added.kept[table.shown] = len(table.old)
            if table.new:
                added.rows[table.shown] = len(table.new)
            if table.filled:
                added.fingerprints[table.shown] = table.filled
        changed = [table for table in (self.texts, *demanded) if table.new or table.filled]
        changed += [table for table in demanded if visited and table.is_missing]
        changed += [table for table in (self.visits, self.documents) if table.new]
        write_all({table.path: table.content() for table in changed})
        return added


def is_undated(reading: Reading) -> bool:
    """Whether neither a day of the visit nor one of publication is known: no visit can be named."""
    return not (reading.visit.start or reading.published)


def _note(reading: Reading) -> str:
    """Say what a user told of it, and where its date comes from, or why there is none."""
    why = reading.missing.get("published", "")
    said = (tables.told_by_user(reading), why[:1].upper() + why[1:])
    return "; ".join(filter(None, said))


def visit_row(authority: str, reading: Reading) -> Row:
    """Row of the visit that a document is about; its scope is said by the areas it names."""
    start = reading.visit.start or reading.published
    kind = reading.kind.visit
    areas = [area for area in reading.areas if area in AREAS]
    looked = reading.theme or ", ".join(AREAS[area] for area in areas)
    scope = f"{KINDS[kind]}: {looked or 'not said in the document'}"
    return {
        "visit": visit_id(authority, kind, start),
        "kind": kind,
        "framework": reading.kind.framework,
        "start": start,
        "end": reading.visit.end,
        "scope": scope[0].upper() + scope[1:],
        "areas": ";".join(areas),
        "note": "Areas are those that the document's words name; read by a program",
    }


def shortened(heading: str) -> str:
    """Cut each part of a printed title or heading that has more than `MOST_WORDS` words.

    The first keeps so many of them. One below it that is so long is a sentence set as a heading,
    such as a verdict, and keeps `FEWEST_WORDS`: enough to find it by.

    Examples
    --------
    >>> shortened("one two three four five six seven eight nine")
    'one two three four five six seven eight …'
    >>> shortened("Summary: one two three four five six seven eight nine")
    'Summary: one two three …'
    """
    first, *others = (part.split() for part in heading.split(": "))
    return ": ".join([_cut(first, MOST_WORDS), *(_cut(words, FEWEST_WORDS) for words in others)])


def _cut(words: list[str], kept: int) -> str:
    return " ".join(words if len(words) <= MOST_WORDS else [*words[:kept], "…"])


def source_row(document: Document, visit: str, register: Register) -> Row:
    """Row of a document of a register about a visit."""
    reading, names = document.reading, register.names
    ordered = sorted(document.outcomes, key=lambda outcome: names[outcome.path])
    return {
        "document": document.id,
        "visit": visit,
        "kind": reading.kind.document,
        "source": reading.kind.source,
        "publisher": PUBLISHERS.get(reading.kind.document, "not known"),
        "title": shortened(reading.title),
        "published": reading.published,
        "address": register.address(document),
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
        "section": shortened(row["section"]),
        "printed_number": row["printed_number"],
        "page": row["page"],
        "role": row["role"],
        "said_by": "department" if document_kind == "notice" else "inspectors",
        "area": row["area"],
        "repeats": "",
        "fingerprint": row["fingerprint"],
        "summary": "",
    }
