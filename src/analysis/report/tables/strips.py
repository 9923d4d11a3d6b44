"""Marks on three lines, visit by visit, as the page draws them: what a template needs of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analysis.english import how_good, join
from analysis.report.sentences.plain import who
from analysis.results.columns import Column
from analysis.results.staves import NOT_LOOKED, Cell, Stave
from analysis.vocabulary import COHORTS

_LETTERS: Final = {"strength": "S", "mixed": "M", "weakness": "W"}
_WORDS: Final = {"strength": "strength", "mixed": "mixed", "weakness": "weakness"}
_HALVES: Final = ("l", "r")


@dataclass(frozen=True)
class Drawn:
    """A cell as it is drawn: classes of its marks and its own, and words for who cannot see it."""

    column: Column
    marks: tuple[str, ...]
    words: str
    look: str


@dataclass(frozen=True)
class Strip:
    """A row of marks: its name, where that leads, its cells, and the word of the latest visit."""

    name: str
    href: str
    cells: tuple[Drawn, ...]
    word: str


def strip(stave: Stave, name: str, href: str, drawn_in: Sequence[Column]) -> Strip:
    """Draw a row under the columns of its visits."""
    cells = tuple(_drawn(cell, column) for cell, column in zip(stave.cells, drawn_in, strict=True))
    return Strip(name, href, cells, _word(stave.latest))


def _drawn(cell: Cell, column: Column) -> Drawn:
    halves = _HALVES if len(cell.marks) > 1 else ("",)
    shown = (cell.marks[0], cell.marks[-1]) if len(cell.marks) > 1 else cell.marks
    marks = tuple(
        " ".join(
            filter(None, (_LETTERS[mark.level], half, "lo" if mark.confidence == "low" else ""))
        )
        for mark, half in zip(shown, halves, strict=bool(shown))
    )
    return Drawn(
        column,
        marks,
        _said(cell),
        " ".join(
            word
            for word, holds in (
                ("hole", cell.state == NOT_LOOKED),
                ("none", not marks and cell.state != NOT_LOOKED),
                ("now", column.now),
                ("brk", column.rules),
            )
            if holds
        ),
    )


def _said(cell: Cell) -> str:
    """Say a cell, for who cannot see it."""
    if not cell.marks:
        return "nobody looked" if cell.state == NOT_LOOKED else "not mentioned"
    if len(cell.marks) == 1:
        mark = cell.marks[0]
        return _WORDS[mark.level] + (", on little" if mark.confidence == "low" else "")
    return join([f"{how_good(m.level)} for {_groups(m.cohorts)}" for m in cell.marks])


def _groups(cohorts: Sequence[str]) -> str:
    return join([who(cohort) or COHORTS[cohort] for cohort in cohorts])


def _word(cell: Cell) -> str:
    if not cell.marks:
        return "not seen" if cell.state == NOT_LOOKED else "not said"
    return "differs" if len(cell.marks) > 1 else _WORDS[cell.marks[0].level]
