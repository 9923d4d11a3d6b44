"""`findings report` and `findings agree`, on an authority that is not the default one."""

from __future__ import annotations

import shutil
from html import escape
from pathlib import Path

import nbformat
import pytest
from lxml import html as lxml_html
from shared import unread

from analysis.charts import chart
from analysis.charts.glance import Glance
from analysis.charts.parts.chart import csv_address
from analysis.charts.parts.pictures import read_pictures
from analysis.codes.tagger.scores import shipped_scores
from analysis.project import Project
from analysis.report.parameters import Parameters
from analysis.report.report import Report
from analysis.report.sentences.cautions import CAPTION
from analysis.report.tables.evidence import NO_SUMMARY

ROOT = Path(__file__).parents[2]


@pytest.fixture
def with_notebooks(project) -> Project:
    shutil.copytree(ROOT / "notebooks", project.notebooks)
    return project


@pytest.fixture
def findings(with_notebooks, findings):
    """Run the command; give exit status and all that it said."""

    def run(*arguments: object) -> tuple[int, str]:
        status, out, err = findings(*arguments)
        return status, out + err

    return run


@pytest.mark.notebook
def test_another_authority_gets_its_own_page(findings, with_notebooks, tmp_path):
    status, said = findings("report", "exampleshire", "--out", str(tmp_path / "out"))
    page = tmp_path / "out" / "exampleshire.html"
    assert (status, str(page) in said) == (0, True)
    text = page.read_text(encoding="utf-8")
    tree = lxml_html.fromstring(text)
    assert tree.findtext(".//title").startswith("Exampleshire")
    assert "nowsley" not in text
    assert "&lt;b&gt;" in text
    assert tree.xpath("//main//b[@class='' or not(@class)]/text()[contains(., 'bold')]") == []
    left = with_notebooks.processed("exampleshire")
    assert sorted(p.name for p in left.iterdir()) == [
        "areas.csv", "changes.csv", "findings.csv", "needs.csv", "paths.csv", "recommendations.csv",
        "statuses.csv", "summary.json",
    ]  # fmt: skip


@pytest.mark.notebook
def test_period_themes_and_secondary_sources_are_followed(findings, tmp_path):
    status, said = findings(
        "report", "exampleshire", "--start", "2016", "--end", "2019", "--themes", "plans,audit",
        "--include-secondary", "--out", str(tmp_path),
    )  # fmt: skip
    assert status == 0, said
    name = "exampleshire--start-2016--end-2019--themes-plans+audit--secondary"
    text = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
    assert not (tmp_path / "exampleshire.html").exists()
    told = lxml_html.fromstring(text)
    assert "as asked, it counts" in told.text_content()
    assert told.xpath("//article[@class='card']/header/h3/text()") == ["Plans", "Audit"]
    rows = told.xpath("//div[@class='panel']//tbody/tr/th//text()")
    assert set(rows) <= {"Plans", "Audit"}
    evidence = told.xpath("//details[contains(@class, 'evidence')]/@data-theme")
    assert set(evidence) == {"Plans", "Audit"}
    assert "start = '2016'" in text
    assert "Inspection of May 2014" not in text


@pytest.mark.notebook
@pytest.mark.promise("codes-of-one")
def test_a_report_is_made_as_one_coder_has_it_and_says_so(findings, with_notebooks, tmp_path):
    codes = with_notebooks.raw("exampleshire", "codes")
    head, first, *_ = (codes / "reader-1.csv").read_text("utf-8").splitlines()
    for coder, direction in (("ann", "strength"), ("bob", "neutral")):
        own = f"{head}\n{first.replace('weakness', direction).replace('risk', '')}\n"
        (codes / f"{coder}.csv").write_text(own, encoding="utf-8")
    status, said = findings("report", "exampleshire", "--codes", "ann", "--out", str(tmp_path))
    assert status == 0, said
    text = (tmp_path / "exampleshire--codes-ann.html").read_text(encoding="utf-8")
    told = " ".join(lxml_html.fromstring(text).text_content().split())
    assert "the codes of ann count first, and no other user's do" in told
    assert "What the codes of ann change here" in told
    assert "bob" not in told
    assert "codes = 'ann'" in text
    table = (with_notebooks.processed("exampleshire") / "findings.csv").read_text("utf-8")
    assert ",ann," in table and ",bob," not in table


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("exampleshire", "--codes", "reader-l"), "or 'reader-1'?"),
        (("exampleshire", "--codes", "../me"), "cannot be the name of a coder"),
        (("exampelshire",), "Did you mean 'exampleshire'?"),
        (("exampleshire", "--themes", "suprevision"), "Did you mean 'supervision'?"),
        (("exampleshire", "--start", "20/2014"), "Write a date as"),
        (("exampleshire", "otherton"), "Nothing is held about 'otherton'"),
        (("../exampleshire",), "There is no authority"),
    ],
)
def test_what_is_unknown_is_refused_and_nothing_is_written(
    findings, with_notebooks, tmp_path, arguments, said
):
    before = {p for p in with_notebooks.root.rglob("*") if p.is_file()}
    status, told = findings("report", *arguments, "--out", str(tmp_path / "out"))
    assert status == 2
    assert said in told
    assert "Traceback" not in told
    assert not (tmp_path / "out").exists()
    assert {p for p in with_notebooks.root.rglob("*") if p.is_file()} == before


@pytest.mark.notebook
def test_a_period_without_visits_to_one_of_a_region_is_said_on_a_page(findings, tmp_path):
    status, said = findings(
        "report", "--region", "Nowhere", "--start", "2024", "--out", str(tmp_path)
    )
    assert status == 1
    assert "has no visit from" in said
    text = (tmp_path / "exampleshire--start-2024.failed.html").read_text(encoding="utf-8")
    assert "has no visit from" in text
    assert "findings check exampleshire" in text


