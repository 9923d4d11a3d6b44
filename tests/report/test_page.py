"""The published page in a real browser, as its readers open it."""

import csv
import io
import itertools
import re
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import chromium
from commands import NEW_YEAR, publish, run
from lxml import etree
from lxml import html as lxml_html
from PIL import Image
from playwright.sync_api import expect
from shared import results_of

from analysis.charts.parts.style import HOLE, INK, MARKS, NAVY, ORANGE, PLUM, SLATE
from analysis.data.schemas import CODES
from analysis.dates import DATE_VARIABLE
from analysis.project import ROOT_VARIABLE
from analysis.report.page import page as page_module
from analysis.report.page.page import to_page
from analysis.report.page.scripts import script, sha256

ROOT = Path(__file__).parents[2]
MAX_BYTES = 900_000
MAX_WORDS = 6_000
MAX_SCREENS = 25
MAX_GRIDLINES = 10
A4_INNER_HEIGHT = 1017  # 297 mm less the same margins
A4_INNER_WIDTH = 688  # 210 mm less two margins of 14 mm, at 96 px an inch

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page_path(knowsley_report):
    return knowsley_report / "knowsley.html"


@pytest.fixture(scope="module")
def tree(page_path):
    return lxml_html.parse(str(page_path)).getroot()


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
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


@pytest.mark.parametrize(
    ("scheme", "media", "bright"),
    [("light", "screen", True), ("dark", "screen", False), ("dark", "print", True)],
)
@pytest.mark.promise("charts-in-the-dark")
def test_charts_are_dark_where_the_screen_is_and_light_on_paper(
    browser, page_path, scheme, media, bright
):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(page_path.as_uri())
    page.locator("details:has(#fig-timeline) > summary").click()
    page.emulate_media(media=media)
    shot = Image.open(io.BytesIO(page.locator("#fig-timeline .picture").screenshot()))
    context.close()
    colours = shot.convert("L").getcolors()
    ground = max(colours)[1]
    assert (ground > 250) is bright
    assert max(abs(value - ground) for _count, value in colours) > 200  # words are told apart


LINKS = """() => [...document.querySelectorAll('a[href^="#"]')].map(a => {
  const target = document.getElementById(decodeURIComponent(a.hash.slice(1)));
  return {
    href: a.getAttribute("href"), there: !!target, text: target ? target.textContent : "",
    from: a.closest(".need,.visits,.new,.own,.brief,.strong")?.className ?? "",
    figure: a.closest("figure")?.id ?? "", place: a.className === "at",
    shows: target ? target.matches(".cell li, .none li") : false,
  };
})"""
"""Every link inside the page, what it stands in, and whether it leads to a paragraph."""


@pytest.fixture(scope="module")
def links(browser, page_path):
    page = browser.new_page()
    page.goto(page_path.as_uri())
    found = page.evaluate(LINKS)
    page.close()
    return found


def test_every_link_inside_the_page_leads_somewhere(links, tree):
    assert len(links) > 1000
    assert [link["href"] for link in links if not link["there"]] == []
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.promise("all-leads-to-evidence")
def test_every_place_that_is_named_leads_to_its_paragraph(links):
    places = [link for link in links if link["place"] and link["from"] != "brief"]
    assert len(places) > 500
    assert [link["href"] for link in places if not link["shows"]] == []


@pytest.mark.promise("all-leads-to-evidence")
def test_everything_that_is_said_has_its_place(tree):
    said = tree.xpath("//*[@class='visits']/li[contains(@class, 'found')]//p")
    said += tree.xpath("//article[@class='need']//li")
    said += tree.xpath("//ul[@class='strong']/li[not(.//a[starts-with(@href, '#n-')])]")
    assert len(said) > 400
    assert [one.text_content() for one in said if not one.xpath(".//a[@class='at']")] == []


