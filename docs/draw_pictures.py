"""Draw the pictures of these pages, and what the tests compare charts with: `make pictures`.

Look at every picture that changes before it is committed: the tests hold later charts against it.
"""

import io
import sys
from pathlib import Path

from PIL import Image

from analysis.charts.gallery import gallery
from analysis.data import load_data
from analysis.project import Project
from analysis.results import analyse

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "docs" / "gallery"
HASHES = ROOT / "tests" / "fixtures" / "hashes"
COLOURS = 64

sys.path.append(str(ROOT / "tests"))
from likeness import DPI, hashed  # noqa: E402 - which is no package

for authority, root in (("knowsley", ROOT), ("exampleshire", ROOT / "tests/fixtures/project")):
    for chart in gallery(analyse(load_data(authority, Project(root)))):
        png = chart.png(DPI)
        (HASHES / authority).mkdir(parents=True, exist_ok=True)
        hashed(png).save(HASHES / authority / f"{chart.name}.png", optimize=True)
        if authority == "knowsley":
            picture = Image.open(io.BytesIO(png)).convert("RGB")
            few = picture.quantize(COLOURS, dither=Image.Dither.NONE)  # a third of the bytes
            few.save(GALLERY / f"{chart.name}.png", optimize=True)
