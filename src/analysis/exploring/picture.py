"""What a notebook shows: a chart whose cells can be pressed, and blocks in a style of their own.

Cells are pressed by pointer or by keyboard; blocks follow the light or dark of the notebook.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, Final

import anywidget
import traitlets
from markupsafe import Markup

from analysis.charts import Chart
from analysis.project import TEMPLATES
from analysis.report.page.block import Block, render

_HERE: Final = Path(__file__).parent
_INCH: Final = 100
"""Most pixels to the inch."""
BLANK: Final[dict[str, Any]] = {"svg": "", "alt": "", "caption": "", "spots": [], "width": 0}


def drawn(chart: Chart) -> dict[str, Any]:
    """Return a chart as the browser needs it."""
    return {
        "svg": chart.svg(),
        "alt": chart.alt,
        "caption": chart.caption,
        "spots": [asdict(spot) for spot in chart.hotspots],
        "width": round(chart.figure.get_size_inches()[0] * _INCH),
    }


class Picture(anywidget.AnyWidget):
    """A picture with places to press.

    Attributes
    ----------
    chart
        `drawn`; `BLANK` shows nothing.
    pressed
        `href` of the place pressed last, and how often any was pressed.
    """

    _esm = _HERE / "picture.js"
    _css = _HERE / "picture.css"
    chart = traitlets.Dict(BLANK).tag(sync=True)
    pressed = traitlets.Dict({"href": "", "count": 0}).tag(sync=True)


def shown(template: str, **values: Any) -> Block:
    """Fill a template of `templates/blocks/` that begins with the style of notebooks."""
    return render(template, style=Markup(_style()), **values)  # noqa: S704 - our own file


@cache
def _style() -> str:
    return (TEMPLATES / "notebook" / "front.css").read_text(encoding="utf-8")
