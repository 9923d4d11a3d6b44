"""All authorities side by side: gathered tables, as files and as tidy frames."""

from typing import TYPE_CHECKING

from analysis.doors import door

if TYPE_CHECKING:
    from analysis.england.frames import Frames as Frames
    from analysis.england.gather import current as current
    from analysis.england.gather import gather as gather
    from analysis.england.search import find as find

__all__ = [
    "Frames",
    "current",
    "find",
    "gather",
]
__getattr__, __dir__ = door(
    __name__,
    {
        "Frames": "frames",
        "current": "gather",
        "find": "search",
        "gather": "gather",
    },
)
