"""From documents to a sheet to code: what `findings add` writes, keeps and never touches."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import os
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path

import compose
import pytest
from compose import Composed
from composed_truth import AUTHORITIES, write

from analysis.codes.counting import coded_findings
from analysis.codes.tagger.tag import tag
from analysis.data import schemas
from analysis.data.loading import check, load_data
from analysis.documents.matching import Matches, match_findings
from analysis.documents.named_files import gather
from analysis.documents.register import Register, read_register
from analysis.documents.rows import findings
from analysis.documents.sheet import Added, add_documents, shortened
from analysis.errors import DataError, FindingsError
from analysis.ids import names_document, words_print
from analysis.project import Project
from analysis.report.report import Report
from analysis.vocabulary import NO_THEME, TAGGER

MAKES: dict[str, Callable[[], Composed]] = {
    "report": lambda: compose.sif_report(findings=4),
    "letter": compose.focused_visit_letter,
    "letter in word": lambda: compose.as_docx(compose.focused_visit_letter()),
    "numbered": lambda: compose.ilacs_report(authority="knowsley", findings=4),
    "late letter": lambda: compose.focused_visit_letter(style="paragraphs"),
    "other letter": lambda: compose.focused_visit_letter(theme="help"),
    "bare letter": lambda: compose.focused_visit_letter(overview=0, needs=0, findings=0),
    "letter of the wrong year": lambda: compose.focused_visit_letter(
        start=date(2019, 12, 18), end=date(2019, 12, 19), published=date(2019, 1, 21)
    ),
    "notice": compose.improvement_notice,
    "news": compose.news_page,
    "undated news": lambda: compose.news_page(suffix=".txt"),
    "board": lambda: compose.board_review_2015(authority="knowsley"),
    "looked after": lambda: compose.looked_after_2013(authority="knowsley"),
    "leeds": lambda: compose.sif_report(authority="leeds", style="2015", findings=2),
}
FOLDER = ("report", "letter", "numbered")
REPORT = "knowsley-inspection-2014-07-08"
LETTER = "knowsley-focused-visit-2019-10-08"
NUMBERED = "knowsley-inspection-visited-2024-09-20"
LATE = "knowsley-focused-visit-2024-06-18"
BLOCKS = (
    "opening", "glance", "areas", "new", "themes", "needs", "strong", "unseen", "method",
    "citation",
)  # fmt: skip
Row = dict[str, str]


@cache
def composed(name: str) -> Composed:
    return MAKES[name]()


@cache
def register_of(*names: str) -> Register:
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            write(composed(name), Path(folder), name.replace(" ", "-"))
        return read_register(gather([Path(folder)]), AUTHORITIES, jobs=1)


@pytest.fixture
def kit(project: Project) -> Project:
    """The fixture project, which knows two real authorities as well and holds nothing of them."""
    with project.raw("authorities.csv").open("a", encoding="utf-8") as file:
        file.write("knowsley,Knowsley,80521,340,E08000011,Metropolitan District,B,North West,\n")
        file.write("leeds,Leeds,80522,383,E08000035,Metropolitan District,D,Yorkshire,\n")
    return project


@pytest.fixture
def filled(kit: Project) -> Project:
    """The same with a report of each framework and a letter added."""
    add(kit, *FOLDER)
    return kit


def add(project: Project, *names: str) -> Added:
    return add_documents(project, "knowsley", register_of(*names))


def raw(project: Project, name: str) -> Path:
    return project.raw("knowsley", name)


def rows(path: Path) -> list[Row]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def save(path: Path, table: Iterable[Row]) -> None:
    table = list(table)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def of_document(name: str) -> Path:
    return Path("findings") / f"{name}.csv"


def contents(project: Project) -> dict[str, bytes]:
    """Every file about the authority, local ones included, with its bytes."""
    folders = (project.raw("knowsley"), project.local("knowsley"))
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {project.relative(path): path.read_bytes() for path in paths}


def read_rows(*names: str) -> list[Row]:
    """The findings of documents as they are read."""
    return [row for document in register_of(*names).documents for row in findings(document)]


# What is written


def test_the_files_of_an_authority_are_written(kit):
    added = add(kit, *FOLDER)

    assert sorted(contents(kit)) == [
        "data/local/knowsley/texts.csv",
        "data/raw/knowsley/documents.csv",
        f"data/raw/knowsley/findings/{LETTER}.csv",
        f"data/raw/knowsley/findings/{REPORT}.csv",
        f"data/raw/knowsley/findings/{NUMBERED}.csv",
        "data/raw/knowsley/judgements.csv",
        "data/raw/knowsley/need_links.csv",
        "data/raw/knowsley/needs.csv",
        "data/raw/knowsley/visits.csv",
    ]
    counted = {name: len(rows(kit.root / name)) for name in added.rows}
    assert counted == added.rows
    assert added.rows["data/raw/knowsley/documents.csv"] == 3
    assert added.texts == len(read_rows(*FOLDER)) == len(rows(kit.local("knowsley", "texts.csv")))
    assert added.unmatched == []
    assert set(added.kept.values()) == {0}


def test_the_sheet_loads_without_a_problem(filled):
    problems, warnings = check("knowsley", filled)
    assert problems == []
    assert {(w.column, w.value) for w in warnings} == {("summary", "")}
    data = load_data("knowsley", filled)
    assert len(data.findings) == len(read_rows(*FOLDER))
    assert (data.findings["summary"] == "").all()
    assert data.codes.empty
    assert data.needs.empty


def test_visits_are_rows(filled):
    table = rows(raw(filled, "visits.csv"))
    said = {row["visit"]: (row["kind"], row["framework"], row["start"], row["end"])
            for row in table}  # fmt: skip
    truth = [(composed(name), name) for name in FOLDER]
    assert said == {
        f"knowsley-{d.kind}-{d.visit_start}": (d.kind, d.framework, d.visit_start, d.visit_end)
        for d, _ in truth
    }
    assert all(row["scope"] and "read by a program" in row["note"] for row in table)


def test_documents_are_rows(filled):
    by_id = {row["document"]: row for row in rows(raw(filled, "documents.csv"))}
    assert set(by_id) == {REPORT, LETTER, NUMBERED}
    for document, name in ((REPORT, "report"), (LETTER, "letter"), (NUMBERED, "numbered")):
        row, truth = by_id[document], composed(name)
        assert row["sha256"] == hashlib.sha256(truth.content).hexdigest()
        assert (row["files"], row["pages"]) == (f"{name}.pdf", str(truth.pages))
        assert (row["source"], row["publisher"]) == ("primary", "Ofsted")
        assert row["published"] == truth.published
        assert ("No date of publication is printed" in row["note"]) == (not truth.published)
        assert row["address"] == ""


def test_grades_are_rows(filled):
    table = rows(raw(filled, "judgements.csv"))
    for document, name in ((REPORT, "report"), (NUMBERED, "numbered")):
        own = {row["area"]: row["grade_printed"].lower() for row in table
               if row["document"] == document}  # fmt: skip
        assert own == {area: grade.lower() for area, grade in composed(name).grades.items()}
    assert {row["document"] for row in table} == {REPORT, NUMBERED}


def test_findings_are_rows_with_their_places(filled):
    shared = ("printed_number", "page", "role", "area")
    for document, name in ((REPORT, "report"), (LETTER, "letter"), (NUMBERED, "numbered")):
        table = rows(raw(filled, str(of_document(document))))
        read = read_rows(name)
        assert [row["finding"] for row in table] == [row["id"] for row in read]
        for column in shared:
            assert [row[column] for row in table] == [row[column] for row in read]
        assert [row["section"] for row in table] == [shortened(r["section"]) for r in read]
        assert {row["said_by"] for row in table} == {"inspectors"}
        assert {row["summary"] for row in table} == {""}
        assert {row["repeats"] for row in table} == {""}


def test_the_speaker_is_filled_in(kit):
    add(kit, "report", "notice")
    table = rows(raw(kit, "findings/knowsley-improvement-notice-2014-10-14.csv"))
    assert {row["said_by"] for row in table} == {"department"}
    (row,) = [r for r in rows(raw(kit, "documents.csv")) if r["kind"] == "notice"]
    assert row["publisher"] == "Department for Education"


def test_needs_are_headers_alone(filled):
    assert raw(filled, "needs.csv").read_text() == "need,theme,cohort,aspect,wording\n"
    assert raw(filled, "need_links.csv").read_text() == "need,finding,relation,basis,coder,note\n"


def test_published_words_are_held_locally_and_nowhere_else(filled):
    held = {row["finding"]: row["text"] for row in rows(filled.local("knowsley", "texts.csv"))}
    read = read_rows(*FOLDER)
    assert held == {row["id"]: row["text"] for row in read}
    shared = "\n".join(p.read_text(encoding="utf-8") for p in filled.raw().rglob("*.csv"))
    assert [text for text in held.values() if text[:40] in shared] == []
    assert dict(load_data("knowsley", filled).findings[["finding", "words"]].to_numpy()) == held


def test_documents_of_others_are_passed_over(kit):
    add(kit, "letter", "report", "leeds")
    assert not kit.raw("leeds").exists()
    assert not kit.local("leeds").exists()
    assert not [name for name, held in contents(kit).items() if b"leeds" in held.lower()]


def test_two_files_of_one_document_are_one_row(kit):
    add(kit, "report", "letter", "letter in word")
    (row,) = [r for r in rows(raw(kit, "documents.csv")) if r["document"] == LETTER]
    assert row["files"] == "letter-in-word.docx;letter.pdf"
    sums = [hashlib.sha256(composed(n).content).hexdigest() for n in ("letter in word", "letter")]
    assert row["sha256"] == ";".join(sums)
    assert row["pages"] == "4"


def test_nothing_is_written_where_there_is_nothing_to_add(kit):
    added = add_documents(kit, "knowsley", register_of("leeds"))
    assert contents(kit) == {}
    assert (added.rows, added.texts, added.unmatched) == ({}, 0, [])


# What stands there already


@pytest.mark.promise("add-changes-nothing")
def test_a_second_run_adds_nothing_and_leaves_every_byte(filled):
    before = contents(filled)
    times = {name: (filled.root / name).stat().st_mtime_ns for name in before}

    again = add(filled, *FOLDER)

    assert contents(filled) == before
    assert {name: (filled.root / name).stat().st_mtime_ns for name in before} == times
    assert (again.rows, again.texts, again.unmatched) == ({}, 0, [])
    assert again.kept["data/raw/knowsley/documents.csv"] == 3


def test_a_second_run_in_another_format_adds_nothing(filled):
    before = contents(filled)
    again = add(filled, "letter in word")
    assert (contents(filled), again.rows) == (before, {})


@pytest.mark.promise("add-changes-nothing")
def test_what_a_person_wrote_is_kept(filled):
    path = raw(filled, str(of_document(LETTER)))
    table = rows(path)
    table[0] |= {"summary": "Matching is careful, “mostly”, and recorded", "area": "care-leavers"}
    save(path, table)
    shortened = rows(raw(filled, str(of_document(NUMBERED))))
    (gone,) = [row for row in shortened if row["printed_number"] == "3"]
    save(raw(filled, str(of_document(NUMBERED))), [row for row in shortened if row != gone])
    visits = rows(raw(filled, "visits.csv"))
    visits[0] |= {"scope": "Care, looked at for two days", "areas": "children-in-care"}
    save(raw(filled, "visits.csv"), visits)
    raw(filled, "needs.csv").write_text(
        "need,theme,cohort,aspect,wording\nplans-quality,plans,not-stated,other,Plans\n"
    )
    before = contents(filled)

    added = add(filled, *FOLDER)

    assert contents(filled) == before
    assert (added.rows, added.unmatched) == ({}, [gone["finding"]])
    loaded = load_data("knowsley", filled).findings.set_index("finding")
    assert loaded.loc[f"{LETTER}/1", "summary"] == table[0]["summary"]
    assert gone["finding"] not in loaded.index


def test_a_finding_that_was_deleted_leaves_the_words_of_the_others_in_place(filled):
    path = raw(filled, str(of_document(LETTER)))
    table = rows(path)
    gone = table.pop(3)["finding"]
    save(path, table)
    filled.local("knowsley", "texts.csv").unlink()

    added = add(filled, *FOLDER)

    assert added.unmatched == [gone]
    read = {row["id"]: row["text"] for row in read_rows("letter")}
    words = load_data("knowsley", filled).findings.query("document == @LETTER").set_index("finding")
    assert dict(words["words"]) == {name: text for name, text in read.items() if name != gone}


@pytest.mark.promise("add-changes-nothing")
def test_a_later_letter_adds_its_rows_and_no_others(filled):
    before = contents(filled)

    added = add(filled, *FOLDER, "late letter")

    after = contents(filled)
    new = f"data/raw/knowsley/findings/{LATE}.csv"
    assert after.keys() - before.keys() == {new}
    grown = {name for name in before if after[name] != before[name]}
    assert grown == {
        "data/raw/knowsley/visits.csv",
        "data/raw/knowsley/documents.csv",
        "data/local/knowsley/texts.csv",
    }
    assert all(after[name].startswith(before[name]) for name in before)
    count = len(rows(filled.root / new))
    assert added.rows == {
        new: count,
        "data/raw/knowsley/documents.csv": 1,
        "data/raw/knowsley/visits.csv": 1,
    }
    assert added.texts == count
    assert len(load_data("knowsley", filled).visits) == 4


def test_a_visit_that_was_deleted_is_missed_and_named(filled):
    path = raw(filled, "visits.csv")
    save(path, [row for row in rows(path) if row["kind"] != "focused-visit"])

    assert add(filled, *FOLDER).rows == {}

    problems, _ = check("knowsley", filled)
    assert [(p.column, p.message) for p in problems] == [
        ("visit", "there is no such visit in visits.csv")
    ]


def test_a_document_that_was_deleted_comes_back_with_its_visit(filled):
    kept = raw(filled, str(of_document(LETTER)))
    table = rows(kept)
    table[1]["summary"] = "Written by hand"
    save(kept, table)
    for name in ("documents.csv", "visits.csv"):
        path = raw(filled, name)
        save(path, [row for row in rows(path) if "focused-visit" not in row["visit"]])

    added = add(filled, *FOLDER)

    assert added.rows == {
        "data/raw/knowsley/documents.csv": 1,
        "data/raw/knowsley/visits.csv": 1,
    }
    assert rows(kept) == table
    assert check("knowsley", filled)[0] == []


def test_a_corrected_area_does_not_double_a_finding(filled):
    kept = raw(filled, str(of_document(LETTER)))
    table = rows(kept)
    table[0]["area"] = "care-leavers"
    save(kept, table)
    path = raw(filled, "documents.csv")
    save(path, [row for row in rows(path) if row["document"] != LETTER])
    add(filled, *FOLDER)
    assert rows(kept) == table


def when_written(monkeypatch: pytest.MonkeyPatch, place: int, act: Callable[[], None]) -> None:
    """Act in place of bringing the file of that place (from 1) safely to the disk."""
    calls = count(1)
    monkeypatch.setattr(os, "fsync", lambda _: act() if next(calls) == place else None)


def fill_the_disk() -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("place", [1, 2, 5, 9])
def test_a_run_that_fails_leaves_everything_as_it_was(filled, monkeypatch, place):
    before = contents(filled)
    with monkeypatch.context() as broken:
        when_written(broken, place, fill_the_disk)
        with pytest.raises((OSError, FindingsError), match=r"No space left|full"):
            add(filled, *FOLDER, "late letter", "notice", "news", "board", "looked after")
    assert contents(filled) == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system forks no processes")
@pytest.mark.parametrize("place", [1, 4])
def test_a_run_that_is_killed_leaves_everything_as_it_was(filled, monkeypatch, place):
    before = contents(filled)
    register_of(*FOLDER, "late letter")
    if not (child := os.fork()):
        when_written(monkeypatch, place, lambda: os._exit(9))
        add(filled, *FOLDER, "late letter")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert {name: held for name, held in contents(filled).items() if "/." not in name} == before


@pytest.mark.parametrize("missing", ["findings", "needs", "judgements", "documents", "texts"])
def test_what_is_missing_is_added_by_the_next_run(kit, missing):
    add(kit, *FOLDER)
    whole = contents(kit)
    for name in whole:
        if missing in name or "documents" in name:
            (kit.root / name).unlink()
    add(kit, *FOLDER)
    assert contents(kit) == whole


# Files that a spreadsheet saved

DRESSES: dict[str, Callable[[str], bytes]] = {
    "utf-8 mark": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "windows": lambda text: text.encode("cp1252"),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "blank rows": lambda text: text.replace("\n", "\n\n \n", 1).encode(),
}


def with_semicolons(path: Path) -> str:
    with io.StringIO(newline="") as text:
        csv.writer(text, delimiter=";").writerows(
            csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        )
        return text.getvalue()


@pytest.mark.parametrize("semicolons", [False, True], ids=["commas", "semicolons"])
@pytest.mark.parametrize("dress", DRESSES)
def test_what_a_spreadsheet_saved_is_read_right_and_kept(filled, dress, semicolons):
    names = ("visits.csv", "documents.csv", "judgements.csv", "need_links.csv")
    visits = rows(raw(filled, "visits.csv"))
    visits[0]["note"] = "Café – “quoted”, 50%; a second line:\nhere"
    save(raw(filled, "visits.csv"), visits)
    before = {name: rows(raw(filled, name)) for name in names}
    for name in names:
        path = raw(filled, name)
        text = with_semicolons(path) if semicolons else path.read_text(encoding="utf-8")
        path.write_bytes(DRESSES[dress](text))
    saved = contents(filled)

    assert add(filled, *FOLDER).rows == {}
    assert contents(filled) == saved

    add(filled, *FOLDER, "late letter")
    for name in names:
        text = raw(filled, name)
        if contents(filled)[f"data/raw/knowsley/{name}"] != saved[f"data/raw/knowsley/{name}"]:
            assert rows(text)[: len(before[name])] == [
                {k: v.replace("\r\n", "\n") for k, v in row.items()} for row in before[name]
            ]
    problems, _ = check("knowsley", filled)
    assert problems == []
    assert len(rows(raw(filled, "visits.csv"))) == len(before["visits.csv"]) + 1


def test_columns_in_another_order_are_put_in_order(filled):
    path = raw(filled, "visits.csv")
    before = rows(path)
    save(path, [dict(reversed(row.items())) for row in before])
    add(filled, "late letter")
    assert rows(path)[:3] == before
    assert list(rows(path)[0]) == list(schemas.VISITS.columns)


def test_dates_as_a_spreadsheet_writes_them_make_no_second_visit(filled):
    path = raw(filled, "visits.csv")
    save(path, [row | {"start": british(row["start"]), "end": british(row["end"])}
                for row in rows(path)])  # fmt: skip
    documents = raw(filled, "documents.csv")
    save(documents, [row for row in rows(documents) if row["document"] != LETTER])

    add(filled, *FOLDER)

    assert len(rows(path)) == 3
    assert check("knowsley", filled)[0] == []


def british(day: str) -> str:
    return date.fromisoformat(day).strftime("%d/%m/%Y")


@pytest.mark.parametrize(
    "content",
    [
        b'visit,kind\n"a,b\n',
        b"visit,kind\n\0,b\n",
        "visit,kind\ncaf\u00e9,x\n".encode() + b"caf\xe9,x\n",
    ],
)
def test_a_file_that_is_no_table_is_refused_and_nothing_written(filled, content):
    raw(filled, "visits.csv").write_bytes(content)
    before = contents(filled)
    with pytest.raises(DataError, match=r"visits\.csv"):
        add(filled, *FOLDER, "late letter")
    assert contents(filled) == before


def remark(text: str) -> str:
    header, *body = text.splitlines()
    return "\n".join([f"{header},remark", *(f"{line},yes" for line in body), ""])


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(remark, id="a column too many"),
        pytest.param(
            lambda text: text.replace(",framework,", ",framwork,", 1), id="a column misspelt"
        ),
        pytest.param(
            lambda text: text.replace("read by a program\n", "read, by a program\n", 1),
            id="a cell too many",
        ),
        pytest.param(lambda text: text + "knowsley-inspection-2012-01-01\n", id="cells too few"),
    ],
)
def test_a_table_of_another_shape_is_refused_and_nothing_lost(filled, change):
    path = raw(filled, "visits.csv")
    text = path.read_text(encoding="utf-8")
    assert change(text) != text
    path.write_text(change(text), encoding="utf-8")
    before = contents(filled)
    with pytest.raises(DataError):
        add(filled, *FOLDER, "late letter")
    assert contents(filled) == before


# A document that is coded already, under another id


@pytest.fixture
def coded(kit: Project) -> Project:
    """The numbered report, coded under the publisher's date with ids of its own."""
    add(kit, "numbered")
    for path in [*kit.raw("knowsley").rglob("*.csv")]:
        text = path.read_text(encoding="utf-8").replace(NUMBERED, "knowsley-inspection-2024-11-04")
        path.write_text(text, encoding="utf-8")
    documents = raw(kit, "documents.csv")
    save(documents, [row | {"published": "2024-11-04"} for row in rows(documents)])
    table = raw(kit, str(of_document(NUMBERED)))
    moved = table.rename(table.with_stem("knowsley-inspection-2024-11-04"))
    written = [row for row in rows(moved) if row["printed_number"] != "3"]
    renumbered = [
        row | {"finding": f"knowsley-inspection-2024-11-04/{number}", "summary": "Coded by hand"}
        for number, row in enumerate(written, start=1)
    ]
    save(moved, renumbered)
    kit.local("knowsley", "texts.csv").unlink()
    return kit


