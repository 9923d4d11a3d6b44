"""Letting what points at a document follow when its id changes.

An id holds the date of publication, so it changes when that is corrected. The bytes of the document
do not: by their checksum the old id leads to the new one, and every id that begins with it follows,
that of a finding or a paragraph too. So no code is orphaned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from analysis.data.rows import read_rows
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
