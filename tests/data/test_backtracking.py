"""A pattern that could take ages is told by its shape, and one that could not is let through."""

from __future__ import annotations

import re
from pathlib import Path
from time import perf_counter

import pytest

from analysis.data.backtracking import too_slow
from analysis.data.codebook import load_codebook, parse_codebook
from analysis.errors import DataError

SHIPPED = Path(__file__).parents[2] / "data" / "raw" / "codebook.yml"


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+b",
        r"(?:a|b|ab)*c",
        r"(?:\w+ ?)*left",
        r"(?:\w+ ?){0,40}left",
        r"([a-zA-Z]+)*$",
        r"(x+x+)+y",
        r"(\w+\s*)+:",
        r"(a?){30}a{30}",
        r"a?" * 25 + "a" * 25,
        r"(?:aa)?" * 30 + "b",
        r"(?:.{0,50}){0,50}x",
        r"(?=(a+)+b)a",
        r".*.*.*x",
        r"\s*\s*\s*x",
        r"(ł+)+b",
        r".*\w+ ",
        r"\w+a?ba?\w+ ",
        r"(?:a(?:){1,40}b){1,40}c",
    ],
)
def test_a_pattern_with_too_many_ways_is_told(pattern):
    assert too_slow(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bcaseloads?\b",
        r"(?:\w+ )*left",
        r"\bstaff (?:\w+,? ){0,4}(?:left|stay)\b",
        r"supervision.*weak",
        r"supervision.{0,60}weak.{0,60}late",
        r"\b(?:education|employment)(?:,? (?:and|or|,)? ?(?:education|training))*\b",
        r"(?:audits?|audited|reviews?)+",
        r"(?<!no )plans?(?! for)",
        r"a{5000}",
    ],
)
def test_a_pattern_that_can_take_no_long_time_passes(pattern):
    assert too_slow(pattern) == ""


def test_what_passes_is_quick_on_the_texts_that_are_worst_for_it():
    worst = ["a" * 1_000, "staff " * 200, "a, " * 300, "education, " * 100, "x y" * 300, "ab" * 500]
    patterns = [p for theme in load_codebook(SHIPPED).themes for p in theme.patterns]
    patterns += map(re.compile, (r"(?:\w+ )*left", r"a.*b", r"\w+ \w+ \w+ left"))
    assert [p.pattern for p in patterns if too_slow(p.pattern)] == []

    start = perf_counter()
    for pattern in patterns:
        for text in worst:
            pattern.search(text)

    assert perf_counter() - start < 20


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(a+)+b", "could take far too long"),
        ("a{99999999999}", "is no regular expression"),
        ("(" * 3_000 + ")" * 3_000, "is no regular expression"),
    ],
)
def test_a_codebook_with_such_a_pattern_is_refused_with_its_line(pattern, said):
    text = (
        "version: '1'\ngroups: [{id: g, name: G}]\nthemes:\n"
        "  - {id: audit, group: g, name: Audit, definition: Audits., areas: everywhere,\n"
        f"     patterns: ['{pattern}'], examples: [Audits]}}\n"
    )

    with pytest.raises(DataError) as refused:
        parse_codebook(text)

    assert [(p.row, p.column) for p in refused.value.problems] == [(5, "patterns")]
    assert said in refused.value.problems[0].message


def test_a_codebook_of_aliases_is_refused_before_it_grows():
    bomb = "a: &a [x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(9)
    )

    with pytest.raises(DataError, match=r"row 6: more than 50,000 values, aliases"):
        parse_codebook(bomb)
