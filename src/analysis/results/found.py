"""What was found on a theme at a visit: the paragraph behind a level that says it best.

It is chosen by a rule: what was named where the level was settled; what was found before what was
only asked for; one that points the way of the level, but where paragraphs differ one that tells
both sides and leans that way, says how most of them were, or is what a reader of the whole document
named first; what speaks of all before what speaks of a part; what a reader of the whole document
named for it, the weightiest first; where the level is a weakness, one that states harm; what says
it of most of them; what is about few themes before what is about many; findings before headlines;
then the order of the document. What was asked for is said to be so: read as a finding, it would say
the opposite.

What speaks against what is told is chosen by the same rule, for where the first tells one side
only; and so is what was asked for, where neither tells that anything was amiss.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from analysis.data.codebook import EVERYWHERE, Codebook
from analysis.english import sentence_case
from analysis.results.results import Results
from analysis.results.staves import Mark, Stave
from analysis.tables import Row, records
from analysis.vocabulary import COHORT_AREAS, CONFIDENCE, HARMS

_ROLES: Final = ("body", "summary", "need", "requirement", "context")
_ASKED: Final = {"need": "Asked for: ", "requirement": "Required: "}
_HARMS: Final = (*HARMS, "")
WHOLE: Final = ("all", "almost all", "vast majority", "most", "large majority", "majority")
"""Quantity words of a paragraph that judges the theme at large."""
FEW: Final = 2
"""Themes of a paragraph that is still about each of them."""


@dataclass(frozen=True)
class Found:
    """What one paragraph says of a theme.

    Attributes
    ----------
    text
        What was found on the theme, where the code says so, else the paragraph's summary.
    row
        Its row of `Results.coded`.
    level
        The level that it stands for.
    cohorts
        Of those who share the level, those of whom the paragraph speaks.
    """

    text: str
    row: Row
    level: str
    cohorts: tuple[str, ...]

    @property
    def finding(self) -> str:
        """Id of the paragraph."""
        return str(self.row["finding"])


Coded = dict[tuple[str, str], list[Row]]


@lru_cache(maxsize=4)
def coded_cells(results: Results) -> Coded:
    """Return rows of `Results.coded` by theme and visit, with the `themes` of their paragraph.

    Made once for all who ask, and not to be changed by them.
    """
    cells: Coded = {}
    themes = results.coded.groupby("finding")["theme"].transform("nunique")
    for row in records(results.coded.assign(themes=themes)):
        cells.setdefault((str(row["theme"]), str(row["visit"])), []).append(
            {str(k): v for k, v in row.items()}
        )
    return cells


def found_at(stave: Stave, coded: Coded) -> dict[str, list[Found]]:
    """Return what was found at each visit that judged, one paragraph a level, by visit."""
    return {
        cell.visit: [
            found
            for mark in cell.marks
            if (found := best(coded.get((stave.theme, cell.visit), ()), mark))
        ]
        for cell in stave.judged
    }


def best(rows: Iterable[Row], mark: Mark) -> Found | None:
    """Return what says a level best; None where no paragraph behind it has words of ours."""
    behind = _behind(rows, mark)
    differ = any(_against(row, mark.level) for row in behind)
    return _first(behind, mark, lambda row: _side(row, mark, differ=differ))


def opening(rows: Iterable[Row], mark: Mark) -> Found | None:
    """Return with what a card begins that tells a level and beside it what was asked for.

    It is the `best`; but of a strength on which something was asked, what says the strength
    outright, since the other side is told by what was asked.
    """
    every = list(rows)
    if mark.level == "strength" and asked(every, mark):
        outright = [row for row in every if row["direction"] == mark.level]
        if found := best(outright, mark):
            return found
    return best(every, mark)


def against(rows: Iterable[Row], mark: Mark) -> Found | None:
    """Return what speaks best against what `best` tells; None where it tells both sides.

    None too where nothing speaks against it but a part of those whom the theme is about.
    """
    behind = _behind(rows, mark)
    told = best(behind, mark)
    if told is None or told.row["role"] in _ASKED:
        return None
    others = [
        row
        for row in behind
        if _against(row, str(told.row["direction"]))
        and not row["part"]
        and row["finding"] != told.finding
    ]
    return _first(others, mark, lambda row: int(row["direction"] == "mixed"))


def asked(rows: Iterable[Row], mark: Mark) -> Found | None:
    """Return what was asked for on a theme; None where nothing was."""
    needs = [row for row in _behind(rows, mark) if row["role"] in _ASKED]
    return _first(needs, mark, lambda _: 0)


def surest(mark: Mark, theme: str, codebook: Codebook) -> tuple[bool, bool, int, int]:
    """Order levels of a theme: those whom it is about, the settled, the surest, of most paragraphs.

    Parameters
    ----------
    theme
        Id; the areas in which it can be expected say whom it is about. One that is expected
        everywhere is about the service and its workers before any group of children.
    """
    met = (frozenset(COHORT_AREAS.get(cohort, ())) for cohort in mark.cohorts)
    somewhere = EVERYWHERE not in codebook.theme(theme).areas
    about = any(not areas or (somewhere and codebook.expects(theme, areas)) for areas in met)
    return not about, not mark.settled, -CONFIDENCE.index(mark.confidence), -len(mark.findings)


def _behind(rows: Iterable[Row], mark: Mark) -> list[Row]:
    return [
        row
        for row in rows
        if row["finding"] in mark.findings and row["cohort"] in mark.cohorts and _text(row)
    ]


def _first(rows: Sequence[Row], mark: Mark, side: Callable[[Row], int]) -> Found | None:
    """Return the row that comes first by the rule, with those of whom its paragraph speaks."""
    chosen = min(
        rows,
        key=lambda row: (row["finding"] not in mark.settled, side(row), *_place(row, mark)),
        default=None,
    )
    if chosen is None:
        return None
    spoken_of = {str(row["cohort"]) for row in rows if row["finding"] == chosen["finding"]}
    cohorts = tuple(cohort for cohort in mark.cohorts if cohort in spoken_of)
    return Found(_text(chosen), chosen, mark.level, cohorts)


def _text(row: Row) -> str:
    if row["found"] or not row["summary"]:
        return sentence_case(str(row["found"]))
    return _ASKED.get(str(row["role"]), "") + str(row["summary"])


def _against(row: Row, level: str) -> bool:
    """Whether a finding speaks against a strength or a weakness, at least in part."""
    other = {"strength": "weakness", "weakness": "strength"}.get(level)
    return other is not None and row["role"] not in _ASKED and row["direction"] in (other, "mixed")


def _side(row: Row, mark: Mark, *, differ: bool) -> int:
    if row["role"] in _ASKED:
        return 3
    if row["direction"] == mark.level:
        grave = row["harm"] and not row["part"] and int(str(row["themes"])) <= FEW
        outright = grave or row["extent"] in WHOLE or row["finding"] in mark.weighty[:1]
        return 0 if outright or not differ else 1
    if row["direction"] != "mixed":
        return 2
    return {mark.level: 0, "even": 1, "": 1}.get(str(row["lean"]), 2)


def _weight(row: Row, mark: Mark) -> int:
    """Place among what a reader of the whole document named; behind them all where not named."""
    named, finding = mark.weighty, str(row["finding"])
    return named.index(finding) if finding in named else len(named)


def _place(row: Row, mark: Mark) -> tuple[int, ...]:
    themes = int(str(row["themes"]))
    harm = _HARMS.index(str(row["harm"])) if mark.level == "weakness" else 0
    return (
        int(bool(row["part"])),
        _weight(row, mark),
        int(themes > FEW),
        harm,
        int(row["extent"] not in WHOLE),
        themes,
        _ROLES.index(str(row["role"])),
        mark.findings.index(str(row["finding"])),
    )