def test_a_document_coded_under_another_id_gives_its_words_alone(coded):
    assert check("knowsley", coded)[0] == []
    before = contents(coded)

    added = add(coded, "numbered")

    after = contents(coded)
    assert after.keys() - before.keys() == {"data/local/knowsley/texts.csv"}
    assert {name: after[name] for name in before} == before
    (left,) = [row for row in read_rows("numbered") if row["printed_number"] == "3"]
    assert added.unmatched == [left["id"]]
    assert (added.rows, added.texts) == ({}, len(read_rows("numbered")) - 1)


def test_its_words_stand_at_the_findings_with_the_same_number(coded):
    add(coded, "numbered")
    words = load_data("knowsley", coded).findings.set_index("finding")["words"]
    read = [row for row in read_rows("numbered") if row["printed_number"] != "3"]
    assert list(words) == [row["text"] for row in read]
    assert words.index[0] == "knowsley-inspection-2024-11-04/1"


# From the sheet to the report


def test_uncoded_findings_are_tagged_from_their_published_words(filled):
    data = load_data("knowsley", filled)
    coded = coded_findings(data)
    assert set(coded["coder"]) == {TAGGER}
    assert set(coded["finding"]) == set(data.findings["finding"])
    tagged = tag(data.findings.rename(columns={"finding": "id", "words": "text"}), data.codebook)
    assert len(tagged) > 10
    themed = coded[coded["theme"] != NO_THEME]
    assert list(zip(themed["finding"], themed["theme"], strict=True)) == list(
        zip(tagged["id"], tagged["theme"], strict=True)
    )


