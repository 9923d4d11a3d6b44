"""The command `check`: whether the data are sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from analysis.cli.console import USER_ERROR
from analysis.english import plural
from analysis.errors import FindingsError, Problem
from analysis.project import Project

if TYPE_CHECKING:
    from analysis.data.authority import AuthorityData
    from analysis.documents.again import FoundAgain

_out = Console()


def check(
    authority: Annotated[
        list[str] | None,
        typer.Argument(help="Authorities to check; all in `data/raw/` if none is named."),
    ] = None,
) -> None:
    """Check the data: every file, every row, all problems at once.

    Warnings, such as a summary that seems to hold a person's name, or a pattern of the codebook
    that matches nothing, do not fail the check. The codebook is looked at where no authority is
    named. Where documents are at hand (in `data/local/documents/`, or in the folder that
    `FINDINGS_SOURCES` names), the paragraph of every finding is looked for in them.
    """
    from analysis.data.held import (
        check_folders,
        check_names,
        held_authorities,
        load_authorities,
        load_published,
    )

    project = Project.find()
    held = held_authorities(project)
    names = authority or held
    load_authorities(project)
    load_published(project)
    if not names:
        raise FindingsError(f"Nothing is held: no folder of {project.raw()} has a visits.csv.")
    stray = [*check_names(project), *([] if authority else check_folders(project))]
    _tell("problem", stray)
    failed, read = bool(stray), []
    for name in names:
        data, problems = _check_one(name, project)
        read.append(data)
        failed |= bool(problems)
    if failed:
        raise typer.Exit(USER_ERROR)
    if not authority:
        _check_codebook(project, read)


def _check_one(name: str, project: Project) -> tuple[AuthorityData, list[Problem]]:
    """Check an authority's data, and say what is wrong with them."""
    from analysis.data.loading import checked

    data, problems, warnings = checked(name, project)
    again = _find_again(project, data)
    problems += again.problems
    _tell("problem", problems)
    _tell("warning", warnings)
    state = plural(len(problems), "problem") if problems else "in order"
    lines = [f"{state}, {plural(len(warnings), 'warning')}"]
    if again.documents:
        looked_for = plural(again.looked_for, "paragraph")
        lines.append(f"{looked_for} looked for in {plural(again.documents, 'document')}")
    for line in lines:
        _out.print(f"{name}: {line}", markup=False, highlight=False)
    return data, problems


def _find_again(project: Project, data: AuthorityData) -> FoundAgain:
    """Look for the paragraphs of findings in the documents at hand."""
    from analysis.cli.documents import CORES
    from analysis.documents.again import find_again
    from analysis.documents.printed.names import load_names

    names = load_names(project)
    return find_again(project, data.authority, data.documents, data.findings, names, CORES)


def _check_codebook(project: Project, read: list[AuthorityData]) -> None:
    """Say what of the codebook does no work in all that is held."""
    import pandas as pd

    from analysis.codes.idle import idle

    findings = pd.concat([data.findings[["summary", "words"]] for data in read])
    used = {
        theme for data in read for table in (data.codes, data.checks) for theme in table["theme"]
    }
    path = project.raw("codebook.yml")
    warnings = idle(read[0].codebook, findings, used, project.relative(path))
    _tell("warning", warnings)
    held = int((findings["words"] != "").sum())
    _out.print(
        f"codebook: in order, {plural(len(warnings), 'warning')}; looked for in "
        f"{plural(len(findings), 'finding')}, "
        f"{held} of them with their published words",
        markup=False, highlight=False, soft_wrap=True,
    )  # fmt: skip


def _tell(label: str, found: list[Problem]) -> None:
    for item in found:
        _out.print(f"{label}: {item}", markup=False, highlight=False, soft_wrap=True)
