"""How good the tagger is on authorities it has never seen, with intervals, and by theme.

`measure` gives everything that `scores.json` holds, and `card` writes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from analysis.codes.tagger.model import Model
from analysis.codes.training.training import PERIODS, Training
from analysis.data.codebook import Codebook

Found = Sequence[Mapping[str, tuple[str, float]]]
"""What was found in each paragraph: theme to direction and score."""

DRAWS: Final = 1_000
SURE: Final = 0.9
"""Scores from which on a code is called sure."""


BINS: Final = (0.375, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Edges between which scores are compared with the share that is right."""


def tagged(held: Training, model: Model, codebook: Codebook) -> list[dict[str, tuple[str, float]]]:
    """Tag what was held back from a model: theme to direction and score, for each paragraph."""
    found: list[dict[str, tuple[str, float]]] = [{} for _ in held.coded.texts]
    for tag in model.tag(held.coded.texts, codebook):
        found[tag.finding][tag.theme] = (tag.direction, tag.score)
    return found


def measure(held: Training, found: Found) -> dict[str, Any]:
    """Everything that is said of how good the tagger is.

    Parameters
    ----------
    held
        Findings of authorities that the model did not learn from.
    found
        As `tagged` gives it.

    Returns
    -------
    dict
        As `analysis.codes.tagger.scores.Scores` says, ready for JSON, with the authorities.
    """
    periods = held.findings["period"]
    groups = {period: np.nonzero(periods == period)[0] for period in PERIODS}
    groups |= {"all": np.arange(len(periods))}
    every = counts(held.coded.codes, found)
    return {
        "authorities": sorted(held.findings["authority"].unique()),
        "groups": {name: _group(held, found, rows) for name, rows in groups.items() if len(rows)},
        "themes": {
            str(theme): _theme(own)
            for theme, own in every.groupby("theme")
            if (1 - own["extra"]).sum()
        },
        "calibration": _calibration(held, found),
    }


def _pick(held: Training, found: Found, rows: np.ndarray) -> pd.DataFrame:
    return counts([held.coded.codes[i] for i in rows], [found[i] for i in rows])


def _group(held: Training, found: Found, rows: np.ndarray) -> dict[str, float]:
    table = _pick(held, found, rows)
    documents = held.findings["document"].iloc[rows]
    values, ends = scores(table), intervals(table, documents)
    return {
        "n": len(rows),
        "documents": documents.nunique(),
        **_with_ends("micro_f1", values["micro-F1"], ends["micro-F1"]),
        "macro_f1": round(values["macro-F1"], 3),
        **_with_ends("direction", values["direction"], ends["direction"]),
        "right_at_0.9": round(values["sure and right"], 3),
    }


def _with_ends(name: str, value: float, ends: tuple[float, float]) -> dict[str, float]:
    return {
        name: round(value, 3),
        f"{name}_low": round(float(ends[0]), 3),
        f"{name}_high": round(float(ends[1]), 3),
    }


def _theme(own: pd.DataFrame) -> dict[str, float]:
    sums = own[["right", "extra", "missed", "direction"]].sum()
    return {
        "n": int(sums["right"] + sums["missed"]),
        "f1": round(_f1(sums), 3),
        "direction": round(float(sums["direction"] / max(sums["right"], 1)), 3),
    }


def _calibration(held: Training, found: Found) -> list[dict[str, float]]:
    """Of codes with scores between two edges: how many there are, and the share that is right."""
    pairs = [
        (score, theme in codes)
        for codes, own in zip(held.coded.codes, found, strict=True)
        for theme, (_, score) in own.items()
    ]
    rows = []
    for low, high in pairwise(BINS):
        last = high == BINS[-1]
        inside = [
            right for score, right in pairs if low <= score < high or (last and score == high)
        ]
        if inside:
            share = round(float(np.mean(inside)), 3)
            rows.append({"low": low, "high": high, "n": len(inside), "right": share})
    return rows


def counts(given: Sequence[Mapping[str, str]], found: Found) -> pd.DataFrame:
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
    direction = totals[:, 3] / np.maximum(totals[:, 0], 1)
    return {
        "micro-F1": tuple(np.quantile(f1, (0.025, 0.975))),
        "direction": tuple(np.quantile(direction, (0.025, 0.975))),
    }
