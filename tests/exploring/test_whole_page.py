"""A card or any block, saved: a page that needs nothing else, and the rows behind it."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest
from lxml import html

from analysis import load
from analysis.errors import FindingsError
from analysis.exploring.whole_page import opened
from analysis.report.report import Report


@pytest.fixture
def example(held):
    return load("exampleshire")


def of_kind(saved, ending):
    return next(path for path in saved.paths if path.suffix == ending)


def page_of(saved):
    return html.parse(str(of_kind(saved, ".html"))).getroot()


def assert_whole(root):
    assert root.xpath("//details") == root.xpath("//details[@open]")
    there = {f"#{name}" for name in root.xpath("//@id")}
    targets = set(root.xpath("//a/@href"))
    assert all(target in there or target.startswith("https://") for target in targets), targets
    assert not root.xpath("//script | //link | //button")


@pytest.mark.promise("card-saved")
def test_a_card_is_a_page_with_its_rows_beside(example):
    saved = example.save(example.theme("supervision"))
    names = [path.name for path in saved.paths]
    assert names == [f"exampleshire--supervision{end}" for end in (".html", ".csv", ".xlsx")]
    root = page_of(saved)
    assert_whole(root)
    assert root.xpath("//h1/text()") == ["Exampleshire"]
    assert root.xpath("//title/text()") == ["Exampleshire: supervision"]
    assert root.xpath("//style") and len(root.xpath("//details")) > 1
    footer = root.xpath("string(//footer)")
    assert "Source: " in footer and "Exampleshire. Report of " in footer
    rows = pd.read_csv(of_kind(saved, ".csv"))
    assert len(rows) == len(example.findings("supervision"))
    assert not example.save(example.theme("supervision")).new


def test_the_rows_are_those_of_the_card_whatever_is_chosen(example):
    weak = example.subset(direction="weakness")
    assert len(weak.findings("supervision")) < len(example.findings("supervision"))
    rows = weak.theme("supervision").rows()
    pd.testing.assert_frame_equal(rows, example.findings("supervision"))


def test_evidence_is_saved_with_what_it_shows_and_no_more(example):
    block = example.evidence("supervision", direction="weakness")
    saved = example.save(block, name="weak")
    assert_whole(page_of(saved))
    rows = pd.read_csv(of_kind(saved, ".csv"))
    assert set(rows["direction"]) == {"weakness"} and set(rows["theme"]) == {"supervision"}
    assert f"{rows['finding'].nunique()} finding" in str(block)


def test_a_block_without_rows_is_a_page_alone(example):
    report = Report(example.results, example.project, example.choices.parameters)
    saved = example.save(report.cards(), name="cards")
    assert [path.name for path in saved.paths] == ["exampleshire--cards.html"]
    assert_whole(page_of(saved))


def test_many_themes_are_counted_in_the_name(example):
    assert example.theme("supervision, audit").name == "supervision+audit"
    block = example.theme(list(example.codebook.ids))
    assert block.name == f"{len(example.codebook.ids)}-themes"


def test_who_coded_is_said_above_it(example, monkeypatch):
    monkeypatch.setattr(
        "analysis.report.sentences.cautions.short_caution", lambda _: ("A program.", "Read.")
    )
    root = page_of(example.save(example.theme("supervision")))
    assert root.xpath("string(//p[@class='warning'])") == "A program. Read."


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('<p><a href="#x">x</a></p>', "<p><span>x</span></p>"),
        ('<p id="x"><a href="#x">x</a></p>', '<p id="x"><a href="#x">x</a></p>'),
        ('<a href="briefing.html" target="_blank">x</a>', "<span>x</span>"),
        ('<a href="https://example.org/">x</a> y', '<a href="https://example.org/">x</a> y'),
        ('<details name="n"><summary>a</summary></details>',
         '<details open=""><summary>a</summary></details>'),
        ("a &lt;b&gt; <button>x</button>c", "a &lt;b&gt; c"),
        ("&lt;script&gt;", "&lt;script&gt;"),
    ],
)  # fmt: skip
def test_links_and_folds(text, wanted):
    assert opened(text) == wanted


def test_of_several_it_says_whose_card_can_be_saved(example, project):
    both = load(["exampleshire"])
    with pytest.raises(FindingsError, match=re.escape('camden.save(camden.theme("supervision"))')):
        both.save(replace(example.theme("supervision")))
