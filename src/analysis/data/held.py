"""Of which authorities anything is held."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.data import schemas, shapes
from analysis.data.authority_list import read_authorities
from analysis.data.table import read_table
from analysis.errors import DataError, FindingsError, Problem, asking
from analysis.project import Project


def load_authorities(project: Project) -> pd.DataFrame:
    """Read `data/raw/authorities.csv` (schema `AUTHORITIES`).

    Raises
    ------
    DataError
        If the file is missing or wrong.
    """
    path = project.raw("authorities.csv")
    table, problems = read_table(path, schemas.AUTHORITIES, project.relative(path))
    if problems:
        raise DataError(problems)
    return table


def load_published(project: Project) -> pd.DataFrame:
    """Read `data/raw/published.csv` (schema `PUBLISHED`); without rows if it is not there.

    Raises
    ------
    DataError
        If it is wrong.
    """
    path = project.raw("published.csv")
    if not path.exists():
        return shapes.empty(schemas.PUBLISHED)
    table, problems = read_table(path, schemas.PUBLISHED, project.relative(path))
    if problems:
        raise DataError(problems)
    return table


def check_names(project: Project) -> list[Problem]:
    """Check `data/raw/authority_names.csv` (schema `AUTHORITY_NAMES`), where there is one.

    Every name is of an authority that there is, or of another place and of none.
    """
    path = project.raw("authority_names.csv")
    if not path.exists():
        return []
    file = project.relative(path)
    table, problems = read_table(path, schemas.AUTHORITY_NAMES, file)
    known = set(read_authorities(project).column("authority"))
    for row, slug, what in zip(table.index, table["authority"], table["what"], strict=True):
        if (slug in known) == (what == "other"):
            message = f"the name is of {what!r}, but of no such authority"
            allowed = "a slug of authorities.csv, or other and blank"
            problems.append(Problem(file, int(row), "authority", slug, message, allowed))
    return problems


def check_folders(project: Project) -> list[Problem]:
    """Name folders in `data/raw/` whose tables count nowhere, as of an authority misspelt."""
    called = {row["authority"]: row["name"] for row in read_authorities(project)}
    counted = set(held_authorities(project))
    problems = []
    for path in sorted(project.raw().iterdir()):
        if path.name in counted or not any(path.rglob("*.csv")):
            continue
        message = "nothing else is held of this authority, so none of it counts; add its documents"
        if path.name not in called:
            message = asking("no authority is called so", path.name, called)
        problems.append(Problem(project.relative(path), 0, "", "", message))
    return problems


def held_authorities(project: Project) -> list[str]:
    """Return the slugs of the authorities of which tables are held, in `data/raw/`."""
    return sorted(path.name for path in project.raw().iterdir() if is_authored(path))


def is_authored(folder: Path) -> bool:
    """Whether a folder holds visits, documents or findings of an authority, and not codes alone."""
    return any((folder / name).exists() for name in ("visits.csv", "documents.csv", "findings"))


def nothing_held(authority: str, project: Project) -> FindingsError:
    """Return the error that says that nothing is held about an authority, and what is."""
    held = held_authorities(project)
    return FindingsError(
        f"Nothing is held about {authority!r}. Held in {project.relative(project.raw())}: "
        f"{', '.join(held) or 'none yet'}. "
        f"`findings add {authority} FOLDER` adds it from its documents."
    )
