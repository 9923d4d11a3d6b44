"""How things are put in words wherever words are written: counts, lists, levels, letters, length.

What the words themselves are stands in `analysis.vocabulary`.
"""

from __future__ import annotations

from typing import Final

from analysis.vocabulary import COHORTS, NOT_STATED

SHOWN: Final = 60
"""A longer value is cut in messages."""
COUNT: Final = "n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}"
"""Keeps a count with its n at the end of a line."""


def plural(count: int, one: str, many: str = "") -> str:
    """Write a count with its noun.

    Examples
    --------
    >>> plural(1, "visit"), plural(3, "visit"), plural(2, "says", "say")
    ('1 visit', '3 visits', '2 say')
    """
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def were(count: int) -> str:
    """Agree with a count: `was` for one."""
    return "was" if count == 1 else "were"


def join(parts: list[str]) -> str:
    """Join parts as a sentence does.

    Examples
    --------
    >>> join(["a", "b", "c"]), join(["a"]), join([])
    ('a, b and c', 'a', '')
    """
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""


def level_words(level: str) -> str:
    """Put a level or a direction in words.

    Examples
    --------
    >>> level_words("weakness"), level_words("mixed"), level_words("neutral")
    ('a weakness', 'mixed', 'neutral')
    """
    return f"a {level}" if level in ("strength", "weakness") else level


def how_good(level: str) -> str:
    """Say how good something of a level is.

    Examples
    --------
    >>> how_good("strength"), how_good("mixed"), how_good("weakness")
    ('strong', 'mixed', 'weak')
    """
    return {"strength": "strong", "weakness": "weak"}.get(level, level)


def whose(cohort: str) -> str:
    """Name a cohort after a theme, in brackets; where none is stated, none is named.

    Examples
    --------
    >>> whose("care-leavers"), whose("not-stated")
    (' (care leavers)', '')
    """
    return "" if cohort == NOT_STATED else f" ({COHORTS[cohort]})"


def few_of(names: list[str], most: int) -> str:
    """Join the first names of a list and count the rest.

    Examples
    --------
    >>> few_of(["a", "b", "c"], 2), few_of(["a", "b"], 2)
    ('a, b and 1 more', 'a and b')
    """
    rest = len(names) - most
    return join([*names[:most], f"{rest} more"] if rest > 0 else names)


def by_cohort(how: str) -> str:
    """Say how cohorts differ, from the column `how` of the statuses.

    Examples
    --------
    >>> by_cohort("care-leavers: mixed; not-stated: weakness"), by_cohort("")
    ('care leavers: mixed; no group named: weakness', '')
    """
    pairs = [part.split(": ", 1) for part in how.split("; ") if part]
    return "; ".join(f"{COHORTS[cohort]}: {level}" for cohort, level in pairs)


def lower(name: str) -> str:
    """Lower the first letter unless the name begins with a capitalised abbreviation.

    Examples
    --------
    >>> lower("Pathway plans"), lower("IRO oversight"), lower("A plan")
    ('pathway plans', 'IRO oversight', 'a plan')
    """
    first = name.partition(" ")[0]
    return name if len(first) > 1 and first[:2].isupper() else name[:1].lower() + name[1:]


def sentence_case(text: str) -> str:
    """Return the text with a capital first letter and the rest as it is.

    Examples
    --------
    >>> sentence_case("report of 30 June 2014")
    'Report of 30 June 2014'
    """
    return text[:1].upper() + text[1:]


def cut(text: str, length: int = SHOWN) -> str:
    """Cut a text that is too long to show.

    Examples
    --------
    >>> cut("abcdef", 4)
    'abc…'
    """
    return text if len(text) <= length else f"{text[: length - 1]}…"


def short(text: str) -> str:
    """Return a value as messages show it: in quotes, in one line, cut.

    Examples
    --------
    >>> short("a" * 70 + chr(10)) == repr("a" * 59 + "…")
    True
    """
    return repr(cut(text))
