"""What a page says, in order, block by block: for forms that are not HTML.

The page is walked without knowing its parts: headings, paragraphs, lists, terms, tables and figures
wherever they stand. Left out is what is of use on a screen only: navigation, forms and buttons,
what is hidden or folded, marks that are drawn as tables, and the tables of data that open under a
figure (a figure's data come as CSV).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from lxml import html
from lxml.html import HtmlElement

HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
TEXT: Final = "text"
LEAD: Final = "lead"
"""A line in bold that heads what follows."""
BULLET: Final = "bullet"
NUMBER: Final = "number"
TERM: Final = "term"
DEFINITION: Final = "definition"
CAPTION: Final = "caption"
COMPACT: Final = frozenset({"evidence", "needs"})
"""Classes of the long parts, which are set small."""
TONES: Final = frozenset({"s", "m", "w"})
"""Classes of words in the colour of strength, mixed and weakness."""
_SCREEN_ONLY: Final = frozenset(
    (
        "nav", "form", "button", "input", "select", "textarea", "output", "script", "style",
        "template", "dialog", "noscript",
    )
)  # fmt: skip
_SCREEN_CLASSES: Final = frozenset({"skip", "screen-only", "stave", "key"})
_KINDS: Final = {name: name for name in HEADINGS} | {
    "p": TEXT, "dt": TERM, "dd": DEFINITION, "summary": LEAD, "legend": LEAD,
    "figcaption": CAPTION, "caption": CAPTION,
}  # fmt: skip
_CONTAINERS: Final = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "center", "details", "div", "dl",
        "fieldset", "footer", "header", "hgroup", "hr", "main", "menu", "ol", "pre", "search",
        "section", "ul",
    )
)  # fmt: skip
_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FIGURE_ID: Final = "fig-"


@dataclass(frozen=True)
class Look:
    """How words stand: `tone` is one of `TONES` or blank, `href` where they lead or blank."""

    bold: bool = False
    italic: bool = False
    muted: bool = False
    code: bool = False
    tone: str = ""
    href: str = ""


@dataclass(frozen=True)
class Run:
    """Words that stand alike; a line break is a line feed."""

    text: str
    look: Look = Look()


@dataclass(frozen=True)
class Paragraph:
    """A paragraph.

    Attributes
    ----------
    runs
        Its words.
    kind
        `text`, `lead`, `bullet`, `number`, `term`, `definition`, `caption`, or `h1` to `h6`.
    level
        How deep the list is that it is an item of, from 1; 0 outside.
    series
        Which numbered list it belongs to, from 1; 0 outside.
    compact
        Whether it stands in a long part, which is set small.
    anchors
        What links inside the page call it.
    """

    runs: tuple[Run, ...]
    kind: str = TEXT
    level: int = 0
    series: int = 0
    compact: bool = False
    anchors: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Its words alone."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Cell:
    """A cell of a table; it spans so many columns and rows."""

    paragraphs: tuple[Paragraph, ...]
    head: bool = False
    columns: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        """Its words alone."""
        return " ".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Table:
    """A table: caption, rows that head it, rows."""

    caption: Paragraph | None
    heads: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A figure: the chart's name, alternative text, caption."""

    name: str
    alt: str
    caption: Paragraph | None
    anchors: tuple[str, ...] = ()


Block = Paragraph | Table | Figure


@dataclass(frozen=True)
class Outline:
    """A page: its title, its language, and what it says."""

    title: str
    language: str
    blocks: tuple[Block, ...]


def outline(page: str) -> Outline:
    """Read a page.

    Examples
    --------
    >>> found = outline("<title>T</title><main><h1>T</h1><p>One <b>two</b>.</p><nav>x</nav></main>")
    >>> [(block.kind, block.text) for block in found.blocks]
    [('h1', 'T'), ('text', 'One two.')]
    """
    root = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    mains = list(root.iter("main")) or list(root.iter("body"))
    reader = _Reader()
    for main in mains:
        reader.children(main, Look())
    reader.flush()
    return Outline(
        title=" ".join((root.findtext(".//title") or "").split()),
        language=root.get("lang") or "en-GB",
        blocks=tuple(reader.blocks),
    )


