"""Pieces of a report: text that escapes what it is given and shows itself in a notebook."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.anchors import visit_anchor
from analysis.english import plural

_FOLDER: Final = Path(__file__).parent / "templates" / "blocks"
_ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def sentence_case(text: str) -> str:
    """Return the text with a capital first letter and the rest as it is.

    Examples
    --------
    >>> sentence_case("report of 30 June 2014")
    'Report of 30 June 2014'
    """
    return text[:1].upper() + text[1:]


_ENVIRONMENT.filters |= {
    "plural": plural,
    "sentence_case": sentence_case,
    "visit_anchor": visit_anchor,
}


@dataclass(frozen=True)
class Block:
    """A piece of HTML; a notebook shows it as the page will."""

    html: str = field(repr=False)

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
