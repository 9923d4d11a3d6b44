"""The way back to the words: for every theme and visit, the findings behind its status.

A finding is shown as a summary in our words with its locator: the section, the printed number and
the page of the document, with a link to the document where its address is known, else to the
publisher's page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.addresses import paged
from analysis.anchors import anchor, finding_anchor, theme_anchor
from analysis.dates import PartialDate
from analysis.english import by_cohort, plural, sentence_case
from analysis.report.sentences.cautions import theme_agreement
from analysis.report.sentences.plain import briefly
from analysis.report.tables.quoting import passage
from analysis.results.reliance import findings_of, usual_coder
from analysis.results.results import Results
from analysis.results.votes import voting
from analysis.tables import Row, records
from analysis.vocabulary import (
    COHORTS,
    HARMS,
    LEVELS,
    NO_DOCUMENT,
    NO_THEME,
    NOT_STATED,
    ROLES,
    SPEAKERS,
    SYMBOLS,
    TAGGER,
)

NO_DATE: Final = "date of publication not known"
NO_SUMMARY: Final = "Not summarised yet; the document has the words"
QUOTED_WORDS: Final = 40
"""Published words of a finding beyond which no further sentence is shown."""
WORDS_BESIDE: Final = 20
"""The same beside a summary, where they are to find the place: a page has its limit."""


@dataclass(frozen=True)
class Entry:
    """One code of one finding, as evidence.

    `anchor` is the finding's own, blank where it has it under another code. `summary` is what was
    found on this theme, where the code says so, else the finding's. `place` is where it stands:
    section, number and page, and the document too where the cell holds several; `link` is blank
    unless it leads to the very page. `words` are the published sentences that carry it, where they
    are held on this machine; of a finding with several codes they stand beside the one with its
    anchor, and `told_at` leads the others there. `notes` name the coder where it is not the usual
    one. `votes` says if it has a say in the level.
    """

    anchor: str
    symbol: str
    direction: str
    cohort: str
    extent: str
    summary: str
    words: str
    told_at: str
    place: str
    link: str
    notes: str
    secondary: bool
    votes: bool


@dataclass(frozen=True)
class _Shown:
    """What holds for every entry of a report.

    `usual` is the coder of most findings, named once; `unsaid` stands where a finding has neither
    summary nor words, blank where none has; `homes` are the themes under which findings have their
    anchors.
    """

    usual: str
    unsaid: str
    homes: Mapping[str, str]


@dataclass(frozen=True)
class Source:
    """A document behind a cell: its name, and its link where there is one."""

    name: str
    link: str


@dataclass(frozen=True)
class Cell:
    """A theme at a visit: its status in words and the entries behind it.

    `remarks` say how far the status can be leaned on and why, and whether a need stands on it.
    """

    anchor: str
    title: str
    status: str
    how: str
    remarks: tuple[str, ...]
    sources: tuple[Source, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class ThemeEvidence:
    """A theme with its cells, in order of visits.

    `agreement` says how far the tagger agrees with readers on it, where its codes count.
    """

    anchor: str
    name: str
    definition: str
    cells: tuple[Cell, ...]
    agreement: str = ""


def said(finding: Row) -> str:
    """Say what a finding says: our summary, or that there is none yet.

    Examples
    --------
    >>> said({"summary": ""})
    'Not summarised yet; the document has the words'
    """
    return str(finding["summary"]) or NO_SUMMARY


def link_to(document: Row, page: str) -> str:
    """Return the address of a document, at a page only where it is known to be a PDF."""
    return paged(str(document["address"]), page) or str(document["link"])


def document_name(document: Row) -> str:
    """Name a document by its kind and date, and say if it is a secondary source.

    Examples
    --------
    >>> document_name({"kind": "letter", "published": "2024-03-06", "source": "primary"})
    'letter of 6 March 2024'
    >>> document_name({"kind": "report", "published": "", "source": "secondary"})
    'report, date of publication not known (secondary source)'
    """
    published = str(document["published"])
    date = f" of {PartialDate.parse(published).label}" if published else f", {NO_DATE}"
    secondary = " (secondary source)" if document["source"] == "secondary" else ""
    return f"{document['kind']}{date}{secondary}"


def paragraph(finding: Row) -> str:
    """Say which paragraph of its document a finding is: printed number and page.

    Examples
    --------
    >>> paragraph({"printed_number": "", "page": "2", "finding": "d/7"})
    '7th in our count, page 2'
    """
    number = str(finding["printed_number"])
    count = str(finding["finding"]).rsplit("/", 1)[1]
    shown = f"paragraph {number}" if number else f"{_ordinal(int(count))} in our count"
    return shown + (f", page {finding['page']}" if finding["page"] else "")


def place(finding: Row) -> str:
    """Say where in its document a finding stands: section and paragraph."""
    return f"{finding['section']}, {paragraph(finding)}"


def locator(finding: Row, document: Row) -> str:
    """Say where a finding stands: document, section, printed number, page."""
    return f"{document_name(document)}, {place(finding)}"


def _ordinal(number: int) -> str:
    teen = 10 < number % 100 < 14  # noqa: PLR2004 - eleventh to thirteenth
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _documents(results: Results) -> dict[str, Row]:
    """Rows of the documents, by their ids."""
    return {row["document"]: row for row in records(results.data.documents)}


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
    cells: dict[tuple[str, str], list[Row]] = {}
    for row in records(coded.sort_values(["source", "_cohort"], kind="stable")):
        cells.setdefault((row["theme"], row["visit"]), []).append(row)
    whole = {(row["theme"], row["visit"]): row for row in records(results.whole())}
    documents = _documents(results)
    visits = results.data.visits
    unsaid = "" if has_no_words(results) else NO_SUMMARY
    shown = _Shown(usual_coder(results), unsaid, homes(results))
    tagged = TAGGER in findings_of(results)
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
                shown,
            )
            for visit, title in zip(visits["visit"], visits["title"], strict=True)
            if (theme.id, visit) in cells
        )
        agreement = theme_agreement(theme.id) if tagged else ""
        evidence.append(
            ThemeEvidence(theme_anchor(theme.id), theme.name, theme.definition, found, agreement)
        )
    return evidence


def homes(results: Results) -> dict[str, str]:
    """Say under which theme each finding has its anchor.

    Returns
    -------
    dict
        Finding to theme: that of a need which the finding speaks of, if it carries that theme, else
        its first in the order of the codebook; findings without a theme have none.
    """
    wanted: dict[str, set[str]] = {}
    needs = results.data.needs  # the ledger leaves out needs that nobody raised in the period
    theme_of = dict(zip(needs["need"], needs["theme"], strict=True))
    for need, found in zip(results.events["need"], results.events["findings"], strict=True):
        for finding in found.split():
            wanted.setdefault(finding, set()).add(theme_of[need])
    place = {theme: row for row, theme in enumerate(results.data.codebook.ids)}
    carried: dict[str, set[str]] = {}
    for finding, theme in zip(results.coded["finding"], results.coded["theme"], strict=True):
        if theme in place:
            carried.setdefault(finding, set()).add(theme)
    return {
        finding: min(themes & wanted.get(finding, set()) or themes, key=place.__getitem__)
        for finding, themes in carried.items()
    }


def has_no_words(results: Results) -> bool:
    """Whether no finding has a summary or published words: places are all that can be shown."""
    findings = results.data.findings
    return bool(((findings["summary"] == "") & (findings["words"] == "")).all())


def _cell(
    theme: str,
    visit: str,
    part: list[Row],
    status: Row | None,
    title: str,
    documents: Mapping[str, Row],
    shown: _Shown,
) -> Cell:
    read = [documents[name] for name in dict.fromkeys(row["document"] for row in part)]
    several = len(read) > 1
    entries = tuple(
        _entry(row, documents[row["document"]], shown, own, several=several)
        for row, own in zip(part, _own_anchors(theme, part, shown.homes), strict=True)
    )
    return Cell(
        anchor=anchor(theme, visit),
        title=sentence_case(title),
        status=_status(status, part),
        how=by_cohort(str(status["how"])) if status else "",
        remarks=tuple(_remarks(status)) if status else (),
        sources=tuple(Source(document_name(d), str(d["link"])) for d in read),
        entries=entries,
    )


def _status(status: Row | None, part: list[Row]) -> str:
    if status is None:
        actions = len({row["finding"] for row in part})
        return f"required actions: {actions}; a notice sets no status"
    if status["status"] == NO_DOCUMENT:
        return "no primary document; the secondary source below sets no status"
    harm = f", {HARMS[str(status['harm'])]}" if status["harm"] else ""
    if not status["paragraphs"]:
        return str(status["status"])
    counts = (("strengths", "strength"), ("mixed", "mixed"), ("weaknesses", "weakness"))
    votes = ", ".join(
        plural(int(str(status[many])), one, many) for many, one in counts if status[many]
    )
    on = plural(int(status["paragraphs"]), "paragraph")
    return f"{status['status']} (on {on}: {votes}){harm}"


def _remarks(status: Row) -> Iterator[str]:
    """Say the confidence of a status with its reasons, and that something is to be improved."""
    if status["confidence"]:
        reasons = str(status["reasons"])
        yield f"confidence {status['confidence']}{f': {reasons}' if reasons else ''}"
    if status["needed"]:
        strong = status["status"] == "strength"
        yield f"{'strong, with ' if strong else ''}something to improve is stated on it"


def _own_anchors(theme: str, part: Iterable[Row], at: Mapping[str, str]) -> list[str]:
    """Give the first code of each finding that is at home in the theme the finding's anchor."""
    seen: set[str] = set()
    anchors = []
    for row in part:
        first = at[row["finding"]] == theme and row["finding"] not in seen
        anchors.append(finding_anchor(row["finding"]) if first else "")
        seen.add(row["finding"])
    return anchors


