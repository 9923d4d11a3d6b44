"""Sheets for a reader: laid out, looked through, taken back."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

import compose
import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.codes.sheets import guide
from analysis.codes.sheets.cells import OPTIONAL, OWN, SHORT
from analysis.codes.sheets.checking import bring
from analysis.codes.sheets.deciding import undecided
from analysis.codes.sheets.folder import read_folder
from analysis.codes.sheets.laying import lay_out
from analysis.codes.sheets.taking import Taken, take_back
from analysis.codes.sheets.timing import last_done
from analysis.data.loading import check, load_data
from analysis.documents.named_files import gather
from analysis.documents.printed.names import load_names
from analysis.documents.register import Register, read_register
from analysis.documents.sheet import add_documents, held_documents
from analysis.errors import DataError, FindingsError, Problem
from analysis.project import Project
from analysis.results.results import analyse

ROOT = Path(__file__).parents[2]
LETTER = "knowsley-focused-visit-2019-10-08"
REPORT = "knowsley-inspection-visited-2024-09-20"
ONE, TWO = f"01-{LETTER}", f"02-{REPORT}"
VISIT = "knowsley-focused-visit-2019-09-10"
HEAD = "n,role,area,summary,theme,cohort,direction,more"
AREAS = "n,area,level,change,since,summary"
NEEDS = "need,theme,cohort,aspect,wording"
LINKS = "need,document,n,relation,basis,note"
VISITS = "kind,start,end,told_in,what"
Row = dict[str, str]


@cache
def composed() -> tuple[bytes, bytes]:
    letter = compose.focused_visit_letter(overview=1, needs=1, findings=2)
    report = compose.ilacs_report(authority="knowsley", intro=1, needs=1, findings=1)
    return letter.content, report.content


@pytest.fixture
def kit(project: Project) -> Project:
    """The fixture project, which knows one authority more, and an aspect of supervision."""
    with project.raw("authorities.csv").open("a", encoding="utf-8") as file:
        file.write("knowsley,Knowsley,80521,340,E08000011,Metropolitan District,B,North West,\n")
    book = project.raw("codebook.yml")
    told = "examples: [Supervision is regular]"
    more = f"{told}\n    aspects: [{{id: frequency, name: How often it takes place}}]"
    book.write_text(book.read_text("utf-8").replace(told, more), encoding="utf-8")
    return project


@cache
def register_of(authorities: str, only: int | None) -> Register:
    """Read the documents, or one of them, among the authorities that a project knows."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        project.raw().mkdir(parents=True)
        project.raw("authorities.csv").write_text(authorities, encoding="utf-8")
        for place, content in enumerate(composed()):
            if only in (None, place):
                project.raw(f"{place}.pdf").write_bytes(content)
        paths = sorted(project.raw().glob("*.pdf"))
        return read_register(gather(paths), load_names(project), jobs=1)


def register(project: Project, *, only: int | None = None) -> Register:
    return register_of(project.raw("authorities.csv").read_text("utf-8"), only)


@pytest.fixture
def laid(kit: Project, tmp_path: Path) -> Path:
    """A folder with a letter and a report laid out."""
    folder = tmp_path / "knowsley"
    lay_out(kit, "knowsley", held_documents(kit, "knowsley", register(kit)), folder)
    return folder


FILLED: dict[str, bytes] = {}
"""The sheets as they were read, by file: laid out and filled in once."""


@pytest.fixture
def sheets(request: pytest.FixtureRequest, kit: Project, tmp_path: Path) -> Path:
    """The same, read: every paragraph has a row, the second of each document two."""
    if not FILLED:
        FILLED.update(contents(fill(request.getfixturevalue("laid"))))
    folder = tmp_path / "knowsley"
    for name, content in FILLED.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def fill(folder: Path) -> Path:
    for sheet in read_folder(folder).sheets:
        lines = [HEAD]
        for n in sheet.paragraphs:
            area = "care-leavers" if n == 1 else ""
            more = "extent=no" if "some " in sheet.paragraphs[n].lower() else ""
            lines.append(f"{n},,{area},{summary(sheet.document, n)},supervision,{CODED}{more}")
        second = f"2,,,,caseloads,personal-advisers,mixed,{MORE}"
        lines.insert(3, second)
        save(folder, sheet.file, lines)
        save(folder, sheet.areas_file, [AREAS, "1,care-leavers,weakness,,,Help is not good enough"])
    save(folder, "needs.csv", [NEEDS, NEEDED])
    links = [f"often,{LETTER},2,raised,coder,", f"often,{REPORT},1,raised,inspectors,said so"]
    save(folder, "need_links.csv", [LINKS, *links])
    save(folder, "visits.csv", [VISITS, f"monitoring-visit,2016-08,,{REPORT}/1,Some progress made"])
    return folder


NEEDED = "often,supervision,social-workers,frequency,Supervision every month"
CODED = "social-workers,strength,"
MORE = "lean=weakness;extent=many;printed=Many;part=yes;note=two teams; one office"


def summary(document: str, n: int) -> str:
    return f"Point {n} told {'at the visit' if document == LETTER else 'in the report'}"


def save(folder: Path, name: str, lines: Iterable[str], encoding: str = "utf-8") -> None:
    (folder / name).write_text("\n".join(lines) + "\n", encoding=encoding, newline="")


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def rows(path: Path) -> list[Row]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def raw(project: Project, name: str) -> Path:
    return project.raw("knowsley", *name.split("/"))