@pytest.mark.promise("page-in-few-words")
def test_little_stands_open_and_no_word_of_the_method_does(browser, page_path):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(page_path.as_uri())
    text = page.evaluate("document.querySelector('main').innerText")
    height = page.evaluate("document.documentElement.scrollHeight")
    page.close()
    print(f"{len(text.split())} words, {height} pixels")
    assert len(text.split()) <= MAX_WORDS
    assert height <= MAX_SCREENS * 900
    for word in (
        r"n\s=",
        "came out as",
        r"\bflag",
        r"\bthin\b",
        "no group named",
        r"\bcodes\b(?!/)",
    ):
        assert not re.search(word, text), word


def test_an_entry_says_what_it_rests_on(tree):
    cells = tree.xpath("//details[contains(@class, 'evidence')]/section[@class='cell']")
    assert len(cells) > 100
    for cell in cells:
        assert cell.findtext("h4")
        assert cell.xpath("p[@class='small']")[0].text_content().strip()
        assert cell.xpath("p[@class='who']")
        for entry in cell.xpath("ul/li"):
            assert re.search(r"strength|mixed|weakness|neutral", entry.findtext("b"))
            assert re.search(r"paragraph|in our count", entry.findtext("i") or "")
    assert tree.xpath("//li[@class='aside']")  # what had no say in a level is told apart


@pytest.mark.promise("without-javascript")
def test_without_javascript_and_network_everything_is_there(browser, page_path):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(page_path.as_uri())
    card = page.locator("#t-supervision")
    card.locator("summary", has_text="Visits").click()
    spot = card.locator(".visits .at").first
    anchor = spot.get_attribute("href").removeprefix("#")
    spot.click()
    target = page.locator(f'[id="{anchor}"]')
    expect(target).to_be_in_viewport()
    text = target.inner_text()
    form = page.locator("#filter").is_visible()
    drawn = page.evaluate("[...document.images].every(i => i.complete && i.naturalWidth)")
    context.close()
    assert "paragraph" in text or "page" in text
    assert not form
    assert drawn


def shown(page) -> int:
    return page.locator(".evidence .cell li:not([hidden])").count()


