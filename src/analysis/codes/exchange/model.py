"""A coded project, whichever program it is of: texts, codes, who gave them where, and cases.

Positions count characters as Python does, from nought, the end excluded; lines end with LF.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid5

SEPARATOR: Final = " > "
"""Between a code and those above it."""
MAX_CODES: Final = 10_000
"""Most codes of a project that is read."""
DEEPEST: Final = 50
"""Most codes one below another."""
LONGEST: Final = 500
"""Most letters of a code's name."""
_SPACE: Final = UUID("0f5a8c56-6a55-5f3e-9c3a-5b1f3f0c7f61")


def guid(*parts: str) -> str:
    """Return the id of a thing, the same at each export.

    Examples
    --------
    >>> guid("theme", "plans") == guid("theme", "plans") != guid("theme", "audit")
    True
    """
    return str(uuid5(_SPACE, "/".join(parts)))


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a codebook; `parent` is the id of the one above it, blank at the top."""

    guid: str
    name: str
    parent: str = ""
    description: str = ""
    colour: str = ""
    codable: bool = True


@dataclass(frozen=True, slots=True)
class Coding:
    """A code that a coder gave; both by their ids, the coder's blank where nobody is named."""

    guid: str
    code: str
    coder: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of a text, its codes, and what was noted of it."""

    guid: str
    start: int
    end: int
    codings: tuple[Coding, ...] = ()
    name: str = ""
    memo: str = ""
    coder: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A text with what was selected in it."""

    guid: str
    name: str
    text: str
    selections: tuple[Selection, ...] = ()
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What sources, or stretches of them, are about, with values of variables."""

    guid: str
    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    memo: str = ""
    selections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Coded:
    """A project.

    Attributes
    ----------
    name
        Of the project.
    coders
        Id to name.
    codes
        Each after the one above it.
    sources, cases
        In order.
    memo
        What is said of the whole.
    left_out
        What the file holds and this cannot, each with the reason.
    """

    name: str
    coders: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[Code, ...] = ()
    sources: tuple[Source, ...] = ()
    cases: tuple[Case, ...] = ()
    memo: str = ""
    left_out: tuple[str, ...] = ()

    def paths(self) -> dict[str, str]:
        """Return each code's id with its name and those above it.

        Examples
        --------
        >>> codes = (Code("1", "Plans"), Code("2", "weakness", "1"))
        >>> Coded("p", codes=codes).paths()
        {'1': 'Plans', '2': 'Plans > weakness'}
        """
        found: dict[str, str] = {}
        for code in self.codes:
            above = found.get(code.parent, "")
            found[code.guid] = f"{above}{SEPARATOR}{code.name}" if above else code.name
        return found

    def counts(self) -> dict[str, int]:
        """Count how often each code was given, by its id."""
        counts = dict.fromkeys((code.guid for code in self.codes), 0)
        for source in self.sources:
            for selection in source.selections:
                for coding in selection.codings:
                    counts[coding.code] = counts.get(coding.code, 0) + 1
        return counts
