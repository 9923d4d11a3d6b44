"""All published documents at once: how much of them is read, and how surely.

The folder named holds a folder for each authority, and in it files named after the kind of the
visit and the day of publication.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest
from composed_truth import AUTHORITIES
from shared import ROOT

from analysis.data.held import held_authorities
from analysis.data.rows import read_rows
from analysis.documents.copies import Document
from analysis.documents.files.layout import join_rows, reading_order
from analysis.documents.files.opening import open_document
from analysis.documents.named_files import gather
from analysis.documents.readings import Finding, Reading
from analysis.documents.register import Register, read_register
from analysis.documents.rows import Row, grades_of
from analysis.project import Project
from analysis.tables import to_text

pytestmark = pytest.mark.sources

KINDS = {
    "inspection": ("inspection", "re-inspection"),
    "re-inspection": ("re-inspection",),
    "focused-visit": ("focused-visit",),
    "monitoring": ("monitoring-visit",),
    "improvement-notice": ("improvement-notice",),
}
LADDER = ("outstanding", "good", "requires improvement", "inadequate")
SIX = {
    "leadership", "help-and-protection", "children-in-care", "adoption", "care-leavers", "overall",
}  # fmt: skip
FIVE = {"leadership", "help-and-protection", "children-in-care", "care-leavers", "overall"}
FOUR = {"leadership", "help-and-protection", "children-in-care-and-care-leavers", "overall"}
RECOGNISED = {
    "finding", "heading", "title", "judgement table", "contents", "footnote", "footer", "header",
    "page number", "about the area", "about the inspection", "annex", "opening of the letter",
    "address", "closing", "method", "imprint", "expectation", "lead-in", "addressee and signature",
}  # fmt: skip
NO_NEEDS = "the letter has no section on what needs to improve"
SENTENCE_END = re.compile(r"[.!?…][\"'’”)\]]*\d{0,2}$|\)$")
SHORTEST_PIECE = 8
NEAR_DAYS = 10
READ_BY_VISIT = ("report", "letter")
MOST_PIECES = 4

LONGEST_RUN = 8
"""Words in a row that a summary may share with its document: terms are long in this field."""
PROJECT = Project(ROOT)
SOME = held_authorities(PROJECT)[::12]
"""Authorities that nobody chose."""
OURS = {
    "findings/*.csv": ("summary",),
    "codes/*.csv": ("found", "note"),
    "area_statements.csv": ("summary",),
    "needs.csv": ("wording",),
    "need_links.csv": ("note",),
    "visits.csv": ("note",),
}
"""Columns in our words."""


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))
    count = LONGEST_RUN + 1
    return (tuple(words[at : at + count]) for at in range(len(words) - count + 1))


class Corpus(NamedTuple):
    """Every document of the folder, read once."""

    folder: Path
    names: dict[str, str]
    register: Register
    tables: dict[str, list[Row]]
    """The rows that are written of them."""

    def file(self, document: Document) -> str:
        """Name of the best of a document's files, from the folder on."""
        return self.names[document.outcomes[0].path]

    def services(self, framework: str) -> list[Document]:
        """Reports on services of a framework."""
        return [
            document
            for document in self.register.documents
            if document.reading.kind[1:3] == ("report", framework)
            and document.reading.kind.subject == "services"
        ]

    def letters(self) -> list[Document]:
        """Letters."""
        documents = self.register.documents
        return [document for document in documents if document.reading.kind.document == "letter"]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    folder = Path(os.environ["FINDINGS_SOURCES"])
    names = gather([folder])
    register = read_register(names, AUTHORITIES, jobs=2)
    tables = {name: list(rows) for name, (_columns, rows) in register.tables().items()}
    return Corpus(folder, names, register, tables)


def missed(things: Iterable[Document], fits: Callable[[Document], bool]) -> tuple[float, list[str]]:
    """Share of documents that do not fit, and their ids."""
    documents = list(things)
    assert documents
    bad = [document.id for document in documents if not fits(document)]
    return len(bad) / len(documents), bad


# Which files are documents


