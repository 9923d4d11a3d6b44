"""The pages beside the data say what the schemas demand, no more and no less."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.data.dictionary import dictionary
from analysis.data.schemas import SCHEMAS

DATA = Path(__file__).parents[2] / "data"
PAGES = {DATA / "raw" / "README.md": SCHEMAS}
FILES = [(page, name) for page, schemas in PAGES.items() for name in schemas]
HEADING = re.compile(r"^### `(.+)`$", re.MULTILINE)
ROW = re.compile(r"^\| `(\w+)` \| (.+) \| (.+) \|$", re.MULTILINE)


def sections(page: Path) -> dict[str, str]:
    """Text under each heading that names a kind of file."""
    _, *parts = HEADING.split(page.read_text(encoding="utf-8"))
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize("page", PAGES)
def test_page_describes_every_file_and_no_other(page):
    assert list(sections(page)) == list(PAGES[page])


@pytest.mark.parametrize(("page", "name"), FILES)
def test_page_describes_every_column_in_order(page, name):
    text, schema = sections(page)[name], PAGES[page][name]
    described = [(column, what) for column, what, _ in ROW.findall(text)]

    assert described == [(c, held.description) for c, held in schema.columns.items()]
    assert text.strip().startswith(schema.description)


@pytest.mark.parametrize("page", PAGES)
def test_page_holds_the_dictionary_as_generated(page):
    paste = dictionary(PAGES[page])
    assert page.read_text(encoding="utf-8").endswith(paste), (
        f"Replace everything from the first '### ' of {page} on with:\n\n{paste}"
    )


def test_every_description_is_filled():
    blank = [
        (name, column)
        for page, name in FILES
        for column, held in PAGES[page][name].columns.items()
        if not held.description
    ]
    assert blank == []
