"""Where the id of a document changes, everything that points at it follows."""

from __future__ import annotations

import csv
from pathlib import Path

import compose

from analysis.codes.training.training import follow_documents
from analysis.documents.register import gather, read_register

ROOT = Path(__file__).parents[2]
OLD, NEW = "exampleshire-inspection-2022-11-21", "exampleshire-inspection-2022-12-24"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_coded_paragraphs_to_learn_from_follow_their_document(tmp_path: Path) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(compose.focused_visit_letter().content)
    register = read_register(gather([letter]), [("knowsley", "Knowsley")], jobs=1)
    checksum = register.documents[0].outcomes[0].sha256
    old, new = "knowsley-focused-visit-2019-09-12", "knowsley-focused-visit-2019-10-08"
    other = "leeds-inspection-2015-04-14"
    tables = {
        "paragraphs.csv": "paragraph,document,authority,period,sha256,printed_number,page,role,"
        f"fingerprint\n{old}/0a,{old},knowsley,ILACS,{checksum},,2,body,{'0' * 16}\n"
        f"{other}/0b,{other},leeds,SIF,{'f' * 64},7,3,body,{'1' * 16}\n",
        "codes.csv": "paragraph,theme,direction,coder\n"
        f"{old}/0a,audit,mixed,reader-1\n{other}/0b,none,,reader-1\n",
    }
    for name, text in tables.items():
        (tmp_path / name).write_text(text)

    assert follow_documents(tmp_path, register) == {old: new}

    for name, text in tables.items():
        assert (tmp_path / name).read_text() == text.replace(old, new)
    assert follow_documents(tmp_path, register) == {}


def test_no_code_of_the_training_data_is_orphaned() -> None:
    training = ROOT / "data" / "raw" / "training"
    paragraphs = rows(training / "paragraphs.csv")
    named = {row["paragraph"]: row["document"] for row in paragraphs}
    assert {code["paragraph"] for code in rows(training / "codes.csv")} <= named.keys()
    assert [name for name, document in named.items() if name.rpartition("/")[0] != document] == []


def test_the_training_data_call_documents_as_the_tables_of_authorities_do() -> None:
    told = {
        checksum: row["document"]
        for table in (ROOT / "data" / "raw").glob("*/documents.csv")
        for row in rows(table)
        for checksum in row["sha256"].split(";")
        if row["source"] == "primary"
    }
    learned = {
        row["sha256"]: row["document"]
        for row in rows(ROOT / "data" / "raw" / "training" / "paragraphs.csv")
    }
    shared = told.keys() & learned.keys()
    assert len(shared) > 100
    assert {s: (learned[s], told[s]) for s in shared if learned[s] != told[s]} == {}
