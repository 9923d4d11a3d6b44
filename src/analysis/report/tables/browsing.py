"""What was loaded, what was left out, and where each theme was found, as tables for a notebook."""

from __future__ import annotations

import pandas as pd

from analysis.data.authority import AuthorityData
from analysis.results.results import Results
from analysis.vocabulary import NO_THEME


def loaded(data: AuthorityData) -> pd.DataFrame:
    """Return what was loaded: one row per table and coder, with its number of rows."""
    tables = {
        "visits": data.visits,
        "documents": data.documents,
        "judgements": data.judgements,
        "findings": data.findings,
        "needs": data.needs,
        "links of needs": data.need_links,
    }
    rows = [(name, len(table)) for name, table in tables.items()]
    rows += [
        (f"codes of {coder}", int(n)) for coder, n in data.codes["coder"].value_counts().items()
    ]
    return pd.DataFrame(rows, columns=["table", "rows"])


def left_out(data: AuthorityData) -> pd.DataFrame:
    """Return what was not coded, and why: parts of documents, and visits without a document."""
    parts = data.documents.loc[data.documents["left_out"] != "", ["document", "left_out"]]
    missing = data.visits.loc[data.visits["held"] == "none", ["visit", "note"]]
    missing = missing.set_axis(["document", "left_out"], axis=1)
    return pd.concat([parts, missing], ignore_index=True).rename(
        columns={"document": "document or visit", "left_out": "left out, and why"}
    )


def coverage(results: Results) -> pd.DataFrame:
    """Count findings per theme and visit, primary and secondary documents together.

    Returns
    -------
    pandas.DataFrame
        One row per theme of the codebook, one column per visit (`Nov 2024`), and `all visits`.
    """
    data = results.data
    coded = results.coded[results.coded["theme"] != NO_THEME]
    counts = coded.groupby(["theme", "visit"])["finding"].nunique().unstack(fill_value=0)
    counts = counts.reindex(index=data.codebook.ids, columns=data.visits["visit"], fill_value=0)
    counts.columns = pd.Index(data.visits["short"])
    counts.index = pd.Index([t.name for t in data.codebook.themes], name="theme")
    return counts.assign(**{"all visits": counts.sum(axis=1)})
