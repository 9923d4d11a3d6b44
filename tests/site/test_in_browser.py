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


def test_a_choice_that_there_is_not_chooses_nothing(page, site):
    page.goto((site / "theme-supervision.html").as_uri() + "#got=nonsense")
    expect(page.get_by_label("Got out of it")).to_have_value("")


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
    assert page.locator("#filter output").inner_text() == "2 of 3 authorities: in the North West"
    page.locator("#near").select_option("bolton")
    assert rows.locator("th").all_inner_texts()[0].startswith("Bolton")
    page.locator("#near").select_option("")
    page.locator("#group").select_option("personal-advisers")
    shown = rows.locator("[data-c]:visible").evaluate_all("all => all.map(p => p.dataset.c)")
    assert shown and all("personal-advisers" in cohorts for cohorts in shown)
    address = page.url
    assert address.endswith("#region=North+West&group=personal-advisers")
    said = page.locator("#filter output").inner_text()
    assert said.endswith(": in the North West, judged for personal advisers")
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
    assert page.locator("#asking output").inner_text().endswith("one or more of these in 2024")


WEAK = """rows => rows.map(row => [...row.querySelectorAll("[data-wy]")].map(
  said => [said.dataset.wy, (said.dataset.wc ?? said.dataset.c).split(" ")]))"""
"""Of each row, the years in which it was found weak, and for whom."""


def test_authorities_found_weak_in_chosen_years_are_listed(page, site):
    """The words of those years stand first; the result is a sentence; a group narrows both."""
    page.goto((site / "theme-supervision.html").as_uri())
    every = page.locator(".list > tbody > tr").evaluate_all(WEAK)
    year = min(y for weak in every for y, _cohorts in weak if y >= "2018")
    page.locator("#weakfrom").select_option(year)
    page.locator("#weakto").select_option(year)
    found = sum(any(y == year for y, _cohorts in weak) for weak in every)
    told = f"{found} of {len(every)} authorities: found weak for at least one group at a visit in "
    assert page.locator("#filter output").inner_text() == told + year
    assert page.url.endswith(f"#weakfrom={year}&weakto={year}")
    for row in page.locator(".list > tbody > tr:visible").all():
        head, first = row.locator(".said > p:visible").all()[:2]
        assert head.inner_text() == f"Weak in {year}:"
        assert first.get_attribute("data-wy") == year
        assert year in first.inner_text()
    groups = {c for weak in every for y, cohorts in weak if y == year for c in cohorts}
    group = next(iter(sorted(groups - {"not-stated"})))
    page.locator("#group").select_option(group)
    of_group = sum(any(y == year and group in c for y, c in weak) for weak in every)
    words = page.locator("#group option:checked").inner_text()
    assert page.locator("#filter output").inner_text() == (
        f"{of_group} of {len(every)} authorities: found weak for {words} at a visit in {year}"
    )
    assert page.locator(".list > tbody > tr:visible").count() == of_group
    before = page.locator(".list > tbody").inner_html()
    page.locator("#filter button").click()
    expect(page.locator("#filter output")).to_have_text(f"{len(every)} of {len(every)} authorities")
    page.locator("#weakfrom").select_option(year)
    page.locator("#weakto").select_option(year)
    page.locator("#group").select_option(group)
    assert page.locator(".list > tbody").inner_html() == before


def test_who_got_out_of_it_has_one_answer(page, site):
    """Weak before and strong when last judged: over all groups, or for the group chosen."""
    page.goto((site / "theme-supervision.html").as_uri())
    turns = page.locator(".list > tbody > tr").evaluate_all(
        "rows => rows.map(row => (row.querySelector('.turn')?.dataset.s ?? '').split(';'))"
    )
    groups = {turn.split("|")[0] for row in turns for turn in row if turn}
    page.locator("#got").select_option("strong")
    for group in sorted(groups - {"not-stated"}):
        page.locator("#group").select_option("" if group == "all" else group)
        said = {turn.split("|")[1] for row in turns for turn in row if turn.startswith(f"{group}|")}
        shown = page.locator(".list > tbody > tr:visible")
        assert shown.count() == sum(any(t.startswith(f"{group}|") for t in row) for row in turns)
        told = shown.locator(".turn").all_inner_texts()
        assert {one.lower().rpartition(": ")[2] for one in told} == {one.lower() for one in said}
        output = page.locator("#filter output").inner_text()
        assert output.startswith(f"{shown.count()} of 3 authorities: weak before, strong when last")
    page.locator("#group").select_option("")
    page.locator("#got").select_option("met")
    assert page.locator(".list > tbody > tr:visible").evaluate_all(
        "rows => rows.every(row => 'o' in row.dataset)"
    )
    assert "a need found met (“way out”)" in page.locator("#filter output").inner_text()


