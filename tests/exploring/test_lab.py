"""`explore.ipynb` as a researcher has it: a real JupyterLab in a real browser."""

from __future__ import annotations

import re
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from builders import asked_by
from chromium import chromium
from lab import ROOT, copy_project, lab
from playwright.sync_api import expect

from analysis.data.codebook import load_codebook

pytestmark = [pytest.mark.browser, pytest.mark.notebook]

LONG = 90_000
LONGEST = 300_000
RED = (
    '.jp-RenderedText[data-mime-type="application/vnd.jupyter.stderr"], '
    '.jp-RenderedText[data-mime-type="application/vnd.jupyter.error"], '
    ".jupyter-widgets-error-widget, .jp-OutputArea-output:has-text('Error displaying widget')"
)
READY = """() => {
  const notebook = window.jupyterapp?.shell.currentWidget;
  return notebook?.sessionContext?.session?.kernel?.status === 'idle'
    && window.jupyterapp.commands.isEnabled('notebook:run-all-cells');
}"""
HARMLESS = re.compile(r"favicon|ResizeObserver|WebGL|gpu|Fallback|service-?worker", re.IGNORECASE)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    with lab(copy_project(folder / "project"), folder / "home") as running:
        yield running


@pytest.fixture(scope="module")
def said_wrong():
    return []


