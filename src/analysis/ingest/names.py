"""Which authority a document is about, however its publisher spells it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

OTHER_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "bournemouth-christchurch-poole": ("bcp", "bournemouth christchurch and poole"),
    "cumberland": ("cumberland",),
    "durham": ("durham",),
    "east-riding-of-yorkshire": ("east riding",),
    "isles-of-scilly": ("isles of scilly", "scilly"),
    "kingston-upon-hull": ("hull",),
    "london-corporation": ("city of london", "corporation of london", "london corporation"),
    "newcastle-upon-tyne": ("newcastle",),
    "southend-on-sea": ("southend",),
    "stoke-on-trent": ("stoke",),
    "telford-wrekin": ("telford and wrekin", "telford wrekin"),
    "westmorland-and-furness": ("westmorland and furness",),
    "windsor-maidenhead": ("windsor and maidenhead",),
}
"""Names that publishers use beside the one in `authorities.csv`."""

FORMER: Final[Mapping[str, str]] = {
    "bournemouth": "bournemouth-christchurch-poole",
    "poole": "bournemouth-christchurch-poole",
}
"""Councils that are no more, where one authority took over all of their children's services."""

_WORDS: Final = re.compile(r"[^a-z0-9]+")
_SHORTEST: Final = 3


class Match(NamedTuple):
    """An authority found.

    Attributes
    ----------
    authority
        Slug.
    former
        Name of the former council that the document is about, or ``.
    """

    authority: str
    former: str = ""


class Gazetteer:
    """Names of all authorities, ready to be looked for.

    Parameters
    ----------
    authorities
        Pairs of slug and name.

    Examples
    --------
    >>> towns = Gazetteer([("york", "York"), ("north-yorkshire", "North Yorkshire"),
    ...                    ("st-helens", "St. Helens")])
    >>> towns.find("Inspection of St Helens children's services")
    Match(authority='st-helens', former='')
    >>> towns.find("North Yorkshire County Council").authority
    'north-yorkshire'
    >>> towns.find("a council") is None
    True
    """

    def __init__(self, authorities: Iterable[tuple[str, str]]) -> None:
        pairs = list(authorities)
        counts: dict[str, int] = {}
        for _, name in pairs:
            counts[normal(name)] = counts.get(normal(name), 0) + 1
        self._names: dict[str, Match] = {}
        for slug, name in pairs:
            spellings = {normal(slug.replace("-", " ")), *OTHER_NAMES.get(slug, ())}
            if counts[normal(name)] == 1:
                spellings |= {normal(name), normal(name.partition(",")[0])}
            for spelling in spellings:
                self._names[spelling] = Match(slug)
        slugs = {slug for slug, _ in pairs}
        for spelling, slug in FORMER.items():
            if slug in slugs:
                self._names[spelling] = Match(slug, spelling.title())
        ordered = sorted(self._names, key=len, reverse=True)
        ordered = [name for name in ordered if len(name) >= _SHORTEST]
        self._pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, ordered)) + r")\b")

    def find(self, text: str) -> Match | None:
        """Return the first authority named in a text, the longest name where several begin."""
        found = self._pattern.search(normal(text))
        return self._names[found[0]] if found else None

    def commonest(self, text: str) -> tuple[Match | None, int]:
        """Return the authority named most often in a text, with how often."""
        counts: dict[str, int] = {}
        for found in self._pattern.finditer(normal(text)):
            slug = self._names[found[0]].authority
            counts[slug] = counts.get(slug, 0) + 1
        if not counts:
            return None, 0
        slug = max(sorted(counts), key=lambda name: counts[name])
        return Match(slug), counts[slug]

    def count(self, text: str, authority: str) -> int:
        """Count how often a text names an authority."""
        found = self._pattern.finditer(normal(text))
        return sum(self._names[match[0]].authority == authority for match in found)


def normal(text: str) -> str:
    """Spell a name one way: small letters, `and` for `&`, no signs.

    Examples
    --------
    >>> normal("Kingston-upon-Hull, City of")
    'kingston upon hull city of'
    """
    return _WORDS.sub(" ", text.lower().replace("&", " and ").replace("’", "'")).strip()
