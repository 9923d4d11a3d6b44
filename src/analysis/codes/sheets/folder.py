"""A folder of sheets as a reader left it: every table read, nothing judged yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.codes.sheets import cells
from analysis.codes.sheets.guide import NOW, Versions, versions_told
from analysis.codes.sheets.laying import GUIDE_FILE, LAID, laid_paragraphs
from analysis.data.rows import read_rows
from analysis.data.table import frame
from analysis.data.text import read_text
from analysis.english import plural
from analysis.errors import DataError, FindingsError, Problem

NEEDS: Final = "needs.csv"
LINKS: Final = "need_links.csv"
VISITS: Final = "visits.csv"
AGAIN: Final = "again.csv"
_AT_THE_END: Final = {
    NEEDS: cells.NEED_COLUMNS,
    LINKS: cells.LINK_COLUMNS,
    VISITS: cells.VISIT_COLUMNS,
}
"""Tables over all documents, with their columns."""


@dataclass(frozen=True)
class Sheet:
    """What a reader wrote of one document.

    Attributes
    ----------
    place
        Which document of the folder it is, 1 first.
    document
        Its id.
    text, file, areas_file
        Names of the laid-out text, the sheet and the area statements.
    paragraphs
        Running number to words, as they were laid out.
    rows
        As `cells.sheet_table` gives them, with `number` (int): only rows of a paragraph there is.
    areas
        `cells.AREA_COLUMNS`, as text, with `number` likewise.
    """

    place: int
    document: str
    text: str
    file: str
    areas_file: str
    paragraphs: dict[int, str]
    rows: pd.DataFrame
    areas: pd.DataFrame

    @property
    def first(self) -> pd.DataFrame:
        """The first row of each paragraph."""
        return self.rows[~self.rows["number"].duplicated()]


@dataclass
class Sheets:
    """The sheets of one folder.

    Attributes
    ----------
    run
        Name of the folder.
    sheets
        One for each laid-out text, in their order.
    needs, links, visits
        `cells.NEED_COLUMNS`, `LINK_COLUMNS` and `VISIT_COLUMNS`, as text, indexed by line.
    again
        Document to what was read again, and why.
    log
        Lines of `log.csv`.
    versions
        Of the guide and the instruction that were laid out beside the sheets; today's where none
        were.
    problems
        What cannot be read.
    to_do
        What is still missing.
    unread
        Names of tables that are not there or cannot be read: nothing is looked up in them.
    """

    run: str
    sheets: list[Sheet] = field(default_factory=list)
    needs: pd.DataFrame = field(default_factory=pd.DataFrame)
    links: pd.DataFrame = field(default_factory=pd.DataFrame)
    visits: pd.DataFrame = field(default_factory=pd.DataFrame)
    again: dict[str, str] = field(default_factory=dict)
    log: str = ""
    versions: Versions = NOW
    problems: list[Problem] = field(default_factory=list)
    to_do: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    @property
    def paragraphs(self) -> int:
        """Paragraphs that were laid out."""
        return sum(len(sheet.paragraphs) for sheet in self.sheets)

    @property
    def done(self) -> int:
        """Paragraphs that have a row."""
        return sum(sheet.rows["number"].nunique() for sheet in self.sheets)


def read_folder(folder: Path) -> Sheets:
    """Read the sheets of a folder.

    Raises
    ------
    FindingsError
        If it holds no laid-out text.
    """
    texts = sorted(path for path in folder.glob("*.txt") if LAID.fullmatch(path.stem))
    if not texts:
        raise FindingsError(
            f"{folder} holds no laid-out document (01-<document>.txt). Name a folder that "
            "`findings sheet` wrote."
        )
    found = Sheets(folder.resolve().name)
    for path in texts:
        found.sheets.append(_sheet(path, found))
    found.needs, found.links, found.visits = (
        _table(folder / name, columns, found) for name, columns in _AT_THE_END.items()
    )
    if (again := folder / AGAIN).is_file():
        table = _table(again, cells.AGAIN_COLUMNS, found)
        found.again = dict(zip(table["document"], table["again"], strict=True))
    if (log := folder / LOG).is_file():
        found.log = read_text(log, LOG)
    if (told := folder / GUIDE_FILE).is_file():
        found.versions = versions_told(read_text(told, GUIDE_FILE)) or NOW
    return found


LOG: Final = "log.csv"
"""When the sheets were looked through, how many paragraphs were done, what was wrong."""


def _sheet(path: Path, found: Sheets) -> Sheet:
    named = LAID.fullmatch(path.stem)
    assert named  # noqa: S101 - only such texts are read
    file, areas_file = f"{path.stem}.csv", f"{path.stem}-areas.csv"
    paragraphs = laid_paragraphs(read_text(path, path.name))
    rows = _rows(path.with_name(file), len(paragraphs), found)
    areas = _table(path.with_name(areas_file), cells.AREA_COLUMNS, found)
    return Sheet(
        int(named["place"]),
        named["document"],
        path.name,
        file,
        areas_file,
        paragraphs,
        _numbered(rows, paragraphs, file, found),
        _numbered(areas, paragraphs, areas_file, found),
    )


def _rows(path: Path, count: int, found: Sheets) -> pd.DataFrame:
    """Rows of a sheet; none where it is not begun or cannot be read."""
    nothing = pd.DataFrame(columns=[*cells.OWN, *cells.MORE.values()], dtype=str)
    found.unread.add(path.name)
    if not path.is_file():
        found.to_do.append(_missing(path, f"not begun: {plural(count, 'paragraph')}", cells.OWN))
        return nothing
    try:
        rows = read_rows(path, path.name, cells.OWN, optional=cells.OPTIONAL, closed=True)
    except DataError as error:
        found.problems += error.problems
        return nothing
    table, problems = cells.sheet_table(rows, path.name)
    found.problems += problems
    found.unread.discard(path.name)
    return table


def _table(path: Path, columns: Sequence[str], found: Sheets) -> pd.DataFrame:
    """Rows of a table beside the sheets; none where it is not there or cannot be read."""
    if not path.is_file():
        message = "not written; the header alone where there is nothing to say"
        found.to_do.append(_missing(path, message, columns))
    else:
        try:
            return frame(read_rows(path, path.name, columns, closed=True))[list(columns)]
        except DataError as error:
            found.problems += error.problems
    found.unread.add(path.name)
    return pd.DataFrame(columns=list(columns), dtype=str)


def _missing(path: Path, message: str, columns: Sequence[str]) -> Problem:
    return Problem(path.name, 0, "", "", message, ",".join(columns))


def _numbered(
    table: pd.DataFrame, paragraphs: dict[int, str], file: str, found: Sheets
) -> pd.DataFrame:
    """Keep the rows of paragraphs that there are, with `number`; the others are problems."""
    good = [text.isdecimal() and int(text) in paragraphs for text in table["n"]]
    known = pd.Series(good, index=table.index, dtype=bool)
    for line, text in table.loc[~known, "n"].items():
        allowed = f"1 to {max(paragraphs, default=0)}"
        message = "is no paragraph of this document"
        found.problems.append(Problem(file, int(str(line)), "n", text, message, allowed))
    kept = table[known]
    return kept.assign(number=kept["n"].map(int).astype(int))
