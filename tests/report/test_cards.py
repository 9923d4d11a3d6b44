"""A card says a theme's path in plain words, and what was found visit by visit."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest
from builders import authority, coded, says, visit, visits, votes

from analysis.data import schemas
from analysis.report.sentences.groups import ON_LITTLE, READERS_DIFFER
from analysis.report.sentences.paths import FOR_SOME
from analysis.report.tables.cards import cards
from analysis.results.results import analyse
from analysis.vocabulary import PATH_WORDS

VISITS = visits(
    visit("a", start="2014"),
    visit("n", "improvement-notice", start="2015"),
    visit("m", "monitoring-visit", start="2016", held="none"),
    visit("f", "focused-visit", start="2018", areas="care-leavers"),
    visit("b", start="2021"),
    visit("c", start="2024"),
)
NOW = "better at the latest inspection"
CHILDREN = {"cohort": "children-in-care"}
UNTIL = re.compile(r"(?: at full inspections)?(?: (?:up to|by) (?:[A-Z][a-z]+ )?\d{4})?$")
UNSAID = re.compile(
    r"n\s=|came out as|\bcodes?\b|\bstatus\b|cohort not stated|\bflag|\bthin\b|higher|lower"
)


def card(*rows, theme="audit", visits=VISITS):
    return cards(analyse(authority(visits, coded(*rows))), [theme])[0]


@pytest.mark.parametrize(
    ("rows", "sentences", "tags"),
    [
        ([*votes("a", "WW"), *votes("b", "SS"), *votes("c", "WW")],
         ("Weak in 2014, strong in 2021, and weak again in 2024.",), ("rose and fell back",)),
        ([*votes("a", "WW"), *votes("b", "SS"), *votes("c", "SS")],
         ("Weak in 2014, then strong in 2021 and 2024.",), ("better and stayed so",)),
        ([*votes("a", "WW"), *votes("b", "WW", **CHILDREN)],
         ("For children in care: weak in 2021.", "For social workers: weak in 2014."),
         ("too little to say",)),
        ([*votes("a", "WWSS"), *votes("b", "SS", cohort="not-stated")],
         ("Mixed in 2014, then strong in 2021.",), (NOW,)),
        (votes("c", "W"), ("Weak in 2024, on one paragraph.",), ("too little to say",)),
        ([*votes("a", "W"), *votes("c", "S")],
         ("Weak in 2014, then strong in 2024, each on one paragraph.",), (NOW, ON_LITTLE)),
        ([*votes("a", "W"), *votes("b", "SS"), *votes("c", "S")],
         ("Weak in 2014, then strong in 2021 and 2024, first and last on one paragraph.",),
         ("better and stayed so", ON_LITTLE)),
        ([*votes("a", "W"), says("a", "weakness", role="need"), *votes("c", "S")],
         ("Weak in 2014, then strong in 2024.",), (NOW, ON_LITTLE)),
        (votes("f", "W"),
         ("No full inspection said how good it was. A short visit: weak in 2018.",), ()),
        (votes("c", "W", theme="plans"), ("No visit judged it.",), ()),
    ],
)  # fmt: skip
def test_the_path_is_said_in_one_sentence(rows, sentences, tags):
    found = card(*rows)
    assert (found.sentences, found.tags) == (sentences, tags)


def test_groups_that_differ_have_a_sentence_and_a_tag_each():
    rows = [
        *votes("a", "WW"), *votes("a", "SS", **CHILDREN),
        *votes("c", "SS"), *votes("c", "WW", **CHILDREN),
    ]  # fmt: skip
    found = card(*rows)
    assert set(found.sentences) == {
        "For social workers: weak in 2014, then strong in 2024.",
        "For children in care: strong in 2014, then weak in 2024.",
    }
    assert set(found.tags) == {
        f"social workers: {NOW}",
        "children in care: worse",
    }


def test_where_no_group_is_named_the_sentence_names_none_and_comes_first():
    rows = [
        *votes("a", "WW", cohort="not-stated"), *votes("a", "SS"),
        *votes("c", "WW", cohort="not-stated"), *votes("c", "SS"),
    ]  # fmt: skip
    assert card(*rows).sentences == (
        "No group named: weak in 2014 and 2024.", "For social workers: strong in 2014 and 2024.",
    )  # fmt: skip


def test_on_little_what_names_no_group_does_not_speak_beside_those_that_do():
    rows = [
        *votes("a", "W", cohort="not-stated"), *votes("a", "SS"),
        *votes("c", "W", cohort="not-stated"), *votes("c", "SS"),
    ]  # fmt: skip
    assert card(*rows).sentences == (
        "For social workers: strong in 2014 and 2024.", "Across the service: weak in 2024.",
    )  # fmt: skip
    rows[-3:] = votes("c", "M", cohort="not-stated") + votes("c", "SS")
    assert card(*rows).sentences == ("For social workers: strong in 2014 and 2024.",)


def test_what_no_group_is_named_for_is_said_where_no_group_says_so():
    rows = [*votes("a", "SS"), *votes("c", "SS"), *votes("c", "WW", cohort="not-stated")]
    found = card(*rows)
    assert found.sentences[-1] == "Across the service: weak in 2024."
    assert found.tags == ("social workers: strong throughout", "across the service: weak in 2024")
    assert [one.text for one in found.latest][1:] != []


def test_the_latest_word_is_of_the_surest_group_first_with_what_speaks_against_it():
    rows = [*votes("c", "S"), *votes("c", "WWW", **CHILDREN)]
    assert [said.who for said in card(*rows).latest] == ["children in care", "social workers"]
    both = [says("c", "weakness", finding="c-letter/1", **group) for group in ({}, CHILDREN)]
    assert card(*both).latest[0].who == "children in care and social workers"
    against = card(*votes("c", "SSW")).latest
    assert [len(against), against[0].who] == [2, ""]


def test_one_paragraph_of_a_visit_that_looked_elsewhere_is_no_latest_word():
    book = {"theme": "pathway-plans", "cohort": "care-leavers"}
    elsewhere = visits(
        visit("c", start="2024"),
        visit("f", "focused-visit", start="2025", areas="help-and-protection"),
    )
    rows = [*votes("c", "SS", **book), *votes("f", "W", **book)]
    assert card(*rows, theme="pathway-plans", visits=elsewhere).latest_when == "2024"
    asked = [*rows, says("f", "weakness", role="need", **book)]
    assert card(*asked, theme="pathway-plans", visits=elsewhere).latest_when == "2025"
    rows += votes("f", "W", **book)
    assert card(*rows, theme="pathway-plans", visits=elsewhere).latest_when == "2025"


def test_what_speaks_against_a_level_is_said():
    rows = [*votes("a", "WWWS"), *votes("b", "SSSSM"), *votes("c", "SS")]
    assert card(*rows).sentences == (
        "Mostly weak in 2014, mostly strong in 2021, and strong in 2024.",
    )


def test_a_shorter_visit_that_found_otherwise_is_said():
    rows = [
        *(says(v, "weakness", theme="pathway-plans", cohort="care-leavers") for v in "aac"),
        *votes("f", "SS", theme="pathway-plans", cohort="care-leavers"),
    ]
    found = card(*rows, theme="pathway-plans")
    assert found.sentences == (
        "Weak in 2014 and 2024.", "A short visit: strong in 2018.",
    )  # fmt: skip
    assert found.tags == ("weak throughout at full inspections", ON_LITTLE)


def test_of_groups_that_differ_each_says_its_own_shorter_visit():
    about = {"theme": "pathway-plans"}
    leavers = about | {"cohort": "care-leavers"}
    rows = [
        *votes("a", "WW", **about), *votes("c", "SS", **about),
        *votes("a", "WW", **leavers), *votes("f", "SS", **leavers), *votes("c", "WW", **leavers),
    ]  # fmt: skip
    found = card(*rows, theme="pathway-plans")
    at = found.sentences.index("For care leavers: weak in 2014 and 2024.")
    assert found.sentences[at + 1] == "A short visit: strong in 2018."
    assert len(found.sentences) == 3
    assert "care leavers: weak throughout at full inspections" in found.tags
    assert f"social workers: {NOW}" in found.tags


def test_where_no_group_is_named_the_shorter_visit_of_any_group_is_said():
    about = {"theme": "pathway-plans"}
    nobody = about | {"cohort": "not-stated"}
    rows = [
        *votes("a", "WW", **nobody), *votes("c", "SS", **nobody),
        *votes("f", "MM", cohort="care-leavers", **about),
    ]  # fmt: skip
    found = card(*rows, theme="pathway-plans")
    assert found.sentences == (
        "Weak in 2014, then strong in 2024.", "A short visit: mixed in 2018.",
    )  # fmt: skip
    assert found.tags == ("better at the latest full inspection",)


def test_each_visit_says_what_was_found_or_why_nothing_stands_there():
    rows = [*votes("a", "W"), says("n", "weakness", role="requirement"), *votes("c", "S")]
    found = card(*rows, theme="audit")
    assert [(v.when, v.state, v.now) for v in found.visits] == [
        ("2014", "found", False), ("2015", "asked", False), ("2016", "unread", False),
        ("2018 and 2021", "silent", False), ("2024", "found", True),
    ]  # fmt: skip
    assert found.visits[0].said[0].text == "Something is said."
    assert found.visits[0].said[0].places[0].href.startswith("#")
    assert (found.latest_when, found.latest[0].text) == ("2024", "Something is said.")
    child = card(*votes("a", "W", theme="plans", **CHILDREN), theme="plans")
    assert [v.state for v in child.visits] == ["found", "unread", "off", "silent", "silent"]


def test_inspectors_own_view_is_said_with_since_when_and_for_whom():
    rows = [
        *votes("a", "W"),
        says("b", "strength", change_said="improved", since="a"),
        says("c", "weakness", change_said="not improved", since="unknown", **CHILDREN),
        says("c", "weakness", change_said="not improved", since="b", **CHILDREN),
        says("c", "weakness", change_said="sustained", since="b"),
    ]
    own = [(said.text, said.who, len(said.places)) for said in card(*rows).own]
    assert own == [
        ("in 2021, better than in 2014", "social workers", 1),
        ("in 2024, not improved enough since 2021", "children in care", 1),
        ("in 2024, still as good as in 2021", "social workers", 1),
    ]  # a comparison with no visit that can be named is left to the evidence


def test_what_only_the_program_read_is_no_word_of_inspectors():
    rows = [says("b", "strength", change_said="improved", coder="tagger"), *votes("a", "W")]
    assert card(*rows).own == ()


def test_how_sure_names_every_end_its_paragraphs_and_its_harm():
    rows = [*votes("a", "S"), *votes("c", "WW", harm="risk")]
    (said,) = card(*rows).sure
    assert said.startswith(
        "Social workers: worse. It rests on 1 paragraph in 2014 and 2 paragraphs"
    )
    assert "confidence low" in said
    assert said.endswith("With children left at risk.")


@pytest.mark.promise("level-of-the-document")
@pytest.mark.parametrize(
    ("called", "tags"),
    [
        (["weakness", "strength"], (NOW,)),
        (["weakness", "mixed"], (NOW,)),
        (["mixed", "mixed"], (NOW, READERS_DIFFER)),
        (["strength", "weakness"], ("mixed throughout", READERS_DIFFER)),
        (["mixed", ""], (NOW,)),
    ],
)
def test_a_path_that_a_reader_of_the_documents_saw_another_way_says_so(called, tags):
    rows = [*votes("a", "WWW"), *votes("b", "SSS")]
    levels = pd.DataFrame(
        [(f"{at}-letter", "audit", "social-workers", level, "1", "reader-3", "")
         for at, level in zip("ab", called, strict=True) if level],
        columns=list(schemas.LEVELS.columns),
    )  # fmt: skip
    data = replace(authority(VISITS, coded(*rows)), levels=levels)
    assert cards(analyse(data), ["audit"])[0].tags == tags


@pytest.mark.parametrize(
    ("levels", "tag"),
    [
        ("WWS", NOW), ("MWS", NOW), ("WS", NOW), ("WSS", "better and stayed so"),
        ("WMS", "better and stayed so"), ("WSM", "better, below its best"),
    ],
)  # fmt: skip
def test_what_is_better_at_the_latest_inspection_alone_has_not_stayed_so(levels, tag):
    rows = [row for at, level in zip("abc", levels, strict=False) for row in votes(at, 3 * level)]
    assert card(*rows).tags[0] == tag


@pytest.mark.parametrize(
    ("first", "latest", "tag"),
    [
        ("SSS", "SSS", "strong throughout"), ("SSS", "SS+", "mostly strong throughout"),
        ("WWW", "W-", "mostly weak throughout"), ("SW", "SW", "mixed throughout"),
    ],
)  # fmt: skip
def test_what_was_mostly_so_throughout_is_not_said_to_be_so_outright(first, latest, tag):
    assert card(*votes("a", first), *votes("b", latest)).tags == (tag,)


def test_what_speaks_of_a_part_at_an_end_is_so_for_some():
    part = says("a", "weakness") | {"part": "yes"}
    later = [*votes("b", "SSS"), *votes("b", "SS", **CHILDREN)]
    assert card(part, *later[:3]).tags[0] == NOW.replace("better", "better for some")
    beside = votes("a", "WW", **CHILDREN)  # what another group's level rests on is no part
    assert card(part, *beside, *later).tags[0] == NOW


@pytest.mark.promise("level-of-the-document")
def test_how_sure_names_every_level_that_a_reader_of_the_document_had_otherwise():
    rows = [*votes("a", "WWW"), *votes("b", "SSS"), *votes("c", "SSS")]
    called = [("a", "weakness"), ("b", "mixed"), ("c", "mixed")]
    levels = pd.DataFrame(
        [(f"{at}-letter", "audit", "social-workers", level, "1", "reader-3", "")
         for at, level in called],
        columns=list(schemas.LEVELS.columns),
    )  # fmt: skip
    data = replace(authority(VISITS, coded(*rows)), levels=levels)
    (said,) = cards(analyse(data), ["audit"])[0].sure
    assert said.endswith("A reader of the whole documents called it mixed in 2021 and 2024.")
    assert said.count("reader of the whole") == 1
    assert "confidence moderate" in said


@pytest.mark.promise("level-of-the-document")
def test_what_a_second_reader_of_the_document_settled_is_said_outright():
    rows = [*votes("a", "WWW"), *votes("c", "SSS")]
    called = [("a", "mixed", "reader-3"), ("a", "mixed", "reader-4"), ("c", "strength", "reader-3")]
    levels = pd.DataFrame(
        [(f"{at}-letter", "audit", "social-workers", level, "1", coder, "")
         for at, level, coder in called],
        columns=list(schemas.LEVELS.columns),
    )  # fmt: skip
    found = cards(analyse(replace(authority(VISITS, coded(*rows)), levels=levels)), ["audit"])[0]
    assert found.sentences[0] == "Mixed in 2014, then strong in 2024."
    assert READERS_DIFFER not in found.tags
    assert "called it" not in found.sure[0]


def test_what_was_settled_with_a_reason_stands_before_codes_and_readers():
    rows = [*votes("a", "WWW"), *votes("c", "SSS")]
    called = [("a", "weakness", "reader-3"), ("a", "mixed", "resolved")]
    levels = pd.DataFrame(
        [(f"{at}-letter", "audit", "social-workers", level, "1", coder, "Only one team lags.")
         for at, level, coder in called],
        columns=list(schemas.LEVELS.columns),
    )  # fmt: skip
    found = cards(analyse(replace(authority(VISITS, coded(*rows)), levels=levels)), ["audit"])[0]
    assert found.sentences[0] == "Mixed in 2014, then strong in 2024."


@pytest.mark.promise("plain-sentences")
def test_no_word_of_the_method_stands_in_the_sentences_of_the_real_ones(knowsley):
    for found in cards(knowsley):
        text = " ".join((*found.sentences, *(said.text for said in found.own)))
        assert not UNSAID.search(text), text
        tags = [UNTIL.sub("", tag) for tag in found.tags if tag != READERS_DIFFER]
        tags = [tag.replace("mostly ", "").replace(FOR_SOME, "") for tag in tags]
        words = {tag.partition(": ")[2] or tag for tag in tags} - {ON_LITTLE}
        words -= {NOW, "better at the latest full inspection", "little changed"}
        words -= {"a little better", "a little worse", "better"}
        assert words <= set(PATH_WORDS)
        assert all(len(s.split()) <= 30 for s in found.sentences), found.sentences
    assert len(cards(knowsley)) == len(knowsley.data.codebook.ids)


def test_a_level_that_no_paragraph_says_outright_or_that_is_nearer_to_mixed_is_said_so():
    leaning = [says("a", "mixed", lean="weakness"), says("a", "mixed", lean="weakness")]
    assert card(*leaning).sentences == ("Mixed to weak in 2014.",)
    near = [*votes("a", "SS"), *(says("a", "mixed", lean="even") for _ in range(3))]
    assert card(*near).sentences == ("Mixed to strong in 2014.",)
    assert card(*near, says("a", "strength")).sentences == ("Mostly strong in 2014.",)


def test_what_staff_told_a_later_visit_stands_beside_what_was_judged():
    later = says("c", "strength", said_by="staff") | {"found": "Loads are fair"}
    found = card(*votes("b", "WW"), later)
    assert found.latest_when == "2021"
    assert found.latest[-1].text == "2024, staff said: Loads are fair."
    by_leaders = card(*votes("b", "WW"), later | {"said_by": "leaders"})
    assert "said:" not in by_leaders.latest[-1].text


@pytest.mark.parametrize(
    ("extents", "need", "said"),
    [
        (["some", "a small number"], False, "Weak for some in 2021."),
        (["some", "many"], False, "Weak in 2021."),
        (["some", ""], False, "Weak in 2021."),
        (["some", "some"], True, "Weak in 2021."),
    ],
)
def test_what_inspectors_said_of_some_is_so_for_some_unless_it_was_asked_for(extents, need, said):
    rows = [says("b", "weakness", extent=extent) for extent in extents]
    asked = [says("b", "weakness", role="need", extent="some")] if need else []
    assert card(*rows, *asked).sentences == (said,)


def test_a_paragraph_on_a_part_that_speaks_against_a_level_makes_it_mostly_so():
    rows = [*votes("a", "SSS"), *votes("c", "SSS"), says("c", "weakness", part="yes")]
    assert card(*rows).sentences == ("Strong in 2014, then mostly strong in 2024.",)


@pytest.mark.parametrize(
    ("latest", "short"),
    [
        ("SSS", "A short visit: mixed to strong in 2025."),
        ("MMM", "A short visit: mixed to strong in 2025."),
        ("SSMMM", "A short visit agreed (2025)."),
    ],
)
def test_a_short_visit_agreed_only_where_it_found_what_the_inspection_before_it_found(
    latest, short
):
    held = visits(
        visit("a", start="2014"),
        visit("c", start="2024"),
        visit("f", "focused-visit", start="2025"),
    )
    rows = [*votes("a", "SSS"), *votes("c", latest), *votes("f", "SSMMM")]
    assert card(*rows, visits=held).sentences[1:] == (short,)


def test_of_shorter_visits_that_agree_the_last_of_all_is_named():
    held = visits(
        visit("a", start="2014"), visit("f", "focused-visit", start="2018"),
        visit("c", start="2024"), visit("g", "focused-visit", start="2025"),
    )  # fmt: skip
    rows = [*votes("a", "SSS"), *votes("f", "SSS"), *votes("c", "SSS")]
    assert card(*rows, visits=held).sentences == ("Strong in 2014 and 2024.",)
    later = card(*rows, *votes("g", "SSS"), visits=held)
    assert later.sentences[1:] == ("A short visit agreed (2025).",)


def test_a_short_visit_before_the_latest_inspection_does_not_agree_with_it():
    held = visits(
        visit("a", start="2014"), visit("f", "focused-visit", start="2020"),
        visit("c", start="2024"),
    )  # fmt: skip
    rows = [*votes("a", "SSS"), *votes("f", "SSS"), *votes("c", "SSS")]
    assert card(*rows, visits=held).sentences[1:] == ("A short visit: strong in 2020.",)


def test_a_path_over_all_groups_names_the_group_of_a_short_visit_that_it_does_not_speak_of():
    held = visits(
        visit("a", start="2014"), visit("c", start="2024"),
        visit("f", "focused-visit", start="2025"),
    )  # fmt: skip
    rows = [*votes("a", "SSS"), *votes("c", "SSS"), *votes("f", "WW", cohort="personal-advisers")]
    found = card(*rows, visits=held)
    assert found.sentences == (
        "Strong in 2014 and 2024.", "A short visit: weak for personal advisers in 2025.",
    )  # fmt: skip
    assert found.tags == ("strong throughout at full inspections",)


def test_a_third_group_is_told_where_as_many_inspections_judged_it():
    rows = [
        *votes("a", "SS"), *votes("c", "WW"),
        *votes("a", "WW", cohort="personal-advisers"),
        *votes("c", "WW", cohort="personal-advisers"),
        *votes("a", "S", cohort="care-leavers"), *votes("c", "S", cohort="care-leavers"),
    ]  # fmt: skip
    assert len(card(*rows).sentences) == 3


def test_better_at_the_latest_inspection_is_so_only_where_the_latest_judged_it():
    rows = [*votes("a", "WW"), *votes("b", "SS"), *votes("c", "SS", theme="plans")]
    assert card(*rows, theme="audit").tags[0].startswith("better by 2021")


def test_a_group_of_one_inspection_is_told_where_visits_judged_it_as_often_as_any():
    held = visits(
        visit("a", start="2014"),
        visit("e", start="2017"),
        visit("f", "focused-visit", start="2020"),
        visit("g", "focused-visit", start="2022"),
        visit("c", start="2024"),
    )
    staff = {"cohort": "personal-advisers"}
    rows = [*votes("a", "SS", **staff), *votes("c", "WW", **staff), *votes("e", "SS")]
    found = card(*rows, *votes("f", "WW"), *votes("g", "WW"), visits=held)
    assert found.sentences[-2:] == (
        "For social workers: strong in 2017.", "Short visits: weak in 2020 and 2022.",
    )  # fmt: skip
    seldom = card(*rows, *votes("f", "WW"), visits=held)
    assert not any("social workers" in text for text in seldom.sentences)


def test_a_third_group_is_told_where_two_inspections_judged_it():
    rows = [
        *votes("a", "WW"), *votes("b", "WW"), *votes("c", "SS"),
        *votes("a", "SS", **CHILDREN), *votes("b", "SS", **CHILDREN), *votes("c", "WW", **CHILDREN),
        *votes("b", "SS", cohort="care-leavers"),
    ]  # fmt: skip
    assert not any("care leavers" in text for text in card(*rows).sentences)
    twice = card(*rows, *votes("c", "MM", cohort="care-leavers"))
    assert "For care leavers: strong in 2021, then mixed in 2024." in twice.sentences


def test_an_earlier_short_visit_is_told_where_it_lay_a_level_below_the_last():
    held = visits(
        visit("a", start="2014"),
        visit("f", "focused-visit", start="2018"),
        visit("g", "focused-visit", start="2022"),
        visit("c", start="2024"),
    )
    ends = [*votes("a", "WW"), *votes("c", "MM")]
    found = card(*ends, *votes("f", "WW"), *votes("g", "MM"), visits=held)
    assert found.sentences[-1] == "Short visits: weak in 2018, then mixed in 2022."
    alike = card(*ends, *votes("f", "MM"), *votes("g", "MM"), visits=held)
    assert alike.sentences[-1] == "A short visit: mixed in 2022."


def test_two_visits_are_enough_where_the_latest_found_otherwise_for_a_group():
    staff = {"cohort": "personal-advisers"}
    rows = [*votes("a", "WW"), *votes("b", "WW"), *votes("c", "WW"), *votes("b", "MM", **staff)]
    alike = card(*rows, *votes("f", "WW", **staff))
    assert not any("personal advisers" in text for text in alike.sentences)
    once = card(*rows[:-2], *votes("c", "SS", **staff))
    assert not any("personal advisers" in text for text in once.sentences)
    held = visits(
        visit("a", start="2014"), visit("b", start="2021"),
        visit("f", "focused-visit", start="2022"), visit("c", start="2024"),
    )  # fmt: skip
    apart = [*rows[:-2], *votes("f", "SS", **staff), *votes("c", "SS", **staff)]
    assert card(*apart, visits=held).sentences[-2:] == (
        "For personal advisers: strong in 2024.", "A short visit: strong in 2022.",
    )  # fmt: skip


def test_of_the_group_told_first_the_visit_that_judged_it_last_is_told_be_it_short():
    held = visits(
        visit("a", start="2014"), visit("c", start="2021"),
        visit("f", "focused-visit", start="2022"), visit("g", "focused-visit", start="2023"),
    )  # fmt: skip
    rows = [*votes("a", "SS"), *votes("c", "SS"), *votes("g", "MM", **CHILDREN)]
    told = [said.text.partition(":")[0] for said in card(*rows, visits=held).latest]
    assert told[1:] == ["2021, full inspection"]
    told = [s.text.partition(":")[0] for s in card(*rows, *votes("f", "WW"), visits=held).latest]
    assert told[1:] == ["2022, focused visit"]
