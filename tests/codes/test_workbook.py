"""A workbook for a coder who has only Excel: laid out, filled in, taken back."""

from __future__ import annotations

import io
import random
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from builders import FIXTURE
from commands import run
from openpyxl import Workbook, load_workbook

from analysis.codes.sheets import book
from analysis.codes.sheets.correcting import Corrected, corrections, take_corrections
from analysis.codes.sheets.reading import open_workbook
from analysis.codes.sheets.writing import DEPTH, to_workbook
from analysis.data.loading import check, load_data
from analysis.data.rows import read_rows
from analysis.errors import DataError, FindingsError
from analysis.packing import EARLIEST
from analysis.project import Project
from analysis.report.report import Report
from analysis.workbooks import to_xlsx

AUTHORITY = "exampleshire"
LETTER, REPORT = "exampleshire-focused-visit-2019-06-28", "exampleshire-inspection-2022-11-21"
LETTER_SHEET, REPORT_SHEET = "4 focused visit Jun 2019", "5 inspection Oct 2022"
READ = book.OWN
OWN = {field.head: place for place, field in enumerate(book.FIELDS, start=READ + 1)}
OWN[book.NOTE] = book.LAST_OWN


class Book:
    """A workbook as its coder has it open."""

    def __init__(self, path: Path, project, content: bytes = b"") -> None:
        self.path, self.project = path, project
        path.write_bytes(content or to_workbook(load_data(AUTHORITY, project)))
        self.made = load_workbook(path)

    def row(self, sheet: str, number: int, place: int = 0) -> int:
        """The row of a paragraph: 0 is its first code, the last the one left empty."""
        found = [
            row
            for row in range(book.HEAD + 1, self.made[sheet].max_row + 1)
            if self.made[sheet].cell(row, 1).value == number
        ]
        return found[place]

    def fill(self, sheet: str, row: int, agrees: str = "", **said: object) -> str:
        """Fill in a row; return the cell filled last."""
        cell = self.made[sheet].cell(row, READ)
        if agrees:
            cell.value = agrees
        for head, value in said.items():
            cell = self.made[sheet].cell(row, OWN[head.replace("_", " ")])
            cell.value = value
        return cell.coordinate

    def save(self) -> Path:
        self.made.save(self.path)
        return self.path

    def corrected(self, coder: str = "ann") -> Corrected:
        return corrections(load_data(AUTHORITY, self.project), self.save(), coder)

    def take(self, coder: str = "ann") -> list[dict[str, str]]:
        """Take it back; return the coder's codes."""
        data = load_data(AUTHORITY, self.project)
        path = take_corrections(self.project, data, corrections(data, self.save(), coder)).path
        return list(read_rows(path, path.name)) if path.exists() else []

    def wrong(self) -> list[str]:
        """Where something is wrong: sheet and cell."""
        return [
            f"{p.file.partition('sheet ')[2]} {p.column.split()[1]}"
            for p in self.corrected().problems
        ]


@cache
def laid_out() -> bytes:
    return to_workbook(load_data(AUTHORITY, Project(FIXTURE)))


@pytest.fixture
def laid(project, tmp_path) -> Book:
    return Book(tmp_path / "codes.xlsx", project, laid_out())


def codes(rows: list[dict[str, str]], number: int, document: str = REPORT) -> list[tuple[str, ...]]:
    return [
        (row["theme"], row["cohort"], row["direction"])
        for row in rows
        if row["finding"] == f"{document}/{number}"
    ]


# Laying out


def test_each_document_has_a_sheet_in_the_order_of_the_visits(laid):
    assert laid.made.sheetnames == [
        book.START, book.THEMES, "1 inspection Mar 2014", "2 improvement notice Sep 2014",
        "3 monitoring visit May 2016", LETTER_SHEET, REPORT_SHEET, book.LISTS,
    ]  # fmt: skip
    assert laid.made[book.LISTS].sheet_state == "hidden"


