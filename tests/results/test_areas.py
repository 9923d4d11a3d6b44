"""What inspectors say of whole areas: who counts, and in which order it stands."""

from __future__ import annotations

import pandas as pd
from builders import authority, coded, says, statements, visit, visits

from analysis.results.areas import area_statements

OF = visits(visit("a"), visit("b"), visit("c", held="secondary"))
SAID = statements(
    ("b", "care-leavers", "", "improved", "a"),
    ("a", "care-leavers", "weakness", "", ""),
)


def areas(table, **more):
    return area_statements(authority(OF, coded(says("a", "weakness")), areas=table), **more)


def test_they_stand_in_the_order_of_the_visits():
    assert areas(SAID)["visit"].tolist() == ["a", "b"]


def test_one_coder_counts_for_each_finding_and_the_second_reader_never():
    resolved = SAID.assign(coder="resolved", level="mixed", change_said="", since="").iloc[:1]
    second = SAID.assign(coder="reader-2", finding="a-letter/9").iloc[1:]
    found = areas(pd.concat([SAID, resolved, second], ignore_index=True))
    assert found[["visit", "level", "coder"]].to_numpy().tolist() == [
        ["a", "weakness", "reader-1"],
        ["b", "mixed", "resolved"],
    ]


def test_secondary_sources_speak_only_if_asked():
    press = SAID.iloc[:1].assign(visit="c", source="secondary", finding="c-press/1")
    assert areas(press).empty
    assert areas(press, include_secondary=True)["visit"].tolist() == ["c"]
