"""Every path has exactly one word, and the right one."""

from itertools import pairwise, product

import pandas as pd
import pytest
from builders import BOOK, coded, says, visit, visits, votes

from analysis.results import paths
from analysis.results.statuses import statuses
from analysis.vocabulary import LEVELS, PATH_WORDS

ALL = [path for length in range(1, 7) for path in product(LEVELS, repeat=length)]
"""Every path of one to six full inspections."""


def rules(path: tuple[str, ...]) -> dict[str, bool]:
    """The method's sentences on paths, each by itself."""
    steps = [LEVELS[level] for level in path]
    first, latest, enough = steps[0], steps[-1], len(steps) > 1
    rises = [i for i, (a, b) in enumerate(pairwise(steps)) if b > a]
    fell_after = bool(rises) and any(b < a for a, b in list(pairwise(steps))[rises[0] :])
    up, down = enough and latest > first, enough and latest < first
    level = enough and latest == first
    above, below = max(steps) > first, min(steps) < first
    return {
        "too little to say": not enough,
        "better and stayed so": up and not fell_after,
        "better, below its best": up and fell_after and latest < max(steps),
        "better, with a setback": up and fell_after and latest == max(steps),
        "worse": down,
        "strong throughout": level and set(path) == {"strength"},
        "mixed throughout": level and set(path) == {"mixed"},
        "weak throughout": level and set(path) == {"weakness"},
        "rose and fell back": level and above and not below,
        "fell and recovered": level and below and not above,
        "up and down": level and above and below,
    }


def test_every_path_of_one_to_six_inspections_has_exactly_one_word() -> None:
    for path in ALL:
        fitting = [word for word, fits in rules(path).items() if fits]
        assert fitting == [paths.path_word(path)], path


def test_every_word_is_the_word_of_some_path() -> None:
    assert {paths.path_word(path) for path in ALL} == set(PATH_WORDS)


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("weakness weakness mixed", "better and stayed so"),
        ("mixed weakness strength", "better and stayed so"),
        ("weakness strength mixed", "better, below its best"),
        ("weakness strength weakness strength", "better, with a setback"),
        ("strength weakness mixed", "worse"),
        ("mixed strength weakness mixed", "up and down"),
    ],
)
def test_paths_by_hand(path: str, word: str) -> None:
    assert paths.path_word(path.split()) == word


OF = visits(
    visit("a"), visit("b", kind="focused-visit"), visit("c", kind="re-inspection"), visit("d")
)


def followed(*rows, theme="audit", cohort="social-workers") -> pd.Series:
    table = paths.paths(statuses(coded(*rows), OF, BOOK), OF, BOOK)
    found = table[(table["theme"] == theme) & (table["cohort"] == cohort)]
    assert len(found) == 1
    return found.iloc[0]


def test_letters_stand_between_and_never_decide() -> None:
    row = followed(*votes("a", "WW"), *votes("b", "SS"), *votes("d", "MM"))
    assert (row["word"], row["levels"]) == ("better and stayed so", "a=weakness d=mixed")
    assert (row["first"], row["latest"], row["inspections"]) == ("a", "d", 2)


def test_what_only_letters_judged_has_too_little_to_say() -> None:
    row = followed(*votes("b", "SS"), cohort="all")
    assert (row["word"], row["levels"], row["first"], row["inspections"]) == (
        "too little to say", "", "", 0,
    )  # fmt: skip


def test_an_inspection_at_which_cohorts_differ_is_no_level_of_the_whole() -> None:
    rows = [*votes("a", "WW"), *votes("d", "SS"), *votes("c", "S"),
            *votes("c", "W", cohort="care-leavers")]  # fmt: skip
    assert followed(*rows, cohort="all")["levels"] == "a=weakness d=strength"
    assert followed(*rows)["levels"] == "a=weakness c=strength d=strength"


def test_both_ends_on_one_paragraph_are_told_and_the_lower_confidence_counts() -> None:
    one = followed(*votes("a", "W"), *votes("d", "S"))
    assert (one["on_one_paragraph"], one["confidence"]) == (True, "low")
    more = followed(*votes("a", "WWW"), *votes("d", "SS"))
    assert (more["on_one_paragraph"], more["confidence"]) == (False, "moderate")


def test_harm_at_the_latest_is_told() -> None:
    rows = [*votes("a", "WW"), says("d", "mixed", lean="weakness", harm="risk"), *votes("d", "S")]
    assert followed(*rows)["harm"] == "risk"


def test_where_cohorts_differ_at_an_end_the_whole_has_no_word() -> None:
    apart = [*votes("d", "WW"), *votes("d", "SS", cohort="care-leavers")]
    row = followed(*votes("a", "WW"), *votes("c", "SS"), *apart, cohort="all")
    assert (row["levels"], row["word"]) == ("a=weakness c=strength", "too little to say")


def test_every_theme_has_a_row_over_all_cohorts() -> None:
    table = paths.paths(statuses(coded(*votes("a", "W")), OF, BOOK), OF, BOOK)
    assert table.loc[table["cohort"] == "all", "theme"].tolist() == list(BOOK.ids)
