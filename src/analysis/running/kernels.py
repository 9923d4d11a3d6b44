"""Kernels forked from the process that runs the notebook, which has imported everything already.

A kernel that is started afresh spends most of its time on imports. A forked one has them. It is
made before the process has a second thread or a socket of ZeroMQ, waits until it is told where to
connect, and becomes an ordinary ipykernel. Where a process cannot be forked safely, nothing here is
used and Jupyter starts its kernels as always.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from analysis.processes import after_fork

LAUNCHER: Final = ["-m", "ipykernel_launcher", "-f", "{connection_file}"]
"""What starts an IPython kernel, after the name of its Python."""
_ON_MAC: Final = sys.platform == "darwin"
_LONGEST: Final = 90
"""A longer folder leaves no room for the names of sockets in it."""
_INLINE: Final = "module://matplotlib_inline.backend_inline"


def why_not_fork(spec: KernelSpec) -> str:
    """Say why a kernel cannot be forked from this process, or `` if it can.

    Parameters
    ----------
    spec
        The kernel wanted: only an IPython kernel of this very Python can be.
    """
    known = (LAUNCHER, ["-Xfrozen_modules=off", *LAUNCHER])
    reasons = {
        "this system cannot fork a process": not hasattr(os, "fork"),
        "on macOS a process that has imported much cannot be forked safely": _ON_MAC,
        f"{spec.display_name} is not a plain IPython kernel": spec.argv[1:] not in known,
        f"{spec.display_name} is a kernel of another Python": not _is_this_python(spec.argv[0]),
        "this process has more than one thread": threading.active_count() > 1,
        "this process has opened sockets of ZeroMQ": _has_sockets(),
    }
    return next((reason for reason, true in reasons.items() if true), "")


def _is_this_python(command: str) -> bool:
    if Path(command).name == command:
        return command in ("python", "python3", Path(sys.executable).name)
    return Path(command).exists() and Path(command).samefile(sys.executable)


def _has_sockets() -> bool:
    if "zmq" not in sys.modules:
        return False
    import zmq

    context = zmq.Context._instance
    return context is not None and not context.closed


class Seed:
    """A process forked in time, which waits to be told to become a kernel.

    It looks like a `subprocess.Popen` as far as Jupyter asks.
    """

    stdin = stdout = stderr = None

    def __init__(self) -> None:
        reading, self._writing = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.returncode: int | None = None
        self.pid = os.fork()
        if not self.pid:
            _grow(reading, self._writing)
        os.close(reading)

    def start(self, arguments: Sequence[str], cwd: str, env: dict[str, str]) -> None:
        """Let it become a kernel."""
        order = json.dumps({"arguments": list(arguments), "cwd": cwd, "env": env})
        with os.fdopen(self._writing, "wb") as pipe:
            pipe.write(order.encode())

    def poll(self) -> int | None:
        """Return how it ended, as `subprocess.Popen.returncode`; None while it runs."""
        return self._collect(os.WNOHANG)

    def wait(self) -> int | None:
        """Wait until it ended and return how."""
        return self._collect(0)

    def _collect(self, options: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, options)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def send_signal(self, signum: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signum)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


class ForkProvisioner(LocalProvisioner):
    """Gives Jupyter a seed where it would start a program."""

    def __init__(self, seed: Seed, **more: Any) -> None:
        super().__init__(**more)
        self._seed = seed

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Turn the seed into the kernel that the command would have started."""
        self._seed.start(
            cmd[cmd.index("-f") :], str(kwargs.get("cwd") or Path.cwd()), dict(kwargs["env"])
        )
        self.process = self._seed  # type: ignore[assignment]
        self.pid = self._seed.pid
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info


class ForkingManager(AsyncKernelManager):
    """A kernel manager whose kernel is a fork of this process, made when the manager is made.

    Parameters
    ----------
    folder
        An empty folder for the sockets by which the two talk.
    """

    def __init__(self, folder: str, **more: Any) -> None:
        seed = Seed()
        if len(folder) <= _LONGEST:  # else by TCP, as always
            place = {"transport": "ipc", "ip": f"{folder}/k", "connection_file": f"{folder}/k.json"}
            more = place | more
        super().__init__(**more)
        assert self.kernel_spec is not None  # noqa: S101 - Jupyter raises where there is none
        self.provisioner = ForkProvisioner(
            seed, kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
        )


def _grow(reading: int, writing: int) -> NoReturn:
    """Wait in the forked process for the order, run the kernel, and end."""
    status = 1
    try:
        os.close(writing)
        for let_go in after_fork:
            let_go()
        with os.fdopen(reading, "rb") as pipe:
            order = pipe.read()
        if order:
            _run(**json.loads(order))
        status = 0
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else 0
    except BaseException:  # nothing above may run on in this process
        traceback.print_exc(file=sys.__stderr__)
    finally:
        with suppress(BaseException):
            atexit._run_exitfuncs()
            sys.__stdout__.flush()  # type: ignore[union-attr]
            sys.__stderr__.flush()  # type: ignore[union-attr]
        os._exit(status)


def _run(arguments: list[str], cwd: str, env: dict[str, str]) -> None:
    """Be a kernel until told to end."""
    import ipykernel_launcher
    from ipykernel.kernelapp import IPKernelApp

    atexit._clear()
    sys.argv = [str(ipykernel_launcher.__file__), *arguments]
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    with Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), 0)
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(
            signum, signal.default_int_handler if signum == signal.SIGINT else signal.SIG_DFL
        )
    _seed_anew()
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(arguments)
    app.log.addFilter(lambda record: "KeyboardInterrupt caught" not in record.getMessage())
    _hook_figures_up(app.shell)
    app.start()


def _seed_anew() -> None:
    """Give NumPy's global generator a seed of its own; Python's own gets one on forking."""
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()


def _hook_figures_up(shell: Any) -> None:
    """Show figures as a fresh kernel would: matplotlib chose its backend before the fork."""
    if "matplotlib" not in sys.modules:
        return
    import matplotlib as mpl

    backend = os.environ.get("MPLBACKEND", "")
    if "matplotlib.pyplot" in sys.modules:
        import matplotlib.pyplot as plt

        plt.close("all")
        plt.switch_backend(backend)
    else:
        mpl.rcParams["backend"] = backend
    if backend in ("inline", _INLINE):
        from matplotlib_inline.backend_inline import configure_inline_support

        configure_inline_support(shell, backend)
