"""How inspection findings change from visit to visit, theme by theme.

For a notebook: `load` an authority and call what you want to see, `explore` it with menus, or list
the `authorities` held. They are imported when first asked for, so that `import analysis` is cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from analysis.exploring.authority import authorities as authorities
    from analysis.exploring.authority import load as load
    from analysis.exploring.menus import explore as explore

    __version__: str

_FRONT: Final = {
    "authorities": "analysis.exploring.authority",
    "explore": "analysis.exploring.menus",
    "load": "analysis.exploring.authority",
}
"""What a researcher calls, and where it is."""

__all__ = ["__version__", "authorities", "explore", "load"]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("analysis.project").VERSION
    if name in _FRONT:
        return getattr(import_module(_FRONT[name]), name)
    raise AttributeError(
        f"There is no analysis.{name}. A notebook begins with: from analysis import "
        f"{', '.join(sorted(_FRONT))}"
    )


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
