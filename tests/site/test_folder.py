"""A site takes its place whole or not at all, and nothing else is lost with the old one."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis import files
from analysis.errors import FindingsError, MachineError
from analysis.site import folder as folders
from analysis.site.folder import SiteFolder
from analysis.site.state import FILE, State, read_state

OLD = {"index.html": b"old", "kent.html": b"kent"}
NEW = {"index.html": b"new"}


def publish(place: Path, contents: dict[str, bytes], kept: tuple[str, ...] = ()) -> list[str]:
    with SiteFolder(place) as folder:
        return folder.publish(State(), contents, kept)[1]


def held(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in place.iterdir() if path.name != FILE}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    publish(tmp_path / "site", OLD)
    return tmp_path / "site"


def test_what_is_kept_stays_and_what_is_neither_made_nor_kept_goes(place):
    before = (place / "kent.html").stat()
    assert publish(place, NEW, kept=("kent.html",)) == ["index.html"]
    assert held(place) == NEW | {"kent.html": b"kent"}
    assert (place / "kent.html").stat().st_mtime_ns == before.st_mtime_ns
    publish(place, NEW)
    assert held(place) == NEW
    assert set(read_state(place).files) == {"index.html"}
    assert [path.name for path in place.parent.iterdir() if path != place] == [".site.lock"]


@pytest.mark.promise("site-whole-or-not")
def test_a_site_that_cannot_be_written_leaves_the_old_one(place, monkeypatch):
    def full(_contents: object) -> None:
        raise MachineError("the page", "the disk is full", "Free space")

    monkeypatch.setattr(folders, "write_all", full)
    with pytest.raises(MachineError, match="the disk is full"):
        publish(place, NEW)
    assert held(place) == OLD
    assert [path.name for path in place.parent.iterdir() if path != place] == [".site.lock"]


@pytest.mark.parametrize("at_once", [True, False])
def test_readers_see_the_old_site_or_the_new_one(place, monkeypatch, at_once):
    """Also where the system knows no way to exchange two folders in one step."""
    if not at_once:
        monkeypatch.setattr(files, "_exchanged", lambda _one, _other: False)
    publish(place, NEW)
    assert held(place) == NEW


def test_a_run_that_was_killed_between_two_steps_is_put_right(place):
    place.rename(files.aside(place))
    (place.parent / ".site.making").mkdir()
    publish(place, NEW, kept=("kent.html",))
    assert held(place) == NEW | {"kent.html": b"kent"}
    assert [path.name for path in place.parent.iterdir() if path != place] == [".site.lock"]


@pytest.mark.promise("site-foreign-files")
@pytest.mark.parametrize("name", ["notes.txt", ".git/config", "figures/a.png"])
def test_what_is_not_the_sites_is_never_replaced(place, name):
    path = place / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    with pytest.raises(FindingsError, match=rf"holds what is not the site's: {name.split('/')[0]}"):
        publish(place, NEW)
    assert path.read_text() == "mine"
    assert (place / "index.html").read_bytes() == b"old"


def test_a_folder_of_other_files_and_a_file_are_refused(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.docx").write_text("mine")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "empty").mkdir()
    for name, said in (("full", "thesis.docx"), ("file", "is a file")):
        with pytest.raises(FindingsError, match=said):
            publish(tmp_path / name, NEW)
    publish(tmp_path / "empty", NEW)
    assert held(tmp_path / "empty") == NEW


def test_a_second_run_is_refused_while_one_is_writing(place):
    with SiteFolder(place), pytest.raises(FindingsError, match="Another run is writing"):
        publish(place, NEW)
    publish(place, NEW)


def test_a_link_to_the_folder_stays_a_link(place):
    link = place.with_name("current")
    link.symlink_to(place)
    publish(link, NEW)
    assert link.is_symlink()
    assert held(link) == NEW
