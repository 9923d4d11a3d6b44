"""Pieces of a report: text that escapes what it is given and shows itself in a notebook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.anchors import visit_anchor
from analysis.english import plural, sentence_case
from analysis.project import TEMPLATES
from analysis.report.page.words import words_of

if TYPE_CHECKING:  # a block is made without a table
    import pandas as pd


def environment(*folders: str) -> Environment:
    """Return what fills templates of these folders: it escapes, and refuses a name not given."""
    made = Environment(
        loader=FileSystemLoader([TEMPLATES / folder for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"plural": plural, "sentence_case": sentence_case}
    return made


_ENVIRONMENT: Final = environment("blocks", "pages")
_ENVIRONMENT.filters["visit_anchor"] = visit_anchor


def compile_blocks() -> None:
    """Compile every template of blocks, for a process of which the ones that make reports fork."""
    for template in (TEMPLATES / "blocks").glob("*.j2"):
        _ENVIRONMENT.get_template(template.name)


@dataclass(frozen=True)
class Block:
    """A piece of HTML; a notebook shows it as the page will, and `print` its words.

    Attributes
    ----------
    html
        What it shows.
    name
        What it is called, where it is saved.
    rows
        Gives the table behind it, if there is one.

    Examples
    --------
    >>> print(Block("<p>Late</p><p>again</p>"))
    Late
    again
    """

    html: str = field(repr=False)
    name: str = "page"
    rows: Callable[[], pd.DataFrame] | None = field(default=None, repr=False, compare=False)

    def __str__(self) -> str:
        return words_of(self.html)

    def _repr_html_(self) -> str:
        return self.html


def render(template: str, **values: Any) -> Block:
    """Fill a template of `templates/blocks/`; everything filled in is escaped.

    Raises
    ------
    jinja2.UndefinedError
        If the template asks for a value that was not given.
    """
    return Block(_ENVIRONMENT.get_template(f"{template}.html.j2").render(**values))


def page(template: str, **values: Any) -> str:
    """Fill a template of `templates/pages/`, as `render` does, and return a whole page."""
    return _ENVIRONMENT.get_template(f"{template}.html.j2").render(**values) + "\n"
