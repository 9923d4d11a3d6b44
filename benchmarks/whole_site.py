"""How long a site of every authority takes, how large it is, and how soon its search answers.

In a copy of the project: the first run, a second one in which nothing has changed, and, where a
letter is named, `findings add AUTHORITY LETTER --site`; the last two as shares of the first. Then
sizes, and how long the front page's search needs for a keystroke over all summaries, in Chromium.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final

from machine import MB, say_where

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGES: Final = ("inspection-findings", "pandas", "jinja2", "lxml", "papermill", "nbconvert")
BARS: Final = {"whole": 180.0, "median page": 0.7, "largest page": 1.2}
"""MB at most."""
WORDS: Final = ("c", "ca", "cas", "caseloads", "caseloads too high", "supervision", "kent plans")
KEYSTROKE: Final = 100.0
"""Milliseconds in which the first result must stand there."""
TIMED: Final = """word => {
  const box = document.getElementById("q"), began = performance.now();
  box.value = word;
  box.dispatchEvent(new Event("input", {bubbles: true}));
  return performance.now() - began;
}"""


def main() -> None:
    """Measure and print."""
    asked = _asked()
    say_where(PACKAGES)
    with tempfile.TemporaryDirectory(prefix="site-") as name:
        project, place = _copied(Path(name)), Path(name) / "site"
        make = ("site", "--out", str(place), "--jobs", str(asked.jobs))
        first = _timed(project, *make)
        print(f"first run            {first:6.1f} s")
        again = _timed(project, *make)
        print(f"nothing changed      {again:6.1f} s, 1 / {first / again:.0f} of the first")
        if asked.letter:
            added = ("add", asked.letter[0], str(Path(asked.letter[1]).resolve()))
            letter = _timed(project, *added, "--site", str(place))
            print(f"one new letter       {letter:6.1f} s, 1 / {first / letter:.0f} of the first")
        say_sizes(place)
        say_search(place)


def say_sizes(place: Path) -> None:
    """Print how large a site and its pages are, beside the bars."""
    pages = sorted((path.stat().st_size / MB, path.name) for path in place.glob("*.html"))
    whole = sum(path.stat().st_size for path in place.iterdir()) / MB
    largest, name = pages[-1]
    sizes = {"whole": whole, "median page": median(size for size, _ in pages),
             "largest page": largest}  # fmt: skip
    for what, size in sizes.items():
        more = f" ({name})" if what == "largest page" else f" ({len(pages)} pages)"
        print(f"{what:<20} {size:6.2f} MB of {BARS[what]}{more}")


def say_search(place: Path) -> None:
    """Print how long the search needs for a keystroke once the summaries are read."""
    sys.path.insert(0, str(ROOT / "tests"))
    from chromium import chromium

    with chromium() as browser:
        page = browser.new_page()
        page.goto((place / "index.html").as_uri())
        began = time.monotonic()
        page.locator("#q").fill("supervision")
        page.wait_for_selector("#hits mark")
        print(f"first search         {1000 * (time.monotonic() - began):6.0f} ms, reading included")
        taken = {word: max(page.evaluate(TIMED, word) for _ in range(3)) for word in WORDS}
    slowest = max(taken, key=lambda word: taken[word])
    print(f"slowest keystroke    {taken[slowest]:6.0f} ms of {KEYSTROKE:.0f} ({slowest!r})")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--letter", nargs=2, metavar=("AUTHORITY", "LETTER"))
    return parser.parse_args()


def _copied(folder: Path) -> Path:
    """Copy what a site is made from, and nothing that was made."""
    project = folder / "project"
    for part in ("data/raw", "notebooks"):
        shutil.copytree(ROOT / part, project / part)
    return project


def _timed(project: Path, *arguments: str) -> float:
    """Run a command of the project; return how long it took, in seconds."""
    began = time.monotonic()
    environment = dict(os.environ) | {"FINDINGS_ROOT": str(project)}
    ran = subprocess.run(
        [sys.executable, "-m", "analysis", *arguments], env=environment, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    if ran.returncode:
        sys.exit(f"findings {' '.join(arguments)} failed:\n{ran.stdout}{ran.stderr}")
    return time.monotonic() - began


if __name__ == "__main__":
    main()
