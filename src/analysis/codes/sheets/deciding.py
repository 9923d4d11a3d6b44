"""What a reader decides of every code, and may not pass over in silence.

A program that finds a word cannot tell what it governs. It can tell that a reader said nothing of
it: so a reader says `no` where it governs something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pandas as pd

from analysis.codes.sheets.cells import NEED, NO
from analysis.codes.sheets.folder import LINKS, NEEDS, Sheet, Sheets
from analysis.errors import Problem
from analysis.vocabulary import NO_THEME

SINCE: Final = 4
"""First version of the instruction that asks for decisions."""
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
_WORDS: Final = {"extent": (_QUANTITY, "extent=<word>"), "part": (_SMALL_NUMBER, "part=yes")}


def undecided(sheets: Sheets) -> Iterator[Problem]:
    """Name codes beside a quantity word of which a reader says neither extent nor `extent=no`.

    Likewise those beside a small number without `part`, and weaknesses on the theme and cohort of
    a need that are linked to none, without `need=no`. Nothing in folders laid out with an older
    instruction.
    """
    if int(sheets.versions.instruction) < SINCE:
        return
    for sheet in sheets.sheets:
        yield from _words_passed_over(sheet)
    if not {NEEDS, LINKS} & sheets.unread:
        yield from _weaknesses_passed_over(sheets)


def _words_passed_over(sheet: Sheet) -> Iterator[Problem]:
    coded = sheet.rows[sheet.rows["theme"] != NO_THEME]
    for name, (pattern, said) in _WORDS.items():
        silent = coded[coded[name] == ""]
        for line, number in silent["number"].items():
            if word := pattern.search(sheet.paragraphs[number]):
                message = (
                    f"{word[0]!r} stands in \N{PILCROW SIGN}{number}: say {said}, or {name}=no"
                )
                yield Problem(sheet.file, int(str(line)), name, "", message)


def _weaknesses_passed_over(sheets: Sheets) -> Iterator[Problem]:
    of = {
        str(need): (theme, cohort)
        for need, theme, cohort in sheets.needs[["need", "theme", "cohort"]].itertuples(index=False)
    }
    linked = {
        (document, number, *of[str(need)])
        for need, document, number in sheets.links[["need", "document", "n"]].itertuples(
            index=False
        )
        if need in of
    }
    asked = set(of.values())
    for sheet in sheets.sheets:
        weak = sheet.rows[_is_weak(sheet.rows) & (sheet.rows[NEED] != NO)]
        for line, number, theme, cohort in weak[["number", "theme", "cohort"]].itertuples():
            known = (sheet.document, str(number), theme, cohort) in linked
            if (theme, cohort) in asked and not known:
                message = (
                    "a need has this theme and cohort, and this weakness is linked to none: link "
                    f"it in {LINKS}, or say {NEED}={NO}"
                )
                yield Problem(sheet.file, int(str(line)), "theme", str(theme), message)


def _is_weak(rows: pd.DataFrame) -> pd.Series[bool]:
    leaning = (rows["direction"] == "mixed") & (rows["lean"] == "weakness")
    return (rows["direction"] == "weakness") | leaning
