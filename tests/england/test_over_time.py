"""England over time: shares, what goes with what, and what held by chance, on composed cases."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.england.over_time import (
    go_together,
    holds,
    inspections,
    new_aspects,
    next_grades,
    shares,
    tell_apart,
)


def rows(found, *, theme="audit", grade="", per=1, framework="ILACS"):
    """Inspections of a0, a1 …, `per` of each, that found so in turn."""
    return pd.DataFrame(
        {
            "authority": [f"a{i // per}" for i in range(len(found))],
            "visit": [f"v{i}" for i in range(len(found))],
            "date": pd.Timestamp("2022-01-01"), "year": 2022, "region": "North",
            "framework": framework, "grade": grade, "theme": theme, "found": found,
        }
    )  # fmt: skip


def test_a_share_has_an_interval_that_holds_it():
    (row,) = shares(rows(["weakness"] * 6 + ["strength"] * 14), ["theme"]).to_dict("records")
    assert (row["inspections"], row["authorities"], row["weak"]) == (20, 20, 6)
    assert row["low"] < row["share"] == 0.3 < row["high"]
    assert row["high"] - row["low"] == pytest.approx(2 * 1.96 * np.sqrt(0.3 * 0.7 / 20), rel=0.15)


def test_inspections_of_one_authority_do_not_count_for_many():
    found = (["weakness"] * 4 + ["strength"] * 4) * 10
    alone = shares(rows(found), ["theme"]).iloc[0]
    clustered = shares(rows(found, per=4), ["theme"]).iloc[0]
    assert clustered["share"] == alone["share"]
    assert clustered["high"] - clustered["low"] > 1.5 * (alone["high"] - alone["low"])


def test_under_ten_authorities_no_share_is_given():
    table = shares(rows(["weakness"] * 30, per=4), ["theme"])
    assert table.loc[0, "authorities"] == 8
    assert table["share"].isna().all()


def test_it_is_put_by_what_is_asked():
    both = pd.concat([rows(["weakness"] * 12), rows(["strength"] * 12, theme="plans")])
    table = shares(both, ["framework", "theme"]).set_index("theme")
    assert table["share"].to_dict() == {"audit": 1.0, "plans": 0.0}


def test_what_second_readers_would_find_stands_beside():
    found = rows(["weakness"] * 20)
    index = pd.MultiIndex.from_frame(found[["visit", "theme"]])
    drawn = pd.DataFrame(np.random.default_rng(1).random((20, 200)) < 0.75, index=index)
    (row,) = shares(found, ["theme"], drawn).to_dict("records")
    assert (row["share"], row["second"]) == (1.0, pytest.approx(0.75, abs=0.02))
    assert 0.4 < row["second_low"] < row["second"] < row["second_high"] < 1


def test_what_was_drawn_for_more_is_taken_for_its_own_rows():
    both = pd.concat([rows(["weakness"] * 12), rows(["strength"] * 12, theme="plans")])
    index = pd.MultiIndex.from_frame(both[["visit", "theme"]])
    drawn = pd.DataFrame([[i < 12] * 200 for i in range(24)], index=index)[::-1]
    table = shares(both[12:], ["theme"], drawn)
    assert (len(table), table.loc[0, "second"]) == (1, 0.0)


def graded(bad, good, theme="audit"):
    worse, better = (
        rows(bad, grade="inadequate", theme=theme),
        rows(good, grade="good", theme=theme),
    )
    return pd.concat([worse, better.assign(authority=better["authority"] + "b",
                                           visit=better["visit"] + "b")])  # fmt: skip


def test_a_theme_that_goes_with_the_grade_holds_and_another_does_not():
    told = graded(["weakness"] * 18 + ["strength"] * 2, ["strength"] * 19 + ["weakness"])
    same = graded(["weakness", "strength"] * 10, ["weakness", "strength"] * 10, theme="plans")
    table = tell_apart(pd.concat([told, same])).set_index("theme")
    assert table.loc["audit", ["weak_worse", "of_worse", "weak_better", "of_better"]].tolist() == [
        18, 20, 1, 20,
    ]  # fmt: skip
    assert table.loc["audit", "difference"] == pytest.approx(0.85)
    assert table["holds"].to_dict() == {"audit": True, "plans": False}


def test_with_fewer_than_ten_of_a_grade_nothing_is_told_apart():
    assert tell_apart(graded(["weakness"] * 9, ["strength"] * 20)).empty


def test_themes_found_weak_together_stand_first():
    found = ["weakness"] * 10 + ["strength"] * 10
    alone = ["weakness", "strength"] * 10
    table = go_together(
        pd.concat([rows(found), rows(found, theme="plans"), rows(alone, theme="health")])
    )
    assert table.loc[0, ["first", "second", "both", "either"]].tolist() == [
        "audit",
        "plans",
        10,
        10,
    ]
    assert table.loc[0, "phi"] == pytest.approx(1)
    assert table["holds"].tolist() == [True, False, False]
    assert go_together(rows(["weakness"] * 9)).empty


def test_what_follows_is_the_next_inspection_with_a_grade():
    visits = pd.concat(
        [
            rows(["weakness"], grade=grade).assign(visit=visit, date=pd.Timestamp(date))
            for visit, date, grade in (
                ("v1", "2014-01-01", "inadequate"), ("v2", "2016-01-01", "inadequate"),
                ("v3", "2019-01-01", "good"),
            )
        ]
    )  # fmt: skip
    table = next_grades(visits)
    assert table[["visit", "next", "next_grade"]].to_numpy().tolist() == [
        ["v1", "v2", "inadequate"], ["v2", "v3", "good"],
    ]  # fmt: skip
    assert table["years"].round(1).tolist() == [2.0, 3.0]
    alone = next_grades(visits[visits["visit"] == "v1"])
    assert alone.loc[0, "next_grade"] == ""
    assert np.isnan(alone.loc[0, "years"])


def test_what_is_new_was_not_asked_before():
    needs = pd.DataFrame(
        [
            ("a", "care", "over-21", 2023), ("b", "care", "over-21", 2024),
            ("a", "care", "offer", 2014), ("a", "care", "offer", 2023),
            ("a", "care", "offer", 2019), ("c", "care", "other", 2024),
            ("c", "care", "advice", 2024),
        ],
        columns=["authority", "theme", "aspect", "year"],
    ).assign(spell=1)  # fmt: skip
    anew = needs.iloc[[0]].assign(authority="d", spell=2)
    table = new_aspects(pd.concat([needs, anew]), (2013, 2017), 2022)
    assert table.to_numpy().tolist() == [
        ["care", "over-21", 0, 2],
        ["care", "advice", 0, 1],
        ["care", "offer", 1, 1],
    ]


def test_of_nothing_nothing_holds():
    assert holds(pd.Series([], dtype=float)).empty
    assert holds(pd.Series([0.05])).tolist() == [True]
    assert holds(pd.Series([0.051])).tolist() == [False]


def test_inspections_are_those_that_looked_with_their_grade():
    statuses = pd.DataFrame(
        {
            "authority": "a", "region": "North", "visit": ["v1", "v2", "v3", "v4", "v5"],
            "date": pd.Timestamp("2022-01-01"), "year": 2022, "theme": "audit", "cohort": "all",
            "kind": ["inspection"] * 4 + ["focused-visit"],
            "framework": ["ILACS", "ILACS", "ILACS", "", "ILACS"],
            "status": ["mixed", "not in scope", "no document", "weakness", "weakness"],
        }
    )  # fmt: skip
    judgements = pd.DataFrame(
        {"visit": ["v1", "v1"], "area": ["overall", "leadership"], "grade": ["good", "inadequate"]}
    )
    (row,) = inspections(statuses, judgements).to_dict("records")
    assert (row["visit"], row["grade"], row["found"]) == ("v1", "good", "both")
    wider = inspections(statuses, judgements, shorter=True)
    kinds = wider[["visit", "kind", "found"]].to_numpy().tolist()
    assert kinds == [["v1", "inspection", "both"], ["v5", "focused-visit", "weakness"]]
    silent = statuses.assign(status="silent")
    assert inspections(silent, judgements, shorter=True)["visit"].tolist() == ["v1", "v2", "v3"]
