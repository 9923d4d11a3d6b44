"""What a reader sees before scrolling, on a screen, on a phone and on the first printed page."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import chromium
from commands import publish, run
from lxml import html as lxml_html

ROOT = Path(__file__).parents[2]
AUTHORITIES = ("knowsley", "barnet")
"""One that readers coded, and one that the tagger coded, which carries a caution."""
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(knowsley_report, tmp_path_factory):
    barnet = publish(ROOT, "barnet", tmp_path_factory.mktemp("fold"))
    return {"knowsley": knowsley_report / "knowsley.html", "barnet": barnet}


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
    return [element.bounding_box() for element in page.locator(selector).all()]


THEMES = {"knowsley": 34, "barnet": 29}
"""Rows of the overview; the tables of England know the themes of an earlier codebook."""
GROUPS = 5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", AUTHORITIES)
@pytest.mark.promise("fold")
def test_verdict_overview_and_three_changes_stand_above_the_fold(browser, pages, name, scheme):
    page = opened(browser, pages[name], 1280, 800, color_scheme=scheme)
    found = {
        "title": boxes(page, "h1"),
        "verdict": boxes(page, ".verdict"),
        "heads": boxes(page, ".ov thead th"),
        "rows": boxes(page, ".ov tbody tr"),
        "changes": boxes(page, ".matters li")[:3],
    }
    page.context.close()
    assert len(found["heads"]) > 5
    assert len(found["rows"]) == THEMES[name] + GROUPS
    assert found["changes"]
    for part, seen in found.items():
        for box in seen:
            assert box["y"] >= 0, part
            assert box["y"] + box["height"] <= 800, (part, box)
            assert box["x"] + box["width"] <= 1280, (part, box)


@pytest.mark.promise("caution-first")
def test_the_caution_of_a_tagged_report_is_short_and_leads_to_the_whole(browser, pages):
    page = opened(browser, pages["barnet"], 1280, 800)
    (box,) = boxes(page, ".warning")
    text = page.locator(".warning").inner_text()
    page.locator(".warning a").last.click()
    whole = page.locator("section[aria-labelledby=what-was-read]").inner_text()
    page.context.close()
    assert box["height"] < 60
    assert text.startswith("Nobody has read behind the tagger here.")
    assert "95 % interval" in whole


@pytest.mark.parametrize("name", AUTHORITIES)
@pytest.mark.promise("phone")
def test_a_phone_shows_it_all_without_sideways_scroll_of_the_page(browser, pages, name):
    page = opened(browser, pages[name], 320, 700)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    (region,) = boxes(page, ".fold > .scroll")
    (caption,) = boxes(page, ".ov caption")
    (changes,) = boxes(page, ".matters")
    page.context.close()
    assert wide <= 0
    assert region["x"] + region["width"] <= 320
    assert caption["width"] <= 320
    assert changes["y"] >= region["y"] + region["height"]


@pytest.mark.promise("overview-leads-on")
def test_every_cell_is_reached_by_keyboard_and_leads_to_its_evidence(browser, pages):
    page = opened(browser, pages["knowsley"], 1280, 800, java_script_enabled=False)
    link = page.locator('.ov a[aria-label="Caseloads, Nov 2024: weakness, n = 3, high confidence"]')
    anchor = link.get_attribute("href").removeprefix("#")
    assert anchor.startswith("e-caseloads--")
    link.focus()
    page.keyboard.press("Enter")
    target = page.locator(f'[id="{anchor}"]')
    top = target.bounding_box()["y"]
    page.context.close()
    assert -5 <= top < 400


@pytest.mark.promise("glossary")
def test_a_word_explains_itself_on_focus(browser, pages):
    page = opened(browser, pages["knowsley"], 1280, 800)
    page.keyboard.press("Tab")
    term = page.locator("a.term").first
    term.focus()
    shown = term.evaluate("e => getComputedStyle(e, '::after').content")
    page.context.close()
    assert "Ofsted" in shown


@pytest.mark.parametrize("name", AUTHORITIES)
@pytest.mark.promise("fold")
def test_print_has_overview_and_changes_on_its_first_page(browser, pages, name, tmp_path):
    page = opened(browser, pages[name], 688, 1000)
    pdf = tmp_path / "report.pdf"
    page.pdf(path=pdf, format="A4", prefer_css_page_size=True)
    changes = page.locator(".matters li").all_inner_texts()
    page.context.close()
    text = run("pdftotext", "-layout", "-l", "1", pdf, "-")
    flat = " ".join(text.split())
    for part in ("Ofsted graded children's services in", "Caseloads", "What matters most"):
        assert part in flat
    for change in changes[:3]:
        assert " ".join(change.split())[:50] in flat


@pytest.mark.promise("greyscale")
def test_tiles_are_told_apart_in_greyscale(browser, pages):
    page = opened(browser, pages["knowsley"], 1280, 800)
    seen = page.evaluate(
        """() => Object.fromEntries(['s', 'm', 'w', 'd'].map(kind => {
             const a = document.querySelector(`.ov td.${kind} a`);
             return [kind, a.textContent.replace(/[0-9]/g, '')]}))"""
    )
    page.context.close()
    assert len(set(seen.values())) == 4


@pytest.mark.parametrize("name", AUTHORITIES)
def test_the_story_answers_in_the_order_in_which_a_reader_asks(pages, name):
    tree = lxml_html.parse(str(pages[name])).getroot()
    heads = [head.text_content() for head in tree.xpath("//h2")]
    order = [
        "What matters most", "What was read", "What is the story of each group of themes?",
        "How did single themes change?", "What was raised again?",
        "What was never looked at, or not lately?", "What is the evidence?",
        "How was this made, and what can it not say?", "What do the words mean?",
        "How is it cited?",
    ]  # fmt: skip
    assert [head for head in heads if head in order] == order
    assert tree.xpath("//*[@id='what-matters-rule']")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    inside = {href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")}
    assert inside - set(ids) == set()
