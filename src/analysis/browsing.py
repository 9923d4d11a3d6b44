"""Looking around in a notebook: tables that filter, with widgets where there are any.

Every view is one plain call that gives a table; `browse` puts choices before it.
"""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from analysis.errors import require_known
from analysis.loading import AuthorityData
from analysis.results import Results
from analysis.vocabulary import COHORTS, DIRECTIONS, NO_THEME

ANY: Final = "any"
BROWSED: Final = [
    "visit",
    "theme",
    "cohort",
    "direction",
    "extent",
    "summary",
    "finding",
    "page",
    "coder",
]


def findings_on(
    results: Results, theme: str = ANY, visit: str = ANY, direction: str = ANY
) -> pd.DataFrame:
    """Return the coded findings on a theme, at a visit, in a direction.

    Parameters
    ----------
    results
        `analysis.results.analyse`.
    theme, visit, direction
        Ids, or `any`.

    Returns
    -------
    pandas.DataFrame
        `visit`, `theme`, `cohort`, `direction`, `extent`, `summary` (ours), `finding`, `page`,
        `coder`; one row per code, labels as in the report.

    Raises
    ------
    UnknownNameError
        If an id is unknown; names the nearest.
    """
    data = results.data
    require_known("theme", theme, [ANY, *data.codebook.ids])
    require_known("visit", visit, [ANY, *data.visits["visit"]])
    require_known("direction", direction, [ANY, *DIRECTIONS])
    found = results.coded[results.coded["theme"] != NO_THEME]
    for column, wanted in (("theme", theme), ("visit", visit), ("direction", direction)):
        if wanted != ANY:
            found = found[found[column] == wanted]
    titles = data.visits.set_index("visit")["title"]
    names = {t.id: t.name for t in data.codebook.themes}
    found = found.assign(
        visit=found["visit"].map(titles),
        theme=found["theme"].map(names),
        cohort=found["cohort"].map(COHORTS),
        extent=found["extent"].astype(object).fillna(""),
    )
    return found[BROWSED].reset_index(drop=True)


def browse(results: Results) -> Any:
    """Show the coded findings with choices of theme, visit and direction.

    Returns
    -------
    ipywidgets.VBox
        Three menus and a table that follows them; without widgets, call `findings_on`.
    """
    import ipywidgets as widgets
    from itables.widget import ITable

    data = results.data
    menus = {
        "theme": [(ANY, ANY), *((t.name, t.id) for t in data.codebook.themes)],
        "visit": [(ANY, ANY), *zip(data.visits["title"], data.visits["visit"], strict=True)],
        "direction": [(d, d) for d in (ANY, *DIRECTIONS)],
    }
    chosen = {n: widgets.Dropdown(options=o, description=n.title()) for n, o in menus.items()}
    table = ITable(findings_on(results), showIndex=False)

    def follow(_change: object) -> None:
        table.update(findings_on(results, **{name: menu.value for name, menu in chosen.items()}))

    for menu in chosen.values():
        menu.observe(follow, names="value")
    return widgets.VBox([widgets.HBox(list(chosen.values())), table])


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
