"""What a reader goes by: the instruction, the guide, its rulings, and the codebook's aspects."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from analysis.data.codebook import Codebook
from analysis.project import TEMPLATES

GUIDE_VERSION: Final = "2"
"""Version of the guide, its rulings and what the words in a code mean; goes into `readings.csv`."""
INSTRUCTION_VERSION: Final = "5"
"""Version of the instruction; goes into `readings.csv`."""
GUIDE_PARTS: Final = ("guide", "rulings", "method")
INSTRUCTION: Final = "instruction"
_VERSIONS: Final = re.compile(r"This is instruction (\d+), word for word, with guide (\d+)\.")
_HEAD: Final = """\
# To read {authority}

This is instruction {instruction}, word for word, with guide {guide}. Of what the instruction names,
`guide.md`, `rulings.md` and `method.md` are the parts that follow it here, and `aspects.csv` is the
list at the end. For `check.py .`, write

```
findings import {authority} . --coder NAME --check
```
"""


class Versions(NamedTuple):
    """By which guide and instruction a document was read."""

    guide: str
    instruction: str


NOW: Final = Versions(GUIDE_VERSION, INSTRUCTION_VERSION)


def versions_told(text: str) -> Versions | None:
    """Return the versions that a guide laid out for a reader names, if it names any.

    Examples
    --------
    >>> versions_told("This is instruction 2, word for word, with guide 1. Of what")
    Versions(guide='1', instruction='2')
    """
    found = _VERSIONS.search(text)
    return Versions(found[2], found[1]) if found else None


def part(name: str) -> str:
    """Return the text of one part: the instruction, the guide, the rulings, or the method."""
    return (TEMPLATES / "reading" / f"{name}.md").read_text("utf-8").strip()


def aspects(codebook: Codebook) -> str:
    """List what can need improving: each theme's aspects, from the codebook.

    Examples
    --------
    >>> from analysis.data.codebook import Theme
    >>> theme = Theme("plans", "practice", "Plans", "Their quality.", (), (), ("everywhere",), (),
    ...               (), {"measurable": "Clear outcomes"})
    >>> print(aspects(Codebook("1", (), (theme,))))
    # Aspects
    <BLANKLINE>
    - `plans` (Plans: Their quality.): `measurable` (Clear outcomes); `other`
    """
    lines = []
    for theme in codebook.themes:
        known = [f"`{name}` ({said})" for name, said in theme.aspects.items()]
        named = "; ".join([*known, "`other`"])
        lines.append(f"- `{theme.id}` ({theme.name}: {theme.definition}): {named}")
    return "\n".join(["# Aspects", "", *lines])


def guide(authority: str, codebook: Codebook) -> str:
    """Return all that a reader goes by, as Markdown."""
    head = _HEAD.format(authority=authority, instruction=INSTRUCTION_VERSION, guide=GUIDE_VERSION)
    parts = [head.strip(), *map(part, (INSTRUCTION, *GUIDE_PARTS)), aspects(codebook)]
    return "\n\n".join(parts) + "\n"
