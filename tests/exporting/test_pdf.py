"""Printing by Chromium: what is asked of it, and what is said where it fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analysis.exporting.pdf import BROWSERS, PrintingError, find_browser, pinned, to_pdf

NEW_YEAR = 1767225600


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """A browser of our own on an otherwise empty PATH: a shell script."""

    def browser(script: str) -> Path:
        path = tmp_path / "bin" / BROWSERS[0]
        path.parent.mkdir()
        path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
        path.chmod(0o755)
        monkeypatch.setenv("PATH", str(path.parent))
        return path

    return browser


def test_where_there_is_none_it_says_what_to_install_and_what_works(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrintingError) as said:
        find_browser()
    for words in ("apt-get install chromium", "docx needs no browser", "google-chrome"):
        assert words in str(said.value)


def test_one_that_prints_nothing_is_quoted(fake):
    fake("echo 'no room on the screen' >&2; exit 3")
    with pytest.raises(PrintingError, match=r"printed nothing\. It said: no room on the screen"):
        to_pdf("<p>x</p>", NEW_YEAR)


def test_one_that_never_ends_is_given_up(fake):
    fake("exec sleep 60")
    with pytest.raises(PrintingError, match="took longer than 1 seconds"):
        to_pdf("<p>x</p>", NEW_YEAR, 1.0)


@pytest.mark.promise("browser-alone")
def test_it_gets_a_folder_of_its_own_no_network_and_the_page(fake, tmp_path):
    fake(
        f"""printf '%s\\n' "$@" "HOME=$HOME" > {tmp_path}/asked
for a in "$@"; do case $a in
  --print-to-pdf=*) printf 'PDF of ' > "${{a#*=}}"; out="${{a#*=}}";;
  file://*) cat "${{a#file://}}" >> "$out";;
esac; done"""
    )
    assert to_pdf("<p>à</p>", NEW_YEAR) == "PDF of <p>à</p>".encode()
    asked = (tmp_path / "asked").read_text().splitlines()
    assert "--export-tagged-pdf" in asked
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in asked
    [profile] = [a.partition("=")[2] for a in asked if a.startswith("--user-data-dir=")]
    assert not Path(profile).parent.exists()  # gone with all that it kept
    [home] = [a.partition("=")[2] for a in asked if a.startswith("HOME=")]
    assert Path(home).parent == Path(profile).parent != Path(os.environ.get("HOME", "/"))


def test_without_name_spaces_it_is_tried_again_without_a_sandbox(fake, monkeypatch):
    fake(
        """case "$*" in
*--no-sandbox*) for a in "$@"; do case $a in --print-to-pdf=*) echo PDF > "${a#*=}";; esac; done;;
*) echo 'No usable sandbox!' >&2; exit 1;;
esac"""
    )
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert to_pdf("<p>x</p>", NEW_YEAR) == b"PDF\n"


def test_dates_are_pinned_in_place():
    before = b"1 0 obj <</CreationDate (D:20261122120000+01'00')\n/ModDate (D:20261122120000Z)>>"
    after = pinned(before, NEW_YEAR)
    assert (
        after
        == b"1 0 obj <</CreationDate (D:20260101000000+00'00')\n/ModDate (D:20260101000000Z)>>"
    )
    assert len(after) == len(before)


def test_parts_are_counted_from_one_in_their_order():
    before = b"/ID (node00000472) /Headers [(node00000471) (node00000472)] (node 7) (node0000047)"
    after = pinned(before, NEW_YEAR)
    assert after == (
        b"/ID (node00000002) /Headers [(node00000001) (node00000002)] (node 7) (node0000047)"
    )
    assert pinned(before.replace(b"47", b"53"), NEW_YEAR).startswith(after[:60])
