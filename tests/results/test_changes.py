"""Changes: what is compared with what, how far, how surely, and what inspectors said beside it."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import BOOK, coded, says, statements, visit, visits, votes
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analysis.results.changes import (
    Said,
    changes,
    like_with_like,
    of_latest,
    said_changes,
    sign_of,
)
from analysis.results.statuses import statuses

TWO = visits(visit("a"), visit("b", start="2018-10"))
LEVEL = {"weakness": "WW", "mixed": "MM", "strength": "SS"}


def compared(table, of=TWO, areas=None, **more) -> pd.DataFrame:
    said = Said(said_changes(table, of, **more), statements() if areas is None else areas)
    return changes(statuses(table, of, BOOK, **more), of, said, BOOK)


def changed(rows, of=TWO, **more) -> pd.DataFrame:
    """Comparisons with the latest earlier visit of any kind."""
    return of_latest(compared(coded(*rows), of, **more))


def last(rows, of=TWO, **more) -> pd.Series:
    return changed(rows, of, **more).iloc[-1]


@pytest.mark.parametrize(
    ("before", "now", "change", "steps"),
    [
        ("weakness", "strength", "improved", 2),
        ("weakness", "mixed", "partly improved", 1),
        ("mixed", "strength", "partly improved", 1),
        ("strength", "strength", "sustained strength", 0),
        ("mixed", "mixed", "still mixed", 0),
        ("weakness", "weakness", "persistent weakness", 0),
        ("mixed", "weakness", "partly declined", -1),
        ("strength", "mixed", "partly declined", -1),
        ("strength", "weakness", "declined", -2),
    ],
)
def test_two_steps_one_step_or_none(before, now, change, steps):
    row = last([*votes("a", LEVEL[before]), *votes("b", LEVEL[now])])
    assert (row["change"], row["steps"]) == (change, steps)
    assert (row["before"], row["status_before"], row["status"]) == ("a", before, now)
    assert (row["confidence"], row["differ"]) == ("moderate", "")
    assert (row["paragraphs"], row["paragraphs_before"]) == (2, 2)


def test_a_first_judgement_is_first_seen():
    row = last(votes("b", "SS"))
    assert (row["change"], row["before"], row["differ"]) == ("first seen", "", "")
    assert pd.isna(row["steps"])
    assert pd.isna(row["paragraphs_before"])


def test_one_cohort_is_never_compared_with_another():
    row = last([*votes("a", "WW", cohort="personal-advisers"), *votes("b", "SS")])
    assert (row["change"], row["before"]) == ("first seen", "")


def test_another_theme_judged_earlier_does_not_matter():
    assert last([*votes("a", "WW", theme="plans"), *votes("b", "SS")])["change"] == "first seen"


def test_an_earlier_report_without_a_judgement_is_no_judgement():
    assert last([*votes("a", "NN"), *votes("b", "SS")])["change"] == "first seen"


def test_nothing_is_carried_forward():
    assert changed(votes("a", "SS"))["visit"].tolist() == ["a"]
    assert changed([*votes("a", "SS"), *votes("b", "NN")])["visit"].tolist() == ["a"]


def test_a_partnership_is_compared_with_itself_alone():
    of = visits(
        visit("a"),
        visit("b", kind="send-inspection", areas="send-partnership", framework="SEND"),
        visit("c", kind="joint-inspection", areas="joint-theme", framework="JTAI"),
        visit("d"),
        visit("e", kind="send-inspection", areas="send-partnership", framework="SEND"),
    )
    table = changed([row for name in "abcde" for row in votes(name, "SS")], of)
    compared = zip(table["visit"], table["before"], table["change"], strict=True)
    assert list(compared) == [
        ("a", "", "first seen"),
        ("b", "", "first seen"),
        ("c", "", "first seen"),
        ("d", "a", "sustained strength"),
        ("e", "b", "sustained strength"),
    ]


def test_the_latest_earlier_judgement_is_compared_with():
    of = visits(visit("a"), visit("b"), visit("c"))
    row = last([*votes("a", "WW"), *votes("b", "MM"), *votes("c", "SS")], of)
    assert (row["before"], row["change"]) == ("b", "partly improved")


def test_visits_in_between_are_named_with_what_they_were():
    of = visits(
        visit("a"), visit("n", kind="improvement-notice"), visit("silent"),
        visit("lost", held="none"), visit("press", held="secondary"), visit("others"),
        visit("neutral"), visit("z"),
    )  # fmt: skip
    rows = [
        *votes("a", "WW"), *votes("others", "S", cohort="care-leavers"), *votes("neutral", "N"),
        *votes("press", "SS", source="secondary"), *votes("z", "SS"),
    ]  # fmt: skip
    assert last(rows, of)["not_looked"].split() == [
        "silent=silent",
        "lost=no-document",
        "press=secondary-source-only",
        "others=other-cohorts-only",
        "neutral=reported-not-judged",
    ]


def test_a_visit_out_of_scope_in_between_is_named_so():
    of = visits(visit("a"), visit("door", areas="front-door"), visit("z"))
    pathway = {"theme": "pathway-plans", "cohort": "care-leavers"}
    row = last([*votes("a", "WW", **pathway), *votes("z", "SS", **pathway)], of)
    assert row["not_looked"] == "door=not-in-scope"


def test_visits_in_between_are_named_in_order_of_date_whatever_the_order_of_rows():
    of = visits(visit("a"), visit("x"), visit("y"), visit("z"))
    row = last([*votes("a", "WW"), *votes("z", "SS")], of.iloc[::-1])
    assert row["not_looked"] == "x=silent y=silent"


MIXED_KINDS = visits(
    visit("a"),
    visit("b", kind="focused-visit"),
    visit("c", kind="re-inspection"),
    visit("d", kind="focused-visit"),
)


def test_full_inspections_are_compared_like_with_like_and_all_visits_with_the_latest():
    rows = [*votes("a", "WW"), *votes("b", "MM"), *votes("c", "SS"), *votes("d", "WW")]
    table = compared(coded(*rows), MIXED_KINDS)
    shown = ["visit", "before", "change"]
    assert like_with_like(table)[shown].to_numpy().tolist() == [
        ["a", "", "first seen"],
        ["c", "a", "improved"],
    ]
    assert of_latest(table)[shown].to_numpy().tolist() == [
        ["a", "", "first seen"],
        ["b", "a", "partly improved"],
        ["c", "b", "partly improved"],
        ["d", "c", "declined"],
    ]


def test_a_cohort_that_is_not_stated_is_compared_between_full_inspections_only():
    rows = [row for v in "abcd" for row in votes(v, "WW", cohort="not-stated")]
    table = compared(coded(*rows), MIXED_KINDS)
    assert like_with_like(table)["before"].tolist() == ["", "a"]
    assert of_latest(table)["visit"].tolist() == ["a"]
    neighbours = visits(visit("a"), visit("c"))
    assert (
        last([r for v in "ac" for r in votes(v, "WW", cohort="not-stated")], neighbours)["before"]
        == "a"
    )


def test_between_full_inspections_only_full_inspections_are_named():
    of = visits(visit("a"), visit("b", kind="focused-visit"), visit("c"), visit("d"))
    table = like_with_like(compared(coded(*votes("a", "WW"), *votes("d", "SS")), of))
    assert table["not_looked"].iloc[-1] == "c=silent"


@pytest.mark.parametrize(
    ("before", "now", "confidence"),
    [
        ("WWW", "SSS", "high"),
        ("WWW", "SS", "moderate"),
        ("W", "SSS", "low"),
        ("W", "S", "low"),
    ],
)
def test_a_change_has_the_lower_confidence_of_its_ends(before, now, confidence):
    assert last([*votes("a", before), *votes("b", now)])["confidence"] == confidence


def test_that_frameworks_and_kinds_differ_is_said_and_costs_no_step():
    of = visits(visit("a", framework="SIF"), visit("b", kind="focused-visit"))
    row = last([*votes("a", "WWW"), *votes("b", "SSS")], of)
    assert row["differ"] == "another framework; another kind of visit"
    assert row["confidence"] == "high"


def test_secondary_sources_give_no_change_unless_asked_and_then_say_so():
    of = visits(visit("a", held="secondary"), visit("b"))
    rows = [*votes("a", "WW", source="secondary"), *votes("b", "SS")]
    assert last(rows, of)["change"] == "first seen"
    asked = last(rows, of, include_secondary=True)
    assert (asked["change"], asked["confidence"]) == ("improved", "low")


def said(word, since="unknown", now="SS", before="WW"):
    told = says("b", "neutral", change_said=word, since=since)
    return last([*votes("a", before), *votes("b", now), told])


@pytest.mark.parametrize(
    ("word", "before", "now", "overruled"),
    [
        ("improved", "WW", "SS", False),
        ("improved", "WW", "WW", False),  # no step points no way
        ("improved", "SS", "MM", True),
        ("declined", "SS", "MM", False),
        ("declined", "MM", "MM", False),
        ("declined", "WW", "MM", True),
        ("not improved", "WW", "WW", False),
        ("not improved", "SS", "WW", False),  # what declined has not improved
        ("not improved", "WW", "MM", True),
        ("sustained", "SS", "MM", False),
    ],
)
@pytest.mark.promise("both-sides-told")
def test_the_inspectors_word_comes_first_where_the_step_points_the_other_way(
    word, before, now, overruled
):
    row = said(word, now=now, before=before)
    assert (row["said"], bool(row["overruled"])) == (word, overruled)
    assert (row["status_before"], row["status"]) == (
        {"W": "weakness", "M": "mixed", "S": "strength"}[before[0]],
        {"W": "weakness", "M": "mixed", "S": "strength"}[now[0]],
    )
    if overruled:
        assert sign_of(row) == 0


def test_a_word_about_another_comparison_overrules_nothing():
    assert said("declined", since="a")["overruled"]
    row = said("declined", since="elsewhere")
    assert (row["said"], bool(row["overruled"])) == ("declined", False)


@pytest.mark.parametrize(
    ("area", "since", "overruled"),
    [
        ("care-leavers", "a", True),
        ("care-leavers", "unknown", True),
        ("care-leavers", "elsewhere", False),
        ("help-and-protection", "a", False),  # not the area of that cohort's grade
    ],
)
def test_what_is_said_of_the_area_of_a_cohort_comes_first_too(area, since, overruled):
    what = {"theme": "pathway-plans", "cohort": "care-leavers"}
    rows = [*votes("a", "SSS", **what), *votes("b", "MMM", **what)]
    row = last(rows, areas=statements(("b", area, "", "improved", since)))
    assert (row["change"], bool(row["overruled"])) == ("partly declined", overruled)
    assert row["said_of_area"] == ("care-leavers: improved" if area == "care-leavers" else "")


@pytest.mark.parametrize(
    ("word", "before", "now", "overruled"),
    [
        ("improved", "SSS", "WWW", True),
        ("declined", "WWW", "SSS", True),
        ("not improved", "WWW", "SSS", False),  # of the area, and not of each theme in it
        ("sustained", "WWW", "SSS", False),
    ],
)
def test_only_a_word_that_points_somewhere_overrules_from_the_area(word, before, now, overruled):
    what = {"theme": "pathway-plans", "cohort": "care-leavers"}
    rows = [*votes("a", before, **what), *votes("b", now, **what)]
    row = last(rows, areas=statements(("b", "care-leavers", "", word, "a")))
    assert bool(row["overruled"]) is overruled


def test_what_a_program_read_overrules_nothing():
    told = says("b", "neutral", change_said="improved", coder="tagger")
    row = last([*votes("a", "SS"), *votes("b", "WW"), told])
    assert (row["said"], bool(row["overruled"])) == ("improved", False)


@pytest.mark.parametrize(
    ("before", "now", "harm", "sign"),
    [("WW", "MM", "", 1), ("WW", "MM", "risk", 0), ("SS", "WW", "risk", -1), ("WW", "WW", "", 0)],
)
def test_a_step_up_that_ends_in_harm_is_not_counted_as_better(before, now, harm, sign):
    ends = [*votes("b", now), says("b", "mixed", lean="weakness", harm=harm)] if harm else None
    row = last([*votes("a", before), *(ends or votes("b", now))])
    assert sign_of(row) == sign


def test_several_words_are_all_kept_in_one_order():
    told = [says("b", "neutral", change_said=w, since=s) for w, s in
            [("declined", "unknown"), ("improved", "a"), ("declined", "a")]]  # fmt: skip
    row = last([*votes("a", "WW"), *votes("b", "SS"), *told])
    assert (row["said"], row["said_since"]) == ("improved; declined", "a unknown")


@pytest.mark.parametrize("said_by", ["leaders", "staff", "children-and-families", "department"])
def test_only_the_inspectors_word_is_the_inspectors_word(said_by):
    table = coded(says("b", "neutral", change_said="improved", said_by=said_by))
    assert said_changes(table, TWO).empty


@pytest.mark.parametrize("role", ["need", "requirement"])
def test_what_is_to_be_improved_compares_nothing(role):
    assert said_changes(coded(says("b", "weakness", role=role, change_said="declined")), TWO).empty


def test_a_change_said_without_a_level_is_kept():
    table = coded(says("b", "strength", basis="change only", change_said="improved", since="a"))
    assert said_changes(table, TWO).iloc[0].to_dict() == {
        "visit": "b", "theme": "audit", "cohort": "social-workers", "change_said": "improved",
        "since": "a", "finding": "b-letter/1", "coder": "reader-1",
    }  # fmt: skip


def test_a_secondary_source_s_word_counts_only_if_asked_and_without_a_primary_document():
    of = visits(visit("a", held="secondary"), visit("b"))
    table = coded(
        says("a", "neutral", change_said="improved", source="secondary"),
        says("b", "neutral", change_said="improved", source="secondary"),
    )
    assert said_changes(table, of).empty
    assert said_changes(table, of, include_secondary=True)["visit"].tolist() == ["a"]


def test_nothing_judged_gives_an_empty_table_with_its_columns():
    table = changed([])
    assert table.empty
    assert {"visit", "change", "confidence"} <= set(table.columns)


codes = st.builds(
    says,
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from(["strength", "mixed", "weakness", "neutral"]),
    theme=st.sampled_from(BOOK.ids),
    cohort=st.sampled_from(["social-workers", "care-leavers", "not-stated"]),
    role=st.sampled_from(["body", "body", "need", "summary"]),
    change_said=st.sampled_from(["", "improved", "declined", "sustained", "not improved"]),
    since=st.sampled_from(["", "a"]),
)
THREE = visits(visit("a", framework="SIF"), visit("b", areas="front-door"), visit("c"))


@given(st.lists(codes, max_size=15), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(rows, random):
    rows = [row | {"since": row["since"] if row["change_said"] else ""} for row in rows]
    table = coded(*rows)
    places, order = list(range(len(table))), [0, 1, 2]
    random.shuffle(places)
    random.shuffle(order)
    found = []
    for part, of in ((table, THREE), (table.iloc[places], THREE.iloc[order])):
        found.append(compared(part, of))
    assert_frame_equal(*found, check_dtype=False)


@given(st.lists(codes, max_size=15))
def test_a_later_visit_changes_no_earlier_comparison(rows):
    table = coded(*rows)
    earlier = table[table["visit"] != "c"]
    found = [compared(part, THREE) for part in (table, earlier)]
    whole = found[0][found[0]["visit"] != "c"].reset_index(drop=True)
    assert_frame_equal(whole, found[1], check_dtype=False)
