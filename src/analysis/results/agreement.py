"""What the disagreements of two coders come to: in statuses and changes, and in links of needs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.data.authority import AuthorityData
from analysis.results.changes import Said, changes, of_latest, said_changes
from analysis.results.needs import COUNTING_BASES
from analysis.results.schemas import BOTH_READ, filled
from analysis.results.statuses import statuses
from analysis.tables import Row
from analysis.vocabulary import ALL_COHORTS, LEVELS, NO_LINK, NO_THEME


def consequences(data: AuthorityData, first: str, second: str) -> pd.DataFrame:
    """Compare the statuses and changes that each coder's codes give on the findings both read.

    Returns
    -------
    pandas.DataFrame
        `measure`, `value` (share equal), `n`, `of`: for each visit, theme and cohort for which
        both give a judged status, and for each comparison of visits that both give.
    """
    read = {c: set(data.codes.loc[data.codes["coder"] == c, "finding"]) for c in (first, second)}
    common = read[first] & read[second]
    results = [_results(data, coder, common) for coder in (first, second)]
    (cells_a, changes_a), (cells_b, changes_b) = results
    key = ["visit", "theme", "cohort"]
    cells = cells_a.merge(cells_b, on=key, suffixes=("_a", "_b"))
    moves = changes_a.merge(changes_b, on=[*key, "before"], suffixes=("_a", "_b"))
    either = len(cells_a.merge(cells_b, on=key, how="outer"))
    equal = cells["status_a"] == cells["status_b"]
    rows = [
        ("statuses, share equal", equal.mean(), len(cells), "cells judged by both"),
        (
            "statuses, cells judged by both of those judged by either",
            len(cells) / either if either else np.nan,
            either,
            "cells judged by either",
        ),
        (
            "changes, share equal",
            (moves["change_a"] == moves["change_b"]).mean(),
            len(moves),
            "comparisons made by both",
        ),
    ]
    return pd.DataFrame(rows, columns=["measure", "value", "n", "of"])


def both_read(data: AuthorityData, first: str, second: str) -> pd.DataFrame:
    """Return what each coder gave the findings that both read.

    Returns
    -------
    pandas.DataFrame
        Schema `BOTH_READ`; of a theme that a coder gave several cohorts the direction in which they
        point, `mixed` where they point apart.
    """
    codes = data.codes[data.codes["coder"].isin([first, second])]
    coders = codes.groupby("finding")["coder"].nunique()
    codes = codes[codes["finding"].isin(coders.index[coders == len({first, second})])]
    given = codes[codes["theme"] != NO_THEME]
    rows: dict[tuple[str, str], Row] = {
        (finding, NO_THEME): {"first": "", "second": ""}
        for finding in set(codes["finding"]) - set(given["finding"])
    }
    ways = given.groupby(["finding", "theme", "coder"])["direction"].agg(set).reset_index()
    for finding, theme, coder, directions in ways.itertuples(index=False, name=None):
        row = rows.setdefault((finding, theme), {"first": "", "second": ""})
        row["first" if coder == first else "second"] = _pointed(directions)
    visits = data.findings.set_index("finding")["visit"]
    made: list[Row] = [
        {"finding": finding, "visit": visits[finding], "theme": theme} | row
        for (finding, theme), row in sorted(rows.items())
    ]
    return filled(BOTH_READ, made)


def _pointed(directions: set[str]) -> str:
    """The direction of several codes of one theme: apart is mixed, and neutral points nowhere."""
    judged = directions - {"neutral"} or directions
    return judged.pop() if len(judged) == 1 else "mixed"


def _results(
    data: AuthorityData, coder: str, findings: set[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    coded, table = _statuses(data, coder, findings)
    said = Said(said_changes(coded, data.visits), data.area_statements.iloc[:0])
    moved = of_latest(changes(table, data.visits, said, data.codebook))
    judged = table[table["status"].isin(LEVELS) & (table["cohort"] != ALL_COHORTS)]
    return judged, moved[moved["before"] != ""]


def _statuses(
    data: AuthorityData, coder: str, findings: set[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    codes = data.codes[(data.codes["coder"] == coder) & data.codes["finding"].isin(findings)]
    own = codes.drop(columns="score", errors="ignore")
    coded = data.findings.merge(own, on="finding")
    return coded, statuses(coded, data.visits, data.codebook)


def link_agreement(links: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """Compare the links between findings and needs that two readers made.

    Parameters
    ----------
    links
        Schema `NEED_LINKS`, both coders' rows.

    Returns
    -------
    pandas.DataFrame
        `measure`, `value`, `n`, `of`: F1 of the pairs of need and finding, and the share of equal
        relations among the pairs that both linked. Empty if either coder made none.
    """
    made = links[links["basis"].isin(COUNTING_BASES) & (links["relation"] != NO_LINK)]
    a, b = (
        made[made["coder"] == c].set_index(["need", "finding"])["relation"] for c in (first, second)
    )
    columns = ["measure", "value", "n", "of"]
    if a.empty or b.empty:
        return pd.DataFrame(columns=columns)
    both = a.index.intersection(b.index)
    rows = [
        (
            "links, F1",
            2 * len(both) / (len(a) + len(b)),
            len(a.index.union(b.index)),
            "pairs linked by either",
        ),
        (
            "links, relation equal",
            float((a[both] == b[both]).mean()),
            len(both),
            "pairs linked by both",
        ),
    ]
    return pd.DataFrame(rows, columns=columns)
