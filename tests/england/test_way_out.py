"""Who found a way out: each part of the rule, at its edge."""

from __future__ import annotations

import pandas as pd
import pytest
from builders import BOOK, authority, coded, says, visit, visits
from builders import links as linked

from analysis.data import schemas
from analysis.england.way_out import (
    AGAIN,
    FOLLOWED,
    MET,
    OUT,
    PROGRESS,
    SILENT,
    STRENGTH,
    UNSEEN,
    followed,
    risk_set,
    with_words,
)
from analysis.results.results import analyse

FULL = [visit("a", start="2014-04"), visit("b", start="2018-04"), visit("c", start="2022-04")]


def one(said, seen=FULL, *, aspect="quality", theme="audit", cohort="social-workers"):
    """What became of a need of which the visits say (visit, relation, more on the code)."""
    rows = [
        says(at, more.pop("direction", "strength" if relation == "met" else "weakness"),
             theme=theme, cohort=cohort, finding=f"{at}-letter/{i}", **more)
        for i, (at, relation, more) in enumerate(said, start=1)
    ]  # fmt: skip
    needs = pd.DataFrame(
        [{"need": "n", "theme": theme, "cohort": cohort, "aspect": aspect, "wording": "Want"}],
        columns=list(schemas.NEEDS.columns),
    )
    links = linked(
        *(("n", row["finding"], relation) for row, (_at, relation, _m) in zip(rows, said, strict=1))
    )
    data = authority(visits(*seen), coded(*rows), needs=needs, links=links)
    table = followed(analyse(data))
    FOLLOWED.validate(table)
    return table.iloc[0] if len(table) else None


def raised(at, **more):
    return at, "raised", more


def met(at, **more):
    return at, "met", more


@pytest.mark.promise("way-out-rule")
def test_raised_twice_and_then_met_is_a_way_out():
    row = one([raised("a"), raised("b"), met("c")])
    assert (row["had"], row["outcome"], row["out"], row["found"]) == (True, OUT, "c", STRENGTH)
    assert (row["latest_raised"], row["visits_later"], row["visits_raised"]) == ("b", 1, 2)
    assert (row["raised_by"], row["met_by"]) == ("b-letter/2", "c-letter/3")


def test_raised_once_without_harm_was_not_had():
    row = one([raised("a"), met("b")])
    assert (row["had"], row["outcome"]) == (False, OUT)
    assert risk_set(pd.DataFrame([row])) == {}


@pytest.mark.parametrize("harm", ["harm", "risk", "duty"])
def test_raised_once_with_harm_was_had(harm):
    row = one([raised("a", harm=harm), met("b")])
    assert (row["had"], row["harm"], row["outcome"]) == (True, True, OUT)


def test_what_was_raised_of_a_part_was_not_had():
    assert not one([raised("a", part="yes", harm="risk"), met("b")])["had"]
    assert not one([raised("a", part="yes"), raised("b"), met("c")])["had"]


def test_what_is_raised_of_a_part_after_is_no_way_out_either():
    row = one([raised("a", harm="risk"), met("b"), raised("c", part="yes")])
    assert (row["had"], row["outcome"]) == (True, AGAIN)


def test_two_paragraphs_of_one_visit_are_not_two_visits():
    assert not one([raised("a"), raised("a"), met("b")])["had"]


def test_what_is_raised_after_is_no_way_out():
    row = one([raised("a", harm="risk"), met("b"), raised("c")])
    assert (row["outcome"], row["out"]) == (AGAIN, "")


def test_what_is_raised_and_met_by_one_visit_is_no_way_out():
    assert one([raised("a"), raised("b"), met("c"), raised("c")])["outcome"] == AGAIN


def test_met_and_better_by_one_visit_is_no_way_out():
    row = one([raised("a"), raised("b"), met("c"), ("c", "progress", {})])
    assert row["outcome"] == PROGRESS


def test_a_code_that_is_part_is_no_way_out():
    assert one([raised("a"), raised("b"), met("c", part="yes")])["outcome"] == PROGRESS


@pytest.mark.parametrize(
    ("theme", "areas", "outcome"),
    [
        ("pathway-plans", "care-leavers", OUT),
        ("pathway-plans", "front-door", PROGRESS),
        ("audit", "care-leavers;front-door", PROGRESS),
    ],
)
def test_a_visit_to_a_part_is_one_only_where_it_looked_at_all_of_it(theme, areas, outcome):
    short = visit("c", "focused-visit", "2022-04", areas)
    cohort = "care-leavers" if theme == "pathway-plans" else "not-stated"
    said = [raised("a"), raised("b"), met("c")]
    assert one(said, [*FULL[:2], short], theme=theme, cohort=cohort)["outcome"] == outcome


