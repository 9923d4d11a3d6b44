"""From documents to the England tables: read, tag, bring together, write.

Reading and tagging are done side by side, in processes of their own; what is done is kept, so that
a run that was killed goes on. Nothing is dropped without a row in `problems`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.codes.tagged import as_codes, since
from analysis.data.codebook import Codebook, load_codebook
from analysis.data.table import validate
from analysis.dates import PartialDate
from analysis.documents import register as reading
from analysis.documents import sheet
from analysis.documents.publication import read_publications
from analysis.documents.register import REFUSED, Document, Register, Row, register_of
from analysis.documents.workers import Names, Outcome, read_all
from analysis.england import tables
from analysis.england.keeping import Store
from analysis.england.provenance import NAME, Provenance, Versions, of_now
from analysis.england.tagging import Tagging
from analysis.english import plural
from analysis.errors import DataError, FindingsError, MachineError
from analysis.project import Project

UNDATED: Final = "prints no date of a visit nor of publication; add its rows by hand"


@dataclass(frozen=True)
class Built:
    """What a run built.

    Attributes
    ----------
    tables
        Name to table, of all authorities.
    register
        What was read.
    provenance
        How it was made; its checksums are those of the files written.
    contents
        Name to bytes of the files.
    kept
        Files of which an earlier run had kept what was read.
    unkept
        Why what was read could not be kept for a later run, or None.
    """

    tables: dict[str, pd.DataFrame]
    register: Register
    provenance: Provenance
    contents: dict[str, bytes]
    kept: int
    unkept: MachineError | None


def build(
    project: Project,
    names: dict[str, str],
    authorities: Names,
    *,
    jobs: int = 2,
    store: Path | None = None,
    progress: Callable[[], None] = lambda: None,
) -> Built:
    """Read and tag documents and make the tables of them; nothing is written but what is kept.

    Parameters
    ----------
    names
        Path to the name shown, as `analysis.documents.register.gather` gives them.
    authorities
        Names of the authorities.
    jobs
        Processes.
    store
        Folder for what is kept of each document; `data/local/england/` if not given.
    progress
        Called after each file.

    Raises
    ------
    FindingsError
        If not one document could be read.
    DataError
        If the tables contradict their schemas.
    """
    book_file = project.raw("codebook.yml")
    name_files = [project.raw(f"{name}.csv") for name in ("authorities", "authority_names")]
    codebook = load_codebook(book_file)
    versions = of_now(codebook, book_file, name_files)
    publications = read_publications(names, project)
    held = Store(store or project.local("england"), versions.key)
    outcomes, kept = _outcomes(
        names, authorities, Tagging(str(book_file)), held, jobs=jobs, progress=progress
    )
    register = register_of(outcomes, names, publications)
    if not register.documents:
        reasons = "; ".join(sorted({outcome.refused for outcome in register.refused}))
        raise FindingsError(
            f"No document could be read from {plural(len(names), 'file')}: {reasons}."
        )
    made = as_tables(register)
    problems = [
        problem
        for name, table in made.items()
        for problem in validate(table, tables.SCHEMAS[name], f"{name}{tables.SUFFIX}")
    ]
    if problems:
        raise DataError(problems)
    contents = {
        f"{name}{tables.SUFFIX}": tables.to_parquet(table, name) for name, table in made.items()
    }
    provenance = _provenance(versions, codebook, register, made, contents)
    contents[NAME] = provenance.to_json().encode()
    held.drop_others()
    return Built(made, register, provenance, contents, kept, held.unkept)


def _outcomes(
    names: Mapping[str, str],
    authorities: Names,
    task: Tagging,
    store: Store,
    *,
    jobs: int,
    progress: Callable[[], None],
) -> tuple[list[Outcome], int]:
    """Take what is kept, and read and tag the rest; in the order of the paths."""
    known: dict[str, Outcome] = {}
    for path in names:
        if (outcome := store.get(path, _checksum(path))) is not None:
            known[path] = outcome
            progress()
    rest = [path for path in names if path not in known]
    read = read_all(rest, authorities, jobs, progress=progress, task=task, keep=store.put)
    kept = len(known)
    known |= {outcome.path: outcome for outcome in read}
    return [known[path] for path in names], kept


def _checksum(path: str) -> str:
    """SHA-256 of a file, blank where it cannot be read: reading it will say why."""
    try:
        return sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return ""


def _provenance(
    versions: Versions,
    codebook: Codebook,
    register: Register,
    made: Mapping[str, pd.DataFrame],
    contents: Mapping[str, bytes],
) -> Provenance:
    refused = made["problems"]["severity"] == REFUSED
    counts = {
        "files": len(register.names),
        "files refused": int(made["problems"].loc[refused, "file"].nunique()),
        "authorities": int(made["visits"]["authority"].nunique()),
    }
    return Provenance(
        versions=versions,
        themes={theme.id: theme.fingerprint for theme in codebook.themes},
        counts=counts | {name: len(table) for name, table in made.items()},
        tables={
            name.removesuffix(tables.SUFFIX): sha256(content).hexdigest()
            for name, content in contents.items()
        },
    )


def as_tables(register: Register) -> dict[str, pd.DataFrame]:
    """Turn documents that were read and tagged into the tables of all authorities.

    Returns
    -------
    dict of pandas.DataFrame
        Name to table, columns as in `analysis.england.tables.SCHEMAS`, in the order of the files.
    """
    rows: dict[str, list[Row]] = {name: [] for name in tables.SCHEMAS}
    tagged: list[pd.DataFrame] = []
    visits: dict[tuple[str, str, str], Row] = {}
    authority_of: dict[str, str] = {}
    rows["problems"] = [{"authority": "", **problem} for problem in register.problems]
    for document in register.documents:
        authority = document.reading.authority
        if sheet.is_undated(document.reading):
            rows["problems"] += _undated(document, register.names)
            continue
        authority_of[document.id] = authority
        new = {"authority": authority} | sheet.visit_row(authority, document.reading)
        visit = visits.setdefault((authority, new["kind"], new["start"]), new)
        source = sheet.source_row(document, visit["visit"], register)
        rows["documents"].append({"authority": authority} | source)
        grades = {row["area"]: row for row in reversed(reading.judgements(document))}
        rows["judgements"] += [{"authority": authority} | row for row in grades.values()]
        found = reading.findings(document)
        kind = document.reading.kind.document
        place = {"authority": authority, "document": document.id}
        rows["findings"] += [place | sheet.finding_row(row, kind) for row in found]
        tagged.append(_tags(document, [row["id"] for row in found]))
    rows["visits"] = list(visits.values())
    for problem in rows["problems"]:
        problem["authority"] = authority_of.get(problem["document"], problem["authority"])
    made = {name: _table(name, rows[name]) for name in tables.SCHEMAS if name != "codes"}
    made["codes"] = _codes(tagged, made)
    return {name: _sorted(made[name], name) for name in tables.SCHEMAS}


def _undated(document: Document, names: Mapping[str, str]) -> list[Row]:
    return [
        {
            "authority": document.reading.authority,
            "file": names[outcome.path],
            "document": "",
            "severity": REFUSED,
            "problem": UNDATED,
        }
        for outcome in document.outcomes
    ]


def _tags(document: Document, ids: Sequence[str]) -> pd.DataFrame:
    """What the tagger found in a document, with the ids of its findings."""
    columns = dict(document.outcomes[0].more)
    places = columns.pop("place")
    return pd.DataFrame({"id": [ids[place] for place in places], **columns})


def _codes(tagged: Sequence[pd.DataFrame], made: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Give codes in the order of findings and themes, with the authority."""
    findings = made["findings"]
    found = pd.concat([part for part in tagged if len(part)] or tagged, ignore_index=True)
    codes = as_codes(
        found.assign(evidence=""), findings["finding"], since=_since(found, findings, made)
    )
    place = pd.Series(range(len(findings)), index=findings["finding"])
    codes = codes.assign(
        authority=codes["finding"].map(findings.set_index("finding")["authority"]),
        score=codes["score"].astype("float32"),
        _place=codes["finding"].map(place),
    ).sort_values("_place", kind="stable")
    return codes[list(tables.SCHEMAS["codes"].columns)].reset_index(drop=True)


