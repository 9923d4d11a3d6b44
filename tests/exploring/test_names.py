"""Names as people type them."""

import pkgutil

import pandas as pd
import pytest
from builders import BOOK, visit, visits

import analysis
from analysis.errors import FindingsError, UnknownNameError
from analysis.exploring.names import Names, find_period, find_themes, find_visits


def table():
    rows = visits(
        visit("anyshire-inspection-2014-04-29", start="2014-04-29"),
        visit("anyshire-focused-visit-2024-01-31", "focused-visit", "2024-01-31"),
        visit("anyshire-inspection-2024-11-18", start="2024-11-18"),
    )
    return rows.assign(short=["Apr 2014", "Jan 2024", "Nov 2024"])


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("pathway-plans", ("pathway-plans",)),
        ("Pathway plans", ("pathway-plans",)),
        ("pathway_plans", ("pathway-plans",)),
        ("plans, audit", ("audit", "plans")),
        (["plans"], ("plans",)),
        ("Group", ("audit", "plans", "pathway-plans")),
        ("", ()),
    ],
)
def test_themes_by_id_name_or_group(wanted, found):
    assert find_themes(wanted, BOOK) == found


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("anyshire-inspection-2014-04-29", [0]),
        ("inspection_2014_04_29", [0]),
        ("2024", [1, 2]),
        ("2024-11", [2]),
        ("nov 2024", [2]),
        ("inspection of 2014-04-29", [0]),
        ("2014, Jan 2024", [0, 1]),
    ],
)
def test_visits_by_id_date_or_title(wanted, found):
    rows = table()
    assert find_visits(wanted, rows, "anyshire") == tuple(rows["visit"].iloc[found])


def test_a_part_of_a_day_is_no_date():
    with pytest.raises(UnknownNameError):
        find_visits("2024-1", table(), "anyshire")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: find_themes("audits", BOOK), "'audit'"),
        (lambda: find_visits("anyshire-inspection-2014-04-28", table(), "anyshire"), "2014-04-29"),
        (lambda: find_themes([3], BOOK), "text"),
        (lambda: find_period("2014 to 2016 to 2018"), "2014 to 2018"),
    ],
)
@pytest.mark.promise("wrong-name-answered")
def test_a_wrong_name_says_what_is_right(call, said):
    with pytest.raises(FindingsError, match=said):
        call()


def test_the_tab_key_lists_names():
    names = Names("visit", {"a-one-1": "One", "a-two": "Two"}, prefix="a-")
    assert dir(names) == ["one_1", "two"]
    assert names.one_1 == "a-one-1"
    assert repr(names) == "2 visits, after a dot:\none_1, two"
    with pytest.raises(AttributeError, match="one_1"):
        _ = names.one_2
    assert not hasattr(names, "_repr_html_")


def test_an_empty_table_has_no_visit():
    with pytest.raises(UnknownNameError):
        find_visits("2014", pd.DataFrame(columns=table().columns), "anyshire")


def test_no_module_takes_the_name_of_what_a_researcher_calls():
    modules = {module.name for module in pkgutil.iter_modules(analysis.__path__)}

    assert {"authorities", "explore", "load"} <= set(analysis.__all__)
    assert modules & set(analysis.__all__) == set()