def test_without_the_words_nothing_is_tagged_until_a_summary_is_written(filled):
    filled.local("knowsley", "texts.csv").unlink()
    assert set(coded_findings(load_data("knowsley", filled))["theme"]) == {NO_THEME}
    path = raw(filled, str(of_document(LETTER)))
    save(path, [row | {"summary": "Caseloads are too high"} for row in rows(path)])
    coded = coded_findings(load_data("knowsley", filled))
    assert set(coded.loc[coded["document"] == LETTER, "theme"]) == {"caseloads"}


@pytest.mark.promise("own-code-first")
def test_a_reader_s_code_counts_before_the_program_s(filled):
    finding = f"{LETTER}/1"
    path = raw(filled, "codes/reader-1.csv")
    path.parent.mkdir()
    path.write_text(
        "finding,theme,cohort,direction,basis,change_said,since,note\n"
        f"{finding},audit,not-stated,strength,level,,,\n"
    )
    coded = coded_findings(load_data("knowsley", filled)).set_index("finding")
    assert coded.loc[finding, "coder"] == "reader-1"
    assert set(coded.drop(finding)["coder"]) == {TAGGER}


def test_a_report_of_a_sheet_without_codes_and_needs_is_made(filled):
    assert blank(Report.of("knowsley")) == []


