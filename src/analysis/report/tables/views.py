"""Tables of the results as readers see them: labels, short dates, links to the evidence."""

from __future__ import annotations

import pandas as pd

from analysis.data.authority import AuthorityData
from analysis.report.tables.evidence import findings_by_id
from analysis.results.results import Results
from analysis.tables import Row, records
from analysis.vocabulary import KINDS, NO_THEME


def visits_view(results: Results) -> list[Row]:
    """Describe every visit with its documents and what was read of each.

    Returns
    -------
    list of dict
        Columns of `AuthorityData.visits` with labels, and `rows`: one per document (its columns and
        `findings`, `themed`, `codes`), or one blank row where no document is held.
    """
    data = results.data
    counts = results.counts().set_index("document").rename(columns={"with a theme": "themed"})
    documents = data.documents.join(counts[["findings", "themed", "codes"]], on="document")
    nothing = {"title": "", "link": "", "findings": 0, "themed": 0, "codes": 0}
    return [
        visit
        | {
            "kind": KINDS[visit["kind"]],
            "rows": records(documents[documents["visit"] == visit["visit"]]) or [nothing],
        }
        for visit in records(data.visits)
    ]


def needs_stated(results: Results) -> pd.DataFrame:
    """Count the findings that state a need for improvement, by theme and visit.

    Returns
    -------
    pandas.DataFrame
        `Theme`, and a column for each visit at which inspectors stated a need (`Nov 2024`), in
        order, blank where none did; themes in the order of the codebook, only those with a need.
        Primary documents only.
    """
    data = results.data
    needs = results.coded[
        (results.coded["role"] == "need")
        & (results.coded["theme"] != NO_THEME)
        & (results.coded["source"] == "primary")
    ]
    counts = needs.groupby(["theme", "visit"])["finding"].nunique().unstack(fill_value=0)
    shown = [visit for visit in data.visits["visit"] if visit in counts]
    themes = [theme.id for theme in data.codebook.themes if theme.id in counts.index]
    dates = dict(zip(data.visits["visit"], data.visits["short"], strict=True))
    table = counts.reindex(index=themes, columns=shown).astype(object)
    table = table.where(table > 0, "")
    table.columns = pd.Index([dates[visit] for visit in shown])
    table.insert(0, "Theme", [data.codebook.theme(theme).name for theme in themes])
    return table.reset_index(drop=True)


def recommendations_view(results: Results) -> list[Row]:
    """Say what became of each recommendation of the full inspection before the latest.

    Returns
    -------
    list of dict
        One for each row of `results.recommendations`: `anchor`, `summary` and `paragraph` of the
        recommendation, `wording` of its need, `became`, `at` (short date), `findings` there and
        `later` (`Nov 2024: met`, several separated by `; `).
    """
    data, known = results.data, findings_by_id(results)
    dates = dict(zip(data.visits["visit"], data.visits["short"], strict=True)) | {"": ""}
    wordings = dict(zip(data.needs["need"], data.needs["wording"], strict=True)) | {"": ""}
    rows: list[Row] = []
    for row in records(results.recommendations):
        later = [part.rpartition("=") for part in str(row["later"]).split()]
        shown: Row = dict(known[str(row["finding"])].items())
        rows.append(
            shown
            | {
                "wording": wordings[str(row["need"])].rstrip("."),
                "became": row["became"],
                "at": dates[str(row["at"])],
                "findings": [known[finding] for finding in str(row["findings"]).split()],
                "later": "; ".join(
                    f"{dates[visit]}: {relation.replace('-', ' ')}" for visit, _, relation in later
                ),
            }
        )
    return rows


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
