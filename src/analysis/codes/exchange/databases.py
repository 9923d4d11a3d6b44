"""Projects of QualCoder and Taguette, which are databases: read, never written to.

Both are SQLite. Tables and columns are those that the programs' public documentation names; one
that lacks any of them is refused.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

from lxml import html

from analysis.codes.exchange import qualcoder
from analysis.codes.exchange.model import Coded, Coding, Selection, Source, guid
from analysis.codes.exchange.sqlite import Tables, opened
from analysis.codes.exchange.tags import from_tags
from analysis.english import plural
from analysis.errors import DataError, Problem

MAGIC: Final = b"SQLite format 3\0"
QUALCODER: Final = "data.qda"
"""The database in the folder that is a QualCoder project."""
MAX_BYTES: Final = 200_000_000
_TAGUETTE: Final = {
    "projects": ("id", "name", "description"),
    "documents": ("id", "name", "description", "project_id", "contents"),
    "tags": ("id", "path", "description", "project_id"),
    "highlights": ("id", "document_id", "start_offset", "end_offset", "snippet"),
    "highlight_tags": ("highlight_id", "tag_id"),
}
"""Tables and columns without which a Taguette project cannot be read."""


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
        with opened(raw) as tables:
            if tables.hold(qualcoder.NEEDED):
                return qualcoder.qualcoder(tables, path.stem)
            if tables.hold(_TAGUETTE):
                return _taguette(tables, path)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise _refused(path, f"it cannot be read as a database ({error}); save it anew") from error
    raise _refused(
        path, "it is neither a QualCoder project nor a Taguette project; export it as REFI-QDA or "
        "as a table of coded segments"
    )  # fmt: skip


def _refused(path: Path, why: str) -> DataError:
    return DataError([Problem(path.name, 0, "", "", why)])


def _taguette(tables: Tables, path: Path) -> Coded:
    projects = tables.rows("projects", _TAGUETTE["projects"])
    if len(projects) != 1:
        held = plural(len(projects), "project")
        raise _refused(path, f"it holds {held}; export one from Taguette as an SQLite3 database")
    tags = {row["id"]: row for row in tables.rows("tags", _TAGUETTE["tags"])}
    codes = from_tags({row["path"]: row["description"] for row in tags.values()})
    given: dict[str, list[str]] = {}
    for row in tables.rows("highlight_tags", _TAGUETTE["highlight_tags"]):
        given.setdefault(row["highlight_id"], []).append(row["tag_id"])
    parts: dict[str, list[tuple[str, Selection]]] = {}
    ends: dict[str, int] = {}
    wordless = 0
    for row in tables.rows("highlights", _TAGUETTE["highlights"]):
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
        wordless += not text
    sources = []
    for row in tables.rows("documents", _TAGUETTE["documents"]):
        own = parts.pop(row["id"], [])
        text = "\n\n".join(text for text, _ in own)
        sources.append(Source(guid("document", row["id"]), row["name"], text,
                              tuple(one for _, one in own), row["description"]))  # fmt: skip
    left_out = {
        "without words": wordless,
        "of a document that is not there": sum(map(len, parts.values())),
    }
    return Coded(
        projects[0]["name"] or path.stem, {}, tuple(codes.values()), tuple(sources),
        memo=projects[0]["description"],
        left_out=tuple(f"{plural(n, 'highlight')} {why}" for why, n in left_out.items() if n),
    )  # fmt: skip


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
