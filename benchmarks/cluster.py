"""Reports from three workers of a Dask cluster, one killed midway, beside two local jobs a core.

The scheduler and the workers are processes of their own on this machine. Both ways make the same
authorities' reports; printed are seconds, their ratio beside the bar, and whether the files are the
same, byte by byte. Locally nothing is killed.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from machine import cores, say_where

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGES: Final = ("inspection-findings", "distributed", "papermill", "nbconvert")
BAR: Final = 1.3
WORKERS: Final = 3
THREADS: Final = 2
"""Reports that a worker makes at a time: as locally, two for each core that it has."""
SEED: Final = 23
PINNED: Final = os.environ | {"SOURCE_DATE_EPOCH": "1767225600"}
QUIET: Final = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=24)
    asked = parser.parse_args()
    say_where(PACKAGES)
    held = sorted(path.parent.name for path in (ROOT / "data" / "raw").glob("*/visits.csv"))
    names = random.Random(SEED).sample(held, min(asked.reports, len(held)))  # noqa: S311 no secret
    jobs = 2 * cores()
    with tempfile.TemporaryDirectory(prefix="cluster-") as folder:
        local, spread = Path(folder) / "local", Path(folder) / "spread"
        alone = _timed(_report(names, local, "--jobs", str(jobs)))
        together = _on_cluster(names, spread)
        same = _pages(local) == _pages(spread)
    print(f"{len(names)} reports, --jobs {jobs}: {alone:.1f} s")
    print(f"{WORKERS} workers, one killed midway: {together:.1f} s, {together / alone:.2f} times "
          f"(bar {BAR}); {'the same' if same else 'OTHER'} bytes")  # fmt: skip


def _on_cluster(names: Sequence[str], out: Path) -> float:
    """Make the reports with workers, kill one when half of them stand there; return the seconds."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    with ExitStack() as stack, tempfile.TemporaryDirectory() as space:
        _start(stack, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        workers = [
            _start(
                stack, "worker", address, "--nthreads", str(THREADS), "--no-nanny",
                "--no-dashboard", "--local-directory", f"{space}/{n}",
            )
            for n in range(WORKERS)
        ]  # fmt: skip
        _wait_for(address)
        begun = time.perf_counter()
        running = subprocess.Popen(_report(names, out, "--scheduler", address), env=PINNED, **QUIET)
        while running.poll() is None and len(_pages(out)) < len(names) // 2:
            time.sleep(0.1)
        workers[0].send_signal(signal.SIGKILL)
        if running.wait():
            sys.exit("The cluster's run failed.")
        return time.perf_counter() - begun


def _start(stack: ExitStack, what: str, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *arguments]
    process = subprocess.Popen(command, **QUIET)
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


def _wait_for(address: str) -> None:
    """Wait until all workers are there: a cluster stands before it is asked."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(WORKERS)


def _report(names: Sequence[str], out: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "analysis", "report", *names, "--out", str(out), *options]


def _timed(command: Sequence[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, env=PINNED, **QUIET)
    return time.perf_counter() - begun


def _pages(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.html")}


if __name__ == "__main__":
    main()
