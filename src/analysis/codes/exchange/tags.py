"""Codes as Taguette has them: tags, whose names hold those above them, with dots between."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from analysis.codes.exchange.model import SEPARATOR, Code, Coded, guid
from analysis.tables import for_people, to_text

COLUMNS: Final = ("path", "description")
LONGEST: Final = 200
"""Most letters of a tag that Taguette takes."""
_DOT: Final = "."


def to_tags(coded: Coded) -> bytes:
    """Return the codes that can be given as a codebook that Taguette takes in: CSV for people.

    Dots of names are left out, since they would be read as one code below another.

    Examples
    --------
    >>> codes = (Code("1", "Plans etc."), Code("2", "weak", "1", "Poor or late."))
    >>> to_tags(Coded("p", codes=codes)).decode().splitlines()[1:]
    ['Plans etc,', 'Plans etc.weak,Poor or late.']
    """
    paths, rows = coded.paths(), {}
    for code in coded.codes:
        parts = [part.replace(_DOT, "") for part in paths[code.guid].split(SEPARATOR)]
        while len(_DOT.join(parts)) > LONGEST and parts[1:]:
            del parts[0]
        path = _DOT.join(parts)[:LONGEST]
        if code.codable and path not in rows:
            rows[path] = {"path": path, "description": " ".join(code.description.split())}
    return for_people(to_text(COLUMNS, list(rows.values()))).encode()


def from_tags(told: Mapping[str, str]) -> dict[str, Code]:
    """Make codes of tags and their descriptions, each below the tag above it where that is one.

    Examples
    --------
    >>> made = from_tags({"plans.weak": "poor", "plans": "", "e.g. this": ""})
    >>> list(Coded("p", codes=tuple(made.values())).paths().values())
    ['e.g. this', 'plans', 'plans > weak']
    """
    made: dict[str, Code] = {}
    for path in sorted(told):
        above, _, name = path.rpartition(_DOT)
        parent = made[above].guid if above in made else ""
        made[path] = Code(guid("tag", path), name if parent else path, parent, told[path])
    return made
