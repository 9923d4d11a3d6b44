"""All authorities side by side: gathered tables, as files and as tidy frames."""

from typing import TYPE_CHECKING

from analysis.doors import door

if TYPE_CHECKING:
    from analysis.england.frames import Frames as Frames
    from analysis.england.gather import current as current
    from analysis.england.gather import gather as gather
    from analysis.england.over_time import go_together as go_together
    from analysis.england.over_time import new_aspects as new_aspects
    from analysis.england.over_time import next_grades as next_grades
    from analysis.england.over_time import shares as shares
    from analysis.england.over_time import tell_apart as tell_apart
    from analysis.england.search import find as find
    from analysis.england.second import as_second as as_second

__all__ = [
    "Frames",
    "as_second",
    "current",
    "find",
    "gather",
    "go_together",
    "new_aspects",
    "next_grades",
    "shares",
    "tell_apart",
]
__getattr__, __dir__ = door(
    __name__,
    {
        "Frames": "frames",
        "as_second": "second",
        "current": "gather",
        "find": "search",
        "gather": "gather",
        "go_together": "over_time",
        "new_aspects": "over_time",
        "next_grades": "over_time",
        "shares": "over_time",
        "tell_apart": "over_time",
    },
)
