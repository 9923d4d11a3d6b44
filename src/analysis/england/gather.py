"""From `data/raw/` to one set of tables of all authorities; only what changed is read again.

Beside the tables lies `provenance.json`, which says with which data and code the rows of each
authority were made, and which bytes each table has: rows of authorities whose data and code are as
they were come from the tables that are there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis.data.codebook import load_codebook
from analysis.data.held import held_authorities, load_authorities
from analysis.data.loading import load_data
from analysis.data.provenance import data_hash
from analysis.england import forms
from analysis.england.gathered import TABLES, codebook_tables
from analysis.england.state import PROVENANCE, code_hash, is_current
from analysis.errors import FindingsError
from analysis.files import write_all
from analysis.processes import call, preloaded
from analysis.project import Project
from analysis.results.results import analyse
from analysis.results.schemas import filled

_AT_ONCE: Final = 8
"""Authorities that a process reads before it is asked for the next."""
_SECONDS: Final = 600
_Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Outcome:
    """What came of gathering.

    Attributes
    ----------
    tables
        Name to table of all authorities: `analysis.england.gathered.TABLES`.
    made, kept
        Authorities that were read, and those whose rows were there already.
    left_out
        Authorities of which nothing is in the tables, with the reason.
    contents
        File to bytes: everything that belongs into the folder; nothing where all is as it was.
    """

    tables: _Tables
    made: tuple[str, ...]
    kept: tuple[str, ...]
    left_out: Mapping[str, str]
    contents: Mapping[str, bytes]


def gather(
    project: Project, folder: Path, *, jobs: int = 1, progress: Callable[[int], None] | None = None
) -> Outcome:
    """Gather the tables of all authorities that are held; nothing is written.

    Parameters
    ----------
    folder
        Where an earlier run may have left them.
    jobs
        Processes side by side.
    progress
        Told how many authorities were read, each time that some were.

    Raises
    ------
    FindingsError
        If not one authority could be read.
    """
    held = held_authorities(project)
    code = code_hash()
    now = {slug: _both(code, data_hash(project, slug)) for slug in held}
    before, old = _before(folder)
    kept = [slug for slug in held if before.get(slug) == now[slug]]
    due = [slug for slug in held if slug not in set(kept)]
    if not due and set(before) == set(held):
        tables = codebook_tables(load_codebook(project.raw("codebook.yml"))) | old
        tables |= {"authorities": _authorities(project, held)}
        return Outcome({name: tables[name] for name in TABLES}, (), tuple(kept), {}, {})
    parts, left_out = {}, {}
    for slug, came in _all(project, due, jobs, progress or (lambda _count: None)):
        if isinstance(came, str):
            left_out[slug] = came
        else:
            parts[slug] = came
    read = [slug for slug in held if slug not in left_out]
    if not read:
        reasons = next(iter(left_out.values()), "no authority has a folder with tables there")
        raise FindingsError(f"Nothing could be gathered from {project.raw()}: {reasons}")
    tables = _joined(project, read, parts, old)
    contents = forms.contents(tables, project)
    said = {
        "code": code,
        "authorities": {slug: now[slug] for slug in read},
        "files": {name: hashlib.sha256(raw).hexdigest() for name, raw in contents.items()},
    }
    contents[PROVENANCE] = (json.dumps(said, indent=1, sort_keys=True) + "\n").encode()
    return Outcome(tables, tuple(due), tuple(kept), left_out, contents)


def write(outcome: Outcome, folder: Path) -> None:
    """Write what was gathered, all files or none; where nothing changed, note that it was looked.

    Raises
    ------
    MachineError
        If it cannot be written; the old files are then unchanged.
    """
    if outcome.contents:
        write_all({folder / name: content for name, content in outcome.contents.items()})
    else:
        (folder / PROVENANCE).touch()


def current(project: Project, *, jobs: int = 1, tell: Callable[[str], None] | None = None) -> Path:
    """Return the folder of the gathered tables, which are first brought up to date if need be.

    They are up to date if no file of the data is younger than them and the code is the same.

    Parameters
    ----------
    tell
        Told what is done where it takes long.

    Raises
    ------
    FindingsError
        As `gather`, or if an authority had to be left out.
    """
    folder = project.england
    if not is_current(project):
        if tell:
            tell("Gathering the tables of all authorities: about a minute at first.")
        outcome = gather(project, folder, jobs=jobs)
        if outcome.left_out:
            slug, why = next(iter(outcome.left_out.items()))
            raise FindingsError(f"{slug} could not be read: {why}\nRun `findings check`.")
        write(outcome, folder)
    return folder


def several(root: str, slugs: Sequence[str]) -> dict[str, _Tables | str]:
    """Return the rows of each of several authorities, or why there are none."""
    project = Project(Path(root))
    return {slug: _of(project, slug) for slug in slugs}


def _of(project: Project, slug: str) -> _Tables | str:
    try:
        results = analyse(load_data(slug, project))
    except FindingsError as error:
        return str(error)
    return {name: table.rows(results) for name, table in TABLES.items() if table.of is not None}


def _all(
    project: Project, due: Sequence[str], jobs: int, progress: Callable[[int], None]
) -> Iterator[tuple[str, _Tables | str]]:
    """Read authorities in processes of their own, in no order."""
    root = str(project.root)
    if jobs == 1:
        for slug in due:
            yield slug, _of(project, slug)
            progress(1)
        return
    preloaded.append(__name__)
    with ThreadPoolExecutor(jobs) as pool:
        asked: list[Any] = [
            pool.submit(
                call, f"{__name__}:several", root, due[first : first + _AT_ONCE], seconds=_SECONDS
            )
            for first in range(0, len(due), _AT_ONCE)
        ]
        for done in as_completed(asked):
            yield from done.result().items()
            progress(len(done.result()))


def _joined(
    project: Project, read: Sequence[str], parts: Mapping[str, _Tables], old: _Tables
) -> _Tables:
    """Join the rows of authorities, in the order of their slugs."""
    codebook = load_codebook(project.raw("codebook.yml"))
    tables = codebook_tables(codebook) | {"authorities": _authorities(project, read)}
    for name, table in TABLES.items():
        if table.of is None:
            continue
        earlier = dict(list(old[name].groupby("authority"))) if old else {}
        rows = [parts[slug][name] if slug in parts else earlier.get(slug) for slug in read]
        some = [part for part in rows if part is not None and len(part)]
        tables[name] = filled(table.schema, pd.concat(some) if some else []).reset_index(drop=True)
    return {name: tables[name] for name in TABLES}


def _authorities(project: Project, read: Sequence[str]) -> pd.DataFrame:
    known = load_authorities(project)
    return filled(TABLES["authorities"].schema, known[known["authority"].isin(read)]).reset_index(
        drop=True
    )


def _before(folder: Path) -> tuple[dict[str, str], _Tables]:
    """What an earlier run left, if all of its tables are whole."""
    try:
        said = json.loads((folder / PROVENANCE).read_text("utf-8"))
        sums, made = dict(said["files"]), dict(said["authorities"])
        tables = {}
        for name, table in TABLES.items():
            if table.of is None:
                continue
            file = forms.parquet_name(name)
            raw = (folder / file).read_bytes()
            if hashlib.sha256(raw).hexdigest() != sums[file]:
                return {}, {}
            tables[name] = forms.from_parquet(raw, table.schema)
    except (OSError, ValueError, KeyError, TypeError):  # none, or not ours: all is made anew
        return {}, {}
    return made, tables


def _both(code: str, data: str) -> str:
    return hashlib.sha256(f"{code}{data}".encode()).hexdigest()
