"""The command `findings`."""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from analysis.cli import (
    add,
    agreement,
    check,
    documents,
    england,
    exchange,
    find,
    reading,
    report,
    site,
    tagging,
)
from analysis.cli.console import USER_ERROR
from analysis.errors import DataError, FindingsError, is_machines, machine_error
from analysis.project import VERSION

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


app.command()(check.check)
app.command()(report.report)
app.command()(agreement.agree)
app.command()(agreement.resolve)
app.command()(documents.ingest)
app.command()(add.add)
app.command()(documents.fetch)
app.command()(reading.sheet)
app.command("import")(reading.import_)
app.command()(exchange.export)
app.command()(tagging.tag)
app.command()(tagging.train)
app.command()(england.england)
app.command()(find.find)
app.command()(site.site)


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
