"""Fetching an authority's documents from the inspectorate into a folder, once.

The folder holds the documents, under names made here, and `manifest.csv`, which says of each where
it came from, when, and its SHA-256. A run asks only for what is new or has changed, goes on where
an earlier run broke off, and never overwrites a file that it did not write. One run at a time for
each folder.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from functools import partial
from http import HTTPStatus
from itertools import chain, count
from pathlib import Path
from typing import Final, Literal

from analysis.data.loading import PUBLISHER_PAGE
from analysis.data.table import parse_table
from analysis.documents.fetching.client import AgainError, Answer, Client, FailedError, RefusedError
from analysis.documents.fetching.listing import ORIGINS, Listed, documents_on
from analysis.errors import DataError, FindingsError, MachineError, Problem, machine_error
from analysis.files import require_folder, write_text
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
_CONTENT_RANGE: Final = re.compile(r"bytes ([0-9]{1,12})-([0-9]{1,12})/([0-9]{1,12})")

Row = dict[str, str]
"""A row of the manifest, by column."""
Status = Literal["downloaded", "unchanged", "refused", "failed"]
Progress = Callable[[str, int, int | None], None]
"""Told what is being fetched (`2 of 11: inspection-2025-01-20.pdf`), its bytes so far, and those in
all where they are known."""
Tick = Callable[[int, int | None], None]


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
        listed = documents_on(client.page(address), address)
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
    part = _Part(shelf.folder / f"{name}.part", document.address)
    held: Row | None = None

    def attempt(deadline: float) -> Row | None:
        headers = _conditions(held) | part.headers()
        with client.ask(document.address, deadline, headers) as answer:
            if answer.status == HTTPStatus.NOT_MODIFIED and held:
                return None
            return part.receive(answer, client.limits.max_bytes, tick)

    status: Status
    try:
        held = shelf.sound(document)
        if held and not _conditions(held):
            reason = "held; no version was named by which to ask for a newer one"
            return Result(document, name, "unchanged", reason)
        version = client.persistently(attempt)
        if version is None:
            return Result(document, name, "unchanged", "the publisher has no newer version")
        return shelf.take(part, document, version)
    except RefusedError as error:
        status, reason = "refused", str(error)
    except FailedError as error:
        status, reason = "failed", str(error)
    except MachineError as error:
        status, reason = "failed", str(error).removesuffix(".")
    except OSError as error:
        told = machine_error(error, f"{name} cannot be read or written")
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


def _version_of(headers: Message) -> Row:
    return _version(headers.get("ETag", ""), headers.get("Last-Modified", ""))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
        try:
            folder.mkdir(parents=True, exist_ok=True)
            text = path.read_text("utf-8-sig") if path.exists() else ",".join(COLUMNS)
        except (OSError, UnicodeDecodeError) as error:
            raise FindingsError(
                f"{path} cannot be used ({error}). Name another folder, or move the manifest away: "
                "what is there is then compared with what comes, and listed anew."
            ) from error
        table, problems = parse_table(text, list(COLUMNS), str(path))
        rows: list[Row] = [dict(zip(COLUMNS, cells, strict=True)) for cells in table.to_numpy()]
        problems += [
            Problem(str(path), int(line), "file", row["file"], "is no file's name", "<name>.pdf")
            for line, row in zip(table.index, rows, strict=True)
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

    def take(self, part: _Part, document: Listed, version: Row) -> Result:
        """Put a whole part in its place, unless the same is there, and record it.

        Raises
        ------
        RefusedError
            If a file of that name is there which the manifest does not know.
        """
        name, known = self.name(document), self.rows.get(document.address)
        path, sha256 = self.folder / name, _sha256(part.path)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        row = {
            "file": name,
            "address": document.address,
            "title": document.title,
            "kind_printed": document.kind_printed,
            "published": document.published,
            "sha256": sha256,
            "bytes": str(part.path.stat().st_size),
            **version,
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
            part.drop()
            raise RefusedError(
                f"another file of that name is there, which {MANIFEST} does not list; move it away "
                "and run again"
            )
        part.path.replace(path)
        self.rows[document.address] = row
        rows = sorted(self.rows.values(), key=lambda row: (row["published"], row["file"]))
        write_text(self.folder / MANIFEST, to_text(COLUMNS, rows))
        return result


@dataclass(frozen=True)
class _Part:
    """A document on its way, and beside it, once it broke off, a note of what it is a part of.

    The note is written when all bytes before the break are safely on disk; a part without one is
    begun anew, and so is one that is a link to another file.
    """

    path: Path
    address: str

    @property
    def _note(self) -> Path:
        return self.path.with_name(f"{self.path.name}.of")

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def headers(self) -> dict[str, str]:
        """Headers that ask for the rest of the version that broke off, if one did."""
        if not (mine := self._validator()):
            return {}
        return {"Range": f"bytes={self.path.stat().st_size}-", "If-Range": mine}

    def receive(self, answer: Answer, limit: int, tick: Tick) -> Row:
        """Write the rest or the whole, see that it is a PDF, and return what names its version.

        Raises
        ------
        RefusedError
            If it is none or too large; nothing is kept.
        AgainError, FailedError, OSError
            If it breaks off; what came is kept if its version was named.
        """
        done, size = self._begun(answer)
        version = _version_of(answer.headers)
        if done and (mine := self._validator()):
            version["etag" if mine.startswith('"') else "last_modified"] = mine
        self._note.unlink(missing_ok=True)
        if not done:
            self.drop()
        try:
            with self.path.open("ab" if done else "xb") as file:
                start = PDF_START if done else b""
                for chunk in answer.body:
                    start = (start + chunk)[: len(PDF_START)]
                    _require_pdf(start, answer)
                    file.write(chunk)
                    done += len(chunk)
                    tick(done, size)
                file.flush()
                os.fsync(file.fileno())
            self._require_whole(answer, size, limit)
        except RefusedError:
            self.drop()
            raise
        except BaseException:
            self._keep(version)
            raise
        return version

    def _begun(self, answer: Answer) -> tuple[int, int | None]:
        """Bytes held before those of the answer, and in all; drops a part that does not fit."""
        if answer.status == HTTPStatus.OK:
            return 0, answer.length
        found = _CONTENT_RANGE.fullmatch(answer.headers.get("Content-Range", ""))
        if answer.status == HTTPStatus.PARTIAL_CONTENT and found and (mine := self._validator()):
            start, last, size = (int(number) for number in found.groups())
            fits = start == self.path.stat().st_size and last == size - 1
            named = answer.headers.get("ETag", mine), answer.headers.get("Last-Modified")
            if fits and mine in named:
                return start, size
        self.drop()
        raise AgainError(f"the server answered {answer.status}, which was not due")

    def _validator(self) -> str:
        """Return what names the part's version, or blank if there is nothing to go on from."""
        links = self._note.is_symlink() or self.path.is_symlink()
        if links or not (self._note.is_file() and self.path.is_file()):
            return ""
        if not self.path.stat().st_size:
            return ""
        note = self._note.read_text("utf-8", errors="replace").rstrip("\n")
        address, _, version = note.partition("\n")
        of_a_form = any(_version(version, version).values())
        return version if address == self.address and of_a_form else ""

    def _require_whole(self, answer: Answer, size: int | None, limit: int) -> None:
        held = self.path.stat().st_size
        with self.path.open("rb") as file:
            start = file.read(len(PDF_START))
            file.seek(max(held - _TAIL, 0))
            tail = file.read()
        if start != PDF_START:
            raise RefusedError(_no_pdf(start, answer))
        if held > limit:
            raise RefusedError(f"it is larger than the {limit:,} bytes allowed")
        ends = PDF_END.search(tail) is not None
        if held != (size or held) or not (answer.has_end or ends):
            raise AgainError("the answer broke off before the document's end")
        if not ends:
            raise RefusedError("what came begins as a PDF does and does not end as one")

    def _keep(self, version: Row) -> None:
        strong = version["etag"] if version["etag"].startswith('"') else version["last_modified"]
        with suppress(OSError):
            if not strong:
                self.drop()
                return
            with self.path.open("rb+") as file:
                os.fsync(file.fileno())
            write_text(self._note, f"{self.address}\n{strong}\n")


def _require_pdf(start: bytes, answer: Answer) -> None:
    if not PDF_START.startswith(start):
        raise RefusedError(_no_pdf(start, answer))


def _no_pdf(start: bytes, answer: Answer) -> str:
    if not start:
        return "an empty answer came where a PDF should be"
    if answer.headers.get_content_type() == "text/html" or start.lstrip().startswith(b"<"):
        return "a web page came where a PDF should be"
    return "what came does not begin with %PDF-, as a PDF does"
