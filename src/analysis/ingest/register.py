"""From what was read to the four tables: each document once, however many files hold it."""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from analysis.decoding import cut_rows, decode
from analysis.errors import FindingsError
from analysis.files import write_text
from analysis.ingest.grades import Grade
from analysis.ingest.opening import SUFFIXES
from analysis.ingest.readings import NOT_TOLD, Finding, Reading, Told
from analysis.ingest.workers import Names, Outcome, read_all

DOCUMENT_COLUMNS: Final = (
    "id", "file", "authority", "kind", "document_kind", "framework", "title", "visit_start",
    "visit_end", "published", "source", "scope", "areas", "pages", "sha256", "inspection_type",
    "numbered", "findings", "left_out", "not_found", "inferred",
)  # fmt: skip
JUDGEMENT_COLUMNS: Final = ("document", "area", "grade", "grade_printed", "page")
FINDING_COLUMNS: Final = (
    "document", "id", "printed_number", "section", "area", "page", "extent", "role", "text",
)  # fmt: skip
PROBLEM_COLUMNS: Final = ("file", "document", "severity", "problem")
MANIFEST: Final = "manifest.csv"
"""What `findings fetch` leaves beside the documents."""
REFUSED: Final = "refused"
ODDITY: Final = "oddity"
SHORT_DAYS: Final = 7
"""An ILACS inspection of at most so many days is taken for a short one."""
SAME: Final = 0.5
"""Share of findings that two files of one document have in common at least."""
_WORD: Final = re.compile(r"[^a-z0-9]+")

Row = dict[str, str]


