"""What the tagger finds, what it lets pass, and that its evidence is always the text's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analysis.codes.tagger.hits import AFTER_LINK, LATER_SENTENCE
from analysis.codes.tagger.rules import SCORE_CUT
from analysis.codes.tagger.tag import COLUMNS, tag
from analysis.data.codebook import load_codebook
from analysis.vocabulary import EXTENTS

SHIPPED = load_codebook(Path(__file__).parents[2] / "data" / "raw" / "codebook.yml")
BOOK = replace(
    SHIPPED,
    themes=tuple(
        replace(theme, definition=f"Else: {theme.definition}") for theme in SHIPPED.themes
    ),
)
"""Themes that mean something else than what the model learned: patterns alone tell them."""
EXAMPLES = [(theme.id, phrase) for theme in BOOK.themes for phrase in theme.examples]


def tagged(text: str) -> dict[str, str]:
    """Theme and direction of one finding."""
    rows = tag(pd.DataFrame({"id": ["x/1"], "text": [text]}), BOOK)
    return dict(zip(rows["theme"], rows["direction"], strict=True))


def evidence(text: str, theme: str) -> str:
    rows = tag(pd.DataFrame({"id": ["x/1"], "text": [text]}), BOOK)
    return str(rows.set_index("theme").loc[theme, "evidence"])


def score(text: str, theme: str) -> float:
    rows = tag(pd.DataFrame({"id": ["x/1"], "text": [text]}), BOOK)
    return float(rows.set_index("theme").loc[theme, "score"])


@pytest.mark.parametrize(("theme", "phrase"), EXAMPLES)
def test_every_example_of_the_codebook_is_tagged_with_its_theme(theme: str, phrase: str) -> None:
    assert theme in tagged(phrase)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Supervision is regular and reflective.", "strength"),
        ("Supervision is not regular.", "weakness"),
        ("Supervision isn\u2019t yet regular.", "weakness"),
        ("Supervision is regular, but in two teams it is poor.", "mixed"),
        ("Although supervision is regular, it lacks depth.", "mixed"),
        ("Supervision is regular. However, it is weak in two teams.", "mixed"),
        ("Supervision needs to improve.", "weakness"),
        ("Ensure that supervision is regular and effective.", "weakness"),
        ("Supervision should be effective.", "weakness"),
        ("Supervision takes place on Mondays.", "neutral"),
        ("Supervision is held so that work improves without delay.", "neutral"),
        ("Supervision is effective in reducing delay.", "strength"),
        ("Supervision suffers when staff are not there.", "weakness"),
    ],
)
def test_direction(text: str, expected: str) -> None:
    assert tagged(text)["supervision"] == expected


def test_themes_of_one_finding_have_their_own_directions() -> None:
    text = "While supervision is regular, caseloads are too high."
    assert tagged(text) == {"caseloads": "weakness", "supervision": "strength"}


def test_one_fault_among_many_clauses_of_praise_is_not_mixed() -> None:
    praise = "Supervision is regular. It is effective. It is clear."
    assert tagged(praise + " It is late.")["supervision"] == "strength"
    assert tagged("Supervision is regular. It is late.")["supervision"] == "mixed"


@pytest.mark.parametrize(
    ("text", "theme", "rival"),
    [
        ("Pathway plans are clear.", "pathway-plans", "plans"),
        ("Personal education plans are good.", "education", "plans"),
        ("Health assessments are late.", "health", "assessments"),
        ("Early help assessments are thorough.", "early-help", "assessments"),
        ("Care leavers are in education, employment and training.", "education", "training"),
        ("Private fostering arrangements are checked late.", "private-fostering", "placements"),
    ],
)
def test_a_longer_hit_of_another_theme_wins(text: str, theme: str, rival: str) -> None:
    found = tagged(text)
    assert theme in found
    assert rival not in found


def test_a_theme_named_in_passing_is_let_pass() -> None:
    front = "Strategy discussions are timely. Strategy meetings are well chaired."
    text = front + " Staff were told about this through supervision."
    assert tagged(text) == {"child-protection-enquiries": "strength"}
    assert "supervision" in tagged("Supervision is regular.")


def test_score_falls_with_the_place_of_the_hit() -> None:
    assert score("Supervision is regular.", "supervision") == 1.0
    assert score("It rained. Supervision is regular.", "supervision") == LATER_SENTENCE
    assert score("Staff learn through supervision.", "supervision") == AFTER_LINK


def test_score_is_shared_with_the_foremost_theme() -> None:
    two = "Caseloads are high. Supervision is held."
    three = "Caseloads are high. Caseloads are rising. Supervision is held."
    assert score(two, "supervision") == round(LATER_SENTENCE**2, 3)
    assert LATER_SENTENCE**2 / (1 + LATER_SENTENCE) < SCORE_CUT
    assert tagged(three) == {"caseloads": "weakness"}


def test_evidence_is_the_sentence_and_stretches_to_the_sign_that_it_lacks() -> None:
    text = "It rained. Supervision is held. It is not regular. The end."
    assert evidence(text, "supervision") == "Supervision is held. It is not regular."
    assert evidence("It rained. Supervision is poor. So.", "supervision") == "Supervision is poor."


def test_evidence_keeps_the_apostrophes_of_the_text() -> None:
    text = "Children\u2019s views are heard well."
    assert evidence(text, "childs-voice") == text


def test_a_finding_without_any_theme_has_no_row() -> None:
    findings = pd.DataFrame({"id": ["x/1", "x/2"], "text": ["The town has a harbour.", ""]})
    found = tag(findings, BOOK)
    assert found.empty
    assert tuple(found.columns) == COLUMNS


def test_no_findings_no_rows() -> None:
    found = tag(pd.DataFrame({"id": [], "text": []}, dtype=str), BOOK)
    assert tuple(found.columns) == COLUMNS
    assert found.empty


def test_missing_column_is_an_error() -> None:
    with pytest.raises(KeyError, match="text"):
        tag(pd.DataFrame({"id": ["x/1"]}), BOOK)


def test_findings_are_left_as_they_were() -> None:
    findings = pd.DataFrame({"id": ["x/1"], "text": ["Supervision is poor."]}, index=[7])
    before = findings.copy()
    tag(findings, BOOK)
    assert_frame_equal(findings, before)


WORDS = st.sampled_from(
    [phrase for _, phrase in EXAMPLES]
    + [
        "However, it is not.",
        "but",
        "children\u2019s",
        "\u2013",
        "\n",
        "\u2018",
        "so that",
        "Ensure",
        "no.",
        "  ",
    ]
)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=8).map(" ".join),
    st.lists(WORDS, max_size=8).map(". ".join),
    st.text(max_size=40),
)


@given(TEXTS)
def test_evidence_is_always_in_the_text(text: str) -> None:
    found = tag(pd.DataFrame({"id": ["x/1"], "text": [text]}), BOOK)
    assert all(piece and piece in text for piece in found["evidence"])
    assert found["score"].between(0, 1, inclusive="right").all()
    assert not found["theme"].duplicated().any()


@given(st.lists(TEXTS, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_order_of_findings_does_not_matter(texts: list[str], random: object) -> None:
    findings = pd.DataFrame({"id": [f"x/{n}" for n in range(len(texts))], "text": texts})
    order = list(range(len(texts)))
    random.shuffle(order)  # type: ignore[attr-defined]
    by = ["id", "theme"]
    straight = tag(findings, BOOK).sort_values(by, ignore_index=True)
    shuffled = tag(findings.iloc[order], BOOK).sort_values(by, ignore_index=True)
    assert_frame_equal(straight, shuffled)


def told(text: str, area: str | None = None) -> pd.DataFrame:
    findings = pd.DataFrame({"id": ["x/1"], "text": [text]})
    return tag(findings if area is None else findings.assign(area=area), BOOK).set_index("theme")


def test_each_code_has_the_quantity_word_of_its_own_evidence() -> None:
    rows = told("Most visits are regular. Few care plans are clear. Audits are good.")
    assert list(rows["extent"].cat.categories) == list(EXTENTS)
    assert rows["extent"].cat.ordered
    assert rows["extent"].astype(object).where(rows["extent"].notna(), "").to_dict() == {
        "audit": "", "plans": "few", "visits-direct-work": "most",
    }  # fmt: skip


def test_a_theme_alone_in_its_finding_takes_the_finding_s_quantity_word() -> None:
    assert told("It is like this for most children. Audits are good.")["extent"].tolist() == [
        "most"
    ]


def test_cohort_and_change_stand_beside_the_direction() -> None:
    row = told("Care leavers know their rights. Supervision of social workers has improved.").loc[
        "supervision"
    ]
    assert (row["cohort"], row["change_said"]) == ("social-workers", "improved")


@pytest.mark.parametrize(
    ("area", "expected"),
    [(None, "not-stated"), ("", "not-stated"), ("adoption", "children-in-care"),
     ("a word that is no area", "not-stated")],
)  # fmt: skip
def test_the_area_helps_to_tell_the_cohort(area: str | None, expected: str) -> None:
    assert told("Records are up to date.", area).loc["case-recording", "cohort"] == expected