def test_a_paragraph_shows_its_place_its_words_and_its_codes_with_room_for_one_more(laid):
    sheet, row = laid.made[REPORT_SHEET], laid.row(REPORT_SHEET, 3)
    assert [sheet.cell(row, column).value for column in (2, 3)] == [
        "Help and protection, paragraph 2, page 3",
        "Our summary: The majority of plans say what must change, by when and for whom.",
    ]
    shown = [[sheet.cell(row + i, book.NOW + j).value for j in range(4)] for i in range(3)]
    who = "children in need of help or protection"
    assert shown == [
        ["Plans", who, "strength", "majority"],
        ["Plans", "no group named", "strength", "majority"],
        [None] * 4,
    ]
    assert [sheet.cell(row + i, 1).value for i in range(4)] == [3, 3, 3, 4]


def test_published_words_stand_where_they_are_held(project, tmp_path):
    texts = project.local(AUTHORITY, "texts.csv")
    texts.parent.mkdir(parents=True)
    texts.write_text(f'finding,text\n{REPORT}/3,"=1+1 plans\x0b are good"\n', encoding="utf-8")
    laid = Book(tmp_path / "words.xlsx", project)
    cell = laid.made[REPORT_SHEET].cell(laid.row(REPORT_SHEET, 3), 3)
    assert (cell.value, cell.data_type) == ("=1+1 plans are good", "s")


def test_what_looks_like_a_formula_is_text(laid):
    cell = laid.made[LETTER_SHEET].cell(laid.row(LETTER_SHEET, 2), 3)
    assert "=SUM(1)" in cell.value
    assert cell.data_type == "s"


@pytest.mark.promise("workbook-kept")
def test_only_what_is_to_be_filled_in_can_be(laid):
    sheet, row = laid.made[REPORT_SHEET], laid.row(REPORT_SHEET, 3)
    assert sheet.protection.sheet
    unlocked = [c for c in range(1, book.WIDTH + 1) if not sheet.cell(row, c).protection.locked]
    assert unlocked == list(range(READ, book.LAST_OWN + 1))
    hidden = {name for name, column in sheet.column_dimensions.items() if column.hidden}
    assert sheet.cell(1, book.FIRST_KEPT).column_letter in hidden


@pytest.mark.promise("workbook-lists")
def test_every_field_has_the_list_of_what_can_be_said(laid, data):
    known = book.choices(data.codebook)
    lists = {c[0].value: [x.value for x in c[1:] if x.value] for c in laid.made[book.LISTS].columns}
    assert lists == {book.heading(name): list(said) for name, said in known.items()}
    formulas = {v.formula1 for v in laid.made[REPORT_SHEET].data_validations.dataValidation}
    assert formulas == {f'"{book.YES}"', *(f"=list_{name}" for name in known)}


def test_every_row_is_as_high_as_its_words_need(laid):
    for sheet in laid.made.worksheets[:-1]:
        for row in sheet.iter_rows(max_col=book.LAST_OWN):
            height = sheet.row_dimensions[row[0].row].height or DEPTH
            for cell in row:
                if cell.value is not None and cell.alignment.wrap_text:
                    width = sheet.column_dimensions[cell.column_letter].width
                    assert height >= DEPTH * len(str(cell.value)) / width, cell


@pytest.mark.parametrize("make", [laid_out, lambda: to_xlsx({"x": (["a"], [[1]])})])
def test_the_same_contents_give_the_same_bytes_and_no_clock_is_in_them(make):
    made = make()
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {part.date_time for part in archive.infolist()} == {EARLIEST}
    told = load_workbook(io.BytesIO(made)).properties
    assert told.created == told.modified == datetime(*EARLIEST)
    assert to_workbook(load_data(AUTHORITY, Project(FIXTURE))) == laid_out()


def test_one_document_alone(project, data):
    made = load_workbook(io.BytesIO(to_workbook(data, LETTER)))
    assert made.sheetnames == [book.START, book.THEMES, "1 focused visit Jun 2019", book.LISTS]
    with pytest.raises(FindingsError, match="no document"):
        to_workbook(data, "exampleshire-inspection-2030-01-01")


# Taking back


