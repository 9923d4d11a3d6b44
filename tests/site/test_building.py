"""The commands: the unchanged is kept, a new letter moves what it touches, a failure nothing."""

from __future__ import annotations

import re

import compose
import nbformat
import pytest
from lxml import html as lxml_html
from shared import files_of
from sites import BASE_URL

ADDED = "leeds-focused-visit-2024-05-14"


@pytest.mark.promise("site-unchanged")
def test_what_is_unchanged_is_not_made_again(own, findings):
    place = own.root / "site"
    before = {path.name: path.stat().st_mtime_ns for path in place.iterdir()}
    again = findings("site", "--out", place, "--base-url", BASE_URL)
    assert again.status == 0
    assert "unchanged" in again.out
    assert {path.name: path.stat().st_mtime_ns for path in place.iterdir()} == before
    why = findings("site", "--out", place, "--base-url", BASE_URL, "--why")
    assert why.out.endswith("0 pages would be made.\n")
    moved = findings("site", "--out", place, "--why")
    assert "bolton.html: changed: its address" in moved.out


@pytest.mark.notebook
@pytest.mark.promise("site-next-letter")
def test_a_new_letter_moves_what_it_touches(own, findings, tmp_path):
    place, letter = own.root / "site", tmp_path / "letter.pdf"
    letter.write_bytes(compose.focused_visit_letter(authority="leeds", style="paragraphs").content)
    before = files_of(place)
    ran = findings("add", "leeds", letter, "--site", place, "--why")
    assert ran.status == 0
    after = files_of(place)
    assert set(after) == set(before)
    same = {name for name in after if after[name] == before[name]}
    assert {"bolton.html", "knowsley.html", "bolton.csv", "search-north-west.js"} <= same
    assert {"leeds.html", "new.html", "feed.xml", "theme-permanence.html"}.isdisjoint(same)
    change = r"theme-permanence.html: 2024: (weakness|mixed): (?:none|\d+), now \d+"
    moved = re.search(change, ran.out)
    assert moved, "the letter speaks of delay, however much of it the tagger sees"
    assert f"leeds: strength, Feb 2022, inspection, now {moved[1]}, May 2024" in ran.out
    assert ADDED.encode() in after["feed.xml"]
    assert after["feed.xml"].startswith(b"<?xml")
    theme = lxml_html.fromstring(after["theme-permanence.html"].decode())
    told = theme.xpath("//tr[@id='a-leeds']//*[@class='tagged']")
    assert [each.text for each in told] == ["A program chose this paragraph; nobody has read it."]
    new = lxml_html.fromstring(after["new.html"].decode())
    assert new.xpath(f"//article[@id='{ADDED}']//*[@class='tagged']")
    assert "only a program has chosen the themes" in after["index.html"].decode()
    composed = compose.focused_visit_letter(authority="leeds", style="paragraphs")
    sentences = [paragraph.text for paragraph in composed.paragraphs if len(paragraph.text) > 60]
    shown = theme.text_content() + new.text_content()
    assert sentences and not any(sentence in shown for sentence in sentences)


@pytest.mark.notebook
@pytest.mark.promise("site-failed-report")
def test_what_fails_leaves_the_site_as_it_was(own, findings):
    """Be it a table that cannot be read, or a report whose notebook breaks."""
    place, table = own.root / "site", own.raw("bolton", "visits.csv")
    before, text = files_of(place), table.read_text("utf-8")
    table.write_text(text.replace("ILACS", "ILCS", 1), "utf-8")
    refused = findings("site", "--out", place, "--base-url", BASE_URL)
    assert refused.status == 2
    assert "row 3, framework = 'ILCS'" in refused.err
    table.write_text(text, "utf-8")
    notebook = own.notebooks / "report.ipynb"
    whole = nbformat.read(notebook, as_version=4)
    whole.cells.insert(2, nbformat.v4.new_code_cell("raise RuntimeError", id="broken"))
    nbformat.write(whole, notebook)
    failed = findings("site", "--out", place, "--base-url", BASE_URL)
    assert failed.status == 1
    assert "was left as it is" in failed.err
    assert files_of(place) == before


def test_what_cannot_be_is_refused_before_anything_is_made(project, findings, tmp_path):
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"")
    for arguments, said in (
        (("site", "--out", project.raw("site")), "among the data"),
        (("site", "--out", project.root), "holds the project itself"),
        (("site", "--out", tmp_path / "s", "--base-url", "example"), "no address of a folder"),
        (
            ("add", "exampleshire", letter, "--site", tmp_path / "s"),
            "holds no site. Make one",
        ),
        (("add", "exampleshire", letter, "--why"), "name its folder with --site"),
    ):
        told = findings(*arguments)
        assert told.status == 2
        assert said in " ".join(told.err.split())
    assert not (tmp_path / "s").exists()
