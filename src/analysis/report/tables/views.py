"""Tables of the results as readers see them: labels, short dates, links to the evidence.

For a notebook also what was loaded, what was left out, and where each theme was found.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from analysis.data.authority import AuthorityData
from analysis.english import join
from analysis.report.sentences.sentence import SAID_IN_WORDS
from analysis.report.tables.evidence import findings_by_id
from analysis.results.changes import like_with_like, of_latest
from analysis.results.results import Results
from analysis.tables import Row, records
from analysis.vocabulary import ABSENCES, AREAS, COHORTS, HARMS, KINDS, LIKE, NO_THEME

SAID_OTHERWISE: Final = "inspectors said otherwise"
"""What stands for a computed word that inspectors' own word overrules."""


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


def shown_changes(results: Results) -> pd.DataFrame:
    """Keep the changes that compare two visits or that inspectors spoke of, latest visit first.

    Returns
    -------
    pandas.DataFrame
        Columns of `results.changes`; themes of a visit in the order of the codebook. What both
        comparisons compare alike stands once, as like with like.
    """
    both = pd.concat([like_with_like(results.changes), of_latest(results.changes)])
    table = both.drop_duplicates(["visit", "theme", "cohort", "before"])
    compared = table[table["before"] != ""]
    key = ["visit", "theme", "cohort"]
    alone = table[(table["said"] != "") & ~_keys(table, key).isin(_keys(compared, key))]
    table = pd.concat([compared, alone])
    places = {theme: place for place, theme in enumerate(results.data.codebook.ids)}
    table = table.assign(_theme=table["theme"].map(places), _like=table["comparison"] != LIKE)
    table = table.sort_values(["_theme", "cohort", "_like"], kind="stable")
    table = table.drop(columns=["_theme", "_like"])
    order = results.data.visits.set_index("visit")["order"]
    return table.sort_values(
        "visit", key=lambda visit: -visit.map(order).astype(float), kind="stable", ignore_index=True
    )


def _keys(table: pd.DataFrame, columns: list[str]) -> pd.Series[str]:
    return table[columns].agg(" ".join, axis=1)


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
    differ = table["differ"].map(lambda text: f" ({text})" if text else "")
    harm = table["harm"].map({"": ""} | {name: f", {told}" for name, told in HARMS.items()})
    computed = table["change"].str.cat(harm).where(table["before"] != "", table["change"])
    rows = records(table)
    return pd.DataFrame(
        {
            "Theme": table["theme"].map(names),
            "Cohort": table["cohort"].map(COHORTS),
            "Visit": table["visit"].map(dates),
            "Status (n)": _with_n(table["status"], table["paragraphs"]),
            "Compared with": table["before"].map(dates),
            "Status then (n)": _with_n(table["status_before"], table["paragraphs_before"]),
            "Comparison": table["comparison"].str.cat(differ),
            "Change": [
                SAID_OTHERWISE if row["overruled"] else change
                for row, change in zip(rows, computed, strict=True)
            ],
            "Confidence": table["confidence"],
            "In between": table["not_looked"].map(lambda text: _absences(text, dates)),
            "Said of change": [said_there(row) for row in rows],
        }
    )


def said_there(row: Row) -> str:
    """Say what was said of a change: of the theme and cohort, and of the area.

    Examples
    --------
    >>> said_there({"said": "not improved; declined", "said_of_area": "care-leavers: improved"})
    'not improved and worsened, and of care leavers as a whole: improved'
    """
    own = join([SAID_IN_WORDS[word] for word in str(row["said"]).split("; ") if word])
    areas = [part.split(": ") for part in str(row["said_of_area"]).split("; ") if part]
    of_areas = [f"of {AREAS[area]} as a whole: {SAID_IN_WORDS[word]}" for area, word in areas]
    return ", and ".join(filter(None, [own, join(of_areas)]))


def _with_n(status: pd.Series[str], n: pd.Series[int]) -> list[str]:
    return [f"{s} ({int(k)})" if s else "" for s, k in zip(status, n.fillna(0), strict=True)]


def _absences(text: str, dates: Mapping[str, str]) -> str:
    """Say what the visits in between were, those of one kind together.

    Examples
    --------
    >>> _absences("a=silent b=no-document c=silent", {"a": "May 2014", "b": "2016", "c": "2018"})
    'not mentioned: May 2014, 2018; no document: 2016'
    """
    by_kind: dict[str, list[str]] = {}
    for part in text.split():
        visit, _, absence = part.rpartition("=")
        why = absence.replace("-", " ")
        told = ABSENCES[why].brief if why in ABSENCES else why
        by_kind.setdefault(told, []).append(dates[visit])
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
