"""The command `findings`."""

from __future__ import annotations

import sys
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from analysis import __version__
from analysis.cli_documents import add, fetch, ingest
from analysis.cli_report import report
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
        typer.Argument(help="Authorities to check; all that are held if none is named."),
    ] = None,
) -> None:
    """Check the data: every file, every row, all problems at once.

    Warnings, such as a summary that seems to hold a person's name, do not fail the check.
    """
    from analysis.loading import check as check_authority
    from analysis.loading import held_authorities, load_authorities

    project = Project.find()
    names = authority or held_authorities(project)
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
def agree(
    authority: Annotated[
        list[str] | None, typer.Argument(help="Authorities; all that are held if none is named.")
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

    project = Project.find()
    for name in authority or held_authorities(project):
        data = load(name, project)
        codes = pd.concat([data.codes, data.checks], ignore_index=True)
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


app.command()(report)
app.command()(ingest)
app.command()(add)
app.command()(fetch)
app.command()(tag)
app.command()(train)


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
