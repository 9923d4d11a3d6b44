"""Faults, tried for real: what is left on disk, what the user is told, the exit status."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from commands import run
from small import ALL, WAITS, alive, end, ended, family, wait_for

pytestmark = pytest.mark.notebook

FIVE = ALL[:5]
LEAVES = """
import os
folder = Path(os.environ["FINDINGS_TABLES"], authority)
folder.mkdir()
(folder / "changes.csv").write_text("change")
"""
LARGE = "print('x' * 1_200_000)"


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[None]:
    """Mount a small file system of its own over a folder."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        tried = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount command here")
    if tried.returncode:
        pytest.skip(f"mounting is not permitted here: {tried.stderr.strip()}")
    try:
        yield
    finally:
        run("umount", "-l", folder)


def published(small) -> list[str]:
    return small.pages() if small.out.exists() else []


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.promise("stopped-run-goes-on")
def test_a_run_that_is_stopped_leaves_whole_reports_and_goes_on_later(small, report, signum):
    small.add(*FIVE[:2])
    small.add(*FIVE[2:], cell=WAITS)
    running = small.start("--all", "--jobs", "2")
    try:
        wait_for(lambda: len(published(small)) >= 2)
        # a second run on the same folder, meanwhile
        refused = report("--all")
        assert refused.status == 2
        assert f"Another run (process {running.pid}) is writing to" in refused.said
        assert "--out" in refused.said
        processes = family(running.pid)
        os.kill(running.pid, signum)
        ran = ended(running)
    finally:
        end(running)
    wait_for(lambda: not any(alive(pid) for pid in processes), 20)
    done = small.pages()
    assert 2 <= len(done) < len(FIVE)
    known = [name for name, entry in small.manifest().items() if entry["status"] == "ok"]
    for name in known:
        assert small.read(f"{name}.html").rstrip().endswith("</html>")
        assert small.read(f"{name}.ipynb").endswith("}\n")
    if signum == signal.SIGKILL:
        assert ran.status == -signum
    else:
        assert ran.status == 128 + signum
        assert "Stopped. What is published is whole; the same command goes on" in ran.said
        assert f"{len(done)} ok, 1 no data, {len(FIVE) - len(done)} not run" in ran.said
        assert set(known) == set(done)
        assert small.litter() == []
        assert small.read("index.html").count('data-status="ok"') == len(done)
    small.let_go_on()
    again = report("--all")
    assert again.status == 0
    assert f"{len(FIVE) - len(known)} ok, {len(known)} unchanged" in again.said
    assert small.litter() == []


@pytest.mark.promise("full-disk")
def test_a_full_disk_leaves_the_last_good_report(small, report):
    small.add(*ALL[:3])
    small.out.mkdir()
    with mounted(small.out, "1m"):
        assert report("--all", "--jobs", "1").status == 0
        before = small.bytes()
        small.add(ALL[1], cell=LARGE)
        small.add(ALL[2], cell="print('changed')")
        ran = report("--all", "--jobs", "1")
        after = small.bytes()
        assert ran.status == 1
        assert "the disk is full" in ran.said
        assert "1 ok, 1 unchanged, 3 no data, 1 failed" in ran.said
        for ending in ("html", "ipynb"):
            assert after[f"{ALL[1]}.{ending}"] == before[f"{ALL[1]}.{ending}"]
        assert b"changed" in after[f"{ALL[2]}.ipynb"]
        assert "Free space there" in small.read(f"{ALL[1]}.failed.html")
        assert small.litter() == []
        small.add(ALL[1], cell="print('smaller')")
        assert report("--all").status == 0


@pytest.mark.promise("full-disk")
def test_a_disk_that_fills_up_under_the_notebook_fails_its_report_only(small, report, tmp_path):
    room = tmp_path / "room"
    room.mkdir()
    small.add(*ALL[:2])
    small.add(ALL[0], cell=f"Path({str(room / 'file')!r}).write_bytes(bytes(300_000))")
    with mounted(room, "100k"):
        ran = report("--all")
    assert ran.status == 1
    assert "1 ok, 4 no data, 1 failed" in ran.said
    assert "Free space on the disk" in small.read(f"{ALL[0]}.failed.html")


@pytest.mark.promise("unwritable-folder")
def test_a_folder_that_cannot_be_written_to_is_refused_before_anything_runs(small, report):
    small.add("place-01", cell=f"Path({str(small.project.root / 'ran')!r}).touch()")
    small.out.mkdir()
    with mounted(small.out, "100k"):
        run("mount", "-o", "remount,ro", small.out)
        ran = report("place-01")
        assert list(small.out.iterdir()) == []
    assert ran.status == 2
    assert f"Nothing can be written to {small.out}" in ran.said
    assert "--out" in ran.said
    assert "Traceback" not in ran.said
    assert not (small.project.root / "ran").exists()


def test_a_folder_in_the_place_of_a_page_is_told_and_the_others_are_made(small, report):
    small.add(*ALL[:2])
    (small.out / "place-01.html").mkdir(parents=True)
    ran = report("--all")
    assert ran.status == 1
    assert "1 ok, 4 no data, 1 failed" in ran.said
    failed = small.read("place-01.failed.html")
    assert f"{small.out / 'place-01.html'} cannot be written" in failed
    assert "a folder is there" in failed
    assert "Move it away" in failed
    assert not (small.out / "place-01.ipynb").exists()
    (small.out / "place-01.html").rmdir()
    assert "1 ok, 1 unchanged" in report("--all").said


