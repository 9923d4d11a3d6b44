"""The story by groups, what was last looked at, and what is still raised."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from builders import authority, coded, links, needs, says, visit, visits, votes

from analysis.report.sentences.grades import beside, grades_moved
from analysis.report.sentences.groups import missing_kinds, stories
from analysis.report.sentences.movements import movements
from analysis.report.sentences.raised import still_raised
from analysis.report.sentences.unseen import unseen
from analysis.results.grades import area_grades
from analysis.results.results import analyse

THREE = visits(
    visit("a", start="2018-10"),
    visit("door", start="2019-10", kind="focused-visit", areas="front-door"),
    visit("b", start="2021-10"),
)
ROWS = [
    *votes("a", "SS"), *votes("b", "WW"),
    *votes("a", "M", theme="plans", cohort="children-in-care"),
    *votes("a", "W", theme="pathway-plans", cohort="care-leavers"),
    *votes("b", "SSS", theme="pathway-plans", cohort="care-leavers"),
]  # fmt: skip


def of(*rows, visits=THREE, **more):
    return analyse(authority(visits, coded(*(rows or ROWS)), **more))


def told(results):
    (story,) = stories(results, movements(results))
    return story


def test_a_group_says_where_the_latest_look_left_it_and_what_moved():
    story = told(of())
    assert [s.text for s in story.sentences] == [
        "At the inspection of 2021-10, the latest to judge any of them, 2 of 3 themes were "
        "judged: 1 came out as a weakness and 1 as a strength.",
        "Compared with earlier visits, of 2 comparisons there 1 came out higher, 0 the same and 1 "
        "lower; 0 more were too thin to say.",
        "Last judged earlier: plans (2018-10).",
    ]
    assert [s.topic for s in story.movements] == ["declined"]


def test_a_group_that_nobody_judged_says_so():
    story = told(of(says("a", "neutral")))
    assert [s.text for s in story.sentences] == [
        "None of 3 themes was judged at any of these visits."
    ]
    assert all(not theme.threads for theme in story.themes)


def test_a_quiet_group_says_that_nothing_was_said():
    story = told(of(*votes("a", "S")))
    assert story.sentences[-1].text.startswith("Inspectors said nothing of change")
    assert story.sentences[-2].text == "Judged at none of these visits: plans and pathway plans."


@pytest.mark.promise("story-rows")
def test_each_cohort_has_a_row_with_its_first_and_latest_look():
    threads = {theme.theme: theme.threads for theme in told(of()).themes}
    (audit,) = threads["audit"]
    assert (audit.cohort, audit.times) == ("social workers", 2)
    assert (audit.first.date, audit.first.told) == ("2018-10", "strength (n\xa0=\xa02)")
    assert (audit.latest.told, audit.latest.href) == ("weakness (n\xa0=\xa02)", "#e-audit--b")
    (plans,) = threads["plans"]
    assert plans.first is None
    assert plans.latest.told == "mixed (n\xa0=\xa01, thin)"


@pytest.mark.promise("story-rows")
def test_a_row_shows_what_lay_between_its_first_and_latest_look():
    (audit, *_) = told(of(*votes("a", "W"), *votes("door", "S"), *votes("b", "W"))).themes
    (row,) = audit.threads
    assert (row.times, row.path, row.symbols) == (3, ("weakness", "strength", "weakness"), "▼▲▼")
    assert told(of()).themes[0].threads[0].symbols == ""


def test_kinds_of_movement_without_a_sentence_are_named():
    results = of()
    kinds = missing_kinds(results, movements(results))
    assert [kind for kind, _ in kinds] == ["Improved", "Not improved"]
    assert missing_kinds(of(*votes("a", "S"), visits=visits(visit("a"))), []) == []


def graded(*grades):
    data = authority(THREE, coded(*ROWS, *votes("b", "W", theme="plans", cohort="care-leavers")))
    table = pd.DataFrame(
        [
            {"document": "b-letter", "area": area, "grade": grade, "grade_printed": grade,
             "page": "1", "visit": "b"}
            for area, grade in grades
        ]
    )  # fmt: skip
    return analyse(replace(data, judgements=table))


@pytest.mark.promise("both-sides-told")
def test_a_grade_and_findings_that_point_different_ways_are_put_side_by_side():
    results = graded(
        ("overall", "good"), ("care-leavers", "inadequate"), ("send-partnership", "inconsistent")
    )
    assert area_grades(results) == {"b": {"care-leavers": "inadequate"}}
    (said,) = beside(results)
    assert said.text == (
        "The inspection of 2021-10 graded care leavers inadequate. Of the 2 statuses in that area, "
        "1 came out as a weakness and 1 as a strength. Pointing another way than the grade: "
        "pathway plans (care leavers: strength, n = 3). A status counts paragraphs; a grade "
        "is the inspectors' own verdict."
    )
    assert said.href == "#e-pathway-plans--b"
    row = next(t for t in told(results).themes if t.theme == "pathway-plans").threads[0]
    assert row.grade == "care leavers: inadequate"


def test_a_joint_grade_counts_for_both_cohorts_and_one_in_between_points_nowhere():
    joint = graded(("children-in-care-and-care-leavers", "good"))
    assert beside(joint)[0].text.startswith("The inspection of 2021-10 graded children in care and")
    assert beside(graded(("care-leavers", "requires improvement"))) == []


@pytest.mark.promise("not-lately-looked-at")
def test_what_the_latest_visit_did_not_judge_is_listed_with_the_visits_since():
    found = unseen(of(), "b")
    assert [(u.theme, u.cohort, u.last.date, u.since) for u in found] == [
        (
            "Plans",
            "children in care",
            "2018-10",
            "not looked at: 2019-10; nothing reported: 2021-10",
        )
    ]


def test_what_was_never_judged_is_listed_without_a_date():
    (plans, pathway) = unseen(of(*votes("b", "S")), "b")
    assert (plans.theme, plans.cohort, plans.last) == ("Plans", "any", None)
    assert pathway.since == "nothing reported: 2018-10, 2021-10; not looked at: 2019-10"


def test_another_cohort_is_no_look_and_an_unnamed_one_is_not_missed():
    rows = [*votes("a", "S"), *votes("a", "S", cohort="not-stated"),
            *votes("b", "S", cohort="care-leavers"), *votes("b", "S", theme="plans"),
            *votes("b", "S", theme="pathway-plans")]  # fmt: skip
    (missed,) = unseen(of(*rows), "b")
    assert (missed.cohort, missed.since) == (
        "social workers", "nothing reported: 2019-10; other cohorts only: 2021-10",
    )  # fmt: skip


FINDINGS = coded(*[says(v, "weakness", finding=f"{v}-letter/1") for v in "abcd"])
FOUR = visits(*[visit(v, start=f"201{i}-10") for i, v in enumerate("abcd")])


def still(*rows):
    made = links(*[(need, f"{v}-letter/1", relation) for need, v, relation in rows])
    names = sorted({row[0] for row in rows})
    return still_raised(analyse(authority(FOUR, FINDINGS, needs=needs(*names), links=made)))


@pytest.mark.promise("first-and-still-raised")
def test_the_need_raised_first_and_still_being_raised_is_named():
    said = still(
        ("x", "a", "raised"), ("x", "d", "raised"),
        ("y", "a", "raised"), ("y", "b", "raised"), ("y", "d", "not addressed"),
        ("late", "b", "raised"), ("late", "c", "raised"), ("late", "d", "raised"),
        ("met", "a", "raised"), ("met", "b", "met"), ("met", "c", "raised"), ("met", "d", "raised"),
        ("gone", "a", "raised"), ("gone", "c", "raised"),
    )  # fmt: skip
    assert said.text == (
        "Raised first and still being raised: 2 needs were first raised in October 2010, the "
        "earliest that can be told here. The latest visit read, the inspection of 2013-10, "
        "raised them again, and none in between judged them a strength. Raised by the most visits "
        "(3 visits): want of y (social workers)."
    )
    assert said.href == "#n-y"


def test_no_need_is_still_raised():
    assert still(("x", "a", "raised"), ("x", "b", "raised")) is None


CARE, LEAVERS, LEADERS = "children-in-care", "care-leavers", "leadership"
BOTH = "children-in-care-and-care-leavers"
GOOD, RI, BAD = "good", "requires improvement", "inadequate"
REST = " Nothing else was graded otherwise than before."
AT = "Grades at the inspection of 2021-10: "
THEN = "(inspection of 2018-10)"


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        # each area at both visits, and the overall grade named beside them
        ({LEAVERS: BAD, LEADERS: GOOD}, {LEAVERS: GOOD, LEADERS: GOOD},
         [f"{AT}care leavers from inadequate {THEN} to good.{REST}"]),
        ({"overall": GOOD, LEADERS: GOOD}, {"overall": BAD, LEADERS: GOOD},
         [f"{AT}overall from good {THEN} to inadequate.{REST}"]),
        ({"overall": GOOD, LEADERS: GOOD}, {"overall": BAD, LEADERS: BAD},
         [f"{AT}overall and leadership from good {THEN} to inadequate.{REST}"]),
        # two areas became one: what it was graded before cannot be said
        ({CARE: GOOD, LEAVERS: GOOD, LEADERS: GOOD}, {BOTH: BAD, LEADERS: BAD},
         [f"{AT}leadership from good {THEN} to inadequate."]),
        # one area became two
        ({BOTH: RI, LEADERS: RI}, {CARE: RI, LEAVERS: GOOD, LEADERS: RI},
         [f"{AT}care leavers from requires improvement {THEN} to good."]),
        # an area is new, is gone, or was not judged
        ({LEADERS: RI}, {LEADERS: GOOD, LEAVERS: BAD},
         [f"{AT}leadership from requires improvement {THEN} to good."]),
        ({LEADERS: RI, "overall": RI}, {LEADERS: GOOD},
         [f"{AT}leadership from requires improvement {THEN} to good."]),
        ({LEADERS: RI, LEAVERS: "not judged"}, {LEADERS: GOOD, LEAVERS: BAD},
         [f"{AT}leadership from requires improvement {THEN} to good."]),
        # nothing moved, or nothing to hold against
        ({LEADERS: GOOD}, {LEADERS: GOOD}, []),
        ({}, {LEADERS: GOOD}, []),
        ({}, {}, []),
    ],
)  # fmt: skip
@pytest.mark.promise("matters-by-rule")
def test_what_is_graded_otherwise_than_before_is_named_and_the_rest_only_where_all_compare(
    before, now, said
):
    data = graded(*now.items()).data
    earlier = graded(*before.items()).data.judgements.assign(visit="a", document="a")
    table = pd.concat([earlier, data.judgements])
    documents = pd.concat([data.documents, data.documents.assign(document="a", visit="a")])
    results = analyse(replace(data, judgements=table, documents=documents))

    assert [sentence.text for sentence in grades_moved(results)] == said
