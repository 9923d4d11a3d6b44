"""Needs are followed with the words of each raising, and the latest visit is told by itself."""

from __future__ import annotations

import pytest
from builders import authority, coded, links, needs, says, visit, visits

from analysis.report.tables.needs import coming_back, follow, put_right
from analysis.report.tables.news import new_faults, news
from analysis.report.tables.places import places
from analysis.results.results import analyse

VISITS = visits(
    visit("a", start="2014"),
    visit("n", "improvement-notice", start="2015"),
    visit("b", start="2021"),
    visit("c", start="2024"),
)


def followed(*said, names="x", visits=VISITS):
    """Follow needs by (need, visit, relation, summary)."""
    rows = [says(v, "strength" if r == "met" else "weakness") for _, v, r, *_ in said]
    table = coded(*(rows or [says("a", "weakness")]))
    table["summary"] = [more[0] if more else "It is so." for _, _, _, *more in said] or ["So."]
    ids = table["finding"].tolist()
    linked = links(*((n, ids[i], r) for i, (n, _, r, *_) in enumerate(said)))
    return follow(analyse(authority(visits, table, needs=needs(*names), links=linked)))


def test_each_visit_has_its_words_and_its_place():
    (need,) = followed(
        ("x", "a", "raised", "Late audits"), ("x", "n", "required", "Audit on time"),
        ("x", "b", "met", "Audits on time."), ("x", "c", "raised"),
    )  # fmt: skip
    assert [(m.when, m.kind, m.text) for m in need.moments] == [
        ("2014", "raised", "Late audits."), ("2015", "asked", "Audit on time."),
        ("2021", "met", "Audits on time."), ("2024", "raised", "It is so."),
    ]  # fmt: skip
    assert (
        need.count == "Raised at two visits; demanded by the government in 2015; found met in 2021"
    )
    assert (need.raised, need.now, need.who) == (2, "raised", "social workers")


@pytest.mark.parametrize("relation", ["raised", "not addressed"])
def test_what_a_visit_says_is_told_from_a_paragraph_that_says_so(relation):
    (need,) = followed(
        ("x", "a", "raised", "Late audits"), ("x", "b", "progress", "A little sooner."),
        ("x", "b", relation, "Still late."),
    )  # fmt: skip
    assert need.moments[-1].text == "Still late."


def test_needs_of_most_visits_come_first_and_only_those_of_several_came_back():
    found = followed(
        ("x", "a", "raised"), ("y", "a", "raised"), ("y", "c", "not addressed"), names="xy"
    )
    assert [need.need for need in found] == ["y", "x"]
    assert [need.need for need in coming_back(found)] == ["y"]


def test_what_is_new_is_told_by_what_the_latest_visit_said():
    found = followed(
        ("again", "a", "raised"), ("again", "c", "raised"), ("first", "c", "raised"),
        ("right", "b", "raised"), ("right", "c", "met"), ("done", "a", "raised"),
        ("done", "b", "met"), ("still", "a", "raised"), ("still", "b", "met"),
        ("still", "c", "met"),
        names=("again", "first", "right", "done", "still"),
    )  # fmt: skip
    told = news(found, ["b", "c"])
    names = {kind: [need.need for need in getattr(told, kind)] for kind in vars(told)}
    assert names == {
        "again": ["again"], "first": [], "other": ["first"], "right": ["right"], "better": [],
        "silent": [],
    }  # fmt: skip
    assert told


def test_what_is_raised_on_a_theme_that_was_never_weak_is_new():
    (need,) = followed(("x", "c", "raised"))
    assert [n.need for n in news([need], []).first] == ["x"]


def test_what_was_raised_lately_and_is_not_judged_at_the_latest_visit_was_not_mentioned():
    (need,) = followed(("x", "b", "raised"))
    assert need.now == "silent"
    assert [n.need for n in news([need], ["b", "c"]).silent] == ["x"]
    assert news([need], []).silent == ()  # a shorter visit's silence says nothing


