"""A slimmed SVG is the same picture."""

import io

import matplotlib as mpl
from lxml import etree
from matplotlib.figure import Figure

from analysis.charts.parts.slim import FONTS, slim


def drawn() -> str:
    figure = Figure(figsize=(3, 2))
    axes = figure.subplots()
    axes.plot([0, 1, 2], [0.123456, 3, 1], marker="^", linestyle=":")
    axes.bar([0, 1], [1, 2], hatch="//", color=["#12436D", "#F46A25"])
    axes.set_title("A title with <markup> & an ampersand")
    buffer = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "x"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue()


def test_it_is_much_smaller():
    before = drawn()
    assert len(slim(before)) < 0.6 * len(before)


def test_every_reference_still_has_its_target():
    root = etree.fromstring(slim(drawn()))
    text = etree.tostring(root, encoding="unicode")
    ids = {e.get("id") for e in root.iter() if e.get("id")}
    for reference in {part.split(")")[0] for part in text.split("url(#")[1:]}:
        assert reference in ids
    for use in root.iter("{http://www.w3.org/2000/svg}use"):
        assert use.get("{http://www.w3.org/1999/xlink}href")[1:] in ids


def test_text_stays_text_in_fonts_that_readers_have():
    slimmed = slim(drawn())
    assert "A title with &lt;markup&gt; &amp; an ampersand" in slimmed
    assert FONTS in slimmed
    assert "metadata" not in slimmed


def test_no_mark_is_lost():
    def marks(svg: str) -> int:
        root = etree.fromstring(svg.encode())
        space = "{http://www.w3.org/2000/svg}"
        outlines = [path.get("d").lower().count("m") for path in root.iter(f"{space}path")]
        return sum(outlines) + sum(1 for n in ("use", "text") for _ in root.iter(f"{space}{n}"))

    before = drawn()
    assert marks(slim(before)) == marks(before)
