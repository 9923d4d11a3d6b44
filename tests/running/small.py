"""A project whose reports do what a file in their data tells them: good things and bad ones."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

import nbformat

from analysis.project import Project

PINNED_DATE = "1767225600"  # 1 January 2026
HEADER = "authority,name,urn,la_code,ons_code,type,region_code,region_name,statistical_neighbours\n"
GOOD = """
print(f"report of {authority}, from {start!r}")
"""
CELLS = (
    (
        "code",
        "from pathlib import Path\n\ntext = Path(f'data/raw/{authority}/cell.py').read_text()",
    ),
    ("code", "exec(text)"),
    ("markdown", "## What is it?"),
    ("code", "from IPython.display import HTML\n\nHTML(f'<h1>{authority}: findings</h1>')"),
)
ALL = [f"place-{n:02}" for n in range(1, 7)]
"""The authorities of the project, half of them of each region."""
GATE = "gate"
WAITS = f"""
import time
while not Path("{GATE}").exists():
    time.sleep(0.02)
print("report of", authority)
"""
"""What does not come to an end before the test lets it."""


class Ran(NamedTuple):
    """How a command ended and what it said."""

    status: int
    said: str


class Small(NamedTuple):
    """A project of small reports, and the folder that they are published in."""

    project: Project
    out: Path

    def add(self, *authorities: str, cell: str = GOOD) -> None:
        """Hold something about authorities: what their report executes."""
        for name in authorities:
            folder = self.project.raw(name)
            folder.mkdir(exist_ok=True)
            (folder / "visits.csv").write_text("visit\n")
            (folder / "cell.py").write_text(dedent(cell))

    def let_go_on(self) -> None:
        """Let the reports that wait come to an end."""
        (self.project.root / GATE).touch()

    def read(self, name: str) -> str:
        return (self.out / name).read_text(encoding="utf-8")

    def manifest(self) -> dict[str, Any]:
        return json.loads(self.read("manifest.json"))["reports"]

    def pages(self) -> list[str]:
        """Names of the reports published, failures aside."""
        found = {p.name.removesuffix(".html") for p in self.out.glob("*.html")}
        return sorted(name for name in found - {"index"} if not name.endswith(".failed"))

    def bytes(self) -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in self.out.iterdir() if not p.name.startswith(".")}

    def litter(self) -> list[str]:
        """Names of half-written files."""
        return [p.name for p in self.out.glob(".*") if p.name != ".lock"]

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the command as a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "analysis", "report", *arguments, "--out", str(self.out)],
            env=dict(os.environ), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip


def write_project(root: Path) -> Project:
    raw = root / "data" / "raw"
    raw.mkdir(parents=True)
    regions = (("NW", "North West"), ("GL", "London"))
    rows = [
        f"{place},Place {n:02},,{100 + n},,,{code},{region},{100 + n % len(ALL) + 1};{100 + n}\n"
        for n, place in enumerate(ALL, start=1)
        for code, region in [regions[n % 2]]
    ]
    (raw / "authorities.csv").write_text(HEADER + "".join(rows))
    (raw / "codebook.yml").write_text("version: '1'\ngroups: []\nthemes: []\n")
    cells = [
        nbformat.v4.new_code_cell(
            'authority = "place-01"\nstart = end = themes = codes = ""\ninclude_secondary = False',
            metadata={"tags": ["parameters"]}, id="parameters",
        )
    ]  # fmt: skip
    makers = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell}
    cells += [makers[kind](source, id=f"cell-{n}") for n, (kind, source) in enumerate(CELLS)]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec})
    (root / "notebooks").mkdir()
    nbformat.write(notebook, root / "notebooks" / "report.ipynb")
    return Project(root.resolve())


def wait_for(true: Callable[[], object], seconds: float = 90.0) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def ended(process: subprocess.Popen[str], seconds: float = 90.0) -> Ran:
    """Wait for a command to end."""
    said, _ = process.communicate(timeout=seconds)
    return Ran(process.returncode, said)


def family(pid: int) -> set[int]:
    """Return a process and all that descend from it."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def alive(pid: int) -> bool:
    """Whether a process runs (one that has ended and was not collected does not)."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (OSError, ProcessLookupError):
        return False


def end(process: subprocess.Popen[Any]) -> None:
    """End a process that the test started, if it has not ended."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
