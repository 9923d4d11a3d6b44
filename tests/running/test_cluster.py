"""The same reports from a real cluster: a scheduler and workers in processes of their own."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from small import ALL, GATE, WAITS, Small, alive, end, ended, family, wait_for

pytest.importorskip("distributed")
pytestmark = pytest.mark.notebook

FIVE = ALL[:5]


class Dask:
    """A scheduler and its workers."""

    def __init__(self, folder) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.folder = folder
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", str(port))
        self.workers: list[subprocess.Popen[bytes]] = []

    def add_workers(self, count: int) -> None:
        for n in range(count):
            self.workers.append(
                self._start(
                    "worker", self.address, "--nthreads", "1", "--no-nanny", "--name", str(n),
                    "--local-directory", str(self.folder / str(n)),
                )
            )  # fmt: skip

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen([*command, "--no-dashboard"], start_new_session=True, **quiet)

    def ready(self, workers: int) -> bool:
        from distributed import Client

        try:
            with Client(self.address, timeout=2, set_as_default=False) as client:
                return len(client.scheduler_info()["workers"]) == workers
        except OSError:
            return False


@pytest.fixture
def dask(tmp_path) -> Iterator[Dask]:
    cluster = Dask(tmp_path)
    try:
        yield cluster
    finally:
        for process in (*cluster.workers, cluster.scheduler):
            end(process)


@pytest.mark.promise("worker-lost-same-bytes")
def test_serial_parallel_and_cluster_give_the_same_bytes_though_a_worker_is_killed(
    small, report, dask, tmp_path
):
    small.add(*FIVE[:2])
    small.add(*FIVE[2:], cell=WAITS)
    small.let_go_on()
    dask.add_workers(2)
    serial, parallel = (str(tmp_path / name) for name in ("serial", "parallel"))
    assert report("--all", "--jobs", "1", "--out", serial).status == 0
    assert report("--all", "--jobs", "3", "--out", parallel).status == 0
    (small.project.root / GATE).unlink()
    wait_for(lambda: dask.ready(2))
    running = small.start("--all", "--scheduler", dask.address)
    try:
        wait_for(lambda: small.out.exists() and len(small.pages()) >= 2)
        victim = dask.workers[0]
        its_own = family(victim.pid)
        assert len(small.pages()) < len(FIVE)
        victim.send_signal(signal.SIGKILL)
        wait_for(lambda: not any(alive(pid) for pid in its_own))
        small.let_go_on()
        ran = ended(running)
    finally:
        end(running)
    assert ran.status == 0, ran.said
    assert "5 ok, 1 no data" in ran.said
    found = small.bytes()
    assert len([name for name in found if name.endswith(".html")]) == len(FIVE) + 1
    for other in (serial, parallel):
        assert Small(small.project, Path(other)).bytes() == found


@pytest.mark.promise("scheduler-lost")
def test_a_scheduler_that_goes_away_is_named_and_what_is_published_stays(small, report, dask):
    small.add(*FIVE[:2])
    small.add(*FIVE[2:], cell=WAITS)
    dask.add_workers(1)
    wait_for(lambda: dask.ready(1))
    running = small.start("--all", "--scheduler", dask.address)
    try:
        wait_for(lambda: small.out.exists() and len(small.pages()) >= 2)
        end(dask.scheduler)
        ran = ended(running, 120)
    finally:
        end(running)
    assert ran.status == 1, ran.said
    assert "the scheduler went away" in ran.said
    done = small.pages()
    assert 2 <= len(done) < len(FIVE)
    assert set(small.manifest()) >= set(done)
    assert small.litter() == []
    small.let_go_on()
    again = report("--all")
    assert again.status == 0
    assert re.search(rf"{len(FIVE) - len(done)} ok, {len(done)} unchanged", again.said)


@pytest.mark.promise("worker-other-files")
def test_a_worker_with_other_files_says_which(small, report, dask, tmp_path, monkeypatch):
    from small import write_project

    from analysis.project import ROOT_VARIABLE

    small.add("place-01")
    elsewhere = write_project(tmp_path / "elsewhere")
    (elsewhere.raw("codebook.yml")).write_text("version: '2'\n")
    monkeypatch.setenv(ROOT_VARIABLE, str(elsewhere.root))
    dask.add_workers(1)  # which inherits FINDINGS_ROOT
    wait_for(lambda: dask.ready(1))
    from analysis.report.parameters import Parameters
    from analysis.running import making
    from analysis.running.cluster import connect
    from analysis.running.inputs import Inputs
    from analysis.running.tasks import Task

    asked = Parameters("place-01")
    task = Task(asked, "/nowhere", Inputs(small.project).of(asked), "0", 60)
    cluster = connect(dask.address)
    failed = cluster.executor.submit(making.make, task).result(timeout=90)
    cluster.client.close()
    assert "different: its data, the codebook" in failed.cause
    assert "FINDINGS_ROOT" in failed.fix


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "http://x"])
def test_a_scheduler_that_does_not_answer_is_refused(small, report, monkeypatch, address):
    monkeypatch.setattr("analysis.running.cluster.ANSWER", 1.0)
    small.add("place-01")
    ran = report("place-01", "--scheduler", address)
    assert ran.status == 2
    assert f"No scheduler answers at '{address}'" in ran.said
    assert "dask scheduler" in ran.said
    assert small.pages() == []


def test_a_scheduler_without_workers_is_refused(small, report, dask):
    small.add("place-01")
    wait_for(lambda: dask.ready(0))
    ran = report("place-01", "--scheduler", dask.address)
    assert ran.status == 2
    assert "has no workers" in ran.said
