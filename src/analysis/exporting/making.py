"""Making the forms of a report that were asked for, from its page and what its notebook left."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from analysis.charts.parts.pictures import read_pictures
from analysis.data.provenance import data_hash
from analysis.dates import now, today
from analysis.exporting.citing import Origin, bibtex, citation_text
from analysis.exporting.figures import figure_files
from analysis.exporting.forms import BRIEFING, CITATION, FIGURES, PDF, WORD
from analysis.exporting.outline import Outline, outline
from analysis.exporting.pdf import to_pdf
from analysis.project import VERSION, Project
from analysis.report.briefing import NAME as LEFT_BRIEFING
from analysis.report.parameters import Parameters

SMALL: Final = 0.78
"""Of a picture's size on paper, in a briefing: the rest of its page stands below it."""


def other_forms(
    parameters: Parameters,
    forms: Collection[str],
    project: Project,
    page: str,
    summary: Mapping[str, str],
    left: Path,
    deadline: float,
) -> dict[str, str | bytes]:
    """Make every form of a report but its page.

    Parameters
    ----------
    parameters, forms
        The report, and the forms asked for.
    project
        Where its data are.
    page
        The published page, from which Word and PDF derive.
    summary
        What the notebook left of it in brief.
    left
        Folder in which the notebook left its charts.
    deadline
        Moment (`time.monotonic`) at which printing is given up.

    Returns
    -------
    dict of str to str or bytes
        Files by ending, `pdf`, those of the folder of figures by their place; text as UTF-8.

    Raises
    ------
    PrintingError
        If a PDF is asked for and cannot be printed.
    """
    said = outline(page)
    origin = _origin(parameters, project, said, summary)
    pictures = read_pictures(left)
    files: dict[str, str | bytes] = {}
    by_name = {picture.name: picture for picture in pictures}
    if WORD in forms or BRIEFING in forms:
        from analysis.exporting.word import to_word
    if WORD in forms:
        files["docx"] = to_word(said, by_name, citation=origin.citation(), now=now())
    if BRIEFING in forms:
        brief = (left / LEFT_BRIEFING).read_text("utf-8")
        files["briefing.html"] = brief
        smaller = {
            name: replace(picture, width=picture.width * SMALL, height=picture.height * SMALL)
            for name, picture in by_name.items()
        }
        files["briefing.docx"] = to_word(
            outline(brief), smaller, citation=origin.citation(), now=now()
        )
        files["briefing.pdf"] = to_pdf(brief, now(), deadline - time.monotonic())
    if PDF in forms:
        files["pdf"] = to_pdf(page, now(), deadline - time.monotonic())
    if FIGURES in forms:
        files |= figure_files(pictures, origin)
    if CITATION in forms:
        files |= {"bib": bibtex(origin), "citation.txt": citation_text(origin)}
    return files


def _origin(
    parameters: Parameters, project: Project, said: Outline, summary: Mapping[str, str]
) -> Origin:
    authority = parameters.authority
    return Origin(
        key=parameters.name,
        title=said.title,
        name=summary.get("name", authority),
        publishers=summary.get("publishers", ""),
        period=summary.get("period", ""),
        day=today(),
        version=VERSION,
        data=data_hash(project, authority),
    )
