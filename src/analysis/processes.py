"""Calling a function in a process of its own, which may die or hang without harm.

The processes are forked from one that has imported everything (`analysis.running.server`); where
forking is not possible or not safe, each is a Python of its own, which takes longer.
"""

from __future__ import annotations

import atexit
import errno
import os
import pickle
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Final

from analysis.errors import FindingsError, is_machines, machine_error

FORK_VARIABLE: Final = "FINDINGS_FORK"
"""Set to 0 to start every process afresh."""
PINNED_ENVIRONMENT: Final = {"PYTHONHASHSEED": "0", "MPLBACKEND": "agg"}
"""Environment of a kernel that writes a report, so that the same inputs give the same bytes."""
after_fork: list[Callable[[], None]] = []
"""What a kernel does first: let go of what belongs to the process that it was forked from."""
_ONE_THREAD: Final = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"
) | {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # pyarrow's jemalloc starts one on import
}
"""A process with threads cannot be forked safely, and reports run side by side anyway."""
_QUIET: Final = _ONE_THREAD | {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}
_NOT_STARTED: Final = "no process could be started"
_SERVER: Final = (sys.executable, "-P", "-m", "analysis.running.server")
_LAST_WORDS: Final = 800
OPEN_FILES: Final = 128
"""A notebook's process opens about seventy files at a time; with fewer it dies without a word."""
_MANY_FILES: Final = 1024
"""What a run of many reports can use."""
_STARTING: Final = 120.0
"""Seconds that the process from which others are forked may take to import everything."""


class ProcessDiedError(FindingsError):
    """The process ended before it had answered; says how."""


class OutOfTimeError(FindingsError):
    """The process took longer than it may and was ended."""


class CallError(Exception):
    """The function raised something; the text is its traceback."""


def can_fork() -> bool:
    """Whether processes are forked here."""
    return (
        hasattr(os, "fork")
        and sys.platform != "darwin"
        and os.environ.get(FORK_VARIABLE, "1") != "0"
    )


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
    pickled = pickle.dumps((function, arguments))
    try:
        answer = _forked(pickled, seconds) if can_fork() else _alone(pickled, seconds)
    except OSError as error:
        raise machine_error(error, _NOT_STARTED) from error
    value, refused, raised = pickle.loads(answer)  # noqa: S301 - from the process started here
    if refused:
        raise refused
    if raised:
        raise CallError(raised)
    return value


def stop() -> None:
    """End every process that was started here, and whatever these started."""
    _stopped.set()
    with _lock:
        if _server is not None and _server.pid == os.getpid():
            _server.stop()
    for process in list(_singles):
        _kill(process.pid)


def begin() -> None:
    """Start the process that others are forked from, so that it imports while others prepare.

    Raises
    ------
    MachineError, OSError
        If too few files may be open at a time, or it cannot be started.
    """
    _stopped.clear()
    _allow_open_files()
    if can_fork():
        _running_server()


def _allow_open_files() -> None:
    """Let this process and those that it starts open as many files as they need."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    if now != unlimited and now < _MANY_FILES:
        now = _MANY_FILES if most == unlimited else min(most, _MANY_FILES)
        resource.setrlimit(resource.RLIMIT_NOFILE, (now, most))
    if now != unlimited and now < OPEN_FILES:
        error = OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        raise machine_error(error, f"A report needs {OPEN_FILES} open files, and {now} are allowed")


class _Server:
    """The process that others are forked from, as seen from here."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self._sending = threading.Lock()
        self._control, theirs = socket.socketpair()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the server
        self._room = tempfile.TemporaryDirectory(prefix="findings-", ignore_cleanup_errors=True)
        with theirs:
            self.process = subprocess.Popen(
                [*_SERVER, str(theirs.fileno()), self._room.name],
                stdin=subprocess.DEVNULL,
                stdout=self._said,
                stderr=self._said,
                env=_environment() | {"TMPDIR": self._room.name},
                pass_fds=[theirs.fileno()],
            )

    def fork(self) -> tuple[Connection, Connection]:
        """Have a child forked; return where it takes its call and where its end is told."""
        (calls, their_calls), (ends, their_ends) = socket.socketpair(), socket.socketpair()
        with their_calls, their_ends, self._sending:
            handles = [their_calls.fileno(), their_ends.fileno()]
            socket.send_fds(self._control, [b"f"], handles)
        return Connection(calls.detach()), Connection(ends.detach())

    def running(self) -> bool:
        """Whether it was started by this very process and has not ended."""
        return self.pid == os.getpid() and self.process.poll() is None

    def stop(self) -> None:
        """End it and all its children."""
        self._control.close()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._room.cleanup()

    def last_words(self) -> str:
        """Return the end of what it wrote."""
        self._said.seek(0)
        return self._said.read()[-_LAST_WORDS:].decode(errors="replace").strip()


