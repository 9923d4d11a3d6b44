"""What every kind of file is first turned into: pages of printed lines.

A reader of one format knows nothing of inspections, and what comes after knows nothing of formats:
between them stand these lines, with their place on the page and their type size where the format
has them.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from analysis.data.text import LIGATURES

_SPACES: Final = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\ufeff]+")

_SYMBOL_DASH: Final = re.compile(r"(?<=\w)[\uf02d\uf0be](?=\w)")


class Line(NamedTuple):
    """One printed line.

    Attributes
    ----------
    page
        1 for the first; 0 where the format has no pages.
    left, right
        Ends of the text in points from the left edge; 0 where unknown.
    top, bottom
        Baselines of the first and the last piece in points from the lower edge, the same unless a
        hyphen at the line's end joined two lines; in formats without a page, minus the number of
        the line.
    size
        Type size in points.
    bold
        Whether it begins and ends in bold type.
    text
        The words, spaces evened out.
    mark
        What the format itself says it is: `heading`, `bullet`, `bullet2`, `paragraph` (whole) or ``
        (unknown).
    """

    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    text: str
    mark: str = ""


class Content(NamedTuple):
    """The lines of a document.

    Attributes
    ----------
    lines
        In the order in which the file holds them.
    pages
        Number of pages; 0 where the format has none.
    format
        `pdf`, `html`, `docx` or `text`.
    title
        The title that the format itself carries (HTML), or ``.
    """

    lines: tuple[Line, ...]
    pages: int
    format: str
    title: str = ""


def even(text: str) -> str:
    r"""Even out spaces, mend the hyphens that a line's end hid, and take joined letters apart.

    Examples
    --------
    >>> even("a  multi\ufffeagency plan ")
    'a multi-agency plan'
    >>> even("a \ufb01rst plan")
    'a first plan'
    """
    if not text.isascii():
        text = text.replace("\ufffe", "-").replace("\x02", "-").replace("\u00ad", "")
        text = _SYMBOL_DASH.sub("\u2013", text).translate(LIGATURES)
    return _SPACES.sub(" ", text).strip()
