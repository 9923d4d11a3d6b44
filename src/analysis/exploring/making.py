"""The report that comes nearest to what is looked at, made by the same command as any report."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from analysis.errors import FindingsError
from analysis.exploring.choices import Choices
from analysis.project import ROOT_VARIABLE, Project
from analysis.running.tasks import report_path

LONGEST: Final = 600.0
"""Seconds after which a report is given up."""


def make_report(choices: Choices, project: Project, folder: Path | None = None) -> Path:
    """Run `findings report` and return the page.

    Parameters
    ----------
    folder
        Where reports lie; `reports/` if not given.

    Raises
    ------
    FindingsError
        If it fails: what the command said.
    """
    out = folder or project.reports
    command = [sys.executable, "-m", "analysis", *choices.arguments(), "--out", str(out)]
    try:
        ran = subprocess.run(  # noqa: S603 - our own command with checked choices
            command,
            cwd=project.root,
            env=os.environ | {ROOT_VARIABLE: str(project.root)},
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FindingsError(
            f"The report was not ready after {LONGEST:.0f} seconds. In a terminal: "
            f"{choices.command()}"
        ) from error
    page = report_path(out, choices.parameters.name, "html")
    if ran.returncode or not page.is_file():
        said = ran.stderr.strip() or ran.stdout.strip() or f"exit status {ran.returncode}"
        raise FindingsError(f"The report was not made. {said}")
    return page
