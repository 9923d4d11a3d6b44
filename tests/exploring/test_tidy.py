"""Tables as somebody who knows pandas expects them, of one authority and of several."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis.errors import FindingsError
from analysis.exploring.loading import load
from analysis.exploring.table import FEW, ROWS, Table, table
from analysis.exploring.tables import CALLS
from analysis.exploring.tidy import tidy


@pytest.fixture
def example(held):
    return load("exampleshire")


@pytest.mark.promise("same-columns")
@pytest.mark.parametrize("name", [*CALLS, "by_theme"])
def test_one_authority_and_a_list_give_the_same_columns(example, name):
    one, many = getattr(example, name)(), getattr(load(["Exampleshire"]), name)()
    assert list(many.columns) == [column for column in one.columns if column != "words"]
    assert len(one) == len(many)
    assert all(str(column).isidentifier() and column == column.lower() for column in one.columns)


@pytest.mark.promise("words-in-order")
def test_words_have_their_order_and_days_are_days(example):
    statuses = example.statuses()
    assert statuses["confidence"].cat.ordered and statuses["title"].cat.ordered
    assert statuses["confidence"].cat.categories.tolist() == ["low", "moderate", "high"]
    assert statuses["title"].min() == statuses.sort_values("date")["title"].iloc[0]
    for name in ("findings", "changes", "needs", "paths"):
        frame = getattr(example, name)()
        days = [column for column in frame if str(column).endswith("date")]
        assert days
        assert all(pd.api.types.is_datetime64_any_dtype(frame[day]) for day in days)
    assert example.changes()["date"].is_monotonic_decreasing
    assert example.paths()["level_first"].cat.ordered


def test_a_theme_is_a_card_and_still_completes(example):
    by_name, by_id = example.theme("Pathway plans").html, example.theme("pathway-plans").html
    assert by_name == by_id
    assert 'class="card"' in by_id and "Pathway plans" in by_id and "#cite" not in by_id
    assert example.theme.pathway_plans == "pathway-plans"
    with pytest.raises(Exception, match="'pathway-plans'"):
        example.theme("pathway-plan")
    with pytest.raises(Exception, match="Name a theme"):
        example.theme("")


def test_the_latest_visit_is_that_of_which_a_document_is_held(example):
    assert set(example.visit("latest")["visit"]) == {example.visits()["visit"].iloc[-1]}


@pytest.mark.promise("empty-says-why")
def test_an_empty_answer_says_why(example):
    nothing = example.findings("audit", "2019")
    assert nothing.empty
    assert "visit '2019' leaves none" in repr(nothing)
    assert "audit: not in scope" in nothing._repr_html_()
    assert list(nothing.columns) == list(example.findings().columns)
    never = example.findings(direction="neutral", words="no such words")
    assert "words 'no such words' leaves none" in repr(never)


def test_what_became_of_a_recommendation_says_which_need_it_is_of():
    knowsley = load("knowsley")
    wordings = knowsley.needs().drop_duplicates("need").set_index("need")["wording"]
    rows = knowsley.recommendations()
    assert len(rows) > 0 and "wording" in rows.main
    linked = rows[rows["need"] != ""]
    assert list(linked["wording"]) == list(wordings.reindex(linked["need"]))


def test_needs_of_the_latest_visit_are_those_it_raised(example):
    latest = example.visits()["visit"].iloc[-1]
    came = example.needs(visit="latest")
    assert set(came["latest_raised"]) <= {latest}
    assert 0 < len(came) <= len(example.needs())


@pytest.mark.promise("table-main-first")
def test_it_shows_what_matters_first_and_the_rest_on_demand(example):
    found = example.findings()
    html = found._repr_html_()
    assert html.count("<th ") == len(found.columns)
    assert html.count('<th scope="col" class="more') == len(found.columns) - len(found.main)
    assert f"{len(found)} rows" in html
    assert len(repr(found).splitlines()) < 40
    derived = found[found["direction"] == "weakness"]
    assert isinstance(derived, Table) and derived.main == found.main


@pytest.mark.promise("whole-words")
def test_in_a_terminal_words_are_cut_as_pandas_is_told_to():
    long = table(pd.DataFrame({"summary": ["word " * 30 + "end", "short"]}))
    assert "end" not in repr(long)
    with pd.option_context("display.max_colwidth", None):
        assert "end" in repr(long)


@pytest.mark.parametrize("call", ["followed", "need_events", "new_faults", "recommendations"])
def test_a_theme_need_not_be_named_as_one(call):
    knowsley = load("knowsley")
    whole = getattr(knowsley, call)()
    theme = str(whole["theme"].iloc[0])
    assert set(getattr(knowsley, call)(theme)["theme"]) == {theme}


def test_an_aspect_that_is_followed_is_said_in_words():
    followed = load("knowsley").followed()
    assert followed["meaning"].astype(bool).all() and "meaning" in followed.main


def test_what_is_made_of_it_shows_itself_too():
    many = table(pd.DataFrame({"summary": ["<b>"] * (ROWS + 5)}))
    assert "&lt;b&gt;" in many._repr_html_() and f"first {ROWS}" in many._repr_html_()
    wide = table(pd.DataFrame([range(FEW + 3)]).add_prefix("c"))
    assert "3 more columns" in wide._repr_html_()
    counts = many.groupby("summary").size()
    assert isinstance(counts, pd.Series)
    pivot = Table({"a": [1, 1], "b": [2, 3], "c": [4, 5]}).pivot_table(index=["a", "b"])
    assert "<table" in pivot._repr_html_()
    named = Table({"a": [1]}, index=pd.Index(["x"], name="key"))
    assert ">key</th>" in named._repr_html_()


@pytest.mark.promise("days-as-days")
def test_a_table_is_saved_for_excel_with_days_as_days(example, project):
    found = example.findings()
    paths = {path.suffix: path for path in example.save(found, name="findings").paths}
    sheet = load_workbook(paths[".xlsx"])["findings"]
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0]) == list(found.columns)
    assert len(rows) == len(found) + 1
    day = rows[1][list(found.columns).index("date")]
    assert day.year == found["year"].iloc[0]
    assert any(str(cell).startswith("=SUM(1)") for row in rows for cell in row)
    assert "f" not in {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row}
    lines = pd.read_csv(paths[".csv"], dtype=str)
    assert lines["date"].to_list() == found["date"].dt.strftime("%Y-%m-%d").to_list()
    assert "00:00:00" not in paths[".csv"].read_text("utf-8")
    assert not example.save(found, name="findings").new
    by_day = found.groupby(["theme", "date"], observed=True).size().unstack()
    head = example.save(by_day, name="days").paths[0].read_text("utf-8-sig").splitlines()[0]
    assert head.split(",") == ["theme", *sorted(set(lines["date"]))]
    counts = found.groupby(["theme", "direction"], observed=True).size().unstack()
    assert example.save(counts, name="counts").new


@pytest.mark.promise("harm-narrows")
def test_harm_narrows_and_a_wrong_word_is_answered_with_the_right_ones(example):
    every = example.findings()
    graves = every[every["harm"] != ""]
    assert 0 < len(graves) < len(every)
    assert example.findings(harm="harm, risk, duty")["finding"].to_list() == (
        graves["finding"].to_list()
    )
    one = graves["harm"].iloc[0]
    assert set(example.findings(harm=one)["harm"]) == {one}
    with pytest.raises(FindingsError, match="Known: duty, harm, risk"):
        example.findings(harm="grave")
    with pytest.raises(FindingsError, match="only whether there was any"):
        load(["exampleshire"]).followed(harm="harm")


@pytest.mark.promise("several-saved")
def test_a_table_of_several_is_saved_in_the_same_way(example, project):
    both = load(["exampleshire"])
    saved = both.save(both.findings(), name="findings")
    assert [path.name for path in saved.paths] == [
        "exampleshire--findings.csv", "exampleshire--findings.xlsx",
    ]  # fmt: skip
    assert saved.new and all(path.parent == project.root / "reports/views" for path in saved.paths)
    assert not both.save(both.findings(), name="findings").new
    many = replace(both, of="Somewhere long and Elsewhere " * 3)
    assert many.save(both.paths()).paths[0].name == "1-authorities--table.csv"
    with pytest.raises(FindingsError, match="give a table"):
        both.save(example.theme("supervision"))


def test_pages_and_paragraphs_are_numbers_and_what_is_printed_stays(example, project):
    for name in ("findings", "paragraphs", "grades", "areas", "recommendations"):
        frame = getattr(example, name)()
        numbers = [column for column in ("page", "paragraph") if column in frame]
        assert numbers and set(frame[numbers].dtypes.astype(str)) == {"Int64"}
    found = example.findings().sort_values(["page", "paragraph"])
    assert found["page"].dropna().is_monotonic_increasing
    visits = example.visits()
    frame = pd.DataFrame({"printed_number": ["12a", "", "3"], "page": ["10", "", "9"]})
    made = tidy("paragraphs", frame, visits)
    assert made["printed_number"].to_list() == ["12a", "", "3"]
    assert made["paragraph"].to_list() == [12, pd.NA, 3]
    assert made["page"].to_list() == [10, pd.NA, 9]
    paths = {path.suffix: path for path in example.save(made, name="places").paths}
    rows = list(load_workbook(paths[".xlsx"])["places"].iter_rows(values_only=True))
    assert rows[0] == ("printed_number", "paragraph", "page")
    assert rows[1:] == [("12a", 12, 10), (None, None, None), ("3", 3, 9)]
    assert paths[".csv"].read_text("utf-8-sig").splitlines()[2] == ",,"


def test_a_card_prints_its_words(example):
    card = example.theme("pathway-plans")
    said = str(card)
    assert said.startswith("Pathway plans\n")
    assert "<" not in said and "{" not in said
    assert len(repr(card)) < 40
    assert "paragraph" in str(example.evidence("pathway-plans"))


def test_one_repr_fits_a_screen(example):
    for one in (example, example.results, example.results.data, example.theme, example.findings(),
                load(["exampleshire"])):  # fmt: skip
        assert len(repr(one).splitlines()) <= 40


def test_a_year_may_be_a_number_and_nothing_else(example):
    assert len(example.findings(visit=2019)) == len(example.findings(visit="2019")) > 0
    with pytest.raises(FindingsError, match="Did you mean 'period'"):
        example.findings(year=2019)
    with pytest.raises(FindingsError, match="of one authority"):
        load(["exampleshire"], codes="me")
    assert len(example.findings(start=2019)) == len(example.findings(start="2019")) > 0
    with pytest.raises(FindingsError, match="in quotes"):
        example.findings(theme=1.5)
    with pytest.raises(FindingsError, match="in quotes"):
        example.evidence(visit=2019)
    with pytest.raises(FindingsError):
        example.findings(period=2019.5)


def test_a_table_turned_about_shows_itself(example):
    turned = example.findings().head(2).T
    assert "direction" in repr(turned)
    assert "direction" in turned._repr_html_()
