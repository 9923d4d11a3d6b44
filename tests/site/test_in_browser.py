"""The pages as their readers use them: keyboard, screen reader, no script, no network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import chromium
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
KINDS = ("index", "theme-supervision", "new", "about", "bolton")
FEW_OF_EACH = """most => {
  for (const parent of document.querySelectorAll("*")) {
    const seen = {};
    for (const child of [...parent.children]) {
      const kind = child.tagName + child.className;
      seen[kind] = (seen[kind] ?? 0) + 1;
      if (seen[kind] > most) child.remove();
    }
  }
}"""
"""Leave of what stands side by side a few of each kind: a report's page has eleven thousand parts.

The whole page is looked at in `tests/report/test_page.py`.
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser) -> Iterator[Any]:
    """A page that fails the test if anything is asked of a network or goes wrong in a script."""
    context = browser.new_context()
    opened = context.new_page()
    told: list[str] = []
    opened.on("console", lambda message: told.append(message.text))
    opened.on("pageerror", lambda error: told.append(str(error)))
    opened.on("request", lambda r: r.url.startswith(("file:", "data:")) or told.append(r.url))
    yield opened
    context.close()
    assert told == []


@pytest.mark.promise("site-accessible")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_page_is_accessible(browser, site, scheme):
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for name in KINDS:
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto((site / f"{name}.html").as_uri())
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if name == KINDS[-1]:
                page.evaluate(FEW_OF_EACH, 3)
                assert page.locator(".card").count() == 3
            found = Axe().run(page)
            assert found.response["violations"] == [], (name, found.generate_report())
            assert wide <= 0, (name, width)
    context.close()


