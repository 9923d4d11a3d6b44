"""What a reader goes by: the instruction, the guide, its rulings, and the codebook's aspects."""

from __future__ import annotations

from typing import Final

from analysis.data.codebook import Codebook
from analysis.project import TEMPLATES

GUIDE_VERSION: Final = "2"
"""Version of the guide, its rulings and what the words in a code mean; goes into `readings.csv`."""
INSTRUCTION_VERSION: Final = "2"
"""Version of the instruction; goes into `readings.csv`."""
GUIDE_PARTS: Final = ("guide", "rulings", "method")
INSTRUCTION: Final = "instruction"
_HEAD: Final = """\
# To read {authority}

This is instruction {instruction}, word for word, with guide {guide}. Of what the instruction names,
`guide.md`, `rulings.md` and `method.md` are the parts that follow it here, and `aspects.csv` is the
list at the end. For `check.py .`, write

```
findings import {authority} . --coder NAME --check
```
"""


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
