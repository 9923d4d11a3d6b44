"""Every word that the page uses has an entry, and every link of a word leads to it."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html

from analysis.report.page.glossary import FORMS, GLOSSARY, Marker, anchor, entries
from analysis.report.report import Report
from analysis.results.statuses import STRENGTH_ABOVE, WEAKNESS_BELOW

ASKED = (
    "visit", "document", "primary", "secondary", "finding", "theme", "code", "cohort", "vote", "n",
    "status", "need", "SIF", "ILACS", "tagger", "thin", "fragile", "incidental", "indicative",
    "silent", "flag", "change", "direction", "extent", "area", "raised again", "first seen",
)  # fmt: skip


def test_no_word_is_missing_and_none_is_without_a_meaning():
    assert [word for word in ASKED if word not in GLOSSARY] == []
    assert all(len(meaning) > 20 and meaning.endswith(".") for meaning in GLOSSARY.values())
    assert set(FORMS.values()) <= set(GLOSSARY)
    assert str(STRENGTH_ABOVE) in GLOSSARY["strength"]
    assert str(WEAKNESS_BELOW) in GLOSSARY["weakness"]


@pytest.mark.promise("glossary")
def test_a_word_is_linked_once_in_a_section_and_escaped():
    mark = Marker()
    first, again = mark("A <thin> status, thin."), mark("thin")
    assert first.count('href="#w-thin"') == 1
    assert first.startswith("A &lt;<a ")
    assert again == "thin"
    assert mark("thinner, unthin, thin-skinned") == "thinner, unthin, thin-skinned"


def test_children_in_need_are_no_entry():
    assert Marker()("children in need of help or protection") == (
        "children in need of help or protection"
    )


def test_every_link_of_the_story_has_its_entry_and_a_tooltip(project):
    report = Report.of("exampleshire")
    ids = {found for found, _word, _meaning in entries()}
    tree = lxml_html.fromstring(report.opening().html + report.story().html)
    terms = tree.xpath("//a[@class='term']")
    assert len(terms) >= 5
    for term in terms:
        assert term.get("href").removeprefix("#") in ids
        assert term.get("title") in GLOSSARY.values()
    listed = lxml_html.fromstring(report.glossary().html)
    assert listed.xpath("//div/@id") == [anchor(word) for word in sorted(GLOSSARY, key=str.lower)]