def test_a_workbook_left_as_it_was_changes_nothing(laid):
    assert laid.take() == []
    assert not laid.project.raw(AUTHORITY, "codes", "ann.csv").exists()


@pytest.mark.promise("workbook-blank-stays")
def test_what_is_left_blank_in_a_changed_row_stays_as_it_was(laid):
    row = laid.row(REPORT_SHEET, 2)
    laid.fill(REPORT_SHEET, row, Direction="mixed", Why="not in the north")
    (code,) = laid.take()
    assert code == {
        "finding": f"{REPORT}/2", "theme": "caseloads", "cohort": "social-workers",
        "direction": "mixed", "lean": "", "extent": "most", "extent_printed": "most",
        "basis": "level", "harm": "", "part": "", "change_said": "improved",
        "since": "exampleshire-inspection-2014-03-10", "found": "", "note": "not in the north",
    }  # fmt: skip
    assert check(AUTHORITY, laid.project)[0] == []


@pytest.mark.promise("workbook-agree")
def test_who_agrees_has_the_codes_as_they_stand(laid):
    laid.fill(REPORT_SHEET, laid.row(REPORT_SHEET, 3), "yes")
    made = laid.take()
    who = "children-in-need-of-help-or-protection"
    assert codes(made, 3) == [("plans", who, "strength"), ("plans", "not-stated", "strength")]
    assert laid.corrected().agreed == [f"{REPORT}/3"]


@pytest.mark.promise("workbook-nothing")
def test_a_code_is_taken_away_and_a_paragraph_may_have_none_left(laid):
    laid.fill(REPORT_SHEET, laid.row(REPORT_SHEET, 3, 1), Theme=book.NOTHING)
    laid.fill(REPORT_SHEET, laid.row(REPORT_SHEET, 7), Theme=book.NOTHING, Why="said in passing")
    made = laid.take()
    assert len(codes(made, 3)) == 1
    assert codes(made, 7) == [("none", "", "")]
    assert made[-1]["note"] == "said in passing"


@pytest.mark.promise("workbook-row-below")
def test_a_code_is_added_below_or_in_a_row_of_ones_own_or_at_the_end(laid):
    sheet = laid.made[REPORT_SHEET]
    laid.fill(REPORT_SHEET, laid.row(REPORT_SHEET, 2, -1), Theme="Audit", Direction="strength",
              How_many="some", Change_said="improved")  # fmt: skip
    end = sheet.max_row - 1
    sheet.cell(end, 1).value = 4
    laid.fill(REPORT_SHEET, end, Theme="audit", About_whom="Care leavers", Direction="Weakness")
    at = laid.row(REPORT_SHEET, 8, -1) + 1
    sheet.insert_rows(at)
    laid.fill(REPORT_SHEET, at, Theme="Plans", Direction="neutral")
    made = laid.take()
    assert codes(made, 2)[1] == ("audit", "not-stated", "strength")
    assert made[1]["since"] == "unknown"
    assert codes(made, 4)[1] == ("audit", "care-leavers", "weakness")
    assert codes(made, 8)[1] == ("plans", "not-stated", "neutral")
    assert check(AUTHORITY, laid.project)[0] == []


def test_a_paragraph_without_a_theme_gets_one(laid):
    laid.fill(REPORT_SHEET, laid.row(REPORT_SHEET, 1), Theme="Audit", Direction="strength")
    assert codes(laid.take(), 1) == [("audit", "not-stated", "strength")]


def test_what_no_longer_fits_a_changed_code_is_left_out_and_said(laid):
    sheet = "1 inspection Mar 2014"
    row = laid.row(sheet, 1)
    laid.fill(sheet, row, Direction="strength", How_many=book.NOTHING)
    corrected = laid.corrected()
    assert corrected.dropped == [f"{sheet}, row {row}: harm (risk) no longer fits"]
    assert corrected.changes == [
        f"{sheet}, row {row}: Caseloads: weakness → strength, too many → nothing"
    ]
    (code,) = laid.take()
    assert (code["harm"], code["extent"], code["extent_printed"]) == ("", "", "")


