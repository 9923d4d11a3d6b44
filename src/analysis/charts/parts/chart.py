"""A chart and everything that has to travel with it.

A plot function returns one `Chart`: the figure, the words for those who cannot see it, the caption,
the data behind it and the places that lead to the evidence. HTML, SVG, PNG and CSV derive from it.
"""

from __future__ import annotations

import html
import io
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from analysis.charts.parts.dark import following
from analysis.charts.parts.pictures import PRINT_DPI, Picture, print_size
from analysis.charts.parts.slim import slim
from analysis.tables import to_csv, to_html

LEAST: Final = 76
"""Fewest pixels to the inch at which a page shows a chart; where it is narrower, one scrolls."""
MOST: Final = 100


@dataclass(frozen=True)
class Hotspot:
    """A rectangle of a figure that leads somewhere.

    Attributes
    ----------
    left, top, width, height
        In per cent of the figure, from its upper left corner.
    href
        Where it leads, such as `#e-audit--i2014-04-29`.
    label
        What a screen reader says, and what hovering shows.
    cell
        Theme and visit, where it leads to the evidence of these.
    """

    left: float
    top: float
    width: float
    height: float
    href: str
    label: str
    cell: tuple[str, str] | None = None


@dataclass(frozen=True)
class Chart:
    """A figure with its alternative text, caption and data.

    Attributes
    ----------
    figure
        The matplotlib figure.
    alt
        Alternative text: measure, authority, period and the main change.
    caption
        What the chart shows and how to read it, one or two sentences of plain text.
    data
        The data behind it, one row per mark, labels as a reader would write them.
    hotspots
        Places of the figure that lead to the evidence.
    name
        Slug, for file names and anchors.
    title
        Whose it is and which question it answers; blank for one drawn by hand.
    """

    figure: Figure
    alt: str
    caption: str
    data: pd.DataFrame
    hotspots: tuple[Hotspot, ...] = ()
    name: str = "chart"
    title: str = ""

    def svg(self, *, follow: bool = False) -> str:
        """Return the figure as SVG text, the same bytes for the same figure.

        It stands by itself: a program that reads to who cannot see says its title and its
        alternative text.

        Parameters
        ----------
        follow
            Whether it is dark where its reader's screen is, as on the page; else always light.
        """
        words = (("title", self.title or self.name), ("desc", self.alt))
        said = "".join(f"<{tag}>{html.escape(text, quote=False)}</{tag}>" for tag, text in words)
        drawn = self._drawn()
        head, end, rest = (following(drawn) if follow else drawn).partition(">")
        return f'{head} role="img"{end}{said}{rest}'

    def _drawn(self) -> str:
        buffer = io.StringIO()
        with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": self.name}):
            self.figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        return slim(buffer.getvalue())

    def png(self, dpi: int = 200) -> bytes:
        """Return the figure as PNG, at its own size."""
        buffer = io.BytesIO()
        self.figure.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None})
        return buffer.getvalue()

    def print_size(self) -> tuple[float, float]:
        """Return the inches that it takes on A4: its own, or less, in proportion."""
        return print_size(*self.figure.get_size_inches())

    def print_png(self) -> bytes:
        """Return the figure as PNG at print size: 300 dots to the inch of `print_size`.

        It keeps 256 colours, which are those of its marks and shades of their edges: a third of
        the bytes.
        """
        from PIL import Image  # which a page alone needs not

        drawn, kept = io.BytesIO(), io.BytesIO()
        scale = self.print_size()[0] / self.figure.get_size_inches()[0]
        self.figure.savefig(
            drawn, format="png", dpi=PRINT_DPI * scale, pil_kwargs={"compress_level": 1}
        )
        image = Image.open(drawn).convert("RGB").quantize(256, dither=Image.Dither.NONE)
        image.save(kept, format="png", optimize=True, dpi=(PRINT_DPI, PRINT_DPI))
        return kept.getvalue()

    def picture(self, number: int | None = None) -> Picture:
        """Return everything of it that travels without matplotlib, as the page numbers it."""
        width, height = self.print_size()
        return Picture(
            name=self.name, number=number or 0, caption=self.caption, alt=self.alt, width=width,
            height=height, svg=self.svg(), csv=self.csv(), png=self.print_png(),
        )  # fmt: skip

    def csv(self) -> str:
        """Return the data as CSV text that no spreadsheet runs as a formula."""
        return to_csv(self.data)

    def to_html(self, number: int | None = None, *, follow: bool = True, table: bool = True) -> str:
        """Return a `figure` element with picture, links, caption, data table and downloads.

        Parameters
        ----------
        number
            Of the figure on its page, if it has one.
        follow
            Whether the picture is dark where its reader's screen is.
        table
            Whether its data stand below as a table; not where the page tells them all in words.
        """
        label = f"Figure {number}. " if number is not None else ""
        drawn = following(self._drawn()) if follow else self._drawn()
        width, _height = self.figure.get_size_inches()
        sizes = f"min-width:{width * LEAST:.0f}px;max-width:{width * MOST:.0f}px"
        title = f"{label}{self.caption}"
        return (
            f'<figure class="chart" id="fig-{self.name}">'
            f'<div class="scroll" tabindex="0" role="group" aria-label="{html.escape(label)}Chart">'
            f'<div class="picture" style="{sizes}">'
            f'<img alt="{html.escape(self.alt)}" '
            f'src="data:image/svg+xml,{data_uri(drawn)}">'
            f"{''.join(map(_area, self.hotspots))}</div></div>"
            f"<figcaption><b>{label}</b>{html.escape(self.caption)}</figcaption>"
            f"<details><summary>Data and download{_of(number)}</summary>"
            f"{to_html(self.data, caption=f'Data. {title}') if table else ''}"
            f'<p><a download="{self.name}.csv" '
            f'href="{csv_address(self.csv())}">Data as CSV</a>. '
            "The picture is an SVG: save it with the menu of your browser.</p></details></figure>"
        )

    def _repr_html_(self) -> str:
        bare = replace(self, hotspots=())  # in a notebook they would lead nowhere
        return bare.to_html(follow=False)  # nor does a notebook's own look follow the screen


_CSV_SAFE: Final = " ,;:/()'=+@!*"
"""Characters that a data address in double quotes may hold as they are."""


def csv_address(text: str) -> str:
    """Return the address under which a page holds a CSV, for inside double quotes.

    Examples
    --------
    >>> csv_address("Theme,n")
    'data:text/csv;charset=utf-8,Theme,n'
    """
    return f"data:text/csv;charset=utf-8,{quote(text, safe=_CSV_SAFE)}"


def _of(number: int | None) -> str:
    return "" if number is None else f" for figure {number}"


def _area(spot: Hotspot) -> str:
    right, bottom = 100 - spot.left - spot.width, 100 - spot.top - spot.height
    place = " ".join(f"{round(side, 1):g}%" for side in (spot.top, right, bottom, spot.left))
    label = html.escape(spot.label)
    return f'<a href="{html.escape(spot.href)}" style="inset:{place}" title="{label}"></a>'


def data_uri(svg: str) -> str:
    """Encode what must be encoded in a data address inside double quotes, and no more.

    An ampersand must: what is escaped in the picture would be read as markup of the page.

    Examples
    --------
    >>> data_uri('<text x="1">R&amp;D, 5 % more</text>')
    "<text x='1'>R%26amp;D, 5 %25 more</text>"
    """
    return quote(svg.replace('"', "'"), safe=" /:=;,'()+*!@$?~-_.[]{}|^<>")