def take(project: Project, folder: Path, coder: str = "reader-1") -> Taken:
    return take_back(project, "knowsley", bring(project, "knowsley", folder, coder), coder)


def wrong(project: Project, folder: Path, coder: str = "reader-1") -> list[tuple[str, int, str]]:
    """File, row and column of every problem."""
    found = bring(project, "knowsley", folder, coder).problems
    return [(problem.file, problem.row, problem.column) for problem in found]


def missing(project: Project, folder: Path) -> list[Problem]:
    return list(bring(project, "knowsley", folder, "reader-1").to_do)


# Laying out


def test_documents_are_laid_out_in_the_order_of_the_visits(laid):
    assert sorted(path.name for path in laid.iterdir()) == [
        f"{ONE}.txt", f"{TWO}.txt", "guide.md", "register",
    ]  # fmt: skip
    text = (laid / f"{ONE}.txt").read_text("utf-8").splitlines()
    assert text[0] == f"document: {LETTER} (letter, primary, published 2019-10-08)"
    assert text[2] == f"visit id: {VISIT}"
    assert text[3].startswith("visit: focused-visit, ILACS, 2019-09-10 to 2019-09-11; looked at: ")
    assert text[4] == "grades printed: none"
    assert text[6].startswith("[")
    assert text[7].startswith("¶1 (p.1) ")


def test_laying_out_adds_nothing_to_the_data(kit, laid):
    assert not kit.raw("knowsley").exists()


def test_one_document_alone_is_laid_out_for_who_is_to_see_no_other(kit, tmp_path):
    held = held_documents(kit, "knowsley", register(kit))
    paths = lay_out(kit, "knowsley", held, tmp_path / "alone", REPORT)
    assert [path.name for path in paths] == [f"01-{REPORT}.txt"]
    assert len(rows(tmp_path / "alone/register/documents.csv")) == 1


def test_sheets_are_never_written_over(kit, sheets):
    before = contents(sheets)
    lay_out(kit, "knowsley", held_documents(kit, "knowsley", register(kit)), sheets)
    assert contents(sheets) == before


def test_a_folder_with_another_layout_is_refused(kit, sheets):
    before = contents(sheets)
    held = held_documents(kit, "knowsley", register(kit, only=1))
    with pytest.raises(FindingsError, match="was laid out otherwise"):
        lay_out(kit, "knowsley", held, sheets)
    assert contents(sheets) == before


