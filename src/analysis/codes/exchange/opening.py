"""Opening somebody else's coding, told by what a file holds and never by its name."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from analysis.codes.exchange.databases import MAGIC, QUALCODER, read_database
from analysis.codes.exchange.model import Coded
from analysis.codes.exchange.reading import read_refi
from analysis.codes.exchange.segments import read_segments
from analysis.codes.sheets import book
from analysis.errors import FindingsError


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
                return f'name="{book.START}"'.encode() in part.read(1_000_000)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError):
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
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            return any(name.startswith("xl/") for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
