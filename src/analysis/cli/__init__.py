"""The command `findings`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer
from rich.console import Console

from analysis.cli.agreement import agree, resolve
from analysis.cli.documents import add, fetch, ingest
from analysis.cli.england import england
from analysis.cli.report import report
from analysis.cli.tagging import tag, train
from analysis.english import plural
from analysis.errors import DataError, FindingsError, Problem, is_machines, machine_error
from analysis.project import VERSION, Project

if TYPE_CHECKING:
    from analysis.data.authority import AuthorityData
    from analysis.documents.again import FoundAgain

USER_ERROR: Final = 2
"""Exit status when the user can put it right: an unknown name, wrong data."""
FAILED: Final = 1

app = typer.Typer(
    name="findings",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help=(
        "Follow what inspectors wrote about an authority's children's services, visit after visit, "
        "theme by theme.\n\n"
        "Start with `findings check`, which says whether the data are sound; then `findings report "
        "knowsley` writes the report. `findings agree` says how far the readers who coded the "
        "findings agree. Everything is read from `data/raw/` of the project you stand in."
    ),
)
_out = Console()
_err = Console(stderr=True)


def _version(show: bool) -> None:
    if show:
        _out.print(f"inspection-findings {VERSION}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Say which version this is.", callback=_version, is_eager=True
        ),
    ] = False,
) -> None:
    pass


@app.command()
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
        tagged_authorities,
    )
    from analysis.data.loading import checked

    project = Project.find()
    tagged = [name for name in tagged_authorities(project) if project.raw(name).is_dir()]
    held = held_authorities(project)
    names = authority or [*held, *tagged]
    load_authorities(project)
    load_published(project)
    if not names:
        raise FindingsError(f"Nothing is held: no folder of {project.raw()} has a visits.csv.")
    stray = [*check_names(project), *([] if authority else check_folders(project))]
    _tell("problem", stray)
    failed, read = bool(stray), []
    for name in names:
        data, problems, warnings = checked(name, project)
        again = _find_again(project, data)
        problems += again.problems
        read.append(data)
        failed |= bool(problems)
        _tell("problem", problems)
        _tell("warning", warnings)
        state = plural(len(problems), "problem") if problems else "in order"
        _out.print(
            f"{name}: {state}, {plural(len(warnings), 'warning')}", markup=False, highlight=False
        )
        if again.documents:
            _out.print(
                f"{name}: {plural(again.looked_for, 'paragraph')} looked for in "
                f"{plural(again.documents, 'document')}",
                markup=False, highlight=False,
            )  # fmt: skip
    if failed:
        raise typer.Exit(USER_ERROR)
    if not authority:
        _check_codebook(project, read)


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

    from analysis.codes.idle import idle, trained_themes

    findings = pd.concat([data.findings[["summary", "words"]] for data in read])
    used = set(trained_themes(project.raw("training")))
    used |= {
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


app.command()(report)
app.command()(agree)
app.command()(resolve)
app.command()(ingest)
app.command()(add)
app.command()(fetch)
app.command()(tag)
app.command()(train)
app.command()(england)


def main() -> None:
    """Run the command; errors meant for users print without a traceback, with exit status 2.

    So do those of the machine, wherever they arise: a full disk, too few open files, no memory. A
    bug keeps its traceback.
    """
    try:
        app()
    except DataError as error:
        _err.print(
            f"{error}\nPut these right, then run it again.",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
        sys.exit(USER_ERROR)
    except FindingsError as error:
        _refuse(error)
    except Exception as error:
        if not is_machines(error):
            raise
        place = str(error.filename) if isinstance(error, OSError) and error.filename else ""
        _refuse(machine_error(error, place or "The command could not go on"))


def _refuse(error: FindingsError) -> NoReturn:
    _err.print(str(error), markup=False, highlight=False, soft_wrap=True)
    sys.exit(USER_ERROR)
