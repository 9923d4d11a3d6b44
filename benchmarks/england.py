"""What each question over all England costs, in processor seconds, and the most memory held.

Run by hand after `findings england`: `python benchmarks/england.py`. The questions are those of
`docs/england.md`, asked one after another in one process and on one core, twice: what a first call
computes is kept, as it is for whoever asks on. Loading comes first and has its own bar.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from typing import Any, Final

from machine import say_where

BAR: Final = 1.0
"""Seconds that a question may take after loading."""
LOADING_BAR: Final = 2.0
MEMORY_BAR: Final = 1000
"""MB."""


def questions(england: Any) -> dict[str, Callable[[], object]]:
    """Return the questions by how they are asked."""
    from analysis import load
    from analysis.england import go_together, new_aspects, next_grades, shares, tell_apart

    every = england.inspections()
    under = every[every["framework"] == "ILACS"]
    spans = england.spans()
    return {
        "findings(theme, direction, region, start)": lambda: england.findings(
            theme="caseloads", direction="weakness", region="North West", start="2022"
        ),
        "findings().groupby(theme, year).size()": lambda: (
            england.findings().groupby(["theme", "year"], observed=True).size()
        ),
        "paths(theme)": lambda: england.paths(theme="supervision"),
        "statuses()": england.statuses,
        "theme(name)": lambda: england.theme("supervision"),
        "authorities(theme, path)": lambda: england.authorities(
            theme="Supervision", path="better and stayed so"
        ),
        "needs(theme, aspect)": lambda: england.needs(theme="supervision", aspect="quality"),
        "ledger()": england.ledger,
        "ledger(by grade)": lambda: england.ledger(by=["grade"]),
        "followed(aspect)": lambda: england.followed(aspect="measurable"),
        "way_out()": england.way_out,
        "compare(neighbours) of one": lambda: load("knowsley").compare("neighbours"),
        "inspections()": england.inspections,
        "shares by theme": lambda: shares(under, ["theme"]),
        "shares by theme, second readers": lambda: shares(
            under, ["theme"], england.as_second(under)
        ),
        "tell_apart": lambda: tell_apart(under),
        "go_together": lambda: go_together(under),
        "next_grades": lambda: next_grades(every),
        "new_aspects": lambda: new_aspects(spans, (2013, 2017), 2022),
    }


def main() -> None:
    """Measure and print."""
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    from analysis import load

    say_where(("inspection-findings", "pandas"))
    begun = time.process_time()
    england = load.england()
    loaded = time.process_time() - begun
    print(f"\nload.england(): {loaded:.2f} processor seconds (bar: {LOADING_BAR:g})\n")
    print(f"first  again  question (bar: {BAR:g})")
    for name, ask in questions(england).items():
        spent = []
        for _ in range(2):
            begun = time.process_time()
            ask()
            spent.append(time.process_time() - begun)
        over = "  NOT met" if max(spent) > BAR else ""
        print(f"{spent[0]:5.2f}  {spent[1]:5.2f}  {name}{over}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"\nMost memory: {peak:.0f} MB (bar: {MEMORY_BAR})")


if __name__ == "__main__":
    main()
