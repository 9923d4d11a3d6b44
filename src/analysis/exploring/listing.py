"""Tables of an authority with labels that a reader knows: by visit, by theme, findings, needs.

Each has one row per thing and keeps the id, so that it can be joined with any other.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from analysis.data.codebook import Codebook
from analysis.results.grades import overall_grades
from analysis.results.results import Results
from analysis.tables import Row
from analysis.vocabulary import COHORTS, JUDGED, KINDS, ROLES

FINDINGS: Final = [
    "visit", "theme", "cohort", "direction", "extent", "summary", "words", "role", "source",
    "coder", "section", "number", "page", "finding",
]  # fmt: skip
BY_THEME: Final = [
    "group", "theme", "findings", "strengths", "mixed", "weaknesses", "visits that judged",
    "latest status", "latest judged", "firm changes", "id",
]  # fmt: skip
NEEDS: Final = [
    "aspect", "theme", "cohort", "first raised", "latest raised", "visits", "raised again",
    "progress", "met", "basis", "need",
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


def findings_table(coded: pd.DataFrame, visits: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return coded findings, one row per finding, theme and cohort, in order of visits.

    Parameters
    ----------
    coded
        Rows of `Results.coded` that carry a theme.

    Returns
    -------
    pandas.DataFrame
        `visit` (title), `theme` (name), `cohort`, `direction`, `extent` (the finding's quantity
        word), `summary` (our words), `words` (the published ones; only where any are held on this
        machine), `role`, `source`, `coder`, `section`, `number` (as printed), `page`, `finding`.
    """
    titles = visits.set_index("visit")["title"]
    order = visits.set_index("visit")["order"]
    names = {theme.id: theme.name for theme in codebook.themes}
    rows = coded.assign(_order=coded["visit"].map(order)).sort_values("_order", kind="stable")
    table = rows.assign(
        visit=rows["visit"].map(titles),
        theme=rows["theme"].map(names),
        cohort=rows["cohort"].map(COHORTS),
        extent=rows["extent"].astype(object).fillna(""),
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
        `latest judged` (of the latest visit that judged it; blank if none), `firm changes` (int,
        comparisons without a flag that moved), `id`.
    """
    whole = results.whole()
    judged = whole[whole["status"].isin(JUDGED)]
    judged = judged.merge(results.data.visits[["visit", "order", "short"]], on="visit")
    judged = judged.sort_values("order", kind="stable")
    firm = results.changes[(results.changes["certainty"] == "firm")]
    moved = firm[firm["steps"].fillna(0) != 0].groupby("theme").size()
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
                "firm changes": int(moved.get(theme.id, 0)),
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
        One row per need and spell, most often raised first: `aspect`, `theme`, `cohort`, `first
        raised`, `latest raised` (`Nov 2024`), `visits` (int), `raised again` (bool), `progress`,
        `met` (dates), `basis` (whether inspectors or a coder linked it), `need` (id).
    """
    dates = dict(zip(results.data.visits["visit"], results.data.visits["short"], strict=True))
    names = {theme.id: theme.name for theme in results.data.codebook.themes}
    rows: list[Row] = ledger.to_dict("records")
    return pd.DataFrame(
        [
            {
                "aspect": row["aspect"],
                "theme": names[row["theme"]],
                "cohort": COHORTS[row["cohort"]],
                "first raised": dates[row["first_raised"]],
                "latest raised": dates[row["latest_raised"]],
                "visits": int(row["visits_raised"]),
                "raised again": bool(row["raised_again"]),
                "progress": _dated(row["progress"], dates),
                "met": _dated(row["met"], dates),
                "basis": row["basis"],
                "need": row["need"],
            }
            for row in rows
        ],
        columns=NEEDS,
    )


def _dated(visits: str, dates: dict[str, str]) -> str:
    return ", ".join(dates[visit] for visit in visits.split())
