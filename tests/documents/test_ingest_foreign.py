"""A document that is none of the kinds is refused with what it is taken for and how to insist."""

from __future__ import annotations

import pytest
from compose.foreign import FOREIGN, foreign_document
from composed_truth import outcome_of

from analysis.documents import other_kinds

SUFFIXES = (".txt", ".html", ".pdf")
COMPOSED_LEAST = 2


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", FOREIGN)
def test_it_is_refused_with_what_it_is_taken_for(name: str, suffix: str) -> None:
    outcome = outcome_of(foreign_document(name, suffix))
    assert outcome.reading is None, (outcome.reading.kind, outcome.reading.authority)
    assert FOREIGN[name].taken_for in outcome.refused
    assert "--kind" in outcome.refused


@pytest.mark.parametrize("kind", [foreign.name for foreign in other_kinds.FOREIGN])
def test_each_kind_that_is_not_read_is_composed_at_least_twice(kind: str) -> None:
    assert sum(foreign.taken_for in kind for foreign in FOREIGN.values()) >= COMPOSED_LEAST


def test_no_composed_file_stands_for_two_kinds() -> None:
    kinds = [foreign.name for foreign in other_kinds.FOREIGN]
    assert [
        name
        for name, foreign in FOREIGN.items()
        if sum(foreign.taken_for in kind for kind in kinds) > 1
    ] == []
