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
from analysis.tagger.cohorts import Place
from analysis.tagger.since import Visit, since_of
from analysis.tagging import tag_fully
from analysis.vocabulary import NO_THEME, RESOLVED, TAGGER

Row = dict[Hashable, Any]
"""A row of a table, as `to_dict("records")` gives it."""

_RANK: Final = {RESOLVED: 0, "reader-1": 2, TAGGER: 3, "reader-2": 4}
_USER_RANK: Final = 1
_VISIT: Final = ("visit", "kind", "start")


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


def tag_uncoded(
    findings: pd.DataFrame,
    codes: pd.DataFrame,
    codebook: Codebook,
    visits: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Tag the findings that nobody coded, from their words or summaries, as coder `tagger`.

    Parameters
    ----------
    findings
        `AuthorityData.findings`.
    codes
        Those of others, whose findings are left alone.
    codebook
        The themes.
    visits
        `AuthorityData.visits`, to name the visit since which something changed; without them it is
        `unknown`.

    Returns
    -------
    pandas.DataFrame
        Schema `CODES` with `coder`; theme `none` where nothing was found. Cohort, basis and change
        are those that the text states, else `not-stated`, `level` and blank.
    """
    uncoded = findings[~findings["finding"].isin(codes["finding"])]
    words = uncoded["words"].where(uncoded["words"] != "", uncoded["summary"])
    areas = uncoded["area"] if visits is None else places(uncoded, visits)
    read = pd.DataFrame({"id": uncoded["finding"], "text": words, "area": areas})
    tagged = tag_fully(read.reset_index(drop=True), codebook)
    found = pd.DataFrame(
        {
            "finding": tagged["id"],
            "theme": tagged["theme"],
            "cohort": tagged["cohort"],
            "direction": tagged["direction"],
            "basis": tagged["basis"],
            "change_said": tagged["change_said"],
            "since": pd.Series(_since(tagged, uncoded, visits), tagged.index, dtype=str),
            "note": tagged["evidence"].map("matched on: {}".format),
            "coder": TAGGER,
        }
    )
    untagged = uncoded.loc[~uncoded["finding"].isin(found["finding"]), "finding"]
    none = pd.DataFrame({"finding": untagged, "theme": NO_THEME, "coder": TAGGER})
    return pd.concat([found, none], ignore_index=True).fillna("").reset_index(drop=True)


def places(findings: pd.DataFrame, visits: pd.DataFrame) -> pd.Series[str]:
    """Say what part of the service each finding's place is about, the visit's scope counted as one.

    Parameters
    ----------
    findings
        `area` and `visit`.
    visits
        `visit` and `areas`.

    Returns
    -------
    pandas.Series
        `area` of each finding; of a finding about the service overall, at a visit that looked at
        parts that all deal with the same children, one of those parts.

    Examples
    --------
    >>> visits = pd.DataFrame({"visit": ["v"], "areas": ["child-protection;children-in-need"]})
    >>> findings = pd.DataFrame({"visit": ["v", "v"], "area": ["overall", "leadership"]})
    >>> places(findings, visits).tolist()
    ['child-protection', 'leadership']
    """
    scopes = {
        visit: [area.strip() for area in str(areas).split(";") if area.strip()]
        for visit, areas in zip(visits["visit"], visits["areas"], strict=True)
    }
    narrow = {
        visit: areas[0]
        for visit, areas in scopes.items()
        if len({Place(area).cohort for area in areas}) == 1
    }
    seen = findings["visit"].map(narrow)
    return findings["area"].where((findings["area"] != "overall") | seen.isna(), seen)


def _since(tagged: pd.DataFrame, findings: pd.DataFrame, visits: pd.DataFrame | None) -> list[str]:
    """The visit since which each code says that something changed; blank where it says nothing."""
    if visits is None:
        return ["unknown" if change else "" for change in tagged["change_said"]]
    ordered = visits.sort_values("order")
    known = [Visit(*row) for row in zip(*(ordered[c] for c in _VISIT), strict=True)]
    before = {visit.id: known[:place] for place, visit in enumerate(known)}
    at = dict(zip(findings["finding"], findings["visit"], strict=True))
    return [
        since_of(said, before.get(at[finding], [])) if said else ""
        for finding, said in zip(tagged["id"], tagged["said"], strict=True)
    ]


def coded_findings(data: AuthorityData) -> pd.DataFrame:
    """Join findings with the codes that count: one row per finding, theme and cohort.

    Returns
    -------
    pandas.DataFrame
        Columns of `AuthorityData.findings` and of `CODES` with `coder`; `theme` is `none` for
        findings without a theme, so no finding is lost.
    """
    read = counting(data.codes)
    codes = pd.concat(
        [read, tag_uncoded(data.findings, read, data.codebook, data.visits)], ignore_index=True
    )
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
