"""What the instruction demands of sheets beyond what the data demand of every coder.

The closed lists and what tables demand of each other are those of `data/raw/` (`analysis.data`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

import pandas as pd

from analysis.codes.sheets import cells
from analysis.codes.sheets.deciding import undecided
from analysis.codes.sheets.folder import LINKS, NEEDS, VISITS, Sheet, Sheets
from analysis.english import plural
from analysis.errors import Problem
from analysis.vocabulary import AREAS, COHORTS, NO_THEME, OTHER_ASPECT

LONGEST_RUN: Final = 8
"""So many words in a row may stand as they were published."""
MAX_WORDING: Final = 20
"""Most words of a need."""
_SHOWN: Final = 8
_WORD: Final = re.compile(r"[a-z0-9]+")
_APOSTROPHE: Final = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]")
_NAMES: Final = (
    *COHORTS.values(), *AREAS.values(), "children in need of help and protection",
    "children who need help and protection", "children who need help or protection",
)  # fmt: skip
"""Names of areas and of those whom the work is for: nobody can say them otherwise."""
_NAME_OR_WORD: Final = re.compile(
    "|".join(rf"\b{name.lower()}\b" for name in sorted(_NAMES, key=len, reverse=True))
    + "|[a-z0-9]+"
)
_SAYS_NOTHING: Final = tuple(
    name for name in cells.MORE.values() if name not in {*cells.OF_PARAGRAPH, "note"}
)
"""Columns of a code, which a row of theme `none` leaves blank."""

Runs = set[tuple[str, ...]]


def problems_of_sheets(sheets: Sheets) -> Iterator[Problem]:
    """Name what in the sheets is not as the instruction has it, by file and line."""
    every: Runs = set()
    for sheet in sheets.sheets:
        runs = _runs(" ".join(sheet.paragraphs.values()))
        every |= runs
        for rule in _OF_ROWS:
            yield from rule(sheet)
        yield from _copied(sheet.rows, ("summary", "found", "extent_printed"), sheet.file, runs)
        yield from _copied(sheet.areas, ("summary",), sheet.areas_file, runs)
    yield from _copied(sheets.needs, ("wording",), NEEDS, every)
    yield from _copied(sheets.visits, ("what",), VISITS, every)
    for over_all in _OVER_ALL:
        yield from over_all(sheets)
    yield from undecided(sheets)


def still_to_do(sheets: Sheets) -> Iterator[Problem]:
    """Name what is still missing: tables not written, and paragraphs without a row."""
    yield from sheets.to_do
    for sheet in sheets.sheets:
        missing = [n for n in sheet.paragraphs if n not in set(sheet.rows["number"])]
        if missing and len(sheet.rows):
            shown = ", ".join(map(str, missing[:_SHOWN])) + (" …" if missing[_SHOWN:] else "")
            count = plural(len(missing), "paragraph has", "paragraphs have")
            yield Problem(sheet.file, 0, "", "", f"{count} no row: {shown}")


def _lines(
    table: pd.DataFrame, wrong: pd.Series[bool], column: str, file: str, message: str
) -> Iterator[Problem]:
    for line, value in table.loc[wrong, column].items():
        yield Problem(file, int(str(line)), cells.SHORT.get(column, column), str(value), message)


def _rows_of_a_paragraph_stand_together(sheet: Sheet) -> Iterator[Problem]:
    number = sheet.rows["number"]
    begins = number != number.shift()
    again = begins & number.duplicated()
    yield from _lines(
        sheet.rows, again, "n", sheet.file, "all rows of a paragraph must stand together"
    )


def _a_paragraph_is_told_once(sheet: Sheet) -> Iterator[Problem]:
    further = sheet.rows["number"].duplicated()
    message = "is said in the first row of the paragraph only; leave it blank here"
    for column in cells.OF_PARAGRAPH:
        yield from _lines(
            sheet.rows, further & (sheet.rows[column] != ""), column, sheet.file, message
        )


def _every_paragraph_has_a_summary(sheet: Sheet) -> Iterator[Problem]:
    first = sheet.first
    message = "is blank: say what was found, in your own words"
    yield from _lines(first, first["summary"] == "", "summary", sheet.file, message)
    counts = Counter(first["summary"])
    twice = first["summary"].map(lambda text: bool(text) and counts[text] > 1).astype(bool)
    message = "is the summary of another paragraph too; say what this one says"
    yield from _lines(first, twice, "summary", sheet.file, message)


def _the_first_area_is_told(sheet: Sheet) -> Iterator[Problem]:
    start = sheet.first.sort_values("number").head(1)
    message = "is blank, and there is no paragraph before whose area it could have"
    yield from _lines(start, start["area"] == "", "area", sheet.file, message)


def _a_mixed_leans(sheet: Sheet) -> Iterator[Problem]:
    rows = sheet.rows
    message = "is blank: say which way this mixed judgement leans, strength, weakness or even"
    yield from _lines(
        rows, (rows["direction"] == "mixed") & (rows["lean"] == ""), "lean", sheet.file, message
    )


def _an_extent_is_printed(sheet: Sheet) -> Iterator[Problem]:
    rows = sheet.rows
    message = "is blank: give the word as it is printed, beside its extent"
    wrong = ~rows["extent"].isin(["", cells.NO]) & (rows["extent_printed"] == "")
    yield from _lines(rows, wrong, "extent_printed", sheet.file, message)


def _a_weakness_raises_needs_or_not(sheet: Sheet) -> Iterator[Problem]:
    wrong = ~sheet.rows[cells.NEED].isin(["", cells.NO])
    message = f"is not {cells.NO}: what a weakness raises stands in {LINKS}"
    yield from _lines(sheet.rows, wrong, cells.NEED, sheet.file, message)


def _none_says_nothing(sheet: Sheet) -> Iterator[Problem]:
    none = sheet.rows["theme"] == NO_THEME
    for column in _SAYS_NOTHING:
        wrong = none & (sheet.rows[column] != "")
        yield from _lines(sheet.rows, wrong, column, sheet.file, "must be blank for theme none")


_OF_ROWS: Final[tuple[Callable[[Sheet], Iterator[Problem]], ...]] = (
    _rows_of_a_paragraph_stand_together,
    _a_paragraph_is_told_once,
    _every_paragraph_has_a_summary,
    _the_first_area_is_told,
    _a_mixed_leans,
    _an_extent_is_printed,
    _a_weakness_raises_needs_or_not,
    _none_says_nothing,
)


def _needs_are_brief(sheets: Sheets) -> Iterator[Problem]:
    long = sheets.needs["wording"].map(lambda text: len(text.split()) > MAX_WORDING).astype(bool)
    yield from _lines(
        sheets.needs, long, "wording", NEEDS, f"is too long: at most {MAX_WORDING} words"
    )


def _one_need_is_one_row(sheets: Sheets) -> Iterator[Problem]:
    needs = sheets.needs
    told = needs["aspect"] != OTHER_ASPECT
    again = told & needs.duplicated(["theme", "cohort", "aspect"])
    message = "has the theme, cohort and aspect of a need above: they are one"
    yield from _lines(needs, again, "need", NEEDS, message)


def _every_need_is_linked(sheets: Sheets) -> Iterator[Problem]:
    if LINKS in sheets.unread:
        return
    linked = sheets.needs["need"].isin(sheets.links["need"])
    message = "no row of need_links.csv names it"
    yield from _lines(sheets.needs, ~linked, "need", NEEDS, message)


def _a_link_is_of_a_code(sheets: Sheets) -> Iterator[Problem]:
    """A finding that speaks of a need carries the need's theme."""
    unread = {sheet.document for sheet in sheets.sheets if sheet.file in sheets.unread}
    given = {
        (sheet.document, str(number), theme)
        for sheet in sheets.sheets
        for number, theme in zip(sheet.rows["number"], sheet.rows["theme"], strict=True)
    }
    themes = dict(zip(sheets.needs["need"], sheets.needs["theme"], strict=True))
    known = _paragraphs(sheets)
    for line, row in sheets.links.iterrows():
        place = (row["document"], row["n"])
        theme = themes.get(row["need"], "")
        if place not in known:
            message = "there is no such paragraph in this folder"
        elif theme and place[0] not in unread and (*place, theme) not in given:
            message = f"this paragraph does not carry the need's theme, {theme}"
        else:
            continue
        yield Problem(LINKS, int(str(line)), "n", "/".join(place), message)


