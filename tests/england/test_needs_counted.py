"""Needs counted, and times known only to lie between two visits: on cases whose answer is known."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.england.ledger import (
    LEAST,
    SPANS,
    counted,
    half,
    half_between,
    spans,
    turnbull,
    within,
)

NEVER = math.inf


def estimate(*intervals):
    left, right = zip(*intervals, strict=True)
    return turnbull(pd.Series(left, dtype=float), pd.Series(right, dtype=float))


def test_apart_each_interval_has_its_share():
    made = estimate((0, 1), (1, 2), (2, 3), (2, 3))
    assert made["share"].tolist() == pytest.approx([0.25, 0.25, 0.5])
    assert half(made) == (1, 2)


def test_with_nothing_but_right_censoring_it_is_kaplan_and_meier():
    made = estimate((0, 1), (1, NEVER), (1, 2), (2, NEVER), (2, 3))
    survival = 1 - made["share"].cumsum()
    assert survival.tolist() == pytest.approx([0.8, 0.8 * 2 / 3, 0], abs=1e-3)


@pytest.mark.promise("turnbull-known")
def test_peto_and_turnbull_agree_on_the_cosmetic_data_of_finkelstein_and_wolfe():
    """Radiotherapy alone, 46 women (Finkelstein and Wolfe 1985): the published steps."""
    radiotherapy = [
        (45, NEVER), (6, 10), (0, 7), (46, NEVER), (46, NEVER), (7, 16), (17, NEVER), (7, 14),
        (37, 44), (0, 8), (4, 11), (15, NEVER), (11, 15), (22, NEVER), (46, NEVER), (46, NEVER),
        (25, 37), (46, NEVER), (26, 40), (46, NEVER), (27, 34), (36, 44), (46, NEVER), (36, 48),
        (37, NEVER), (40, NEVER), (17, 25), (46, NEVER), (11, 18), (38, NEVER), (5, 12),
        (37, NEVER), (0, 5), (18, NEVER), (24, NEVER), (36, NEVER), (5, 11), (19, 35), (17, 25),
        (24, NEVER), (32, NEVER), (33, NEVER), (19, 26), (37, NEVER), (34, NEVER), (36, NEVER),
    ]  # fmt: skip
    made = estimate(*radiotherapy)
    kept = made[made["share"] > 1e-3]
    assert list(zip(kept["after"], kept["by"], strict=True)) == [
        (4, 5), (6, 7), (7, 8), (11, 12), (24, 25), (33, 34), (38, 40), (46, 48),
    ]  # fmt: skip
    expected = [0.0463, 0.0334, 0.0887, 0.0708, 0.0926, 0.0818, 0.1209, 0.4656]
    assert kept["share"].tolist() == pytest.approx(expected, abs=2e-3)


def test_what_never_happened_to_most_has_no_half():
    made = estimate((0, 2), (2, NEVER), (2, NEVER))
    assert half(made) == (2, NEVER)
    assert within(made, 2) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert within(made, 1) == (0, pytest.approx(1 / 3))


@pytest.mark.parametrize("intervals", [[(1, 1)], [(2, 1)], []])
def test_an_empty_interval_is_refused(intervals):
    with pytest.raises(ValueError, match="interval"):
        turnbull(*(pd.Series([i[side] for i in intervals], dtype=float) for side in (0, 1)))


@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.one_of(st.integers(1, 10), st.just(NEVER))),
        min_size=1, max_size=30,
    )
)  # fmt: skip
def test_shares_are_shares_and_no_step_up_is_likelier(drawn):
    intervals = [(start, start + length) for start, length in drawn]
    made = estimate(*intervals)
    assert made["share"].sum() == pytest.approx(1)
    assert (made["share"] >= 0).all()

    def likelihood(shares):
        holds = [(made["after"] >= low) & (made["by"] <= high) for low, high in intervals]
        return sum(math.log(shares[h].sum()) for h in holds)

    even = pd.Series(1 / len(made), index=made.index)
    assert likelihood(made["share"]) >= likelihood(even) - 1e-9
    mixed = made["share"] * 0.9 + even * 0.1
    assert likelihood(made["share"]) >= likelihood(mixed) - 1e-2


def gathered(said, met=""):
    """One need that visits of 2014, 2016 and 2019 speak of as said."""
    days = {"a": "2014-01-01", "b": "2016-01-01", "c": "2019-01"}
    visits = pd.DataFrame({"visit": list(days), "start": days.values(), "order": range(3)})
    raising = [v for v, relation in said.items() if relation == "raised"]
    needs = pd.DataFrame(
        [{
            "authority": "x", "need": "n", "spell": 1, "theme": "audit", "cohort": "not-stated",
            "aspect": "quality", "first_raised": raising[0], "latest_raised": raising[-1],
            "visits_raised": len(raising), "met": met,
        }]
    )  # fmt: skip
    events = pd.DataFrame(
        [
            {"authority": "x", "need": "n", "spell": 1, "visit": v, "relation": relation,
             "ends": v in met.split()}
            for v, relation in said.items()
        ]
    )  # fmt: skip
    judgements = pd.DataFrame(
        [("x", "a", "overall", "inadequate"), ("x", "b", "leadership", "good"),
         ("x", "c", "overall", "good")],
        columns=["authority", "visit", "area", "grade"],
    )  # fmt: skip
    return needs, events, visits, judgements


@pytest.mark.parametrize(
    ("said", "met", "after", "by"),
    [
        ({"a": "raised", "b": "raised", "c": "met"}, "c", 23 / 12, 5),
        ({"a": "raised", "c": "met"}, "c", 0, 5),
        ({"a": "raised", "b": "progress", "c": "met"}, "c", 23 / 12, 5),
        ({"a": "raised", "b": "met"}, "", 23 / 12, NEVER),
        ({"a": "raised", "b": "met", "c": "met"}, "b c", 0, 2),
        ({"a": "raised"}, "", 0, NEVER),
    ],
)
def test_a_need_was_met_between_two_visits(said, met, after, by):
    made = spans(*gathered(said, met))
    SPANS.validate(made)
    row = made.iloc[0]
    assert row["after"] == pytest.approx(after, abs=1 / 12)
    assert row["by"] == pytest.approx(by, abs=1 / 12)
    assert (row["grade"], row["year"]) == ("inadequate", 2014)


def test_the_grade_is_that_at_the_start_or_the_one_before():
    (row,) = spans(*gathered({"b": "raised"})).to_dict("records")
    assert row["grade"] == "inadequate"


def test_authorities_are_counted_once_and_few_are_not_timed():
    spell = spans(*gathered({"a": "raised", "b": "raised", "c": "met"}, "c"))
    many = pd.concat([spell.assign(authority=f"x{i}") for i in range(LEAST)] + [spell.assign(
        authority="x0", spell=2, by=np.inf, visits_raised=1, year=2019, latest=2024)])  # fmt: skip
    (row,) = counted(many).to_dict("records")
    assert (row["authorities"], row["needs"], row["raised_again"], row["met"]) == (10, 11, 10, 10)
    assert (row["needs_again"], row["needs_met"]) == (10, 10)
    assert (row["first_year"], row["latest_year"]) == (2014, 2024)
    assert row["half_by"] == pytest.approx(5, abs=1 / 12)
    (few,) = counted(many[many["authority"] != "x1"], "grade").to_dict("records")
    assert (few["grade"], few["authorities"]) == ("inadequate", LEAST - 1)
    assert math.isnan(few["half_by"])


def held(lasted):
    """An authority for each span of years: met after and by so many."""
    blank = dict.fromkeys(SPANS.columns, "")
    return pd.DataFrame(
        [
            blank
            | {"authority": f"x{at}", "need": "n", "spell": 1, "visits_raised": 1, "year": 2014,
               "latest": 2014, "after": after, "by": by}
            for at, (after, by) in enumerate(lasted)
        ]
    )  # fmt: skip


def test_how_sure_the_half_is_comes_from_authorities_drawn_anew():
    alike = held([(1.0, 2.0)] * 12)
    assert half_between(alike, 50) == (1, 2)
    unlike = held([(1.0, 2.0)] * 7 + [(6.0, 7.0)] * 6)
    assert half(turnbull(unlike["after"], unlike["by"])) == (1, 2)
    assert half_between(unlike, 200) == (1, 7)
    (row,) = counted(unlike, "theme", draws=200).to_dict("records")
    assert (row["half_low"], row["half_high"]) == (1, 7)
    (row,) = counted(unlike, "theme").to_dict("records")
    assert math.isnan(row["half_low"])
    (few,) = counted(unlike[:9], "theme", draws=5).to_dict("records")
    assert math.isnan(few["half_low"])


def test_authorities_are_drawn_whole():
    one = held([(1.0, 2.0)])
    many = pd.concat([one] * 9 + [held([(6.0, 7.0)]).assign(authority=f"y{n}") for n in range(3)])
    assert half_between(many, 200) == (1, 7)  # nine needs of one authority are not nine authorities


def test_of_nothing_nothing_is_counted():
    assert counted(spans(*gathered({"a": "raised"}))[:0]).empty
