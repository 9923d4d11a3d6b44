"""The commands that read documents: `fetch`, `ingest`; and what `add` shares with them."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from analysis.cli.console import table, typed_path
from analysis.english import plural
from analysis.errors import require_known
from analysis.project import Project

if TYPE_CHECKING:
    from analysis.documents.readings import Told
    from analysis.documents.register import Register

NOTHING_READ: Final = 1
"""Exit status when not one document could be read or fetched."""
SOME_REFUSED: Final = 3
"""Exit status when some files were refused and others read."""

_out = Console()
_err = Console(stderr=True)

CORES: Final = (
    len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
)
Jobs = Annotated[
    int, typer.Option(min=1, help="Documents read side by side; as many as there are cores.")
]
KindTold = Annotated[
    str,
    typer.Option(
        "--kind",
        help="Read all files named as documents of this kind of visit, whatever they say: "
        "`inspection`, `focused-visit`, `joint-inspection` …",
    ),
]
AuthorityTold = Annotated[
    str,
    typer.Option(
        "--authority",
        help="Read all files named as documents about this authority, whatever they say.",
    ),
]
Paths = Annotated[
    list[Path],
    typer.Argument(parser=typed_path, help="Files, or folders whose documents are all read."),
]


def finite(seconds: float) -> float:
    """Refuse `nan`, which is neither above nor below any bound."""
    if not math.isfinite(seconds):
        raise typer.BadParameter(f"{seconds} is no number of seconds.")
    return seconds


def ingest(
    paths: Paths,
    to: Annotated[Path, typer.Option(parser=typed_path, help="Folder for the four tables.")],
    jobs: Jobs = CORES,
    kind: KindTold = "",
    authority: AuthorityTold = "",
) -> None:
    """Read published reports, letters, notices and pages into four tables.

    Files may have any name and be PDF, HTML, Word or plain text, of any mix of authorities. Written
    are `documents.csv`, `judgements.csv`, `findings.csv` and `problems.csv`: every file refused,
    and everything odd inside a document, with the reason. What a file says of itself decides what
    it is; `--kind` and `--authority` insist against it, for all files named, and are noted.

    Exit status: 0 if every file was read, 3 if some were refused, 1 if none could be read.
    """
    from analysis.documents.register import write_register
    from analysis.files import require_folder

    require_folder(to, inputs=paths)
    Project.find().require_outside_data(to)
    register = read_documents(paths, jobs, kind, authority)
    for path in write_register(register, to):
        _say(str(path))
    summarise(register)
    end_with(register)


def fetch(
    authority: Annotated[list[str], typer.Argument(help="Authorities, such as `knowsley`.")],
    out: Annotated[
        Path | None,
        typer.Option(
            parser=typed_path,
            help="Folder; each authority has its own in it. Default: `data/local/documents/`.",
        ),
    ] = None,
    pause: Annotated[
        float,
        typer.Option(min=1.0, max=60.0, callback=finite, help="Seconds between two requests."),
    ] = 2.0,
) -> None:
    """Download an authority's documents from the inspectorate, politely, and only what is new.

    One request at a time, with a pause; what a run fetched before it was stopped is kept. What is
    served in place of a PDF, such as an error page, is refused. Run one fetch at a time.
    """
    from analysis.data.held import load_authorities
    from analysis.documents.fetching.client import Client, Limits
    from analysis.documents.fetching.fetch import fetch as fetch_documents
    from analysis.documents.fetching.listing import ORIGINS

    project = Project.find()
    if out:
        project.require_outside_data(out)
    known = load_authorities(project).set_index("authority")["urn"]
    for name in authority:
        require_known("authority", name, known.index)
    client = Client(ORIGINS, Limits(pause=pause))
    failed = False
    with Progress(
        TextColumn("{task.description}"), BarColumn(), console=_err, transient=True
    ) as bar:
        task = bar.add_task("Asking", total=None)
        for name in dict.fromkeys(authority):
            folder = (out or project.local("documents")) / name
            results = fetch_documents(
                known[name],
                folder,
                client=client,
                progress=lambda what, done, size: bar.update(
                    task, description=escape(what), completed=done, total=size
                ),
            )
            failed |= any(result.status in ("refused", "failed") for result in results)
            rows = [(result.file, result.status, result.reason) for result in results]
            _out.print(table(("file", "outcome", "reason"), rows, f"{name}: {folder}"))
    if failed:
        raise typer.Exit(NOTHING_READ)


def told_of(kind: str, authority: str) -> Told:
    """Return what was typed about all documents; an unknown kind or authority is named."""
    from analysis.documents.kinds import TOLD
    from analysis.documents.readings import Told

    if kind:
        require_known("kind", kind, TOLD)
    if authority:
        require_authority(authority)
    return Told(kind, authority)


def require_authority(authority: str) -> None:
    """Refuse what is no authority that documents can be about; the nearest are named."""
    from analysis.documents.printed.names import OWN, load_names

    own = (name for name in load_names(Project.find()) if name.what == OWN)
    require_known("authority", authority, {name.authority: name.name for name in own})


def tell_passed_over(names: dict[str, str]) -> None:
    """Name what lies beside documents as if it told of them, and does not."""
    from analysis.documents.publication import passed_over

    for said in passed_over(names):
        _err.print(said, markup=False, highlight=False, soft_wrap=True)


def read_documents(paths: list[Path], jobs: int, kind: str = "", authority: str = "") -> Register:
    """Read documents with a progress bar, as what they say they are or as what is told of them."""
    from analysis.documents.named_files import gather
    from analysis.documents.printed.names import load_names
    from analysis.documents.publication import read_publications
    from analysis.documents.register import read_register

    project = Project.find()
    told = told_of(kind, authority)
    authorities = load_names(project)
    names = gather(paths)
    publications = read_publications(names, project)
    tell_passed_over(names)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=_err, transient=True) as bar:
        task = bar.add_task("Reading", total=len(names))
        return read_register(
            names,
            authorities,
            jobs,
            progress=lambda: bar.advance(task),
            publications=publications,
            told=told,
        )


def say_passed_over(register: Register, authority: str) -> None:
    """Name the documents about other authorities than the one that was asked for."""
    for document in register.documents:
        if document.reading.authority != authority:
            _say(f"{document.id}: passed over, it is about {document.reading.authority}")


def summarise(register: Register) -> None:
    """Say how many documents were read, and name every file refused."""
    findings = sum(len(document.reading.findings) for document in register.documents)
    odd = sum(problem["severity"] == "oddity" for problem in register.problems)
    files = sum(len(document.outcomes) for document in register.documents)
    _say(
        f"{plural(files, 'file')} read: {plural(len(register.documents), 'document')}, "
        f"{plural(findings, 'finding')}, {plural(odd, 'oddity', 'oddities')} to look at"
    )
    for outcome in register.refused:
        _err.print(
            f"Refused {register.names[outcome.path]}: {outcome.refused}",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )


def end_with(register: Register) -> None:
    """End with the status that says whether every document could be read."""
    if not register.documents:
        raise typer.Exit(NOTHING_READ)
    if register.refused:
        raise typer.Exit(SOME_REFUSED)


def _say(text: str) -> None:
    _out.print(text, markup=False, highlight=False, soft_wrap=True)