def _told_visits_are_told_somewhere(sheets: Sheets) -> Iterator[Problem]:
    known = {"/".join(place) for place in _paragraphs(sheets)}
    wrong = ~sheets.visits["told_in"].isin(known)
    message = "there is no such paragraph in this folder; write <document>/<n>"
    yield from _lines(sheets.visits, wrong, "told_in", VISITS, message)


def _paragraphs(sheets: Sheets) -> set[tuple[str, str]]:
    return {(sheet.document, str(n)) for sheet in sheets.sheets for n in sheet.paragraphs}


_OVER_ALL: Final[tuple[Callable[[Sheets], Iterator[Problem]], ...]] = (
    _needs_are_brief,
    _one_need_is_one_row,
    _every_need_is_linked,
    _a_link_is_of_a_code,
    _told_visits_are_told_somewhere,
)


def _copied(
    table: pd.DataFrame, columns: tuple[str, ...], file: str, published: Runs
) -> Iterator[Problem]:
    """Name cells that say more words in a row as they were published than they may."""
    for column in columns:
        for line, text in table[column].items():
            if found := _run(str(text), published):
                message = f"{LONGEST_RUN + 1} words in a row as published; use your own"
                yield Problem(file, int(str(line)), column, found, message)


def _run(text: str, published: Runs) -> str:
    """Return the first run of words that stands in what was published, or blank."""
    return next((" ".join(run) for run in _in_order(text) if run in published), "")


def _runs(text: str) -> Runs:
    return set(_in_order(text))


def _in_order(text: str) -> list[tuple[str, ...]]:
    """Every run of words that is one word too long, in order; a name counts as one word."""
    said = _words(text)
    size = LONGEST_RUN + 1
    return [tuple(said[i : i + size]) for i in range(len(said) - size + 1)]


def _words(text: str) -> list[str]:
    """Words of a text, in small letters and digits only.

    Examples
    --------
    >>> _words("Leaders\N{RIGHT SINGLE QUOTATION MARK} work with children in care.")
    ['leaders', 'work', 'with', 'children in care']
    """
    bare = _APOSTROPHE.sub("", text.lower())
    return _NAME_OR_WORD.findall(" ".join(_WORD.findall(bare)))
