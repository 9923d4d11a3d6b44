"""What a run says of many reports that share a reason."""

from __future__ import annotations

from analysis.cli.report import _told_together
from analysis.report.parameters import Parameters
from analysis.running.batch import Result


def result(name: str, reason: str) -> Result:
    return Result(Parameters.typed(name, "", "", "", False), "failed", reason)


def test_many_that_share_a_reason_are_told_in_one_row():
    many = [result(name, "the disk is full") for name in ("a", "b", "c", "d", "e", "f")]
    assert _told_together([*many, result("g", "its data")]) == [
        ("a, b, c and 3 more", "failed", "the disk is full"),
        ("g", "failed", "its data"),
    ]


def test_few_are_told_one_by_one():
    few = [result(name, "the disk is full") for name in ("a", "b", "c", "d")]
    assert [row[0] for row in _told_together(few)] == ["a", "b", "c", "d"]
