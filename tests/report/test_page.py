"""The published page in a real browser, as its readers open it."""

import itertools
import re
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import chromium
from commands import publish, run
from lxml import etree
from lxml import html as lxml_html
from playwright.sync_api import expect

from analysis.charts.parts.style import GREY, MARKS, NAVY, ORANGE, PLUM, TEAL
from analysis.report.page import page as page_module
from analysis.report.page.page import to_page
from analysis.report.page.scripts import script, sha256

ROOT = Path(__file__).parents[2]
MAX_BYTES = 1_000_000
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


# Every link inside the page, what it stands in, and how many findings its place shows or leads to.
LINKS = """() => {
  const shows = place => {
    if (!place) return -1;
    const section = place.matches("h3") ? place.parentNode : place;
    const own = section.matches(".theme li") ? 1 : section.querySelectorAll(".theme li").length;
    return own || section.querySelectorAll(".cell li").length;
  };
  const place = hash => document.getElementById(decodeURIComponent(hash.slice(1)));
  return [...document.querySelectorAll('a[href^="#"]')].map(a => {
    const target = place(a.hash);
    const next = target && target.matches("section, p, tr")
      ? [...target.querySelectorAll('a[href^="#"]:not(.back)')].map(b => shows(place(b.hash))) : [];
    return {
      href: a.getAttribute("href"), there: !!target, shows: shows(target),
      leads: Math.max(0, ...next), text: target ? target.textContent : "",
      figure: a.closest("figure")?.id ?? "", back: !!a.closest(".back"),
      table: a.closest("#changes, .needs")?.className ?? "", to: target?.tagName ?? "",
    };
  });
}"""


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
def test_every_cell_of_every_chart_leads_to_its_findings(links, tree):
    spots = [link for link in links if link["figure"]]
    assert {spot["figure"] for spot in spots} == set(tree.xpath("//figure/@id"))
    empty = [spot for spot in spots if not (spot["shows"] > 0 or spot["leads"] > 0)]
    assert all("no document is held" in spot["text"] for spot in empty)
    assert {spot["figure"] for spot in empty} <= {"fig-timeline"}  # it draws what is not held, too


@pytest.mark.promise("all-leads-to-evidence")
def test_every_change_and_every_need_leads_to_its_findings(links, tree):
    rows = tree.xpath("//*[@id='changes']//tbody/tr[td]")
    assert len(rows) > 100
    assert all(row.xpath(".//a[starts-with(@href, '#e-')]") for row in rows)
    events = tree.xpath("//*[@class='needs']//li")
    assert len(events) > 100
    assert all(event.xpath(".//a") for event in events)
    inside = [link for link in links if link["table"] and not link["back"]]
    assert all(link["shows"] > 0 for link in inside)


@pytest.mark.promise("ways-back")
def test_the_ways_back_lead_to_every_figure_and_table_that_led_there(links, tree):
    back = {link["href"] for link in links if link["back"]}
    assert {f"#{figure}" for figure in tree.xpath("//figure/@id")} <= back
    assert {"#visits"} | {f"#{n}" for n in tree.xpath("//*[@class='needs']/section/@id")} <= back
    for theme in tree.xpath("//section[@class='theme'][h3/@id != 't-none']"):
        name, ways = theme.find("h3").get("id"), theme.xpath(".//*[@class='back']/a/@href")
        cells = set(theme.xpath("section/@id"))
        for place, way in (
            ("//*[@id='overview']", "#overview"),
            ("//*[@id='fig-matrix']", "#fig-matrix"),
            ("//*[@id='fig-trajectories']", "#fig-trajectories"),
            ("//*[@id='changes']", f"#c-{name[2:]}"),
        ):
            led = {href[1:] for href in tree.xpath(f"{place}//a/@href")} & cells
            assert not led or way in ways, (name, way)


def test_an_entry_says_what_it_rests_on(tree):
    cells = tree.xpath("//section[@class='theme']/section[@class='cell']")
    assert len(cells) > 100
    for cell in cells:
        assert cell.findtext("h4")
        assert cell.xpath("p[@class='small']")[0].text_content().strip()
        assert cell.xpath("p[@class='who']")
        for entry in cell.xpath("ul/li"):
            assert re.search(r"strength|mixed|weakness|neutral", entry.findtext("b"))
            assert re.search(r"paragraph|in our count", entry.findtext("i") or "")
    intro = tree.xpath("string(//*[@id='evidence']/p)")
    assert "Summaries are our words, not the inspectors'" in intro


@pytest.mark.promise("without-javascript")
def test_without_javascript_and_network_everything_is_there(browser, page_path):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(page_path.as_uri())
    spot = page.locator("#fig-matrix .picture a").first
    anchor = spot.get_attribute("href").removeprefix("#")
    spot.click()
    target = page.locator(f'[id="{anchor}"]')
    expect(target).to_be_in_viewport()
    top = target.bounding_box()["y"]
    text = target.inner_text()
    form = page.locator("#filter").is_visible()
    hidden = page.locator(".theme li >> visible=false").count()
    drawn = page.evaluate("[...document.images].every(i => i.complete && i.naturalWidth)")
    context.close()
    assert -5 <= top < 400
    assert "paragraph" in text
    assert not form
    assert hidden == 0
    assert drawn


def shown(page) -> int:
    return page.locator(".theme li:visible").count()


