"""The published page in a real browser, as its readers open it."""

import itertools
import re
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import chromium
from lxml import html as lxml_html

ROOT = Path(__file__).parents[1]
PINNED_DATE = "1767225600"  # 1 January 2026
MAX_BYTES = 1_000_000
A4_INNER_WIDTH = 688  # 210 mm less two margins of 14 mm, at 96 px an inch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("page")]


def publish(out: Path) -> Path:
    command = [sys.executable, "-m", "analysis", "report", "knowsley", "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    return out / "knowsley.html"


@pytest.fixture(scope="module")
def page_path(tmp_path_factory):
    patch = pytest.MonkeyPatch()
    patch.setenv("SOURCE_DATE_EPOCH", PINNED_DATE)
    patch.setenv("FINDINGS_ROOT", str(ROOT))
    path = publish(tmp_path_factory.mktemp("report"))
    yield path
    patch.undo()


@pytest.fixture(scope="module")
def tree(page_path):
    return lxml_html.parse(str(page_path)).getroot()


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_leaves_the_page(browser, page_path, width, scheme):
    # axe is injected into the page, which the page's own policy would rightly forbid
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(page_path.as_uri())
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found = Axe().run(page)
    context.close()
    assert found.response["violations"] == [], found.generate_report()
    assert overflow <= 0
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []


def test_cells_lead_to_their_evidence_without_javascript(browser, page_path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(page_path.as_uri())
    spot = page.locator("#fig-matrix a.spot").first
    anchor = spot.get_attribute("href").removeprefix("#")
    spot.click()
    target = page.locator(f'[id="{anchor}"]')
    top = target.bounding_box()["y"]
    text = target.inner_text()
    context.close()
    assert -5 <= top < 400
    assert "paragraph" in text


def test_print_keeps_every_column(browser, page_path, tmp_path):
    context = browser.new_context(viewport={"width": A4_INNER_WIDTH, "height": 1000})
    page = context.new_page()
    page.goto(page_path.as_uri())
    page.emulate_media(media="print")
    clipped = page.evaluate(
        """() => [...document.querySelectorAll('table, figure img, p, li')]
             .filter(e => e.offsetParent && e.getBoundingClientRect().right > innerWidth + 1)
             .map(e => e.outerHTML.slice(0, 120))"""
    )
    pdf = tmp_path / "report.pdf"
    page.pdf(path=pdf, format="A4", prefer_css_page_size=True, tagged=True)
    context.close()
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True
    ).stdout
    raw = pdf.read_bytes()
    assert clipped == []
    for head in ("Theme", "Cohort", "Compared", "Certainty", "between", "Inspectors"):
        assert head in text
    assert b"/StructTreeRoot" in raw
    assert b"/MarkInfo" in raw


def test_it_is_one_file_without_script_and_small_enough(page_path, tree):
    assert page_path.stat().st_size <= MAX_BYTES
    assert tree.xpath("//script|//link|//iframe|//object|//form|//*[@onclick]") == []
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy and "default-src 'none'" in policy[0]
    sources = tree.xpath("//@src")
    assert sources and all(source.startswith("data:") for source in sources)


def test_every_link_inside_the_page_has_its_place(tree):
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    inside = {href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")}
    assert inside
    assert inside - set(ids) == set()


def test_structure_is_what_a_screen_reader_needs(tree):
    assert len(tree.xpath("//h1")) == 1
    assert tree.get("lang") == "en-GB"
    assert "Knowsley" in tree.findtext(".//title")
    assert tree.xpath("//a[@class='skip']/@href") == ["#main"]
    assert tree.xpath("//nav[@aria-label='Contents']//a")
    for image in tree.xpath("//img"):
        assert "Knowsley" in image.get("alt")
    for table in tree.xpath("//table"):
        assert table.findtext("caption").strip()
        for head in table.xpath(".//th"):
            assert head.get("scope") in ("col", "row", "rowgroup")
            assert head.text_content().strip()
    levels = [int(h.tag[1]) for h in tree.xpath("//h1|//h2|//h3|//h4")]
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


def test_every_chart_has_number_caption_table_and_csv(tree):
    figures = tree.xpath("//figure")
    captions = [figure.findtext("figcaption/b") for figure in figures]
    assert captions == [f"Figure {n}. " for n in range(1, 7)]
    for figure in figures:
        assert figure.xpath(".//table")
        assert figure.xpath(".//a[@download and starts-with(@href, 'data:text/csv')]")
        assert figure.xpath(".//img[starts-with(@src, 'data:image/svg+xml')]")


def test_the_page_says_what_it_was_made_from(tree):
    text = tree.xpath("string(//footer)")
    assert re.search(r"SHA-256\s+[0-9a-f]{64}", text)
    for word in ("inspection-findings 0.", "pandas", "authority = 'knowsley'", "2026-01-01", "MIT"):
        assert word in text


def test_same_inputs_and_date_give_the_same_bytes(page_path, tmp_path):
    again = publish(tmp_path)
    assert again.read_bytes() == page_path.read_bytes()
