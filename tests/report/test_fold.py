"""What a reader sees first, on a screen, on a phone and on the first printed page."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import chromium
from commands import publish, run
from shared import unread

ROOT = Path(__file__).parents[2]
AUTHORITIES = ("knowsley", "unread")
"""One that readers coded, and one that the program coded, which carries a warning."""
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(knowsley_report, tmp_path_factory):
    root = unread(tmp_path_factory.mktemp("unread") / "project").root
    page = publish(root, "bolton", tmp_path_factory.mktemp("fold"))
    return {"knowsley": knowsley_report / "knowsley.html", "unread": page}


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


def opened(browser, path, width, height, **more):
    context = browser.new_context(viewport={"width": width, "height": height}, **more)
    page = context.new_page()
    page.goto(path.as_uri())
    return page


def boxes(page, selector):
    """Boxes of elements, asked for at once; None of what has none."""
    return page.locator(selector).evaluate_all(
        """all => all.map(e => {
             const {x, y, width, height} = e.getBoundingClientRect();
             return e.getClientRects().length ? {x, y, width, height} : null;
           })"""
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", AUTHORITIES)
@pytest.mark.promise("fold")
def test_headline_trust_and_brief_stand_on_the_first_screen(browser, pages, name, scheme):
    page = opened(browser, pages[name], 1280, 900, color_scheme=scheme)
    found = {part: boxes(page, part) for part in ("h1", ".trust", ".brief li")}
    page.context.close()
    for part, seen in found.items():
        assert seen, part
        for box in seen[:4]:
            assert box["y"] >= 0, part
            assert box["y"] + box["height"] <= 900, (part, box)
            assert box["x"] + box["width"] <= 1280, (part, box)


@pytest.mark.promise("caution-first")
def test_the_warning_of_a_page_by_the_program_stands_before_anything_else(browser, pages):
    page = opened(browser, pages["unread"], 1280, 900)
    (warning,) = boxes(page, ".warning")
    (head,) = boxes(page, "h1")
    text = page.locator(".warning").inner_text()
    marks = ".stave i[class]:not(.lo)"
    thick = page.locator(marks).count() - page.locator(f".key {marks}").count()
    page.context.close()
    assert warning["y"] + warning["height"] <= head["y"]
    assert "nobody has read the documents" in text
    assert thick == 0  # every mark is thin


@pytest.mark.parametrize("name", AUTHORITIES)
@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.promise("phone")
def test_a_phone_shows_the_latest_visit_without_sideways_scroll(browser, pages, name, width):
    page = opened(browser, pages[name], width, 800)
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    latest = [box for box in boxes(page, ".panel td.now") if box]
    words = [box for box in boxes(page, ".panel td.word") if box]
    page.context.close()
    assert overflow <= 0
    assert latest
    assert all(box["x"] + box["width"] <= width for box in (*latest, *words))


def test_marks_differ_in_height_and_not_by_colour_alone(browser, pages):
    """In greyscale orange and grey are near: place on the three lines tells them apart."""
    page = opened(browser, pages["knowsley"], 1280, 900)
    tops = page.evaluate(
        """() => ["S", "M", "W"].map(level => {
             const mark = document.querySelector(`.panel i.${level}`);
             const cell = mark.closest("td").getBoundingClientRect();
             const at = mark.getBoundingClientRect();
             return ((at.top + at.bottom) / 2 - cell.top) / cell.height;
           })"""
    )
    page.context.close()
    high, middle, low = tops
    assert high < middle - 0.1 < middle + 0.1 < low


@pytest.mark.parametrize("name", AUTHORITIES)
@pytest.mark.promise("print")
def test_print_begins_with_headline_and_brief_and_leaves_folds_out(browser, pages, name, tmp_path):
    page = opened(browser, pages[name], 800, 1000)
    headline = page.locator("h1").inner_text()
    pdf = tmp_path / "page.pdf"
    page.pdf(path=pdf, format="A4", prefer_css_page_size=True)
    page.context.close()
    sheets = run("pdftotext", "-layout", pdf, "-").split("\f")
    first = " ".join(sheets[0].split())
    assert " ".join(headline.split())[:40] in first
    assert "In brief" in first
    assert len(sheets) <= 30
