"""How good the tagger is on authorities it has never seen, with intervals, and by theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from analysis.codebook import Codebook
from analysis.tagger.learning import folds, learn
from analysis.tagger.training import Training

DRAWS: Final = 1_000
SURE: Final = 0.9
"""Scores from which on a code is called sure."""


def held_out_codes(
    training: Training, codebook: Codebook, threshold: float
) -> list[dict[str, tuple[str, float]]]:
    """Tag every paragraph with a model that never saw its authority: theme to direction, score."""
    found: list[dict[str, tuple[str, float]]] = [{} for _ in training.paragraphs]
    for rows, held in folds(training.coded):
        model = learn(training.coded.take(rows), codebook, threshold)
        for tag in model.tag(training.coded.take(held).texts, codebook):
            found[held[tag.finding]][tag.theme] = (tag.direction, tag.score)
    return found


def counts(
    given: Sequence[Mapping[str, str]], found: Sequence[Mapping[str, tuple[str, float]]]
) -> pd.DataFrame:
    """Count hits and misses: a row for each paragraph and theme that either side gave.

    Returns
    -------
    pandas.DataFrame
        `row` (place of the paragraph), `theme`, `right`, `extra`, `missed`, `direction` (right
        too), `sure` (all 0 or 1).
    """
    rows = []
    for i, (gold, own) in enumerate(zip(given, found, strict=True)):
        for theme in sorted(set(gold) | set(own)):
            both = theme in gold and theme in own
            rows.append(
                {
                    "row": i,
                    "theme": theme,
                    "right": int(both),
                    "extra": int(theme not in gold),
                    "missed": int(theme not in own),
                    "direction": int(both and own[theme][0] == gold[theme]),
                    "sure": int(theme in own and own[theme][1] >= SURE),
                }
            )
    return pd.DataFrame(rows)


def scores(table: pd.DataFrame) -> dict[str, float]:
    """Micro-F1, macro-F1, share of right directions, and share of sure codes that are right."""
    by_theme = table.groupby("theme")[["right", "extra", "missed"]].sum()
    sure = table[table["sure"] == 1]
    right = table["right"].sum()
    return {
        "micro-F1": _f1(table[["right", "extra", "missed"]].sum()),
        "macro-F1": float(np.mean([_f1(row) for _, row in by_theme.iterrows()])),
        "direction": float(table["direction"].sum() / max(right, 1)),
        "sure and right": float(sure["right"].mean()) if len(sure) else float("nan"),
    }


def _f1(sums: pd.Series) -> float:
    whole = 2 * sums["right"] + sums["extra"] + sums["missed"]
    return float(2 * sums["right"] / whole) if whole else 1.0


def intervals(table: pd.DataFrame, documents: Iterable[str]) -> dict[str, tuple[float, float]]:
    """95 % intervals of the scores, drawing whole documents with replacement."""
    names = np.array(list(documents))
    owner = names[table["row"].to_numpy()]
    parts = {name: table[owner == name] for name in dict.fromkeys(names)}
    sums = {
        name: part[["right", "extra", "missed", "direction"]].sum().to_numpy(dtype=float)
        for name, part in parts.items()
    }
    stack = np.array(list(sums.values()))
    random = np.random.default_rng(0)
    drawn = random.integers(0, len(stack), (DRAWS, len(stack)))
    totals = stack[drawn].sum(axis=1)
    f1 = 2 * totals[:, 0] / (2 * totals[:, 0] + totals[:, 1] + totals[:, 2])
    direction = totals[:, 3] / totals[:, 0]
    return {
        "micro-F1": tuple(np.quantile(f1, (0.025, 0.975))),
        "direction": tuple(np.quantile(direction, (0.025, 0.975))),
    }
