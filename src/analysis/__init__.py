"""How inspection findings change from visit to visit, theme by theme.

For a notebook: `load` an authority and call what you want to see, `explore` it with menus, or list
the `authorities` held, or `code_by_hand`. They are imported when first asked for, so that
`import analysis` is cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.doors import door
from analysis.project import VERSION

if TYPE_CHECKING:
    from analysis.exploring.coder import code_by_hand as code_by_hand
    from analysis.exploring.loading import authorities as authorities
    from analysis.exploring.loading import load as load
    from analysis.exploring.opening import explore as explore

__version__ = VERSION
__all__ = ["__version__", "authorities", "code_by_hand", "explore", "load"]
__getattr__, __dir__ = door(
    __name__,
    {
        "authorities": "exploring.loading",
        "code_by_hand": "exploring.coder",
        "explore": "exploring.opening",
        "load": "exploring.loading",
    },
    "A notebook begins with: from analysis import authorities, explore, load",
)