def test_every_file_that_is_no_document_is_refused_and_no_other(corpus: Corpus) -> None:
    none = {
        path
        for path in corpus.names
        if path.endswith(".pdf") and b"%PDF-" not in Path(path).read_bytes()[:1024]
    }
    assert {outcome.path for outcome in corpus.register.refused} == none
    assert all(outcome.refused for outcome in corpus.register.refused)


def test_every_file_has_its_row(corpus: Corpus) -> None:
    rows = corpus.tables["documents.csv"]
    refused = {corpus.names[outcome.path] for outcome in corpus.register.refused}
    assert {row["file"] for row in rows} | refused == set(corpus.names.values())
    assert {row["file"] for row in rows}.isdisjoint(refused)


def test_no_two_documents_share_an_id(corpus: Corpus) -> None:
    ids = [document.id for document in corpus.register.documents]
    assert len(set(ids)) == len(ids)


# About whom, what and when


def test_the_authority_is_the_folders(corpus: Corpus) -> None:
    share, bad = missed(
        corpus.register.documents,
        lambda d: d.reading.authority == corpus.file(d).partition("/")[0],
    )
    assert share <= 0.005, bad


def test_the_kind_is_the_files(corpus: Corpus) -> None:
    def fits(document: Document) -> bool:
        name = Path(corpus.file(document)).name
        kind = next((kind for kind in KINDS if name.startswith(kind)), "")
        return document.reading.kind.visit in KINDS.get(kind, ())

    share, bad = missed(corpus.register.documents, fits)
    assert share <= 0.005, bad


def test_the_days_of_the_visit_are_found_and_in_order(corpus: Corpus) -> None:
    def fits(document: Document) -> bool:
        visit = document.reading.visit
        return bool(visit.start) and visit.start <= visit.end

    share, bad = missed(corpus.register.documents, fits)
    assert share <= 0.005, bad


def test_no_visit_ends_after_the_day_in_the_name_of_its_file(corpus: Corpus) -> None:
    def fits(document: Document) -> bool:
        named = re.search(r"\d{4}-\d\d-\d\d", Path(corpus.file(document)).name)
        return not named or document.reading.visit.end <= named[0]

    share, bad = missed(corpus.register.documents, fits)
    assert share <= 0.005, bad


def published_by_the_publisher(corpus: Corpus, document: Document) -> str:
    """Day in the name of a document's file, which is the publisher's; `` where there is none."""
    named = re.search(r"\d{4}-\d\d-\d\d", Path(corpus.file(document)).name)
    return named[0] if named else ""


def test_the_printed_day_of_publication_is_near_the_publishers(corpus: Corpus) -> None:
    def fits(document: Document) -> bool:
        days = (document.reading.published, published_by_the_publisher(corpus, document))
        one, two = map(date.fromisoformat, days)
        return abs((two - one).days) <= NEAR_DAYS

    printed = [
        document
        for document in corpus.register.documents
        if document.reading.published and published_by_the_publisher(corpus, document)
    ]
    share, bad = missed(printed, fits)
    assert share <= 0.005, bad


def test_letters_print_the_day_of_publication(corpus: Corpus) -> None:
    share, bad = missed(corpus.letters(), lambda d: bool(d.reading.published))
    assert share <= 0.01, bad


def test_no_visit_is_taken_for_the_day_of_publication(corpus: Corpus) -> None:
    primary = [d for d in corpus.register.documents if d.reading.kind.document in READ_BY_VISIT]
    assert [d.id for d in primary if d.reading.published == d.reading.visit.end] == []


# Grades


def test_no_heading_prints_another_grade_than_the_table(corpus: Corpus) -> None:
    compared = 0
    for document in corpus.register.documents:
        table = {grade.area: grade.grade for grade in document.reading.grades}
        for grade in document.reading.heading_grades:
            if grade.area in table:
                compared += 1
                assert grade.grade == table[grade.area], (document.id, grade.area)
    assert compared > len(corpus.register.documents) / 2


