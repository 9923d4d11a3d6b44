"""Coded paragraphs to learn from: locators and codes are kept, the words stay in the documents.

`data/raw/training/paragraphs.csv` says where each paragraph stands and holds a fingerprint of its
words; `codes.csv` holds what each coder gave it. Whoever holds the documents can find the words
again and learn the same model.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from analysis.errors import FindingsError
from analysis.ids import words_print
from analysis.ingest.register import Register
from analysis.tagger.learning import Coded

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
    FindingsError
        If not one paragraph is found in the documents.
    """
    rows = [row for row in _rows(folder / "paragraphs.csv") if row["authority"] not in LEFT_OUT]
    codes: dict[str, dict[str, dict[str, str]]] = {}
    for code in _rows(folder / "codes.csv"):
        own = codes.setdefault(code["paragraph"], {}).setdefault(code["coder"], {})
        if code["theme"] != "none":
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


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
