"""The command `findings`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from analysis import __version__
from analysis.cli_documents import add, fetch, ingest
from analysis.cli_england import england
from analysis.cli_tagging import tag, train
from analysis.errors import DataError, FindingsError
from analysis.project import Project

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
        _out.print(f"inspection-findings {__version__}")
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

    Warnings, such as a summary that seems to hold a person's name, do not fail the check.
    """
    from analysis.loading import check as check_authority
    from analysis.loading import held_authorities, load_authorities, tagged_authorities

    project = Project.find()
    coded = [name for name in tagged_authorities(project) if project.raw(name).is_dir()]
    names = authority or [*held_authorities(project), *coded]
    load_authorities(project)
    if not names:
        raise FindingsError(f"Nothing is held: no folder of {project.raw()} has a visits.csv.")
    failed = False
    for name in names:
        problems, warnings = check_authority(name, project)
        failed |= bool(problems)
        for label, found in (("problem", problems), ("warning", warnings)):
            for item in found:
                _out.print(f"{label}: {item}", markup=False, highlight=False, soft_wrap=True)
        state = f"{len(problems)} problems" if problems else "in order"
        _out.print(f"{name}: {state}, {len(warnings)} warnings", markup=False, highlight=False)
    if failed:
        raise typer.Exit(USER_ERROR)


@app.command()
def report(
    authority: Annotated[
        list[str], typer.Argument(help="Authorities to report on, such as `knowsley`.")
    ],
    start: Annotated[
        str, typer.Option(help="First visit to count: `2014`, `2014-04` or a day.")
    ] = "",
    end: Annotated[str, typer.Option(help="Last visit to count, in the same forms.")] = "",
    themes: Annotated[
        str, typer.Option(help="Themes to follow closely, by their ids, separated by commas.")
    ] = "",
    include_secondary: Annotated[
        bool,
        typer.Option(
            "--include-secondary",
            help="Let council news or press set a status where no inspectors' document is held.",
        ),
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the pages; `reports/` if not given.")
    ] = None,
) -> None:
    """Write the report of one or more authorities as one self-contained page each.

    Nothing is written for an unknown authority or theme, nor from data that `findings check`
    refuses; a page that stood there before stays until the new one is whole.
    """
    from analysis.publish import publish
    from analysis.report import Report

    project = Project.find()
    folder = out or project.reports
    wanted = [
        {
            "authority": name,
            "start": start,
            "end": end,
            "themes": themes,
            "include_secondary": include_secondary,
        }
        for name in dict.fromkeys(authority)
    ]
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_err, transient=True) as progress:
        task = progress.add_task("Checking the data", total=2 * len(wanted))
        for parameters in wanted:
            Report.of(**parameters)  # type: ignore[arg-type]
            progress.advance(task)
        for parameters in wanted:
            progress.update(task, description=f"Writing the report of {parameters['authority']}")
            page = publish(project, folder, parameters)
            progress.advance(task)
            size = f"{page.stat().st_size / 1000:,.0f} KB"
            _out.print(f"{page} ({size})", markup=False, highlight=False, soft_wrap=True)


@app.command()
def agree(
    authority: Annotated[
        list[str] | None,
        typer.Argument(help="Authorities; all whose tables people wrote if none is named."),
    ] = None,
    first: Annotated[str, typer.Option(help="The coder compared with.")] = "reader-1",
    second: Annotated[str, typer.Option(help="The coder compared.")] = "reader-2",
) -> None:
    """Say how far two coders agree, by theme and over everything, with n."""
    import pandas as pd

    from analysis.agreement import compare, consequences, link_agreement
    from analysis.errors import require_known
    from analysis.loading import held_authorities, load
    from analysis.tables import cell_text
    from analysis.vocabulary import TAGGER

    project = Project.find()
    for name in authority or held_authorities(project):
        data = load(name, project)
        codes = pd.concat([data.codes, data.checks], ignore_index=True)
        if set(codes["coder"]) <= {TAGGER}:
            coded = ", ".join(held_authorities(project)) or "none yet"
            raise FindingsError(
                f"{data.name}: no reader has coded its findings, so there is nothing to compare. "
                f"Coded by readers: {coded}."
            )
        for coder in (first, second):
            require_known("coder", coder, set(codes["coder"]))
        found = compare(codes, first, second, data.codebook.ids)
        overall = found.overall
        if {first, second} <= set(data.codes["coder"]):
            overall = pd.concat(
                [
                    overall,
                    consequences(data, first, second),
                    link_agreement(data.need_links, first, second),
                ]
            )
        _out.print(
            f"{data.name}: {first} and {second} both coded {found.findings} findings",
            highlight=False,
        )
        for table in (overall, found.themes):
            shown = Table(*map(str, table.columns))
            for row in table.itertuples(index=False, name=None):
                shown.add_row(*(escape(cell_text(value)) for value in row))
            _out.print(shown)


app.command()(ingest)
app.command()(add)
app.command()(fetch)
app.command()(tag)
app.command()(train)
app.command()(england)


def main() -> None:
    """Run the command; errors meant for users print without a traceback, with exit status 2."""
    try:
        app()
    except DataError as error:
        _err.print(
            f"{error}\nPut these right and run `findings check`.",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
        sys.exit(USER_ERROR)
    except FindingsError as error:
        _err.print(str(error), markup=False, highlight=False, soft_wrap=True)
        sys.exit(USER_ERROR)
