"""The report of Knowsley in every form, as its readers take it away."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import docx
import pypdf
import pytest
from commands import NEW_YEAR, run
from docx.oxml.ns import qn
from lxml import etree
from lxml import html as lxml_html

from analysis.exporting.outline import Figure, Paragraph, Table, outline
from analysis.exporting.pdf import to_pdf
from analysis.report.briefing import MOST_WORDS

ROOT = Path(__file__).parents[2]
MM = 72 / 25.4

pytestmark = [pytest.mark.browser, pytest.mark.notebook]


@pytest.fixture(scope="module")
def out(knowsley_report):
    return knowsley_report


@pytest.fixture(scope="module")
def page(out):
    return lxml_html.parse(str(out / "knowsley.html")).getroot()


@pytest.fixture(scope="module")
def word(out):
    return docx.Document(str(out / "knowsley.docx"))


@pytest.fixture(scope="module")
def pdf(out):
    return pypdf.PdfReader(out / "knowsley.pdf")


@pytest.fixture(scope="module")
def opened(out, tmp_path_factory):
    """The Word file as LibreOffice prints it."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "no LibreOffice found; `sh tests/need-libreoffice.sh` says how to get it"
    folder = tmp_path_factory.mktemp("opened")
    run(
        office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--convert-to", "pdf", "--outdir", folder, out / "knowsley.docx",
    )  # fmt: skip
    return folder / "knowsley.pdf"


def plain(text: str) -> str:
    """Words without what line breaks and hyphens do to them."""
    return re.sub(r"\W+", "", text)


def is_open(element) -> bool:
    """Whether an element stands in no fold."""
    return not any(above.tag == "details" for above in element.iterancestors())


def figures_of(page) -> list:
    """Figures that stand open: the others come with `figures`."""
    return [figure for figure in page.iter("figure") if is_open(figure)]


def alt_of(figure) -> str:
    return figure.get("data-alt") or figure.find(".//img").get("alt")


def text_of(paragraph) -> str:
    return "".join(t.text or "" for t in paragraph._p.iter(qn("w:t")))


@pytest.mark.promise("word-says-the-page")
def test_word_has_every_heading_of_the_page_in_its_style_and_order(page, word):
    main = page.find(".//main")
    on_page = [
        (f"Heading {h.tag[1]}", " ".join(h.text_content().split()))
        for h in main.iter("h1", "h2", "h3", "h4")
        if is_open(h) and not any(a.tag == "figure" for a in h.iterancestors())
    ]
    in_word = [
        (p.style.name, text_of(p)) for p in word.paragraphs if p.style.name.startswith("Heading")
    ]
    assert len(on_page) > 20
    assert in_word == on_page


@pytest.mark.promise("word-figures")
def test_word_has_every_figure_with_caption_and_alternative_text(page, word):
    shown = figures_of(page)
    captions = [text_of(p) for p in word.paragraphs if p.style.name == "Caption"]
    alts = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert alts == [alt_of(figure) for figure in shown]
    assert all("Knowsley" in alt for alt in alts)
    for figure in shown:
        assert " ".join(figure.find("figcaption").text_content().split()) in captions


def test_word_has_every_table_of_the_page_but_those_under_figures(out, word):
    tables = [
        b for b in outline((out / "knowsley.html").read_text()).blocks if isinstance(b, Table)
    ]
    assert len(word.tables) == len(tables)
    for real, table in zip(word.tables, tables, strict=True):
        assert len(real._tbl.tr_lst) == len(table.heads) + len(table.rows)
        head = real._tbl.tr_lst[0]
        assert head.trPr.find(qn("w:tblHeader")) is not None
        said = [" ".join(t.text or "" for t in c.iter(qn("w:t"))) for c in head.tc_lst]
        assert plain("".join(said)) == plain("".join(cell.text for cell in table.heads[0]))


@pytest.mark.promise("word-says-the-page")
def test_word_says_what_the_page_says(out, word):
    blocks = outline((out / "knowsley.html").read_text()).blocks
    said = [b.text for b in blocks if isinstance(b, Paragraph)]
    body = [p for p in word.paragraphs if p.style.name not in ("Caption", "Figure")]
    in_word = [plain(text_of(p)) for p in body if text_of(p)]
    assert in_word == [plain(text) for text in said]


def test_links_of_word_lead_somewhere(word):
    bookmarks = [e.get(qn("w:name")) for e in word.element.iter(qn("w:bookmarkStart"))]
    assert len(bookmarks) == len(set(bookmarks))
    links = [e.get(qn("w:anchor")) for e in word.element.iter(qn("w:hyperlink"))]
    inside = {name for name in links if name}
    assert len(inside) > 5  # what stands open leads to what stands open
    assert inside <= set(bookmarks)


