"""A word in its surroundings."""

import pandas as pd
import pytest
from builders import visit, visits

from analysis.errors import FindingsError
from analysis.exploring.context import PUBLISHED, SUMMARIES, concordance

VISITS = visits(visit("v1", start="2014-04"), visit("v2", start="2016-01"))


def findings(*rows):
    table = pd.DataFrame(rows, columns=["finding", "visit", "summary", "words"])
    return table.assign(source="primary", section="Leadership", page="3")


def test_every_place_stands_in_order_of_visits():
    held = findings(
        ("b/1", "v2", "Audit is late. An audit was lost.", ""),
        ("a/1", "v1", "Few audits.", "AUDIT, first of all"),
    )
    found = concordance(held, VISITS, "audit")
    assert found.table["finding"].tolist() == ["a/1", "b/1", "b/1"]
    assert found.table["text"].tolist() == [PUBLISHED, SUMMARIES, SUMMARIES]
    assert found.table["before"].tolist() == ["", "", "Audit is late. An "]
    assert found.read == {PUBLISHED: 1, SUMMARIES: 1}
    assert "published words of 1 finding and our summaries of 1" in found.said


@pytest.mark.parametrize(
    ("word", "count"), [("audit", 1), ("audit*", 2), ("an audit", 1), ("a.dit", 0), ("AUDIT", 1)]
)
def test_words_are_whole_unless_a_star_says_otherwise(word, count):
    held = findings(("a/1", "v1", "An   audit; auditing, preaudit.", ""))
    assert len(concordance(held, VISITS, word)) == count


def test_it_cuts_at_blanks():
    held = findings(("a/1", "v1", "one two three audit four five six", ""))
    row = concordance(held, VISITS, "audit", width=9).table.iloc[0]
    assert (row["before"], row["after"]) == ("… three ", " four …")


def test_it_says_that_published_words_are_not_held():
    held = findings(("a/1", "v1", "An audit.", ""))
    assert "findings add keeps" in concordance(held, VISITS, "audit").said


@pytest.mark.parametrize(("word", "width", "said"), [(" * ", 60, "Name a word"), ("a", 0, "1 to")])
def test_what_cannot_be_looked_for_is_refused(word, width, said):
    with pytest.raises(FindingsError, match=said):
        concordance(findings(("a/1", "v1", "An audit.", "")), VISITS, word, width)


def test_without_any_text_it_says_so():
    with pytest.raises(FindingsError, match="neither published words nor summaries"):
        concordance(findings(("a/1", "v1", "", "")), VISITS, "audit")


def test_markup_in_a_finding_stays_text():
    held = findings(("a/1", "v1", "An audit <script>x</script>", ""))
    html = concordance(held, VISITS, "audit")._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
