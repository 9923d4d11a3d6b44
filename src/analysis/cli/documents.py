"""The commands that deal with documents: `fetch`, `ingest`, `add`."""

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
from analysis.english import plural, were
from analysis.errors import FindingsError, require_known
from analysis.project import Project

if TYPE_CHECKING:
    from analysis.documents.readings import Told
    from analysis.documents.register import Register
    from analysis.documents.sheet import Added

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
    _exit(register)


def add(
    authority: Annotated[str, typer.Argument(help="The authority, such as `knowsley`.")],
    paths: Paths,
    jobs: Jobs = CORES,
    kind: KindTold = "",
    insisted: AuthorityTold = "",
) -> None:
    """Add an authority's documents to `data/raw/`, ready to be coded and reported on.

    Adds visits, documents, grades, and a file of findings for each document, with the places where
    they stand and the inspectors' quantity words; summaries and codes are left for a person. Rows
    that stand there already are left as they are. The published words go to `data/local/`, which is
    not shared. Documents about other authorities are passed over and named. `--kind` and
    `--authority` insist on what a document does not say of itself; its row notes it.
    """
    from analysis.documents.sheet import add_documents
    from analysis.files import require_folder

    project = Project.find()
    require_authority(authority)
    if insisted not in ("", authority):
        raise FindingsError(
            f"--authority says {insisted!r}, but documents are added to {authority!r}: name one."
        )
    for folder in (project.raw(authority), project.local(authority)):
        require_folder(folder, inputs=paths)
    register = read_documents(paths, jobs, kind, insisted)
    added = add_documents(project, authority, register)
    own = [d for d in register.documents if d.reading.authority == authority]
    _say_added(added, authority, bool(own))
    say_passed_over(register, authority)
    summarise(register)
    if own and (added.rows or any(added.kept.values())):
        _say(f"Next: findings report {authority}, or write summaries and codes and findings check.")
    _exit(register)


def _say_added(added: Added, authority: str, held: bool) -> None:
    """Say what was added, what stood there, and what could not be placed."""
    for file, count in added.rows.items():
        _say(f"{file}: {plural(count, 'row')} added")
    if not added.rows:
        stands = ": everything stands there already." if held and not added.undated else "."
        _say(f"No row added{stands}")
    for file, count in added.kept.items():
        if count:
            _say(f"{file}: {plural(count, 'row')} stood there and {were(count)} left unchanged")
    _say(f"Published words held for {added.texts} more findings, in data/local/{authority}/.")
    for file, count in added.fingerprints.items():
        _say(f"{file}: {plural(count, 'row')} given the fingerprint of the paragraph")
    for finding in added.lost:
        _say(f"{finding}: its paragraph was not found again; look whether its codes still fit")
    for finding in added.unmatched:
        _say(f"{finding}: read, but not among the rows of a document that is coded already")
    for file in added.undated:
        _say(f"{file}: prints no date: add its rows by hand")


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


def _exit(register: Register) -> None:
    if not register.documents:
        raise typer.Exit(NOTHING_READ)
    if register.refused:
        raise typer.Exit(SOME_REFUSED)


def _say(text: str) -> None:
    _out.print(text, markup=False, highlight=False, soft_wrap=True)
