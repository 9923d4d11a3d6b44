"""The front, on the small authority."""

from __future__ import annotations

import sys
from dataclasses import replace

import pandas as pd
import pytest
from commands import run

from analysis.charts import CHARTS, Chart
from analysis.errors import FindingsError, UnknownNameError
from analysis.exploring.authority import CALLS, Authority
from analysis.exploring.loading import authorities, load
from analysis.exploring.spotlight import VEIL
from analysis.vocabulary import NO_THEME


@pytest.fixture
def example(held):
    return load("exampleshire")


def test_importing_the_package_imports_nothing_heavy():
    script = "import sys, analysis; print('pandas' in sys.modules, 'load' in dir(analysis))"
    assert run(sys.executable, "-c", script).split() == ["False", "True"]


def test_an_authority_is_loaded_by_slug_or_name(project):
    assert load("Exampleshire").choices == load("exampleshire").choices
    with pytest.raises(UnknownNameError, match="'exampleshire'"):
        load("exampleshir")


@pytest.mark.parametrize("wrong", [{"start": 2014}, {"themes": 7}, {"include_secondary": "yes"}])
def test_an_ill_typed_parameter_says_how_to_write_it(project, wrong):
    with pytest.raises(FindingsError, match="papermill"):
        load("exampleshire", **wrong)


def test_only_what_is_held_is_listed(project):
    assert authorities()["authority"].tolist() == ["exampleshire"]


def test_every_code_with_a_theme_is_a_row(example):
    coded = example.results.coded
    assert len(example.findings()) == (coded["theme"] != NO_THEME).sum()


@pytest.mark.parametrize(
    ("asked", "column", "values"),
    [
        ({"theme": "supervision"}, "theme", {"supervision"}),
        ({"theme": "practice"}, "theme", {"plans", "pathway-plans", "private-fostering"}),
        ({"direction": "weakness"}, "direction", {"weakness"}),
        ({"direction": ["weakness", "mixed"]}, "direction", {"weakness", "mixed"}),
        ({"source": "secondary"}, "source", {"secondary"}),
        ({"visit": "2019"}, "title", {"focused visit of June 2019"}),
        ({"visit": "June 2019"}, "title", {"focused visit of June 2019"}),
        ({"visit": "latest"}, "title", {"inspection of October 2022"}),
        ({"words": "PLANS", "period": "2014"}, "year", {2014}),
        ({"period": "2014 to 2019-12", "theme": "pathway-plans", "visit": "2019"}, "title",
         {"focused visit of June 2019"}),
        ({"cohort": "care-leavers"}, "cohort", {"care-leavers"}),
        ({"cohort": "Care leavers"}, "cohort", {"care-leavers"}),
        ({"coder": "resolved"}, "coder", {"resolved"}),
    ],
)  # fmt: skip
def test_findings_are_narrowed(example, asked, column, values):
    found = example.findings(**asked)
    assert 0 < len(found) < len(example.findings())
    assert set(found[column]) == values


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"theme": "audits"}, "'audit'"),
        ({"direction": "weak"}, "'weakness'"),
        ({"source": "press"}, "primary, secondary"),
        ({"coder": "reader-3"}, "'reader-1'"),
        ({"cohort": "care leaver"}, "'care-leavers'"),
        ({"visit": "2015"}, "no visit '2015'"),
        ({"period": "last year"}, "2014-04"),
    ],
)
@pytest.mark.promise("wrong-name-answered")
def test_a_wrong_wish_is_answered_with_what_is_right(example, asked, said):
    with pytest.raises(FindingsError, match=said):
        example.findings(**asked)


def test_by_theme_counts_what_findings_lists(example):
    table = example.by_theme().set_index("theme")
    assert list(table.index) == list(example.results.data.codebook.ids)
    for theme in ("supervision", "plans"):
        rows = example.findings(theme=theme)
        assert table.loc[theme, "findings"] == rows["finding"].nunique()
        assert table.loc[theme, "weaknesses"] == (rows["direction"] == "weakness").sum()


