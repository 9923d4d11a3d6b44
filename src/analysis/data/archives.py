"""Whether a zip archive that somebody gives may be unpacked: looked at before anything of it is.

Word documents, workbooks and projects of coding programs are such archives. Nothing is unpacked to
disk; what an archive says that its files hold is binding, since reading stops there.
"""

from __future__ import annotations

import zipfile
from typing import IO, Final, NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

from analysis.english import plural

HOSTILE: Final = "it may be hostile; leave it out, or fetch it again from its publisher"
"""What to do with a file that no honest publisher makes."""
_SMALL: Final = 1_000_000
_CHUNK: Final = 65_536
_XML: Final = (".xml", ".rels", ".qde", ".qdc")


class Limits(NamedTuple):
    """What an archive may be.

    Attributes
    ----------
    entries
        Most files inside.
    inflated
        Most bytes that it may unpack to.
    ratio
        Most that one file inside may grow when it is unpacked, once it is over a megabyte.
    """

    entries: int = 2_000
    inflated: int = 100_000_000
    ratio: int = 200


def why_not(archive: zipfile.ZipFile, limits: Limits = Limits()) -> str:  # noqa: B008 - immutable
    """Say why an archive may not be unpacked, and what to do; blank where it may.

    Examples
    --------
    >>> import io
    >>> with zipfile.ZipFile(io.BytesIO(), "w") as archive:
    ...     archive.writestr("../up.xml", "<a/>")
    ...     why_not(archive)
    '../up.xml inside it leads out of the archive: it may be hostile; ...'
    """
    entries = archive.infolist()
    if len(entries) > limits.entries:
        return (
            f"its archive holds {plural(len(entries), 'file')}; at most {limits.entries} are read: "
            f"{HOSTILE}"
        )
    if sum(entry.file_size for entry in entries) > limits.inflated:
        return f"it unpacks to more than {limits.inflated:,} bytes: {HOSTILE}"
    names = set()
    for entry in entries:
        if why := _why_not_entry(entry, limits):
            return why
        if entry.filename in names:
            return f"{entry.filename} inside it stands twice: {HOSTILE}"
        names.add(entry.filename)
    return ""


def _why_not_entry(entry: zipfile.ZipInfo, limits: Limits) -> str:
    if entry.file_size > max(_SMALL, limits.ratio * entry.compress_size):
        return f"{entry.filename} inside it grows over {limits.ratio} times: {HOSTILE}"
    if entry.flag_bits & 1:
        return "it is encrypted with a password; save it without one"
    name = entry.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
        return f"{entry.filename} inside it leads out of the archive: {HOSTILE}"
    return ""


def doctypes(archive: zipfile.ZipFile, what: str) -> str:
    """Say which part of an archive declares a document type, as no honest one does; else blank.

    Parameters
    ----------
    archive
        One that may be unpacked.
    what
        What the archive is, such as `Word document`.

    Raises
    ------
    xml.parsers.expat.ExpatError
        If a part is no XML before its first element.
    """
    for entry in archive.infolist():
        if entry.filename.lower().endswith(_XML):
            with archive.open(entry) as part:
                if has_doctype(part):
                    return (
                        f"{entry.filename} inside it declares a document type, as no {what} does: "
                        f"{HOSTILE}"
                    )
    return ""


class _FoundError(Exception):
    pass


def has_doctype(part: IO[bytes]) -> bool:
    """Whether XML declares a document type; only what stands before its first element is read."""
    parser, met = ParserCreate(), False

    def doctype(*_: object) -> None:
        raise _FoundError

    def element(*_: object) -> None:
        nonlocal met
        met = True

    parser.StartDoctypeDeclHandler, parser.StartElementHandler = doctype, element
    try:
        while not met and (chunk := part.read(_CHUNK)):
            parser.Parse(chunk)
    except _FoundError:
        return True
    except ExpatError:
        if not met:
            raise
    return False
