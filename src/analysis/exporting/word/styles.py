"""How each kind of paragraph looks, and the page it stands on."""

from __future__ import annotations

from typing import Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from analysis.charts.parts.pictures import PRINT_WIDTH

FONT: Final = "Arial"
CODE_FONT: Final = "Courier New"
INK: Final = "0B0C0C"
NAVY: Final = "12436D"
MUTED: Final = "505A5F"
LINE: Final = "999999"
TONES: Final = {"s": "12436D", "m": "17665F", "w": "A83C06"}
"""Colours of strength, mixed and weakness as words, those of the page."""
LINK: Final = "Hyperlink"
COMPACT: Final = "Compact"
COMPACT_BULLET: Final = "CompactBullet"
MARGIN: Final = Mm(14)
TEXT_WIDTH: Final = round(PRINT_WIDTH * 1440)
"""Width of the text on A4, in twentieths of a point."""
TABLE_STYLES: Final = ((5, 9.0, "TableText9"), (8, 8.0, "TableText8"), (999, 7.0, "TableText7"))
"""Most columns, size in points and style of the text of a table."""
_HEADINGS: Final = ((1, 20, 0, 10), (2, 15, 18, 6), (3, 11, 9, 3), (4, 9.5, 6, 2))
"""Level, size, space before and after, in points."""
_NARROW: Final = Mm(22)
"""Indent from the right of running text, so that its lines are not too long to read."""


def dress(document: Document, language: str) -> None:
    """Set page, fonts, language and styles of a document made from python-docx's own template."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.header_distance = section.footer_distance = Mm(7)
    _defaults(document, language)
    normal = _named(document, "Normal")
    _font(normal, 10.5)
    _space(normal, 0, 0)
    _styles(document)


def _defaults(document: Document, language: str) -> None:
    """Set the language of everything and take the template's theme fonts away."""
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)
    for theme in document.settings.element.iter(qn("w:themeFontLang")):
        theme.set(qn("w:val"), language)


def _styles(document: Document) -> None:
    for level, size, before, after in _HEADINGS:
        heading = _named(document, f"Heading {level}")
        _font(heading, size, bold=True, colour=NAVY if level < 4 else INK)  # noqa: PLR2004
        heading.font.italic = False
        _space(heading, before, after, keep=True)
    body = _named(document, "Body Text")
    _font(body, 10.5)
    _space(body, 0, 6)
    body.paragraph_format.right_indent = _NARROW
    for name in ("List Bullet", "List Number", "List Bullet 2", "List Number 2", "List Continue"):
        style = _named(document, name)
        _font(style, 10.5)
        _space(style, 0, 3)
        style.paragraph_format.right_indent = _NARROW
    caption = _named(document, "Caption")
    _font(caption, 9, colour=INK)
    _space(caption, 8, 4)
    _add(document, "Lead", "Body Text", 10.5, bold=True, keep=True)
    _add(document, "Term", "Body Text", 10.5, bold=True, keep=True)
    definition = _add(document, "Definition", "Body Text", 10.5)
    definition.paragraph_format.left_indent = Mm(5)
    picture = _add(document, "Figure", "Normal", 10.5, keep=True)
    _space(picture, 8, 2, keep=True)
    _space(_add(document, "Compact", "Normal", 8), 0, 2)
    bullet = _add(document, "Compact Bullet", "List Bullet", 8)
    _space(bullet, 0, 1)
    bullet.paragraph_format.right_indent = Mm(0)
    for _most, size, style_id in TABLE_STYLES:
        name = f"Table Text {style_id.removeprefix('TableText')}"
        _add(document, name, "Normal", size)
        _add(document, f"{name} Head", name, size, bold=True, keep=True)
    link = document.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
    assert isinstance(link, CharacterStyle)  # noqa: S101 - it was made as one
    link.font.color.rgb = RGBColor.from_string("1D5A96")
    link.font.underline = True


def _named(document: Document, name: str) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - all of these are
    return style


def _add(
    document: Document, name: str, base: str, size: float, *, bold: bool = False, keep: bool = False
) -> ParagraphStyle:
    document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style = _named(document, name)
    style.base_style = document.styles[base]
    style.font.size = Pt(size)
    if bold:
        style.font.bold = True
    if keep:
        style.paragraph_format.keep_with_next = True
    return style


def _font(style: ParagraphStyle, size: float, *, bold: bool = False, colour: str = INK) -> None:
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if str(name).endswith("Theme"):
            del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.color.rgb = RGBColor.from_string(colour)


def _space(style: ParagraphStyle, before: float, after: float, *, keep: bool = False) -> None:
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing = 1.1
    if keep:
        form.keep_with_next = True
