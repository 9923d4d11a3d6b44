"""What a notebook shows: a chart whose cells can be pressed, and blocks in a style of their own.

Cells are pressed by pointer or by keyboard; blocks follow the light or dark of the notebook.
"""

from __future__ import annotations

import re
from dataclasses import asdict, replace
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
_VARIABLES: Final = re.compile(r":root\{([^}]*)\}")
_OF_THE_PAGE: Final = re.compile(r":root|@media \(prefers|html\{|body\{|\.page\{|main\{|:target")
_TEXT: Final = (
    "color:var(--ink);background:var(--paper);max-width:1100px;overflow-wrap:break-word;"
    'font:15px/1.5 "Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif;'
)
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
    evidence
        HTML that stands beside the place pressed last; escaped by whoever made it.
    """

    _esm = _HERE / "picture.js"
    _css = _HERE / "picture.css"
    chart = traitlets.Dict(BLANK).tag(sync=True)
    pressed = traitlets.Dict({"href": "", "count": 0}).tag(sync=True)
    evidence = traitlets.Unicode("").tag(sync=True)


def shown(template: str, **values: Any) -> Block:
    """Fill a template of `templates/blocks/` that begins with the style of notebooks."""
    return render(template, style=Markup(_style()), **values)  # noqa: S704 - our own file


def on_page(block: Block) -> Block:
    """Return a block of the page in the page's own style, kept from the rest of the notebook."""
    framed = render("on_page", style=Markup(_page_style()), html=Markup(block.html))  # noqa: S704
    return replace(block, html=framed.html)


@cache
def _page_style() -> str:
    """The style of the page within one element: its colours follow the notebook's light or dark."""
    style = (TEMPLATES / "report" / "style.css").read_text(encoding="utf-8")
    screen = style.partition("@media print")[0]
    light, dark = [*_VARIABLES.findall(screen), "", ""][:2]
    rules = [line for line in screen.splitlines() if not _OF_THE_PAGE.match(line)]
    scoped = "\n".join(rules)
    return (
        f".findings-page{{{light};--paper:var(--jp-layout-color0,#fff);{_TEXT}\n{scoped}}}\n"
        f'[data-jp-theme-light="false"] .findings-page{{{dark}}}'
    )


@cache
def _style() -> str:
    return (TEMPLATES / "notebook" / "front.css").read_text(encoding="utf-8")
