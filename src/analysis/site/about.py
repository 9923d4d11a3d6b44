"""What the page about the data says: what was read, by whom, how much of it rests on little."""

from __future__ import annotations

from typing import Any

from lxml import html
from markupsafe import Markup
from nbconvert.filters.markdown import markdown2html

from analysis.england.forms import section
from analysis.project import Project
from analysis.report.method import LIMITS, RULES
from analysis.site.tables import Tables
from analysis.tables import Row
from analysis.vocabulary import ALL_COHORTS, CONFIDENCE, INSPECTIONS, KINDS, LEVELS, NOTICE, TAGGER


def about(tables: Tables) -> dict[str, Any]:
    """Return what the page's template is filled with."""
    tagged = {
        row["finding"] for rows in tables.codes.values() for row in rows if row["coder"] == TAGGER
    }
    held = {row["visit"] for row in tables.documents.values()}
    levels = [
        row
        for by_visit in tables.statuses.values()
        for by_cohort in by_visit.values()
        for cohort, row in by_cohort.items()
        if cohort != ALL_COHORTS and row["status"] in LEVELS
    ]
    both = [row for row in levels if row["document_level"]]
    steps = [abs(LEVELS[row["level_by_codes"]] - LEVELS[row["document_level"]]) for row in both]
    return {
        "documents": len(tables.documents),
        "authorities": len(tables.authorities),
        "findings": f"{len(tables.findings):,}",
        "latest": tables.latest,
        "by_year": _by_year(tables),
        "unheld": sum(v.visit not in held and v.kind != NOTICE for v in tables.visits.values()),
        "read": f"{len(tables.findings) - len(tagged):,}",
        "tagged": f"{len(tagged):,}" if tagged else "",
        "levels": f"{len(levels):,}",
        "low": f"{sum(row['confidence'] == CONFIDENCE[0] for row in levels):,}",
        "both": f"{len(both):,}" if both else "",
        "alike": f"{steps.count(0):,}",
        "opposite": f"{steps.count(max(LEVELS.values())):,}",
        "agreement": _agreement(tables.project),
        "limits": [line.replace("this authority", "an authority") for line in LIMITS],
        "rules": RULES,
    }


def documents(tables: Tables) -> list[Row]:
    """Return the documents that were read, each with its visit."""
    kept = ("document", "title", "publisher", "published", "address", "source")
    return [
        {
            "authority": tables.visits[row["visit"]].authority,
            "visit": row["visit"],
            "kind": KINDS[tables.visits[row["visit"]].kind],
            "started": tables.visits[row["visit"]].start,
        }
        | {name: row[name] for name in kept}
        for row in tables.documents.values()
    ]


def _by_year(tables: Tables) -> list[tuple[int, list[int]]]:
    """Count documents of full inspections, shorter visits and others, the latest year first."""
    found: dict[int, list[int]] = {}
    for row in tables.documents.values():
        visit = tables.visits[row["visit"]]
        at = 0 if visit.kind in INSPECTIONS else 1 if visit.kind.endswith("-visit") else 2
        found.setdefault(visit.year, [0, 0, 0])[at] += 1
    return sorted(found.items(), reverse=True)


def _agreement(project: Project) -> Markup:
    """What the data's own page says of who read and how far readers agree; its links aside."""
    text = section(project, "Who read, and how far readers agree")
    if not text:
        return Markup("")
    tree = html.fragment_fromstring(markdown2html(text), create_parent="div")
    for link in tree.iter("a"):
        link.attrib.clear()
        link.tag = "span"
    for head in tree.iter("th"):
        head.set("scope", "col")
    for table in tree.iter("table"):
        table.attrib.clear()
        caption = html.Element("caption")
        caption.text = "How far readers agree"
        table.insert(0, caption)
    return Markup(html.tostring(tree, encoding="unicode"))  # noqa: S704 - the project's own
