"""A site that anyone can open: every report, every theme over England, what is new, a feed.

`tables` looks up the gathered tables; `themes` (with `lines`, `years`, `asked`) and `news` say what
pages say; `making` and `pages` fill the templates, `dressing` makes a report a page of the site,
`search` and `feed` what stands beside; `contents` gives all files, `state` says which are due,
`folder` puts them in their place, `building` does so in order.
"""

from typing import TYPE_CHECKING

from analysis.doors import door

if TYPE_CHECKING:
    from analysis.site.building import build as build
    from analysis.site.building import plan as plan

__all__ = [
    "build",
    "plan",
]
__getattr__, __dir__ = door(__name__, {"build": "building", "plan": "building"})
