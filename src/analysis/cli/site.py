"""The command `site`: a folder of pages that anyone can open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from analysis.cli.console import say, typed_path
from analysis.cli.documents import CORES, Jobs
from analysis.cli.report import make_reports, plan_reports, refuse_no_notebook
from analysis.english import plural
from analysis.errors import FindingsError
from analysis.project import Project

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.running.batch import Wanted

_out = Console()
_err = Console(stderr=True)
_LISTED = 12
"""Of more pages than this that moved, the rest is counted."""


def site(
    out: Annotated[
        Path, typer.Option(parser=typed_path, help="Folder for the site; it is replaced whole.")
    ],
    base_url: Annotated[
        str,
        typer.Option(
            help="Address at which it will stand, such as `https://example.org/findings/`: for the "
            "cards of links, and the feed."
        ),
    ] = "",
    jobs: Jobs = CORES,
    why: Annotated[
        bool, typer.Option("--why", help="Say what would be made and why, and make nothing.")
    ] = False,
) -> None:
    """Make a site: a page for every authority and every theme, what is new, and a feed.

    The pages need no server and ask nobody for anything: they open from any web server, a shared
    drive or a double click. Reports are brought up to date in `reports/` first. What is unchanged
    is not made again, and the site takes its place whole or not at all: if a report fails, the old
    site stays.

    Exit status: 0 if all is well, 1 if a report failed, 2 if it cannot be made there.
    """
    from analysis.site.state import checked_url

    project = Project.find()
    url = checked_url(base_url)
    refuse_place(project, out)
    if why:
        say_why(project, out, url)
        return
    update(project, out, url, jobs)


def refuse_place(project: Project, place: Path) -> None:
    """Refuse a folder in which no site may be made."""
    project.require_outside_data(place)
    if project.root.is_relative_to(place.resolve()):
        raise FindingsError(
            f"{place} holds the project itself. A site replaces its whole folder: name another."
        )


def update(
    project: Project, place: Path, base_url: str, jobs: int, only: str = ""
) -> Mapping[str, list[str]]:
    """Bring tables, reports and site up to date, say what was made, and return what moved by page.

    Parameters
    ----------
    only
        The authority whose report is made; those of others stay as they are, since each sets its
        own beside all of England and a single letter would make all anew. Blank for all.
    """
    from analysis.site.state import is_due

    refuse_no_notebook(project)
    _gather(project, jobs)
    wanted = _wanted(project, only)
    known, planned = plan_reports(project, wanted, project.reports)
    status = make_reports(project, wanted, known, planned, jobs=jobs, brief=True)
    if status:
        say(_err, f"The site in {place} was left as it is.")
        raise typer.Exit(status)
    if not is_due(project, place, base_url):
        say(_out, f"{place}: unchanged. Open {place / 'index.html'} in a browser.")
        return {}
    from analysis.site.building import build

    built = build(project, place, base_url)
    made = sum(name.endswith(".html") for name in built.new)
    say(_out, f"{place}: {plural(built.pages, 'page')}, of which {made} are new. "
              f"Open {place / 'index.html'} in a browser.")  # fmt: skip
    return built.moved


def say_why(project: Project, place: Path, base_url: str) -> None:
    """Say which pages would be made and why."""
    from analysis.site.building import plan

    reasons = plan(project, place, base_url)
    _known, planned = plan_reports(project, _wanted(project), project.reports)
    reasons |= {f"{task.name}.html": reason for task, reason in planned.tasks}
    for page, reason in reasons.items():
        say(_out, f"{page}: {reason}")
    say(_out, f"{plural(len(reasons), 'page')} would be made.")


def say_moved(moved: Mapping[str, list[str]]) -> None:
    """Say which numbers moved, page by page."""
    for page, lines in moved.items():
        more = f"; {len(lines) - _LISTED} more" if len(lines) > _LISTED else ""
        say(_out, f"{page}: {'; '.join(lines[:_LISTED])}{more}")
    if not moved:
        say(_out, "No number moved.")


def _gather(project: Project, jobs: int) -> None:
    """Bring the tables of England up to date, which reports and site are made from."""
    from analysis.england.state import is_current

    if not is_current(project):
        from analysis.england.gather import current

        current(project, jobs=jobs, tell=lambda text: say(_err, text))


def _wanted(project: Project, only: str = "") -> Wanted:
    """Return the reports that a site needs: all, or that of one authority and what is missing."""
    from analysis.report.parameters import Parameters
    from analysis.running.batch import Wanted
    from analysis.running.manifest import OK, Manifest
    from analysis.running.selection import Authorities

    every = [Parameters(slug) for slug in Authorities.read(project).slugs]
    if not only:
        return Wanted(every)
    known = Manifest(project.reports)
    return Wanted([p for p in every if p.authority == only or known.of(p).status != OK])
