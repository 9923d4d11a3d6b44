"""Which codes count.

Several coders may have coded one finding; all are kept, one counts: the resolution of two readers,
else a user's own coding, else the first reader's, else the tagger's. The second reader's codes
serve the agreement and never count by themselves.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any, Final

import pandas as pd

from analysis.codebook import Codebook
from analysis.loading import AuthorityData
from analysis.tagging import COLUMNS, tag
from analysis.vocabulary import NO_THEME, RESOLVED, TAGGER

Row = dict[Hashable, Any]
"""A row of a table, as `to_dict("records")` gives it."""

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
    """Tag the findings that nobody coded, from their words or else their summaries, as `tagger`.

    Returns
    -------
    pandas.DataFrame
        As `as_codes`.
    """
    uncoded = findings[~findings["finding"].isin(codes["finding"])]
    if uncoded.empty:
        return as_codes(pd.DataFrame(columns=list(COLUMNS)), ())
    words = uncoded["words"].where(uncoded["words"] != "", uncoded["summary"])
    tagged = tag(
        pd.DataFrame({"id": uncoded["finding"], "text": words}).reset_index(drop=True), codebook
    )
    return as_codes(tagged, uncoded["finding"])


def as_codes(tagged: pd.DataFrame, findings: Iterable[str]) -> pd.DataFrame:
    """Turn what the tagger found into codes of the coder `tagger`.

    Parameters
    ----------
    tagged
        As `analysis.tagging.tag` gives it; what it does not tell of a code (`cohort`,
        `change_said`, `extent`) stays unsaid.
    findings
        Every finding that was tagged, so that those without a theme are codes too.

    Returns
    -------
    pandas.DataFrame
        Schema `CODES` with `coder`, `score` (float, missing for theme `none`) and `extent` (the
        inspectors' quantity word beside the theme, or blank); theme `none` where nothing was found.
        The basis is `level`; a change is said since an `unknown` visit.
    """
    change_said = _told(tagged, "change_said", "")
    found = pd.DataFrame(
        {
            "finding": tagged["id"],
            "theme": tagged["theme"],
            "cohort": _told(tagged, "cohort", "not-stated"),
            "direction": tagged["direction"],
            "basis": "level",
            "change_said": change_said,
            "since": change_said.map(lambda said: "unknown" if said else ""),
            "note": tagged["evidence"].map("matched on: {}".format),
            "coder": TAGGER,
            "score": tagged["score"].astype(float),
            "extent": _told(tagged, "extent", ""),
        }
    )
    themed = set(found["finding"])
    none = pd.DataFrame(
        [(finding, NO_THEME, TAGGER) for finding in findings if finding not in themed],
        columns=["finding", "theme", "coder"],
    )
    codes = pd.concat([found, none], ignore_index=True)
    return codes.fillna(dict.fromkeys(codes.columns.drop("score"), "")).astype({"score": float})


def _told(tagged: pd.DataFrame, column: str, unsaid: str) -> pd.Series[str]:
    """A column of what the tagger tells, with one value where it tells nothing."""
    if column not in tagged:
        return pd.Series(unsaid, index=tagged.index, dtype=str)
    told = tagged[column].astype(object)
    return told.where(told.notna() & (told != ""), unsaid).astype(str)


def coded_findings(data: AuthorityData) -> pd.DataFrame:
    """Join findings with the codes that count: one row per finding, theme and cohort.

    Returns
    -------
    pandas.DataFrame
        Columns of `AuthorityData.findings` and of `CODES` with `coder` and `score` (missing where a
        reader coded); `theme` is `none` for findings without a theme, so no finding is lost. The
        `extent` is the finding's.
    """
    read = counting(data.codes)
    tagged = tag_uncoded(data.findings, read, data.codebook)
    codes = pd.concat([read, tagged], ignore_index=True).drop(columns="extent")
    return data.findings.merge(counting(codes), on="finding", how="left", validate="one_to_many")


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
