"""Agreement against values worked out by hand or published."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import BOOK, authority, coded, links, says, visit, visits

from analysis.codes.agreement.agreement import compare, wide
from analysis.results.agreement import both_read, consequences, link_agreement

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


@pytest.mark.promise("only-both-read")
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


def test_the_confusion_counts_every_finding_and_theme():
    found = compare(CODES, "a", "b", THEMES).confusion
    assert found.to_numpy().sum() == 6 * len(THEMES)
    assert found.loc["strength", "strength"] == 2
    assert found.loc["weakness", "strength"] == 1
    assert found.loc[["strength", "weakness"], "absent"].tolist() == [1, 1]
    assert found.loc["absent", "weakness"] == 1
    assert (found.index.name, found.columns.name) == ("a", "b")


def test_every_disagreement_is_listed_with_its_kind():
    found = compare(CODES, "a", "b", THEMES)
    assert found.differences.to_numpy().tolist() == [
        ["d/2", "audit", "direction", "weakness", "strength"],
        ["d/3", "audit", "only first", "strength", "absent"],
        ["d/3", "plans", "only first", "weakness", "absent"],
        ["d/5", "audit", "only second", "absent", "weakness"],
    ]
    assert len(found.pairs) - len(found.differences) == 2


@pytest.mark.promise("documents-drawn")
def test_documents_are_drawn_where_there_are_several_and_else_findings():
    few = compare(CODES, "a", "b", THEMES)
    assert (few.drawn, few.units) == ("findings", 6)

    codes = pd.concat([CODES.assign(finding=f"{d}/" + CODES["finding"].str[2:]) for d in "vwxyz"])
    many = compare(codes, "a", "b", THEMES)
    assert (many.drawn, many.units) == ("documents", 5)
    # every document is alike, so whichever are drawn, the measures stay as they are
    assert many.overall["low"].tolist() == pytest.approx(many.overall["value"].tolist(), abs=1e-9)
    assert few.overall["low"].iloc[0] < few.overall["value"].iloc[0]


def test_documents_that_are_named_count_as_they_are_named():
    place = pd.Series({f"d/{n}": f"letter-{n}" for n in range(1, 7)})
    found = compare(CODES, "a", "b", THEMES, place)
    assert (found.drawn, found.units) == ("documents", 6)


def test_every_measure_lies_in_its_interval():
    found = compare(CODES, "a", "b", THEMES)
    for name in ("f1", "kappa", "alpha", "direction"):
        known = found.themes[found.themes[name].notna()]
        assert (known[f"{name}_low"] <= known[name] + 1e-9).all()
        assert (known[name] <= known[f"{name}_high"] + 1e-9).all()
    assert (found.overall["low"] <= found.overall["value"]).all()


def test_themes_nobody_gave_make_alpha_higher_and_are_counted():
    more = compare(CODES, "a", "b", (*THEMES, "pathway-plans"))
    assert more.overall["n"].tolist()[-1] == 18
    chance = 1 - (36**2 - (27**2 + 6**2 + 3**2)) / (36 * 35)
    alpha = (14 / 18 - chance) / (1 - chance)
    assert value(more.overall, "Krippendorff's alpha, nominal") == pytest.approx(alpha)


@pytest.mark.promise("cohorts-mixed")
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


def test_what_two_readers_gave_stands_side_by_side():
    def code(number, direction, coder, **more):
        return says("a", direction, coder=coder, finding=f"a-letter/{number}", **more)

    rows = [
        code(1, "weakness", "reader-1"), code(1, "mixed", "reader-2"),
        code(1, "strength", "reader-2", theme="plans"),
        code(2, "strength", "reader-1"), code(2, "weakness", "reader-1", cohort="care-leavers"),
        code(2, "", "reader-2", theme="none"),
        code(3, "", "reader-1", theme="none"), code(3, "", "reader-2", theme="none"),
        code(4, "weakness", "reader-1"),  # not read by the other
        code(5, "neutral", "reader-1"), code(5, "strength", "reader-1", cohort="care-leavers"),
        code(5, "neutral", "reader-2"),
    ]  # fmt: skip
    table = both_read(authority(visits(visit("a")), coded(*rows)), "reader-1", "reader-2")
    assert table.drop(columns="visit").to_numpy().tolist() == [
        ["a-letter/1", "audit", "weakness", "mixed"], ["a-letter/1", "plans", "", "strength"],
        ["a-letter/2", "audit", "mixed", ""], ["a-letter/3", "none", "", ""],
        ["a-letter/5", "audit", "strength", "neutral"],
    ]  # fmt: skip
    assert both_read(authority(visits(visit("a")), coded(*rows)), "reader-1", "nobody").empty


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


def test_coders_who_read_nothing_in_common_are_not_compared():
    codes = given_codes(a="audit:S").replace({"finding": {"d/1": "d/9"}})
    found = compare(pd.concat([codes, given_codes(b="audit:S")]), "a", "b", THEMES)
    assert (found.findings, len(found.themes)) == (0, 0)
    assert found.overall["value"].isna().all()
