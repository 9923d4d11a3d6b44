"""Processes of their own, which may die or hang without harm to whoever started them.

The standard library's fork server imports once what they need (`preloaded`) and forks each from
there. Where forking is not possible or not safe, each is a Python of its own, which takes longer.
Each has a session and a folder for temporary files of its own. Both are cleared away with it,
whatever it left running included, and it ends with whoever started it.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from multiprocessing.util import Finalize
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from analysis.errors import FindingsError, MachineError, is_machines, machine_error

FORK_VARIABLE: Final = "FINDINGS_FORK"
"""Set to 0 to start every process afresh."""
PINNED_ENVIRONMENT: Final = {"PYTHONHASHSEED": "0", "MPLBACKEND": "agg"}
"""Environment of a kernel that writes a report, so that the same inputs give the same bytes."""
preloaded: Final[list[str]] = []
"""Modules that the fork server imports: who starts processes names here what they will need."""
_ONE_THREAD: Final = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # pyarrow's jemalloc starts one on import
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # a kernel would warn of frozen modules
}
"""A process with threads cannot be forked safely, and as many as cores run side by side anyway."""
_NOT_STARTED: Final = "no process could be started"
_LATE: Final = "it took longer than {:g} seconds"
_LONGEST: Final = 70
"""A longer folder for temporary files leaves no room for the name of the fork server's socket."""


class ProcessDiedError(FindingsError):
    """The process ended before it had answered; says how."""


class OutOfTimeError(FindingsError):
    """The process took longer than it may and was ended."""


class CallError(Exception):
    """The function raised something; the text is its traceback."""


def can_fork() -> bool:
    """Whether processes are forked here."""
    return (
        "forkserver" in multiprocessing.get_all_start_methods()
        and sys.platform != "darwin"  # where much of what is imported cannot be forked safely
        and len(tempfile.gettempdir()) <= _LONGEST
        and os.environ.get(FORK_VARIABLE, "1") != "0"
    )


class Child:
    """A process that runs a function.

    Parameters
    ----------
    target
        Given the child's end of a connection, then the arguments. It hears no Ctrl-C.
    arguments
        Anything that can be pickled, of modules that can be imported.

    Attributes
    ----------
    connection
        The other end.
    process
        The process, which has been started.

    Raises
    ------
    ProcessDiedError
        If the fork server did not answer.
    MachineError
        If the machine did not let it begin.
    """

    def __init__(self, target: Callable[..., None], *arguments: Any) -> None:
        try:
            self._room = tempfile.TemporaryDirectory(prefix="findings-", ignore_cleanup_errors=True)
            self.connection, theirs = multiprocessing.Pipe()
            given = (self._room.name, _environment(), target, theirs, arguments)
            self.process = _context().Process(target=_live, args=given)
            with theirs:
                _start(self.process)
        except (EOFError, ConnectionError) as error:
            raise ProcessDiedError(_NOT_STARTED) from error
        except OSError as error:
            raise machine_error(error, _NOT_STARTED) from error
        with _lock:
            _children.add(self)

    def kill(self) -> None:
        """End its session: the process and all that it started."""
        ended = wait([self.process.sentinel], 0)
        if self.process.pid and hasattr(os, "killpg"):
            with suppress(OSError):  # it has no session yet, or nothing is left of it
                os.killpg(self.process.pid, signal.SIGKILL)
        if not ended:
            self.process.kill()

    def end(self) -> int:
        """End it, if it has not ended; return its exit status, negative if a signal ended it."""
        self.kill()
        self.connection.close()
        with _lock:
            _children.discard(self)
            self.process.join()
            status = self.process.exitcode or 0
            self.process.close()
        self._room.cleanup()
        return status


def call(function: str, *arguments: Any, seconds: float) -> Any:
    """Call a function in a process of its own and return its value.

    Safe to use from several threads at once.

    Parameters
    ----------
    function
        Its module and name, as `analysis.data.held:held_authorities`; this process need not
        import the module.
    arguments
        Anything that can be pickled.
    seconds
        Longest time that it may take.

    Raises
    ------
    ProcessDiedError, OutOfTimeError, CallError
        If it did not return.
    MachineError
        If the machine did not let it go on, or not let it begin.
    FindingsError
        If it raised one.
    """
    child = Child(_answer, function, arguments)
    answer = None
    try:
        if _stopped.is_set():
            child.kill()
        ready = wait([child.connection, child.process.sentinel], seconds)
        if child.process.sentinel in ready:
            child.kill()  # what it left running may hold the connection open
        if ready:
            with suppress(EOFError, OSError):
                answer = child.connection.recv()
    finally:
        status = child.end()
    if answer is None:
        raise ProcessDiedError(_how(status)) if ready else OutOfTimeError(_LATE.format(seconds))
    value, raised = answer
    if raised:
        raise raised
    return value


def begin() -> None:
    """Let calls be made, after a `stop` too, and let the fork server import while others prepare.

    One that has imported less than is wanted by now, and from which nothing runs any more, gives
    way to another: else every process would import the rest by itself.

    Raises
    ------
    OSError
        If it cannot be started.
    """
    _stopped.clear()
    with _lock:
        if can_fork() and not _children and not _imported.issuperset(preloaded):
            forkserver._forkserver._stop()  # type: ignore[attr-defined]
    _start()


