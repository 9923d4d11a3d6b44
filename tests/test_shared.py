"""What tests share is guarded: the test that changes it fails, and only that one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import authority, coded, visit, visits, votes
from shared import Shared, files_of, made_once

from analysis.results.results import Results, analyse

CHANGES: dict[str, Callable[[Results], object]] = {
    "statuses": lambda r: r.statuses.__setitem__("new", 1),
    "changes": lambda r: r.changes.pop("steps"),
    "coded": lambda r: r.coded.__setitem__("direction", "mixed"),
    "visits": lambda r: r.data.visits.loc.__setitem__((0, "title"), "other"),
}


@pytest.fixture
def shared() -> Shared[Results]:
    two = visits(visit("a"), visit("b", start="2017-03"))
    return Shared(analyse(authority(two, coded(*votes("a", "WW"), *votes("b", "SS")))))


@pytest.mark.parametrize("part", CHANGES)
def test_a_test_that_changes_shared_results_fails_and_says_where(shared, part):
    with pytest.raises(pytest.fail.Exception, match=part), shared.lent() as results:
        CHANGES[part](results)
    with shared.lent():
        pass  # which changes nothing, and is not blamed


FILES: dict[str, Callable[[Path], object]] = {
    "added": lambda folder: (folder / "new").write_text("new"),
    "altered": lambda folder: (folder / "page.html").write_text("new"),
    "removed": lambda folder: (folder / "page.html").unlink(),
}


@pytest.mark.parametrize("change", FILES)
def test_a_test_that_changes_shared_files_fails(tmp_path, change):
    (tmp_path / "page.html").write_text("old")
    shared = Shared(tmp_path, files_of)
    with pytest.raises(pytest.fail.Exception, match="what all tests share"), shared.lent() as lent:
        FILES[change](lent)
    with shared.lent():
        pass


def test_what_is_lent_is_the_same_for_every_test(results, exampleshire, data):
    with exampleshire.lent() as lent:
        assert lent is results
        assert lent.data is data


def test_processes_of_a_run_make_a_folder_once(tmp_path, monkeypatch):
    made: list[Path] = []
    for worker in ("gw0", "gw1"):
        monkeypatch.setenv("PYTEST_XDIST_WORKER", worker)
        own = tmp_path / f"popen-{worker}"
        own.mkdir()
        assert made_once(own, "report", made.append) == tmp_path / "report"
    assert made == [tmp_path / "report"]
