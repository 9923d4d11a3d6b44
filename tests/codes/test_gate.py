"""What is said of how far two readers agree is what their readings give."""

from __future__ import annotations

import gate
import pandas as pd
from shared import ROOT

from analysis.project import Project

PAGE = (ROOT / "data" / "raw" / "README.md").read_text("utf-8")
TABLE = PAGE.partition("| figure | asked for | instruction 4 | n |")[2].partition("\n\n")[0]


def test_the_figures_of_the_gate_are_counted_from_its_readings():
    rows = [line.split("|")[1:-1] for line in TABLE.strip().splitlines()[1:]]
    told = {name.strip(): (said.strip(), n.strip()) for name, _, said, n in rows}
    found = gate.figures(Project(ROOT))
    assert list(told) == list(found)
    for name, figures in found.items():
        shares = ", ".join(f"{each:.3f}" for each in figures if each <= 1)
        counts = " and ".join(f"{each:,}" for each in figures if each > 1)
        assert told[name] == (shares, counts), name


def test_a_reader_alone_agrees_with_nobody():
    codes = pd.DataFrame({
        "reader": ["first", "second", "second"], "finding": ["a/1", "a/1", "a/2"],
        "theme": "audit", "extent": ["most", "", "some"],
    })  # fmt: skip
    assert gate.f1(codes, gate.GIVEN) == (2 / 3, 1, 2)
    assert gate.equal(codes, "extent", either=True) == (0.0, 1)
