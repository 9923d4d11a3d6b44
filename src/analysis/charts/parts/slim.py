"""Making matplotlib's SVG small: the same picture in a third of the bytes.

matplotlib repeats the whole style of every mark and names every group. Styles become classes, which
neighbours of one look share; names that nothing refers to go and the others become short; groups
without a purpose are opened, and coordinates keep as many digits as a reader could see. Outlines
are told in few letters, each point from the one before it: coordinates are counted in tenths of a
point, and steps are taken between rounded places, so that rounding never adds up along an outline.
Neighbours of one look become one outline, and nothing is cut off where the picture ends anyway.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

from lxml import etree

FONTS: Final = "Arial,Helvetica,'DejaVu Sans',sans-serif"
"""Fonts of a chart on the reader's machine. The layout is measured in DejaVu Sans, which is wider
and comes with matplotlib, so that the same data give the same bytes on every machine."""
DIGITS: Final = 1
"""Decimals kept of coordinates in points (1/72 inch); a tenth is a seventh of a pixel."""

_SVG: Final = "{http://www.w3.org/2000/svg}"
_NUMBER: Final = re.compile(r"-?\d+\.\d+")
_REFERENCE: Final = re.compile(r"#([\w.-]+)")
_URL: Final = re.compile(r"(?<=url\(#)[\w.-]+")
_FAMILY: Final = re.compile(r"font-family:[^;]*;?")
_DEFAULT: Final = re.compile(r"(?:stroke-dashoffset:0|text-anchor:start|stroke-linecap:butt);?")
_FOR_ALL: Final = re.compile(r"^\s*\*\s*{")
"""matplotlib's rule for every element, which would beat what an element inherits from its group."""
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_ALIKE: Final = 3
"""So many neighbours of one class are worth a group."""
_NO_TURN: Final = re.compile(r"^rotate\(-?0(?:\.0*)? [^)]*\)$")
_GEOMETRY: Final = ("x", "y", "width", "height", "transform", "points")
TENTHS: Final = 10
_PIECES: Final = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBERS: Final = re.compile(r"-?\d+(?:\.\d+)?")
_KNOWN: Final = frozenset("MLQCz")


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
    '<svg xmlns="http://www.w3.org/2000/svg"><style>svg{font-family:...}.a{fill:red}</style><path
    d="M...M..." class="a"/></svg>'
    """
    parser = etree.XMLParser(remove_comments=True, remove_blank_text=True, resolve_entities=False)
    root = etree.fromstring(svg.encode(), parser)
    for element in [*root.iter(f"{_SVG}metadata", f"{_SVG}style")]:
        if element.tag != f"{_SVG}style" or _FOR_ALL.match(element.text or ""):
            _parent(element).remove(element)
    _drop_clips(root)
    used = {name for e in root.iter(f"{_SVG}*") for name in _REFERENCE.findall(str(e.attrib))}
    for element in root.iter(f"{_SVG}*"):
        _shorten(element, used)
    _rename(root)
    sheet = _classes(root)
    _open_groups(root)
    _join_paths(root)
    _group_alike(root)
    etree.cleanup_namespaces(root)
    if sheet:
        style = etree.Element(f"{_SVG}style")
        style.text = f"svg{{font-family:{FONTS};stroke-linejoin:round}}{sheet}"
        root.insert(0, style)
    return str(etree.tostring(root, encoding="unicode"))


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None  # noqa: S101 - only the root has none
    return parent


def _shorten(element: etree._Element, used: set[str]) -> None:
    if element.get("id") not in used:
        _drop(element, "id")
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
            compact = re.sub(r"\s*([:;])\s*", r"\1", str(style))
            compact = _DEFAULT.sub("", _FAMILY.sub("", compact)).removesuffix(";")
            element.set("class", names.setdefault(compact, _letters(len(names))))
    return "".join(f".{name}{{{style}}}" for style, name in names.items())


def _letters(number: int) -> str:
    """Count in letters: a, b, …, z, ba, bb, …"""
    high, low = divmod(number, 26)
    return (_letters(high) if high else "") + chr(ord("a") + low)


def _drop_clips(root: etree._Element) -> None:
    """Cut nothing off at the edge of the picture, where it ends anyway."""
    whole = [float(side) for side in str(root.get("viewBox", "0 0 0 0")).split()]
    kept = set()
    for clip in [*root.iter(f"{_SVG}clipPath")]:
        inner = [float(str(clip[0].get(side, 0))) for side in ("x", "y", "width", "height")]
        if inner == whole:
            _parent(clip).remove(clip)
        else:
            kept.add(f"url(#{clip.get('id')})")
    for element in root.iter(f"{_SVG}*"):
        if element.get("clip-path", "") not in kept:
            _drop(element, "clip-path")
    for empty in [defs for defs in root.iter(f"{_SVG}defs") if not len(defs)]:
        _parent(empty).remove(empty)


def _join_paths(root: etree._Element) -> None:
    """Make one outline of neighbours that look alike."""
    for parent in [root, *root.iter(f"{_SVG}g")]:
        last: etree._Element | None = None
        for child in list(parent):
            alike = last is not None and child.tag == last.tag == f"{_SVG}path"
            if last is not None and alike and _apart(child) == _apart(last):
                last.set("d", f"{last.get('d')}{child.get('d')}")
                parent.remove(child)
            else:
                last = child


def _apart(path: etree._Element) -> dict[str, str]:
    """Attributes of an outline, its course aside."""
    return {str(name): str(value) for name, value in path.attrib.items() if name != "d"}


def _rename(root: etree._Element) -> None:
    """Give what is referred to a short name."""
    names: dict[str, str] = {}
    for element in root.iter(f"{_SVG}*"):
        name = element.get("id")
        if name:
            element.set("id", names.setdefault(str(name), _letters(len(names))))
    for element in root.iter(f"{_SVG}*"):
        target = str(element.get(_HREF, ""))[1:]
        if target in names:
            element.set(_HREF, f"#{names[target]}")
        for key, value in element.attrib.items():
            if "url(#" in str(value):
                element.set(key, _URL.sub(lambda m: names[m.group()], str(value)))


def _group_alike(root: etree._Element) -> None:
    """Put neighbours of one class into a group that carries it."""
    for parent in [root, *root.iter(f"{_SVG}g")]:
        for name, run in groupby(list(parent), key=lambda child: child.get("class")):
            alike = list(run)
            if name is None or len(alike) < _ALIKE:
                continue
            group = etree.Element(f"{_SVG}g")
            group.set("class", str(name))
            alike[0].addprevious(group)
            for child in alike:
                _drop(child, "class")
                group.append(child)


def _open_groups(root: etree._Element) -> None:
    for group in reversed(list(root.iter(f"{_SVG}g"))):
        parent = group.getparent()
        if group.attrib or parent is None:
            continue
        for child in list(group):
            group.addprevious(child)
        parent.remove(group)


def short_path(outline: str) -> str:
    """Return the same outline, to a tenth, in relative steps.

    Parameters
    ----------
    outline
        What matplotlib writes in `d`: absolute moves, lines and curves, and closings.

    Examples
    --------
    >>> short_path("M 10 20 L 60.04 20 L 60.04 30 L 59.5 31 z")
    'M10 20h50v10l-.5 1z'
    >>> short_path("M 0 0 A 1 1 0 0 0 2 2")
    'M 0 0 A 1 1 0 0 0 2 2'
    """
    pieces = [(letter, _NUMBERS.findall(told)) for letter, told in _PIECES.findall(outline)]
    if any(letter not in _KNOWN for letter, _told in pieces):
        return outline
    parts: list[str] = []
    here = start = (0, 0)
    last = ""
    for letter, told in pieces:
        numbers = [round(float(number) * TENTHS) for number in told]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if letter == "z":
            here, command, steps = start, "z", []
        elif letter == "M" and not parts:
            here = start = points[0]
            command, steps = "M", list(here)
        else:
            steps = [step for x, y in points for step in (x - here[0], y - here[1])]
            command = letter.lower()
            if command == "l":
                command, steps = _straight(*steps)
            here = points[-1]
            start = here if letter == "M" else start
        written = _written(steps)
        again = command == last and command not in "mMz"
        joined = written if written.startswith("-") else f" {written}"
        parts.append(joined if again else command + written)
        last = command
    return "".join(parts)


def _straight(right: int, down: int) -> tuple[str, list[int]]:
    """Say a line by one number where it runs along an axis."""
    if not down:
        return "h", [right]
    return ("l", [right, down]) if right else ("v", [down])


def _written(steps: list[int]) -> str:
    """Write numbers of tenths, with a space only where no sign parts them.

    Examples
    --------
    >>> _written([5, -120, 7, 0])
    '.5-12 .7 0'
    """
    written = ""
    for step in steps:
        whole, tenth = divmod(abs(step), TENTHS)
        shown = f"{whole or ''}.{tenth}" if tenth else str(whole)
        sign = "-" if step < 0 else ""
        written += f"{' ' if written and not sign else ''}{sign}{shown}"
    return written