@pytest.mark.parametrize(
    ("cohort", "now"),
    [("not-stated", "other"), ("social-workers", "other"), ("care-leavers", "silent")],
)
def test_what_is_said_of_nobody_in_particular_may_be_said_of_it(cohort, now):
    table = coded(
        says("b", "weakness"),
        says("c", "neutral", cohort=cohort),
        says("c", "mixed", theme="plans"),
    )  # fmt: skip
    linked = links(("x", table["finding"].iloc[0], "raised"))
    (need,) = follow(analyse(authority(VISITS, table, needs=needs("x"), links=linked)))
    assert need.now == now
    assert bool(news([need], ["b", "c"]).silent) == (now == "silent")


def test_progress_is_told_whoever_linked_it():
    table = coded(says("b", "weakness"), says("c", "mixed"))
    ids = table["finding"].tolist()
    for basis in ("coder", "inspectors"):
        linked = links(("x", ids[0], "raised"), ("x", ids[1], "progress", basis, "reader-1"))
        data = authority(VISITS, table, needs=needs("x"), links=linked)
        (need,) = follow(analyse(data))
        assert [moment.kind for moment in need.moments] == ["raised", "better"]
        assert need.now == "better"


def test_nothing_new_is_nothing():
    assert not news([], [])


def test_every_need_of_a_real_authority_is_followed_once(knowsley):
    found = follow(knowsley)
    assert len(found) == knowsley.events["need"].nunique()
    assert all(need.moments for need in found)
    again = set(knowsley.ledger.loc[knowsley.ledger["raised_again"], "need"])
    assert again <= {need.need for need in coming_back(found)}


def test_a_need_turns_between_raised_and_met_and_what_was_met_in_part_is_no_turn():
    (need,) = followed(
        ("x", "n", "required"), ("x", "b", "met"), ("x", "c", "raised"),
    )  # fmt: skip
    assert need.course == "demanded by the government in 2015, met in 2021, raised again in 2024"
    assert not need.undone  # no visit had raised it before
    assert need.demanded == "2015"
    (back,) = followed(("x", "a", "raised"), ("x", "b", "met"), ("x", "c", "raised"))
    assert back.undone
    assert back.demanded == ""
    (kept,) = followed(("x", "a", "raised"), ("x", "b", "met"), ("x", "c", "met"))
    assert kept.course == "raised in 2014, met in 2021 and 2024"
    assert not kept.undone


def test_put_right_is_what_two_visits_found_met_since_it_was_raised():
    found = followed(
        ("x", "a", "raised"), ("x", "b", "met"), ("x", "c", "met"),
        ("y", "a", "raised"), ("y", "b", "met"), ("y", "c", "raised"),
        ("z", "b", "met"), ("z", "c", "met"), names="xyz",
    )  # fmt: skip
    (doubted,) = followed(
        ("x", "a", "raised"), ("x", "b", "met"), ("x", "c", "met"), ("x", "d", "progress"),
        visits=visits(*(visit(v, start=str(2014 + 3 * n)) for n, v in enumerate("abcd"))),
    )  # fmt: skip
    assert put_right([doubted]) == []
    assert [need.need for need in put_right(found)] == ["x"]
    told = news(found, ["b", "c"])
    assert [need.need for need in told.right] == []  # x was put right in 2021
    assert [need.need for need in told.again] == ["y"]


def test_new_faults_are_those_of_the_latest_visit_and_of_the_themes_asked_for(results):
    told = new_faults(results, places(results))
    assert [(said.text, said.places[0].text) for said in told] == [
        ("A few plans drift after the first review.", "¶3, p.3")
    ]
    assert new_faults(results, places(results), ["plans"]) == told
    assert new_faults(results, places(results), ["audit"]) == []
    before = analyse(results.data.between(end="2019"))
    assert new_faults(before, places(before)) == []
