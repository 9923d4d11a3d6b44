"""The report's first words are a finding, whatever grades there are."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from builders import authority, coded, visit, visits, votes

from analysis.report.sentences.headline import graded_said, headline
from analysis.results.results import analyse

YEARS = ("2014-04", "2017-03", "2021-10", "2024-11")


def of(*grades: str, rows=(), themes=()):
    seen = visits(*(visit(year, start=year) for year, _ in zip(YEARS, grades or "x", strict=False)))
    said = [(year, grade) for year, grade in zip(YEARS, grades, strict=False) if grade]
    return analyse(authority(seen, coded(*(rows or votes(YEARS[0], "S"))), grades=said))


RI = "requires improvement"


@pytest.mark.parametrize(
    ("grades", "said"),
    [
        ((), "What inspectors found in Anyshire’s services for children"),
        (("good",), "Inspectors graded Anyshire’s services for children good in 2014"),
        (("good", "good"), "were graded good in 2014 and 2017"),
        (("inadequate", RI, RI, "inadequate"),
         "got better in 2017, but were inadequate again in 2024"),
        (("good", "inadequate", "good"), "got worse in 2017, and were good again in 2021"),
        ((RI, "good", RI), "got better in 2017, but were back at requires improvement in 2021"),
        (("inadequate", RI, "good", "good"),
         "rose from inadequate in 2014 to good in 2021 and 2024"),
        (("outstanding", "good"), "fell from outstanding in 2014 to good in 2017"),
        ((RI, "inadequate", "good"),
         "rose from requires improvement in 2014 to good in 2021, after inadequate in 2017"),
    ],
)  # fmt: skip
def test_the_headline_is_what_the_grades_came_to(grades, said):
    assert headline(of(*grades)).endswith(said)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_every_course_of_grades_has_a_headline_that_names_the_first_and_the_latest(count):
    results = of(*["good"] * count)
    for grades in product(("inadequate", RI, "good", "outstanding"), repeat=count):
        judgements = results.data.judgements.assign(grade=grades)
        text = headline(replace(results, data=replace(results.data, judgements=judgements)))
        assert grades[-1] in text, (grades, text)
        assert f"{YEARS[count - 1][:4]}" in text
        assert len(text.split()) <= 20
        if len(set(grades)) == 1:
            assert "rose" not in text and "fell" not in text and "got" not in text
        elif grades[0] == grades[-1]:
            assert "again" in text or "back at" in text
        else:
            order = ("inadequate", RI, "good", "outstanding")
            rose = order.index(grades[-1]) > order.index(grades[0])
            assert ("rose" in text) == rose
            assert ("fell" in text) != rose


def test_a_name_that_ends_in_s_takes_no_second_one():
    results = of("good")

    named = replace(results, data=replace(results.data, name="Leeds"))
    assert headline(named) == "Inspectors graded Leeds’ services for children good in 2014"


def test_grades_are_said_in_order_each_run_once():
    assert graded_said(of("inadequate", RI, RI, "inadequate")) == (
        "inadequate in 2014, requires improvement in 2017 and 2021 and inadequate again in 2024"
    )


def test_themes_that_were_asked_for_head_the_report():
    rows = [*votes("2014-04", "WW"), *votes("2017-03", "SS"), *votes("2017-03", "W", theme="plans")]
    results = of("good", "good", rows=rows)
    assert headline(results, ["audit"]) == "Anyshire: Audit weak in 2014, then strong in 2017"
    assert headline(results, ["audit", "plans"]).endswith("; plans weak in 2017, on one paragraph")
