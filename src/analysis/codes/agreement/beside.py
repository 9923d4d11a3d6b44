"""One coder's codes beside those that would count without them, and what follows from them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from analysis.codes.agreement.agreement import ABSENT, wide
from analysis.codes.counting import counting, users
from analysis.data.authority import AuthorityData
from analysis.errors import require_known

COLUMNS: Final = ["finding", "theme", "mine", "theirs", "same", "summary"]


def as_coded_by(data: AuthorityData, coder: str) -> AuthorityData:
    """Return an authority in which one coder's codes count first, and no other user's count.

    Where that coder read nothing, what counts without users does. The codes of readers stay, for
    their agreement.

    Raises
    ------
    UnknownNameError
        If nobody of that name coded anything; says the nearest.
    """
    own = _own(data, coder)
    aside = data.codes["coder"].isin(users(data.codes)) & ~data.codes.index.isin(own.index)
    return replace(data, codes=data.codes[~aside].reset_index(drop=True), coded_by=coder)


def as_asked(data: AuthorityData, coder: str) -> AuthorityData:
    """Return an authority as a coder has it, or as it is where none is asked for."""
    return as_coded_by(data, coder) if coder else data


def side_by_side(data: AuthorityData, coder: str) -> pd.DataFrame:
    """Put a coder's codes beside those that would count without that coder.

    Returns
    -------
    pandas.DataFrame
        `finding`, `theme`, `mine`, `theirs` (a direction, or `absent`), `same` (bool), `summary`;
        a row for each theme that either gives in a finding that this coder read.
    """
    own, others = _own(data, coder), _theirs(data, coder)
    findings = data.findings[data.findings["finding"].isin(own["finding"])]
    index, themes = pd.Index(findings["finding"]), list(data.codebook.ids)
    mine, theirs = (wide(table, index, themes).stack() for table in (own, others))
    table = pd.DataFrame({"mine": mine, "theirs": theirs})
    table = table[(table != ABSENT).any(axis=1)].rename_axis(["finding", "theme"]).reset_index()
    summaries = findings.set_index("finding")["summary"]
    said = table.assign(
        same=table["mine"] == table["theirs"], summary=table["finding"].map(summaries)
    )
    return said[COLUMNS]


def _own(data: AuthorityData, coder: str) -> pd.DataFrame:
    require_known("coder", coder, set(data.codes["coder"]))
    return data.codes[data.codes["coder"] == coder]


def _theirs(data: AuthorityData, coder: str) -> pd.DataFrame:
    aside = data.codes["coder"].isin([*users(data.codes), coder])
    return counting(data.codes[~aside])