def test_a_coder_goes_on_another_day(laid):
    laid.fill(REPORT_SHEET, laid.row(REPORT_SHEET, 2), Direction="mixed")
    laid.fill(REPORT_SHEET, laid.row(REPORT_SHEET, 4), "yes")
    laid.take()
    laid.fill(REPORT_SHEET, laid.row(REPORT_SHEET, 2), Direction="weakness")
    laid.fill(REPORT_SHEET, laid.row(REPORT_SHEET, 7), Direction="neutral")
    corrected = laid.corrected()
    made = take_corrections(laid.project, load_data(AUTHORITY, laid.project), corrected)
    assert (made.new, made.anew, made.same) == (
        [f"{REPORT}/7"], [f"{REPORT}/2"], [f"{REPORT}/4"],
    )  # fmt: skip
    later = Book(laid.path.with_name("later.xlsx"), laid.project)
    sheet = later.made[REPORT_SHEET]
    assert sheet.cell(later.row(REPORT_SHEET, 2), book.NOW + 2).value == "weakness"


@pytest.mark.promise("workbook-problems-named")
def test_every_problem_is_named_by_sheet_and_cell_and_nothing_is_written(laid):
    row = laid.row(REPORT_SHEET, 2)
    where = [
        laid.fill(REPORT_SHEET, row, Theme="Casework"),
        laid.fill(REPORT_SHEET, row + 1, Theme="Audit"),
        laid.fill(REPORT_SHEET, laid.row(REPORT_SHEET, 4), "perhaps"),
        laid.fill(LETTER_SHEET, laid.row(LETTER_SHEET, 1), Direction="=1+1"),
        laid.fill(LETTER_SHEET, laid.row(LETTER_SHEET, 2, -1), Direction="mixed"),
        laid.fill(LETTER_SHEET, laid.row(LETTER_SHEET, 3, -1), Theme="Supervision",
                  About_whom="personal advisers", Direction="mixed"),
    ]  # fmt: skip
    where[1] = f"{laid.made[REPORT_SHEET].cell(row + 1, OWN['Direction']).coordinate}"
    where[4] = laid.made[LETTER_SHEET].cell(laid.row(LETTER_SHEET, 2, -1), OWN["Theme"]).coordinate
    where[5] = laid.made[LETTER_SHEET].cell(laid.row(LETTER_SHEET, 3, -1), OWN["Theme"]).coordinate
    sheets = [REPORT_SHEET] * 3 + [LETTER_SHEET] * 3
    assert sorted(laid.wrong()) == sorted(
        f"{sheet!r} {cell}" for sheet, cell in zip(sheets, where, strict=True)
    )
    with pytest.raises(DataError):
        laid.take()
    assert not laid.project.raw(AUTHORITY, "codes", "ann.csv").exists()


def test_rows_that_are_gone_or_stand_twice_are_named(laid):
    sheet, row = laid.made[REPORT_SHEET], laid.row(REPORT_SHEET, 3)
    laid.fill(REPORT_SHEET, row, "yes")
    kept = [sheet.cell(row, c).value for c in range(1, book.WIDTH + 1)]
    for column, value in enumerate(kept, start=1):
        sheet.cell(row + 1, column).value = value
    assert laid.wrong() == [f"{REPORT_SHEET!r} A{row}"]
    sheet.delete_rows(row)
    laid.fill(REPORT_SHEET, row, "yes")
    assert laid.wrong() == [f"{REPORT_SHEET!r} A{row}"]


def test_a_paragraph_that_has_other_words_now_is_refused(project, tmp_path):
    path = project.raw(AUTHORITY, "findings", f"{REPORT}.csv")
    text = path.read_text("utf-8")
    old = text.splitlines()[2]
    parts = old.split(",")
    parts[8] = "0123456789abcdef"
    path.write_text(text.replace(old, ",".join(parts)), encoding="utf-8")
    laid = Book(tmp_path / "codes.xlsx", project)
    laid.fill(REPORT_SHEET, laid.row(REPORT_SHEET, 2), "yes")
    assert laid.wrong() == []
    path.write_text(path.read_text("utf-8").replace("0123456789abcdef", "f" * 16), encoding="utf-8")
    assert laid.wrong() == [f"{REPORT_SHEET!r} A{laid.row(REPORT_SHEET, 2)}"]


