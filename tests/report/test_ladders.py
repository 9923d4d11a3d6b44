"""Area by area: grades as steps, with what inspectors said of the whole of each."""

from __future__ import annotations

import pandas as pd
from builders import authority, coded, statements, visit, visits, votes

from analysis.report.tables.ladders import ladders
from analysis.results.results import analyse

VISITS = visits(
    visit("a", start="2014", framework="SIF"),
    visit("f", "focused-visit", start="2018", areas="care-leavers"),
    visit("b", start="2021"),
    visit("c", start="2024"),
)


def of(grades, said=()):
    table = coded(*votes("a", "S"), *votes("f", "S"), *votes("b", "S"), *votes("c", "S"))
    ids = dict(zip(table["visit"], table["finding"], strict=True))
    areas = statements(*said)
    areas = areas.assign(finding=areas["visit"].map(ids))
    data = authority(VISITS, table, areas=areas)
    judged = [
        {"document": f"{v}-letter", "area": area, "grade": grade, "grade_printed": grade,
         "page": "1", "visit": v}
        for v, area, grade in grades
    ]  # fmt: skip
    object.__setattr__(data, "judgements", pd.DataFrame(judged, columns=data.judgements.columns))
    return {ladder.area: ladder for ladder in ladders(analyse(data))}


def test_each_inspection_is_a_step_with_its_grade_and_new_rules_are_marked():
    found = of([("a", "overall", "inadequate"), ("b", "overall", "good"), ("c", "overall", "good")])
    rungs = found["overall"].rungs
    assert [(r.column.when, r.step, r.rules) for r in rungs] == [
        ("2014", "inad", False), ("2021", "good", True), ("2024", "good", False),
    ]  # fmt: skip


def test_a_joint_grade_is_a_grade_of_each_and_says_so():
    found = of([("b", "children-in-care-and-care-leavers", "good"), ("c", "care-leavers", "good")])
    assert [rung.shared for rung in found["care-leavers"].rungs] == [True, False]
    assert [rung.shared for rung in found["children-in-care"].rungs] == [True]


def test_what_was_said_stands_at_its_inspection_and_shorter_visits_in_between():
    said = [
        ("a", "care-leavers", "weakness", "", ""),
        ("f", "care-leavers", "mixed", "improved", "a"),
        ("b", "care-leavers", "", "declined", "unknown"),
    ]
    found = of([("a", "care-leavers", "good")], said)["care-leavers"]
    assert [[s.word for s in rung.said] for rung in found.rungs] == [[""], ["worse than before"]]
    assert [(when, s.word) for when, s in found.between] == [("2018", "better than in 2014")]
    assert found.rungs[0].said[0].text == "The area is spoken of."


def test_an_area_that_was_neither_graded_nor_spoken_of_has_no_ladder():
    assert set(of([("a", "overall", "good")])) == {"overall"}


def test_real_grades_are_all_there(knowsley):
    found = {ladder.area: ladder for ladder in ladders(knowsley)}
    assert [rung.grade for rung in found["care-leavers"].rungs] == [
        "requires improvement", "good", "requires improvement", "inadequate",
    ]  # fmt: skip
    assert [rung.shared for rung in found["care-leavers"].rungs] == [False, False, True, False]
