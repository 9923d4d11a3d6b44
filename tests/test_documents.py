"""The locators lead to the words: held against the published documents where they are at hand."""

from __future__ import annotations

import csv
import hashlib
import re
from functools import cache
from pathlib import Path

import pytest
from commands import run

pytestmark = pytest.mark.sources
ROOT = Path(__file__).parents[1]
with (ROOT / "data/raw/knowsley/documents.csv").open(encoding="utf-8-sig", newline="") as file:
    PDFS = [
        (row["document"], name)
        for row in csv.DictReader(file)
        for name in row["files"].split(";")
        if name.endswith(".pdf")
    ]


@pytest.fixture(scope="module")
def held(knowsley):
    return knowsley.data


@cache
def page_text(path: Path, page: int) -> str:
    return run("pdftotext", "-layout", "-f", str(page), "-l", str(page), path, "-")


def findings_of(held, document: str):
    return held.findings[held.findings["document"] == document]


def test_every_file_is_the_one_that_was_coded(sources, held):
    for row in held.documents.itertuples():
        for name, sha256 in zip(row.files.split(";"), row.sha256.split(";"), strict=True):
            raw = (sources / "knowsley" / name).read_bytes()
            assert hashlib.sha256(raw).hexdigest() == sha256, name


@pytest.mark.parametrize(("document", "name"), PDFS)
def test_every_printed_number_stands_on_its_page(sources, held, document, name):
    numbered = findings_of(held, document)
    numbered = numbered[numbered["printed_number"] != ""]
    missing = [
        row.finding
        for row in numbered.itertuples()
        if not re.search(
            rf"^\s*{row.printed_number}\.\s",
            page_text(sources / "knowsley" / name, int(row.page)) + " ",
            re.MULTILINE,
        )
    ]
    assert missing == []


@pytest.mark.parametrize(("document", "name"), PDFS)
def test_every_extent_word_is_printed_where_the_finding_stands(sources, held, document, name):
    pages = int(held.documents.set_index("document").loc[document, "pages"])
    codes = held.codes[held.codes["extent"] != ""].merge(findings_of(held, document), on="finding")
    worded = codes.drop_duplicates(["finding", "extent_printed"])
    missing = []
    for row in worded.itertuples():
        first = int(row.page)
        text = " ".join(
            page_text(sources / "knowsley" / name, page)
            for page in range(first, min(first + 1, pages) + 1)
        )
        word = str(row.extent_printed).lower()
        if word not in " ".join(text.split()).lower():
            missing.append((row.finding, row.extent_printed))
    assert missing == []


def test_numbered_paragraphs_run_without_a_gap(held):
    for document in held.documents["document"]:
        numbers = [
            int(n) for n in findings_of(held, document)["printed_number"] if re.fullmatch(r"\d+", n)
        ]
        if numbers:
            assert numbers == list(range(1, len(numbers) + 1)), document
