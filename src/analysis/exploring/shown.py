"""Blocks as a notebook shows them: with a style of their own, which follows its light or dark."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from analysis.blocks import Block, render

_STYLE: Final = Path(__file__).parents[1] / "templates" / "notebook" / "front.css"


def shown(template: str, **values: Any) -> Block:
    """Fill a template of `templates/blocks/` that begins with the style of notebooks."""
    return render(template, style=Markup(_style()), **values)  # noqa: S704 - our own file


@cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")
