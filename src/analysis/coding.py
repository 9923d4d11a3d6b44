"""Which codes count.

Several coders may have coded one finding; all are kept, one counts: the resolution of two readers,
else a user's own coding, else the first reader's, else the tagger's. The second reader's codes
serve the agreement and never count by themselves.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.codebook import Codebook
from analysis.loading import AuthorityData
from analysis.tagging import tag
from analysis.vocabulary import NO_THEME, RESOLVED, TAGGER

_RANK: Final = {RESOLVED: 0, "reader-1": 2, TAGGER: 3, "reader-2": 4}
_USER_RANK: Final = 1


def counting(codes: pd.DataFrame) -> pd.DataFrame:
    """Keep the codes that count: those of one coder for each finding.

    Parameters
    ----------
    codes
        `finding`, `coder` and the other columns of schema `CODES`.

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
    """
    ranked = codes.assign(_rank=codes["coder"].map(_RANK).fillna(_USER_RANK))
    ranked = ranked[ranked["coder"] != "reader-2"]
    best = ranked.sort_values(["_rank", "coder"], kind="stable").groupby("finding")["coder"].first()
    kept = ranked[ranked["coder"] == ranked["finding"].map(best)]
    return kept.drop(columns="_rank").sort_index().reset_index(drop=True)


def tag_uncoded(findings: pd.DataFrame, codes: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Tag the findings that nobody coded, from their summaries, as coder `tagger`.

    Returns
    -------
    pandas.DataFrame
        Schema `CODES` with `coder`; theme `none` where no pattern decided. The cohort is `not
        stated`, the basis `level`: patterns cannot tell.
    """
    uncoded = findings[~findings["finding"].isin(codes["finding"])]
    tagged = tag(
        pd.DataFrame({"id": uncoded["finding"], "text": uncoded["summary"]}).reset_index(drop=True),
        codebook,
    )
    found = pd.DataFrame(
        {
            "finding": tagged["id"],
            "theme": tagged["theme"],
            "cohort": "not-stated",
            "direction": tagged["direction"],
            "basis": "level",
            "change_said": "",
            "since": "",
            "note": tagged["evidence"].map("matched on: {}".format),
            "coder": TAGGER,
        }
    )
    untagged = uncoded.loc[~uncoded["finding"].isin(found["finding"]), "finding"]
    none = pd.DataFrame({"finding": untagged, "theme": NO_THEME, "coder": TAGGER})
    return pd.concat([found, none], ignore_index=True).fillna("").reset_index(drop=True)


def coded_findings(data: AuthorityData) -> pd.DataFrame:
    """Join findings with the codes that count: one row per finding, theme and cohort.

    Returns
    -------
    pandas.DataFrame
        Columns of `AuthorityData.findings` and of `CODES` with `coder`; `theme` is `none` for
        findings without a theme, so no finding is lost.
    """
    codes = pd.concat(
        [data.codes, tag_uncoded(data.findings, data.codes, data.codebook)], ignore_index=True
    )
    return data.findings.merge(counting(codes), on="finding", how="left", validate="one_to_many")