@contextmanager
def reading(browser, page_path):
    """Open a page to be read; nothing may go wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(page_path.as_uri())
    page.locator(".howto summary").click()
    yield page
    context.close()
    assert told == []  # the page's policy lets its own script run, and nothing else wanted to


@pytest.fixture
def reader(browser, page_path):
    """A page that is read, and what its console tells."""
    with reading(browser, page_path) as page:
        yield page


@pytest.fixture(scope="module")
def filtered(browser, page_path):
    """A page that is filtered by one test after another."""
    with reading(browser, page_path) as page:
        yield page


@pytest.mark.promise("filter-by-keyboard")
def test_the_evidence_is_filtered_by_keyboard(reader):
    every, output = shown(reader), reader.locator("#filter output")
    expect(output).to_have_text(f"{every} of {every} shown")
    assert output.evaluate("o => o.tagName") == "OUTPUT"  # announced, as `aria-live` would be
    reader.locator(".howto summary").focus()

    def choose(words: str, *, skip: int = 0) -> set[str]:
        for _ in range(skip + 1):
            reader.keyboard.press("Tab")
        reader.keyboard.type(words)
        option = reader.locator("#filter select:focus option:checked")
        expect(option).to_have_text(re.compile(f"^{words}"))
        left = shown(reader)
        assert output.inner_text() == f"{left} of {every} shown"
        assert reader.locator(".cell:visible:not(:has(li:visible))").count() == 0
        return {b[2:] for b in reader.locator(".cell li:visible b").all_inner_texts()}

    found = choose("Super")
    assert len(found) > 1
    assert reader.locator(".card:visible h3").all_inner_texts() == ["Supervision"]
    choose("Inspection")
    assert reader.locator(".cell:visible").count() == 1
    assert choose("weak", skip=1) == {"weakness"}
    for _ in range(4):
        reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")  # show all
    expect(reader.locator("#filter")).not_to_contain_class("on")
    assert shown(reader) == every
    assert reader.locator(".cell:visible").count() == 0  # folded again
    assert reader.locator(".card:visible").count() > 30


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("theme", "Supervision", "Supervision"),
        ("visit", "i2014-04-29", "April 2014"),
        ("cohort", "Care leavers", "Care leavers"),
        ("direction", "neutral", "neutral"),
        ("source", "secondary", "(secondary source)"),
        ("coder", "reader-1", "coded by reader-1"),
        ("words", "private foster", "private"),
    ],
)
@pytest.mark.promise("filter-by-keyboard")
def test_each_filter_leaves_what_fits(filtered, name, value, says):
    reader = filtered
    every = shown(reader)
    field = reader.locator(f'#filter [name="{name}"]')
    field.fill(value) if name == "words" else field.select_option(value)
    assert 0 < shown(reader) < every
    where = {"theme": ".card", "visit": ".cell", "cohort": ".who", "source": ".cell"}
    texts = reader.locator(f"{where.get(name, '.cell li')}:visible").all_inner_texts()
    assert texts
    assert all(says.lower() in text.lower() for text in texts)
    reader.get_by_role("button", name="Show all").first.click()
    expect(reader.locator("#filter")).not_to_contain_class("on")
    assert shown(reader) == every


@pytest.mark.promise("filter-has-an-address")
def test_what_is_filtered_has_an_address_and_goes_along_as_a_table(reader, page_path):
    reader.locator('#filter [name="theme"]').select_option("Supervision")
    reader.locator('#filter [name="direction"]').select_option("strength")
    left = shown(reader)
    assert "#find?theme=Supervision&direction=strength" in reader.url
    with reader.expect_download() as saved:
        reader.get_by_role("button", name="Save as CSV").click()
    text = Path(saved.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert rows[0] == ["Theme", "Visit", "Group", "Direction", "Found", "Place"]
    assert len(rows) == left + 1
    assert {row[0] for row in rows[1:]} == {"Supervision"}
    assert {row[3] for row in rows[1:]} == {"strength"}
    other = reader.context.new_page()
    other.goto(reader.url)
    assert other.locator('#filter [name="direction"]').input_value() == "strength"
    assert shown(other) == left
    assert other.locator(".card:visible h3").all_inner_texts() == ["Supervision"]
    other.close()


@pytest.mark.promise("theme-prints-alone")
def test_a_theme_prints_alone_under_the_headline_and_with_its_citation(reader, tmp_path):
    reader.evaluate("() => { print = () => { printed = document.querySelector('.alone').id } }")
    name = reader.get_by_role("heading", name="Supervision", exact=True)
    card = reader.locator(".card", has=name)
    card.locator(".sure summary").click()
    card.get_by_role("button", name="Print this theme").click()
    assert reader.evaluate("printed") == card.get_attribute("id")
    assert reader.locator(".alone").count() == 0, "the next print is of the whole page"
    card.evaluate("card => card.classList.add('alone')")
    pdf = tmp_path / "theme.pdf"
    reader.pdf(path=pdf, format="A4", prefer_css_page_size=True)
    sheets = run("pdftotext", "-layout", pdf, "-").split("\f")
    assert "2014" in sheets[0], "the card begins under the headline"
    text = " ".join(" ".join(sheets).split())
    for kept in ("Supervision", "Cite as:", "In inspectors’ own view", "Needs ("):
        assert kept in text
    for other in ("In brief", "Pathway plans", "Print this theme"):
        assert other not in text
    assert text.index(" ".join(reader.locator("h1").inner_text().split())[:30]) < 200


@pytest.mark.promise("filter-ends")
def test_a_link_to_what_is_filtered_out_ends_the_filter_and_leads_back(reader):
    every, words = shown(reader), reader.locator('#filter [name="words"]')
    words.fill("private foster")
    assert shown(reader) < every
    link = reader.locator("article.need .at").first
    target = reader.locator(f"[id='{link.get_attribute('href').removeprefix('#')}']")
    link.focus()
    reader.keyboard.press("Enter")
    expect(target).to_be_in_viewport()
    assert shown(reader) == every
    assert words.input_value() == ""
    assert "hidden" in reader.locator("#filter output").text_content()
    target.get_by_text("Back to where you were").click()
    expect(link).to_be_focused()


@pytest.mark.promise("folds-have-addresses")
def test_an_address_opens_every_fold_that_it_lies_in(browser, page_path, tree):
    anchor = tree.xpath("//details[contains(@class, 'evidence')]//li/@id")[40]
    page = browser.new_page()
    page.goto(f"{page_path.as_uri()}#{anchor}")
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()
    page.close()


HOSTILE = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">'\"&"


def test_hostile_text_is_shown_as_it_is_and_runs_nowhere(browser, project, tmp_path):
    (project.root / "notebooks").symlink_to(ROOT / "notebooks")
    folder = project.raw("exampleshire")
    as_cell = '"' + HOSTILE.replace('"', '""') + '"'
    places = {
        folder / "findings" / "exampleshire-inspection-2014-05-20.csv": [
            (
                "Most plans list tasks & dates but not <b>what must change</b> for the child.",
                as_cell,
            ),
            (",Help and protection,", f",{as_cell},"),
        ],
        folder / "needs.csv": [("How regularly social workers are supervised", as_cell)],
        folder / "visits.csv": [("Actions required after the 2014 inspection", as_cell)],
        folder / "documents.csv": [("Improvement Notice: Exampleshire", as_cell)],
        project.raw("authorities.csv"): [("Exampleshire", as_cell)],
        project.raw("codebook.yml"): [
            ("name: Caseloads", "name: '" + HOSTILE.replace("'", "''") + "'"),
        ],
    }
    for path, changes in places.items():
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, (path, old)
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    path = publish(project.root, "exampleshire", tmp_path)
    context = browser.new_context()
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(path.as_uri())
    title, body = page.title(), page.inner_text("body")
    alts = page.evaluate("[...document.images].map(i => i.alt)")
    broken = page.evaluate("[...document.images].filter(i => !i.naturalWidth).length")
    page.locator(".howto summary").click()
    page.locator('#filter [name="theme"]').select_option(HOSTILE)
    own = page.locator("script, img[onerror]").count()
    injected = path.with_name("injected.html")
    page_text = path.read_text(encoding="utf-8")
    injected.write_text(page_text.replace("<h1", f"{HOSTILE}<h1", 1), encoding="utf-8")
    assert told == []
    page.goto(injected.as_uri())
    after = page.title()
    context.close()
    assert title.startswith(HOSTILE)
    assert body.count(HOSTILE) > 5
    assert all(HOSTILE in alt for alt in alts)
    assert broken == 0
    assert own == 1
    assert after == title
    assert any("Content Security Policy" in text for text in told)


def page_heights_over(page, height) -> list[str]:
    """Figures that a page cannot hold whole, or that may be split."""
    return page.evaluate(
        """height => [...document.querySelectorAll('figure')]
             .filter(f => f.offsetParent && f.id !== 'fig-glance')
             .filter(f => f.offsetHeight > height || getComputedStyle(f).breakInside !== 'avoid')
             .map(f => f.id)""",
        height,
    )


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
    split = page_heights_over(page, A4_INNER_HEIGHT)
    text = run("pdftotext", "-layout", pdf, "-")
    context.close()
    raw = pdf.read_bytes()
    assert clipped == []
    for head in ("In brief", "All visits at a glance", "Theme by theme"):
        assert head in text
    assert "Nobody who works in this field has checked it" in text
    assert split == []
    assert b"/StructTreeRoot" in raw
    assert b"/MarkInfo" in raw


def test_it_is_one_file_with_its_own_script_alone_and_small_enough(page_path, tree):
    assert page_path.stat().st_size <= MAX_BYTES
    assert tree.xpath("//link|//iframe|//object|//*[@onclick]") == []
    (own,) = tree.xpath("//script/text()")
    assert own == script("evidence.js")
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy and "default-src 'none'" in policy[0]
    assert f"script-src 'sha256-{sha256(own)}';" in policy[0]
    sources = tree.xpath("//@src")
    assert sources and all(source.startswith("data:") for source in sources)


SKELETON = """texts => texts.map(text => {
  const found = [], page = new DOMParser().parseFromString(text, "text/html");
  const walk = (node, depth) => {
    for (const child of node.childNodes) {
      if (child.nodeType === 1) {
        found.push(depth + child.tagName + [...child.attributes].map(a => a.name + a.value));
        walk(child, depth + 1);
      } else if (child.data.trim()) found.push(depth + child.data.trim().replace(/\\s+/g, " "));
    }
  };
  walk(page.body, 0);
  return found;
})"""


def test_the_page_said_in_fewer_bytes_is_the_same_page(browser, page_path, monkeypatch):
    notebook = nbformat.read(page_path.with_suffix(".ipynb"), as_version=4)
    monkeypatch.setattr(page_module, "terse", lambda page: page)
    whole, small = to_page(notebook), page_path.read_text(encoding="utf-8")
    page = browser.new_page()
    before, after = page.evaluate(SKELETON, [whole, small])
    page.close()
    assert len(small.encode()) < len(whole.encode()) - 40_000
    assert len(before) > 5_000
    assert after == before


def test_structure_is_what_a_screen_reader_needs(tree):
    assert len(tree.xpath("//h1")) == 1
    assert tree.get("lang") == "en-GB"
    assert "Knowsley" in tree.findtext(".//title")
    assert tree.xpath("//a[@class='skip']/@href") == ["#main"]
    assert tree.xpath("//nav[@aria-label='Contents']//a")
    for image in tree.xpath("//img"):
        assert "Knowsley" in image.get("alt")
    for table in tree.xpath("//table"):
        if table.get("role") == "presentation":
            continue
        assert (table.get("aria-label") or table.findtext("caption")).strip()
        for head in table.xpath(".//th"):
            assert head.get("scope") in ("col", "row", "rowgroup")
            assert head.text_content().strip()
    levels = [int(h.tag[1]) for h in tree.xpath("//h1|//h2|//h3|//h4")]
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


@pytest.mark.promise("figures-numbered")
def test_every_need_of_the_ledger_is_told_on_the_page_in_words(tree):
    rows = tree.xpath("//*[@id='fig-ledger']//*[@class='picture']/a/@href")
    told = tree.xpath("//article[@class='need']/@id")
    assert len(rows) > 60 and {row.removeprefix("#") for row in rows} <= set(told)


def test_every_chart_has_number_caption_table_and_csv(tree):
    figures = tree.xpath("//figure")
    captions = [figure.findtext("figcaption/b") for figure in figures]
    assert captions == [f"Figure {n}. " for n in range(1, 4)]
    for figure in figures:
        if figure.get("id") != "fig-ledger":
            assert figure.xpath(".//table")
        assert figure.xpath(".//a[@download and starts-with(@href, 'data:text/csv')]")
        for picture in figure.xpath(".//img[starts-with(@src, 'data:image/svg+xml')]"):
            drawn = unquote(picture.get("src").partition(",")[2])
            light = dict(re.findall(r"(--\w):(#\w{6})", drawn.partition("@media")[0]))
            plain = re.sub(r"var\((--\w)\)", lambda name, by=light: by[name[1]], drawn)
            check_picture(etree.fromstring(plain.encode()))
    assert len(tree.xpath("//figure//img")) == 2  # the first is itself a table


def check_picture(svg: etree._Element) -> None:
    """Text lies flat, and few light lines cross the picture."""
    turned = [t for t in svg.xpath("//*[local-name()='text']/@transform") if "rotate" in t]
    assert [t for t in turned if not re.search(r"rotate\(-?0\b", t)] == []
    wide, high = (float(svg.get(side).removesuffix("pt")) for side in ("width", "height"))
    light = re.findall(
        r"\.(\w+)\{[^}]*stroke:#([c-f])", svg.xpath("string(//*[local-name()='style'])")
    )
    classes = {name for name, _shade in light}
    lines = [
        [float(n) for n in re.findall(r"-?[\d.]+", path.get("d"))]
        for path in svg.iter("{*}path")
        if path.get("class") in classes and re.fullmatch(r"M[-\d. ]+L[-\d. ]+", path.get("d"))
    ]
    long = [(x0, y0, x1, y1) for x0, y0, x1, y1 in lines
            if abs(x1 - x0) > wide / 2 or abs(y1 - y0) > high / 2]  # fmt: skip
    assert len(long) <= MAX_GRIDLINES


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_palette_is_told_apart_on_white_and_from_its_neighbours():
    palette = (NAVY, SLATE, PLUM, ORANGE)
    assert [p.lower() for p in palette] == ["#12436d", "#6b747b", "#801650", "#f46a25"]
    assert all(contrast(colour, "#ffffff") >= 3 for colour in palette)
    assert contrast(NAVY, ORANGE) >= 3  # slate stands between them in height, and has a symbol
    assert contrast(INK, HOLE) >= 7  # the marks that stand on it


@pytest.mark.promise("greyscale")
def test_in_greyscale_and_without_colour_marks_are_told_apart():
    assert len({mark.symbol for mark in MARKS.values()}) == len(MARKS)
    for mark in MARKS.values():
        assert contrast(mark.fill, mark.ink) >= 4.5
    assert contrast(MARKS["strength"].fill, MARKS["weakness"].fill) >= 3


def test_pictures_are_told_in_words(tree):
    for image in tree.xpath("//img"):
        alt = image.get("alt")
        assert "Knowsley" in alt
        assert re.search(r"\b20\d\d\b.*\b20\d\d\b", alt), alt
        assert len(alt.split()) > 15


@pytest.mark.promise("made-from")
def test_the_page_says_what_it_was_made_from(tree):
    text = tree.xpath("string(//footer)")
    assert re.search(r"SHA-256\s+[0-9a-f]{64}", text)
    for word in ("inspection-findings 0.", "pandas", "authority = 'knowsley'", "2026-01-01", "MIT"):
        assert word in text


@pytest.mark.promise("same-bytes")
def test_same_inputs_and_date_give_the_same_bytes(page_path, tmp_path):
    """Made by a process of its own, whose sets are in another order than the tests'."""
    where = {ROOT_VARIABLE: str(ROOT), DATE_VARIABLE: NEW_YEAR}
    run(sys.executable, "-m", "analysis", "report", "knowsley", "--out", tmp_path, **where)
    assert (tmp_path / "knowsley.html").read_bytes() == page_path.read_bytes()


@pytest.mark.promise("code-otherwise")
def test_a_paragraph_gives_the_rows_to_begin_a_file_of_codes_with(reader):
    card = reader.locator("#t-caseloads")
    card.locator(".evidence > summary").click()
    shown_first = card.locator(".cell li").first
    shown_first.get_by_role("button", name="Code it otherwise").click()
    head, *rows = shown_first.locator("textarea").input_value().splitlines()
    assert set(head.split(",")) <= set(CODES.columns)
    with results_of("knowsley").lent() as results:
        coded = results.coded
    finding = rows[0].split(",")[0]
    own = coded.loc[coded["finding"] == finding, ["finding", "theme", "cohort", "direction"]]
    assert len(own) == len(rows) > 0
    assert sorted(tuple(row.split(",")[:4]) for row in rows) == sorted(own.itertuples(index=False))
