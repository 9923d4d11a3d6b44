"""Needs over visits: what counts as raised again, and when a new spell begins."""

from __future__ import annotations

import pytest
from builders import coded, links, needs, says, visit, visits

from analysis.results.needs import counting_links, events, ledger

FOUR = visits(visit("a"), visit("b"), visit("c"), visit("d"))
FINDINGS = coded(
    *[says(v, "weakness", finding=f"{v}-letter/{i}") for v in "abcd" for i in (1, 2)],
    says("a", "weakness", role="requirement", finding="a-letter/3"),
    says("b", "weakness", source="secondary", finding="b-press/1"),
)


def followed(*rows, of=FOUR, names=("n",), **more):
    """Ledger of links given as (place, relation) of need n, place `a1` being a-letter/1."""
    made = links(*[("n", f"{r[0][0]}-letter/{r[0][1:]}", *r[1:]) for r in rows])
    return ledger(needs(*names), events(made, FINDINGS, of, **more))


def test_visits_are_counted_not_paragraphs():
    row = followed(("a1", "raised"), ("a2", "raised"), ("b1", "raised")).iloc[0]
    assert (row["visits_raised"], row["raised_again"]) == (2, True)
    assert (row["first_raised"], row["latest_raised"]) == ("a", "b")
    assert row["findings"] == "a-letter/1 a-letter/2 b-letter/1"


def test_one_visit_is_not_raised_again_however_often_it_says_so():
    row = followed(("a1", "raised"), ("a2", "not addressed")).iloc[0]
    assert (row["visits_raised"], row["raised_again"]) == (1, False)


def test_said_not_addressed_raises_again():
    assert followed(("a1", "raised"), ("b1", "not addressed"))["raised_again"].tolist() == [True]


def test_progress_neither_raises_nor_ends_a_spell():
    table = followed(("a1", "raised"), ("b1", "progress"), ("c1", "raised"))
    row = table.iloc[0]
    assert len(table) == 1
    assert (row["visits_raised"], row["progress"], row["spell"]) == (2, "b", 1)


def test_met_and_raised_again_is_a_new_spell():
    table = followed(("a1", "raised"), ("b1", "met"), ("c1", "raised"), ("d1", "raised"))
    shown = ["spell", "first_raised", "latest_raised", "raised_again", "met"]
    assert table[shown].to_numpy().tolist() == [
        [2, "c", "d", True, ""],
        [1, "a", "a", False, "b"],
    ]


def test_met_again_stays_in_its_spell():
    row = followed(("a1", "raised"), ("b1", "met"), ("c1", "met")).iloc[0]
    assert (row["met"], row["visits_raised"]) == ("b c", 1)


def test_a_visit_that_raises_and_meets_counts_as_raising():
    table = followed(("a1", "raised"), ("b1", "met"), ("b2", "raised"))
    assert table[["spell", "visits_raised", "met"]].to_numpy().tolist() == [[1, 2, ""]]


def test_what_was_only_ever_met_is_in_no_ledger():
    assert followed(("a1", "met"), ("b1", "progress")).empty
    assert followed().empty


def test_a_program_s_suggestion_never_counts():
    table = followed(("a1", "raised"), ("b1", "raised", "program", "reader-1"))
    assert table["raised_again"].tolist() == [False]


def test_the_second_reader_never_counts():
    table = followed(("a1", "raised"), ("b1", "raised", "coder", "reader-2"))
    assert table["raised_again"].tolist() == [False]


def test_a_requirement_never_raises_whatever_its_link_says():
    table = followed(("a3", "raised"), ("b1", "raised"), ("c1", "required"))
    row = table.iloc[0]
    assert (row["first_raised"], row["visits_raised"], row["required"]) == ("b", 1, True)


@pytest.mark.parametrize(
    ("coders", "relation"),
    [
        (["reader-1", "resolved"], "second"),
        (["reader-1", "anna"], "second"),
        (["anna", "reader-1"], "first"),
        (["resolved", "anna"], "second"),
    ],
)
def test_one_coder_counts_for_each_pair_of_need_and_finding(coders, relation):
    made = links(
        ("n", "a-letter/1", "first", "coder", coders[0]),
        ("n", "a-letter/1", "second", "coder", coders[1]),
    )
    assert counting_links(made)["relation"].tolist() == [relation]


def test_a_resolution_can_find_that_there_is_no_link():
    table = followed(
        ("a1", "raised"), ("b1", "raised"), ("b1", "none", "coder", "resolved"),
        ("a3", "raised"), ("a3", "none", "coder", "anna"),
    )  # fmt: skip
    assert table[["visits_raised", "required"]].to_numpy().tolist() == [[1, False]]


def test_the_basis_is_the_inspectors_only_where_they_linked_a_later_raising():
    def basis(*rows):
        return followed(*rows)["basis"].tolist()

    inspectors = ("inspectors", "reader-1")
    assert basis(("a1", "raised"), ("b1", "not addressed", *inspectors)) == ["inspectors"]
    assert basis(("a1", "raised", *inspectors), ("b1", "raised")) == ["coder"]
    assert basis(("a1", "raised"), ("b1", "raised"), ("b2", "progress", *inspectors)) == ["coder"]


def test_secondary_sources_speak_only_if_asked_and_without_a_primary_document():
    made = links(("n", "a-letter/1", "raised"), ("n", "b-press/1", "raised"))

    def raised(of, **more):
        return ledger(needs("n"), events(made, FINDINGS, of, **more))["visits_raised"].tolist()

    press = visits(visit("a"), visit("b", held="secondary"))
    assert raised(press) == [1]
    assert raised(press, include_secondary=True) == [2]
    assert raised(FOUR, include_secondary=True) == [1]


def test_an_event_is_the_weightiest_of_its_visit():
    made = links(*[("n", f"a-letter/{i}", r) for i, r in ((1, "met"), (2, "progress"))])
    table = events(made, FINDINGS, FOUR)
    assert table[["visit", "relation", "findings"]].to_numpy().tolist() == [
        ["a", "progress", "a-letter/1 a-letter/2"]
    ]


def test_the_order_of_links_never_matters():
    rows = [("a1", "raised"), ("b1", "met"), ("c1", "raised"), ("d1", "raised"), ("a2", "met")]
    assert followed(*rows).equals(followed(*reversed(rows)))
