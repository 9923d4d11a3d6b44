"""A user's own codes: made whole, held against the data, and written beside those of others.

A user's codes of a finding replace all others of it, so they are always written finding by finding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.data import schemas
from analysis.data.authority import AuthorityData
from analysis.data.growing import GrowingTable, Row
from analysis.data.rules import broken_rules
from analysis.data.table import validate
from analysis.errors import FindingsError, Problem
from analysis.ids import SLUG_SAID, is_slug
from analysis.project import Project
from analysis.tables import to_text
from analysis.vocabulary import EARLIER, NO_THEME, NOT_STATED, READERS, RESOLVED, TAGGER

COLUMNS: Final = tuple(schemas.CODES.columns)
OTHERS: Final = (RESOLVED, TAGGER, *EARLIER)
"""Names under which stand codes that come about otherwise than by somebody's reading."""
_USUAL: Final = {"cohort": NOT_STATED, "basis": "level", "since": "unknown"}
"""What a code says where nothing is said of it."""
_FITS: Final[Mapping[str, Callable[[Row], bool]]] = {
    "lean": lambda code: code["direction"] == "mixed",
    "harm": lambda code: (
        code["direction"] == "weakness"
        or (code["direction"] == "mixed" and code["lean"] in ("weakness", ""))
    ),
    "extent_printed": lambda code: bool(code["extent"]),
    "since": lambda code: bool(code["change_said"]),
}
"""What else a code says, and where it fits."""
_TOLD: Final = ("lean", "harm")
"""What is told where it does not fit; the others go with what they are said of."""


@dataclass
class Written:
    """What became of a user's codes.

    Attributes
    ----------
    path
        The file of the user's codes.
    content
        What it is to hold; blank where nothing changes.
    new, anew, same
        Findings that this user had not coded before, has coded otherwise since, and has coded so
        already.
    """

    path: Path
    content: str = ""
    new: list[str] = field(default_factory=list)
    anew: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        said = {"new": self.new, "coded anew": self.anew, "as they stood there": self.same}
        parts = [f"{len(findings)} {word}" for word, findings in said.items() if findings]
        return ", ".join(parts) or "nothing to write"


def require_coder(coder: str, *, user: bool = False) -> None:
    """Refuse what can be no reader's name.

    Parameters
    ----------
    user
        Whether it must be a user's, whose codes count before those of the readers.

    Raises
    ------
    FindingsError
        If it is none, or stands for codes that come about otherwise.
    """
    if not is_slug(coder):
        raise FindingsError(f"{coder!r} can be no coder's name; allowed: {SLUG_SAID}.")
    if coder in (*OTHERS, *(READERS if user else ())):
        raise FindingsError(
            f"{coder!r} is no reader: under this name stand codes that come about otherwise. Name "
            f"who read the sheets, such as {'' if user else '`reader-1` or '}yourself."
        )


def whole(code: Row) -> tuple[Row, list[str]]:
    """Return a code as the data demand it, and what of it does not fit, which is left out.

    Examples
    --------
    >>> code = dict.fromkeys(COLUMNS, "") | {"theme": "plans", "direction": "strength"}
    >>> made, out = whole(code | {"harm": "risk", "change_said": "improved"})
    >>> made["cohort"], made["basis"], made["since"], made["harm"], out
    ('not-stated', 'level', 'unknown', '', ['harm (risk)'])
    """
    made, out = dict(code), list[str]()
    if made["theme"] == NO_THEME:
        kept = ("finding", "theme", "note")
        return {column: made[column] if column in kept else "" for column in COLUMNS}, out
    for column, usual in _USUAL.items():
        made[column] = made[column] or usual
    for column, fits in _FITS.items():
        if made[column] and not fits(made):
            if column in _TOLD:
                out.append(f"{column} ({made[column]})")
            made[column] = ""
    return made, out


def problems_of(data: AuthorityData, codes: Sequence[Row], coder: str, file: str) -> list[Problem]:
    """Hold codes against their schema and what the tables demand of each other.

    Returns
    -------
    list of Problem
        `row` is the code's place among `codes`, from nought.
    """
    table = pd.DataFrame(list(codes), columns=list(COLUMNS), dtype=str)
    problems = validate(table, schemas.CODES, file)
    tables = {
        name: part.assign(_file="")
        for name, part in vars(data).items()
        if isinstance(part, pd.DataFrame)
    }
    tables["codes"] = table.assign(coder=coder, _file=file)
    problems += broken_rules(AuthorityData(**(vars(data) | tables)), problems, set())
    return [problem for problem in problems if problem.file]


def own_codes(
    project: Project, authority: str, coder: str, codes: Mapping[str, Sequence[Row]]
) -> Written:
    """Put a user's codes together with those that stand; nothing is written.

    Parameters
    ----------
    codes
        Finding to all of this user's codes of it.

    Raises
    ------
    DataError
        If the user's file cannot be read.
    """
    path = project.raw(authority, "codes", f"{coder}.csv")
    old = GrowingTable(path, schemas.CODES, project.relative(path)).old
    before = {name: list(rows) for name, rows in groupby(old, key=lambda row: row["finding"])}
    written = Written(path)
    for finding, rows in codes.items():
        if finding not in before:
            written.new.append(finding)
        elif before[finding] == list(rows):
            written.same.append(finding)
        else:
            written.anew.append(finding)
    if written.new or written.anew:
        kept = [row for row in old if row["finding"] not in codes]
        rows = [*kept, *(row for own in codes.values() for row in own)]
        written.content = to_text(list(COLUMNS), rows)
    return written
