"""A site of three authorities, made once by the command, for the tests of what a site holds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from shared import ROOT, Shared, files_of, made_once

from analysis.dates import DATE_VARIABLE
from analysis.project import ROOT_VARIABLE, Project

SOME = ("bolton", "knowsley", "leeds")
BASE_URL = "https://example.org/findings/"
PINNED_DATE = "1767225600"  # 1 January 2026


def make_site(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the project; a test that fails shows what it said."""
    ran = subprocess.run(
        [sys.executable, "-m", "analysis", *arguments],
        env=dict(os.environ) | {ROOT_VARIABLE: str(project.root), DATE_VARIABLE: PINNED_DATE},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    print(ran.stdout, ran.stderr)
    return ran


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
        ran = make_site(project, "site", "--out", str(folder / "site"), "--base-url", BASE_URL)
        assert ran.returncode == 0

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
def own(kit: Project, tmp_path: Path) -> Project:
    """A copy of the project with its site, to be changed."""
    shutil.copytree(kit.root, tmp_path / "kit")
    return Project(tmp_path / "kit")
