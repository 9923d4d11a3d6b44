"""The command `findings report`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from analysis.cli.console import table, typed_path
from analysis.cli.documents import finite
from analysis.england.state import is_outdated
from analysis.english import plural
from analysis.errors import FindingsError
from analysis.project import Project

if TYPE_CHECKING:
    from analysis.running.batch import Plan, Result, Stop, Wanted
    from analysis.running.manifest import Manifest
    from analysis.running.publication import Publication

SOME_FAILED: Final = 1
STOPPED_BY: Final = 128
"""Added to the number of the signal that stopped a run."""
STATUSES: Final = ("ok", "unchanged", "no data", "failed", "not run")
_READING: Final = 300.0
_LISTED: Final = 30
"""Of more reports than this, the table names only those that are not well."""
_NAMED: Final = 3
"""Of many reports with one reason, so many are named."""

_out = Console()
_err = Console(stderr=True)


def report(
    authority: Annotated[
        list[str] | None, typer.Argument(help="Authorities to report on, such as `knowsley`.")
    ] = None,
    start: Annotated[
        str, typer.Option(help="First visit to count: `2014`, `2014-04` or a day.")
    ] = "",
    end: Annotated[str, typer.Option(help="Last visit to count, in the same forms.")] = "",
    themes: Annotated[
        str, typer.Option(help="Themes to follow closely, by their ids, separated by commas.")
    ] = "",
    include_secondary: Annotated[
        bool,
        typer.Option(
            "--include-secondary",
            help="Let council news or press set a status where no inspectors' document is held.",
        ),
    ] = False,
    codes: Annotated[
        str, typer.Option(help="Coder whose codes count first, and no other user's, such as `me`.")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(parser=typed_path, help="Folder for the reports; `reports/` if not given."),
    ] = None,
    to: Annotated[
        str,
        typer.Option(
            help="Forms, separated by commas: `html`, `docx`, `pdf`, `figures`, `citation`. "
            "`html` is always made; a report keeps the forms that it has."
        ),
    ] = "html",
    every: Annotated[bool, typer.Option("--all", help="Every authority of England.")] = False,
    region: Annotated[str, typer.Option(help="Those of a region, such as `London`.")] = "",
    neighbours_of: Annotated[
        str, typer.Option(help="The statistical neighbours of an authority.")
    ] = "",
    sets: Annotated[
        Path | None,
        typer.Option(
            "--set", parser=typed_path, help="YAML file with a list of sets of parameters."
        ),
    ] = None,
    jobs: Annotated[
        int, typer.Option(min=1, help="Reports made at a time; as many as processors if not given.")
    ] = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
    force: Annotated[
        bool, typer.Option("--force", help="Make reports even where nothing has changed.")
    ] = False,
    timeout: Annotated[
        float,
        typer.Option(
            min=1, max=604_800, callback=finite, help="Longest time for a report, seconds."
        ),
    ] = 600,
    keep_going: Annotated[
        bool,
        typer.Option(
            "--keep-going/--fail-fast", help="After a failure, make the others, or begin no more."
        ),
    ] = True,
    why: Annotated[
        bool, typer.Option("--why", help="Say what would be made and why, and make nothing.")
    ] = False,
    scheduler: Annotated[
        str, typer.Option(help="Dask scheduler to hand the reports to: `tcp://host:8786`.")
    ] = "",
) -> None:
    """Write reports: for each the executed notebook and one self-contained page.

    What was made from the same data, notebook, code and parameters before is not made again. A
    report that fails does not hinder the others, and its last good page stays; `index.html` lists
    all. Exit status: 0 if all is well, 1 if a report failed, 2 if nothing was begun because
    something was asked for that cannot be.
    """
    from analysis.exporting.forms import read_forms
    from analysis.report.parameters import Parameters
    from analysis.running.batch import Wanted
    from analysis.running.selection import Authorities, choose, read_sets, refuse_odd

    forms = read_forms(to)
    project = Project.find()
    if out:
        project.require_outside_data(out)
    authorities = Authorities.read(project)
    chosen = choose(
        authorities, authority or [], every=every, region=region, neighbours_of=neighbours_of
    )
    plain = Parameters.typed("", start, end, themes, include_secondary, codes)
    wanted = [replace(plain, authority=name) for name in chosen]
    wanted = list(dict.fromkeys([*wanted, *(read_sets(sets) if sets else [])]))
    if not wanted:
        raise FindingsError(
            "Name authorities, such as `findings report knowsley`, or use --all, --region, "
            "--neighbours-of or --set."
        )
    refuse_odd(wanted, authorities, project)
    named = {*(authority or []), *(a.authority for a in wanted if sets and not every)}
    status = _run(
        project,
        Wanted(wanted, force=force, seconds=timeout, fail_fast=not keep_going, forms=forms),
        named=named, folder=out or project.reports, jobs=jobs, why=why, scheduler=scheduler,
    )  # fmt: skip
    if status:
        raise typer.Exit(status)


def _run(
    project: Project, wanted: Wanted, *, named: set[str], folder: Path, jobs: int, why: bool,
    scheduler: str,
) -> int:  # fmt: skip
    """Refuse what was asked for by name and cannot be, then plan, make and publish."""
    known, planned = plan_reports(project, wanted, folder)
    _refuse_unheld(planned, named, project)
    _refuse_without_visits(planned, named, project)
    refuse_no_notebook(project)
    if why:
        _say_why(planned)
        return 0
    if is_outdated(project):
        _say(
            "The tables of England are older than the data or the program: run `findings england` "
            "before reports, so that each is set beside what is held now."
        )
    if not scheduler:  # whose workers have browsers of their own
        _refuse_unprintable(planned)
    return make_reports(project, wanted, known, planned, jobs=jobs, scheduler=scheduler)


def plan_reports(project: Project, wanted: Wanted, folder: Path) -> tuple[Manifest, Plan]:
    """Return what is known of the reports in a folder, and which would be made and why."""
    from analysis.dates import now
    from analysis.running.batch import plan
    from analysis.running.manifest import Manifest

    known = Manifest(folder)
    return known, plan(project, known, wanted, now(), lambda: held(project))


def make_reports(
    project: Project, wanted: Wanted, known: Manifest, planned: Plan, *, jobs: int,
    scheduler: str = "", brief: bool = False,
) -> int:  # fmt: skip
    """Make what is planned and publish it; return the exit status.

    Parameters
    ----------
    known, planned
        As `plan_reports` gives them.
    brief
        Say only what is not well.
    """
    from analysis.dates import today
    from analysis.running.batch import Stop
    from analysis.running.publication import Publication
    from analysis.running.selection import Authorities

    stop, places = Stop(), Authorities.read(project).places()
    with Publication(known.folder, project, places, today().isoformat()) as publication:
        if publication.manifest.read != known.read:  # another run has ended meanwhile
            _known, planned = plan_reports(project, wanted, known.folder)
        for entry in planned.without:
            publication.note(entry)
        with stop.listening():
            made = _make(planned, publication, wanted, jobs, scheduler, stop, brief=brief)
            failed = publication.close()
    results = [*planned.settled, *made]
    well = all(r.status in ("ok", "unchanged", "no data") for r in results)
    if not (brief and well):
        _say_table(results)
    if publication.unkept:
        unkept = publication.unkept
        _say(f"The tables behind the reports were not kept: {unkept.why} ({unkept.what}).")
    if failed is not None:
        _say(f"The index: {failed.cause}. {failed.fix}")
    if stop.signal:
        _say("Stopped. What is published is whole; the same command goes on from here.")
        return STOPPED_BY + stop.signal
    if not brief:
        _say(f"Open {_to_open(results, publication)} in a browser.")
    return 0 if well and failed is None else SOME_FAILED


@cache
def held(project: Project) -> frozenset[str]:
    """Authorities of which anything is held; asked in a process that has what reads tables."""
    from analysis.processes import call
    from analysis.running.making import begin

    begin()
    return frozenset(call("analysis.data.held:held_authorities", project, seconds=_READING))


def _refuse_unheld(planned: Plan, named: set[str], project: Project) -> None:
    """Refuse a report that was asked for by name of an authority of which nothing is held."""
    for result in planned.settled:
        if result.status == "no data" and result.asked.authority in named:
            from analysis.data.held import nothing_held

            raise nothing_held(result.asked.authority, project)


def _refuse_without_visits(planned: Plan, named: set[str], project: Project) -> None:
    """Refuse a report that was asked for by name of a period in which no visit began."""
    from analysis.processes import call
    from analysis.running.making import begin

    for task, _reason in planned.tasks:
        asked = task.asked
        if asked.authority in named and (asked.start or asked.end):
            period = (asked.authority, asked.start, asked.end, project)
            begin()
            call("analysis.data.loading:require_visits", *period, seconds=_READING)


def refuse_no_notebook(project: Project) -> None:
    """Refuse to make reports where the notebook that makes them is missing."""
    from analysis.running.inputs import NOTEBOOK

    notebook = project.notebooks / NOTEBOOK
    if not notebook.is_file():
        raise FindingsError(
            f"{project.relative(notebook)} is missing, which every report is made with. "
            "Bring it back from the repository."
        )


def _refuse_unprintable(planned: Plan) -> None:
    """Refuse a PDF where nothing can print one, before anything is made."""
    from analysis.exporting.forms import PDF
    from analysis.exporting.pdf import find_browser

    if any(PDF in task.forms for task, _reason in planned.tasks):
        find_browser()


def _make(
    planned: Plan, publication: Publication, wanted: Wanted, jobs: int, scheduler: str, stop: Stop,
    *, brief: bool,
) -> list[Result]:  # fmt: skip
    from analysis.running.batch import local_executor, run

    tasks = [task for task, _reason in planned.tasks]
    if not tasks:
        return []
    cluster = None
    if scheduler:
        from analysis.running.cluster import connect

        cluster = connect(scheduler)
    executor = cluster.executor if cluster else local_executor(min(jobs, len(tasks)))
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
    )  # fmt: skip
    with Progress(*columns, console=_err, transient=True) as progress:
        bar = progress.add_task("Making reports", total=len(tasks))

        def told(result: Result) -> None:
            progress.advance(bar)
            if result.status == "ok" and not brief:
                _say_made(result, publication)

        try:
            return run(
                tasks, publication, executor, wanted, stop=stop, told=told,
                lost=cluster.lost if cluster else lambda: "",
            )  # fmt: skip
        finally:
            if cluster:
                cluster.client.close(timeout=1)


def _say(text: str) -> None:
    _err.print(text, markup=False, highlight=False, soft_wrap=True)


def _say_made(result: Result, publication: Publication) -> None:
    from analysis.running.tasks import report_path

    page = report_path(publication.folder, result.asked.name, "html")
    size = f"{page.stat().st_size / 1000:,.0f} KB"
    more = publication.manifest.of(result.asked).forms[1:]
    beside = f"; beside it {', '.join(more)}" if more else ""
    said = f"{page} ({size}, {plural(result.pictures, 'picture')}, {result.seconds:.1f} s){beside}"
    _out.print(said, markup=False, highlight=False, soft_wrap=True)


def _say_why(planned: Plan) -> None:
    for task, reason in planned.tasks:
        _out.print(f"{task.name}: {reason}", markup=False, highlight=False, soft_wrap=True)
    count = Counter(result.status for result in planned.settled)
    rest = ", ".join(f"{n} {status}" for status, n in sorted(count.items()))
    _out.print(
        f"{len(planned.tasks)} would be made{f'; {rest}' if rest else ''}.",
        markup=False, highlight=False, soft_wrap=True,
    )  # fmt: skip


def _to_open(results: Sequence[Result], publication: Publication) -> Path:
    """Return the page of the only report asked for, be it the one on its failure, or the index."""
    from analysis.running.publication import FAILED_ENDING, INDEX
    from analysis.running.tasks import report_path

    endings = {"ok": "html", "unchanged": "html", "failed": FAILED_ENDING}
    if len(results) == 1 and results[0].status in endings:
        name, ending = results[0].asked.name, endings[results[0].status]
        return report_path(publication.folder, name, ending)
    return publication.folder / INDEX


def _told_together(results: Sequence[Result]) -> list[tuple[str, str, str]]:
    """Give the name, status and reason of each; of many that share a reason, the first few."""
    by_reason: dict[tuple[str, str], list[str]] = {}
    for result in results:
        by_reason.setdefault((result.status, result.reason), []).append(result.asked.name)
    rows = []
    for (status, reason), names in by_reason.items():
        many = reason and len(names) > _NAMED + 1
        few = f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
        rows += [(name, status, reason) for name in ([few] if many else names)]
    return rows


def _say_table(results: Sequence[Result]) -> None:
    """Say what became of each, or of each that is not well where there are many; and how many."""
    listed = [
        result
        for result in results
        if len(results) <= _LISTED or result.status in ("failed", "not run")
    ]
    if listed:
        _err.print(table(("Report", "Status", "Why"), _told_together(listed)))
    count = Counter(result.status for result in results)
    parts = [f"{count[status]} {status}" for status in STATUSES if count[status]]
    _say(f"{', '.join(parts)}.")