def stop() -> None:
    """End every process that was started here, and every call that is being begun."""
    _stopped.set()
    with _lock:
        for child in _children:
            child.kill()


_lock: Final = threading.Lock()
_stopped: Final = threading.Event()
_children: Final[set[Child]] = set()
_imported: Final[set[str]] = set()
"""What the fork server was told to import when it began."""


def _leave() -> None:
    """End what is left, the fork server too: nothing outlives the process that started it."""
    stop()
    forkserver._forkserver._stop()  # type: ignore[attr-defined]


Finalize(None, _leave, exitpriority=0)  # in this very process, not in what was forked from it


def _context() -> ForkServerContext | SpawnContext:
    get = multiprocessing.get_context
    return get("forkserver") if can_fork() else get("spawn")


def _environment() -> dict[str, str]:
    """Environment of the processes: this one's, and what makes the same inputs give the same."""
    return _ONE_THREAD | PINNED_ENVIRONMENT | dict(os.environ)


def _start(process: BaseProcess | None = None) -> None:
    """Start the fork server, if there is to be one and it does not run, and a process."""
    with _lock, _as_theirs():
        if can_fork():
            forkserver.set_forkserver_preload(preloaded)
            if forkserver._forkserver._forkserver_pid is None:  # type: ignore[attr-defined]
                _imported.clear()
                _imported.update(preloaded)
            with _deaf_to_ctrl_c():
                forkserver.ensure_running()
            if process:
                process.start()
        elif process:
            with _deaf_to_ctrl_c():
                process.start()


@contextmanager
def _as_theirs() -> Iterator[None]:
    """Have what processes take over from this one as they are to have it.

    Their Python begins in the environment that is to be theirs, and looks for modules in no
    working folder. They do not run the main module of this process anew, which may be any program.
    And this process may be a daemon, as a worker of a cluster is: they end with it.
    """
    wanted = _environment() | {"PYTHONSAFEPATH": "1"}
    added = {name: value for name, value in wanted.items() if name not in os.environ}
    me, main = multiprocessing.current_process(), sys.modules["__main__"]
    daemon = me.daemon
    try:
        me.daemon = False
        sys.modules["__main__"] = ModuleType("__main__")
        os.environ.update(added)
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)
        sys.modules["__main__"] = main
        me.daemon = daemon


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Let processes that begin meanwhile never hear Ctrl-C: who began them does, and ends them.

    One that heard it would leave its traceback, while it starts too. Windows knows no such mask.
    What Python itself starts beside the first process takes the mask away, so it goes before.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _live(
    room: str,
    environment: Mapping[str, str],
    target: Callable[..., None],
    connection: Connection,
    arguments: Sequence[Any],
) -> None:
    """Run a function in the process that was started for it."""
    if hasattr(os, "setsid"):
        os.setsid()
    _end_with_parent(room)
    os.environ.clear()
    os.environ.update(environment, TMPDIR=room)
    tempfile.tempdir = None  # it is looked for anew
    target(connection, *arguments)


def _end_with_parent(room: str) -> None:
    """Have this session and its folder go as soon as whoever started it is gone, however it went.

    Its end of a pipe closes with it, and the system tells of that by a signal, which reaches a
    process of one thread too.
    """
    try:
        import fcntl
    except ImportError:  # Windows has no such signal
        return
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101 - it was started by one

    def end(*_: object) -> None:
        shutil.rmtree(room, ignore_errors=True)
        os.killpg(0, signal.SIGKILL)

    signal.signal(signal.SIGIO, end)
    fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(parent.sentinel, fcntl.F_GETFL)
    fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, flags | os.O_ASYNC)
    if not parent.is_alive():
        end()


def _answer(connection: Connection, function: str, arguments: Sequence[Any]) -> None:
    """Send what a function returned, or what it raised, and wait to be ended."""
    if hasattr(signal, "pthread_sigmask"):  # kernels hear whether they are to be interrupted
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    with Path(os.devnull).open("r+b") as nothing:
        for handle in range(3):
            os.dup2(nothing.fileno(), handle)
    try:
        module, _, name = function.partition(":")
        connection.send((getattr(importlib.import_module(module), name)(*arguments), None))
    except BaseException as error:  # whatever it is, it is told
        connection.send((None, _told(error)))
    connection.recv()


def _told(error: BaseException) -> Exception:
    """What is raised, where the call was made, in place of an error."""
    if isinstance(error, FindingsError):
        return error if isinstance(error, MachineError) else FindingsError(str(error))
    if is_machines(error):
        return machine_error(error, "the process could not go on")
    return CallError(traceback.format_exc())


def _how(status: int) -> str:
    if _stopped.is_set():
        return "the run was stopped"
    if status < 0:
        return f"the process was killed by signal {-status} ({signal.Signals(-status).name})"
    return f"the process ended with status {status} before it had answered"
