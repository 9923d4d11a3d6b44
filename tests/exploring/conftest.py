"""Fixtures of the tests that explore the invented authority."""

from __future__ import annotations

import pytest

from analysis.data.authority import AuthorityData
from analysis.exploring.authority import Authority, front
from analysis.exploring.choices import Choices
from analysis.project import Project
from analysis.results.results import Results, analyse

ALL = ("", "", False, "")
"""What `front` names the results of when nothing is narrowed."""


@pytest.fixture
def held(project: Project, results: Results, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of the invented authority's project, loaded and computed; its files may be written."""
    data = results.data

    def begin(whole: AuthorityData, chosen: Choices, root: Project, analysed: dict) -> Authority:
        return front(whole, chosen, root, {ALL: results} if whole is data else analysed)

    monkeypatch.setattr("analysis.exploring.loading.load_data", lambda *_: data)
    monkeypatch.setattr("analysis.exploring.loading.front", begin)
    monkeypatch.setattr(
        "analysis.exploring.loading.analyse",
        lambda whole: results if whole is data else analyse(whole),
    )
    return project