def test_the_latest_status_is_that_of_the_matrix(example):
    cells = example.matrix().data
    dates = example.results.data.visits["short"].tolist()
    seen = 0
    for row in example.by_theme().to_dict("records"):
        name = example.results.data.codebook.theme(row["theme"]).name
        own = cells[(cells["Theme"] == name) & (cells["Source"] == "inspectors")]
        judged = own[own["Status"].isin(["strength", "mixed", "weakness", "differs by cohort"])]
        last = judged.iloc[-1] if len(judged) else None
        assert pd.isna(row["latest_status"]) if last is None else (
            row["latest_status"] == last["Status"]
        )  # fmt: skip
        assert last is None or f"{row['latest_date']:%b %Y}" in dates
        seen += last is not None
    assert seen > 2


def test_changes_and_needs_are_narrowed(example):
    assert 0 < len(example.changes(theme="caseloads")) < len(example.changes())
    both = [len(example.needs(raised_again=again)) for again in (True, False)]
    assert sum(both) == len(example.needs()) > 0
    with pytest.raises(UnknownNameError, match="confidence"):
        example.changes(confidence="sure")


def test_by_theme_says_where_it_stands_and_how_it_went(example):
    table = example.by_theme().set_index("theme")
    paths = example.paths(cohort="all").set_index("theme")["path"]
    assert table["path"].astype(str).to_dict() == paths.astype(str).to_dict()
    assert table.loc["plans", ["latest_status", "confidence"]].tolist() == ["strength", "moderate"]


def test_changes_are_narrowed_by_their_confidence(example):
    assert set(example.changes(confidence="moderate")["confidence"]) == {"moderate"}


def test_findings_say_how_bad_of_whom_and_what_was_found_on_the_theme(example):
    coded = example.results.coded
    one = coded["finding"] == "exampleshire-inspection-2014-05-20/4"
    told = coded.assign(found=coded["found"].mask(one, "Plans of a few were good."))
    results = replace(example.results, coded=told)
    found = replace(example, results=results).findings().set_index("finding")
    row = found.loc["exampleshire-inspection-2014-05-20/4"]
    assert row[["extent", "harm", "part", "summary"]].tolist() == [
        "a small number", "", "yes", "Plans of a few were good.",
    ]  # fmt: skip
    assert found.loc["exampleshire-inspection-2014-05-20/1", "harm"] == "risk"
    assert (found["summary"] != "").any()


def test_needs_say_what_was_met_in_part(example):
    ledger = example.results.ledger.assign(met_in_part="exampleshire-focused-visit-2019-06-04")
    needs = replace(example, results=replace(example.results, ledger=ledger)).needs()
    assert set(needs["met_in_part"]) == {"exampleshire-focused-visit-2019-06-04"}
    assert set(needs["wording"]) == set(ledger["wording"])


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_a_plain_call(example, name):
    chart = getattr(example, name)()
    assert isinstance(chart, Chart)
    assert chart.name == name
    assert "Exampleshire" in chart.alt + chart.caption


@pytest.mark.parametrize(
    "name", ["matrix", "trajectories", "ledger", "shares", "extents", "together"]
)
def test_charts_take_themes(example, name):
    every, some = getattr(example, name)(), getattr(example, name)(themes="supervision")
    assert some.caption + some.svg() != every.caption + every.svg()


@pytest.mark.promise("period-counted-anew")
def test_a_period_is_counted_anew(example):
    later = example.subset(start="2019")
    assert later.visits()["visit"].tolist() == example.visits()["visit"].tolist()[-2:]
    assert set(later.results.changes["before"]) <= {"", *later.visits()["visit"]}
    assert later.subset(start="").choices == example.choices
    assert later.subset(themes="plans").choices.parameters.start == "2019"


@pytest.mark.promise("no-half-status")
def test_a_direction_fades_cells_and_changes_no_status(example):
    plain, lit = example.matrix(), example.subset(direction="weakness").matrix()
    pd.testing.assert_frame_equal(plain.data, lit.data)
    assert "Faded" in lit.alt and "Faded" in lit.caption and "Faded" not in plain.caption
    veils = [a for a in lit.figure.artists if a.get_alpha() == VEIL]
    kept = example.findings(direction="weakness")[["theme", "visit"]].drop_duplicates()
    assert len(veils) == len(lit.hotspots) - len(kept) > 0


def test_a_direction_fades_visits_of_single_themes_too(example):
    plain, lit = example.trajectories(), example.subset(direction="weakness").trajectories()
    pd.testing.assert_frame_equal(plain.data, lit.data)
    veils = [a for a in lit.figure.artists if a.get_alpha() == VEIL]
    assert 0 < len(veils) < len(lit.hotspots)


