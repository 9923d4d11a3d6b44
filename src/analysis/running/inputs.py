"""What a report is made from, as digests: what is unchanged is not made again."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from re import match
from typing import Final

from analysis.england.state import other_files
from analysis.project import PACKAGE, TEMPLATES, Project
from analysis.report.parameters import Parameters

DISTRIBUTION: Final = "inspection-findings"
NOTEBOOK: Final = "report.ipynb"
KINDS: Final = {
    "data": "its data",
    "authorities": "the list of authorities",
    "codebook": "the codebook",
    "england": "the tables of England",
    "notebook": "the notebook",
    "templates": "the templates",
    "code": "the code",
    "packages": "the packages installed",
    "parameters": "the parameters",
    "date": "the pinned date",
}
"""What a report is made from, and how that is said."""


class Inputs:
    """Digests of what the reports of a project are made from.

    What all reports share is read once.

    Parameters
    ----------
    project
        The project.
    pinned
        Value of `SOURCE_DATE_EPOCH`, or `` where the date is not pinned.
    """

    def __init__(self, project: Project, pinned: str = "") -> None:
        self.project = project
        tree = project.root
        self._shared = {
            "authorities": _digest(tree, [project.raw("authorities.csv")]),
            "codebook": _digest(tree, [project.raw("codebook.yml")]),
            "england": _digest(tree, other_files(project)),
            "notebook": _digest(tree, [project.notebooks / NOTEBOOK]),
            "templates": _digest(PACKAGE, _files(TEMPLATES)),
            "code": _digest(PACKAGE, (f for f in _files(PACKAGE) if TEMPLATES not in f.parents)),
            "packages": _of(_packages()),
            "date": pinned,
        }

    def of(self, asked: Parameters) -> dict[str, str]:
        """Return the digests of one report, by the keys of `KINDS`."""
        raw = self.project.raw(asked.authority)
        local = self.project.local(asked.authority)
        texts = [path for path in _files(local, deep=False) if path.suffix == ".csv"]
        own = {
            "data": _digest(self.project.root, [*_files(raw), *texts]),
            "parameters": _of(asked.values()),
        }
        return {kind: (self._shared | own)[kind] for kind in KINDS}


def changed(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """Say which kinds of inputs differ.

    Examples
    --------
    >>> changed({"code": "a", "data": "b"}, {"code": "a", "data": "c"})
    ['its data']
    """
    return [said for kind, said in KINDS.items() if before.get(kind) != now.get(kind)]


def _files(folder: Path, *, deep: bool = True) -> list[Path]:
    found = folder.rglob("*") if deep else folder.glob("*")
    return sorted(p for p in found if p.suffix != ".pyc" and p.is_file())


def _digest(root: Path, paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        raw = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(raw)}\0".encode())
        digest.update(raw)
    return digest.hexdigest()


def _of(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


@cache
def _packages() -> dict[str, str]:
    """Versions of Python and of the packages that this one names."""
    found = {"python": platform.python_version()}
    for line in requires(DISTRIBUTION) or []:
        name = match(r"[A-Za-z0-9._-]+", line)
        if name and "extra ==" not in line:
            try:
                found[name.group()] = version(name.group())
            except PackageNotFoundError:
                found[name.group()] = ""
    return found
