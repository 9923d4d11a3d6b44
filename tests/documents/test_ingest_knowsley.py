"""The coding of Knowsley against what reading the same documents gives."""

from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from composed_truth import AUTHORITIES, ROOT

from analysis.documents.copies import Document
from analysis.documents.matching import Matches, match_findings
from analysis.documents.named_files import gather
from analysis.documents.register import Register, read_register
from analysis.documents.rows import findings, judgements
from analysis.documents.sheet import add_documents
from analysis.project import Project

pytestmark = pytest.mark.sources

KNOWSLEY = ROOT / "data" / "raw" / "knowsley"


class Explained(NamedTuple):
    """A difference that `documents.csv` explains, in these words of that column.

    `coded` and `read` are the numbers of findings that stand on one side only; -1 is the last.
    """

    column: str
    words: str
    coded: tuple[int, ...] = ()
    read: tuple[int, ...] = ()


EXPLAINED = {
    "knowsley-monitoring-visit-2016": Explained(
        "note", "Finding 12 leads in to a list of them", coded=(12,)
    ),
    "knowsley-focused-visit-2020": Explained("left_out", "the publisher's footer", read=(-1,)),
}
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (KNOWSLEY / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


DOCUMENTS = {row["document"]: row for row in rows("documents.csv")}
VISITS = {row["visit"]: row for row in rows("visits.csv")}


@pytest.fixture(scope="module")
def register() -> Register:
    folder = Path(os.environ["FINDINGS_SOURCES"]) / "knowsley"
    return read_register(gather([folder]), AUTHORITIES, jobs=1)


@pytest.fixture(scope="module")
def read(register: Register) -> dict[str, Document]:
    """Each document read, by the id under which it is coded."""
    ids = {sum_: row["document"] for row in DOCUMENTS.values() for sum_ in row["sha256"].split(";")}
    return {ids[document.outcomes[0].sha256]: document for document in register.documents}


class Both(NamedTuple):
    """The findings of a document, as coded and as read."""

    coded: list[Row]
    read: list[Row]
    matches: Matches


@pytest.fixture
def both(read: dict[str, Document], name: str) -> Both:
    coded, found = rows(f"findings/{name}.csv"), findings(read[name])
    return Both(coded, found, match_findings(coded, found))


each_document = pytest.mark.parametrize("name", DOCUMENTS)


def test_every_file_is_read_and_coded_under_its_checksum(register: Register) -> None:
    assert [outcome.refused for outcome in register.refused] == []
    by_files = {
        frozenset(outcome.sha256 for outcome in document.outcomes)
        for document in register.documents
    }
    assert by_files == {frozenset(row["sha256"].split(";")) for row in DOCUMENTS.values()}
    assert {document.reading.authority for document in register.documents} == {"knowsley"}


@each_document
def test_every_place_cited_is_a_place_read(both: Both) -> None:
    def places(table: list[Row]) -> set[tuple[str, str]]:
        return {(row["printed_number"], row["page"]) for row in table}

    assert places(both.coded) - places(both.read) == set()


@each_document
def test_findings_are_the_same_but_for_what_is_explained(both: Both, name: str) -> None:
    explained = EXPLAINED.get(name, Explained("note", ""))
    coded = {int(both.coded[at]["finding"].rpartition("/")[2]) for at in both.matches.only_written}
    assert coded == set(explained.coded)
    last = len(both.read)
    alone = {at + 1 for at in both.matches.only_read}
    assert alone == {number if number > 0 else last + 1 + number for number in explained.read}


@each_document
def test_every_fingerprint_is_found_again(both: Both, name: str) -> None:
    explained = EXPLAINED.get(name, Explained("note", ""))
    blank = {int(row["finding"].rpartition("/")[2]) for row in both.coded if not row["fingerprint"]}
    assert blank == set(explained.coded)
    assert [
        both.coded[one]["finding"]
        for one, two in both.matches.pairs
        if both.coded[one]["fingerprint"] != both.read[two]["fingerprint"]
    ] == []


@each_document
def test_findings_that_match_stand_on_the_same_page(both: Both) -> None:
    assert both.matches.pairs
    assert [
        both.coded[one]["finding"]
        for one, two in both.matches.pairs
        if both.coded[one]["page"] != both.read[two]["page"]
    ] == []


@pytest.mark.parametrize("name", EXPLAINED)
def test_the_coding_itself_explains_each_difference(name: str) -> None:
    explained = EXPLAINED[name]
    assert explained.words in DOCUMENTS[name][explained.column]
    assert explained.coded or explained.read


@each_document
def test_grades_are_those_read(read: dict[str, Document], name: str) -> None:
    coded = [row for row in rows("judgements.csv") if row["document"] == name]
    found = judgements(read[name])
    columns = ("area", "grade", "grade_printed", "page")
    assert {tuple(row[c] for c in columns) for row in coded} == {
        tuple(row[c] for c in columns) for row in found
    }
    assert len(coded) == len(found)


@each_document
def test_dates_that_are_printed_are_those_coded(read: dict[str, Document], name: str) -> None:
    reading, document = read[name].reading, DOCUMENTS[name]
    visit = VISITS[document["visit"]]
    start, end, *_ = reading.visit
    if start:
        assert (start, end) == (visit["start"], visit["end"] or visit["start"])
    assert reading.published in ("", document["published"])
    printed = document["source"] == "primary" and "date of publication" not in document["note"]
    assert bool(reading.published) == printed
    assert bool(start) == (document["source"] == "primary")


@each_document
def test_kind_pages_and_files_are_those_coded(read: dict[str, Document], name: str) -> None:
    found, document = read[name], DOCUMENTS[name]
    reading, visit = found.reading, VISITS[document["visit"]]
    assert (reading.kind.visit, reading.kind.source) == (visit["kind"], document["source"])
    if document["source"] == "primary":
        assert reading.kind.document == document["kind"]
        assert reading.kind.framework == visit["framework"]
    assert str(reading.pages or "") == document["pages"]
    assert sorted(Path(outcome.path).name for outcome in found.outcomes) == sorted(
        document["files"].split(";")
    )


def test_adding_the_documents_again_changes_nothing_but_the_words_held(
    register: Register, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    project = Project(tmp_path)
    before = {path: path.read_bytes() for path in project.raw().rglob("*") if path.is_file()}

    added = add_documents(project, "knowsley", register)

    assert {p: p.read_bytes() for p in project.raw().rglob("*") if p.is_file()} == before
    assert (added.rows, added.fingerprints) == ({}, {})
    coded = sum(len(rows(f"findings/{name}.csv")) for name in DOCUMENTS)
    assert added.texts == coded - sum(len(explained.coded) for explained in EXPLAINED.values())
    assert len(added.unmatched) == sum(len(explained.read) for explained in EXPLAINED.values())
