"""From what a report shows to the findings behind it, and back.

Charts carry their own links. Here are those of the table of changes, the ways back from the
evidence of a theme to every figure and table that leads there, and the evidence by visit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis.anchors import anchor, changes_anchor, need_anchor, visit_anchor
from analysis.english import sentence_case
from analysis.report.tables.evidence import ThemeEvidence, document_name
from analysis.report.tables.views import changes_view, needs_view, shown_changes
from analysis.results.results import Results


@dataclass(frozen=True)
class Link:
    """Words that lead to a place of the page; `href` is blank where there is none."""

    words: str
    href: str


@dataclass(frozen=True)
class Change:
    """A row of the table of changes.

    `rows` is how many rows the theme has from here on, nought where an earlier row counts this one;
    `own` the row's anchor, blank if it is not the theme's latest.
    """

    theme: str
    rows: int
    own: str
    cohort: str
    now: Link
    then: Link
    change: str
    certainty: str
    between: str
    said: str


@dataclass(frozen=True)
class ChangesAt:
    """The changes that a visit told of."""

    visit: str
    changes: tuple[Change, ...]


def changes_by_visit(results: Results) -> list[ChangesAt]:
    """List every change, latest visit first, each end leading to its evidence.

    Returns
    -------
    list of ChangesAt
        The rows of `analysis.report.tables.views.changes_view`, in its order.
    """
    table, seen = shown_changes(results), changes_view(results)
    rows = list(zip(table.to_dict("records"), seen.to_dict("records"), strict=True))
    sizes = table.groupby(["visit", "theme"]).size().to_dict()
    met: set[tuple[str, ...]] = set()
    changes = []
    for row, told in rows:
        theme, here = (row["theme"],), (row["visit"], row["theme"])
        then = f"{told['Compared with']}: {told['Status then (n)']}" if row["before"] else ""
        changes.append(
            Change(
                theme=told["Theme"],
                rows=0 if here in met else int(sizes[here]),
                own="" if theme in met else changes_anchor(row["theme"]),
                cohort=told["Cohort"],
                now=Link(told["Status (n)"], _to(row["theme"], row["visit"])),
                then=Link(then, _to(row["theme"], row["before"])),
                change=told["Change"],
                certainty=told["Certainty"],
                between=told["In between"],
                said=told["Inspectors said"],
            )
        )
        met |= {theme, here}
    titles = dict(zip(results.data.visits["visit"], results.data.visits["title"], strict=True))
    together = groupby(zip(table["visit"], changes, strict=True), key=lambda pair: pair[0])
    return [
        ChangesAt(titles[visit], tuple(change for _visit, change in pairs))
        for visit, pairs in together
    ]


def _to(theme: str, visit: str) -> str:
    return "#" + anchor(theme, visit) if visit else ""


def ways_back(
    results: Results,
    figures: Sequence[str],
    followed: Iterable[str],
    *,
    overview: str,
    table: str,
) -> dict[str, list[Link]]:
    """Say, for each theme, which figures, table rows and needs lead to its evidence.

    Parameters
    ----------
    results
        Tables of the authority.
    figures
        Names of the figures shown, in order.
    followed
        Themes of the figure of trajectories.
    overview, table
        Names of the overview and of the table of changes, with their numbers.

    Returns
    -------
    dict
        Theme to links: overview, figures, table of changes, needs raised again.
    """
    changed, close = set(shown_changes(results)["theme"]), set(followed)
    again = [(str(need["need"]), str(need["theme_id"])) for need in needs_view(results)]
    back = {}
    for theme in results.data.codebook.ids:
        links = [Link(overview, "#overview"), figure_link("matrix", figures)]
        links += [figure_link("trajectories", figures)] if theme in close else []
        links += [Link(table, f"#{changes_anchor(theme)}")] if theme in changed else []
        links += [
            Link(f"need {place}", f"#{need_anchor(need)}")
            for place, (need, of) in enumerate(again, start=1)
            if of == theme
        ]
        back[theme] = links
    return back


def figure_link(name: str, figures: Sequence[str]) -> Link:
    """Return a link to a figure by its number.

    Examples
    --------
    >>> figure_link("matrix", ["timeline", "matrix"])
    Link(words='Figure 2', href='#fig-matrix')
    """
    return Link(f"Figure {list(figures).index(name) + 1}", f"#fig-{name}")


@dataclass(frozen=True)
class VisitEvidence:
    """Where the evidence of a visit stands: its documents, and links by group of themes."""

    anchor: str
    title: str
    documents: tuple[Link, ...]
    groups: tuple[tuple[str, tuple[Link, ...]], ...]
    unthemed: int


def by_visit(results: Results, evidence: Sequence[ThemeEvidence]) -> list[VisitEvidence]:
    """List, for every visit known of, the themes that its documents say anything of.

    Parameters
    ----------
    results
        Tables of the authority.
    evidence
        As `analysis.report.tables.evidence.by_theme` gives it.

    Returns
    -------
    list of VisitEvidence
        In order of date, visits without a document too; `unthemed` counts the findings that carry
        no theme.
    """
    names = {group.id: group.name for group in results.data.codebook.groups}
    themes, documents = results.data.codebook.themes, results.data.documents
    held = {cell.anchor for theme in evidence for cell in theme.cells}
    none = results.coded[~results.coded["theme"].isin(results.data.codebook.ids)]
    unthemed = none.groupby("visit")["finding"].nunique().to_dict()
    listed = []
    for visit, title in zip(
        results.data.visits["visit"], results.data.visits["title"], strict=True
    ):
        found = [theme for theme in themes if anchor(theme.id, visit) in held]
        groups = tuple(
            (names[group], tuple(Link(t.name, "#" + anchor(t.id, visit)) for t in part))
            for group, part in groupby(found, key=lambda theme: theme.group)
        )
        listed.append(
            VisitEvidence(
                visit_anchor(visit),
                sentence_case(title),
                tuple(
                    Link(f"{row['publisher']}, {document_name(row)}", str(row["link"]))
                    for row in documents[documents["visit"] == visit].to_dict("records")
                ),
                groups,
                int(unthemed.get(visit, 0)),
            )
        )
    return listed
