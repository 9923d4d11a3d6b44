"""Whether the gathered tables are up to date; asked without what reads tables."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import Final

from analysis.project import PACKAGE, Project

PROVENANCE: Final = "provenance.json"
"""File beside the tables that says how they were made."""
SQLITE: Final = "england.sqlite"
OTHERS: Final = ("authorities", "latest", "followed")
"""Tables that the report of one authority needs of all others."""
_CODE: Final = ("*.py", "data/*.py", "codes/**/*.py", "results/*.py", "england/*.py")
"""Files of the package that have a say in the tables."""
_LIBRARIES: Final = ("pandas", "scikit-learn")


def code_hash() -> str:
    """Return a checksum of the code that has a say in the tables."""
    digest = hashlib.sha256()
    for pattern in _CODE:
        for path in sorted(PACKAGE.glob(pattern)):
            digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    digest.update(" ".join(version(name) for name in _LIBRARIES).encode())
    return digest.hexdigest()


def other_files(project: Project) -> list[Path]:
    """Return where the tables `OTHERS` lie, if they were gathered."""
    return [project.england / f"{name}.parquet" for name in OTHERS]


def is_outdated(project: Project) -> bool:
    """Whether tables were gathered, from data or by code that has changed since."""
    return (project.england / PROVENANCE).is_file() and not is_current(project)


def is_current(project: Project) -> bool:
    """Whether no file of the data is younger than the gathered tables, and the code is the same."""
    place = project.england / PROVENANCE
    try:
        made = place.stat().st_mtime_ns
        said = json.loads(place.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    newest = max(path.stat().st_mtime_ns for path in project.raw().rglob("*"))
    return newest < made and said.get("code") == code_hash()
