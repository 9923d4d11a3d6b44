"""Paragraphs of a Word document: runs, links, bookmarks, numbers of captions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, cast

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.document import DocumentPart

from analysis.exporting.outline import (
    BULLET,
    CAPTION,
    DEFINITION,
    HEADINGS,
    LEAD,
    NUMBER,
    TERM,
    TEXT,
    Look,
    Paragraph,
    Run,
)
from analysis.exporting.word.styles import (
    CODE_FONT,
    COMPACT,
    COMPACT_BULLET,
    LINK,
    MUTED,
    TONES,
)

HYPERLINK: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
STYLES: Final = {
    TEXT: "BodyText",
    LEAD: "Lead",
    BULLET: "ListBullet",
    NUMBER: "ListNumber",
    TERM: "Term",
    DEFINITION: "Definition",
    CAPTION: "Caption",
} | {name: f"Heading{min(int(name[1]), 4)}" for name in HEADINGS}
_COMPACT: Final = {TEXT: COMPACT, BULLET: COMPACT_BULLET}
_CONTINUED: Final = "ListContinue"
_DEEP: Final = {BULLET: "ListBullet2", NUMBER: "ListNumber2"}
_NUMBERED: Final = re.compile(r"(Figure|Table) (\d+)(?=\.)")
_LONGEST_NAME: Final = 40


class Writer:
    """Makes paragraphs; knows the links, bookmarks and numbers given so far.

    Parameters
    ----------
    part
        The document's part, which keeps the addresses of links.
    targets
        Names inside the page that something leads to and that are there.
    """

    def __init__(self, part: DocumentPart, targets: frozenset[str]) -> None:
        self._part, self._targets = part, targets
        self._bookmarks = 0
        self._counted: dict[str, int] = {}
        self._lists: dict[int, int] = {}

    def paragraph(self, paragraph: Paragraph, style: str = "") -> BaseOxmlElement:
        """Return a paragraph as XML, in a style given by its id, else in that of its kind."""
        made = element("w:p")
        settings = element("w:pPr")
        settings.append(element("w:pStyle", val=style or _style(paragraph)))
        if paragraph.series and not style:
            settings.append(self._numbering(paragraph.series))
        made.append(settings)
        made.extend(self._marks(paragraph.anchors))
        runs = list(paragraph.runs)
        if paragraph.kind == CAPTION:
            runs = list(self._number(made, runs))
        for href, group in groupby(runs, key=lambda run: run.look.href):
            made.extend(self._linked(href, list(group)))
        return made

    def _marks(self, anchors: Iterable[str]) -> Iterator[BaseOxmlElement]:
        for name in anchors:
            if name in self._targets:
                self._bookmarks += 1
                number = str(self._bookmarks)
                yield element("w:bookmarkStart", id=number, name=bookmark(name))
                yield element("w:bookmarkEnd", id=number)

    def _linked(self, href: str, runs: list[Run]) -> list[BaseOxmlElement]:
        """Return runs, inside a link where they lead somewhere."""
        link: BaseOxmlElement | None = None
        if href.startswith(("http://", "https://", "mailto:")):
            link = element("w:hyperlink")
            link.set(qn("r:id"), self._part.relate_to(href, HYPERLINK, is_external=True))
        elif href.startswith("#") and href[1:] in self._targets:
            link = element("w:hyperlink", anchor=bookmark(href[1:]))
        if link is None:
            return [_run(run) for run in runs]
        link.set(qn("w:history"), "1")
        link.extend(_run(run, LINK) for run in runs)
        return [link]

    def _number(self, made: BaseOxmlElement, runs: list[Run]) -> Iterator[Run]:
        """Put the number of a caption as a field, so that Word can list figures and tables."""
        first = runs[0] if runs else Run("")
        found = _NUMBERED.match(first.text)
        if found is None:
            yield from runs
            return
        kind, number = found.group(1), int(found.group(2))
        next_one = self._counted.get(kind, 0) + 1
        self._counted[kind] = number
        reset = "" if number == next_one else f" \\r {number}"
        field = element("w:fldSimple", instr=f" SEQ {kind} \\* ARABIC{reset} ")
        bold = Look(bold=True)
        field.append(_run(Run(str(number), bold)))
        made.append(_run(Run(f"{kind} ", bold)))
        made.append(field)
        rest = first.text[found.end() :]
        yield Run(rest[:1], bold)
        yield Run(rest[1:], Look() if first.look.bold else first.look)
        yield from runs[1:]

    def _numbering(self, series: int) -> BaseOxmlElement:
        """Have each numbered list begin with 1."""
        if series not in self._lists:
            numbering = self._part.numbering_part.element
            style = self._part.styles["List Number"].element
            number = style.pPr.numPr.numId.val
            abstract = numbering.num_having_numId(number).abstractNumId.val
            added = numbering.add_num(abstract)
            added.add_lvlOverride(ilvl=0).add_startOverride(1)
            self._lists[series] = added.numId
        settings = element("w:numPr")
        settings.append(element("w:ilvl", val="0"))
        settings.append(element("w:numId", val=str(self._lists[series])))
        return settings


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """Return an element of WordprocessingML with attributes of the same namespace."""
    made = cast(BaseOxmlElement, OxmlElement(tag))
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def bookmark(name: str) -> str:
    """Return the name of a bookmark: at most 40 letters, digits and underscores.

    Examples
    --------
    >>> bookmark("e-audit--kent-2014")
    'e_audit__kent_2014'
    >>> len(bookmark("e-" + "a" * 60))
    40
    """
    plain = re.sub(r"\W", "_", name, flags=re.ASCII)
    if len(plain) <= _LONGEST_NAME and plain[:1].isalpha():
        return plain
    kept = f"x{plain}"[: _LONGEST_NAME - 9]
    return f"{kept}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _style(paragraph: Paragraph) -> str:
    kind = paragraph.kind
    if paragraph.compact and kind in _COMPACT:
        return _COMPACT[kind]
    if paragraph.level and kind == TEXT:
        return _CONTINUED
    if paragraph.level > 1 and kind in _DEEP:
        return _DEEP[kind]
    return STYLES[kind]


def _run(run: Run, style: str = "") -> BaseOxmlElement:
    made = element("w:r")
    settings = element("w:rPr")
    look = run.look
    if style:
        settings.append(element("w:rStyle", val=style))
    if look.code:
        settings.append(element("w:rFonts", ascii=CODE_FONT, hAnsi=CODE_FONT, cs=CODE_FONT))
    if look.bold:
        settings.append(element("w:b"))
    if look.italic:
        settings.append(element("w:i"))
    colour = TONES.get(look.tone, MUTED if look.muted else "")
    if colour and not style:
        settings.append(element("w:color", val=colour))
    if len(settings):
        made.append(settings)
    for place, line in enumerate(run.text.split("\n")):
        if place:
            made.append(element("w:br"))
        text = element("w:t")
        text.text = line
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(text)
    return made
