"""Letting what points at a document follow when its id changes.

An id holds the date of publication, so it changes when that is corrected. The bytes of the document
do not: by their checksum the old id leads to the new one, and every id that begins with it follows,
that of a finding or a paragraph too. So no code is orphaned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from analysis.data.rows import read_rows
from analysis.files import write_all
from analysis.project import Project
from analysis.tables import to_text


def new_ids(before: Iterable[tuple[str, str]], now: Mapping[str, str]) -> dict[str, str]:
    """Old id to new one of each document that bears another now.

    Parameters
    ----------
    before
        Ids, each with the checksums of its files, separated by `;`.
    now
        Checksum to the id that the document with these bytes bears now.

    Examples
    --------
    >>> new_ids([("kent-inspection-2019", "aa;bb"), ("kent-inspection-2021", "cc")],
    ...         {"bb": "kent-inspection-2020", "cc": "kent-inspection-2021"})
    {'kent-inspection-2019': 'kent-inspection-2020'}
    """
    found = {}
    for old, checksums in before:
        for checksum in checksums.split(";"):
            if (new := now.get(checksum, old)) != old:
                found[old] = new
    return found


def followed(name: str, new: Mapping[str, str]) -> str:
    """Return the id of a document, a finding or a paragraph as it is now.

    Examples
    --------
    >>> followed("kent-inspection-2019/7", {"kent-inspection-2019": "kent-inspection-2020"})
    'kent-inspection-2020/7'
    """
    document, slash, rest = name.partition("/")
    return new.get(document, document) + slash + rest


def followed_file(path: Path, file: str, new: Mapping[str, str]) -> tuple[str, int]:
    """Let the ids in a table follow: its text, and how many rows changed.

    Every cell that is such an id follows, in whichever column it stands; `file` is the name for
    messages.
    """
    rows = read_rows(path, file)
    table = [{column: followed(cell, new) for column, cell in row.items()} for row in rows]
    changed = sum(one != two for one, two in zip(table, rows, strict=True))
    return to_text(rows.columns, table), changed


def follow(project: Project, authority: str, new: Mapping[str, str]) -> dict[str, int]:
    """Let what people wrote about an authority's findings follow, and the words held of them.

    A document of which people wrote the rows keeps the id that they gave it. All files are written
    or none.

    Returns
    -------
    dict
        File (relative to the project) to the rows that changed.
    """
    folder = project.raw(authority)
    if (written := folder / "documents.csv").is_file():
        own = read_rows(written, project.relative(written), ["document"]).column("document")
        new = {old: name for old, name in new.items() if old not in own}
    paths = [
        *sorted(folder.glob("codes/*.csv")),
        *sorted(folder.glob("checks/*.csv")),
        folder / "need_links.csv",
        project.local(authority, "texts.csv"),
    ]
    contents: dict[Path, str | bytes] = {}
    counts: dict[str, int] = {}
    for path in (path for path in paths if new and path.is_file()):
        text, count = followed_file(path, project.relative(path), new)
        if count:
            contents[path], counts[project.relative(path)] = text, count
    write_all(contents)
    return counts
