"""The feed is Atom as RFC 4287 has it, and its ids stay."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from analysis.report.tables.news import FIRST
from analysis.site.feed import ATOM, feed
from analysis.site.news import HEADS, Item, News
from analysis.site.tables import Authority, Visit

GRAMMAR = Path(__file__).parents[1] / "fixtures" / "atom.rng"
NAMES = {"a": ATOM, "x": "http://www.w3.org/1999/xhtml"}
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d{2}(-\d{2})?)?:[A-Za-z0-9._~:/?@!$&'()*+,;=%-]+")


def news(start: str = "2024-05", wording: str = "Plans on time", **changed: object) -> News:
    visit = Visit(f"kent-inspection-{start}", "kent", start, "inspection", "ILACS", frozenset(),
                  "primary", "All of it")  # fmt: skip
    place = Authority("kent", "Kent & Medway", "South East", (), "good", "May 2022")
    item = Item("plans", wording, "plans", "care leavers", "kent.html#n-plans", "¶3", "kent.html#3")
    items = dict.fromkeys(HEADS, ()) | {FIRST: (item,)}
    return News(visit, place, "2024-06-30", "good", {}, items, tagged=bool(changed.get("tagged")))


@pytest.fixture(scope="module")
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(GRAMMAR)))


def check(raw: bytes, grammar: etree.RelaxNG) -> etree._Element:
    """Hold a feed against the grammar, and against the rules that no grammar can say."""
    root = etree.fromstring(raw)
    grammar.assertValid(root)
    ids = root.xpath("//a:id/text()", namespaces=NAMES)
    assert len(ids) == len(set(ids))
    assert all(TAG.fullmatch(name) for name in ids)
    assert root.xpath("a:author/a:name/text()", namespaces=NAMES)
    updated = [
        datetime.fromisoformat(day)
        for day in root.xpath("a:entry/a:updated/text()", namespaces=NAMES)
    ]
    assert all(day.tzinfo for day in updated)
    assert datetime.fromisoformat(root.findtext(f"{{{ATOM}}}updated")) == max(updated)
    alternates = root.xpath("//a:entry[not(a:content)][not(a:link[@rel='alternate'])]",
                            namespaces=NAMES)  # fmt: skip
    assert alternates == []
    for entry in root.xpath("//a:entry", namespaces=NAMES):
        kinds = entry.xpath("a:link[@rel='alternate']/@type", namespaces=NAMES)
        assert len(kinds) == len(set(kinds)) == 1
    return root


@pytest.mark.promise("site-feed")
def test_the_feed_of_a_site_is_atom(site, grammar):
    root = check((site / "feed.xml").read_bytes(), grammar)
    links = {link.get("rel"): link.get("href") for link in root.iterfind(f"{{{ATOM}}}link")}
    assert links == {
        "alternate": "https://example.org/findings/new.html",
        "self": "https://example.org/findings/feed.xml",
    }
    assert root.findtext(f"{{{ATOM}}}id") == "tag:example.org,2026:new"
    days = root.xpath("a:entry/a:id/text()", namespaces=NAMES)
    visits = [day.partition(":knowsley-")[2] for day in days if ":knowsley-" in day]
    assert len(visits) > 1


def test_without_an_address_links_are_relative_and_ids_say_nobody(grammar):
    root = check(feed([news()], {}), grammar)
    entry = root.find(f"{{{ATOM}}}entry")
    assert entry.find(f"{{{ATOM}}}link").get("href") == "kent.html"
    assert ".invalid," in entry.findtext(f"{{{ATOM}}}id")
    assert entry.findtext(f"{{{ATOM}}}published") == "2024-06-30T00:00:00Z"


def test_text_of_the_data_is_text_in_the_feed(grammar):
    hostile = "<script>alert(1)</script> & so on"
    root = check(feed([news(wording=hostile)], {}), grammar)
    assert root.xpath("//x:script", namespaces=NAMES) == []
    assert root.xpath("string(//x:li)", namespaces=NAMES) == f"{hostile} (care leavers)"
    heads = root.xpath("//x:p/text()", namespaces=NAMES)
    assert heads[1] == "Raised for the first time: now asked for (1 need):"
    assert root.xpath("string(//a:entry/a:title)", namespaces=NAMES).startswith("Kent & Medway")


def test_what_was_read_later_counts_as_updated_and_what_nobody_read_says_so(grammar):
    own = news()
    root = check(feed([own], {own.visit.visit: "2025-02-03"}), grammar)
    assert root.findtext(f"{{{ATOM}}}updated") == "2025-02-03T00:00:00Z"
    assert root.xpath("string(//a:entry/a:published)", namespaces=NAMES).startswith("2024-06-30")
    told = check(feed([news(tagged=True)], {}), grammar)
    assert "by nobody yet" in told.xpath("string(//a:entry/a:title)", namespaces=NAMES)


@pytest.mark.parametrize(
    "broken",
    [
        b"<id>tag:x.org,2026:a</id><updated>2024-01-01T00:00:00Z</updated>",
        b"<id>tag:x.org,2026:a</id><title>T</title><updated>yesterday</updated>",
        b"<id>a b</id><title>T</title><updated>2024-01-01T00:00:00Z</updated><nonsense/>",
    ],
)
def test_the_grammar_refuses_what_is_no_feed(grammar, broken):
    root = etree.fromstring(b'<feed xmlns="http://www.w3.org/2005/Atom">' + broken + b"</feed>")
    assert not grammar.validate(root)
