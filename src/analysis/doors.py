"""What a folder offers, imported when it is first asked for, so that a door costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def door(
    package: str, places: Mapping[str, str], advice: str = ""
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return `__getattr__` and `__dir__` of a package that offers names of its modules.

    Parameters
    ----------
    package
        Its full name.
    places
        Name to the module of the package that holds it.
    advice
        Said beside the names that there are, to who asks for another.

    Examples
    --------
    >>> offered, names = door("analysis", {"plural": "english"})
    >>> offered("plural")(2, "visit")
    '2 visits'
    """

    def offered(name: str) -> Any:
        if name not in places:
            known = ", ".join(sorted(places))
            raise AttributeError(f"{package} offers no {name}. {advice or f'It offers: {known}'}")
        return getattr(import_module(f"{package}.{places[name]}"), name)

    return offered, lambda: sorted(places)
