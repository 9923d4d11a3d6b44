"""Agreement against values worked out by hand or published."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from builders import BOOK, authority, coded, links, says, visit, visits
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, f1_score

from analysis.agreement import (
    _f1,
    _kappa,
    alpha_nominal,
    compare,
    consequences,
    link_agreement,
    wide,
)

THEMES = ("audit", "plans")


def given_codes(**coders: str) -> pd.DataFrame:
    """Codes from text: `a="audit:S plans:W|-"` is finding 1 with two themes, 2 with none."""
    full = {"S": "strength", "W": "weakness", "M": "mixed"}
    rows = []
    for coder, text in coders.items():
        for number, finding in enumerate(text.split("|"), start=1):
            for code in finding.split():
                theme, _, direction = code.partition(":")
                theme = theme.replace("-", "none")
                rows.append((f"d/{number}", coder, theme, full.get(direction, "")))
    return pd.DataFrame(rows, columns=["finding", "coder", "theme", "direction"])


def value(overall: pd.DataFrame, measure: str) -> float:
    return float(overall.set_index("measure").loc[measure, "value"])


def test_alpha_of_krippendorff_s_binary_example():
    """Two observers, ten units, values 0 and 1 (Krippendorff 2011, Computing alpha, section A)."""
    a, b = (pd.Series(list(text)) for text in ("0100000010", "1110010000"))
    assert alpha_nominal(a, b) == pytest.approx(0.095, abs=0.0005)


def test_alpha_of_krippendorff_s_nominal_example():
    """Two observers, twelve units, values a to e (Krippendorff 2011, section B)."""
    a, b = (pd.Series(list(text)) for text in ("aabbdcccedda", "babbbccceddd"))
    assert alpha_nominal(a, b) == pytest.approx(0.692, abs=0.0005)


def test_alpha_at_its_ends():
    a = pd.Series(list("aabb"))
    assert alpha_nominal(a, a) == 1
    assert alpha_nominal(a, pd.Series(list("bbaa"))) < 0
    assert math.isnan(alpha_nominal(pd.Series(list("aa")), pd.Series(list("aa"))))


CODES = given_codes(
    a="audit:S|audit:W|audit:S plans:W|-|-|plans:S",
    b="audit:S|audit:S|-|-|audit:W|plans:S",
)
"""audit: both at 1 and 2, a alone at 3, b alone at 5, neither at 4 and 6."""


def test_kappa_f1_and_direction_of_a_theme():
    audit = compare(CODES, "a", "b", THEMES).themes.set_index("theme").loc["audit"]
    assert audit[["n_first", "n_second", "both"]].tolist() == [3, 3, 2]
    # observed 4/6, chance 1/2 * 1/2 + 1/2 * 1/2
    assert audit["kappa"] == pytest.approx((4 / 6 - 1 / 2) / (1 - 1 / 2))
    assert audit["f1"] == pytest.approx(2 * 2 / (3 + 3))
    assert audit["direction"] == pytest.approx(1 / 2)


def test_measures_over_all_themes():
    found = compare(CODES, "a", "b", THEMES)
    assert found.findings == 6
    # audit: 2 both, 3 and 3; plans: 1 both, 2 and 1
    assert value(found.overall, "themes, micro-averaged F1") == pytest.approx(2 * 3 / (5 + 4))
    assert value(found.overall, "themes, macro-averaged F1") == pytest.approx((2 / 3 + 2 / 3) / 2)
    assert value(found.overall, "direction, share equal") == pytest.approx(2 / 3)
    assert found.overall["n"].tolist() == [6, 2, 2, 3, 12]
    # twelve units; absent 15 of 24, strength 6, weakness 3; 4 differ
    chance = 1 - (24**2 - (15**2 + 6**2 + 3**2)) / (24 * 23)
    alpha = (8 / 12 - chance) / (1 - chance)
    assert value(found.overall, "Krippendorff's alpha, nominal") == pytest.approx(alpha)


def test_only_what_both_read_is_compared():
    codes = given_codes(a="audit:S|audit:S|audit:S", b="audit:S")
    found = compare(codes, "a", "b", THEMES)
    assert (found.findings, found.themes["n_first"].tolist()) == (1, [1])


def test_none_counts_as_read():
    found = compare(given_codes(a="audit:S|-", b="-|-"), "a", "b", THEMES)
    assert found.findings == 2
    assert value(found.overall, "themes, micro-averaged F1") == 0


def test_themes_that_neither_gave_are_left_out():
    assert compare(given_codes(a="audit:S", b="audit:S"), "a", "b", THEMES).themes[
        "theme"
    ].tolist() == ["audit"]


def test_two_coders_who_gave_no_theme_leave_the_measures_missing():
    found = compare(given_codes(a="-|-", b="-|-"), "a", "b", THEMES)
    assert found.themes.empty
    assert "theme" in found.themes
    assert found.overall["n"].tolist() == [0, 0, 0, 0, 4]


def test_cohorts_that_differ_in_direction_are_mixed():
    codes = given_codes(a="audit:S audit:W plans:S plans:S")
    table = wide(codes, pd.Index(["d/1"]), list(THEMES))
    assert table.loc["d/1"].tolist() == ["mixed", "strength"]


def test_consequences_compare_statuses_and_changes_on_what_both_read():
    of = visits(visit("a"), visit("b"))

    def code(place, direction, coder, **more):
        return says(place, direction, coder=coder, finding=f"{place}-letter/1", **more)

    rows = [
        code("a", "weakness", "reader-1"), code("b", "strength", "reader-1"),
        code("a", "weakness", "reader-2"), code("b", "mixed", "reader-2"),
        code("b", "mixed", "reader-2", theme="plans"),
        says("b", "weakness", coder="reader-1", finding="b-letter/2"),  # not read by the other
    ]  # fmt: skip
    found = consequences(authority(of, coded(*rows)), "reader-1", "reader-2")
    assert found[["value", "n"]].to_numpy().tolist() == [[1 / 2, 2], [2 / 3, 3], [0, 1]]


def test_links_by_hand():
    made = links(
        ("n", "d/1", "raised", "coder", "a"), ("n", "d/2", "met", "coder", "a"),
        ("n", "d/3", "raised", "coder", "a"), ("n", "d/1", "raised", "coder", "b"),
        ("n", "d/2", "raised", "inspectors", "b"), ("n", "d/9", "raised", "program", "b"),
    )  # fmt: skip
    found = link_agreement(made, "a", "b")
    assert found[["value", "n"]].to_numpy().tolist() == [[2 * 2 / (3 + 2), 3], [1 / 2, 2]]
    assert link_agreement(made, "a", "nobody").empty


def test_the_codebook_of_the_builders_has_the_themes_used_here():
    assert set(THEMES) <= set(BOOK.ids)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30))
def test_f1_and_kappa_are_those_of_scikit_learn(pairs):
    a, b = (np.array(side, dtype=bool) for side in zip(*pairs, strict=True))
    assert _f1(a, b) == pytest.approx(f1_score(a, b, zero_division=0.0))
    if len({*a, *b}) == 2:
        assert _kappa(a, b) == pytest.approx(cohen_kappa_score(a, b))
    else:
        assert np.isnan(_kappa(a, b))
