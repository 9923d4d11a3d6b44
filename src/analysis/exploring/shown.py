"""Blocks as a notebook shows them: with a style of their own, which follows its light or dark."""

from __future__ import annotations

from functools import cache
from typing import Any

from markupsafe import Markup

from analysis.project import TEMPLATES
from analysis.report.page.block import Block, render


def shown(template: str, **values: Any) -> Block:
    """Fill a template of `templates/blocks/` that begins with the style of notebooks."""
    return render(template, style=Markup(_style()), **values)  # noqa: S704 - our own file


@cache
def _style() -> str:
    return (TEMPLATES / "notebook" / "front.css").read_text(encoding="utf-8")