def test_a_report_is_made_where_the_tables_behind_it_cannot_be_kept(small, report):
    small.add("place-01", cell=LEAVES)
    small.project.processed().write_text("in the folder's place")
    ran = report("place-01", "--force")
    assert ran.status == 0
    assert small.pages() == ["place-01"]
    said = " ".join(ran.said.split())
    assert "The tables behind the reports were not kept" in said
    assert f"{small.project.processed()} is a file, not a folder" in said


def test_a_report_that_wants_more_memory_than_there_is_is_told_what_to_do(small, report):
    small.add("place-01", cell="raise MemoryError")
    assert report("place-01").status == 1
    assert "fewer <code>--jobs</code>" in small.read("place-01.failed.html")


def test_too_few_open_files_are_told_before_anything_is_made(small):
    small.add("place-01")
    command = [
        "sh", "-c", "ulimit -n 64 && exec \"$@\"", "sh",
        sys.executable, "-m", "analysis", "report", "place-01", "--out", str(small.out),
    ]  # fmt: skip
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr == (
        "A report needs 128 open files, and 64 are allowed: too many files are open at a time. "
        "Allow more, as with `ulimit -n 1024` before the command, or do less at a time with "
        "`--jobs 1`.\n"
    )
    assert published(small) == []


def test_a_folder_that_is_a_file_is_refused(small, report):
    small.add("place-01")
    small.out.write_text("mine")
    ran = report("place-01")
    assert ran.status == 2
    assert "Nothing can be written to" in ran.said
    assert small.out.read_text() == "mine"


LONG = "x" * 300


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("plaice-01",), "Did you mean 'place-01'"),
        (("007",), "There is no authority '007'"),
        (("../place-01",), "There is no authority '../place-01'"),
        (("CON",), "There is no authority 'CON'"),
        (("place-01\nplace-02",), r"There is no authority 'place-01\nplace-02'"),
        ((LONG,), "There is no authority '" + "x" * 59 + "…'"),
        ((f"place-01{LONG}",), "There is no authority"),
        (("",), "There is no authority ''"),
        (("place-01", "--start", "007"), "start is '007', which is no date"),
        (("place-01", "--start", "../x"), "start is '../x', which is no date"),
        (("place-01", "--end", "2014\n"), ""),
        (("place-01", "--end", LONG), "which is no date"),
        (("place-01", "--start", "2020", "--end", "2019"), "lies after the end"),
        (("place-01", "--themes", "../x"), "There is no theme '../x'"),
        (("place-01", "--themes", "audit"), "There is no theme 'audit'"),
        (("--region", "Londn"), "Did you mean 'London'"),
        (("--neighbours-of", "plaice-01"), "Did you mean 'place-01'"),
        (("place-02",), "Nothing is held about 'place-02'"),
        ((), "Name authorities"),
        (("--all", "--jobs", "0"), "jobs"),
        (("--all", "--timeout", "soon"), "timeout"),
        (("--all", "--strat", "2018"), "strat"),
    ],
)
@pytest.mark.promise("odd-parameter-refused")
def test_a_parameter_that_cannot_be_is_refused_and_nothing_is_written(
    small, report, arguments, said
):
    small.add("place-01")
    before = {p: p.stat().st_mtime_ns for p in small.project.root.rglob("*")}
    ran = report(*arguments)
    if said:
        assert ran.status == 2
        assert said in ran.said
        assert "Traceback" not in ran.said
        assert not small.out.exists()
    else:  # what only looks odd, and is trimmed, is fine
        assert ran.status in (0, 1)
    if ran.status == 2:
        assert {p: p.stat().st_mtime_ns for p in small.project.root.rglob("*")} == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- authority: place-01\n  strat: 2018", "Did you mean 'start'"),
        ("- authority: place-01\n  start: 007", "start is '007', which is no date"),
        ("- authority: 007", "There is no authority '007'"),
        ("- authority: '../x'", "There is no authority '../x'"),
        ("- authority: place-01\n  include_secondary: perhaps", "write true or false"),
        ("- authority: place-01\n  start: [1, 2]", "'start' must be text"),
        ("- place-01", "is not a set"),
        ("authority: place-01", "must hold a list"),
        ("- {", "not YAML"),
        ("- &a {authority: *a}", "sets.yml, row 1: more than 50,000 values, aliases"),
        ("- authority: place-01\n  authority: place-02", "set 1: 'authority' stands twice"),
        ("- authority: place-01\n  start: " + "[" * 5_000, "stand inside each other"),
        ("#" * 2_000_001, "too large, at most 2,000,000 letters"),
        ("- start: 2018", "name an authority"),
        ("", "must hold a list"),
    ],
)
def test_a_file_of_sets_that_is_wrong_is_refused(small, report, tmp_path, text, said):
    small.add("place-01")
    sets = tmp_path / "sets.yml"
    sets.write_text(text)
    ran = report("--set", str(sets))
    assert ran.status == 2
    assert said in ran.said
    assert not small.out.exists()


@pytest.mark.parametrize("seconds", ["inf", "nan", "-1", "1e300"])
def test_a_time_that_is_none_is_refused(small, report, seconds):
    small.add("place-01")
    ran = report("place-01", f"--timeout={seconds}")
    assert ran.status == 2
    assert "--timeout" in ran.said
    assert "Traceback" not in ran.said
    assert not small.out.exists()


def test_a_file_of_sets_that_is_not_there_is_refused(small, report):
    ran = report("--set", "nowhere.yml")
    assert ran.status == 2
    assert "nowhere.yml: this file is missing" in ran.said
