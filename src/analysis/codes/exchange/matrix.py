"""Codes as a matrix: a row for each finding, a column of 0 and 1 for each theme."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.codes.agreement.agreement import ABSENT, wide
from analysis.codes.counting import coded_findings
from analysis.data.authority import AuthorityData
from analysis.workbooks import to_xlsx

ABOUT: Final = ("finding", "document", "visit", "date", "section", "page", "area", "role", "coder")


def counted(data: AuthorityData, coder: str = "") -> pd.DataFrame:
    """Return `finding`, `theme`, `direction` and `coder` of one coder, or of those that count."""
    codes = data.codes[data.codes["coder"] == coder] if coder else coded_findings(data)
    return codes[["finding", "theme", "direction", "coder"]]


def matrices(data: AuthorityData, coder: str = "") -> dict[str, pd.DataFrame]:
    """Return what each finding is about, as 0 and 1 and as directions.

    Parameters
    ----------
    coder
        Whose codes; blank for those that count.

    Returns
    -------
    dict of str to pandas.DataFrame
        `0 and 1`, and `directions` (blank where a theme was not given): `ABOUT`, then a column for
        each theme; a row for each finding that was coded, in the order of the documents. Where a
        theme has several directions for several groups, it is `mixed`.
    """
    codes = counted(data, coder)
    starts = data.visits.set_index("visit")["start"]
    about = data.findings.assign(date=data.findings["visit"].map(starts))
    about = about.merge(codes[["finding", "coder"]].drop_duplicates("finding"), on="finding")
    about = about[list(ABOUT)]
    given = wide(codes, pd.Index(about["finding"]), list(data.codebook.ids)).reset_index(drop=True)
    absent = given == ABSENT
    return {
        "0 and 1": pd.concat([about, (~absent).astype(int)], axis=1),
        "directions": pd.concat([about, given.mask(absent, "")], axis=1),
    }


def as_xlsx(tables: dict[str, pd.DataFrame]) -> bytes:
    """Return the matrices as a workbook, a sheet each."""
    return to_xlsx({
        name: (list(table.columns), table.to_numpy().tolist()) for name, table in tables.items()
    })  # fmt: skip
