"""A document's rows in the four tables that reading documents gives."""

from __future__ import annotations

from typing import Final

from analysis.documents.copies import Document
from analysis.documents.printed.grades import Grade
from analysis.documents.readings import Finding, Reading
from analysis.english import plural
from analysis.ids import finding_id, words_print

DOCUMENT_COLUMNS: Final = (
    "id", "file", "authority", "kind", "document_kind", "framework", "title", "visit_start",
    "visit_end", "published", "source", "scope", "areas", "pages", "sha256", "inspection_type",
    "numbered", "findings", "left_out", "not_found", "inferred",
)  # fmt: skip
JUDGEMENT_COLUMNS: Final = ("document", "area", "grade", "grade_printed", "page")
FINDING_COLUMNS: Final = (
    "document", "id", "printed_number", "section", "area", "page", "extent", "role",
    "fingerprint", "text",
)  # fmt: skip
IN_CARE: Final = "children-in-care-and-care-leavers"
IN_CARE_ALONE: Final = frozenset({"children-in-care", "care-leavers", "adoption", "leadership"})
"""Areas of an inspection that looked at children in care and care leavers, and at no others."""
SHORT_DAYS: Final = 7
"""An ILACS inspection of at most so many days is taken for a short one."""

Row = dict[str, str]


def document_row(document: Document) -> Row:
    """Row of a document, without what differs from file to file."""
    reading = document.reading
    inferred = []
    kind = inspection_type(reading)
    if kind:
        inferred.append("inspection_type: from the length of the visit, as it is never printed")
    if reading.former:
        inferred.append(f"authority: the report is about {reading.former}, which it took over")
    if told := told_by_user(reading):
        inferred.append(told)
    return {
        "id": document.id,
        "authority": reading.authority,
        "kind": reading.kind.visit,
        "document_kind": reading.kind.document,
        "framework": reading.kind.framework,
        "title": reading.title,
        "visit_start": reading.visit.start,
        "visit_end": reading.visit.end,
        "published": reading.published,
        "source": reading.kind.source,
        "scope": reading.scope,
        "areas": ";".join(reading.areas),
        "inspection_type": kind,
        "numbered": str(max((int(x.number) for x in reading.findings if x.number.isdigit()),
                            default="")),
        "findings": str(len(reading.findings)),
        "left_out": "; ".join(
            f"{part}: {plural(count, 'paragraph')}"
            + (f", pages {first} to {last}" if first else "")
            for part, (count, first, last) in reading.left_out.items()
        ),
        "not_found": "; ".join(f"{what}: {why}" for what, why in sorted(reading.missing.items())),
        "inferred": "; ".join(inferred),
    }  # fmt: skip


def told_by_user(reading: Reading) -> str:
    """Say what of a document was told by a user and not read in it, or ``."""
    told = [name for name, value in reading.told._asdict().items() if value]
    return f"{' and '.join(told)}: as told, not as the document says itself" if told else ""


def pages(reading: Reading | None) -> str:
    """Say how many pages a reading has; blank where its file has none."""
    return str(reading.pages) if reading and reading.pages else ""


def inspection_type(reading: Reading) -> str:
    """`short` or `standard` for an ILACS inspection, inferred; `""` for anything else.

    The length of a visit in parts says nothing of its type.
    """
    if reading.kind.framework != "ILACS" or reading.kind.document != "report":
        return ""
    if not reading.visit.start or reading.visit.parts:
        return ""
    return "short" if reading.visit.days <= SHORT_DAYS else "standard"


def grades_of(reading: Reading) -> list[Grade]:
    """Every grade printed: those of the first pages, then of headings for areas not among them.

    Where an inspection looked at children in care and care leavers alone, as some did in 2013, its
    overall grade is one of services for them, not of the whole.
    """
    areas = {grade.area for grade in reading.grades}
    found = [*reading.grades, *(g for g in reading.heading_grades if g.area not in areas)]
    if not reading.areas or not set(reading.areas) <= IN_CARE_ALONE:
        return found
    return [g._replace(area=IN_CARE) if g.area == "overall" else g for g in found]


def judgements(document: Document) -> list[Row]:
    """Rows of the grades of a document."""
    return [
        {
            "document": document.id,
            "area": grade.area,
            "grade": grade.grade,
            "grade_printed": grade.printed,
            "page": str(grade.page) if grade.page else "",
        }
        for grade in grades_of(document.reading)
    ]


def findings(document: Document) -> list[Row]:
    """Rows of the findings of a document."""
    return [
        _finding_row(document.id, number, finding)
        for number, finding in enumerate(document.reading.findings, start=1)
    ]


def _finding_row(document: str, number: int, finding: Finding) -> Row:
    return {
        "document": document,
        "id": finding_id(document, number),
        "printed_number": finding.number,
        "section": finding.section,
        "area": finding.area,
        "page": str(finding.page) if finding.page else "",
        "extent": finding.extent,
        "role": finding.role,
        "fingerprint": words_print(finding.text),
        "text": finding.text,
    }
