"""Grades as printed: in the table of the first pages, in sentences, and in section headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from analysis.documents.files.lines import Line
from analysis.vocabulary import grade_of

GRADE: Final = (
    r"(?:outstanding|good|requires?\s+improvement(?:\s+to\s+be\s+good)?|inadequate|adequate|"
    r"not\s+judged)"
)
_GRADE_WORD: Final = re.compile(rf"\b{GRADE}\b", re.IGNORECASE)
_NORMAL: Final = re.compile(r"\s+")
_ILACS_ROWS: Final = (
    ("leadership", r"(?:the\s+)?impact\s+of\s+leaders\s+on\s+(?:social\s+work\s+)?practice"
                   r"(?:\s+with(?:\s+children(?:\s+and\s+(?:their\s+)?families)?)?)?"),
    ("help-and-protection", r"(?:the\s+)?experiences?\s+and\s+progress\s+of\s+children\s+who\s+"
                            r"need\s+help\s+and\s+protection"),
    ("children-in-care-and-care-leavers", r"(?:the\s+)?experiences?\s+and\s+progress\s+of\s+"
                                          r"children\s+in\s+care\s+and\s+care\s+leavers"),
    ("children-in-care", r"(?:the\s+)?experiences?\s+and\s+progress\s+of\s+children\s+in\s+care"),
    ("care-leavers", r"(?:the\s+)?experiences?\s+and\s+progress\s+of\s+(?:children\s+)?care\s+"
                     r"leavers"),
    ("overall", r"overall\s+effectiveness"),
)  # fmt: skip
_SIF_ROWS: Final = (
    ("help-and-protection", r"\d\.?\s*children\s+who\s+need\s+help\s+and\s+protection"),
    ("children-in-care", r"\d\.?\s*children\s+looked\s+after\s+and\s+achieving\s+permanence"),
    ("adoption", r"\d\.\d\.?\s*adoption\s+performance"),
    ("care-leavers", r"\d\.\d\.?\s*(?:the\s+)?experiences?\s+and\s+progress\s+of\s+care\s+leavers"),
    ("leadership", r"\d\.?\s*leadership,?\s+management\s+and\s+governance"),
)
_BOARD: Final = (
    r"(?:local\s+safeguarding\s+children(?:['\u2019]?s)?\s+board(?:\s*\(?LSCB\)?)?|\bLSCB\)?)\d?"
)
_VERB: Final = r"\s*(?:is\s+that\s+it\s+)?(?:is|are)?\s*[:\u2013-]?\s*"
_SENTENCES: Final = (
    (
        "overall",
        r"overall\s+judge?ment\s+(?:is|of)(?:\s+that)?"
        r"(?:\s+children\S*\s+services?(?:\s+in\s+[^.]{2,60}?)?\s*(?:are|is)?|\s+it\s+is)?\s*[:\u2013-]?\s*",
    ),
    (
        "overall",
        r"children['\u2019]?s['\u2019]?\s+services?(?:\s+(?:in|for)\s+[^.]{2,60}?)?"
        r"(?:\s+(?:are|is)\s+|\s+)(?=" + GRADE + r"\b)",
    ),
    ("safeguarding-board", _BOARD + _VERB),
)
_TABLE_HEAD: Final = re.compile(r"\bjudge?ments?\s+(?:judge?ment\s+)?grades?\b", re.IGNORECASE)
_GAP: Final = r"[\s:.\u2013-]*\d?\s*"

HEADINGS: Final = (
    ("adoption", r"adoption"),
    ("children-in-care-and-care-leavers", r"children\s+in\s+care\s+and\s+care\s+leavers"),
    ("care-leavers", r"experiences?\s+and\s+progress\s+of\s+(?:children\s+)?care\s+leavers"),
    ("children-in-care", r"children\s+in\s+care|children\s+looked\s+after\s+and\s+achieving"),
    ("help-and-protection", r"need\s+help\s+and\s+protection"),
    ("leadership", r"impact\s+of\s+leaders|leadership,?\s+management\s+and\s+governance"),
    ("overall", r"^overall\s+effectiveness"),
    ("leadership", r"^leadership\s+and\s+management$"),
    ("safeguarding-board", r"safeguarding\s+children(?:['\u2019]?s)?\s+board|\bLSCB\b"),
)
_HEADING_AREAS: Final = tuple(
    (area, re.compile(pattern, re.IGNORECASE)) for area, pattern in HEADINGS
)
_NUMBERED_GRADE: Final = re.compile(rf"grade \d \(?({GRADE})\)?", re.IGNORECASE)
_HEADING_GRADE: Final = re.compile(
    rf"(?:\b(?:is|are|it|that)\s*:?\s*|:\s*|\u2013\s*|-\s*|\s)({GRADE})\s*\.?\s*(?:because:?)?$",
    re.IGNORECASE,
)


class Grade(NamedTuple):
    """A grade printed for an area.

    Attributes
    ----------
    area
        Slug.
    printed
        As printed, spaces evened out.
    page
        Where.
    lines
        Indices of the lines, among those searched, that name the area and print the grade.
    """

    area: str
    printed: str
    page: int
    lines: tuple[int, ...] = ()

    @property
    def grade(self) -> str:
        """The grade in the closed list's words."""
        return grade_of(self.printed)


