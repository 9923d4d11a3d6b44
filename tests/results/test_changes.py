"""Changes: what is compared with what, how far, how surely, and what inspectors said beside it."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import BOOK, coded, says, visit, visits, votes
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analysis.results.changes import changes, latest_changes, said_changes
from analysis.results.statuses import statuses
from analysis.vocabulary import AREA_PARTS

TWO = visits(visit("a"), visit("b", start="2018-10"))
LEVEL = {"weakness": "WW", "mixed": "MM", "strength": "SS"}


def changed(rows, of=TWO, **more) -> pd.DataFrame:
    table = coded(*rows)
    said = said_changes(table, of, **more)
    return changes(statuses(table, of, BOOK, **more), of, said, BOOK)


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
    assert (row["certainty"], row["reasons"], row["votes_before"]) == ("firm", "", 2)


def test_a_first_judgement_is_first_seen():
    row = last(votes("b", "SS"))
    assert (row["change"], row["before"], row["certainty"]) == ("first seen", "", "")
    assert pd.isna(row["steps"])
    assert pd.isna(row["votes_before"])


def test_another_cohort_judged_earlier_is_not_comparable():
    row = last([*votes("a", "WW", cohort="personal-advisers"), *votes("b", "SS")])
    assert (row["change"], row["before"], row["certainty"]) == ("not comparable", "", "")


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
        ("b", "", "not comparable"),
        ("c", "", "not comparable"),
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


@pytest.mark.parametrize(
    ("before", "now", "reasons"),
    [
        ("WW", "S", "thin now"),
        ("W", "SS", "thin before"),
        ("WW", "SSSSW", "fragile now"),
        ("SWWWW", "SS", "fragile before"),
    ],
)
def test_a_thin_or_fragile_end_makes_a_change_indicative(before, now, reasons):
    row = last([*votes("a", before), *votes("b", now)])
    assert (row["certainty"], row["reasons"]) == ("indicative", reasons)


def test_two_thin_ends_are_too_thin_to_say():
    row = last([*votes("a", "W"), *votes("b", "S")])
    assert (row["certainty"], row["change"]) == ("too thin to say", "improved")
    headlines = last([*votes("a", "W"), *votes("b", "SSS", role="summary")])
    assert headlines["certainty"] == "too thin to say"


def test_another_framework_makes_a_change_indicative():
    of = visits(visit("a", framework="SIF"), visit("b"))
    row = last([*votes("a", "WW"), *votes("b", "SS")], of)
    assert (row["certainty"], row["reasons"]) == ("indicative", "another framework")


@pytest.mark.parametrize(
    ("theme", "cohort", "certainty"),
    [
        ("audit", "social-workers", "indicative"),  # met everywhere, so a narrower look counts
        ("pathway-plans", "care-leavers", "firm"),  # looked at wholly by both
        ("audit", "personal-advisers", "firm"),
    ],
)
def test_a_narrower_scope_counts_where_theme_and_cohort_are_met(theme, cohort, certainty):
    of = visits(visit("a"), visit("b", areas="care-leavers"))
    what = {"theme": theme, "cohort": cohort}
    row = last([*votes("a", "WW", **what), *votes("b", "SS", **what)], of)
    assert row["certainty"] == certainty
    assert row["reasons"] == ("another scope" if certainty == "indicative" else "")


def test_parts_spelled_out_are_the_same_scope():
    parts = ";".join(AREA_PARTS["help-and-protection"])
    of = visits(visit("a", areas="help-and-protection"), visit("b", areas=parts))
    assert last([*votes("a", "WW"), *votes("b", "SS")], of)["certainty"] == "firm"


def test_secondary_sources_give_no_change_unless_asked_and_then_say_so():
    of = visits(visit("a", held="secondary"), visit("b"))
    rows = [*votes("a", "WW", source="secondary"), *votes("b", "SS")]
    assert last(rows, of)["change"] == "first seen"
    asked = last(rows, of, include_secondary=True)
    assert (asked["change"], asked["reasons"]) == ("improved", "secondary source")


def said(word, since="unknown", now="SS", before="WW"):
    told = says("b", "neutral", change_said=word, since=since)
    return last([*votes("a", before), *votes("b", now), told])


@pytest.mark.parametrize(
    ("word", "before", "now", "disagrees"),
    [
        ("improved", "WW", "SS", False),
        ("improved", "WW", "WW", True),
        ("improved", "SS", "MM", True),
        ("improved", "SS", "SS", False),  # no step is left above a strength
        ("declined", "SS", "MM", False),
        ("declined", "WW", "WW", False),  # nor below a weakness
        ("declined", "MM", "MM", True),
        ("not improved", "WW", "WW", False),
        ("not improved", "SS", "WW", False),  # what declined has not improved
        ("not improved", "WW", "MM", True),
        ("sustained", "SS", "SS", False),
        ("sustained", "SS", "MM", True),
    ],
)
@pytest.mark.promise("both-sides-told")
def test_the_inspectors_word_stands_beside_and_disagreements_are_marked(
    word, before, now, disagrees
):
    row = said(word, now=now, before=before)
    assert (row["said"], bool(row["disagrees"])) == (word, disagrees)


def test_a_word_about_another_comparison_disagrees_with_nothing():
    assert said("declined", since="a")["disagrees"]
    row = said("declined", since="elsewhere")
    assert (row["said"], bool(row["disagrees"])) == ("declined", False)


def test_several_words_are_all_kept_in_one_order():
    told = [says("b", "neutral", change_said=w, since=s) for w, s in
            [("declined", "unknown"), ("improved", "a"), ("declined", "a")]]  # fmt: skip
    row = last([*votes("a", "WW"), *votes("b", "SS"), *told])
    assert (row["said"], row["said_since"]) == ("improved; declined", "a unknown")


@pytest.mark.parametrize("said_by", ["leaders", "staff", "children-and-families", "department"])
def test_only_the_inspectors_word_is_the_inspectors_word(said_by):
    table = coded(says("b", "neutral", change_said="improved", said_by=said_by))
    assert said_changes(table, TWO).empty


def test_a_change_said_without_a_level_is_kept():
    table = coded(says("b", "strength", basis="change only", change_said="improved", since="a"))
    assert said_changes(table, TWO).iloc[0].to_dict() == {
        "visit": "b", "theme": "audit", "cohort": "social-workers", "change_said": "improved",
        "since": "a", "finding": "b-letter/1",
    }  # fmt: skip


def test_a_secondary_source_s_word_counts_only_if_asked_and_without_a_primary_document():
    of = visits(visit("a", held="secondary"), visit("b"))
    table = coded(
        says("a", "neutral", change_said="improved", source="secondary"),
        says("b", "neutral", change_said="improved", source="secondary"),
    )
    assert said_changes(table, of).empty
    assert said_changes(table, of, include_secondary=True)["visit"].tolist() == ["a"]


def test_the_latest_row_of_each_theme_and_cohort():
    rows = [*votes("a", "WW"), *votes("b", "SS"), *votes("a", "S", cohort="care-leavers")]
    kept = latest_changes(changed(rows))
    assert sorted(kept[["visit", "cohort"]].to_numpy().tolist()) == [
        ["a", "care-leavers"],
        ["b", "social-workers"],
    ]


def test_nothing_judged_gives_an_empty_table_with_its_columns():
    table = changed([])
    assert table.empty
    assert {"visit", "change", "certainty"} <= set(table.columns)


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
        found.append(changes(statuses(part, of, BOOK), of, said_changes(part, of), BOOK))
    assert_frame_equal(*found, check_dtype=False)


@given(st.lists(codes, max_size=15))
def test_a_later_visit_changes_no_earlier_comparison(rows):
    table = coded(*rows)
    earlier = table[table["visit"] != "c"]
    found = [
        changes(statuses(part, THREE, BOOK), THREE, said_changes(part, THREE), BOOK)
        for part in (table, earlier)
    ]
    whole = found[0][found[0]["visit"] != "c"].reset_index(drop=True)
    assert_frame_equal(whole, found[1], check_dtype=False)
