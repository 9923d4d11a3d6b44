"""A document that is none of the kinds is refused with what it is taken for and how to insist."""

from __future__ import annotations

import pytest
from compose.foreign import FOREIGN, foreign_document
from composed_truth import outcome_of

SUFFIXES = (".txt", ".html", ".pdf")


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", FOREIGN)
def test_it_is_refused_with_what_it_is_taken_for(name: str, suffix: str) -> None:
    outcome = outcome_of(foreign_document(name, suffix))
    assert outcome.reading is None, (outcome.reading.kind, outcome.reading.authority)
    assert FOREIGN[name].taken_for in outcome.refused
    assert "--kind" in outcome.refused
