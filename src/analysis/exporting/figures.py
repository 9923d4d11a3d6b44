"""The figures of a report one by one: SVG, PNG at print size, data, and words ready to paste."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from analysis.charts.parts.pictures import PRINT_DPI, Picture
from analysis.exporting.citing import Origin
from analysis.exporting.forms import FIGURES

_MM: Final = 25.4


def stem(picture: Picture) -> str:
    """Return the name of a figure's files, without ending: `figure-1-timeline`."""
    return f"figure-{picture.number}-{picture.name}" if picture.number else picture.name


def size(picture: Picture) -> str:
    """Say how large a picture is on paper.

    Examples
    --------
    >>> size(Picture("a", 1, "", "", 7.0, 5.0, "", "", b""))
    '178 by 127 mm (7.0 by 5.0 inches) at 300 dpi'
    """
    width, height = picture.width, picture.height
    return (
        f"{width * _MM:.0f} by {height * _MM:.0f} mm ({width:.1f} by {height:.1f} inches) "
        f"at {PRINT_DPI} dpi"
    )


def figure_files(pictures: Sequence[Picture], origin: Origin) -> dict[str, str | bytes]:
    """Return the files of the folder of figures, by their part of the report's name.

    For each figure its SVG, its PNG, its data as CSV, and a text with caption, alternative text and
    source; and one text that lists all.
    """
    files: dict[str, str | bytes] = {f"{FIGURES}/README.txt": _list(pictures, origin)}
    for picture in pictures:
        name = f"{FIGURES}/{stem(picture)}"
        files |= {
            f"{name}.svg": picture.svg,
            f"{name}.png": picture.png,
            f"{name}.csv": picture.csv,
            f"{name}.txt": words(picture, origin),
        }
    return files


def words(picture: Picture, origin: Origin) -> str:
    """Return caption, alternative text and source of a figure, ready to paste."""
    return (
        f"{picture.label}. {picture.caption}\n\n"
        f"Alternative text: {picture.alt}\n\n"
        f"{origin.source()}\n"
    )


def _list(pictures: Sequence[Picture], origin: Origin) -> str:
    """List the figures, and say what each file is for."""
    listed = "".join(f"\n{stem(p)}: {p.caption}\n  PNG: {size(p)}.\n" for p in pictures)
    return (
        f"Figures of: {origin.title}\n\n"
        "Of each figure: .svg (scales to any size), .png (at print size, for A4), .csv (the data "
        "behind it), .txt (caption, alternative text and source, ready to paste).\n"
        f"{listed or chr(10) + 'This report shows no figure.' + chr(10)}\n{origin.source()}\n"
    )
