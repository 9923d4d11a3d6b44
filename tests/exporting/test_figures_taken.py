"""The figures one by one, and how they are cited."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from lxml import etree, html
from PIL import Image

from analysis.charts import chart as chart_of
from analysis.charts.parts.pictures import PRINT_DPI, read_pictures
from analysis.charts.parts.style import HOLE, INK, PAPER
from analysis.exporting.citing import Origin, bibtex, citation_text, escaped
from analysis.exporting.figures import figure_files
from analysis.report.method import citation

ORIGIN = Origin(
    key="kent--start-2018--themes-audit+plans", title="Kent: 50 % & more_of {it}", name="Kent",
    publishers="Ofsted and Department for Education", period="May 2018 to May 2024",
    day=date(2026, 1, 1), version="0.1.0", data="ab12",
)  # fmt: skip


@pytest.fixture(scope="module")
def chart(exampleshire):
    with exampleshire.lent() as results:
        return chart_of("timeline", results)


@pytest.fixture(scope="module")
def left(chart, tmp_path_factory):
    """The page's figure, and what is left of it for the exports."""
    folder = tmp_path_factory.mktemp("left")
    chart.picture(4).leave(folder)
    return html.fromstring(chart.to_html(4)), read_pictures(folder)


def test_number_caption_and_alternative_text_are_those_of_the_page(left):
    page, [picture] = left
    files = figure_files([picture], ORIGIN)
    words = files["figures/figure-4-timeline.txt"]
    caption, alt, source = words.strip().split("\n\n")
    assert caption == page.findtext(".//figcaption/b") + page.find(".//figcaption/b").tail
    assert caption.startswith("Figure 4. ")
    assert alt == f"Alternative text: {page.find('.//img').get('alt')}"
    assert source == (
        "Source: published inspection documents of Ofsted and Department for Education, visits "
        f"of May 2018 to May 2024. {citation('Kent', date(2026, 1, 1), '0.1.0')}"
    )


@pytest.mark.promise("png-print-size")
def test_the_png_has_print_size_and_says_so(left):
    _page, [picture] = left
    files = figure_files([picture], ORIGIN)
    image = Image.open(BytesIO(files["figures/figure-4-timeline.png"]))
    across, down = (round(side * PRINT_DPI) for side in (picture.width, picture.height))
    assert abs(image.width - across) <= 1 and abs(image.height - down) <= 1
    assert image.info["dpi"] == pytest.approx((PRINT_DPI, PRINT_DPI), abs=0.1)
    assert image.width <= 182 / 25.4 * PRINT_DPI + 1
    assert image.height <= 240 / 25.4 * PRINT_DPI + 1
    colours = {colour for _n, colour in image.convert("RGB").getcolors(256) or []}
    marks = (INK, HOLE, PAPER)  # of grades, of years without a visit, and the ground
    assert {tuple(bytes.fromhex(mark[1:])) for mark in marks} <= colours
    listed = re.search(r"PNG: (\d+) by (\d+) mm", files["figures/README.txt"])
    assert listed is not None
    assert int(listed[1]) == round(picture.width * 25.4)


@pytest.mark.promise("csv-runs-nothing")
def test_picture_and_data_are_those_of_the_chart(left, chart):
    _page, [picture] = left
    files = figure_files([picture], ORIGIN)
    assert files["figures/figure-4-timeline.csv"] == chart.csv()
    svg = files["figures/figure-4-timeline.svg"]
    assert svg == chart.svg()
    assert etree.fromstring(svg.encode()).tag.endswith("svg")


def test_a_name_that_could_leave_the_folder_is_refused(chart, tmp_path):
    with pytest.raises(ValueError, match=r"\.\./x"):
        replace(chart, name="../x").picture(1).leave(tmp_path / "pictures")
    assert not list(tmp_path.rglob("x.*"))


def test_the_entry_of_a_bibliography_is_escaped_and_whole():
    entry = bibtex(ORIGIN)
    assert entry.startswith("@techreport{inspection-findings-kent-start-2018-themes-audit-plans-")
    assert r"title = {{Kent: 50 \% \& more\_of \{it\}}}" in entry
    fields = re.findall(r"^  (\w+) = (\{.*\}|\w+),?$", entry, re.MULTILINE)
    assert dict(fields)["month"] == "jan"
    assert len(fields) == entry.count("\n") - 2
    bare = re.sub(r"\\[{}]", "", entry)
    assert bare.count("{") == bare.count("}")


@pytest.mark.parametrize("sign", list("&%$#_{}~^\\"))
def test_no_sign_reaches_tex_as_a_command(sign):
    assert sign not in re.sub(r"\\[&%$#_{}]|\\text[a-z]+\{\}", "", escaped(f"a{sign}b"))


def test_the_citation_is_that_of_the_page_with_the_hash_of_the_data():
    said = citation_text(ORIGIN)
    assert said.startswith(citation("Kent", date(2026, 1, 1), "0.1.0") + "\n")
    assert "SHA-256 ab12" in said