def blank(report: Report) -> list[str]:
    """Names of the blocks of a report that show nothing."""
    return [block for block in BLOCKS if not getattr(report, block)().html]


@pytest.mark.promise("program-says-so")
def test_the_report_says_that_a_program_gave_the_codes_and_shows_words(filled):
    report = Report.of("knowsley")
    assert "Knowsley" in report.opening().html
    assert "tagger" in report.method().html
    coded = report.results.coded
    themed = coded.loc[coded["theme"] != NO_THEME, "words"]
    shown = html.unescape(report.themes().html)
    assert [words for words in themed if words[:60] not in shown] == []
    report.save()
    assert len(list(filled.processed("knowsley").iterdir())) == 8


@pytest.mark.parametrize("names", [("letter",), ("report",)], ids=" ".join)
@pytest.mark.parametrize("words", [True, False], ids=["words", "no words"])
def test_a_report_of_one_document_is_made(kit, names, words):
    add(kit, *names)
    if not words:
        kit.local("knowsley", "texts.csv").unlink()
    assert blank(Report.of("knowsley")) == []


def test_a_report_of_a_notice_alone_is_made(kit):
    add(kit, "notice")
    assert blank(Report.of("knowsley")) == []


# Whatever is added, the sheet stays sound


@pytest.mark.parametrize(
    "names",
    [
        ("report",),
        ("report", "numbered", "letter", "late letter", "notice"),
        ("letter",),
        ("report", "bare letter"),
        ("report", "undated news"),
        ("report", "news"),
        ("report", "board"),
        ("report", "letter", "other letter"),
        ("report", "looked after"),
        ("report", "letter of the wrong year"),
    ],
    ids=" + ".join,
)
def test_whatever_is_added_loads(kit, names):
    add(kit, *names)
    assert list(map(str, check("knowsley", kit)[0])) == []


