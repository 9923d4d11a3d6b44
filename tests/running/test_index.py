"""The list of all reports, as its readers use it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import chromium
from lxml import html as lxml_html

from analysis.report.parameters import Parameters
from analysis.running.index import Place, failure_page, index_page
from analysis.running.manifest import Entry, Manifest
from analysis.running.tasks import Failed

HOSTILE = "<script>alert(1)</script>"
PLACES = [
    Place("kent", "Kent", "South East"),
    Place("leeds", "Leeds", "Yorkshire"),
    Place("luton", f"Luton {HOSTILE}", "East"),
    Place("york", "York", "Yorkshire"),
]
SUMMARY = {
    "name": "Kent", "grade": "good", "graded": "May 2022", "visit": "inspection of May 2022",
    "visited": "2022-05-09", "headline": "Kent rose", "grades": "good in 2022",
}  # fmt: skip
ENTRIES = {
    "kent": Entry(Parameters("kent"), "ok", {"data": "x"}, "2025-12-30", {"html": 1}, SUMMARY),
    "leeds": Entry(
        Parameters("leeds"), "failed", {}, "2025-12-01", {},
        {"grade": "inadequate"}, Failed(f"ValueError: {HOSTILE}", "Try `again`.", 3, HOSTILE),
    ),
    "luton": Entry(Parameters("luton"), "no data"),
    "kent--start-2018": Entry(Parameters("kent", start="2018"), "ok", {}, "2026-01-01"),
}  # fmt: skip


@pytest.fixture
def pages(tmp_path):
    (tmp_path / "index.html").write_text(index_page(ENTRIES, PLACES, "2026-01-01"), "utf-8")
    failed = ENTRIES["leeds"].failed
    text = failure_page(Parameters("leeds"), failed, ENTRIES["leeds"], PLACES)
    (tmp_path / "leeds.failed.html").write_text(text, "utf-8")
    return tmp_path


@pytest.mark.promise("index-lists-all")
def test_every_authority_is_listed_with_what_is_known_of_it(pages):
    tree = lxml_html.parse(str(pages / "index.html")).getroot()
    rows = {
        row.xpath("string(th)").strip(): " ".join(row.text_content().split())
        for row in tree.xpath("(//table)[1]/tbody/tr")
    }
    assert list(rows) == [place.name for place in PLACES[:3]]
    assert rows["Kent"] == (
        "Kent South East Kent rose good in 2022 inspection of May 2022 "
        "up to date when last run 2025-12-30 (2 days before)"
    )
    assert "failed: cell 3: ValueError: <script>" in rows["Leeds"]
    assert "the report shown is an older one" in rows["Leeds"]
    assert "York" in tree.xpath("string(//details)")
    assert "no data" in rows[PLACES[2].name]
    assert tree.xpath("(//table)[2]//td[1]/text()") == ["from 2018"]
    assert tree.xpath("(//table)[1]//a/@href") == ["kent.html", "leeds.html", "leeds.failed.html"]
    for head in tree.xpath("//th"):
        assert head.get("scope") and head.text_content().strip()
    for table in tree.xpath("//table"):
        assert table.findtext("caption").strip()


@pytest.mark.promise("broken-cell-told")
def test_a_failure_page_says_where_why_and_what_to_do(pages):
    tree = lxml_html.parse(str(pages / "leeds.failed.html")).getroot()
    text = " ".join(tree.find(".//main").text_content().split())
    assert "Code cell 3 of the notebook: <script>" in text
    assert "ValueError: <script>" in text
    assert "Try again." in text
    assert "The last good report, of 2025-12-01, stays" in text
    assert tree.xpath("//script") == []
    assert set(tree.xpath("//a/@href")) == {"leeds.html", "index.html"}


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_filtered_by_keyboard_and_whole_without_javascript(pages, scheme):
    with chromium() as browser:
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, color_scheme=scheme, bypass_csp=True
        )
        page = context.new_page()
        for name in ("leeds.failed.html", "index.html"):
            for width in (320, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                page.goto((pages / name).as_uri())
                found = Axe().run(page)
                assert found.response["violations"] == [], found.generate_report()
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert wide <= 0
        context.close()
        context = browser.new_context()
        page = context.new_page()
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.goto((pages / "index.html").as_uri())
        page.keyboard.press("Tab")  # the skip link
        page.keyboard.press("Tab")
        page.keyboard.type("yorkshire")
        visible = page.locator("tbody tr:visible th").all_inner_texts()
        assert visible == ["Leeds"]
        page.keyboard.press("Tab")
        page.keyboard.type("failed")
        assert page.locator("tbody tr:visible th").all_inner_texts() == ["Leeds"]
        assert page.locator("#shown").inner_text() == "1 of 4 shown"
        page.locator("#words").fill("")
        page.locator("#status").select_option("any")
        first = page.locator("table").first
        first.get_by_role("button", name="Authority").press("Enter")
        first.get_by_role("button", name="Authority").press("Enter")
        names = first.locator("tbody th").all_inner_texts()
        assert names == sorted(names, reverse=True)
        assert first.locator("th[aria-sort=descending]").inner_text() == "Authority"
        assert told == []  # the policy lets our own script run, and there is no other
        context.close()
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto((pages / "index.html").as_uri())
        assert page.locator("tbody tr:visible").count() == 4
        assert page.locator("#words:visible").count() == 0
        context.close()


def test_a_manifest_is_read_as_it_was_written(tmp_path):
    manifest = Manifest(tmp_path)
    manifest.entries = dict(ENTRIES)
    manifest.path.write_text(manifest.text(), "utf-8")
    assert Manifest(tmp_path).entries == ENTRIES
    for broken in ("", "[]", "{}", '{"format": 1, "reports": {"x": {"nonsense": 1}}}', "\x00"):
        manifest.path.write_text(broken, "utf-8")
        assert Manifest(tmp_path).entries == {}


def test_the_summary_of_a_real_report(results):
    from analysis.report.sentences.brief import summary

    told = summary(results)
    assert told["name"] == "Exampleshire"
    assert (told["visit"], told["visited"]) == ("inspection of October 2022", "2022-10-03")
    assert (told["grade"], told["graded"]) == ("good", "Oct 2022")
    assert told["headline"].startswith("Exampleshire")
    assert told["grades"].endswith("2022")
