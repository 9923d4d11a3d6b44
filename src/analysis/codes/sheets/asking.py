"""What a reader is asked to look at again, piece by piece: questions, never answers.

A program that finds a word cannot tell what it governs. It can tell that the reader passed over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import pandas as pd

from analysis.codes.sheets.folder import Sheet, Sheets
from analysis.codes.sheets.timing import read_log
from analysis.vocabulary import NO_THEME

PIECE: Final = 60
"""Most paragraphs that are read and written at once."""
_OF_TIME: Final = "recent|effective|vulnerable|appropriate|likely|complex|important|significant"
_QUANTITY: Final = re.compile(
    r"\b(?:(?:almost|nearly|virtually) (?:all|every)|vast majority"
    r"|(?:large |small |very small )?(?:majority|minority)"
    rf"|most(?! (?:{_OF_TIME}|suitable)\b)|many(?! years)|some(?! time)"
    r"|(?:a |very |too )?(?:small number|few)|too many"
    r"|all (?:children|young|cases|care|plans|assessments|social|staff|case))\b",
    re.IGNORECASE,
)
_SMALL_NUMBER: Final = re.compile(r"\b(?:small number|small minority|few)\b", re.IGNORECASE)


class Question(NamedTuple):
    """A paragraph to look at again: a word stands in it and no code says what it would say.

    Attributes
    ----------
    file, paragraph
        The sheet, and the paragraph's number.
    word
        As it stands in the paragraph.
    missing
        `extent` or `part`.
    """

    file: str
    paragraph: int
    word: str
    missing: str

    def __str__(self) -> str:
        return f"{self.file}: ¶{self.paragraph}: {self.word!r}, and no code has {self.missing}"


def questions(sheets: Sheets) -> list[Question]:
    """Ask about paragraphs with a quantity word of which no code has an extent, or no part.

    Only of what was written since the sheets were looked through last: a reader who has decided is
    not asked again.
    """
    before = last_done(sheets)
    found: list[Question] = []
    written = 0
    for sheet in sheets.sheets:
        for number, rows in sheet.rows.groupby("number", sort=False):
            written += 1
            if written > before:
                found += _asked(sheet, int(str(number)), rows)
    return found


def piece(sheets: Sheets) -> int:
    """Count the paragraphs written since the sheets were looked through last."""
    return max(sheets.done - last_done(sheets), 0)


def last_done(sheets: Sheets) -> int:
    """Return how many paragraphs were done when the sheets were looked through last."""
    looks = read_log(sheets.log)
    return looks[-1].done if looks else 0


def _asked(sheet: Sheet, number: int, rows: pd.DataFrame) -> Iterator[Question]:
    coded = rows[rows["theme"] != NO_THEME]
    words = sheet.paragraphs[number]
    for missing, pattern in (("extent", _QUANTITY), ("part", _SMALL_NUMBER)):
        word = pattern.search(words)
        if word and len(coded) and not (coded[missing] != "").any():
            yield Question(sheet.file, number, word[0], missing)
