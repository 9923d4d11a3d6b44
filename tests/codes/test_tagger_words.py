"""What makes the tagger fast changes no answer: words as numbers, patterns tried only where due."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from analysis.codes.tagger.literals import may_match, needed_words, small_pattern
from analysis.codes.tagger.terms import WORD, Terms
from analysis.codes.tagger.text import one_of, small
from analysis.data.codebook import load_codebook

BOOK = load_codebook(Path(__file__).parents[2] / "data" / "raw" / "codebook.yml")
PATTERNS = [pattern for theme in BOOK.themes for pattern in theme.patterns]
EXAMPLES = [phrase for theme in BOOK.themes for phrase in theme.examples]
WORDS = st.sampled_from(["care", "care", "plan", "plans", "are", "good", "x", "Plan-", "\u0130s"])
TERMS = Terms(
    ("are", "are good", "care", "care plan", "care plan are", "good care", "plans are good"),
    np.ones(7),
    3,
)


@given(st.lists(st.lists(WORDS, max_size=9).map(" ".join), max_size=4))
def test_terms_are_counted_as_scikit_learn_counts_them(texts: list[str]) -> None:
    counted = TERMS.count(texts)
    assert counted.shape == (len(texts), 7)
    assert counted.has_canonical_format
    if texts:
        theirs = CountVectorizer(ngram_range=(1, 3), token_pattern=WORD, vocabulary=TERMS.words)
        assert counted.toarray().tolist() == theirs.transform(texts).toarray().tolist()


def test_no_term_runs_from_one_text_into_the_next() -> None:
    counted = TERMS.count(["good", "care", "plan"]).toarray()
    assert counted[:, TERMS.words.index("good care")].sum() == 0


def test_terms_of_two_words_alone_are_counted() -> None:
    terms = Terms(("care plan",), np.ones(1), 2)
    assert terms.count(["care plan care plan", "care"]).toarray().tolist() == [[2], [0]]


def test_terms_may_be_as_long_as_a_model_may_say() -> None:
    long = " ".join(f"w{n}" for n in range(10))
    terms = Terms((long, *(f"x{n}" for n in range(7000))), np.ones(7001), 10)
    assert terms.count([f"w0 {long} w1"]).toarray()[0].nonzero()[0].tolist() == [0]
    assert Terms(("a b c", "bb"), np.ones(2), 2).count(["a b c bb"]).toarray().tolist() == [[0, 1]]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.pattern[:30])
def test_a_pattern_is_tried_wherever_it_matches(pattern: re.Pattern[str]) -> None:
    matched = [phrase for phrase in EXAMPLES if pattern.search(phrase.replace("\u2019", "'"))]
    assert all(may_match(pattern, small(phrase)) for phrase in matched)
    assert all(small_pattern(pattern.pattern).search(small(phrase)) for phrase in matched)


def test_a_pattern_waits_for_all_the_words_it_needs() -> None:
    pattern = re.compile("know (?:the )?children (?:very|really) well")
    assert not may_match(pattern, "they know families really well")
    assert not may_match(pattern, "children are known very well")
    assert may_match(pattern, "they know children very well")
    assert needed_words("(?:a|children)?") == ()


@given(st.lists(st.sampled_from(["safer", "is safe", "unsafe", "well", "as well", "goods"])))
def test_words_put_together_by_their_letter_find_the_same(words: list[str]) -> None:
    parts = ("good|goods?|safe(?:r|ly)?", r"(?<!as )well|[s]afest|\(s\|w\)", "wells?")
    text = ", ".join(words)
    plain = re.compile(rf"\b(?:{'|'.join(parts)})\b")
    assert one_of(*parts).findall(text) == plain.findall(text)
