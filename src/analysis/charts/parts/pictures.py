"""What a chart is without matplotlib: what a report leaves of each for the other forms of its page.

It bears the number and the caption that the page shows, so page and exports cannot differ.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from analysis.files import write_all
from analysis.ids import is_slug

PRINT_WIDTH: Final = 182 / 25.4
"""Most inches that a picture may be wide on paper: A4 less margins of 14 mm."""
PRINT_HEIGHT: Final = 240 / 25.4
"""Most inches that it may be high, so that its caption stands on the same page."""
PRINT_DPI: Final = 300


@dataclass(frozen=True)
class Picture:
    """A chart as the page shows it.

    Attributes
    ----------
    name, number
        Slug, and the figure's number; 0 where it has none.
    caption, alt
        Caption without the number, and alternative text.
    width, height
        In inches on paper.
    svg, csv
        Picture and data, as text.
    png
        Picture at `PRINT_DPI`.
    """

    name: str
    number: int
    caption: str
    alt: str
    width: float
    height: float
    svg: str
    csv: str
    png: bytes

    @property
    def label(self) -> str:
        """`Figure 1`, or its name where it has no number."""
        return f"Figure {self.number}" if self.number else self.name

    def leave(self, folder: Path) -> None:
        """Write all of it to a folder.

        Raises
        ------
        ValueError
            If the name is no slug, as a file name has to be.
        """
        if not is_slug(self.name):
            message = f"a chart's name must be a slug, but is {self.name!r}"
            raise ValueError(message)
        told = {k: v for k, v in asdict(self).items() if k not in ("svg", "csv", "png")}
        write_all(
            {
                folder / f"{self.name}.json": json.dumps(told).encode(),
                folder / f"{self.name}.svg": self.svg.encode(),
                folder / f"{self.name}.csv": self.csv.encode(),
                folder / f"{self.name}.png": self.png,
            }
        )


def print_size(width: float, height: float) -> tuple[float, float]:
    """Return the size on paper of a figure of so many inches: its own, or smaller, in proportion.

    Examples
    --------
    >>> print_size(5, 4)
    (5.0, 4.0)
    >>> [round(inches, 2) for inches in print_size(14.33, 10)]
    [7.17, 5.0]
    """
    scale = min(PRINT_WIDTH / width, PRINT_HEIGHT / height, 1.0)
    return width * scale, height * scale


def read_pictures(folder: Path) -> list[Picture]:
    """Read what was left in a folder, in the order of the numbers; nothing if it is not there."""
    found = [
        Picture(
            **json.loads(path.read_text("utf-8")),
            svg=path.with_suffix(".svg").read_text("utf-8"),
            csv=path.with_suffix(".csv").read_bytes().decode("utf-8"),
            png=path.with_suffix(".png").read_bytes(),
        )
        for path in sorted(folder.glob("*.json"))
    ]
    return sorted(found, key=lambda picture: (picture.number == 0, picture.number, picture.name))
