"""Menus for the keyboard alone: what is focused is seen, and a key does what it does in any menu.

In JupyterLab arrow keys and Enter lead from cell to cell; within menus they stay theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import anywidget
import ipywidgets as widgets

CLASS: Final = "findings-menus"
"""Class of what holds menus, by which script and style find them."""
_HERE: Final = Path(__file__).parent


class _Keys(anywidget.AnyWidget):
    """Shows nothing; keeps the keys of the menus around it."""

    _esm = _HERE / "keys.js"
    _css = _HERE / "keys.css"


def by_keyboard(parts: Sequence[Any], width: str) -> Any:
    """Put menus one below the other, in a box that is used by keyboard as well as by pointer.

    Parameters
    ----------
    width
        At most so wide, as in CSS.
    """
    box = widgets.VBox([*parts, _Keys()], layout={"max_width": width})
    box.add_class(CLASS)
    return box
