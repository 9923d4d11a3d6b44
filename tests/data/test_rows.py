"""A table is read the same whoever reads it, or refused with file and row."""

from __future__ import annotations

import io
import zipfile

import pytest

from analysis.data.authority_list import AUTHORITY_COLUMNS, read_authorities
from analysis.data.held import load_authorities
from analysis.data.rows import read_rows
from analysis.data.schemas import AUTHORITIES
from analysis.errors import DataError


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return out.getvalue()


def spreadsheet() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", "x")
    return out.getvalue()


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN = {
    "book.xlsx": (archive("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook: save"),
    "book.xls": (OLD_OFFICE + "Workbook".encode("utf-16-le"), "an Excel workbook: save"),
    "codes.qdpx": (archive("project.qde"), "a REFI-QDA file: `findings import` reads it"),
    "project.qde": (b'<?xml version="1.0"?><Project xmlns="urn:QDA-XML:project:1.0"/>', "REFI-QDA"),
    "book.ods": (spreadsheet(), "an OpenDocument file: save a sheet as CSV"),
    "text.docx": (archive("word/document.xml"), "a Word document"),
    "more.zip": (archive("a.csv"), "a zip archive: unpack it"),
    "cut.zip": (archive("a.csv")[:-9], "a damaged zip archive"),
    "letter.pdf": (b"%PDF-1.7\n", "a PDF: `findings ingest` reads it"),
    "page.csv": (b"\n<!DOCTYPE HTML><html>", "a web page"),
    "old.doc": (OLD_OFFICE, "an old Office file"),
    "codes.db": (b"SQLite format 3\0", "a database: export the table as CSV"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_table_is_named_as_what_it_is(tmp_path, name):
    content, told = FOREIGN[name]
    (tmp_path / name).write_bytes(content)

    with pytest.raises(DataError) as refused:
        read_rows(tmp_path / name, name)

    assert f"{name}: this is {told}" in str(refused.value) or told in str(refused.value)
    assert len(refused.value.problems) == 1


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    for path, told in ((tmp_path, "a folder stands in"), (tmp_path / "x", "this file is missing")):
        with pytest.raises(DataError, match=f"x.csv: {told}"):
            read_rows(path, "x.csv", ["id"])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"id,text\n1,a,b\n2\n", ["x.csv, row 2: 3 cells", "x.csv, row 3: 1 cell"]),
        (b"id,text\n1,a\n,b\n1,c\n", ["row 2, id = '1': stands", "row 3, id = '': is blank"]),
        (b"text\na\n", ["row 1, id = '': this column is missing; the file has text"]),
        (b"id,text,,id\n1,a,b,c\n", ["row 1: a column has no name", "row 1, id = 'id': this col"]),
        (b"id,text\n1,a\0\n", ["not a text file"]),
        (b"id,text\n1," + b"a" * 200_000, ["row 2: a cell holds more than 131,072 characters"]),
    ],
)
def test_every_row_that_is_wrong_is_named(tmp_path, content, told):
    (tmp_path / "x.csv").write_bytes(content)

    with pytest.raises(DataError) as refused:
        read_rows(tmp_path / "x.csv", "x.csv", ["id"], key="id")

    assert [part for part in told if part not in str(refused.value)] == []


def test_the_columns_of_authorities_are_those_of_their_schema():
    assert list(AUTHORITY_COLUMNS) == list(AUTHORITIES.columns)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("otherton,Otherton", "otherton,Other,ton"),
        ("otherton,Otherton", ",Otherton"),
        ("otherton,Otherton", "../other,Otherton"),
        ("otherton,Otherton", "exampleshire,Otherton"),
        ("authority,name", "authority,Name"),
        ("Nowhere,008", '"Nowhere,008'),
        ("Otherton", "Other\0ton"),
    ],
)
def test_authorities_are_refused_alike_by_whoever_reads_them(project, old, new):
    path = project.raw("authorities.csv")
    path.write_text(path.read_text().replace(old, new))

    problems = []
    for read in (read_authorities, load_authorities):
        with pytest.raises(DataError) as refused:
            read(project)
        problems.append({(p.row, p.column, p.value) for p in refused.value.problems})

    assert problems[0] and problems[0] <= problems[1]
