"""The Word file, read back."""

from __future__ import annotations

import re
import time
import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from analysis.charts.parts.chart import Chart
from analysis.charts.parts.style import new_figure
from analysis.exporting.outline import Cell, Paragraph, Run, outline
from analysis.exporting.word import to_word
from analysis.exporting.word.paragraphs import bookmark
from analysis.exporting.word.styles import TEXT_WIDTH
from analysis.exporting.word.tables import column_widths

NEW_YEAR = 1767225600  # 1 January 2026
PAGE = """<html lang="en-GB"><head><title>Anyshire: findings</title></head><main>
<h1>Anyshire</h1><h2 id="two">Visits</h2>
<p>See <a href="#t-1">the table</a>, <a href="#gone">nothing</a> and
<a href="https://example.org/a?b=1&amp;c=2">the page</a>.</p>
<ol><li>One</li><li>Two</li></ol><p>Between</p><ol><li>One again</li></ol>
<figure id="fig-dots"><img alt="Dots &amp; more" src="data:,"><figcaption><b>Figure 3. </b>Dots.
</figcaption></figure>
<div class="evidence"><h3>Theme</h3><ul><li>A finding</li></ul></div>
<table id="t-1"><caption>Table 1. Visits</caption>
<thead><tr><th>Visit</th><th>Looked at</th><th>Grade</th></tr></thead><tbody>
<tr><th rowspan="2">2014</th><td rowspan="2">all</td><td>weak</td></tr><tr><td>weaker</td></tr>
<tr><th>2018</th><td colspan="2">nothing</td></tr></tbody></table></main>"""


@pytest.fixture(scope="module")
def chart(exampleshire) -> Chart:
    figure = new_figure(10, 4)
    figure.add_subplot().plot([0, 1], [1, 0])
    with exampleshire.lent() as results:
        return Chart(figure, "Dots & more", "Dots.", results.changes.head(2), name="dots")


@pytest.fixture(scope="module")
def made(chart) -> bytes:
    return to_word(outline(PAGE), {"dots": chart.picture(3)}, citation="Cite it so.", now=NEW_YEAR)


@pytest.fixture
def document(made):
    return docx.Document(BytesIO(made))


def test_headings_captions_and_language(document):
    styles = [(p.style.name, p.text) for p in document.paragraphs]
    assert ("Heading 1", "Anyshire") in styles
    assert ("Heading 2", "Visits") in styles
    assert ("Heading 3", "Theme") in styles
    captions = [
        "".join(t.text for t in p._p.iter(qn("w:t")))
        for p in document.paragraphs
        if p.style.name == "Caption"
    ]
    assert captions == ["Figure 3. Dots.", "Table 1. Visits"]
    languages = [e.get(qn("w:val")) for e in document.styles.element.iter(qn("w:lang"))]
    assert languages and set(languages) == {"en-GB"}
    assert document.core_properties.title == "Anyshire: findings"
    assert document.core_properties.comments == "Cite it so."
    assert document.core_properties.created.isoformat().startswith("2026-01-01")


def test_a_title_and_a_citation_longer_than_word_keeps_are_cut(chart):
    page = PAGE.replace("Anyshire: findings", "Anyshire " * 60)
    made = to_word(outline(page), {"dots": chart.picture(3)}, citation="It. " * 90, now=NEW_YEAR)

    properties = docx.Document(BytesIO(made)).core_properties
    for kept in (properties.title, properties.comments):
        assert len(kept) == 255
        assert kept.endswith("…")


def test_numbers_of_captions_are_fields_that_give_the_pages_number(document):
    fields = [e.get(qn("w:instr")).split() for e in document.element.iter(qn("w:fldSimple"))]
    assert fields == [
        ["SEQ", "Figure", "\\*", "ARABIC", "\\r", "3"],  # the first one here, but number 3
        ["SEQ", "Table", "\\*", "ARABIC"],
    ]


def test_a_picture_has_its_alternative_text_and_print_size(document):
    [shape] = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "Dots & more"
    assert shape._inline.docPr.get("name") == "Figure 3"
    assert shape.width.mm == pytest.approx(182, abs=0.1)
    assert shape.height.mm == pytest.approx(182 * 0.4, abs=0.1)


@pytest.mark.promise("word-tables")
def test_tables_are_real_with_a_repeated_head_and_merged_cells(document):
    [table] = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Visit", "Looked at", "Grade"],
        ["2014", "all", "weak"],
        ["2014", "all", "weaker"],
        ["2018", "nothing", "nothing"],
    ]
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert repeated == [True, False, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert sum(int(c.get(qn("w:w"))) for c in table._tbl.iter(qn("w:gridCol"))) == TEXT_WIDTH


def test_links_lead_on_where_there_is_something(document):
    links = list(document.element.iter(qn("w:hyperlink")))
    text = ["".join(t.text for t in link.iter(qn("w:t"))) for link in links]
    assert text == ["the table", "the page"]  # the link to what is not there is plain text
    bookmarks = {e.get(qn("w:name")) for e in document.element.iter(qn("w:bookmarkStart"))}
    assert links[0].get(qn("w:anchor")) in bookmarks
    relation = document.part.rels[links[1].get(qn("r:id"))]
    assert relation.target_ref == "https://example.org/a?b=1&c=2"


def test_every_numbered_list_begins_with_one(document):
    numbers = {
        p.text: p._p.pPr.numPr.numId.val
        for p in document.paragraphs
        if p.style.name == "List Number"
    }
    assert numbers["One"] == numbers["Two"] != numbers["One again"]


def test_the_evidence_stands_in_two_columns_and_the_rest_in_one(document):
    columns = [section._sectPr.find(qn("w:cols")).get(qn("w:num")) for section in document.sections]
    assert columns == ["1", "2", None]
    styles = {p.text: p.style.name for p in document.paragraphs}
    assert styles["A finding"] == "Compact Bullet"
    assert all(s.page_width.mm == pytest.approx(210, abs=0.1) for s in document.sections)
    assert all(s.footer._sectPr is not None for s in document.sections)


@pytest.mark.promise("same-bytes")
def test_the_same_page_and_date_give_the_same_bytes(made, chart, monkeypatch):
    monkeypatch.setattr(time, "time", lambda: NEW_YEAR)  # when the archive's parts are written
    again = to_word(outline(PAGE), {"dots": chart.picture(3)}, citation="Cite it so.", now=NEW_YEAR)
    assert again == made
    later = to_word(outline(PAGE), {}, citation="Cite it so.", now=NEW_YEAR + 1)
    assert later != made
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]


def test_a_picture_that_was_not_left_is_told_in_words():
    document = docx.Document(BytesIO(to_word(outline(PAGE), {}, citation="", now=NEW_YEAR)))
    assert "[Picture: Dots & more]" in [p.text for p in document.paragraphs]


@pytest.mark.parametrize("columns", [1, 3, 12, 40])
def test_columns_share_the_whole_width_and_none_is_lost(columns):
    words = [Cell((Paragraph((Run("word " * (place * 9 + 1)),)),)) for place in range(columns)]
    widths = column_widths([words], columns, 8.0)
    assert sum(widths) == TEXT_WIDTH
    assert min(widths) > 0


def test_names_of_bookmarks_are_short_and_tell_apart():
    names = [f"e-{'long-' * 12}{n}" for n in range(50)]
    made = [bookmark(name) for name in names]
    assert len(set(made)) == 50
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name) for name in made)