@pytest.mark.promise("site-search")
def test_search_finds_places_themes_and_words_by_keyboard(page, site):
    page.goto((site / "index.html").as_uri())
    page.locator("#q").focus()
    page.keyboard.type("knowsley")
    expect(page.locator("#hits li").nth(1)).to_be_attached()
    first = page.locator("#hits a").first
    assert (first.inner_text(), first.get_attribute("href")) == ("Knowsley", "knowsley.html")
    page.locator("#q").fill("caseloads")
    expect(page.locator("#hits mark").nth(3)).to_be_attached()
    assert page.locator("#hits a").first.get_attribute("href") == "theme-caseloads.html"
    assert page.url.endswith("#q=caseloads")
    page.locator("#q").fill("caseloads too high")
    expect(page.locator("#hits a[href='theme-caseloads.html']")).to_be_visible()
    page.locator("#q").fill("north west")
    expect(page.locator("#hits a[href='bolton.html']").first).to_be_visible()
    assert (
        page.locator("#find output, #search output").first.inner_text().startswith("2 of the names")
    )
    page.locator("#q").fill("bolton and leeds")
    names = page.locator("#hits a:not([href*='#'])")
    expect(names.first).to_be_visible()
    assert sorted(names.all_inner_texts()) == ["Bolton", "Leeds"]
    page.locator("#q").fill("caseloads")
    links = page.locator("#hits a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    found = next(link for link in links if "#" in link)
    page.goto(f"{site.as_uri()}/{found}")
    anchor = found.partition("#")[2]
    assert page.locator(f"[id='{anchor}']").count() == 1
    page.goto((site / "index.html").as_uri() + "#q=caseloads")
    page.reload()
    expect(page.locator("#hits mark").nth(3)).to_be_attached()
    assert page.locator("#q").input_value() == "caseloads"


@pytest.mark.promise("site-filters")
def test_a_list_is_narrowed_and_the_address_keeps_it(page, site):
    page.goto((site / "theme-supervision.html").as_uri())
    rows = page.locator(".list > tbody > tr:visible")
    assert rows.count() == 3
    page.locator("#region").select_option("North West")
    assert page.locator("#filter output").inner_text() == "2 of 3 shown"
    page.locator("#near").select_option("bolton")
    assert rows.locator("th").all_inner_texts()[0].startswith("Bolton")
    page.locator("#near").select_option("")
    page.locator("#group").select_option("personal-advisers")
    shown = rows.locator("[data-c]:visible").evaluate_all("all => all.map(p => p.dataset.c)")
    assert shown and all("personal-advisers" in cohorts for cohorts in shown)
    address = page.url
    assert address.endswith("#region=North+West&group=personal-advisers")
    before = rows.count()
    page.goto("about:blank")
    page.goto(address)
    assert page.locator("#group").input_value() == "personal-advisers"
    assert rows.count() == before
    page.get_by_role("button", name="Show all").first.click()
    expect(page).to_have_url(re.compile("^[^#]*#?$"))
    assert rows.count() == 3


def test_what_was_asked_is_counted_over_the_years_chosen(page, site):
    page.goto((site / "theme-supervision.html").as_uri())
    bar = page.locator(".bars > li").first
    every = int(bar.locator(".bar span").inner_text())
    page.locator("#from").select_option("2024")
    page.locator("#to").select_option("2024")
    places = bar.locator(".places li").evaluate_all(
        "all => all.filter(p => !p.hidden).map(p => p.dataset.y)"
    )
    assert int(bar.locator(".bar span").inner_text()) == len(places) < every
    assert all("2024" in years.split() for years in places)


def test_authorities_found_weak_in_chosen_years_are_listed(page, site):
    page.goto((site / "theme-supervision.html").as_uri())
    every = page.locator(".list > tbody > tr").evaluate_all(
        "all => all.map(row => (row.dataset.w || '').split(' '))"
    )
    year = min(year for years in every for year in years if year >= "2018")
    page.locator("#weakfrom").select_option(year)
    page.locator("#weakto").select_option(year)
    found = sum(year in years for years in every)
    assert page.locator("#filter output").inner_text() == f"{found} of {len(every)} shown"
    assert page.url.endswith(f"#weakfrom={year}&weakto={year}")
    earlier = 0
    for row in page.locator(".list > tbody > tr:visible").all():
        told = row.locator("details.weak p:visible").all_inner_texts()
        assert all(year in one for one in told)
        assert told or year in row.locator("td").first.inner_text()
        earlier += bool(told)
    assert earlier


def test_ways_out_are_narrowed_by_region_and_word(page, site):
    told = next(f for f in sorted(site.glob("theme-*.html")) if 'class="ways"' in f.read_text())
    page.goto(told.as_uri())
    every = page.locator(".ways > li").count()
    page.locator("details", has=page.locator("#outs")).evaluate("fold => { fold.open = true }")
    page.locator("#outwords").fill("no page says this")
    assert page.locator("#outs output").inner_text() == f"0 of {every} shown"
    page.locator("#outs button").click()
    expect(page.locator("#outs output")).to_have_text(f"{every} of {every} shown")
    shown = []
    for region in page.locator("#outregion option").all_inner_texts()[1:]:
        page.locator("#outregion").select_option(region)
        shown.append(page.locator(".ways > li:visible").count())
    assert sum(shown) == every > min(shown)


def test_what_is_new_is_narrowed_by_theme(page, site):
    page.goto((site / "new.html").as_uri())
    visits = [
        set(visit.locator("li").evaluate_all("all => all.map(i => i.dataset.t)"))
        for visit in page.locator(".visit").all()
    ]
    theme = min(set().union(*visits), key=lambda name: sum(name in each for each in visits))
    page.locator("#theme").select_option(theme)
    shown = page.locator(".visit:visible")
    assert shown.count() == sum(theme in each for each in visits) < len(visits)
    themes = shown.locator("li:visible").evaluate_all("all => all.map(i => i.dataset.t)")
    assert set(themes) == {theme}


@pytest.mark.promise("site-without-scripts")
def test_without_scripts_whole_lists_stand_there(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name, items, count in (
        ("theme-supervision", ".list > tbody > tr:visible", 3),
        ("index", ".num > tbody > tr:visible", 34),
        ("index", ".list > tbody > tr:visible", 3),
    ):
        page.goto((site / f"{name}.html").as_uri())
        assert page.locator(items).count() == count
        assert page.locator("form:visible").count() == 0
    page.goto((site / "new.html").as_uri())
    assert page.locator(".visit:visible").count() > 1
    context.close()


@pytest.mark.promise("site-by-keyboard")
def test_every_page_is_reached_by_keyboard_from_the_front(page, site):
    """Every link of the front page and of the menu is a plain one that takes the focus."""
    page.goto((site / "index.html").as_uri())
    reached = set(page.locator("a[href]").evaluate_all(
        "all => all.filter(a => a.tabIndex >= 0).map(a => a.getAttribute('href').split('#')[0])"
    ))  # fmt: skip
    assert {path.name for path in site.glob("*.html")} - {"index.html"} <= reached


@pytest.mark.promise("site-policy-holds")
def test_the_policy_sent_by_a_server_lets_every_page_work(browser, site):
    policy = (site / "content-security-policy.txt").read_text("utf-8").strip()
    assert "unsafe-eval" not in policy and "http" not in policy
    context = browser.new_context()
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))

    def serve(route: Any) -> None:
        name = route.request.url.removeprefix("https://example.org/").partition("?")[0]
        path = site / name
        if not path.is_file():
            route.fulfill(status=404, body="")
            return
        kind = {".js": "text/javascript", ".html": "text/html; charset=utf-8"}.get(path.suffix)
        route.fulfill(body=path.read_bytes(), headers={
            "content-type": kind or "text/plain", "content-security-policy": policy,
        })  # fmt: skip

    page.route("**/*", serve)
    page.goto("https://example.org/theme-supervision.html#region=North+West")
    assert page.locator("#filter output").inner_text() == "2 of 3 shown"
    page.goto("https://example.org/index.html#q=caseloads")
    expect(page.locator("#hits mark").nth(3)).to_be_attached()
    page.goto("https://example.org/bolton.html")
    assert page.locator("#filter").get_attribute("hidden") is None  # its script has run
    page.goto("https://example.org/new.html")
    assert page.locator("#filter").is_visible()
    assert told == []
    page.evaluate("document.body.append(Object.assign(document.createElement('script'),"
                  "{textContent: 'document.title = 1'}))")  # fmt: skip
    assert page.title() != "1"
    context.close()


def test_a_page_prints_without_what_only_a_screen_can_use(page, site, tmp_path):
    page.goto((site / "theme-supervision.html").as_uri())
    page.emulate_media(media="print")
    for gone in (".filter", "nav.site", ".onpage"):
        assert page.locator(gone).first.is_hidden()
    assert page.locator(".list > tbody > tr").first.is_visible()
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
