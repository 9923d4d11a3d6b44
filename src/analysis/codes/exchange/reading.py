"""Reading a REFI-QDA project or codebook of any program; nothing is unpacked to disk.

The XML is read without network, entities or document type, piece by piece, so that a large project
takes little memory. Files of projects that lie elsewhere are not followed.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Final

from lxml import etree

from analysis.codes.exchange.model import (
    Case,
    Code,
    Coded,
    Coding,
    Selection,
    Source,
)
from analysis.codes.exchange.positions import settled
from analysis.codes.exchange.writing import CODEBOOK, ENTRY, PROJECT
from analysis.data.archives import HOSTILE, Limits, doctypes, has_doctype, why_not
from analysis.documents.files.refusals import UnreadableError, broken
from analysis.english import plural
from analysis.errors import DataError, Problem

LIMITS: Final = Limits(entries=20_000, inflated=400_000_000)
MAX_BYTES: Final = 200_000_000
MAX_TEXT: Final = 20_000_000
"""Most bytes of one text."""
_INTERNAL: Final = "internal://"
_OTHERS: Final = ("PictureSource", "AudioSource", "VideoSource", "PDFSource")
_OTHER_SELECTIONS: Final = (
    "PictureSelection", "AudioSelection", "VideoSelection", "PDFSelection", "TranscriptSelection",
)  # fmt: skip
_Attributes = dict[str, str]


def read_refi(path: Path) -> Coded:
    """Read a project (`.qdpx`) or a codebook (`.qdc`), told by what the file holds.

    Raises
    ------
    DataError
        If it is neither, damaged or too large, contradicts itself, or may be hostile.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _refused(path, f"it has {size:,} bytes; at most {MAX_BYTES:,} are read")
        raw = path.read_bytes()
    except OSError as error:
        raise _refused(path, f"it cannot be read ({error.strerror})") from error
    try:
        with broken("a REFI-QDA file", "export it anew from the program that it comes from"):
            return _project(raw, path.stem) if raw.startswith(b"PK") else _codebook(raw, path.stem)
    except UnreadableError as error:
        raise _refused(path, str(error)) from error


def _refused(path: Path, why: str) -> DataError:
    return DataError([Problem(path.name, 0, "", "", why)])


def _project(raw: bytes, name: str) -> Coded:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if why := why_not(archive, LIMITS):
            raise UnreadableError(why)
        names = archive.namelist()
        entry, note = _entry(names)
        if why := doctypes(archive, "project"):
            raise UnreadableError(why)
        reader = _Reader(PROJECT, "Project", _texts(archive), name)
        with archive.open(entry) as file:
            reader.read(file)
        if note:
            reader.left_out[note] += 0
        return reader.coded()


def _codebook(raw: bytes, name: str) -> Coded:
    if has_doctype(io.BytesIO(raw)):
        raise UnreadableError(f"it declares a document type, as no codebook does: {HOSTILE}")
    reader = _Reader(CODEBOOK, "CodeBook", lambda _: "", name)
    reader.read(io.BytesIO(raw))
    return reader.coded()


def _entry(names: list[str]) -> tuple[str, str]:
    """The file that holds the project, and what is to be said of its name."""
    if ENTRY in names:
        return ENTRY, ""
    others = [name for name in names if name.lower().endswith(".qde") and "/" not in name]
    if len(others) != 1:
        raise UnreadableError("it is no REFI-QDA project: no project.qde is in it")
    return others[0], f"{others[0]} was read, which should be called {ENTRY}"


def _texts(archive: zipfile.ZipFile) -> Callable[[str], str]:
    files = {name.rpartition("/")[2].lower(): name for name in archive.namelist()}

    def text(address: str) -> str:
        inside = address.removeprefix(_INTERNAL)
        if "://" in inside or not inside:
            raise LookupError("its text lies outside the project")
        name = files.get(inside.rpartition("/")[2].lower())
        if name is None:
            raise LookupError("its text is not in the project")
        if archive.getinfo(name).file_size > MAX_TEXT:
            raise LookupError(f"its text has more than {MAX_TEXT:,} bytes")
        try:
            return archive.read(name).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise LookupError("its text is not UTF-8") from None

    return text


