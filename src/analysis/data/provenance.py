"""What a report was made from: its data and the packages."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Final

from analysis.project import Project

PACKAGES: Final = (
    "pandas",
    "matplotlib",
    "seaborn",
    "nbconvert",
    "papermill",
    "pandera",
    "scikit-learn",
)


def input_files(project: Project, authority: str) -> list[Path]:
    """Return the files that a report of the authority is made from, in order of their names."""
    shared = [project.raw("codebook.yml"), project.raw("authorities.csv")]
    own = sorted(project.raw(authority).rglob("*.csv"))
    texts = project.local(authority, "texts.csv")
    return [*shared, *own, *([texts] if texts.is_file() else [])]


def data_hash(project: Project, authority: str) -> str:
    """Return the SHA-256 over names and bytes of the input files."""
    digest = hashlib.sha256()
    for path in input_files(project, authority):
        raw = path.read_bytes()
        digest.update(f"{project.relative(path)}\0{len(raw)}\0".encode())
        digest.update(raw)
    return digest.hexdigest()


def package_versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that shape a report."""
    return {"python": platform.python_version()} | {name: version(name) for name in PACKAGES}