def test_a_source_lights_what_it_reports(example):
    lit = example.subset(source="secondary").matrix()
    assert "from a secondary source" in lit.caption
    note = example.subset(source="secondary").timeline().caption
    assert "does not change this chart" in note


def test_evidence_follows_the_choices(example):
    whole = example.evidence("caseloads").html
    some = example.subset(direction="weakness").evidence("caseloads").html
    assert whole.count("<li>") > some.count("<li>") > 0
    assert "only: weakness" in some
    nothing = example.evidence("audit", visit="2019").html
    assert "nobody looked" in nothing


def test_evidence_of_a_need_is_what_raised_it(example):
    row = example.results.ledger.iloc[0]
    block = example.evidence(need=row["need"])
    assert block.html.count("<li>") >= 1
    assert set(row["findings"].split())
    with pytest.raises(UnknownNameError, match="need"):
        example.evidence(need="no-such-need")


def test_a_concordance_keeps_to_the_choices(example):
    every = example.concordance("supervision")
    some = example.subset(themes="supervision", direction="strength").concordance("supervision")
    assert 0 < len(some) < len(every)


def test_it_shows_itself_escaped_and_lists_its_calls(example):
    html = example._repr_html_()
    assert "Exampleshire" in html and "Overall grade" in html and "<code>supervision</code>" in html
    for call, _what in CALLS:
        name = call.strip(".").split("(")[0].split(",")[0]
        assert name in html
        assert hasattr(Authority, name)


def test_names_complete(example):
    assert "supervision" in dir(example.theme)
    assert example.visit.focused_visit_2019_06_04.endswith("2019-06-04")
    assert "audit" in example._ipython_key_completions_()
    assert example["audit"].choices.parameters.themes == ("audit",)


def test_what_is_saved_can_be_read_and_says_its_source(example, project):
    saved = example.subset(themes="audit").save(example.matrix())
    endings = [path.suffix for path in saved.paths]
    assert endings == [".svg", ".png", ".txt"]
    assert saved.paths[0].parent == project.root / "reports" / "views"
    assert saved.paths[0].name == "exampleshire--themes-audit--matrix.svg"
    assert "Source: " in saved.paths[2].read_text()
    table = example.findings()
    csv = example.save(table, name="findings").paths[0]
    assert len(pd.read_csv(csv)) == len(table)
    assert "'=SUM(1)" in csv.read_text()
    with pytest.raises(FindingsError, match="cannot be saved"):
        example.save("matrix")


@pytest.mark.promise("address-or-link")
def test_a_finding_says_when_it_was_and_where_it_can_be_had(example):
    table = example.findings()
    assert table["visit"].cat.ordered
    assert table["date"].is_monotonic_increasing
    assert (table["date"].dt.year == table["year"]).all()
    assert set(table["document"]) <= set(example.results.data.documents["document"])
    assert (table["finding"].str.partition("/")[0] == table["document"]).all()
    documents = example.results.data.documents.set_index("document")
    plain = table["address"].str.partition("#page=")[0]
    assert (plain == table["document"].map(documents["address"])).all()
    known = table["address"] != ""
    assert known.any() and not known.all()
    assert (table["link"] == table["address"])[known].all()
    assert (table["link"] == table["document"].map(documents["link"]))[~known].all()


@pytest.mark.promise("load-codes")
def test_mine_and_theirs_stand_side_by_side(project):
    codes = project.raw("exampleshire", "codes")
    lines = (codes / "reader-1.csv").read_text("utf-8").splitlines()
    mine = [lines[0], lines[1].replace("weakness", "mixed")]
    (codes / "me.csv").write_text("\n".join(mine) + "\n", encoding="utf-8")
    found = load("exampleshire", codes="me")
    table = found.side_by_side()
    assert table[["mine", "theirs"]].to_numpy().tolist() == [["mixed", "weakness"]]
    assert found.subset(themes="plans").side_by_side().empty
    assert 'codes="me"' in found.source_line()
    assert load("exampleshire").subset(codes="me").side_by_side().equals(table)
    assert "--codes me" in found.choices.command()
    assert found.together().data["Findings with both"].min() >= 1
    with pytest.raises(FindingsError, match='codes="me"'):
        load("exampleshire").side_by_side()
    with pytest.raises(FindingsError, match="reader-1"):
        load("exampleshire", codes="reader-l")
