"""What tests of every folder use: an invented authority, Knowsley, its report, the command.

What takes long is made once and shared; a test that changes it fails (`shared.py`).
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from builders import FIXTURE
from commands import Said, command, publish
from hypothesis import settings
from shared import ROOT, Shared, files_of, gather_near, made_once, results_of

import analysis.running.spared  # noqa: F401 - what reports do without, tests do too
from analysis.data.authority import AuthorityData
from analysis.documents.again import SOURCES_VARIABLE
from analysis.project import ROOT_VARIABLE, Project
from analysis.results.results import Results

SLOW = ("browser", "notebook", "sources", "install")
"""Marks of tests that `make quick` leaves out."""
FUZZ = int(os.environ.get("FINDINGS_FUZZ", "0"))
settings.register_profile("few", max_examples=10, derandomize=True, deadline=None)
settings.register_profile("fuzz", max_examples=FUZZ or 200, deadline=None)
settings.load_profile("fuzz" if FUZZ else "few")


def _has_sources() -> bool:
    return Path(os.environ.get(SOURCES_VARIABLE) or "/nowhere").is_dir()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, and skip what needs documents where they are not held."""
    items.sort(key=lambda item: not any(map(item.get_closest_marker, SLOW)))
    if not _has_sources():
        skip = pytest.mark.skip(reason=f"{SOURCES_VARIABLE} names no folder of documents")
        for item in items:
            if item.get_closest_marker("sources"):
                item.add_marker(skip)


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not in what stays to the end: every module, every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 5)


LONGEST_ID = 200
"""Letters of a text that names a test: a name goes to every process that shares the tests."""


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their parameter: processes that share the tests must name each alike.

    Bytes may be made when tests are collected, as an archive that holds the time is. A text may be
    too long for a name: one is of two million letters.
    """
    long = isinstance(val, str) and len(val) > LONGEST_ID
    return argname if long or isinstance(val, bytes) else None


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


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Twelve authorities gathered; nothing of it may be changed."""
    return Project(made_once(tmp_path_factory.getbasetemp(), "many", gather_near))


@pytest.fixture(scope="session")
def exampleshire() -> Shared[Results]:
    """Results of the invented authority."""
    return results_of("exampleshire", FIXTURE)


@pytest.fixture
def results(exampleshire: Shared[Results]) -> Iterator[Results]:
    """Results of the invented authority, to be looked at."""
    with exampleshire.lent() as lent:
        yield lent


@pytest.fixture
def data(results: Results) -> AuthorityData:
    """What is held about the invented authority, to be looked at."""
    return results.data


@pytest.fixture(scope="module")
def knowsley() -> Iterator[Results]:
    """Results of Knowsley, to be looked at."""
    with results_of("knowsley").lent() as lent:
        yield lent


@pytest.fixture(scope="session")
def knowsley_files(tmp_path_factory: pytest.TempPathFactory) -> Shared[Path]:
    """The report of Knowsley in every form, made by the command, once for all processes."""

    def make(folder: Path) -> None:
        publish(ROOT, "knowsley", folder, "--to", "html,briefing,docx,pdf,figures,citation")

    return Shared(made_once(tmp_path_factory.getbasetemp(), "knowsley", make), files_of)


@pytest.fixture(scope="module")
def knowsley_report(knowsley_files: Shared[Path]) -> Iterator[Path]:
    """Folder of the report of Knowsley, to be looked at."""
    with knowsley_files.lent() as folder:
        yield folder


@pytest.fixture
def findings(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture) -> Callable[..., Said]:
    """Run the command in this process; a test that fails shows what it said."""

    def run(*arguments: object) -> Said:
        status = command(*arguments)
        out, err = capsys.readouterr()
        typed = " ".join(map(str, arguments))
        request.node.add_report_section("call", f"said by findings {typed}", out + err)
        return Said(status, out, err.lstrip("\n"))  # after progress

    return run