def test_documents_added_before_are_laid_out_from_their_words(kit, laid, tmp_path):
    add_documents(kit, "knowsley", register(kit))
    lay_out(kit, "knowsley", held_documents(kit, "knowsley"), tmp_path / "again")
    assert (tmp_path / "again" / f"{ONE}.txt").read_text() == (laid / f"{ONE}.txt").read_text()


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda kit: None, "none was read"),
        (
            lambda kit: (
                add_documents(kit, "knowsley", register(kit)),
                kit.local("knowsley", "texts.csv").unlink(),
            ),
            f"The words of {LETTER} are not held",
        ),
    ],
    ids=["nothing held", "no words held"],
)
def test_what_cannot_be_laid_out_is_said(kit, tmp_path, prepare, said):
    prepare(kit)
    with pytest.raises(FindingsError, match=said):
        lay_out(kit, "knowsley", held_documents(kit, "knowsley"), tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_reader_sees_nothing_of_what_another_made_of_it(kit, sheets, tmp_path):
    take(kit, sheets)
    add_documents(kit, "knowsley", register(kit))
    lay_out(kit, "knowsley", held_documents(kit, "knowsley"), tmp_path / "second")
    read = b"".join(contents(tmp_path / "second").values()).decode()
    assert summary(LETTER, 1) not in read
    findings = rows(tmp_path / "second/register/findings" / f"{LETTER}.csv")
    assert {row["role"] + row["area"] + row["summary"] for row in findings} == {""}


def test_the_guide_holds_the_instruction_and_the_aspects(laid):
    text = (laid / "guide.md").read_text("utf-8")
    assert all(guide.part(name) in text for name in (guide.INSTRUCTION, *guide.GUIDE_PARTS))
    assert "`frequency` (How often it takes place)" in text


def test_another_text_has_another_version():
    """Readings name versions: whoever changes a text gives it a new one, and adds it here."""
    known = {
        ("guide", "2"): "fb6a434850bbd060",
        ("instruction", "1"): "6e714cfa58eed61d",
        ("instruction", "2"): "760f06a6bbd078c6",
        ("instruction", "3"): "40042bd3eddcf515",
        ("instruction", "4"): "76fb69275d6f60b4",
        ("instruction", "5"): "c5e8adfd3ea3f83d",
    }
    parts = "\n".join(map(guide.part, guide.GUIDE_PARTS))
    told = {"guide": parts, "instruction": guide.part(guide.INSTRUCTION)}
    versions = {"guide": guide.GUIDE_VERSION, "instruction": guide.INSTRUCTION_VERSION}
    for name, text in told.items():
        assert known[name, versions[name]] == sha256(text.encode()).hexdigest()[:16]


@pytest.mark.promise("reading-word-for-word")
def test_the_page_holds_the_guide_and_the_instruction_word_for_word():
    page = (ROOT / "docs/reading.md").read_text("utf-8")
    lines = {line.lstrip("#").strip() for line in page.splitlines()}
    for name in (guide.INSTRUCTION, *guide.GUIDE_PARTS):
        told = {line.lstrip("#").strip() for line in guide.part(name).splitlines()}
        assert told <= lines, name
    assert f"guide {guide.GUIDE_VERSION}" in page
    assert f"instruction {guide.INSTRUCTION_VERSION}" in page


def test_the_page_names_every_column_of_a_sheet():
    page = (ROOT / "docs/reading.md").read_text("utf-8")
    table = page.partition("## The columns")[2].partition("\n## ")[0]
    assert [name for name in {*OWN, *OPTIONAL} if f"`{name}`" not in table] == []


# Taking back


@pytest.mark.promise("sheets-come-back")
def test_what_a_reader_wrote_is_taken_back_whole(kit, sheets):
    taken = take(kit, sheets)

    assert taken.first == [LETTER, REPORT]
    assert check("knowsley", kit) == ([], [])
    data = load_data("knowsley", kit)
    assert list(data.visits["visit"]) == [
        "knowsley-monitoring-visit-2016-08", VISIT, "knowsley-inspection-2024-09-09",
    ]  # fmt: skip
    finding = data.findings.set_index("finding").loc[f"{LETTER}/2"]
    assert (finding["role"], finding["said_by"], finding["area"], finding["summary"]) == (
        "body", "inspectors", "care-leavers", summary(LETTER, 2),
    )  # fmt: skip
    assert finding["fingerprint"]
    assert finding["page"] == "2"
    codes = rows(raw(kit, "codes/reader-1.csv"))
    assert [row for row in codes if row["finding"] == f"{LETTER}/2"] == [
        blank(f"{LETTER}/2", "supervision", "social-workers", "strength"),
        blank(f"{LETTER}/2", "caseloads", "personal-advisers", "mixed")
        | {"lean": "weakness", "extent": "many", "extent_printed": "Many", "part": "yes",
           "note": "two teams; one office"},
    ]  # fmt: skip
    assert len(data.judgements) == 5
    assert list(data.need_links["basis"]) == ["coder", "inspectors"]
    assert list(data.area_statements["coder"]) == ["reader-1", "reader-1"]
    status = analyse(data).statuses.set_index(["visit", "theme", "cohort"])["status"]
    assert status[VISIT, "supervision", "social-workers"] == "strength"


def blank(finding: str, theme: str, cohort: str, direction: str) -> Row:
    given = {
        "finding": finding, "theme": theme, "cohort": cohort, "direction": direction,
        "basis": "level",
    }  # fmt: skip
    columns = (
        "finding theme cohort direction lean extent extent_printed basis harm part change_said "
        "since found note"
    )
    return dict.fromkeys(columns.split(), "") | given


def test_a_visit_that_is_only_told_of_says_where_and_what(kit, sheets):
    take(kit, sheets)
    told = rows(raw(kit, "visits.csv"))[-1]
    assert (told["visit"], told["scope"], told["note"]) == (
        "knowsley-monitoring-visit-2016-08",
        "Some progress made",
        f"told in {REPORT}/1: Some progress made",
    )


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (f"focused-visit,2019,,{REPORT}/1,A visit", f"is held as {VISIT}"),
        (f"focused-visit,2019-09-10,,{REPORT}/1,A visit", f"is held as {VISIT}"),
        (f"focused-visit,,,{REPORT}/1,A visit", "has no date"),
    ],
    ids=["in that year", "on that day", "no date"],
)
def test_a_visit_that_is_held_or_has_no_date_is_left_out_and_told(kit, sheets, row, why):
    save(sheets, "visits.csv", [VISITS, row])
    taken = take(kit, sheets)
    assert [why in reason for reason in taken.left_out] == [True]
    assert len(rows(raw(kit, "visits.csv"))) == 2


def test_documents_that_were_added_and_not_read_are_filled_in(kit, sheets):
    add_documents(kit, "knowsley", register(kit))
    before = rows(raw(kit, f"findings/{LETTER}.csv"))
    taken = take(kit, sheets)
    after = rows(raw(kit, f"findings/{LETTER}.csv"))
    assert taken.first == [LETTER, REPORT]
    assert [row["fingerprint"] for row in after] == [row["fingerprint"] for row in before]
    assert {row["summary"] for row in before} == {""}
    assert after[0]["summary"] == summary(LETTER, 1)


def test_codes_of_a_document_that_nobody_holds_do_not_make_it_read(kit, sheets):
    codes = raw(kit, "codes/ann.csv")
    codes.parent.mkdir(parents=True)
    columns = "finding,theme,cohort,direction,basis,change_said,since,note"
    codes.write_text(f"{columns}\n{LETTER}/1,none,,,,,,\n", encoding="utf-8")
    assert take(kit, sheets).first == [LETTER, REPORT]
    assert check("knowsley", kit) == ([], [])


def test_readings_say_who_read_what_when(kit, sheets):
    save(sheets, "again.csv", ["document,again", f"{REPORT},¶1: long run of one code"])
    letter, report = (len(sheet.paragraphs) for sheet in read_folder(sheets).sheets)
    log = (
        "2026-01-05T10:00:00,0,0",
        f"2026-01-05T10:04:10,{letter - 1},2",
        f"2026-01-05T10:05:00,{letter},0",
        f"2026-01-05T10:09:00,{letter + report},0",
    )
    save(sheets, "log.csv", log)
    take(kit, sheets)
    common = {"coder": "reader-1", "run": "knowsley", "guide": guide.GUIDE_VERSION,
              "instruction": guide.INSTRUCTION_VERSION, "date": "2026-01-05"}  # fmt: skip
    assert rows(raw(kit, "readings.csv")) == [
        common | {"document": LETTER, "place": "1", "pieces": "2", "paragraphs": str(letter),
                  "begun": "10:00", "ended": "10:05", "again": ""},
        common | {"document": REPORT, "place": "2", "pieces": "1", "paragraphs": str(report),
                  "begun": "10:05", "ended": "10:09", "again": "¶1: long run of one code"},
    ]  # fmt: skip


