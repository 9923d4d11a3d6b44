"""What was found on a theme at a visit: the paragraph behind a level that says it best.

It is chosen by a rule: one that points the way of the level, then one that leans so, then what was
only asked for; findings before headlines; what speaks of all before what speaks of a part; what
says what was found on the theme alone, and then what few themes share, before what is about many;
where the level is a weakness, one that states harm; then the order of the document. What was asked
for is said to be so: read as a finding, it would say the opposite.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from analysis.results.results import Results
from analysis.results.staves import Mark, Stave
from analysis.tables import Row
from analysis.vocabulary import HARMS

_ROLES: Final = ("body", "summary", "need", "requirement", "context")
_ASKED: Final = {"need": "Asked for: ", "requirement": "Required: "}
_HARMS: Final = (*HARMS, "")


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


def coded_cells(results: Results) -> Coded:
    """Return rows of `Results.coded` by theme and visit, with the `themes` of their paragraph."""
    cells: Coded = {}
    themes = results.coded.groupby("finding")["theme"].transform("nunique")
    for row in results.coded.assign(themes=themes).to_dict("records"):
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
    behind = [
        row
        for row in rows
        if row["finding"] in mark.findings and row["cohort"] in mark.cohorts and _text(row)
    ]
    chosen = min(behind, key=lambda row: _place(row, mark), default=None)
    if chosen is None:
        return None
    spoken_of = {str(row["cohort"]) for row in behind if row["finding"] == chosen["finding"]}
    cohorts = tuple(cohort for cohort in mark.cohorts if cohort in spoken_of)
    return Found(_text(chosen), chosen, mark.level, cohorts)


def _text(row: Row) -> str:
    if row["found"] or not row["summary"]:
        return str(row["found"])
    return _ASKED.get(str(row["role"]), "") + str(row["summary"])


def _place(row: Row, mark: Mark) -> tuple[int, ...]:
    asked = row["role"] in _ASKED
    points_so = row["direction"] == mark.level
    leans_so = row["direction"] == "mixed" and row["lean"] == mark.level
    harm = _HARMS.index(str(row["harm"])) if mark.level == "weakness" else 0
    return (
        0 if points_so and not asked else 1 if leans_so else 2 if asked else 3,
        _ROLES.index(str(row["role"])),
        int(bool(row["part"])),
        1 if row["found"] else int(str(row["themes"])),
        harm,
        mark.findings.index(str(row["finding"])),
    )
