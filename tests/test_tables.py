"""Tables for readers: escaped as HTML, harmless as CSV."""

from __future__ import annotations

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.data.text import LIGATURES, cut_rows, decode
from analysis.tables import (
    FORMULA_STARTS,
    MARK,
    cell_text,
    for_people,
    neutral,
    plain,
    to_csv,
    to_data,
    to_html,
    to_text,
)

HOSTILE = '<script>alert(1)</script> & "x"'


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_a_formula_is_neutralised(start):
    assert neutral(f"{start}SUM(1)") == f"'{start}SUM(1)"


@pytest.mark.parametrize("value", [-3, -0.5, None, True, "a=1", "", "'tis", np.int64(-1)])
def test_anything_else_is_unchanged(value):
    assert neutral(value) is value


@given(st.text())
def test_no_text_stays_a_formula(text):
    assert not str(neutral(text)).startswith(FORMULA_STARTS)


@given(st.sampled_from(FORMULA_STARTS), st.text())
def test_a_neutral_formula_keeps_its_text(start, rest):
    assert neutral(start + rest) == "'" + start + rest


@given(st.text())
@example("'=1")
@example("''@x")
def test_reading_takes_away_what_writing_added_and_no_more(text):
    assert plain(str(neutral(text))) == text


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")).filter(
    lambda text: text == text.strip()
)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4))
@example([("a\ufb00air", "\ufb01nd")])
@example([("=1+1", "'=1+1"), ("@x", "\uff0dy"), ("'tis", "’quoted’")])
def test_a_table_written_and_read_is_the_same(cells):
    rows = [{"id": f"x{n}", "a": a, "b": b} for n, (a, b) in enumerate(cells)]
    columns = ["id", "a", "b"]
    data = to_text(columns, rows)

    assert to_data(pd.DataFrame(rows, columns=columns)) == data
    for written in (data, for_people(data)):
        text, problems = decode(written.encode(), "x.csv")
        read, more = cut_rows(text, "x.csv")
        assert problems == more == []
        assert [row for _line, row in read] == [
            columns,
            *([cell.translate(LIGATURES) for cell in row.values()] for row in rows),
        ]


def test_a_csv_for_people_bears_the_mark_and_a_data_file_none():
    table = pd.DataFrame({"a": ["children’s"]})

    assert to_csv(table).encode() == b"\xef\xbb\xbfa\nchildren\xe2\x80\x99s\n"
    assert to_csv(table) == MARK + to_data(table)


def test_csv_is_plain_and_numbers_stay_numbers():
    table = pd.DataFrame(
        {
            "theme": ["=SUM(1)", "a, b", "007", None],
            "n": [-1, 2, 3, 4],
            "extent": pd.Categorical(["many", None, "few", "-"], ["few", "many", "-"]),
        },
        index=[9, 8, 7, 6],
    )

    assert to_data(table) == ("theme,n,extent\n'=SUM(1),-1,many\n\"a, b\",2,\n007,3,few\n,4,'-\n")


def test_a_day_has_no_hour_and_an_hour_that_is_known_stays():
    days = pd.to_datetime(["2017-09-11", None])
    hours = [pd.Timestamp("2017-09-11 10:30"), pd.Timestamp("2017-09-12")]
    table = pd.DataFrame({"day": days, "at": pd.Series(hours, dtype=object), "text": "x"})
    assert to_data(table) == ("day,at,text\n2017-09-11,2017-09-11 10:30:00,x\n,2017-09-12,x\n")


def test_csv_heads_are_neutral_too():
    assert to_data(pd.DataFrame({"@coder": [1], 2: [3]})) == "'@coder,2\n1,3\n"


@pytest.mark.parametrize("text", ["x\r=SUM(1)", "x\r\n=SUM(1)", "x\n=SUM(1)"])
def test_a_line_break_begins_no_row_of_its_own(text):
    written = to_data(pd.DataFrame({"a": [text], "b": [1]}))

    assert written == 'a,b\n"x\n=SUM(1)",1\n'


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1))
@pytest.mark.promise("csv-runs-nothing")
def test_csv_keeps_every_row_and_runs_no_cell(cells):
    written = to_csv(pd.DataFrame(cells, columns=["a", "b"], dtype=object))
    rows = list(csv.reader(io.StringIO(written, newline="")))

    assert len(rows) == len(cells) + 1
    assert not any(cell.startswith(FORMULA_STARTS) for row in rows for cell in row)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "yes"),
        (np.False_, "no"),
        (np.int64(100), "100"),
        (10.0, "10"),
        (0.126, "0.13"),
        (-0.001, "0"),
        (-0.5, "-0.5"),
        (None, ""),
        (float("nan"), ""),
        (pd.NA, ""),
        ("nan", "nan"),
        ("None", "None"),
        ("007", "007"),
    ],
)
def test_a_cell_reads_as_a_person_would_write_it(value, text):
    assert cell_text(value) == text


def test_html_escapes_every_place_where_text_can_stand():
    table = pd.DataFrame({HOSTILE: [HOSTILE], "n": [HOSTILE]})

    page = to_html(table, caption=HOSTILE)

    assert "<script" not in page
    escaped = "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;"
    assert page.count(escaped) == 5  # label, caption, head, row head, cell


def test_html_has_caption_and_scopes():
    page = to_html(pd.DataFrame({"theme": ["Plans"], "n": [2]}), caption="Counts")

    assert "<caption>Counts</caption>" in page
    assert '<th scope="col">theme</th><th scope="col">n</th>' in page
    assert '<tr><th scope="row">Plans</th><td>2</td></tr>' in page


@given(st.text())
def test_no_text_opens_a_tag(text):
    page = to_html(pd.DataFrame({"a": [text], "b": [text]}), caption="c")
    plain = to_html(pd.DataFrame({"a": ["x"], "b": ["x"]}), caption="c")

    assert page.count("<") == plain.count("<")
