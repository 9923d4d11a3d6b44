"""What one report costs, block by block, and `findings check`, in processor seconds.

Imports are left out of the report, since reports made together share them: each repeat is a process
forked from one that is as ready as the command makes it. `findings check` is a process of its own,
start-up and imports included.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from multiprocessing import get_context
from statistics import median
from typing import Final

from machine import say_where

BLOCKS: Final = (
    "opening", "glance", "areas", "new", "themes", "needs", "beside", "strong", "unseen", "method",
    "citation", "page",
)  # fmt: skip
"""Cells of the report's notebook, in order."""
BARS: Final = {"report": 1.2, "check": 1.0}


def report(authority: str) -> dict[str, float]:
    """Make a report, and return the processor seconds of each part of it."""
    from analysis.report import Report

    spent = {}
    begun = time.process_time()

    def lap(name: str) -> None:
        nonlocal begun
        spent[name] = time.process_time() - begun
        begun = time.process_time()

    made = Report.of(authority)
    lap("load, analyse")
    made.save()
    lap("save")
    for name in BLOCKS:
        getattr(made, name)()
        lap(name)
    return spent


def check(authority: str) -> float:
    """Run `findings check`, and return its processor seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "analysis", "check", authority]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("authority", nargs="?", default="knowsley")
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args()
    os.environ |= {"OMP_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    say_where(("inspection-findings", "pandas", "matplotlib"))
    context = get_context("forkserver")
    context.set_forkserver_preload(["analysis.running.warming"])
    reports = []
    for _ in range(asked.repeats):  # a process for each: what one keeps, the next does not have
        with context.Pool(1) as pool:
            reports.append(pool.apply(report, (asked.authority,)))
    checks = [check(asked.authority) for _ in range(asked.repeats)]
    for part in reports[0]:
        print(f"  {part:<14} {median(one[part] for one in reports):.2f}")
    for name, spent in (("report", [sum(one.values()) for one in reports]), ("check", checks)):
        each = ", ".join(f"{seconds:.2f}" for seconds in spent)
        print(f"{name}: {median(spent):.2f} processor seconds (bar {BARS[name]}); {each}")


if __name__ == "__main__":
    main()
