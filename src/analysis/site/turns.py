"""Who was weak on a theme and strong when last judged, by the level at every visit that judged it.

That is a question about the whole theme; a way out (`analysis.site.ways`) is one of a single need.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from analysis.site.tables import Visit


class Turn(NamedTuple):
    """The last visit that found weakness, and the first from which on all found strength."""

    weak: Visit
    strong: Visit

    @property
    def said(self) -> str:
        """Both, by their months."""
        return f"weak to {self.weak.when}, strong since {self.strong.when}"


def turn(levels: Sequence[tuple[Visit, str]]) -> Turn | None:
    """Return how a weak theme turned out strong; None where it never was weak, or is not strong.

    Parameters
    ----------
    levels
        Visits that judged it, oldest first, each with its level.
    """
    since, before = None, list(levels)
    while before and before[-1][1] == "strength":
        since = before.pop()[0]
    weak = next((visit for visit, level in reversed(before) if level == "weakness"), None)
    return Turn(weak, since) if weak and since else None
