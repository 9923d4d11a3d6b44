"""A site holds together: every link leads somewhere, and no page asks anybody for anything."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from lxml import html as lxml_html
from sites import SOME

from analysis.data.codebook import load_codebook
from analysis.site.dressing import anchors
from analysis.site.pages import Frame, Page


def pages(site: Path) -> dict[str, lxml_html.HtmlElement]:
    return {path.name: lxml_html.parse(str(path)).getroot() for path in site.glob("*.html")}


def test_it_has_a_page_for_every_authority_and_theme_and_three_more(site, kit):
    themes = load_codebook(kit.raw("codebook.yml")).ids
    names = [*SOME, *(f"theme-{theme}" for theme in themes), "index", "new", "about"]
    assert sorted(path.stem for path in site.glob("*.html")) == sorted(names)


@pytest.mark.promise("site-links-lead")
def test_every_link_leads_somewhere(site):
    trees = pages(site)
    held = {name: anchors((site / name).read_text("utf-8")) for name in trees}
    broken = []
    for name, tree in trees.items():
        for href in tree.xpath("//a/@href | //link[@rel!='canonical']/@href"):
            if re.match(r"[a-z]+:", href):
                continue
            file, fragment = urldefrag(href)
            file = file or name
            leads = (site / file).is_file() and (
                not fragment or "=" in fragment or unquote(fragment) in held[file]
            )
            if not leads:
                broken.append((name, href))
    assert broken == []


def test_every_summary_that_search_finds_leads_to_its_paragraph(site):
    """Those of paragraphs without a theme lead to their page: no list there shows them."""
    found = gone = 0
    for path in site.glob("search-*.js"):
        text = path.read_text("utf-8")
        for page in re.findall(r'^summaries\("([^"]+)"', text, re.MULTILINE):
            line = next(one for one in text.splitlines() if one.startswith(f'summaries("{page}"'))
            held = anchors((site / page).read_text("utf-8"))
            for prefix, lines in re.findall(r'"([a-z]\d{4}[^"]*)",(\[\[.*?\]\])\]', line):
                for number in re.findall(r"\[(-?\d+),\"", lines):
                    found += 1
                    gone += number.startswith("-")
                    assert number.startswith("-") or f"{prefix}/{number}" in held
    assert found > 500
    assert gone < found / 20


def test_no_page_names_a_place_from_which_it_would_fetch_anything(site):
    for name, tree in pages(site).items():
        assert tree.xpath("//script/@src | //img[not(starts-with(@src, 'data:'))]") == [], name
        assert tree.xpath("//link[@rel='stylesheet'] | //iframe | //object") == [], name


def test_every_page_says_what_it_is_and_where_it_stands(site):
    for name, tree in pages(site).items():
        assert tree.get("lang") == "en-GB"
        assert len(tree.xpath("//h1")) == 1, name
        title = tree.findtext(".//title").strip()
        said = tree.xpath("string(//meta[@name='description']/@content)")
        assert title and said, name
        assert tree.xpath("string(//meta[@property='og:title']/@content)") == title
        assert tree.xpath("string(//meta[@property='og:url']/@content)").endswith(f"/{name}")
        assert tree.xpath("string(//meta[@property='og:image']/@content)").endswith("/card.png")
        for table in tree.xpath("//table[not(@aria-hidden) and not(@role='presentation')]"):
            assert (table.get("aria-label") or table.xpath("string(caption)")).strip(), name
        for head in tree.xpath("//table[not(@aria-hidden) and not(@role='presentation')]//th"):
            assert head.get("scope"), (name, head.text_content())


def test_without_an_address_a_page_still_says_what_it_is():
    page = Page("about.html", "About", "About the data", "How far to trust it.")
    card = lxml_html.fromstring(f"<head>{Frame().card(page)}</head>")
    said = {m.get("property"): m.get("content") for m in card.xpath("//meta[@property]")}
    assert said == {
        "og:title": "About",
        "og:description": "How far to trust it.",
        "og:type": "article",
        "og:locale": "en_GB",
    }
    assert card.xpath("//link") == []


def test_the_picture_of_links_has_the_size_that_is_asked_for(site):
    picture = (site / "card.png").read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)


def test_text_of_the_data_is_text(site):
    assert (site / ".nojekyll").read_bytes() == b""
    for path in site.glob("*.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path.name
