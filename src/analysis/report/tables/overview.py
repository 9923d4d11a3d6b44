"""Every theme at every visit on one screen: the matrix in small, as a table of links.

The same cells, symbols and colours as the matrix figure, so that one can be read with the other.
A cell that anybody judged leads to its evidence; a cell that nobody looked at is hatched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from analysis.anchors import anchor, visit_anchor
from analysis.results.marks import Parts, marks_of, parts_of
from analysis.results.results import Results
from analysis.tables import Row
from analysis.vocabulary import (
    ABSENCES,
    DIFFERS,
    HELD,
    KINDS,
    LEVELS,
    NO_DOCUMENT,
    NOTICE,
    SYMBOLS,
    told_flags,
)

TILES: Final[dict[str, tuple[str, str]]] = {
    **{level: (level[0], SYMBOLS[level]) for level in LEVELS},
    DIFFERS: ("d", ""),
    "reported, not judged": ("r", SYMBOLS["neutral"]),
    "required": ("q", ""),
    "silent": ("z", "–"),
    "not in scope": ("h", ""),
    NO_DOCUMENT: ("", ""),
}
"""Class and symbol of a cell by its status; where cohorts differ, its parts have theirs."""
UNHELD: Final = {"secondary": HELD["secondary"], "none": "no document held"}


@dataclass(frozen=True)
class Cell:
    """A theme at a visit: class and text of its tile, where it leads, and how it is read out.

    `href` is blank where there is no evidence; `label` then says why. `parts` holds class and
    symbol of each direction found where cohorts differ.
    """

    kind: str
    text: str
    href: str
    label: str
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Line:
    """A theme with its cells, one for each visit."""

    theme: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """A visit as a column: month and year, where it is described, and what it was."""

    month: str
    year: str
    href: str
    label: str


@dataclass(frozen=True)
class Overview:
    """The table: columns, and the lines of each group under the group's name."""

    columns: tuple[Column, ...]
    groups: tuple[tuple[str, tuple[Line, ...]], ...]


def overview(results: Results) -> Overview:
    """Lay out themes, in their groups, against visits."""
    data = results.data
    marks = marks_of(results.statuses, results.secondary, results.coded, data.visits, data.codebook)
    known = {(row["theme"], row["visit"]): row for row in marks.to_dict("records")}
    parts = parts_of(results.statuses, results.secondary, marks)
    visits = data.visits.to_dict("records")
    groups = []
    for group in data.codebook.groups:
        lines = tuple(
            Line(
                theme.id,
                theme.name,
                tuple(
                    _cell(known.get((theme.id, v["visit"])), theme.name, v, parts) for v in visits
                ),
            )
            for theme in data.codebook.themes
            if theme.group == group.id
        )
        if lines:
            groups.append((group.name, lines))
    return Overview(tuple(map(_column, visits)), tuple(groups))


def _column(visit: Row) -> Column:
    month, _, year = str(visit["short"]).rpartition(" ")
    what = [str(visit["short"]), KINDS[str(visit["kind"])], UNHELD.get(str(visit["held"]), "")]
    return Column(
        month, year, "#" + visit_anchor(str(visit["visit"])), ", ".join(filter(None, what))
    )


def _cell(mark: Row | None, name: str, visit: Row, parts: Parts) -> Cell:
    status = str(mark["status"]) if mark else ""
    if mark is None or not mark["findings"]:
        status = status or ("" if visit["kind"] == NOTICE else NO_DOCUMENT)
        kind, text = TILES.get(status, ("", ""))
        return Cell(
            kind, text, "", ABSENCES[status].brief if status in ABSENCES else "nothing required"
        )
    kind, symbol = TILES[status]
    judged = status not in ("reported, not judged", "required")
    secondary = mark["layer"] == "secondary"
    count = str(int(mark["votes"]))
    found = parts.get((str(mark["theme"]), str(mark["visit"])), {}) if kind == "d" else {}
    how = ", ".join(f"{level} {votes}" for level, votes in found.items())
    said = f"{status} ({how})" if how else status
    told = [
        f"{name}, {visit['short']}: {said if status != 'required' else count + ' required'}",
        f"n = {count}" if judged else "",
        *told_flags(mark),
        "secondary source" if secondary else "",
    ]
    classes = [kind, "t" if mark["thin"] else "", "o" if secondary else ""]
    return Cell(
        " ".join(filter(None, classes)),
        "" if found else symbol + (count if judged or status == "required" else ""),
        "#" + anchor(str(mark["theme"]), str(mark["visit"])),
        ", ".join(filter(None, told)),
        tuple(TILES[level] for level in found),
    )
