"""Where a mark of a chart leads: to a theme at a visit, to a visit, or to a need."""

from __future__ import annotations

from typing import Final, NamedTuple

from analysis.anchors import within
from analysis.results.results import Results

_CELL: Final = "#e-"
_VISIT: Final = "#v-"
_NEED: Final = "#n-"


class Led(NamedTuple):
    """What a mark leads to; blank where it says nothing of it."""

    theme: str = ""
    visit: str = ""
    need: str = ""


def led_to(href: str, results: Results) -> Led:
    """Return what the address of a mark leads to.

    Parameters
    ----------
    href
        `Hotspot.href`.
    """
    visits = {within(str(name)): str(name) for name in results.data.visits["visit"]}
    if href.startswith(_CELL):
        theme, _, short = href.removeprefix(_CELL).partition("--")
        return Led(theme, visits[short])
    if href.startswith(_VISIT):
        return Led(visit=visits[href.removeprefix(_VISIT)])
    if href.startswith(_NEED):
        need = href.removeprefix(_NEED)
        ledger = results.ledger
        return Led(str(ledger.loc[ledger["need"] == need, "theme"].iloc[0]), need=need)
    return Led()
