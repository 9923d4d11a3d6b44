"""The story by groups, what was last looked at, and what is still raised."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from builders import authority, coded, links, needs, says, visit, visits, votes

from analysis.report.sentences.grades import grade_lines, grades_moved
from analysis.report.sentences.groups import TOPICS, stories
from analysis.report.sentences.raised import recommended, still_raised
from analysis.report.sentences.read import opening
from analysis.report.sentences.unseen import unseen
from analysis.report.tables.views import needs_view, recommendations_view
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
    (story,) = stories(results, [s for s in opening(results) if s.topic in TOPICS])
    return story


def test_a_group_says_where_the_latest_look_left_it_and_what_moved():
    story = told(of())
    assert [s.text for s in story.sentences] == [
        "At the inspection of 2021-10, the latest to judge any of them, 2 of 3 themes were "
        "judged: 1 came out as a weakness and 1 as a strength.",
        "2 comparisons there: 1 better, 0 the same, 1 worse.",
        "Last judged earlier: plans (2018-10).",
    ]
    assert [s.topic for s in story.told] == ["declined", "improved"]


def test_a_group_that_nobody_judged_says_so():
    story = told(of(says("a", "neutral")))
    assert [s.text for s in story.sentences] == [
        "None of 3 themes was judged at any of these visits."
    ]
    assert all(not theme.threads for theme in story.themes)


def test_a_quiet_group_says_that_nobody_compared():
    story = told(of(*votes("a", "S")))
    assert story.sentences[-1].text.startswith("Inspectors compared none of these themes")
    assert story.sentences[-2].text == "Judged at none of these visits: plans and pathway plans."
    program = told(of(*votes("a", "S", coder="tagger")))
    assert program.sentences[-1].text.startswith("The program found no word of change")
    sustained = says("b", "strength", change_said="sustained")
    assert "compared none" not in told(of(sustained)).sentences[-1].text


@pytest.mark.promise("story-rows")
def test_each_cohort_has_a_row_with_its_first_and_latest_look():
    threads = {theme.theme: theme.threads for theme in told(of()).themes}
    (audit,) = threads["audit"]
    assert (audit.cohort, audit.times) == ("social workers", 2)
    assert (audit.first.date, audit.first.told) == (
        "2018-10",
        "strength (n\xa0=\xa02, moderate confidence)",
    )
    assert audit.latest.told == "weakness (n\xa0=\xa02, moderate confidence)"
    assert audit.latest.href == "#e-audit--b"
    assert (audit.word, threads["plans"][0].word) == ("worse", "too little to say")
    (plans,) = threads["plans"]
    assert plans.first is None
    assert plans.latest.told == "mixed (n\xa0=\xa01, low confidence)"


@pytest.mark.promise("story-rows")
def test_a_row_shows_what_lay_between_its_first_and_latest_look():
    (audit, *_) = told(of(*votes("a", "W"), *votes("door", "S"), *votes("b", "W"))).themes
    (row,) = audit.threads
    assert (row.times, row.path, row.symbols) == (3, ("weakness", "strength", "weakness"), "▼▲▼")
    assert told(of()).themes[0].threads[0].symbols == ""


@pytest.mark.promise("both-sides-told")
def test_where_inspectors_said_otherwise_no_computed_word_stands():
    rows = [*votes("a", "SS"), *votes("b", "WW"), says("b", "neutral", change_said="improved")]
    assert told(of(*rows)).themes[0].threads[0].word == "inspectors said otherwise"
    program = [*rows[:-1], says("b", "neutral", change_said="improved", coder="tagger")]
    assert told(of(*program)).themes[0].threads[0].word == "worse"


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
def test_a_grade_stands_beside_the_status_whatever_either_says():
    results = graded(
        ("overall", "good"), ("care-leavers", "inadequate"), ("send-partnership", "inconsistent")
    )
    assert area_grades(results) == {"b": {"care-leavers": "inadequate"}}
    row = next(t for t in told(results).themes if t.theme == "pathway-plans").threads[0]
    assert (row.latest.told, row.grade) == (
        "strength (n\xa0=\xa03, high confidence)", "care leavers: inadequate",
    )  # fmt: skip
    words = " ".join(s.text for s in [*opening(results), *told(results).sentences])
    assert "another way than the grade" not in words


@pytest.mark.promise("not-lately-looked-at")
def test_what_the_latest_visit_did_not_judge_is_listed_with_the_visits_since():
    found = unseen(of(), "b")
    assert [(u.theme, u.cohort, u.last.date, u.since) for u in found] == [
        (
            "Plans",
            "children in care",
            "2018-10",
            "not looked at: 2019-10; not mentioned: 2021-10",
        )
    ]


def test_what_was_never_judged_is_listed_without_a_date():
    (plans, pathway) = unseen(of(*votes("b", "S")), "b")
    assert (plans.theme, plans.cohort, plans.last) == ("Plans", "any", None)
    assert pathway.since == "not mentioned: 2018-10, 2021-10; not looked at: 2019-10"


def test_another_cohort_is_no_look_and_an_unnamed_one_is_not_missed():
    rows = [*votes("a", "S"), *votes("a", "S", cohort="not-stated"),
            *votes("b", "S", cohort="care-leavers"), *votes("b", "S", theme="plans"),
            *votes("b", "S", theme="pathway-plans")]  # fmt: skip
    (missed,) = unseen(of(*rows), "b")
    assert (missed.cohort, missed.since) == (
        "social workers", "not mentioned: 2019-10; other cohorts only: 2021-10",
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
        "raised them again, and none in between found them met in full. Raised by the most visits "
        "(3 visits): want of y (social workers)."
    )
    assert said.href == "#n-y"


def test_no_need_is_still_raised():
    assert still(("x", "a", "raised"), ("x", "b", "raised")) is None


def test_what_became_of_each_recommendation_is_counted_by_need():
    asked = coded(
        *[says("a", "weakness", role="need", finding=f"a-letter/{n}") for n in (1, 2)],
        says("b", "weakness", finding="b-letter/1"), says("b", "strength", finding="b-letter/2"),
    )  # fmt: skip
    made = links(
        ("x", "a-letter/1", "raised"), ("x", "b-letter/1", "raised"),
        ("y", "a-letter/1", "raised"), ("y", "b-letter/2", "met"),
    )  # fmt: skip
    results = analyse(authority(THREE, asked, needs=needs("x", "y"), links=made))
    assert recommended(results).text == (
        "The full inspection before the latest was the inspection of 2018-10. It made 2 "
        "recommendations. 2 needs followed from them: 1 raised again and 1 met. 1 recommendation "
        "is linked to no need."
    )
    rows = recommendations_view(results)
    assert [(row["wording"], row["became"], row["later"]) for row in rows] == [
        ("Want of x", "raised again", "2021-10: raised"), ("Want of y", "met", "2021-10: met"),
        ("", "not followed", ""),
    ]  # fmt: skip
    assert [[f["anchor"] for f in row["findings"]] for row in rows] == [
        ["b-letter/1"], ["b-letter/2"], [],
    ]  # fmt: skip
    assert recommended(of()) is None


def test_each_paragraph_of_a_need_stands_under_its_own_relation():
    rows = coded(*[says(v, "weakness", finding=f"{v}-letter/{n}") for v in "ab" for n in (1, 2)])
    made = links(
        ("x", "a-letter/1", "raised"), ("x", "b-letter/1", "met"), ("x", "b-letter/2", "raised"),
    )  # fmt: skip
    (need,) = needs_view(analyse(authority(THREE, rows, needs=needs("x"), links=made)))
    told = [
        {relation: [f["anchor"] for f in found] for relation, found in e["by_relation"].items()}
        for e in need["events"]
    ]
    assert told == [{"raised": ["a-letter/1"]}, {"met": ["b-letter/1"], "raised": ["b-letter/2"]}]
    assert (need["wording"], need["sentence"]) == (
        "Want of x", "First raised October 2018, latest October 2021, raised by 2 visits.",
    )  # fmt: skip


CARE, LEAVERS, LEADERS = "children-in-care", "care-leavers", "leadership"
BOTH = "children-in-care-and-care-leavers"
GOOD, RI, BAD = "good", "requires improvement", "inadequate"
BOARD = "safeguarding-board"
REST = " No other area was graded otherwise than before."
AT = "Grades at the inspection of 2021-10: "
THEN = "(inspection of 2018-10)"
WITH_CARE, WITH_LEAVERS = "a grade shared with children in care", "a grade shared with care leavers"


def graded_twice(before, now):
    data = graded(*now.items()).data
    earlier = graded(*before.items()).data.judgements.assign(visit="a", document="a")
    table = pd.concat([earlier, data.judgements])
    documents = pd.concat([data.documents, data.documents.assign(document="a", visit="a")])
    return analyse(replace(data, judgements=table, documents=documents))


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
        # two areas became one: each shares the grade
        ({CARE: RI, LEAVERS: GOOD, LEADERS: GOOD}, {BOTH: RI, LEADERS: GOOD},
         [f"{AT}care leavers from good {THEN} to requires improvement, {WITH_CARE}.{REST}"]),
        # one area became two
        ({BOTH: RI, LEADERS: RI}, {CARE: RI, LEAVERS: GOOD, LEADERS: RI},
         [f"{AT}care leavers from requires improvement {THEN[:-1]}, {WITH_CARE}) to good.{REST}"]),
        # a joint grade beside a joint one
        ({BOTH: RI}, {BOTH: BAD},
         [f"{AT}children in care from requires improvement {THEN[:-1]}, {WITH_LEAVERS}) to "
          f"inadequate, {WITH_LEAVERS}; care leavers from requires improvement {THEN[:-1]}, "
          f"{WITH_CARE}) to inadequate, {WITH_CARE}.{REST}"]),
        # an area is new, is gone, or was not judged
        ({LEADERS: RI}, {LEADERS: GOOD, LEAVERS: BAD},
         [f"{AT}leadership from requires improvement {THEN} to good."]),
        ({LEADERS: RI, BOARD: BAD}, {LEADERS: GOOD},
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
    assert [sentence.text for sentence in grades_moved(graded_twice(before, now))] == said


def test_each_area_has_a_line_of_all_its_grades():
    results = graded_twice({"adoption": GOOD, BOARD: BAD, LEAVERS: RI}, {BOTH: BAD})
    assert [sentence.text for sentence in grade_lines(results)] == [
        f"Children in care: inadequate (October 2021, {WITH_LEAVERS}).",
        "Adoption: good (October 2018).",
        f"Care leavers: requires improvement (October 2018) and inadequate (October 2021, "
        f"{WITH_CARE}).",
        "Safeguarding board: inadequate (October 2018).",
    ]
