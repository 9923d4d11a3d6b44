"""Many reports: what has changed is made side by side, and published as it comes."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Executor,
    Future,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from types import FrameType
from typing import Final

from analysis import processes
from analysis.dates import DATE_VARIABLE
from analysis.exporting.forms import HTML
from analysis.project import Project
from analysis.report.parameters import Parameters
from analysis.running.inputs import Inputs, changed
from analysis.running.manifest import NO_DATA, OK, Entry, Manifest
from analysis.running.publication import Publication
from analysis.running.tasks import Failed, Made, Task

UNCHANGED: Final = "unchanged"
STOPPED: Final = "not run"
LOST: Final = "the scheduler went away"
_EVERY: Final = 0.2
"""Seconds between two looks at whether the run is to stop."""
_DAY: Final = 86_400


@dataclass(frozen=True)
class Result:
    """What became of one report.

    Attributes
    ----------
    asked
        Which.
    status
        `ok`, `unchanged`, `no data`, `failed` or `not run`.
    reason
        Why, where there is something to say.
    seconds, pictures
        How long it took and what it holds, where it was made.
    """

    asked: Parameters
    status: str
    reason: str = ""
    seconds: float = 0.0
    pictures: int = 0


@dataclass
class Plan:
    """What a run has to do.

    Attributes
    ----------
    tasks
        Reports to be made, with the reason for each.
    settled
        Results of those that need not be, or cannot be.
    without
        What the manifest is to keep of those of which nothing is held.
    """

    tasks: list[tuple[Task, str]] = field(default_factory=list)
    settled: list[Result] = field(default_factory=list)
    without: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Wanted:
    """How a run is to go.

    Attributes
    ----------
    asked
        The reports.
    force
        Make them even where nothing has changed.
    seconds
        Longest time for one.
    fail_fast
        Begin no other after the first failure.
    forms
        Forms in which they are to be had, beside those in which they are there already.
    """

    asked: Sequence[Parameters]
    force: bool = False
    seconds: float = 600.0
    fail_fast: bool = False
    forms: tuple[str, ...] = (HTML,)


class Stop:
    """Whether the run is to stop, and by which signal."""

    def __init__(self) -> None:
        self.signal = 0

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take SIGINT and SIGTERM as a wish to stop in order; a second one ends at once."""
        before = {}
        for signum in (signal.SIGINT, signal.SIGTERM):
            with suppress(ValueError):  # not in the main thread: whoever is there listens
                before[signum] = signal.signal(signum, self._heard)
        try:
            yield
        finally:
            for signum, handler in before.items():
                signal.signal(signum, handler)

    def _heard(self, signum: int, _frame: FrameType | None) -> None:
        if self.signal:
            signal.signal(signum, signal.SIG_DFL)
            os.kill(os.getpid(), signum)
        self.signal = signum


def plan(
    project: Project,
    manifest: Manifest,
    wanted: Wanted,
    date: int,
    held: Callable[[], frozenset[str]],
) -> Plan:
    """Say which reports have to be made, and why.

    Parameters
    ----------
    project, manifest
        Where the inputs are, and what is known of the reports in the folder.
    wanted
        What is asked for.
    date
        Seconds since 1970 that count as now.
    held
        Gives the authorities of which anything is held; asked only where something changed.
    """
    inputs = Inputs(project, os.environ.get(DATE_VARIABLE, ""))
    made = Plan()
    for asked in wanted.asked:
        entry, now = manifest.of(asked), inputs.of(asked)
        differing = changed(entry.inputs, now)
        forms = manifest.forms(entry, wanted.forms)
        if not wanted.force and not differing:
            if entry.status == NO_DATA:
                made.settled.append(Result(asked, NO_DATA))
                continue
            if manifest.whole(entry, forms):
                made.settled.append(Result(asked, UNCHANGED))
                continue
        if asked.authority not in held():
            made.without.append(replace(entry, status=NO_DATA, inputs=now, failed=None))
            made.settled.append(Result(asked, NO_DATA))
            continue
        task = Task(asked, str(project.root), now, str(date), wanted.seconds, forms)
        made.tasks.append((task, _reason(entry, differing, forms, wanted.force)))
    return made


def _reason(entry: Entry, differing: list[str], forms: tuple[str, ...], force: bool) -> str:
    if not entry.status:
        return "never made"
    if entry.status == NO_DATA:
        return "there are data now"
    if entry.status != OK:
        return "failed when last run"
    if differing:
        return f"changed: {', '.join(differing)}"
    if new := [form for form in forms if form not in entry.forms]:
        return f"not there yet: {', '.join(new)}"
    return "asked for with --force" if force else "its files are missing or were altered"


def local_executor(jobs: int) -> Executor:
    """Return what makes so many reports at a time on this machine."""
    processes.begin()
    return ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="report")


def run(
    tasks: Sequence[Task],
    publication: Publication,
    executor: Executor,
    wanted: Wanted,
    *,
    make: Callable[[Task], Made | Failed],
    stop: Stop,
    lost: Callable[[], str] = lambda: "",
    told: Callable[[Result], None] = lambda _result: None,
) -> list[Result]:
    """Make reports side by side and publish each as it comes.

    Parameters
    ----------
    tasks
        What to make.
    publication
        Where it goes: this thread is the only one that writes there.
    executor
        Where it is made: threads of this process, each waiting for a process of its own, or a
        cluster. Ended here.
    make
        What makes one.
    stop
        Looked at again and again; once it is set, what is being made is given up.
    lost
        Says why the executor is lost, or ``.
    told
        Called with each result.
    """
    results: list[Result] = []
    waiting: dict[Future[Made | Failed], Task] = {
        executor.submit(make, task): task for task in tasks
    }

    def tell(result: Result) -> None:
        results.append(result)
        told(result)

    try:
        while waiting and not stop.signal:
            done, _ = wait(waiting, _EVERY, FIRST_COMPLETED)
            for future in done:
                outcome = _outcome(future)
                if outcome is not None:  # else it counts as not run
                    tell(_published(publication, waiting.pop(future), outcome))
            broken = any(future in waiting for future in done)
            gone = (lost() if waiting else "") or (LOST if broken else "")
            failing = wanted.fail_fast and any(r.status == "failed" for r in results)
            if gone or failing:
                reason = gone or "another failed, and --fail-fast was given"
                break
        else:
            reason = "the run was stopped"
    finally:
        for future in waiting:
            future.cancel()
        if waiting:
            processes.stop()
        executor.shutdown(wait=False)
    for task in waiting.values():
        tell(Result(task.asked, STOPPED, reason))
    return results


def _outcome(future: Future[Made | Failed]) -> Made | Failed | None:
    """What came of a report; None if whoever was to make it can no longer be reached."""
    try:
        return future.result()
    except (CancelledError, asyncio.CancelledError, OSError):
        return None
    except Exception as error:  # an executor raises what it likes
        said = " ".join(str(error).split()) or type(error).__name__
        fix = "Run the same command again: it goes on from here."
        return Failed(f"{type(error).__name__}: {said}", fix)


def _published(publication: Publication, task: Task, outcome: Made | Failed) -> Result:
    failed = publication.publish(task, outcome)
    if failed is not None:
        return Result(task.asked, "failed", failed.brief)
    assert isinstance(outcome, Made)  # noqa: S101 - else it had failed
    return Result(task.asked, OK, "", outcome.seconds, outcome.pictures)
