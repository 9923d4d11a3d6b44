"""How well the shipped model agreed with readers, as measured when it was learned.

The figures lie in `scores.json` beside the model, written by the measurement and by nobody's hand.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.errors import FindingsError

SCORES: Final = Path(__file__).with_name("scores.json")
ALL: Final = "all"
"""The group that holds every paragraph."""
GROUP_COLUMNS: Final = (
    "n", "documents", "micro_f1", "micro_f1_low", "micro_f1_high", "macro_f1", "direction",
    "direction_low", "direction_high", "right_at_0.9",
)  # fmt: skip
THEME_COLUMNS: Final = ("n", "f1", "direction")
_COUNTS: Final = ("n", "documents")


@dataclass(frozen=True)
class Scores:
    """Agreement of the tagger with readers, on authorities that the model had not seen.

    Attributes
    ----------
    groups
        One row per group of paragraphs, `all` among them (index `group`): `n` paragraphs of so many
        `documents`; `micro_f1` and `macro_f1` of themes; `direction`, the share of right directions
        where the theme is right; `_low` and `_high`, the ends of 95 % intervals; `right_at_0.9`,
        the share of right themes among those with a score of 0.9 or more. All shares from 0 to 1.
    themes
        One row per theme (index `theme`): `n` codes of readers, `f1`, `direction`.
    """

    groups: pd.DataFrame
    themes: pd.DataFrame


def read_scores(path: Path = SCORES) -> Scores:
    """Read the figures.

    Raises
    ------
    FindingsError
        If the file is missing or lacks a figure.

    Examples
    --------
    >>> scores = read_scores()
    >>> bool(0 < scores.groups.loc["all", "micro_f1_low"] < scores.groups.loc["all", "micro_f1"])
    True
    """
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        groups = pd.DataFrame.from_dict(held["groups"], orient="index")[list(GROUP_COLUMNS)]
        themes = pd.DataFrame.from_dict(held["themes"], orient="index")[list(THEME_COLUMNS)]
        groups.loc[ALL]
        _require_possible(groups)
        _require_possible(themes)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FindingsError(
            f"The tagger's scores {path} cannot be read ({error}). Restore the file from the "
            "repository, or measure anew."
        ) from error
    return Scores(groups.rename_axis("group"), themes.rename_axis("theme"))


def _require_possible(figures: pd.DataFrame) -> None:
    """See that counts are counts, and shares from 0 to 1."""
    numbers = figures.astype(float)
    counts = numbers[[name for name in _COUNTS if name in numbers]]
    shares = numbers.drop(columns=counts.columns)
    possible = ((counts >= 0) & (counts % 1 == 0)).join((shares >= 0) & (shares <= 1))
    wrong = [column for column in possible if not possible[column].all()]
    if wrong:
        raise ValueError(
            f"{', '.join(map(str, wrong))}: what is neither a count nor a share from 0 to 1"
        )


@cache
def shipped_scores() -> Scores:
    """Read the figures that come with the package, once."""
    return read_scores()
