"""Real programs of others read what is exported, and what they write is read.

Each runs as a program of its own, in an environment of its own (`tests/need-tools.sh`).
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml
from shared import ROOT

from analysis.codes.exchange.model import Coded
from analysis.codes.exchange.opening import read_coded
from analysis.codes.exchange.ours import as_project
from analysis.codes.exchange.writing import to_qdpx

TOOLS = ROOT / ".tools"
VALIDATE = """
import sys, zipfile
from importlib.resources import files
from xmlschema import XMLSchema
schema = XMLSchema(str(files("qualitative_coding") / "refi_qda" / "schema.xsd"))
with zipfile.ZipFile(sys.argv[1]) as archive:
    for error in schema.iter_errors(archive.read("project.qde").decode()):
        print(error)
"""
"""Names what in a project is not as the schemas that the standard published have it."""
TAGUETTE = """
import sys
from taguette import database, export
from taguette.import_codebook import list_tags_csv
book, words, folder = sys.argv[1:]
with open(book, "rb") as file:
    tags = list_tags_csv(file)
db = database.connect(f"sqlite:///{folder}/taguette.sqlite3")()
project = database.Project(name="Visits", description="")
db.add(project)
db.flush()
document = database.Document(
    name="letter", description="", filename="letter.txt", project_id=project.id,
    text_direction=database.TextDirection.LEFT_TO_RIGHT, contents=f"<p>{words}</p>")
db.add(document)
made = [database.Tag(project_id=project.id, **tag) for tag in tags]
for tag in made:
    db.add(tag)
db.flush()
marked = database.Highlight(
    document_id=document.id, start_offset=0, end_offset=len(words.encode()), snippet=words)
marked.tags.append(made[1])
db.add(marked)
db.commit()
export.codebook_xml(made, f"{folder}/codebook.qdc")
"""
"""Makes a project with one highlight, and writes its codebook."""


def python_of(name: str) -> Path:
    """The Python of a program's environment; the test is skipped where there is none."""
    if not (TOOLS / name / "made").exists():
        log = TOOLS / name / "log"
        pytest.skip(f"{name} is not installed: {log if log.exists() else 'sh tests/need-tools.sh'}")
    return TOOLS / name / "venv" / "bin" / "python"


def ran(*command: object, **settings: object) -> str:
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False, timeout=300,
        stdin=subprocess.DEVNULL, **settings,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def exported(exampleshire, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("exported") / "project.qdpx"
    with exampleshire.lent() as results:
        path.write_bytes(to_qdpx(as_project(results.data)))
    return path


@pytest.mark.promise("exchange-schema")
def test_a_project_is_as_the_published_schemas_have_it(exported):
    assert ran(python_of("qualitative-coding"), "-c", VALIDATE, exported) == ""


def given(coded: Coded) -> set[tuple[str, int, str, str]]:
    """Document, line, coder and code of everything that was coded."""
    names = {code.guid: code.name for code in coded.codes}
    return {
        (
            source.name.removesuffix(".txt"),
            source.text.count("\n", 0, selection.start),
            coded.coders[coding.coder],
            names[coding.code],
        )
        for source in coded.sources
        for selection in source.selections
        for coding in selection.codings
    }


@pytest.mark.promise("exchange-tools")
def test_qualitative_coding_takes_codes_coders_and_texts_in_and_gives_them_back(exported, tmp_path):
    program = python_of("qualitative-coding").with_name("qc")
    folder = tmp_path / "project"
    folder.mkdir()
    environment = {"PYTHONBREAKPOINT": "0", "PATH": str(program.parent), "HOME": str(tmp_path)}
    ran(program, "init", "-i", exported, cwd=folder, env=environment)
    ran(program, "export", tmp_path / "back.qdpx", cwd=folder, env=environment)
    ours, back = read_coded(exported), read_coded(tmp_path / "back.qdpx")
    assert sorted(back.coders.values()) == sorted(ours.coders.values())
    assert {code.name for code in back.codes} == {code.name for code in ours.codes}
    texts = {source.name: source.text for source in ours.sources}
    assert {source.name.removesuffix(".txt"): source.text for source in back.sources} == texts
    assert given(back) == given(ours)
    assert len(given(ours)) > 30
    assert "Themes" in str(yaml.safe_load((folder / "codebook.yaml").read_text()))


@pytest.mark.promise("exchange-tools")
def test_what_taguette_writes_is_read(data, tmp_path):
    words = data.findings["summary"].iloc[0]
    book = tmp_path / "book.csv"
    book.write_text("tag,description\nplans,about plans\nplans.weak,poor or late\n")
    ran(python_of("taguette"), "-c", TAGUETTE, book, words, tmp_path)
    coded = read_coded(tmp_path / "taguette.sqlite3")
    assert list(coded.paths().values()) == ["plans", "plans > weak"]
    (source,) = coded.sources
    (selection,) = source.selections
    assert source.text[selection.start : selection.end] == " ".join(words.split())
    assert coded.paths()[selection.codings[0].code] == "plans > weak"
    names = [code.name for code in read_coded(tmp_path / "codebook.qdc").codes]
    assert names == ["plans", "plans.weak"]