@pytest.mark.promise("versions-laid-out")
def test_a_reader_went_by_the_versions_that_were_laid_out(kit, sheets):
    told = (
        f"instruction {guide.INSTRUCTION_VERSION}, word for word, with guide {guide.GUIDE_VERSION}."
    )
    edit(sheets, "guide.md", told, "instruction 1, word for word, with guide 7.")
    take(kit, sheets)
    versions = {(row["guide"], row["instruction"]) for row in rows(raw(kit, "readings.csv"))}
    assert versions == {("7", "1")}


def test_without_a_log_the_day_of_taking_back_is_said(kit, sheets, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767571200")
    take(kit, sheets)
    first = rows(raw(kit, "readings.csv"))[0]
    assert (first["date"], first["begun"], first["pieces"]) == ("2026-01-05", "", "")


# A second coder


@pytest.mark.promise("second-coder-changes-nothing")
def test_a_second_coder_adds_and_changes_nothing(kit, sheets):
    take(kit, sheets)
    before = contents(kit.raw("knowsley"))
    edit(sheets, f"{ONE}.csv", summary(LETTER, 1), "Another view of it")
    edit(sheets, f"{ONE}.csv", "1,,care", "1,summary,care")

    taken = take(kit, sheets, "reader-2")

    after = contents(kit.raw("knowsley"))
    assert taken.after == [LETTER, REPORT]
    assert sorted({*after} - {*before}) == ["codes/reader-2.csv", "roles/reader-2.csv"]
    grown = [name for name in before if after[name] != before[name]]
    assert sorted(grown) == ["area_statements.csv", "need_links.csv", "readings.csv"]
    assert all(after[name].startswith(before[name]) for name in grown)
    assert rows(raw(kit, "roles/reader-2.csv"))[0]["role"] == "summary"
    assert check("knowsley", kit) == ([], [])


@pytest.mark.parametrize(
    ("need", "links", "unmatched"),
    [
        ("monthly,supervision,social-workers,frequency", ["often", "often"], []),
        ("often,supervision,personal-advisers,frequency", [], ["often"]),
        ("often,supervision,social-workers,other", [], ["often"]),
    ],
    ids=["the same under another id", "of another cohort", "of another aspect"],
)
def test_needs_of_a_second_coder_are_those_held_or_none(kit, sheets, need, links, unmatched):
    take(kit, sheets)
    name = need.partition(",")[0]
    save(sheets, "needs.csv", [NEEDS, f"{need},Supervision every month"])
    save(
        sheets,
        "need_links.csv",
        [LINKS, *(f"{name},{d},1,raised,coder," for d in (LETTER, REPORT))],
    )
    taken = take(kit, sheets, "ann")
    held = rows(raw(kit, "need_links.csv"))
    assert [row["need"] for row in held if row["coder"] == "ann"] == links
    assert taken.unmatched == unmatched
    assert len(rows(raw(kit, "needs.csv"))) == 1


def test_a_document_that_comes_later_joins_the_needs_that_are_held(kit, tmp_path):
    for place, folder in enumerate((tmp_path / "one", tmp_path / "two")):
        lay_out(kit, "knowsley", held_documents(kit, "knowsley", register(kit, only=place)), folder)
        fill(folder)
        document = read_folder(folder).sheets[0].document
        save(folder, "visits.csv", [VISITS])
        save(folder, "need_links.csv", [LINKS, f"often,{document},1,raised,coder,"])
        take(kit, folder)
    assert [row["finding"] for row in rows(raw(kit, "need_links.csv"))] == [
        f"{LETTER}/1", f"{REPORT}/1",
    ]  # fmt: skip
    assert len(rows(raw(kit, "needs.csv"))) == 1
    assert check("knowsley", kit) == ([], [])


def test_a_coder_does_not_code_a_document_twice(kit, sheets):
    take(kit, sheets)
    before = contents(kit.raw("knowsley"))
    with pytest.raises(DataError, match="reader-1 has coded this document before"):
        take(kit, sheets)
    assert contents(kit.raw("knowsley")) == before


@pytest.mark.parametrize("coder", ["resolved", "tagger", "earlier", "Ann", "../ann", ""])
def test_names_under_which_nobody_reads_are_refused(kit, sheets, coder):
    with pytest.raises(FindingsError):
        bring(kit, "knowsley", sheets, coder)


# What is wrong

FIRST = f"1,,care-leavers,{summary(LETTER, 1)},supervision,{CODED}extent=no"
SECOND = f"2,,,{summary(LETTER, 2)},supervision,{CODED}"
CASELOADS = "caseloads,personal-advisers"
FURTHER = f"2,,,,{CASELOADS},mixed,{MORE}"
SHEET, AREA = f"{ONE}.csv", f"{ONE}-areas.csv"
STATED = "1,care-leavers,weakness,,,Help is not good enough"
LINKED = f"often,{LETTER},2,raised,coder,"
TOLD = f"monitoring-visit,2016-08,,{REPORT}/1,Some progress made"


@pytest.mark.promise("sheet-problems-named")
@pytest.mark.parametrize(
    ("file", "old", "new", "row", "column"),
    [
        (SHEET, FIRST, FIRST.replace("1,,", "99,,", 1), 2, "n"),
        (SHEET, FIRST, FIRST.replace("1,,", "one,,", 1), 2, "n"),
        (SHEET, FIRST, FIRST.replace("1,,", "1,bodi,", 1), 2, "role"),
        (SHEET, FIRST, FIRST.replace("care-leavers", "care-leaver", 1), 2, "area"),
        (SHEET, FIRST, FIRST.replace("care-leavers", "", 1), 2, "area"),
        (SHEET, FIRST, FIRST.replace(summary(LETTER, 1), ""), 2, "summary"),
        (SHEET, FIRST, FIRST.replace(summary(LETTER, 1), "word " * 31), 2, "summary"),
        (SHEET, FIRST, FIRST.replace(summary(LETTER, 1), summary(LETTER, 2)), 2, "summary"),
        (SHEET, SECOND, SECOND.replace("supervision", "supervison"), 3, "theme"),
        (SHEET, SECOND, SECOND.replace("supervision", ""), 3, "theme"),
        (SHEET, SECOND, SECOND.replace("social-workers", "workers"), 3, "cohort"),
        (SHEET, SECOND, SECOND.replace("social-workers", ""), 3, "cohort"),
        (SHEET, SECOND, SECOND.replace("strength", "strenght"), 3, "direction"),
        (SHEET, SECOND, SECOND.replace("strength", "mixed"), 3, "lean"),
        (SHEET, SECOND, f"{SECOND}lean=even", 3, "lean"),
        (SHEET, SECOND, f"{SECOND}harm=risk", 3, "harm"),
        (SHEET, SECOND, f"{SECOND}extent=most", 3, "printed"),
        (SHEET, SECOND, f"{SECOND}extent=lots;printed=lots", 3, "extent"),
        (SHEET, SECOND, f"{SECOND}said_by=somebody", 3, "said_by"),
        (SHEET, SECOND, f"{SECOND}basis=both", 3, "basis"),
        (SHEET, SECOND, f"{SECOND}part=maybe", 3, "part"),
        (SHEET, SECOND, f"{SECOND}need=often", 3, "need"),
        (SHEET, SECOND, f"{SECOND}change=better;since=unknown", 3, "change"),
        (SHEET, SECOND, f"{SECOND}change=improved", 3, "since"),
        (SHEET, SECOND, f"{SECOND}since=unknown", 3, "since"),
        (SHEET, SECOND, f"{SECOND}change=improved;since=kent-inspection-2014", 3, "since"),
        (SHEET, SECOND, f"{SECOND}change=improved;since={VISIT}", 3, "since"),
        (SHEET, SECOND, f"{SECOND}found={'word ' * 16}", 3, "found"),
        (SHEET, SECOND, f"{SECOND}repeats=2", 3, "repeats"),
        (SHEET, SECOND, f"{SECOND}repeats=77", 3, "repeats"),
        (SHEET, SECOND, f"{SECOND}repeats=first", 3, "repeats"),
        (SHEET, SECOND, f"{SECOND}perhaps", 3, "more"),
        (SHEET, SECOND, f"{SECOND}extnt=most", 3, "more"),
        (SHEET, SECOND, f"{SECOND}part=yes;part=yes", 3, "more"),
        (SHEET, FURTHER, FURTHER.replace("2,,,,", "2,body,,,"), 4, "role"),
        (SHEET, FURTHER, FURTHER.replace("2,,,,", "2,,overall,,"), 4, "area"),
        (SHEET, FURTHER, FURTHER.replace("2,,,,", "2,,,Once more,"), 4, "summary"),
        (SHEET, FURTHER, FURTHER.replace(MORE, f"said_by=staff;{MORE}"), 4, "said_by"),
        (SHEET, FURTHER, FURTHER.replace(MORE, f"repeats=1;{MORE}"), 4, "repeats"),
        (SHEET, FURTHER, FURTHER.replace(CASELOADS, "supervision,social-workers"), 3, "n"),
        (SHEET, FURTHER, "2,,,,none,,,", 4, "theme"),
        (SHEET, f"{SECOND}\n{FURTHER}", "2,,,Only this,none,care-leavers,,", 3, "cohort"),
        (SHEET, f"{SECOND}\n{FURTHER}", "2,,,Only this,none,,strength,", 3, "direction"),
        (SHEET, f"{SECOND}\n{FURTHER}", "2,,,Only this,none,,,part=yes", 3, "part"),
        (AREA, STATED, STATED.replace("1,", "99,", 1), 2, "n"),
        (AREA, STATED, STATED.replace("care-leavers", "everything"), 2, "area"),
        (AREA, STATED, STATED.replace("weakness", "bad"), 2, "level"),
        (AREA, STATED, STATED.replace("weakness", ""), 2, "level"),
        (AREA, STATED, STATED.replace("weakness,,", "weakness,improved,"), 2, "since"),
        (AREA, STATED, STATED.replace("weakness,,", "weakness,risen,unknown"), 2, "change"),
        (AREA, STATED, STATED.replace("Help is not good enough", ""), 2, "summary"),
        ("needs.csv", "often,", "Often!,", 2, "need"),
        ("needs.csv", "supervision", "supervison", 2, "theme"),
        ("needs.csv", "social-workers", "workers", 2, "cohort"),
        ("needs.csv", "frequency", "frequent", 2, "aspect"),
        ("needs.csv", "Supervision every month", "", 2, "wording"),
        ("needs.csv", "Supervision every month", "word " * 21, 2, "wording"),
        ("needs.csv", NEEDED, f"{NEEDED}\n{NEEDED.replace('often', 'monthly')}", 3, "need"),
        ("need_links.csv", LINKED, LINKED.replace("often", "oft"), 2, "need"),
        ("need_links.csv", LINKED, LINKED.replace(",2,", ",99,"), 2, "n"),
        ("need_links.csv", LINKED, LINKED.replace(LETTER, "kent-letter"), 2, "n"),
        ("need_links.csv", LINKED, LINKED.replace("raised", "raise"), 2, "relation"),
        ("need_links.csv", LINKED, LINKED.replace("coder", "me"), 2, "basis"),
        ("need_links.csv", LINKED, f"{LINKED}\n{LINKED}", 2, "need"),
        ("visits.csv", TOLD, TOLD.replace("monitoring-visit", "visit"), 2, "kind"),
        ("visits.csv", TOLD, TOLD.replace("2016-08", "August 2016"), 2, "start"),
        ("visits.csv", TOLD, TOLD.replace("2016-08,", "2016-08,2015"), 2, "end"),
        ("visits.csv", TOLD, TOLD.replace(f"{REPORT}/1", REPORT), 2, "told_in"),
    ],
)  # fmt: skip
def test_every_problem_is_named_by_file_and_line(kit, sheets, file, old, new, row, column):
    edit(sheets, file, old, new)
    assert (file, row, column) in wrong(kit, sheets)


@pytest.mark.promise("all-sheets-or-none")
def test_one_problem_keeps_everything_from_being_written(kit, sheets):
    edit(sheets, "visits.csv", "2016-08", "August 2016")
    with pytest.raises(DataError, match="start = 'August 2016'"):
        take(kit, sheets)
    assert not kit.raw("knowsley").exists()


def test_a_sheet_in_order_has_no_problem(kit, sheets):
    assert wrong(kit, sheets) == []
    assert missing(kit, sheets) == []


def test_a_linked_finding_carries_the_need_s_theme(kit, sheets):
    edit(sheets, SHEET, FIRST, FIRST.replace("supervision", "audit"))
    edit(sheets, "need_links.csv", LINKED, LINKED.replace(",2,", ",1,"))
    assert wrong(kit, sheets) == [("need_links.csv", 2, "n")]


def test_a_need_without_a_link_is_named(kit, sheets):
    save(sheets, "need_links.csv", [LINKS])
    assert wrong(kit, sheets) == [("needs.csv", 2, "need")]


def test_rows_of_a_paragraph_that_stand_apart_are_named(kit, sheets):
    edit(sheets, SHEET, f"{FURTHER}\n", "")
    edit(sheets, SHEET, HEAD, f"{HEAD}\n{FURTHER}")
    assert (SHEET, 4, "n") in wrong(kit, sheets)


def test_paragraphs_may_stand_in_any_order_and_the_area_is_that_of_the_paragraph_before(
    kit, sheets
):
    edit(sheets, SHEET, f"{FIRST}\n", "")
    edit(sheets, SHEET, FURTHER, f"{FURTHER}\n{FIRST}")
    assert wrong(kit, sheets) == []
    take(kit, sheets)
    assert {row["area"] for row in rows(raw(kit, f"findings/{LETTER}.csv"))} == {"care-leavers"}


@pytest.mark.parametrize(
    ("file", "cell"),
    [(SHEET, summary(LETTER, 2)), (AREA, "Help is not good enough"),
     ("needs.csv", "Supervision every month"), ("visits.csv", "Some progress made")],
)  # fmt: skip
def test_nine_words_as_published_are_named_and_eight_are_not(kit, sheets, file, cell):
    words = read_folder(sheets).sheets[0].paragraphs[2].replace(",", "").split()
    edit(sheets, file, cell, " ".join(words[:9]))
    assert len(wrong(kit, sheets)) == 1
    edit(sheets, file, " ".join(words[:9]), " ".join(words[:8]))
    assert wrong(kit, sheets) == []


def test_a_printed_quantity_is_a_word_or_two_and_no_sentence(kit, sheets):
    words = read_folder(sheets).sheets[0].paragraphs[2].replace(",", "").replace(";", "").split()
    edit(sheets, SHEET, "printed=Many", f"printed={' '.join(words[:9])}")
    assert len(wrong(kit, sheets)) == 1


def test_a_name_counts_as_one_word(kit, sheets):
    name = "children in need of help or protection"
    text = sheets / f"{ONE}.txt"
    published = text.read_text("utf-8")
    words = f"Plans of {name} are late"
    text.write_text(published.replace("¶2 (p.2) ", f"¶2 (p.2) {words}. "), encoding="utf-8")
    edit(sheets, SHEET, summary(LETTER, 2), words)
    assert (SHEET, 3, "summary") not in wrong(kit, sheets)


@pytest.mark.parametrize(
    ("change", "file", "said"),
    [
        (lambda f: (f / SHEET).unlink(), SHEET, "not begun: "),
        (lambda f: (f / AREA).unlink(), AREA, "not written"),
        (lambda f: (f / "needs.csv").unlink(), "needs.csv", "not written"),
        (lambda f: (f / "need_links.csv").unlink(), "need_links.csv", "not written"),
        (lambda f: (f / "visits.csv").unlink(), "visits.csv", "not written"),
        (lambda f: edit(f, SHEET, f"{SECOND}\n{FURTHER}\n", ""), SHEET, "1 paragraph has no row"),
    ],
    ids=["sheet", "areas", "needs", "links", "visits", "paragraph"],
)  # fmt: skip
def test_what_is_still_to_do_is_named_and_nothing_written(kit, sheets, change, file, said):
    change(sheets)
    found = missing(kit, sheets)
    assert [(problem.file, said in problem.message) for problem in found] == [(file, True)]
    with pytest.raises(DataError):
        take(kit, sheets)
    assert not kit.raw("knowsley").exists()


def test_a_table_that_cannot_be_read_is_the_only_one_blamed(kit, sheets):
    edit(sheets, "needs.csv", "every month", "every month, twice")
    assert wrong(kit, sheets) == [("needs.csv", 2, "")]


# Clumsy and hostile files


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";"])
def test_a_sheet_saved_by_a_spreadsheet_is_the_same(kit, sheets, encoding, mark):
    for path in sheets.glob("*.csv"):
        cells = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=mark, lineterminator="\r\n").writerows(cells)
        path.write_bytes(text.getvalue().replace("Some progress", "Café").encode(encoding))
    assert wrong(kit, sheets) == []
    take(kit, sheets)
    assert rows(raw(kit, "visits.csv"))[-1]["scope"] == "Café made"
    assert rows(raw(kit, "codes/reader-1.csv"))[2]["note"] == "two teams; one office"


