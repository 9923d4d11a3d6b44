"""From what was read to the four tables: each document once, however many files hold it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from analysis.documents.copies import Document, disagreements, documents_of
from analysis.documents.publication import Publication, dated, read_publications
from analysis.documents.readings import NOT_TOLD, Told
from analysis.documents.rows import (
    DOCUMENT_COLUMNS,
    FINDING_COLUMNS,
    JUDGEMENT_COLUMNS,
    Row,
    document_row,
    findings,
    judgements,
    pages,
)
from analysis.documents.workers import Names, Outcome, read_all
from analysis.files import write_all
from analysis.tables import for_people, to_text

PROBLEM_COLUMNS: Final = ("file", "document", "severity", "problem")
REFUSED: Final = "refused"
ODDITY: Final = "oddity"


@dataclass(frozen=True)
class Register:
    """Everything read from a set of files.

    Attributes
    ----------
    documents
        In the order of their ids.
    refused
        Files refused.
    problems
        Columns `PROBLEM_COLUMNS`.
    names
        Path of each file to the name that the tables show.
    publications
        What publishers say of documents, by checksum.
    """

    documents: tuple[Document, ...]
    refused: tuple[Outcome, ...]
    problems: tuple[Row, ...]
    names: dict[str, str]
    publications: Mapping[str, Publication] = field(default_factory=dict)

    def address(self, document: Document) -> str:
        """Where the publisher keeps a document, as far as that is known."""
        known = (self.publications.get(outcome.sha256) for outcome in document.outcomes)
        return next((said.address for said in known if said and said.address), "")

    def tables(self) -> dict[str, tuple[Sequence[str], list[Row]]]:
        """Name, columns and rows of the four tables."""
        return {
            "documents.csv": (DOCUMENT_COLUMNS, self._rows(self._files)),
            "judgements.csv": (JUDGEMENT_COLUMNS, self._rows(judgements)),
            "findings.csv": (FINDING_COLUMNS, self._rows(findings)),
            "problems.csv": (PROBLEM_COLUMNS, list(self.problems)),
        }

    def _rows(self, of: Callable[[Document], list[Row]]) -> list[Row]:
        return [row for document in self.documents for row in of(document)]

    def _files(self, document: Document) -> list[Row]:
        row = document_row(document)
        ordered = sorted(document.outcomes, key=lambda outcome: self.names[outcome.path])
        return [
            row | {"file": self.names[o.path], "sha256": o.sha256, "pages": pages(o.reading)}
            for o in ordered
        ]


def read_register(
    names: dict[str, str],
    authorities: Names,
    jobs: int = 2,
    progress: Callable[[], None] = lambda: None,
    publications: Mapping[str, Publication] | None = None,
    told: Told = NOT_TOLD,
) -> Register:
    """Read files and bring together those that hold one document.

    Parameters
    ----------
    names
        Path to the name that the tables show, as `gather` gives them.
    authorities
        Names of the authorities.
    publications
        What publishers say of documents, as `read_publications` gives it; read here, without a
        project's table, if not given.
    told
        What a user says of all of the files.
    """
    known = read_publications(names) if publications is None else publications
    outcomes = read_all(list(names), authorities, jobs, progress=progress, told=told)
    return register_of(outcomes, names, known)


def register_of(
    outcomes: Sequence[Outcome], names: dict[str, str], publications: Mapping[str, Publication]
) -> Register:
    """Bring together the files that hold one document, from what was read of each.

    Parameters
    ----------
    outcomes
        Of every file.
    names
        Path to the name that the tables show.
    publications
        What publishers say of documents, by checksum.
    """
    outcomes = dated(outcomes, publications)
    refused = tuple(outcome for outcome in outcomes if outcome.reading is None)
    documents, clashes = documents_of(outcomes)
    problems = [
        {"file": names[o.path], "document": "", "severity": REFUSED, "problem": o.refused}
        for o in refused
    ]
    for document in documents:
        copies = disagreements(document, names)
        own = [*document.reading.oddities, *copies, *clashes.get(document.id, [])]
        file = names[document.outcomes[0].path]
        problems += [
            {"file": file, "document": document.id, "severity": ODDITY, "problem": oddity}
            for oddity in own
        ]
    problems.sort(key=lambda row: (row["severity"] != REFUSED, row["document"], row["file"]))
    return Register(tuple(documents), refused, tuple(problems), names, publications)


def write_register(register: Register, folder: Path) -> list[Path]:
    """Write the four tables, for people, all or none; return their paths."""
    texts = {
        folder / name: for_people(to_text(columns, rows))
        for name, (columns, rows) in register.tables().items()
    }
    write_all(texts)
    return list(texts)