@pytest.mark.parametrize("direction", ["mixed", "neutral"])
def test_what_is_met_and_no_strength_says_met(direction):
    assert one([raised("a"), raised("b"), met("c", direction=direction)])["found"] == MET


def test_a_visit_that_says_nothing_of_it_leaves_it_open():
    row = one([raised("a"), raised("b"), says_other("c")])
    assert row["outcome"] == SILENT


def says_other(at):
    return at, "none", {}


def test_who_was_not_looked_at_again_is_told_apart():
    row = one([raised("a"), raised("b")], FULL[:2])
    assert row["outcome"] == UNSEEN


def test_who_was_looked_at_and_had_it_raised_again():
    row = one([raised("a"), raised("b"), raised("c")])
    assert (row["outcome"], row["visits_raised"]) == (AGAIN, 3)


def test_how_often_it_was_raised_once_the_authority_had_it():
    assert one([raised("a"), raised("b"), raised("c")])["raised_since"] == 1
    assert one([raised("a", harm="risk"), raised("b"), raised("c")])["raised_since"] == 2
    assert one([raised("a"), raised("b"), met("c")])["raised_since"] == 0
    assert one([raised("a"), met("b")])["raised_since"] == 0


def test_a_visit_without_a_document_did_not_look():
    row = one([raised("a"), raised("b")], [*FULL[:2], visit("c", start="2022", held="none")])
    assert row["outcome"] == UNSEEN


def test_a_link_without_a_code_of_the_theme_is_no_way_out():
    row = one([raised("a"), raised("b"), met("c", direction="weakness")])
    assert row["outcome"] == PROGRESS


def test_visits_later_and_looks_after_are_counted():
    seen = [
        *FULL[:2], visit("m", "monitoring-visit", "2019", "front-door"), FULL[2],
        visit("d", start="2024"),
    ]  # fmt: skip
    row = one([raised("a"), raised("b"), met("c")], seen)
    assert (row["visits_later"], row["looked_after"]) == (2, 1)


def test_what_is_shown_speaks_of_the_whole_and_of_what_is_needed_before_any_weakness():
    weak, part, need = {}, {"part": "yes", "harm": "risk"}, {"role": "need", "direction": ""}
    row = one([raised("a"), raised("b", **part), raised("b", **weak), raised("b", **need)])
    assert row["raised_by"] == "b-letter/4"
    row = one([raised("a"), raised("b", **need), raised("b", harm="risk"), raised("b", **part)])
    assert row["raised_by"] == "b-letter/3"
    row = one([raised("a"), raised("b"), met("c", direction="mixed"), met("c")])
    assert (row["met_by"], row["found"]) == ("c-letter/4", STRENGTH)


def test_what_no_aspect_holds_is_not_followed():
    assert one([raised("a"), raised("b"), met("c")], aspect="other") is None


def test_what_is_only_met_was_never_a_need():
    assert one([met("b")]) is None


def test_the_words_are_those_of_the_theme_or_else_the_summary():
    row = one([raised("a", harm="risk"), met("c")])
    findings = pd.DataFrame(
        {
            "finding": ["a-letter/1", "c-letter/2"],
            "summary": ["Audits miss risk.", "All is well, audits too."],
            "date": pd.to_datetime(["2014-04-01", "2022-04-01"]),
            "section": ["Findings", "Leadership"], "printed_number": ["12", ""],
            "page": ["", "4"], "address": ["https://a.example/", ""],
            "link": ["https://a.example/", "https://b.example/"],
        }
    )  # fmt: skip
    codes = pd.DataFrame(
        {
            "finding": ["a-letter/1", "c-letter/2"], "theme": "audit",
            "cohort": "social-workers", "found": ["", "Audits are good."],
        }
    )  # fmt: skip
    told = with_words(pd.DataFrame([row]), {"findings": findings, "codes": codes}).iloc[0]
    assert (told["before"], told["after"]) == ("Audits miss risk.", "Audits are good.")
    assert (told["before_place"], told["after_place"]) == (
        "Findings, paragraph 12",
        "Leadership, page 4",
    )
    assert (told["before_address"], told["after_address"]) == ("https://a.example/", "")
    assert (told["before_link"], told["after_link"]) == ("https://a.example/", "https://b.example/")


def test_the_book_of_the_tests_has_a_theme_met_anywhere():
    assert BOOK.theme("audit").areas == ("everywhere",)
