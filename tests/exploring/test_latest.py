"""Words of the latest visit that judged a theme: those with which its card begins."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis import load
from analysis.data.codebook import load_codebook
from analysis.english import sentence_case
from analysis.exploring.latest import words_at
from analysis.report.tables.cards import cards

BOOK = load_codebook(Path(__file__).parents[2] / "data" / "raw" / "codebook.yml")
CODE = {"authority": "a", "visit": "v", "theme": "audit", "direction": "weakness", "found": "",
        "role": "body", "harm": "", "part": "", "extent": "", "lean": ""}  # fmt: skip
STATUS = {"authority": "a", "visit": "v", "theme": "audit", "status": "weakness",
          "document_findings": "", "resolved_level": ""}  # fmt: skip
LATEST = pd.DataFrame([{"authority": "a", "theme": "audit", "visit": "v"}])


@pytest.fixture
def example(held):
    return load("exampleshire")


def line(statuses, codes):
    status, code = (
        pd.DataFrame([base | row for row in rows])
        for base, rows in ((STATUS, statuses), (CODE, codes))
    )
    return words_at(LATEST, status, code, BOOK).to_list()[0]


@pytest.mark.promise("latest-words")
def test_they_are_those_with_which_the_card_begins(example):
    rows = example.by_theme().set_index("theme")
    told = [card for card in cards(example.results, example.codebook.ids) if card.latest]
    assert told
    for card in told:
        first = card.latest[0]
        said = f"{sentence_case(first.who)}: {first.text}" if first.who else first.text
        assert rows.loc[card.theme, "found"] == said
    titles = example.visits().set_index("visit")
    for row in rows[rows["visit"] != ""].itertuples():
        assert titles.loc[row.visit, "date"] == row.latest_date


def test_a_theme_that_nobody_judged_has_none(example):
    rows = example.subset(start="2019", end="2019").by_theme()
    never = rows[rows["visits_judged"] == 0]
    assert len(never) and set(never["visit"]) == set(never["found"]) == {""}


def test_a_choice_of_direction_leaves_them_as_they_are(example):
    weak = example.subset(direction="weakness").by_theme()
    assert weak["found"].to_list() == example.by_theme()["found"].to_list()


def test_the_surest_group_is_told_and_named_where_there_are_more():
    one = {"cohort": "care-leavers", "confidence": "low", "findings": "d/1"}
    two = {"cohort": "social-workers", "confidence": "high", "findings": "d/2", "status": "mixed"}
    codes = [
        {"finding": "d/1", "cohort": "care-leavers", "summary": "Few know"},
        {
            "finding": "d/2",
            "cohort": "social-workers",
            "summary": "Most know",
            "direction": "mixed",
        },
    ]
    assert line([one, two], codes) == "Social workers: Most know."
    assert line([one], codes) == "Few know."
    whole = {"cohort": "all", "confidence": "high", "findings": "d/2"}
    assert line([one, whole], codes) == "Few know."


def test_what_was_only_asked_for_says_so_and_what_has_no_words_is_blank():
    status = [{"cohort": "not-stated", "confidence": "low", "findings": "d/1"}]
    code = {"finding": "d/1", "cohort": "not-stated"}
    asked = code | {"summary": "Audits of use", "role": "need"}
    assert line(status, [asked]) == "Asked for: Audits of use."
    assert line(status, [code | {"summary": ""}]) == ""
