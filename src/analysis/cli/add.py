"""The command `add`: documents of an authority to the data, and from there to a site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console

from analysis.cli.console import say, typed_path
from analysis.cli.documents import (
    CORES,
    AuthorityTold,
    Jobs,
    KindTold,
    Paths,
    end_with,
    read_documents,
    require_authority,
    say_passed_over,
    summarise,
)
from analysis.cli.site import refuse_place, say_moved, update
from analysis.english import plural, were
from analysis.errors import FindingsError
from analysis.project import Project

if TYPE_CHECKING:
    from analysis.documents.sheet import Added

NEXT: Final = "findings report {authority}, or write summaries and codes and findings check."
"""What to do after documents were added."""
_out = Console()


def add(
    authority: Annotated[str, typer.Argument(help="The authority, such as `knowsley`.")],
    paths: Paths,
    jobs: Jobs = CORES,
    kind: KindTold = "",
    insisted: AuthorityTold = "",
    site: Annotated[
        Path | None,
        typer.Option(
            parser=typed_path, help="Folder of a site that is then brought up to date with it."
        ),
    ] = None,
    why: Annotated[
        bool, typer.Option("--why", help="With --site: say which numbers moved, page by page.")
    ] = False,
) -> None:
    """Add an authority's documents to `data/raw/`, ready to be coded and reported on.

    Adds visits, documents, grades, and a file of findings for each document, with the places where
    they stand and the inspectors' quantity words; summaries and codes are left for a person. Rows
    that stand there already are left as they are. The published words go to `data/local/`, which is
    not shared. Documents about other authorities are passed over and named. `--kind` and
    `--authority` insist on what a document does not say of itself; its row notes it.

    Until somebody reads it, a program chooses its paragraphs' themes. With `--site` the pages that
    it touches are made anew, and say so where they show it.
    """
    from analysis.documents.sheet import add_documents
    from analysis.files import require_folder

    project = Project.find()
    require_authority(authority)
    url = _address(project, site, why)
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
        say(_out, f"Next: {NEXT.format(authority=authority)}")
    if site:
        moved = update(project, site, url, jobs, only=authority)
        if why:
            say_moved(moved)
    end_with(register)


def _address(project: Project, site: Path | None, why: bool) -> str:
    """Return the address for which a site was made; blank where none was named."""
    from analysis.site.state import base_url_of

    if site is None:
        if why:
            raise FindingsError("--why says what moved on a site: name its folder with --site.")
        return ""
    refuse_place(project, site)
    return base_url_of(site)


def _say_added(added: Added, authority: str, held: bool) -> None:
    """Say what was added, what stood there, and what could not be placed."""
    for file, count in added.rows.items():
        say(_out, f"{file}: {plural(count, 'row')} added")
    if not added.rows:
        stands = ": everything stands there already." if held and not added.undated else "."
        say(_out, f"No row added{stands}")
    for file, count in added.kept.items():
        if count:
            say(
                _out, f"{file}: {plural(count, 'row')} stood there and {were(count)} left unchanged"
            )
    say(_out, f"Published words held for {added.texts} more findings, in data/local/{authority}/.")
    for file, count in added.fingerprints.items():
        say(_out, f"{file}: {plural(count, 'row')} given the fingerprint of the paragraph")
    for finding in added.lost:
        say(_out, f"{finding}: its paragraph was not found again; look whether its codes still fit")
    for finding in added.unmatched:
        say(_out, f"{finding}: read, but not among the rows of a document that is coded already")
    for file in added.undated:
        say(_out, f"{file}: prints no date: add its rows by hand")
