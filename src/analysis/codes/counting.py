"""Which codes count.

Several coders may have coded one finding; all are kept, one counts: a user's own coding, else the
resolution of two coders, else the first reader's, else the tagger's. Where several users coded one
finding, what they resolved counts before what each has. The second reader's codes serve the
agreement and never count by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pandas as pd

from analysis.codes.tagger.cohorts import Place
from analysis.codes.tagger.since import Visit, since_of
from analysis.codes.tagger.tag import TOLD, tag_fully
from analysis.data.authority import AuthorityData
from analysis.data.codebook import Codebook
from analysis.vocabulary import NO_THEME, RESOLVED, TAGGER, named_areas

_ONE_USER, _SEVERAL_USERS = 0, 2
_RANK: Final = {RESOLVED: 1, "reader-1": 3, TAGGER: 4, "reader-2": 5}
_VISIT: Final = ("visit", "kind", "start")


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
    rank = table["coder"].map(_RANK)
    things = [table[column] for column in about]
    users = table["coder"].where(rank.isna()).groupby(things).transform("nunique")
    return rank.fillna(users.gt(1).map({True: _SEVERAL_USERS, False: _ONE_USER})).astype(int)


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
    ranked = codes.assign(_rank=ranks(codes, ["finding"]))
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
    """Tag the findings that nobody coded, from their words or else their summaries, as `tagger`.

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
        As `as_codes`.
    """
    uncoded = findings[~findings["finding"].isin(codes["finding"])]
    words = uncoded["words"].where(uncoded["words"] != "", uncoded["summary"])
    if uncoded.empty or visits is None:
        read = pd.DataFrame({"id": uncoded["finding"], "text": words, "area": uncoded["area"]})
        return as_codes(tag_fully(read.reset_index(drop=True), codebook), read["id"])
    read = pd.DataFrame({"id": uncoded["finding"], "text": words, "area": places(uncoded, visits)})
    tagged = tag_fully(read.reset_index(drop=True), codebook)
    at = dict(zip(uncoded["finding"], uncoded["visit"], strict=True))
    return as_codes(tagged, uncoded["finding"], since=since(tagged, at, visits))


def as_codes(
    tagged: pd.DataFrame, findings: Iterable[str], since: Sequence[str] | None = None
) -> pd.DataFrame:
    """Turn what the tagger found into codes of the coder `tagger`.

    Parameters
    ----------
    tagged
        As `analysis.codes.tagger.tag.tag_fully` gives it.
    findings
        Every finding that was tagged, so that those without a theme are codes too.
    since
        The visit since which each row says that something changed; `unknown` if not given.

    Returns
    -------
    pandas.DataFrame
        Schema `CODES` with `coder`, `score` (float, missing for theme `none`) and `extent` (the
        inspectors' quantity word beside the theme, or blank); theme `none` where nothing was found.
    """
    told = {column: tagged[column].astype(object).fillna("").astype(str) for column in TOLD}
    unknown = told["change_said"].map(lambda said: "unknown" if said else "")
    found = pd.DataFrame(
        {
            "finding": tagged["id"],
            "theme": tagged["theme"],
            "direction": tagged["direction"],
            **told,
            "since": unknown if since is None else pd.Series(since, tagged.index, dtype=str),
            "note": tagged["evidence"].map("matched on: {}".format),
            "coder": TAGGER,
            "score": tagged["score"].astype(float),
        }
    )
    themed = set(found["finding"])
    none = pd.DataFrame(
        [(finding, NO_THEME, TAGGER) for finding in findings if finding not in themed],
        columns=["finding", "theme", "coder"],
    )
    codes = pd.concat([found, none], ignore_index=True)
    return codes.fillna(dict.fromkeys(codes.columns.drop("score"), "")).astype({"score": float})


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
        visit: named_areas(str(areas))
        for visit, areas in zip(visits["visit"], visits["areas"], strict=True)
    }
    narrow = {visit: area for visit, areas in scopes.items() if (area := narrowed(areas))}
    seen = findings["visit"].map(narrow)
    return findings["area"].where((findings["area"] != "overall") | seen.isna(), seen)


def narrowed(areas: Sequence[str]) -> str:
    """One of the areas if all deal with the same children, else blank.

    Examples
    --------
    >>> narrowed(["child-protection", "children-in-need"])
    'child-protection'
    >>> narrowed(["front-door", "leadership"])
    ''
    """
    return areas[0] if len({Place(area).cohort for area in areas}) == 1 else ""


def since(tagged: pd.DataFrame, at: Mapping[str, str], visits: pd.DataFrame) -> list[str]:
    """Name the visit since which each code says that something changed.

    Parameters
    ----------
    tagged
        `id` and `said`, as `analysis.codes.tagger.tag.tag_fully` gives them.
    at
        Finding to its visit.
    visits
        `visit`, `kind` and `start` of one authority's visits, oldest first.

    Returns
    -------
    list of str
        A visit's id, `unknown`, or blank where a code says nothing of change.
    """
    known = [Visit(*row) for row in zip(*(visits[c] for c in _VISIT), strict=True)]
    before = {visit.id: known[:place] for place, visit in enumerate(known)}
    return [
        since_of(said, before.get(at[finding], [])) if said else ""
        for finding, said in zip(tagged["id"], tagged["said"], strict=True)
    ]


def coded_findings(data: AuthorityData) -> pd.DataFrame:
    """Join findings with the codes that count: one row per finding, theme and cohort.

    Returns
    -------
    pandas.DataFrame
        Columns of `AuthorityData.findings` and of `CODES` with `coder` and `score` (missing where a
        reader coded); `theme` is `none` for findings without a theme, so no finding is lost.
    """
    read = counting(data.codes)
    tagged = tag_uncoded(data.findings, read, data.codebook, data.visits)
    codes = pd.concat([read, tagged], ignore_index=True)
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
