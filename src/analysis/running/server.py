"""The process that reports are forked from: it imports everything once and then only forks.

It has one thread and no socket but those of its own making, so that forking it is safe. Each child
gets a session of its own, makes one report and ends; whatever it leaves running is ended with it.
`python -m analysis.running.server` is started by `analysis.processes` and by nobody else.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import select
import shutil
import signal
import socket
import sys
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, NoReturn

from analysis.errors import FindingsError, MachineError, is_machines, machine_error
from analysis.processes import after_fork

PRELOADED: Final = (
    "analysis.report.report",
    "analysis.running.producing",
    "IPython.core.completer",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "jupyter_client.asynchronous",
    "jupyter_client.blocking",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib_inline.backend_inline",
    "nbclient",
    "tqdm.auto",
)
"""What a report imports, sooner or later."""
ALONE: Final = "--alone"


def main() -> None:
    """Serve until whoever started this closes the control socket, or make one call alone.

    Named on the command line: the handle of the control socket, and a folder for temporary files,
    which goes with this process.
    """
    if sys.argv[1] == ALONE:
        _alone()
        return
    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started this
    try:
        _import_all()
        _serve(control)
    finally:
        shutil.rmtree(sys.argv[2], ignore_errors=True)


def _import_all() -> None:
    for name in PRELOADED:
        importlib.import_module(name)
    importlib.import_module("analysis.running.warming").warm()
    gc.collect()
    gc.freeze()  # what is here is never collected, so children share its memory


def _serve(control: socket.socket) -> None:
    """Fork a child for each pair of sockets that comes; say on the second how it ended."""
    waking, woken = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
    children: dict[int, Connection] = {}
    watched: list[Any] = [control, waking]
    while True:
        ready, _, _ = select.select(watched, [], [])
        if waking in ready:
            with suppress(BlockingIOError):
                os.read(waking, 4096)
            _reap(children)
        if control in ready:
            sent, handles, _, _ = socket.recv_fds(control, 1, 2)
            if not sent:
                break
            calls, ends = (Connection(handle) for handle in handles)
            pid = os.fork()
            if not pid:
                control.close()
                for other in (ends, *children.values()):
                    other.close()
                for handle in (waking, woken):
                    os.close(handle)
                _child(calls)
            calls.close()
            children[pid] = ends
    for pid in children:
        _end(pid)


def _reap(children: dict[int, Connection]) -> None:
    """Say of each child that has ended how it did, once all that it started has ended too."""
    while children:
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if ended is None:
            return
        _end(ended.si_pid)
        _, status = os.waitpid(ended.si_pid, 0)
        ends = children.pop(ended.si_pid, None)
        if ends is not None:
            with suppress(OSError):
                ends.send(os.waitstatus_to_exitcode(status))
            ends.close()


def _end(pid: int) -> None:
    """End the session of a child, stragglers and all."""
    for end in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            end(pid, signal.SIGKILL)


def _child(calls: Connection) -> NoReturn:
    """Make the one call that comes, answer, and end."""
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        calls.send(os.getpid())
        after_fork.append(calls.close)
        answer = _answer(calls.recv_bytes())
        with suppress(OSError):  # nobody waits any more
            calls.send_bytes(answer)
    finally:
        os._exit(0)


def _answer(call: bytes) -> bytes:
    """Make a call; return its value, or what it refused, or the text of what it raised."""
    try:
        name, arguments = pickle.loads(call)  # noqa: S301 - from the process that started this
        module, _, function = name.partition(":")
        value = getattr(importlib.import_module(module), function)(*arguments)
        return pickle.dumps((value, None, ""))
    except FindingsError as error:
        kept = error if isinstance(error, MachineError) else FindingsError(str(error))
        return pickle.dumps((None, kept, ""))
    except BaseException as error:  # whatever it is, it is told
        if is_machines(error):
            told = machine_error(error, "the process could not go on")
            return pickle.dumps((None, told, ""))
        return pickle.dumps((None, None, traceback.format_exc()))


def _alone() -> None:
    """Make the call that stands in one file and leave the answer in another."""
    asked, answered = map(Path, sys.argv[2:4])
    answered.write_bytes(_answer(asked.read_bytes()))


if __name__ == "__main__":
    main()
