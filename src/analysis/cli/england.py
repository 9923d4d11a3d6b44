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

from analysis.cli.console import typed_path
from analysis.cli.documents import CORES, SOME_REFUSED, Jobs, Paths, tell_passed_over
from analysis.english import plural
from analysis.project import Project

if TYPE_CHECKING:
    import pandas as pd

    from analysis.documents.register import Row
    from analysis.england.building import Built

_out = Console()
_err = Console(stderr=True)


def england(
    paths: Paths,
    out: Annotated[
        Path | None,
        typer.Option(
            parser=typed_path,
            help="Folder for the tables; `data/processed/england/` if not given.",
        ),
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
    from analysis.documents.printed.names import load_names
    from analysis.documents.register import gather
    from analysis.england import tables
    from analysis.england.building import build
    from analysis.england.loading import documents_held
    from analysis.files import require_folder

    project = Project.find()
    folder = out or project.england
    require_folder(folder, inputs=paths)
    project.require_outside_data(folder)
    names = gather(paths)
    tell_passed_over(names)
    held = documents_held(folder)
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
    _summarise(built, set(held["authority"]))
    if built.unkept:
        why = f"{built.unkept.why} ({built.unkept.what})"
        _say(f"What was read was not kept, so that another run reads it anew: {why}.")
    if folder == project.england:
        _follow(project, held, built)
    if words:
        _keep_words(project, built)
    if built.provenance.counts["files refused"]:
        raise typer.Exit(SOME_REFUSED)


def _summarise(built: Built, before: set[str]) -> None:
    counts = built.provenance.counts
    codes = built.tables["codes"]
    none = int((codes["theme"] == "none").sum())
    _say(
        f"{plural(counts['files'] - counts['files refused'], 'file')} read "
        f"(kept from an earlier run: {built.kept}): {plural(counts['documents'], 'document')} of "
        f"{plural(counts['authorities'], 'authority', 'authorities')}, "
        f"{plural(counts['findings'], 'finding')}, {plural(len(codes) - none, 'code')}; "
        f"no theme in {plural(none, 'finding')}"
    )
    refused = built.tables["problems"].query("severity == 'refused'")
    for file, why in zip(refused["file"], refused["problem"], strict=True):
        _err.print(f"Refused {file}: {why}", markup=False, highlight=False, soft_wrap=True)
    if gone := sorted(before - set(built.tables["visits"]["authority"])):
        _say(f"No longer in the tables, since no document of theirs was read: {', '.join(gone)}")


def _follow(project: Project, held: pd.DataFrame, built: Built) -> None:
    """Let what people wrote about findings follow where the ids of documents changed."""
    from analysis.data.following import follow, new_ids

    documents = built.register.documents
    now = {outcome.sha256: d.id for d in documents for outcome in d.outcomes}
    for authority, rows in held.groupby("authority"):
        new = new_ids(zip(rows["document"], rows["sha256"], strict=True), now)
        for file, count in follow(project, str(authority), new).items():
            _say(f"{file}: {plural(count, 'row')} changed, as ids of documents did")


def _keep_words(project: Project, built: Built) -> None:
    """Keep the published words of findings, for each authority, on this machine."""
    from analysis.documents.sheet import TEXT_COLUMNS
    from analysis.england.building import words_of
    from analysis.files import write_all
    from analysis.tables import to_text

    texts = {}
    for authority, read in words_of(built.register).items():
        rows = read
        if project.raw(authority, "visits.csv").is_file():
            _say(f"{authority}: is coded by readers; `findings add` keeps the words of its rows")
            rows = _beside(project, authority, read)
        if rows:
            texts[project.local(authority, "texts.csv")] = to_text(TEXT_COLUMNS, rows)
    write_all(texts)
    _say("Published words kept in data/local/.")


def _beside(project: Project, authority: str, rows: list[Row]) -> list[Row]:
    """Words that are held of an authority, and those of findings that only the tables hold."""
    from analysis.data.loading import beside
    from analysis.data.rows import read_rows
    from analysis.documents.sheet import TEXT_COLUMNS

    path = project.local(authority, "texts.csv")
    held = list(read_rows(path, project.relative(path), TEXT_COLUMNS)) if path.is_file() else []
    rest = beside(authority, project)
    only = set(rest.tables["findings"]["finding"]) if rest else set()
    only -= {row["finding"] for row in held}
    return [*held, *(row for row in rows if row["finding"] in only)]


def _say(text: str) -> None:
    _out.print(text, markup=False, highlight=False, soft_wrap=True)
