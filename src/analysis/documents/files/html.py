"""Lines of a web page: headings, list items and paragraphs of its main part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from lxml import html

from analysis.data.archives import HOSTILE
from analysis.data.text import decode
from analysis.documents.files.lines import Content, Line, even
from analysis.documents.files.plain import LEADING, SIZE, WIDTH, not_text
from analysis.documents.files.refusals import MAX_TEXT, UnreadableError, broken

_OUTSIDE: Final = frozenset({
    "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form",
    "button", "svg", "iframe", "object", "head", "select", "dialog", "menu",
})  # fmt: skip
_OUTSIDE_NAMES: Final = re.compile(
    r"\b(?:cookie|breadcrumb|nav(?:igation|bar)?|menu|sidebar|share|social|related|footer|banner|"
    r"newsletter|advert|comments?)s?\b",
    re.IGNORECASE,
)
_BLOCKS: Final = frozenset({
    "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "th", "dt", "dd", "pre",
    "figcaption",
})  # fmt: skip
_TYPED: Final = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)]\s")
_LETTERS: Final = re.compile(r"\blower-(?:alpha|latin)\b|\balpha\b")
_NUMBERS: Final = re.compile(r"\d{1,3}")
_HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_ENTITY: Final = re.compile(rb"<!ENTITY", re.IGNORECASE)
_CHARSET: Final = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_MAX_DEPTH: Final = 200
_ALPHABET: Final = 26


def read_html(path: str) -> Content:
    """Read the lines of a web page, without menus, headers, footers and scripts.

    Raises
    ------
    UnreadableError
        If it declares entities, nests too deeply, is no text, or holds no main part.
    """
    raw = Path(path).read_bytes()
    if _ENTITY.search(raw):
        raise UnreadableError(f"it declares entities, as no page of words needs to: {HOSTILE}")
    parser = _parser(raw, path)
    with broken("a web page", "fetch it again, or leave it out"):
        root = html.document_fromstring(raw, parser=parser)
        title = even(root.findtext(".//title") or "")
        lines = tuple(_lines(_main(root)))
    if sum(len(line.text) for line in lines) > MAX_TEXT:
        raise UnreadableError(f"it holds more than {MAX_TEXT:,} characters of text; split it")
    return Content(lines, 0, "html", title)


def _parser(raw: bytes, path: str) -> html.HTMLParser:
    """Return a parser for the encoding that a page declares, else for that of its bytes."""
    if declared := _CHARSET.search(raw[:4096]):
        with suppress(LookupError):  # the page names an encoding that nobody knows
            return _parser_of(declared[1].decode("ascii", "replace"))
    return _parser_of(_encoding(raw, path))


def _parser_of(encoding: str) -> html.HTMLParser:
    return html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False)


def _encoding(raw: bytes, path: str) -> str:
    _, problems = decode(raw, path)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        if problems:
            raise not_text(problems[0]) from None
        return "cp1252"
    return "utf-8"


def _main(root: html.HtmlElement) -> html.HtmlElement:
    for where in (".//article", ".//main", ".//*[@role='main']", ".//*[@id='content']", ".//body"):
        found = root.findall(where)
        if found:
            return max(found, key=lambda element: len(element.text_content()))
    return root


def _lines(main: html.HtmlElement) -> Iterator[Line]:
    for at, (text, mark) in enumerate(_pieces(main, 0)):
        if words := even(text):
            place = -2 * LEADING * at
            yield Line(0, 0, WIDTH * len(words), place, place, SIZE, mark == "heading", words, mark)


def _pieces(element: html.HtmlElement, lists: int) -> Iterator[tuple[str, str]]:
    """Text of each block with what it is; loose text between blocks is a block of its own."""
    stack: list[tuple[html.HtmlElement, int, int]] = [(element, lists, 0)]
    while stack:
        node, lists, depth = stack.pop()
        if depth > _MAX_DEPTH:
            raise UnreadableError(f"its elements nest more than {_MAX_DEPTH} deep: {HOSTILE}")
        if not isinstance(node.tag, str) or _outside(node, is_main=depth == 0):
            continue
        lists += node.tag in ("ul", "ol")
        inner = [child for child in node if isinstance(child.tag, str)]
        if node.tag in _BLOCKS and not any(_has_blocks(child) for child in inner):
            yield _marked(node, node.text_content(), lists)
            continue
        if node.text and node.text.strip():
            yield _marked(node, _loose(node), lists)
        stack.extend((child, lists, depth + 1) for child in reversed(inner))


def _loose(node: html.HtmlElement) -> str:
    """Text of a node up to its first block."""
    parts = [node.text or ""]
    for child in node:
        if isinstance(child.tag, str) and _has_blocks(child):
            break
        if isinstance(child.tag, str):
            parts.append(child.text_content())
        parts.append(child.tail or "")
    return "".join(parts)


def _has_blocks(node: html.HtmlElement) -> bool:
    return any(
        isinstance(part.tag, str) and (part.tag in _BLOCKS or part.tag in ("ul", "ol", "div"))
        for part in node.iter()
    )


def _marked(node: html.HtmlElement, text: str, lists: int) -> tuple[str, str]:
    """Return a block's text, with the number that its list gives it, and what it is."""
    if node.tag in _HEADINGS:
        return text, "heading"
    item = _item(node)
    if item is None:
        return text, "paragraph"
    number = _number(item, lists)
    if number or (item.getparent().tag == "ol" and _TYPED.match(text.strip())):
        return f"{number} {text.strip()}", "paragraph"
    return text, "bullet" if lists <= 1 else "bullet2"


def _item(node: html.HtmlElement) -> html.HtmlElement | None:
    """Return the item of a list that begins with a block, if one does."""
    while node.tag != "li":
        above = node.getparent()
        if above is None or (above.text or "").strip() or node.getprevious() is not None:
            return None
        node = above
    return node if node.getparent() is not None else None


def _number(item: html.HtmlElement, lists: int) -> str:
    """Return the number or letter that a browser shows before an item, or ``.

    A list inside a list is lettered, or its items are points of the item that holds it.
    """
    listed = item.getparent()
    if listed.tag != "ol" or _TYPED.match(item.text_content().strip()):
        return ""
    first = listed.get("start", "")
    at = int(first) if _NUMBERS.fullmatch(first) else 1
    for other in listed.iterchildren("li"):
        if _NUMBERS.fullmatch(other.get("value", "")):
            at = int(other.get("value"))
        if other is item:
            break
        at += 1
    lettered = listed.get("type") == "a" or bool(
        _LETTERS.search(f"{listed.get('class', '')} {listed.get('style', '')}")
    )
    if lists > 1:
        return f"{chr(ord('a') + at - 1)}." if lettered and 1 <= at <= _ALPHABET else ""
    return "" if lettered or listed.get("type", "1") != "1" else f"{at}."


def _outside(node: html.HtmlElement, *, is_main: bool) -> bool:
    if is_main:
        return False
    names = f"{node.get('class', '')} {node.get('id', '')} {node.get('role', '')}"
    return node.tag in _OUTSIDE or bool(_OUTSIDE_NAMES.search(names.replace("_", "-")))
