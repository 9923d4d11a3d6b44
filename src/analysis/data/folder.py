"""The tables of one authority's folder: what is wrong with any of them collects beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from analysis.data import shapes
from analysis.data.plausible import odd_files
from analysis.data.table import read_tables
from analysis.errors import Problem
from analysis.project import Project


class Folder:
    """Reads tables, each with the file of its rows in the column `_file`.

    Attributes
    ----------
    problems
        Of every file that was read, and of what lies in the folder and should not.
    refused
        Names of files, and of folders of them, of which one was refused whole.
    """

    def __init__(self, path: Path, project: Project) -> None:
        self._path, self._project = path, project
        self.problems: list[Problem] = [*odd_files(path, project.relative)]
        self.refused: set[str] = set()

    def table(self, name: str, schema: pa.DataFrameSchema) -> pd.DataFrame:
        """Read one file."""
        return self._of_kind([self._path / name], schema)[0]

    def table_if_there(self, name: str, schema: pa.DataFrameSchema) -> pd.DataFrame:
        """Read one file, without rows where there is none."""
        return self.table(name, schema) if (self._path / name).exists() else _no_rows(schema)

    def tables(self, pattern: str, schema: pa.DataFrameSchema, column: str) -> pd.DataFrame:
        """Read the files of a pattern as one table, the name of each in a column."""
        paths = sorted(self._path.glob(pattern))
        tables = [
            table.assign(**{column: path.stem})
            for path, table in zip(paths, self._of_kind(paths, schema), strict=True)
        ]
        return pd.concat(tables) if tables else _no_rows(schema).assign(**{column: ""})

    def _of_kind(self, paths: Sequence[Path], schema: pa.DataFrameSchema) -> list[pd.DataFrame]:
        files = {self._project.relative(path): path for path in paths}
        tables = []
        for file, (table, found) in zip(files, read_tables(files, schema), strict=True):
            self.problems.extend(found)
            if found and table.empty:
                name = files[file].relative_to(self._path).as_posix()
                self.refused.add(name.partition("/")[0].removesuffix(".csv"))
            tables.append(table.assign(_file=file))
        return tables


def _no_rows(schema: pa.DataFrameSchema) -> pd.DataFrame:
    return shapes.empty(schema).assign(_file="")
