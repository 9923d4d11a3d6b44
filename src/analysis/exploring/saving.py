"""A view as files: figure, page, caption and data, for Excel too, named after what was chosen.

Nothing is overwritten: a file of the same name and other content stays, and the new one is
numbered.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from analysis.charts import Chart
from analysis.errors import FindingsError
from analysis.exploring.whole_page import whole_page
from analysis.files import write_all
from analysis.project import Project
from analysis.report.page.block import Block, render
from analysis.tables import to_csv
from analysis.workbooks import to_xlsx

FOLDER: Final = "reports/views"
"""Where views are saved if no other folder is named; git leaves it alone."""


@dataclass(frozen=True)
class Saved:
    """Files that hold a view.

    Attributes
    ----------
    paths
        The files.
    new
        Whether they were written now; else the same were there.
    said
        What was done, in a sentence.
    """

    paths: tuple[Path, ...]
    new: bool
    said: str

    def _repr_html_(self) -> str:
        return _paragraph(self.said).html


def _paragraph(said: str) -> Block:
    return render("said", said=said)


def figure_files(chart: Chart, source: str) -> dict[str, bytes]:
    """Return a chart as files, by ending: SVG, PNG at print size, caption with source."""
    words = f"{chart.caption}\n\nAlternative text: {chart.alt}\n\n{source}\n"
    return {".svg": chart.svg().encode(), ".png": chart.png(), ".txt": words.encode()}


def table_files(table: pd.DataFrame, name: str) -> dict[str, bytes]:
    """Return a table as files, by ending: CSV, and a workbook for Excel with the same cells."""
    flat = table if table.index.names == [None] else table.reset_index()
    flat = flat.set_axis([_head(column) for column in flat.columns], axis="columns")
    cells = [[_cell(value) for value in row] for row in flat.itertuples(index=False, name=None)]
    sheet = to_xlsx({name: (list(flat.columns), cells)})
    return {".csv": to_csv(flat).encode(), ".xlsx": sheet}


def block_files(block: Block, name: str, warning: tuple[str, str], source: str) -> dict[str, bytes]:
    """Return a block as files, by ending: a page, and the table behind it, if there is one.

    Parameters
    ----------
    name, warning, source
        As in `whole_page`.
    """
    files = {".html": whole_page(block, name, warning, source).encode()}
    return files if block.rows is None else files | table_files(block.rows(), block.name)


def _head(column: object) -> str:
    """Name a column, also one of several words, as of a table of counts."""
    parts = column if isinstance(column, tuple) else (column,)
    said = (f"{part:%Y-%m-%d}" if isinstance(part, pd.Timestamp) else str(part) for part in parts)
    return " ".join(filter(None, said))


def _cell(value: object) -> object:
    """Return a value as Excel holds it: days as days, missing as blank."""
    if not isinstance(value, str) and pd.isna(value):  # type: ignore[call-overload]
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value.item() if isinstance(value, np.generic) else value


def save_files(files: dict[str, bytes], folder: Path, name: str, project: Project) -> Saved:
    """Write files that belong together under one name, numbered where it is taken.

    Parameters
    ----------
    files
        Content by ending, such as `.csv`.
    folder
        Made if it is not there.
    name
        Without ending.

    Raises
    ------
    MachineError
        If the folder cannot be written to.
    """
    for number in count(1):
        stem = name if number == 1 else f"{name}-{number}"
        paths = {folder / f"{stem}{ending}": content for ending, content in files.items()}
        there = [path for path in paths if path.exists()]
        if not there:
            break
        if all(_same(path, content) for path, content in paths.items()):
            return Saved(tuple(paths), new=False, said=f"Already there: {_named(paths, project)}.")
    write_all(paths)
    kept = "" if stem == name else f" {name} was there and stays as it is."
    return Saved(tuple(paths), new=True, said=f"Saved: {_named(paths, project)}.{kept}")


def _same(path: Path, content: bytes) -> bool:
    """Whether a file holds this; a workbook, which holds the hour too, if it is there at all."""
    return path.is_file() and (path.suffix == ".xlsx" or path.read_bytes() == content)


def _named(paths: dict[Path, bytes], project: Project) -> str:
    return ", ".join(project.relative(path) for path in paths)


def place_of(folder: str | Path, project: Project) -> Path:
    """Return the folder that is meant: a relative one lies in the project.

    Examples
    --------
    >>> place_of("reports/views", Project(Path("/kit"))).as_posix()
    '/kit/reports/views'
    """
    if not str(folder).strip():
        raise FindingsError("Name a folder to save to, such as reports/views.")
    return project.root / Path(folder).expanduser()
