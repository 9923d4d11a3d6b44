"""A table with one row for each coded segment, as CSV or as a workbook, of whichever program.

Programs call the columns differently; what each may be called stands here. Where one segment has
several codes, they stand in one cell, separated by `;` or line ends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from analysis.codes.exchange.model import (
    Code,
    Coded,
    Coding,
    Selection,
    Source,
    guid,
)
from analysis.codes.sheets.reading import as_workbook, open_workbook
from analysis.data.growing import Row
from analysis.data.rows import read_rows
from analysis.errors import DataError, Problem
from analysis.tables import for_people, plain, to_text
from analysis.workbooks import to_xlsx

COLUMNS: Final = ("document", "finding", "text", "coder", "codes", "memo")
"""Columns of the tables that are written here."""
CALLED: Final[Mapping[str, tuple[str, ...]]] = {
    "document": ("document", "document name", "documents", "source", "file", "filename"),
    "finding": ("finding",),
    "text": ("text", "segment", "content", "quotation", "quotation content", "coded segment",
             "highlight", "coded text", "quote", "seltext"),
    "coder": ("coder", "author", "created by", "creating user", "user", "owner"),
    "codes": ("codes", "code", "tag", "tags", "code name", "codename"),
    "memo": ("memo", "comment", "comments", "note", "notes"),
}  # fmt: skip
"""What a column may be called, in small letters."""
_PARTS: Final = re.compile(r"[;\n]")
MOST_ROWS: Final = 200_000
"""Most rows of a workbook that are read."""
_MOST_COLUMNS: Final = 200
_ABOVE: Final = re.compile(r"\s*(?:>|\\|::)\s*")


def to_segments(coded: Coded) -> list[Row]:
    """Return a row for each selection of a project; columns are `COLUMNS`."""
    paths = coded.paths()
    rows = []
    for source in coded.sources:
        for selection in source.selections:
            number = selection.name.rpartition("\N{PILCROW SIGN}")[2]
            rows.append({
                "document": source.name,
                "finding": f"{source.name}/{number}",
                "text": source.text[selection.start : selection.end],
                "coder": coded.coders.get(selection.coder, ""),
                "codes": "; ".join(paths[coding.code] for coding in selection.codings),
                "memo": selection.memo,
            })  # fmt: skip
    return rows


def as_csv(rows: Sequence[Row]) -> bytes:
    """Return the rows as CSV for people."""
    return for_people(to_text(COLUMNS, rows)).encode()


def as_xlsx(rows: Sequence[Row]) -> bytes:
    """Return the rows as a workbook."""
    return to_xlsx({"Segments": (COLUMNS, ([row[name] for name in COLUMNS] for row in rows))})


def read_segments(path: Path) -> Coded:
    """Read a table of coded segments.

    Raises
    ------
    DataError
        If it is no table, or has no column for the segments or none for their codes.
    """
    with path.open("rb") as file:
        packed = file.read(2) == b"PK"
    heads, rows = _book(path) if packed else _csv(path)
    columns = _columns(heads, path.name)
    return _coded(path.stem, [
        {name: row[at].strip() for name, at in columns.items()} for row in rows
    ])  # fmt: skip


def _csv(path: Path) -> tuple[list[str], list[list[str]]]:
    rows = read_rows(path, path.name)
    return list(rows.columns), [list(cells) for cells in rows.cells]


def _book(path: Path) -> tuple[list[str], list[list[str]]]:
    """The first sheet of a workbook; formulas give no text."""
    sheets = [sheet for sheet in open_workbook(path).worksheets if hasattr(sheet, "iter_rows")]
    if not sheets:
        raise _refused(path.name, "it holds no sheet of cells")
    with as_workbook(path):
        found = sheets[0].iter_rows(max_row=MOST_ROWS + 1, max_col=_MOST_COLUMNS)
        rows = [[_cell(cell) for cell in row] for row in found]
    if len(rows) > MOST_ROWS:
        raise _refused(path.name, f"it has over {MOST_ROWS:,} rows; split it, or save it as CSV")
    rows = [row for row in rows if any(row)]
    if not rows:
        raise _refused(path.name, "its first sheet is empty")
    width = max(at for at, head in enumerate(rows[0], start=1) if head or at == 1)
    return rows[0][:width], [[*row, *[""] * width][:width] for row in rows[1:]]


def _cell(cell: object) -> str:
    value = getattr(cell, "value", None)
    if value is None or getattr(cell, "data_type", "") == "f":
        return ""
    return plain(str(value).strip())


def _refused(file: str, why: str) -> DataError:
    return DataError([Problem(file, 0, "", "", why)])


def _columns(heads: Sequence[str], file: str) -> dict[str, int]:
    known = [head.strip().casefold() for head in heads]
    found = {
        name: known.index(next(word for word in words if word in known))
        for name, words in CALLED.items()
        if any(word in known for word in words)
    }
    for name in ("text", "codes"):
        if name not in found:
            has = ", ".join(heads)
            raise DataError([
                Problem(file, 1, name, "", f"this column is missing; the file has {has}",
                        ", ".join(CALLED[name]))
            ])  # fmt: skip
    return found


def _coded(name: str, rows: Sequence[Row]) -> Coded:
    """Make a project of rows: a text of all segments of each document, one below the other."""
    codes: dict[str, Code] = {}
    coders: dict[str, str] = {}
    texts: dict[str, list[str]] = {}
    ends: dict[str, int] = {}
    selections: dict[str, list[Selection]] = {}
    left_out = []
    for at, row in enumerate(rows, start=2):
        document, text = row.get("document", "") or name, row["text"]
        paths = [path for part in _PARTS.split(row["codes"]) if (path := part.strip())]
        if not text and not row.get("finding"):
            if paths:
                left_out.append(f"row {at}: {row['codes']} stands without a segment")
            continue
        text = text or row["finding"]
        who = ""
        if row.get("coder"):
            who = guid("coder", row["coder"])
            coders[who] = row["coder"]
        targets = [_code(path, codes) for path in paths]
        start = ends.get(document, 0)
        ends[document] = start + len(text) + 2
        texts.setdefault(document, []).append(text)
        key = guid("segment", name, str(at))
        selections.setdefault(document, []).append(
            Selection(
                key, start, start + len(text),
                tuple(Coding(guid("coding", key, t), t, who) for t in targets),
                row.get("finding", ""), row.get("memo", ""), who,
            )
        )  # fmt: skip
    sources = tuple(
        Source(guid("source", document), document, "\n\n".join(parts), tuple(selections[document]))
        for document, parts in texts.items()
    )
    return Coded(name, coders, tuple(codes.values()), sources, left_out=tuple(left_out))


def _code(path: str, codes: dict[str, Code]) -> str:
    """Return the id of a code, which is made with all above it where it is new."""
    parent, parts = "", _ABOVE.split(path)
    for count in range(1, len(parts) + 1):
        key = guid("named", *parts[:count])
        codes.setdefault(key, Code(key, parts[count - 1], parent))
        parent = key
    return parent