@pytest.fixture
def reader(browser, page_path):
    """A page that is read, and what its console tells."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(page_path.as_uri())
    yield page
    context.close()
    assert told == []  # the page's policy lets its own script run, and nothing else wanted to


@pytest.mark.promise("filter-by-keyboard")
def test_the_evidence_is_filtered_by_keyboard(reader):
    every, output = shown(reader), reader.locator("#filter output")
    expect(output).to_have_text(f"{every} of {every} shown")
    assert output.evaluate("o => o.tagName") == "OUTPUT"  # announced, as `aria-live` would be
    reader.locator(".evidence > p a").last.focus()

    def choose(words: str, *, skip: int = 0) -> set[str]:
        for _ in range(skip + 1):
            reader.keyboard.press("Tab")
        reader.keyboard.type(words)
        option = reader.locator("#filter select:focus option:checked")
        expect(option).to_have_text(re.compile(f"^{words}"))
        left = shown(reader)
        assert output.inner_text() == f"{left} of {every} shown"
        assert reader.locator(".theme .cell:visible:not(:has(li:visible))").count() == 0
        assert reader.locator(".theme .who:visible + ul:not(:has(li:visible))").count() == 0
        return {b[2:] for b in reader.locator(".theme li:visible b").all_inner_texts()}

    found = choose("Super")
    assert len(found) > 1
    assert reader.locator(".theme:visible h3").all_inner_texts() == ["Supervision"]
    choose("Inspection")
    assert reader.locator(".theme .cell:visible").count() == 1
    assert choose("weak", skip=1) == {"weakness"}
    assert choose("secondary") == set()
    reader.keyboard.press("Home")  # any
    choose("resolved")
    reader.keyboard.press("Tab")  # words
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")  # show all
    expect(reader.locator("#filter")).not_to_contain_class("on")
    assert shown(reader) == every
    assert reader.locator(".theme .cell:visible").count() > 100


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
def test_each_filter_leaves_what_fits(reader, name, value, says):
    every = shown(reader)
    field = reader.locator(f'#filter [name="{name}"]')
    field.fill(value) if name == "words" else field.select_option(value)
    assert 0 < shown(reader) < every
    where = {"theme": ".theme", "visit": ".cell", "cohort": ".who", "source": ".cell"}
    places = reader.locator(f".theme {where.get(name, 'li')}:visible, .theme:visible").all()
    texts = [
        p.inner_text() for p in places if name == "theme" or p.get_attribute("class") != "theme"
    ]
    assert texts
    assert all(says.lower() in text.lower() for text in texts)


@pytest.mark.promise("filter-ends")
def test_a_link_to_what_is_filtered_out_ends_the_filter_and_leads_back(reader):
    every, words = shown(reader), reader.locator('#filter [name="words"]')
    words.fill("private foster")
    assert shown(reader) < every
    link = reader.locator('#changes a[href="#e-supervision--i2024-11-18"]').first
    link.focus()
    reader.keyboard.press("Enter")
    target = reader.locator("#e-supervision--i2024-11-18")
    expect(target).to_be_in_viewport()
    assert shown(reader) == every
    assert words.input_value() == ""
    assert "hidden" in reader.locator("#filter output").inner_text()
    assert -5 <= target.bounding_box()["y"] < 400
    target.get_by_text("Back to where you were").click()
    expect(link).to_be_focused()
    words.fill("private foster")
    reader.evaluate("location.hash = '#t-supervision'")
    expect(reader.locator("#filter")).not_to_contain_class("on")
    assert shown(reader) == every
    assert -5 <= reader.locator("#t-supervision").bounding_box()["y"] < 400


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
    for head in ("Theme", "Cohort", "Compared", "Confidence", "between", "Inspectors"):
        assert head in text
    repeated = [
        sheet for sheet in text.split("\f") if "Compared" in sheet and "Confidence" in sheet
    ]
    assert len(repeated) > 1  # the head of the table of changes, on each of its pages
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
        assert table.findtext("caption").strip()
        for head in table.xpath(".//th"):
            assert head.get("scope") in ("col", "row", "rowgroup")
            assert head.text_content().strip()
    levels = [int(h.tag[1]) for h in tree.xpath("//h1|//h2|//h3|//h4")]
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


@pytest.mark.promise("figures-numbered")
def test_every_chart_has_number_caption_table_and_csv(tree):
    figures = tree.xpath("//figure")
    captions = [figure.findtext("figcaption/b") for figure in figures]
    assert captions == [f"Figure {n}. " for n in range(1, 7)]
    for figure in figures:
        assert figure.xpath(".//table")
        assert figure.xpath(".//a[@download and starts-with(@href, 'data:text/csv')]")
        (picture,) = figure.xpath(".//img[starts-with(@src, 'data:image/svg+xml')]")
        check_picture(etree.fromstring(unquote(picture.get("src").partition(",")[2]).encode()))


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
    palette = (NAVY, TEAL, PLUM, ORANGE)
    assert [p.lower() for p in palette] == ["#12436d", "#28a197", "#801650", "#f46a25"]
    assert all(contrast(colour, "#ffffff") >= 3 for colour in palette)
    assert all(contrast(one, other) >= 3 for one, other in itertools.pairwise(palette))
    assert contrast(NAVY, ORANGE) >= 3
    assert contrast(NAVY, GREY) >= 3


@pytest.mark.promise("greyscale")
def test_in_greyscale_and_without_colour_marks_are_told_apart():
    assert len({mark.symbol for mark in MARKS.values()}) == len(MARKS)
    ink = {"white": "#ffffff"}
    for mark in MARKS.values():
        assert contrast(mark.fill, ink.get(mark.ink, mark.ink)) >= 4.5
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
    again = publish(ROOT, "knowsley", tmp_path)
    assert again.read_bytes() == page_path.read_bytes()
