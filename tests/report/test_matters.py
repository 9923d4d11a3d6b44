"""What a report says first is chosen by the rule that it prints."""

from __future__ import annotations

import pytest
from builders import (
    BOOK,
    authority,
    coded,
    links,
    needs,
    says,
    statements,
    theme,
    visit,
    visits,
    votes,
)

from analysis.data.codebook import Codebook
from analysis.report.method import MATTERS
from analysis.report.sentences.matters import few, matters
from analysis.results.matters import KINDS, MOST, area_words, can_lead, chosen, since
from analysis.results.results import Results, analyse

SAME = visits(visit("a", start="2018-10"), visit("b", start="2021-10"))
MANY = Codebook("1.0", BOOK.groups, tuple(theme(f"theme-{n}") for n in range(7)))
LEAVERS = {"theme": "pathway-plans", "cohort": "care-leavers"}


def told(theme, word, direction="weakness", **more):
    return says("b", direction, theme=theme, change_said=word, **more)


def of(*rows, visits=SAME, **more) -> Results:
    return analyse(authority(visits, coded(*rows), **more))


def themes(results) -> list[str]:
    return [sentence.href.removeprefix("#e-").split("--")[0] for sentence in matters(results)]


def everything() -> Results:
    """Each kind has two that qualify."""
    rows = [
        *votes("a", "WWW", theme="theme-0"), *votes("b", "SSS", theme="theme-0"),
        *votes("a", "SSS", theme="theme-1"), *votes("b", "WWW", theme="theme-1"),
        told("theme-2", "improved"), told("theme-3", "declined"),
    ]  # fmt: skip
    table = coded(*rows)
    ids = table["finding"].tolist()
    areas = statements(
        ("b", "care-leavers", "weakness", "", ""), ("b", "leadership", "", "declined", "a")
    )
    raising = [(need, ids[at], "raised") for need in "xy" for at in (0, 3)]
    data = authority(
        SAME, table, areas=areas.assign(finding=ids[-1]), needs=needs("x", "y"),
        links=links(*raising), grades=[("a", "good"), ("b", "inadequate")], codebook=MANY,
    )  # fmt: skip
    return analyse(data)


@pytest.mark.promise("matters-by-rule")
def test_each_kind_has_a_place_before_any_has_two_in_the_order_of_the_rule():
    points = chosen(everything())
    assert [point.kind for point in points] == list(KINDS)
    assert len(points) == MOST == 5
    assert [s.text.split(":")[0] for s in matters(everything())] == [
        "Leadership", "Grades at the inspection of 2021-10", "Theme 2 (social workers)",
        "Theme 0 (social workers)", "Want of x (social workers)",
    ]  # fmt: skip


def test_each_area_has_its_latest_word_once_overall_first_and_a_change_before_a_level():
    said = statements(
        ("a", "leadership", "", "declined", "unknown"), ("b", "leadership", "weakness", "", ""),
        ("b", "leadership", "", "improved", "a"), ("b", "overall", "mixed", "", ""),
    )  # fmt: skip
    data = authority(SAME, coded(*votes("b", "S")), areas=said.assign(finding="b-letter/1"))
    assert [(row["area"], row["change_said"]) for row in area_words(analyse(data))] == [
        ("overall", ""), ("leadership", "improved"),
    ]  # fmt: skip


def test_the_word_of_the_inspectors_on_a_theme_takes_the_place_of_its_path():
    rows = [*votes("a", "SSS"), *votes("b", "WWW"), told("audit", "declined")]
    assert [point.kind for point in chosen(of(*rows))] == ["said"]


def test_what_most_findings_say_comes_first_then_what_rests_on_most_paragraphs():
    results = of(
        told("audit", "declined"), *votes("b", "WWW"),
        told("plans", "improved", "strength"), told("plans", "improved", "strength"),
        told("pathway-plans", "not improved"),
    )  # fmt: skip
    assert themes(results) == ["plans", "audit", "pathway-plans"]


def test_the_path_that_moved_furthest_comes_first():
    results = of(
        *votes("a", "WWW"), *votes("b", "WWW"),
        *votes("a", "MMM", theme="plans"), *votes("b", "SSS", theme="plans"),
        *votes("a", "SSS", **LEAVERS), *votes("b", "WWW", **LEAVERS),
    )  # fmt: skip
    assert themes(results) == ["pathway-plans", "plans", "audit"]


@pytest.mark.promise("matters-by-rule")
def test_a_theme_has_one_place():
    results = of(
        told("audit", "declined"), told("audit", "declined", cohort="care-leavers"),
        told("audit", "not improved", cohort="children-in-care"),
    )  # fmt: skip
    assert themes(results) == ["audit"]


def test_there_are_never_more_than_the_most():
    rows = [told(f"theme-{n}", "declined") for n in range(7)]
    assert len(matters(of(*rows, codebook=MANY))) == MOST


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([*votes("a", "W"), *votes("b", "SSS")], "one paragraph at one end"),
        ([*votes("a", "SSS"), *votes("b", "WWW", role="summary")], "headlines alone"),
        ([*votes("a", "SS"), *votes("b", "SS")], "strong throughout"),
        ([told("audit", "sustained", "strength")], "only sustained"),
        ([says("b", "weakness", change_said="declined", said_by="leaders")], "leaders say so"),
        ([told("audit", "declined", coder="tagger")], "the program reads so"),
    ],
)
def test_what_cannot_be_leaned_on_or_says_nothing_takes_no_place(rows, why):
    results = of(*rows)
    assert matters(results) == [], why
    assert few(results, 0).startswith("Nothing at the inspection of 2021-10 or later qualifies.")


@pytest.mark.promise("matters-by-rule")
@pytest.mark.parametrize(
    ("path", "lead"),
    [
        # (level, confidence) at each visit that judged it; the last is asked for
        (["strength low", "weakness low"], False),
        (["weakness low", "weakness low"], True),
        (["weakness low", "strength high", "weakness low"], False),
        (["strength low", "weakness moderate"], True),
    ],
)
def test_a_headline_rests_on_low_confidence_only_where_two_visits_running_agree(path, lead):
    rows = [
        {"visit": str(at), "status": level, "confidence": confidence}
        for at, (level, confidence) in enumerate(step.split() for step in path)
    ]
    assert can_lead(rows, str(len(path) - 1)) == lead


@pytest.mark.promise("matters-fewer")
def test_fewer_than_three_is_said_and_three_is_not():
    results = of(told("audit", "declined"))
    assert few(results, 2) == "Nothing else at the inspection of 2021-10 or later qualifies."
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


def test_nothing_is_said_where_nothing_was_read():
    lost = visits(visit("x", held="secondary"))
    results = of(says("x", "weakness", source="secondary", change_said="declined"), visits=lost)
    assert matters(results) == []
    assert few(results, 0) == ""


@pytest.mark.promise("matters-by-rule")
def test_the_rule_is_printed():
    for part in (f"at most {MOST}", "A theme has one place",
                 "had worsened, not improved or improved", "more than low confidence",
                 "two visits running agree", "Nothing fills an empty place"):  # fmt: skip
        assert part in MATTERS
