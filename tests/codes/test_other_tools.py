"""Real programs of others read what is exported, and what they write is read.

Each runs as a program of its own, in an environment of its own (`tests/need-tools.sh`).
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml
from shared import ROOT

from analysis.codes.exchange.model import SEPARATOR, Coded
from analysis.codes.exchange.opening import read_coded
from analysis.codes.exchange.ours import as_project, codes_of
from analysis.codes.exchange.tags import to_tags
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
import json, sys
from taguette import database, export
from taguette.import_codebook import list_tags_csv
book, given, folder = sys.argv[1:]
with open(book, "rb") as file:
    tags = list_tags_csv(file)
db = database.connect(f"sqlite:///{folder}/taguette.sqlite3")()
project = database.Project(name="Visits", description="")
db.add(project)
db.flush()
made = {tag["path"]: database.Tag(project_id=project.id, **tag) for tag in tags}
for tag in made.values():
    db.add(tag)
for name, marked in json.loads(given).items():
    document = database.Document(
        name=name, description="", filename="letter.txt", project_id=project.id,
        text_direction=database.TextDirection.LEFT_TO_RIGHT,
        contents="".join(f"<p>{words}</p>" for words, _ in marked))
    db.add(document)
    db.flush()
    at = 0
    for words, paths in marked:
        one = database.Highlight(
            document_id=document.id, start_offset=at, end_offset=at + len(words.encode()),
            snippet=words)
        one.tags.extend(made[path] for path in paths)
        db.add(one)
        at += len(words.encode())
db.commit()
with open(f"{folder}/highlights.csv", "w", encoding="utf-8") as file:
    export.highlights_csv(db, project.id, "", file)
export.highlights_xslx(db, project.id, "", f"{folder}/highlights.xlsx")
with open(f"{folder}/codebook.csv", "w", encoding="utf-8") as file:
    export.codebook_csv(made.values(), file)
export.codebook_xlsx(made.values(), f"{folder}/codebook.xlsx")
export.codebook_xml(made.values(), f"{folder}/codebook.qdc")
"""
"""Takes a codebook in, makes a project with highlights, and writes all that it can of both."""


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
def test_taguette_takes_our_codebook_in_and_everything_that_it_writes_is_read(data, tmp_path):
    book = tmp_path / "book.csv"
    ours = Coded("x", codes=tuple(codes_of(data.codebook)))
    book.write_bytes(to_tags(ours))
    paths = [path.replace(SEPARATOR, ".") for path in codable(ours)]
    marked = [  # words that begin with "=" its workbooks hold as a formula, which gives no text
        (" ".join(words.split()).lstrip("="), [paths[at], paths[at + 9]][: 1 + at % 2])
        for at, words in enumerate(data.findings["summary"].iloc[:7])
    ]
    given = {"letter": marked[:3], "report": marked[3:]}
    ran(python_of("taguette"), "-c", TAGUETTE, book, json.dumps(given), tmp_path)
    expected = {
        (name, words, path) for name, own in given.items() for words, tags in own for path in tags
    }
    for name in ("taguette.sqlite3", "highlights.csv", "highlights.xlsx"):
        coded = read_coded(tmp_path / name)
        names = coded.paths()
        found = {
            (
                source.name,
                source.text[selection.start : selection.end],
                names[coding.code].replace(SEPARATOR, "."),
            )
            for source in coded.sources
            for selection in source.selections
            for coding in selection.codings
        }
        assert found == expected, name
    for name in ("taguette.sqlite3", "codebook.csv", "codebook.xlsx", "codebook.qdc"):
        coded = read_coded(tmp_path / name)
        names = coded.paths()
        told = {names[c.guid].replace(SEPARATOR, "."): c.description for c in coded.codes}
        if name == "codebook.qdc":  # in which Taguette writes no descriptions
            assert list(told) == paths
            continue
        assert told == {path.replace(SEPARATOR, "."): said for path, said in codable(ours).items()}


def codable(coded: Coded) -> dict[str, str]:
    """What is said of each code that can be given, by its path."""
    paths = coded.paths()
    return {paths[code.guid]: code.description for code in coded.codes if code.codable}
