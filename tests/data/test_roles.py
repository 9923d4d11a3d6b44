"""The part that a finding plays follows its section: needs among needs, summaries in a summary."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

RAW = Path(__file__).parents[2] / "data" / "raw"
ASKING = re.compile(r"(?:^|: )(?:what needs to improve|recommendations)\b", re.IGNORECASE)
TELLING = re.compile(r"(?:^|: )(?:executive summary|overall effectiveness$|headline findings)",
                     re.IGNORECASE)  # fmt: skip

LONG = 12
"""Paragraphs from which more than a summary stands under its heading."""


def roles_of(pattern: re.Pattern[str]) -> dict[tuple[str, str], Counter[str]]:
    """Count the roles of each section of each document whose heading fits."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for path in RAW.glob("*/findings/*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if pattern.search(row["section"]):
                    found[path.stem, row["section"]][row["role"]] += 1
    return found


def test_no_finding_stands_among_what_needs_to_improve():
    sections = roles_of(ASKING)
    assert len(sections) > 100
    assert {where: dict(roles) for where, roles in sections.items() if roles["body"]} == {}


def test_findings_do_not_outnumber_a_summary_under_its_heading():
    sections = roles_of(TELLING)
    assert len(sections) > 100
    odd = {
        where: dict(roles)
        for where, roles in sections.items()
        if roles["body"] > roles["summary"] and roles.total() < LONG
    }
    assert odd == {}