@dataclass(frozen=True)
class Document:
    """A document with every file that holds it.

    Attributes
    ----------
    id
        `<authority>-<kind>-<published>`; where no date of publication is printed, the last day of
        the visit stands for it.
    reading
        What was read from the best of its files: one with pages, else the one with most findings.
    outcomes
        Its files, the best first.
    """

    id: str
    reading: Reading
    outcomes: tuple[Outcome, ...]


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
    """

    documents: tuple[Document, ...]
    refused: tuple[Outcome, ...]
    problems: tuple[Row, ...]
    names: dict[str, str]

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
            row | {"file": self.names[o.path], "sha256": o.sha256, "pages": _pages(o.reading)}
            for o in ordered
        ]


def gather(paths: Iterable[Path]) -> dict[str, str]:
    """List the files named and those in the folders named, with the name to show for each.

    A folder gives its files whose name ends in one of `SUFFIXES`, at any depth; hidden files and
    links that lead out of it are passed over. A file named outright is taken whatever its name. A
    file is taken once, however its path is spelled, and shown by its path inside its folder; where
    two would be shown alike, by as much more of their paths as tells them apart.

    Raises
    ------
    FindingsError
        If a path does not exist, or there is no file to read.
    """
    files: dict[Path, tuple[str, int]] = {}
    for path in paths:
        for file, depth in _files(path):
            files.setdefault(file.parent.resolve() / file.name, (str(file), depth))
    if not files:
        endings = ", ".join(SUFFIXES)
        raise FindingsError(f"No file to read: a folder gives its files that end in {endings}.")
    shown = _shown({place: depth for place, (_, depth) in files.items()})
    return {spelled: shown[place] for place, (spelled, _) in files.items()}


def _files(path: Path) -> Iterator[tuple[Path, int]]:
    """Files that a path gives, with how many parts of their path lie inside it."""
    if path.is_dir():
        root = path.resolve()
        for file in sorted(path.rglob("*")):
            inside = file.relative_to(path)
            if _takes(file, inside, root):
                yield file, len(inside.parts)
    elif path.exists():
        yield path, 1
    else:
        raise FindingsError(f"There is no file or folder {str(path)!r}.")


def _shown(depths: dict[Path, int]) -> dict[Path, str]:
    """Show each file by the last parts of its path, as many as tell it from the others."""
    while True:
        names = {place: _printable(place.parts[-depth:]) for place, depth in depths.items()}
        counts = Counter(names.values())
        alike = [p for p in names if counts[names[p]] > 1 and depths[p] < len(p.parts)]
        if not alike:
            return names
        depths = depths | {place: depths[place] + 1 for place in alike}


def _printable(parts: Iterable[str]) -> str:
    r"""Join the parts of a path; bytes that are no UTF-8 are shown as `\xe9`."""
    return os.fsencode("/".join(parts)).decode("utf-8", "backslashreplace")


def _takes(file: Path, inside: Path, root: Path) -> bool:
    if any(part.startswith(".") for part in inside.parts) or not file.is_file():
        return False
    return file.suffix.lower() in SUFFIXES and file.resolve().is_relative_to(root)


def read_register(
    names: dict[str, str],
    authorities: Names,
    jobs: int = 2,
    progress: Callable[[], None] = lambda: None,
    told: Told = NOT_TOLD,
) -> Register:
    """Read files and bring together those that hold one document.

    Parameters
    ----------
    names
        Path to the name that the tables show, as `gather` gives them.
    authorities
        Names of the authorities.
    told
        What a user says of all of the files.
    """
    return register_of(
        read_all(list(names), authorities, jobs, progress=progress, told=told), names
    )


def register_of(outcomes: Sequence[Outcome], names: dict[str, str]) -> Register:
    """Bring together the files that hold one document, from what was read of each."""
    _date_from_manifests(outcomes)
    refused = tuple(outcome for outcome in outcomes if outcome.reading is None)
    documents, clashes = _documents(outcomes)
    problems = [
        {"file": names[o.path], "document": "", "severity": REFUSED, "problem": o.refused}
        for o in refused
    ]
    for document in documents:
        own = [*document.reading.oddities, *_copies(document), *clashes.get(document.id, [])]
        file = names[document.outcomes[0].path]
        problems += [
            {"file": file, "document": document.id, "severity": ODDITY, "problem": oddity}
            for oddity in own
        ]
    problems.sort(key=lambda row: (row["severity"] != REFUSED, row["document"], row["file"]))
    return Register(tuple(documents), refused, tuple(problems), names)


def write_register(register: Register, folder: Path) -> list[Path]:
    """Write the four tables, each whole or not at all."""
    return [
        write_text(folder / name, to_text(columns, rows))
        for name, (columns, rows) in register.tables().items()
    ]


def to_text(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Write rows as CSV; text that a spreadsheet would take for a formula stays as published."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, columns, lineterminator="\n", extrasaction="raise")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


# Bringing files together


def _date_from_manifests(outcomes: Iterable[Outcome]) -> None:
    """Take the date of publication from `findings fetch`, where a document prints none.

    Its manifest lies beside the files and says of each checksum when the publisher dates it.
    """
    manifests: dict[Path, dict[str, str]] = {}
    for outcome in outcomes:
        reading, folder = outcome.reading, Path(outcome.path).parent
        if reading is None or reading.published:
            continue
        if folder not in manifests:
            manifests[folder] = _manifest(folder / MANIFEST)
        if published := manifests[folder].get(outcome.sha256):
            reading.published = published
            reading.missing["published"] = "it is not printed; taken from the publisher's page"


def _manifest(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    text, problems = decode(path.read_bytes(), path.name)
    rows, found = cut_rows(text, path.name)
    header = rows[0][1] if rows else []
    if problems or found or not {"sha256", "published"} <= set(header):
        return {}
    checksum, published = header.index("sha256"), header.index("published")
    return {cells[checksum]: cells[published] for _, cells in rows[1:]}


def _documents(outcomes: Iterable[Outcome]) -> tuple[list[Document], dict[str, list[str]]]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.reading:
            groups.setdefault(document_id(outcome.reading, outcome.sha256), []).append(outcome)
    documents, clashes = [], {}
    for name, group in groups.items():
        parts = _apart(sorted(group, key=_rank))
        for number, part in enumerate(parts, start=1):
            own = name if number == 1 else f"{name}-{number}"
            reading = part[0].reading
            if reading is None:
                raise AssertionError
            documents.append(Document(own, reading, tuple(part)))
            if len(parts) > 1:
                clashes[own] = [f"{len(parts)} documents of this kind and date hold other texts"]
    return sorted(documents, key=lambda document: document.id), clashes


def document_id(reading: Reading, checksum: str) -> str:
    """Id of a document, from its content."""
    when = reading.published or reading.visit.end or f"undated-{checksum[:8]}"
    kind = reading.kind.visit
    if reading.kind.subject == "board":
        kind = f"{kind}-safeguarding-board"
    secondary = "-secondary" if reading.kind.source == "secondary" and reading.published else ""
    return f"{reading.authority}-{kind}-{when}{secondary}"


def _rank(outcome: Outcome) -> tuple[bool, int, str]:
    reading = outcome.reading
    if reading is None:
        raise AssertionError
    return (not reading.pages, -len(reading.findings), outcome.sha256)


def _apart(group: list[Outcome]) -> list[list[Outcome]]:
    """Part files that bear one id but do not hold one text."""
    parts: list[list[Outcome]] = []
    for outcome in group:
        for part in parts:
            if _same(part[0].reading, outcome.reading):
                part.append(outcome)
                break
        else:
            parts.append([outcome])
    return parts


def _same(first: Reading | None, second: Reading | None) -> bool:
    if first is None or second is None:
        return False
    one, two = ({_WORD.sub("", x.text.lower())[:60] for x in r.findings} for r in (first, second))
    fewer = min(len(one), len(two))
    return fewer == 0 or len(one & two) >= SAME * fewer


def _copies(document: Document) -> list[str]:
    """Disagreements between the files of one document."""
    found = []
    best = document.reading
    for outcome in document.outcomes[1:]:
        other = outcome.reading
        if other is None:
            continue
        if other.visit[:2] != best.visit[:2]:
            found.append("two files of this document print different dates of the visit")
        if {(g.area, g.grade) for g in other.grades} != {(g.area, g.grade) for g in best.grades}:
            found.append("two files of this document print different grades")
        if len(other.findings) != len(best.findings):
            found.append(
                f"two files of this document hold {len(best.findings)} and {len(other.findings)} "
                "findings; those of the first are taken"
            )
    return found


# Rows


def document_row(document: Document) -> Row:
    """Row of a document, without what differs from file to file."""
    reading = document.reading
    inferred = []
    kind = inspection_type(reading)
    if kind:
        inferred.append("inspection_type: from the length of the visit, as it is never printed")
    if not reading.published and reading.visit.end:
        inferred.append("the date in the id: the visit's last day, as no publication is printed")
    if reading.former:
        inferred.append(f"authority: the report is about {reading.former}, which it took over")
    if told := told_by_user(reading):
        inferred.append(told)
    missing = dict(reading.missing)
    if not reading.published:
        missing.setdefault("published", "no date of publication is printed")
    return {
        "id": document.id,
        "authority": reading.authority,
        "kind": reading.kind.visit,
        "document_kind": reading.kind.document,
        "framework": reading.kind.framework,
        "title": reading.title,
        "visit_start": reading.visit.start,
        "visit_end": reading.visit.end,
        "published": reading.published,
        "source": reading.kind.source,
        "scope": reading.scope,
        "areas": ";".join(reading.areas),
        "inspection_type": kind,
        "numbered": str(max((int(x.number) for x in reading.findings if x.number.isdigit()),
                            default="")),
        "findings": str(len(reading.findings)),
        "left_out": "; ".join(
            f"{part}: {count} paragraphs" + (f", pages {first} to {last}" if first else "")
            for part, (count, first, last) in reading.left_out.items()
        ),
        "not_found": "; ".join(f"{what}: {why}" for what, why in sorted(missing.items())),
        "inferred": "; ".join(inferred),
    }  # fmt: skip


def told_by_user(reading: Reading) -> str:
    """Say what of a document was told by a user and not read in it, or ``."""
    told = [name for name, value in reading.told._asdict().items() if value]
    return f"{' and '.join(told)}: as told, not as the document says itself" if told else ""


def _pages(reading: Reading | None) -> str:
    return str(reading.pages) if reading and reading.pages else ""


def inspection_type(reading: Reading) -> str:
    """`short` or `standard` for an ILACS inspection, inferred; `""` for anything else."""
    if reading.kind.framework != "ILACS" or reading.kind.document != "report":
        return ""
    if not reading.visit.start:
        return ""
    start, end = map(date.fromisoformat, reading.visit[:2])
    return "short" if (end - start).days < SHORT_DAYS else "standard"


def grades_of(reading: Reading) -> list[Grade]:
    """Every grade printed: those of the first pages, then of headings for areas not among them."""
    areas = {grade.area for grade in reading.grades}
    return [*reading.grades, *(g for g in reading.heading_grades if g.area not in areas)]


def judgements(document: Document) -> list[Row]:
    """Rows of the grades of a document."""
    return [
        {
            "document": document.id,
            "area": grade.area,
            "grade": grade.grade,
            "grade_printed": grade.printed,
            "page": str(grade.page) if grade.page else "",
        }
        for grade in grades_of(document.reading)
    ]


def findings(document: Document) -> list[Row]:
    """Rows of the findings of a document."""
    return [
        _finding_row(document.id, number, finding)
        for number, finding in enumerate(document.reading.findings, start=1)
    ]


def _finding_row(document: str, number: int, finding: Finding) -> Row:
    return {
        "document": document,
        "id": f"{document}/{number}",
        "printed_number": finding.number,
        "section": finding.section,
        "area": finding.area,
        "page": str(finding.page) if finding.page else "",
        "extent": finding.extent,
        "role": finding.role,
        "text": finding.text,
    }
