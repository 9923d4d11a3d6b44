"""Where somebody else's selections lie in our documents, told by words and never by names.

Programs break lines otherwise, and texts come out of PDFs in many ways, so that letters and digits
alone are compared. A paragraph is known by its published words, by our summary of it, or by the
fingerprint of its words where this machine does not hold them.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import pandas as pd

from analysis.codes.exchange.model import Selection, Source
from analysis.ids import words_print
from analysis.tables import records

SURE: Final = 40
"""Letters and digits of a paragraph from which on one alone tells which document a text is."""
_LEAST: Final = 12
"""Letters and digits from which on a text can be looked for."""
_FOOT: Final = 250
"""Most letters and digits that the foot of a page and the head of the next have together."""
_LONG: Final = 50_000
"""Characters from which on words are no selection of paragraphs but most of a text."""
_HALF: Final = 0.5
_LETTERS: Final = re.compile(r"[^\W_]+")


class Span(NamedTuple):
    """Where a finding stands in a text."""

    start: int
    end: int
    finding: str


class Letters:
    r"""Letters and digits of a text, each with its place in it.

    Examples
    --------
    >>> found = Letters("Care plans,\n are late.")
    >>> found.text, found.places[4]
    ('careplansarelate', 5)
    """

    def __init__(self, text: str) -> None:
        small = text.lower()
        if len(small) != len(text):  # a few capitals have two small letters
            small = "".join(sign.lower()[0] for sign in text)
        self.places = array("L")
        parts = []
        for found in _LETTERS.finditer(small):
            self.places.extend(range(found.start(), found.end()))
            parts.append(found.group())
        self.text = "".join(parts)


class Known:
    """The findings of an authority, to be found in other texts."""

    def __init__(self, findings: pd.DataFrame) -> None:
        self.findings = [
            (str(row["finding"]), str(row["document"]),
             [Letters(str(row[name])).text for name in ("words", "summary") if row[name]])
            for row in records(findings[["finding", "document", "words", "summary"]])
        ]  # fmt: skip
        self.prints = {
            print_: finding
            for finding, print_ in zip(findings["finding"], findings["fingerprint"], strict=True)
            if print_
        }
        self.names = {finding for finding, _, _ in self.findings}
        self.looked: dict[str, list[str]] = {}

    def spans(self, source: Source) -> list[Span]:
        """Return where the findings of one document stand in a text; none where it is of none.

        The document is the one of which most letters are found.
        """
        letters = Letters(source.text)
        found: dict[str, list[Span]] = {}
        at: dict[str, int] = {}
        for finding, document, texts in self.findings:
            for text in texts:
                if held := _find(letters.text, text, at.get(document, 0)):
                    start, at[document] = held
                    places = letters.places[start], letters.places[at[document] - 1] + 1
                    found.setdefault(document, []).append(Span(*places, finding))
                    break
        for span in self._printed(source.text):
            own = found.setdefault(span.finding.rpartition("/")[0], [])
            if all(span.finding != other.finding for other in own):
                own.append(span)
        best = max(
            found.values(), key=lambda spans: sum(s.end - s.start for s in spans), default=[]
        )
        enough = len(best) > 1 or any(s.end - s.start >= SURE for s in best)
        return sorted(best) if enough else []

    def _printed(self, text: str) -> Iterator[Span]:
        """Paragraphs of a text that are known by their fingerprints."""
        for mark in ("\n\n", "\n"):
            start = 0
            for part in text.split(mark):
                if part.strip() and (finding := self.prints.get(words_print(part))):
                    yield Span(start, start + len(part), finding)
                start += len(part) + len(mark)

    def holding(self, words: str) -> list[str]:
        """Return the findings that hold some words, or that these words hold."""
        if len(words) > _LONG:
            return []
        text = Letters(words).text
        if text not in self.looked:
            self.looked[text] = self._holding(text, words) if len(text) >= _LEAST else []
        return self.looked[text]

    def _holding(self, text: str, words: str) -> list[str]:
        inside = [name for name, _, texts in self.findings if any(text in t for t in texts)]
        around = [
            name
            for name, _, texts in self.findings
            if any(len(t) >= _LEAST and t in text for t in texts)
        ]
        printed = self.prints.get(words_print(words))
        return inside[:1] or around or ([printed] if printed else [])


def _size(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in spans)


def _find(text: str, wanted: str, after: int) -> tuple[int, int] | None:
    """Return where letters stand in a text, if need be with the foot of a page between them."""
    if len(wanted) < _LEAST:
        return None
    start = text.find(wanted, after)
    start = start if start >= 0 else text.find(wanted)
    return (start, start + len(wanted)) if start >= 0 else _broken(text, wanted)


def _broken(text: str, wanted: str) -> tuple[int, int] | None:
    """Return where letters stand with others in their midst, known by their beginning and end.

    Where the page's foot stands in the beginning or the end itself, what is next to it is looked
    for.
    """
    for before in (0, SURE) if len(wanted) >= 4 * SURE else ():
        head = text.find(wanted[before : before + SURE])
        if head < before:
            continue
        for after in (0, SURE):
            last = wanted[len(wanted) - after - SURE : len(wanted) - after]
            shortest = head - before + len(wanted) - after
            end = text.find(last, shortest - SURE, shortest + _FOOT)
            if end >= 0:
                return head - before, min(end + SURE + after, len(text))
    return None


def placed(selection: Selection, spans: Sequence[Span]) -> list[str]:
    """Return the findings that a selection is of: those of which it holds half, or else most of it.

    Examples
    --------
    >>> spans = [Span(0, 100, "d/1"), Span(102, 200, "d/2")]
    >>> placed(Selection("1", 10, 40), spans), placed(Selection("2", 20, 190), spans)
    (['d/1'], ['d/1', 'd/2'])
    >>> placed(Selection("3", 100, 102), spans)
    []
    """
    shared = []
    for span in reversed(spans[: bisect_left(spans, selection.end, key=lambda span: span.start)]):
        size = min(selection.end, span.end) - max(selection.start, span.start)
        if size <= 0:
            break
        shared.append((size, span))
    held = [span.finding for size, span in shared if size >= _HALF * (span.end - span.start)]
    if held or not shared:
        return held[::-1]
    return [max(shared)[1].finding]