@pytest.mark.parametrize("coder", ["reader-1", "resolved", "tagger", "earlier", "Ann Smith"])
def test_the_names_of_others_are_no_coder_s(laid, coder):
    with pytest.raises(FindingsError, match=coder):
        laid.corrected(coder)


# Whatever may come


def packed(laid: Book, **parts: bytes) -> bytes:
    """The workbook with other parts in place of its own, or beside them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(laid.path) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet7.xml"
STRINGS = "xl/sharedStrings.xml"
DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d SYSTEM "file:///etc/passwd">]>'
HOSTILE: dict[str, tuple[Callable[[Book], bytes], str]] = {
    "no workbook": (lambda laid: b"PK\x03\x04 and no more", "damaged archive"),
    "another table": (lambda laid: b"finding,theme", "column is missing"),
    "old Excel": (lambda laid: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "old Office file"),
    "bomb": (lambda laid: packed(laid, **{SHEET: b"<a>" + b" " * 30_000_000}), "grows over"),
    "declares much": (lambda laid: declared(packed(laid)), "unpacks to more"),
    "document type": (lambda laid: packed(laid, **{SHEET: DTD + b"<a>&d;</a>"}), "document type"),
    "UTF-16 document type": (
        lambda laid: packed(laid, **{SHEET: DTD.decode().encode("utf-16")}), "document type"
    ),
    "macros": (lambda laid: packed(laid, **{"xl/vbaProject.bin": b"x"}), "holds macros"),
    "many styles": (lambda laid: more(laid, "xl/styles.xml", "</fonts>", "<font/>"), "styles"),
    "many strings": (
        lambda laid: packed(laid, **{STRINGS: b"<a>" + dense("<si><t/></si>") + b"</a>"}),
        "elements in",
    ),
    "many rows": (
        lambda laid: more(laid, SHEET, "</sheetData>", '<row r="9"/>'), "elements in"
    ),
    "many merged cells": (
        lambda laid: more(
            laid, SHEET, "</worksheet>", "<mergeCell/>", count=60_000
        ),
        "beside its cells",
    ),
    "many names": (
        lambda laid: more(laid, "xl/workbook.xml", "</definedNames>", "<definedName/>"), "names"
    ),
    "many sheets": (lambda laid: sheets(laid, 300), "at most 200 are read"),
    "one sheet many times": (lambda laid: sheets(laid, 150, "9"), "two of its sheets are one"),
    "a long way down": (lambda laid: sheets(laid, 40), "rows"),
    "formulas filled down": (
        lambda laid: more(
            laid, SHEET, "</sheetData>", '<row><c><f t="shared" si="0"/></c></row>',
            '<row><c><f t="shared" ref="A9:A10" si="0">' + "A1+" * 3_000 + "1</f></c></row>", 9_000,
        ),
        "formulas filled down",
    ),
    "links": (lambda laid: packed(laid, **{"xl/externalLinks/e.xml": b"<a/>"}), "other workbooks"),
    "connections": (lambda laid: packed(laid, **{"xl/connections.xml": b"<a/>"}), "elsewhere"),
    "leads out": (lambda laid: packed(laid, **{"../../up.xml": b"<a/>"}), "leads out"),
    "no sheet": (lambda laid: packed(laid, **{SHEET: b"<a/>"}), ""),
    "cut off": (lambda laid: laid.path.read_bytes()[:-200], "damaged archive"),
    "another workbook": (lambda laid: another(), "column is missing"),
}  # fmt: skip


def declared(content: bytes) -> bytes:
    """An archive of which one file says that it has two gigabytes."""
    at = content.rindex(b"PK\x01\x02")
    return content[: at + 20] + (2**31).to_bytes(4, "little") * 2 + content[at + 28 :]


def dense(element: str, count: int = 600_000) -> bytes:
    """Many times the same element, with as much else as keeps it from growing over 200 times."""
    dice = random.Random(0)  # noqa: S311 - not a secret
    return b"".join(
        element.encode() * 150 + b"<!--%x-->" % dice.getrandbits(64) for _ in range(count // 150)
    )


def more(laid: Book, part: str, end: str, element: str, first: str = "", count: int = 600_000):
    """The workbook with many more elements before an end of one of its parts."""
    with zipfile.ZipFile(laid.path) as archive:
        whole = archive.read(part)
    assert end.encode() in whole
    added = first.encode() + dense(element, count) + end.encode()
    return packed(laid, **{part: whole.replace(end.encode(), added)})


def sheets(laid: Book, count: int, one: str = "") -> bytes:
    """The workbook with many more sheets of documents, each of two rows far from each other."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    text = '<c t="inlineStr"><is><t>Document</t></is></c>'
    body = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="1">{text * 2}</row><row r="20000"><c><v>1</v></c></row></sheetData></worksheet>'
    )
    parts = {f"xl/worksheets/sheet9{one or n}.xml": body.encode() for n in range(count)}
    named = "".join(
        f'<sheet xmlns:r="{kind}" name="q{n}" sheetId="{n + 99}" r:id="q{n}"/>'
        for n in range(count)
    )
    led = "".join(
        f'<Relationship Id="q{n}" Type="{kind}/worksheet" '
        f'Target="/xl/worksheets/sheet9{one or n}.xml"/>'
        for n in range(count)
    )
    with zipfile.ZipFile(laid.path) as archive:
        for name, end, added in (
            ("xl/workbook.xml", "</sheets>", named),
            ("xl/_rels/workbook.xml.rels", "</Relationships>", led),
        ):
            whole = archive.read(name).decode()
            assert end in whole
            parts[name] = whole.replace(end, added + end).encode()
    return packed(laid, **parts)


