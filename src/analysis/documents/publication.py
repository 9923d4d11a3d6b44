"""When documents were published: as printed, else as their publisher says of their bytes.

The publisher's word is what `findings fetch` left beside the documents (`manifest.csv`), else
`data/raw/published.csv`. Both are read before any document is, so that a mistake in them costs no
time; what is in neither stays without a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from analysis.data.rows import Rows, read_rows
from analysis.dates import ALLOWED, PartialDate
from analysis.documents.readings import Reading
from analysis.documents.workers import Outcome
from analysis.errors import DataError, Problem
from analysis.project import Project

MANIFEST: Final = "manifest.csv"
"""What `findings fetch` leaves beside the documents."""
NEEDED: Final = ("sha256", "published")
"""What a manifest must say of each document; the address may stand beside."""
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_ADDRESS: Final = re.compile(r"(?:https?://\S+)?")
NOT_PRINTED: Final = "no date of publication is printed"
TOO_EARLY: Final = "the date printed, {printed}, lies before the visit"
OF_PUBLISHER: Final = "the publisher's is taken"
OF_COPY: Final = "that of another file of it is taken"


class Publication(NamedTuple):
    """What a publisher says of a document: date of publication (ISO, or blank) and address."""

    published: str
    address: str


def is_manifest(path: Path) -> bool:
    """Whether a file is named as a manifest and has the columns of one.

    Raises
    ------
    DataError
        If it is named so and is no table.
    """
    return path.name == MANIFEST and path.is_file() and not _missing(path)


def passed_over(files: Iterable[str]) -> Iterator[str]:
    """Say of each file beside documents that is named as a manifest and is none, why it is none.

    Raises
    ------
    DataError
        If one is no table.
    """
    for path in _beside(files):
        if path.is_file() and (missing := _missing(path)):
            yield (
                f"{path} is passed over, as no manifest of `findings fetch`: the columns that one "
                f"needs are {', '.join(NEEDED)}; missing: {', '.join(missing)}. Name them so, or "
                "give the file another name."
            )


def _beside(files: Iterable[str]) -> list[Path]:
    return [folder / MANIFEST for folder in dict.fromkeys(Path(file).parent for file in files)]


def _missing(manifest: Path) -> list[str]:
    columns = read_rows(manifest, str(manifest)).columns
    return [name for name in NEEDED if name not in columns]


def read_publications(
    files: Iterable[str], project: Project | None = None
) -> dict[str, Publication]:
    """Read what publishers say of documents.

    Parameters
    ----------
    files
        Paths of the documents; manifests lie beside them.
    project
        Whose `data/raw/published.csv` is read, if it is there.

    Returns
    -------
    dict
        Checksum (SHA-256) to what is said of the document with these bytes. A manifest counts
        before the project's table.

    Raises
    ------
    DataError
        Every row of these files that cannot be right.
    """
    tables = [(path, str(path)) for path in _beside(files) if is_manifest(path)]
    if project and (path := project.raw("published.csv")).exists():
        tables.append((path, project.relative(path)))
    known: dict[str, Publication] = {}
    problems: list[Problem] = []
    for path, file in tables:
        rows = read_rows(path, file, NEEDED)
        problems += _odd(rows, file)
        for row in () if problems else rows:
            known.setdefault(
                row["sha256"], Publication(_iso(row["published"]), row.get("address", ""))
            )
    if problems:
        raise DataError(problems)
    return known


def _odd(rows: Rows, file: str) -> Iterator[Problem]:
    """Name what is no checksum, no date or no address; the last two may be blank."""
    for line, row in zip(rows.lines, rows, strict=True):
        if not _SHA256.fullmatch(row["sha256"]):
            message = "not in the expected form"
            yield Problem(file, line, "sha256", row["sha256"], message, "a SHA-256")
        try:
            _iso(row["published"])
        except ValueError:
            allowed = f"{ALLOWED}, or blank"
            yield Problem(file, line, "published", row["published"], "not a date", allowed)
        if not _ADDRESS.fullmatch(address := row.get("address", "")):
            message, allowed = "not in the expected form", "an http(s) address, or blank"
            yield Problem(file, line, "address", address, message, allowed)


def _iso(text: str) -> str:
    return PartialDate.parse(text).iso if text else ""


def dated(outcomes: Sequence[Outcome], known: Mapping[str, Publication]) -> list[Outcome]:
    """Give each reading its date of publication, and say where it comes from if it is not printed.

    A date that lies before the visit cannot be right and does not count. Where the publisher says
    nothing, a copy of the document that has a date lends it.
    """
    first = [_with(outcome, _of_publisher(outcome, known)) for outcome in outcomes]
    lent: dict[tuple[str, ...], str] = {}
    for outcome in first:
        if outcome.reading and outcome.reading.published:
            lent.setdefault(_event(outcome.reading), outcome.reading.published)
    return [_with(outcome, _of_copy(outcome.reading, lent)) for outcome in first]


def _with(outcome: Outcome, reading: Reading | None) -> Outcome:
    return outcome if reading is outcome.reading else outcome._replace(reading=reading)


def _of_publisher(outcome: Outcome, known: Mapping[str, Publication]) -> Reading | None:
    reading = outcome.reading
    if reading is None or (reading.published and not _is_too_early(reading)):
        return reading
    why = TOO_EARLY.format(printed=reading.published) if reading.published else NOT_PRINTED
    day = known[outcome.sha256].published if outcome.sha256 in known else ""
    return _published(reading, day, f"{why}; {OF_PUBLISHER}" if day else why)


def _of_copy(reading: Reading | None, lent: Mapping[tuple[str, ...], str]) -> Reading | None:
    if reading is None or reading.published or not reading.visit.start:
        return reading
    day = lent.get(_event(reading), "")
    why = reading.missing["published"]
    return _published(reading, day, f"{why}; {OF_COPY}") if day else reading


def _published(reading: Reading, day: str, why: str) -> Reading:
    return replace(reading, published=day, missing=reading.missing | {"published": why})


def _event(reading: Reading) -> tuple[str, ...]:
    """What two files of one document tell alike, dated or not."""
    kind = reading.kind
    return (reading.authority, kind.visit, kind.subject, kind.source, *reading.visit[:2])


def _is_too_early(reading: Reading) -> bool:
    """Whether a document is printed as published before the visit that it is about began."""
    if not reading.visit.start:
        return False
    published = PartialDate.parse(reading.published).latest
    return published < PartialDate.parse(reading.visit.start).earliest