def _entry(row: Row, document: Row, shown: _Shown, own: str, *, several: bool) -> Entry:
    link = link_to(document, str(row["page"]))
    summary = sentence_case(str(row["found"] or row["summary"]))
    most = WORDS_BESIDE if summary else QUOTED_WORDS
    return Entry(
        anchor=own,
        symbol=SYMBOLS[str(row["direction"])],
        direction=str(row["direction"]),
        cohort=briefly(str(row["cohort"])) or COHORTS[NOT_STATED],
        extent=str(row["extent"]),
        summary=summary or ("" if row["words"] else shown.unsaid),
        words=passage(str(row["words"]), summary, most) if own else "",
        told_at="" if own or not row["words"] else "#" + finding_anchor(str(row["finding"])),
        place=locator(row, document) if several else place(row),
        link=link if link != document["link"] else "",
        notes=_notes(row, shown.usual),
        secondary=row["source"] == "secondary",
        votes=row["vote"] != "none",
    )


def _notes(row: Row, usual: str) -> str:
    """Say what a reader must know of a code: role, speaker, vote, source, coder, score."""
    score = row.get("score")
    parts = [
        ROLES[str(row["role"])] if row["role"] != "body" else "",
        f"said by {SPEAKERS[str(row['said_by'])]}" if row["said_by"] != "inspectors" else "",
        f"{SPEAKERS[str(row['said_by'])]} say: {row['change_said']}" if row["change_said"] else "",
        f"leans to {row['lean']}" if row["lean"] in LEVELS else "",
        HARMS.get(str(row["harm"]), ""),
        "on a part of them only" if row["part"] else "",
        "states a change only" if row["basis"] == "change only" else "",
        f"says again what paragraph {row['repeats']} in our count says" if row["repeats"] else "",
        "casts no vote" if row["vote"] == "none" else "",
        f"coded by {row['coder']}" if row["coder"] != usual else "",
        "" if score is None or pd.isna(score) else f"score {score:.2f}",
    ]
    return "; ".join(part for part in parts if part)


def findings_by_id(results: Results) -> dict[str, dict[str, str]]:
    """Return anchor, summary, paragraph and locator of every finding, by its id."""
    documents = _documents(results)
    return {
        str(row["finding"]): {
            "anchor": finding_anchor(str(row["finding"])),
            "summary": said(row),
            "paragraph": paragraph(row),
            "locator": locator(row, documents[row["document"]]),
        }
        for row in records(results.data.findings)
    }


def unthemed(results: Results) -> list[dict[str, str]]:
    """List the findings without a theme, so that none is lost: anchor, summary, locator, role.

    The summary is blank where no finding has one.
    """
    known = findings_by_id(results)
    if has_no_words(results):
        known = {finding: said | {"summary": ""} for finding, said in known.items()}
    none = results.coded[results.coded["theme"] == NO_THEME]
    return [
        known[finding] | {"role": ROLES[role]}
        for finding, role in zip(none["finding"], none["role"], strict=True)
    ]