class _Reader:
    """Takes a project apart, element by element."""

    def __init__(self, space: str, root: str, text: Callable[[str], str], name: str) -> None:
        self.space, self.root, self.text, self.name = space, root, text, name
        self.coders: dict[str, str] = {}
        self.codes: dict[str, Code] = {}
        self.sources: list[Source] = []
        self.cases: list[Case] = []
        self.notes: dict[str, str] = {}
        self.noted: dict[str, list[str]] = {}
        self.variables: dict[str, str] = {}
        self.memo = ""
        self.left_out: Counter[str] = Counter()
        self.seen: set[str] = set()
        self.above: list[str] = []
        self.open: list[list[Selection]] = []
        self.outer: list[str] = []

    def read(self, file: IO[bytes]) -> None:
        """Read the XML; whatever is done with goes, so that little of it is held at a time."""
        events = etree.iterparse(
            file, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
            huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        started = False
        for event, element in events:
            if not started:
                if element.tag != f"{{{self.space}}}{self.root}":
                    raise UnreadableError(
                        f"it is no REFI-QDA file of version 1.0: its first element is "
                        f"{element.tag!r}"
                    )
                started = True
            tag = self._tag(element)
            handle = getattr(self, f"_{event}_{tag.lower()}", None)
            if handle:
                handle(element)
            elif event == "end" and tag in _OTHER_SELECTIONS:
                self.left_out[f"{tag}: only selections of text are read"] += 1

    def _tag(self, element: Any) -> str:
        name = etree.QName(element)
        return str(name.localname) if name.namespace == self.space else ""

    def _new(self, element: Any) -> str:
        """Return an element's id, which no other may have."""
        key = _guid(element.get("guid", ""))
        if not key:
            raise UnreadableError(f"{self._tag(element)} {element.get('name', '')!r} has no guid")
        if key in self.seen:
            raise UnreadableError(f"two things have the guid {key}; which is meant cannot be told")
        self.seen.add(key)
        return key

    def _start_project(self, element: Any) -> None:
        self.name = element.get("name") or self.name

    def _end_user(self, element: Any) -> None:
        key = self._new(element)
        self.coders[key] = element.get("name") or element.get("id") or key

    def _start_code(self, element: Any) -> None:
        key = self._new(element)
        parent = self.above[-1] if self.above else ""
        self.codes[key] = Code(
            key, element.get("name", ""), parent, "", element.get("color", ""),
            element.get("isCodable", "true") in ("true", "1"),
        )  # fmt: skip
        self.above.append(key)

    def _end_code(self, element: Any) -> None:
        key = self.above.pop()
        code = self.codes[key]
        self.codes[key] = Code(
            key, code.name, code.parent, self._said(element), code.colour, code.codable
        )
        self._note(key, element)

    def _end_variable(self, element: Any) -> None:
        self.variables[self._new(element)] = element.get("name", "")

    def _end_case(self, element: Any) -> None:
        values = {}
        for held in self._children(element, "VariableValue"):
            of = self._targets(held, "VariableRef")
            told = [child.text or "" for child in held if self._tag(child).endswith("Value")]
            if of and told:
                values[self.variables.get(of[0], of[0])] = told[0]
        sources = tuple(self._targets(element, "SourceRef"))
        self.cases.append(
            Case(self._new(element), element.get("name", ""), values, sources, self._said(element))
        )

    def _start_textsource(self, _element: Any) -> None:
        self.open.append([])

    _start_representation = _start_textsource

    def _start_pdfsource(self, element: Any) -> None:
        self.outer.append(element.get("name", ""))

    def _end_pdfsource(self, element: Any) -> None:
        self.outer.pop()
        if not self._children(element, "Representation"):
            self._end_picturesource(element)

    def _end_picturesource(self, element: Any) -> None:
        name = element.get("name", "")
        self.left_out[f"source {name!r}: {self._tag(element)} without a text is not read"] += 1

    _end_audiosource = _end_videosource = _end_picturesource

    def _end_textsource(self, element: Any) -> None:
        selections = self.open.pop()
        name = element.get("name") or (self.outer[-1] if self.outer else "")
        inside = self._children(element, "PlainTextContent")
        key = self._new(element)
        self._note(key, element)
        try:
            text = inside[0].text or "" if inside else self.text(element.get("plainTextPath", ""))
        except LookupError as error:
            lost = plural(len(selections), "selection")
            self.left_out[f"source {name!r}: {error}; {lost} in it cannot be placed"] += 1
            return
        source = Source(key, name, text, tuple(selections), self._said(element))
        self.sources.append(self._sound(settled(source)))
        _clear(element)

    _end_representation = _end_textsource

    def _sound(self, source: Source) -> Source:
        """Keep the selections that lie in the text and hold something of it."""
        kept = []
        for selection in source.selections:
            if 0 <= selection.start < selection.end <= len(source.text):
                kept.append(selection)
            else:
                self.left_out[
                    f"source {source.name!r}: characters {selection.start} to {selection.end} are "
                    f"selected, which its text of {len(source.text):,} does not hold"
                ] += 1
        return Source(source.guid, source.name, source.text, tuple(kept), source.memo)

    def _end_plaintextselection(self, element: Any) -> None:
        if not self.open:
            return
        key = self._new(element)
        try:
            start, end = (int(element.get(name, "")) for name in ("startPosition", "endPosition"))
        except ValueError:
            self.left_out["selection whose positions are no numbers"] += 1
            return
        codings = tuple(
            Coding(_guid(held.get("guid", "")), code, _guid(held.get("creatingUser", "")))
            for held in self._children(element, "Coding")
            for code in self._targets(held, "CodeRef")
        )
        for held in self._children(element, "Coding"):
            self._note(key, held)
        self._note(key, element)
        self.open[-1].append(
            Selection(key, start, end, codings, element.get("name", ""), self._said(element),
                      _guid(element.get("creatingUser", "")))
        )  # fmt: skip
        _clear(element)

    def _end_coding(self, element: Any) -> None:
        parent = element.getparent()
        if self._tag(parent) in ("TextSource", "Representation"):
            self.left_out["code of a whole source: only codes of a stretch of text are read"] += 1

    def _end_note(self, element: Any) -> None:
        inside = self._children(element, "PlainTextContent")
        key = self._new(element)
        try:
            text = inside[0].text or "" if inside else self.text(element.get("plainTextPath", ""))
        except LookupError as error:
            self.left_out[f"memo {element.get('name', '')!r}: {error}"] += 1
            return
        self.notes[key] = text.strip()

    def _end_set(self, element: Any) -> None:
        self.left_out[f"{self._tag(element)}: sets, links and graphs are not read"] += 1

    _end_link = _end_graph = _end_set

    def _end_project(self, element: Any) -> None:
        self.memo = self._said(element)

    def _children(self, element: Any, tag: str) -> list[Any]:
        return [child for child in element if self._tag(child) == tag]

    def _targets(self, element: Any, tag: str) -> list[str]:
        return [_guid(child.get("targetGUID", "")) for child in self._children(element, tag)]

    def _said(self, element: Any) -> str:
        return " ".join((child.text or "") for child in self._children(element, "Description"))

    def _note(self, key: str, element: Any) -> None:
        if refs := self._targets(element, "NoteRef"):
            self.noted.setdefault(key, []).extend(refs)

    def coded(self) -> Coded:
        """Return what was read, with memos where they belong."""
        sources = [
            Source(s.guid, s.name, s.text, tuple(map(self._whole, s.selections)),
                   self._with_notes(s.guid, s.memo))
            for s in self.sources
        ]  # fmt: skip
        codes = tuple(
            Code(c.guid, c.name, c.parent, self._with_notes(c.guid, c.description), c.colour,
                 c.codable)
            for c in self.codes.values()
        )  # fmt: skip
        told = (f"{reason} ({plural(count, 'time')})" if count > 1 else reason
                for reason, count in self.left_out.items())  # fmt: skip
        return Coded(self.name, self.coders, codes, tuple(sources), tuple(self.cases), self.memo,
                     tuple(told))  # fmt: skip

    def _whole(self, selection: Selection) -> Selection:
        known = tuple(coding for coding in selection.codings if coding.code in self.codes)
        if gone := len(selection.codings) - len(known):
            self.left_out["code that the codebook does not hold"] += gone
        memo = self._with_notes(selection.guid, selection.memo)
        return Selection(selection.guid, selection.start, selection.end, known, selection.name,
                         memo, selection.coder)  # fmt: skip

    def _with_notes(self, key: str, memo: str) -> str:
        refs = self.noted.get(key, [])
        return "\n".join(filter(None, [memo, *(self.notes.get(ref, "") for ref in refs)]))


def _guid(text: str) -> str:
    return text.strip("{} ").lower()


def _clear(element: Any) -> None:
    element.clear(keep_tail=False)