class _Reader:
    """Walks a tree and gathers its blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._runs: list[Run] = []
        self._anchors: list[str] = []
        self._now = Paragraph(())
        self._in_figure = False
        self._series = 0

    # words

    def _say(self, text: str | None, look: Look) -> None:
        words = _NOT_XML.sub("", _SPACES.sub(" ", text or ""))
        if not self._runs or self._runs[-1].text.endswith((" ", "\n")):
            words = words.lstrip(" ")
        if not words:
            return
        if self._runs and self._runs[-1].look == look:
            words = self._runs.pop().text + words
        self._runs.append(Run(words, look))

    def flush(self) -> None:
        """End the paragraph at hand, if it holds a word."""
        runs, self._runs = self._runs, []
        if runs:
            runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
        runs = [run for run in runs if run.text]
        if "".join(run.text for run in runs).strip():
            anchors, self._anchors = tuple(self._anchors), []
            self.blocks.append(replace(self._now, runs=tuple(runs), anchors=anchors))

    @contextmanager
    def _as(self, **now: object) -> Iterator[None]:
        """Read what stands inside as another kind of paragraph."""
        self.flush()
        before, self._now = self._now, replace(self._now, **now)  # type: ignore[arg-type]
        yield
        self.flush()
        self._now = before

    # elements

    def children(self, element: HtmlElement, look: Look) -> None:
        """Read what an element holds."""
        self._say(element.text, look)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, look)
            self._say(child.tail, look)

    def _element(self, element: HtmlElement, look: Look) -> None:
        tag, classes = str(element.tag), set((element.get("class") or "").split())
        if _is_screen_only(element, tag, classes) or (self._in_figure and tag == "details"):
            return
        if tag in _KINDS or tag in _CONTAINERS or tag in ("li", "table", "figure"):
            self.flush()  # so that its name is not taken for that of the words before
        if name := element.get("id"):
            self._anchors.append(name)
        if tag == "table":
            self._table(element)
        elif tag == "figure":
            self._figure(element)
        elif tag == "li":
            self._item(element, look)
        elif tag in _KINDS:
            item = tag == "p" and self._now.level  # which stays one, with its bullet
            with self._as(kind=self._now.kind if item else _KINDS[tag]):
                self.children(element, look)
        elif tag in ("ul", "ol", "menu"):
            self._list(element, look, NUMBER if tag == "ol" else BULLET)
        elif tag in _CONTAINERS:
            with self._as(compact=self._now.compact or bool(classes & COMPACT)):
                self.children(element, look)
        else:
            self._inline(element, tag, classes, look)

    def _inline(self, element: HtmlElement, tag: str, classes: set[str], look: Look) -> None:
        if tag == "br":
            self._runs.append(Run("\n", look))
            return
        if tag in ("img", "svg"):
            if words := element.get("alt") or element.get("aria-label"):
                self._say(f"[Picture: {words}]", replace(look, italic=True))
            return
        if tag in ("b", "strong"):
            look = replace(look, bold=True, tone=next(iter(sorted(classes & TONES)), look.tone))
        elif tag in ("em", "cite", "dfn", "var"):
            look = replace(look, italic=True)
        elif tag in ("code", "kbd", "samp"):
            look = replace(look, code=True)
        elif tag == "a" and element.get("href"):
            look = replace(look, href=str(element.get("href")))
        if tag == "i" or "small" in classes or tag == "small":
            look = replace(look, muted=True)
        if tag == "q":
            self._say("“", look)
        self.children(element, look)
        if tag == "q":
            self._say("”", look)

    def _list(self, element: HtmlElement, look: Look, kind: str) -> None:
        self._series += kind == NUMBER
        series = self._series if kind == NUMBER else 0
        with self._as(kind=kind, level=self._now.level + 1, series=series):
            self.children(element, look)

    def _item(self, element: HtmlElement, look: Look) -> None:
        first = len(self.blocks)
        with self._as():
            self.children(element, look)
        for place in range(first + 1, len(self.blocks)):  # one bullet to an item
            block = self.blocks[place]
            if isinstance(block, Paragraph) and block.level == self._now.level:
                self.blocks[place] = replace(block, kind=TEXT, series=0)

    def _figure(self, element: HtmlElement) -> None:
        images = [
            image
            for image in element.iter("img")
            if not any(above.tag == "details" for above in image.iterancestors())
        ]
        told = element.get("data-alt") or (images[0].get("alt") if images else "")
        before, self._in_figure = self._in_figure, True
        if told:
            anchors, self._anchors = tuple(self._anchors), []
            captions = [_part(caption, CAPTION) for caption in element.iter("figcaption")]
            name = (element.get("id") or "").removeprefix(_FIGURE_ID)
            caption = next(iter(captions), None)
            self.blocks.append(Figure(name, told, caption, anchors))
        else:
            self.children(element, Look())
            self.flush()
        self._in_figure = before

    def _table(self, element: HtmlElement) -> None:
        anchors, self._anchors = tuple(self._anchors), []
        caption = next((_part(c, CAPTION) for c in element.iterchildren("caption")), None)
        heads: list[tuple[Cell, ...]] = []
        rows: list[tuple[Cell, ...]] = []
        for row in element.iter("tr"):
            if row.get("hidden") is not None:
                continue
            cells = tuple(_cell(cell) for cell in row.iterchildren("th", "td"))
            if cells and row.get("id"):
                cells = (_named(cells[0], str(row.get("id"))), *cells[1:])
            parent = row.getparent()
            is_head = parent is not None and parent.tag == "thead"
            (heads if is_head else rows).append(cells)
        if heads or rows:
            self.blocks.append(Table(caption, tuple(heads), tuple(rows), anchors))


def _is_screen_only(element: HtmlElement, tag: str, classes: set[str]) -> bool:
    return (
        tag in _SCREEN_ONLY
        or element.get("hidden") is not None
        or (tag == "details" and element.get("open") is None)
        or element.get("popover") is not None
        or element.get("role") == "tooltip"
        or bool(classes & _SCREEN_CLASSES)
    )


def _part(element: HtmlElement, kind: str) -> Paragraph | None:
    """Read an element as one paragraph."""
    paragraphs = _paragraphs(element)
    if not paragraphs:
        return None
    runs = [run for p in paragraphs for run in (*p.runs, Run(" "))][:-1]
    return Paragraph(tuple(runs), kind, anchors=tuple(a for p in paragraphs for a in p.anchors))


def _paragraphs(element: HtmlElement) -> list[Paragraph]:
    reader = _Reader()
    reader._in_figure = True
    reader.children(element, Look())
    reader.flush()
    return [block for block in reader.blocks if isinstance(block, Paragraph)]


def _cell(element: HtmlElement) -> Cell:
    paragraphs = _paragraphs(element)
    if name := element.get("id"):
        paragraphs = [replace(p, anchors=(name, *p.anchors)) for p in paragraphs[:1]] + (
            paragraphs[1:]
        )
    return Cell(
        paragraphs=tuple(paragraphs),
        head=element.tag == "th",
        columns=_count(element, "colspan"),
        rows=_count(element, "rowspan"),
    )


def _named(cell: Cell, name: str) -> Cell:
    """Give a cell the name of its row."""
    first = cell.paragraphs[0] if cell.paragraphs else Paragraph(())
    first = replace(first, anchors=(name, *first.anchors))
    return replace(cell, paragraphs=(first, *cell.paragraphs[1:]))


def _count(element: HtmlElement, name: str) -> int:
    text = element.get(name) or "1"
    return max(1, int(text)) if text.isdigit() else 1
