"""Reading a REFI-QDA project or codebook of any program; nothing is unpacked to disk.

The XML is read without network, entities or document type, piece by piece, so that a large project
takes little memory. Files of projects that lie elsewhere are not followed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from analysis.codes.exchange.elements import Reader
from analysis.codes.exchange.model import Coded
from analysis.codes.exchange.writing import CODEBOOK, ENTRY, PROJECT
from analysis.data.archives import HOSTILE, Limits, doctypes, has_doctype, why_not
from analysis.documents.files.refusals import UnreadableError, broken
from analysis.errors import DataError, Problem

LIMITS: Final = Limits(entries=20_000, inflated=400_000_000)
MAX_BYTES: Final = 200_000_000
MAX_TEXT: Final = 5_000_000
"""Most bytes of one text."""
MAX_TEXTS: Final = 50_000_000
"""Most bytes of all texts, one that several sources name counted for each."""
_INTERNAL: Final = "internal://"


def read_refi(path: Path) -> Coded:
    """Read a project (`.qdpx`) or a codebook (`.qdc`), told by what the file holds.

    Raises
    ------
    DataError
        If it is neither, damaged or too large, contradicts itself, or may be hostile.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _refused(path, f"it has {size:,} bytes; at most {MAX_BYTES:,} are read")
        raw = path.read_bytes()
    except OSError as error:
        raise _refused(path, f"it cannot be read ({error.strerror})") from error
    try:
        with broken("a REFI-QDA file", "export it anew from the program that it comes from"):
            return _project(raw, path.stem) if raw.startswith(b"PK") else _codebook(raw, path.stem)
    except UnreadableError as error:
        raise _refused(path, str(error)) from error


def _refused(path: Path, why: str) -> DataError:
    return DataError([Problem(path.name, 0, "", "", why)])


def _project(raw: bytes, name: str) -> Coded:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if why := why_not(archive, LIMITS):
            raise UnreadableError(why)
        names = archive.namelist()
        entry, note = _entry(names)
        if why := doctypes(archive, "project"):
            raise UnreadableError(why)
        reader = Reader(PROJECT, "Project", _texts(archive), name)
        with archive.open(entry) as file:
            reader.read(file)
        if note:
            reader.left_out[note] += 0
        return reader.coded()


def _codebook(raw: bytes, name: str) -> Coded:
    if has_doctype(io.BytesIO(raw)):
        raise UnreadableError(f"it declares a document type, as no codebook does: {HOSTILE}")
    reader = Reader(CODEBOOK, "CodeBook", lambda _: "", name)
    reader.read(io.BytesIO(raw))
    return reader.coded()


def _entry(names: list[str]) -> tuple[str, str]:
    """The file that holds the project, and what is to be said of its name."""
    if ENTRY in names:
        return ENTRY, ""
    others = [name for name in names if name.lower().endswith(".qde") and "/" not in name]
    if len(others) != 1:
        raise UnreadableError("it is no REFI-QDA project: no project.qde is in it")
    return others[0], f"{others[0]} was read, which should be called {ENTRY}"


def _texts(archive: zipfile.ZipFile) -> Callable[[str], str]:
    files = {name.rpartition("/")[2].lower(): name for name in archive.namelist()}
    left = MAX_TEXTS

    def text(address: str) -> str:
        nonlocal left
        inside = address.removeprefix(_INTERNAL)
        if "://" in inside or not inside:
            raise LookupError("its text lies outside the project")
        name = files.get(inside.rpartition("/")[2].lower())
        if name is None:
            raise LookupError("its text is not in the project")
        size = archive.getinfo(name).file_size
        if size > MAX_TEXT:
            raise LookupError(f"its text has more than {MAX_TEXT:,} bytes")
        left -= size
        if left < 0:
            raise UnreadableError(f"its texts have more than {MAX_TEXTS:,} bytes: {HOSTILE}")
        try:
            return archive.read(name).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise LookupError("its text is not UTF-8") from None

    return text
