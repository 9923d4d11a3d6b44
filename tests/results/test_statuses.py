"""From votes to statuses: every rule at its edge."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import BOOK, coded, says, visit, visits, votes
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analysis.results.settling import Called, document_levels
from analysis.results.statuses import secondary_statuses, statuses
from analysis.vocabulary import COHORTS, CONFIDENCE, HARMS, LEANS, ROLES, SPEAKERS

ONE = visits(visit("v"))


def cell(rows, *, cohort="social-workers", theme="audit", of=ONE, at="v", **more):
    """The row of one theme and cohort at a visit."""
    table = statuses(coded(*rows), of, BOOK, **more)
    found = table[(table["visit"] == at) & (table["theme"] == theme) & (table["cohort"] == cohort)]
    assert len(found) == 1
    return found.iloc[0]


@pytest.mark.parametrize(
    ("findings", "balance", "status"),
    [
        ("S", 1.0, "strength"),
        ("+", 0.75, "strength"),
        ("M", 0.5, "mixed"),
        ("-", 0.25, "weakness"),
        ("W", 0.0, "weakness"),
        ("SSW", 2 / 3, "strength"),
        ("SSSSSSSSSSSSSWWWWWWW", 0.65, "mixed"),  # the edge is mixed
        ("SSWWW", 0.4, "mixed"),  # and so is the other
        ("SWW", 1 / 3, "weakness"),
        ("SM", 0.75, "strength"),
        ("MW", 0.25, "weakness"),
        ("+-", 0.5, "mixed"),
    ],
)
def test_the_mean_of_the_votes_is_cut_at_two_places_with_edges_mixed(findings, balance, status):
    found = cell(votes("v", findings))
    assert (found["balance"], found["status"]) == (pytest.approx(balance), status)


def test_a_mixed_that_does_not_say_how_it_leans_counts_as_even():
    assert cell([says("v", "mixed")])["balance"] == 0.5


NEED = says("v", "weakness", role="need")


@pytest.mark.parametrize(
    ("findings", "balance", "status"),
    [
        ("SSSS", 0.85, "strength"),
        ("SSSSW", 0.65, "mixed"),  # 0.8 without the need
        ("M", 0.35, "weakness"),  # 0.5 without
    ],
)
def test_a_need_takes_from_the_mean(findings, balance, status):
    found = cell([*votes("v", findings), NEED])
    assert (found["balance"], found["status"]) == (pytest.approx(balance), status)
    assert found["needed"]
    assert found["votes"] == len(findings)


@pytest.mark.parametrize(
    ("need", "balance"),
    [
        ({}, 0.85),
        ({"cohort": "not-stated"}, 0.85),  # stated for nobody: it takes from everybody
        ({"cohort": "care-leavers"}, 1.0),
        ({"theme": "plans"}, 1.0),
        ({"direction": "neutral"}, 1.0),
    ],
)
def test_a_need_takes_where_it_stands(need, balance):
    assert cell([*votes("v", "SS"), NEED | need])["balance"] == pytest.approx(balance)


def test_where_only_needs_speak_it_is_a_weakness_of_low_confidence():
    found = cell([NEED, NEED])
    assert (found["status"], found["votes"], found["paragraphs"]) == ("weakness", 0, 0)
    assert (found["confidence"], found["reasons"]) == (
        "low", "from what is to be improved alone",
    )  # fmt: skip


def test_all_summaries_of_a_visit_have_one_vote_their_mean():
    found = cell([*votes("v", "SS"), *votes("v", "WWM", role="summary")])
    assert found["balance"] == pytest.approx((1 + 1 + 0.5 / 3) / 3)
    assert (found["votes"], found["paragraphs"], found["status"]) == (3, 5, "strength")


def test_a_paragraph_that_only_says_again_what_another_says_votes_nothing():
    found = cell([*votes("v", "SS"), says("v", "weakness", repeats="1")])
    assert (found["votes"], found["paragraphs"], found["balance"]) == (2, 2, 1)


def test_what_speaks_of_a_part_votes_only_where_nobody_speaks_of_the_whole():
    part = says("v", "weakness", part="yes")
    assert cell([*votes("v", "SS"), part])["votes"] == 2
    assert cell([*votes("v", "S", role="summary"), part])["status"] == "strength"
    assert cell([part])["status"] == "weakness"
    assert cell([part, *votes("v", "NN")])["status"] == "weakness"


@pytest.mark.parametrize("harm", HARMS)
def test_a_part_votes_if_it_states_harm(harm):
    found = cell([*votes("v", "SS"), says("v", "weakness", part="yes", harm=harm)])
    assert (found["votes"], found["harm"]) == (3, harm)


def test_the_gravest_harm_that_a_vote_states_is_kept():
    rows = [says("v", "weakness", harm=harm) for harm in ("duty", "harm", "risk")]
    assert cell(rows)["harm"] == "harm"
    assert cell(rows, cohort="all")["harm"] == "harm"
    silent = says("v", "weakness", harm="harm", basis="change only")
    assert cell([*votes("v", "S"), silent])["harm"] == ""


@pytest.mark.parametrize(
    "silent",
    [
        {"basis": "change only"},
        {"said_by": "leaders"},
        {"said_by": "staff"},
        {"role": "context"},
        {"role": "requirement"},
    ],
)
def test_change_only_claims_context_and_requirements_cast_no_vote(silent):
    assert cell([*votes("v", "S"), says("v", "weakness", **silent)])["votes"] == 1
    assert cell([says("v", "weakness", **silent)])["status"] == "reported, not judged"


def test_children_and_families_vote():
    assert cell([says("v", "weakness", said_by="children-and-families")])["status"] == "weakness"


def test_neutral_only_is_reported_not_judged():
    found = cell(votes("v", "NN"))
    assert (found["status"], found["neutral"], found["votes"]) == ("reported, not judged", 2, 0)
    assert cell(votes("v", "NNW"))["status"] == "weakness"


@pytest.mark.parametrize(
    ("rows", "word", "reasons"),
    [
        (votes("v", "SSS"), "high", ""),
        (votes("v", "SSW"), "moderate", "one paragraph less would give another level"),
        (votes("v", "SS"), "moderate", "on two paragraphs"),
        (votes("v", "S"), "low", "on one paragraph"),
        (votes("v", "SNN"), "low", "on one paragraph"),
        (votes("v", "SSS", role="summary"), "low", "from headlines alone"),
        (votes("v", "SSS", coder="tagger"), "low", "coded by a program, read by nobody"),
        ([*votes("v", "SS"), *votes("v", "S", role="summary")], "high", ""),
    ],
)
def test_how_far_a_status_can_be_leaned_on(rows, word, reasons):
    found = cell(rows)
    assert (found["confidence"], found["reasons"]) == (word, reasons)


@pytest.mark.parametrize(
    ("kind", "harm", "word"),
    [
        ("inspection", "risk", "moderate"),
        ("re-inspection", "duty", "moderate"),
        ("focused-visit", "harm", "low"),
        ("inspection", "", "low"),
    ],
)
def test_one_paragraph_of_a_full_inspection_that_states_harm_is_moderate(kind, harm, word):
    of = visits(visit("v", kind=kind))
    assert cell([says("v", "weakness", harm=harm)], of=of)["confidence"] == word


def test_what_was_not_judged_has_no_confidence():
    assert cell(votes("v", "N"))["confidence"] == ""
    assert cell([], cohort="all")["confidence"] == ""


def test_over_all_cohorts_the_surest_speaks_if_they_agree_and_the_least_sure_if_they_differ():
    sure, unsure = votes("v", "SSS"), {"cohort": "care-leavers"}
    agree = cell([*sure, *votes("v", "S", **unsure)], cohort="all")
    assert (agree["status"], agree["confidence"], agree["reasons"]) == ("strength", "high", "")
    differ = cell([*sure, *votes("v", "W", **unsure)], cohort="all")
    assert (differ["confidence"], differ["reasons"]) == ("low", "on one paragraph")


def test_cohorts_that_differ_are_not_summed_up():
    rows = [*votes("v", "SS"), *votes("v", "W", cohort="personal-advisers")]
    whole = cell(rows, cohort="all")
    assert whole["status"] == "differs by cohort"
    assert whole["how"] == "personal-advisers: weakness; social-workers: strength"
    assert cell(rows)["status"] == "strength"


def test_cohorts_that_agree_give_the_theme_its_direction():
    whole = cell([*votes("v", "SS"), *votes("v", "S", cohort="care-leavers")], cohort="all")
    assert (whole["status"], whole["votes"], whole["paragraphs"]) == ("strength", 3, 3)


def test_a_cohort_that_is_not_judged_does_not_make_cohorts_differ():
    whole = cell([*votes("v", "SS"), *votes("v", "N", cohort="care-leavers")], cohort="all")
    assert (whole["status"], whole["how"], whole["neutral"]) == ("strength", "", 1)


def test_over_all_cohorts_a_paragraph_counts_once_whatever_the_number_of_cohorts():
    of_two = [
        says("v", direction, cohort=cohort, finding=finding)
        for finding, first, second in (
            ("v-letter/1", "weakness", "weakness"),
            ("v-letter/2", "weakness", "strength"),
        )
        for cohort, direction in (("social-workers", first), ("care-leavers", second))
    ]
    whole = cell(of_two, cohort="all")
    counts = whole[["paragraphs", "strengths", "mixed", "weaknesses"]].tolist()
    assert counts == [2, 0, 1, 1]


def test_a_need_stated_for_nobody_is_no_cohort_beside_those_it_took_from():
    need = NEED | {"cohort": "not-stated"}
    whole = cell([*votes("v", "SSSS"), need], cohort="all")
    assert (whole["status"], whole["how"], whole["needed"]) == ("strength", "", True)
    assert cell([need], cohort="all")["status"] == "weakness"
    spoken = cell([*votes("v", "SS"), *votes("v", "W", cohort="not-stated")], cohort="all")
    assert spoken["status"] == "differs by cohort"


def test_silent_not_in_scope_and_no_document_are_told_apart():
    of = visits(
        visit("all"),
        visit("door", areas="front-door"),
        visit("press", held="secondary"),
        visit("lost", held="none"),
    )
    table = statuses(coded(), of, BOOK).set_index(["visit", "theme"])["status"]
    assert table[[(v, "pathway-plans") for v in of["visit"]]].tolist() == [
        "silent", "not in scope", "no document", "no document",
    ]  # fmt: skip
    assert table[("door", "audit")] == "silent"  # expected everywhere


def test_what_stands_outside_the_scope_is_at_most_moderate():
    of = visits(visit("v", areas="front-door"))
    rows = votes("v", "WWW", theme="pathway-plans")
    for cohort in ("social-workers", "all"):
        found = cell(rows, theme="pathway-plans", of=of, cohort=cohort)
        assert (found["status"], found["confidence"], found["reasons"]) == (
            "weakness", "moderate", "outside what the visit set out to look at",
        )  # fmt: skip
    assert cell(votes("v", "WWW"), of=of)["confidence"] == "high"


def test_a_notice_gives_no_status():
    of = visits(visit("n", kind="improvement-notice"), visit("v"))
    table = statuses(coded(*votes("n", "WW"), *votes("n", "W", role="requirement")), of, BOOK)
    assert set(table["visit"]) == {"v"}
    assert set(table["status"]) == {"silent"}


PRESS = visits(visit("both"), visit("press", held="secondary"))
PRESSED = [
    *votes("both", "S"),
    *votes("both", "WWW", source="secondary"),
    *votes("press", "WW", source="secondary"),
]


def test_secondary_sources_set_nothing():
    assert cell(PRESSED, of=PRESS, at="both")["votes"] == 1
    assert cell(PRESSED, of=PRESS, at="press", cohort="all")["status"] == "no document"


def test_asked_for_they_set_a_status_only_where_there_is_no_primary_document():
    asked = {"of": PRESS, "include_secondary": True}
    both = cell(PRESSED, at="both", **asked)
    assert (both["status"], both["votes"], both["secondary"]) == ("strength", 1, False)
    press = cell(PRESSED, at="press", **asked)
    assert (press["status"], press["votes"], press["secondary"]) == ("weakness", 2, True)
    assert (press["confidence"], press["reasons"]) == (
        "low", "from a secondary source; on two paragraphs",
    )  # fmt: skip


def test_what_secondary_sources_say_is_kept_for_comparison():
    table = secondary_statuses(coded(*PRESSED), PRESS, BOOK)
    said = table[table["cohort"] == "all"].set_index("visit")["status"].to_dict()
    assert said == {"both": "weakness", "press": "weakness"}
    assert table["secondary"].all()


def test_a_need_of_nobody_in_particular_is_no_weakness_of_a_cohort_that_nothing_judges():
    need = says("v", "weakness", role="need", cohort="not-stated")
    trend = says("v", "strength", basis="change only", cohort="care-leavers")
    table = statuses(coded(need, trend), ONE, BOOK)
    own = table[table["theme"] == "audit"].set_index("cohort")["status"]
    assert own["care-leavers"] == "reported, not judged"
    assert own["not-stated"] == own["all"] == "weakness"


def status_called(rows, *called, resolved=""):
    key = ("a", "audit", "social-workers")
    said = {key: Called(called, ("a-letter/1",), resolved)}
    table = statuses(coded(*rows), visits(visit("a")), BOOK, by_document=said)
    return table[(table["theme"] == "audit") & (table["cohort"] == "social-workers")].iloc[0]


def called_so(rows, called):
    own = status_called(rows, *([called] if called else []))
    return own["document_level"], own["confidence"], own["reasons"]


@pytest.mark.promise("level-of-the-document")
@pytest.mark.parametrize(
    ("called", "confidence", "reasons"),
    [
        ("", "high", ""),
        ("strength", "high", ""),
        ("mixed", "moderate", "a reader of the whole document called it mixed"),
        ("weakness", "moderate", "a reader of the whole document called it weak"),
    ],
)
def test_a_reader_of_the_whole_document_who_differs_lowers_confidence(called, confidence, reasons):
    assert called_so(votes("a", "SSS"), called) == (called, confidence, reasons)


def test_one_who_differs_is_one_reason_among_others():
    assert called_so(votes("a", "SS"), "mixed")[1:] == (
        "moderate",
        "on two paragraphs; a reader of the whole document called it mixed",
    )
    assert called_so(votes("a", "S"), "weakness")[1:] == (
        "low",
        "on one paragraph; a reader of the whole document called it weak",
    )


def test_where_nothing_is_judged_no_document_level_stands():
    assert called_so([says("a", "neutral")], "mixed") == ("", "", "")


@pytest.mark.promise("level-of-the-document")
@pytest.mark.parametrize(
    ("by_codes", "called", "status", "confidence", "reasons"),
    [
        ("WWW", ["mixed", "weakness"], "weakness", "high", ""),
        ("WWW", ["mixed", "mixed"], "mixed", "moderate", "by its codes alone it is weak"),
        ("SSS", ["strength", "mixed"], "strength", "high", ""),
        (
            "SSS", ["weakness", "mixed"], "mixed", "moderate",
            "codes and two readers of the whole document each have another level",
        ),
    ],
)  # fmt: skip
def test_of_codes_and_two_readers_of_the_document_the_middle_level_stands(
    by_codes, called, status, confidence, reasons
):
    own = status_called(votes("a", by_codes), *called)
    columns = ["status", "level_by_codes", "document_level", "second_document_level"]
    level = {"W": "weakness", "S": "strength"}[by_codes[0]]
    assert own[columns].tolist() == [status, level, *called]
    assert (own["confidence"], own["reasons"]) == (confidence, reasons)


@pytest.mark.promise("level-of-the-document")
@pytest.mark.parametrize(
    ("resolved", "confidence", "reasons"),
    [("mixed", "moderate", "by its codes alone it is weak"), ("weakness", "high", "")],
)
def test_what_was_settled_with_a_reason_stands(resolved, confidence, reasons):
    own = status_called(votes("a", "WWW"), "weakness", "strength", resolved=resolved)
    assert (own["status"], own["resolved_level"]) == (resolved, resolved)
    assert (own["confidence"], own["reasons"]) == (confidence, reasons)


def test_readers_of_the_document_judge_nothing_that_no_code_judges():
    own = status_called([says("a", "neutral")], "mixed", "mixed")
    assert (own["status"], own["second_document_level"]) == ("reported, not judged", "")


def test_of_two_documents_that_differ_the_document_level_is_mixed():
    levels = pd.DataFrame(
        [
            ("one", "audit", "care-leavers", "strength", "9 4", "reader-3"),
            ("two", "audit", "care-leavers", "weakness", "1", "reader-3"),
            ("one", "plans", "care-leavers", "strength", "5", "reader-4"),
            ("one", "plans", "care-leavers", "weakness", "2", "reader-3"),
            ("press", "plans", "children-in-care", "strength", "1", "reader-3"),
            ("two", "plans", "care-leavers", "mixed", "8", "resolved"),
            ("two", "plans", "children-in-care", "mixed", "7", "resolved"),
        ],
        columns=["document", "theme", "cohort", "level", "paragraphs", "coder"],
    )
    documents = pd.DataFrame(
        {"document": ["one", "two", "press"], "visit": ["v", "v", "v"],
         "source": ["primary", "primary", "secondary"]}
    )  # fmt: skip
    assert document_levels(levels, documents) == {
        ("v", "audit", "care-leavers"): Called(("mixed",), ("one/9", "one/4", "two/1")),
        ("v", "plans", "care-leavers"): Called(
            ("weakness", "strength"), ("two/8", "one/2"), "mixed"
        ),
        ("v", "plans", "children-in-care"): Called((), ("two/7",), "mixed"),
    }


def test_every_visit_and_theme_has_one_row_over_all_cohorts():
    of = visits(visit("a"), visit("b", areas="front-door"))
    table = statuses(coded(*votes("a", "SW")), of, BOOK)
    whole = table[table["cohort"] == "all"]
    assert whole[["visit", "theme"]].to_numpy().tolist() == [
        [v, t] for v in ("a", "b") for t in BOOK.ids
    ]
    assert table["findings"].iloc[0] == "a-letter/1 a-letter/2"


codes = st.builds(
    says,
    st.sampled_from(["a", "b"]),
    st.sampled_from(["strength", "mixed", "weakness", "neutral"]),
    theme=st.sampled_from([*BOOK.ids, "none"]),
    cohort=st.sampled_from(list(COHORTS)[:3]),
    role=st.sampled_from(list(ROLES)),
    said_by=st.sampled_from(list(SPEAKERS)),
    repeats=st.sampled_from(["", "", "1"]),
    lean=st.sampled_from(["", *LEANS]),
    harm=st.sampled_from(["", *HARMS]),
    part=st.sampled_from(["", "yes"]),
    basis=st.sampled_from(["level", "level", "change only"]),
    source=st.sampled_from(["primary", "primary", "secondary"]),
)
TWO = visits(visit("a"), visit("b", areas="front-door"))


@given(st.lists(codes, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(rows, random):
    table = coded(*rows)
    shuffled = list(range(len(table)))
    random.shuffle(shuffled)
    assert_frame_equal(
        statuses(table, TWO, BOOK), statuses(table.iloc[shuffled], TWO, BOOK), check_dtype=False
    )


@given(st.lists(codes, max_size=12))
def test_a_status_never_depends_on_another_visit(rows):
    table = coded(*rows)
    both, alone = (
        statuses(part, TWO, BOOK).query("visit == 'a'").reset_index(drop=True)
        for part in (table, table[table["visit"] == "a"])
    )
    assert_frame_equal(both, alone)


@given(st.lists(codes, max_size=12))
def test_counts_add_up_and_every_level_has_a_confidence(rows):
    table = statuses(coded(*rows), TWO, BOOK)
    assert (table["paragraphs"] == table[["strengths", "mixed", "weaknesses"]].sum(axis=1)).all()
    judged = table["status"].isin(["strength", "mixed", "weakness", "differs by cohort"])
    assert (judged == table["confidence"].isin(CONFIDENCE)).all()
    assert (judged == ((table["votes"] > 0) | (judged & table["needed"]))).all()
    assert (table["confidence"].isin(["", "high"]) == (table["reasons"] == "")).all()
    assert not table.duplicated(["visit", "theme", "cohort"]).any()
