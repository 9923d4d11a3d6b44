"""What a reader gets: our page beside nbconvert's own template, from the same executed notebook.

The report's notebook is executed once, then turned into a page twice: by this project's template,
and by nbconvert's default one (lab). Both are opened in the same headless Chromium and asked the
same questions. The notebook's outputs are the same, so what differs is the template's doing; the
charts and tables that both show bring their own alternative texts and captions.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import nbformat
from axe_playwright_python.sync_playwright import Axe
from machine import say_where
from nbconvert import HTMLExporter
from playwright.sync_api import Browser, sync_playwright

PACKAGES: Final = ("inspection-findings", "nbconvert", "papermill", "playwright")
CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome")
PINNED_DATE: Final = "1767225600"
WIDTHS: Final = (1280, 320)
SCHEMES: Final = ("light", "dark")
A4: Final = {"width": 688, "height": 1017}
"""A4 less margins of 14 mm, at 96 px an inch."""
LOOK: Final = """() => {
  const all = what => [...document.querySelectorAll(what)];
  const bare = all("img").filter(i => !(i.getAttribute("alt") || "").trim()
    || /^no description/i.test(i.alt));
  return {
    "pictures without alternative text": bare.length,
    "tables without a caption": all("table").filter(t => !t.caption).length,
    "heads of tables without scope or text":
      all("th").filter(h => !h.scope || !h.textContent.trim()).length,
    "h1 headings": all("h1").length,
    "skip link": all('a[href="#main"]').length ? "yes" : "no",
    "table of contents": all("nav a[href^='#']").length ? "yes" : "no",
    "title": document.title,
    "content security policy":
      all('meta[http-equiv="Content-Security-Policy"]').length ? "yes" : "no",
    "scripts": all("script").length,
    "links to nowhere": all('a[href^="#"]').filter(a => a.hash.length > 1
      && !document.getElementById(decodeURIComponent(a.hash.slice(1)))).length,
  };
}"""
CLIPPED: Final = """() => [...document.querySelectorAll('table, img, pre')]
  .filter(e => e.offsetParent && e.getBoundingClientRect().right > innerWidth + 1).length"""

Answers = dict[str, Any]


def execute(authority: str, folder: Path) -> Path:
    """Run the report's notebook; return it, executed."""
    command = [sys.executable, "-m", "analysis", "report", authority, "--out", str(folder)]
    where = os.environ | {"SOURCE_DATE_EPOCH": PINNED_DATE}
    subprocess.run(command, check=True, capture_output=True, env=where)
    return folder / f"{authority}.ipynb"


def default_page(notebook: Path) -> str:
    """Turn an executed notebook into a page as nbconvert does unless told otherwise."""
    body, _resources = HTMLExporter().from_notebook_node(nbformat.read(notebook, as_version=4))
    return str(body)


def ask(browser: Browser, page_path: Path) -> Answers:
    """Open a page in every width and scheme and put the same questions to it."""
    answers: Answers = {"size, kB": round(page_path.stat().st_size / 1000)}
    asked: set[str] = set()
    for scheme in SCHEMES:
        for width in WIDTHS:
            # the checks' own script is brought in, which a page's policy would rightly forbid
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
            )
            page = context.new_page()
            page.on("request", lambda request: asked.add(request.url))
            page.goto(page_path.as_uri(), wait_until="load")
            if (scheme, width) == (SCHEMES[0], WIDTHS[0]):
                answers |= page.evaluate(LOOK)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            answers[f"px wider than the window, {width} px"] = max(0, wide)
            found = Axe().run(page).response["violations"]
            nodes = sum(len(rule["nodes"]) for rule in found)
            answers[f"axe: rules broken (places), {width} px, {scheme}"] = f"{len(found)} ({nodes})"
            context.close()
    answers["requests to http(s)"] = sum(url.startswith("http") for url in asked)
    context = browser.new_context(viewport=A4)
    page = context.new_page()
    page.goto(page_path.as_uri())
    page.emulate_media(media="print")
    answers["clipped on A4: tables, pictures, code"] = page.evaluate(CLIPPED)
    context.close()
    return answers


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--authority", default="knowsley")
    authority = parser.parse_args(arguments).authority
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        sys.exit("No Chromium found; `sh tests/need-chromium.sh` says how to get it.")
    say_where(PACKAGES)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        notebooks = [execute(authority, Path(name, part)) for part in ("one", "two")]
        pages = {
            "ours": [notebook.with_suffix(".html") for notebook in notebooks],
            "nbconvert, lab": [notebook.with_suffix(".lab.html") for notebook in notebooks],
        }
        for notebook, page in zip(notebooks, pages["nbconvert, lab"], strict=True):
            page.write_text(default_page(notebook), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        measured = {way: ask(browser, one) for way, (one, _two) in pages.items()}
        for way, (one, two) in pages.items():
            same = one.read_bytes() == two.read_bytes()
            measured[way]["same bytes when made again"] = "yes" if same else "no"
        browser.close()
    say(measured)


def say(measured: dict[str, Answers]) -> None:
    """Print a row for each question, a column for each page."""
    print(f"\n| | {' | '.join(measured)} |\n|---|{'---|' * len(measured)}")
    for question in next(iter(measured.values())):
        print(f"| {question} | {' | '.join(str(a[question]) for a in measured.values())} |")


if __name__ == "__main__":
    main()
