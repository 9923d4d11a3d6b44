"""Questions to all authorities: names as people type them, answers as the tables have them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pandas as pd
import pytest

from analysis import load
from analysis.england.compare import FOUND, GROUPS, members
from analysis.england.ledger import COUNTED
from analysis.england.state import SQLITE
from analysis.england.way_out import OUT, STILL
from analysis.errors import FindingsError, UnknownNameError
from analysis.project import ROOT_VARIABLE

IN_SQL = """
SELECT count(*) FILTER (WHERE s.status = 'weakness'),
  count(*) FILTER (WHERE s.status IN ('mixed', 'differs by cohort')),
  count(*) FILTER (WHERE s.status = 'strength'),
  count(*) FILTER (WHERE s.status IN ('silent', 'reported, not judged'))
FROM statuses s JOIN visits v USING (visit) WHERE s.theme = ? AND s.cohort = 'all'
  AND v.visit = (
    SELECT w.visit FROM visits w WHERE w.authority = v.authority AND w.framework = ?
      AND w.kind IN ('inspection', 're-inspection') AND EXISTS (
        SELECT 1 FROM statuses t WHERE t.visit = w.visit AND t.status <> 'no document')
    ORDER BY w."order" DESC LIMIT 1)
  AND s.status <> 'not in scope' AND v.authority IN ({})
"""


@pytest.fixture
def here(gathered, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(gathered.root))
    monkeypatch.chdir(gathered.root)
    return gathered


@pytest.fixture
def england(here):
    return load.england()


@pytest.mark.promise("beside-by-sql")
@pytest.mark.parametrize("group", GROUPS)
def test_who_looked_is_what_sql_says(here, england, group):
    slugs, _missing = members("knowsley", group, england.authorities().rename(
        columns={"region": "region_name"}))  # fmt: skip
    rows = load("knowsley").compare(group)
    assert len(rows) == len(england.codebook.ids)
    with closing(sqlite3.connect(here.england / SQLITE)) as base:
        for row in rows.to_dict("records"):
            marks = ", ".join("?" * len(slugs))
            asked = (row["theme"], row["framework"], *slugs)
            (counts,) = base.execute(IN_SQL.format(marks), asked).fetchall()
            assert row["looked"] == sum(counts), row["theme"]
            assert len(counts) == len(FOUND)


def test_several_are_set_beside_others_as_each_is_by_itself(here):
    several = load(["knowsley", "leeds"]).compare("region", theme="supervision, caseloads")
    assert list(several["authority"].unique()) == ["knowsley", "leeds"]
    for slug, rows in several.groupby("authority", observed=True):
        own = load(slug).compare("region", theme="supervision, caseloads")
        assert rows[list(own.columns)].reset_index(drop=True).equals(pd.DataFrame(own))


def test_names_are_taken_as_reports_show_them(england):
    aspect = england.codebook.theme("supervision").aspects
    (name,) = [name for id_, name in aspect.items() if id_ == "quality"]
    rows = england.needs(aspect=name)
    assert len(rows) == len(england.needs(theme="Supervision", aspect="quality")) > 0
    assert len(england.needs(aspect="quality, frequency")) > len(rows)
    by_name = england.followed(cohort="Social workers")
    assert len(by_name) == len(england.followed(cohort="social-workers")) > 0


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda e: e.theme("supervison"), "'supervision'"),
        (lambda e: e.theme("workforce"), "one theme"),
        (lambda e: e.theme(""), "one theme"),
        (lambda e: e.authorities(path="better and stayed"), "better and stayed so"),
        (lambda e: e.needs(aspect="qualty"), "'quality'"),
        (lambda e: e.followed(cohort="care leaver"), "'care-leavers'"),
        (lambda e: e.visits(aspect="quality"), "no aspect"),
        (lambda e: e.way_out(authority="knowsly"), "'knowsley'"),
        (lambda e: e.ledger(by=["grades"]), "'grade'"),
        (lambda e: e.ledger(region="London"), "narrowing"),
        (lambda _e: load("knowsley").compare("neighbour"), "'neighbours'"),
        (lambda _e: load("knowsley").compare("region", theme="x"), "theme"),
        (lambda e: e.compare("neighbour"), "'neighbours'"),
    ],
)
def test_a_wrong_name_meets_the_nearest(england, ask, said):
    with pytest.raises(FindingsError, match=said):
        ask(england)
    assert issubclass(UnknownNameError, FindingsError)


def test_a_path_is_that_of_the_theme_over_all_cohorts(england):
    rows = england.authorities(path="better and stayed so, worse")
    paths = england.paths()
    every = paths[
        (paths["cohort"] == "all") & paths["path"].isin(["better and stayed so", "worse"])
    ]
    assert len(rows) == len(every) > 0
    assert rows["inspections"].to_list() == every["inspections"].to_list()
    assert (rows["inspections"] > 1).all() and rows["latest_date"].notna().all()
    assert len(england.authorities()) == 3


def test_who_found_a_way_out_is_who_followed_says(england):
    out, every = england.way_out(), england.followed()
    assert len(out) == (every["had"] & (every["outcome"] == OUT)).sum() > 0
    assert (out["before_date"] < out["after_date"]).all()
    assert (out["before"] != "").all()
    assert (out["after_link"] != "").all()
    assert out["after_date"].is_monotonic_decreasing


def test_of_an_authority_only_what_it_still_has(england):
    rows = england.way_out(authority="Knowsley")
    own = england.followed()
    own = own[(own["authority"] == "knowsley") & own["outcome"].isin(STILL)]
    kept = set(own[["theme", "cohort", "aspect"]].itertuples(index=False, name=None))
    assert set(rows[["theme", "cohort", "aspect"]].itertuples(index=False, name=None)) <= kept
    assert "knowsley" not in set(rows["authority"])


def test_needs_are_counted_over_those_that_are_looked_at(here, england):
    every = england.ledger()
    assert list(every.columns) == ["theme", "cohort", "aspect", *COUNTED.columns]
    assert every["needs"].sum() == len(england.needs())
    one = load(["leeds"]).ledger()
    assert (one["authorities"] == 1).all()
    assert one["half_by"].isna().all()
