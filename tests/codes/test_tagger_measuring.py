"""What is measured of the tagger, and what the card says of it."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.codes.tagger.scores import SCORES, read_scores
from analysis.codes.training.card import BEGIN, END, tables, with_tables
from analysis.codes.training.learning import Coded
from analysis.codes.training.measuring import measure
from analysis.codes.training.training import Training

CARD = Path(__file__).parents[2] / "docs" / "tagger.md"
GIVEN = [{"audit": "weakness"}, {"audit": "strength", "plans": "mixed"}, {}, {"plans": "mixed"}]
FOUND = [
    {"audit": ("weakness", 0.95)},
    {"audit": ("weakness", 0.92), "plans": ("mixed", 0.45)},
    {"plans": ("strength", 0.91)},
    {},
]


def held() -> Training:
    findings = pd.DataFrame(
        [(f"d{i // 2}/{i}", f"d{i // 2}", "a", "SIF" if i < 2 else "letter") for i in range(4)],
        columns=["finding", "document", "authority", "period"],
    )
    return Training(Coded(["x"] * 4, GIVEN, findings["document"].tolist()), findings, ())


def test_figures_are_those_counted_by_hand():
    figures = measure(held(), FOUND)

    assert figures["groups"]["all"] | {"n": 4, "documents": 2} == figures["groups"]["all"]
    assert figures["groups"]["all"]["micro_f1"] == 0.75  # 3 right, 1 too many, 1 missed
    assert figures["groups"]["all"]["direction"] == pytest.approx(2 / 3, abs=1e-3)
    assert figures["groups"]["all"]["right_at_0.9"] == pytest.approx(2 / 3, abs=1e-3)
    assert figures["groups"]["SIF"]["micro_f1"] == 1.0
    assert figures["groups"]["letter"]["micro_f1"] == 0.0
    assert "late ILACS" not in figures["groups"]
    assert figures["themes"]["audit"] == {"n": 2, "f1": 1.0, "direction": 0.5}
    assert figures["themes"]["plans"] == {"n": 2, "f1": 0.5, "direction": 1.0}


def test_calibration_sets_scores_beside_what_was_right():
    bins = {row["low"]: row for row in measure(held(), FOUND)["calibration"]}

    assert bins[0.9] == {"low": 0.9, "high": 1.0, "n": 3, "right": 0.667}
    assert bins[0.375] == {"low": 0.375, "high": 0.5, "n": 1, "right": 1.0}
    assert sum(row["n"] for row in bins.values()) == 4


def test_the_card_says_what_was_measured():
    figures = json.loads(SCORES.read_text(encoding="utf-8"))
    card = CARD.read_text(encoding="utf-8")

    assert with_tables(card, figures) == card
    assert len(figures["authorities"]) == 12
    assert len(figures["calibration"]) >= 5


def test_a_card_without_marks_is_refused():
    with pytest.raises(ValueError, match="lacks"):
        with_tables("# Card", {})


def test_tables_hold_every_group_and_theme():
    text = tables(measure(held(), FOUND))

    assert "| audit | 2 | 1.00 | 0.50 |" in text
    assert BEGIN not in text
    assert END not in text


def test_what_was_measured_can_be_read_as_the_report_reads_it():
    assert read_scores().groups.loc["all", "n"] > 3_000
