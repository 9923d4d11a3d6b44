"""Fetching an authority's documents from the inspectorate into a folder, once.

The folder holds the documents, under names made here, and `manifest.csv`, which says of each where
it came from, when, and its SHA-256. A run asks only for what is new or has changed, keeps what
earlier runs fetched, and never overwrites a file that it did not write. One run at a time for each
folder.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import Final, Literal

from analysis.data.loading import PUBLISHER_PAGE
from analysis.data.rows import read_rows
from analysis.documents.fetching.client import Answer, Client, FailedError, RefusedError, Tick
from analysis.documents.fetching.listing import ORIGINS, Listed, documents_on
from analysis.errors import DataError, FindingsError, MachineError, Problem, machine_error
from analysis.files import require_folder, write_all
from analysis.tables import to_text

MANIFEST: Final = "manifest.csv"
COLUMNS: Final = (
    "file",
    "address",
    "title",
    "kind_printed",
    "published",
    "sha256",
    "bytes",
    "etag",
    "last_modified",
    "fetched",
)
"""Columns of the manifest; `published` is a date or blank, `fetched` a time in UTC."""
PDF_START: Final = b"%PDF-"
PDF_END: Final = re.compile(rb"startxref\s+\d+\s+%%EOF")
"""How every PDF ends, whatever stands behind it."""
_TAIL: Final = 1024
_FILE: Final = re.compile(r"[a-z0-9-]{1,80}\.pdf")
_ETAG: Final = re.compile(r'(?:W/)?"[!#-~]{0,200}"')
_HTTP_DATE: Final = re.compile(r"[A-Za-z0-9,: ]{1,40}")

Row = dict[str, str]
"""A row of the manifest, by column."""
Status = Literal["downloaded", "unchanged", "refused", "failed"]
Progress = Callable[[str, int, int | None], None]
"""Told what is being fetched (`2 of 11: inspection-2025-01-20.pdf`), its bytes so far, and those in
all where they are known."""


@dataclass(frozen=True)
class Result:
    """What became of one document; `reason` says why, and is blank for a plain download."""

    document: Listed
    file: str
    status: Status
    reason: str = ""


def fetch(
    urn: str,
    folder: Path,
    *,
    client: Client | None = None,
    page: str = PUBLISHER_PAGE,
    progress: Progress = lambda *_: None,
) -> list[Result]:
    """Download the documents that the publisher lists for an authority.

    Parameters
    ----------
    urn
        The inspectorate's number of the authority, as in `authorities.csv`.
    folder
        Where documents and manifest are kept; made if it is not there.
    client
        Asks, as patiently as its limits say; share one between authorities, so that it pauses
        between them too. One that asks the publisher's origins if not given.
    page
        Address of the authority's page, with `{urn}` in it.
    progress
        Called as documents begin and bytes arrive.

    Returns
    -------
    list of Result
        One for each document in the page's order (newest first). One that is refused or fails does
        not stop the others, and a copy held already is kept.

    Raises
    ------
    FindingsError
        If the number is none, the page does not come or lists no document, or the folder or its
        manifest cannot be used.

    Examples
    --------
    >>> fetch("knowsley", Path("documents"))
    Traceback (most recent call last):
    analysis.errors.FindingsError: 'knowsley' is no number of an authority; allowed: the column urn
    of authorities.csv. Look the authority up there.
    """
    if not re.fullmatch(r"[0-9]{1,10}", urn):
        raise FindingsError(
            f"{urn!r} is no number of an authority; allowed: the column urn of authorities.csv. "
            "Look the authority up there."
        )
    client = client or Client(ORIGINS)
    shelf = _Shelf.open(folder)
    address = page.format(urn=urn)
    try:
        listed = documents_on(client.get(address).body, address)
    except (RefusedError, FailedError) as error:
        raise FindingsError(
            f"The publisher's page {address} could not be read: {error}. See whether it opens in a "
            "browser, and run again later; what is held is kept."
        ) from error
    results = []
    for number, document in enumerate(listed, start=1):
        tick = partial(progress, f"{number} of {len(listed)}: {shelf.name(document)}")
        tick(0, None)
        results.append(_fetch_one(document, shelf, client, tick))
    return results


def _fetch_one(document: Listed, shelf: _Shelf, client: Client, tick: Tick) -> Result:
    name = shelf.name(document)
    held: Row | None = None
    status: Status
    try:
        held = shelf.sound(document)
        conditions = _conditions(held)
        if held and not conditions:
            reason = "held; no version was named by which to ask for a newer one"
            return Result(document, name, "unchanged", reason)
        answer = client.get(document.address, conditions, tick)
        if not answer.is_newer:
            return Result(document, name, "unchanged", "the publisher has no newer version")
        _require_pdf(answer)
        return shelf.take(answer, document)
    except RefusedError as error:
        status, reason = "refused", str(error)
    except FailedError as error:
        status, reason = "failed", str(error)
    except MachineError as error:
        status, reason = "failed", str(error).removesuffix(".")
    except OSError as error:
        told = machine_error(error, f"{name} cannot be read")
        status, reason = "failed", str(told).removesuffix(".")
    return Result(document, name, status, reason + ("; the copy held is kept" if held else ""))


def _conditions(row: Row | None) -> dict[str, str]:
    """Headers that ask for a document only if it is no longer the version of that row."""
    if not row:
        return {}
    version = _version(row["etag"], row["last_modified"])
    asked = {"If-None-Match": version["etag"], "If-Modified-Since": version["last_modified"]}
    return {header: value for header, value in asked.items() if value}


def _version(etag: str, last_modified: str) -> Row:
    """Return what names a version; blank where it is not of the form that it must have."""
    return {
        "etag": etag if _ETAG.fullmatch(etag) else "",
        "last_modified": last_modified if _HTTP_DATE.fullmatch(last_modified) else "",
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _require_pdf(answer: Answer) -> None:
    """Refuse what is no whole PDF, and say what it is instead.

    Raises
    ------
    RefusedError
        With the reason.
    """
    body = answer.body
    if not body:
        raise RefusedError("an empty answer came where a PDF should be")
    if not body.startswith(PDF_START):
        html = answer.headers.get("Content-Type", "").lower().startswith("text/html")
        if html or body.lstrip().startswith(b"<"):
            raise RefusedError("a web page came where a PDF should be")
        raise RefusedError("what came does not begin with %PDF-, as a PDF does")
    if not PDF_END.search(body[-_TAIL:]):
        raise RefusedError("what came begins as a PDF does and does not end as one")


@dataclass
class _Shelf:
    """A folder with its manifest, by address of the document."""

    folder: Path
    rows: dict[str, Row]
    _given: dict[str, str] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> _Shelf:
        path = folder / MANIFEST
        require_folder(folder)
        if not path.exists():
            return cls(folder, {})
        rows = read_rows(path, str(path), COLUMNS, closed=True)
        problems = [
            Problem(str(path), line, "file", row["file"], "is no file's name", "<name>.pdf")
            for line, row in zip(rows.lines, rows, strict=True)
            if not _FILE.fullmatch(row["file"])
        ]
        if problems:
            raise DataError(problems)
        return cls(folder, {row["address"]: row for row in rows})

    def name(self, document: Listed) -> str:
        """Return the name that the document has, or a new one that no other has."""
        if row := self.rows.get(document.address):
            return row["file"]
        if document.address not in self._given:
            stem = f"{document.kind}-{document.published or 'undated'}"
            more = (f"-{end}" for end in chain([document.file_id], count(2)) if end)
            taken = {*self._given.values(), *(row["file"] for row in self.rows.values())}
            names = (f"{stem}{end}.pdf" for end in chain([""], more))
            self._given[document.address] = next(name for name in names if name not in taken)
        return self._given[document.address]

    def sound(self, document: Listed) -> Row | None:
        """Return the document's row if its file is there with the recorded checksum."""
        row = self.rows.get(document.address)
        path = self.folder / self.name(document)
        return row if row and path.is_file() and _sha256(path) == row["sha256"] else None

    def take(self, answer: Answer, document: Listed) -> Result:
        """Put what came in its place, unless the same is there, and record it.

        Raises
        ------
        RefusedError
            If a file of that name is there which the manifest does not know.
        MachineError
            If it cannot be written; document and manifest are then as they were.
        """
        name, known = self.name(document), self.rows.get(document.address)
        path, sha256 = self.folder / name, hashlib.sha256(answer.body).hexdigest()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        row = {
            "file": name,
            "address": document.address,
            "title": document.title,
            "kind_printed": document.kind_printed,
            "published": document.published,
            "sha256": sha256,
            "bytes": str(len(answer.body)),
            **_version(answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", "")),
            "fetched": now,
        }
        if not path.exists():
            result = Result(document, name, "downloaded")
        elif _sha256(path) == sha256:
            result = Result(document, name, "unchanged", "what came is what is held")
            row["fetched"] = known["fetched"] if known else now
        elif known:
            result = Result(document, name, "downloaded", "replaces the copy held")
        else:
            raise RefusedError(
                f"another file of that name is there, which {MANIFEST} does not list; move it away "
                "and run again"
            )
        rows = self.rows | {document.address: row}
        listed = sorted(rows.values(), key=lambda row: (row["published"], row["file"]))
        write_all({path: answer.body, self.folder / MANIFEST: to_text(COLUMNS, listed)})
        self.rows = rows
        return result
