"""Reading documents in processes of their own, so that none can hang or kill the run.

What is to be done with each reading beside, such as tagging its findings, is done there too: a
`Task`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

from analysis.data.archives import HOSTILE
from analysis.documents.document import read_document
from analysis.documents.files.opening import open_document
from analysis.documents.files.refusals import (
    MAX_MEMORY,
    MAX_SECONDS,
    UnreadableError,
    out_of_memory,
)
from analysis.documents.oddities import oddities_of
from analysis.documents.printed.names import Gazetteer, Name
from analysis.documents.readings import NOT_TOLD, Reading, Told
from analysis.processes import Child, preloaded

preloaded.append(__name__)

_STARTING: Final = 60.0
"""Seconds that a process may take to start."""
_MEMORY: Final = f"it takes more memory than a document may: {HOSTILE}"
_SLOW: Final = "reading it took longer than {:g} seconds; leave it out, or split it"
_NOT_STARTED: Final = "no process could be started to read it; leave it out, or try again later"
_CRASHED: Final = f"reading it crashed the reader: {HOSTILE}"
_FAILED: Final = "{} failed on it ({}), which is a fault of the program; leave it out"
Names = Sequence[Name | tuple[str, str]]
"""Names of authorities; pairs of slug and name will do."""


class Task(Protocol):
    """What a process does with each reading; it is sent there pickled."""

    def prepare(self) -> None:
        """Load what it needs, before the process's memory is limited."""

    def __call__(self, reading: Reading, /) -> Any:
        """Return what is to be kept beside the reading."""


class Outcome(NamedTuple):
    """What became of one file.

    Attributes
    ----------
    path
        The file.
    sha256
        Checksum of its bytes, or `` where it could not be read.
    reading
        What was read, or None if it was refused.
    refused
        Why it was refused, or ``.
    more
        What the task made of the reading; None without a task.
    """

    path: str
    sha256: str
    reading: Reading | None
    refused: str = ""
    more: Any = None


class _Worker:
    """A process that reads one file at a time."""

    def __init__(self, authorities: Names, task: Task | None = None, told: Told = NOT_TOLD) -> None:
        self.authorities, self.task, self.told = authorities, task, told
        self.path = ""
        self.deadline = 0.0
        self._start()

    def _start(self) -> None:
        self.child = Child(_serve, self.authorities, self.task, self.told)
        self.connection = self.child.connection
        self.started = False

    def give(self, path: str, seconds: float) -> bool:
        """Hand over a file; say whether the process, or one in its place, took it.

        The first file waits for the process to start.
        """
        self.path = path
        for _ in range(2):
            self.deadline = time.monotonic() + seconds + (0.0 if self.started else _STARTING)
            with suppress(OSError):
                self.connection.send(path)
                return True
            self.renew()
        return False

    def take(self) -> Outcome:
        """Take the outcome, or say how the process died."""
        try:
            outcome: Outcome = self.connection.recv()
        except (EOFError, OSError):
            self.renew()
            return Outcome(self.path, "", None, _CRASHED)
        self.started = True
        return outcome

    def renew(self) -> None:
        """Put a new process in the place of one that died or hangs."""
        self.stop()
        self._start()

    def stop(self) -> None:
        """End the process, whatever it does."""
        self.child.end()


def read_all(
    paths: Sequence[str],
    authorities: Names,
    jobs: int = 2,
    seconds: float = MAX_SECONDS,
    progress: Callable[[], None] = lambda: None,
    task: Task | None = None,
    keep: Callable[[Outcome], None] = lambda _: None,
    told: Told = NOT_TOLD,
) -> list[Outcome]:
    """Read files side by side; the outcomes come in the order of the paths.

    Parameters
    ----------
    paths
        The files.
    authorities
        Names of the authorities.
    jobs
        Processes.
    seconds
        Longest time for one document.
    progress
        Called after each document.
    task
        What is done with each reading, in the process that read it.
    keep
        Given each outcome as soon as it is there.
    told
        What a user says of all of them.
    """
    outcomes: dict[str, Outcome] = {}
    start = partial(_Worker, authorities, task, told)
    for outcome in _outcomes(paths, start, max(1, min(jobs, len(paths))), seconds):
        outcomes[outcome.path] = outcome
        keep(outcome)
        progress()
    return [outcomes[path] for path in dict.fromkeys(paths)]


def _outcomes(
    paths: Sequence[str],
    start: Callable[[], _Worker],
    jobs: int,
    seconds: float,
) -> Iterator[Outcome]:
    waiting = sorted(dict.fromkeys(paths), key=_size)
    busy: dict[Connection, _Worker] = {}
    idle = [start() for _ in range(jobs)] if waiting else []
    try:
        while waiting or busy:
            while waiting and idle:
                worker = idle.pop()
                if worker.give(waiting.pop(), seconds):
                    busy[worker.connection] = worker
                else:
                    idle.append(worker)
                    yield Outcome(worker.path, "", None, _NOT_STARTED)
            first = min((worker.deadline for worker in busy.values()), default=0.0)
            for ready in wait(list(busy), max(0.0, first - time.monotonic())):
                worker = busy.pop(ready)  # type: ignore[call-overload]
                idle.append(worker)
                yield worker.take()
            for worker in [w for w in busy.values() if w.deadline <= time.monotonic()]:
                idle.append(busy.pop(worker.connection))
                worker.renew()
                yield Outcome(worker.path, "", None, _SLOW.format(seconds))
    finally:
        for worker in (*idle, *busy.values()):
            worker.stop()


def _size(path: str) -> tuple[int, str]:
    try:
        return Path(path).stat().st_size, path
    except OSError:
        return 0, path


def _serve(connection: Connection, authorities: Names, task: Task | None, told: Told) -> None:
    if task:
        task.prepare()
    _limit_memory()
    gazetteer = Gazetteer(authorities)
    while True:
        try:
            path = connection.recv()
        except EOFError:
            return
        connection.send(_done(task, read_one(path, gazetteer, told)))


def _done(task: Task | None, outcome: Outcome) -> Outcome:
    """Do the task on what was read."""
    if task is None or outcome.reading is None:
        return outcome
    try:
        return outcome._replace(more=task(outcome.reading))
    except Exception as error:  # whatever it does with a document, the others are read
        memory = isinstance(error, MemoryError)
        what = (type(task).__name__, type(error).__name__)
        return Outcome(outcome.path, "", None, _MEMORY if memory else _FAILED.format(*what))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def read_one(path: str, gazetteer: Gazetteer, told: Told = NOT_TOLD) -> Outcome:
    """Read one file in this process."""
    try:
        reading = read_document(open_document(Path(path)), gazetteer, told)
        reading.oddities = oddities_of(reading)
        return Outcome(path, sha256(Path(path).read_bytes()).hexdigest(), reading)
    except Exception as error:  # whatever a file does, the others are read
        return Outcome(path, "", None, _reason(error))


def _reason(error: Exception) -> str:
    """Why a file is not read, in words."""
    if isinstance(error, UnreadableError):
        return str(error)
    if isinstance(error, (MemoryError, RecursionError)) or out_of_memory(error):
        return _MEMORY
    kind = type(error).__name__
    return f"the reader failed on it ({kind}), which is a fault of the reader; leave it out"
