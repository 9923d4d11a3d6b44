"""Refusing parameters that a notebook does not have.

papermill puts what it is given into a cell of its own, right after the notebook's cell of
parameters. Of a name that the notebook does not have it only warns in its log, and the notebook
would run to the end for another authority than the one that was meant.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Final

from analysis.errors import require_known

_GIVEN: Final = "# Parameters\n"
"""How papermill begins its cell."""


def refuse_unknown(cells: Sequence[str]) -> None:
    r"""Refuse what papermill gave to a notebook that has no such parameter.

    Parameters
    ----------
    cells
        Sources of the cells that were run, in order: IPython's `In`.

    Raises
    ------
    UnknownNameError
        If the cell before papermill's does not set the name; suggests the nearest.

    Examples
    --------
    >>> refuse_unknown(["authority = 'knowsley'", "# Parameters\nauthority = 'kent'"])
    >>> refuse_unknown(["authority = 'knowsley'", "# Parameters\nauthorty = 'kent'"])
    Traceback (most recent call last):
    analysis.errors.UnknownNameError: There is no parameter 'authorty'. Did you mean 'authority'?
    """
    places = [place for place, cell in enumerate(cells) if cell.startswith(_GIVEN) and place]
    for place in places[-1:]:
        known = _names(cells[place - 1])
        for name in _names(cells[place]) if known else []:
            require_known("parameter", name, known)


def _names(cell: str) -> list[str]:
    """Names that a cell sets, in order."""
    set_to = [node.targets for node in ast.parse(cell).body if isinstance(node, ast.Assign)]
    return [target.id for targets in set_to for target in targets if isinstance(target, ast.Name)]
