"""Which level stands where codes and readers of whole documents differ: the middle one of three.

A reader of whole documents saw no code; a second one was asked where that reader and the codes
differed, and at some cells where they did not, without being told which. Where somebody who held
the page against the documents settled a level with a reason, that one stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

from analysis.vocabulary import LEVELS, RESOLVED


class Called(NamedTuple):
    """What readers of whole documents called a theme.

    Attributes
    ----------
    levels
        That of the first such reader, and of the second where one was asked.
    findings
        Ids of those that were named where it was settled, then those that the first named, each
        weightiest first.
    resolved
        What was settled with a reason; blank where nothing was.
    """

    levels: tuple[str, ...]
    findings: tuple[str, ...]
    resolved: str = ""


NOBODY: Final = Called((), ())
"""Where nobody read the whole document, or called the theme there."""
READERS: Final = 2
"""Readers of whole documents whose levels, beside that of the codes, leave one in the middle."""


def settled(level: str, called: Sequence[str], resolved: str = "") -> str:
    """Return the level that stands: what was resolved, that of the codes, or the middle of three.

    Parameters
    ----------
    level
        That of the codes; blank where they judge nothing.
    called
        What readers of the whole document called it; fewer than two settle nothing.
    resolved
        What was settled with a reason. It judges nothing that no code judges.

    Examples
    --------
    >>> settled("weakness", ["mixed", "mixed"]), settled("weakness", ["strength", "mixed"])
    ('mixed', 'mixed')
    >>> settled("weakness", ["mixed", "weakness"]), settled("weakness", ["mixed"])
    ('weakness', 'weakness')
    >>> settled("weakness", ["weakness"], "mixed"), settled("", [], "mixed")
    ('mixed', '')
    """
    if level and resolved:
        return resolved
    if not level or len(called) < READERS:
        return level
    return sorted([level, *called[:READERS]], key=LEVELS.__getitem__)[1]


def document_levels(
    levels: pd.DataFrame, documents: pd.DataFrame
) -> dict[tuple[str, str, str], Called]:
    """Return what readers of whole documents called each visit, theme and cohort.

    Parameters
    ----------
    levels, documents
        Of `AuthorityData`. Only primary documents count; where those of a visit differ, it is
        mixed.
    """
    primary = documents[documents["source"] == "primary"]
    visits = dict(zip(primary["document"], primary["visit"], strict=True))
    found: dict[tuple[str, str, str], dict[str, Called]] = {}
    names = ("document", "theme", "cohort", "coder", "level", "paragraphs")
    columns = (levels[name].tolist() for name in names)
    for document, theme, cohort, coder, level, paragraphs in zip(*columns, strict=True):
        if document not in visits:
            continue
        own = found.setdefault((visits[document], theme, cohort), {})
        behind = tuple(f"{document}/{number}" for number in paragraphs.split())
        before = own.get(coder, Called((level,), ()))
        same = before.levels == (level,)
        own[coder] = Called((level if same else "mixed",), (*before.findings, *behind))
    return {cell: _called(by_coder) for cell, by_coder in found.items()}


def _called(by_coder: dict[str, Called]) -> Called:
    """Bring together what each coder called one visit, theme and cohort."""
    resolved = by_coder.pop(RESOLVED, NOBODY)
    first = by_coder[min(by_coder)] if by_coder else NOBODY
    return Called(
        tuple(level for coder in sorted(by_coder) for level in by_coder[coder].levels),
        tuple(dict.fromkeys(resolved.findings + first.findings)),
        *resolved.levels,
    )
