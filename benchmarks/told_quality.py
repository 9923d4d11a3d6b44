"""How well the tagger tells cohort, change and extent, on findings that readers coded.

To repeat the tables of `docs/tagger.md`, with the documents' words held (`findings add`)::

    .venv/bin/python benchmarks/told_quality.py knowsley
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analysis.codes import tag, tag_uncoded
from analysis.codes.counting import counting
from analysis.data import AuthorityData, load_data
from analysis.documents.printed.extents import extent_of
from analysis.english import plural
from analysis.errors import FindingsError
from analysis.results import consequences
from analysis.vocabulary import NO_THEME, TAGGER

TOLD: Final = ("cohort", "basis", "change_said", "since")
DRAWS: Final = 1_000
READ: Final = "read"
"""Name under which the codes that count stand beside the tagger's."""
NOTHING: Final = "(nothing)"
LIMITED: Final = frozenset({"a small number", "few", "very few"})
"""Extents of so few that a reader would say that the finding speaks of a part."""


def pairs(data: AuthorityData) -> pd.DataFrame:
    """Put the codes that count beside the tagger's of the same finding and theme.

    Only findings whose published words are held are looked at, and only themes that both give: what
    a code says of its cohort can be compared only where there are two.

    Returns
    -------
    pandas.DataFrame
        One row per code that counts: `document`, `finding`, `theme`; `cohort`, `basis`,
        `change_said`, `since` and `extent` (blank for none) as read, the same with the ending
        `_tagger`, and `extent_whole`, the first quantity word of the whole finding.

    Raises
    ------
    FindingsError
        If no finding's words are held.
    """
    held = data.findings[data.findings["words"] != ""]
    if held.empty:
        raise FindingsError(
            f"The published words of {data.name} are not held. Run `findings add {data.authority}` "
            "with the folder of its documents."
        )
    read = counting(data.codes[data.codes["coder"] != TAGGER])
    tagged = tag_uncoded(held, data.codes.iloc[:0], data.codebook, data.visits)
    own = tag(
        held.rename(columns={"finding": "id", "words": "text"})[["id", "text", "area"]],
        data.codebook,
    )
    own = own.rename(columns={"id": "finding", "extent": "extent_tagger"})
    table = read[read["theme"] != NO_THEME].merge(
        tagged[["finding", "theme", *TOLD]], on=["finding", "theme"], suffixes=("", "_tagger")
    )
    table = table.merge(own[["finding", "theme", "extent_tagger"]], on=["finding", "theme"])
    table = table.merge(held[["finding", "document", "words"]], on="finding")
    table["extent_whole"] = table["words"].map(extent_of)
    table["extent_tagger"] = table["extent_tagger"].astype(object).fillna("")
    both = [name for column in (*TOLD, "extent") for name in (column, f"{column}_tagger")]
    return table[["document", "finding", "theme", *both, "extent_whole"]]


def shares(table: pd.DataFrame) -> pd.DataFrame:
    """Share of codes on which reader and tagger are equal, for everything told.

    Returns
    -------
    pandas.DataFrame
        `measure`, `value`, `low`, `high` (95 % interval, drawing whole documents), `n` (codes).
    """
    said = table[
        (table["change_said"] != "") & (table["change_said"] == table["change_said_tagger"])
    ]
    measures = [
        ("cohort equal", table, "cohort", "cohort_tagger"),
        ("change said equal, most often nothing", table, "change_said", "change_said_tagger"),
        ("basis equal", table, "basis", "basis_tagger"),
        ("visit since which equal, where the same change is said", said, "since", "since_tagger"),
        ("extent told for the code equal to the finding's", table, "extent", "extent_tagger"),
        ("first extent in the finding equal to the finding's", table, "extent", "extent_whole"),
    ]
    rows = [
        (name, *_share(part[first] == part[second], part["document"]))
        for name, part, first, second in measures
    ]
    limited = [table[c].isin(LIMITED) for c in ("extent", "extent_tagger")]
    rows.append(
        (
            "whether the extent is a small number or fewer, equal",
            *_share(limited[0] == limited[1], table["document"]),
        )
    )
    return pd.DataFrame(rows, columns=["measure", "value", "low", "high", "n"])


def _share(equal: pd.Series[bool], documents: pd.Series[str]) -> tuple[float, float, float, int]:
    if equal.empty:
        return (np.nan, np.nan, np.nan, 0)
    sums = equal.groupby(documents).agg(["sum", "size"]).to_numpy(dtype=float)
    drawn = np.random.default_rng(0).integers(0, len(sums), (DRAWS, len(sums)))
    totals = sums[drawn].sum(axis=1)
    low, high = np.quantile(totals[:, 0] / totals[:, 1], (0.025, 0.975))
    return float(equal.mean()), float(low), float(high), len(equal)


def by_value(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Say for each value how often reader and tagger give it, and how often both.

    Returns
    -------
    pandas.DataFrame
        `value`, `n_read`, `n_tagger`, `both`, `precision` (of the tagger's), `recall` (of the
        reader's); missing where nobody gave it.

    Examples
    --------
    >>> table = pd.DataFrame([("level", "level"), ("level", "change only")],
    ...                      columns=["basis", "basis_tagger"])
    >>> by_value(table, "basis")[["value", "n_read", "n_tagger", "both"]].values.tolist()
    [['level', 2, 1, 1], ['change only', 0, 1, 0]]
    """
    read, told = table[column], table[f"{column}_tagger"]
    rows = []
    for value in pd.unique(pd.concat([read, told])):
        n_read, n_told = int((read == value).sum()), int((told == value).sum())
        both = int(((read == value) & (told == value)).sum())
        rows.append(
            {
                "value": value or NOTHING, "n_read": n_read, "n_tagger": n_told, "both": both,
                "precision": both / n_told if n_told else np.nan,
                "recall": both / n_read if n_read else np.nan,
            }
        )  # fmt: skip
    return pd.DataFrame(rows).sort_values(
        "n_read", ascending=False, kind="stable", ignore_index=True
    )


def effect(data: AuthorityData, *, told: bool = True) -> pd.DataFrame:
    """Compare the statuses and changes that the tagger's codes alone give with the readers'.

    Parameters
    ----------
    data
        With the published words of its findings.
    told
        Whether cohort and change are those that the tagger tells, or left out (no group named,
        basis level, no change said).

    Returns
    -------
    pandas.DataFrame
        `consequences` of both.
    """
    tagged = tag_uncoded(data.findings, data.codes.iloc[:0], data.codebook, data.visits)
    if not told:
        real = tagged["theme"] != NO_THEME
        tagged.loc[real, list(TOLD)] = ["not-stated", "level", "", ""]
    read = counting(data.codes[data.codes["coder"] != TAGGER]).assign(coder=READ)
    codes = pd.concat([read, tagged], ignore_index=True)
    return consequences(replace(data, codes=codes), READ, TAGGER)


def main(authority: str) -> None:
    """Print every table for one authority."""
    data = load_data(authority)
    table = pairs(data)
    print(
        f"{plural(len(table), 'code')} on {plural(table['finding'].nunique(), 'finding')} "
        "that both gave"
    )
    for part in (
        shares(table), by_value(table, "cohort"), by_value(table, "change_said"),
        by_value(table, "basis"), effect(data, told=False), effect(data),
    ):  # fmt: skip
        print(part.round(3).to_string(index=False), end="\n\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