def test_the_tables_of_needs_are_written_beside_visits_that_a_person_listed(filled):
    for path in filled.raw("knowsley").rglob("*.csv"):
        if path.name != "visits.csv":
            path.unlink()
    add(filled, *FOLDER)
    assert check("knowsley", filled)[0] == []


def test_what_prints_no_date_is_named_and_not_added(kit):
    added = add(kit, "undated news")
    assert (added.undated, added.rows, contents(kit)) == (["undated-news.txt"], {}, {})


def test_a_day_of_publication_before_the_visit_does_not_count(kit):
    add(kit, "letter of the wrong year")
    (row,) = rows(raw(kit, "documents.csv"))
    assert row["document"] == "knowsley-focused-visit-visited-2019-12-19"
    assert row["published"] == ""
    assert row["note"] == "The date printed, 2019-01-21, lies before the visit"
    assert check("knowsley", kit)[0] == []
    before = contents(kit)
    assert add(kit, "letter of the wrong year").rows == {}
    assert contents(kit) == before


# Matching findings


def letter_rows(key: str, pages: str, sections: str) -> list[Row]:
    return [
        {key: f"x/{n}", "printed_number": "", "page": page, "section": section}
        for n, (page, section) in enumerate(zip(pages, sections, strict=True), start=1)
    ]


