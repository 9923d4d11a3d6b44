"""Draw the pictures of these pages, and those that the tests compare: `make pictures`.

Look at every picture that changes before it is committed: the tests hold later charts against it.
"""

import io
from pathlib import Path

from PIL import Image

from analysis.charts.chart import Chart
from analysis.charts.gallery import gallery
from analysis.loading import load
from analysis.project import Project
from analysis.results import analyse

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "docs" / "gallery"
FIXTURES = ROOT / "tests" / "fixtures"
COLOURS = 64


def draw(chart: Chart, folder: Path, dpi: int) -> None:
    """Write a chart as PNG with few colours, which is small."""
    folder.mkdir(exist_ok=True)
    picture = Image.open(io.BytesIO(chart.png(dpi))).convert("RGB")
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(folder / f"{chart.name}.png", optimize=True)


for chart in gallery(analyse(load("knowsley"))):
    draw(chart, GALLERY, 100)
for chart in gallery(analyse(load("exampleshire", Project(FIXTURES / "project")))):
    draw(chart, FIXTURES / "pictures", 50)
