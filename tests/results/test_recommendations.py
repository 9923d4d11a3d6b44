"""What became of each recommendation of the full inspection before."""

from __future__ import annotations

import pytest
from builders import BOOK, authority, coded, links, needs, says, visit, visits

from analysis.results.needs import Scopes, events
from analysis.results.recommendations import recommendations

OF = visits(
    visit("a"), visit("b", kind="re-inspection"), visit("c", kind="focused-visit"), visit("d")
)
CODED = coded(
    says("b", "weakness", role="need", finding="b-letter/1"),
    says("b", "weakness", role="need", finding="b-letter/2"),
    says("b", "weakness", finding="b-letter/3"),  # no recommendation
    says("a", "weakness", role="need", finding="a-letter/1"),
    says("c", "weakness", finding="c-letter/1"),
    says("d", "weakness", finding="d-letter/1"),
)


def became(*rows, of=OF):
    """Recommendations, given links as (need, place, relation), `b1` being b-letter/1."""
    made = links(*[(n, f"{place[0]}-letter/{place[1:]}", relation) for n, place, relation in rows])
    data = authority(of, CODED, needs=needs("n", "m"), links=made)
    happened = events(made, CODED, of, Scopes(data.needs, CODED, BOOK))
    return recommendations(data, happened)


@pytest.mark.parametrize(
    ("later", "word", "at"),
    [
        ([("n", "d1", "raised")], "raised again", "d"),
        ([("n", "d1", "not addressed")], "not addressed", "d"),
        ([("n", "c1", "raised"), ("n", "d1", "met")], "met", "d"),
        ([("n", "c1", "progress")], "better or met in part", "c"),
        ([], "not mentioned since", ""),
        ([("n", "a1", "raised")], "not mentioned since", ""),  # before it was asked for
    ],
)
def test_the_latest_later_visit_that_speaks_of_it_says_what_became_of_it(later, word, at):
    table = became(("n", "b1", "raised"), *later)
    row = table[table["finding"] == "b-letter/1"].iloc[0]
    assert (row["became"], row["at"], row["need"]) == (word, at, "n")


def test_one_that_nobody_linked_is_listed_and_says_so():
    table = became(("n", "b1", "raised"))
    assert table[["finding", "need", "became"]].to_numpy().tolist() == [
        ["b-letter/1", "n", "not mentioned since"],
        ["b-letter/2", "", "not followed"],
    ]


def test_one_that_raised_two_needs_has_a_row_for_each():
    table = became(("n", "b1", "raised"), ("m", "b1", "raised"), ("m", "d1", "met"))
    assert table[["need", "became"]].head(2).to_numpy().tolist() == [
        ["n", "not mentioned since"],
        ["m", "met"],
    ]


def test_without_two_full_inspections_there_are_none():
    assert became(of=visits(visit("a"), visit("c", kind="focused-visit"))).empty
