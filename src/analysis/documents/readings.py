"""What is known of one document once it has been read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from analysis.documents.files.lines import Line
from analysis.documents.kind import Kind
from analysis.documents.printed.dates import Span
from analysis.documents.printed.extents import find_extent
from analysis.documents.printed.grades import Grade
from analysis.documents.printed.headings import FINDINGS

UNKNOWN: Final = Span("", "")
"""Dates that are not printed."""


class Told(NamedTuple):
    """What a user says of a document, whatever it says itself; blank where nothing is said.

    Attributes
    ----------
    kind
        Kind of the visit.
    authority
        Slug.
    """

    kind: str = ""
    authority: str = ""


NOT_TOLD: Final = Told()
"""The document alone says what it is."""


@dataclass
class Finding:
    """A finding as published.

    Attributes
    ----------
    number
        As printed, or ``.
    section, area, role
        Where it stands, about what, and which part it plays.
    page
        Page on which it begins; 0 where there are none.
    text
        As published, lines re-joined.
    last_page
        Page on which it ends.
    """

    number: str
    section: str
    area: str
    role: str
    page: int
    text: str
    last_page: int = 0

    @property
    def extent(self) -> str:
        """The inspectors' quantity word of its main judgement as it stands there, or ``."""
        return find_extent(self.text).printed


@dataclass
class Reading:
    """What was read from one document.

    Attributes
    ----------
    kind, title, authority, former
        What it is, and about whom.
    visit, published
        Dates as ISO text; blank where not printed.
    scope, areas
        The published words, and the areas they name.
    grades, heading_grades
        Grades of the table or of sentences on the first pages; of section headings.
    findings
        In order.
    uses
        Characters of each use, over every line.
    left_out
        Paragraphs in parts that hold no findings: part to (count, first page, last page).
    missing
        What was not found, with the reason.
    oddities
        What disagrees inside the document.
    pages
        Number of pages; 0 where the format has none.
    running
        Text of running headers and footers.
    largest_number
        Largest number that begins a line in the column of paragraph numbers, in whatever order.
    theme
        What a joint inspection looked at, in a few printed words; else ``.
    told
        What a user said of it.
    """

    kind: Kind
    title: str = ""
    authority: str = ""
    former: str = ""
    visit: Span = UNKNOWN
    published: str = ""
    scope: str = ""
    areas: list[str] = field(default_factory=list)
    grades: list[Grade] = field(default_factory=list)
    heading_grades: list[Grade] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    uses: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    oddities: list[str] = field(default_factory=list)
    pages: int = 0
    running: str = ""
    largest_number: int = 0
    theme: str = ""
    told: Told = NOT_TOLD

    def date_visit(self, span: Span | None) -> None:
        """Set the dates of the visit, or say that none are printed."""
        if span is None:
            self.missing["visit_start"] = "no date of the visit is printed where it stands"
        else:
            self.visit = span
            if not span.in_order:
                self.oddities.append(
                    "the days of the visit are printed out of order; "
                    f"{span.start} to {span.end} is taken"
                )
            if span.misprinted:
                self.oddities.append(
                    "a year of the visit's days is misprinted, it would have lasted most of a "
                    f"year; {span.start} to {span.end} is taken"
                )

    def use(self, lines: Iterable[Line], use: str) -> None:
        """Count lines as used for something."""
        self.uses[use] = self.uses.get(use, 0) + sum(len(line.text) for line in lines)


@dataclass
class Place:
    """Where a reader stands in a document: the section in force and what it holds.

    `named` says that the title names its own part; `boxed`, that the box of a part's grade begins.
    """

    use: str = FINDINGS
    role: str = "body"
    area: str = "overall"
    part_area: str = ""
    part_title: str = ""
    title: str = ""
    sub: str = ""
    named: bool = True
    boxed: bool = False

    @property
    def section(self) -> str:
        """The section's name, with its part's where the heading is a general one."""
        own = ": ".join(filter(None, (self.title, self.sub)))
        if self.part_title and not self.named:
            return f"{self.part_title}: {own}" if own else self.part_title
        return own
