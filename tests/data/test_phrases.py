"""Patterns made from example phrases."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.data.phrases import patterns_of

YOUNG = ["Young carers are known early", "support for young carers is thin"]


def matches(patterns: tuple[str, ...], text: str) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


@pytest.mark.parametrize(
    ("name", "examples", "met", "unmet"),
    [
        ("Young carers", YOUNG, "A young carer waits.", "Foster carers wait for young people."),
        ("Young carers", YOUNG, "YOUNG CARERS' needs", "Carers of young children"),
        ("Advocacy", ["Advocacy is offered late"], "advocacy services", "advice"),
        ("Edge of care", ["Edge-of-care teams are small"], "edge of care work", "the edge of town"),
        ("Kinship", ["Kinship carers wait", "special guardians get no help"],
         "special and other guardians", "special schools"),
    ],
)  # fmt: skip
def test_what_the_phrases_share_is_found_in_other_sentences(name, examples, met, unmet):
    patterns = patterns_of(name, examples)
    assert matches(patterns, met)
    assert not matches(patterns, unmet)


def test_words_of_any_finding_are_no_pattern_by_themselves():
    patterns = patterns_of("Advocacy", ["children have advocates", "children have no advocates"])
    assert not matches(patterns, "Children have good support.")


def test_a_phrase_with_nothing_to_tell_it_by_is_looked_for_as_it_stands():
    patterns = patterns_of("Advocacy", ["staff are good"])
    assert matches(patterns, "The staff are good here")
    assert not matches(patterns, "staff")


def test_without_examples_there_are_no_patterns():
    assert patterns_of("Advocacy", []) == ()


PHRASES = st.lists(
    st.one_of(
        st.lists(
            st.sampled_from(
                ["young", "carers", "children's", "advocacy", "are", "not", "well-being",
                 "policies", "caf\u00e9", "staff", "and", "so", "that", "the", "(", ".", "100 %"]
            ),
            min_size=1, max_size=8,
        ).map(" ".join),
        st.text(min_size=1, max_size=30).filter(str.strip),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


@given(st.text(max_size=20), PHRASES)
def test_every_example_is_matched_and_the_empty_text_never(name, examples):
    patterns = patterns_of(name, examples)
    straight = [text.replace("\u2018", "'").replace("\u2019", "'") for text in examples]
    assert all(matches(patterns, text) for text in straight)
    assert not any(re.search(pattern, "") for pattern in patterns)
    assert patterns == patterns_of(name, examples)
