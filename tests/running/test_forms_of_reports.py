"""Reports in several forms: what is made, what is made anew, what is taken away."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import docx
import pytest
from small import end, ended

pytestmark = pytest.mark.notebook

SHOWS = """
from IPython.display import HTML, display
import pandas as pd
from analysis.charts.parts.chart import Chart
from analysis.charts.parts.style import new_figure
from analysis.project import Project

figure = new_figure(6, 3)
figure.add_subplot().plot([0, 1], [1, 0])
data = pd.DataFrame({{"x": [1]}})
chart = Chart(figure, f"Line of {{authority}}", "A line.", data, name="{name}")
if folder := Project.find().pictures:
    chart.picture(1).leave(folder)
display(HTML(chart.to_html(1)))
"""
ALL_BUT_PDF = "html,docx,figures,citation"


@pytest.fixture
def place(small):
    small.add("place-01", cell=SHOWS.format(name="line"))
    return small


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def stamps(folder: Path) -> dict[Path, int]:
    return {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file() and p.name != ".lock"}


@pytest.mark.promise("forms-kept-in-step")
def test_each_form_is_made_once_and_a_further_one_makes_the_report_anew(place, report):
    assert report("place-01", "--to", ALL_BUT_PDF).status == 0
    made = tree(place.out)
    assert set(made) == {
        "index.html", "manifest.json", "place-01.html", "place-01.ipynb", "place-01.docx",
        "place-01.bib", "place-01.citation.txt", "place-01-figures/README.txt",
        *(f"place-01-figures/figure-1-line.{ending}" for ending in ("svg", "png", "csv", "txt")),
    }  # fmt: skip
    assert docx.Document(BytesIO(made["place-01.docx"])).inline_shapes[0].width > 0
    before = stamps(place.out)
    for again in ((), ("--to", "citation"), ("--to", "figures,docx,html,citation")):
        assert "1 unchanged" in report("place-01", *again).said
    assert stamps(place.out) == before
    why = report("place-01", "--to", "pdf", "--why")
    assert "place-01: not there yet: pdf" in why.said


def test_a_page_alone_costs_no_other_file(place, report):
    assert report("place-01").status == 0
    assert set(tree(place.out)) == {
        "index.html", "manifest.json", "place-01.html", "place-01.ipynb",
    }  # fmt: skip
    assert "place-01: not there yet: docx" in report("place-01", "--to", "docx", "--why").said


@pytest.mark.promise("forms-kept-in-step")
def test_what_changed_is_made_anew_in_every_form_and_old_figures_go(place, report):
    report("place-01", "--to", ALL_BUT_PDF)
    before = tree(place.out)
    place.add("place-01", cell=SHOWS.format(name="other"))
    assert "1 ok" in report("place-01").said
    after = tree(place.out)
    assert {name for name in before if name not in after} == {
        f"place-01-figures/figure-1-line.{ending}" for ending in ("svg", "png", "csv", "txt")
    }
    assert "place-01-figures/figure-1-other.png" in after
    assert after["place-01.docx"] != before["place-01.docx"]  # which names the picture's file


@pytest.mark.promise("form-deleted")
def test_a_form_whose_files_are_deleted_is_had_no_more_and_one_that_is_altered_is_mended(
    place, report
):
    report("place-01", "--to", ALL_BUT_PDF)
    before = tree(place.out)
    assert 'href="place-01.docx"' in place.read("index.html")
    (place.out / "place-01.docx").unlink()
    assert "1 unchanged" in report("place-01").said
    assert "place-01.docx" not in place.read("index.html")
    assert 'href="place-01-figures/README.txt"' in place.read("index.html")
    assert not (place.out / "place-01.docx").exists()
    (place.out / "place-01.bib").write_text("altered")
    assert "1 ok" in report("place-01").said
    after = tree(place.out)
    assert "place-01.docx" not in after
    assert after["place-01.bib"] == before["place-01.bib"]


@pytest.mark.promise("odd-form-refused")
def test_an_unknown_form_is_refused_before_anything(place, report):
    ran = report("place-01", "--to", "html,figure")
    assert ran.status == 2
    assert "There is no form of a report 'figure'. Did you mean 'figures'" in ran.said
    assert not place.out.exists()


@pytest.mark.promise("no-browser-no-pdf")
def test_without_a_browser_a_pdf_is_refused_before_anything(place, report, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    ran = report("place-01", "--to", "pdf,docx")
    assert ran.status == 2
    assert "apt-get install chromium" in ran.said
    assert not place.out.exists()


@pytest.mark.promise("no-browser-no-pdf")
def test_a_browser_that_fails_leaves_the_last_good_report(place, report, monkeypatch, tmp_path):
    report("place-01", "--to", "docx")
    before = tree(place.out)
    browser = tmp_path / "bin" / "chromium"
    browser.parent.mkdir()
    browser.write_text("#!/bin/sh\necho 'out of paper' >&2\nexit 1\n")
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", f"{browser.parent}:/usr/bin:/bin")
    printing = place.start("place-01", "--to", "pdf")  # a process of its own, with this PATH
    try:
        ran = ended(printing, 300)
    finally:
        end(printing)
    assert ran.status == 1
    assert "out of paper" in place.read("place-01.failed.html")
    after = tree(place.out)
    for name in ("place-01.html", "place-01.ipynb", "place-01.docx"):
        assert after[name] == before[name]
    assert "place-01.pdf" not in after
    assert "needs no browser" in place.read("place-01.failed.html")


@pytest.mark.promise("same-bytes")
def test_one_at_a_time_and_side_by_side_give_the_same_bytes(small, report, tmp_path):
    names = ["place-01", "place-02", "place-03"]
    small.add(*names, cell=SHOWS.format(name="line"))
    report(*names, "--to", ALL_BUT_PDF, "--jobs", "1")
    report(*names, "--to", ALL_BUT_PDF, "--jobs", "3", "--out", str(tmp_path / "other"))
    one, other = tree(small.out), tree(tmp_path / "other")
    assert len(one) == 2 + 10 * len(names)
    assert one == other


def test_what_a_killed_run_left_half_written_in_the_figures_goes(place, report):
    report("place-01", "--to", "figures")
    left = place.out / "place-01-figures" / ".findings-0123abcd-1-abcd_123.tmp"
    left.write_text("half")
    os.utime(left, (1, 1))  # so old that whoever began it lives no more
    report("place-01")
    assert not left.exists()


def test_a_manifest_that_names_files_elsewhere_harms_none(place, report, tmp_path):
    report("place-01", "--to", "docx")
    other = tmp_path / "mine.txt"
    other.write_text("mine")
    manifest = place.out / "manifest.json"
    manifest.write_text(
        manifest.read_text().replace('"docx":', '"figures/../../mine.txt": 4, "docx":')
    )
    place.add("place-01", cell=SHOWS.format(name="other"))
    assert report("place-01").status == 0
    assert other.read_text() == "mine"
