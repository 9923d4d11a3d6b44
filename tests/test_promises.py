"""Each promise of the documentation names the tests that hold it, by an id that no move breaks.

In Markdown `<!-- test: id -->` stands behind the promise, over a test `@pytest.mark.promise("id")`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMED = re.compile(r"<!-- test: ([a-z0-9-]+) -->")


def promised() -> dict[str, str]:
    """Each id with the pages that promise it."""
    pages: dict[str, str] = {}
    for page in PAGES:
        for name in NAMED.findall(page.read_text("utf-8")):
            pages[name] = f"{pages.get(name, '')} {page.name}".strip()
    return pages


def held() -> dict[str, str]:
    """Each id with the tests that hold it."""
    tests: dict[str, str] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for name in ids_of(node):
                tests[name] = f"{tests.get(name, '')} {path.name}::{node.name}".strip()
    return tests


def ids_of(node: ast.AST) -> Iterator[str]:
    for call in getattr(node, "decorator_list", []):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.promise":
            yield from (ast.literal_eval(argument) for argument in call.args)


def test_every_promise_is_held_by_a_test_and_every_marked_test_holds_one():
    pages, tests = promised(), held()

    assert len(pages) > 50
    assert {name: page for name, page in pages.items() if name not in tests} == {}
    assert {name: test for name, test in tests.items() if name not in pages} == {}


def test_every_comment_that_names_a_test_is_read():
    for page in PAGES:
        text = page.read_text("utf-8")
        assert text.count("<!-- test") == len(NAMED.findall(text)), page.name
