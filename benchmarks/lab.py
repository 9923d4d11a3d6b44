"""How soon `explore.ipynb` answers in a real JupyterLab in a real browser.

The first picture of `explore()` in a fresh kernel, imports and loading included; then twenty
changes by a person's hand, from the press until what was asked for stands on the screen: every
view once, and five of them from later visits on. Nothing that is asked was drawn before.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from machine import say_where

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGES: Final = ("inspection-findings", "jupyterlab", "ipywidgets", "matplotlib", "pandas")
FIRST, REDRAW = 4.0, 1.0
"""Seconds at most: the first picture, and the 95th percentile of what follows."""
LONG: Final = 60_000
UNTIL: Final = 6
"""Cells of the notebook up to the one that calls `explore()`."""
SHOWN: Final = {
    "Trajectories": ".findings-picture img",
    "Matrix": ".findings-picture img",
    "Timeline": ".findings-picture img",
    "Raised again": ".findings-picture img",
    "Shares": ".findings-picture img",
    "Quantity words": ".findings-picture img",
    "Findings": ".widget-box table.dataTable >> visible=true",
    "Theme by theme": ".widget-html .findings-page .card",
    "A word in its place": ".widget-html table.kwic td.word",
    "At a glance": ".findings-picture img",
}
VISITS: Final = (5, 8)
"""From which visit on some views are drawn again, by its place in the menu."""
AGAIN: Final = ("Trajectories", "Matrix", "Timeline", "Shares", "At a glance")
READY: Final = """() => {
  const notebook = window.jupyterapp?.shell.currentWidget;
  return notebook?.sessionContext?.session?.kernel?.status === 'idle';
}"""
RUN: Final = """cells => {
  const panel = window.jupyterapp.shell.currentWidget;
  panel.content.deselectAll();
  panel.content.activeCellIndex = cells;
  window.jupyterapp.commands.execute('notebook:run-all-above');
}"""
OTHER: Final = """old => {
  const image = document.querySelector('.findings-picture img');
  return image && image.src !== old && image.complete && image.naturalWidth > 0;
}"""


def main() -> None:
    """Measure and print."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "exploring")]
    from chromium import chromium
    from lab import copy_project, lab

    say_where(PACKAGES)
    with tempfile.TemporaryDirectory(prefix="lab-") as name:
        project = copy_project(Path(name) / "project")
        with lab(project, Path(name) / "home") as running, chromium() as browser:
            page = browser.new_page(viewport={"width": 1440, "height": 1000})
            page.goto(running.url("explore.ipynb"))
            page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=LONG)
            page.wait_for_function(READY, timeout=LONG)
            first = _timed(lambda: _first(page))
            print(f"first picture in a fresh kernel {first:5.2f} s of {FIRST:.0f}")
            taken = dict(_changes(page))
    for what, seconds in taken.items():
        print(f"  {what:<32} {seconds:5.2f}")
    high = quantiles(taken.values(), n=20, method="inclusive")[-1]
    print(f"{len(taken)} changes: median {median(taken.values()):.2f} s, "
          f"95th percentile {high:.2f} s of {REDRAW:.0f}")  # fmt: skip


def _first(page: Page) -> None:
    page.evaluate(RUN, UNTIL + 1)
    page.wait_for_selector(".findings-picture img", timeout=LONG)


def _changes(page: Page) -> Iterator[tuple[str, float]]:
    """Yield what was changed and the seconds until it was there, for each change."""
    for view, there in SHOWN.items():
        press = page.get_by_role("button", name=view, exact=True)
        yield view, _timed(lambda p=press, t=there: _pressed(page, p.click, t))
        if view in AGAIN:
            visit = page.get_by_label("First visit", exact=True)
            for n in (*VISITS, 0):
                took = _timed(lambda v=visit, i=n: _redrawn(page, lambda: v.select_option(index=i)))
                if n:
                    yield f"{view}, from visit {n + 1} on", took


def _pressed(page: Page, change: Callable[[], object], there: str) -> None:
    if "img" in there:
        _redrawn(page, change)
    else:
        change()
        page.wait_for_selector(there, timeout=LONG)
        page.wait_for_function(READY, timeout=LONG)


def _redrawn(page: Page, change: Callable[[], object]) -> None:
    """Make a change, and wait until another picture and what goes with it stand there."""
    image = page.locator(".findings-picture img")
    old = image.get_attribute("src") if image.count() else None
    change()
    page.wait_for_function(OTHER, arg=old, timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)


def _timed(what: Callable[[], object]) -> float:
    began = time.monotonic()
    what()
    return time.monotonic() - began


if __name__ == "__main__":
    main()
