"""Choices as a call, a file name and a command, which mean the same."""

import shlex
from dataclasses import replace

import pytest

from analysis.exploring.choices import Choices
from analysis.report.parameters import Parameters

ASKED = Parameters("kent", "2018", "2024-01-31", ("audit", "plans"), True, "me")
FULL = Choices(ASKED, "weakness", "primary")


def test_the_command_says_what_was_chosen():
    parts = shlex.split(FULL.command())
    assert parts[:3] == ["findings", "report", "kent"]
    assert parts[3:] == [
        "--start", "2018", "--end", "2024-01-31", "--themes", "audit,plans", "--codes", "me",
        "--include-secondary",
    ]  # fmt: skip


def test_papermill_is_given_text_as_it_is_typed():
    parts = shlex.split(FULL.papermill())
    assert parts[parts.index("start") - 1] == "-r"
    assert parts[-3:] == ["-p", "include_secondary", "true"]


def test_the_file_name_holds_every_choice():
    kent = Parameters("kent")
    bare = Choices(kent).file_name("matrix")
    assert bare == "kent--matrix"
    for change in (
        {"start": "2018"}, {"themes": ("audit",)}, {"include_secondary": True}, {"codes": "me"},
    ):  # fmt: skip
        assert Choices(replace(kent, **change)).file_name("matrix") != bare
    for change in ({"direction": "mixed"}, {"source": "secondary"}):
        assert Choices(kent, **change).file_name("matrix") != bare


@pytest.mark.parametrize(
    ("choices", "lines"),
    [(Choices(Parameters("kent", "2018", include_secondary=True)), 0), (FULL, 2)],
)
def test_what_a_report_cannot_show_is_named(choices, lines):
    assert len(choices.beyond_report()) == lines
