"""Writing a project or a codebook as REFI-QDA, the exchange format of qualitative analysis.

The same project gives the same bytes. The order of children is that of the standard's schemas, and
a container that would be empty is left out, since the schemas demand something in each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from lxml import etree

from analysis.codes.exchange.model import (
    Case,
    Code,
    Coded,
    Coding,
    Selection,
    Source,
    guid,
)
from analysis.codes.exchange.positions import with_line_feeds
from analysis.packing import packed
from analysis.project import VERSION
from analysis.tables import MARK

PROJECT: Final = "urn:QDA-XML:project:1.0"
CODEBOOK: Final = "urn:QDA-XML:codebook:1.0"
ORIGIN: Final = "inspection-findings"
ENTRY: Final = "project.qde"
SOURCES: Final = "sources"
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML can hold."""
_Element = etree._Element


def to_qdpx(project: Coded) -> bytes:
    """Return a project as a REFI-QDA project (`.qdpx`)."""
    sources = [with_line_feeds(source) for source in project.sources]
    root = etree.Element(_name("Project"), nsmap=_space(PROJECT))
    _set(root, name=project.name, origin=f"{ORIGIN} {VERSION}")
    if project.coders:
        users = etree.SubElement(root, _name("Users"))
        for key, name in project.coders.items():
            _set(etree.SubElement(users, _name("User")), guid=key, name=name)
    if project.codes:
        _codes(etree.SubElement(root, _name("CodeBook")), project.codes, PROJECT)
    _variables(root, project.cases)
    if project.cases:
        cases = etree.SubElement(root, _name("Cases"))
        for case in project.cases:
            _case(cases, case)
    if sources:
        held = etree.SubElement(root, _name("Sources"))
        for source in sources:
            _source(held, source)
    _described(root, project.memo)
    texts = {f"{SOURCES}/{source.guid}.txt": source.text for source in sources}
    return packed({ENTRY: _xml(root)} | {name: _marked(text) for name, text in texts.items()})


def _marked(text: str) -> bytes:
    """Encode a text; a byte-order mark at its beginning stands twice, since one is taken off."""
    mark = MARK if text.startswith(MARK) else ""
    return (mark + text).encode("utf-8", "replace")


def to_qdc(project: Coded) -> bytes:
    """Return the codes of a project as a REFI-QDA codebook (`.qdc`)."""
    root = etree.Element(_name("CodeBook", CODEBOOK), nsmap=_space(CODEBOOK))
    _set(root, origin=f"{ORIGIN} {VERSION}")
    _codes(root, project.codes, CODEBOOK)
    return _xml(root)


def _xml(root: _Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _space(name: str) -> Any:
    return {None: name}


def _name(tag: str, space: str = PROJECT) -> str:
    return f"{{{space}}}{tag}"


def _clean(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _set(element: _Element, **values: str) -> None:
    for name, value in values.items():
        if value:
            element.set(name, _clean(value))


def _described(element: _Element, text: str, space: str = PROJECT) -> None:
    if text:
        etree.SubElement(element, _name("Description", space)).text = _clean(text)


def _codes(book: _Element, codes: Iterable[Code], space: str) -> None:
    top = etree.SubElement(book, _name("Codes", space))
    made: dict[str, _Element] = {}
    for code in codes:
        made[code.guid] = element = etree.SubElement(
            made.get(code.parent, top), _name("Code", space)
        )
        element.set("guid", code.guid)
        element.set("name", _clean(code.name))
        element.set("isCodable", "true" if code.codable else "false")
        _set(element, color=code.colour)
        _described(element, code.description, space)


def _variables(root: _Element, cases: Iterable[Case]) -> None:
    names = dict.fromkeys(name for case in cases for name in case.values)
    if names:
        held = etree.SubElement(root, _name("Variables"))
        for name in names:
            variable = etree.SubElement(held, _name("Variable"))
            _set(variable, guid=guid("variable", name), name=name, typeOfVariable="Text")


def _case(cases: _Element, case: Case) -> None:
    element = etree.SubElement(cases, _name("Case"))
    _set(element, guid=case.guid, name=case.name)
    _described(element, case.memo)
    for name, value in case.values.items():
        held = etree.SubElement(element, _name("VariableValue"))
        _refer(held, "VariableRef", guid("variable", name))
        etree.SubElement(held, _name("TextValue")).text = _clean(value)
    for source in case.sources:
        _refer(element, "SourceRef", source)
    for selection in case.selections:
        _refer(element, "SelectionRef", selection)


def _refer(element: _Element, tag: str, target: str) -> None:
    etree.SubElement(element, _name(tag)).set("targetGUID", target)


def _source(held: _Element, source: Source) -> None:
    element = etree.SubElement(held, _name("TextSource"))
    _set(element, guid=source.guid, name=source.name,
         plainTextPath=f"internal://{source.guid}.txt")  # fmt: skip
    _described(element, source.memo)
    for selection in source.selections:
        _selection(element, selection)


def _selection(held: _Element, selection: Selection) -> None:
    element = etree.SubElement(held, _name("PlainTextSelection"))
    _set(element, guid=selection.guid, name=selection.name,
         startPosition=str(selection.start), endPosition=str(selection.end),
         creatingUser=selection.coder)  # fmt: skip
    _described(element, selection.memo)
    for coding in selection.codings:
        _coding(element, coding)


def _coding(held: _Element, coding: Coding) -> None:
    element = etree.SubElement(held, _name("Coding"))
    _set(element, guid=coding.guid, creatingUser=coding.coder)
    _refer(element, "CodeRef", coding.code)
