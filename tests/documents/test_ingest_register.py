"""Files become documents: each once, under an id from its content, in tables that repeat."""

from __future__ import annotations

import csv
import io
import os
import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import compose
import pytest
from compose import Composed
from composed_truth import AUTHORITIES, write

from analysis.documents.named_files import gather
from analysis.documents.register import PROBLEM_COLUMNS, Register, read_register, write_register
from analysis.documents.rows import DOCUMENT_COLUMNS, FINDING_COLUMNS, JUDGEMENT_COLUMNS
from analysis.errors import MachineError
from analysis.tables import MARK, plain, to_text

TABLES = {
    "documents.csv": DOCUMENT_COLUMNS,
    "judgements.csv": JUDGEMENT_COLUMNS,
    "findings.csv": FINDING_COLUMNS,
    "problems.csv": PROBLEM_COLUMNS,
}


def as_text(letter: Composed) -> Composed:
    """The same letter as plain text, a paragraph in each line."""
    lines = [("- " if b.kind == "bullet" else "") + b.text for b in letter.blocks]
    return Composed("\n\n".join(lines).encode(), ".txt")


def put(folder: Path, files: Mapping[str, Composed]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for stem, document in files.items():
        write(document, folder, stem)
    return folder


def register_of(folder: Path, jobs: int = 2) -> Register:
    return read_register(gather([folder]), AUTHORITIES, jobs)


def rows(register: Register, table: str) -> list[dict[str, str]]:
    return register.tables()[table][1]


def without_file(register: Register, table: str) -> list[tuple[str, ...]]:
    columns = [column for column in TABLES[table] if column != "file"]
    return [tuple(row[column] for column in columns) for row in rows(register, table)]


MIXED = {
    "a-report": compose.sif_report(findings=3, skip_number=6),
    "b-report": compose.ilacs_report(findings=3),
    "c-letter": compose.focused_visit_letter(),
    "d-letter-in-word": compose.as_docx(compose.focused_visit_letter()),
    "e-news": compose.news_page(),
    "f-notice": compose.improvement_notice(),
    "g-broken": compose.truncated_pdf(),
    "h-newsletter": compose.not_an_inspection_pdf(),
}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(tmp_path_factory.mktemp("mixed"), MIXED)


@pytest.fixture(scope="module")
def register(mixed: Path) -> Register:
    return register_of(mixed)


# One document in many files


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Register:
    letter = compose.focused_visit_letter()
    files = {"one": letter, "two": compose.as_docx(letter), "three": as_text(letter)}
    return register_of(put(tmp_path_factory.mktemp("copies"), files))


def test_files_of_one_document_share_its_id(copies: Register) -> None:
    documents = rows(copies, "documents.csv")
    assert {row["id"] for row in documents} == {"knowsley-focused-visit-2019-10-08"}
    assert [row["file"] for row in documents] == ["one.pdf", "three.txt", "two.docx"]
    assert len({row["sha256"] for row in documents}) == 3


def test_the_findings_of_one_document_appear_once(copies: Register) -> None:
    told = [p.text for p in compose.focused_visit_letter().paragraphs if p.role != "context"]
    assert [row["text"] for row in rows(copies, "findings.csv")] == told


def test_the_file_with_pages_gives_the_findings(copies: Register) -> None:
    assert {row["page"] for row in rows(copies, "findings.csv")} <= {"1", "2", "3", "4"}
    pages = {row["file"]: row["pages"] for row in rows(copies, "documents.csv")}
    assert pages == {"one.pdf": "4", "three.txt": "", "two.docx": ""}


def test_files_of_one_document_that_agree_are_no_problem(copies: Register) -> None:
    assert rows(copies, "problems.csv") == []


def test_files_of_one_document_that_disagree_are_reported(tmp_path: Path) -> None:
    letter = compose.focused_visit_letter()
    shorter = compose.focused_visit_letter(
        findings=7,
        start=date(2019, 9, 11),
        end=date(2019, 9, 12),
        published=date(2019, 10, 8),
    )
    register = register_of(put(tmp_path, {"one": letter, "two": compose.as_docx(shorter)}))
    said = " | ".join(row["problem"] for row in rows(register, "problems.csv"))
    assert len(register.documents) == 1
    both = "one.pdf, which counts, and two.docx"
    assert f"{both} print different dates of the visit" in said
    assert f"{both} are two versions of this document, whose words differ: 14 and 12" in said


def test_of_files_without_pages_the_one_with_most_findings_counts(tmp_path: Path) -> None:
    files = {
        f"{count}": compose.as_docx(compose.focused_visit_letter(findings=count))
        for count in range(3, 9)
    }
    register = register_of(put(tmp_path, files))
    assert len(register.documents) == 1
    assert [row["role"] for row in rows(register, "findings.csv")].count("body") == 8


@pytest.mark.parametrize("seed", range(4))
def test_of_two_copies_the_one_that_lost_no_words_counts(tmp_path: Path, seed: int) -> None:
    whole = as_text(compose.focused_visit_letter())
    head, overview, body = whole.content.decode().partition("Overview")
    keep = random.Random(seed)  # noqa: S311 - a choice, not a secret
    lines = [[w for w in line.split(" ") if keep.random() > 0.1] for line in body.split("\n")]
    torn = head + overview + "\n".join(map(" ".join, lines))
    register = register_of(
        put(tmp_path, {f"{seed}-torn": Composed(torn.encode(), ".txt"), "whole": whole})
    )
    (document,) = register.documents
    assert document.outcomes[0].path.endswith("whole.txt")
    (problem,) = [r for r in rows(register, "problems.csv") if "two versions" in r["problem"]]
    assert f"whole.txt, which counts, and {seed}-torn.txt are two versions" in problem["problem"]


def test_two_documents_with_one_id_are_told_apart_and_reported(tmp_path: Path) -> None:
    care, help_ = (compose.focused_visit_letter(theme=theme) for theme in ("care", "help"))
    register = register_of(put(tmp_path, {"one": care, "two": help_}))
    ids = ["knowsley-focused-visit-2019-10-08", "knowsley-focused-visit-2019-10-08-2"]
    assert [document.id for document in register.documents] == ids
    assert [row["document"] for row in rows(register, "problems.csv")] == ids
    assert all("hold other texts" in row["problem"] for row in rows(register, "problems.csv"))
    assert len(rows(register, "findings.csv")) == 28


def test_a_board_reviewed_by_itself_has_an_id_of_its_own(tmp_path: Path) -> None:
    board = compose.board_review_2015()
    services = compose.sif_report(
        authority="leeds",
        style="2015",
        start=date(2015, 2, 3),
        end=date(2015, 2, 12),
        published=date(2015, 4, 14),
        findings=2,
    )
    register = register_of(put(tmp_path, {"one": board, "two": services}))
    assert [document.id for document in register.documents] == [
        "leeds-inspection-2015-04-14",
        "leeds-inspection-safeguarding-board-2015-04-14",
    ]
    assert not [row for row in rows(register, "problems.csv") if "other texts" in row["problem"]]


# Ids, names and bytes


def test_an_id_is_the_authority_the_kind_and_the_day(register: Register) -> None:
    assert [document.id for document in register.documents] == [
        "knowsley-focused-visit-2019-10-08",
        "knowsley-improvement-notice-2014-10-14",
        "knowsley-inspection-2014-07-08",
        "knowsley-monitoring-visit-2016-09-20-secondary",
        "stockport-inspection-visited-2024-09-20",
    ]


def test_the_last_day_of_a_visit_never_stands_as_the_date_of_publication(
    register: Register,
) -> None:
    by_id = {row["id"]: row for row in rows(register, "documents.csv")}
    undated = by_id["stockport-inspection-visited-2024-09-20"]
    assert (undated["published"], undated["visit_end"]) == ("", "2024-09-20")
    assert undated["not_found"].startswith("published: no date of publication is printed")
    assert by_id["knowsley-inspection-2014-07-08"]["published"] == "2014-07-08"


def test_names_of_files_change_nothing_but_the_names(register: Register, tmp_path: Path) -> None:
    stems = [f"{9 - place}-inspection-leeds-1999-01-01" for place in range(len(MIXED))]
    renamed = register_of(
        put(tmp_path, dict(zip(stems, MIXED.values(), strict=True))),
    )
    for table in ("judgements.csv", "findings.csv"):
        assert to_text(*renamed.tables()[table]) == to_text(*register.tables()[table])
    for table in ("documents.csv", "problems.csv"):
        assert sorted(without_file(renamed, table)) == sorted(without_file(register, table))
    assert {row["file"] for row in rows(renamed, "documents.csv")}.isdisjoint(
        row["file"] for row in rows(register, "documents.csv")
    )


def test_one_process_and_two_write_the_same_bytes(mixed: Path, tmp_path: Path) -> None:
    written = [write_register(register_of(mixed, jobs), tmp_path / f"{jobs}") for jobs in (1, 2)]
    one, two = ([path.read_bytes() for path in paths] for paths in written)
    assert [path.name for path in written[0]] == list(TABLES)
    assert one == two


def test_the_order_of_the_files_given_changes_nothing(mixed: Path, register: Register) -> None:
    names = list(gather([mixed]).items())
    random.Random(1).shuffle(names)  # noqa: S311 - an order, not a secret
    shuffled = read_register(dict(names), AUTHORITIES)
    for table in TABLES:
        assert to_text(*shuffled.tables()[table]) == to_text(*register.tables()[table])


def test_each_progress_is_told(mixed: Path) -> None:
    told = []
    read_register(gather([mixed]), AUTHORITIES, progress=lambda: told.append(1))
    assert len(told) == len(MIXED)


# What the tables hold


def test_refused_files_stand_in_the_problems_alone(register: Register) -> None:
    refused = {"g-broken.pdf", "h-newsletter.pdf"}
    problems = [row for row in rows(register, "problems.csv") if row["severity"] == "refused"]
    assert {row["file"] for row in problems} == refused
    assert {row["document"] for row in problems} == {""}
    for table in ("documents.csv", "judgements.csv", "findings.csv"):
        text = to_text(*register.tables()[table])
        assert not [name for name in refused if name in text]


def test_each_row_belongs_to_a_document(register: Register) -> None:
    ids = {document.id for document in register.documents}
    for table in ("judgements.csv", "findings.csv"):
        assert {row["document"] for row in rows(register, table)} <= ids
    findings = [row["id"] for row in rows(register, "findings.csv")]
    assert len(set(findings)) == len(findings)
    assert all(
        row["id"].startswith(row["document"] + "/") for row in rows(register, "findings.csv")
    )


def test_the_row_of_a_document_tells_its_findings(register: Register) -> None:
    by_id = {row["id"]: row for row in rows(register, "documents.csv")}
    own = by_id["stockport-inspection-visited-2024-09-20"]
    findings = [row for row in rows(register, "findings.csv") if row["document"] == own["id"]]
    assert own["findings"] == str(len(findings)) == "20"
    assert own["numbered"] == max(
        (row["printed_number"] for row in findings), key=lambda n: int(n or 0)
    )
    assert own["inspection_type"] == "standard"
    assert own["framework"] == "ILACS"


def test_a_short_visit_makes_a_short_inspection(tmp_path: Path) -> None:
    report = compose.ilacs_report(start=date(2023, 6, 12), end=date(2023, 6, 16), findings=2)
    (row,) = rows(register_of(put(tmp_path, {"short": report})), "documents.csv")
    assert row["inspection_type"] == "short"
    assert "length of the visit" in row["inferred"]


def test_an_oddity_is_a_row_of_the_problems(register: Register) -> None:
    (row,) = [row for row in rows(register, "problems.csv") if row["file"] == "a-report.pdf"]
    assert row["severity"] == "oddity"
    assert row["document"] == "knowsley-inspection-2014-07-08"
    assert "skip 6 " in row["problem"]


def test_refusals_stand_before_oddities(register: Register) -> None:
    severities = [row["severity"] for row in rows(register, "problems.csv")]
    assert severities == ["refused", "refused", "oddity"]


# Writing


def test_the_tables_are_csv_with_their_columns_and_open_in_excel(
    register: Register, tmp_path: Path
) -> None:
    for path in write_register(register, tmp_path):
        text = path.read_text(encoding="utf-8")
        assert text.startswith(MARK)
        text = text.removeprefix(MARK)
        header, *body = csv.reader(io.StringIO(text))
        assert tuple(header) == TABLES[path.name]
        assert {len(row) for row in body} == {len(header)}
        assert "\r" not in text


def test_words_are_kept_as_published_and_run_by_no_spreadsheet() -> None:
    row = dict.fromkeys(FINDING_COLUMNS, "") | {"text": '=SUM(A1)\n"quoted", – é'}
    (back,) = csv.DictReader(io.StringIO(to_text(FINDING_COLUMNS, [row])))
    assert back["text"] == "'" + row["text"]
    assert {name: plain(cell) for name, cell in back.items()} == row


def test_a_table_that_cannot_be_written_leaves_the_old_one_whole(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_register(register, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    empty = Register((), (), (), {})

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MachineError, match="the disk is full"):
        write_register(empty, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_file_whose_name_is_no_utf_8_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = os.fsencode(folder) + b"/caf\xe9.pdf"
    with open(path, "wb") as file:  # noqa: PTH123 - a name that pathlib's text cannot spell
        file.write(compose.focused_visit_letter().content)
    register = register_of(folder, jobs=1)
    assert len(register.documents) == 1
    assert write_register(register, tmp_path / "out")
