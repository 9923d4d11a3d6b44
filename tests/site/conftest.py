"""A site of three authorities, made once by the command, for the tests of what a site holds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import NEW_YEAR, command
from shared import ROOT, Shared, files_of, made_once
from sites import BASE_URL, SOME

from analysis.dates import DATE_VARIABLE
from analysis.project import ROOT_VARIABLE, Project


@pytest.fixture(scope="session")
def kit_with_site(tmp_path_factory: pytest.TempPathFactory) -> Shared[Path]:
    """A project of three authorities with its reports, its tables and its site in `site/`."""

    def make(folder: Path) -> None:
        project = Project(folder)
        for name in SOME:
            shutil.copytree(ROOT / "data" / "raw" / name, project.raw(name))
        for name in ("codebook.yml", "authorities.csv", "authority_names.csv", "README.md"):
            shutil.copy(ROOT / "data" / "raw" / name, project.raw(name))
        shutil.copytree(ROOT / "notebooks", project.notebooks)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(ROOT_VARIABLE, str(folder))
            patch.setenv(DATE_VARIABLE, NEW_YEAR)
            assert command("site", "--out", folder / "site", "--base-url", BASE_URL) == 0

    return Shared(made_once(tmp_path_factory.getbasetemp(), "site", make), files_of)


@pytest.fixture(scope="module")
def kit(kit_with_site: Shared[Path]) -> Iterator[Project]:
    """The project, to be looked at."""
    with kit_with_site.lent() as folder:
        yield Project(folder)


@pytest.fixture(scope="module")
def site(kit: Project) -> Path:
    """The folder of the site, to be looked at."""
    return kit.root / "site"


@pytest.fixture
def own(kit: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of the project with its site, to be changed, as the project in use."""
    shutil.copytree(kit.root, tmp_path / "kit")
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path / "kit"))
    monkeypatch.setenv(DATE_VARIABLE, NEW_YEAR)
    return Project(tmp_path / "kit")
