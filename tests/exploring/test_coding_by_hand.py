"""Coding by hand: what is chosen is written under a name, counts first, and can be taken back."""

from __future__ import annotations

import csv

import pytest

from analysis.errors import FindingsError
from analysis.exploring.coder import code_by_hand
from analysis.exploring.coding import Coding
from analysis.exploring.loading import load


@pytest.fixture
def menus(project):
    menus = code_by_hand("exampleshire", "ann", visit="2014")
    assert len(menus.coding.todo) > 3
    return menus


def to_codes(menus):
    """Pass over paragraphs without a code."""
    while len(menus.menus) < 2:
        press(menus, "Pass over")


def written(project):
    path = project.raw("exampleshire", "codes", "ann.csv")
    return list(csv.DictReader(path.open(encoding="utf-8"))) if path.exists() else []


def press(menus, name):
    menus.buttons[name].click()


@pytest.mark.promise("coding-by-hand")
def test_a_choice_is_saved_under_the_name_and_counts_first(menus, project):
    to_codes(menus)
    coding = menus.coding
    finding, before = coding.finding, coding.codes
    menus.menus[0]["direction"].value = (
        "strength" if before[0]["direction"] != "strength" else "weakness"
    )
    menus.note.value = "read again"
    press(menus, "Save and go on")
    assert "Saved as ann" in menus.told.value
    own = [row for row in written(project) if row["finding"] == finding]
    assert len(own) == len(before)
    assert own[0]["direction"] != before[0]["direction"]
    assert own[0]["note"] == "read again"
    assert coding.finding != finding
    assert "1 coded by ann" in menus.said.value
    counted = load("exampleshire").results.coded
    assert set(counted.loc[counted["finding"] == finding, "coder"]) == {"ann"}


def test_saving_without_a_choice_agrees(menus, project):
    coding = menus.coding
    finding, before = coding.finding, coding.codes
    press(menus, "Save and go on")
    assert "Agreed" in menus.told.value
    own = [(r["theme"], r["direction"]) for r in written(project) if r["finding"] == finding]
    assert own == [(r["theme"], r["direction"]) for r in before]


@pytest.mark.promise("coding-undone")
def test_it_is_taken_back_step_by_step(menus, project):
    first = menus.coding.finding
    press(menus, "Save and go on")
    press(menus, "Save and go on")
    assert len({row["finding"] for row in written(project)}) == 2
    press(menus, "Undo")
    press(menus, "Undo")
    assert written(project) == []
    assert menus.coding.finding == first
    press(menus, "Undo")
    assert "nothing to take back" in menus.told.value


def test_what_does_not_fit_is_said_and_nothing_is_written(menus, project):
    menus.menus[-1]["theme"].value = "audit"
    press(menus, "Save and go on")
    assert "Not possible" in menus.told.value and "Direction: is blank" in menus.told.value
    assert written(project) == []
    menus.menus[-1]["direction"].value = "weakness"
    press(menus, "Save and go on")
    assert "audit" in {row["theme"] for row in written(project)}


def test_a_code_is_taken_away(menus, project):
    to_codes(menus)
    count = len(menus.coding.codes)
    menus.menus[0]["theme"].value = "none"
    press(menus, "Save and go on")
    themes = [row["theme"] for row in written(project)]
    assert themes == ["none"] if count == 1 else len(themes) == count - 1


def test_it_goes_on_where_this_coder_left_off(menus, project):
    press(menus, "Save and go on")
    at = menus.coding.at
    again = code_by_hand("exampleshire", "ann", visit="2014")
    assert again.coding.at == at
    press(again, "Back")
    assert again.coding.at == at - 1
    assert {code["coder"] for code in again.coding.codes} <= {"ann"}


def test_the_report_says_what_was_moved(menus):
    press(menus, "What do my codes move?")
    assert "0 sentences of the report" in menus.told.value


def test_a_name_that_is_taken_is_refused(project):
    with pytest.raises(FindingsError, match="reader-1"):
        code_by_hand("exampleshire", "reader-1")
    with pytest.raises(FindingsError, match="No row"):
        Coding(load("exampleshire"), "ann", theme="audit", visit="2019")
