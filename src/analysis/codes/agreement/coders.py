"""Bringing two coders together: from authorities, from the tagger, from files of codes.

Who can be compared: every coder with a file in `codes/`, every outside coder with one in `checks/`,
and `tagger`, which tags what the other coder read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analysis.codes.agreement.agreement import Agreement, compare
from analysis.data.authority import AuthorityData
from analysis.english import plural
from analysis.errors import FindingsError, require_known
from analysis.vocabulary import NO_THEME, TAGGER

ABOUT: Final = ["finding", "document", "section", "page", "summary", "words"]
"""What a table of disagreements says of a finding."""
NAMED: Final = 3
"""So many documents are named of each coder in a message."""


@dataclass(frozen=True)
class Comparison:
    """Two coders compared over one or more authorities.

    Attributes
    ----------
    agreement
        How far they agree.
    notes
        What a reader of the figures must know, in sentences: how the tagger read, who else coded.
    findings
        `finding`, `document`, `section`, `page`, `summary`, `words` (blank where they are not
        held), of the findings compared; blank but for the first two where files were compared.
    codes
        The codes of the two coders on these findings: schema `CODES` with `coder`.
    """

    agreement: Agreement
    notes: tuple[str, ...]
    findings: pd.DataFrame
    codes: pd.DataFrame

    @property
    def differences(self) -> pd.DataFrame:
        """One row per disagreement, with its place and its words.

        Returns
        -------
        pandas.DataFrame
            `finding`, `document`, `section`, `page`, `theme`, `kind` (`only first`, `only second`,
            `direction`), `first`, `second` (each coder's direction, or `absent`), `summary`,
            `words`; in the order of the findings.
        """
        table = self.agreement.differences.merge(self.findings, on="finding", validate="m:1")
        return table[
            ["finding", "document", "section", "page", "theme", "kind", "first", "second",
             "summary", "words"]
        ]  # fmt: skip


def compare_coders(
    data: AuthorityData | Sequence[AuthorityData], first: str, second: str
) -> Comparison:
    """Compare any two coders on the findings that both read.

    Parameters
    ----------
    data
        One authority, or several, which are compared as one.
    first, second
        Coders: `reader-1`, `resolved`, a name of yours, an outside coder, `tagger`.

    Raises
    ------
    UnknownNameError
        If nobody of that name coded anything; names the nearest.
    FindingsError
        If the two are one, or read no finding in common: says who coded what.

    Examples
    --------
    `compare_coders(load_data("knowsley"), "reader-1", "tagger").agreement.overall`
    """
    several = [data] if isinstance(data, AuthorityData) else list(data)
    given = pd.concat([t for d in several for t in (d.codes, d.checks)], ignore_index=True)
    _two(first, second, [*given["coder"], TAGGER])
    findings = pd.concat([d.findings for d in several], ignore_index=True)
    notes: list[str] = []
    own = given[given["coder"].isin([first, second]) & (given["coder"] != TAGGER)]
    if TAGGER in (first, second):
        other = second if first == TAGGER else first
        read = findings[findings["finding"].isin(own.loc[own["coder"] == other, "finding"])]
        codes, note = tagged(read, several[0])
        own = pd.concat([own, codes], ignore_index=True)
        notes.append(note)
    own = own.drop(columns="score", errors="ignore").fillna("")
    themes = several[0].codebook.ids
    agreement = compare(own, first, second, themes, findings.set_index("finding")["document"])
    if not agreement.findings:
        places = ", ".join(d.name for d in several)
        raise FindingsError(
            f"{first} and {second} coded no finding in common ({places}), so there is nothing to "
            f"compare. Who coded what: {who_coded(given)}."
        )
    both = set(own.loc[own["coder"] == first, "finding"]) & set(
        own.loc[own["coder"] == second, "finding"]
    )
    return Comparison(
        agreement,
        tuple(notes),
        findings.loc[findings["finding"].isin(both), ABOUT].reset_index(drop=True),
        own[own["finding"].isin(both)].reset_index(drop=True),
    )


def _two(first: str, second: str, known: Sequence[str]) -> None:
    for coder in (first, second):
        require_known("coder", coder, set(known))
    if first == second:
        raise FindingsError(f"Both coders are {first!r}. Name two: --first and --second.")


def tagged(read: pd.DataFrame, data: AuthorityData) -> tuple[pd.DataFrame, str]:
    """Tag what the other coder read; what has neither words nor a summary is left out."""
    from analysis.codes.tagged import tag_uncoded  # and with it scikit-learn

    words = read["words"] != ""
    blank = ~words & (read["summary"] == "")
    codes = tag_uncoded(read[~blank], data.codes.iloc[:0], data.codebook, data.visits)
    parts = [f"{plural(int(words.sum()), 'finding')} from published words"] if words.any() else []
    if summaries := int((~words & ~blank).sum()):
        parts.append(
            f"{plural(summaries, 'finding')} from our summaries, since their published words are "
            "not held in data/local/ (it learned from published words, and does worse on others)"
        )
    left = f" {int(blank.sum())} with neither were left out." if blank.any() else ""
    return codes, f"The tagger read {' and '.join(parts) or 'nothing'}.{left}"


def who_coded(codes: pd.DataFrame) -> str:
    """Say who coded how much, in one line.

    Examples
    --------
    >>> who_coded(pd.DataFrame({"coder": ["a", "a", "b"], "finding": ["x/1", "x/2", "y/1"]}))
    'a 2 findings (x), b 1 finding (y)'
    >>> who_coded(pd.DataFrame({"coder": ["a"], "finding": ["p7"]}))
    'a 1 finding'
    """
    told = []
    for coder, table in codes.groupby("coder"):
        findings = table["finding"].drop_duplicates()
        documents = [name for name in dict.fromkeys(findings.str.rpartition("/")[0]) if name]
        more = len(documents) - NAMED
        named = ", ".join(documents[:NAMED]) + (f" and {more} more" if more > 0 else "")
        place = f" ({named})" if named else ""
        told.append(f"{coder} {plural(len(findings), 'finding')}{place}")
    return ", ".join(told) or "nobody"


def with_intervals(table: pd.DataFrame) -> pd.DataFrame:
    r"""Write each measure with its 95 % interval, for readers.

    Parameters
    ----------
    table
        `Agreement.themes`, or `Agreement.overall`.

    Returns
    -------
    pandas.DataFrame
        The same rows; `<measure>`, `<measure>_low` and `<measure>_high` (or `value`, `low` and
        `high`) become one column of text: the value, and its interval in brackets.

    Examples
    --------
    >>> with_intervals(pd.DataFrame({"value": [0.5], "low": [0.4], "high": [0.61]})).iloc[0, 0]
    '0.50 (0.40\u20130.61)'
    """
    shown = table.copy()
    for name in table.columns:
        ends = ("low", "high") if name == "value" else (f"{name}_low", f"{name}_high")
        if set(ends) <= set(table.columns):
            values = table[[name, *ends]].itertuples(index=False, name=None)
            shown[name] = [_written(*row) for row in values]
            shown = shown.drop(columns=list(ends))
    return shown


def _written(value: float, low: float, high: float) -> str:
    if np.isnan(value):
        return ""
    if np.isnan(low) or low == high:
        return f"{value:z.2f}"
    return f"{value:z.2f} ({low:z.2f}–{high:z.2f})"


def all_read(codes: pd.DataFrame) -> pd.DataFrame:
    """Take everything that either coder read as read by both: what a coder left out has no theme.

    Examples
    --------
    >>> codes = pd.DataFrame({"finding": ["x/1", "x/2"], "coder": ["a", "b"],
    ...     "theme": ["audit", "plans"], "direction": ["mixed", "weakness"]})
    >>> all_read(codes)[["finding", "coder", "theme"]].values.tolist()
    [['x/1', 'a', 'audit'], ['x/2', 'b', 'plans'], ['x/2', 'a', 'none'], ['x/1', 'b', 'none']]
    """
    findings = codes["finding"].drop_duplicates()
    missing = [
        pd.DataFrame(
            {
                "finding": findings[~findings.isin(codes.loc[codes["coder"] == coder, "finding"])],
                "coder": coder,
                "theme": NO_THEME,
                "direction": "",
            }
        )
        for coder in codes["coder"].unique()
    ]
    return pd.concat([codes, *missing], ignore_index=True)
