"""Where a paragraph stands, as briefly as a reader needs it: paragraph and page, with its link."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.anchors import finding_anchor
from analysis.report.tables.evidence import link_to
from analysis.results.results import Results
from analysis.tables import Row, records


@dataclass(frozen=True)
class Place:
    """A paragraph's place: as it is said, and its place among the evidence of the page."""

    text: str
    href: str
    link: str


def brief_place(finding: Row, document: Row) -> Place:
    """Say which paragraph of which page a finding is.

    The number is the printed one; where none is printed the page alone stands, and where neither is
    known our count.
    """
    number, page = str(finding["printed_number"]), str(finding["page"])
    parts = [f"¶{number}" if number else "", f"p.{page}" if page else ""]
    count = str(finding["finding"]).rpartition("/")[2]
    text = ", ".join(filter(None, parts)) or f"item {count}"
    return Place(text, "#" + finding_anchor(str(finding["finding"])), link_to(document, page))


def places(results: Results) -> dict[str, Place]:
    """Return the place of every finding, by its id."""
    documents = {str(row["document"]): row for row in records(results.data.documents)}
    return {
        str(row["finding"]): brief_place(row, documents[str(row["document"])])
        for row in records(results.data.findings)
    }
