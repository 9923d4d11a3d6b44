"""Tables of the results as readers see them: labels, short dates, links to the evidence.

For a notebook also what was loaded, what was left out, and where each theme was found.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.data.authority import AuthorityData
from analysis.report.sentences.raised import need
from analysis.report.tables.evidence import findings_by_id
from analysis.results.results import Results
from analysis.tables import Row
from analysis.vocabulary import COHORTS, KINDS, NO_THEME


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
            "rows": documents[documents["visit"] == visit["visit"]].to_dict("records") or [nothing],
        }
        for visit in data.visits.to_dict("records")
    ]


def shown_changes(results: Results) -> pd.DataFrame:
    """Keep the changes that compare two visits or that inspectors spoke of, latest visit first.

    Returns
    -------
    pandas.DataFrame
        Columns of `results.changes`; themes of a visit in the order of the codebook.
    """
    table = results.changes[(results.changes["before"] != "") | (results.changes["said"] != "")]
    order = results.data.visits.set_index("visit")["order"]
    return table.sort_values(
        "visit", key=lambda visit: -visit.map(order).astype(float), kind="stable", ignore_index=True
    )


def changes_view(results: Results) -> pd.DataFrame:
    """List every change, latest visit first: what is compared, or said to have changed.

    Returns
    -------
    pandas.DataFrame
        One row per visit, theme and cohort, heads as readers see them.
    """
    data, table = results.data, shown_changes(results)
    dates = dict(zip(data.visits["visit"], data.visits["short"], strict=True)) | {"": ""}
    names = {theme.id: theme.name for theme in data.codebook.themes}
    reasons = table["reasons"].map(lambda text: f" ({text})" if text else "")
    apart = table["disagrees"].map({True: " (points another way)", False: ""})
    return pd.DataFrame(
        {
            "Theme": table["theme"].map(names),
            "Cohort": table["cohort"].map(COHORTS),
            "Visit": table["visit"].map(dates),
            "Status (n)": _with_n(table["status"], table["votes"]),
            "Compared with": table["before"].map(dates),
            "Status then (n)": _with_n(table["status_before"], table["votes_before"]),
            "Change": table["change"],
            "Certainty": table["certainty"].str.cat(reasons),
            "In between": table["not_looked"].map(lambda text: _absences(text, dates)),
            "Inspectors said": table["said"].str.cat(apart),
        }
    )


def _with_n(status: pd.Series[str], n: pd.Series[int]) -> list[str]:
    return [f"{s} ({int(k)})" if s else "" for s, k in zip(status, n.fillna(0), strict=True)]


def _absences(text: str, dates: Mapping[str, str]) -> str:
    """Say what the visits in between were, those of one kind together.

    Examples
    --------
    >>> _absences("a=silent b=no-document c=silent", {"a": "May 2014", "b": "2016", "c": "2018"})
    'silent: May 2014, 2018; no document: 2016'
    """
    by_kind: dict[str, list[str]] = {}
    for part in text.split():
        visit, _, absence = part.rpartition("=")
        by_kind.setdefault(absence.replace("-", " "), []).append(dates[visit])
    return "; ".join(f"{kind}: {', '.join(found)}" for kind, found in by_kind.items())


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


def needs_view(results: Results) -> list[Row]:
    """Follow each need that was raised again through the visits that spoke of it.

    Returns
    -------
    list of dict
        `need`, `aspect`, `cohort`, `theme_id`, `theme` (its name), `sentence`, `basis`, and
        `events`: what each visit said, with its findings as in `evidence.findings_by_id`.
    """
    again = set(results.ledger.loc[results.ledger["raised_again"].astype(bool), "need"])
    spelled = results.ledger[results.ledger["need"].isin(again)]
    happened = _by_need(results.events)
    known = findings_by_id(results)
    shown = []
    for key, rows in _by_need(spelled).items():
        spells = sorted(rows, key=lambda row: int(row["spell"]))
        row = spells[0]
        shown.append(
            row
            | {
                "theme_id": row["theme"],
                "theme": results.data.codebook.theme(str(row["theme"])).name,
                "cohort": COHORTS[str(row["cohort"])],
                "sentence": " ".join(need(results, s).text for s in spells),
                "events": _events(results, happened[key], known),
            }
        )
    return shown


def _by_need(table: pd.DataFrame) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in table.to_dict("records"):
        found.setdefault(str(row["need"]), []).append(row)
    return found


def _events(
    results: Results,
    happened: list[Row],
    known: Mapping[str, dict[str, str]],
) -> list[Row]:
    dates = dict(zip(results.data.visits["visit"], results.data.visits["short"], strict=True))
    return [
        event
        | {
            "visit": dates[event["visit"]],
            "findings": [known[i] for i in event["findings"].split()],
        }
        for event in happened
    ]


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
