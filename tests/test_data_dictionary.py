"""The page `data/raw/README.md` says what the schemas demand, no more and no less."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.dictionary import dictionary
from analysis.schemas import SCHEMAS

README = Path(__file__).parents[1] / "data" / "raw" / "README.md"
HEADING = re.compile(r"^### `(.+)`$", re.MULTILINE)
ROW = re.compile(r"^\| `(\w+)` \| (.+) \| (.+) \|$", re.MULTILINE)


def sections() -> dict[str, str]:
    """Text under each heading that names a kind of file."""
    _, *parts = HEADING.split(README.read_text(encoding="utf-8"))
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_page_describes_every_file_and_no_other():
    assert list(sections()) == list(SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_page_describes_every_column_in_order(name):
    described = [(column, what) for column, what, _ in ROW.findall(sections()[name])]

    assert described == [(c, held.description) for c, held in SCHEMAS[name].columns.items()]
    assert sections()[name].strip().startswith(SCHEMAS[name].description)


def test_page_holds_the_dictionary_as_generated():
    paste = dictionary()
    assert README.read_text(encoding="utf-8").endswith(paste), (
        f"Replace everything from the first '### ' of {README.name} on with:\n\n{paste}"
    )


def test_every_description_is_filled():
    blank = [
        (name, column)
        for name, schema in SCHEMAS.items()
        for column, held in schema.columns.items()
        if not held.description
    ]
    assert blank == []
