"""The running text of the page is read with ease at fourteen; the figures are printed (`-s`)."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html
from reading_age import grade, plain, reading_age, syllables

from analysis.report.report import Report

OLDEST = 14.0
"""Reading age of the running text, names of visits, dates and what stands in brackets aside."""
OLDEST_WHOLE = 17.0
"""The same with everything in: sentences must name visits, dates, cohorts and numbers."""
PARTS = ("opening", "story", "raised_again", "method", "glossary")


def passages(block: str) -> list[str]:
    """Paragraphs and points of a block, without headings, tables, charts and link labels."""
    tree = lxml_html.fromstring(f"<div>{block}</div>")
    for part in tree.xpath("//table|//figure|//h1|//h2|//h3|//dt|//*[@class='needs']/section"):
        part.drop_tree()
    for link in tree.xpath("//li/a[last()]|//p/a[last()]"):
        if link.get("class") != "term":
            link.drop_tree()
    return [" ".join(part.text_content().split()) for part in tree.xpath("//p|//li|//dd")]


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("moved", 1), ("visited", 3), ("inspection", 3), ("evidence", 3), ("table", 2),
     ("people", 2), ("idea", 3), ("create", 2), ("supervision", 4), ("changes", 2), ("theme", 1)],
)  # fmt: skip
def test_syllables_are_counted(word, count):
    assert syllables(word) == count


def test_the_grade_is_that_of_the_formula():
    assert grade(["The cat sat on the mat."]) == pytest.approx(-1.45, abs=0.005)
    hard = "Multidisciplinary organisational accountability necessitates comprehensive evaluation."
    assert grade([hard]) > 30
    assert reading_age(["The cat sat on the mat."]) == pytest.approx(3.55, abs=0.005)


def test_names_of_visits_and_brackets_are_set_aside():
    assert plain("At the inspection of May 2019 (n = 2 (thin)) it rose since June 2018.") == (
        "At the visit it rose since then."
    )


@pytest.mark.parametrize("authority", ["knowsley", "barnet"])
@pytest.mark.promise("reading-age")
def test_the_page_is_read_with_ease(authority):
    report = Report.of(authority)
    ages = {}
    for part in PARTS:
        text = passages(getattr(report, part)().html)
        ages[part] = reading_age([plain(passage) for passage in text]), reading_age(text)
    for part, (bare, whole) in ages.items():
        print(f"{authority}, {part}: reading age {bare:.1f}; names and dates in: {whole:.1f}")
    assert {part: bare for part, (bare, _) in ages.items() if bare > OLDEST} == {}
    assert {part: whole for part, (_, whole) in ages.items() if whole > OLDEST_WHOLE} == {}