@pytest.fixture(scope="module")
def page(server, said_wrong):
    """The notebook with every cell run."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.on("pageerror", lambda error: said_wrong.append(str(error)))
        page.on("console", lambda m: said_wrong.append(m.text) if m.type == "error" else None)
        page.goto(server.url("explore.ipynb"))
        page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=LONG)
        page.wait_for_function(READY, timeout=LONG)
        page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
        page.wait_for_selector(".findings-picture img", timeout=LONG)
        wait_until_idle(page)
        yield page


def wait_until_idle(page):
    page.wait_for_function(
        """() => {
          const cells = window.jupyterapp.shell.currentWidget.content.model.cells;
          return [...cells].filter(c => c.type === 'code')
            .every(c => c.executionCount !== null && c.executionState !== 'running');
        }""",
        timeout=LONG,
    )


def picture(page):
    return page.locator(".findings-picture img")


def follows(page, change):
    """Make a change, and wait for another picture; return old and new address."""
    before = picture(page).get_attribute("src")
    change()
    page.wait_for_function(
        """(old) => {
          const image = document.querySelector('.findings-picture img');
          return image && image.src !== old && image.complete && image.naturalWidth > 0;
        }""",
        arg=before,
        timeout=LONG,
    )
    wait_until_idle(page)  # and what goes with the picture is there as well
    return before, picture(page).get_attribute("src")


def menu(page, label):
    return page.get_by_label(label, exact=True)


def said(page):
    return page.locator(".widget-html .findings-front[role=status]").first


def evidence(page):
    return page.locator(".findings-picture aside h4")


def test_every_cell_ran_and_nothing_is_red(page):
    outputs = page.evaluate(
        """() => [...window.jupyterapp.shell.currentWidget.content.model.cells]
          .filter(c => c.type === 'code').map(c => c.outputs.toJSON())"""
    )
    kinds = {o["output_type"] for cell in outputs for o in cell}
    assert len(outputs) > 10
    assert "error" not in kinds
    assert [o for cell in outputs for o in cell if o.get("name") == "stderr"] == []
    assert page.locator(RED).count() == 0


def test_a_menu_changes_chart_and_evidence(page):
    page.locator(".findings-picture").scroll_into_view_if_needed()
    old, new = follows(page, lambda: menu(page, "Direction").select_option("▼ weakness"))
    assert old != new
    page.wait_for_selector("text=only: weakness", timeout=LONG)
    expect(said(page)).to_contain_text("weakness", timeout=LONG)
    expect(said(page)).to_contain_text(re.compile(r"Shown in [\d.]+ s"), timeout=LONG)
    follows(page, lambda: menu(page, "First visit").select_option(index=5))
    command = page.locator(".widget-html pre", has_text="findings report knowsley --start")
    command.wait_for(timeout=LONG)  # the picture comes before it
    follows(page, lambda: menu(page, "First visit").select_option(index=0))
    follows(page, lambda: menu(page, "Direction").select_option("any direction"))


@pytest.mark.promise("menus-by-keyboard")
def test_a_cell_leads_to_its_evidence_by_keyboard(page):
    page.locator('.findings-picture button[tabindex="0"]').focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    label = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    short = label.split(",")[0]
    book = load_codebook(ROOT / "data" / "raw" / "codebook.yml")
    theme = next(theme.name for theme in book.themes if theme.label == short)
    page.keyboard.press("Enter")
    page.wait_for_function(
        """(theme) => [...document.querySelectorAll('.findings-picture aside h3')]
          .some(h => h.textContent === theme)""",
        arg=theme,
        timeout=LONG,
    )
    expect(evidence(page)).to_have_count(1, timeout=LONG)
    pressed = page.locator('.findings-picture button[aria-pressed="true"]')
    expect(pressed).to_have_count(1, timeout=LONG)
    page.wait_for_function(
        """() => {
          const near = e => document.querySelector(e).getBoundingClientRect();
          const mark = near('.findings-picture button[aria-pressed]');
          const said = near('.findings-picture aside');
          return said.left >= mark.right - 1 && said.top < mark.bottom && said.bottom > mark.top
            && said.top < innerHeight && said.bottom > 0;
        }""",
        timeout=LONG,
    )


def walk(page, first):
    """Go by the tab key from one control to the last of the menus; name those passed over."""
    page.locator(first).first.focus()
    for _step in range(200):
        if not page.evaluate(
            """() => {
              const at = document.activeElement;
              if (!at.closest('.findings-menus')) return false;
              const look = getComputedStyle(at);
              const seen = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2;
              at.dataset.walked = seen ? 'seen' : 'unseen';
              return true;
            }"""
        ):
            break
        page.keyboard.press("Tab")
    return page.evaluate(
        """() => [...document.querySelectorAll(
            '.findings-menus :is(button, select, input, summary, a[href], [tabindex])')]
          .filter(e => e.tabIndex >= 0 && !e.disabled)
          .filter(e => e.checkVisibility({visibilityProperty: true}))
          .filter(e => e.dataset.walked !== 'seen')
          .map(e => `${e.dataset.walked ?? 'not reached'}: ${e.outerHTML.slice(0, 120)}`)"""
    )


@pytest.mark.promise("menus-by-keyboard")
def test_everything_is_reached_by_the_tab_key_and_its_focus_is_seen(page):
    menu(page, "Direction").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # opens the themes
    page.get_by_label("Caseloads", exact=True).wait_for(timeout=LONG)
    assert walk(page, ".findings-menus input") == []
    menu(page, "Direction").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("Caseloads", exact=True)).to_be_hidden(timeout=LONG)


@pytest.mark.promise("menus-by-keyboard")
def test_arrow_keys_choose_in_a_menu_and_leave_it_the_focus(page):
    for label in ("Direction", "Codes"):
        menu(page, label).focus()
        old, new = follows(page, lambda: page.keyboard.press("ArrowDown"))
        assert old != new, label
        expect(menu(page, label)).to_be_focused()
        follows(page, lambda: page.keyboard.press("Home"))
    menu(page, "Visit").focus()
    aside = page.locator(".findings-picture aside")
    expect(evidence(page)).to_have_count(1, timeout=LONG)
    chosen = aside.inner_text()
    for key, same in (("ArrowDown", False), ("ArrowUp", True)):
        page.keyboard.press(key)
        says = expect(aside).to_have_text if same else expect(aside).not_to_have_text
        says(chosen, use_inner_text=True, timeout=LONG)
        expect(menu(page, "Visit")).to_be_focused()
    page.keyboard.press("Home")


@pytest.mark.promise("menus-by-keyboard")
def test_a_table_is_sorted_and_widened_by_keyboard(page):
    page.get_by_role("button", name="Findings", exact=True).focus()
    page.keyboard.press("Enter")
    table = page.locator(".widget-box table.dataTable >> visible=true")
    table.wait_for(timeout=LONG)
    assert walk(page, ".findings-menus .widget-toggle-buttons button") == []
    heads = table.locator("th").count()
    first = table.locator("tbody tr").first.inner_text()
    table.locator("[aria-label^='theme:']").focus()
    page.keyboard.press("Enter")
    expect(table.locator("tbody tr").first).not_to_have_text(first, timeout=LONG)
    page.locator(".findings-menus .buttons-colvis").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".dt-button-collection button").first).to_be_focused(timeout=LONG)
    page.keyboard.press("Enter")
    expect(table.locator("th")).to_have_count(heads - 1, timeout=LONG)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".findings-menus .buttons-colvis")).to_be_focused(timeout=LONG)
    page.get_by_role("button", name="At a glance", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".findings-picture img", timeout=LONG)


def test_every_view_shows_something(page):
    for label in ("Trajectories", "Matrix", "Timeline", "Raised again", "Shares", "Quantity words"):
        follows(page, lambda name=label: page.get_by_role("button", name=name, exact=True).click())
    page.get_by_role("button", name="Findings", exact=True).click()
    page.wait_for_selector(".widget-box table.dataTable >> visible=true", timeout=LONG)
    page.get_by_role("button", name="Theme by theme", exact=True).click()
    page.wait_for_selector(".widget-html .findings-page .card", timeout=LONG)
    page.get_by_role("button", name="A word in its place", exact=True).click()
    page.wait_for_selector(".widget-html table.kwic td.word", timeout=LONG)
    page.get_by_role("button", name="At a glance", exact=True).click()
    page.wait_for_selector(".findings-picture img", timeout=LONG)


def test_another_authority_is_typed(page):
    typed = menu(page, "Authority")
    typed.fill("Bolton")
    follows(page, lambda: typed.press("Enter"))
    expect(said(page)).to_contain_text("Bolton", timeout=LONG)
    typed.fill("Knowsly")
    typed.press("Enter")
    page.wait_for_selector("text=Did you mean 'Knowsley'", timeout=LONG)
    expect(picture(page)).to_have_count(0, timeout=LONG)
    typed.fill("Knowsley")
    typed.press("Enter")
    page.wait_for_selector(".findings-picture img", timeout=LONG)


def test_one_click_saves_the_figure(page, server):
    page.get_by_role("button", name="Save figure (SVG, PNG)").click()
    page.wait_for_selector("text=Saved: reports/views/knowsley--glance.svg", timeout=LONG)
    folder = server.project / "reports" / "views"
    assert (folder / "knowsley--glance.svg").read_text().startswith("<svg")
    assert (folder / "knowsley--glance.png").read_bytes().startswith(b"\x89PNG")


def test_the_choices_become_a_report(page, server):
    follows(page, lambda: menu(page, "First visit").select_option(index=8))
    page.get_by_role("button", name="Make this the report").click()
    link = page.locator("a", has_text="reports/knowsley--start-")
    link.wait_for(timeout=LONGEST)
    with page.context.expect_page() as opened:
        link.click()
    report = opened.value
    report.wait_for_load_state()
    assert "Knowsley" in report.locator("h1").inner_text()
    report.close()
    assert len(list((server.project / "reports").glob("knowsley--start-*.html"))) == 1


def test_what_the_menus_show_is_accessible(page):
    for name in ("At a glance", "Theme by theme", "Findings", "A word in its place"):
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_timeout(1500)
        found = Axe().run(page, context=".findings-menus")
        bad = [(v["id"], [n["html"][:90] for n in v["nodes"][:2]])
               for v in found.response["violations"]]  # fmt: skip
        assert bad == [], name


@pytest.mark.promise("menu-export-asks-nothing")
def test_the_page_that_the_menu_of_jupyterlab_exports_asks_nobody(page, server):
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    with urlopen(server.export("explore.ipynb"), timeout=300) as answer:  # noqa: S310 - our own
        exported = answer.read().decode()
    assert asked_by(exported) == []
    assert "How did inspectors judge each theme, visit by visit?" in exported
    assert exported.count('class="chart"') > 5


def test_in_the_end_nothing_is_red(page, said_wrong):
    assert page.locator(RED).count() == 0
    assert [text for text in said_wrong if not HARMLESS.search(text)] == []