def another() -> bytes:
    made, buffer = Workbook(), io.BytesIO()
    made.worksheets[0]["A1"] = "Document"
    made.save(buffer)
    return buffer.getvalue()


@pytest.mark.promise("workbook-hostile")
@pytest.mark.parametrize("name", HOSTILE)
def test_what_may_do_harm_is_refused_with_the_reason(laid, findings, name):
    make, why = HOSTILE[name]
    laid.path.write_bytes(make(laid))
    before = sorted(laid.project.root.rglob("*"))
    said = findings("import", AUTHORITY, laid.path, "--coder", "ann", "--check")
    if why:
        assert said.status == 2
        assert why in said.err
        assert "Traceback" not in said.err
    assert sorted(laid.project.root.rglob("*")) == before


@pytest.mark.parametrize(
    "more",
    [
        b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>4</t></is></c></row>',
        b'<row r="99999999999999"><c><v>4</v></c></row>',
        b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>',
    ],
    ids=["last row", "no row", "all cells one"],
)
def test_a_sheet_that_says_it_is_huge_is_read_as_far_as_ours_go(laid, more):
    laid.fill(REPORT_SHEET, laid.row(REPORT_SHEET, 2), "yes")
    laid.save()
    with zipfile.ZipFile(laid.path) as archive:
        sheet = archive.read(SHEET)
    laid.path.write_bytes(
        packed(laid, **{SHEET: sheet.replace(b"</sheetData>", more + b"</sheetData>")})
    )
    found = corrections(load_data(AUTHORITY, laid.project), laid.path, "ann")
    assert found.agreed == [f"{REPORT}/2"]


def test_a_link_to_a_file_elsewhere_is_not_followed(laid):
    target = b'<Relationship Id="rId1" Type="x" Target="/etc/passwd" TargetMode="External"/>'
    with zipfile.ZipFile(laid.path) as archive:
        name = "xl/_rels/workbook.xml.rels"
        rels = archive.read(name).replace(b"</Relationships>", target + b"</Relationships>")
    laid.path.write_bytes(packed(laid, **{name: rels}))
    try:
        open_workbook(laid.path)
    except DataError as error:
        assert "root:" not in str(error)


