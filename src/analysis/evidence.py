"""The way back to the words: for every theme and visit, the findings behind its status.

A finding is shown as a summary in our words with its locator: the section, the printed number and
the page of the document, with a link to the document where its address is known, else to the
publisher's page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.coding import Row
from analysis.results import Results
from analysis.statuses import voting
from analysis.vocabulary import COHORTS, NO_THEME, ROLES, SPEAKERS

FLAGS: Final[dict[str, str]] = {
    "thin": "thin: one vote, or headline only",
    "fragile": "fragile: other cuts would give another status",
    "incidental": "outside the visit's published scope",
    "secondary": "secondary source",
    "capped": "capped at mixed by a stated need",
    "headline_only": "from headlines and needs only",
}
SYMBOLS: Final = {"strength": "▲", "mixed": "◆", "weakness": "▼", "neutral": "○"}
_PDF: Final = ".pdf"


@dataclass(frozen=True)
class Entry:
    """One code of one finding, as evidence."""

    symbol: str
    direction: str
    cohort: str
    extent: str
    summary: str
    locator: str
    link: str
    notes: str


@dataclass(frozen=True)
class Cell:
    """A theme at a visit: its status in words and the entries behind it."""

    anchor: str
    title: str
    status: str
    how: str
    flags: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class ThemeEvidence:
    """A theme with its cells, in order of visits."""

    anchor: str
    name: str
    definition: str
    cells: tuple[Cell, ...]


def link_to(document: pd.Series[str], page: str) -> str:
    """Return the address of a document, at a page only where it is known to be a PDF."""
    address = str(document["address"])
    if address.lower().endswith(_PDF) and page:
        return f"{address}#page={page}"
    return str(document["link"])


def locator(finding: Row, document: pd.Series[str]) -> str:
    """Say where a finding stands: document, section, printed number, page.

    Examples
    --------
    >>> document = pd.Series({"kind": "letter", "published": "2024-03-06"})
    >>> finding = {"section": "Findings", "printed_number": "", "page": "2", "finding": "d/7"}
    >>> locator(finding, document)
    'letter of 2024-03-06, Findings, unnumbered (7th in our count), page 2'
    """
    number = str(finding["printed_number"])
    count = str(finding["finding"]).rsplit("/", 1)[1]
    place = f"paragraph {number}" if number else f"unnumbered ({_ordinal(int(count))} in our count)"
    page = f", page {finding['page']}" if finding["page"] else ""
    return f"{document['kind']} of {document['published']}, {finding['section']}, {place}{page}"


def _ordinal(number: int) -> str:
    teen = 10 < number % 100 < 14  # noqa: PLR2004 - eleventh to thirteenth
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def by_theme(results: Results) -> list[ThemeEvidence]:
    """Gather the evidence: every theme, every visit that says anything of it.

    Returns
    -------
    list of ThemeEvidence
        In codebook order, visits in order of date; primary and secondary documents both, each
        entry saying which it is.
    """
    coded = voting(results.coded)
    coded = coded.assign(_cohort=coded["cohort"].map(list(COHORTS).index))
    cells = dict(list(coded.groupby(["theme", "visit"], sort=False)))
    whole = results.whole().set_index(["theme", "visit"]).to_dict("index")
    documents = results.data.documents.set_index("document")
    visits = results.data.visits
    evidence = []
    for theme in results.data.codebook.themes:
        found = tuple(
            _cell(
                theme.id,
                visit,
                cells[(theme.id, visit)],
                whole.get((theme.id, visit)),
                title,
                documents,
            )
            for visit, title in zip(visits["visit"], visits["title"], strict=True)
            if (theme.id, visit) in cells
        )
        evidence.append(ThemeEvidence(f"t-{theme.id}", theme.name, theme.definition, found))
    return evidence


def _cell(
    theme: str,
    visit: str,
    part: pd.DataFrame,
    status: Row | None,
    title: str,
    documents: pd.DataFrame,
) -> Cell:
    ordered = part.sort_values(["source", "_cohort"], kind="stable")
    entries = tuple(
        _entry(row, documents.loc[row["document"]]) for row in ordered.to_dict("records")
    )
    return Cell(
        anchor=f"e-{theme}--{visit}",
        title=title[:1].upper() + title[1:],
        status=_status(status, part),
        how=_how(str(status["how"])) if status else "",
        flags=tuple(words for flag, words in FLAGS.items() if status and status[flag]),
        entries=entries,
    )


def _status(status: Row | None, part: pd.DataFrame) -> str:
    if status is None:
        return f"required actions: {part['finding'].nunique()}; a notice sets no status"
    if status["status"] == "no document":
        return "no primary document; the secondary source below sets no status"
    if not status["votes"]:
        return str(status["status"])
    counts = (("strengths", "strength"), ("mixed", "mixed"), ("weaknesses", "weakness"))
    votes = ", ".join(
        f"{status[many]} {one if status[many] == 1 else many}" for many, one in counts
    )
    return f"{status['status']} (n = {status['votes']}: {votes})"


def _how(how: str) -> str:
    pairs = [part.split(": ") for part in how.split("; ") if part]
    return "; ".join(f"{COHORTS[cohort]}: {status}" for cohort, status in pairs)


def _entry(row: Row, document: pd.Series[str]) -> Entry:
    extent = row["extent"]
    return Entry(
        symbol=SYMBOLS[str(row["direction"])],
        direction=str(row["direction"]),
        cohort=COHORTS[str(row["cohort"])],
        extent="" if pd.isna(extent) else str(extent),
        summary=str(row["summary"]),
        locator=locator(row, document),
        link=link_to(document, str(row["page"])),
        notes=_notes(row),
    )


def _notes(row: Row) -> str:
    """Say what a reader must know of a code: role, speaker, vote, source, coder."""
    parts = [
        ROLES[str(row["role"])] if row["role"] != "body" else "",
        f"said by {SPEAKERS[str(row['said_by'])]}" if row["said_by"] != "inspectors" else "",
        f"{SPEAKERS[str(row['said_by'])]} say: {row['change_said']}" if row["change_said"] else "",
        "states a change only" if row["basis"] == "change only" else "",
        "a small number only" if row["vote"] == "limited" else "",
        "casts no vote" if row["vote"] == "none" else "",
        "secondary source" if row["source"] == "secondary" else "",
        f"coded by {row['coder']}",
    ]
    return "; ".join(part for part in parts if part)


def findings_by_id(results: Results) -> dict[str, dict[str, str]]:
    """Return summary, locator and link of every finding, by its id."""
    documents = results.data.documents.set_index("document")
    return {
        str(row["finding"]): {
            "summary": str(row["summary"]),
            "locator": locator(row, documents.loc[row["document"]]),
            "link": link_to(documents.loc[row["document"]], str(row["page"])),
        }
        for row in results.data.findings.to_dict("records")
    }


def unthemed(results: Results) -> pd.DataFrame:
    """List the findings without a theme, so that none is lost: finding, role, summary."""
    none = results.coded[results.coded["theme"] == NO_THEME]
    return none[["finding", "role", "summary"]].reset_index(drop=True)
