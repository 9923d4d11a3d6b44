"""An afternoon with the findings: plain calls on an authority, and menus that make those calls.

`authority` is the front, `tables` what it shares with many authorities, `choices` what can be
chosen and what a report makes of it, `menus` the menus, `opening` what brings them up, `coder`
those to code by hand. Every view of the menus is one call that stands beside it.
"""

from typing import TYPE_CHECKING

from analysis.doors import door

if TYPE_CHECKING:
    from analysis.exploring.coder import code_by_hand as code_by_hand
    from analysis.exploring.loading import authorities as authorities
    from analysis.exploring.loading import load as load
    from analysis.exploring.opening import explore as explore

__all__ = [
    "authorities",
    "code_by_hand",
    "explore",
    "load",
]
__getattr__, __dir__ = door(
    __name__,
    {
        "authorities": "loading",
        "code_by_hand": "coder",
        "explore": "opening",
        "load": "loading",
    },
)
