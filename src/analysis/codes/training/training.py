"""Coded paragraphs to learn from: locators and codes are kept, the words stay in the documents.

`data/raw/training/paragraphs.csv` says where each paragraph stands and holds a fingerprint of its
words; `codes.csv` holds what each coder gave it. Whoever holds the documents can find the words
again and learn the same model.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from analysis.codes.training.learning import Coded
from analysis.data.following import followed_file, new_ids
from analysis.data.rows import Rows, read_rows
from analysis.documents.register import Register
from analysis.errors import DataError, FindingsError, Problem
from analysis.files import write_all
from analysis.ids import words_print
from analysis.vocabulary import DIRECTIONS, NO_THEME

PARAGRAPH_COLUMNS: Final = (
    "paragraph", "document", "authority", "period", "sha256", "printed_number", "page", "role",
    "fingerprint",
)  # fmt: skip
CODE_COLUMNS: Final = ("paragraph", "theme", "direction", "coder")
OUTSIDE: Final = "check-a"
"""The outside coder whose codes are learned from, and whose strictness the tagger follows."""
FIRST: Final = (OUTSIDE, "reader-1")
"""Whose codes of a paragraph are learned from, the first that coded it."""
LEFT_OUT: Final = ("knowsley",)
"""Authorities never learned from, so that their reports can say how far the tagger agrees."""


@dataclass(frozen=True)
class Training:
    """Coded paragraphs with their words.

    Attributes
    ----------
    coded
        To learn from.
    paragraphs
        Their rows of `paragraphs.csv`, in the same order.
    missing
        Ids of paragraphs whose words were not found in the documents.
    """

    coded: Coded
    paragraphs: list[dict[str, str]]
    missing: list[str]


def read_training(folder: Path, register: Register) -> Training:
    """Bring codes and words together.

    Parameters
    ----------
    folder
        With `paragraphs.csv` and `codes.csv`.
    register
        The documents, as read.

    Raises
    ------
    DataError
        If a table cannot be read, or its rows do not fit the other's.
    FindingsError
        If not one paragraph is found in the documents.
    """
    paragraphs = _read(folder, "paragraphs.csv", PARAGRAPH_COLUMNS, key="paragraph")
    rows = [row for row in paragraphs if row["authority"] not in LEFT_OUT]
    given_codes = _read(folder, "codes.csv", CODE_COLUMNS)
    codes: dict[str, dict[str, dict[str, str]]] = {
        name: {} for name in paragraphs.column("paragraph")
    }
    if problems := [*_unfit(given_codes, codes, str(folder / "codes.csv"))]:
        raise DataError(problems)
    for code in given_codes:
        own = codes[code["paragraph"]].setdefault(code["coder"], {})
        if code["theme"] != NO_THEME:
            own[code["theme"]] = code["direction"]
    words = {
        (outcome.sha256, words_print(finding.text)): finding.text
        for document in register.documents
        for outcome in document.outcomes
        for finding in document.reading.findings
    }
    found, texts, given, strict, missing = [], [], [], [], []
    for row in rows:
        coder = next((name for name in FIRST if name in codes[row["paragraph"]]), "")
        text = words.get((row["sha256"], row["fingerprint"]))
        if text is None and coder:
            missing.append(row["paragraph"])
        elif text is not None and coder:
            found.append(row)
            texts.append(text)
            given.append(codes[row["paragraph"]][coder])
            strict.append(float(coder == OUTSIDE))
    if not found:
        raise FindingsError(
            f"Not one paragraph of {folder} is in these documents; name the folder that holds them."
        )
    authorities = [row["authority"] for row in found]
    return Training(Coded(texts, given, authorities, np.array(strict)), found, missing)


def follow_documents(folder: Path, register: Register) -> dict[str, str]:
    """Let the paragraphs of documents whose ids changed follow, and their codes.

    Returns
    -------
    dict
        Old id to new one, by the checksum of the document; where there are any, both tables were
        written anew.
    """
    paragraphs = _read(folder, "paragraphs.csv", PARAGRAPH_COLUMNS, key="paragraph")
    now = {o.sha256: document.id for document in register.documents for o in document.outcomes}
    held = zip(paragraphs.column("document"), paragraphs.column("sha256"), strict=True)
    if new := new_ids(held, now):
        tables = [folder / "paragraphs.csv", folder / "codes.csv"]
        write_all({path: followed_file(path, str(path), new)[0] for path in tables})
    return new


def _read(folder: Path, name: str, columns: Sequence[str], key: str = "") -> Rows:
    return read_rows(folder / name, str(folder / name), columns, closed=True, key=key)


def _unfit(codes: Rows, paragraphs: Collection[str], file: str) -> Iterator[Problem]:
    """Codes of no paragraph, and codes of a theme that are no direction."""
    for line, code in zip(codes.lines, codes, strict=True):
        if code["paragraph"] not in paragraphs:
            message = "there is no such paragraph in paragraphs.csv"
            yield Problem(file, line, "paragraph", code["paragraph"], message)
        if code["theme"] != NO_THEME and code["direction"] not in DIRECTIONS:
            allowed = ", ".join(DIRECTIONS)
            yield Problem(file, line, "direction", code["direction"], "not in the list", allowed)