def test_libreoffice_opens_word_with_headings_captions_and_pictures(opened, page, out):
    text = plain(run("pdftotext", opened, "-"))
    for heading in page.find(".//main").iter("h1", "h2"):
        assert plain(heading.text_content()) in text
    blocks = outline((out / "knowsley.html").read_text()).blocks
    figures = [b for b in blocks if isinstance(b, Figure)]
    for figure in figures:
        assert plain(figure.caption.text)[:60] in text
    pictures = [
        line for line in run("pdfimages", "-list", opened).splitlines() if " image " in line
    ]
    assert len(pictures) == len(figures)
    assert re.search(r"Page size: .*\(A4\)", run("pdfinfo", opened))


@pytest.mark.promise("pdf-tagged")
def test_the_pdf_is_tagged_and_says_title_and_language(pdf, page):
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert pdf.metadata.title == page.findtext(".//title")
    assert {(round(s.mediabox.width / MM), round(s.mediabox.height / MM)) for s in pdf.pages} == {
        (210, 297)
    }
    kinds: dict[str, int] = {}
    alts: list[str] = []
    waiting = [root["/StructTreeRoot"]]
    while waiting:
        part = waiting.pop().get_object()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            kinds[str(part.get("/S"))] = kinds.get(str(part.get("/S")), 0) + 1
            alts += [str(part["/Alt"])] if "/Alt" in part else []
            waiting += [part["/K"]] if "/K" in part else []
    for kind in ("/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/Figure", "/Link"):
        assert kinds.get(kind), kind
    for figure in figures_of(page):
        assert figure.get("data-alt") or alt_of(figure) in alts  # a table needs no other words


def test_the_pdf_says_what_the_page_says(out, page):
    text = plain(run("pdftotext", out / "knowsley.pdf", "-"))
    for heading in page.find(".//main").iter("h1", "h2"):
        assert plain(heading.text_content()) in text
    for figure in figures_of(page):
        assert plain(figure.find("figcaption").text_content()) in text


@pytest.mark.promise("same-bytes-pdf")
def test_printing_again_gives_the_same_bytes(out):
    again = to_pdf((out / "knowsley.html").read_text("utf-8"), int(NEW_YEAR))
    assert again == (out / "knowsley.pdf").read_bytes()


def test_figures_are_numbered_as_on_the_page(out, page):
    folder = out / "knowsley-figures"
    shown = list(page.iter("figure"))  # those in folds too
    texts = sorted(p.name for p in folder.glob("figure-*.txt"))
    assert len(texts) == len(shown) > 0
    for number, figure in enumerate(shown, start=1):
        [words] = folder.glob(f"figure-{number}-*.txt")
        caption, alt, source = words.read_text().strip().split("\n\n")
        assert caption.startswith(f"Figure {number}. ")
        assert alt.endswith(alt_of(figure))
        assert "Ofsted" in source and "April 2014 to November 2024" in source
        assert etree.parse(words.with_suffix(".svg")).getroot().tag.endswith("svg")
        assert words.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
        assert words.with_suffix(".csv").read_text().count("\n") > 1


def test_the_citation_is_the_pages(out, page):
    cited = page.xpath("string(//footer/p)")
    told = (out / "knowsley.citation.txt").read_text().split("\n")[0]
    assert f"Cite as: {told}" in cited
    entry = (out / "knowsley.bib").read_text()
    assert "Knowsley" in entry


def test_all_of_it_stays_small_enough_to_send(out):
    assert (out / "knowsley.docx").stat().st_size < 1_500_000
    assert (out / "knowsley.pdf").stat().st_size <= 3_000_000


@pytest.mark.promise("word-in-few-pages")
def test_word_has_at_most_fifteen_pages(opened):
    assert len(pypdf.PdfReader(opened).pages) <= 15


@pytest.mark.promise("briefing")
def test_the_briefing_is_two_pages_in_each_form_and_says_what_the_page_says(out, page, tmp_path):
    brief = lxml_html.parse(str(out / "knowsley.briefing.html")).getroot()
    words = brief.find("body").text_content().split()
    assert len(words) <= MOST_WORDS
    assert brief.findtext(".//h1") == page.findtext(".//h1")
    points = [" ".join(p.text_content().split()) for p in page.xpath("//ul[@class='brief']/li/p")]
    said = plain(brief.text_content())
    assert points
    assert all(plain(text)[:40] in said for text in points)
    assert len(pypdf.PdfReader(out / "knowsley.briefing.pdf").pages) == 2
    printed = tmp_path / "knowsley.briefing.pdf"
    office = shutil.which("soffice") or shutil.which("libreoffice")
    run(
        office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
        "--convert-to", "pdf", "--outdir", tmp_path, out / "knowsley.briefing.docx",
    )  # fmt: skip
    assert len(pypdf.PdfReader(printed).pages) == 2
    assert "nowsley" in docx.Document(str(out / "knowsley.briefing.docx")).paragraphs[0].text
