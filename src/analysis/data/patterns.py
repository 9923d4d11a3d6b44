"""What the tagger looks for, theme by theme: checked and compiled when somebody asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from analysis.data.backtracking import too_slow
from analysis.data.phrases import patterns_of
from analysis.errors import DataError, Problem

_SAMPLES: Final = ("", "Two words.")
"""Texts in which a pattern must not find nothing at some place (`x*` would, and so would `\\b`)."""


@dataclass(frozen=True)
class Patterns:
    """Patterns of a theme.

    Few who load a codebook tag with it, and compiling its patterns takes longer than reading it.

    Attributes
    ----------
    texts
        As they are written; where there are none, they are made from `name` and `examples`.
    name, examples
        Of the theme.
    file, rows
        Where each stands.
    """

    texts: tuple[str, ...] = ()
    name: str = field(default="", compare=False)
    examples: tuple[str, ...] = field(default=(), compare=False)
    file: str = field(default="", compare=False)
    rows: tuple[int, ...] = field(default=(), compare=False)

    def __iter__(self) -> Iterator[re.Pattern[str]]:
        """Give them compiled.

        Raises
        ------
        DataError
            If one is none, or could take far too long: every problem, each with its line.
        """
        if self.problems:
            raise DataError(set(self.problems))
        return iter(self._compiled)

    def __len__(self) -> int:
        return len(self.texts or self._made)

    @cached_property
    def problems(self) -> list[Problem]:
        """What is wrong with any of them."""
        rows = self.rows or (0,) * len(self.texts)
        pairs = zip(self.texts, rows, strict=True)
        said = ((text, row, _wrong(text)) for text, row in pairs if text)
        return [Problem(self.file, row, "patterns", text, why) for text, row, why in said if why]

    @cached_property
    def _made(self) -> Sequence[str]:
        return patterns_of(self.name, [text for text in self.examples if text])

    @cached_property
    def _compiled(self) -> list[re.Pattern[str]]:
        return [re.compile(text, re.IGNORECASE) for text in self.texts or self._made]


def _wrong(text: str) -> str:
    """Say what is wrong with a pattern; nothing for one that is in order."""
    try:
        pattern = re.compile(text, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        return f"is no regular expression ({error})"
    if why := too_slow(text):
        return f"could take far too long: {why}; say it more plainly"
    if any(not hit.group() for sample in _SAMPLES for hit in pattern.finditer(sample)):
        return "matches the empty string and so everything; narrow it"
    return ""
