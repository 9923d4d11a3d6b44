"""What a page says is read in order, whatever its parts are."""

from __future__ import annotations

from analysis.exporting.outline import Figure, Look, Paragraph, Table, outline

PAGE = """<html lang="en-GB"><head><title>Anyshire:
 findings</title></head><body><a class="skip" href="#main">Skip</a><nav>Contents</nav>
<main id="main">
<h1 id="top">Anyshire</h1>
<p class="verdict">It was <b class="w">▼ weak</b>. <a href="#t1">See</a><br>below.</p>
<form><label>Filter <input></label></form><p hidden>Not shown</p>
<ul><li>One <i>place</i><ul><li>Deeper</li></ul></li><li><p>Two</p><p>and more</p></li></ul>
<ol><li>First</li></ol><ol><li>Again first</li></ol>
<dl><dt>Theme</dt><dd>What is spoken of</dd></dl>
<details open><summary>More sentences</summary><p>Kept <q>words</q></p></details>
<details><summary>Folded</summary><p>left out</p></details>
<figure id="fig-matrix"><div><img alt="Matrix of Anyshire" src="data:,"><a href="#e">spot</a></div>
<figcaption><b>Figure 2. </b>Every theme.</figcaption>
<details><summary>Data</summary><table><tr><td>left out</td></tr></table></details></figure>
<div class="evidence"><h3 id="e">Evidence</h3>loose words<p>small</p></div>
<table id="t1"><caption>Table 1. Visits</caption>
<thead><tr><th scope="col">Visit</th><th scope="col">Grade</th></tr></thead>
<tbody><tr id="v-1"><th scope="row" rowspan="2">2014</th><td>weak</td></tr>
<tr><td colspan="1">weaker<br>still</td></tr></tbody></table>
</main></body></html>"""


def test_paragraphs_come_in_order_with_kinds_and_levels():
    page = outline(PAGE)
    assert (page.title, page.language) == ("Anyshire: findings", "en-GB")
    said = [(b.kind, b.level, b.text) for b in page.blocks if isinstance(b, Paragraph)]
    assert said == [
        ("h1", 0, "Anyshire"),
        ("text", 0, "It was ▼ weak. See\nbelow."),
        ("bullet", 1, "One place"),
        ("bullet", 2, "Deeper"),
        ("bullet", 1, "Two"),
        ("text", 1, "and more"),
        ("number", 1, "First"),
        ("number", 1, "Again first"),
        ("term", 0, "Theme"),
        ("definition", 0, "What is spoken of"),
        ("lead", 0, "More sentences"),
        ("text", 0, "Kept “words”"),
        ("h3", 0, "Evidence"),
        ("text", 0, "loose words"),
        ("text", 0, "small"),
    ]


def test_numbered_lists_begin_anew_and_long_parts_are_compact():
    blocks = [b for b in outline(PAGE).blocks if isinstance(b, Paragraph)]
    assert [b.series for b in blocks if b.kind == "number"] == [1, 2]
    assert [b.text for b in blocks if b.compact] == ["Evidence", "loose words", "small"]


def test_words_keep_their_look_and_their_links():
    verdict = outline(PAGE).blocks[1]
    assert isinstance(verdict, Paragraph)
    assert [(run.text, run.look) for run in verdict.runs] == [
        ("It was ", Look()),
        ("▼ weak", Look(bold=True, tone="w")),
        (". ", Look()),
        ("See", Look(href="#t1")),
        ("\nbelow.", Look()),
    ]


def test_a_figure_has_name_alternative_text_and_caption_but_not_its_data():
    [figure] = [b for b in outline(PAGE).blocks if isinstance(b, Figure)]
    assert (figure.name, figure.alt) == ("matrix", "Matrix of Anyshire")
    assert figure.caption is not None
    assert figure.caption.text == "Figure 2. Every theme."
    assert figure.anchors == ("fig-matrix",)


def test_a_figure_without_a_picture_is_read_like_anything_else():
    page = "<main><figure id=f><table><caption>A</caption><tr><td>1</td></tr></table>"
    page += "<figcaption>Figure 1. A table</figcaption></figure></main>"
    table, caption = outline(page).blocks
    assert isinstance(table, Table)
    assert table.anchors == ("f",)
    assert isinstance(caption, Paragraph)
    assert (caption.kind, caption.text) == ("caption", "Figure 1. A table")


def test_a_table_keeps_heads_spans_and_names():
    [table] = [b for b in outline(PAGE).blocks if isinstance(b, Table)]
    assert table.caption is not None
    assert table.caption.text == "Table 1. Visits"
    assert table.anchors == ("t1",)
    assert [[cell.text for cell in row] for row in table.heads] == [["Visit", "Grade"]]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["2014", "weak"],
        ["weaker\nstill"],
    ]
    first = table.rows[0][0]
    assert (first.head, first.rows, first.paragraphs[0].anchors) == (True, 2, ("v-1",))


def test_signs_that_xml_forbids_are_dropped():
    [said] = outline("<main><p>a\x0bb\x1fc</p></main>").blocks
    assert isinstance(said, Paragraph)
    assert said.text == "abc"
