"""Fixtures of the tests that explore the invented authority."""

from __future__ import annotations

import pytest

from analysis.data.authority import AuthorityData
from analysis.project import Project


@pytest.fixture
def held(project: Project, data: AuthorityData, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of the invented authority's project, loaded already; files in it may be written."""
    monkeypatch.setattr("analysis.exploring.loading.load_data", lambda *_: data)
    return project
