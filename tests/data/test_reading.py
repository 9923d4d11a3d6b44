"""The same table in any dress is read the same, or refused with file and row."""

from __future__ import annotations

import codecs
import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.data import schemas, shapes
from analysis.data import text as decoding
from analysis.data.table import parse_table, read_table, read_tables, validate
from analysis.data.text import LIGATURES, decode
from analysis.errors import Problem
from analysis.project import Project
from analysis.tables import plain

COLUMNS = list(schemas.CHECKS.columns)
HEADER = "finding,theme,direction\n"
ROWS = [["d-é/007", "nan", "weakness"], ["d/1", "na", "mixed"], ["d/2", "none", ""]]

DRESSES = ["utf-8", "utf-8-sig", "utf-16", "cp1252"]
MARKED = {
    "utf-8": str.encode,
    "utf-8-sig": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16-le": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf-16-be": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
}


def as_csv(rows, delimiter=",", newline="\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return out.getvalue()


@pytest.fixture
def read(tmp_path):
    """Write bytes or text to a file and read it as a table of checks."""

    def _read(content, schema=schemas.CHECKS):
        path = tmp_path / "x.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(path, schema, "x.csv")

    return _read


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", DRESSES)
def test_every_dress_reads_the_same(tmp_path, encoding, delimiter, newline):
    rows = [["a", "b"], ["café – “quoted”", "x, y; z"], ["007", "None"], ["NA", '"']]
    text = as_csv(rows, delimiter, newline)
    decoded, refused = decode(text.encode(encoding), "x.csv")

    table, problems = parse_table(decoded, ["a", "b"], "x.csv")

    assert (refused, problems) == ([], [])
    assert table.to_numpy().tolist() == rows[1:]


def test_cells_stay_text_and_know_their_line(read):
    table, problems = read(HEADER + "\nd/007,nan,weakness\n\n  ,,\nd/1, null ,\n")

    assert problems == []
    assert table.to_numpy().tolist() == [["d/007", "nan", "weakness"], ["d/1", "null", ""]]
    assert table.index.tolist() == [3, 6]


def test_columns_may_stand_in_any_order(read):
    table, problems = read("direction;finding;theme\nmixed;d/1;plans\n")

    assert problems == []
    assert list(table.columns) == COLUMNS
    assert table.iloc[0].tolist() == ["d/1", "plans", "mixed"]


def test_a_header_alone_is_a_table_without_rows(read):
    table, problems = read(HEADER)

    assert problems == []
    assert (list(table.columns), len(table)) == (COLUMNS, 0)


def test_a_cell_with_a_line_break_counts_its_lines(read):
    table, problems = parse_table('a,b\n"one\ntwo",x\nlast,y\n', ["a", "b"], "x.csv")

    assert problems == []
    assert table.to_dict("index") == {
        2: {"a": "one\ntwo", "b": "x"},
        4: {"a": "last", "b": "y"},
    }


@pytest.mark.parametrize(
    ("content", "row", "value", "part"),
    [
        (HEADER.encode() + "é/1,a,\n".encode() + b"\xe9/2,b,\n", 3, "é/2,b,", "mixes encodings"),
        (HEADER.encode() + b"d/1,a\x81,\n", 2, "byte 0x81", "neither UTF-8 nor Windows"),
        (HEADER.encode() + b"d/1,a\0,\n", 0, "NUL", "not a text file"),
        (HEADER.encode("utf-16-le"), 0, "NUL", "not a text file"),
        (HEADER.encode("utf-32"), 0, "NUL", "not a text file"),
        (HEADER.encode("utf-16") + b"a", 2, "byte 0x61", "marked as utf-16"),
        (HEADER.encode("utf-8-sig") + b"a\xff", 2, "byte 0xff", "marked as utf-8-sig"),
        (b"", 0, "", "the file is empty"),
        (b"\n \n", 0, "", "the file is empty"),
        (HEADER + 'd/1,a,\nd/2,"b,\n', 3, "", "quotation mark without its pair"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_row(read, content, row, value, part):
    table, problems = read(content)

    assert table.empty
    assert [(p.file, p.row, p.value) for p in problems] == [("x.csv", row, value)]
    assert part in problems[0].message


def test_every_ragged_row_is_named(read):
    table, problems = read(HEADER + "d/1,a\nd/2,b,mixed\nd/3,c,mixed,x, y\n")

    assert table.empty
    assert [(p.row, p.value) for p in problems] == [(2, "2 cells"), (4, "5 cells")]
    assert "the header has 3" in problems[0].message


def test_every_wrong_column_is_named(read):
    table, problems = read("finding,Theme,direction,direction\nd/1,a,mixed,mixed\n")

    assert table.empty
    allowed = "finding, theme, direction"
    assert problems == [
        Problem("x.csv", 1, "Theme", "Theme", "there is no such column; rename it", allowed),
        Problem("x.csv", 1, "direction", "direction", "this column stands twice; remove one"),
        Problem("x.csv", 1, "theme", "", "this column is missing; add it", allowed),
    ]


def test_every_wrong_value_is_named_with_what_is_allowed(read):
    _, problems = read(HEADER + "7,plans,mixed\nd/1,,good\nd/2,plans,Mixed\n")

    directions = "strength, mixed, weakness, neutral, or blank"
    assert problems == [
        Problem("x.csv", 2, "finding", "7", "not in the expected form", "document/number"),
        Problem("x.csv", 3, "direction", "good", "not in the list", directions),
        Problem("x.csv", 3, "theme", "", "is blank", "an id of the codebook"),
        Problem(
            "x.csv", 4, "direction", "Mixed", "not in the list; did you mean 'mixed'?", directions
        ),
    ]  # fmt: skip


def test_a_row_that_stands_twice_is_named_once(read):
    _, problems = read(HEADER + "d/1,plans,mixed\nd/2,plans,mixed\nd/1,plans,weakness\n")

    assert [(p.row, p.column, p.value) for p in problems] == [
        (2, "finding", "d/1"),
        (4, "finding", "d/1"),
    ]
    assert problems[0].message == "another row has the same finding, theme; remove one"


def test_an_id_that_stands_twice_is_named(read):
    _, problems = read(
        "need,theme,cohort,aspect,wording\na,plans,not-stated,x,x\na,plans,not-stated,x,y\n",
        schemas.NEEDS,
    )

    assert [(p.row, p.column, p.value) for p in problems] == [(2, "need", "a"), (3, "need", "a")]


def test_a_summary_may_have_thirty_words_and_no_more(read):
    def aspect(words):
        return f"need,theme,cohort,aspect,wording\na,plans,not-stated,x,{'w ' * words}\n"

    assert read(aspect(30), schemas.NEEDS)[1] == []
    assert [p.allowed for p in read(aspect(31), schemas.NEEDS)[1]] == ["at most 30 words"]


@pytest.mark.parametrize("date", ["2024-13-01", "31/02/2024", "12/31/2024", "May 2024", "2024-00"])
def test_an_impossible_date_is_named(read, date):
    row = f"a-inspection-2024,inspection,SIF,{date},,All,,"
    _, problems = read(",".join(schemas.VISITS.columns) + "\n" + row, schemas.VISITS)

    allowed = "2024-01-31, 2024-01, 2024 or 31/01/2024"
    assert problems == [Problem("x.csv", 2, "start", date, "not a date", allowed)]


def test_british_dates_become_iso(read):
    row = "a-inspection-2024,inspection,SIF,01/02/2024,2024-02,All,,"
    table, problems = read(",".join(schemas.VISITS.columns) + "\n" + row, schemas.VISITS)

    assert problems == []
    assert table[["start", "end"]].iloc[0].tolist() == ["2024-02-01", "2024-02"]


def test_a_missing_file_is_named(tmp_path):
    _, problems = read_table(tmp_path / "x.csv", schemas.CHECKS, "x.csv")

    assert problems == [
        Problem(
            "x.csv",
            0,
            "",
            "",
            "this file is missing; create it, or name another",
            "finding, theme, direction",
        )
    ]


def test_a_file_that_is_too_large_is_not_read(read, monkeypatch):
    monkeypatch.setattr(decoding, "MAX_BYTES", 10)

    _, problems = read(HEADER)

    assert [(p.value, p.allowed) for p in problems] == [("24 bytes", "10 bytes")]


# Cells are stripped when read, so the tables below hold none with white space at its ends.
CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12).map(
    str.strip
)
WINDOWS_CELL = st.text(st.characters(codec="cp1252", exclude_characters="\0"), max_size=12).map(
    str.strip
)


def tables(cell):
    """Rows of three cells, none of them blank as a whole."""
    return st.lists(st.lists(cell, min_size=3, max_size=3).filter(any), max_size=6)


def as_read(rows):
    """Rows as they are read: an apostrophe before what a spreadsheet would run is no part of it.

    Joined letters stand for the letters that they join.
    """
    return [[plain(cell.translate(LIGATURES)) for cell in row] for row in rows]


@given(tables(CELL), st.sampled_from(sorted(MARKED)), st.sampled_from(",;"))
def test_any_table_survives_unicode(rows, encoding, delimiter):
    written = MARKED[encoding](as_csv([["a", "b", "c"], *rows], delimiter, "\r\n"))

    text, refused = decode(written, "x.csv")
    table, problems = parse_table(text, ["a", "b", "c"], "x.csv")

    assert refused + problems == []
    assert table.to_numpy().tolist() == as_read(rows)


@given(tables(WINDOWS_CELL), st.sampled_from(",;"))
def test_any_table_survives_windows_or_is_refused_unguessed(rows, delimiter):
    head = [["a", "b", "c"], ["é", "é", "é"]]  # not UTF-8 when written in cp1252
    text, refused = decode(as_csv([*head, *rows], delimiter, "\r\n").encode("cp1252"), "x.csv")
    if refused:
        assert "mixes encodings" in refused[0].message
        return

    table, problems = parse_table(text, ["a", "b", "c"], "x.csv")

    assert problems == []
    assert table.to_numpy().tolist() == [head[1], *as_read(rows)]


@given(st.binary() | st.text().map(lambda text: text.encode("utf-16", "surrogatepass")))
def test_decoding_any_bytes_gives_text_or_problems(raw):
    text, problems = decode(raw, "x.csv")

    assert not (text and problems)
    assert all(problem.file == "x.csv" and problem.message for problem in problems)


@given(st.text())
def test_cutting_any_text_gives_a_table_or_problems(text):
    table, problems = parse_table(text, ["a", "b"], "x.csv")

    assert isinstance(table, pd.DataFrame)
    assert list(table.columns) == ["a", "b"]
    assert table.empty or not problems


@pytest.mark.parametrize(
    ("second", "wrong"),
    [
        ("1,yes\n2,no\n", []),  # what stands in another file too stands once in each
        ("1,yes\n1,no\n", [(2, "n", "1"), (3, "n", "1")]),
        ("1,perhaps\n", [(2, "said", "perhaps")]),
        ("1,yes,\n", [(2, "", "3 cells")]),
    ],
)
def test_files_read_together_are_blamed_as_if_each_were_read_alone(tmp_path, second, wrong):
    said = shapes.column("An answer.", shapes.one_of(["yes", "no"]))
    schema = shapes.table("Answers.", {"n": shapes.column("A number.", unique=True), "said": said})
    paths = {name: tmp_path / name for name in ("a.csv", "b.csv", "c.csv")}
    for name, path in paths.items():
        path.write_text("n,said\n" + (second if name == "b.csv" else "1,yes\n"))
    read = read_tables(paths, schema)
    assert [[(p.row, p.column, p.value) for p in found] for _, found in read] == [[], wrong, []]
    for (name, path), (table, found) in zip(paths.items(), read, strict=True):
        alone, problems = read_table(path, schema, name)
        assert found == problems
        pd.testing.assert_frame_equal(table, alone)


ODD = ("", "nonsense", "2024-13-01", "\u0663", "1\n", "many " * 40, "UPPER")


@pytest.mark.parametrize("name", ["visits.csv", "codes/reader-1.csv", "needs.csv"])
def test_a_table_is_in_order_just_where_its_schema_says_nothing(name):
    path = Project.find().raw("knowsley", name)
    schema = schemas.SCHEMAS[f"{path.parent.name}/<coder>.csv" if "/" in name else name]
    table = read_table(path, schema, name)[0].head(3)
    assert shapes.in_order([table], schema)
    assert not shapes.in_order([pd.concat([table, table.head(1)], ignore_index=True)], schema)
    changed = [
        table.assign(**{column: [text, *table[column].iloc[1:]]})
        for column in table for text in ODD
    ]  # fmt: skip
    told = [shapes.in_order([one], schema) for one in changed]
    assert told == [not validate(one, schema, name) for one in changed]
    assert {True, False} == set(told)
