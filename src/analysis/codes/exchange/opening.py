"""Opening somebody else's coding, told by what a file holds and never by its name."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Final

from analysis.codes.exchange.databases import MAGIC, QUALCODER, read_database
from analysis.codes.exchange.model import LONGEST, MAX_CODES, Coded
from analysis.codes.exchange.reading import read_refi
from analysis.codes.exchange.segments import read_segments
from analysis.codes.sheets import book
from analysis.errors import DataError, FindingsError, Problem

_HEAD: Final = 1_000_000
"""Bytes from which the sheets of a workbook are told."""
_OURS: Final = f'name="{book.list_of("theme")}"'.encode()
"""The list of themes, which a workbook of ours keeps whatever its sheets are renamed to."""


def is_project(folder: Path) -> bool:
    """Whether a folder is a project of QualCoder."""
    return (folder / QUALCODER).is_file()


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook that `findings sheet` laid out."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" not in names:
                return False
            with archive.open("xl/workbook.xml") as part:
                return _OURS in part.read(_HEAD)
    except (OSError, zipfile.BadZipFile, zlib.error, ValueError, EOFError, RuntimeError):
        return False


def read_coded(path: Path) -> Coded:
    """Read a project, a codebook, a database or a table of coded segments.

    Raises
    ------
    FindingsError
        If there is no such file.
    DataError
        If it is none of these, damaged, too large, or may be hostile.
    """
    coded = _read(path)
    if len(coded.codes) > MAX_CODES or any(len(code.name) > LONGEST for code in coded.codes):
        message = (
            f"it has over {MAX_CODES:,} codes, or one whose name has over {LONGEST} letters; look "
            "whether the column of codes is the right one, or split the file"
        )
        raise DataError([Problem(path.name, 0, "", "", message)])
    return coded


def _read(path: Path) -> Coded:
    if path.is_dir():
        return read_database(path)
    if not path.is_file():
        raise FindingsError(f"There is no file {path}. Name the one that your program saved.")
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(MAGIC):
        return read_database(path)
    if head.startswith(b"PK"):
        return read_segments(path) if _holds_a_workbook(path) else read_refi(path)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return read_refi(path)
    return read_segments(path)


def _holds_a_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.startswith("xl/") for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        message = "this is a damaged archive; save it again from the program that it comes from"
        raise DataError([Problem(path.name, 0, "", "", message)]) from error
