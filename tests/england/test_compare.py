"""Beside whom, of how many, and how sure: at the edges."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.england.compare import (
    BESIDE,
    FOUND_LATEST,
    LEAST,
    UNSEEN,
    beside,
    by_year,
    found_latest,
    how_many,
    members,
    wilson,
)
from analysis.errors import UnknownNameError


def authorities(count=14):
    """Authorities a0, a1 …; the first three in the north, the others in the south."""
    return pd.DataFrame(
        {
            "authority": [f"a{i}" for i in range(count)],
            "la_code": [str(100 + i) for i in range(count)],
            "region_code": ["N"] * 3 + ["S"] * (count - 3),
            "statistical_neighbours": ";".join(str(100 + i) for i in range(1, 11)) + ";999",
        }
    )


def inspected(found, framework="ILACS"):
    """One theme at one full inspection of each of a0, a1 …: its status there."""
    names = [f"a{i}" for i in range(len(found))]
    visits = pd.DataFrame(
        {
            "authority": names, "visit": [f"{n}-v" for n in names], "kind": "inspection",
            "framework": framework, "start": "2022-05", "order": 1,
        }
    )  # fmt: skip
    statuses = visits[["authority", "visit"]].assign(theme="audit", cohort="all", status=found)
    return statuses, visits


def set_beside(found):
    latest = latest_of(*inspected(found))
    return beside("a0", latest[latest["authority"] == "a0"], latest, authorities(len(found)))


def latest_of(statuses, visits):
    """Table `latest`: `found_latest` of each authority, one under the other."""
    return pd.concat(
        found_latest(part, visits[visits["authority"] == slug]).assign(authority=slug)
        for slug, part in statuses.groupby("authority")
    )


def test_it_is_beside_others_and_never_itself():
    rows = set_beside(["weakness"] * 3 + ["strength"] * 11).set_index("group")
    BESIDE.validate(rows.reset_index())
    assert rows.loc["england", ["looked", "weakness", "strength"]].tolist() == [13, 2, 11]
    assert rows.loc["neighbours", ["authorities", "looked", "weakness"]].tolist() == [10, 10, 2]
    assert rows.loc["england", "same"] == 2


def test_of_fewer_than_ten_nothing_is_counted():
    rows = set_beside(["weakness"] * 4 + ["not in scope"] + ["strength"] * 9).set_index("group")
    assert rows.loc["neighbours", "looked"] == LEAST - 1
    assert rows.loc["neighbours", ["weakness", "same", "low"]].isna().all()
    assert rows.loc["neighbours", "others"] == ""
    assert rows.loc["england", "looked"] == 12
    assert rows.loc["region", "looked"] == 2


@pytest.mark.parametrize("own", ["silent", "not in scope"])
def test_what_was_not_judged_has_nothing_in_common(own):
    rows = set_beside([own] + ["strength"] * 12).set_index("group")
    assert rows.loc["england", "strength"] == 12
    assert rows.loc["england", ["same", "low", "high"]].isna().all()


def test_both_are_mixed_and_differing_cohorts_and_silence_counts_as_looked():
    statuses = ["mixed", "mixed", "differs by cohort", "silent", "reported, not judged"]
    rows = set_beside(statuses + ["strength"] * 7).set_index("group")
    assert rows.loc["england", ["both", "nothing", "strength", "looked"]].tolist() == [2, 2, 7, 11]


def test_the_latest_inspection_of_which_a_document_is_held_counts():
    statuses, visits = inspected(["weakness"])
    later = visits.assign(visit="a0-later", order=2, start="2024")
    unread = later.assign(visit="a0-unread", order=3)
    short = later.assign(visit="a0-short", order=4, kind="focused-visit")
    said = {"a0-later": "strength", "a0-unread": "no document", "a0-short": "weakness"}
    more = [statuses.assign(visit=v, status=status) for v, status in said.items()]
    made = found_latest(pd.concat([statuses, *more]), pd.concat([visits, later, unread, short]))
    FOUND_LATEST.validate(made)
    assert made[["visit", "found"]].to_numpy().tolist() == [["a0-later", "strength"]]


def test_frameworks_are_never_thrown_together():
    old = inspected(["weakness"] * 13, "SIF")
    statuses, visits = inspected(["strength"])
    statuses, visits = (
        statuses.assign(visit="new"),
        visits.assign(visit="new", order=2, start="2023"),
    )
    latest = latest_of(pd.concat([old[0], statuses]), pd.concat([old[1], visits]))
    rows = beside("a0", latest[latest["authority"] == "a0"], latest, authorities(13))
    assert set(rows["framework"]) == {"ILACS"}
    assert (rows["looked"] == 0).all()


def test_neighbours_that_are_not_held_are_named():
    near, missing = members("a0", "neighbours", authorities())
    assert (near, missing) == ([f"a{i}" for i in range(1, 11)], ["999"])
    assert members("a0", "region", authorities()) == (["a1", "a2"], [])
    with pytest.raises(UnknownNameError, match="neighbours"):
        members("a0", "neighbour", authorities())
    with pytest.raises(UnknownNameError, match="authority"):
        members("b0", "region", authorities())


def test_years_of_a_theme_are_told_apart_by_framework():
    statuses, visits = inspected(["weakness"] * 10 + ["mixed"] + ["not in scope", "no document"])
    frame = statuses.merge(visits, on=["authority", "visit"]).assign(year=2022)
    (row,) = by_year(frame, "audit").to_dict("records")
    assert (row["looked"], row["weakness"], row["both"], row["authorities"]) == (11, 10, 1, 11)
    assert row["low"] == pytest.approx(wilson(10, 11)[0])
    assert by_year(frame[:9], "audit")["low"].isna().all()


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_intervals_are_those_of_the_literature(part, whole, low, high):
    assert wilson(part, whole) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share(counts):
    low, high = wilson(*counts)
    assert 0 <= low <= counts[0] / counts[1] <= high <= 1


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (3, 2), (-1, 2)])
def test_what_is_no_share_is_refused(part, whole):
    with pytest.raises(ValueError, match="no share"):
        wilson(part, whole)


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [(0.1, 0.333, "few"), (0.1, 1 / 3, "some"), (0.5, 0.9, "some"), (0.501, 0.9, "most")],
)
def test_few_and_most_hold_with_the_whole_interval(low, high, word):
    assert how_many(low, high) == word


def test_every_status_is_something_found():
    statuses = ["strength", "mixed", "weakness", "differs by cohort", "reported, not judged",
                "silent", "not in scope"]  # fmt: skip
    assert latest_of(*inspected(statuses))["found"].tolist() == [
        "strength", "both", "weakness", "both", "nothing judged", "nothing judged", UNSEEN,
    ]  # fmt: skip
