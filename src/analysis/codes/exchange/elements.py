"""The elements of a REFI-QDA project or codebook, made into what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import IO, Any, Final

from lxml import etree

from analysis.codes.exchange.model import (
    DEEPEST,
    LONGEST,
    MAX_CODES,
    Case,
    Code,
    Coded,
    Coding,
    Selection,
    Source,
)
from analysis.codes.exchange.positions import settled
from analysis.data.archives import HOSTILE
from analysis.documents.files.refusals import UnreadableError
from analysis.english import plural

MAX_ELEMENTS: Final = 1_000_000
"""Most elements of a project or codebook; 100,000 coded selections have about 400,000."""
MAX_LEFT_OUT: Final = 100_000
"""Most things of a project that may be left out; in one with more there is little else."""
MAX_CASES: Final = 100_000
_READ: Final = (
    "Project", "User", "Code", "Variable", "Case", "TextSource", "Representation", "PDFSource",
    "PictureSource", "AudioSource", "VideoSource", "PlainTextSelection", "PDFSelection",
    "PictureSelection", "AudioSelection", "VideoSelection", "TranscriptSelection", "Note",
    "Set", "Link", "Graph",
)  # fmt: skip
"""Elements that something is done with; what else stands in them is looked up there."""
_SHOWN: Final = 50
_CHUNK: Final = 1_000_000


class Reader:
    """Takes a project apart, element by element."""

    def __init__(self, space: str, root: str, text: Callable[[str], str], name: str) -> None:
        self.space, self.root, self.text, self.name = space, root, text, name
        self.coders: dict[str, str] = {}
        self.codes: dict[str, Code] = {}
        self.sources: list[Source] = []
        self.cases: list[Case] = []
        self.notes: dict[str, tuple[str, str]] = {}
        self.told: set[str] = set()
        self.noted: dict[str, list[str]] = {}
        self.variables: dict[str, str] = {}
        self.memo = ""
        self.left_out: Counter[str] = Counter()
        self.lost = 0
        self.seen: set[str] = set()
        self.above: list[str] = []
        self.open: list[list[Selection]] = []
        self.outer: list[tuple[str, int]] = []

    def read(self, file: IO[bytes]) -> None:
        """Read the XML; whatever is done with goes, so that little of it is held at a time."""
        if (root := _first(file)) != f"{{{self.space}}}{self.root}":
            raise UnreadableError(
                f"it is no REFI-QDA file of version 1.0: its first element is {root!r}"
            )
        handlers = {
            (event, f"{{{self.space}}}{tag}"): handle
            for tag in _READ
            for event in ("start", "end")
            if (handle := getattr(self, f"_{event}_{tag.lower()}", None))
        }
        events = etree.iterparse(
            file, events=("start", "end"), tag=[tag for _, tag in handlers], resolve_entities=False,
            no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        for event, element in events:
            if handle := handlers.get((event, element.tag)):
                handle(element)

    def _tag(self, element: Any) -> str:
        space, _, name = str(element.tag).rpartition("}")
        return name if space == f"{{{self.space}" else ""

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
        key, name = self._new(element), element.get("name", "")
        if len(self.codes) >= MAX_CODES or len(self.above) >= DEEPEST or len(name) > LONGEST:
            raise UnreadableError(
                f"it has over {MAX_CODES:,} codes, one below {DEEPEST} others, or one whose name "
                f"has over {LONGEST} letters, as no codebook of people has: {HOSTILE}"
            )
        parent = self.above[-1] if self.above else ""
        self.codes[key] = Code(
            key, name, parent, "", element.get("color", ""),
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
        key, name = self._new(element), element.get("name", "")
        if len(self.cases) >= MAX_CASES:
            raise UnreadableError(f"it has over {MAX_CASES:,} cases: {HOSTILE}")
        self._note(key, element)
        if codes := self._children(element, "CodeRef"):
            self._leave_out(f"case {name!r}: code of a case", len(codes))
        sources, selections = (
            tuple(self._targets(element, tag)) for tag in ("SourceRef", "SelectionRef")
        )
        self.cases.append(Case(key, name, values, sources, self._said(element), selections))
        _clear(element)

    def _start_textsource(self, _element: Any) -> None:
        self.open.append([])

    _start_representation = _start_textsource

    def _start_pdfsource(self, element: Any) -> None:
        self.outer.append((element.get("name", ""), len(self.sources)))

    def _end_pdfsource(self, element: Any) -> None:
        name, first = self.outer.pop()
        if not self._children(element, "Representation"):
            self._end_picturesource(element)
            return
        self._of_whole(element, name)
        for at, source in enumerate(self.sources[first:], start=first):
            self._note(source.guid, element)
            memo = "\n".join(filter(None, [source.memo, self._said(element)]))
            self.sources[at] = replace(source, memo=memo)

    def _end_picturesource(self, element: Any) -> None:
        name = element.get("name", "")
        self._of_whole(element, name)
        self._leave_out(f"source {name!r}: {self._tag(element)} without a text is not read")

    _end_audiosource = _end_videosource = _end_picturesource

    def _end_textsource(self, element: Any) -> None:
        selections = self.open.pop()
        name = element.get("name") or (self.outer[-1][0] if self.outer else "")
        inside = self._children(element, "PlainTextContent")
        key = self._new(element)
        self._note(key, element)
        self._of_whole(element, name)
        try:
            text = inside[0].text or "" if inside else self.text(element.get("plainTextPath", ""))
        except LookupError as error:
            lost = plural(len(selections), "selection")
            self._leave_out(f"source {name!r}: {error}; {lost} in it cannot be placed")
            return
        source = Source(key, name, text, tuple(selections), self._said(element))
        self.sources.append(self._sound(settled(source)))
        _clear(element)

    _end_representation = _end_textsource

    def _of_whole(self, element: Any, name: str) -> None:
        """Leave out what is said of a source as a whole, and is no memo."""
        if codings := self._children(element, "Coding"):
            whole = "code of a whole source: only codes of a stretch of text are read"
            self._leave_out(whole, len(codings))
        if values := self._children(element, "VariableValue"):
            self._leave_out(f"source {name!r}: value of a variable of the source", len(values))

    def _sound(self, source: Source) -> Source:
        """Keep the selections that lie in the text and hold something of it."""
        kept = []
        for selection in source.selections:
            if 0 <= selection.start < selection.end <= len(source.text):
                kept.append(selection)
            else:
                self._leave_out(
                    f"source {source.name!r}: characters {selection.start} to {selection.end} are "
                    f"selected, which its text of {len(source.text):,} does not hold"
                )
        return Source(source.guid, source.name, source.text, tuple(kept), source.memo)

    def _end_plaintextselection(self, element: Any) -> None:
        if not self.open:
            self._leave_out("selection that stands in no text")
            return
        key = self._new(element)
        try:
            start, end = (int(element.get(name, "")) for name in ("startPosition", "endPosition"))
        except ValueError:
            self._leave_out("selection whose positions are no numbers")
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

    def _end_note(self, element: Any) -> None:
        inside = self._children(element, "PlainTextContent")
        key = self._new(element)
        try:
            text = inside[0].text or "" if inside else self.text(element.get("plainTextPath", ""))
        except LookupError as error:
            self._leave_out(f"memo {element.get('name', '')!r}: {error}")
            return
        self.notes[key] = (element.get("name", ""), text.strip())

    def _end_pdfselection(self, element: Any) -> None:
        self._leave_out(f"{self._tag(element)}: only selections of text are read")

    _end_pictureselection = _end_audioselection = _end_videoselection = _end_pdfselection
    _end_transcriptselection = _end_pdfselection

    def _end_set(self, element: Any) -> None:
        self._leave_out(f"{self._tag(element)}: sets, links and graphs are not read")

    _end_link = _end_graph = _end_set

    def _end_project(self, element: Any) -> None:
        self.memo = self._said(element)
        self._note("", element)

    def _leave_out(self, reason: str, count: int = 1) -> None:
        self.left_out[reason] += count
        self.lost += count
        if self.lost > MAX_LEFT_OUT:
            raise UnreadableError(
                f"it holds over {MAX_LEFT_OUT:,} things that cannot be read, the last of them "
                f"{reason}: {HOSTILE}"
            )

    def _children(self, element: Any, tag: str) -> list[Any]:
        return list(element.iterchildren(f"{{{self.space}}}{tag}"))

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
        cases = tuple(replace(c, memo=self._with_notes(c.guid, c.memo)) for c in self.cases)
        memo = self._with_notes("", self.memo)
        for key, (name, text) in self.notes.items():
            if key not in self.told and text:
                words = " ".join(text.split())[:_SHOWN]
                self._leave_out(f"memo {name!r} ({words!r}), which stands at nothing that is read")
        told = (f"{reason} ({plural(count, 'time')})" if count > 1 else reason
                for reason, count in self.left_out.items())  # fmt: skip
        return Coded(self.name, self.coders, codes, tuple(sources), cases, memo, tuple(told))

    def _whole(self, selection: Selection) -> Selection:
        known = tuple(coding for coding in selection.codings if coding.code in self.codes)
        if gone := len(selection.codings) - len(known):
            self._leave_out("code that the codebook does not hold", gone)
        memo = self._with_notes(selection.guid, selection.memo)
        return Selection(selection.guid, selection.start, selection.end, known, selection.name,
                         memo, selection.coder)  # fmt: skip

    def _with_notes(self, key: str, memo: str) -> str:
        refs = self.noted.get(key, [])
        self.told.update(refs)
        return "\n".join(filter(None, [memo, *(self.notes.get(ref, ("", ""))[1] for ref in refs)]))


def _first(file: IO[bytes]) -> str:
    """Return the name of the first element; refuse XML of more elements than any project has.

    They are counted by their marks before any is read, since each costs far more than its bytes.
    """
    count = 0
    while chunk := file.read(_CHUNK):
        count += chunk.count(b"<") - chunk.count(b"</")
        if count > MAX_ELEMENTS:
            raise UnreadableError(
                f"it has more than {MAX_ELEMENTS:,} elements, far more than people code: {HOSTILE}"
            )
    file.seek(0)
    events = etree.iterparse(file, events=("start",), resolve_entities=False, no_network=True,
                             load_dtd=False)  # fmt: skip
    _, element = next(iter(events))
    name = str(element.tag)
    file.seek(0)
    return name


def _guid(text: str) -> str:
    return text.strip("{} ").lower()


def _clear(element: Any) -> None:
    element.clear(keep_tail=False)
