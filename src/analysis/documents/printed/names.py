"""Which authority a document is about, however its publisher spells it.

A name counts only as a name: "reading" is a verb, even where a sentence begins with it, and Bury
St Edmunds lies in no authority called Bury. In an address, where people stand beside the bodies
that they serve, only a name that is said to be a council's counts (`organisation`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from analysis.data.authority_list import read_authorities
from analysis.data.rows import read_rows
from analysis.errors import FindingsError
from analysis.project import Project
from analysis.vocabulary import NAMES

OWN: Final = "name"
"""What a name of `authorities.csv` is; those of `authority_names.csv` are of `NAMES`."""
_SIGNS: Final = re.compile(r"[^A-Za-z0-9]+")
_SMALL: Final = frozenset(["and", "for", "in", "of", "on", "the", "under", "upon", "with"])
_SHORTEST: Final = 3
_COUNCIL_AFTER: Final = re.compile(
    r"\s(?:s\s)?(?:(?:metropolitan|district|borough|city|county|unitary)\s){0,3}"
    r"(?:council|local\sauthority|borough|mbc)\b",
    re.IGNORECASE,
)
_COUNCIL_BEFORE: Final = re.compile(
    r"\b(?:council|city|county|borough|district)\s(?:of\s)?(?:the\s)?$", re.IGNORECASE
)


_WORD_AFTER: Final = re.compile(
    r"\s(?:s\s)?(?:council|borough|local|children|safeguarding|area|inspection|services)\b",
    re.IGNORECASE,
)
_WORD_BEFORE: Final = re.compile(
    r"\b(?:in|of|to|for|at|from|across|within|by|with|tells?)\s$", re.IGNORECASE
)
"""What stands around a name that is a word as well, such as Reading, where it is the name."""


class Name(NamedTuple):
    """A name by which an authority is known.

    Attributes
    ----------
    authority
        Slug; `` for the name of another place.
    name
        As its bearer writes it.
    what
        `OWN`, or one of `vocabulary.NAMES`.
    """

    authority: str
    name: str
    what: str = OWN


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
    names
        Names; plain pairs of slug and name are taken for the authorities' own.

    Examples
    --------
    >>> towns = Gazetteer([("york", "York"), ("north-yorkshire", "North Yorkshire"),
    ...                    ("st-helens", "St. Helens"), ("reading", "Reading"),
    ...                    Name("", "New York", "other")])
    >>> towns.find("Inspection of St Helens children's services")
    Match(authority='st-helens', former='')
    >>> towns.find("North Yorkshire County Council").authority
    'north-yorkshire'
    >>> towns.find("a council"), towns.find("the teaching of reading"), towns.find("New York")
    (None, None, None)
    >>> towns.find("A York, City of Reading", organisation=True).authority
    'reading'
    """

    def __init__(self, names: Iterable[Name | tuple[str, str]]) -> None:
        held = [Name(*name) for name in names]
        self.authorities = frozenset(name.authority for name in held if name.what == OWN)
        shared = [normal(name.name) for name in held if name.what == OWN]
        self._names: dict[str, Match | None] = {}
        self._words = frozenset(normal(name.name) for name in held if name.what == "word")
        for name in held:
            for spelling in _spellings(name, shared=shared.count(normal(name.name)) > 1):
                former = name.name if name.what == "former" else ""
                known = name.authority in self.authorities
                self._names[spelling] = Match(name.authority, former) if known else None
        ordered = sorted(self._names, key=len, reverse=True)
        self._pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, ordered)) + r")\b")

    def find(self, text: str, *, organisation: bool = False) -> Match | None:
        """Return the first authority named in a text, the longest name where several begin.

        Parameters
        ----------
        text
            In the letters in which it is printed.
        organisation
            Whether only names of councils count, and not people of the same name.
        """
        cased = spelled(text)
        for match, start, end in self._found(cased):
            if not organisation or _is_council(cased, start, end):
                return match
        return None

    def counts(self, text: str) -> dict[str, int]:
        """Count how often a text names each authority, the most frequent first."""
        counts: dict[str, int] = {}
        for match, _, _ in self._found(spelled(text)):
            counts[match.authority] = counts.get(match.authority, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def _found(self, cased: str) -> Iterator[tuple[Match, int, int]]:
        for found in self._pattern.finditer(cased.lower()):
            match = self._names[found[0]]
            start, end = found.span()
            is_word = found[0] in self._words and not _is_no_word(cased, start, end)
            if match and _is_name(cased[start:end]) and not is_word:
                yield match, start, end


def _spellings(name: Name, *, shared: bool) -> set[str]:
    """Spellings of a name; of one that two authorities share, those of its slug alone."""
    if name.what != OWN:
        return {normal(name.name)}
    spellings = {normal(name.authority.replace("-", " "))}
    if not shared:
        spellings |= {normal(name.name), normal(name.name.partition(",")[0])}
    return {spelling for spelling in spellings if len(spelling) >= _SHORTEST}


def _is_name(words: str) -> bool:
    """Whether each of these words that a name writes with a capital letter has one."""
    return all(word[0].isupper() or word.lower() in _SMALL for word in words.split())


def _is_no_word(cased: str, start: int, end: int) -> bool:
    """Whether a name that is a word as well is a name where it stands."""
    alone = (start, end) == (0, len(cased))
    return alone or bool(
        _is_council(cased, start, end)
        or _WORD_AFTER.match(cased, end)
        or _WORD_BEFORE.search(cased[:start])
    )


def _is_council(cased: str, start: int, end: int) -> bool:
    after, before = _COUNCIL_AFTER.match(cased, end), cased[:start]
    return bool(after or _COUNCIL_BEFORE.search(before))


def spelled(text: str) -> str:
    """Spell a text one way, in its own letters: `and` for `&`, no signs.

    Examples
    --------
    >>> spelled("Kingston-upon-Hull, City of")
    'Kingston upon Hull City of'
    """
    return _SIGNS.sub(" ", text.replace("&", " and ")).strip()


def normal(text: str) -> str:
    """Spell a name one way, in small letters.

    Examples
    --------
    >>> normal("Telford & Wrekin")
    'telford and wrekin'
    """
    return spelled(text).lower()


def load_names(project: Project) -> list[Name]:
    """Read the names of all authorities, without the libraries that only tables need.

    Those of `authorities.csv` are the authorities' own; `authority_names.csv` holds others.

    Raises
    ------
    FindingsError
        If a file cannot be read, or a name in it stands for an authority that there is not.
    """
    own = [Name(row["authority"], row["name"]) for row in read_authorities(project)]
    slugs = {name.authority for name in own}
    path = project.raw("authority_names.csv")
    if not path.is_file():
        return own
    rows = read_rows(path, project.relative(path), ("name", "authority", "what"), closed=True)
    others = [Name(row["authority"], row["name"], row["what"]) for row in rows]
    for name in others:
        if name.what not in NAMES or (name.what == "other") != (name.authority not in slugs):
            raise FindingsError(
                f"{project.relative(path)}: {name.name!r} is {name.what!r} of "
                f"{name.authority!r}; allowed is one of {', '.join(NAMES)} and a slug of "
                "authorities.csv, or other without a slug."
            )
    return own + others
