"""Words that a pattern cannot do without, so that most patterns need not be tried at all.

Trying 300 patterns on 45,000 paragraphs takes minutes; looking for a fixed word takes none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from re import _parser  # the standard library's own regex parser
from typing import Any, Final

_CAPITAL: Final = re.compile(r"\\.|[^\W\d_]")
SHORTEST: Final = 3
"""Shorter words stand in nearly every paragraph and spare nothing."""
_REPEATS: Final = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def may_match(pattern: re.Pattern[str], lower: str) -> bool:
    """Whether a pattern may match a text, given in small letters.

    Examples
    --------
    >>> words = re.compile("care plans?|pathway", re.IGNORECASE)
    >>> may_match(words, "a pathway plan"), may_match(words, "caseloads")
    (True, False)
    """
    for needed in needed_words(pattern.pattern):
        for word in needed:  # asked 50 times a paragraph; `any` takes twice as long
            if word in lower:
                break
        else:
            return False
    return True


@cache
def small_pattern(pattern: str) -> re.Pattern[str]:
    r"""Compile a pattern for texts in small letters, where it finds what it would find in any.

    It is kept by its words: a compiled pattern reads all of its code to be looked up.

    Examples
    --------
    >>> small_pattern(r"MASH\S").pattern
    'mash\\S'
    """
    return re.compile(
        _CAPITAL.sub(lambda m: m[0] if m[0].startswith("\\") else m[0].lower(), pattern)
    )


@cache
def needed_words(pattern: str) -> tuple[frozenset[str], ...]:
    """Sets of words, in small letters, of each of which every match holds at least one.

    The set that most texts lack comes first: that whose shortest word is longest.

    Examples
    --------
    >>> [sorted(words) for words in needed_words("(?:case|home) audit(?:s|ed)?")]
    [[' audit'], ['case', 'home']]
    >>> needed_words(".*")
    ()
    """
    found = dict.fromkeys(_needed(_parser.parse(pattern, re.IGNORECASE)))
    return tuple(sorted(found, key=_rarity, reverse=True))


def _rarity(words: frozenset[str]) -> tuple[int, int]:
    return min(map(len, words)), -len(words)


def _needed(items: Sequence[Any]) -> list[frozenset[str]]:
    """What every match of a sequence holds."""
    held: list[frozenset[str]] = []
    run = ""
    for operation, argument in [*items, (None, None)]:
        name = str(operation)
        if name == "LITERAL":
            run += chr(argument).lower()
            continue
        held += [frozenset({run})] if len(run) >= SHORTEST else []
        run = ""
        held += _inside(name, argument)
    return held


def _inside(name: str, argument: Any) -> list[frozenset[str]]:
    if name == "SUBPATTERN":
        return _needed(argument[-1])
    if name in _REPEATS:
        return _needed(argument[2]) if argument[0] > 0 else []
    if name == "BRANCH":
        parts = [_needed(branch) for branch in argument[1]]
        if all(parts):
            return [frozenset().union(*(max(part, key=_rarity) for part in parts))]
    return []
