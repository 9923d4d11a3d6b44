"""The question of docs/england.md, asked in each of its ways: one answer."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from shared import ROOT

from analysis.england.state import SQLITE
from analysis.project import ROOT_VARIABLE

PAGE = (ROOT / "docs" / "england.md").read_text("utf-8")
ASKED = PAGE.partition("## The same question elsewhere")[2].partition("\n## ")[0]
BLOCKS = dict(
    zip(
        ("pandas", "sql", "duckdb", "dask"),
        re.findall(r"```\w+\n(.*?)```", ASKED, re.S),
        strict=True,
    )
)


@pytest.fixture
def here(gathered, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(gathered.root))
    monkeypatch.chdir(gathered.root)
    return gathered


def answer(way: str) -> dict[str, int]:
    space: dict[str, dict[str, int]] = {}
    exec(BLOCKS[way], space)  # noqa: S102 what our own page says
    return space["answer"]


@pytest.mark.promise("one-question-everywhere")
@pytest.mark.parametrize("way", ["duckdb", "dask"])
def test_one_question_has_one_answer(here, way):
    pytest.importorskip(way)
    expected = answer("pandas")
    assert sum(expected.values()) >= 1
    assert answer(way) == expected


@pytest.mark.promise("one-question-everywhere")
def test_the_sql_of_the_page_gives_it_too(here):
    with closing(sqlite3.connect(here.england / SQLITE)) as base:
        assert dict(base.execute(BLOCKS["sql"])) == answer("pandas")


def test_the_lines_of_the_page_are_commands(here, findings):
    lines = re.findall(r"^findings (find .*)$", PAGE, re.M)
    assert len(lines) == 3
    for line in lines:
        words = [a or b for a, b in re.findall(r'"([^"]*)"|(\S+)', line)]
        if "--out" in words:
            words = words[: words.index("--out")]
        assert findings(*words)[0] == 0


CALLS = re.findall(r"```python\n(from analysis import load\n.*?)```", PAGE, re.S)


@pytest.mark.parametrize("calls", [block for block in CALLS if "answer" not in block])
def test_the_calls_of_the_page_give_rows(here, calls):
    space: dict[str, object] = {}
    for line in filter(None, calls.splitlines()):
        if "=" in line.partition("(")[0] or line.startswith("from"):
            exec(line, space)  # noqa: S102 what our own page says
        else:
            rows = eval(line, space)  # noqa: S307
            assert len(rows) > 0 or line.startswith("tell_apart"), line  # which needs ten of each
