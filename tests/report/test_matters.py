"""The changes that matter are chosen by the rule that the report prints."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from builders import BOOK, authority, coded, says, theme, visit, visits, votes

from analysis.data.codebook import Codebook
from analysis.report.method import MATTERS
from analysis.report.sentences.matters import few, matters
from analysis.results.matters import MOST, since
from analysis.results.results import Results, analyse

SAME = visits(visit("a", start="2018-10"), visit("b", start="2021-10"))
MANY = Codebook("1.0", BOOK.groups, tuple(theme(f"theme-{n}") for n in range(7)))


def told(theme, word, direction="weakness", **more):
    return says("b", direction, theme=theme, change_said=word, **more)


def of(*rows, visits=SAME, **more) -> Results:
    return analyse(authority(visits, coded(*rows), **more))


def themes(results) -> list[str]:
    return [sentence.href.removeprefix("#e-").split("--")[0] for sentence in matters(results)]


@pytest.mark.promise("matters-by-rule")
def test_the_word_of_the_inspectors_comes_before_a_change_without_a_flag():
    results = of(*votes("a", "SSS"), *votes("b", "WWW"), told("plans", "improved"))
    assert [s.text for s in matters(results)] == [
        "Plans (social workers): at the inspection of 2021-10 inspectors said: improved (n = 1); "
        "what they found came out as a weakness (n = 1, thin).",
        "Audit (social workers): from a strength at the inspection of 2018-10 (n = 3) to a "
        "weakness at the inspection of 2021-10 (n = 3).",
    ]


def test_what_most_findings_say_comes_first_then_what_rests_on_most_votes():
    results = of(
        told("audit", "declined"), *votes("b", "WWW"),
        told("plans", "improved", "strength"), told("plans", "improved", "strength"),
        told("pathway-plans", "not improved"),
    )  # fmt: skip
    assert themes(results) == ["plans", "audit", "pathway-plans"]


def test_moves_come_before_weaknesses_that_stayed():
    results = of(
        *votes("a", "WW"), *votes("b", "WWWW"),
        *votes("a", "MM", theme="plans"), *votes("b", "SS", theme="plans"),
    )  # fmt: skip
    assert themes(results) == ["plans", "audit"]
    assert matters(results)[1].text == (
        "Audit (social workers): a weakness at the inspection of 2018-10 (n = 2) and still at the "
        "inspection of 2021-10 (n = 4)."
    )


@pytest.mark.promise("matters-by-rule")
def test_a_theme_has_one_place():
    results = of(
        told("audit", "declined"), told("audit", "declined", cohort="care-leavers"),
        told("audit", "not improved", cohort="children-in-care"),
    )  # fmt: skip
    assert themes(results) == ["audit"]


def test_there_are_never_more_than_the_most():
    rows = [told(f"theme-{n}", "declined") for n in range(7)]
    assert len(matters(of(*rows, codebook=MANY))) == MOST == 5


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([*votes("a", "W"), *votes("b", "S")], "too thin"),
        ([*votes("a", "WW"), *votes("b", "SSSSW")], "fragile"),
        ([*votes("a", "SS"), *votes("b", "SS")], "nothing moved"),
        ([told("audit", "sustained", "strength")], "only sustained"),
        ([says("b", "weakness", change_said="declined", said_by="leaders")], "leaders say so"),
    ],
)
def test_what_carries_a_flag_or_says_nothing_takes_no_place(rows, why):
    results = of(*rows)
    assert matters(results) == [], why
    assert few(results, 0).startswith("None qualifies: at the inspection of 2021-10 or later")


@pytest.mark.promise("matters-fewer")
def test_fewer_than_three_is_said_and_three_is_not():
    results = of(told("audit", "declined"))
    assert few(results, 2).startswith("No other change qualifies")
    assert few(results, 3) == ""


def test_only_the_latest_whole_inspection_and_what_came_after_speak():
    three = visits(
        visit("a", start="2018-10"), visit("b", start="2021-10"),
        visit("c", start="2022-10", kind="focused-visit", areas="care-leavers"),
        visit("lost", start="2023-10", held="none"),
    )  # fmt: skip
    results = of(
        says("a", "weakness", change_said="declined", theme="pathway-plans"),
        told("audit", "declined"), says("c", "weakness", theme="plans", change_said="declined"),
        visits=three,
    )  # fmt: skip
    assert since(results) == "b"
    assert sorted(themes(results)) == ["audit", "plans"]


def test_without_a_whole_inspection_the_latest_visit_speaks():
    focused = visits(
        visit("a", kind="focused-visit"), visit("b", start="2021-10", kind="focused-visit")
    )
    results = of(told("audit", "declined"), *votes("a", "W"), visits=focused)
    assert since(results) == "b"
    assert themes(results) == ["audit"]


def test_the_grade_of_the_area_stands_beside_where_it_points_another_way():
    data = authority(SAME, coded(says("b", "mixed", cohort="care-leavers", change_said="declined")))
    graded = pd.DataFrame(
        [{"document": "b-letter", "area": "care-leavers", "grade": "inadequate",
          "grade_printed": "Inadequate", "page": "1", "visit": "b"}]
    )  # fmt: skip
    (said,) = matters(analyse(replace(data, judgements=graded)))
    assert said.text.endswith(
        "came out as mixed (n = 1, thin); the grade of the area there was inadequate."
    )
    (said,) = matters(analyse(replace(data, judgements=graded.assign(grade="good"))))
    assert "grade of the area there was good" in said.text
    between = graded.assign(grade="requires improvement")
    assert "grade" not in matters(analyse(replace(data, judgements=between)))[0].text


def test_nothing_is_said_where_nothing_was_read():
    lost = visits(visit("x", held="secondary"))
    results = of(says("x", "weakness", source="secondary", change_said="declined"), visits=lost)
    assert matters(results) == []
    assert few(results, 0) == ""


@pytest.mark.promise("matters-by-rule")
def test_the_rule_is_printed():
    for part in (f"at most {MOST}", "one for each theme", "had worsened, not improved or improved",
                 "without a flag", "nothing fills an empty place"):  # fmt: skip
        assert part in MATTERS
