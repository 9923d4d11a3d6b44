"""What the benchmarks share: the machine they ran on, and the memory of a family of processes."""

from __future__ import annotations

import os
import platform
import threading
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Final

EVERY: Final = 0.1
"""Seconds between two looks at the memory in use."""
PROC: Final = Path("/proc")
MB: Final = 1_000_000


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def say_where(packages: Sequence[str]) -> None:
    """Print the machine, how busy it is, and the versions."""
    processor = platform.processor() or platform.machine()
    with suppress(OSError):
        for line in (PROC / "cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                processor = line.partition(":")[2].strip()
                break
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    named = ", ".join(f"{name} {version(name)}" for name in packages)
    print(f"Processor  {processor}, {cores()} cores{load}")
    print(f"System     {platform.system()} {platform.release()}, {platform.machine()}")
    print(f"Python     {platform.python_version()}; {named}")


class Memory:
    """Samples the memory of a process and of all below it while it runs."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(pid,), daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """Stop sampling; return the largest sum seen, in bytes, or 0 where there is no `/proc`."""
        self._over.set()
        self._thread.join()
        return self.peak

    def _watch(self, pid: int) -> None:
        while not self._over.wait(EVERY):
            self.peak = max(self.peak, sum(proportional(one) for one in family(pid)))


def family(pid: int) -> set[int]:
    """Return a process and all that descend from it."""
    parents = {}
    for stat in PROC.glob("[0-9]*/stat"):
        with suppress(OSError, ValueError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def proportional(pid: int) -> int:
    """Return the memory of a process; pages that several share count for each in proportion."""
    with suppress(OSError):
        for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
