"""The question of docs/england.md, asked in each of its ways: one answer."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from contextlib import closing
from urllib.parse import parse_qs, urlencode, urlsplit

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


DATASETTE = re.search(r"http://127\.0\.0\.1:8001(/england\.json\S+)", ASKED)[1]


@pytest.mark.promise("one-question-everywhere")
def test_the_address_for_datasette_asks_what_sqlite_answers(here):
    (asked,) = parse_qs(urlsplit(DATASETTE).query)["sql"]
    with closing(sqlite3.connect(f"file:{here.england / SQLITE}?mode=ro", uri=True)) as base:
        assert base.execute(asked).fetchone()[0] > 1000


@pytest.mark.promise("one-question-everywhere")
def test_datasette_gives_the_same(here):
    app = pytest.importorskip("datasette.app")

    async def ask(address: str) -> dict[str, object]:
        served = app.Datasette([], immutables=[str(here.england / SQLITE)])
        return (await served.client.get(address)).json()

    sql = urlencode({"sql": BLOCKS["sql"], "_shape": "arrays"})
    told = asyncio.run(ask(f"/england.json?{sql}"))
    assert dict(told["rows"]) == answer("pandas")
    assert asyncio.run(ask(DATASETTE))["rows"][0][0] > 1000


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
