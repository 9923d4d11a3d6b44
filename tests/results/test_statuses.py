"""From votes to statuses: every rule at its edge."""

from __future__ import annotations

import pytest
from builders import BOOK, STATUS_FLAGS, coded, says, visit, visits, votes
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analysis.results.statuses import Tally, secondary_statuses, statuses
from analysis.vocabulary import COHORTS, EXTENTS, ROLES, SPEAKERS

ONE = visits(visit("v"))


def cell(rows, *, cohort="social-workers", theme="audit", of=ONE, at="v", **more):
    """The row of one theme and cohort at a visit."""
    table = statuses(coded(*rows), of, BOOK, **more)
    found = table[(table["visit"] == at) & (table["theme"] == theme) & (table["cohort"] == cohort)]
    assert len(found) == 1
    return found.iloc[0]


@pytest.mark.parametrize(
    ("findings", "status", "balance"),
    [
        ("SSSW", "mixed", 0.75),
        ("SWWW", "mixed", 0.25),
        ("SSSSW", "strength", 0.8),
        ("SWWWW", "weakness", 0.2),
        ("SSM", "strength", 2.5 / 3),
        ("SM", "mixed", 0.75),
        ("MW", "mixed", 0.25),
        ("MMM", "mixed", 0.5),
        ("S", "strength", 1.0),
        ("W", "weakness", 0.0),
    ],
)
def test_cuts_at_a_quarter_and_three_quarters_with_edges_mixed(findings, status, balance):
    found = cell(votes("v", findings))
    assert found["status"] == status
    assert Tally(*found[["strengths", "mixed", "weaknesses"]]).balance == balance


@pytest.mark.parametrize(
    ("findings", "fragile"),
    [
        ("SSSSW", True),  # b = 0.8: strength, but mixed at a cut of 0.8
        ("SWWWW", True),  # b = 0.2
        ("SSSSSW", False),  # b = 0.83
        ("SWWWWW", False),  # b = 0.17
        ("SSW", False),  # b = 2/3: mixed, and mixed at a cut of 2/3
        ("SWW", False),  # b = 1/3
        ("SSSW", True),  # b = 0.75: strength at a cut of 2/3
        ("SWWW", True),  # b = 0.25
        ("SSMMMW", False),  # b = 0.58
    ],
)
def test_fragile_is_what_other_cuts_would_change(findings, fragile):
    assert bool(cell(votes("v", findings))["fragile"]) is fragile


NEED = says("v", "weakness", role="need")


def test_a_need_caps_a_strength_at_mixed():
    found = cell([*votes("v", "SSSSSS"), NEED])
    assert (found["status"], found["capped"], found["votes"]) == ("mixed", True, 6)
    assert not found["fragile"]


def test_a_need_on_another_cohort_or_theme_caps_nothing():
    others = [NEED | {"cohort": "care-leavers"}, NEED | {"theme": "plans"}]
    found = cell([*votes("v", "SS"), *others])
    assert (found["status"], found["capped"]) == ("strength", False)


def test_a_need_lifts_no_weakness_and_is_no_cap_there():
    found = cell([*votes("v", "WW"), NEED])
    assert (found["status"], found["capped"], found["votes"]) == ("weakness", False, 2)


def test_what_a_need_would_cap_anyway_is_not_fragile():
    assert cell(votes("v", "SSSW"))["fragile"]
    assert not cell([*votes("v", "SSSW"), NEED])["fragile"]


@pytest.mark.parametrize("role", ["summary", "need"])
def test_headlines_and_needs_set_a_status_only_where_no_body_finding_does(role):
    alone = cell(votes("v", "WW", role=role))
    assert (alone["status"], alone["headline_only"], alone["thin"]) == ("weakness", True, True)
    beside = cell([*votes("v", "MM"), *votes("v", "WW", role=role)])
    assert (beside["status"], beside["headline_only"], beside["votes"]) == ("mixed", False, 2)


@pytest.mark.parametrize("extent", ["a small number", "few", "very few"])
def test_a_small_number_votes_only_if_nothing_else_does(extent):
    few = says("v", "weakness", extent=extent)
    assert cell([*votes("v", "SS"), few])["votes"] == 2
    assert cell([few])["status"] == "weakness"


