"""The report of what is looked at, made by the command itself."""

import subprocess

import pytest

from analysis.errors import FindingsError
from analysis.exploring.choices import Choices
from analysis.exploring.page import make_report
from analysis.project import Project
from analysis.report.parameters import Parameters


def test_what_the_command_says_is_passed_on(project, tmp_path):
    with pytest.raises(FindingsError, match="Did you mean 'exampleshire'"):
        make_report(Choices(Parameters("exampleshir")), project, tmp_path / "reports")


def test_a_report_that_takes_too_long_is_given_up(project, monkeypatch):
    def late(*_more, **_named):
        raise subprocess.TimeoutExpired("findings", 1)

    monkeypatch.setattr(subprocess, "run", late)
    with pytest.raises(FindingsError, match="findings report exampleshire"):
        make_report(Choices(Parameters("exampleshire")), project)


def test_success_without_a_page_is_no_success(tmp_path, monkeypatch):
    done = subprocess.CompletedProcess([], 0, stdout="", stderr="")
    monkeypatch.setattr(subprocess, "run", lambda *_more, **_named: done)
    with pytest.raises(FindingsError, match="not made"):
        make_report(Choices(Parameters("exampleshire")), Project(tmp_path))
