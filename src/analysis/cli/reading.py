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
from analysis.cli.exchange import import_coding
from analysis.english import plural
from analysis.errors import FindingsError
from analysis.project import Project

if TYPE_CHECKING:
    from analysis.codes.sheets.checking import Brought
    from analysis.codes.sheets.taking import Taken
    from analysis.documents.register import Register

BOOK: Final = ".xlsx"
"""How a file ends that is a workbook and no folder."""
WRONG: Final = 2
"""Exit status when something in the sheets is wrong."""
Authority = Annotated[str, typer.Argument(help="The authority, such as `knowsley`.")]

_out = Console()


def sheet(
    authority: Authority,
    to: Annotated[
        Path,
        typer.Option(
            parser=typed_path,
            help="Folder for the texts, the guide, and the sheets; or a name that ends in .xlsx: "
            "an Excel workbook with the codes that there are, to be corrected.",
        ),
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
    out: Annotated[
        Path | None,
        typer.Option(parser=typed_path, help="With `--to xlsx`: the workbook's name."),
    ] = None,
    jobs: Jobs = CORES,
) -> None:
    """Lay out an authority's documents for a reader, with the guide.

    Written are a text for each document in the order of the visits, `guide.md`, and the documents'
    own rows in `register/`. Sheets that lie there already stay as they are, and `data/raw/` is not
    touched. `docs/reading.md` says what a sheet holds. With `--to FILE.xlsx` a workbook is written
    instead, in which somebody who has only Excel corrects the codes that count: `docs/workbook.md`.
    """
    from analysis.codes.sheets.laying import lay_out
    from analysis.documents.sheet import held_documents
    from analysis.files import require_folder

    require_authority(authority)
    to = _place(authority, to, out)
    if to.suffix.lower() == BOOK:
        _workbook(authority, to, paths, document)
        return
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


def _place(authority: str, to: Path, out: Path | None) -> Path:
    """Return the folder or the workbook that is asked for, however it is spelled."""
    if to.name.lower() != BOOK.removeprefix("."):
        if out:
            raise FindingsError(
                f"--out goes with --to xlsx; leave it out, or: --to xlsx --out {out}."
            )
        return to
    if not out or out.suffix.lower() != BOOK:
        raise FindingsError(f"Name the workbook: --to {authority}{BOOK}.")
    return out


def _workbook(authority: str, to: Path, paths: list[Path] | None, document: str) -> None:
    from analysis.codes.sheets.writing import to_workbook
    from analysis.data.loading import load_data
    from analysis.files import require_place, write_bytes

    project = Project.find()
    if paths:
        raise FindingsError(
            "A workbook holds the documents that were added; add these first: "
            f"`findings add {authority} {paths[0]}`."
        )
    require_place(to)
    project.require_outside_data(to)
    if to.exists():
        raise FindingsError(
            f"{to} is there already, and somebody's codes may stand in it. Name another file."
        )
    write_bytes(to, to_workbook(load_data(authority, project), document))
    _say(str(to))
    _say(f"Next: fill in its yellow cells, then findings import {authority} {to} --coder NAME")


def import_(
    authority: Annotated[
        str,
        typer.Argument(help="The authority, such as `knowsley`; left out with `--authority`."),
    ],
    folder: Annotated[
        Path | None,
        typer.Argument(
            parser=typed_path,
            help="Folder, or workbook, that `findings sheet` laid out; or coding from elsewhere: "
            "`.qdpx`, `.qdc`, a QualCoder or Taguette project, a table of coded segments.",
        ),
    ] = None,
    of: Annotated[
        str, typer.Option("--authority", help="The authority, where only a file stands first.")
    ] = "",
    coder: Annotated[
        str,
        typer.Option(
            help="Who read: `reader-1`, or a name of your own. Projects name their coders."
        ),
    ] = "",
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
    mapping: Annotated[
        Path | None,
        typer.Option(
            parser=typed_path,
            help="What the codes of a project mean here; `NAME-codes.csv` beside it if not given.",
        ),
    ] = None,
    jobs: Jobs = CORES,
) -> None:
    """Take a reader's sheets back into `data/raw/`, or say by file and line what is wrong.

    The first reader of a document gives it its findings and summaries; of later ones only codes,
    roles, area statements, and links to needs that are held. No row that stands there is changed;
    all files are written, or none. With `--check` nothing is written but the time, to the folder's
    `log.csv`. Of a workbook every paragraph with which the coder did anything is taken as theirs:
    these codes count before all others, and the sentences of the report that they move are said.
    Coding from elsewhere is placed by its words; a table of what its codes mean is written first.

    Exit status: 0 if all is in order, 2 if something is wrong.
    """
    from analysis.codes.exchange.opening import is_project, is_workbook
    from analysis.codes.sheets.checking import bring
    from analysis.codes.sheets.taking import take_back

    authority, folder = _whose(authority, folder, of)
    require_authority(authority)
    project = Project.find()
    if not folder.exists():
        raise FindingsError(f"There is no file or folder {folder}. Name what is to be taken.")
    if is_workbook(folder):
        _import_workbook(project, authority, folder, _named(coder), check)
        return
    if folder.is_file() or is_project(folder):
        import_coding(project, authority, folder, coder, mapping, check)
        return
    coder = _named(coder)
    brought = bring(project, authority, folder, coder, _register(authority, documents, jobs))
    if check:
        _say_checked(folder, brought)
        return
    _say_taken(take_back(project, authority, brought, coder))
    _say(f"Next: findings check {authority}, then findings report {authority}")


def _whose(first: str, second: Path | None, of: str) -> tuple[str, Path]:
    """Tell authority and file apart: `knowsley mine.qda`, or `mine.qda --authority knowsley`."""
    if of and second is None:
        return of, typed_path(first)
    if of:
        raise FindingsError(f"Name the authority once: {first}, or --authority {of}.")
    if second is None:
        from analysis.data.authority_list import read_authorities

        known = {row["authority"] for row in read_authorities(Project.find())}
        raise FindingsError(
            f"Name what is to be taken: findings import {first} FILE."
            if first in known
            else f"Name the authority: findings import {first} --authority NAME."
        )
    return first, second


def _named(coder: str) -> str:
    if not coder:
        raise FindingsError("Say who read: --coder NAME, a role or a pseudonym in small letters.")
    return coder


def _import_workbook(project: Project, authority: str, path: Path, coder: str, check: bool) -> None:
    from analysis.codes.sheets.correcting import corrections, take_corrections
    from analysis.codes.sheets.reading import open_workbook
    from analysis.data.loading import load_data

    open_workbook(path)  # what may do harm is refused before anything else is read
    data = load_data(authority, project)
    corrected = corrections(data, path, coder)
    for line in (*corrected.changes, *corrected.dropped):
        _say(line)
    if check:
        for problem in corrected.problems:
            _say(f"problem: {problem}")
    else:
        written = take_corrections(project, data, corrected)
        _say(f"{project.relative(written.path)}: {written}")
    touched, agreed = len(corrected.places), len(corrected.agreed)
    _say(
        f"{plural(touched, 'paragraph')}: {touched - agreed} coded otherwise, {agreed} agreed "
        f"with; {plural(len(corrected.problems), 'problem')}"
    )
    if corrected.problems:
        raise typer.Exit(WRONG)
    if not check and corrected.codes:
        _say_moved(authority, coder)


def _say_moved(authority: str, coder: str) -> None:
    """Say which sentences of the report users' codes move."""
    from analysis.report.report import Report

    moved = Report.of(authority).moved
    _say(f"{plural(len(moved), 'sentence')} of the report moved by your codes" + ":" * bool(moved))
    for sentence in moved:
        _say(f"  {sentence.where}")
        _say(f"    before: {sentence.before or 'nothing'}")
        _say(f"    now: {sentence.after or 'nothing'}")
    _say(f"Next: findings report {authority}, which counts the codes of {coder} before all others")


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

    from analysis.codes.sheets.checking import keep_time
    from analysis.codes.sheets.timing import PIECE, last_done

    read = brought.sheets.done - last_done(brought.sheets.log)
    keep_time(folder, brought, datetime.now().isoformat(timespec="seconds"))
    for problem in brought.problems:
        _say(f"problem: {problem}")
    for missing in brought.to_do:
        _say(f"to do: {missing}")
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
