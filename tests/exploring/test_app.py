"""The menus without a browser: each change shows what the plain call gives."""

from __future__ import annotations

import pytest

from analysis.anchors import anchor
from analysis.errors import FindingsError
from analysis.exploring.loading import load
from analysis.exploring.menus import App
from analysis.exploring.opening import explore
from analysis.exploring.picture import BLANK
from analysis.exploring.views import VIEWS


@pytest.fixture
def app(held):
    return explore("exampleshire")


def press(app: App, href: str) -> None:
    app.picture.pressed = {"href": href, "count": app.picture.pressed["count"] + 1}


def test_it_begins_with_the_glance_and_some_evidence(app):
    assert app.picture.chart["svg"] == app.authority.glance().svg()
    assert app.picture.chart["alt"] and app.picture.chart["spots"]
    assert "<li>" in app.picture.evidence
    assert 'load("exampleshire").glance()' in app.call.value.replace("&#34;", '"')


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_every_view_can_be_shown(app, view):
    app.view.value = view.name
    assert "Not possible" not in app.said.value
    assert view.question in app.said.value.replace("&#39;", "'")
    shown = [w for w in (app.picture, app.table) if w.layout.display != "none"]
    assert len(shown) == (view.name not in ("words", "theme"))
    assert (app.picture.chart != BLANK) == (app.picture in shown)
    assert (app.text.value != "") == (view.name in ("words", "theme"))
    assert not app.save_data.disabled


def test_a_period_redraws_chart_and_evidence(app):
    before = app.picture.chart["svg"], app.picture.evidence
    app.chooser.start.value = "2019-06-04"
    assert app.picture.chart["svg"] != before[0]
    assert app.picture.evidence != before[1]
    assert app.authority.choices.parameters.start == "2019-06-04"
    assert "--start 2019-06-04" in app.parameters.value


def test_themes_are_ticked_singly_and_by_group(app):
    app.chooser.themes["audit"].value = True
    assert app.authority.choices.parameters.themes == ("audit",)
    app.chooser.groups["practice"].value = True
    assert app.authority.choices.parameters.themes == (
        "audit",
        "plans",
        "pathway-plans",
        "private-fostering",
    )
    assert "4 of 6: Audit, Plans" in app.chooser.open.description
    assert [value for _name, value in app.theme.options] == list(
        app.authority.choices.parameters.themes
    )
    app.chooser.everything.click()
    assert app.authority.choices.parameters.themes == ()
    assert not app.chooser.groups["practice"].value


def test_a_group_is_one_change(app, monkeypatch):
    times = []
    monkeypatch.setattr(app.chooser, "_follow", lambda: times.append(1))
    app.chooser.groups["practice"].value = True
    assert len(times) == 1


def test_direction_and_source_follow_and_are_said_to_be_beyond_a_report(app):
    app.chooser.direction.value = "weakness"
    assert "Faded" in app.picture.chart["caption"]
    assert "only: weakness" in app.picture.evidence
    assert "Direction (weakness)" in app.parameters.value
    app.chooser.source.value = "secondary"
    assert "Source (secondary)" in app.parameters.value
    app.view.value = "findings"
    assert len(app.table.df) == len(app.authority.findings())
    assert set(app.table.df["source"]) <= {"secondary"}
    assert "does not hold it" in app.parameters.value


def test_a_coder_is_chosen_and_goes_along_to_the_report(app):
    assert [value for _label, value in app.chooser.codes.options] == [
        "", *sorted(set(app.authority.whole.codes["coder"]))
    ]  # fmt: skip
    app.chooser.codes.value = "reader-2"
    read = set(app.authority.findings(coder="reader-2")["finding"])
    assert read and app.authority.choices.parameters.codes == "reader-2"
    assert "--codes reader-2" in app.parameters.value
    assert app.picture.evidence == app.authority.evidence(app.theme.value).html
    app.chooser.codes.value = ""
    assert "--codes" not in app.parameters.value


def test_a_pressed_cell_shows_its_evidence(app):
    spot = app.picture.chart["spots"][-1]
    press(app, spot["href"])
    theme, visit = app.theme.value, app.visit.value
    assert "#" + anchor(theme, visit) == spot["href"]
    assert visit in set(app.authority.visits()["visit"])
    assert app.picture.evidence == app.authority.evidence(theme, visit).html


