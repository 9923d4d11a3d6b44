"""What was found at a visit is told from the paragraph that says it best, by the printed rule."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import authority, coded, says, visit, visits

from analysis.results.found import against, best, coded_cells, found_at, opening
from analysis.results.results import analyse
from analysis.results.staves import Mark, Staves

ONE = visits(visit("a"))


def told(*rows, summaries=()):
    """Which paragraph is told, by its place among those given."""
    table = coded(*rows)
    table["summary"] = [*summaries, *(f"Number {n}." for n in range(len(summaries), len(table)))]
    results = analyse(authority(ONE, table))
    (stave,) = Staves(results).of(["social-workers"], ["audit"])
    (found,) = found_at(stave, coded_cells(results))["a"]
    return found.text


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([says("a", "strength"), says("a", "weakness"), says("a", "weakness")], 1),
        ([says("a", "weakness"), says("a", "mixed", lean="weakness"), says("a", "weakness")], 1),
        ([says("a", "weakness"), says("a", "mixed", lean="even"), says("a", "weakness")], 0),
        ([says("a", "weakness", harm="risk"), says("a", "mixed", lean="weakness")], 0),
        ([says("a", "mixed", lean="strength"), says("a", "weakness"), says("a", "weakness")], 1),
        ([says("a", "weakness", role="summary"), says("a", "weakness")], 1),
        ([says("a", "weakness", role="need"), says("a", "weakness", role="summary")], 1),
        ([says("a", "weakness"), says("a", "weakness", harm="risk")], 1),
        ([says("a", "weakness", harm="duty"), says("a", "weakness", harm="harm")], 1),
        ([says("a", "weakness", role="summary", harm="harm"), says("a", "weakness")], 0),
        ([says("a", "weakness"), says("a", "weakness")], 0),
    ],
)
def test_the_rule_chooses(rows, place):
    assert told(*rows) == f"Number {place}."


def test_a_strength_on_which_something_was_asked_opens_with_what_says_it_outright():
    both, plain = says("a", "mixed", lean="strength"), says("a", "strength")
    mark = Mark(
        "strength", "high", ("social-workers",), tuple(f"a-letter/{n}" for n in range(1, 5))
    )
    rows = coded_cells(analyse(authority(ONE, coded(both, plain, plain))))["audit", "a"]
    assert opening(rows, mark).finding == best(rows, mark).finding == "a-letter/1"
    rows = coded_cells(
        analyse(authority(ONE, coded(both, plain, plain, says("a", "weakness", role="need"))))
    )["audit", "a"]
    assert best(rows, mark).finding == "a-letter/1"
    assert opening(rows, mark).finding == "a-letter/2"


def test_what_was_named_where_the_level_was_settled_tells_it():
    rows = [says("a", "mixed", lean="even"), says("a", "strength"), says("a", "weakness")]
    behind = tuple(f"a-letter/{n}" for n in range(1, 4))
    cell = coded_cells(analyse(authority(ONE, coded(*rows))))["audit", "a"]
    mark = Mark("mixed", "high", ("social-workers",), behind)
    assert best(cell, mark).finding == "a-letter/1"
    settled = replace(mark, settled=("a-letter/3",))
    assert best(cell, settled).finding == "a-letter/3"
    assert against(cell, settled).finding == "a-letter/2"


def test_what_was_asked_for_is_told_last_and_as_asked_for():
    asked = says("a", "weakness", role="need")
    assert told(asked, summaries=["More audits"]) == "Asked for: More audits"
    assert told(asked, says("a", "mixed", lean="weakness"), says("a", "weakness")) == "Number 1."
    assert told(asked, asked, says("a", "mixed", lean="weakness")) == "Number 2."


def test_what_speaks_of_all_comes_before_a_part():
    rows = [says("a", "weakness", part="yes", harm="risk"), says("a", "weakness", harm="risk")]
    assert told(*rows) == "Number 1."


def test_what_is_about_few_themes_comes_before_what_is_said_beside_other_things():
    beside = says("a", "weakness", finding="a-letter/1") | {"found": "Audits are late."}
    other = says("a", "strength", theme="plans", finding="a-letter/1")
    whole = says("a", "weakness", finding="a-letter/9")
    assert told(beside, other, whole) == "Number 2."
    assert told(beside, other) == "Audits are late."


def test_what_says_how_most_were_comes_before_what_tells_both_sides_of_some():
    both = says("a", "mixed", lean="strength")
    most = says("a", "strength") | {"extent": "most"}
    assert told(both, says("a", "strength"), most) == "Number 2."
    assert told(both, says("a", "strength"), says("a", "strength")) == "Number 0."


@pytest.mark.parametrize("lean", ["even", ""])
def test_both_sides_without_a_leaning_count_as_the_level_said_of_some(lean):
    """So that how many it speaks of decides between the two."""
    both = says("a", "mixed", lean=lean) | {"extent": "most"}
    assert told(says("a", "weakness"), both, says("a", "weakness")) == "Number 1."


def test_harm_does_not_lead_to_a_paragraph_about_many_themes():
    themes = ("plans", "pathway-plans")
    many = says("a", "weakness", harm="harm", finding="a-letter/1")
    others = [says("a", "weakness", theme=theme, finding="a-letter/1") for theme in themes]
    assert told(many, *others, says("a", "weakness", finding="a-letter/9")) == "Number 3."


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([says("a", "strength"), says("a", "strength"), says("a", "weakness")], 2),
        ([says("a", "strength"), says("a", "strength"), says("a", "strength")], None),
        ([says("a", "mixed", lean="strength"), says("a", "strength"), says("a", "weakness")], None),
        ([*[says("a", "strength")] * 2, says("a", "weakness", part="yes")], None),
        ([*[says("a", "strength")] * 2, says("a", "weakness", role="need")], None),
        ([*[says("a", "weakness")] * 3, says("a", "strength")], 3),
    ],
)
def test_what_speaks_against_a_level_is_told_where_the_first_tells_one_side(rows, place):
    table = coded(*rows)
    table["summary"] = [f"Number {n}." for n in range(len(table))]
    results = analyse(authority(ONE, table))
    (stave,) = Staves(results).of(["social-workers"], ["audit"])
    found = against(coded_cells(results)["audit", "a"], stave.cells[0].marks[0])
    assert (found.text if found else None) == (None if place is None else f"Number {place}.")


def test_what_has_no_words_of_ours_is_not_told():
    results = analyse(authority(ONE, coded(says("a", "weakness")).assign(summary="")))
    (stave,) = Staves(results).of(["social-workers"])
    assert best(coded_cells(results)["audit", "a"], stave.cells[0].marks[0]) is None
    assert found_at(stave, coded_cells(results)) == {"a": []}
