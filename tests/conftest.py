"""A small authority, all of it invented, for tests that need a whole project."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from builders import FIXTURE

from analysis.data.authority import AuthorityData
from analysis.data.loading import load_data
from analysis.documents.again import SOURCES_VARIABLE
from analysis.project import ROOT_VARIABLE, Project
from analysis.results.results import Results, analyse


def _has_sources() -> bool:
    return Path(os.environ.get(SOURCES_VARIABLE) or "/nowhere").is_dir()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what is marked `sources` where the published documents are not held."""
    if not _has_sources():
        skip = pytest.mark.skip(reason=f"{SOURCES_VARIABLE} names no folder of documents")
        for item in items:
            if item.get_closest_marker("sources"):
                item.add_marker(skip)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their parameter: processes that share the tests must name each alike.

    Bytes may be made when tests are collected, as an archive that holds the time is.
    """
    return argname if isinstance(val, bytes) else None


@pytest.fixture
def sources() -> Path:
    """The folder of published documents; the test is skipped where it is not there."""
    if not _has_sources():
        pytest.skip(f"{SOURCES_VARIABLE} names no folder of documents")
    return Path(os.environ[SOURCES_VARIABLE])


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of the fixture project, which the test may break, as the project in use."""
    root = tmp_path / "project"
    shutil.copytree(FIXTURE, root)
    monkeypatch.setenv(ROOT_VARIABLE, str(root))
    return Project(root.resolve())


@pytest.fixture
def data(project: Project) -> AuthorityData:
    return load_data("exampleshire", project)


@pytest.fixture
def results(data: AuthorityData) -> Results:
    return analyse(data)
