"""Turning the bytes of a file into text and rows of cells, or saying why that cannot be done."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path
from typing import Final

from analysis.data.foreign import foreign
from analysis.errors import DataError, Problem
from analysis.tables import plain

MAX_BYTES: Final = 50_000_000
"""No text or table that a person edits is larger; a file above it is not read into memory."""

_DELIMITERS: Final = ",;\t"
LIGATURES: Final = str.maketrans({
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
})  # fmt: skip
"""Printers' joined letters and what they stand for."""
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(path: Path, file: str, wanted: str = "") -> str:
    """Read the text of a file that a person edited.

    Parameters
    ----------
    path
        The file.
    file
        Name for messages.
    wanted
        What the file should hold, for the message if it is missing.

    Raises
    ------
    DataError
        If there is no such file, it is something else than text, too large, or in no encoding that
        can be told.
    """
    try:
        if path.is_dir():
            raise _refused(file, "a folder stands in this file's place; name the file, or move it")
        if not path.exists():
            raise _refused(file, "this file is missing; create it, or name another", allowed=wanted)
        if not path.is_file():
            raise _refused(file, "this is no file that can be read")
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise _refused(file, f"it cannot be read ({error.strerror})") from error
    if size > MAX_BYTES:
        raise _refused(file, "too large to be read", f"{size:,} bytes", f"{MAX_BYTES:,} bytes")
    if told := foreign(raw):
        raise _refused(file, f"this is {told}")
    text, problems = decode(raw, file)
    if problems:
        raise DataError(problems)
    return text


def _refused(file: str, message: str, value: str = "", allowed: str = "") -> DataError:
    return DataError([Problem(file, 0, "", value, message, allowed)])


def decode(raw: bytes, file: str) -> tuple[str, list[Problem]]:
    """Decode the bytes of a text file.

    A byte order mark decides; else UTF-8; else cp1252, unless some lines are UTF-8 and others are
    not, which no encoding reads right. Joined letters are taken apart.

    Returns
    -------
    str
        The text, or `""` if it was refused.
    list of Problem
        Why it was refused, row by row.

    Examples
    --------
    >>> decode("café".encode("cp1252"), "x.csv")
    ('café', [])
    >>> decode("\ufb01rst".encode(), "x.csv")
    ('first', [])
    """
    text, problems = _decode(raw, file)
    joined = any(chr(letter) in text for letter in LIGATURES)
    return text.translate(LIGATURES) if joined else text, problems


def _decode(raw: bytes, file: str) -> tuple[str, list[Problem]]:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _decode_marked(raw, encoding, file)
    try:
        return _without_nul(raw.decode("utf-8"), file)
    except UnicodeDecodeError:
        return _decode_windows(raw, file)


def _decode_marked(raw: bytes, encoding: str, file: str) -> tuple[str, list[Problem]]:
    try:
        return _without_nul(raw.decode(encoding), file)
    except UnicodeDecodeError as error:
        message = f"the file is marked as {encoding} but is not; save it as UTF-8"
        row = raw.decode(encoding, "replace").partition("\ufffd")[0].count("\n") + 1
        return "", [Problem(file, row, "", f"byte {error.object[error.start]:#04x}", message)]


def _without_nul(text: str, file: str) -> tuple[str, list[Problem]]:
    if "\0" in text:
        return "", [Problem(file, 0, "", "NUL", "this is not a text file; save it as CSV in UTF-8")]
    return text, []


def _decode_windows(raw: bytes, file: str) -> tuple[str, list[Problem]]:
    odd, multibyte = [], False
    for row, line in enumerate(raw.split(b"\n"), start=1):
        try:
            multibyte |= len(line.decode("utf-8")) != len(line)
        except UnicodeDecodeError:
            odd.append((row, line))
    if multibyte:
        message = "the file mixes encodings: this row is not UTF-8 but others are; save it as UTF-8"
        return "", [
            Problem(file, row, "", line.decode("cp1252", "replace")[:60], message)
            for row, line in odd
        ]
    try:
        return _without_nul(raw.decode("cp1252"), file)
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        message = "this row is neither UTF-8 nor Windows text (cp1252); save the file as UTF-8"
        return "", [Problem(file, row, "", f"byte {raw[error.start]:#04x}", message)]


def cut_rows(text: str, file: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    r"""Cut a CSV file, by comma, semicolon or tab, into the cells of every row that is not blank.

    Returns
    -------
    list of (int, list of str)
        The line on which a row begins, and its cells without spaces around them and without the
        apostrophe that kept a spreadsheet from running one.
    list of Problem
        Why it was refused.

    Examples
    --------
    >>> cut_rows("a;b\n1;2", "x.csv")
    ([(1, ['a', 'b']), (2, ['1', '2'])], [])
    """
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, start = [], 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                kept = [plain(cell) if cell[:1] == "'" else cell for cell in stripped]
                rows.append((start, kept))
            start = reader.line_num + 1
    except csv.Error as error:
        large = f"a cell holds more than {csv.field_size_limit():,} characters"
        what = large if "field limit" in str(error) else f"not a CSV row ({error})"
        message = f"{what}; look for a quotation mark without its pair"
        return [], [Problem(file, start, "", "", message)]
    return rows, []
