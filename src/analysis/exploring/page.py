"""The report that comes nearest to what is looked at, and the way to it from a notebook.

It is made by the same command as any report. The server that runs the notebook gives out the files
below its own folder; anything else is handed over as a download, which works everywhere.
"""

from __future__ import annotations

import base64
import html
import os
import subprocess
import sys
from pathlib import Path
from typing import Final
from urllib.parse import quote

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


def served(page: Path) -> str:
    """Return the path under which the notebook's server gives out a file; blank if it does not."""
    from jupyter_server.serverapp import list_running_servers

    parents = {os.getppid(), os.getpid()}
    for server in list_running_servers():
        root = Path(str(server.get("root_dir", "/nowhere")))
        if server.get("pid") in parents and page.resolve().is_relative_to(root.resolve()):
            inside = page.resolve().relative_to(root.resolve()).as_posix()
            return f"{server.get('base_url', '/')}files/{quote(inside)}"
    return ""


def link_to_page(page: Path, name: str) -> str:
    """Return a link to a page, as HTML.

    Parameters
    ----------
    page
        An HTML file.
    name
        What the link says.
    """
    if address := served(page):
        target = f'href="{html.escape(address)}" target="_blank" rel="noopener"'
    else:
        content = base64.b64encode(page.read_bytes()).decode()
        target = f'download="{html.escape(page.name)}" href="data:text/html;base64,{content}"'
    return f"<a {target}>{html.escape(name)}</a>"