@pytest.mark.notebook
def test_wrong_data_are_refused_and_the_last_good_page_stays(findings, with_notebooks, tmp_path):
    page = tmp_path / "exampleshire.html"
    page.write_text("the last good one")
    visits = with_notebooks.raw("exampleshire", "visits.csv")
    visits.write_text(visits.read_text().replace(",2014-03-10,", ",10 March 2014,", 1))
    status, told = findings("report", "exampleshire", "--out", str(tmp_path))
    assert status == 1
    assert "visits.csv, row" in " ".join(told.split())
    failed = (tmp_path / "exampleshire.failed.html").read_text(encoding="utf-8")
    assert "visits.csv, row" in failed
    assert "findings check" in failed
    assert page.read_text() == "the last good one"


@pytest.mark.notebook
def test_a_failing_cell_is_named_and_the_last_good_page_stays(findings, with_notebooks, tmp_path):
    page = tmp_path / "exampleshire.html"
    page.write_text("the last good one")
    path = with_notebooks.notebooks / "report.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[3].source = "1 / 0"
    nbformat.write(notebook, path)
    status, told = findings("report", "exampleshire", "--out", str(tmp_path))
    assert status == 1
    assert "ZeroDivisionError" in told
    assert "cell 4" in told
    assert sorted(p.name for p in tmp_path.glob("*.html")) == [
        "exampleshire.failed.html", "exampleshire.html", "index.html",
    ]  # fmt: skip
    assert page.read_text() == "the last good one"


def test_agreement_is_printed_with_its_n(findings):
    status, told = findings("agree", "exampleshire")
    assert status == 0
    assert "both coded" in told
    assert "Krippendorff" in told


def test_agreement_of_an_unknown_coder_is_refused(findings):
    status, told = findings("agree", "exampleshire", "--second", "reader-3")
    assert status == 2
    assert "Did you mean 'reader-2'" in told or "'reader-1'" in told


@pytest.mark.parametrize(
    ("values", "hint"),
    [
        ({"authority": 7}, "-r authority 7"),
        ({"authority": "x", "start": 2014}, "-r start 2014"),
        ({"authority": "x", "include_secondary": "yes"}, "-p include_secondary true"),
    ],
)
def test_parameters_that_lost_their_type_are_refused(values, hint):
    with pytest.raises(Exception, match="must be") as error:
        Parameters.typed(**values)
    assert hint in str(error.value)


def test_every_figure_has_its_own_number(with_notebooks):
    report = Report.of("exampleshire")
    blocks = [report.glance(), report.needs(), report.unseen()]
    for number, block in enumerate(blocks, start=1):
        assert f"<b>Figure {number}. </b>" in block.html


@pytest.mark.parametrize("asked_for", [True, False])
def test_charts_are_left_as_the_page_numbers_them_where_other_forms_are_made(
    with_notebooks, monkeypatch, tmp_path, asked_for
):
    if asked_for:
        monkeypatch.setenv("FINDINGS_PICTURES", str(tmp_path / "left"))
    report = Report.of("exampleshire")
    report.glance()
    report.unseen()
    left = [(picture.number, picture.name) for picture in read_pictures(tmp_path / "left")]
    assert left == ([(1, "glance"), (3, "timeline")] if asked_for else [])


def test_the_page_says_where_there_is_nothing_to_say(with_notebooks):
    report = Report.of("exampleshire", start="2014-03", end="2014-09")
    assert "No need was raised at more than one of these visits." in report.needs().html
    assert "<h1>" in report.opening().html


@pytest.mark.promise("caution-first")
def test_a_report_on_what_nobody_coded_says_so_before_anything_else(tmp_path, monkeypatch):
    monkeypatch.setenv("FINDINGS_ROOT", str(unread(tmp_path).root))
    report = Report.of("bolton")
    opening = report.opening().html
    first = opening.index("put together by a program; nobody has read the documents")
    assert first < opening.index("<h1")
    measured = f"{shipped_scores().groups.loc['all', 'micro_f1']:.2f}"
    folded = lxml_html.fromstring(opening).xpath("string(//details[1])")
    assert f"F1 {measured}" in folded
    assert "95 % interval" in folded
    themes, needs, method = report.themes().html, report.needs().html, report.method()
    assert "reader-1" not in themes + opening
    assert NO_SUMMARY not in themes
    assert "cannot be said" in needs
    assert "<img" not in needs
    assert "Nobody has read behind them." in method.html
    assert method.html.count("<caption>") == 2
    assert escape(CAPTION) not in report.unseen().html  # a timeline holds no codes


def test_a_report_with_some_codes_of_the_tagger_says_both(with_notebooks):
    opening = Report.of("exampleshire").opening().html
    assert "Part of this page (" in opening
    assert "Codes that count: " in opening


def test_a_report_of_readers_codes_names_them_and_carries_no_warning(monkeypatch):
    monkeypatch.setenv("FINDINGS_ROOT", str(ROOT))
    report = Report.of("knowsley")
    opening = report.opening().html
    assert "Codes that count: " in opening
    assert (
        "machine readers (large language models)" in opening or "machine readers, large" in opening
    )
    assert "put together by a program" not in opening


def test_at_a_glance_draws_no_picture_that_nobody_takes(project, monkeypatch):
    report = Report.of("exampleshire")
    drawn = chart("glance", report.results)
    monkeypatch.setattr(Glance, "draw", lambda _self: pytest.fail("drawn"))
    said = report.glance().html
    assert escape(drawn.alt) in said and csv_address(drawn.csv()) in said
