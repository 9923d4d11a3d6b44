"""A JupyterLab of its own: nothing of the user's, on a free port of this machine alone."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import nbformat

ROOT = Path(__file__).parents[2]
READY = 60.0


@dataclass(frozen=True)
class Lab:
    """A running server: where it is, and the project whose notebooks it serves."""

    address: str
    token: str
    project: Path

    def url(self, notebook: str) -> str:
        return f"{self.address}/lab/tree/notebooks/{notebook}?token={self.token}&reset"

    def export(self, notebook: str) -> str:
        """Where JupyterLab's menu gets a notebook as HTML."""
        return f"{self.address}/nbconvert/html/notebooks/{notebook}?token={self.token}"


def copy_project(folder: Path) -> Path:
    """Copy what a project needs, with the data as they are: nothing is written into them."""
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=_no_checkpoints)
    (folder / "data" / "processed").mkdir(parents=True)
    (folder / "reports").mkdir()
    (folder / "data" / "raw").symlink_to(ROOT / "data" / "raw", target_is_directory=True)
    return folder


_no_checkpoints = shutil.ignore_patterns(".ipynb_checkpoints")


def set_parameter(notebook: Path, line: str, instead: str) -> None:
    """Change one parameter of a notebook."""
    book = nbformat.read(notebook, as_version=4)
    cell = next(c for c in book.cells if "parameters" in c.metadata.get("tags", []))
    assert line in cell.source
    cell.source = cell.source.replace(line, instead)
    nbformat.write(book, notebook)


@contextmanager
def lab(project: Path, home: Path) -> Iterator[Lab]:
    """Run JupyterLab over a project until the end of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    settings = home / "settings"
    settings.mkdir(parents=True)
    (settings / "overrides.json").write_text(
        json.dumps({"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}})
    )
    own = {f"JUPYTER_{name}_DIR": str(home / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    own["JUPYTER_CONFIG_PATH"] = str(project / "notebooks")  # as `make lab` does
    command = [
        sys.executable, "-m", "jupyter", "lab", "--no-browser", "--ip=127.0.0.1",
        f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={project}", "--LabApp.expose_app_in_browser=True",
        f"--LabApp.app_settings_dir={settings}", f"--LabApp.workspaces_dir={home / 'workspaces'}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--allow-root",
    ]  # fmt: skip
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "FINDINGS_ROOT"))}
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=project, env=keep | own | {"HOME": str(home)}, stdout=log,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(f"{address}/api?token={token}", server, home / "log")
            yield Lab(address, token, project)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + READY
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text()
        try:
            with urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"JupyterLab did not start in {READY:.0f} s:\n{log.read_text()}")
