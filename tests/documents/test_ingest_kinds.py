"""What a document is: by its own words, or by a user's against them."""

from __future__ import annotations

import compose
import pytest
from compose.foreign import foreign_document
from compose.model import Composed
from compose.partnerships import joint_letter, send_letter, send_report
from composed_truth import GAZETTEER, outcome_of, read, said_of, who_and_when, write

from analysis.documents.kinds import KNOWN, TOLD
from analysis.documents.readings import Reading, Told
from analysis.documents.rows import grades_of, told_by_user
from analysis.documents.workers import read_one
from analysis.vocabulary import AREAS, DOCUMENT_KINDS, FRAMEWORKS, KINDS

TRUSTS = {
    "Stockport Children and Families Trust": "stockport",
    "Kent Children First": "kent",
    "Achieving for Children in Leeds": "leeds",
    "Wigan Children’s Trust": "wigan",
    "Together for Children": "sunderland",
}
"""Titles that name a trust, and the authority of each."""


def told_reading(document: Composed, folder, told: Told) -> Reading:
    outcome = read_one(str(write(document, folder)), GAZETTEER, told)
    assert outcome.reading is not None, outcome.refused
    return outcome.reading


def test_kinds_are_of_the_closed_lists() -> None:
    for kind in [*(known.kind for known in KNOWN), *TOLD.values()]:
        assert kind.visit in KINDS
        assert kind.document in DOCUMENT_KINDS
        assert kind.framework in FRAMEWORKS
        assert kind.area in ("", *AREAS)
    assert list(TOLD) == list(KINDS)


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("trust", TRUSTS)
def test_a_report_on_a_trust_is_its_authoritys(trust: str, form: str) -> None:
    document = compose.ilacs_report(authority="stockport", trust=trust)
    reading = read(document if form == "pdf" else compose.as_docx(document))
    assert said_of(reading) == who_and_when(document) | {"authority": TRUSTS[trust]}
    assert (reading.kind.document, reading.kind.source) == ("report", "primary")
    assert len(grades_of(reading)) == 5


@pytest.mark.parametrize(
    "document",
    [
        compose.focused_visit_letter(),
        compose.monitoring_letter(),
        compose.ilacs_report(),
        compose.sif_report(),
        joint_letter(),
        joint_letter(style="early"),
        send_letter(),
        send_report(),
    ],
    ids=lambda document: f"{document.framework} {document.kind}",
)
def test_pasted_text_says_what_the_pages_did(document: Composed) -> None:
    assert said_of(read(compose.as_pasted(document))) == who_and_when(document)


def test_a_joint_letter_that_names_a_focused_visit_is_none() -> None:
    letter = joint_letter()
    text = "\n\n".join(block.text for block in letter.blocks)
    mentions = text.replace(
        "Headline findings", "Headline findings\n\nA focused visit to the council saw weak work."
    )
    assert said_of(read(Composed(mentions.encode(), ".txt"))) == who_and_when(letter)


def test_a_letter_about_two_visits_is_known_by_its_subject() -> None:
    letter = compose.focused_visit_letter()
    text = "\n\n".join(block.text for block in letter.blocks)
    mentions = text.replace(
        "\n\nOverview", " A joint targeted area inspection of Leeds came before.\n\nOverview"
    )
    assert mentions != text
    assert read(Composed(mentions.encode(), ".txt")).kind.visit == "focused-visit"


# Insisting


def test_a_document_that_is_refused_is_read_as_told(tmp_path) -> None:
    document = foreign_document("school without the word", ".pdf")
    assert outcome_of(document).reading is None
    reading = told_reading(document, tmp_path, Told("inspection", "leeds"))
    assert (reading.authority, reading.kind.visit, reading.kind.document) == (
        "leeds", "inspection", "report",
    )  # fmt: skip
    assert reading.visit[:2] == ("2024-06-04", "2024-06-05")
    assert told_by_user(reading) == "kind and authority: as told, not as the document says itself"


def test_only_what_is_told_is_not_read(tmp_path) -> None:
    reading = told_reading(compose.ilacs_report(), tmp_path, Told(authority="leeds"))
    assert (reading.authority, reading.kind.visit) == ("leeds", "inspection")
    assert told_by_user(reading).startswith("authority: as told")


def test_what_is_not_told_is_not_noted() -> None:
    assert told_by_user(read(compose.ilacs_report())) == ""


def test_an_account_by_others_stays_one_whatever_is_told(tmp_path) -> None:
    document = foreign_document("news without a council")
    reading = told_reading(document, tmp_path, Told("focused-visit", "kent"))
    assert (reading.kind.visit, reading.kind.source) == ("focused-visit", "secondary")


def test_a_letter_is_read_as_one_whatever_is_told(tmp_path) -> None:
    document = foreign_document("annual conversation", ".html")
    reading = told_reading(document, tmp_path, Told("focused-visit", "kent"))
    assert (reading.kind.document, reading.published) == ("letter", "2024-03-14")
