"""The command `england`: the tables of all authorities from their documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from analysis.cli_documents import CORES, SOME_REFUSED, Jobs, Paths, require_folder
from analysis.project import Project

if TYPE_CHECKING:
    from analysis.england.building import Built

_out = Console()
_err = Console(stderr=True)


def england(
    paths: Paths,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for the tables; `data/processed/england/` if not given."),
    ] = None,
    words: Annotated[
        bool,
        typer.Option(
            "--words",
            help="Keep the published words in `data/local/` too, so that reports can quote them.",
        ),
    ] = False,
    jobs: Jobs = CORES,
) -> None:
    """Build the tables of all authorities: read every document, tag every finding.

    Written are visits, documents, judgements, findings, the tagger's codes and problems, one
    parquet file each, and how they were made; no published words. A run that was stopped goes on
    where it stopped. Reports of authorities that nobody has coded rest on these tables.

    Exit status: 0 if every file was read, 3 if some were refused, 2 if none could be read.
    """
    from analysis.england import tables
    from analysis.england.building import build
    from analysis.england.loading import authorities_held
    from analysis.ingest.names import load_names
    from analysis.ingest.register import gather

    project = Project.find()
    folder = out or project.processed("england")
    require_folder(folder)
    names = gather(paths)
    before = set(authorities_held(folder))
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=_err, transient=True) as bar:
        task = bar.add_task("Reading and tagging", total=len(names))
        built = build(
            project,
            names,
            load_names(project),
            jobs=jobs,
            progress=lambda: bar.advance(task),
        )
    for path in tables.write(folder, built.contents):
        _say(f"{path} ({path.stat().st_size / 1000:,.0f} KB)")
    _summarise(built, before)
    if words:
        _keep_words(project, built)
    if built.provenance.counts["files refused"]:
        raise typer.Exit(SOME_REFUSED)


def _summarise(built: Built, before: set[str]) -> None:
    counts = built.provenance.counts
    codes = built.tables["codes"]
    none = int((codes["theme"] == "none").sum())
    _say(
        f"{counts['files'] - counts['files refused']} files read (kept from an earlier run: "
        f"{built.kept}): {counts['documents']} documents of {counts['authorities']} authorities, "
        f"{counts['findings']} findings, {len(codes) - none} codes; no theme in {none} findings"
    )
    refused = built.tables["problems"].query("severity == 'refused'")
    for file, why in zip(refused["file"], refused["problem"], strict=True):
        _err.print(f"Refused {file}: {why}", markup=False, highlight=False, soft_wrap=True)
    if gone := sorted(before - set(built.tables["visits"]["authority"])):
        _say(f"No longer in the tables, since no document of theirs was read: {', '.join(gone)}")


def _keep_words(project: Project, built: Built) -> None:
    """Keep the published words of findings, for each authority, on this machine."""
    from analysis.england.building import words_of
    from analysis.files import write_text
    from analysis.ingest.register import to_text
    from analysis.ingest.sheet import TEXT_COLUMNS

    for authority, rows in words_of(built.register).items():
        if project.raw(authority, "visits.csv").is_file():
            _say(f"{authority}: is coded by readers; `findings add` keeps the words of its rows")
            continue
        write_text(project.local(authority, "texts.csv"), to_text(TEXT_COLUMNS, rows))
    _say("Published words kept in data/local/.")


def _say(text: str) -> None:
    _out.print(text, markup=False, highlight=False, soft_wrap=True)
