"""The tagger's codes of findings: what it needs to know of them, and what it found as codes.

This alone knows the tagger, and with it scikit-learn, so it is imported where something is tagged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pandas as pd

from analysis.codes.tagger.cohorts import Place
from analysis.codes.tagger.since import Visit, since_of
from analysis.codes.tagger.tag import TOLD, judge, tag_fully
from analysis.data.codebook import Codebook
from analysis.data.schemas import CODES
from analysis.vocabulary import NO_THEME, TAGGER, named_areas

_VISIT: Final = ("visit", "kind", "start")


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


def directions_of(found: pd.DataFrame, codebook: Codebook) -> dict[tuple[str, str], str]:
    """Tell the directions of themes that somebody else found, whether or not the tagger would have.

    Parameters
    ----------
    found
        `finding`, `theme` and `text`, which must not be blank.

    Returns
    -------
    dict
        Finding and theme to direction.
    """
    told = judge(found, codebook)
    return dict(zip(zip(found["finding"], found["theme"], strict=True), told, strict=True))


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
    columns = [*CODES.columns, "coder", "score"]
    codes = pd.concat([found, none], ignore_index=True).reindex(columns=columns, fill_value="")
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