@pytest.mark.parametrize("names", [tuple(SHORT), tuple(SHORT.values())], ids=["long", "short"])
def test_columns_of_their_own_say_what_the_cell_says(kit, sheets, names):
    own = {
        "lean": "weakness", "extent": "many", "extent_printed": "Many", "part": "yes",
        "note": "two teams; one office",
    }  # fmt: skip
    path = sheets / SHEET
    told = rows(path)
    columns = [name for name in HEAD.split(",") if name != "more"] + list(names)
    lines = []
    for row in told:
        given = own if MORE in row["more"] else {"extent": "no"} if row["more"] else {}
        values = {name: row.get(name, "") for name in columns}
        for column, short in SHORT.items():
            values[column if column in names else short] = given.get(column, "")
        lines.append(",".join(values[name] for name in columns))
    save(sheets, SHEET, [",".join(columns), *lines])
    take(kit, sheets)
    code = rows(raw(kit, "codes/reader-1.csv"))[2]
    assert {name: code[name] for name in own} == own


def test_what_the_cell_and_a_column_say_otherwise_is_named(kit, sheets):
    lines = (sheets / SHEET).read_text("utf-8").splitlines()
    lines = [f"{HEAD},lean", *(f"{line},{'even' if MORE in line else ''}" for line in lines[1:])]
    save(sheets, SHEET, lines)
    assert wrong(kit, sheets) == [(SHEET, 4, "lean")]


