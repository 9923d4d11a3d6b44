"""Tables of an authority with labels that a reader knows: by visit, by theme, findings, needs.

Each has one row per thing and keeps the id, so that it can be joined with any other.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

import pandas as pd

from analysis.data.authority import AuthorityData
from analysis.data.codebook import Codebook
from analysis.dates import PartialDate
from analysis.report.tables.evidence import link_to
from analysis.results.changes import like_with_like, sign_of
from analysis.results.grades import overall_grades
from analysis.results.results import Results
from analysis.tables import Row, records
from analysis.vocabulary import COHORTS, JUDGED, KINDS, ROLES

FINDINGS: Final = [
    "visit", "date", "year", "theme", "cohort", "direction", "lean", "extent", "harm", "part",
    "summary", "words", "role", "source", "coder", "section", "number", "page", "document",
    "address", "finding",
]  # fmt: skip
BY_THEME: Final = [
    "group", "theme", "findings", "strengths", "mixed", "weaknesses", "visits that judged",
    "latest status", "latest judged", "confidence", "better", "worse", "id",
]  # fmt: skip
NEEDS: Final = [
    "wording", "theme", "cohort", "aspect", "first raised", "latest raised", "visits",
    "raised again", "progress", "met", "met in part", "basis", "need",
]  # fmt: skip


def visits_table(results: Results) -> pd.DataFrame:
    """Return the visits in order.

    Returns
    -------
    pandas.DataFrame
        `date`, `kind`, `framework`, `grade` (overall, of a primary document; blank if none),
        `documents` and `findings` (int), `scope`, `held` (primary, secondary, none), `visit` (id).
    """
    data = results.data
    by_visit = overall_grades(data).groupby("visit")["grade"]
    grades = by_visit.agg(lambda grades: ", ".join(dict.fromkeys(grades)))
    visits = data.visits
    return pd.DataFrame(
        {
            "date": visits["label"],
            "kind": visits["kind"].map(KINDS),
            "framework": visits["framework"],
            "grade": visits["visit"].map(grades).fillna(""),
            "documents": _count(visits, data.documents, "document"),
            "findings": _count(visits, data.findings, "finding"),
            "scope": visits["scope"],
            "held": visits["held"],
            "visit": visits["visit"],
        }
    ).reset_index(drop=True)


def _count(visits: pd.DataFrame, table: pd.DataFrame, column: str) -> pd.Series[int]:
    found = table.groupby("visit")[column].nunique()
    return visits["visit"].map(found).fillna(0).astype(int)


def findings_table(coded: pd.DataFrame, data: AuthorityData, codebook: Codebook) -> pd.DataFrame:
    """Return coded findings, one row per finding, theme and cohort, in order of visits.

    Parameters
    ----------
    coded
        Rows of `Results.coded` that carry a theme.

    Returns
    -------
    pandas.DataFrame
        `visit` (title; an ordered categorical, by date), `date` (first day, as far as it is known),
        `year`, `theme` (name), `cohort`, `direction`, `lean` (of what is mixed), `extent`
        (the inspectors' quantity word), `harm` (harm, risk or duty), `part` (yes where it speaks of
        a part of them), `summary` (our words: what was found on the theme where the code says so,
        else what the finding says), `words` (the published ones; only where any are held on this
        machine), `role`, `source`, `coder`, `section`, `number` (as printed), `page`,
        `document`, `address` (of the document, at the page where both are known, else the
        publisher's page of the authority), `finding`.
    """
    visits = data.visits
    titles = visits.set_index("visit")["title"]
    order = visits.set_index("visit")["order"]
    began = visits.set_index("visit")["start"].map(lambda text: PartialDate.parse(text).earliest)
    documents = {str(row["document"]): row for row in records(data.documents)}
    names = {theme.id: theme.name for theme in codebook.themes}
    rows = coded.assign(_order=coded["visit"].map(order)).sort_values("_order", kind="stable")
    dates = pd.to_datetime(rows["visit"].map(began))
    places = zip(rows["document"], rows["page"], strict=True)
    table = rows.assign(
        visit=pd.Categorical(rows["visit"].map(titles), titles.unique(), ordered=True),
        date=dates,
        year=dates.dt.year,
        address=[link_to(documents[document], str(page)) for document, page in places],
        theme=rows["theme"].map(names),
        cohort=rows["cohort"].map(COHORTS),
        summary=rows["found"].where(rows["found"] != "", rows["summary"]),
        role=rows["role"].map(ROLES),
        number=rows["printed_number"],
    )
    held = bool((coded["words"] != "").any())
    return table[[c for c in FINDINGS if held or c != "words"]].reset_index(drop=True)


def theme_table(results: Results, coded: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return what was found on each theme.

    Parameters
    ----------
    coded
        Rows of `Results.coded` that are to be counted.
    codebook
        The themes that are to be listed.

    Returns
    -------
    pandas.DataFrame
        One row per theme: `group`, `theme`, `findings` (int, distinct), `strengths`, `mixed`,
        `weaknesses` (int, codes in that direction), `visits that judged` (int), `latest status` and
        `latest judged` (of the latest visit that judged it; blank if none) with its `confidence`,
        `better` and `worse` (int, comparisons of full inspections that count so), `id`.
    """
    whole = results.whole()
    judged = whole[whole["status"].isin(JUDGED)]
    judged = judged.merge(results.data.visits[["visit", "order", "short"]], on="visit")
    judged = judged.sort_values("order", kind="stable")
    compared = records(like_with_like(results.changes))
    moved = Counter((row["theme"], sign_of(row)) for row in compared)
    counts = coded.groupby(["theme", "direction"])["finding"].size()
    rows = []
    for theme in codebook.themes:
        own = judged[judged["theme"] == theme.id]
        last = own.iloc[-1] if len(own) else None
        rows.append(
            {
                "group": codebook.group_of(theme.id).name,
                "theme": theme.name,
                "findings": coded.loc[coded["theme"] == theme.id, "finding"].nunique(),
                "strengths": int(counts.get((theme.id, "strength"), 0)),
                "mixed": int(counts.get((theme.id, "mixed"), 0)),
                "weaknesses": int(counts.get((theme.id, "weakness"), 0)),
                "visits that judged": own["visit"].nunique(),
                "latest status": "" if last is None else str(last["status"]),
                "latest judged": "" if last is None else str(last["short"]),
                "confidence": "" if last is None else str(last["confidence"]),
                "better": moved[theme.id, 1],
                "worse": moved[theme.id, -1],
                "id": theme.id,
            }
        )
    return pd.DataFrame(rows, columns=BY_THEME)


def needs_table(results: Results, ledger: pd.DataFrame) -> pd.DataFrame:
    """Return the needs and how often each was raised.

    Parameters
    ----------
    ledger
        Rows of `Results.ledger`.

    Returns
    -------
    pandas.DataFrame
        One row per need and spell, most often raised first: `wording`, `theme`, `cohort`, `aspect`
        (of the codebook's list), `first raised`, `latest raised` (`Nov 2024`), `visits` (int),
        `raised again` (bool), `progress`, `met`, `met in part` (dates; the last of visits that
        speak of less than the whole), `basis` (whether inspectors or a coder linked it), `need`
        (id).
    """
    dates = dict(zip(results.data.visits["visit"], results.data.visits["short"], strict=True))
    names = {theme.id: theme.name for theme in results.data.codebook.themes}
    rows: list[Row] = records(ledger)
    return pd.DataFrame(
        [
            {
                "wording": row["wording"],
                "theme": names[row["theme"]],
                "cohort": COHORTS[row["cohort"]],
                "aspect": row["aspect"],
                "first raised": dates[row["first_raised"]],
                "latest raised": dates[row["latest_raised"]],
                "visits": int(row["visits_raised"]),
                "raised again": bool(row["raised_again"]),
                "progress": _dated(row["progress"], dates),
                "met": _dated(row["met"], dates),
                "met in part": _dated(row["met_in_part"], dates),
                "basis": row["basis"],
                "need": row["need"],
            }
            for row in rows
        ],
        columns=NEEDS,
    )


def _dated(visits: str, dates: dict[str, str]) -> str:
    return ", ".join(dates[visit] for visit in visits.split())
