"""The README says what is true today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.cli import app
from analysis.report.leads import needs_lead
from analysis.report.points import points
from analysis.report.sentences.headline import headline
from analysis.report.tables.cards import cards
from analysis.report.tables.ladders import ladders
from analysis.report.tables.needs import follow

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def unwrapped(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.promise("findings-are-sentences-of-the-report")
def test_its_findings_are_sentences_of_the_report(knowsley):
    section = README.split("<!--")[1].split("-->")[1].split("Each row below")[0]
    listed = [unwrapped(item) for item in re.split(r"^- ", section, flags=re.MULTILINE)[1:]]
    made, needs = cards(knowsley), follow(knowsley)
    said = {
        headline(knowsley),
        needs_lead(knowsley, needs),
        *(f"{p.head}: {p.text}" for p in points(knowsley, ladders(knowsley), made, needs)),
        *(f"{card.name}: {' '.join(card.sentences)}" for card in made),
    }
    assert len(listed) >= 5
    assert [item for item in listed if item not in said] == []


def test_every_command_is_documented():
    for command in app.registered_commands:
        assert f"findings {command.name or command.callback.__name__}" in README


def test_its_pictures_and_links_exist():
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_make_targets_it_names_exist():
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
