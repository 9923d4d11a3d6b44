"""Finding the paragraphs behind the findings again, in the documents at hand.

A finding's number slides when a document is cut otherwise than before; the fingerprint of its
paragraph does not. So where the documents are held, what was coded can be looked up in what is read
now, and a code never slides to another paragraph unseen.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.errors import Problem
from analysis.ids import words_print
from analysis.project import Project

if TYPE_CHECKING:
    from analysis.documents.workers import Names

SOURCES_VARIABLE: Final = "FINDINGS_SOURCES"
"""Names a folder of published documents, with a folder for each authority or without."""


@dataclass(frozen=True)
class FoundAgain:
    """What came of looking for paragraphs.

    Attributes
    ----------
    looked_for
        Findings with a fingerprint whose document is at hand.
    documents
        Documents at hand.
    problems
        Findings whose paragraph was not found, and published words of another paragraph.
    """

    looked_for: int
    documents: int
    problems: list[Problem]


def find_again(
    project: Project,
    authority: str,
    documents: pd.DataFrame,
    findings: pd.DataFrame,
    authorities: Names,
    jobs: int = 2,
) -> FoundAgain:
    """Look for the paragraph of each finding in the documents at hand.

    Parameters
    ----------
    project
        Whose `data/local/documents/` is looked through, beside the folder that `FINDINGS_SOURCES`
        names.
    authority
        Slug.
    documents
        `document` and `sha256`.
    findings
        `finding`, `document`, `fingerprint`, `words` and `_file`, by line of that file.
    authorities
        Pairs of slug and name.
    jobs
        Documents read side by side.
    """
    printed = findings[findings["fingerprint"] != ""]
    documents = documents[documents["document"].isin(printed["document"])]
    paths = at_hand(project, authority, documents["sha256"])
    prints = _prints([str(path) for path in paths.values()], authorities, jobs) if paths else {}
    held = {
        document: set().union(*(prints[s] for s in sums.split(";") if s in prints))
        for document, sums in zip(documents["document"], documents["sha256"], strict=True)
        if not prints.keys().isdisjoint(sums.split(";"))
    }
    return FoundAgain(
        int(printed["document"].isin(held).sum()),
        len(held),
        sorted([*_lost(printed, held), *_of_another(printed)]),
    )


def _prints(paths: list[str], authorities: Names, jobs: int) -> dict[str, set[str]]:
    """Fingerprints of the paragraphs of each document, by its checksum."""
    from analysis.documents.workers import read_all  # and with it all that reads a document

    return {
        outcome.sha256: {words_print(finding.text) for finding in outcome.reading.findings}
        for outcome in read_all(paths, authorities, jobs)
        if outcome.reading
    }


def at_hand(project: Project, authority: str, checksums: Iterable[str]) -> dict[str, Path]:
    """Find files by their checksums where documents are kept.

    Returns
    -------
    dict
        Checksum to the file, of those that are there.
    """
    wanted = {checksum for cell in checksums for checksum in cell.split(";")} - {""}
    if not wanted:
        return {}
    folders = [project.local("documents", authority)]
    if named := os.environ.get(SOURCES_VARIABLE):
        own = Path(named, authority)
        folders.append(own if own.is_dir() else Path(named))
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and (checksum := _checksum(path)) in wanted:
                found.setdefault(checksum, path)
    return found


def _checksum(path: Path) -> str:
    try:
        with path.open("rb") as file:
            digest = sha256()
            while part := file.read(1 << 20):
                digest.update(part)
    except OSError:
        return ""
    return digest.hexdigest()


def _lost(printed: pd.DataFrame, held: Mapping[str, set[str]]) -> Iterator[Problem]:
    columns = ("_file", "finding", "document", "fingerprint")
    for line, row in zip(printed.index, printed[list(columns)].to_numpy(), strict=True):
        file, finding, document, fingerprint = row
        if fingerprint not in held.get(document, {fingerprint}):
            yield Problem(
                file, int(line), "fingerprint", fingerprint,
                f"the paragraph of {finding} is not found again in its document; see whether its "
                "codes still fit, then blank the cell and run `findings add`",
            )  # fmt: skip


def _of_another(printed: pd.DataFrame) -> Iterator[Problem]:
    said = printed[printed["words"] != ""]
    columns = ("_file", "finding", "fingerprint", "words")
    for line, row in zip(said.index, said[list(columns)].to_numpy(), strict=True):
        file, finding, fingerprint, words = row
        if words_print(words) != fingerprint:
            yield Problem(
                file, int(line), "fingerprint", fingerprint,
                f"the published words held for {finding} are another paragraph's; remove "
                "texts.csv of this authority from data/local/ and run `findings add`",
            )  # fmt: skip
