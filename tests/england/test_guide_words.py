"""What the guide says of words, columns and calls is so."""

from __future__ import annotations

import re
from itertools import groupby

import pandas as pd
import pytest
from matplotlib import pyplot
from shared import ROOT

from analysis import load
from analysis.england.compare import FOUND, UNSEEN
from analysis.england.over_time import inspections
from analysis.england.way_out import OUTCOMES
from analysis.project import ROOT_VARIABLE
from analysis.vocabulary import (
    BECAME_WORDS,
    FRAMEWORKS,
    HARMS,
    HELD,
    INSPECTIONS,
    KINDS,
    NO_LINK,
    RELATIONS,
    ROLES,
    STATUSES,
)

GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", GUIDE, re.S)
WORD = re.compile(r"\| `(\w+)` \| (`[^`]+`|blank) \| (.+) \|")
CLOSED = {
    "kind": KINDS,
    "framework": FRAMEWORKS,
    "held": HELD,
    "status": STATUSES,
    "harm": (*HARMS, ""),
    "role": ROLES,
    "relation": [word for word in RELATIONS if word != NO_LINK],
    "became": BECAME_WORDS,
    "found": (*FOUND, UNSEEN),
    "outcome": OUTCOMES,
}


@pytest.fixture
def here(gathered, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(gathered.root))
    return gathered


def recipe(part, **names):
    """Run the one block of the guide that holds this, and return its names."""
    (block,) = [block for block in BLOCKS if part in block]
    names |= {"load": load}
    exec(block, names)  # noqa: S102 what our own page says
    return names


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


@pytest.mark.promise("share-by-year")
def test_the_share_by_year_is_that_of_the_counts_by_framework(here):
    england = load.england()
    weak = recipe("found weak, of the inspections", england=england)["weak"]
    (axes,) = pyplot.gcf().axes
    assert [bar.get_height() for bar in axes.patches] == weak["share"].to_list()
    pyplot.close("all")
    years = england.theme("supervision").groupby("year")[["weakness", "looked"]].sum()
    assert weak["weak"].to_dict() == years["weakness"].to_dict()
    assert weak["looked"].to_dict() == years["looked"].to_dict()
    assert (weak["share"] == weak["weak"] / weak["looked"]).all()
    assert 0 < weak["weak"].sum() < weak["looked"].sum()


@pytest.mark.promise("side-by-side")
def test_two_stand_side_by_side_with_level_visit_and_words(here):
    names = recipe("swaplevel")
    table, both = names["beside"], names["both"]
    told = ["latest_status", "title", "found"]
    assert list(table.columns) == [(name, word) for name in ("Knowsley", "Leeds") for word in told]
    assert len(table) == len(both.codebook.ids)
    assert both.by_theme().main[:2] == ["name", "theme"]
    statuses = both.statuses(cohort="all", status="strength, mixed, weakness, differs by cohort")
    last = statuses.groupby(["name", "theme"], observed=True)[["status", "title"]].last()
    for (name, theme), row in last.iterrows():
        cells = table.loc[theme, name]
        assert (cells["latest_status"], cells["title"]) == (row["status"], row["title"])
        assert cells["found"].endswith(".")
    assert both.save(table, here.root / "reports", "beside").new


@pytest.mark.promise("latest-each")
def test_latest_of_several_is_the_latest_of_each(here):
    both = load(["knowsley", "leeds"])
    found = both.statuses(visit="latest")
    assert found.groupby("authority")["visit"].nunique().to_dict() == {"knowsley": 1, "leeds": 1}
    for slug, rows in found.groupby("authority"):
        assert set(rows["visit"]) == set(load(slug).statuses(visit="latest")["visit"])


@pytest.mark.promise("links-counted")
def test_one_paragraph_in_five_has_no_address_of_its_own():
    counts = {True: 0, False: 0}
    own = dict(counts)
    for path in sorted((ROOT / "data" / "raw").glob("*/documents.csv")):
        documents = pd.read_csv(path, dtype=str, keep_default_na=False)
        for row in documents.itertuples():
            findings = path.parent / "findings" / f"{row.document}.csv"
            held = len(pd.read_csv(findings, usecols=[0])) if findings.exists() else 0
            counts[row.address != ""] += held
            own[row.address != ""] += held if path.parent.name == "knowsley" else 0
    assert 0.15 < counts[False] / sum(counts.values()) < 0.25
    assert own[False] / sum(own.values()) > 0.5
