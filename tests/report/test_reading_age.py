"""The running text of the page is read with ease at fourteen; the figures are printed (`-s`)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html as lxml_html
from reading_age import grade, plain, reading_age, syllables
from shared import unread

from analysis.data.loading import load_data
from analysis.project import Project
from analysis.report.points import points
from analysis.report.report import Report
from analysis.report.sentences.plain import who
from analysis.report.tables.cards import cards
from analysis.report.tables.ladders import ladders
from analysis.report.tables.needs import follow
from analysis.results.results import analyse
from analysis.vocabulary import COHORTS

ROOT = Path(__file__).parents[2]

MOST = 10.0
"""Flesch-Kincaid grade of the points in brief and of the sentences on themes, dates aside."""
WORST = 13.0
"""Of any one of the sentences on themes."""
OLDEST = 15.0
"""Reading age of what leads into the sections and of the method, dates aside."""
LEADS = ("opening", "areas", "new", "unseen", "method")


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


@pytest.mark.promise("reading-age")
@pytest.mark.parametrize("authority", ["knowsley", "leeds"])
def test_the_sentences_are_read_with_ease(authority):
    """Names of themes and of groups count as one syllable: nobody can say them otherwise."""
    results = analyse(load_data(authority, Project(ROOT)))
    made = cards(results)
    brief = points(results, ladders(results), made, follow(results))
    names = [*(t.name for t in results.data.codebook.themes), *map(who, COHORTS), "improvement"]
    pattern = re.compile("|".join(re.escape(n) for n in sorted(filter(None, names), key=len)[::-1]))

    def bare(text: str) -> str:
        return pattern.sub("it", plain(text))

    themes = [bare(text) for card in made for text in card.sentences]
    worst = max(themes, key=lambda text: grade([text]))
    told = [bare(point.text) for point in brief]
    print(f"{authority}: brief {grade(told):.1f}, themes {grade(themes):.1f}, worst {worst}")
    assert grade(themes) <= MOST
    assert grade([worst]) <= WORST
    own = [bare(p.text) for p in brief if p.head in ("Overall grade", "What got better")]
    assert grade(own) <= MOST


@pytest.mark.parametrize("read", [True, False])
def test_what_leads_into_the_sections_is_read_with_ease(tmp_path, monkeypatch, read):
    if not read:
        monkeypatch.setenv("FINDINGS_ROOT", str(unread(tmp_path).root))
    authority = "knowsley" if read else "bolton"
    report = Report.of(authority)
    ages = {}
    for part in LEADS:
        tree = lxml_html.fromstring(f"<div>{getattr(report, part)().html}</div>")
        for away in tree.xpath("//table|//figure|//details|//ol|//ul"):
            away.drop_tree()
        text = [" ".join(p.text_content().split()) for p in tree.xpath("//p")]
        ages[part] = reading_age([plain(passage) for passage in text])
    print(authority, ages)
    assert {part: age for part, age in ages.items() if age > OLDEST} == {}