def test_a_pressed_visit_and_a_pressed_need_do_too(app):
    app.view.value = "timeline"
    press(app, app.picture.chart["spots"][0]["href"])
    assert app.visit.value == app.authority.visits()["visit"].iloc[0]
    app.view.value = "ledger"
    need = app.authority.results.ledger["need"].iloc[0]
    press(app, f"#n-{need}")
    assert app.visit.value == ""
    assert app.picture.evidence == app.authority.evidence(app.theme.value, need=need).html


def test_another_authority_opens_its_own_dates(app, project, monkeypatch):
    other = load("exampleshire")
    monkeypatch.setitem(app._loaded, "otherton", other)
    app.chooser.start.value = "2019-06-04"
    app.chooser.themes["audit"].value = True
    app._look_at(app.chooser.choices)
    app.chooser._held.loc[1] = ["Otherton", "Nowhere", "people", "otherton"]
    app.chooser.authority.value = "Otherton"
    assert app.chooser.start.value == ""
    assert app.authority.choices.parameters.themes == ("audit",)


@pytest.mark.parametrize("name", ["Exampleshir", ""])
def test_an_unknown_authority_shows_nothing_old(app, name):
    app.chooser.authority.value = name
    assert "Not possible" in app.said.value
    assert app.picture.chart == BLANK
    assert app.picture.evidence == ""
    assert app.save_data.disabled
    app.chooser.authority.value = "Exampleshire"
    assert app.picture.chart != BLANK


def test_a_period_the_wrong_way_round_is_refused(app):
    app.chooser.start.value = "2022-10-03"
    app.chooser.end.value = "2014-03-10"
    assert "lies after" in app.said.value


def test_a_word_that_is_not_one_is_refused_beside_the_view(app):
    app.view.value = "words"
    app.word.value = "*"
    assert "Name a word" in app.said.value
    app.word.value = "audit"
    assert "Looked in" in app.text.value


def test_going_back_draws_nothing_anew(app, monkeypatch):
    app.chooser.direction.value = "weakness"
    monkeypatch.setattr("analysis.exploring.menus.drawn", lambda _chart: pytest.fail("drawn again"))
    app.chooser.direction.value = ""
    assert "Faded" not in app.picture.chart["caption"]


def test_one_press_saves_figure_or_data(app, project):
    app.save_figure.click()
    folder = project.root / "reports" / "views"
    names = {path.name for path in folder.iterdir()}
    assert names == {f"exampleshire--glance.{ending}" for ending in ("svg", "png", "txt")}
    app.save_figure.click()
    assert "Already there" in app.saved.value
    app.folder.value = "mine"
    app.save_data.click()
    assert (project.root / "mine" / "exampleshire--glance.csv").is_file()
    app.view.value = "words"
    app.save_data.click()
    assert (project.root / "mine" / "exampleshire--words-supervis.csv").is_file()
    assert app.save_figure.disabled


def test_a_folder_that_cannot_be_is_said_beside_the_button(app, project):
    (project.root / "file").write_text("")
    app.folder.value = "file"
    app.save_data.click()
    assert "Not possible" in app.saved.value and "file" in app.saved.value


def test_the_report_is_made_by_our_command_and_linked(app, project, monkeypatch):
    asked = []

    def made(choices, _project, folder):
        asked.append(choices)
        folder.mkdir(exist_ok=True)
        page = folder / f"{choices.parameters.name}.html"
        page.write_text("<h1>Report</h1>")
        return page

    monkeypatch.setattr("analysis.exploring.taken.make_report", made)
    app.chooser.start.value = "2019-06-04"
    app.make.click()
    assert asked == [app.authority.choices]
    assert "exampleshire--start-2019-06-04.html" in app.made.value
    assert "<a " in app.made.value


def test_a_report_that_fails_says_why(app, monkeypatch):
    def fails(*_more):
        raise FindingsError("The report was not made. Disk full.")

    monkeypatch.setattr("analysis.exploring.taken.make_report", fails)
    app.make.click()
    assert "Disk full" in app.made.value
    assert not app.make.disabled


def test_without_widgets_it_says_what_to_call(app):
    bundle = app._repr_mimebundle_()
    assert "load(" in bundle["text/plain"]
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_every_menu_has_a_label(app):
    chooser = app.chooser
    menus = [
        chooser.authority, chooser.start, chooser.end, chooser.direction, chooser.source,
        chooser.secondary, chooser.everything, app.word, app.theme, app.visit, app.folder,
        app.save_figure, app.save_data, app.make, *chooser.themes.values(),
        *chooser.groups.values(),
    ]  # fmt: skip
    assert all(menu.description.strip() for menu in menus)
