"""What is said to be called strong can be leaned on, and nothing speaks against it."""

from __future__ import annotations

import pytest
from builders import authority, coded, says, visit, visits, votes

from analysis.report.tables.places import places
from analysis.report.tables.strong import strong
from analysis.results.results import analyse

ONE = visits(visit("a", start="2024"))
NEED = says("a", "weakness", role="need")


@pytest.mark.parametrize(
    ("rows", "called"),
    [
        (votes("a", "SS"), ["Audit"]),
        (votes("a", "S"), []),
        (votes("a", "SSSM"), []),
        (votes("a", "SSSW"), []),
        ([*votes("a", "SS"), NEED], []),
        (votes("a", "WW"), []),
        ([*votes("a", "SS"), *votes("a", "SSS", theme="plans")], ["Audit", "Plans"]),
    ],
)
def test_what_is_called_strong(rows, called):
    results = analyse(authority(ONE, coded(*rows)))
    told = strong(results, places(results))
    assert [name for _, items in told for name, _, _ in items] == called
