"""Commands in tests: one that fails shows what it said."""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from pathlib import Path
from typing import NamedTuple

import pytest

from analysis.cli import main
from analysis.dates import DATE_VARIABLE
from analysis.project import ROOT_VARIABLE

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


def command(*arguments: object) -> int:
    """Run `findings` in this process, which has imported it and holds its fork server warm.

    Returns
    -------
    int
        How it ended.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["findings", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
    return int(left.value.code or 0)


def papermill(*arguments: str | Path, cwd: Path, **environment: str) -> Said:
    """Run `papermill` in this process, which has imported it; its kernel is one of its own.

    The project is the one that the working folder lies in, unless the environment names another.
    """
    from click.testing import CliRunner
    from papermill.cli import papermill as papermill_command

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(cwd)
        patch.delenv(ROOT_VARIABLE, raising=False)
        patch.delenv("MPLBACKEND", raising=False)
        for name, value in environment.items():
            patch.setenv(name, value)
        ran = CliRunner().invoke(papermill_command, [*map(str, arguments), "--no-progress-bar"])
    raised = traceback.format_exception(ran.exception) if ran.exception else ()
    return Said(ran.exit_code, ran.output, "".join((ran.output, *raised)))


def publish(root: Path, authority: str, out: Path, *more: str) -> Path:
    """Run `findings report` over a project; return the page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ROOT_VARIABLE, str(root))
        patch.setenv(DATE_VARIABLE, NEW_YEAR)
        assert command("report", authority, "--out", out, *more) == 0
    return out / f"{authority}.html"
