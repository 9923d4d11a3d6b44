"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analysis.files import write_text


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_text_is_written_as_it_is(tmp_path):
    path = write_text(tmp_path / "new" / "a.txt", "é\n=1\r\n")

    assert path.read_bytes() == "é\n=1\r\n".encode()
    assert names(path.parent) == ["a.txt"]


def test_everyone_may_read_the_file(tmp_path):
    assert write_text(tmp_path / "a.txt", "x").stat().st_mode & 0o777 == 0o644


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def _stopped(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("failure", [_full, _stopped])
@pytest.mark.parametrize(("owner", "name"), [(os, "fsync"), (Path, "chmod"), (Path, "replace")])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path, monkeypatch, owner, name, failure
):
    path = write_text(tmp_path / "a.txt", "old")
    monkeypatch.setattr(owner, name, failure)

    with pytest.raises((OSError, KeyboardInterrupt)):
        write_text(path, "new")

    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.txt"]


def test_text_that_cannot_be_encoded_leaves_the_old_file(tmp_path):
    path = write_text(tmp_path / "a.txt", "old")

    with pytest.raises(UnicodeEncodeError):
        write_text(path, "half \ud800")

    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.txt"]
