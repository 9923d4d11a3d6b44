"""Three authorities gathered, for the tests of what spans authorities."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from shared import ROOT, made_once

from analysis.england.gather import gather
from analysis.files import write_all
from analysis.project import Project

SOME = ("bolton", "knowsley", "leeds")


@pytest.fixture(scope="session")
def gathered(tmp_path_factory) -> Project:
    """Three authorities gathered; nothing of it may be changed."""

    def make(folder: Path) -> None:
        project = Project(folder)
        for name in SOME:
            shutil.copytree(ROOT / "data" / "raw" / name, project.raw(name))
        for name in ("codebook.yml", "authorities.csv", "README.md"):
            shutil.copy(ROOT / "data" / "raw" / name, project.raw(name))
        made = gather(project, project.england).contents
        write_all({project.england / name: content for name, content in made.items()})

    return Project(made_once(tmp_path_factory.getbasetemp(), "gathered", make))


@pytest.fixture
def kit(gathered, tmp_path) -> Project:
    """A copy of it, to be changed."""
    shutil.copytree(gathered.root, tmp_path / "kit")
    return Project(tmp_path / "kit")
