"""Turning the bytes of a file into text and rows of cells, or saying why that cannot be done."""

from __future__ import annotations

import codecs
import csv
import io
from typing import Final

from analysis.errors import Problem

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
    return text.translate(LIGATURES), problems


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
    r"""Cut a CSV file, by comma or semicolon, into the cells of every row that is not blank.

    Returns
    -------
    list of (int, list of str)
        The line on which a row begins, and its cells without spaces around them.
    list of Problem
        Why it was refused.

    Examples
    --------
    >>> cut_rows("a;b\n1;2", "x.csv")
    ([(1, ['a', 'b']), (2, ['1', '2'])], [])
    """
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = ";" if header.count(";") > header.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, start = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((start, [cell.strip() for cell in cells]))
            start = reader.line_num + 1
    except csv.Error as error:
        message = f"not a CSV row ({error}); look for a quotation mark without its pair"
        return [], [Problem(file, start, "", "", message)]
    return rows, []
