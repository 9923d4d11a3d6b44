"""Every path has exactly one word, and the right one."""

from itertools import pairwise, product

import pytest

from analysis.results import paths
from analysis.vocabulary import LEVELS

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
    assert {paths.path_word(path) for path in ALL} == set(paths.PATH_WORDS)


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
