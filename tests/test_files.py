"""A file is written whole or not at all, never over what it is made from, and faults are told."""

from __future__ import annotations

import errno
import os
import platform
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from analysis import files
from analysis.errors import FindingsError, MachineError
from analysis.files import (
    exchange_folders,
    require_folder,
    require_place,
    sweep,
    write_all,
    write_text,
)

HOST = sha256(platform.node().encode()).hexdigest()[:8]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_text_is_written_as_it_is(tmp_path):
    path = write_text(tmp_path / "new" / "a.txt", "é\n=1\r\n")

    assert path.read_bytes() == "é\n=1\r\n".encode()
    assert names(path.parent) == ["a.txt"]


def test_everyone_may_read_the_file(tmp_path):
    assert write_text(tmp_path / "a.txt", "x").stat().st_mode & 0o777 == 0o644


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def _stopped(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("failure", [_full, _stopped])
@pytest.mark.parametrize(("owner", "name"), [(os, "fsync"), (Path, "chmod"), (Path, "replace")])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path, monkeypatch, owner, name, failure
):
    path = write_text(tmp_path / "a.txt", "old")
    monkeypatch.setattr(owner, name, failure)

    with pytest.raises((MachineError, KeyboardInterrupt)):
        write_text(path, "new")

    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.txt"]


def test_text_that_cannot_be_encoded_leaves_the_old_file(tmp_path):
    path = write_text(tmp_path / "a.txt", "old")

    with pytest.raises(UnicodeEncodeError):
        write_text(path, "half \ud800")

    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("failure", [_full, _stopped])
@pytest.mark.parametrize("linked", [True, False])
def test_files_that_belong_together_are_all_replaced_or_none(
    tmp_path, monkeypatch, failure, linked
):
    old, new, last = (tmp_path / name for name in ("old.csv", "new.csv", "last.csv"))
    write_all({old: "old", last: "last"})
    replace = Path.replace

    def fails_at_the_last(self: Path, target: Path) -> Path:
        if target == last and self.read_bytes() == b"LAST":
            failure()
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fails_at_the_last)
    if not linked:
        monkeypatch.setattr(os, "link", _full)

    with pytest.raises((MachineError, KeyboardInterrupt)):
        write_all({old: "OLD", new: "NEW", last: b"LAST"})

    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "old.csv": "old",
        "last.csv": "last",
    }


def in_a_folders_place(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("mine")
    return tmp_path / "file" / "deep" / "a.csv"


def a_folder(tmp_path: Path) -> Path:
    (tmp_path / "a.csv").mkdir()
    return tmp_path / "a.csv"


def a_link(tmp_path: Path) -> Path:
    (tmp_path / "far").write_text("mine")
    (tmp_path / "a.csv").symlink_to(tmp_path / "far")
    return tmp_path / "a.csv"


def a_device(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "a.csv")
    return tmp_path / "a.csv"


def a_long_name(tmp_path: Path) -> Path:
    return tmp_path / f"{'a' * 300}.csv"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (in_a_folders_place, "file is a file, not a folder. Choose another place."),
        (a_folder, "a.csv cannot be written: a folder is there. Move it away"),
        (
            a_link,
            "it is a link, which is never replaced. Name the file that it leads to.",
        ),
        (
            a_device,
            "it is a device, which is never replaced. Name a file.",
        ),
        (a_long_name, "the name is longer than the disk takes. Choose a shorter one."),
    ],
)
@pytest.mark.parametrize("ask", [lambda path: write_text(path, "x"), require_place])
def test_a_place_where_no_file_can_be_is_told_in_a_sentence(tmp_path, ask, place, said):
    path = place(tmp_path)
    before = {p: p.is_file() and p.read_bytes() for p in tmp_path.rglob("*") if p.exists()}

    with pytest.raises(MachineError) as told:
        ask(path)

    assert said in str(told.value)
    assert str(path) in str(told.value)
    assert {p: p.is_file() and p.read_bytes() for p in tmp_path.rglob("*")} == before