def test_no_overall_grade_lies_outside_those_of_the_areas(corpus: Corpus) -> None:
    compared = 0
    for framework in ("SIF", "ILACS"):
        for document in corpus.services(framework):
            grades = {grade.area: grade.grade for grade in document.reading.grades}
            grades.pop("safeguarding-board", None)
            overall = grades.pop("overall", "")
            steps = [LADDER.index(grade) for grade in grades.values() if grade in LADDER]
            if overall in LADDER and steps:
                compared += 1
                assert min(steps) <= LADDER.index(overall) <= max(steps), document.id
    assert compared > 100


@pytest.mark.parametrize(("framework", "sets"), [("SIF", [SIX]), ("ILACS", [FIVE, FOUR])])
def test_the_first_pages_print_every_grade(
    corpus: Corpus, framework: str, sets: list[set[str]]
) -> None:
    def fits(document: Document) -> bool:
        grades = document.reading.grades
        areas = {grade.area for grade in grades} - {"safeguarding-board"}
        return areas in sets and all(grade.page in (1, 2) for grade in grades)

    share, bad = missed(corpus.services(framework), fits)
    assert share <= 0.01, bad


# Findings


def test_every_run_of_numbers_is_whole_or_its_break_reported(corpus: Corpus) -> None:
    runs = 0
    for document in corpus.register.documents:
        numbers = [int(f.number) for f in document.reading.findings if f.number.isdigit()]
        runs += bool(numbers)
        if numbers != list(range(1, len(numbers) + 1)):
            assert any("numbers" in oddity for oddity in document.reading.oddities), document.id
    assert runs > 100


def test_letters_hold_findings_and_needs_or_the_lack_is_reported(corpus: Corpus) -> None:
    def fits(document: Document) -> bool:
        roles = {finding.role for finding in document.reading.findings}
        return "body" in roles and ("need" in roles or NO_NEEDS in document.reading.oddities)

    share, bad = missed(corpus.letters(), fits)
    assert share <= 0.01, bad


def test_a_board_that_is_graded_has_findings(corpus: Corpus) -> None:
    graded = [
        document
        for document in corpus.services("SIF")
        if "safeguarding-board" in {grade.area for grade in grades_of(document.reading)}
    ]
    share, bad = missed(
        graded,
        lambda d: any(
            f.area == "safeguarding-board" and f.role == "body" for f in d.reading.findings
        ),
    )
    assert len(graded) > 100
    assert share == 0, bad


def test_no_numbered_paragraph_of_a_report_since_2014_only_sets_the_scene(corpus: Corpus) -> None:
    reports = [*corpus.services("SIF"), *corpus.services("ILACS")]
    assert [d.id for d in reports if any(f.role == "context" for f in d.reading.findings)] == []


def test_no_letter_tells_its_next_steps_as_findings(corpus: Corpus) -> None:
    told = re.compile(r"^(?:we have notified|ofsted will|thank you|yours)\b", re.IGNORECASE)
    assert [
        (document.id, finding.text[:40])
        for document in corpus.letters()
        for finding in document.reading.findings
        if told.match(finding.text)
    ] == []


def test_every_extent_stands_in_its_finding(corpus: Corpus) -> None:
    extents = [
        (row["extent"], row["text"].lower())
        for row in corpus.tables["findings.csv"]
        if row["extent"]
    ]
    assert len(extents) > 10_000
    assert [extent for extent, text in extents if extent not in text] == []


def test_findings_end_like_a_sentence(corpus: Corpus) -> None:
    texts = [
        finding.text
        for document in corpus.register.documents
        for finding in document.reading.findings
        if finding.role in ("body", "summary")
    ]
    cut = [text for text in texts if not SENTENCE_END.search(text)]
    assert len(texts) > 10_000
    assert len(cut) <= 0.002 * len(texts), f"{len(cut)} of {len(texts)}"


def test_every_character_has_a_use_that_is_known(corpus: Corpus) -> None:
    used: dict[str, int] = {}
    for document in corpus.register.documents:
        for use, characters in document.reading.uses.items():
            used[use] = used.get(use, 0) + characters
    unknown = sum(characters for use, characters in used.items() if use not in RECOGNISED)
    assert unknown <= 0.01 * sum(used.values()), sorted(set(used) - RECOGNISED)
    assert used["finding"] >= 0.85 * sum(used.values())