def _since(
    found: pd.DataFrame, findings: pd.DataFrame, made: Mapping[str, pd.DataFrame]
) -> list[str]:
    """The visit since which each code says that something changed, among its authority's."""
    visit_of = made["documents"].set_index("document")["visit"]
    at = dict(zip(findings["finding"], findings["document"].map(visit_of), strict=True))
    whose = found["id"].map(findings.set_index("finding")["authority"])
    told: dict[Hashable, str] = {}
    visits = made["visits"].assign(
        _began=made["visits"]["start"].map(lambda start: PartialDate.parse(start).earliest)
    )
    for authority, own in visits.sort_values(["_began", "visit"]).groupby("authority", sort=False):
        rows = found[whose == authority]
        told |= dict(zip(rows.index, since(rows, at, own), strict=True))
    return [told[row] for row in found.index]


def _table(name: str, rows: Sequence[Row]) -> pd.DataFrame:
    columns = list(tables.SCHEMAS[name].columns)
    kept = [{column: row[column] for column in columns} for row in rows]
    return pd.DataFrame(kept, columns=columns).astype(str)


def _sorted(table: pd.DataFrame, name: str) -> pd.DataFrame:
    return table.sort_values(list(tables.ORDER[name]), kind="stable").reset_index(drop=True)


def words_of(register: Register) -> dict[str, list[Row]]:
    """Return the published words of findings, by authority: rows of `finding` and `text`."""
    words: dict[str, list[Row]] = {}
    for document in register.documents:
        if not sheet.is_undated(document.reading):
            words.setdefault(document.reading.authority, []).extend(
                {"finding": row["id"], "text": row["text"]} for row in reading.findings(document)
            )
    return words