def test_of_neighbours_the_one_chosen_is_marked_and_not_counted(page, site):
    """Of the three here none is a neighbour of another, so Bolton is given two."""
    for name, items, counted in (
        ("theme-supervision", ".list > tbody > tr", "2 of 2 statistical neighbours of Bolton, and"),
        ("new", ".visit", " to 1 of 2 statistical neighbours of Bolton: "),
    ):
        page.goto((site / f"{name}.html").as_uri())
        page.locator("#near option[value=bolton]").evaluate(
            "o => { o.dataset.n = 'knowsley leeds' }"
        )
        page.locator("#near").select_option("bolton")
        said = page.locator("#filter output").inner_text()
        assert counted in said
        assert "Bolton itself" in said
        own = page.locator(f"{items}.chosen:visible")
        assert own.count() >= 1
        assert all("Bolton" in text and "the one chosen" in text for text in own.all_inner_texts())
        names = page.locator("#filter .names").inner_text()
        assert names == "Statistical neighbours of Bolton: Knowsley and Leeds."
        page.locator("#region").select_option("Yorkshire and the Humber")
        said = page.locator("#filter output").inner_text()
        assert " of 2 statistical neighbours of Bolton" in said
        assert "not Bolton itself" in said or said.endswith("Bolton itself, 0 visits")
        page.locator("#filter button").click()
        expect(page.locator(f"{items}.chosen")).to_have_count(0)
        assert page.locator("#filter .names").is_hidden()


def test_no_two_menus_of_a_page_have_the_same_name(page, site):
    for name in KINDS:
        page.goto((site / f"{name}.html").as_uri())
        names = page.locator("form").evaluate_all(
            """forms => forms.flatMap(form => [...form.elements]).map(field =>
              field.tagName === "OUTPUT" ? "" : (field.labels?.[0] ?? field).textContent)"""
        )
        told = [one for one in names if one]
        assert len(told) == len(set(told)), name


def test_ways_out_are_narrowed_and_lead_to_the_theme(page, site):
    told = next(f for f in sorted(site.glob("theme-*.html")) if 'class="ways"' in f.read_text())
    page.goto(told.as_uri())
    every = page.locator(".ways > li").count()
    output = page.locator("#outs output")
    assert page.locator("#outs").is_visible()
    assert page.locator(".ways").is_hidden()
    page.locator("#outwords").fill("no page says this")
    assert page.locator("#met").get_attribute("open") is not None
    assert output.inner_text().startswith(f"0 of {every} need")
    assert page.locator("#outs .nought").is_visible()
    page.locator("#outs button").click()
    expect(output).to_have_text(re.compile(f"^{every} of {every} needs? found met, at"))
    assert page.locator("#outs .theme").is_hidden()
    shown = []
    for region in page.locator("#outregion option").all_inner_texts()[1:]:
        page.locator("#outregion").select_option(region)
        shown.append(page.locator(".ways > li:visible").count())
    assert sum(shown) == every > min(shown)
    page.locator("#outregion").select_option("North West")
    page.locator("#outwords").fill("no page says this")
    page.locator("#outs .to-list").click()
    expect(page.locator("#region")).to_have_value("North West")
    assert page.locator("#got").input_value() == "strong"
    assert page.locator("#outregion").input_value() == "North West"
    said = page.locator("#filter output").inner_text()
    assert said.endswith("in the North West, weak before, strong when last judged over all groups")
    expect(page.locator("#list")).to_be_focused()


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


def test_what_is_new_is_summed_up_by_what_is_shown(page, site):
    page.goto((site / "new.html").as_uri())
    page.locator("#region").select_option("North West")
    shown = page.locator(".visit:visible")
    places = set(shown.evaluate_all("all => all.map(visit => visit.dataset.a)"))
    said = page.locator("#filter output").inner_text()
    assert said.startswith(
        f"{shown.count()} visits to {len(places)} authorities, in the North West: "
    )
    counted = 0
    for head in page.locator("#filter").get_attribute("data-heads").split("|"):
        needs = shown.locator(f"[data-h='{head}'] + ul > li > a:first-child").evaluate_all(
            "all => all.map(link => link.getAttribute('href'))"
        )
        told = re.search(rf"([\d,]+) (?:needs? )?{head}", said)
        assert (int(told[1].replace(",", "")) if told else 0) == len(set(needs))
        counted += len(needs)
    assert counted
    for item in shown.first.locator("li").all():
        assert re.match(r"[\w-]+\.html#", item.locator("a.at").first.get_attribute("href"))
    theme = shown.first.locator("[data-t]").first.get_attribute("data-t")
    page.locator("#theme").select_option(theme)
    for head in page.locator(".visit:visible h3:visible").all():
        listed = head.locator("xpath=following-sibling::ul[1]/li").evaluate_all(
            "all => all.filter(item => !item.hidden).length"
        )
        assert f"({listed})" in head.inner_text()


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
    assert page.locator("#filter output").inner_text() == "2 of 3 authorities: in the North West"
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