def test_ids_that_were_counted_otherwise_are_not_believed():
    written = letter_rows("finding", "122222333", "oooowwfff")
    read = letter_rows("id", "12222333", "ooowwfff")
    assert match_findings(written, read) == Matches(
        [(0, 0), *((i + 1, i) for i in range(1, 8))], [1], []
    )


def test_places_are_told_apart_by_their_sections():
    read = letter_rows("id", "2222", "owwf")
    written = [row | {"finding": f"y/{row['id']}"} for row in (read[0], read[2], read[3])]
    assert match_findings(written, read).only_read in ([1], [2])
    assert match_findings(written[2:], read).pairs == [(0, 3)]


def test_sections_that_a_person_renamed_still_match_by_their_places():
    written, read = letter_rows("finding", "123", "abc"), letter_rows("id", "0123", "oxyz")
    assert match_findings(written, read).pairs == [(0, 1), (1, 2), (2, 3)]


def test_a_fingerprint_is_believed_before_ids_and_places():
    written = [
        {"finding": f"x/{n}", "printed_number": "", "page": "1", "fingerprint": mark}
        for n, mark in enumerate("abc", start=1)
    ]
    read = [
        {"id": f"x/{n}", "printed_number": "", "page": page, "fingerprint": mark}
        for n, (page, mark) in enumerate([("1", "n"), ("1", "a"), ("2", "c")], start=1)
    ]
    assert match_findings(written, read) == Matches([(0, 1), (2, 2)], [1], [0])


