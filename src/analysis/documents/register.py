"""From what was read to the four tables: each document once, however many files hold it."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from analysis.documents.files.opening import SUFFIXES
from analysis.documents.printed.grades import Grade
from analysis.documents.publication import Publication, dated, is_manifest, read_publications
from analysis.documents.readings import NOT_TOLD, Finding, Reading, Told
from analysis.documents.workers import Names, Outcome, read_all
from analysis.english import plural
from analysis.errors import FindingsError
from analysis.files import write_all
from analysis.ids import document_id, finding_id, words_print
from analysis.tables import for_people, to_text

DOCUMENT_COLUMNS: Final = (
    "id", "file", "authority", "kind", "document_kind", "framework", "title", "visit_start",
    "visit_end", "published", "source", "scope", "areas", "pages", "sha256", "inspection_type",
    "numbered", "findings", "left_out", "not_found", "inferred",
)  # fmt: skip
JUDGEMENT_COLUMNS: Final = ("document", "area", "grade", "grade_printed", "page")
FINDING_COLUMNS: Final = (
    "document", "id", "printed_number", "section", "area", "page", "extent", "role",
    "fingerprint", "text",
)  # fmt: skip
PROBLEM_COLUMNS: Final = ("file", "document", "severity", "problem")
REFUSED: Final = "refused"
ODDITY: Final = "oddity"
SHORT_DAYS: Final = 7
"""An ILACS inspection of at most so many days is taken for a short one."""
SAME: Final = 0.5
"""Share of runs of three words that two files of one document have in common at least. Two
documents of one authority have at most 0.16 in common, a copy that lost two words of ten still
0.6."""
RUN: Final = 3
WHOLE: Final = 0.98
"""A copy that has fewer of the most words that a copy has is damaged, or another version."""
_WORD: Final = re.compile(r"[a-z0-9]+")

Row = dict[str, str]


@dataclass(frozen=True)
class Document:
    """A document with every file that holds it.

    Attributes
    ----------
    id
        As `analysis.ids.document_id` makes it.
    reading
        What was read from the best of its files: of those that lost no words one with pages, else
        the one with fewest oddities.
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
            row | {"file": self.names[o.path], "sha256": o.sha256, "pages": _pages(o.reading)}
            for o in ordered
        ]


def gather(paths: Iterable[Path]) -> dict[str, str]:
    """List the files named and those in the folders named, with the name to show for each.

    A folder gives all its files, at any depth, but for hidden ones and the manifest of what
    `findings fetch` left there: what is no document is refused when it is opened, and so is a link
    that leads out of the folder. A file is taken once, however its path is spelled, and shown by
    its path inside its folder; where two would be shown alike, by as much more of their paths as
    tells them apart.

    Raises
    ------
    FindingsError
        If a path does not exist, or there is no file to read.
    """
    files: dict[Path, tuple[str, int]] = {}
    targets: set[Path] = set()
    for path in paths:
        for file, spelled, depth in _files(path):
            target = _led_to(Path(spelled))
            if target not in targets:
                targets.add(target)
                files[file.parent.resolve() / file.name] = (spelled, depth)
    if not files:
        endings = ", ".join(SUFFIXES)
        raise FindingsError(f"No file to read: documents are files that end in {endings}.")
    shown = _shown({place: depth for place, (_, depth) in files.items()})
    return {spelled: shown[place] for place, (spelled, _) in files.items()}


def _files(path: Path) -> Iterator[tuple[Path, str, int]]:
    """Files that a path gives, where to open each, and how many parts of its path lie inside.

    A link is opened where it leads to, except one that leads out of a folder.
    """
    if path.is_dir():
        root = path.resolve()
        for file in sorted(path.rglob("*")):
            parts = file.relative_to(path).parts
            if any(part.startswith(".") for part in parts) or file.is_dir() or is_manifest(file):
                continue
            target = _led_to(file)
            inside = file.is_symlink() and target.is_file() and target.is_relative_to(root)
            yield file, str(target if inside else file), len(parts)
    elif path.exists():
        yield path, str(path.resolve() if path.is_symlink() else path), 1
    else:
        raise FindingsError(f"There is no file or folder {str(path)!r}.")


def _led_to(path: Path) -> Path:
    """Return where links lead in the end; of links that lead in a circle, a place in it."""
    return Path(os.path.realpath(path))


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
    documents, clashes = _documents(outcomes)
    problems = [
        {"file": names[o.path], "document": "", "severity": REFUSED, "problem": o.refused}
        for o in refused
    ]
    for document in documents:
        copies = _copies(document, names)
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


# Bringing files together


