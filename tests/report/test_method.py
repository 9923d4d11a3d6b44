"""What the report says of its method is what the code does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from builders import authority, coded, says, visit, visits, votes

from analysis.report import method
from analysis.report.tables.agreement import AGREEMENT_HEADS, as_measures
from analysis.results.results import analyse
from analysis.vocabulary import PATH_WORDS

ONE = visits(visit("v"))
RULES = " ".join(method.RULES)


def results(*rows):
    return analyse(authority(ONE, coded(*rows)))


@pytest.mark.parametrize(
    "said",
    ["above 0.65", "below 0.40", "0.75, 0.5 or 0.25", "less 0.15", *PATH_WORDS],
)
@pytest.mark.promise("method-printed")
def test_the_constants_in_force_are_printed(said):
    assert said in RULES


@pytest.mark.parametrize(
    "rule",
    [
        "has one vote", "together have one vote", "or if it states harm", "has none",
        "differs by cohort", "Confidence is high", "low with one vote", "Not mentioned means",
        "never read as satisfactory", "never read as improved", "first seen", "like with like",
        "nothing is carried forward", "Inspectors first", "no theme borrows it",
        "not counted as better", "Visits are counted", "new spell", "A notice's requirements",
        "shown hollow", "reported, not judged",
    ],
)  # fmt: skip
@pytest.mark.promise("method-printed")
def test_every_rule_of_the_method_is_printed(rule):
    assert rule in RULES


def test_the_limits_name_cause_prevalence_and_ranks():
    limits = " ".join(method.LIMITS)
    assert all(word in limits for word in ("How common", "caused", "ranks", "by exception"))


def test_who_coded_is_said_with_numbers():
    said = method.coders(results(says("v", "weakness"), says("v", "mixed", coder="anna")))
    assert said == (
        "Codes that count: anna (1 finding), reader-1 (1 finding). Codes of reader-1 are those of "
        "machine readers, large language models that read paragraph by paragraph with the guide; "
        "no person has coded or reviewed them."
    )


def test_what_the_tagger_coded_is_said():
    data = authority(ONE, coded(*votes("v", "SSS")))
    said = method.coders(analyse(replace(data, codes=data.codes.iloc[:1])))
    assert said == (
        "Codes that count: reader-1 (1 finding), tagger (2 findings). Codes of reader-1 are those "
        "of machine readers, large language models that read paragraph by paragraph with the "
        "guide; no person has coded or reviewed them. 2 findings were coded by no reader: the "
        "codes are the tagger's, a program's."
    )


def test_that_the_tagger_coded_all_is_said_once():
    data = authority(ONE, coded(*votes("v", "SSS")))
    said = method.coders(analyse(replace(data, codes=data.codes.iloc[:0])))
    assert said == (
        "Codes that count: tagger (3 findings). The tagger is a program; no reader's codes count."
    )


def test_agreement_is_not_claimed_without_a_second_reader():
    assert method.agreement_in_words(results(*votes("v", "SS"))) == (
        "No second reader has coded these findings yet: agreement cannot be said."
    )


def test_agreement_says_how_many_findings_both_read():
    rows = [*votes("v", "SS"), says("v", "mixed", coder="reader-2", finding="v-letter/1")]
    said = method.agreement_in_words(results(*rows))
    assert said.startswith("A second reader coded 1 of 2 findings without having seen the first")


def test_agreement_on_knowsley(knowsley):
    data = knowsley.data
    said = method.agreement_in_words(knowsley)
    second = data.codes.loc[data.codes["coder"] == "reader-2", "finding"].nunique()
    assert f"coded {second} of {len(data.findings)} findings" in said


def test_every_column_of_the_agreement_has_a_head():
    from analysis.codes.agreement.agreement import THEME_COLUMNS

    assert list(AGREEMENT_HEADS) == THEME_COLUMNS


def test_measures_are_headed():
    table = pd.DataFrame({"measure": ["F1"], "value": [0.5], "n": [2], "of": ["codes"]})
    assert list(as_measures(table)) == ["Measure", "Value", "n", "n counts"]


def test_the_citation_has_no_leading_zero_and_names_the_version():
    assert method.citation("Knowsley", date(2025, 3, 6), "1.2.0") == (
        "Inspection findings over time: Knowsley. Report of 6 March 2025, made with "
        "inspection-findings 1.2.0 from published inspection documents."
    )
