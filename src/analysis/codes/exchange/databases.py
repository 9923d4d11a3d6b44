"""Projects of QualCoder and Taguette, which are databases: read, never written to.

Both are SQLite. Tables and columns are those that the programs' public documentation names; one
that lacks any of them is refused. Only plain selections of these tables are run on a copy in
memory, so that neither triggers nor views of a file do anything.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from lxml import html

from analysis.codes.exchange.model import (
    Case,
    Code,
    Coded,
    Coding,
    Selection,
    Source,
    guid,
)
from analysis.codes.exchange.positions import with_line_feeds
from analysis.codes.exchange.tags import from_tags
from analysis.english import plural
from analysis.errors import DataError, Problem

MAGIC: Final = b"SQLite format 3\0"
QUALCODER: Final = "data.qda"
"""The database in the folder that is a QualCoder project."""
MAX_BYTES: Final = 200_000_000
_MAX_ROWS: Final = 1_000_000
_TEXT: Final = 20_000_000
_NEEDED: Final = {
    "QualCoder": {
        "code_name": ("cid", "name", "memo", "catid", "color"),
        "code_cat": ("catid", "name", "memo", "supercatid"),
        "code_text": ("cid", "fid", "pos0", "pos1", "owner", "memo"),
        "source": ("id", "name", "fulltext", "memo"),
    },
    "Taguette": {
        "projects": ("id", "name", "description"),
        "documents": ("id", "name", "description", "project_id", "contents"),
        "tags": ("id", "path", "description", "project_id"),
        "highlights": ("id", "document_id", "start_offset", "end_offset", "snippet"),
        "highlight_tags": ("highlight_id", "tag_id"),
    },
}
"""Columns without which a table cannot be read."""
Rows = list[dict[str, str]]


def read_database(path: Path) -> Coded:
    """Read a QualCoder project (its folder, or `data.qda` in it) or a Taguette project.

    Raises
    ------
    DataError
        If it is neither, damaged or too large.
    """
    file = path / QUALCODER if path.is_dir() else path
    try:
        size = file.stat().st_size
        raw = file.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise _refused(path, f"it cannot be read ({error.strerror})") from error
    if size > MAX_BYTES:
        raise _refused(path, f"it has {size:,} bytes; at most {MAX_BYTES:,} are read")
    try:
        with closing(sqlite3.connect(":memory:")) as memory:
            memory.deserialize(raw)
            memory.execute("PRAGMA trusted_schema = OFF")
            memory.execute("PRAGMA query_only = ON")
            return _Database(memory, path).coded()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise _refused(path, f"it cannot be read as a database ({error}); save it anew") from error


def _refused(path: Path, why: str) -> DataError:
    return DataError([Problem(path.name, 0, "", "", why)])


class _Database:
    def __init__(self, memory: sqlite3.Connection, path: Path) -> None:
        self.memory, self.path = memory, path
        self.left_out: list[str] = []

    def coded(self) -> Coded:
        for program, tables in _NEEDED.items():
            if all(set(columns) <= self._columns(table) for table, columns in tables.items()):
                return self._qualcoder() if program == "QualCoder" else self._taguette()
        raise _refused(
            self.path, "it is neither a QualCoder project nor a Taguette project; export it as "
            "REFI-QDA or as a table of coded segments"
        )  # fmt: skip

    def _columns(self, table: str) -> set[str]:
        """Columns of a table; none of what is a view or a virtual table."""
        kind = self.memory.execute(
            "SELECT type FROM sqlite_master WHERE name = ? AND sql NOT LIKE 'CREATE VIRTUAL%'",
            (table,),
        ).fetchone()
        if kind != ("table",):
            return set()
        return {row[1] for row in self.memory.execute(f"PRAGMA table_info({table})")}

    def _rows(self, program: str, table: str, also: Sequence[str] = ()) -> Rows:
        """Rows of a table as text; `also` are columns that it may have."""
        has = self._columns(table)
        columns = [*_NEEDED[program].get(table, ()), *(name for name in also if name in has)]
        chosen = ", ".join(f'"{name}"' for name in columns)
        found = self.memory.execute(
            f"SELECT {chosen} FROM {table} ORDER BY rowid LIMIT {_MAX_ROWS}"  # noqa: S608 - ours
        )
        return [
            {
                name: "" if value is None else str(value)
                for name, value in zip(columns, row, strict=True)
            }
            for row in found
        ]

    def _qualcoder(self) -> Coded:
        made: dict[str, Code] = {}
        cats = {row["catid"]: row for row in self._rows("QualCoder", "code_cat")}
        for key in _from_the_top(cats, "supercatid"):
            row = cats[key]
            above = guid("cat", row["supercatid"]) if row["supercatid"] in cats else ""
            made[f"cat{key}"] = Code(guid("cat", key), row["name"], above, row["memo"], "", False)
        for row in self._rows("QualCoder", "code_name"):
            above = guid("cat", row["catid"]) if row["catid"] in cats else ""
            colour = row["color"] if re.fullmatch(r"#[0-9A-Fa-f]{6}", row["color"]) else ""
            made[row["cid"]] = Code(
                guid("cid", row["cid"]), row["name"], above, row["memo"], colour
            )
        coders: dict[str, str] = {}
        given: dict[str, list[Selection]] = {}
        for at, row in enumerate(self._rows("QualCoder", "code_text")):
            who = guid("coder", row["owner"]) if row["owner"] else ""
            if who:
                coders[who] = row["owner"]
            key = guid("code_text", str(at))
            if not (row["pos0"].isdecimal() and row["pos1"].isdecimal()) or row["cid"] not in made:
                self.left_out.append(f"code_text {at + 1}: its position or its code is none")
                continue
            coding = Coding(guid("coding", key), made[row["cid"]].guid, who)
            given.setdefault(row["fid"], []).append(
                Selection(key, int(row["pos0"]), int(row["pos1"]), (coding,), "", row["memo"], who)
            )
        sources = []
        for row in self._rows("QualCoder", "source"):
            own = given.pop(row["id"], [])
            text = row["fulltext"][:_TEXT].removeprefix("\ufeff")
            kept = [one for one in own if 0 <= one.start < one.end <= len(text)]
            if lost := len(own) - len(kept):
                told = plural(lost, "code lies", "codes lie")
                self.left_out.append(f"source {row['name']!r}: {told} outside its text")
            sources.append(with_line_feeds(
                Source(guid("source", row["id"]), row["name"], text, tuple(kept), row["memo"])
            ))  # fmt: skip
        if given:
            told = plural(sum(map(len, given.values())), "code is", "codes are")
            self.left_out.append(f"{told} of a source that is not there")
        return Coded(self.path.stem, coders, tuple(made.values()), tuple(sources),
                     tuple(self._cases()), left_out=tuple(self.left_out))  # fmt: skip

    def _cases(self) -> Iterator[Case]:
        if {"caseid", "name"} <= self._columns("cases"):
            for row in self._rows("QualCoder", "cases", ("caseid", "name", "memo")):
                yield Case(guid("case", row["caseid"]), row["name"], memo=row.get("memo", ""))

    def _taguette(self) -> Coded:
        projects = self._rows("Taguette", "projects")
        if len(projects) != 1:
            held = plural(len(projects), "project")
            message = f"it holds {held}; export one from Taguette as an SQLite3 database"
            raise _refused(self.path, message)
        tags = {row["id"]: row for row in self._rows("Taguette", "tags")}
        codes = from_tags({row["path"]: row["description"] for row in tags.values()})
        given: dict[str, list[str]] = {}
        for row in self._rows("Taguette", "highlight_tags"):
            given.setdefault(row["highlight_id"], []).append(row["tag_id"])
        parts: dict[str, list[tuple[str, Selection]]] = {}
        ends: dict[str, int] = {}
        for row in self._rows("Taguette", "highlights"):
            text, of = _plain(row["snippet"]), row["document_id"]
            start = ends.get(of, 0)
            ends[of] = start + len(text) + 2
            key = guid("highlight", row["id"])
            codings = tuple(
                Coding(guid("coding", key, tag), codes[tags[tag]["path"]].guid)
                for tag in given.get(row["id"], []) if tag in tags
            )  # fmt: skip
            if text:
                one = Selection(key, start, start + len(text), codings)
                parts.setdefault(of, []).append((text, one))
        sources = []
        for row in self._rows("Taguette", "documents"):
            own = parts.get(row["id"], [])
            text = "\n\n".join(text for text, _ in own)
            sources.append(Source(guid("document", row["id"]), row["name"], text,
                                  tuple(one for _, one in own), row["description"]))  # fmt: skip
        return Coded(projects[0]["name"] or self.path.stem, {}, tuple(codes.values()),
                     tuple(sources), memo=projects[0]["description"])  # fmt: skip


def _from_the_top(rows: dict[str, dict[str, str]], above: str) -> list[str]:
    """Return keys, each after the one above it; one of those that go in a circle is at the top."""
    done: dict[str, None] = {}
    for key in rows:
        way, at = [], key
        while at in rows and at not in done and at not in way:
            way.append(at)
            at = rows[at][above]
        done |= dict.fromkeys(reversed(way))
    return list(done)


def _plain(snippet: str) -> str:
    """Return the words of a highlighted piece of a page."""
    if not snippet.strip():
        return ""
    parser = html.HTMLParser(no_network=True, remove_comments=True)
    try:
        tree = html.document_fromstring(f"<div>{snippet}</div>", parser=parser)
    except (ValueError, html.etree.ParserError):
        return ""
    return " ".join("".join(map(str, tree.itertext())).split())
