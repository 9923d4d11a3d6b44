"""The words of a piece of HTML, for where nothing draws it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import html
from lxml.html import HtmlElement

_UNSAID: Final = frozenset({"style", "script", "template", "svg", "button", "select", "input"})
"""What is of use on a screen only."""
_LINES: Final = frozenset(
    (
        "article", "blockquote", "caption", "dd", "details", "div", "dl", "dt", "figcaption",
        "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "li", "ol", "p",
        "section", "summary", "table", "tr", "ul",
    )
)  # fmt: skip
_CELLS: Final = frozenset({"td", "th", "small"})


def words_of(text: str) -> str:
    r"""Return the words of HTML, a line for each paragraph, item and row of a table.

    Examples
    --------
    >>> words_of("<style>p{}</style><h4>Audit</h4><ul><li>Late &amp; <b>few</b>\n</li></ul>")
    'Audit\nLate & few'
    """
    if not text.strip():
        return ""
    said = "".join(_said(html.fragment_fromstring(text, create_parent="div")))
    lines = (" ".join(line.split()) for line in said.split("\0"))
    return "\n".join(line for line in lines if line)


def _said(element: HtmlElement) -> Iterator[str]:
    """Words of an element in order, with a NUL where a line ends."""
    tag = element.tag if isinstance(element.tag, str) else "style"  # a comment has no name
    if tag in _UNSAID:
        return
    apart = "\0" if tag in _LINES else " " if tag in _CELLS else ""
    yield apart + (element.text or "")
    for child in element:
        yield from _said(child)
        yield child.tail or " "  # pieces that stand side by side are words of their own
    yield apart