def test_no_printed_character_is_without_a_use(corpus: Corpus) -> None:
    printed = used = 0
    for document in sample(corpus, 60, seed=11):
        lines = join_rows(reading_order(open_document(Path(document.outcomes[0].path)).lines))
        printed += sum(len(line.text) for line in lines)
        used += sum(document.reading.uses.values())
    assert printed > 0
    assert abs(printed - used) <= 0.01 * printed


def test_findings_stand_on_the_pages_cited(corpus: Corpus) -> None:
    sought, lost = 0, []
    for document in sample(corpus, 60, seed=4):
        with pypdfium2.PdfDocument(document.outcomes[0].path) as opened:
            pages = [squeezed(page.get_textpage().get_text_range()) for page in opened]
        for finding in document.reading.findings:
            sought += 1
            if not stands_on(finding, pages):
                lost.append(f"{document.id} page {finding.page}")
    assert sought > 1000
    assert len(lost) <= 0.001 * sought, lost


def sample(corpus: Corpus, how_many: int, seed: int) -> list[Document]:
    """Some documents that have pages, the same each time."""
    paged = [document for document in corpus.register.documents if document.reading.pages]
    return random.Random(seed).sample(paged, min(how_many, len(paged)))  # noqa: S311 - a sample


def squeezed(text: str) -> str:
    """Letters and digits alone."""
    return re.sub(r"[\W_]+", "", text).lower()


def stands_on(finding: Finding, pages: list[str]) -> bool:
    """Whether a finding's words stand on its pages, in few pieces and each on one page.

    Footers and footnotes part the pieces of what goes on overleaf; the first piece must begin
    on the page cited.
    """
    words, cited = squeezed(finding.text), pages[finding.page - 1 : finding.last_page]
    for turn in range(MOST_PIECES):
        taken = longest(words, cited[:1] if turn == 0 else cited)
        words, left = words[taken:], len(words)
        if not words:
            return True
        if taken < min(SHORTEST_PIECE, left):
            return False
    return False


def longest(words: str, pages: list[str]) -> int:
    """Length of the longest beginning that stands on one of the pages."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if any(words[:middle] in page for page in pages):
            low = middle
        else:
            high = middle - 1
    return low


# Again


def test_two_runs_write_the_same_bytes(corpus: Corpus) -> None:
    paths = [document.outcomes[0].path for document in sample(corpus, 20, seed=7)]
    names = {path: corpus.names[path] for path in paths}
    one, two = (read_register(names, AUTHORITIES, jobs).tables() for jobs in (2, 1))
    assert {table: to_text(*one[table]) for table in one} == {
        table: to_text(*two[table]) for table in two
    }


def test_no_oddity_of_dates_goes_unreported(corpus: Corpus) -> None:
    def plain(reading: Reading) -> bool:
        if not reading.visit.start:
            return True
        start, end = map(date.fromisoformat, reading.visit[:2])
        weekend = any(day.weekday() > 4 for day in (start, end))
        return (end - start).days <= 32 and not weekend

    for document in corpus.register.documents:
        if not plain(document.reading):
            said = " ".join(document.reading.oddities)
            assert "the visit is printed" in said, document.id


# Nothing that is written of a document says nine words in a row as they are published


@pytest.mark.promise("no-published-words")
def test_no_cell_of_ours_holds_nine_words_of_a_document(corpus: Corpus) -> None:
    published: dict[str, set[tuple[str, ...]]] = {name: set() for name in SOME}
    for document in corpus.register.documents:
        if document.reading.authority in published:
            for finding in document.reading.findings:
                published[document.reading.authority].update(runs(finding.text))
    assert sum(map(len, published.values())) > 100_000
    taken, looked_at = [], 0
    for name in SOME:
        for pattern, columns in OURS.items():
            for path in sorted(PROJECT.raw(name).glob(pattern)):
                for row in read_rows(path, path.name):
                    for column in columns:
                        looked_at += bool(row.get(column))
                        if any(run in published[name] for run in runs(row.get(column, ""))):
                            taken.append((name, path.name, column, row[column]))
    assert looked_at > 1_000
    assert taken == []
