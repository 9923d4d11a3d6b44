"""Fixtures of the tests that run many reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small import PINNED_DATE, Ran, Small, write_project

from analysis.dates import DATE_VARIABLE
from analysis.project import ROOT_VARIABLE


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Small]:
    project = write_project(tmp_path / "project")
    monkeypatch.setenv(ROOT_VARIABLE, str(project.root))
    monkeypatch.setenv(DATE_VARIABLE, PINNED_DATE)
    small = Small(project, tmp_path / "out")
    yield small
    small.let_go_on()  # whatever a failed test left


@pytest.fixture
def report(small, findings) -> Callable[..., Ran]:
    """Run `findings report` in this process."""

    def run(*arguments: str) -> Ran:
        to = () if "--out" in arguments else ("--out", small.out)
        status, out, err = findings("report", *arguments, *to)
        return Ran(status, out + err)

    return run
