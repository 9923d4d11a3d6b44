"""A picture that is dark where its reader's screen is dark: each colour has one for the dark."""

from __future__ import annotations

import re
from typing import Final

from analysis.charts.parts.style import (
    BAND,
    HOLE,
    INK,
    MUTED,
    NAVY,
    ON_ORANGE,
    ORANGE,
    PAPER,
    PLUM,
    RULE,
    SLATE,
    STAVE,
)

DARK: Final = {
    PAPER: "#12181D",
    INK: "#EEF2F5",
    MUTED: "#B3BFC8",
    NAVY: "#7DB3E8",
    SLATE: "#98A2AA",
    ORANGE: "#FF8A4C",
    PLUM: "#E08BB8",
    ON_ORANGE: "#12181D",
    HOLE: "#333E47",
    STAVE: "#2C363E",
    RULE: "#46535D",
    BAND: "#1A2228",
}
"""Colours of the charts, and what each is on dark ground; those of the page's style sheet."""
_DARK: Final = {light.lower(): dark.lower() for light, dark in DARK.items()}
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}\b")
_SHEET: Final = re.compile(r"(?<=<style>).*?(?=</style>)")


def following(svg: str) -> str:
    """Return the same picture, dark where its reader's screen is; print is always light.

    Parameters
    ----------
    svg
        What `slim` gives: every colour stands in the style sheet. One that is not of the charts
        stays as it is.

    Examples
    --------
    >>> following("<svg><style>.a{fill:#12436d}.b{fill:#123456}</style></svg>")
    '<svg><style>svg{--a:#12436d}@media ...{svg{--a:#7db3e8}}.a{fill:var(--a)}.b{fill:#123456}...'
    """
    return _SHEET.sub(lambda sheet: _variable(sheet.group()), svg, count=1)


def _variable(sheet: str) -> str:
    """Put variables in place of the colours of a style sheet, and say what they are."""
    found = [colour for colour in dict.fromkeys(_COLOUR.findall(sheet)) if colour in _DARK]
    names = {colour: f"--{chr(ord('a') + place)}" for place, colour in enumerate(found)}
    light = ";".join(f"{name}:{colour}" for colour, name in names.items())
    dark = ";".join(f"{name}:{_DARK[colour]}" for colour, name in names.items())
    told = _COLOUR.sub(
        lambda colour: f"var({names[colour.group()]})" if colour.group() in names
        else colour.group(),
        sheet,
    )  # fmt: skip
    dark_screen = "@media screen and (prefers-color-scheme:dark)"
    return f"svg{{{light}}}{dark_screen}{{svg{{{dark}}}}}{told}" if names else sheet
