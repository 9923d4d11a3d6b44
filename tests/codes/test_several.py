"""Any number of coders, one coder beside the others, and themes that are found together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts import chart
from analysis.codes.agreement.agreement import compare
from analysis.codes.agreement.beside import as_coded_by, side_by_side
from analysis.codes.agreement.several import UNTOLD, compare_several
from analysis.data.authority import AuthorityData
from analysis.errors import FindingsError
from analysis.results.results import analyse
from analysis.results.together import together
from analysis.vocabulary import DIRECTIONS

ALPHA = "theme and direction, Krippendorff's alpha"
PRESENCE = "theme alone, Krippendorff's alpha"


def codes(**coders: list[str]) -> pd.DataFrame:
    """What each coder says of one theme in d/1, d/2 …: `-` absent, `?` unread, blank untold."""
    rows = [
        (f"d/{place}", "none" if said == "-" else "audit", "" if said == "-" else said, coder)
        for coder, values in coders.items()
        for place, said in enumerate(values, start=1)
        if said != "?"
    ]
    return pd.DataFrame(rows, columns=["finding", "theme", "direction", "coder"])


def rows_of(table: pd.DataFrame) -> list[list[object]]:
    return table.to_numpy().tolist()


def value(found, measure: str = ALPHA) -> float:
    return float(found.overall.set_index("measure")["value"][measure])


def test_alpha_is_that_of_krippendorffs_own_example():
    """Krippendorff 2011, section C: four coders, twelve units, some values missing; 0.743."""
    said = {
        "a": "1 2 3 3 2 1 4 1 2 ? ? ?", "b": "1 2 3 3 2 2 4 1 2 5 ? 3",
        "c": "? 3 3 3 2 3 4 2 2 5 1 ?", "d": "1 2 3 3 2 4 4 1 2 5 1 ?",
    }  # fmt: skip
    words = dict(zip("12345", [*DIRECTIONS, "-"], strict=True)) | {"?": "?"}
    table = codes(**{name: [words[x] for x in text.split()] for name, text in said.items()})
    found = compare_several(table, list(said), ["audit"])
    assert value(found) == pytest.approx(0.743, abs=0.001)
    assert found.findings == 11


@given(st.lists(st.tuples(*[st.sampled_from(["-", *DIRECTIONS])] * 2), min_size=2, max_size=30))
def test_of_two_coders_alpha_is_that_of_two(pairs):
    first, second = zip(*pairs, strict=True)
    table = codes(a=list(first), b=list(second))
    two = compare(table, "a", "b", ["audit"]).overall.set_index("measure")["value"]
    found = value(compare_several(table, ["a", "b"], ["audit"]))
    expected = float(two["Krippendorff's alpha, nominal"])
    assert found == pytest.approx(expected, nan_ok=True) or np.isnan(expected)


def test_what_nobody_coded_counts_or_is_left_out():
    table = codes(a=["mixed", "weakness", "-", "-", "-"], b=["mixed", "strength", "-", "-", "-"],
                  c=["mixed", "weakness", "-", "-", "-"])  # fmt: skip
    whole = compare_several(table, ["a", "b", "c"], ["audit", "plans"])
    coded = compare_several(table, ["a", "b", "c"], ["audit", "plans"], coded_only=True)
    assert list(whole.overall["n"]) == [10, 10]
    assert list(coded.overall["n"]) == [2, 2]
    assert value(whole) > value(coded)
    assert whole.themes["theme"].tolist() == ["audit"]
    assert rows_of(whole.differences) == [["d/2", "audit", "weakness", "strength", "weakness"]]


def test_a_blank_direction_is_no_absent_theme():
    table = codes(a=["", "mixed"], b=["-", "mixed"], c=["", "mixed"])
    found = compare_several(table, ["a", "b", "c"], ["audit"])
    assert rows_of(found.differences) == [["d/1", "audit", UNTOLD, "absent", UNTOLD]]
    same = compare_several(codes(a=["", "-"], b=["mixed", "-"]), ["a", "b"], ["audit"])
    assert value(same, PRESENCE) == 1
    assert value(same) < 1


def test_each_two_coders_are_told_and_who_read_nothing_in_common_is_not():
    table = codes(a=["mixed", "?"], b=["mixed", "mixed"], c=["?", "weakness"])
    found = compare_several(table, ["a", "b", "c"], ["audit"])
    assert rows_of(found.pairs[["first", "second", "findings"]]) == [
        ["a", "b", 1], ["b", "c", 1],
    ]  # fmt: skip
    with pytest.raises(FindingsError, match="No finding was coded by two"):
        compare_several(table, ["a", "c"], ["audit"])


@pytest.mark.promise("several-coders")
def test_any_number_of_coders_by_the_command(project, findings, tmp_path):
    out = tmp_path / "apart.csv"
    said = findings("agree", "exampleshire", "--coders", "reader-1,reader-2,check-a", "--out", out)
    assert (said.status, "reader-1, reader-2 and check-a" in said.out) == (0, True)
    heads = out.read_text("utf-8-sig").splitlines()[0]
    assert heads == "finding,theme,reader-1,reader-2,check-a"
    one = findings(
        "agree", "exampleshire", "--coders", "reader-1,reader-2", "--themes", "plans",
        "--documents", "exampleshire-inspection-2014-05-20", "--coded-only",
    )  # fmt: skip
    assert one.status == 0
    assert "Caseloads" not in one.out
    assert findings("agree", "exampleshire", "--coders", "reader-1,ann").status == 2
    assert findings("agree", "exampleshire", "--coders", "reader-1").status == 2
    wrong = findings("agree", "exampleshire", "--coders", "reader-1,reader-2", "--themes", "plan")
    assert (wrong.status, "plans" in wrong.err) == (2, True)


@pytest.mark.parametrize(
    "option", [("--documents", "exampleshire-inspection-2014-05-20"), ("--themes", "plans"),
               ("--coded-only",)]
)  # fmt: skip
def test_what_narrows_goes_with_named_coders(project, findings, option):
    said = findings("agree", "exampleshire", *option)
    assert (said.status, f"{option[0]} goes with --coders" in said.err) == (2, True)


# One coder beside the others


def with_mine(data: AuthorityData) -> AuthorityData:
    mine = data.codes[data.codes["coder"] == "reader-1"].head(3).assign(coder="me")
    mine.loc[mine.index[0], "direction"] = "mixed"
    bob = mine.assign(coder="bob", direction="neutral")
    together_ = pd.concat([data.codes, mine, bob], ignore_index=True)
    return AuthorityData(**(vars(data) | {"codes": together_}))


def test_mine_stands_beside_what_would_count_without_me(data):
    table = side_by_side(with_mine(data), "me")
    assert list(table["mine"]) == ["mixed", "weakness", "weakness"]
    assert list(table["theirs"]) == ["weakness"] * 3
    assert list(table["same"]) == [False, True, True]


def test_an_authority_is_as_i_have_it_and_no_other_user_counts(data):
    found = as_coded_by(with_mine(data), "me")
    results = analyse(found)
    counted = results.coded.groupby("coder")["finding"].nunique()
    assert counted["me"] == 3
    assert "bob" not in counted
    assert results.coded["finding"].nunique() == data.findings["finding"].nunique()


@pytest.mark.parametrize("coder", ["reader-1", "reader-2", "resolved"])
def test_any_coder_can_be_asked_for_whose_codes_else_count_last_or_never(data, coder):
    read = set(data.codes.loc[data.codes["coder"] == coder, "finding"])
    coded = analyse(as_coded_by(with_mine(data), coder)).coded
    assert read and set(coded.loc[coded["finding"].isin(read), "coder"]) == {coder}
    assert not set(coded["coder"]) & {"me", "bob"}


def test_readers_agree_as_far_as_ever_whosever_codes_are_asked_for(data):
    before = data.codes["coder"].value_counts()
    after = as_coded_by(with_mine(data), "me").codes["coder"].value_counts()
    assert after[before.index].equals(before)


# Themes together


def test_themes_that_stand_in_one_finding_are_counted_once_whatever_the_cohort():
    rows = [("d/1", "plans"), ("d/1", "plans"), ("d/1", "audit"), ("d/2", "audit"), ("d/3", "none"),
            ("d/4", "plans"), ("d/4", "audit")]  # fmt: skip
    coded = pd.DataFrame(rows, columns=["finding", "theme"])
    table = together(coded, ["audit", "plans", "caseloads"])
    assert rows_of(table) == [["audit", "plans", 2, 3, 2, pytest.approx(2 / 3)]]


@pytest.mark.parametrize("count", [0, 1])
def test_themes_together_are_drawn_with_words(results, count):
    table = together(results.coded, results.data.codebook.ids)
    pair = table.loc[: count - 1, ["theme", "other"]].to_numpy().ravel()
    drawn = chart("together", results, [*pair] or ["audit"])
    assert f"{count} pair" in drawn.alt
    assert len(drawn.data) == count
    assert (drawn.data["Findings with both"] == table["findings"].head(count)).all()
    assert drawn.svg()