# By commands


@pytest.mark.promise("workbook-counts-first")
def test_codes_of_a_workbook_count_first_and_the_report_says_what_they_move(
    project, findings, tmp_path
):
    path = tmp_path / "codes.xlsx"
    assert findings("sheet", AUTHORITY, "--to", path).status == 0
    assert findings("sheet", AUTHORITY, "--to", path).status == 2  # never written over
    laid = Book(tmp_path / "mine.xlsx", project, path.read_bytes())
    laid.fill(REPORT_SHEET, laid.row(REPORT_SHEET, 8), Direction="weakness")
    laid.fill(REPORT_SHEET, laid.row(REPORT_SHEET, 9), Direction="weakness")
    said = findings("import", AUTHORITY, laid.save(), "--coder", "ann")
    assert said.status == 0
    assert "codes/ann.csv: 2 new" in said.out
    moved = Report.of(AUTHORITY).moved
    assert moved
    assert any("Pathway plans" in sentence.where for sentence in moved)
    assert all(sentence.before != sentence.after for sentence in moved)
    assert all(sentence.where in said.out for sentence in moved)
    page = Report.of(AUTHORITY).method().html
    assert "What the codes of ann change here" in page
    assert all(sentence.where in page for sentence in moved)


def test_a_workbook_is_asked_for_by_its_name_or_by_its_kind(project, findings, tmp_path):
    path = tmp_path / "codes.xlsx"
    assert findings("sheet", AUTHORITY, "--to", "xlsx", "--out", path).status == 0
    assert path.exists()
    for arguments in (("xlsx",), ("xlsx", "--out", "codes"), (tmp_path / "new", "--out", "b.xlsx")):
        said = findings("sheet", AUTHORITY, "--to", *arguments)
        assert (said.status, "xlsx" in said.err) == (2, True)
    assert sorted(tmp_path.glob("*")) == [path, project.root]
    assert f"findings sheet {AUTHORITY} --to {AUTHORITY}.xlsx" in Report.of(AUTHORITY).method().html


def test_where_no_user_coded_nothing_is_said_of_it(project):
    assert "change here" not in Report.of(AUTHORITY).method().html


def test_documents_are_added_before_they_stand_in_a_workbook(project, findings, tmp_path):
    said = findings("sheet", AUTHORITY, tmp_path / "new.pdf", "--to", tmp_path / "codes.xlsx")
    assert (said.status, "findings add" in said.err) == (2, True)
    assert list(tmp_path.glob("*.xlsx")) == []


@pytest.mark.promise("workbook-libreoffice")
def test_a_round_trip_through_libreoffice_loses_nothing(laid, tmp_path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "no LibreOffice found; `sh tests/need-libreoffice.sh` says how to get it"
    laid.fill(REPORT_SHEET, laid.row(REPORT_SHEET, 2), Direction="mixed", Why="“=1” — not north 🙂")
    laid.fill(REPORT_SHEET, laid.row(REPORT_SHEET, 3, -1), Theme="Audit", Direction="strength")
    laid.fill(LETTER_SHEET, laid.row(LETTER_SHEET, 1), "yes")
    before = laid.corrected()
    assert before.problems == []
    out = tmp_path / "saved"
    run(
        office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, laid.path,
    )  # fmt: skip
    after = corrections(load_data(AUTHORITY, laid.project), out / laid.path.name, "ann")
    assert after == before
    saved = load_workbook(out / laid.path.name, data_only=True)
    assert saved[REPORT_SHEET].protection.sheet
    lists = {v.formula1 for v in saved[REPORT_SHEET].data_validations.dataValidation}
    assert "list_theme" in lists
    table = [[cell.value for cell in row] for row in saved[book.START].iter_rows()]
    done = {row[0]: row[3] for row in table if row[0]}
    assert (done[REPORT_SHEET], done[LETTER_SHEET], done["All"]) == (2, 1, 3)
