"""Whose work or lives a code is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.codes.tagger.cohorts import (
    ADVISERS,
    GROUPS,
    HELP,
    IN_CARE,
    LEAVERS,
    MANAGERS,
    NOT_STATED,
    SOCIAL_WORKERS,
    WHOLE_SERVICE_THEMES,
    WORKERS_THEMES,
    Place,
    cohort_of,
    met_in,
)
from analysis.data.codebook import load_codebook
from analysis.vocabulary import AREAS, COHORTS

BOOK = load_codebook(Path(__file__).parents[2] / "data" / "raw" / "codebook.yml")


def told(text: str, theme: str, area: str = "", evidence: str = "") -> str:
    """The cohort of a code whose evidence is the whole text, or the words given."""
    start = text.index(evidence) if evidence else 0
    end = start + len(evidence or text)
    return cohort_of(text, start, end, BOOK.theme(theme), Place(area))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Social workers have too many cases.", SOCIAL_WORKERS),
        ("Newly qualified staff are protected.", SOCIAL_WORKERS),
        ("Personal advisers have too many cases.", ADVISERS),
        ("PAs have too many cases.", ADVISERS),
        ("Spans of control are wide.", MANAGERS),
        ("Managers have too much to do.", MANAGERS),
        ("Managers see that social workers have time.", SOCIAL_WORKERS),
        ("Social workers and personal advisers are busy.", NOT_STATED),
        ("Staff are busy.", NOT_STATED),
        ("Past work is heavy.", NOT_STATED),
        ("Children in care see busy staff.", NOT_STATED),
    ],
)
def test_codes_on_the_workforce_are_about_the_workers_named(text: str, expected: str) -> None:
    assert told(text, "caseloads") == expected


def test_a_place_tells_nothing_of_workers() -> None:
    assert told("Staff are busy.", "caseloads", "care-leavers") == NOT_STATED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Children in need are seen.", HELP),
        ("CHILDREN IN NEED are seen.", HELP),
        ("Children in need of help or protection are seen.", HELP),
        ("Child protection visits are late.", HELP),
        ("Children in care are seen.", IN_CARE),
        ("Children looked after are seen.", IN_CARE),
        ("Looked-after children are seen.", IN_CARE),
        ("Those who live with foster carers are seen.", IN_CARE),
        ("Care leavers are seen.", LEAVERS),
        ("Care-experienced young people are seen.", LEAVERS),
        ("Children in care and care leavers are seen.", NOT_STATED),
        ("Children are seen.", NOT_STATED),
        ("Visits are made in careful ways.", NOT_STATED),
        ("Child protection chairs visit.", NOT_STATED),
    ],
)
def test_other_codes_are_about_the_children_named(text: str, expected: str) -> None:
    assert told(text, "visits-direct-work") == expected


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("front-door", HELP),
        ("help-and-protection", HELP),
        ("adoption", IN_CARE),
        ("children-in-care-and-care-leavers", IN_CARE),
        ("care-leavers", LEAVERS),
        ("leadership", NOT_STATED),
        ("safeguarding-board", NOT_STATED),
        ("overall", NOT_STATED),
        ("", NOT_STATED),
    ],
)
def test_where_nobody_is_named_the_place_tells(area: str, expected: str) -> None:
    assert told("They are seen often.", "visits-direct-work", area) == expected


def test_every_area_gives_a_cohort() -> None:
    assert {Place(area).cohort for area in AREAS} == {*GROUPS, NOT_STATED}
    assert set(COHORTS) >= {Place(area).cohort for area in AREAS}


def test_words_of_the_evidence_come_before_the_place() -> None:
    assert told("Care leavers are seen.", "visits-direct-work", "front-door") == LEAVERS


def test_of_two_groups_named_the_place_chooses_one() -> None:
    text = "Children in care and care leavers are seen."
    assert told(text, "visits-direct-work", "care-leavers") == LEAVERS
    assert told(text, "visits-direct-work", "front-door") == NOT_STATED


def test_the_rest_of_the_finding_tells_only_where_the_place_is_not_known() -> None:
    text = "Visits are late. Care leavers say so."
    assert told(text, "visits-direct-work", evidence="Visits are late.") == LEAVERS
    assert told(text, "visits-direct-work", "overall", evidence="Visits are late.") == NOT_STATED


@pytest.mark.parametrize(
    ("theme", "expected"),
    [
        ("pathway-plans", LEAVERS),
        ("permanence", IN_CARE),
        ("placements", IN_CARE),
        ("front-door", HELP),
        ("private-fostering", HELP),
    ],
)
def test_themes_met_with_one_group_are_about_it_whatever_stands_there(
    theme: str, expected: str
) -> None:
    assert met_in(BOOK.theme(theme)) == (expected,)
    assert told("Care leavers and children in need.", theme, "leadership") == expected


@pytest.mark.parametrize("theme", sorted(WHOLE_SERVICE_THEMES))
def test_leaders_are_judged_on_the_whole_service_unless_a_group_is_named(theme: str) -> None:
    assert told("Leaders know much.", theme, "front-door") == NOT_STATED
    assert told("Leaders know care leavers well.", theme, "front-door") == LEAVERS


def test_the_themes_named_in_the_rules_are_in_the_codebook() -> None:
    assert set(BOOK.ids) >= WORKERS_THEMES | WHOLE_SERVICE_THEMES