_lock: Final = threading.Lock()
_stopped: Final = threading.Event()
_server: _Server | None = None
_singles: Final[set[subprocess.Popen[bytes]]] = set()


def _running_server() -> _Server:
    global _server  # noqa: PLW0603 - one for the whole process
    with _lock:
        if _stopped.is_set():
            raise ProcessDiedError("the run was stopped")
        if _server is None or not _server.running():
            if _server is None:
                atexit.register(stop)
            _server = _Server()
        return _server


def _environment() -> dict[str, str]:
    """Environment of the processes: this one's, and what makes the same inputs give the same."""
    return (
        _QUIET
        | dict(os.environ)
        | {name: value for name, value in PINNED_ENVIRONMENT.items() if name not in os.environ}
    )


def _forked(pickled: bytes, seconds: float) -> bytes:
    server = _running_server()
    try:
        calls, ends = server.fork()
    except OSError as error:
        if is_machines(error):
            raise
        raise ProcessDiedError(_not_started(server)) from error
    with calls, ends:
        return _answered(server, calls, ends, pickled, seconds)


def _answered(
    server: _Server, calls: Connection, ends: Connection, pickled: bytes, seconds: float
) -> bytes:
    """Hand the call over and wait for its answer, or for the end of the child."""
    pid, answer, status = 0, b"", None
    deadline = time.monotonic() + _STARTING
    try:
        while status is None:
            left = max(0.0, deadline - time.monotonic())
            ready = wait([calls, ends] if not answer else [ends], left)
            if not ready:
                raise OutOfTimeError(f"it took longer than {seconds:g} seconds")
            if calls in ready:
                if not pid:
                    pid = calls.recv()
                    deadline = time.monotonic() + seconds
                    calls.send_bytes(pickled)
                    continue
                answer = calls.recv_bytes()
            elif ends in ready:
                status = ends.recv()
    except (EOFError, OSError) as error:
        if _stopped.is_set():
            raise ProcessDiedError("the run was stopped") from error
        if not pid:
            raise ProcessDiedError(_not_started(server)) from error
        status = status if status is not None else _status(ends)
    finally:
        if pid and status is None:
            _kill(pid)
    if answer:
        return answer
    raise ProcessDiedError(_how(status))


def _status(ends: Connection) -> int | None:
    """How the child ended, where the process that it was forked from still tells."""
    with suppress(EOFError, OSError):
        if ends.poll(5):
            status: int = ends.recv()
            return status
    return None


def _not_started(server: _Server) -> str:
    with suppress(subprocess.TimeoutExpired):
        server.process.wait(timeout=5)
    said = server.last_words()
    return _NOT_STARTED + (f"; it said: {said}" if said else "")


def _how(status: int | None) -> str:
    if status is None:
        return "the process was ended together with the one that it was forked from"
    if status < 0:
        return f"the process was killed by signal {-status} ({signal.Signals(-status).name})"
    return f"the process ended with status {status} before it had answered"


def _alone(pickled: bytes, seconds: float) -> bytes:
    """Make the call in a Python started for it."""
    with tempfile.TemporaryDirectory(prefix="findings-") as name:
        asked, answered = Path(name) / "call", Path(name) / "answer"
        asked.write_bytes(pickled)
        with (Path(name) / "said").open("w+b") as said:
            process = subprocess.Popen(
                [*_SERVER, "--alone", str(asked), str(answered)],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                env=_environment() | {"TMPDIR": name},
                start_new_session=True,
            )
            _singles.add(process)
            try:
                process.wait(timeout=seconds)
            except subprocess.TimeoutExpired as error:
                raise OutOfTimeError(f"it took longer than {seconds:g} seconds") from error
            finally:
                _kill(process.pid)
                process.wait()
                _singles.discard(process)
        if not answered.is_file():
            how = "the run was stopped" if _stopped.is_set() else _how(process.returncode)
            raise ProcessDiedError(how)
        return answered.read_bytes()


def _kill(pid: int) -> None:
    """End a process and all that belongs to its session."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGTERM)
