"""How far two pictures look alike: a hash of the colours of small squares.

Hashes of the usual kind see the brightness of a whole picture. Here orange and slate are not far
apart and a mark is a hundredth of the picture: a weakness that turned to mixed would pass. The hash
below keeps the mean colour of every tenth of an inch. Letters are grey, so another version of
FreeType hardly moves its hues; brightness, which letters do move, is compared in larger squares.
"""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
from PIL import Image

Colours = npt.NDArray[np.float64]
DPI = 100
SQUARE = 10
"""Pixels: a tenth of an inch, smaller than a mark."""
WIDER = 2
"""Brightness is compared in squares so many times as wide."""
HUE = 18.0
"""Of 255: how far the hue of a square may move; letters drawn otherwise move it by less."""
LIGHT = 45.0
"""Of 255: how far brightness may."""


def hashed(png: bytes) -> Image.Image:
    """Return the mean colour of each square of a picture drawn at `DPI`, as a small picture."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    width, height = picture.size
    return picture.resize((width // SQUARE, height // SQUARE), Image.Resampling.BOX)


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """Return by how much hue and brightness differ where they differ most, of 255.

    Both are infinite for pictures of different sizes.
    """
    if one.size != other.size:
        return float("inf"), float("inf")
    hues = np.abs(_hue(one) - _hue(other)).max()
    return float(hues), float(np.abs(_light(one) - _light(other)).max())


def alike(one: Image.Image, other: Image.Image, *, hue: float = HUE, light: float = LIGHT) -> bool:
    """Whether two hashes are of pictures that look the same."""
    hues, lights = difference(one, other)
    return hues <= hue and lights <= light


def _hue(picture: Image.Image) -> Colours:
    """Red and blue, less green: nought for white, grey and black."""
    colours = np.asarray(picture, dtype=float)
    return colours[..., [0, 2]] - colours[..., [1]]


def _light(picture: Image.Image) -> Colours:
    size = (picture.width // WIDER, picture.height // WIDER)
    return np.asarray(picture.convert("L").resize(size, Image.Resampling.BOX), dtype=float)
