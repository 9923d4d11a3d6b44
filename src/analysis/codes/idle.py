"""What of the codebook does no work: patterns that match nothing, themes that nobody uses.

A pattern that matches nothing is a slip of the pen or a word that inspectors do not use; a theme
that no coder ever gave may not be needed, or not be understood. Nothing here is wrong by itself, so
all of it is a warning.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

import pandas as pd

from analysis.codes.tagger.literals import may_match
from analysis.codes.tagger.text import STRAIGHT
from analysis.data.codebook import Codebook, Theme
from analysis.english import plural
from analysis.errors import Problem

SEPARATOR: Final = "   "
"""Between patterns in a message; a pattern may hold any sign."""


def idle(
    codebook: Codebook, findings: pd.DataFrame, used: Collection[str], file: str
) -> list[Problem]:
    """Warn of patterns, themes and examples of the codebook that do no work.

    Parameters
    ----------
    codebook
        The themes.
    findings
        `summary` and `words` (blank where they are not held) of every finding there is.
    used
        Themes that some coder gave.
    file
        Name of the codebook in messages.

    Returns
    -------
    list of Problem
        At most one for each theme and kind of warning, in the order of the codebook.

    Examples
    --------
    >>> import re
    >>> audit = Theme("audit", "g", "Audit", "Audits.", (), (), ("everywhere",),
    ...               (re.compile("audit"), re.compile("adit")), ("Dip samples are rare",))
    >>> findings = pd.DataFrame({"summary": ["An audit was held."], "words": [""]})
    >>> for warning in idle(Codebook("1", (), (audit,)), findings, ["audit"], "codebook.yml"):
    ...     print(warning)
    codebook.yml: audit: 1 of its 2 patterns matches nothing: adit
    codebook.yml: audit: none of its patterns matches its example: Dip samples are rare
    """
    texts = [
        text.translate(STRAIGHT) for text in (*findings["summary"], *findings["words"]) if text
    ]
    lower = [text.lower() for text in texts]
    whole = "\n".join(lower)
    warnings: list[Problem] = []
    for theme in codebook.themes:
        warnings += _patterns(theme, texts, lower, whole, file)
        warnings += _examples(theme, file)
        if theme.id not in used:
            message = f"{theme.id}: no coder has ever given this theme"
            warnings.append(Problem(file, 0, "", "", message))
    return warnings


def _patterns(
    theme: Theme, texts: Sequence[str], lower: Sequence[str], whole: str, file: str
) -> Iterable[Problem]:
    if not theme.patterns:
        message = f"{theme.id}: it has neither patterns nor examples for the tagger; add examples"
        yield Problem(file, 0, "", "", message)
    unmet = [
        pattern.pattern
        for pattern in theme.patterns
        if not may_match(pattern, whole)
        or not any(
            pattern.search(text)
            for text, low in zip(texts, lower, strict=True)
            if may_match(pattern, low)
        )
    ]
    if texts and unmet:
        verb = "matches" if len(unmet) == 1 else "match"
        count = f"{len(unmet)} of its {plural(len(theme.patterns), 'pattern')} {verb} nothing"
        yield Problem(file, 0, "", "", f"{theme.id}: {count}: {SEPARATOR.join(unmet)}")


def _examples(theme: Theme, file: str) -> Iterable[Problem]:
    for example in theme.examples:
        plain = example.translate(STRAIGHT)
        if theme.patterns and not any(pattern.search(plain) for pattern in theme.patterns):
            message = f"{theme.id}: none of its patterns matches its example: {example}"
            yield Problem(file, 0, "", "", message)
