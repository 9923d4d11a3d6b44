"""What a workbook for a coder holds: its columns, its lists, and the words for what it says.

`writing` lays it out, `reading` takes its cells apart, `correcting` makes codes of them. A row of a
document's sheet is a code, or room for one: what can be seen of the code as it stands, the cells to
fill in, and hidden, all of the code as the data hold it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from analysis.data import schemas
from analysis.data.codebook import Codebook
from analysis.english import sentence_case
from analysis.vocabulary import CHANGES_SAID, COHORTS, DIRECTIONS, EXTENTS, NO_THEME

START: Final = "Start here"
THEMES: Final = "Themes"
LISTS: Final = "Lists"
NOTHING: Final = "(nothing)"
"""What is chosen to take away a code, or what one of its cells says."""
YES: Final = "yes"
DOCUMENT: Final = "Document"
"""Stands in the first cell of a document's sheet, and the document's id in the second."""
HEAD: Final = 4
"""Row of the heads of a document's sheet; the rows of codes follow."""


class Field(NamedTuple):
    """A part of a code that a coder can fill in: its column in the data, and its head."""

    column: str
    head: str
    width: int


FIELDS: Final = (
    Field("theme", "Theme", 19),
    Field("cohort", "About whom", 19),
    Field("direction", "Direction", 11),
    Field("extent", "How many", 12),
    Field("change_said", "Change said", 13),
)
OPTIONAL: Final = ("extent", "change_said")
"""What a code need not say."""
PLACE: Final = (("No.", 5), ("Where", 20), ("What it says", 64))
READ: Final = "I agree"
NOTE: Final = "Why"
HELPER: Final = "done"
CODE: Final = tuple(schemas.CODES.columns)
KEPT: Final = (*CODE, "coder", "codes", "fingerprint")
"""Hidden columns: the code as it stands, who gave it, how many the paragraph has, its print."""
NOW: Final = len(PLACE) + 1
"""First column of what stands now; columns are counted from 1."""
OWN: Final = NOW + len(FIELDS)
"""First column to fill in: whether the coder agrees with the paragraph's codes."""
WIDTHS: Final = (*(w for _, w in PLACE), *(f.width for f in FIELDS), 8,
                 *(f.width for f in FIELDS), 28)  # fmt: skip
HEADS: Final = (
    *(head for head, _ in PLACE), *(field.head for field in FIELDS),
    READ, *(field.head for field in FIELDS), NOTE,
    *KEPT, HELPER,
)  # fmt: skip
LAST_OWN: Final = OWN + len(FIELDS) + 1
FIRST_KEPT: Final = LAST_OWN + 1
WIDTH: Final = len(HEADS)


def list_of(column: str) -> str:
    """Name the list of what can be chosen in a column."""
    return f"list_{column}"


def choices(codebook: Codebook) -> dict[str, dict[str, str]]:
    """Return, for each field, what can be chosen: words to the data's name, in order.

    Examples
    --------
    >>> choices(Codebook("1", (), ()))["direction"]["mixed"]
    'mixed'
    """
    return {
        "theme": {**_named(codebook), NOTHING: NO_THEME},
        "cohort": {label: name for name, label in COHORTS.items()},
        "direction": {name: name for name in DIRECTIONS},
        "extent": {**{name: name for name in EXTENTS}, NOTHING: ""},
        "change_said": {**{name: name for name in CHANGES_SAID}, NOTHING: ""},
    }


def _named(codebook: Codebook) -> dict[str, str]:
    """Themes by name; those that share one by their ids."""
    names = [theme.name for theme in codebook.themes]
    return {
        theme.name if names.count(theme.name) == 1 else theme.id: theme.id
        for theme in codebook.themes
    }


def words_of(code: Mapping[str, str], known: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Say a code's fields as a coder reads them."""
    if code["theme"] == NO_THEME:
        return ["no theme", *[""] * (len(FIELDS) - 1)]
    said = []
    for field in FIELDS:
        value = code[field.column]
        labels = {name: label for label, name in known[field.column].items() if name}
        said.append(labels.get(value, value))
    return said


def say_code(code: Mapping[str, str], known: Mapping[str, Mapping[str, str]]) -> str:
    """Say a code in one line.

    Examples
    --------
    >>> code = dict.fromkeys(CODE, "") | {"theme": "plans", "cohort": "care-leavers",
    ...     "direction": "weakness", "extent": "many"}
    >>> say_code(code, choices(Codebook("1", (), ())))
    'plans, care leavers, weakness, many'
    """
    return ", ".join(filter(None, words_of(code, known)))


def guide_lines(name: str) -> Sequence[tuple[str, str]]:
    """Return what a coder goes by: a short head and what is to be done."""
    return (
        ("What this is", f"What inspectors wrote about {name}, paragraph by paragraph, with the "
         "codes that count now. You say which of them you would give otherwise."),
        ("What to do", "Each document has a sheet. Read the paragraph in “What it says”. Grey "
         "cells show the codes as they stand; yellow cells are yours."),
        ("You agree", f"Choose “{YES}” under “{READ}”, once for the paragraph. Its codes then "
         "count as yours too."),
        ("You would change a code", "In its row, choose only what you would change: direction, "
         "theme, or whatever it is. What you leave blank stays as it is."),
        ("A code should not be there", f"Choose “{NOTHING}” as its theme, the last in the list."),
        ("A code is missing", "Fill in the empty row below the paragraph's codes: a theme and a "
         "direction at least. No row left? Insert one below, or use the rows at the end of the "
         "sheet with the paragraph's number before them."),
        ("Directions", "Strength: judged good. Weakness: judged poor, missing, or to be improved. "
         "Mixed: both, each with substance. Neutral: told without a judgement."),
        ("Themes", f"The sheet “{THEMES}” says what each theme covers."),
        ("A paragraph that you pass over", "keeps its codes. You need not do all: ten are ten."),
        ("When you have done", "Save, as an Excel workbook. Whoever gave you the file runs "
         "“findings import” with it, under a name that you choose: not your own name."),
    )  # fmt: skip


def heading(word: str) -> str:
    """Begin a list's head with a capital."""
    return sentence_case(word.replace("_", " "))
