"""Whether the gathered tables are up to date; asked without what reads tables."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from typing import Final

from analysis.project import PACKAGE, Project

PROVENANCE: Final = "provenance.json"
SQLITE: Final = "england.sqlite"
"""File beside the tables that says how they were made."""
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