def test_a_small_number_comes_before_a_headline():
    few = says("v", "weakness", extent="few")
    found = cell([few, *votes("v", "SS", role="summary")])
    assert (found["status"], found["headline_only"]) == ("weakness", False)


@pytest.mark.parametrize("extent", ["some", "a minority", "none", ""])
def test_other_extents_vote(extent):
    assert cell([*votes("v", "SS"), says("v", "weakness", extent=extent)])["votes"] == 3


def test_a_small_number_votes_if_it_states_harm():
    few = says("v", "weakness", extent="few", harm="yes")
    assert cell([*votes("v", "SS"), few])["votes"] == 3


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


@pytest.mark.parametrize(("findings", "thin"), [("S", True), ("SS", False), ("SN", True)])
def test_thin_is_one_vote(findings, thin):
    assert bool(cell(votes("v", findings))["thin"]) is thin


def test_cohorts_that_differ_are_not_summed_up():
    rows = [*votes("v", "SS"), *votes("v", "W", cohort="personal-advisers")]
    whole = cell(rows, cohort="all")
    assert whole["status"] == "differs by cohort"
    assert whole["how"] == "personal-advisers: weakness; social-workers: strength"
    assert cell(rows)["status"] == "strength"


def test_cohorts_that_agree_give_the_theme_its_direction():
    whole = cell([*votes("v", "SS"), *votes("v", "S", cohort="care-leavers")], cohort="all")
    assert (whole["status"], whole["votes"]) == ("strength", 3)


def test_a_cohort_that_is_not_judged_does_not_make_cohorts_differ():
    whole = cell([*votes("v", "SS"), *votes("v", "N", cohort="care-leavers")], cohort="all")
    assert (whole["status"], whole["how"], whole["neutral"]) == ("strength", "", 1)


def test_over_all_cohorts_one_paragraph_is_thin_however_many_cohorts_it_names():
    one = [
        says("v", "weakness", cohort=c, finding="v-letter/1")
        for c in ("social-workers", "care-leavers")
    ]
    assert cell(one, cohort="all")["thin"]
    two = [says("v", "weakness", cohort=c) for c in ("social-workers", "care-leavers")]
    assert not cell(two, cohort="all")["thin"]


def test_over_all_cohorts_headlines_do_not_thicken_one_vote():
    rows = [*votes("v", "W"), *votes("v", "WW", cohort="care-leavers", role="summary")]
    whole = cell(rows, cohort="all")
    assert (whole["thin"], whole["headline_only"]) == (True, False)


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


def test_what_stands_outside_the_scope_is_incidental():
    of = visits(visit("v", areas="front-door"))
    rows = votes("v", "WW", theme="pathway-plans")
    for cohort in ("social-workers", "all"):
        found = cell(rows, theme="pathway-plans", of=of, cohort=cohort)
        assert (found["status"], found["incidental"]) == ("weakness", True)
    assert not cell(votes("v", "WW"), of=of)["incidental"]


def test_what_stands_outside_the_scope_without_a_judgement_is_incidental_too():
    of = visits(visit("v", areas="front-door"))
    assert cell(votes("v", "N", theme="pathway-plans"), theme="pathway-plans", of=of)["incidental"]


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


def test_what_secondary_sources_say_is_kept_for_comparison():
    table = secondary_statuses(coded(*PRESSED), PRESS, BOOK)
    said = table[table["cohort"] == "all"].set_index("visit")["status"].to_dict()
    assert said == {"both": "weakness", "press": "weakness"}
    assert table["secondary"].all()


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
    extent=st.sampled_from(["", *EXTENTS]),
    harm=st.sampled_from(["yes", "no"]),
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
def test_flags_are_truth_values_and_counts_add_up(rows):
    table = statuses(coded(*rows), TWO, BOOK)
    assert (table["votes"] == table[["strengths", "mixed", "weaknesses"]].sum(axis=1)).all()
    assert table[STATUS_FLAGS].map(lambda flag: isinstance(flag, bool)).all(axis=None)
    judged = table["status"].isin(["strength", "mixed", "weakness", "differs by cohort"])
    assert (judged == (table["votes"] > 0)).all()
    assert not table.duplicated(["visit", "theme", "cohort"]).any()
