"""What the report of one authority needs of all others: three small tables, if gathered."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.england import forms
from analysis.england.gathered import TABLES
from analysis.england.state import OTHERS, other_files
from analysis.project import Project


@dataclass(frozen=True)
class Others:
    """Tables of `analysis.england.gathered.TABLES`, of all authorities that were gathered."""

    authorities: pd.DataFrame
    latest: pd.DataFrame
    followed: pd.DataFrame


def others(project: Project) -> Others | None:
    """Read the tables; None where they were not gathered, or by a version that made others."""
    try:
        read = [
            forms.from_parquet(path.read_bytes(), TABLES[name].schema)
            for name, path in zip(OTHERS, other_files(project), strict=True)
        ]
    except (OSError, ValueError, KeyError):
        return None
    return Others(*read)
