"""The commands for whoever reads documents: `sheet` lays them out, `import` takes sheets back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console

from analysis.cli.console import typed_path
from analysis.cli.documents import (
    CORES,
    Jobs,
    read_documents,
    require_authority,
    say_passed_over,
    summarise,
)
from analysis.english import plural
from analysis.project import Project

if TYPE_CHECKING:
    from analysis.codes.sheets.checking import Brought
    from analysis.codes.sheets.taking import Taken
    from analysis.documents.register import Register

WRONG: Final = 2
"""Exit status when something in the sheets is wrong."""
Authority = Annotated[str, typer.Argument(help="The authority, such as `knowsley`.")]

_out = Console()


def sheet(
    authority: Authority,
    to: Annotated[
        Path,
        typer.Option(parser=typed_path, help="Folder for the texts, the guide, and the sheets."),
    ],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            parser=typed_path,
            help="Files, or folders whose documents are all read; the documents added before if "
            "none is named.",
        ),
    ] = None,
    document: Annotated[str, typer.Option(help="Lay out this document only, by its id.")] = "",
    jobs: Jobs = CORES,
) -> None:
    """Lay out an authority's documents for a reader, with the guide.

    Written are a text for each document in the order of the visits, `guide.md`, and the documents'
    own rows in `register/`. Sheets that lie there already stay as they are, and `data/raw/` is not
    touched. `docs/reading.md` says what a sheet holds.
    """
    from analysis.codes.sheets.laying import lay_out
    from analysis.documents.sheet import held_documents
    from analysis.files import require_folder

    require_authority(authority)
    require_folder(to, inputs=paths or [])
    project = Project.find()
    project.require_outside_data(to)
    register = _register(authority, paths, jobs)
    held = held_documents(project, authority, register)
    for path in lay_out(project, authority, held, to, document):
        _say(str(path))
    for file in held.undated:
        _say(f"{file}: prints no date: add its rows by hand")
    _say(f"Next: read by {to / 'guide.md'}, then findings import {authority} {to} --coder NAME")


def import_(
    authority: Authority,
    folder: Annotated[
        Path, typer.Argument(parser=typed_path, help="Folder that `findings sheet` laid out.")
    ],
    coder: Annotated[str, typer.Option(help="Who read: `reader-1`, or a name of your own.")],
    check: Annotated[
        bool, typer.Option("--check", help="Say what is wrong and what is still to do, no more.")
    ] = False,
    documents: Annotated[
        list[Path] | None,
        typer.Option(
            parser=typed_path,
            help="The documents, or their folder, to hold the sheets against them anew.",
        ),
    ] = None,
    jobs: Jobs = CORES,
) -> None:
    """Take a reader's sheets back into `data/raw/`, or say by file and line what is wrong.

    The first reader of a document gives it its findings and summaries; of later ones only codes,
    roles, area statements, and links to needs that are held. No row that stands there is changed;
    all files are written, or none. With `--check` nothing is written but the time, to the folder's
    `log.csv`.

    Exit status: 0 if all is in order, 2 if something is wrong.
    """
    from analysis.codes.sheets.checking import bring
    from analysis.codes.sheets.taking import take_back

    require_authority(authority)
    project = Project.find()
    brought = bring(project, authority, folder, coder, _register(authority, documents, jobs))
    if check:
        _say_checked(folder, brought)
        return
    _say_taken(take_back(project, authority, brought, coder))
    _say(f"Next: findings check {authority}, then findings report {authority}")


def _register(authority: str, paths: list[Path] | None, jobs: int) -> Register | None:
    """Read documents, if any are named, and say which of them do not count."""
    if not paths:
        return None
    register = read_documents(paths, jobs)
    say_passed_over(register, authority)
    summarise(register)
    return register


def _say_checked(folder: Path, brought: Brought) -> None:
    from datetime import datetime

    from analysis.codes.sheets.asking import PIECE, piece, questions
    from analysis.codes.sheets.checking import keep_time

    asked, read = questions(brought.sheets), piece(brought.sheets)
    keep_time(folder, brought, datetime.now().isoformat(timespec="seconds"))
    for problem in brought.problems:
        _say(f"problem: {problem}")
    for missing in brought.to_do:
        _say(f"to do: {missing}")
    for question in asked:
        _say(f"look again: {question}")
    if read > PIECE:
        _say(
            f"look again: {plural(read, 'paragraph')} written in one piece; at most {PIECE} are one"
        )
    sheets = brought.sheets
    _say(
        f"{sheets.done} of {plural(sheets.paragraphs, 'paragraph')}; "
        f"{plural(len(brought.problems), 'problem')}, {len(brought.to_do)} to do"
    )
    if brought.problems:
        raise typer.Exit(WRONG)


def _say_taken(taken: Taken) -> None:
    for file, count in taken.rows.items():
        _say(f"{file}: {plural(count, 'row')} written")
    for document in taken.after:
        _say(f"{document}: read before; its findings and summaries stay as they are")
    for need in taken.unmatched:
        _say(f"needs.csv: {need} is none of the needs held; it and its links were not taken")
    for reason in taken.left_out:
        _say(f"{reason}; not added")


def _say(text: str) -> None:
    _out.print(text, markup=False, highlight=False, soft_wrap=True)
