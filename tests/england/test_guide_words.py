"""What the guide says of words, columns and calls is so."""

from __future__ import annotations

import re
from itertools import groupby

import pandas as pd
import pytest
from shared import ROOT

from analysis.england.compare import FOUND, UNSEEN
from analysis.england.over_time import inspections
from analysis.england.way_out import OUTCOMES
from analysis.vocabulary import (
    BECAME_WORDS,
    FRAMEWORKS,
    HARMS,
    HELD,
    INSPECTIONS,
    KINDS,
    ROLES,
    STATUSES,
)

GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8")
WORD = re.compile(r"\| `(\w+)` \| (`[^`]+`|blank) \| (.+) \|")
CLOSED = {
    "kind": KINDS,
    "framework": FRAMEWORKS,
    "held": HELD,
    "status": STATUSES,
    "harm": (*HARMS, ""),
    "role": ROLES,
    "became": BECAME_WORDS,
    "found": (*FOUND, UNSEEN),
    "outcome": OUTCOMES,
}


@pytest.mark.promise("closed-lists")
def test_the_guide_has_every_word_of_the_closed_lists_in_their_order():
    _, _, part = GUIDE.partition("### The words of closed lists")
    rows = WORD.findall(part.partition("\n### ")[0])
    told = {
        column: ["" if word == "blank" else word.strip("`") for _, word, _ in group]
        for column, group in groupby(rows, key=lambda row: row[0])
    }
    assert told == {column: list(words) for column, words in CLOSED.items()}
    assert all(meaning.strip() for _, _, meaning in rows)


def test_only_visits_of_2013_are_full_inspections_without_framework_that_say_something():
    read: list[pd.DataFrame] = []
    for path in sorted((ROOT / "data" / "raw").glob("*/visits.csv")):
        visits = pd.read_csv(path, dtype=str, keep_default_na=False)
        documents = pd.read_csv(path.parent / "documents.csv", dtype=str, keep_default_na=False)
        held = set(documents.loc[documents["source"] == "primary", "visit"])
        kept = visits["kind"].isin(INSPECTIONS) & (visits["framework"] == "")
        read.append(visits[kept & visits["visit"].isin(held)])
    rows = pd.concat(read)
    assert 0 < len(rows) < 10
    assert set(rows["start"].str[:4]) == {"2013"}
    assert not rows["areas"].str.contains("protection").any()


@pytest.mark.promise("full-inspections")
def test_they_are_left_out_of_inspections():
    rows = [
        {"authority": "a", "region": "North", "visit": f"{kind}-{framework}", "kind": kind,
         "framework": framework, "year": 2013, "date": pd.Timestamp("2013-10-01"),
         "theme": "audit", "cohort": "all", "status": "weakness"}
        for kind in KINDS for framework in ("SIF", "")
    ]  # fmt: skip
    grades = pd.DataFrame({"area": ["overall"], "visit": ["inspection-SIF"], "grade": ["good"]})
    kept = inspections(pd.DataFrame(rows), grades)
    assert kept["visit"].to_list() == ["inspection-SIF", "re-inspection-SIF"]
