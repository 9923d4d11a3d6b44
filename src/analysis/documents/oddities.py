"""What disagrees inside a document: checks that need nobody to have read it.

They catch a slip of the publisher as well as one of this program; either way a person should look.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

from analysis.documents.printed.dates import find_span
from analysis.documents.readings import Reading

LONGEST_VISIT: Final = 32
"""Most days from the first to the last of a visit, or of its parts."""
OVERALL_ENDED: Final = "2026-04"
"""Visits since this month get no grade for overall effectiveness."""
_LADDER: Final = ("outstanding", "good", "requires improvement", "inadequate")
_NOT_AREAS: Final = ("overall", "safeguarding-board")
_ENDS: Final = re.compile(r"[.!?\u2026][\"'\u2019\u201d)\]]*\d{0,2}$|\)$")
_TOGETHER: Final = "children-in-care-and-care-leavers"
_APART: Final = ("children-in-care", "care-leavers")
_EVERY: Final = ("help-and-protection", "leadership")
_SATURDAY: Final = 5


def oddities_of(reading: Reading) -> list[str]:
    """Name everything in a document that does not fit together, in plain words."""
    found = [*reading.oddities]
    for check in (_numbers, _grades, _dates, _parts, _endings):
        found.extend(check(reading))
    return found


def _numbers(reading: Reading) -> Iterator[str]:
    run: list[int] = []
    for finding in reading.findings:
        if not finding.number.isdigit():
            continue
        number = int(finding.number)
        if run and number == 1:
            yield f"the paragraph numbers begin again at 1 after {run[-1]}{_on(finding.page)}"
        elif run and number != run[-1] + 1:
            missing = ", ".join(map(str, range(run[-1] + 1, number)))
            yield f"the printed numbers skip {missing}{_on(finding.page)}"
        run.append(number)
        if not finding.text:
            yield f"paragraph {number} is printed without any words{_on(finding.page)}"
    if run and run[0] != 1:
        yield f"the paragraph numbers begin at {run[0]}"
    if run and reading.largest_number > max(run):
        yield (
            f"a line in the column of numbers begins with {reading.largest_number}, but the run "
            f"ends at {max(run)}"
        )


def _grades(reading: Reading) -> Iterator[str]:
    table = {grade.area: grade for grade in reading.grades}
    for grade in reading.heading_grades:
        other = table.get(grade.area)
        if other and other.grade != grade.grade:
            yield (
                f"{grade.area} is {other.grade}{_on(other.page)} but {grade.grade} in the "
                f"heading{_on(grade.page)}"
            )
    steps = [
        _LADDER.index(g.grade)
        for g in reading.grades
        if g.area not in _NOT_AREAS and g.grade in _LADDER
    ]
    overall = table.get("overall")
    if overall and steps and overall.grade in _LADDER:
        at = _LADDER.index(overall.grade)
        if not min(steps) <= at <= max(steps):
            yield f"the overall grade, {overall.grade}, lies outside the grades of the areas"
    if missing := _ungraded(reading, set(table)):
        yield f"no grade was found on the first pages for {', '.join(missing)}"


def _ungraded(reading: Reading, graded: set[str]) -> list[str]:
    """Name areas that every report of the framework grades, or a heading does, but no table.

    ILACS reports grade children in care and care leavers together or, since 2023, apart. A board
    is graded in its own section alone. The overall grade ended.
    """
    framework = reading.kind.framework
    if reading.kind.document != "report" or reading.kind.subject != "services" or not framework:
        return []
    if reading.kind.area:
        return []
    headed = [grade.area for grade in reading.heading_grades]
    together = framework == "ILACS" and _TOGETHER in {*graded, *headed}
    adoption = ("adoption",) if framework == "SIF" else ()
    overall = () if reading.visit.start >= OVERALL_ENDED else ("overall",)
    care = (_TOGETHER,) if together else _APART
    expected = (*overall, *_EVERY, *care, *adoption, *headed)
    return [area for area in dict.fromkeys(expected) if area not in {*graded, "safeguarding-board"}]


def _dates(reading: Reading) -> Iterator[str]:
    if not reading.visit.start:
        return
    start, end = map(date.fromisoformat, reading.visit[:2])
    if reading.visit.parts:
        parts = ", ".join(f"{one} to {two}" for one, two in reading.visit.parts)
        yield f"the visit is printed in {len(reading.visit.parts)} parts: {parts}"
    if reading.visit.days > LONGEST_VISIT + 1:
        yield f"the visit is printed as {start} to {end}, which is over {LONGEST_VISIT} days"
    for day in sorted({start, end}):
        if day.weekday() >= _SATURDAY:
            yield f"the visit is printed to begin or end on a {day:%A}, {day}"
    if reading.published and reading.published < reading.visit.end:
        yield f"it is printed as published on {reading.published}, before the visit's end, {end}"
    span = find_span(reading.running)
    if span and span[:2] != reading.visit[:2] and reading.kind.document == "report":
        yield (
            f"page 1 dates the visit {reading.visit.start} to {reading.visit.end}, the running "
            f"header or footer {span.start} to {span.end}"
        )


def _parts(reading: Reading) -> Iterator[str]:
    roles = Counter(finding.role for finding in reading.findings)
    if not reading.findings:
        yield "no finding was found in it"
    elif reading.kind.document == "letter":
        if not roles["need"]:
            yield "the letter has no section on what needs to improve"
        if not roles["body"]:
            yield "the letter has no section of findings"
    elif reading.kind.document == "report" and not roles["body"]:
        yield "the report has no section of findings"


def _endings(reading: Reading) -> Iterator[str]:
    for finding in reading.findings:
        if finding.role in ("body", "summary") and finding.text and not _ENDS.search(finding.text):
            named = f"paragraph {finding.number}" if finding.number else "a paragraph"
            place = _on(finding.page) or f" under {finding.section!r}"
            yield f"{named}{place} does not end like a sentence"


def _on(page: int) -> str:
    """Say on which page, of a document that has pages."""
    return f" (page {page})" if page else ""
