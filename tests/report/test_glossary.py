"""Every word of the method has an entry, with a meaning."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html

from analysis.report.page.glossary import GLOSSARY, anchor, entries
from analysis.report.report import Report
from analysis.results.votes import STRENGTH_ABOVE, WEAKNESS_BELOW

ASKED = (
    "visit", "document", "primary", "secondary", "finding", "theme", "code", "cohort", "vote", "n",
    "status", "need", "SIF", "ILACS", "tagger", "confidence", "path", "area statement", "aspect",
    "like with like", "not mentioned", "change", "direction", "extent", "area", "raised again",
    "first seen",
)  # fmt: skip


def test_no_word_is_missing_and_none_is_without_a_meaning():
    assert [word for word in ASKED if word not in GLOSSARY] == []
    assert all(len(meaning) > 20 and meaning.endswith(".") for meaning in GLOSSARY.values())
    assert str(STRENGTH_ABOVE) in GLOSSARY["strength"]
    assert str(WEAKNESS_BELOW) in GLOSSARY["weakness"]


@pytest.mark.promise("glossary")
def test_every_entry_stands_in_the_method_in_the_order_of_the_alphabet(project):
    method = lxml_html.fromstring(Report.of("exampleshire").method().html)
    listed = method.xpath("//dl[@class='glossary']/div/@id")
    assert listed == [anchor(word) for word in sorted(GLOSSARY, key=str.lower)]
    assert listed == [found for found, _word, _meaning in entries()]