def _documents(outcomes: Iterable[Outcome]) -> tuple[list[Document], dict[str, list[str]]]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.reading:
            groups.setdefault(_named(outcome), []).append(outcome)
    documents, clashes = [], {}
    for group in groups.values():
        parts = _apart(_best_first(group))
        for number, part in enumerate(parts, start=1):
            own = _named(part[0], number)
            reading = part[0].reading
            if reading is None:
                raise AssertionError
            documents.append(Document(own, reading, tuple(part)))
            if len(parts) > 1:
                clashes[own] = [
                    f"{plural(len(parts), 'document')} of this kind and date hold other texts"
                ]
    return sorted(documents, key=lambda document: document.id), clashes


def _named(outcome: Outcome, number: int = 1) -> str:
    """Id of the document that a file holds, from what was read of it."""
    reading = outcome.reading
    if reading is None:
        raise AssertionError
    return document_id(
        reading.authority,
        reading.kind.visit,
        published=reading.published,
        visited=reading.visit.end,
        checksum=outcome.sha256,
        board=reading.kind.subject == "board",
        secondary=reading.kind.source == "secondary",
        number=number,
    )


def _best_first(group: Sequence[Outcome]) -> list[Outcome]:
    """Order files that bear one id by how well they read, whatever their names and checksums."""
    words = {outcome.path: len(_words(outcome.reading)) for outcome in group}
    most = max(words.values())

    def rank(outcome: Outcome) -> tuple[bool, bool, int, int, int, str]:
        reading = outcome.reading
        if reading is None:
            raise AssertionError
        count = words[outcome.path]
        lost = count < WHOLE * most
        oddities, findings = len(reading.oddities), len(reading.findings)
        return (lost, not reading.pages, oddities, -findings, -count, outcome.sha256)

    return sorted(group, key=rank)


def _words(reading: Reading | None) -> list[str]:
    """Return the words of all findings."""
    if reading is None:
        return []
    return [word for x in reading.findings for word in _WORD.findall(x.text.lower())]


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
    one, two = (_runs(_words(reading)) for reading in (first, second))
    fewer = min(len(one), len(two))
    return fewer == 0 or len(one & two) >= SAME * fewer


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def _copies(document: Document, names: Mapping[str, str]) -> list[str]:
    """Disagreements between the files of one document, each file by its name."""
    found = []
    best, counts = document.reading, names[document.outcomes[0].path]
    prints = {words_print(finding.text) for finding in best.findings}
    for outcome in document.outcomes[1:]:
        other, name = outcome.reading, names[outcome.path]
        if other is None:
            continue
        both = f"{counts}, which counts, and {name}"
        if other.visit[:2] != best.visit[:2]:
            found.append(f"{both} print different dates of the visit")
        if {(g.area, g.grade) for g in other.grades} != {(g.area, g.grade) for g in best.grades}:
            found.append(f"{both} print different grades")
        if {words_print(finding.text) for finding in other.findings} != prints:
            found.append(
                f"{both} are two versions of this document, whose words differ: "
                f"{len(best.findings)} and {len(other.findings)} findings with "
                f"{len(_words(best)):,} and {len(_words(other)):,} words"
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
    if reading.former:
        inferred.append(f"authority: the report is about {reading.former}, which it took over")
    if told := told_by_user(reading):
        inferred.append(told)
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
            f"{part}: {plural(count, 'paragraph')}"
            + (f", pages {first} to {last}" if first else "")
            for part, (count, first, last) in reading.left_out.items()
        ),
        "not_found": "; ".join(f"{what}: {why}" for what, why in sorted(reading.missing.items())),
        "inferred": "; ".join(inferred),
    }  # fmt: skip


def told_by_user(reading: Reading) -> str:
    """Say what of a document was told by a user and not read in it, or ``."""
    told = [name for name, value in reading.told._asdict().items() if value]
    return f"{' and '.join(told)}: as told, not as the document says itself" if told else ""


def _pages(reading: Reading | None) -> str:
    return str(reading.pages) if reading and reading.pages else ""


def inspection_type(reading: Reading) -> str:
    """`short` or `standard` for an ILACS inspection, inferred; `""` for anything else.

    The length of a visit in parts says nothing of its type.
    """
    if reading.kind.framework != "ILACS" or reading.kind.document != "report":
        return ""
    if not reading.visit.start or reading.visit.parts:
        return ""
    return "short" if reading.visit.days <= SHORT_DAYS else "standard"


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
        "id": finding_id(document, number),
        "printed_number": finding.number,
        "section": finding.section,
        "area": finding.area,
        "page": str(finding.page) if finding.page else "",
        "extent": finding.extent,
        "role": finding.role,
        "fingerprint": words_print(finding.text),
        "text": finding.text,
    }