@pytest.mark.parametrize(
    ("header", "column"),
    [
        (HEAD.replace("summary,", ""), "summary"),
        (HEAD.replace("cohort", "group"), "cohort"),
        (HEAD.replace("more", "n"), "n"),
    ],
    ids=["missing", "renamed", "twice"],
)
def test_wrong_columns_are_named(kit, sheets, header, column):
    edit(sheets, SHEET, HEAD, header)
    assert (SHEET, 1, column) in wrong(kit, sheets)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01", b"%PDF-1.7", b"PK\x03\x04", HEAD.encode() + b'\n1,,,"open', b"\xff\xfe\x00"],
    ids=["empty", "binary", "pdf", "zip", "quote", "half"],
)
@pytest.mark.parametrize("name", [SHEET, "needs.csv"])
def test_what_is_no_table_is_named(kit, sheets, name, content):
    (sheets / name).write_bytes(content)
    assert [file for file, _, _ in wrong(kit, sheets) if file == name]


@pytest.mark.parametrize(
    ("old", "new", "paragraph"),
    [("¶2 (p.2) ", "¶2 (p.2) Newly ", "¶2"), ("¶2 (p.2) ", "", "¶2"), ("¶3 (p.2) ", "¶30 ", "¶30")],
    ids=["other words", "joined", "another number"],
)  # fmt: skip
def test_a_document_that_is_cut_otherwise_is_refused_with_the_paragraph(
    kit, sheets, old, new, paragraph
):
    edit(sheets, f"{ONE}.txt", old, new)
    found = bring(kit, "knowsley", sheets, "reader-1").problems
    cut = [problem for problem in found if "cut otherwise" in problem.message]
    assert [(problem.file, problem.value) for problem in cut] == [(f"{ONE}.txt", paragraph)]


