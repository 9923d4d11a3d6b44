"""Making matplotlib's SVG small: the same picture in a third of the bytes.

matplotlib repeats the whole style of every mark and names every group. Styles become classes,
names that nothing refers to go and the others become letters, groups without a purpose are opened,
and coordinates keep as many digits as a reader could see.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from analysis.charts.paths import short_path

FONTS: Final = "Arial,Helvetica,'DejaVu Sans',sans-serif"
"""Fonts of a chart on the reader's machine. The layout is measured in DejaVu Sans, which is wider
and comes with matplotlib, so that the same data give the same bytes on every machine."""
DIGITS: Final = 1
"""Decimals kept of coordinates in points (1/72 inch); a tenth is a seventh of a pixel."""

_SVG: Final = "{http://www.w3.org/2000/svg}"
_NUMBER: Final = re.compile(r"-?\d+\.\d+")
_REFERENCE: Final = re.compile(r"#([\w.-]+)")
_FAMILY: Final = re.compile(r"font-family:[^;]*;?")
_REFERRING: Final = ("style", "clip-path", "{http://www.w3.org/1999/xlink}href")
"""Attributes that may name another element."""
_NO_TURN: Final = re.compile(r"^rotate\(-?0(?:\.0*)? [^)]*\)$")
_GEOMETRY: Final = ("x", "y", "width", "height", "transform", "points")


def slim(svg: str) -> str:
    """Return the same picture as smaller SVG text.

    Parameters
    ----------
    svg
        What matplotlib's SVG backend wrote, with `svg.fonttype` none.

    Examples
    --------
    >>> mark = '<path d="M 1.26 2" style="fill: red" id="a"/>'
    >>> slim(f'<svg xmlns="http://www.w3.org/2000/svg"><g>{mark}{mark}</g></svg>')
    '<svg xmlns="http://www.w3.org/2000/svg"><style>...{fill:red}</style><path ... class="a"/>...'
    """
    parser = etree.XMLParser(remove_comments=True, remove_blank_text=True, resolve_entities=False)
    root = etree.fromstring(svg.encode(), parser)
    for element in root.findall(f".//{_SVG}metadata"):
        _parent(element).remove(element)
    ids = {str(element.get("id")) for element in root.iter(f"{_SVG}*") if element.get("id")}
    used = [name for name in dict.fromkeys(_REFERENCE.findall(svg)) if name in ids]
    names = {name: _letters(place) for place, name in enumerate(used)}
    for element in root.iter(f"{_SVG}*"):
        _shorten(element, names)
    sheet = _classes(root)
    _open_groups(root)
    etree.cleanup_namespaces(root)
    style = etree.Element(f"{_SVG}style")
    style.text = sheet
    root.insert(0, style)
    return str(etree.tostring(root, encoding="unicode"))


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None  # noqa: S101 - only the root has none
    return parent


def _shorten(element: etree._Element, names: dict[str, str]) -> None:
    if element.get("id") in names:
        element.set("id", names[str(element.get("id"))])
    else:
        _drop(element, "id")
    for name in _REFERRING:
        if name in element.attrib:
            told = str(element.get(name))
            element.set(name, _REFERENCE.sub(lambda m: f"#{names.get(m[1], m[1])}", told))
    if "d" in element.attrib:
        element.set("d", short_path(str(element.get("d"))))
    if _NO_TURN.match(str(element.get("transform", ""))):
        _drop(element, "transform")
    for name in _GEOMETRY:
        if name in element.attrib:
            element.set(name, _round(str(element.get(name))))


def _drop(element: etree._Element, name: str) -> None:
    if name in element.attrib:
        del element.attrib[name]


def _round(geometry: str) -> str:
    rounded = _NUMBER.sub(lambda m: f"{float(m.group()):.{DIGITS}f}".removesuffix(".0"), geometry)
    rounded = re.sub(r"\s+", " ", rounded).strip()
    return re.sub(r"(?<=[A-Za-z]) | (?=[A-Za-z])", "", rounded)


def _classes(root: etree._Element) -> str:
    """Turn equal styles into classes; returns the style sheet."""
    names: dict[str, str] = {}
    for element in root.iter(f"{_SVG}*"):
        style = element.get("style")
        if style:
            _drop(element, "style")
            compact = _FAMILY.sub("", re.sub(r"\s*([:;])\s*", r"\1", str(style)))
            element.set("class", names.setdefault(compact, _letters(len(names))))
    return f"text{{font-family:{FONTS}}}" + "".join(
        f".{name}{{{style}}}" for style, name in names.items()
    )


def _letters(number: int) -> str:
    """Count in letters: a, b, …, z, ba, bb, …"""
    high, low = divmod(number, 26)
    return (_letters(high) if high else "") + chr(ord("a") + low)


def _open_groups(root: etree._Element) -> None:
    for group in reversed(list(root.iter(f"{_SVG}g"))):
        parent = group.getparent()
        if group.attrib or parent is None:
            continue
        for child in list(group):
            group.addprevious(child)
        parent.remove(group)
