"""Small grammar: a count agrees with its noun wherever one stands beside the other."""

from __future__ import annotations


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