def test_a_document_that_is_not_held_is_named(kit, sheets):
    (sheets / f"{ONE}.txt").rename(sheets / "01-knowsley-letter.txt")
    found = bring(kit, "knowsley", sheets, "reader-1").problems
    assert ("01-knowsley-letter.txt", "knowsley-letter") in [(p.file, p.value) for p in found]


def test_sheets_of_another_authority_are_refused(kit, sheets):
    found = bring(kit, "exampleshire", sheets, "ann").problems
    named = [problem.value for problem in found if problem.column == "document"]
    assert named == [LETTER, REPORT]


def test_a_folder_without_texts_is_refused(kit, tmp_path):
    with pytest.raises(FindingsError, match="holds no laid-out document"):
        bring(kit, "knowsley", tmp_path, "reader-1")


# The commands


@pytest.fixture
def run(kit: Project) -> Callable[..., tuple[int, str]]:
    def command(*arguments: object) -> tuple[int, str]:
        done = CliRunner().invoke(app, list(map(str, arguments)))
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output

    return command


def test_from_a_document_to_the_data_by_commands(kit, run, tmp_path):
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(composed()[0])
    folder = tmp_path / "sheets"
    status, output = run("sheet", "knowsley", letter, "--to", folder, "--jobs", "1")
    assert (status, f"{ONE}.txt" in output) == (0, True)

    status, output = run("import", "knowsley", folder, "--coder", "reader-1", "--check")
    assert (status, "to do: needs.csv: not written" in output) == (0, True)

    fill(folder)
    save(folder, "need_links.csv", [LINKS, f"often,{LETTER},2,raised,coder,"])
    save(folder, "visits.csv", [VISITS])
    edit(folder, SHEET, "strength", "good")
    status, output = run("import", "knowsley", folder, "--coder", "reader-1", "--check")
    assert (status, f"problem: {SHEET}, row 2, direction = 'good'" in output) == (2, True)

    edit(folder, SHEET, "good", "strength")
    status, output = run("import", "knowsley", folder, "--coder", "reader-1")
    assert (status, "data/raw/knowsley/codes/reader-1.csv" in output) == (0, True)
    assert check("knowsley", kit) == ([], [])


