"""Nothing that is written of a document says nine words in a row as they are published."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from shared import ROOT

from analysis.data.held import held_authorities
from analysis.data.rows import read_rows
from analysis.documents.named_files import gather
from analysis.documents.printed.names import load_names
from analysis.documents.register import read_register
from analysis.project import Project

LONGEST_RUN = 8
"""Words in a row that a summary may share with its document: terms are long in this field."""
PROJECT = Project(ROOT)
SOME = held_authorities(PROJECT)[::12]
"""Authorities that nobody chose."""
OURS = {
    "findings/*.csv": ("summary",),
    "codes/*.csv": ("found", "note"),
    "area_statements.csv": ("summary",),
    "needs.csv": ("wording",),
    "need_links.csv": ("note",),
    "visits.csv": ("note",),
}
"""Columns in our words."""


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))
    count = LONGEST_RUN + 1
    return (tuple(words[at : at + count]) for at in range(len(words) - count + 1))


@pytest.mark.sources
@pytest.mark.promise("no-published-words")
def test_no_cell_of_ours_holds_nine_words_of_a_document(sources):
    folders = [sources / name for name in SOME if (sources / name).is_dir()]
    register = read_register(gather(folders), load_names(PROJECT))
    published: dict[str, set[tuple[str, ...]]] = {name: set() for name in SOME}
    for document in register.documents:
        for finding in document.reading.findings:
            published[document.reading.authority].update(runs(finding.text))
    assert sum(map(len, published.values())) > 100_000
    taken, looked_at = [], 0
    for name in SOME:
        for pattern, columns in OURS.items():
            for path in sorted(PROJECT.raw(name).glob(pattern)):
                for row in read_rows(path, path.name):
                    for column in columns:
                        looked_at += bool(row.get(column))
                        if any(run in published[name] for run in runs(row.get(column, ""))):
                            taken.append((name, path.name, column, row[column]))
    assert looked_at > 1_000
    assert taken == []
