"""`explore`: menus for an authority, and a word on what is going on until they stand there."""

from __future__ import annotations

import ipywidgets as widgets
from IPython.core.getipython import get_ipython
from IPython.display import display as show

from analysis.exploring.authority import Authority
from analysis.exploring.loading import load
from analysis.exploring.menus import App, saying


def explore(
    authority: str | Authority = "knowsley",
    start: str = "",
    end: str = "",
    themes: str = "",
    include_secondary: bool = False,
    codes: str = "",
) -> App:
    """Show menus for an authority, and a view that follows them.

    Parameters
    ----------
    authority
        Slug or name, or one that is loaded already, which is shown at once.
    start, end, themes, include_secondary, codes
        What to begin with, as in `load`.

    Returns
    -------
    App
        Shows itself in a notebook. Without widgets nothing is lost: every view is one call on what
        `load` gives, and the menus say which.
    """
    if isinstance(authority, Authority):
        return App(authority)
    told = widgets.HTML(saying(f"Reading {authority} …"))
    if _live():
        show(told)  # type: ignore[no-untyped-call]
    app = App(load(authority, start, end, themes, include_secondary, codes))
    told.close()
    return app


def _live() -> bool:
    """Whether a notebook is there that shows what is going on."""
    return getattr(get_ipython(), "kernel", None) is not None