def test_of_findings_in_one_place_the_one_that_its_summary_is_of_is_taken():
    place = {"printed_number": "", "page": ""}
    said = ["Visits happen when they should.", "Plans lack any date."]
    words = ["Progress is told here", "Visits to children happen in time", "Few plans have a date"]
    written = [place | {"finding": f"x/{n}", "summary": s} for n, s in enumerate(said, start=1)]
    read = [place | {"id": f"x/{n}", "text": text} for n, text in enumerate(words, start=1)]
    assert match_findings(written, read).pairs == [(0, 1), (1, 2)]


# Fingerprints


def test_each_finding_has_the_fingerprint_of_its_words(filled):
    words = {row["finding"]: row["text"] for row in rows(filled.local("knowsley", "texts.csv"))}
    for document in (REPORT, LETTER, NUMBERED):
        for row in rows(raw(filled, str(of_document(document)))):
            assert row["fingerprint"] == words_print(words[row["finding"]])


def test_rows_without_fingerprints_get_them_and_nothing_else(filled):
    path = raw(filled, str(of_document(LETTER)))
    whole = rows(path)
    save(path, [{k: v for k, v in row.items() if k != "fingerprint"} for row in whole])
    others = {name: held for name, held in contents(filled).items() if LETTER not in name}
    added = add(filled, *FOLDER)
    assert (rows(path), added.rows) == (whole, {})
    assert added.fingerprints == {filled.relative(path): len(whole)}
    assert {name: held for name, held in contents(filled).items() if LETTER not in name} == others


def test_a_fingerprint_that_stands_there_is_never_changed(filled):
    path = raw(filled, str(of_document(LETTER)))
    table = rows(path)
    table[3]["fingerprint"] = "0" * 16
    save(path, table)
    filled.local("knowsley", "texts.csv").unlink()
    added = add(filled, *FOLDER)
    assert rows(path) == table
    assert (added.lost, added.unmatched) == ([f"{LETTER}/4"], [f"{LETTER}/4"])
    assert f"{LETTER}/4" not in {
        row["finding"] for row in rows(filled.local("knowsley", "texts.csv"))
    }


# Names of documents


@pytest.mark.parametrize(
    ("name", "is_named"),
    [
        ("k-inspection-2014", True),
        ("k-inspection-safeguarding-board-2014-2", True),
        ("k-inspection-2014-secondary-12", True),
        ("k-inspection-2014-04", False),
        ("k-inspection-2014-1", False),
        ("k-inspection-2014-2-secondary", False),
        ("k-inspection-secondary", False),
        ("k-inspection-2014-other", False),
        ("k-focused-visit-2014", False),
    ],
)
def test_documents_are_named_by_kind_and_date(name, is_named):
    assert names_document(name, "k", "inspection", "2014") == is_named
