"""In brief: chosen by the printed rule, each a sentence that fits, with the place it stands in."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from builders import authority, coded, links, needs, says, statements, visit, visits, votes

from analysis.data import schemas
from analysis.report.method import MATTERS
from analysis.report.points import MOST, MOST_WORDS, points
from analysis.report.tables.cards import cards
from analysis.report.tables.ladders import ladders
from analysis.report.tables.needs import follow
from analysis.results.results import analyse

VISITS = visits(visit("a", start="2014"), visit("b", start="2021"))


def of(results, themes=()):
    made = cards(results, themes)
    return points(results, ladders(results), made, follow(results, themes), themes)


def everything():
    rows = [
        *votes("a", "WWW"), *votes("b", "SSS"),
        says("b", "weakness", theme="plans", harm="risk"),
        says("b", "weakness", theme="plans", cohort="children-in-care", harm="harm"),
        *votes("a", "W", theme="pathway-plans", cohort="care-leavers"),
        *votes("b", "W", theme="pathway-plans", cohort="care-leavers"),
    ]  # fmt: skip
    table = coded(*rows)
    table["summary"] = [f"Paragraph {n} says so." for n in range(len(table))]
    ids = table["finding"].tolist()
    areas = statements(
        ("b", "leadership", "weakness", "", ""), ("b", "care-leavers", "weakness", "declined", "a"),
        ("b", "children-in-care", "strength", "", ""),
    ).assign(finding=ids[3])  # fmt: skip
    return analyse(
        authority(
            VISITS, table, areas=areas, needs=needs("x"),
            links=links(("x", ids[0], "raised"), ("x", ids[3], "raised")),
            grades=[("a", "good"), ("b", "inadequate")],
        )
    )  # fmt: skip


@pytest.mark.promise("matters-by-rule")
def test_every_kind_has_its_place_in_the_order_of_the_rule():
    found = of(everything())
    assert [point.head for point in found] == [
        "Overall grade", "Care leavers, 2021", "Leadership, 2021", "Plans, 2021",
        "What got better", "What keeps coming back",
    ]  # fmt: skip
    texts = [point.text for point in found]
    assert texts[0] == "Ofsted graded Anyshire good in 2014 and inadequate in 2021."
    assert (
        texts[3] == "Paragraph 7 says so."
    )  # the gravest harm, though another theme states a risk
    assert texts[4] == "Audit: weak in 2014, then strong in 2021."
    assert texts[5] == "Want of x: raised at 2 visits, from 2014 to 2021."
    assert f"{MOST} points" in MATTERS and f"{MOST_WORDS} words" in MATTERS


def test_themes_that_were_asked_for_take_the_place_of_grades_and_areas():
    heads = [point.head for point in of(everything(), ("pathway-plans",))]
    assert heads == ["Pathway plans"]
    assert [p.head for p in of(everything(), ("plans",))][:1] == ["Plans"]


def test_what_does_not_fit_is_passed_over():
    results = everything()
    long = " ".join(["word"] * (MOST_WORDS + 1))
    results.data.findings["summary"] = long
    results.coded["summary"] = long
    heads = [point.head for point in of(results)]
    assert "Plans, 2021" not in heads
    assert "Leadership, 2021" in heads  # the statement itself is short enough


def test_nothing_fills_an_empty_place():
    bare = visits(visit("a", start="2014"))
    assert of(analyse(authority(bare, coded(says("a", "neutral"))))) == []


@pytest.mark.promise("plain-sentences")
def test_real_points_are_few_short_and_lead_somewhere(knowsley):
    found = of(knowsley)
    assert 4 <= len(found) <= MOST
    assert all(len(point.text.split()) <= MOST_WORDS for point in found)
    assert all(point.href.startswith("#") and point.sure for point in found)


def moved(*rows, more=()):
    """Results of two full inspections, and whatever came after them."""
    held = visits(visit("a", start="2014"), visit("b", start="2021"), *more)
    return analyse(authority(held, coded(*rows)))


def test_what_got_worse_is_said_where_there_is_room_and_of_whom():
    rows = [
        *votes("a", "SSS", theme="plans", cohort="children-in-care"),
        *votes("b", "WWW", theme="plans", cohort="children-in-care"),
        *votes("a", "WWW", theme="plans", cohort="care-leavers"),
        *votes("b", "SSS", theme="plans", cohort="care-leavers"),
        *votes("a", "SSS"), *votes("b", "MMM"),
    ]  # fmt: skip
    told = {point.head: point.text for point in of(moved(*rows))}
    assert told["What got better"] == "Plans, care leavers: weak in 2014, then strong in 2021."
    assert told["What got worse"] == "Plans, children in care: strong in 2014, then weak in 2021."


@pytest.mark.parametrize(
    ("first", "latest", "heads"),
    [
        ("weakness", "strength", ["What got better"]), ("weakness", "mixed", ["What got better"]),
        ("mixed", "mixed", []), ("strength", "mixed", []), ("", "weakness", []),
        ("", "mixed", ["What got better"]),
    ],
)  # fmt: skip
def test_what_a_reader_of_whole_documents_saw_otherwise_did_not_plainly_move(first, latest, heads):
    held = visits(visit("a", start="2014"), visit("b", start="2021"))
    levels = pd.DataFrame(
        [(f"{at}-letter", "audit", "social-workers", level, "1", "reader-3", "")
         for at, level in (("a", first), ("b", latest)) if level],
        columns=list(schemas.LEVELS.columns),
    )  # fmt: skip
    data = authority(held, coded(*votes("a", "WWWW"), *votes("b", "SSSS")))
    assert [p.head for p in of(analyse(replace(data, levels=levels)))] == heads


def test_what_a_later_visit_found_better_again_is_not_what_got_worse():
    rows = [*votes("a", "SSS"), *votes("b", "WWW")]
    later = visit("c", "focused-visit", start="2022")
    assert [p.head for p in of(moved(*rows, more=[later]))] == ["What got worse"]
    rows += votes("c", "SSS")
    assert [p.head for p in of(moved(*rows, more=[later]))] == []


def test_a_path_of_no_group_is_not_better_where_a_later_visit_found_a_group_weak():
    rows = [*votes("a", "WWW", cohort="not-stated"), *votes("b", "SSS", cohort="not-stated")]
    later = visit("c", "focused-visit", start="2022")
    assert [p.head for p in of(moved(*rows, more=[later]))] == ["What got better"]
    rows += votes("c", "WWW", cohort="social-workers")
    assert [p.head for p in of(moved(*rows, more=[later]))] == []


@pytest.mark.parametrize(
    ("first", "last", "heads"),
    [
        ("MMM", "WWM", ["What got worse"]),
        ("MMM", "WMM", []),
        ("WMM", "MMM", []),
        ("WMM", "SSS", ["What got better"]),
    ],
)
def test_half_a_level_is_not_what_moved(first, last, heads):
    rows = [*votes("a", first), *votes("b", last)]
    assert [point.head for point in of(moved(*rows))] == heads


def test_what_the_latest_inspection_did_not_judge_or_asked_for_is_not_what_moved():
    rows = [*votes("a", "SSS"), *votes("b", "WWW"), *votes("a", "WWW", theme="plans")]
    rows += votes("b", "SSS", theme="plans")
    later = visit("c", start="2024")
    assert [p.head for p in of(moved(*rows))] == ["What got better", "What got worse"]
    last = [*rows, says("c", "weakness", theme="pathway-plans", cohort="care-leavers")]
    assert [p.head for p in of(moved(*last, more=[later]))] == []
    asked = says("b", "weakness", theme="plans", role="need", cohort="not-stated")
    assert [p.head for p in of(moved(*rows, asked))] == ["What got worse"]


def test_a_wording_that_ends_as_a_sentence_goes_on_as_part_of_one():
    results = everything()
    results.ledger["wording"] = results.ledger["wording"] + "."
    results.data.needs["wording"] = results.data.needs["wording"] + "."
    assert of(results)[-1].text == "Want of x: raised at 2 visits, from 2014 to 2021."


def harmed(*rows, later=()):
    """Heads of points on themes, of a full inspection and a visit after it."""
    more = [visit("c", "focused-visit", start="2022")]
    found = of(moved(*rows, *later, more=more))
    return [point.head for point in found if point.head.endswith("2021")]


HARMFUL = says("b", "weakness", theme="plans", harm="harm")


@pytest.mark.promise("matters-by-rule")
def test_what_harms_a_part_or_is_strong_all_in_all_does_not_head_the_page():
    assert harmed(HARMFUL) == ["Plans, 2021"]
    assert harmed(HARMFUL | {"part": "yes"}) == []
    assert harmed(HARMFUL, *votes("b", "SSSS", theme="plans")) == []


@pytest.mark.promise("matters-by-rule")
def test_what_a_later_visit_found_better_does_not_head_the_page():
    assert harmed(HARMFUL, later=votes("c", "W", theme="plans")) == ["Plans, 2021"]
    assert harmed(HARMFUL, later=votes("c", "M", theme="plans")) == []
    improved = says("c", "", theme="plans", basis="change only", change_said="improved", since="b")
    assert harmed(HARMFUL, later=[improved]) == []


@pytest.mark.parametrize(
    ("level", "change", "said"), [("strength", "", " Better in 2022."), ("weakness", "", ""),
                                  ("", "improved", " Better in 2022."), ("", "declined", "")],
)  # fmt: skip
def test_an_area_that_a_later_visit_found_better_says_so(level, change, said):
    held = visits(
        visit("a", start="2014"), visit("b", start="2021"),
        visit("c", "focused-visit", start="2022"),
    )  # fmt: skip
    table = coded(says("b", "weakness"), says("c", "weakness"))
    areas = statements(
        ("b", "care-leavers", "weakness", "", ""),
        ("c", "care-leavers", level, change, "b" if change else ""),
    ).assign(finding=table["finding"].tolist())  # fmt: skip
    found = of(analyse(authority(held, table, areas=areas)))
    (own,) = [point.text for point in found if point.head == "Care leavers, 2021"]
    assert own.endswith("Better in 2022.") is bool(said)


def test_a_need_that_the_latest_raised_of_a_part_alone_does_not_head_the_page():
    def heads(**more):
        table = coded(says("a", "weakness"), says("b", "weakness") | more)
        ids = table["finding"].tolist()
        linked = links(*(("x", finding, "raised") for finding in ids))
        held = visits(visit("a", start="2014"), visit("b", start="2021"))
        results = analyse(authority(held, table, needs=needs("x"), links=linked))
        return [point.head for point in of(results)]

    assert heads() == ["What keeps coming back"]
    assert heads(part="yes") == []


@pytest.mark.parametrize(("second", "heads"), [("weakness", ["What got better"]), ("strength", [])])
def test_what_one_of_three_opinions_did_not_see_rise_does_not_head_the_page(second, heads):
    levels = pd.DataFrame(
        [("a-letter", "audit", "social-workers", level, "1", coder, "")
         for level, coder in (("weakness", "reader-3"), (second, "reader-4"))],
        columns=list(schemas.LEVELS.columns),
    )  # fmt: skip
    held = visits(visit("a", start="2014"), visit("b", start="2021"))
    data = authority(held, coded(*votes("a", "WWWW"), *votes("b", "SSSS")))
    assert [p.head for p in of(analyse(replace(data, levels=levels)))] == heads
