"""How what the tagger tells is compared with what readers coded."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from told_quality import by_value, effect, pairs, shares

from analysis.data.authority import AuthorityData
from analysis.data.schemas import CODES
from analysis.errors import FindingsError

SAID = {
    "a": "Social workers receive regular supervision.",
    "b": "Supervision of social workers has improved. It remains late for some.",
    "c": "Most personal advisers say that supervision is poor.",
}


@pytest.fixture
def held(data: AuthorityData) -> AuthorityData:
    """The invented authority, three of whose findings speak of supervision."""
    names = data.findings["finding"].head(3)
    words = dict(zip(names, SAID.values(), strict=True))
    findings = data.findings.assign(words=data.findings["finding"].map(words).fillna(""))
    codes = pd.DataFrame(
        {"finding": names, "theme": "supervision", "cohort": "social-workers",
         "direction": ["strength", "mixed", "weakness"], "basis": "level",
         "change_said": ["", "improved", ""], "since": ["", "unknown", ""], "coder": "reader-1"}
    )  # fmt: skip
    codes = codes.reindex(columns=[*CODES.columns, "coder"], fill_value="")
    return replace(data, findings=findings, codes=codes)


def test_codes_of_both_stand_side_by_side(held: AuthorityData) -> None:
    table = pairs(held)
    assert table["cohort_tagger"].tolist() == [
        "social-workers", "social-workers", "personal-advisers",
    ]  # fmt: skip
    assert table["change_said_tagger"].tolist() == ["", "improved", ""]
    assert table["extent_tagger"].tolist()[-1] == "most"


def test_shares_are_of_the_codes_that_both_gave(held: AuthorityData) -> None:
    row = shares(pairs(held)).set_index("measure").loc["cohort equal"]
    assert row["value"] == pytest.approx(2 / 3)
    assert row["n"] == 3
    assert row["low"] <= row["value"] <= row["high"]


def test_each_value_has_precision_and_recall(held: AuthorityData) -> None:
    table = by_value(pairs(held), "cohort").set_index("value")
    assert table.loc["social-workers", "precision"] == 1
    assert table.loc["social-workers", "recall"] == pytest.approx(2 / 3)
    assert table.loc["personal-advisers", "precision"] == 0
    assert pd.isna(table.loc["personal-advisers", "recall"])


def test_the_effect_on_statuses_is_on_cells_of_the_same_cohort(held: AuthorityData) -> None:
    counted = "statuses, cells judged by both of those judged by either"
    told = effect(held).set_index("measure").loc[counted, "value"]
    untold = effect(held, told=False).set_index("measure").loc[counted, "value"]
    assert told > untold == 0


def test_without_words_nothing_can_be_compared(data: AuthorityData) -> None:
    with pytest.raises(FindingsError, match="findings add exampleshire"):
        pairs(replace(data, findings=data.findings.assign(words="")))
