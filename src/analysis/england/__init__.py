"""The tables of all authorities whose documents were read and tagged by the program alone."""

from typing import TYPE_CHECKING

from analysis.doors import door

if TYPE_CHECKING:
    from analysis.england.building import build as build

__all__ = [
    "build",
]
__getattr__, __dir__ = door(
    __name__,
    {
        "build": "building",
    },
)