def test_a_check_writes_nothing_but_its_time(kit, run, sheets):
    before = contents(sheets)
    status, _ = run("import", "knowsley", sheets, "--coder", "reader-1", "--check")
    assert status == 0
    assert not kit.raw("knowsley").exists()
    after = contents(sheets)
    when, done, problems = after.pop("log.csv").decode().strip().split(",")
    assert after == before
    assert date.fromisoformat(when[:10])
    assert (int(done), problems) == (read_folder(sheets).done, "0")


def decided(folder):
    """Names of cells that have to be decided, by sheet and line."""
    return [(p.file, p.row, p.column) for p in undecided(read_folder(folder))]


@pytest.mark.promise("sheet-decisions")
def test_what_a_quantity_governs_is_decided_for_every_code(sheets):
    """Nine tenths of the differences between readers were words that one of them passed over."""
    sheet = read_folder(sheets).sheets[0]
    text, words = (sheets / sheet.text).read_text("utf-8"), sheet.paragraphs[2]
    assert decided(sheets) == []
    for said, first in (
        ("Supervision is late for a small number of teams.", ["extent", "part"]),
        ("Supervision is late for many teams.", ["extent"]),
        ("The most recent supervision was late, and has been for many years.", []),
    ):
        (sheets / sheet.text).write_text(text.replace(words, said), "utf-8")
        assert decided(sheets) == [(sheet.file, 3, name) for name in first], said
    (sheets / sheet.text).write_text(text.replace(words, "Few teams are new."), "utf-8")
    edit(sheets, sheet.file, SECOND, f"{SECOND}extent=no;part=no")
    assert decided(sheets) == []
    edit(sheets, sheet.file, f"{SECOND}extent=no;part=no\n{FURTHER}", "2,,,A few are new,none,,,")
    assert decided(sheets) == []
    (sheets / sheet.text).write_text(text, "utf-8")


def test_what_was_decided_not_to_be_said_is_blank_in_the_data(kit, sheets):
    edit(sheets, SHEET, SECOND, f"{SECOND}extent=no;part=no;need=no")
    take(kit, sheets)
    (code,) = [
        row
        for row in rows(raw(kit, "codes/reader-1.csv"))
        if row["finding"] == f"{LETTER}/2" and row["theme"] == "supervision"
    ]
    assert code == blank(f"{LETTER}/2", "supervision", "social-workers", "strength")


@pytest.mark.promise("sheet-decisions")
def test_a_weakness_on_what_a_need_is_about_is_linked_or_said_to_be_another_matter(sheets):
    assert decided(sheets) == []
    weak = SECOND.replace("strength", "weakness")
    edit(sheets, SHEET, SECOND, weak)
    assert decided(sheets) == []  # it is linked
    save(sheets, "need_links.csv", [LINKS, f"often,{REPORT},1,raised,coder,"])
    assert decided(sheets) == [(SHEET, 3, "theme")]
    edit(sheets, SHEET, weak, f"{weak}need=no")
    assert decided(sheets) == []
    (sheets / "need_links.csv").unlink()
    edit(sheets, SHEET, f"{weak}need=no", weak)
    assert decided(sheets) == []  # not yet: links are written at the end


def test_sheets_of_an_older_instruction_are_asked_for_no_decision(sheets):
    save(sheets, "need_links.csv", [LINKS, f"often,{REPORT},1,raised,coder,"])
    edit(sheets, SHEET, SECOND, SECOND.replace("strength", "weakness"))
    assert decided(sheets)
    edit(sheets, "guide.md", f"instruction {guide.INSTRUCTION_VERSION}", "instruction 3")
    assert decided(sheets) == []


def test_a_piece_ends_where_the_sheets_were_looked_through():
    assert last_done("") == 0
    assert last_done("2026-01-05T10:00:00,12,0\n2026-01-05T10:05:00,30,1\n") == 30


def test_the_data_are_no_place_for_sheets(kit, run, tmp_path):
    with pytest.raises(FindingsError, match="among the data"):
        run("sheet", "knowsley", "--to", kit.raw("knowsley"))