def find_grades(lines: Sequence[Line], framework: str) -> list[Grade]:
    """Find the grades printed on a document's first pages, one for each area.

    Parameters
    ----------
    lines
        Lines of the first two pages without headers and footers, in the file's order.
    framework
        `ILACS` or `SIF`: whose table to expect.
    """
    text, starts = _joined(lines)
    if framework == "ILACS":
        found = _rows(text, _ILACS_ROWS, _TABLE_HEAD.search(text))
    else:
        found = _rows(text, _SIF_ROWS, None)
    areas = {area for area, _, _ in found}
    for area, pattern in _SENTENCES:
        if area in areas:
            continue
        for match in re.finditer(rf"{pattern}({GRADE})\b", text, re.IGNORECASE):
            if _is_judgement(text, match):
                found.append((area, match.start(), match.span(1)))
                areas.add(area)
                break
    grades = []
    for area, begin, (start, end) in found:
        spanned = [
            i
            for i, (line, at) in enumerate(zip(lines, starts, strict=True))
            if at < end and at + len(line.text) > begin
        ]
        page = next(lines[i].page for i in spanned if starts[i] + len(lines[i].text) > start)
        grades.append(Grade(area, _NORMAL.sub(" ", text[start:end]).strip(), page, tuple(spanned)))
    return grades


def _joined(lines: Sequence[Line]) -> tuple[str, list[int]]:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line.text) + 1
    return " ".join(line.text for line in lines), starts


def _rows(
    text: str, rows: Sequence[tuple[str, str]], head: re.Match[str] | None
) -> list[tuple[str, int, tuple[int, int]]]:
    """Rows of a table: the area's name with the grade right after it."""
    found: list[tuple[str, int, tuple[int, int]]] = []
    begin = head.end() if head else 0
    for area, pattern in rows:
        row = re.compile(rf"{pattern}{_GAP}({GRADE})\b", re.IGNORECASE)
        if match := row.search(text, begin):
            found.append((area, match.start(), match.span(1)))
    return found


def _is_judgement(text: str, match: re.Match[str]) -> bool:
    """Not a sentence that says what a grade means or was before."""
    before = text[max(0, match.start() - 60) : match.start()].lower()
    whole = match[0].lower()
    return not re.search(r"last inspection|previous|expectation|\bif\b", before + whole)


def heading_area(text: str) -> str:
    """Area that a heading names, or `""`."""
    return next((area for area, pattern in _HEADING_AREAS if pattern.search(text)), "")


def heading_grade(text: str) -> str:
    """Grade that a heading ends with, as printed, or `""`.

    Examples
    --------
    >>> heading_grade("The experiences and progress of care leavers: requires improvement")
    'requires improvement'
    >>> heading_grade("What does good look like")
    ''
    """
    found = _HEADING_GRADE.search(text.strip())
    return _NORMAL.sub(" ", found[1]) if found else ""


def without_grade(text: str) -> str:
    """Take the grade off the end of a heading.

    Examples
    --------
    >>> without_grade("The experiences and progress of care leavers: good")
    'The experiences and progress of care leavers'
    """
    found = _HEADING_GRADE.search(text.strip())
    if not found:
        return text.strip()
    rest = text.strip()[: found.start()]
    rest = re.sub(r"\s*(?:\bis that(?: it)?(?: is)?|\bis|\bare|:|\u2013|-)\s*$", "", rest)
    return rest.strip() or text.strip()


def only_grade(text: str) -> str:
    """Grade that a text is and nothing else, as printed, or `""`.

    Examples
    --------
    >>> only_grade("Requires improvement.")
    'Requires improvement'
    >>> only_grade("Grade 3 (Adequate)")
    'Adequate'
    """
    bare = text.strip().rstrip(".")
    if numbered := _NUMBERED_GRADE.fullmatch(bare):
        return numbered[1]
    return bare if _GRADE_WORD.fullmatch(bare) else ""
