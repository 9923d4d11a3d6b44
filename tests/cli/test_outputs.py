"""What commands write: never over what they read, open in Excel, faults of the machine told."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import get_type_hints

import pandas as pd
import pytest

from analysis.cli import app
from analysis.cli.console import typed_path
from analysis.codes.tagger.model import Model
from analysis.data.text import cut_rows, decode
from analysis.files import write_text
from analysis.tables import MARK, to_text

Run = Callable[..., tuple[int, str, str]]
pytestmark = pytest.mark.usefixtures("project")
FINDINGS = [
    ("=1", "=Most plans are poor"),
    ("'@a/2", "Supervision of social workers is weak"),
    ("- a/3", "'tis said that children’s plans are good"),
]


@pytest.fixture
def source(tmp_path) -> Path:
    rows = [{"id": name, "text": text} for name, text in FINDINGS]
    return write_text(tmp_path / "findings.csv", to_text(["id", "text"], rows))


def read(path: Path) -> list[list[str]]:
    text, problems = decode(path.read_bytes(), path.name)
    rows, more = cut_rows(text, path.name)
    assert problems == more == []
    return [cells for _line, cells in rows]


def test_codes_open_in_excel_run_nothing_and_read_back_as_they_were(findings, source, tmp_path):
    out = tmp_path / "codes.csv"

    status, _, _ = findings("tag", source, "--out", out)

    assert status == 0
    text = out.read_text(encoding="utf-8")
    assert text.startswith(f"{MARK}id,theme,")
    cells = pd.read_csv(out, dtype=str, keep_default_na=False).to_numpy().ravel()
    assert not [cell for cell in cells if cell.startswith(("=", "@", "-"))]
    ids = {row[0] for row in read(out)[1:]}
    assert ids == {"=1", "'@a/2", "- a/3"}
    status, said, _ = findings("agree", "--first-file", out, "--second-file", out)
    assert status == 0
    assert "both coded 3 findings" in said


OWN: dict[str, Callable[..., tuple[object, ...]]] = {
    "tag": lambda raw, source: ("tag", source, "--out", source),
    "tag a folder": lambda raw, source: ("tag", source.parent, "--out", source),
    "tag, the codebook": lambda raw, source: ("tag", source, "--out", raw / "codebook.yml"),
    "agree, files": lambda raw, source: (
        "agree", "--first-file", source, "--second-file", raw / "x.csv", "--out", source,
    ),
    "agree": lambda raw, source: (
        "agree", "exampleshire", "--out", raw / "exampleshire" / "codes" / "reader-1.csv",
    ),
    "add": lambda raw, source: ("add", "exampleshire", raw / "exampleshire"),
    "train": lambda raw, source: ("train", source, "--to", source),
}  # fmt: skip


@pytest.mark.parametrize("case", OWN)
def test_no_command_writes_over_what_it_reads(findings, project, source, case):
    before = {p: p.read_bytes() for p in [source, *project.root.rglob("*")] if p.is_file()}

    status, out, err = findings(*OWN[case](project.raw(), source))

    assert (status, out) == (2, "")
    assert "is read here and would be written over. Name another place" in err
    assert {p: p.read_bytes() for p in [source, *project.root.rglob("*")] if p.is_file()} == before


INTO_DATA: dict[str, Callable[..., tuple[object, ...]]] = {
    "tag": lambda place, source: ("tag", source, "--out", place / "visits.csv"),
    "agree, files": lambda place, source: (
        "agree", "--first-file", source, "--second-file", source,
        "--out", place.parent / "codebook.yml",
    ),
    "agree, a new file": lambda place, _: ("agree", "exampleshire", "--out", place / "new.csv"),
    "ingest": lambda place, source: ("ingest", source.parent, "--to", place),
    "ingest, roundabout": lambda place, source: ("ingest", source, "--to", place / ".." / "x"),
    "england": lambda place, source: ("england", "--out", place),
    "train": lambda place, source: ("train", source, "--to", place / "visits.csv"),
    "fetch": lambda place, _: ("fetch", "exampleshire", "--out", place.parent),
    "report": lambda place, _: ("report", "exampleshire", "--out", place.parent),
}  # fmt: skip


@pytest.mark.parametrize("case", INTO_DATA)
def test_no_place_among_the_data_can_be_named_for_an_output(findings, project, source, case):
    before = {p: p.read_bytes() for p in project.root.rglob("*") if p.is_file()}

    status, out, err = findings(*INTO_DATA[case](project.raw("exampleshire"), source))

    assert (status, out) == (2, "")
    assert "lies in data/raw, among the data that reports are made from. Name another" in err
    assert {p: p.read_bytes() for p in project.root.rglob("*") if p.is_file()} == before


def test_a_blank_is_no_authority_to_add_documents_to(findings, project, source):
    status, out, err = findings("add", "", source)

    assert (status, out) == (2, "")
    assert "There is no authority ''." in err
    assert not project.local().exists()


def test_a_kind_that_is_none_is_told_with_the_nearest(findings, source, tmp_path):
    status, out, err = findings("ingest", source, "--to", tmp_path / "x", "--kind", "focused")

    assert (status, out) == (2, "")
    assert err == "There is no kind 'focused'. Did you mean 'focused-visit'?\n"


def test_links_that_lead_in_a_circle_are_refused_as_files_are(findings, tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "letter.pdf").symlink_to(folder / "copy.pdf")
    (folder / "copy.pdf").symlink_to(folder / "letter.pdf")

    status, _, err = findings("ingest", folder, "--to", tmp_path / "x")

    assert status == 1
    assert "Refused copy.pdf: " in err
    assert "Refused letter.pdf: " in err


def test_a_sheet_in_the_place_of_what_it_resolves_to_is_refused(findings, project, tmp_path):
    sheet = tmp_path / "sheet.csv"
    assert findings("agree", "exampleshire", "--out", sheet)[0] == 0
    place = project.raw("exampleshire", "codes", "resolved.csv")
    place.unlink(missing_ok=True)
    os.link(sheet, place)
    before = place.read_bytes()

    status, _, err = findings("resolve", sheet)

    assert status == 2
    assert place.read_bytes() == before
    assert "Traceback" not in err


PLACES: dict[str, Callable[..., tuple[object, ...]]] = {
    "tag": lambda raw, place, source: ("tag", source, "--out", place),
    "agree": lambda raw, place, source: ("agree", "exampleshire", "--out", place),
    "ingest": lambda raw, place, source: ("ingest", source, "--to", place),
    "england": lambda raw, place, source: ("england", "--out", place),
    "train": lambda raw, place, source: ("train", source, "--to", place),
    "fetch": lambda raw, place, source: ("fetch", "exampleshire", "--out", place),
    "report": lambda raw, place, source: ("report", "exampleshire", "--out", place),
}


@pytest.mark.parametrize("case", PLACES)
@pytest.mark.parametrize("blank", ["", " "])
def test_a_blank_is_no_place_to_write_to(
    findings, project, source, case, blank, tmp_path, monkeypatch
):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)

    status, out, err = findings(*PLACES[case](project.raw(), blank, source))

    assert (status, out) == (2, "")
    assert re.search(r"Invalid value for '--(out|to)': it is blank\. Name a place", err)
    assert list(here.iterdir()) == []


def test_every_path_that_is_typed_is_read_as_one():
    hints = {
        f"{command.callback.__name__} {name}": hint
        for command in app.registered_commands
        for name, hint in get_type_hints(command.callback, include_extras=True).items()
    }
    paths = {name: hint.__metadata__[0] for name, hint in hints.items() if "Path" in str(hint)}
    assert {"ingest paths", "resolve source", "report sets"} <= set(paths)
    assert [name for name, typed in paths.items() if typed.parser is not typed_path] == []


@pytest.mark.parametrize("case", PLACES)
def test_a_place_below_a_file_is_told_by_every_command(
    findings, project, source, case, tmp_path, monkeypatch
):
    notebook = project.notebooks / "report.ipynb"
    write_text(notebook, "{}")
    monkeypatch.setattr("analysis.cli.report.held", lambda _: frozenset({"exampleshire"}))
    (tmp_path / "file").write_text("mine")

    status, out, err = findings(*PLACES[case](project.raw(), tmp_path / "file" / "x", source))

    assert (status, out) == (2, "")
    assert f"{tmp_path / 'file'} is a file, not a folder" in err
    assert "Choose another place" in err
    assert (tmp_path / "file").read_text() == "mine"


def test_a_place_below_data_that_cannot_be_written_is_told_before_documents_are_read(
    findings, project, source
):
    project.local().mkdir(parents=True, exist_ok=True)
    project.local("exampleshire").write_text("mine")

    status, out, err = findings("add", "exampleshire", source)

    assert (status, out) == (2, "")
    assert err.startswith(f"Nothing can be written to {project.local('exampleshire')}: it is a")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.EMFILE, "x"), "The command could not go on: too many files are open"),
        (OSError(errno.ENOSPC, "x", "/t/a"), "/t/a: the disk is full. Free space there"),
        (FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']"),
         "The command could not go on: no temporary file can be written. Set TMPDIR"),
        (MemoryError(), "The command could not go on: there is not enough memory. Close other"),
    ],
)  # fmt: skip
def test_what_the_machine_does_not_do_is_told_wherever_it_arises(
    findings, monkeypatch, error, said
):
    def fails(_: object) -> None:
        raise error

    monkeypatch.setattr("analysis.data.held.held_authorities", fails)

    status, out, err = findings("check")

    assert (status, out) == (2, "")
    assert err.startswith(said)


def test_a_file_that_the_program_lost_is_a_bug_and_keeps_its_traceback(findings, monkeypatch):
    def fails(_: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", "x")

    monkeypatch.setattr("analysis.data.held.held_authorities", fails)

    with pytest.raises(FileNotFoundError):
        findings("check")


def test_a_model_is_written_where_it_was_asked_for(tmp_path):
    place = tmp_path / "place"
    place.mkdir()
    Model.load().save(place / "model")

    assert [path.name for path in place.iterdir()] == ["model"]
    assert Model.load(place / "model").themes == Model.load().themes
