"""The authorities of England, read without the packages that check tables.

So a command that only looks a name up, or a run in which nothing changed, is over at once. What is
refused here is refused by `analysis.data.held.load_authorities` too, in the same words.
"""

from __future__ import annotations

import re
from typing import Final

from analysis.data.rows import Rows, read_rows
from analysis.errors import DataError, Problem
from analysis.ids import SLUG_SAID, is_slug
from analysis.project import Project

AUTHORITY_COLUMNS: Final = (
    "authority", "name", "urn", "la_code", "ons_code", "type", "region_code", "region_name",
    "statistical_neighbours",
)  # fmt: skip


def read_authorities(project: Project) -> Rows:
    """Read `data/raw/authorities.csv`.

    Raises
    ------
    DataError
        If it is missing or no such table; every problem with its row.
    """
    path = project.raw("authorities.csv")
    file = project.relative(path)
    rows = read_rows(path, file, AUTHORITY_COLUMNS, closed=True, key="authority")
    if problems := [
        Problem(file, line, "authority", slug, "not in the expected form", SLUG_SAID)
        for line, slug in zip(rows.lines, rows.column("authority"), strict=True)
        if not is_slug(slug)
    ]:
        raise DataError(problems)
    return rows


def spoken(name: str) -> str:
    """Return the name of an authority as a sentence bears it: the register turns some round.

    Examples
    --------
    >>> spoken("Bristol, City of"), spoken("Bournemouth, Christchurch and Poole")
    ('Bristol', 'Bournemouth, Christchurch and Poole')
    """
    return re.sub(r", (?:City|County|Borough) of$", "", name)
