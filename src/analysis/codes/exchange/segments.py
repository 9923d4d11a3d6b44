"""A table with one row for each coded segment, as CSV or as a workbook, of whichever program.

Programs call the columns differently; what each may be called stands here. Where one segment has
several codes, they stand in one cell, separated by `;` or line ends. A table of codes alone,
without segments, is a codebook.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from analysis.codes.exchange.model import (
    DEEPEST,
    Code,
    Coded,
    Coding,
    Selection,
    Source,
    guid,
)
from analysis.codes.exchange.tags import from_tags
from analysis.codes.sheets.reading import as_workbook, open_workbook
from analysis.data.growing import Row
from analysis.data.text import cut_rows, read_text
from analysis.english import plural
from analysis.errors import DataError, Problem
from analysis.tables import for_people, plain, to_text
from analysis.workbooks import to_xlsx

COLUMNS: Final = ("document", "finding", "text", "coder", "codes", "memo")
"""Columns of the tables that are written here."""
CALLED: Final[Mapping[str, tuple[str, ...]]] = {
    "document": ("document", "document name", "documents", "source", "file", "filename",
                 "file/case"),
    "finding": ("finding",),
    "text": ("text", "segment", "content", "quotation", "quotation content", "coded segment",
             "highlight", "coded text", "quote", "seltext", "coded"),
    "coder": ("coder", "author", "created by", "creating user", "user", "owner"),
    "codes": ("codes", "code", "tag", "tags", "code name", "codename"),
    "memo": ("memo", "comment", "comments", "note", "notes", "coded_memo", "coded memo"),
}  # fmt: skip
"""What a column may be called, in small letters."""
CATEGORY: Final = "category"
"""Columns of what stands above a code, the nearest first, as QualCoder reports it."""
TAG: Final = ("tag", "name", "path", "code", "code name")
TOLD: Final = ("description", "definition", "memo", "comment")
"""Columns of a table of codes alone: the code, and what is said of it."""
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
    if "text" not in columns:
        return _codebook(path, heads, rows)
    above = [at for at, head in enumerate(_words(heads)) if head == CATEGORY]
    coded = _coded(path.stem, [
        {name: row[at].strip() for name, at in columns.items()}
        | {CATEGORY: _path(row[columns["codes"]], [row[at] for at in above])}
        for row in rows
    ])  # fmt: skip
    return _with_unread(coded, heads, {*columns.values(), *above})


def _with_unread(coded: Coded, heads: Sequence[str], read: Iterable[int]) -> Coded:
    """Name the columns that were not read."""
    unread = [head for at, head in enumerate(heads) if head and at not in read]
    told = (f"columns that are not read: {', '.join(unread)}",) if unread else ()
    return replace(coded, left_out=(*coded.left_out, *told))


def _path(code: str, above: Sequence[str]) -> str:
    """A code below its categories, of which the nearest stands first; blank where it has none."""
    held = [name.strip() for name in reversed(above) if name.strip()]
    return " > ".join([*held, code.strip()]) if held and code.strip() else ""


def _words(heads: Sequence[str]) -> list[str]:
    return [head.strip().casefold() for head in heads]


def _csv(path: Path) -> tuple[list[str], list[list[str]]]:
    """Header and rows; one that is short, as QualCoder's are of codes in few categories, is filled.

    What follows the categories then stands too far left, so that it is not read as one.
    """
    lines, problems = cut_rows(read_text(path, path.name), path.name)
    if problems:
        raise DataError(problems)
    if not lines:
        raise _refused(path.name, "the file is empty")
    (_, heads), *body = lines
    above = [at for at, head in enumerate(_words(heads)) if head == CATEGORY]
    rows = []
    for line, cells in body:
        missing = len(heads) - len(cells)
        if not 0 <= missing <= len(above):
            message = (
                f"{plural(len(cells), 'cell')}, but the header has {len(heads)}; quote cells that "
                "hold a comma or semicolon"
            )
            problems.append(Problem(path.name, line, "", plural(len(cells), "cell"), message))
            continue
        at = above[len(above) - missing] if missing else len(cells)
        rows.append([*cells[:at], *[""] * missing, *cells[at:]])
    if problems:
        raise DataError(problems)
    return heads, rows


def _book(path: Path) -> tuple[list[str], list[list[str]]]:
    """The first sheet of a workbook; formulas give no text."""
    sheets = [sheet for sheet in open_workbook(path).worksheets if hasattr(sheet, "iter_rows")]
    if not sheets:
        raise _refused(path.name, "it holds no sheet of cells")
    with as_workbook(path):
        rows, count, before = [], 0, None
        for row in sheets[0].iter_rows(max_row=MOST_ROWS + 1, max_col=_MOST_COLUMNS):
            count += 1
            if row is not before:  # rows that are not there are one and the same
                rows.append([_cell(cell) for cell in row])
            before = row
    if count > MOST_ROWS:
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
    """Return where each column of segments stands; of a codebook those that it has."""
    known = _words(heads)
    found = {
        name: known.index(next(word for word in words if word in known))
        for name, words in CALLED.items()
        if any(word in known for word in words)
    }
    twice = [heads[at] for at in found.values() if known.count(known[at]) > 1]
    if twice:
        raise DataError([
            Problem(file, 1, head, head, "this column stands twice; remove one") for head in twice
        ])  # fmt: skip
    book = any(word in known for word in TAG) and any(word in known for word in TOLD)
    for name in () if book and "text" not in found else ("text", "codes"):
        if name not in found:
            has = ", ".join(heads)
            raise DataError([
                Problem(file, 1, name, "", f"this column is missing; the file has {has}",
                        ", ".join(CALLED[name]))
            ])  # fmt: skip
    return found


def _codebook(path: Path, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Coded:
    """Codes with what is said of them; names are split at dots, as Taguette's are."""
    known = _words(heads)
    tag, told = (
        known.index(next(word for word in words if word in known)) for words in (TAG, TOLD)
    )
    codes = from_tags({row[tag].strip(): row[told].strip() for row in rows if row[tag].strip()})
    return _with_unread(Coded(path.stem, codes=tuple(codes.values())), heads, {tag, told})


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
        parts = [row[CATEGORY]] if row.get(CATEGORY) else _PARTS.split(row["codes"])
        paths = [path for part in parts if (path := part.strip())]
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
    parent, parts = "", _ABOVE.split(path, maxsplit=DEEPEST - 1)
    for count in range(1, len(parts) + 1):
        key = guid("named", *parts[:count])
        codes.setdefault(key, Code(key, parts[count - 1], parent))
        parent = key
    return parent
