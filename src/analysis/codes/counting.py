"""Which codes count.

Several coders may have coded one finding; all are kept, one counts: a user's own coding, else the
resolution of two coders, else the first reader's, else the tagger's. Where several users coded one
finding, what they resolved counts before what each has. The second reader's codes serve the
agreement and never count by themselves, unless that reader is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd

from analysis.data.authority import AuthorityData
from analysis.vocabulary import RESOLVED, TAGGER

_ASKED, _ONE_USER, _SEVERAL_USERS = -1, 0, 2
RANK: Final = {RESOLVED: 1, "reader-1": 3, TAGGER: 4, "reader-2": 5}
"""Coders that are no users, with their rank; the lowest counts."""


def ranks(table: pd.DataFrame, about: list[str]) -> pd.Series[int]:
    """Rank the coders of each thing that was coded; the lowest rank counts.

    Parameters
    ----------
    table
        `coder` and the columns `about`, which name what was coded.

    Examples
    --------
    >>> table = pd.DataFrame({"finding": ["d/1", "d/1", "d/2", "d/2", "d/2"],
    ...     "coder": ["resolved", "me", "ann", "bob", "resolved"]})
    >>> ranks(table, ["finding"]).tolist()
    [1, 0, 2, 2, 1]
    """
    rank = table["coder"].map(RANK)
    things = [table[column] for column in about]
    users = table["coder"].where(rank.isna()).groupby(things).transform("nunique")
    return rank.fillna(users.gt(1).map({True: _SEVERAL_USERS, False: _ONE_USER})).astype(int)


def users(codes: pd.DataFrame) -> list[str]:
    """Name the users who coded, whose codes count before all others.

    Examples
    --------
    >>> users(pd.DataFrame({"coder": ["reader-1", "me", "tagger", "me", "ann"]}))
    ['ann', 'me']
    """
    return sorted(set(codes["coder"]) - set(RANK))


def counting(codes: pd.DataFrame, first: str = "") -> pd.DataFrame:
    """Keep the codes that count: those of one coder for each finding.

    Parameters
    ----------
    codes
        `finding`, `coder` and the other columns of schema `CODES`.
    first
        Coder whose codes count before all others; blank for the usual order.

    Returns
    -------
    pandas.DataFrame
        The same columns; theme `none` rows are kept, since they say that a finding was read.

    Examples
    --------
    >>> codes = pd.DataFrame({"finding": ["d/1", "d/1", "d/2"],
    ...     "coder": ["reader-1", "resolved", "reader-1"], "theme": ["audit", "plans", "none"]})
    >>> counting(codes)[["coder", "theme"]].values.tolist()
    [['resolved', 'plans'], ['reader-1', 'none']]
    >>> counting(codes, "reader-1")["theme"].tolist()
    ['audit', 'none']
    """
    asked = codes["coder"] == first
    ranked = codes.assign(_rank=ranks(codes, ["finding"]).mask(asked, _ASKED))
    ranked = ranked[asked | (ranked["coder"] != "reader-2")]
    best = ranked.sort_values(["_rank", "coder"], kind="stable").groupby("finding")["coder"].first()
    kept = ranked[ranked["coder"] == ranked["finding"].map(best)]
    return kept.drop(columns="_rank").sort_index().reset_index(drop=True)


def coded_findings(data: AuthorityData) -> pd.DataFrame:
    """Join findings with the codes that count: one row per finding, theme and cohort.

    Returns
    -------
    pandas.DataFrame
        Columns of `AuthorityData.findings` and of `CODES` with `coder` and `score` (missing where a
        reader coded); `theme` is `none` for findings without a theme, so no finding is lost.
    """
    codes = counting(data.codes, data.coded_by)
    if not data.findings["finding"].isin(codes["finding"]).all():
        from analysis.codes.tagged import tag_uncoded  # and with it scikit-learn

        tagged = tag_uncoded(data.findings, codes, data.codebook, data.visits)
        codes = pd.concat([codes, tagged], ignore_index=True)
    if "score" not in codes:
        codes = codes.assign(score=float("nan"))
    return data.findings.merge(codes, on="finding", how="left", validate="one_to_many")


def admitted(
    table: pd.DataFrame, visits: pd.DataFrame, *, include_secondary: bool = False
) -> pd.DataFrame:
    """Keep the rows that may set a status, a change or a need.

    Parameters
    ----------
    table
        Any table with `visit` and `source`.
    visits
        `AuthorityData.visits`.
    include_secondary
        Let secondary documents speak of visits of which no primary document is held.
    """
    primary = table["source"] == "primary"
    if not include_secondary:
        return table[primary]
    return table[primary | (table["visit"].map(visits.set_index("visit")["held"]) == "secondary")]


def join_ids(findings: Iterable[str]) -> str:
    """Join ids of findings, each once, in the order of the document, separated by spaces.

    Examples
    --------
    >>> join_ids(["d/10", "d/9", "d/10"])
    'd/9 d/10'
    """

    def place(finding: str) -> tuple[str, int]:
        document, _, number = finding.rpartition("/")
        return document, int(number)

    return " ".join(sorted(set(findings), key=place))
