"""A word in its surroundings: every place where it stands, one below the other.

Read are the published words where this machine holds them, and else our summaries; which of the two
is said of each line and at the head.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.english import plural
from analysis.errors import FindingsError
from analysis.exploring.picture import shown
from analysis.tables import records

PUBLISHED: Final = "published words"
SUMMARIES: Final = "our summaries"
COLUMNS: Final = [
    "visit",
    "before",
    "word",
    "after",
    "text",
    "source",
    "section",
    "page",
    "finding",
]
SHOWN: Final = 200
"""Lines that a notebook shows; all of them are in `table`."""
MOST_WIDTH: Final = 400


@dataclass(frozen=True)
class Concordance:
    """Every place where a word stands.

    Attributes
    ----------
    word
        What was looked for.
    table
        `visit` (title), `before`, `word`, `after`, `text` (published words or our summaries),
        `source`, `section`, `page`, `finding`; one row per place, in order of visits.
    read
        How many findings were read, by text; findings without any are not counted.
    """

    word: str
    table: pd.DataFrame
    read: dict[str, int]

    def __len__(self) -> int:
        return len(self.table)

    @property
    def said(self) -> str:
        """Say in what was looked and how often it was found."""
        parts = [f"{text} of {plural(n, 'finding')}" for text, n in self.read.items() if n]
        places, found = len(self.table), self.table["finding"].nunique()
        note = (
            ""
            if self.read[PUBLISHED]
            else " No published words are held on this machine; the command findings add keeps "
            "those of the documents that you hold."
        )
        return (
            f"“{self.word}”: {plural(places, 'place')} in {plural(found, 'finding')}. "
            f"Looked in: {' and '.join(parts)}.{note}"
        )

    def _repr_html_(self) -> str:
        rows = records(self.table.head(SHOWN))
        left = len(self.table) - len(rows)
        return shown("concordance", said=self.said, rows=rows, left=left).html


def pattern_of(word: str) -> re.Pattern[str]:
    """Return a pattern for whole words; `*` stands for any ending, blanks for any space.

    Examples
    --------
    >>> pattern_of("supervis*").findall("Supervision is supervised; unsupervised.")
    ['Supervision', 'supervised']
    """
    if not word.strip(" *"):
        raise FindingsError("Name a word to look for, such as 'supervision' or 'supervis*'.")
    parts = [re.escape(part).replace(r"\*", r"\w*") for part in word.split()]
    return re.compile(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)", re.IGNORECASE)


def concordance(
    findings: pd.DataFrame, visits: pd.DataFrame, word: str, width: int = 60
) -> Concordance:
    """Find a word in the findings.

    Parameters
    ----------
    findings
        `AuthorityData.findings`, as many as are to be read.
    visits
        `AuthorityData.visits`.
    word
        A word or several, whole and in any case; `*` stands for any ending.
    width
        Characters shown on each side.

    Raises
    ------
    FindingsError
        If the word is blank, the width is none, or no finding has any text.
    """
    pattern = pattern_of(word)
    if not 0 < width <= MOST_WIDTH:
        raise FindingsError(f"width is {width}; write a number from 1 to {MOST_WIDTH}.")
    published = findings["words"] != ""
    read = {
        PUBLISHED: int(published.sum()),
        SUMMARIES: int((~published & (findings["summary"] != "")).sum()),
    }
    if not any(read.values()):
        raise FindingsError(
            "No text of these findings is held: neither published words nor summaries. "
            "`findings add` keeps the words on this machine, if you hold the documents."
        )
    titles = visits.set_index("visit")["title"].to_dict()
    order = visits.set_index("visit")["order"].to_dict()
    rows = []
    for row in records(findings):
        text = " ".join(str(row["words"] or row["summary"]).split())
        about = {
            "visit": titles[row["visit"]],
            "text": PUBLISHED if row["words"] else SUMMARIES,
            "_order": order[row["visit"]],
        } | {name: row[name] for name in ("source", "section", "page", "finding")}
        for found in pattern.finditer(text):
            rows.append(
                about
                | {
                    "before": _cut(text[: found.start()], width, from_end=True),
                    "word": found.group(),
                    "after": _cut(text[found.end() :], width, from_end=False),
                }
            )
    table = pd.DataFrame(rows, columns=[*COLUMNS, "_order"])
    table = table.sort_values("_order", kind="stable")[COLUMNS].reset_index(drop=True)
    return Concordance(word.strip(), table, read)


def _cut(text: str, width: int, *, from_end: bool) -> str:
    """Cut at a blank, so that no word is halved."""
    if len(text) <= width:
        return text
    if from_end:
        kept = text[-width:]
        return "…" + (kept[kept.find(" ") :] if " " in kept.strip() else kept)
    kept = text[:width]
    return (kept[: kept.rfind(" ")] if " " in kept.strip() else kept) + " …"
