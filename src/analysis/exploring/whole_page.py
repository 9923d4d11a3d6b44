"""A block as a page of its own: its folds open, and no link to what is not on it."""

from __future__ import annotations

from typing import Final

from lxml import html
from lxml.html import HtmlElement
from markupsafe import Markup, escape

from analysis.project import TEMPLATES
from analysis.report.page.block import Block, page

_STYLES: Final = ("report/style.css", "notebook/front.css")
_NEEDS_SCRIPT: Final = ("button", "input", "select", "script", "style", "template")
"""What a page without scripts, with a style of its own, can do without."""
_ELSEWHERE: Final = ("https://", "http://", "mailto:")


def whole_page(block: Block, name: str, warning: tuple[str, str], source: str) -> str:
    """Return a block as an HTML page that needs nothing else.

    Parameters
    ----------
    block
        Any block; its HTML is ours.
    name
        Of the authority, the heading.
    warning
        What needs caution: a head and a sentence, blank if there is none.
    source
        Where it comes from, and how to cite it.
    """
    style = "\n".join((TEMPLATES / path).read_text("utf-8") for path in _STYLES)
    return page(
        "piece",
        name=name,
        title=f"{name}: {block.name}",
        style=Markup(style),  # noqa: S704 - our own files
        warning=warning,
        html=Markup(opened(block.html)),  # noqa: S704 - a template filled it
        source=source,
    )


def opened(text: str) -> str:
    """Return HTML with its folds open, and as plain text each link to what is not in it.

    Examples
    --------
    >>> print(opened('<details><a id="a" href="#a">A</a> <a class="at" href="#b">B</a></details>'))
    <details open=""><a id="a" href="#a">A</a> <span class="at">B</span></details>
    """
    body = html.fragment_fromstring(text, create_parent="div")
    for element in list(body.iter(*_NEEDS_SCRIPT)):
        element.drop_tree()
    for fold in body.iter("details"):
        fold.attrib.pop("name", None)  # of folds with a name in common one alone can be open
        fold.set("open", "")
    there = {f"#{name}" for name in body.xpath("//@id")}
    for link in body.iter("a"):
        target = link.get("href", "")
        if target not in there and not target.startswith(_ELSEWHERE):
            _as_text(link)
    inside = (html.tostring(child, encoding="unicode") for child in body)
    return str(escape(body.text or "")) + "".join(inside)


def _as_text(link: HtmlElement) -> None:
    link.tag = "span"
    for name in ("href", "target", "rel", "download"):
        link.attrib.pop(name, None)
