"""What the tagger learns from: findings of `data/raw/` that were read, with their words.

The words stay in the documents. A finding's are those that this machine holds in `data/local/`,
else those of the paragraph with its fingerprint in the documents at hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from analysis.codes.counting import counting
from analysis.codes.training.learning import Coded, folds
from analysis.data.authority import AuthorityData
from analysis.data.codebook import Codebook
from analysis.documents.register import Register
from analysis.english import plural
from analysis.errors import FindingsError
from analysis.ids import words_print
from analysis.tables import records
from analysis.vocabulary import INSPECTIONS, NO_THEME, TAGGER

LEFT_OUT: Final = ("knowsley",)
"""Authorities not learned from, if no others are named, so that their reports can say how far the
tagger agrees."""
FEWEST: Final = 10
"""A theme coded in fewer findings is not learned: its patterns know it better."""
PERIODS: Final = ("SIF", "early ILACS", "late ILACS", "letter", "other")
"""Kinds of documents by how they are written."""
_LATE: Final = "2021"
"""The year in which inspectors began to write as they do now."""


@dataclass(frozen=True)
class Training:
    """Coded findings with their words.

    Attributes
    ----------
    coded
        To learn from.
    findings
        `finding`, `document`, `authority` and `period` of each, in the same order.
    missing
        Findings that were read, and whose words are not at hand.
    """

    coded: Coded
    findings: pd.DataFrame
    missing: tuple[str, ...]


def read_training(
    held: Iterable[AuthorityData], register: Register, leave_out: Collection[str] = LEFT_OUT
) -> Training:
    """Bring codes and words together.

    The codes that count are learned from, the tagger's own aside. Cohorts that differ in direction
    are `mixed`.

    Parameters
    ----------
    held
        Authorities.
    register
        The documents, as read.
    leave_out
        Slugs of authorities not to be learned from.

    Raises
    ------
    FindingsError
        If the words of not one finding are at hand.
    """
    words = {
        (outcome.sha256, words_print(finding.text)): finding.text
        for document in register.documents
        for outcome in document.outcomes
        for finding in document.reading.findings
    }
    rows, texts, given, missing = [], [], [], []
    for data in held:
        if data.authority in leave_out:
            continue
        told = _told(data)
        places = _places(data)
        for finding in records(data.findings[data.findings["finding"].isin(told)]):
            name, place = str(finding["finding"]), places[str(finding["document"])]
            sums, period = place
            found = (words.get((s, str(finding["fingerprint"]))) for s in sums)
            text = str(finding["words"]) or next((t for t in found if t), "")
            if not text:
                missing.append(name)
                continue
            rows.append((name, str(finding["document"]), data.authority, period))
            texts.append(text)
            given.append(told[name])
    if not rows:
        raise FindingsError(
            "The words of not one finding that was read are in these documents; name the folder "
            "that holds them."
        )
    findings = pd.DataFrame(rows, columns=["finding", "document", "authority", "period"])
    coded = Coded(texts, given, findings["document"].tolist())
    return Training(coded, findings, tuple(missing))


def _told(data: AuthorityData) -> dict[str, dict[str, str]]:
    """Theme to direction of each finding that somebody read."""
    codes = counting(data.codes[data.codes["coder"] != TAGGER])
    told: dict[str, dict[str, str]] = {name: {} for name in codes["finding"]}
    for row in records(codes[codes["theme"] != NO_THEME]):
        own, theme = told[str(row["finding"])], str(row["theme"])
        same = own.get(theme, row["direction"]) == row["direction"]
        own[theme] = str(row["direction"]) if same else "mixed"
    return told


def _places(data: AuthorityData) -> Mapping[str, tuple[list[str], str]]:
    """Checksums and period of each document."""
    visits = data.visits.set_index("visit")
    places = {}
    for row in records(data.documents):
        visit = visits.loc[str(row["visit"])]
        places[str(row["document"])] = (
            [part.strip() for part in str(row["sha256"]).split(";")],
            _period(str(visit["kind"]), str(visit["framework"]), str(visit["start"])),
        )
    return places


def _period(kind: str, framework: str, start: str) -> str:
    if kind not in INSPECTIONS:
        return "letter" if framework == "ILACS" else "other"
    if framework == "ILACS":
        return "late ILACS" if start >= _LATE else "early ILACS"
    return "SIF" if framework == "SIF" else "other"


def learnable(codebook: Codebook, coded: Coded) -> tuple[Codebook, dict[str, str]]:
    """Leave out of a codebook the themes of which too little was coded to learn and to measure.

    Returns
    -------
    Codebook
        The themes to learn: coded in `FEWEST` findings or more, and met in every part that is
        learned from while another is held out.
    dict
        Those left out, with what is too little.
    """
    counts = Counter(theme for codes in coded.codes for theme in codes)
    parts = [[coded.codes[i] for i in rows] for rows, _ in folds(coded)]
    few = {}
    for theme in codebook.ids:
        if counts[theme] < FEWEST:
            few[theme] = f"coded in {plural(counts[theme], 'finding')}, of at least {FEWEST}"
        elif not all(any(theme in codes for codes in part) for part in parts):
            few[theme] = "coded in too few documents"
    return replace(codebook, themes=tuple(t for t in codebook.themes if t.id not in few)), few
