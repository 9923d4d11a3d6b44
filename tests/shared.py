"""What tests share: made once, lent to one test after another, looked at when it comes back."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

import pandas as pd
import pytest
from filelock import FileLock

from analysis.data.codebook import load_codebook
from analysis.data.held import load_authorities
from analysis.data.loading import load_data
from analysis.england import forms
from analysis.england.gathered import TABLES, codebook_tables
from analysis.england.state import SQLITE
from analysis.project import Project
from analysis.results.results import Results, analyse
from analysis.results.schemas import filled

ROOT = Path(__file__).parents[1]
NEAR = (
    "knowsley", "bolton", "doncaster", "halton", "hartlepool", "middlesbrough",
    "redcar-and-cleveland", "rochdale", "salford", "st-helens", "sunderland", "tameside",
)  # fmt: skip
"""Enough that something is counted, of one region and others."""
T = TypeVar("T")


class Shared(Generic[T]):
    """Something that tests may look at and not change.

    Parameters
    ----------
    thing
        What is shared.
    look
        What of it is compared: by default the thing itself.
    """

    def __init__(self, thing: T, look: Callable[[T], object] = lambda thing: thing) -> None:
        self._thing, self._look = thing, look
        self._before = self._copy()

    def _copy(self) -> object:
        return pickle.loads(pickle.dumps(self._look(self._thing)))  # noqa: S301 - our own bytes

    @contextmanager
    def lent(self) -> Iterator[T]:
        """Lend it to a test, which fails at its end if it changed anything."""
        yield self._thing
        if changed := sorted(differences(self._look(self._thing), self._before)):
            self._before = self._copy()  # only the test that did it is told
            pytest.fail(f"The test changed what all tests share: {', '.join(changed)}. Copy it.")


def differences(now: Any, before: Any, name: str = "it") -> Iterator[str]:
    """Name the parts in which two things differ."""
    if isinstance(now, pd.DataFrame | pd.Series):
        if not (now.equals(before) and now.attrs == before.attrs):
            yield name
    elif is_dataclass(now):
        for field in fields(now):
            yield from differences(
                getattr(now, field.name), getattr(before, field.name), field.name
            )
    elif isinstance(now, dict) and now.keys() == before.keys():
        for key, value in now.items():
            yield from differences(value, before[key], str(key))
    elif now != before:
        yield name


def files_of(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, by name."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def unread(folder: Path, authority: str = "bolton") -> Project:
    """Make a project with an authority as `findings add` leaves it, which no reader has read.

    What readers wrote of it is taken away; its summaries stand for the words of its paragraphs.
    """
    project, raw = Project(folder), ROOT / "data" / "raw"
    shutil.copytree(ROOT / "notebooks", project.notebooks)
    own = project.raw(authority)
    shutil.copytree(raw / authority, own, ignore=shutil.ignore_patterns("codes", "checks", "roles"))
    for name in ("codebook.yml", "authorities.csv"):
        shutil.copy(raw / name, project.raw(name))
    tables = ("area_statements", "needs", "need_links", "readings", "levels", "new_faults")
    for path in [own / f"{table}.csv" for table in tables if (own / f"{table}.csv").exists()]:
        pd.read_csv(path, dtype=str).head(0).to_csv(path, index=False)
    words = []
    for path in sorted(own.glob("findings/*.csv")):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        words.append(table[["finding"]].assign(text=table["summary"]))
        table.assign(summary="").to_csv(path, index=False)
    texts = project.local(authority, "texts.csv")
    texts.parent.mkdir(parents=True)
    pd.concat(words).to_csv(texts, index=False)
    return project


@cache
def results_of(authority: str, root: Path = ROOT) -> Shared[Results]:
    """Load and analyse an authority, once in a process."""
    return Shared(analyse(load_data(authority, Project(root))))


def gather_near(folder: Path) -> None:
    """Make a project with the gathered tables of `NEAR`, from results that tests share."""
    project = Project(folder)
    project.raw().mkdir(parents=True)
    for name in ("codebook.yml", "authorities.csv", "README.md"):
        shutil.copy(ROOT / "data" / "raw" / name, project.raw(name))
    shutil.copytree(ROOT / "data" / "raw" / "knowsley", project.raw("knowsley"))
    parts: dict[str, list[pd.DataFrame]] = {}
    for slug in sorted(NEAR):
        with results_of(slug).lent() as results:
            for name, table in TABLES.items():
                if table.of is not None:
                    parts.setdefault(name, []).append(table.rows(results))
    tables = codebook_tables(load_codebook(project.raw("codebook.yml")))
    known = load_authorities(project)
    tables["authorities"] = known[known["authority"].isin(NEAR)].reset_index(drop=True)
    tables |= {name: pd.concat(found, ignore_index=True) for name, found in parts.items()}
    tables = {name: filled(TABLES[name].schema, tables[name]) for name in TABLES}
    project.england.mkdir(parents=True)
    (project.england / SQLITE).write_bytes(forms.to_sqlite(tables))
    for name, table in tables.items():
        (project.england / forms.parquet_name(name)).write_bytes(forms.to_parquet(table, name))


def made_once(basetemp: Path, name: str, make: Callable[[Path], object]) -> Path:
    """Make a folder that all processes of a run of the tests share; one makes it."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    folder = (basetemp if alone else basetemp.parent) / name
    made = folder.with_name(f"{name}.made")
    with FileLock(folder.with_name(f"{name}.lock")):
        if not made.exists():
            make(folder)
            made.touch()
    return folder
