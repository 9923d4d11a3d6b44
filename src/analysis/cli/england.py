"""The command `england`: the tables of all authorities in one set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from analysis.cli.console import say, typed_path
from analysis.cli.documents import CORES, SOME_REFUSED, Jobs
from analysis.english import plural
from analysis.project import Project

if TYPE_CHECKING:
    from analysis.england.gather import Outcome

_out = Console()
_err = Console(stderr=True)


def england(
    out: Annotated[
        Path | None,
        typer.Option(
            parser=typed_path,
            help="Folder for the tables; `data/processed/england/` if not given.",
        ),
    ] = None,
    jobs: Jobs = CORES,
) -> None:
    """Gather the tables of all authorities in `data/raw/` into one set.

    Written are visits, documents, grades, findings with our summaries, the codes that count,
    statuses, changes, paths, needs and more: as parquet, as one SQLite file, and as CSV with a
    `datapackage.json`, beside a README that says how all of it was read and what it must not be
    used for. Only authorities whose data changed are read again.

    Exit status: 0 if all were gathered, 3 if some had to be left out, 2 if none could be read.
    """
    from analysis.data.held import held_authorities
    from analysis.england.gather import gather, write
    from analysis.files import require_folder

    project = Project.find()
    folder = out or project.england
    require_folder(folder)
    project.require_outside_data(folder)
    columns = (TextColumn("Gathering"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_err, transient=True) as bar:
        task = bar.add_task("", total=len(held_authorities(project)))
        outcome = gather(project, folder, jobs=jobs, progress=lambda n: bar.advance(task, n))
    write(outcome, folder)
    _tell(outcome, folder)
    if outcome.left_out:
        raise typer.Exit(SOME_REFUSED)


def _tell(outcome: Outcome, folder: Path) -> None:
    rows = {name: len(table) for name, table in outcome.tables.items()}
    lines = [
        f"{folder}: {plural(rows['authorities'], 'authority', 'authorities')}, "
        f"{plural(rows['documents'], 'document')}, {plural(rows['findings'], 'finding')}, "
        f"{plural(rows['codes'], 'code')}, {plural(rows['needs'], 'need')}; "
        f"unchanged since the last run: {len(outcome.kept)}",
        *(f"Left out {slug}: {why}" for slug, why in outcome.left_out.items()),
    ]
    for line in lines:
        say(_out, line)
