"""Reading YAML that a person wrote: its text and lines, and no object made of either.

The text is composed, never constructed: every value stays what was typed (a theme called `no` is no
boolean, `007` is not seven) and keeps its line. Work is bounded: aliases, a few lines of which can
stand for more than any memory holds, count as what they stand for.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import yaml

from analysis.data.text import read_text
from analysis.errors import DataError, Problem

MAX_LETTERS: Final = 2_000_000
"""Most letters of a file."""
MAX_VALUES: Final = 50_000
"""Most values of a file, each alias counted as what it stands for."""
MAX_DEPTH: Final = 12
"""Most lists and keys inside each other."""
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same grammar in C, where it is built in."""


def read_nodes(path: Path, file: str) -> yaml.Node | None:
    """Read a YAML file into nodes; None if it is empty.

    Raises
    ------
    DataError
        If it cannot be read or is no YAML of this plain kind; with the line.
    """
    return parse_nodes(read_text(path, file), file)


def parse_nodes(text: str, file: str) -> yaml.Node | None:
    r"""Read the text of a YAML file as `read_nodes` does.

    Raises
    ------
    DataError
        If it is no YAML of this plain kind; with the line.

    Examples
    --------
    >>> parse_nodes("a: [1]", "x.yml").value[0][1].value[0].value
    '1'
    >>> parse_nodes("a: &b [*b]", "x.yml")
    Traceback (most recent call last):
    analysis.errors.DataError: 1 problem in the data:
      x.yml, row 1: more than 50,000 values, aliases (*name) written out
    """
    if len(text) > MAX_LETTERS:
        size = f"{len(text):,} letters"
        raise DataError([Problem(file, 0, "", size, f"too large, at most {MAX_LETTERS:,} letters")])
    try:
        _refuse_boundless(text, file)
        return yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        row = mark.line + 1 if mark else 0
        why = error.problem or "cannot be read"
    except yaml.YAMLError as error:
        row, why = 0, str(error).splitlines()[0]
    message = f"not YAML ({why}); look at the quotes, colons and indents here and in the row above"
    raise DataError([Problem(file, row, "", "", message)])


def row_of(node: yaml.Node | yaml.Event | None) -> int:
    """Return the line on which a node begins; 0 if there is none."""
    mark = node.start_mark if node else None
    return mark.line + 1 if mark else 0


def _refuse_boundless(text: str, file: str) -> None:
    """Refuse what lies too deep, and what its aliases, written out, would make too large."""
    sizes: dict[str | None, int] = {}
    open_ones: list[tuple[str | None, int]] = [("", 0)]
    for event in yaml.parse(text, Loader=_LOADER):
        message = ""
        if isinstance(event, yaml.CollectionStartEvent):
            open_ones.append((event.anchor, 1))
            if len(open_ones) > MAX_DEPTH:
                message = f"more than {MAX_DEPTH} lists or keys stand inside each other"
        elif isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            anchor, size = None, 1
            if isinstance(event, yaml.CollectionEndEvent):
                anchor, size = open_ones.pop()
            elif isinstance(event, yaml.AliasEvent):
                size = sizes.get(event.anchor, MAX_VALUES + 1)
            elif isinstance(event, yaml.ScalarEvent):
                anchor = event.anchor
            above, so_far = open_ones[-1]
            open_ones[-1] = (above, so_far + size)
            if anchor:
                sizes[anchor] = size
            if so_far + size > MAX_VALUES:
                message = f"more than {MAX_VALUES:,} values, aliases (*name) written out"
        if message:
            raise DataError([Problem(file, row_of(event), "", "", message)])
