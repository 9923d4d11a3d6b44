"""How far two pictures look alike: a hash of the colours of small squares.

Hashes of the usual kind see the brightness of a whole picture. Here orange and teal are equally
bright and a mark is a hundredth of the picture, so a weakness that turned to mixed would pass.
"""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
from PIL import Image

SQUARE = 1 / 8
"""Inches: smaller than a mark, larger than the stroke of a letter."""
TOLERANCE = 30.0
"""Of 255: how far letters drawn by another version of FreeType may move a square."""


def colours(png: bytes, dpi: int) -> npt.NDArray[np.float64]:
    """Return the mean red, green and blue, 0 to 255, of each square of a picture."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    size = [round(length / dpi / SQUARE) for length in picture.size]
    return np.asarray(picture.resize((size[0], size[1]), Image.Resampling.BOX), dtype=float)


def difference(one: bytes, other: bytes, dpi: int) -> float:
    """Return by how much the squares that differ most differ; infinite if the sizes do."""
    before, after = colours(one, dpi), colours(other, dpi)
    return float(np.abs(before - after).max()) if before.shape == after.shape else float("inf")