def test_a_folder_that_is_a_file_is_told_before_anything_is_read(tmp_path):
    (tmp_path / "file").write_text("mine")

    with pytest.raises(MachineError, match=r"written to .*file: it is a file, not a folder"):
        require_folder(tmp_path / "file")
    require_folder(tmp_path / "new" / "deep")

    assert names(tmp_path) == ["file"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the disk may only be read"),
        (errno.EACCES, "it is not allowed, or another program holds the file open"),
        (errno.EMFILE, "too many files are open at a time"),
        (errno.ENOEXEC, os.strerror(errno.ENOEXEC)),
    ],
)
def test_what_the_machine_says_is_told_with_the_place_and_what_to_do(
    tmp_path, monkeypatch, number, said
):
    def refused(**_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("tempfile.mkstemp", refused)

    for ask in (require_place, lambda path: write_text(path, "x")):
        with pytest.raises(MachineError) as told:
            ask(tmp_path / "a.csv")
        assert str(told.value).startswith(f"{tmp_path / 'a.csv'} cannot be written: {said}. ")
        assert told.value.fix in str(told.value)


def test_nothing_is_written_over_its_own_input(tmp_path):
    read = write_text(tmp_path / "a.csv", "mine")
    other = tmp_path / "b.csv"
    os.link(read, other)  # another name of the same file

    for place in (read, tmp_path / "." / "a.csv", other):
        with pytest.raises(FindingsError, match="is read here and would be written over"):
            require_place(place, inputs=[tmp_path / "none", read])
    with pytest.raises(FindingsError, match="is read here"):
        require_folder(tmp_path, inputs=[tmp_path])
    require_place(tmp_path / "c.csv", inputs=[read])


def temporary(host: str, pid: int) -> str:
    return f".findings-{host}-{pid}-abcd_123.tmp"


def ended() -> int:
    """Return the number of a process that lives no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_what_a_killed_writer_left_is_swept_and_nothing_else(tmp_path):
    dead, living = ended(), os.getppid()
    kept = [
        temporary(HOST, living),
        temporary("0123abcd", dead),  # of another machine
        ".mine.tmp",
        ".a.csv.x1y2.tmp",
        "findings.tmp",
    ]
    old = temporary("0123abcd", 1)
    for name in (*kept, old, temporary(HOST, dead)):
        (tmp_path / name).write_text("half")
    os.utime(tmp_path / old, (1, 1))

    write_text(tmp_path / "a.csv", "x")

    assert names(tmp_path) == sorted([*kept, "a.csv"])


def test_a_killed_writer_leaves_what_the_next_one_sweeps(tmp_path):
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from analysis.files import write_text\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_text(Path(sys.argv[1]), 'half')\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "a.csv")], check=False)
    assert len(names(tmp_path)) == 1

    sweep(tmp_path)

    assert names(tmp_path) == []


def test_a_folder_is_swept_once_in_a_run(tmp_path, monkeypatch):
    swept = []
    monkeypatch.setattr(files, "sweep", swept.append)

    for number in range(3):
        write_text(tmp_path / f"{number}.csv", "x")

    assert swept == [tmp_path.resolve()]


@pytest.mark.parametrize("at_once", [True, False])
def test_two_folders_exchange_their_places(tmp_path, monkeypatch, at_once):
    if not at_once:
        monkeypatch.setattr(files, "_exchanged", lambda _one, _other: False)
    for name in ("new", "old"):
        write_text(tmp_path / name / f"{name}.txt", name)

    exchange_folders(tmp_path / "new", tmp_path / "old")

    assert {name: names(tmp_path / name) for name in names(tmp_path)} == {
        "new": ["old.txt"],
        "old": ["new.txt"],
    }


def test_a_folder_that_cannot_take_its_place_leaves_both_where_they_stood(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "_exchanged", lambda _one, _other: False)
    write_text(tmp_path / "old" / "a.txt", "x")

    with pytest.raises(MachineError, match="old cannot be replaced"):
        exchange_folders(tmp_path / "missing", tmp_path / "old")

    assert names(tmp_path) == ["old"]


def test_a_folder_takes_a_place_where_nothing_stood(tmp_path):
    write_text(tmp_path / "new" / "a.txt", "x")

    exchange_folders(tmp_path / "new", tmp_path / "old")

    assert names(tmp_path) == ["old"]
