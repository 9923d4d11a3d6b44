"""Commands in tests: one that fails shows what it said."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

NEW_YEAR = "1767225600"
"""1 January 2026, which tests take for today where the day is printed."""


class Said(NamedTuple):
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str


def run(*command: str | Path, **environment: str) -> str:
    """Run a program that must succeed; return its output."""
    ran = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | environment
    )
    assert ran.returncode == 0, f"{command} ended with {ran.returncode}\n{ran.stdout}{ran.stderr}"
    return ran.stdout


def publish(root: Path, authority: str, out: Path, *more: str) -> Path:
    """Run `findings report` over a project; return the page."""
    where = {"FINDINGS_ROOT": str(root), "SOURCE_DATE_EPOCH": NEW_YEAR}
    run(sys.executable, "-m", "analysis", "report", authority, "--out", out, *more, **where)
    return out / f"{authority}.html"
