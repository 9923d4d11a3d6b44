"""Reading composed documents, and what is expected of each beside the composer's own truth.

The composer tells every paragraph that it sets. A reading differs from that on purpose, and only
here:

1. Standing words. The composer says them in words of its own (`apart`), so no fixed phrase betrays
   them; where they stand among findings they are read as findings.
2. Page 1 of a report. Statements of judgement there are findings with the role summary.
3. Bullets under a bullet, and bullets that finish the sentence above, belong to it; each is set
   after a bullet sign.
4. A line that only announces bullets that are sentences, or needs, is no finding.
5. Unnumbered reports of 2015 have no heading between a part's summary and its findings, so all
   bullets under "Summary" are summaries.
6. What stands before the first heading or bullet of an account by others is its summary, and the
   rest is body: no heading says which paragraph tells a need or only sets the scene.
7. What stands before the first section of a notice opens it, whatever its number.
8. Unnumbered paragraphs that tell how an inspection was made, or to whom a notice is given, are no
   findings.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import compose
from compose import Composed, Paragraph

from analysis.documents.document import read_document
from analysis.documents.files.lines import Line
from analysis.documents.files.opening import open_document
from analysis.documents.oddities import oddities_of
from analysis.documents.printed.names import OWN, Gazetteer, load_names
from analysis.documents.readings import Finding, Reading
from analysis.documents.workers import Outcome, read_one
from analysis.project import Project

ROOT: Final = Path(__file__).parents[2]
AUTHORITIES: Final = tuple(load_names(Project(ROOT)))
OWN_NAMES: Final = tuple(name for name in AUTHORITIES if name.what == OWN)
GAZETTEER: Final = Gazetteer(AUTHORITIES)
SECONDARY: Final = (".html", ".txt")

Make = Callable[[], Composed]


def write(document: Composed, folder: Path, stem: str = "document") -> Path:
    """Write a composed document as a file."""
    path = folder / f"{stem}{document.suffix}"
    path.write_bytes(document.content)
    return path


def outcome_of(document: Composed) -> Outcome:
    """Read a composed document in this process."""
    with tempfile.TemporaryDirectory() as folder:
        return read_one(str(write(document, Path(folder))), GAZETTEER)


def read(document: Composed) -> Reading:
    """Read a composed document that must not be refused."""
    outcome = outcome_of(document)
    assert outcome.reading is not None, outcome.refused
    return outcome.reading


def reprinted(document: Composed, change: Callable[[Line], Line | None]) -> Reading:
    """Read a composed document as if some of its lines were printed otherwise, or not at all."""
    with tempfile.TemporaryDirectory() as folder:
        content = open_document(write(document, Path(folder)))
    lines = tuple(line for line in map(change, content.lines) if line)
    reading = read_document(content._replace(lines=lines), GAZETTEER)
    reading.oddities = oddities_of(reading)
    return reading


class Cases:
    """Named documents, each composed and read once."""

    def __init__(self, **makes: Make) -> None:
        self.names = [name.replace("_", " ") for name in makes]
        self._makes = dict(zip(self.names, makes.values(), strict=True))
        self.document = cache(lambda name: self._makes[name]())
        self.reading = cache(lambda name: read(self.document(name)))


# What is expected


def expected(document: Composed) -> list[Paragraph]:
    """Return the composer's paragraphs as a reading should give them."""
    told = [p for p in document.paragraphs if _is_finding(document, p)]
    told = _with_sub_bullets(document, told)
    told = [p for p in told if not (_announces(p) and not p.number)]
    if document.kind == "improvement-notice":
        return [replace(p, role="context") if p.number in ("1", "2") else p for p in told]
    if _is_account(document):
        title, bulleted = told[0].section, _after_announcement(document)
        begins = [p.section != title or p.text in bulleted for p in told]
        first = begins.index(True) if True in begins else len(told)
        return [replace(p, role="body" if at >= first else "summary") for at, p in enumerate(told)]
    if document.framework == "SIF" and not any(p.number for p in told if p.role == "body"):
        return [
            replace(p, role="summary") if p.section == "Summary" and p.role == "body" else p
            for p in told
        ]
    return told


def found(document: Composed, reading: Reading) -> list[Finding]:
    """Return the findings read, without the composer's standing words."""
    apart = [text for text in document.apart if text]
    return [f for f in reading.findings if not any(text in f.text for text in apart)]


def _is_account(document: Composed) -> bool:
    return document.suffix in SECONDARY and document.kind != "improvement-notice"


def _is_finding(document: Composed, paragraph: Paragraph) -> bool:
    return _is_account(document) or paragraph.role != "context" or bool(paragraph.number)


def _with_sub_bullets(document: Composed, told: Sequence[Paragraph]) -> list[Paragraph]:
    below = {block.text for block in document.blocks if block.level > 1 and block.kind == "bullet"}
    merged: list[Paragraph] = []
    for p in told:
        above = merged[-1].text if merged else ""
        finishes = _is_account(document) and p.text[:1].islower() and above[-1:] in ":;"
        finishes = finishes or (p.text[:1].islower() and "\u2022" in above)
        if merged and (p.text in below or finishes):
            text = f"{above} • {p.text}"
            merged[-1] = replace(merged[-1], text=text, last_page=p.last_page)
        else:
            merged.append(p)
    return merged


def _after_announcement(document: Composed) -> set[str]:
    """Texts of the paragraphs right under a line that announces bullets."""
    return {
        below.text
        for above, below in pairwise(document.paragraphs)
        if _announces(above) and not below.text[:1].islower()
    }


def _announces(paragraph: Paragraph) -> bool:
    return paragraph.text.endswith(":")


# Comparing


def as_told(paragraphs: Sequence[Paragraph]) -> list[tuple[str, str, int, int, str]]:
    """Number, role, first and last page, and text of paragraphs."""
    return [(p.number, p.role, p.page, p.last_page, p.text) for p in paragraphs]


def as_read(findings: Sequence[Finding]) -> list[tuple[str, str, int, int, str]]:
    """Number, role, first and last page, and text of findings."""
    return [(f.number, f.role, f.page, f.last_page, f.text) for f in findings]


def who_and_when(document: Composed) -> dict[str, str]:
    """What the composer says about the document as a whole."""
    return {
        "authority": document.authority,
        "kind": document.kind,
        "framework": document.framework,
        "visit_start": document.visit_start,
        "visit_end": document.visit_end or document.visit_start,
        "published": document.published,
    }


def said_of(reading: Reading) -> dict[str, str]:
    """The same of a reading."""
    return {
        "authority": reading.authority,
        "kind": reading.kind.visit,
        "framework": reading.kind.framework,
        "visit_start": reading.visit.start,
        "visit_end": reading.visit.end,
        "published": reading.published,
    }


def last_heading(section: str) -> str:
    """The heading right above a finding, without the part and the headings over it."""
    return re.split(r": (?=[A-Z])", section)[-1]


# Documents that several tests use

PLAIN: Final = Cases(
    sif_2014=compose.sif_report,
    sif_2015=lambda: compose.sif_report(style="2015", authority="leeds"),
    sif_2017=lambda: compose.sif_report(style="2017", authority="kent"),
    ilacs_five=compose.ilacs_report,
    ilacs_four=lambda: compose.ilacs_report(areas=4, authority="wigan"),
    early_letter=compose.focused_visit_letter,
    late_letter=lambda: compose.focused_visit_letter(style="paragraphs"),
)
SPLIT: Final = (date(2023, 6, 26), date(2023, 6, 30))
